# Jumps into data.
    .section .text._start, "ax"
    .globl _start
_start:
    la t0, data
    jr t0

    .data
    .balign 4
data:
    nop
