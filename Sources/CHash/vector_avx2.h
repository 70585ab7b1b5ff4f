/* Eight lanes in 256-bit registers: the names that lanes.h asks for. */

#include <immintrin.h>

typedef __m256i V;
#define WIDTH 8
#define LANES_INLINE static inline __attribute__((always_inline, target("avx2")))
#define LANES_FUNCTION static __attribute__((noinline, target("avx2")))
#define V_SET1(k) _mm256_set1_epi32((int)(k))
#define V_LOAD(p) _mm256_loadu_si256((const __m256i *)(p))
#define V_STORE(p, v) _mm256_storeu_si256((__m256i *)(p), v)
#define V_ADD(x, y) _mm256_add_epi32(x, y)
#define V_ROTL(x, n) _mm256_or_si256(_mm256_slli_epi32(x, n), _mm256_srli_epi32(x, 32 - (n)))
#define V_SHR(x, n) _mm256_srli_epi32(x, n)
#define V_XOR(x, y) _mm256_xor_si256(x, y)
#define V_XOR3(x, y, z) V_XOR(V_XOR(x, y), z)
#define V_CHOOSE(x, y, z) V_XOR(_mm256_and_si256(V_XOR(y, z), x), z)
#define V_MAJORITY(x, y, z)                                                                        \
    _mm256_or_si256(_mm256_and_si256(x, y), _mm256_and_si256(_mm256_or_si256(x, y), z))
#define V_ORNOT_XOR(x, y, z) V_XOR(_mm256_or_si256(x, V_XOR(y, _mm256_set1_epi32(-1))), z)
#define V_SWAP(x)                                                                                  \
    _mm256_shuffle_epi8(                                                                           \
        x, _mm256_setr_epi8(                                                                       \
               3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6, 5, 4, 11,   \
               10, 9, 8, 15, 14, 13, 12))
