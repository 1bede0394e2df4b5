/* SPDX-License-Identifier: MIT */
/* Interned strings on one level and on two, and three-valued truth. */
#include "support.h"

#include "base/atoms.h"

#include <stdio.h>

static void test_equal_texts_get_one_atom_and_different_ones_differ(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct atoms atoms;
    atoms_init(&atoms, &arena, NULL);
    static const struct str texts[] = {STR_INIT("Action"), STR_INIT("action"), STR_INIT("Actio"),
                                       STR_INIT("a\0b"),   STR_INIT("a"),      STR_INIT("\0")};
    uint32_t ids[COUNT_OF(texts)];
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        ids[i] = atoms_intern(&atoms, texts[i]);
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(ids[i], ids[j]);
        }
    }
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        assert_int_equal(atoms_intern(&atoms, texts[i]), ids[i]);
        assert_str_equal(atoms_text(&atoms, ids[i]), texts[i]);
    }
    arena_release(&arena);
}

static void test_the_empty_string_is_atom_0_in_every_table(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct atoms base, atoms;
    atoms_init(&base, &arena, NULL);
    assert_int_equal(atoms_intern(&base, (struct str){0}), 0);
    assert_int_equal(atoms_intern(&base, STR("")), 0);
    atoms_init(&atoms, &arena, &base);
    assert_int_equal(atoms_intern(&atoms, (struct str){0}), 0);
    assert_str_equal(atoms_text(&atoms, 0), (struct str){0});
    arena_release(&arena);
}

static void test_finding_makes_no_atom(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct atoms base, atoms;
    atoms_init(&base, &arena, NULL);
    uint32_t id = atoms_intern(&base, STR("Effect"));
    atoms_init(&atoms, &arena, &base);
    uint32_t found = UINT32_MAX;
    assert_false(atoms_find(&atoms, STR("Allow"), &found));
    assert_int_equal(atoms.count, base.count);
    assert_true(atoms_find(&atoms, STR("Effect"), &found));
    assert_int_equal(found, id);
    arena_release(&arena);
}

static void test_the_text_of_an_atom_is_a_copy(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct atoms atoms;
    atoms_init(&atoms, &arena, NULL);
    char text[] = "Effect";
    uint32_t id = atoms_intern(&atoms, str_from_c(text));
    text[0] = 'x';
    assert_str_equal(atoms_text(&atoms, id), STR("Effect"));
    arena_release(&arena);
}

/* Interns "name-NUMBER" and looks whether its atom gives that text back. */
static uint32_t intern_number(struct atoms *atoms, int number)
{
    char text[32];
    snprintf(text, sizeof text, "name-%d", number);
    uint32_t id = atoms_intern(atoms, str_from_c(text));
    assert_str_equal(atoms_text(atoms, id), str_from_c(text));
    return id;
}

static void test_a_table_over_a_base_keeps_its_atoms_and_leaves_it_alone(void **state)
{
    (void)state;
    enum { BASE = 1000, ALL = 5000 };
    struct arena engine = {0}, document = {0};
    struct atoms base, atoms;
    uint32_t ids[ALL];
    atoms_init(&base, &engine, NULL);
    for (int i = 0; i < BASE; i++) {
        ids[i] = intern_number(&base, i);
    }
    uint32_t base_count = base.count;
    for (int documents = 0; documents < 2; documents++) {
        atoms_init(&atoms, &document, &base);
        for (int i = 0; i < ALL; i++) {
            uint32_t id = intern_number(&atoms, i);
            assert_int_equal(id < base_count, i < BASE);
            assert_true(i >= BASE || id == ids[i]);
            ids[i] = id;
        }
        assert_int_equal(atoms.count, ALL + 1);
        for (int i = 0; i < ALL; i++) {
            assert_int_equal(intern_number(&atoms, i), ids[i]);
        }
        arena_release(&document);
        assert_int_equal(base.count, base_count);
    }
    arena_release(&engine);
}

static void test_unknown_truth_follows_kleene(void **state)
{
    (void)state;
    const enum truth F = TRUTH_FALSE, T = TRUTH_TRUE, U = TRUTH_UNKNOWN;
    const struct {
        enum truth a, b, conjunction, disjunction;
    } cases[] = {
        {F, F, F, F}, {F, T, F, T}, {F, U, F, U}, {T, F, F, T}, {T, T, T, T},
        {T, U, U, T}, {U, F, F, U}, {U, T, U, T}, {U, U, U, U},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(truth_and(cases[i].a, cases[i].b), cases[i].conjunction);
        assert_int_equal(truth_or(cases[i].a, cases[i].b), cases[i].disjunction);
    }
    assert_int_equal(truth_not(TRUTH_FALSE), TRUTH_TRUE);
    assert_int_equal(truth_not(TRUTH_TRUE), TRUTH_FALSE);
    assert_int_equal(truth_not(TRUTH_UNKNOWN), TRUTH_UNKNOWN);
    assert_int_equal(truth_of(true), TRUTH_TRUE);
    assert_int_equal(truth_of(false), TRUTH_FALSE);
}

/* More texts than there are slots at first, so that the table of the mark has been grown out of, too. */
static void test_rewinding_forgets_the_later_atoms_and_keeps_the_earlier(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct atoms atoms;
    char text[32];
    uint32_t found;
    atoms_init(&atoms, &arena, NULL);
    for (int i = 0; i < 40; i++) {
        snprintf(text, sizeof text, "kept%d", i);
        atoms_intern(&atoms, str_from_c(text));
    }
    const struct atoms_mark mark = atoms_mark(&atoms);
    size_t taken = arena.taken;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < (round == 1 ? 5 : 1000); i++) {
            snprintf(text, sizeof text, "round%d-%d", round, i);
            assert_int_equal(atoms_intern(&atoms, str_from_c(text)),
                             mark.atoms.count + (uint32_t)i);
        }
        atoms_rewind(&atoms, &mark);
        assert_int_equal(atoms.count, mark.atoms.count);
        assert_int_equal(arena.taken, taken);
        snprintf(text, sizeof text, "round%d-0", round);
        assert_false(atoms_find(&atoms, str_from_c(text), &found));
        for (int i = 0; i < 40; i++) {
            snprintf(text, sizeof text, "kept%d", i);
            assert_true(atoms_find(&atoms, str_from_c(text), &found));
            assert_int_equal(found, i + 1);
        }
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_texts_get_one_atom_and_different_ones_differ),
        cmocka_unit_test(test_the_empty_string_is_atom_0_in_every_table),
        cmocka_unit_test(test_finding_makes_no_atom),
        cmocka_unit_test(test_the_text_of_an_atom_is_a_copy),
        cmocka_unit_test(test_a_table_over_a_base_keeps_its_atoms_and_leaves_it_alone),
        cmocka_unit_test(test_rewinding_forgets_the_later_atoms_and_keeps_the_earlier),
        cmocka_unit_test(test_unknown_truth_follows_kleene),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
