# Reads its own code.
    .section .text._start, "ax"
    .globl _start
_start:
    auipc t0, 0
    lw t1, 0(t0)
