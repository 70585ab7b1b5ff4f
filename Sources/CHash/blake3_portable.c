#include "blake3_words.h"
#include "words.h"

#include <string.h>

/* One block in plain C. All message words are arguments, so that those of a chain that are always
 * zero cost nothing once this is inlined. */

static inline uint32_t rotate_right(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }

#define MIX(a, b, c, d, x, y)                                                                      \
    do {                                                                                           \
        v[a] += v[b] + (x);                                                                        \
        v[d] = rotate_right(v[d] ^ v[a], 16);                                                      \
        v[c] += v[d];                                                                              \
        v[b] = rotate_right(v[b] ^ v[c], 12);                                                      \
        v[a] += v[b] + (y);                                                                        \
        v[d] = rotate_right(v[d] ^ v[a], 8);                                                       \
        v[c] += v[d];                                                                              \
        v[b] = rotate_right(v[b] ^ v[c], 7);                                                       \
    } while (0);

#define ROUND(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)                \
    MIX(0, 4, 8, 12, m[s0], m[s1])                                                                 \
    MIX(1, 5, 9, 13, m[s2], m[s3])                                                                 \
    MIX(2, 6, 10, 14, m[s4], m[s5])                                                                \
    MIX(3, 7, 11, 15, m[s6], m[s7])                                                                \
    MIX(0, 5, 10, 15, m[s8], m[s9])                                                                \
    MIX(1, 6, 11, 12, m[s10], m[s11])                                                              \
    MIX(2, 7, 8, 13, m[s12], m[s13])                                                               \
    MIX(3, 4, 9, 14, m[s14], m[s15])

static inline __attribute__((always_inline)) void compress(
    uint32_t output[8], const uint32_t m[16], uint32_t message_size) {
    uint32_t v[16] = {
        BVX_BLAKE3_IV0, BVX_BLAKE3_IV1, BVX_BLAKE3_IV2, BVX_BLAKE3_IV3,
        BVX_BLAKE3_IV4, BVX_BLAKE3_IV5, BVX_BLAKE3_IV6, BVX_BLAKE3_IV7,
        BVX_BLAKE3_IV0, BVX_BLAKE3_IV1, BVX_BLAKE3_IV2, BVX_BLAKE3_IV3,
        0,              0,              message_size,   BVX_BLAKE3_FLAGS};
    BVX_BLAKE3_ROUNDS(ROUND)
    for (size_t i = 0; i < 8; i++) {
        output[i] = v[i] ^ v[i + 8];
    }
}

int bvx_blake3_block(uint8_t *digest, const uint8_t *message, size_t message_size) {
    if (message_size > BVX_BLAKE3_BLOCK_SIZE) {
        return 0;
    }
    uint8_t block[BVX_BLAKE3_BLOCK_SIZE] = {0};
    if (message_size > 0) {
        memcpy(block, message, message_size);
    }
    uint32_t m[16];
    uint32_t output[8];
    for (size_t i = 0; i < 16; i++) {
        m[i] = bvx_load_le(block + 4 * i);
    }
    compress(output, m, (uint32_t)message_size);
    for (size_t i = 0; i < 8; i++) {
        bvx_store_le(digest + 4 * i, output[i]);
    }
    return 1;
}

void bvx_blake3_chain_portable(
    uint8_t *hash, uint8_t *hashes, const bvx_chain_step *steps, size_t step_count) {
    uint32_t output[8];
    for (size_t i = 0; i < 5; i++) {
        output[i] = bvx_load_le(hash + 4 * i);
    }
    for (size_t step = 0; step < step_count; step++) {
        const uint32_t m[16] = {
            output[0],
            output[1],
            output[2],
            output[3],
            output[4],
            __builtin_bswap32(steps[step].write_address),
            __builtin_bswap32(steps[step].write_value),
            __builtin_bswap32(steps[step].next_address),
            steps[step].next_micro & 0xFF};
        compress(output, m, BVX_CHAIN_MESSAGE_SIZE);
        if (hashes != NULL) {
            for (size_t i = 0; i < 5; i++) {
                bvx_store_le(hashes + 20 * step + 4 * i, output[i]);
            }
        }
    }
    for (size_t i = 0; i < 5; i++) {
        bvx_store_le(hash + 4 * i, output[i]);
    }
}
