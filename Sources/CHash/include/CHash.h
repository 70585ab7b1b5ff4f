#ifndef BVX_CHASH_H
#define BVX_CHASH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Many independent hashes side by side, one per lane of a vector register; and chains of BLAKE3
 * hashes, further below.
 *
 * Rules that hold for every function of the lanes:
 *  - The CPU is asked at run time; there is no global state and nothing to initialise. All
 *    functions may be called from several threads at once.
 *  - Time and memory access depend on the lane count, the message size and the step counts,
 *    which are public. They do not depend on the hashed bytes.
 *  - Working memory, the used part of the stack included, is wiped before return.
 *  - Buffers need no alignment. A pointer may be NULL only where its size is 0.
 *  - Results are the same bytes whatever the implementation.
 */

/** A way to compute the hashes.
 *
 *  The values are stable; BVX_HASH_AUTOMATIC is always the fastest available one.
 */
typedef enum bvx_hash_implementation {
    BVX_HASH_AUTOMATIC = 0,
    /** Plain C, one lane at a time. Available everywhere. */
    BVX_HASH_PORTABLE = 1,
    /** Eight lanes in AVX2 registers. */
    BVX_HASH_AVX2 = 2,
    /** SHA-256 by the SHA instructions, two lanes interleaved; RIPEMD-160 in eight AVX2 lanes. */
    BVX_HASH_SHANI_AVX2 = 3,
    /** Sixteen lanes in AVX-512 registers (F, BW and VL). */
    BVX_HASH_AVX512 = 4
} bvx_hash_implementation;

/** Largest message, in bytes, that bvx_sha256_lanes accepts: one block with its padding. */
#define BVX_SHA256_LANES_MESSAGE_LIMIT 55

/** Tell whether this CPU and operating system can run an implementation.
 *
 *  Returns: 1 if it can be run, 0 if not, or if the value is none of the enumeration.
 *  Args: implementation: the one asked for; BVX_HASH_AUTOMATIC is always available.
 */
int bvx_hash_implementation_is_available(bvx_hash_implementation implementation);

/** The implementation that BVX_HASH_AUTOMATIC stands for on this machine.
 *
 *  Returns: an available implementation, never BVX_HASH_AUTOMATIC.
 */
bvx_hash_implementation bvx_hash_active_implementation(void);

/** Name an implementation for logs, benchmarks and test reports.
 *
 *  Returns: a static string such as "sha-ni+avx2"; for BVX_HASH_AUTOMATIC the name of the active
 *           implementation; "unknown" for a value outside of the enumeration.
 *  Args: implementation: the one to name; it need not be available.
 */
const char *bvx_hash_implementation_name(bvx_hash_implementation implementation);

/** SHA-256 of many messages of the same short length.
 *
 *  Returns: 1 on success; 0 if the implementation is not available or message_size is above
 *           BVX_SHA256_LANES_MESSAGE_LIMIT, in which case nothing is written.
 *  Args: implementation: which code to run, normally BVX_HASH_AUTOMATIC.
 *  Out:  digests:      lane_count digests of 32 bytes, one after the other. Must not overlap
 *                      messages.
 *  In:   messages:     lane_count messages of message_size bytes, one after the other.
 *        message_size: bytes per message, 0 to 55.
 *        lane_count:   how many messages; may be 0.
 */
int bvx_sha256_lanes(
    bvx_hash_implementation implementation, uint8_t *digests, const uint8_t *messages,
    size_t message_size, size_t lane_count);

/** RIPEMD-160 of many 32-byte messages.
 *
 *  Returns: 1 on success; 0 if the implementation is not available; then nothing is written.
 *  Args: implementation: which code to run, normally BVX_HASH_AUTOMATIC.
 *  Out:  digests:    lane_count digests of 20 bytes, one after the other. Must not overlap
 *                    messages.
 *  In:   messages:   lane_count messages of 32 bytes, one after the other.
 *        lane_count: how many messages; may be 0.
 */
int bvx_ripemd160_lanes(
    bvx_hash_implementation implementation, uint8_t *digests, const uint8_t *messages,
    size_t lane_count);

/** Replace each 20-byte value x by HASH160(HASH160(… x …)), its own number of times.
 *
 *  HASH160(x) = RIPEMD160(SHA256(x)). Lanes are taken longest first and a finished lane's place
 *  goes to the next one, so that unequal step counts do not leave lanes idle.
 *
 *  Returns: 1 on success; 0 if the implementation is not available; then nothing is written.
 *  Args:   implementation: which code to run, normally BVX_HASH_AUTOMATIC.
 *  In/Out: values:     lane_count values of 20 bytes, one after the other, replaced in place.
 *                      May be secret.
 *  In:     steps:      lane_count step counts, 0 to 255; 0 leaves its value as it is. Public.
 *                      Must not overlap values.
 *          lane_count: how many values; may be 0.
 */
int bvx_hash160_iterate_lanes(
    bvx_hash_implementation implementation, uint8_t *values, const uint8_t *steps,
    size_t lane_count);

/** HASH160 of one short message that is no secret; nothing is wiped.
 *
 *  For a single message this is faster than the lanes, which are made for many.
 *
 *  Returns: 1 on success; 0 if message_size is above BVX_SHA256_LANES_MESSAGE_LIMIT; then nothing
 *           is written.
 *  Out: digest:       20 bytes. May overlap message.
 *  In:  message:      message_size bytes. Public.
 *       message_size: 0 to 55.
 */
int bvx_hash160_public(uint8_t *digest, const uint8_t *message, size_t message_size);

/** A way to compute a chain of BLAKE3 hashes; each hash waits for the one before it.
 *
 *  The values are stable; BVX_BLAKE3_AUTOMATIC is always the fastest available one.
 */
typedef enum bvx_blake3_implementation {
    BVX_BLAKE3_AUTOMATIC = 0,
    /** Plain C. Available everywhere. */
    BVX_BLAKE3_PORTABLE = 1,
    /** The four columns of the state side by side in SSE4.1 registers. */
    BVX_BLAKE3_SSE41 = 2,
    /** The same with the rotations and permutations of AVX-512 (F and VL). */
    BVX_BLAKE3_AVX512 = 3
} bvx_blake3_implementation;

/** Largest message, in bytes, that bvx_blake3_block accepts: one block. */
#define BVX_BLAKE3_BLOCK_SIZE 64

/** What a step of a machine adds to the chain: 13 bytes, the addresses and values big-endian. */
typedef struct bvx_chain_step {
    uint32_t write_address;
    uint32_t write_value;
    uint32_t next_address;
    /** 0 to 255. */
    uint32_t next_micro;
} bvx_chain_step;

/** Tell whether this CPU and operating system can run an implementation.
 *
 *  Returns: 1 if it can be run, 0 if not, or if the value is none of the enumeration.
 *  Args: implementation: the one asked for; BVX_BLAKE3_AUTOMATIC is always available.
 */
int bvx_blake3_implementation_is_available(bvx_blake3_implementation implementation);

/** Name an implementation for logs, benchmarks and test reports.
 *
 *  Returns: a static string; for BVX_BLAKE3_AUTOMATIC the name of the implementation that it
 *           stands for here; "unknown" for a value outside of the enumeration.
 *  Args: implementation: the one to name; it need not be available.
 */
const char *bvx_blake3_implementation_name(bvx_blake3_implementation implementation);

/** BLAKE3 (plain mode) of a message of at most one block.
 *
 *  Returns: 1 on success; 0 if message_size is above BVX_BLAKE3_BLOCK_SIZE; then nothing is
 *           written.
 *  Out: digest:       32 bytes.
 *  In:  message:      message_size bytes. Public.
 *       message_size: 0 to 64.
 */
int bvx_blake3_block(uint8_t *digest, const uint8_t *message, size_t message_size);

/** Extend a chain: hash = first 20 bytes of BLAKE3(hash, 13 bytes of the step), for each step.
 *
 *  Nothing here is secret, so nothing is wiped.
 *
 *  Returns: 1 on success; 0 if the implementation is not available; then nothing is written.
 *  Args:   implementation: which code to run, normally BVX_BLAKE3_AUTOMATIC.
 *  In/Out: hash:       20 bytes: the chain so far, replaced by its new end.
 *  Out:    hashes:     20 bytes for each step: the chain after it; or NULL if they are not wanted.
 *  In:     steps:      what is added. Must overlap nothing.
 *          step_count: how many; may be 0.
 */
int bvx_blake3_chain(
    bvx_blake3_implementation implementation, uint8_t *hash, uint8_t *hashes,
    const bvx_chain_step *steps, size_t step_count);

#ifdef __cplusplus
}
#endif

#endif
