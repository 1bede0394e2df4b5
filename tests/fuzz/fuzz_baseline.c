/* SPDX-License-Identifier: MIT */
/* Any text as a baseline: what is refused is said inside of it; what is taken is written, and read again, as it is. */
#include "rule/baseline.h"

#include "check.h"

struct world {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct builder builder;
    struct findings findings;
};

static bool read(struct world *world, struct str text, struct baseline *baseline)
{
    const struct baseline_reader reader = {&world->arena, &world->sources, &world->atoms,
                                           &world->builder, &world->findings};
    struct source *source = sources_add(&world->sources, STR("base.json"), text);
    bool good = baseline_read(&reader, source, baseline);
    CHECK(good == (world->findings.count == 0));
    for (size_t i = 0; i < world->findings.count; i++) {
        CHECK(world->findings.items[i].at.span.hi <= source->bytes.len);
    }
    return good;
}

static void check_entries(const struct baseline *baseline)
{
    for (size_t i = 0; i < baseline->count; i++) {
        const struct baseline_entry *entry = &baseline->items[i];
        CHECK(entry->count > 0 && entry->count <= BASELINE_MAX_COUNT);
        CHECK(baseline_find(baseline, entry->file, entry->rule, entry->fingerprint) == entry);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct world world = {.findings = {.arena = &world.arena}};
    struct baseline first, second;
    struct buf written = buf_with_max(SIZE_MAX / 2);
    struct buf again = buf_with_max(SIZE_MAX / 2);
    sources_init(&world.sources, &world.arena);
    atoms_init(&world.atoms, &world.arena, NULL);
    if (read(&world, (struct str){(const char *)data, size}, &first)) {
        check_entries(&first);
        baseline_write(&first, &written);
        CHECK(read(&world, buf_str(&written), &second));
        baseline_write(&second, &again);
        CHECK(first.count == second.count && str_eq(buf_str(&written), buf_str(&again)));
    }
    buf_release(&written);
    buf_release(&again);
    builder_release(&world.builder);
    arena_release(&world.arena);
    return 0;
}
