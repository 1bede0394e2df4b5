/* SPDX-License-Identifier: MIT */
/*
 * A round makes the edits that go together and checks their result. A result that cannot be read, or has
 * an error that was not there, is the fault of a rule: it is dropped, the rule is found by making its
 * edits alone, and the others go on without it.
 */
#include "cli/fix.h"

#include "cli/message.h"
#include "cli/output.h"
#include "text/diff.h"

#include <unistd.h>

enum { ROUNDS_MAX = 50, RULES_MAX = 256, DIFF_BYTES_MAX = 1 << 30 };

static struct fix_text *find(const struct cli *cli, const char *name)
{
    for (size_t i = 0; cli->fixes && i < cli->fixes->count; i++) {
        if (strcmp(cli->fixes->items[i].name, name) == 0) {
            return &cli->fixes->items[i];
        }
    }
    return NULL;
}

bool fixes_find(const struct cli *cli, const char *name, struct file_text *text)
{
    const struct fix_text *known = find(cli, name);
    if (known) {
        *text = (struct file_text){.bytes = known->text};
    }
    return known != NULL;
}

void fixes_keep(struct cli *cli, const char *name, const char *path, struct str text)
{
    struct fixes *fixes = cli->fixes;
    if (!fixes || find(cli, name)) {
        return;
    }
    fixes->items =
        arena_grow(cli->arena, fixes->items, fixes->count, &fixes->capacity, sizeof *fixes->items);
    fixes->items[fixes->count++] = (struct fix_text){
        .name = arena_str(cli->arena, str_from_c(name)).ptr,
        .path = path ? arena_str(cli->arena, str_from_c(path)).ptr : NULL,
        .original = text,
        .text = text,
    };
}

/* ---- rounds ---- */

struct settling {
    struct cli *cli;
    ekslint *(*judge)(struct cli *cli, int *status);
    const char *blocked[RULES_MAX]; /* rules whose edits were at fault */
    size_t blocked_count;
};

/* The texts as they are, to go back to. */
static struct str *save_texts(const struct cli *cli)
{
    struct str *saved = arena_array(cli->arena, struct str, cli->fixes->count);
    for (size_t i = 0; i < cli->fixes->count; i++) {
        saved[i] = cli->fixes->items[i].text;
    }
    return saved;
}

static void restore_texts(const struct cli *cli, const struct str *saved, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cli->fixes->items[i].text = saved[i];
    }
}

/* Make the edits of a check; `rule` NULL: of all rules. False where there are none. */
static bool make_edits(struct settling *s, ekslint *e, const char *rule)
{
    size_t files = ekslint_fix(e, s->cli->options->unsafe, rule);
    for (size_t i = 0; i < files; i++) {
        struct str text = {0};
        text.ptr = ekslint_fixed_text(e, i, &text.len);
        struct fix_text *known = find(s->cli, ekslint_fixed_name(e, i));
        if (known) {
            known->text = arena_str(s->cli->arena, text);
        }
    }
    return files > 0;
}

static void block(struct settling *s, ekslint *e, const char *rule)
{
    if (s->blocked_count < RULES_MAX) {
        s->blocked[s->blocked_count++] = arena_str(s->cli->arena, str_from_c(rule)).ptr;
    }
    ekslint_skip_fixes(e, rule);
    s->cli->fixes->wrong = true;
    message_error("internal error: the edits of the rule '%s' make matters worse and are left out",
                  rule);
}

/* Check the texts as they are by now; NULL where that is not as good as before. */
static ekslint *check_edits(struct settling *s, const ekslint *before, int *status)
{
    int came;
    ekslint *after = s->judge(s->cli, &came);
    if (after && !ekslint_fix_is_good(before, after)) {
        ekslint_free(after);
        return NULL;
    }
    if (after) {
        *status = came;
        for (size_t i = 0; i < s->blocked_count; i++) {
            ekslint_skip_fixes(after, s->blocked[i]);
        }
    }
    return after;
}

/*
 * The edits of one rule after the other, alone: leave out a rule that makes matters worse, up to one that
 * does not. Returns the check of that, or NULL; what the edits of several rules come to together may look
 * like a fault and be none.
 */
static ekslint *try_alone(struct settling *s, ekslint *e, const struct str *saved, size_t count,
                          int *status)
{
    const char *rules[RULES_MAX];
    size_t rule_count = 0;
    for (const char *rule = ekslint_fixed_rule(e, 0); rule && rule_count < RULES_MAX;
         rule = ekslint_fixed_rule(e, rule_count)) {
        rules[rule_count++] = rule;
    }
    for (size_t i = 0; i < rule_count; i++) {
        ekslint *after = NULL;
        if (rule_count > 1 && make_edits(s, e, rules[i])) {
            after = check_edits(s, e, status);
        }
        if (after) {
            return after;
        }
        restore_texts(s->cli, saved, count);
        block(s, e, rules[i]);
    }
    return NULL;
}

/* Files that a fix would change again and again stay as they were. */
static ekslint *give_up(struct settling *s, ekslint *e, int *status)
{
    size_t files = ekslint_fix(e, s->cli->options->unsafe, NULL);
    s->cli->fixes->wrong = true;
    for (size_t i = 0; i < files; i++) {
        struct fix_text *known = find(s->cli, ekslint_fixed_name(e, i));
        message_error("internal error: the fixes of '%s' do not come to an end; the file is left "
                      "as it was",
                      ekslint_fixed_name(e, i));
        if (known) {
            known->text = known->original;
        }
    }
    ekslint *after = s->judge(s->cli, status);
    ekslint_free(e);
    return after;
}

ekslint *fixes_settle(struct cli *cli, ekslint *e, ekslint *(*judge)(struct cli *cli, int *status),
                      int *status)
{
    struct settling s = {.cli = cli, .judge = judge};
    for (int round = 0; round < ROUNDS_MAX; round++) {
        struct str *saved = save_texts(cli);
        size_t count = cli->fixes->count;
        if (!make_edits(&s, e, NULL)) {
            return e;
        }
        ekslint *after = check_edits(&s, e, status);
        if (!after) {
            restore_texts(cli, saved, count);
            after = try_alone(&s, e, saved, count, status);
        }
        if (after) {
            cli->fixes->made += ekslint_fixed_findings(e);
            ekslint_free(e);
            e = after;
        }
    }
    return give_up(&s, e, status);
}

void fixes_tell_refused(ekslint *e)
{
    const char *text;
    for (size_t i = 0; (text = ekslint_refused_fix(e, i)) != NULL; i++) {
        message_error("%s", text);
    }
}

/* ---- output ---- */

static bool is_changed(const struct fix_text *text)
{
    return !str_eq(text->original, text->text);
}

static int worse(int a, int b)
{
    return a > b ? a : b;
}

static int write_all(struct cli *cli, size_t *written)
{
    int status = cli->fixes->wrong ? EKSLINT_INTERNAL : EKSLINT_OK;
    for (size_t i = 0; i < cli->fixes->count; i++) {
        struct fix_text *text = &cli->fixes->items[i];
        int came = EKSLINT_OK;
        if (!text->path) {
            came = output_standard(text->text);
        } else if (is_changed(text)) {
            came = output_fixed_file(text->path, text->original, text->text);
        }
        *written += is_changed(text) && came == EKSLINT_OK;
        if (text->path && came != EKSLINT_OK) {
            text->text = text->original;
            cli->fixes->unwritten = true;
        }
        status = worse(status, came);
    }
    return status;
}

int fixes_write(struct cli *cli)
{
    size_t written = 0;
    int status = write_all(cli, &written);
    const char *files = written == 1 ? "file" : "files";
    cli->fixes->settled = true;
    if (written > 0 &&
        cli->fixes->unwritten) { /* how many findings are in which file is not known */
        message_error("%zu %s fixed", written, files);
    } else if (written > 0) {
        message_error("%zu %s fixed in %zu %s", cli->fixes->made,
                      cli->fixes->made == 1 ? "finding" : "findings", written, files);
    }
    return status;
}

/* A copy of a file's text as it may be printed. */
static struct str shown_text(const struct cli *cli, const ekslint *e, const char *name)
{
    ekslint_text text = ekslint_shown_text(e, name);
    struct str kept =
        text.text ? arena_str(cli->arena, (struct str){text.text, text.len}) : (struct str){0};
    ekslint_text_free(text);
    return kept;
}

void fixes_note_shown(const struct cli *cli, const ekslint *e)
{
    for (size_t i = 0; i < cli->fixes->count; i++) {
        struct fix_text *text = &cli->fixes->items[i];
        text->shown = shown_text(cli, e, text->name);
    }
}

int fixes_print(const struct cli *cli, const ekslint *e)
{
    struct buf out = buf_with_max(DIFF_BYTES_MAX);
    struct arena scratch = {0};
    for (size_t i = 0; i < cli->fixes->count; i++) {
        const struct fix_text *text = &cli->fixes->items[i];
        if (is_changed(text)) {
            diff_write(&out, &scratch, str_from_c(text->name), text->shown,
                       shown_text(cli, e, text->name));
        }
        arena_release(&scratch);
    }
    int status = output_standard(buf_str(&out));
    buf_release(&out);
    return worse(status, cli->fixes->wrong ? EKSLINT_INTERNAL : EKSLINT_OK);
}

bool fixes_take_output(const struct cli *cli)
{
    for (size_t i = 0; cli->fixes && i < cli->fixes->count; i++) {
        if (!cli->fixes->items[i].path) {
            return true;
        }
    }
    return false;
}
