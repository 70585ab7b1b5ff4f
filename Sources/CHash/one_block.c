#include "kernel.h"
#include "words.h"

#include <string.h>

/* Hashes of one block per lane: SHA-256 of short messages, RIPEMD-160 of 32 bytes. */

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* The kernel for what remains: a few lanes alone are faster in plain C. */
static const bvx_hash_kernel *kernel_for_rest(const bvx_hash_kernel *kernel, size_t remaining) {
    return remaining <= kernel->portable_lane_limit ? &bvx_kernel_portable : kernel;
}

int bvx_sha256_lanes(
    bvx_hash_implementation implementation, uint8_t *digests, const uint8_t *messages,
    size_t message_size, size_t lane_count) {
    const bvx_hash_kernel *chosen = bvx_hash_kernel_for(implementation);
    if (chosen == NULL || message_size > BVX_SHA256_LANES_MESSAGE_LIMIT) {
        return 0;
    }
    _Alignas(64) uint32_t block[16 * BVX_WIDTH_LIMIT] = {0};
    _Alignas(64) uint32_t digest[8 * BVX_WIDTH_LIMIT];
    uint8_t padded[64] = {0};
    size_t taken = 0;
    for (size_t first = 0; first < lane_count; first += taken) {
        const bvx_hash_kernel *kernel = kernel_for_rest(chosen, lane_count - first);
        taken = smaller(kernel->width, lane_count - first);
        for (size_t lane = 0; lane < taken; lane++) {
            if (message_size > 0) {
                memcpy(padded, messages + (first + lane) * message_size, message_size);
            }
            padded[message_size] = 0x80;
            bvx_store_be(padded + 60, (uint32_t)message_size * 8);
            for (size_t word = 0; word < 16; word++) {
                block[word * kernel->width + lane] = bvx_load_be(padded + 4 * word);
            }
        }
        kernel->sha256_block(digest, block);
        for (size_t lane = 0; lane < taken; lane++) {
            for (size_t word = 0; word < 8; word++) {
                bvx_store_be(
                    digests + (first + lane) * 32 + 4 * word, digest[word * kernel->width + lane]);
            }
        }
    }
    bvx_wipe(block, sizeof block);
    bvx_wipe(digest, sizeof digest);
    bvx_wipe(padded, sizeof padded);
    bvx_wipe_dead_stack();
    return 1;
}

int bvx_ripemd160_lanes(
    bvx_hash_implementation implementation, uint8_t *digests, const uint8_t *messages,
    size_t lane_count) {
    const bvx_hash_kernel *chosen = bvx_hash_kernel_for(implementation);
    if (chosen == NULL) {
        return 0;
    }
    _Alignas(64) uint32_t message[8 * BVX_WIDTH_LIMIT] = {0};
    _Alignas(64) uint32_t digest[5 * BVX_WIDTH_LIMIT];
    size_t taken = 0;
    for (size_t first = 0; first < lane_count; first += taken) {
        const bvx_hash_kernel *kernel = kernel_for_rest(chosen, lane_count - first);
        taken = smaller(kernel->width, lane_count - first);
        for (size_t lane = 0; lane < taken; lane++) {
            for (size_t word = 0; word < 8; word++) {
                message[word * kernel->width + lane] =
                    bvx_load_le(messages + (first + lane) * 32 + 4 * word);
            }
        }
        kernel->ripemd160_of_32(digest, message);
        for (size_t lane = 0; lane < taken; lane++) {
            for (size_t word = 0; word < 5; word++) {
                bvx_store_le(
                    digests + (first + lane) * 20 + 4 * word, digest[word * kernel->width + lane]);
            }
        }
    }
    bvx_wipe(message, sizeof message);
    bvx_wipe(digest, sizeof digest);
    bvx_wipe_dead_stack();
    return 1;
}
