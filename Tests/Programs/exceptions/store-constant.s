# Changes one byte of a constant: three steps go well, the fourth writes.
    .section .text._start, "ax"
    .globl _start
_start:
    la t0, constant
    sb t0, 1(t0)

    .section .rodata, "a"
    .balign 4
constant:
    .word 1
