#ifndef BVX_WORDS_H
#define BVX_WORDS_H

#include <stdint.h>

/* 32-bit words from and to bytes in either order, at any alignment. */

static inline uint32_t bvx_load_be(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint32_t bvx_load_le(const uint8_t *p) {
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static inline void bvx_store_be(uint8_t *p, uint32_t word) {
    p[0] = (uint8_t)(word >> 24), p[1] = (uint8_t)(word >> 16);
    p[2] = (uint8_t)(word >> 8), p[3] = (uint8_t)word;
}

static inline void bvx_store_le(uint8_t *p, uint32_t word) {
    p[0] = (uint8_t)word, p[1] = (uint8_t)(word >> 8);
    p[2] = (uint8_t)(word >> 16), p[3] = (uint8_t)(word >> 24);
}

#endif
