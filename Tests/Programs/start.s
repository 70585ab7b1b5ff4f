# Calls main with an empty stack and ends with what it returns.
    .section .text._start, "ax"
    .globl _start
_start:
    li a0, 0
    call main
    li a7, 93
    ecall
