/* SPDX-License-Identifier: MIT */
/*
 * Standard input is read in blocks, and what a block held is answered before the next one is waited for, so
 * that a program at the other end may ask line by line. Invariant: `bytes` is the beginning of a line, `len` long, of
 * which the first `searched` hold no line feed; of a line that is too long only its length is kept.
 */
#include "cli/stream.h"

#include "cli/check.h"
#include "cli/confine.h"
#include "cli/io.h"
#include "cli/message.h"
#include "cli/setup.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 256 * 1024, /* of lines that are longer no room is kept */
    ANSWER_BYTES = 1 << 20    /* a block's answers are written once they are so many */
};

struct stream {
    const struct cli *cli;
    ekslint *e;
    ekslint_output output;
    char *bytes;
    size_t len, capacity, searched;
    size_t most;    /* bytes of a line */
    size_t skipped; /* bytes of a line that is too long, so far */
    struct buf answers;
    size_t lines;  /* answered */
    size_t judged; /* ... of which something was evaluated */
    int status;    /* the worst so far; EKSLINT_OK where nothing was evaluated, too */
    bool closed;   /* nobody reads the answers any more */
};

/* ---- what is asked for ---- */

bool stream_check_usage(const struct options *o)
{
    const struct {
        bool given;
        const char *option, *why;
    } refused[] = {
        {o->operands.count > 0, "paths", "all files come from standard input"},
        {o->format, "--format", "each line is answered with a line of JSON"},
        {o->output, "--output", "answers are written as they come; redirect standard output"},
        {o->report.count > 0, "--report", "there is no report at the end"},
        {o->stdin_filename, "--stdin-filename", "each line has its 'name'"},
        {o->files_from, "--files-from", "all files come from standard input"},
        {o->changed_since, "--changed-since", "all files come from standard input"},
        {o->hook, "--hook", "each line is judged by itself anyway"},
        {o->fix, "--fix", "there are no files to mend; findings hold their 'edits'"},
        {o->diff, "--diff", "findings hold their 'edits'"},
        {o->unsafe, "--unsafe", "findings hold their 'edits'"},
        {o->stats, "--stats", "there is no end at which to say them"},
        {o->profile_rules, "--profile-rules", "there is no end at which to say it"},
        {o->baseline, "--baseline", "a baseline is of a run that ends"},
        {o->write_baseline, "--write-baseline", "a baseline is of a run that ends"},
        {o->prune_baseline, "--prune-baseline", "a baseline is of a run that ends"},
    };
    for (size_t i = 0; o->stdin_jsonl && i < COUNT_OF(refused); i++) {
        if (refused[i].given) {
            options_wrong(o, "--stdin-jsonl takes no %s: %s", refused[i].option, refused[i].why);
            return false;
        }
    }
    return true;
}

/* The configuration is of the current folder, as for standard input without a name. */
static ekslint *make_engine(struct cli *cli)
{
    ekslint *e = setup_engine(cli);
    if (!e) {
        return NULL;
    }
    bool good = check_configure(cli, e);
    if (good && cli->baseline && !cli->options->no_suppressions) {
        options_wrong(cli->options,
                      "--stdin-jsonl takes no baseline, and the configuration names one; give "
                      "--no-config, --no-suppressions, or --config with another");
        good = false;
    }
    if (!good) {
        ekslint_free(e);
        return NULL;
    }
    return e;
}

/* ---- answers ---- */

static void write_answers(struct stream *s)
{
    if (!s->closed && !io_write_all(STDOUT_FILENO, buf_str(&s->answers))) {
        s->closed = true;
        if (errno != EPIPE) { /* else whoever reads has seen enough */
            message_error("cannot write to standard output: %s", strerror(errno));
            s->status = EKSLINT_INTERNAL;
        }
    }
    if (s->answers.capacity > ANSWER_BYTES) {
        buf_release(&s->answers);
        s->answers = buf_with_max(SIZE_MAX);
    }
    s->answers.len = 0;
}

/* The highest of 3 and 5 counts, then findings: as for one run over all lines. */
static int worse(int a, int b)
{
    return a > b ? a : b;
}

static void answer(struct stream *s, struct str line)
{
    ekslint_text text;
    int status = ekslint_check_line(s->e, ++s->lines, line.ptr, line.len, &s->output, &text);
    if (!text.text) {
        message_error("internal error: there is no answer");
        s->closed = true;
    } else {
        buf_add(&s->answers, (struct str){text.text, text.len});
        ekslint_text_free(text);
    }
    s->judged += status != EKSLINT_NOTHING;
    s->status = worse(s->status, status == EKSLINT_NOTHING ? EKSLINT_OK : status);
    if (s->answers.len >= ANSWER_BYTES) {
        write_answers(s);
    }
}

/* A line up to its end, or what is left where there is none. */
static void end_line(struct stream *s, const char *rest, size_t len)
{
    if (s->skipped) {
        answer(s, (struct str){NULL, s->skipped + len});
        s->skipped = 0;
    } else {
        answer(s, (struct str){rest, len});
    }
}

/* ---- lines ---- */

static void take_lines(struct stream *s)
{
    size_t done = 0;
    size_t at = s->searched;
    while (!s->closed) {
        const char *found = memchr(s->bytes + at, '\n', s->len - at);
        if (!found) {
            break;
        }
        at = (size_t)(found - s->bytes);
        end_line(s, s->bytes + done, at - done);
        done = ++at;
    }
    s->len -= done;
    s->searched = s->len;
    memmove(s->bytes, s->bytes + done, s->len);
    if (s->len > s->most || s->skipped) {
        s->skipped += s->len;
        s->len = 0;
        s->searched = 0;
    }
}

static void resize(struct stream *s, size_t capacity)
{
    char *bytes = realloc(s->bytes, capacity);
    if (!bytes) {
        abort();
    }
    s->bytes = bytes;
    s->capacity = capacity;
}

static void make_room(struct stream *s)
{
    if (s->len == s->capacity) {
        resize(s, s->capacity ? s->capacity * 2 : BLOCK_BYTES);
    } else if (s->len < BLOCK_BYTES / 2 && s->capacity > BLOCK_BYTES) {
        resize(s, BLOCK_BYTES);
    }
}

static void run(struct stream *s)
{
    while (!s->closed) {
        make_room(s);
        ssize_t got = io_read_some(STDIN_FILENO, s->bytes + s->len, s->capacity - s->len);
        if (got < 0) {
            message_error("standard input cannot be read: %s", strerror(errno));
            s->status = worse(s->status, EKSLINT_INPUT);
            return;
        }
        if (got == 0) {
            break;
        }
        s->len += (size_t)got;
        take_lines(s);
        write_answers(s);
    }
    if (!s->closed && s->len + s->skipped > 0) { /* a last line without an end */
        end_line(s, s->bytes, s->len);
        write_answers(s);
    }
}

/* No lines are fine, as a list without files is: streams are cut into parts, and some of them are empty. */
static int status_of(const struct stream *s)
{
    if (s->status == EKSLINT_OK && s->lines && !s->judged && !s->closed) {
        return EKSLINT_NOTHING;
    }
    return s->status == EKSLINT_FINDINGS && s->cli->options->exit_zero ? EKSLINT_OK : s->status;
}

int stream_check(struct cli *cli)
{
    ekslint *e = make_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    confine_seal(cli);
    struct stream s = {.cli = cli,
                       .e = e,
                       .output = setup_output(cli, -1),
                       .most = (size_t)cli->limits.of[LIMIT_DOCUMENT_BYTES],
                       .answers = buf_with_max(SIZE_MAX)};
    run(&s);
    int status = status_of(&s);
    buf_release(&s.answers);
    free(s.bytes);
    ekslint_free(e);
    return status;
}
