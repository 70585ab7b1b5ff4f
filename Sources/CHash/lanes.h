/* The kernel functions, written once for every vector type.
 *
 * Included once by each instruction set's file, which defines before:
 *   V                    the lane type: one 32-bit word for each of WIDTH lanes
 *   WIDTH                lanes in a V
 *   LANES_INLINE         storage, inlining and target attributes of helper functions
 *   LANES_FUNCTION       the same for the kernel's functions
 *   V_SET1(k)            the number k in every lane
 *   V_LOAD(p), V_STORE(p, v)   WIDTH words at p, of any alignment
 *   V_ADD(x, y)          sum modulo 2^32
 *   V_ROTL(x, n), V_SHR(x, n)  rotate left, shift right, by a constant
 *   V_XOR3(x, y, z)      x ^ y ^ z
 *   V_CHOOSE(x, y, z)    x ? y : z, bit by bit
 *   V_MAJORITY(x, y, z)  what at least two of three bits are
 *   V_ORNOT_XOR(x, y, z) (x | ~y) ^ z
 *   V_SWAP(x)            the bytes of every word reversed
 */

#include "kernel.h"

#include "ripemd160_rounds.h"
#include "sha256_rounds.h"

/* Out: digest: 5 vectors. In: m: the 8 vectors of a 32-byte message. */
LANES_INLINE void ripemd160_of_32_lanes(V digest[5], const V m[8]) {
    const V zero = V_SET1(0);
    const V x[16] = {m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], V_SET1(0x80),
                     zero, zero, zero, zero, zero, V_SET1(256), zero};
    ripemd160_block_lanes(digest, x);
}

LANES_FUNCTION void ripemd160_of_32(uint32_t *digest, const uint32_t *message) {
    V m[8], result[5];
    for (size_t i = 0; i < 8; i++) {
        m[i] = V_LOAD(message + i * WIDTH);
    }
    ripemd160_of_32_lanes(result, m);
    for (size_t i = 0; i < 5; i++) {
        V_STORE(digest + i * WIDTH, result[i]);
    }
}

#ifndef LANES_WITHOUT_SHA256
LANES_FUNCTION void sha256_block(uint32_t *digest, const uint32_t *block) {
    V w[16], result[8];
    for (size_t i = 0; i < 16; i++) {
        w[i] = V_LOAD(block + i * WIDTH);
    }
    sha256_block_lanes(result, w);
    for (size_t i = 0; i < 8; i++) {
        V_STORE(digest + i * WIDTH, result[i]);
    }
}

LANES_FUNCTION void hash160_iterate(uint32_t *values, size_t live, size_t count) {
    (void)live;
    V value[5];
    for (size_t i = 0; i < 5; i++) {
        value[i] = V_LOAD(values + i * WIDTH);
    }
    for (; count > 0; count--) {
        const V zero = V_SET1(0);
        V w[16] = {V_SWAP(value[0]), V_SWAP(value[1]), V_SWAP(value[2]), V_SWAP(value[3]),
                   V_SWAP(value[4]), V_SET1(0x80000000), zero, zero, zero, zero, zero, zero, zero,
                   zero, zero, V_SET1(160)};
        V inner[8];
        sha256_block_lanes(inner, w);
        for (size_t i = 0; i < 8; i++) {
            inner[i] = V_SWAP(inner[i]);
        }
        ripemd160_of_32_lanes(value, inner);
    }
    for (size_t i = 0; i < 5; i++) {
        V_STORE(values + i * WIDTH, value[i]);
    }
}
#endif
