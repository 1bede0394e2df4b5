/* SPDX-License-Identifier: MIT */
/* One change while it becomes edits. Internal to tree/patch*.c. */
#ifndef EKSLINT_TREE_PATCH_WORK_H
#define EKSLINT_TREE_PATCH_WORK_H

#include "base/buf.h"
#include "tree/patch.h"

enum { PATCH_TEXT_MAX = 1 << 20 };

struct patch_work {
    struct arena *arena;
    const struct tree *tree;
    struct str bytes; /* of the source */
    const struct patch_change *change;
    const struct node *node;   /* that is changed; of a name, the member's value */
    const struct node *parent; /* NULL at the root */
    uint32_t index;            /* of the node in its parent: element or member */
    uint32_t last;             /* PATCH_DELETE: the entries from `index` to this one go */
    const struct node *above;  /* of the parent, where that is the value of a member: the value */
    bool in_key;               /* the change is of the member's name */
    struct text_edits *edits;
    struct str why;
};

/* Refuse the change; always false. */
bool patch_refuse(struct patch_work *w, struct str why);

void patch_edit(struct patch_work *w, uint32_t lo, uint32_t hi, struct str text);

/* ---- the text around (patch_text.c) ---- */

/* Behind blanks and tabs; no further than `end`. */
uint32_t patch_skip_spaces(struct str bytes, uint32_t at, uint32_t end);

/* Behind white space of any lines, and comments. */
uint32_t patch_skip_blank(struct str bytes, uint32_t at, uint32_t end);

uint32_t patch_line_start(struct str bytes, uint32_t at);
uint32_t patch_line_end(struct str bytes, uint32_t at);

/* Where the line begins, the line break before it included; 0 on the first line. */
uint32_t patch_break_before(struct str bytes, uint32_t line_start);

/* The line break that the text has around a place: that of its line, else of the one before. */
struct str patch_newline(struct str bytes, uint32_t at);

/* Behind a comment that begins on the same line behind blanks, or `at`. */
uint32_t patch_behind_comment(struct str bytes, uint32_t at, uint32_t end);

/* Nothing but a comment follows on the line. */
bool patch_ends_line(struct str bytes, uint32_t at);

/*
 * The first of the comment lines that stand directly above what begins at `at`, which is the first of its
 * line; the place of the '#', not below `floor`. Else `at`.
 */
uint32_t patch_lead(struct str bytes, uint32_t at, uint32_t floor);

/* Only blanks stand before it on its line. */
bool patch_starts_line(struct str bytes, uint32_t at);

/* Does a comment stand in this part of a YAML text, as far as blanks tell? */
bool patch_has_comment(struct str text);

/* Is a tag or an anchor written before the node? */
bool patch_has_properties(struct str bytes, uint32_t lo);

/* ---- writing values (patch_value.c) ---- */

/* A string's text in quotes that JSON and YAML read alike. Memory in arena. */
struct str patch_quote(struct arena *arena, struct str text);

/* A string as the style has it where it can be written so, else in double quotes. */
struct str patch_write_text(struct arena *arena, struct str text, enum node_style like, bool flow);

/* The value of a change, a string in the manner of `like`. */
struct str patch_write_value(struct patch_work *w, enum node_style like, bool flow);

/* A name in the manner of the name at `like` (a place in the text); UINT32_MAX: in double quotes. */
struct str patch_write_key(struct patch_work *w, uint32_t like, bool flow);

/* ---- the changes ---- */

bool patch_replace(struct patch_work *w);
bool patch_insert_flow(struct patch_work *w);
bool patch_delete_flow(struct patch_work *w);
bool patch_insert_block(struct patch_work *w);
bool patch_delete_block(struct patch_work *w);

/* A value that is no list becomes a list with the new one. */
bool patch_wrap(struct patch_work *w);

/* The style of the last string in a container; double quotes in flow style where there is none. */
enum node_style patch_style_in(const struct patch_work *w, const struct node *container);

/* Start and end of an entry: the element, or the name and the value of a member. */
struct span patch_entry(const struct tree *tree, const struct node *container, uint32_t index);

#endif
