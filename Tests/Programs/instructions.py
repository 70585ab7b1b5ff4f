"""Prints assembly that checks every RV32IM instruction between registers, with results
computed here from the definitions of the ISA manual (chapters 2 and 12) on whole numbers."""

VALUES = [0, 1, 31, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 0x12345678,
          0xDEADBEEF]
IMMEDIATES = [0, 1, -1, 2047, -2048, 0x555]


def signed(x):
    return x - (1 << 32) if x >> 31 else x


def divide(a, b):
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


OPERATIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "sll": lambda a, b: a << (b % 32),
    "slt": lambda a, b: signed(a) < signed(b),
    "sltu": lambda a, b: a < b,
    "xor": lambda a, b: a ^ b,
    "srl": lambda a, b: a >> (b % 32),
    "sra": lambda a, b: signed(a) >> (b % 32),
    "or": lambda a, b: a | b,
    "and": lambda a, b: a & b,
    "mul": lambda a, b: a * b,
    "mulh": lambda a, b: signed(a) * signed(b) >> 32,
    "mulhsu": lambda a, b: signed(a) * b >> 32,
    "mulhu": lambda a, b: a * b >> 32,
    "div": lambda a, b: divide(signed(a), signed(b)) if b else -1,
    "divu": lambda a, b: a // b if b else -1,
    "rem": lambda a, b: signed(a) - divide(signed(a), signed(b)) * signed(b) if b else a,
    "remu": lambda a, b: a % b if b else a,
}
WITH_IMMEDIATE = ["add", "slt", "xor", "or", "and"]
SHIFTS = ["sll", "srl", "sra"]
BRANCHES = {
    "beq": lambda a, b: a == b,
    "bne": lambda a, b: a != b,
    "blt": lambda a, b: signed(a) < signed(b),
    "bge": lambda a, b: signed(a) >= signed(b),
    "bltu": lambda a, b: a < b,
    "bgeu": lambda a, b: a >= b,
}

lines = ["# Written by instructions.py. A wrong result ends the program with the number of the check.",
         '    .section .text._start, "ax"', "    .globl _start", "_start:"]
count = 0


def check(instruction, result):
    global count
    count += 1
    lines.extend([f"    li a0, {count}", f"    {instruction}", f"    li t4, {result & 0xFFFFFFFF:#x}",
                  "    beq t3, t4, 1f", "    j wrong", "1:"])


for a in VALUES:
    lines.append(f"    li t1, {a:#x}")
    for b in VALUES:
        lines.append(f"    li t2, {b:#x}")
        for name, compute in OPERATIONS.items():
            check(f"{name} t3, t1, t2", int(compute(a, b)))
        for name, compute in BRANCHES.items():
            check(f"li t3, 1\n    {name} t1, t2, 2f\n    li t3, 0\n2:", int(compute(a, b)))
    for immediate in IMMEDIATES:
        for name in WITH_IMMEDIATE:
            check(f"{name}i t3, t1, {immediate}", int(OPERATIONS[name](a, immediate & 0xFFFFFFFF)))
        check(f"sltiu t3, t1, {immediate}", int(a < immediate & 0xFFFFFFFF))
    for shift in [0, 1, 15, 31]:
        for name in SHIFTS:
            check(f"{name}i t3, t1, {shift}", int(OPERATIONS[name](a, shift)))
check("lui t3, 0xfffff", 0xFFFFF000)
check("lui t3, 1", 0x1000)
check("auipc t5, 0\n    auipc t3, 0x80000\n    sub t3, t3, t5", 0x80000004)
check("auipc t5, 0\n    jal t3, 2f\n2:  sub t3, t3, t5", 8)
check("auipc t5, 0\n    jalr t3, 9(t5)\n    sub t3, t3, t5", 8)
check("auipc t5, 0\n    jalr t5, 8(t5)\n    auipc t3, 0\n    sub t3, t3, t5", 0)
check("li zero, 5\n    add t3, zero, zero\n    fence\n    ebreak", 0)
lines.extend(["    li a0, 0", "wrong:", "    li a7, 93", "    ecall"])
print("\n".join(lines))
