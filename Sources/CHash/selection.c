#include "kernel.h"

const bvx_hash_kernel *bvx_hash_kernel_for(bvx_hash_implementation implementation) {
    if (implementation == BVX_HASH_AUTOMATIC) {
        implementation = bvx_hash_active_implementation();
    }
    if (!bvx_hash_implementation_is_available(implementation)) {
        return NULL;
    }
    switch (implementation) {
#if defined(__x86_64__)
    case BVX_HASH_AVX2:
        return &bvx_kernel_avx2;
    case BVX_HASH_SHANI_AVX2:
        return &bvx_kernel_shani_avx2;
    case BVX_HASH_AVX512:
        return &bvx_kernel_avx512;
#endif
    case BVX_HASH_PORTABLE:
        return &bvx_kernel_portable;
    default:
        return NULL;
    }
}

int bvx_hash_implementation_is_available(bvx_hash_implementation implementation) {
    switch (implementation) {
#if defined(__x86_64__)
    case BVX_HASH_AVX2:
        return __builtin_cpu_supports("avx2") != 0;
    case BVX_HASH_SHANI_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("sha");
    case BVX_HASH_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512vl");
#endif
    case BVX_HASH_AUTOMATIC:
    case BVX_HASH_PORTABLE:
        return 1;
    default:
        return 0;
    }
}

bvx_hash_implementation bvx_hash_active_implementation(void) {
    static const bvx_hash_implementation fastest_first[] = {
        BVX_HASH_AVX512, BVX_HASH_SHANI_AVX2, BVX_HASH_AVX2};
    for (size_t i = 0; i < sizeof fastest_first / sizeof fastest_first[0]; i++) {
        if (bvx_hash_implementation_is_available(fastest_first[i])) {
            return fastest_first[i];
        }
    }
    return BVX_HASH_PORTABLE;
}

const char *bvx_hash_implementation_name(bvx_hash_implementation implementation) {
    switch (implementation) {
    case BVX_HASH_AUTOMATIC:
        return bvx_hash_implementation_name(bvx_hash_active_implementation());
    case BVX_HASH_PORTABLE:
        return "portable";
    case BVX_HASH_AVX2:
        return "avx2";
    case BVX_HASH_SHANI_AVX2:
        return "sha-ni+avx2";
    case BVX_HASH_AVX512:
        return "avx-512";
    default:
        return "unknown";
    }
}
