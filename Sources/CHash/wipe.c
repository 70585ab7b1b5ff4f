#include "kernel.h"

#include <string.h>

/* Several times the frame of the largest kernel. */
enum { DEAD_STACK_BYTES = 8192 };

void bvx_wipe(void *memory, size_t byte_count) {
    if (byte_count == 0) {
        return;
    }
    memset(memory, 0, byte_count);
    __asm__ __volatile__("" : : "r"(memory) : "memory");
}

__attribute__((noinline)) void bvx_wipe_dead_stack(void) {
    uint8_t area[DEAD_STACK_BYTES];
    bvx_wipe(area, sizeof area);
}
