/* SHA-256 (FIPS 180-4) of one block, for whatever lane type the including file has defined.
 * See lanes.h for the names that must be defined first. */

#include "sha256_constants.h"

#define SHA256_BIG_0(x) V_XOR3(V_ROTL(x, 30), V_ROTL(x, 19), V_ROTL(x, 10))
#define SHA256_BIG_1(x) V_XOR3(V_ROTL(x, 26), V_ROTL(x, 21), V_ROTL(x, 7))
#define SHA256_SMALL_0(x) V_XOR3(V_ROTL(x, 25), V_ROTL(x, 14), V_SHR(x, 3))
#define SHA256_SMALL_1(x) V_XOR3(V_ROTL(x, 15), V_ROTL(x, 13), V_SHR(x, 10))

#define SHA256_ROUND(a, b, c, d, e, f, g, h, i)                                                    \
    do {                                                                                           \
        V keyed = V_ADD(V_ADD(h, w[i]), V_SET1(sha256_k[t + (i)]));                                \
        V sum = V_ADD(V_ADD(keyed, V_CHOOSE(e, f, g)), SHA256_BIG_1(e));                           \
        d = V_ADD(d, sum);                                                                         \
        h = V_ADD(V_ADD(sum, SHA256_BIG_0(a)), V_MAJORITY(a, b, c));                               \
    } while (0)

#define SHA256_EXPAND(i)                                                                           \
    w[i] = V_ADD(                                                                                  \
        V_ADD(w[i], w[((i) + 9) & 15]),                                                            \
        V_ADD(SHA256_SMALL_0(w[((i) + 1) & 15]), SHA256_SMALL_1(w[((i) + 14) & 15])))

/* Out: digest: 8 vectors. In: w: the block's 16 vectors, overwritten by the message schedule. */
LANES_INLINE void sha256_block_lanes(V digest[8], V w[16]) {
    V a = V_SET1(sha256_initial[0]), b = V_SET1(sha256_initial[1]);
    V c = V_SET1(sha256_initial[2]), d = V_SET1(sha256_initial[3]);
    V e = V_SET1(sha256_initial[4]), f = V_SET1(sha256_initial[5]);
    V g = V_SET1(sha256_initial[6]), h = V_SET1(sha256_initial[7]);

    for (size_t t = 0;; t += 16) {
        SHA256_ROUND(a, b, c, d, e, f, g, h, 0);
        SHA256_ROUND(h, a, b, c, d, e, f, g, 1);
        SHA256_ROUND(g, h, a, b, c, d, e, f, 2);
        SHA256_ROUND(f, g, h, a, b, c, d, e, 3);
        SHA256_ROUND(e, f, g, h, a, b, c, d, 4);
        SHA256_ROUND(d, e, f, g, h, a, b, c, 5);
        SHA256_ROUND(c, d, e, f, g, h, a, b, 6);
        SHA256_ROUND(b, c, d, e, f, g, h, a, 7);
        SHA256_ROUND(a, b, c, d, e, f, g, h, 8);
        SHA256_ROUND(h, a, b, c, d, e, f, g, 9);
        SHA256_ROUND(g, h, a, b, c, d, e, f, 10);
        SHA256_ROUND(f, g, h, a, b, c, d, e, 11);
        SHA256_ROUND(e, f, g, h, a, b, c, d, 12);
        SHA256_ROUND(d, e, f, g, h, a, b, c, 13);
        SHA256_ROUND(c, d, e, f, g, h, a, b, 14);
        SHA256_ROUND(b, c, d, e, f, g, h, a, 15);
        if (t == 48) {
            break;
        }
        SHA256_EXPAND(0), SHA256_EXPAND(1), SHA256_EXPAND(2), SHA256_EXPAND(3);
        SHA256_EXPAND(4), SHA256_EXPAND(5), SHA256_EXPAND(6), SHA256_EXPAND(7);
        SHA256_EXPAND(8), SHA256_EXPAND(9), SHA256_EXPAND(10), SHA256_EXPAND(11);
        SHA256_EXPAND(12), SHA256_EXPAND(13), SHA256_EXPAND(14), SHA256_EXPAND(15);
    }

    const V state[8] = {a, b, c, d, e, f, g, h};
    for (size_t i = 0; i < 8; i++) {
        digest[i] = V_ADD(state[i], V_SET1(sha256_initial[i]));
    }
}
