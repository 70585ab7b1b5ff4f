/* Counts the primes below 10000, input[0] + 1 times; 0 when they are 1229. */
#include "program.h"

enum { LIMIT = 10000 };
static u8 composite[LIMIT];

int main(void) {
    int count = 0;
    for (u32 round = 0; round <= INPUT[0]; round++) {
        count = 0;
        for (int i = 0; i < LIMIT; i++) composite[i] = 0;
        for (int i = 2; i < LIMIT; i++) {
            if (composite[i]) continue;
            count++;
            for (int j = i * 2; j < LIMIT; j += i) composite[j] = 1;
        }
    }
    return count == 1229 ? 0 : 1;
}
