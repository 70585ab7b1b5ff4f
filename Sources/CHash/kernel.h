#ifndef BVX_KERNEL_H
#define BVX_KERNEL_H

#include "CHash.h"

/* What one instruction set offers to the code that feeds it.
 *
 * Kernels work on words, word-major: word w of lane l stands at [w * width + l]. A word is the
 * number that the hash function's own byte order reads (SHA-256 big-endian, RIPEMD-160 little-
 * endian). The caller fills unused lanes with zeros and wipes all buffers, and the dead stack.
 */
typedef struct bvx_hash_kernel {
    /* Lanes per call, at most BVX_WIDTH_LIMIT. */
    size_t width;

    /* Up to so many live lanes the portable kernel is faster. */
    size_t portable_lane_limit;

    /* SHA-256 of one already padded block.
     * Out: digest: 8 * width words. In: block: 16 * width words. */
    void (*sha256_block)(uint32_t *digest, const uint32_t *block);

    /* RIPEMD-160 of a 32-byte message.
     * Out: digest: 5 * width words. In: message: 8 * width words. */
    void (*ripemd160_of_32)(uint32_t *digest, const uint32_t *message);

    /* HASH160 of 20-byte values, `count` times over.
     * In/Out: values: 5 * width words in RIPEMD-160's byte order.
     * In: live: lanes 0 to live - 1 matter, at least 1; the others may be left or changed. */
    void (*hash160_iterate)(uint32_t *values, size_t live, size_t count);
} bvx_hash_kernel;

enum { BVX_WIDTH_LIMIT = 16 };

extern const bvx_hash_kernel bvx_kernel_portable;
#if defined(__x86_64__)
extern const bvx_hash_kernel bvx_kernel_avx2;
extern const bvx_hash_kernel bvx_kernel_shani_avx2;
extern const bvx_hash_kernel bvx_kernel_avx512;
#endif

/* The kernel of an implementation, or NULL if this CPU cannot run it. */
const bvx_hash_kernel *bvx_hash_kernel_for(bvx_hash_implementation implementation);

/* Overwrite memory with zeros in a way that the compiler may not leave out. */
void bvx_wipe(void *memory, size_t byte_count);

/* Overwrite the stack below the caller, where kernels have spilled their registers. */
void bvx_wipe_dead_stack(void);

#endif
