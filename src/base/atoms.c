/* SPDX-License-Identifier: MIT */
/* Interned strings: one open-addressing table per level, at most three quarters full. */
#include "base/atoms.h"

#include <assert.h>

enum { SLOTS_FIRST = 64 };

static bool find_own(const struct atoms *atoms, struct str text, uint32_t hash, uint32_t *slot)
{
    if (atoms->slot_count == 0) {
        return false;
    }
    uint32_t mask = atoms->slot_count - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        *slot = i;
        if (atoms->slots[i] == 0) {
            return false;
        }
        if (str_eq(atoms->texts[atoms->slots[i] - 1 - atoms->first], text)) {
            return true;
        }
    }
}

static void grow(struct atoms *atoms)
{
    uint32_t old_count = atoms->slot_count;
    const uint32_t *old = atoms->slots;
    atoms->slot_count = old_count ? old_count * 2 : SLOTS_FIRST;
    atoms->slots = arena_array(atoms->arena, uint32_t, atoms->slot_count);
    for (uint32_t i = 0; i < old_count; i++) {
        if (old[i]) {
            struct str text = atoms->texts[old[i] - 1 - atoms->first];
            uint32_t slot = 0;
            find_own(atoms, text, str_hash(text, atoms->seed), &slot);
            atoms->slots[slot] = old[i];
        }
    }
}

void atoms_init(struct atoms *atoms, struct arena *arena, const struct atoms *base)
{
    *atoms = (struct atoms){.base = base, .arena = arena, .first = base ? base->count : 0};
    /* Where memory lies differs from run to run; ids are given in order and do not depend on it. */
    atoms->seed = base ? base->seed : (uint64_t)(uintptr_t)arena * 0x9e3779b97f4a7c15u;
    atoms->count = atoms->first;
    if (!base) {
        atoms_intern(atoms, (struct str){0});
    }
}

static bool find_hashed(const struct atoms *atoms, struct str text, uint32_t hash, uint32_t *atom)
{
    for (const struct atoms *level = atoms; level; level = level->base) {
        uint32_t slot = 0;
        if (find_own(level, text, hash, &slot)) {
            *atom = level->slots[slot] - 1;
            return true;
        }
    }
    return false;
}

bool atoms_find(const struct atoms *atoms, struct str text, uint32_t *atom)
{
    return find_hashed(atoms, text, str_hash(text, atoms->seed), atom);
}

uint32_t atoms_intern(struct atoms *atoms, struct str text)
{
    uint32_t hash = str_hash(text, atoms->seed);
    uint32_t atom = 0;
    if (find_hashed(atoms, text, hash, &atom)) {
        return atom;
    }
    uint32_t own = atoms->count - atoms->first;
    if (own >= atoms->slot_count - atoms->slot_count / 4) {
        grow(atoms);
    }
    uint32_t slot = 0;
    bool found = find_own(atoms, text, hash, &slot);
    assert(!found);
    (void)found;
    atoms->texts =
        arena_grow(atoms->arena, atoms->texts, own, &atoms->texts_capacity, sizeof *atoms->texts);
    atoms->texts[own] = arena_str(atoms->arena, text);
    atoms->slots[slot] = atoms->count + 1;
    return atoms->count++;
}

struct atoms_mark atoms_mark(const struct atoms *atoms)
{
    return (struct atoms_mark){*atoms, arena_mark(atoms->arena)};
}

/*
 * The slots of the mark are in use again, even where they have grown out of since. Those that were filled
 * later are emptied: no older text was put behind them, so that each is still found where it is.
 */
void atoms_rewind(struct atoms *atoms, const struct atoms_mark *mark)
{
    if (atoms->count == mark->atoms.count) {
        return;
    }
    arena_rewind(atoms->arena, mark->memory);
    *atoms = mark->atoms;
    for (uint32_t i = 0; i < atoms->slot_count; i++) {
        if (atoms->slots[i] > atoms->count) {
            atoms->slots[i] = 0;
        }
    }
}

struct str atoms_text(const struct atoms *atoms, uint32_t atom)
{
    assert(atom < atoms->count);
    while (atom < atoms->first) {
        atoms = atoms->base;
    }
    return atoms->texts[atom - atoms->first];
}
