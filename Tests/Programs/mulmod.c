/* Squares modulo 2^256 - 2^32 - 977, input[0] + 1 times 256 of them, by schoolbook multiplication;
 * 0 when the first 256 give the expected number. */
#include "program.h"

static const u32 expected[8] = {
    0xcce68076, 0x0b03212a, 0x3da702c5, 0x55e1225c, 0x9c424357, 0x112a71fe, 0xda6c101f, 0x88f27a1a};

static void multiply(u32 result[8], const u32 a[8], const u32 b[8]) {
    u32 product[17];
    for (int i = 0; i < 17; i++) product[i] = 0;
    for (int i = 0; i < 8; i++) {
        u64 carry = 0;
        for (int j = 0; j < 8; j++) {
            carry += (u64)a[i] * b[j] + product[i + j];
            product[i + j] = (u32)carry;
            carry >>= 32;
        }
        product[i + 8] = (u32)carry;
    }
    /* 2^256 = 2^32 + 977, applied until nothing stands above. */
    for (int round = 0; round < 3; round++) {
        u32 high[9];
        u64 carry = 0;
        for (int i = 0; i < 9; i++) {
            high[i] = product[8 + i];
            product[8 + i] = 0;
        }
        for (int i = 0; i < 9; i++) {
            carry += (u64)high[i] * 977 + product[i] + (i > 0 ? high[i - 1] : 0);
            product[i] = (u32)carry;
            carry >>= 32;
        }
        carry += (u64)product[9] + high[8];
        product[9] = (u32)carry;
    }
    for (int i = 0; i < 8; i++) result[i] = product[i];
}

int main(void) {
    u32 x[8] = {3, 1, 4, 1, 5, 9, 2, 6};
    int wrong = 0;
    for (u32 round = 0; round <= INPUT[0]; round++) {
        for (int i = 0; i < 256; i++) multiply(x, x, x);
        if (round == 0) {
            for (int i = 0; i < 8; i++) {
                if (x[i] != expected[i]) wrong = 1;
            }
        }
    }
    return wrong;
}
