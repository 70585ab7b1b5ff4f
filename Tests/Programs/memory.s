# Every load and store at every alignment, in memory that holds 00 01 02 … 0f.
# A wrong result ends the program with the number of the check.
    .macro expect number, register, value
    li t6, \value
    li a0, \number
    bne \register, t6, wrong
    .endm

    .macro fresh
    li t0, 0x03020100
    sw t0, 0(s0)
    li t0, 0x07060504
    sw t0, 4(s0)
    .endm

    .section .text._start, "ax"
    .globl _start
_start:
    la s0, words
    lb t1, 0(s0)
    expect 1, t1, 0
    lb t1, 19(s0)
    expect 2, t1, -1
    lbu t1, 19(s0)
    expect 3, t1, 255
    lh t1, 0(s0)
    expect 4, t1, 0x0100
    lh t1, 1(s0)
    expect 5, t1, 0x0201
    lh t1, 2(s0)
    expect 6, t1, 0x0302
    lh t1, 3(s0)
    expect 7, t1, 0x0403
    lh t1, 19(s0)
    expect 8, t1, -1
    lhu t1, 19(s0)
    expect 9, t1, 0xffff
    lhu t1, 15(s0)
    expect 10, t1, 0xff0f
    lh t1, 15(s0)
    expect 11, t1, -241
    lw t1, 0(s0)
    expect 12, t1, 0x03020100
    lw t1, 1(s0)
    expect 13, t1, 0x04030201
    lw t1, 2(s0)
    expect 14, t1, 0x05040302
    lw t1, 3(s0)
    expect 15, t1, 0x06050403
    lw t0, 1(s0)
    lw zero, 1(s0)
    lh zero, 3(s0)
    lbu zero, 3(s0)
    expect 16, zero, 0

    li s1, 0xaabbccdd
    .irp offset, 0, 1, 2, 3
    fresh
    sb s1, \offset(s0)
    lw t1, 0(s0)
    lw t2, 4(s0)
    expect 20 + \offset, t1, (0x03020100 & ~(0xff << (8 * \offset))) | (0xdd << (8 * \offset))
    expect 30 + \offset, t2, 0x07060504
    .endr
    fresh
    sh s1, 0(s0)
    lw t1, 0(s0)
    expect 40, t1, 0x0302ccdd
    fresh
    sh s1, 1(s0)
    lw t1, 0(s0)
    expect 41, t1, 0x03ccdd00
    fresh
    sh s1, 2(s0)
    lw t1, 0(s0)
    expect 42, t1, 0xccdd0100
    fresh
    sh s1, 3(s0)
    lw t1, 0(s0)
    lw t2, 4(s0)
    expect 43, t1, 0xdd020100
    expect 44, t2, 0x070605cc
    fresh
    sw s1, 1(s0)
    lw t1, 0(s0)
    lw t2, 4(s0)
    expect 45, t1, 0xbbccdd00
    expect 46, t2, 0x070605aa
    fresh
    sw s1, 2(s0)
    lw t1, 0(s0)
    lw t2, 4(s0)
    expect 47, t1, 0xccdd0100
    expect 48, t2, 0x0706aabb
    fresh
    sw s1, 3(s0)
    lw t1, 0(s0)
    lw t2, 4(s0)
    expect 49, t1, 0xdd020100
    expect 50, t2, 0x07aabbcc
    li a0, 0
wrong:
    li a7, 93
    ecall

    .data
    .balign 4
words:
    .byte 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255
