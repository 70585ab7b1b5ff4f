/* RIPEMD-160 (Dobbertin, Bosselaers, Preneel 1996) of one block, for whatever lane type the
 * including file has defined. See lanes.h for the names that must be defined first.
 *
 * The left and the right line do not depend on each other until the end, so their steps
 * alternate to give the CPU two chains of work. */

#define RIPEMD160_F1(x, y, z) V_XOR3(x, y, z)
#define RIPEMD160_F2(x, y, z) V_CHOOSE(x, y, z)
#define RIPEMD160_F3(x, y, z) V_ORNOT_XOR(x, y, z)
#define RIPEMD160_F4(x, y, z) V_CHOOSE(z, x, y)
#define RIPEMD160_F5(x, y, z) V_ORNOT_XOR(y, z, x)

#define RIPEMD160_STEP(f, k, a, b, c, d, e, i, s)                                                  \
    do {                                                                                           \
        V sum = V_ADD(V_ADD(a, f(b, c, d)), V_ADD(x[i], V_SET1(k)));                               \
        a = V_ADD(V_ROTL(sum, s), e);                                                              \
        c = V_ROTL(c, 10);                                                                         \
    } while (0)

/* One step of the left line (word i, shift s) and one of the right line (word j, shift t). */
#define PAIR(a, b, c, d, e, i, s, j, t)                                                            \
    RIPEMD160_STEP(LEFT_F, LEFT_K, a##l, b##l, c##l, d##l, e##l, i, s);                            \
    RIPEMD160_STEP(RIGHT_F, RIGHT_K, a##r, b##r, c##r, d##r, e##r, j, t)

/* Out: digest: 5 vectors. In: x: the block's 16 vectors. */
LANES_INLINE void ripemd160_block_lanes(V digest[5], const V x[16]) {
    const V h0 = V_SET1(0x67452301), h1 = V_SET1(0xefcdab89), h2 = V_SET1(0x98badcfe);
    const V h3 = V_SET1(0x10325476), h4 = V_SET1(0xc3d2e1f0);
    V al = h0, bl = h1, cl = h2, dl = h3, el = h4;
    V ar = h0, br = h1, cr = h2, dr = h3, er = h4;

#define LEFT_F RIPEMD160_F1
#define LEFT_K 0x00000000
#define RIGHT_F RIPEMD160_F5
#define RIGHT_K 0x50a28be6
    PAIR(a, b, c, d, e, 0, 11, 5, 8);
    PAIR(e, a, b, c, d, 1, 14, 14, 9);
    PAIR(d, e, a, b, c, 2, 15, 7, 9);
    PAIR(c, d, e, a, b, 3, 12, 0, 11);
    PAIR(b, c, d, e, a, 4, 5, 9, 13);
    PAIR(a, b, c, d, e, 5, 8, 2, 15);
    PAIR(e, a, b, c, d, 6, 7, 11, 15);
    PAIR(d, e, a, b, c, 7, 9, 4, 5);
    PAIR(c, d, e, a, b, 8, 11, 13, 7);
    PAIR(b, c, d, e, a, 9, 13, 6, 7);
    PAIR(a, b, c, d, e, 10, 14, 15, 8);
    PAIR(e, a, b, c, d, 11, 15, 8, 11);
    PAIR(d, e, a, b, c, 12, 6, 1, 14);
    PAIR(c, d, e, a, b, 13, 7, 10, 14);
    PAIR(b, c, d, e, a, 14, 9, 3, 12);
    PAIR(a, b, c, d, e, 15, 8, 12, 6);
#undef LEFT_F
#undef LEFT_K
#undef RIGHT_F
#undef RIGHT_K

#define LEFT_F RIPEMD160_F2
#define LEFT_K 0x5a827999
#define RIGHT_F RIPEMD160_F4
#define RIGHT_K 0x5c4dd124
    PAIR(e, a, b, c, d, 7, 7, 6, 9);
    PAIR(d, e, a, b, c, 4, 6, 11, 13);
    PAIR(c, d, e, a, b, 13, 8, 3, 15);
    PAIR(b, c, d, e, a, 1, 13, 7, 7);
    PAIR(a, b, c, d, e, 10, 11, 0, 12);
    PAIR(e, a, b, c, d, 6, 9, 13, 8);
    PAIR(d, e, a, b, c, 15, 7, 5, 9);
    PAIR(c, d, e, a, b, 3, 15, 10, 11);
    PAIR(b, c, d, e, a, 12, 7, 14, 7);
    PAIR(a, b, c, d, e, 0, 12, 15, 7);
    PAIR(e, a, b, c, d, 9, 15, 8, 12);
    PAIR(d, e, a, b, c, 5, 9, 12, 7);
    PAIR(c, d, e, a, b, 2, 11, 4, 6);
    PAIR(b, c, d, e, a, 14, 7, 9, 15);
    PAIR(a, b, c, d, e, 11, 13, 1, 13);
    PAIR(e, a, b, c, d, 8, 12, 2, 11);
#undef LEFT_F
#undef LEFT_K
#undef RIGHT_F
#undef RIGHT_K

#define LEFT_F RIPEMD160_F3
#define LEFT_K 0x6ed9eba1
#define RIGHT_F RIPEMD160_F3
#define RIGHT_K 0x6d703ef3
    PAIR(d, e, a, b, c, 3, 11, 15, 9);
    PAIR(c, d, e, a, b, 10, 13, 5, 7);
    PAIR(b, c, d, e, a, 14, 6, 1, 15);
    PAIR(a, b, c, d, e, 4, 7, 3, 11);
    PAIR(e, a, b, c, d, 9, 14, 7, 8);
    PAIR(d, e, a, b, c, 15, 9, 14, 6);
    PAIR(c, d, e, a, b, 8, 13, 6, 6);
    PAIR(b, c, d, e, a, 1, 15, 9, 14);
    PAIR(a, b, c, d, e, 2, 14, 11, 12);
    PAIR(e, a, b, c, d, 7, 8, 8, 13);
    PAIR(d, e, a, b, c, 0, 13, 12, 5);
    PAIR(c, d, e, a, b, 6, 6, 2, 14);
    PAIR(b, c, d, e, a, 13, 5, 10, 13);
    PAIR(a, b, c, d, e, 11, 12, 0, 13);
    PAIR(e, a, b, c, d, 5, 7, 4, 7);
    PAIR(d, e, a, b, c, 12, 5, 13, 5);
#undef LEFT_F
#undef LEFT_K
#undef RIGHT_F
#undef RIGHT_K

#define LEFT_F RIPEMD160_F4
#define LEFT_K 0x8f1bbcdc
#define RIGHT_F RIPEMD160_F2
#define RIGHT_K 0x7a6d76e9
    PAIR(c, d, e, a, b, 1, 11, 8, 15);
    PAIR(b, c, d, e, a, 9, 12, 6, 5);
    PAIR(a, b, c, d, e, 11, 14, 4, 8);
    PAIR(e, a, b, c, d, 10, 15, 1, 11);
    PAIR(d, e, a, b, c, 0, 14, 3, 14);
    PAIR(c, d, e, a, b, 8, 15, 11, 14);
    PAIR(b, c, d, e, a, 12, 9, 15, 6);
    PAIR(a, b, c, d, e, 4, 8, 0, 14);
    PAIR(e, a, b, c, d, 13, 9, 5, 6);
    PAIR(d, e, a, b, c, 3, 14, 12, 9);
    PAIR(c, d, e, a, b, 7, 5, 2, 12);
    PAIR(b, c, d, e, a, 15, 6, 13, 9);
    PAIR(a, b, c, d, e, 14, 8, 9, 12);
    PAIR(e, a, b, c, d, 5, 6, 7, 5);
    PAIR(d, e, a, b, c, 6, 5, 10, 15);
    PAIR(c, d, e, a, b, 2, 12, 14, 8);
#undef LEFT_F
#undef LEFT_K
#undef RIGHT_F
#undef RIGHT_K

#define LEFT_F RIPEMD160_F5
#define LEFT_K 0xa953fd4e
#define RIGHT_F RIPEMD160_F1
#define RIGHT_K 0x00000000
    PAIR(b, c, d, e, a, 4, 9, 12, 8);
    PAIR(a, b, c, d, e, 0, 15, 15, 5);
    PAIR(e, a, b, c, d, 5, 5, 10, 12);
    PAIR(d, e, a, b, c, 9, 11, 4, 9);
    PAIR(c, d, e, a, b, 7, 6, 1, 12);
    PAIR(b, c, d, e, a, 12, 8, 5, 5);
    PAIR(a, b, c, d, e, 2, 13, 8, 14);
    PAIR(e, a, b, c, d, 10, 12, 7, 6);
    PAIR(d, e, a, b, c, 14, 5, 6, 8);
    PAIR(c, d, e, a, b, 1, 12, 2, 13);
    PAIR(b, c, d, e, a, 3, 13, 13, 6);
    PAIR(a, b, c, d, e, 8, 14, 14, 5);
    PAIR(e, a, b, c, d, 11, 11, 0, 15);
    PAIR(d, e, a, b, c, 6, 8, 3, 13);
    PAIR(c, d, e, a, b, 15, 5, 9, 11);
    PAIR(b, c, d, e, a, 13, 6, 11, 11);
#undef LEFT_F
#undef LEFT_K
#undef RIGHT_F
#undef RIGHT_K

    digest[0] = V_ADD(V_ADD(h1, cl), dr);
    digest[1] = V_ADD(V_ADD(h2, dl), er);
    digest[2] = V_ADD(V_ADD(h3, el), ar);
    digest[3] = V_ADD(V_ADD(h4, al), br);
    digest[4] = V_ADD(V_ADD(h0, bl), cr);
}

#undef PAIR
