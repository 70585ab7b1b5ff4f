/* Writes a text with byte stores, then returns 0 for the input 11111111 and 1 for any other. */
#include "program.h"

static char output[32];

__attribute__((noinline)) static void copy(volatile char *to, const char *from) {
    while (*from != 0) {
        *to++ = *from++;
    }
}

int main(void) {
    copy(output, "Hello from the machine");
    return INPUT[0] == 0x11111111 ? 0 : 1;
}
