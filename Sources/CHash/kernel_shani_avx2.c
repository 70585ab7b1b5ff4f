#include "kernel.h"

#if defined(__x86_64__)
#include "vector_avx2.h"

#define LANES_WITHOUT_SHA256
#include "lanes.h"

/* SHA-256 by the SHA instructions wants one lane's words side by side ("rows"), RIPEMD-160 in
 * AVX2 wants one word of eight lanes side by side; an 8 x 8 transposition lies between them.
 * The two stand in functions of their own, because the SHA instructions have only the old
 * encoding and would wait for the upper halves of registers that AVX2 code has left in use. */

#define SHANI_TARGET target("sha,sse4.1")
#define SHANI_INLINE static inline __attribute__((always_inline, SHANI_TARGET))

typedef uint32_t block_row[16];
typedef uint32_t digest_row[8];

/* The instructions keep a state as (a, b, e, f) and (c, d, g, h), first letter highest. */
typedef struct shani_lane {
    __m128i abef, cdgh;
    __m128i w[4];
} shani_lane;

static const uint32_t shani_initial_abef[4] = {
    0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667};
static const uint32_t shani_initial_cdgh[4] = {
    0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372};

SHANI_INLINE void shani_begin(shani_lane *lane, const uint32_t *row) {
    lane->abef = _mm_loadu_si128((const __m128i *)shani_initial_abef);
    lane->cdgh = _mm_loadu_si128((const __m128i *)shani_initial_cdgh);
    for (size_t i = 0; i < 4; i++) {
        lane->w[i] = _mm_loadu_si128((const __m128i *)(row + 4 * i));
    }
}

SHANI_INLINE void shani_four_rounds(shani_lane *lane, __m128i w, __m128i k) {
    __m128i keyed = _mm_add_epi32(w, k);
    lane->cdgh = _mm_sha256rnds2_epu32(lane->cdgh, lane->abef, keyed);
    keyed = _mm_shuffle_epi32(keyed, 0x0e);
    lane->abef = _mm_sha256rnds2_epu32(lane->abef, lane->cdgh, keyed);
}

/* Replace the i-th group of four schedule words by the one sixteen words later. */
SHANI_INLINE void shani_expand(__m128i w[4], size_t i) {
    __m128i w0 = w[i % 4], w1 = w[(i + 1) % 4], w2 = w[(i + 2) % 4], w3 = w[(i + 3) % 4];
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
    w[i % 4] = _mm_sha256msg2_epu32(sum, w3);
}

SHANI_INLINE void shani_end(uint32_t *digest, const shani_lane *lane) {
    __m128i abef = _mm_add_epi32(
        lane->abef, _mm_loadu_si128((const __m128i *)shani_initial_abef));
    __m128i cdgh = _mm_add_epi32(
        lane->cdgh, _mm_loadu_si128((const __m128i *)shani_initial_cdgh));
    __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
    __m128i hgdc = _mm_shuffle_epi32(cdgh, 0x1b);
    /* feba holds a, b, e, f from low to high, hgdc holds c, d, g, h. */
    _mm_storeu_si128((__m128i *)digest, _mm_unpacklo_epi64(feba, hgdc));
    _mm_storeu_si128((__m128i *)(digest + 4), _mm_unpackhi_epi64(feba, hgdc));
}

/* SHA-256 of one padded block for each of the first `live` rows. Lanes go in pairs, since one
 * alone waits for the latency of every instruction; an odd last one takes an idle lane along. */
static __attribute__((noinline, SHANI_TARGET)) void shani_rows(
    digest_row *digests, const block_row *rows, size_t live) {
    for (size_t pair = 0; pair < live; pair += 2) {
        shani_lane p, q;
        shani_begin(&p, rows[pair]);
        shani_begin(&q, rows[pair + 1]);
#pragma clang loop unroll(full)
        for (size_t i = 0; i < 16; i++) {
            __m128i k = _mm_loadu_si128((const __m128i *)(sha256_k + 4 * i));
            shani_four_rounds(&p, p.w[i % 4], k);
            shani_four_rounds(&q, q.w[i % 4], k);
            if (i < 12) {
                shani_expand(p.w, i);
                shani_expand(q.w, i);
            }
        }
        shani_end(digests[pair], &p);
        shani_end(digests[pair + 1], &q);
    }
}

static void shani_sha256_block(uint32_t *digest, const uint32_t *block) {
    block_row rows[WIDTH];
    digest_row digests[WIDTH];
    for (size_t lane = 0; lane < WIDTH; lane++) {
        for (size_t word = 0; word < 16; word++) {
            rows[lane][word] = block[word * WIDTH + lane];
        }
    }
    shani_rows(digests, (const block_row *)rows, WIDTH);
    for (size_t lane = 0; lane < WIDTH; lane++) {
        for (size_t word = 0; word < 8; word++) {
            digest[word * WIDTH + lane] = digests[lane][word];
        }
    }
}

LANES_INLINE void transpose(V m[8]) {
    V a[8], b[8];
    for (size_t i = 0; i < 8; i += 2) {
        a[i] = _mm256_unpacklo_epi32(m[i], m[i + 1]);
        a[i + 1] = _mm256_unpackhi_epi32(m[i], m[i + 1]);
    }
    for (size_t i = 0; i < 8; i += 4) {
        b[i] = _mm256_unpacklo_epi64(a[i], a[i + 2]);
        b[i + 1] = _mm256_unpackhi_epi64(a[i], a[i + 2]);
        b[i + 2] = _mm256_unpacklo_epi64(a[i + 1], a[i + 3]);
        b[i + 3] = _mm256_unpackhi_epi64(a[i + 1], a[i + 3]);
    }
    for (size_t i = 0; i < 4; i++) {
        m[i] = _mm256_permute2x128_si256(b[i], b[i + 4], 0x20);
        m[i + 4] = _mm256_permute2x128_si256(b[i], b[i + 4], 0x31);
    }
}

/* Write 20-byte values as the first half of padded SHA-256 blocks, one per row. */
LANES_INLINE void values_to_rows(block_row *rows, const V value[5]) {
    V m[8] = {V_SWAP(value[0]), V_SWAP(value[1]), V_SWAP(value[2]), V_SWAP(value[3]),
              V_SWAP(value[4]), V_SET1(0x80000000), V_SET1(0), V_SET1(0)};
    transpose(m);
    for (size_t lane = 0; lane < WIDTH; lane++) {
        V_STORE(rows[lane], m[lane]);
    }
}

LANES_FUNCTION void begin_rows(block_row *rows, const uint32_t *values) {
    V value[5];
    for (size_t i = 0; i < 5; i++) {
        value[i] = V_LOAD(values + i * WIDTH);
    }
    values_to_rows(rows, value);
    for (size_t lane = 0; lane < WIDTH; lane++) {
        V_STORE(rows[lane] + 8, _mm256_setr_epi32(0, 0, 0, 0, 0, 0, 0, 160));
    }
}

/* RIPEMD-160 of eight digests; the results go to `values` and, for the next turn, to `rows`. */
LANES_FUNCTION void ripemd160_rows(block_row *rows, uint32_t *values, const digest_row *digests) {
    V m[8], value[5];
    for (size_t lane = 0; lane < WIDTH; lane++) {
        m[lane] = V_LOAD(digests[lane]);
    }
    transpose(m);
    for (size_t i = 0; i < 8; i++) {
        m[i] = V_SWAP(m[i]);
    }
    ripemd160_of_32_lanes(value, m);
    values_to_rows(rows, value);
    for (size_t i = 0; i < 5; i++) {
        V_STORE(values + i * WIDTH, value[i]);
    }
}

static void shani_hash160_iterate(uint32_t *values, size_t live, size_t count) {
    block_row rows[WIDTH];
    digest_row digests[WIDTH] = {{0}};
    begin_rows(rows, values);
    for (; count > 0; count--) {
        shani_rows(digests, (const block_row *)rows, live);
        ripemd160_rows(rows, values, (const digest_row *)digests);
    }
}

const bvx_hash_kernel bvx_kernel_shani_avx2 = {
    .width = WIDTH,
    .portable_lane_limit = 0,
    .sha256_block = shani_sha256_block,
    .ripemd160_of_32 = ripemd160_of_32,
    .hash160_iterate = shani_hash160_iterate,
};
#endif
