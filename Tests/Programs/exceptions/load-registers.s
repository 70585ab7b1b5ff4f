# Reads the register file as memory.
    .section .text._start, "ax"
    .globl _start
_start:
    li t0, 0xf0000000
    lw t1, 0(t0)
