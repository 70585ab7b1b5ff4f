#include "kernel.h"
#include "words.h"

#include <string.h>

/* HASH160 of one short message that is no secret: no lanes to fill, nothing to wipe. */

static void portable_sha256(uint32_t digest[8], const uint32_t block[16]) {
    bvx_kernel_portable.sha256_block(digest, block);
}

#if defined(__x86_64__)
#include "sha256_constants.h"
#include <immintrin.h>

/* The instructions keep a state as (a, b, e, f) and (c, d, g, h), first letter highest. */
__attribute__((target("sha,sse4.1"))) static void shani_sha256(
    uint32_t digest[8], const uint32_t block[16]) {
    const __m128i begin_abef = _mm_setr_epi32(
        (int)0x9b05688c, (int)0x510e527f, (int)0xbb67ae85, (int)0x6a09e667);
    const __m128i begin_cdgh = _mm_setr_epi32(
        (int)0x5be0cd19, (int)0x1f83d9ab, (int)0xa54ff53a, (int)0x3c6ef372);
    __m128i abef = begin_abef, cdgh = begin_cdgh, w[4];
    for (size_t i = 0; i < 4; i++) {
        w[i] = _mm_loadu_si128((const __m128i *)(block + 4 * i));
    }
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 16; i++) {
        __m128i keyed = _mm_add_epi32(
            w[i % 4], _mm_loadu_si128((const __m128i *)(sha256_k + 4 * i)));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, keyed);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(keyed, 0x0e));
        if (i < 12) {
            __m128i old = w[(i + 3) % 4];
            __m128i sum = _mm_add_epi32(
                _mm_sha256msg1_epu32(w[i % 4], w[(i + 1) % 4]),
                _mm_alignr_epi8(old, w[(i + 2) % 4], 4));
            w[i % 4] = _mm_sha256msg2_epu32(sum, old);
        }
    }
    __m128i feba = _mm_shuffle_epi32(_mm_add_epi32(abef, begin_abef), 0x1b);
    __m128i hgdc = _mm_shuffle_epi32(_mm_add_epi32(cdgh, begin_cdgh), 0x1b);
    _mm_storeu_si128((__m128i *)digest, _mm_unpacklo_epi64(feba, hgdc));
    _mm_storeu_si128((__m128i *)(digest + 4), _mm_unpackhi_epi64(feba, hgdc));
}
#endif

int bvx_hash160_public(uint8_t *digest, const uint8_t *message, size_t message_size) {
    if (message_size > BVX_SHA256_LANES_MESSAGE_LIMIT) {
        return 0;
    }
    uint8_t padded[64] = {0};
    if (message_size > 0) {
        memcpy(padded, message, message_size);
    }
    padded[message_size] = 0x80;
    bvx_store_be(padded + 60, (uint32_t)message_size * 8);
    uint32_t block[16], words[8], result[5];
    for (size_t word = 0; word < 16; word++) {
        block[word] = bvx_load_be(padded + 4 * word);
    }
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1")) {
        shani_sha256(words, block);
    } else {
        portable_sha256(words, block);
    }
#else
    portable_sha256(words, block);
#endif
    for (size_t word = 0; word < 8; word++) {
        words[word] = __builtin_bswap32(words[word]);
    }
    bvx_kernel_portable.ripemd160_of_32(result, words);
    for (size_t word = 0; word < 5; word++) {
        bvx_store_le(digest + 4 * word, result[word]);
    }
    return 1;
}
