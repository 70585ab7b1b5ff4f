#include "kernel.h"
#include "words.h"

/* Chains of HASH160 of unequal lengths, kept in as few vector calls as possible. */

enum { VALUE_BYTES = 20, VALUE_WORDS = 5, STEP_VALUES = 256, BATCH_LANES = 2048 };

/* The lanes that a kernel works on now. Slots 0 to live - 1 are in use. */
typedef struct slots {
    _Alignas(64) uint32_t words[VALUE_WORDS * BVX_WIDTH_LIMIT];
    uint16_t lane[BVX_WIDTH_LIMIT];
    uint8_t left[BVX_WIDTH_LIMIT];
    size_t live;
} slots;

/* List the lanes with at least one step, longest first (counting sort).
 * Returns: how many there are. Out: order: that many lane numbers. In: steps: count entries. */
static size_t order_by_steps(uint16_t *order, const uint8_t *steps, size_t count) {
    size_t place[STEP_VALUES] = {0};
    for (size_t lane = 0; lane < count; lane++) {
        place[steps[lane]]++;
    }
    size_t listed = 0;
    for (size_t step = STEP_VALUES - 1; step > 0; step--) {
        size_t same = place[step];
        place[step] = listed;
        listed += same;
    }
    for (size_t lane = 0; lane < count; lane++) {
        if (steps[lane] > 0) {
            order[place[steps[lane]]++] = (uint16_t)lane;
        }
    }
    return listed;
}

static void fill_slot(
    slots *s, size_t width, const uint8_t *values, const uint8_t *steps, uint16_t lane) {
    for (size_t word = 0; word < VALUE_WORDS; word++) {
        s->words[word * width + s->live] =
            bvx_load_le(values + (size_t)lane * VALUE_BYTES + 4 * word);
    }
    s->lane[s->live] = lane;
    s->left[s->live] = steps[lane];
    s->live++;
}

/* Give a slot's value back; the last live slot moves to its place. */
static void empty_slot(slots *s, size_t width, uint8_t *values, size_t slot) {
    size_t last = s->live - 1;
    for (size_t word = 0; word < VALUE_WORDS; word++) {
        uint32_t *row = s->words + word * width;
        bvx_store_le(values + (size_t)s->lane[slot] * VALUE_BYTES + 4 * word, row[slot]);
        row[slot] = row[last];
    }
    s->lane[slot] = s->lane[last];
    s->left[slot] = s->left[last];
    s->live = last;
}

/* Run all live slots until the first of them is done, and empty those that are. */
static void run_slots(slots *s, const bvx_hash_kernel *kernel, uint8_t *values) {
    uint8_t run = s->left[0];
    for (size_t slot = 1; slot < s->live; slot++) {
        run = s->left[slot] < run ? s->left[slot] : run;
    }
    kernel->hash160_iterate(s->words, s->live, run);
    for (size_t slot = s->live; slot-- > 0;) {
        s->left[slot] -= run;
        if (s->left[slot] == 0) {
            empty_slot(s, kernel->width, values, slot);
        }
    }
}

/* Finish the live slots one by one in plain C. */
static void run_slots_portably(slots *s, const bvx_hash_kernel *kernel, uint8_t *values) {
    uint32_t value[VALUE_WORDS];
    while (s->live > 0) {
        size_t slot = s->live - 1;
        for (size_t word = 0; word < VALUE_WORDS; word++) {
            value[word] = s->words[word * kernel->width + slot];
        }
        bvx_kernel_portable.hash160_iterate(value, 1, s->left[slot]);
        for (size_t word = 0; word < VALUE_WORDS; word++) {
            s->words[word * kernel->width + slot] = value[word];
        }
        empty_slot(s, kernel->width, values, slot);
    }
    bvx_wipe(value, sizeof value);
}

/* In: order: room for count lane numbers, overwritten. */
static void iterate_batch(
    const bvx_hash_kernel *kernel, slots *s, uint16_t *order, uint8_t *values,
    const uint8_t *steps, size_t count) {
    size_t listed = order_by_steps(order, steps, count);
    size_t next = 0;
    s->live = 0;
    for (;;) {
        while (s->live < kernel->width && next < listed) {
            fill_slot(s, kernel->width, values, steps, order[next++]);
        }
        if (s->live == 0) {
            return;
        }
        if (s->live <= kernel->portable_lane_limit) {
            run_slots_portably(s, kernel, values);
        } else {
            run_slots(s, kernel, values);
        }
    }
}

int bvx_hash160_iterate_lanes(
    bvx_hash_implementation implementation, uint8_t *values, const uint8_t *steps,
    size_t lane_count) {
    const bvx_hash_kernel *kernel = bvx_hash_kernel_for(implementation);
    if (kernel == NULL) {
        return 0;
    }
    slots s = {.words = {0}};
    uint16_t order[BATCH_LANES];
    size_t taken = 0;
    for (size_t first = 0; first < lane_count; first += taken) {
        taken = lane_count - first < BATCH_LANES ? lane_count - first : BATCH_LANES;
        iterate_batch(
            kernel, &s, order, values + first * VALUE_BYTES, steps + first, taken);
    }
    bvx_wipe(&s, sizeof s);
    bvx_wipe_dead_stack();
    return 1;
}
