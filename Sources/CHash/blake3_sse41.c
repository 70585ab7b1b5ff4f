#if defined(__x86_64__)

#include <immintrin.h>

#define CHAIN_FUNCTION bvx_blake3_chain_sse41
#define CHAIN_TARGET "sse4.1"
#define ROR_BYTES(x, ...) (four_words) _mm_shuffle_epi8((__m128i)(x), _mm_setr_epi8(__VA_ARGS__))
#define ROR16(x) ROR_BYTES(x, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)
#define ROR8(x) ROR_BYTES(x, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12)
#define ROR_SHIFTS(x, n) (((x) >> (n)) | ((x) << (32 - (n))))
#define ROR12(x) ROR_SHIFTS(x, 12)
#define ROR7(x) ROR_SHIFTS(x, 7)

#include "blake3_rows.h"

#else

/* ISO C wants a declaration in every file. */
typedef int bvx_blake3_sse41_is_for_x86_64;

#endif
