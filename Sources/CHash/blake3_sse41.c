#include "blake3_words.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

/* A chain with two words of the state in a vector register, each in a half of its own.
 *
 * The chain is serial, so what counts is the way from one hash to the next, not how much is done
 * beside it. A rotation by 12 or 7 bits would be two shifts and an OR. Of a word that stands twice
 * in its half, one shift of the whole half makes it. What comes out stands once, in the lower
 * word; the upper word keeps so many of its lower bits right that two more rotations can be made
 * before TWICE has to repair it, off the way that counts. Row d is repeated by the byte shuffle
 * that rotates it, row c is a sum of repeated words, and of row a nobody needs the upper words.
 *
 * Between the columns and the diagonals row b stays, which is ready last. */

typedef uint32_t four_words __attribute__((vector_size(16)));

#define SHUFFLE(x, order) (four_words) _mm_shuffle_epi8((__m128i)(x), order)
#define SHIFT(x, n) (four_words) _mm_srli_epi64((__m128i)(x), n)
#define JOIN(x, y) (four_words) _mm_alignr_epi8((__m128i)(x), (__m128i)(y), 8)

/* Message words: 0 to 3 in `first`, 4 to 7 in `second`, 8 and zeros in `third`. */
#define FROM(i) ((i) < 8 ? (i) & 3 : (i) == 8 ? 4 : 5)
#define PICK_WITH_THIRD(x, i, j) __builtin_shufflevector(x, third, FROM(i), -1, FROM(j), -1)
#define PICK(i, j)                                                                                 \
    ((i) < 8 && (j) < 8 ? __builtin_shufflevector(first, second, (i) & 7, -1, (j) & 7, -1)         \
     : (i) > 8 && (j) > 8  ? zero                                                                  \
     : (i) < 4 || (j) < 4  ? PICK_WITH_THIRD(first, i, j)                                          \
                           : PICK_WITH_THIRD(second, i, j))

/* An order for the compiler: what is picked from the message is picked shortly before its use, or
 * it would take registers from the state. */
#define NOW __asm__ volatile("" : "+x"(first), "+x"(second), "+x"(third), "+x"(a0), "+x"(a1));

#define TWICE                                                                                      \
    b0 = __builtin_shufflevector(b0, b0, 0, 0, 2, 2);                                              \
    b1 = __builtin_shufflevector(b1, b1, 0, 0, 2, 2);
#define ONCE

#define QUARTER_ROUND(d0, d1, x0, x1, order, repeat, n)                                            \
    NOW a0 += x0;                                                                                  \
    a1 += x1;                                                                                      \
    a0 += b0;                                                                                      \
    a1 += b1;                                                                                      \
    d0 = SHUFFLE(d0 ^ a0, order);                                                                  \
    d1 = SHUFFLE(d1 ^ a1, order);                                                                  \
    c0 += d0;                                                                                      \
    c1 += d1;                                                                                      \
    repeat b0 = SHIFT(b0 ^ c0, n);                                                                 \
    b1 = SHIFT(b1 ^ c1, n);

/* Four words in two registers, each turned to the place of the one before or behind it. */
#define TURN_UP(x0, x1)                                                                            \
    joined = JOIN(x0, x1);                                                                         \
    x1 = JOIN(x1, x0);                                                                             \
    x0 = joined;
#define TURN_DOWN(x0, x1)                                                                          \
    joined = JOIN(x1, x0);                                                                         \
    x1 = JOIN(x0, x1);                                                                             \
    x0 = joined;

/* With b standing still, the diagonals begin at word 3 of row a; the halves of d change places by
 * name. The four letters say before which of the round's rotations of b it is repeated. */
#define ROUND(                                                                                     \
    r0, r1, r2, r3, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)          \
    QUARTER_ROUND(d0, d1, PICK(s0, s2), PICK(s4, s6), order16, r0, 12)                             \
    QUARTER_ROUND(d0, d1, PICK(s1, s3), PICK(s5, s7), order8, r1, 7)                               \
    TURN_UP(a0, a1)                                                                                \
    TURN_DOWN(c0, c1)                                                                              \
    QUARTER_ROUND(d1, d0, PICK(s14, s8), PICK(s10, s12), order16, r2, 12)                          \
    QUARTER_ROUND(d1, d0, PICK(s15, s9), PICK(s11, s13), order8, r3, 7)                            \
    TURN_DOWN(a0, a1)                                                                              \
    TURN_UP(c0, c1)

/* Right bits of an upper word: 32 after TWICE, n less after a rotation by n, for which n of them
 * must be right. So every third rotation comes after TWICE; before the first, b is repeated. */
#define FIRST_ROUND(...) ROUND(ONCE, ONCE, ONCE, TWICE, __VA_ARGS__)
#define ROUND_0(...) ROUND(TWICE, ONCE, ONCE, TWICE, __VA_ARGS__)
#define ROUND_1(...) ROUND(ONCE, ONCE, TWICE, ONCE, __VA_ARGS__)
#define ROUND_2(...) ROUND(ONCE, TWICE, ONCE, ONCE, __VA_ARGS__)

__attribute__((target("sse4.1"))) void bvx_blake3_chain_sse41(
    uint8_t *hash, uint8_t *hashes, const bvx_chain_step *steps, size_t step_count) {
    __m128i order16 = _mm_setr_epi8(2, 3, 0, 1, 2, 3, 0, 1, 10, 11, 8, 9, 10, 11, 8, 9);
    __m128i order8 = _mm_setr_epi8(1, 2, 3, 0, 1, 2, 3, 0, 9, 10, 11, 8, 9, 10, 11, 8);
    /* Known orders would be turned into pairs of other instructions. */
    __asm__("" : "+x"(order16), "+x"(order8));
    /* The chain has message words 5 to 7 big-endian, word 8 is one byte. */
    const __m128i swapped = _mm_setr_epi8(-1, -1, -1, -1, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8);
    const four_words zero = {0};
    four_words first;
    uint32_t fifth;
    memcpy(&first, hash, 16);
    memcpy(&fifth, hash + 16, 4);
    four_words fifth_first = {fifth};
    for (size_t step = 0; step < step_count; step++) {
        const __m128i input = _mm_loadu_si128((const __m128i *)&steps[step]);
        four_words second =
            __builtin_shufflevector(fifth_first, SHUFFLE(input, swapped), 0, 5, 6, 7);
        four_words third = {steps[step].next_micro & 0xFF};
        four_words a0 = {BVX_BLAKE3_IV0, 0, BVX_BLAKE3_IV1, 0};
        four_words a1 = {BVX_BLAKE3_IV2, 0, BVX_BLAKE3_IV3, 0};
        four_words b0 = {BVX_BLAKE3_IV4, BVX_BLAKE3_IV4, BVX_BLAKE3_IV5, BVX_BLAKE3_IV5};
        four_words b1 = {BVX_BLAKE3_IV6, BVX_BLAKE3_IV6, BVX_BLAKE3_IV7, BVX_BLAKE3_IV7};
        four_words c0 = {BVX_BLAKE3_IV0, BVX_BLAKE3_IV0, BVX_BLAKE3_IV1, BVX_BLAKE3_IV1};
        four_words c1 = {BVX_BLAKE3_IV2, BVX_BLAKE3_IV2, BVX_BLAKE3_IV3, BVX_BLAKE3_IV3};
        four_words d0 = {0};
        four_words d1 = {
            BVX_CHAIN_MESSAGE_SIZE, BVX_CHAIN_MESSAGE_SIZE, BVX_BLAKE3_FLAGS, BVX_BLAKE3_FLAGS};
        four_words joined;
        BVX_BLAKE3_SEVEN_ROUNDS(
            FIRST_ROUND, ROUND_1, ROUND_2, ROUND_0, ROUND_1, ROUND_2, ROUND_0)
        fifth_first = b0 ^ d0;
        first = __builtin_shufflevector(a0 ^ c0, a1 ^ c1, 0, 2, 4, 6);
        if (hashes != NULL) {
            fifth = fifth_first[0];
            memcpy(hashes + 20 * step, &first, 16);
            memcpy(hashes + 20 * step + 16, &fifth, 4);
        }
    }
    fifth = fifth_first[0];
    memcpy(hash, &first, 16);
    memcpy(hash + 16, &fifth, 4);
}

#else

/* ISO C wants a declaration in every file. */
typedef int bvx_blake3_sse41_is_for_x86_64;

#endif
