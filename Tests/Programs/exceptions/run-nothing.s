# Jumps to where no section is.
    .section .text._start, "ax"
    .globl _start
_start:
    jr zero
