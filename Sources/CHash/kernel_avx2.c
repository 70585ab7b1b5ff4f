#include "kernel.h"

#if defined(__x86_64__)
#include "vector_avx2.h"

#include "lanes.h"

const bvx_hash_kernel bvx_kernel_avx2 = {
    .width = WIDTH,
    .portable_lane_limit = 1,
    .sha256_block = sha256_block,
    .ripemd160_of_32 = ripemd160_of_32,
    .hash160_iterate = hash160_iterate,
};
#endif
