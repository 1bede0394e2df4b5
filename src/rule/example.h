/* SPDX-License-Identifier: MIT */
/*
 * A rule's own tests as examples for people: a document on which the rule fails, with what it says of
 * it, and one on which it passes (the test that is called "right", or another). Of several the first is
 * taken that is short enough to be read; a long one is cut to what stands around the judged places.
 */
#ifndef EKSLINT_RULE_EXAMPLE_H
#define EKSLINT_RULE_EXAMPLE_H

#include "rule/trial.h"

/* A text of an example; it is a source of its own, so that findings can point into it. */
struct example_file {
    const struct source *source;
    const char *language; /* "json", "yaml" or "ini"; for the fence in Markdown */
};

struct example {
    struct str name; /* what the test is about, or empty */
    struct example_file *files;
    size_t file_count;
    struct findings fired; /* the first few, at places in `files` where they have one */
    size_t fired_count;    /* of all */
};

/* What a test is called, without what its file hides. Memory in the loader's arena. */
struct str rule_test_name(const struct rule_loader *loader, const struct tree *tree,
                          const struct node *test);

struct rule_examples {
    const struct example *wrong, *right; /* NULL: no test comes out so */
};

/*
 * Choose and write the examples of a rule, whose tests `trials` has read. Secrets are not shown. Memory
 * in the loader's arena, and in trials->part, which the caller empties.
 */
struct rule_examples rule_examples_find(struct trials *trials, struct rule *rule,
                                        enum language language);

#endif
