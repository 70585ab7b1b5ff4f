#ifndef BVX_BLAKE3_WORDS_H
#define BVX_BLAKE3_WORDS_H

#include "CHash.h"

/* BLAKE3 as its paper gives it: https://github.com/BLAKE3-team/BLAKE3-specs (sections 2.1 to 2.3).
 * A message of at most 64 bytes is one chunk of one block, and that is the root:
 * counter 0 and all three flags. */

enum {
    BVX_BLAKE3_FLAGS = 1 | 2 | 8, /* CHUNK_START, CHUNK_END, ROOT */
    BVX_CHAIN_MESSAGE_SIZE = 33
};

#define BVX_BLAKE3_IV0 0x6A09E667u
#define BVX_BLAKE3_IV1 0xBB67AE85u
#define BVX_BLAKE3_IV2 0x3C6EF372u
#define BVX_BLAKE3_IV3 0xA54FF53Au
#define BVX_BLAKE3_IV4 0x510E527Fu
#define BVX_BLAKE3_IV5 0x9B05688Cu
#define BVX_BLAKE3_IV6 0x1F83D9ABu
#define BVX_BLAKE3_IV7 0x5BE0CD19u

/* The message words of each of the seven rounds, in the order in which they are used: round r is
 * the permutation of table 2 applied r times. The macro of a round takes sixteen word indices. */
#define BVX_BLAKE3_SEVEN_ROUNDS(R0, R1, R2, R3, R4, R5, R6)                                        \
    R0(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)                                       \
    R1(2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)                                       \
    R2(3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1)                                       \
    R3(10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6)                                       \
    R4(12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4)                                       \
    R5(9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7)                                       \
    R6(11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13)

/* Seven rounds that do not differ in anything else. */
#define BVX_BLAKE3_ROUNDS(ROUND)                                                                   \
    BVX_BLAKE3_SEVEN_ROUNDS(ROUND, ROUND, ROUND, ROUND, ROUND, ROUND, ROUND)

/* Chains of one instruction set. Arguments as for bvx_blake3_chain; steps are at least one. */
typedef void bvx_blake3_chain_function(
    uint8_t *hash, uint8_t *hashes, const bvx_chain_step *steps, size_t step_count);

bvx_blake3_chain_function bvx_blake3_chain_portable;
#if defined(__x86_64__)
bvx_blake3_chain_function bvx_blake3_chain_sse41;
bvx_blake3_chain_function bvx_blake3_chain_avx512;
#endif

#endif
