/* Returns 0 if one of two sections for input begins with the words 11111111 and 22222222 and nothing
   else is in either of them, and 1 for anything else. */
#include "program.h"

#define COUNT 8

/* The end of the name says that the sections are in memory and not in the file. */
__attribute__((section(".terms,\"aw\",@nobits#"))) static volatile u32 terms[COUNT];
__attribute__((section(".input,\"aw\",@nobits#"))) static volatile u32 input[COUNT];

__attribute__((noinline)) static int holds(const volatile u32 *area) {
    u32 rest = 0;
    for (u32 index = 2; index < COUNT; ++index) {
        rest |= area[index];
    }
    return area[0] == 0x11111111 && area[1] == 0x22222222 && rest == 0;
}

__attribute__((noinline)) static int is_empty(const volatile u32 *area) {
    u32 all = 0;
    for (u32 index = 0; index < COUNT; ++index) {
        all |= area[index];
    }
    return all == 0;
}

int main(void) {
    return (holds(terms) && is_empty(input)) || (is_empty(terms) && holds(input)) ? 0 : 1;
}
