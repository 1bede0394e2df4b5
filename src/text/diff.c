/* SPDX-License-Identifier: MIT */
/*
 * The shortest script of lines by E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986),
 * between what begins and what ends alike. Where more than DIFF_MAX_CHANGES lines differ, all between
 * counts as changed: right, only longer.
 */
#include "text/diff.h"

#include <stdlib.h>

enum { DIFF_MAX_CHANGES = 800, CONTEXT_LINES = 3 };

struct lines {
    struct str *items; /* with their line breaks */
    size_t count;
    bool *changed;
};

struct diff {
    struct lines before, after;
    struct arena *arena;
};

static struct lines split(struct arena *arena, struct str text)
{
    size_t count = 0;
    struct lines lines = {0};
    for (struct str rest = text; rest.len; count++) {
        rest = str_from(rest, str_find_char(rest, '\n') + 1);
    }
    lines.items = arena_array(arena, struct str, count);
    lines.changed = arena_array(arena, bool, count);
    for (struct str rest = text; rest.len;) {
        size_t end = str_find_char(rest, '\n') + 1;
        lines.items[lines.count++] = str_slice(rest, 0, end);
        rest = str_from(rest, end);
    }
    return lines;
}

/* ---- the script ---- */

/* The lines [from, from + n) and [from, from + m) that are compared. */
struct middle {
    size_t from;
    int n, m;
};

static bool same(const struct diff *d, const struct middle *part, int x, int y)
{
    return str_eq(d->before.items[part->from + (size_t)x], d->after.items[part->from + (size_t)y]);
}

static void change_all(struct diff *d, const struct middle *part)
{
    for (int i = 0; i < part->n; i++) {
        d->before.changed[part->from + (size_t)i] = true;
    }
    for (int i = 0; i < part->m; i++) {
        d->after.changed[part->from + (size_t)i] = true;
    }
}

/* On diagonal k with d changes: from above (a line is put in) or from the left (one goes)? */
static bool comes_from_above(const int *far, int k, int d)
{
    return k == -d || (k != d && far[k - 1] < far[k + 1]);
}

/* Back from the end through the rounds that were kept. */
static void trace(struct diff *d, const struct middle *part, int *const *rounds, int last, int max)
{
    int x = part->n;
    int y = part->m;
    for (int round = last; round > 0; round--) {
        const int *far = rounds[round - 1] + max + 1;
        int k = x - y;
        bool above = comes_from_above(far, k, round);
        int from = above ? k + 1 : k - 1;
        int from_x = far[from];
        if (above) {
            d->after.changed[part->from + (size_t)(from_x - from)] = true;
        } else {
            d->before.changed[part->from + (size_t)from_x] = true;
        }
        x = from_x;
        y = from_x - from;
    }
}

static void compare(struct diff *d, const struct middle *part)
{
    int max = part->n + part->m;
    max = max < DIFF_MAX_CHANGES ? max : DIFF_MAX_CHANGES;
    size_t width = 2 * (size_t)max + 3;
    int **rounds = arena_array(d->arena, int *, (size_t)max + 1);
    int *row = arena_array(d->arena, int, width);
    int *far = row + max + 1;
    for (int round = 0; round <= max; round++) {
        for (int k = -round; k <= round; k += 2) {
            int x = comes_from_above(far, k, round) ? far[k + 1] : far[k - 1] + 1;
            x = round == 0 ? 0 : x;
            int y = x - k;
            while (x < part->n && y >= 0 && y < part->m && same(d, part, x, y)) {
                x++;
                y++;
            }
            far[k] = x;
            if (x >= part->n && y >= part->m) {
                trace(d, part, rounds, round, max);
                return;
            }
        }
        rounds[round] = arena_array(d->arena, int, width);
        memcpy(rounds[round], row, width * sizeof *row);
    }
    change_all(d, part);
}

static void find_changes(struct diff *d)
{
    size_t n = d->before.count;
    size_t m = d->after.count;
    size_t head = 0;
    while (head < n && head < m && str_eq(d->before.items[head], d->after.items[head])) {
        head++;
    }
    while (n > head && m > head && str_eq(d->before.items[n - 1], d->after.items[m - 1])) {
        n--;
        m--;
    }
    struct middle part = {head, (int)(n - head), (int)(m - head)};
    if (part.n == 0 || part.m == 0) {
        change_all(d, &part);
    } else {
        compare(d, &part);
    }
}

/* ---- hunks ---- */

/* Lines [from, to) of both texts. */
struct hunk {
    size_t before, before_end, after, after_end;
};

/* On to the next change behind (i, j), which are lines that belong together; false: there is none. */
static bool next_change(const struct diff *d, size_t *i, size_t *j)
{
    while (*i < d->before.count || *j < d->after.count) {
        if ((*i < d->before.count && d->before.changed[*i]) ||
            (*j < d->after.count && d->after.changed[*j])) {
            return true;
        }
        ++*i;
        ++*j;
    }
    return false;
}

static void skip_changes(const struct diff *d, size_t *i, size_t *j)
{
    while (*i < d->before.count && d->before.changed[*i]) {
        ++*i;
    }
    while (*j < d->after.count && d->after.changed[*j]) {
        ++*j;
    }
}

static bool find_hunk(const struct diff *d, size_t *i, size_t *j, struct hunk *hunk)
{
    if (!next_change(d, i, j)) {
        return false;
    }
    size_t lead = *i < CONTEXT_LINES ? *i : CONTEXT_LINES;
    hunk->before = *i - lead;
    hunk->after = *j - lead;
    for (;;) {
        skip_changes(d, i, j);
        size_t rest = d->before.count - *i;
        size_t tail = rest < CONTEXT_LINES ? rest : CONTEXT_LINES;
        hunk->before_end = *i + tail;
        hunk->after_end = *j + tail;
        size_t next_i = *i;
        size_t next_j = *j;
        if (!next_change(d, &next_i, &next_j) || next_i - *i > 2 * CONTEXT_LINES) {
            return true;
        }
        *i = next_i;
        *j = next_j;
    }
}

static void write_line(struct buf *out, char mark, struct str line)
{
    buf_add_char(out, mark);
    buf_add(out, line);
    if (!str_ends(line, STR("\n"))) {
        buf_add_c(out, "\n\\ No newline at end of file\n");
    }
}

/* A range of no lines is named by the line before it. */
static void write_range(struct buf *out, char mark, size_t from, size_t end)
{
    size_t count = end - from;
    buf_printf(out, "%c%zu", mark, count ? from + 1 : from);
    if (count != 1) {
        buf_printf(out, ",%zu", count);
    }
}

static void write_hunk(const struct diff *d, const struct hunk *hunk, struct buf *out)
{
    size_t i = hunk->before;
    size_t j = hunk->after;
    buf_add_c(out, "@@ ");
    write_range(out, '-', hunk->before, hunk->before_end);
    buf_add_char(out, ' ');
    write_range(out, '+', hunk->after, hunk->after_end);
    buf_add_c(out, " @@\n");
    while (i < hunk->before_end || j < hunk->after_end) {
        if (i < hunk->before_end && d->before.changed[i]) {
            write_line(out, '-', d->before.items[i++]);
        } else if (j < hunk->after_end && d->after.changed[j]) {
            write_line(out, '+', d->after.items[j++]);
        } else {
            write_line(out, ' ', d->before.items[i++]);
            j++;
        }
    }
}

static bool is_plain(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.ptr[i];
        if (byte < ' ' || byte == 0x7F || byte == '"' || byte == '\\') {
            return false;
        }
    }
    return true;
}

/* As git and GNU patch have it: odd names in quotes, and a tab behind one with blanks. */
static void write_name(struct buf *out, const char *mark, const char *folder, struct str name)
{
    if (is_plain(name)) {
        buf_printf(out, "%s %s%.*s%s\n", mark, folder, STR_ARG(name),
                   str_find_char(name, ' ') < name.len ? "\t" : "");
        return;
    }
    buf_printf(out, "%s \"%s", mark, folder);
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.ptr[i];
        if (is_plain(str_slice(name, i, i + 1))) {
            buf_add_char(out, name.ptr[i]);
        } else if (byte == '"' || byte == '\\') {
            buf_printf(out, "\\%c", byte);
        } else {
            buf_printf(out, "\\%03o", byte);
        }
    }
    buf_add_c(out, "\"\n");
}

void diff_write(struct buf *out, struct arena *arena, struct str name, struct str before,
                struct str after)
{
    struct diff d = {split(arena, before), split(arena, after), arena};
    struct hunk hunk;
    bool absolute = str_starts(name, STR("/"));
    size_t i = 0;
    size_t j = 0;
    if (str_eq(before, after)) {
        return;
    }
    find_changes(&d);
    write_name(out, "---", absolute ? "" : "a/", name);
    write_name(out, "+++", absolute ? "" : "b/", name);
    while (find_hunk(&d, &i, &j, &hunk)) {
        write_hunk(&d, &hunk, out);
    }
}
