# Jumps to an address that is no multiple of 4.
    .section .text._start, "ax"
    .globl _start
_start:
    auipc t0, 0
    jr 2(t0)
