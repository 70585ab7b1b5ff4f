#include "blake3_words.h"

static bvx_blake3_implementation fastest(void) {
    static const bvx_blake3_implementation fastest_first[] = {
        BVX_BLAKE3_AVX512, BVX_BLAKE3_SSE41};
    for (size_t i = 0; i < sizeof fastest_first / sizeof fastest_first[0]; i++) {
        if (bvx_blake3_implementation_is_available(fastest_first[i])) {
            return fastest_first[i];
        }
    }
    return BVX_BLAKE3_PORTABLE;
}

int bvx_blake3_implementation_is_available(bvx_blake3_implementation implementation) {
    switch (implementation) {
#if defined(__x86_64__)
    case BVX_BLAKE3_SSE41:
        return __builtin_cpu_supports("sse4.1") != 0;
    case BVX_BLAKE3_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
#endif
    case BVX_BLAKE3_AUTOMATIC:
    case BVX_BLAKE3_PORTABLE:
        return 1;
    default:
        return 0;
    }
}

const char *bvx_blake3_implementation_name(bvx_blake3_implementation implementation) {
    switch (implementation) {
    case BVX_BLAKE3_AUTOMATIC:
        return bvx_blake3_implementation_name(fastest());
    case BVX_BLAKE3_PORTABLE:
        return "portable";
    case BVX_BLAKE3_SSE41:
        return "sse4.1";
    case BVX_BLAKE3_AVX512:
        return "avx-512";
    default:
        return "unknown";
    }
}

int bvx_blake3_chain(
    bvx_blake3_implementation implementation, uint8_t *hash, uint8_t *hashes,
    const bvx_chain_step *steps, size_t step_count) {
    if (!bvx_blake3_implementation_is_available(implementation)) {
        return 0;
    }
    if (step_count == 0) {
        return 1;
    }
    switch (implementation == BVX_BLAKE3_AUTOMATIC ? fastest() : implementation) {
#if defined(__x86_64__)
    case BVX_BLAKE3_SSE41:
        bvx_blake3_chain_sse41(hash, hashes, steps, step_count);
        return 1;
    case BVX_BLAKE3_AVX512:
        bvx_blake3_chain_avx512(hash, hashes, steps, step_count);
        return 1;
#endif
    default:
        bvx_blake3_chain_portable(hash, hashes, steps, step_count);
        return 1;
    }
}
