#if defined(__x86_64__)

#define CHAIN_FUNCTION bvx_blake3_chain_avx512
#define CHAIN_TARGET "avx512f,avx512vl"
#define ROR(x, n) (four_words) _mm_ror_epi32((__m128i)(x), n)
#define ROR16(x) ROR(x, 16)
#define ROR12(x) ROR(x, 12)
#define ROR8(x) ROR(x, 8)
#define ROR7(x) ROR(x, 7)

#include "blake3_rows.h"

#else

/* ISO C wants a declaration in every file. */
typedef int bvx_blake3_avx512_is_for_x86_64;

#endif
