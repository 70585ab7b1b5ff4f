#include "kernel.h"

/* Plain C: a "vector" of one lane. */

typedef uint32_t V;
#define WIDTH 1
#define LANES_INLINE static inline __attribute__((always_inline))
#define LANES_FUNCTION static
#define V_SET1(k) ((uint32_t)(k))
#define V_LOAD(p) (*(p))
#define V_STORE(p, v) (*(p) = (v))
#define V_ADD(x, y) ((uint32_t)((x) + (y)))
#define V_ROTL(x, n) (((x) << (n)) | ((x) >> (32 - (n))))
#define V_SHR(x, n) ((x) >> (n))
#define V_XOR3(x, y, z) ((x) ^ (y) ^ (z))
#define V_CHOOSE(x, y, z) ((((y) ^ (z)) & (x)) ^ (z))
#define V_MAJORITY(x, y, z) (((x) & (y)) | (((x) | (y)) & (z)))
#define V_ORNOT_XOR(x, y, z) (((x) | ~(y)) ^ (z))
#define V_SWAP(x) __builtin_bswap32(x)

#include "lanes.h"

const bvx_hash_kernel bvx_kernel_portable = {
    .width = WIDTH,
    .portable_lane_limit = 0,
    .sha256_block = sha256_block,
    .ripemd160_of_32 = ripemd160_of_32,
    .hash160_iterate = hash160_iterate,
};
