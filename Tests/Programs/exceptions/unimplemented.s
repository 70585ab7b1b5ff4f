# An instruction that loads and that the machine does not execute: FENCE.I.
    .section .text._start, "ax"
    .globl _start
_start:
    .word 0x0000100f
