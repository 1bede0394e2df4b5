/* SPDX-License-Identifier: MIT */
/*
 * Forgetting files, so that a handle can judge any number of them one after the other. What files leave behind is in
 * the handle's arena, behind a mark; what was loaded because of them (rules, texts, kinds) and is wanted again lives
 * in an arena of its own. Names of members are atoms of one table: those of files go again, unless something was
 * loaded while they were there, which happens a bounded number of times.
 */
#include "engine/engine.h"

/* What most files need, so that they do not go to the system for it. */
enum { FILE_BYTES = 512 * 1024, SCRATCH_BYTES = 64 * 1024 };

void engine_begin_files(ekslint *e)
{
    struct engine_start *start = &e->start;
    if (!start->set) {
        if (!e->scratch.chunks) {
            arena_open(&e->scratch, SCRATCH_BYTES); /* and not anew for each rule */
        }
        *start = (struct engine_start){
            .set = true,
            .memory = arena_mark(&e->arena),
            .scratch = arena_mark(&e->scratch),
            .atoms = atoms_mark(&e->atoms),
            .sources = e->sources.count,
            .compiled = e->kinds.compiled,
        };
    }
}

static void forget_results(ekslint *e)
{
    e->findings = (struct findings){.arena = &e->arena, .most = e->findings.most};
    e->results = (struct results){.findings = &e->findings, .undecided.arena = &e->arena};
    e->diagnosis = (struct diagnosis){0};
    e->suppressions.items = NULL;
    e->suppressions.count = 0;
    e->suppressions.capacity = 0;
    e->suppressions.comment_count = 0;
    e->unknown_policies = false;
    e->unread = false;
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        slot->was_run = false;
        slot->worst = OUTCOME_NOT_APPLICABLE;
        slot->failed_as = SEVERITY_INFO;
    }
    for (size_t i = 0; i < e->wanted_count; i++) {
        e->wanted[i].passed = false;
    }
}

static void forget_documents(ekslint *e)
{
    e->documents = (struct document_list){0};
    e->checker = (struct iam_checker){.arena = &e->arena}; /* it knows texts of policies */
    e->fixer = (struct engine_fixer){0};
    e->references_read = 0;
    e->reference_next = 1;
    e->config.used = NULL;
    e->config.used_count = 0;
    e->config.gathered = 0;
}

void ekslint_forget_files(ekslint *e)
{
    struct engine_start *start = &e->start;
    if (!start->set) {
        return;
    }
    forget_results(e);
    forget_documents(e);
    bool loaded = sources_forget(&e->sources, start->sources, &e->arena);
    if (loaded || e->kinds.compiled > start->compiled) {
        start->atoms = atoms_mark(&e->atoms);
    } else {
        atoms_rewind(&e->atoms, &start->atoms);
    }
    arena_rewind(&e->arena, start->memory);
    arena_rewind(&e->scratch, start->scratch);
    if (!e->keeps_choices) { /* the first time: more files are likely to come */
        arena_open(&e->arena, FILE_BYTES);
        e->keeps_choices = true;
        start->memory = arena_mark(&e->arena);
        e->wanted_count = 0;
    }
    atoms_init(&e->references, &e->arena, NULL);
    start->sources = e->sources.count;
    start->compiled = e->kinds.compiled;
}
