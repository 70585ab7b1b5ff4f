#include "blake3_words.h"

#if defined(__x86_64__)

/* A chain with the state's four rows in vector registers of four words.
 *
 * The chain is serial, so what counts is the way from one hash to the next. Between the columns
 * and the diagonals the rows a, c and d are turned and row b stays: b is the row that is ready
 * last, and the others are turned while it is still being computed. */

#include <immintrin.h>
#include <string.h>

typedef uint32_t four_words __attribute__((vector_size(16)));
typedef uint32_t eight_words __attribute__((vector_size(32)));

/* Message words in the order given: words 0 to 7 stand in `low`, word 8 and zeros in `high`. */
#define PICK(i, j, k, l) __builtin_shufflevector(low, high, i, j, k, l)
#define TURN(x, i, j, k, l) __builtin_shufflevector(x, x, i, j, k, l)

#define ROTATE(x, n) (four_words) _mm_ror_epi32((__m128i)(x), n)

#define HALF_ROUND(x, y)                                                                           \
    a = (a + (x)) + b;                                                                             \
    d = ROTATE(d ^ a, 16);                                                                         \
    c += d;                                                                                        \
    b = ROTATE(b ^ c, 12);                                                                         \
    a = (a + (y)) + b;                                                                             \
    d = ROTATE(d ^ a, 8);                                                                          \
    c += d;                                                                                        \
    b = ROTATE(b ^ c, 7);

/* With b standing still, the diagonals begin at word 3 of row a. */
#define ROUND(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)                \
    HALF_ROUND(PICK(s0, s2, s4, s6), PICK(s1, s3, s5, s7))                                         \
    a = TURN(a, 3, 0, 1, 2);                                                                       \
    d = TURN(d, 2, 3, 0, 1);                                                                       \
    c = TURN(c, 1, 2, 3, 0);                                                                       \
    HALF_ROUND(PICK(s14, s8, s10, s12), PICK(s15, s9, s11, s13))                                   \
    a = TURN(a, 1, 2, 3, 0);                                                                       \
    d = TURN(d, 2, 3, 0, 1);                                                                       \
    c = TURN(c, 3, 0, 1, 2);

__attribute__((target("avx512f,avx512vl"))) void bvx_blake3_chain_avx512(
    uint8_t *hash, uint8_t *hashes, const bvx_chain_step *steps, size_t step_count) {
    const four_words iv_low = {BVX_BLAKE3_IV0, BVX_BLAKE3_IV1, BVX_BLAKE3_IV2, BVX_BLAKE3_IV3};
    const four_words iv_high = {BVX_BLAKE3_IV4, BVX_BLAKE3_IV5, BVX_BLAKE3_IV6, BVX_BLAKE3_IV7};
    const four_words zero = {0};
    four_words first;
    uint32_t fifth;
    memcpy(&first, hash, 16);
    memcpy(&fifth, hash + 16, 4);
    four_words rest = {fifth};
    for (size_t step = 0; step < step_count; step++) {
        /* Words 1 to 3 of `added` are message words 5 to 7, big-endian as the chain has them. */
        const four_words added = {
            0, __builtin_bswap32(steps[step].write_address),
            __builtin_bswap32(steps[step].write_value),
            __builtin_bswap32(steps[step].next_address)};
        const four_words last = {steps[step].next_micro & 0xFF};
        rest = __builtin_shufflevector(rest, added, 0, 5, 6, 7);
        const eight_words low = __builtin_shufflevector(first, rest, 0, 1, 2, 3, 4, 5, 6, 7);
        const eight_words high = __builtin_shufflevector(last, zero, 0, 4, 4, 4, 4, 4, 4, 4);
        four_words a = iv_low;
        four_words b = iv_high;
        four_words c = iv_low;
        four_words d = {0, 0, BVX_CHAIN_MESSAGE_SIZE, BVX_BLAKE3_FLAGS};
        BVX_BLAKE3_ROUNDS(ROUND)
        first = a ^ c;
        rest = b ^ d;
        if (hashes != NULL) {
            fifth = rest[0];
            memcpy(hashes + 20 * step, &first, 16);
            memcpy(hashes + 20 * step + 16, &fifth, 4);
        }
    }
    fifth = rest[0];
    memcpy(hash, &first, 16);
    memcpy(hash + 16, &fifth, 4);
}

#else

/* ISO C wants a declaration in every file. */
typedef int bvx_blake3_avx512_is_for_x86_64;

#endif
