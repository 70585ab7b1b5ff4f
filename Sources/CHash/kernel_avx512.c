#include "kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

/* Sixteen lanes in 512-bit registers: vprold rotates, vpternlogd does any function of three bits
 * at once. Its immediate is the truth table, bit 4x + 2y + z. */

typedef __m512i V;
#define WIDTH 16
#define AVX512_TARGET target("avx512f,avx512bw,avx512vl")
#define LANES_INLINE static inline __attribute__((always_inline, AVX512_TARGET))
#define LANES_FUNCTION static __attribute__((noinline, AVX512_TARGET))
#define V_SET1(k) _mm512_set1_epi32((int)(k))
#define V_LOAD(p) _mm512_loadu_si512(p)
#define V_STORE(p, v) _mm512_storeu_si512(p, v)
#define V_ADD(x, y) _mm512_add_epi32(x, y)
#define V_ROTL(x, n) _mm512_rol_epi32(x, n)
#define V_SHR(x, n) _mm512_srli_epi32(x, n)
#define V_XOR3(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0x96)
#define V_CHOOSE(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0xca)
#define V_MAJORITY(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0xe8)
#define V_ORNOT_XOR(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0x59)
#define V_SWAP(x)                                                                                  \
    _mm512_shuffle_epi8(                                                                           \
        x, _mm512_broadcast_i32x4(                                                                 \
               _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)))

#include "lanes.h"

const bvx_hash_kernel bvx_kernel_avx512 = {
    .width = WIDTH,
    .portable_lane_limit = 1,
    .sha256_block = sha256_block,
    .ripemd160_of_32 = ripemd160_of_32,
    .hash160_iterate = hash160_iterate,
};
#endif
