/* SPDX-License-Identifier: MIT */
/*
 * Environment variables and the clock are read here and nowhere else: COLUMNS, NO_COLOR
 * (no-color.org), TERM, SOURCE_DATE_EPOCH (reproducible-builds.org).
 */
#include "cli/setup.h"

#include "aws/moment.h"
#include "cli/configure.h"
#include "cli/confine.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/reports.h"
#include "cli/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH_OF_TERMINALS = 80, WIDTH_MIN = 20, WIDTH_MAX = 1000, DATE_MAX = 16 };

static bool same(const char *a, const char *b)
{
    return a && strcmp(a, b) == 0;
}

static bool wants_color(const struct cli *cli, int fd)
{
    const char *when = cli->options->color;
    if (when && !same(when, "auto")) {
        return same(when, "always");
    }
    const char *no_color = getenv("NO_COLOR");
    return isatty(fd) && !(no_color && *no_color) && !same(getenv("TERM"), "dumb");
}

static unsigned width_of(int fd)
{
    const char *columns = getenv("COLUMNS");
    unsigned width = 0;
    for (; columns && char_is_digit(*columns) && width < WIDTH_MAX; columns++) {
        width = width * 10 + (unsigned)(*columns - '0');
    }
    if (width) {
        return width < WIDTH_MIN ? WIDTH_MIN : width;
    }
    return isatty(fd) ? WIDTH_OF_TERMINALS : 0;
}

ekslint_output setup_output(const struct cli *cli, int fd)
{
    return (ekslint_output){
        .language = cli->language ? cli->language : "en",
        .color = wants_color(cli, fd),
        .width = width_of(fd),
        .quiet = cli->options->quiet,
    };
}

/* The files that --rules names; false where one is missing, which has been said. */
static bool find_rules(struct cli *cli, struct walk *walk)
{
    static const struct str endings[] = {STR_INIT(".yaml"), STR_INIT(".yml")};
    walk_init(walk, cli->arena, endings, COUNT_OF(endings));
    const struct strings *paths = &cli->options->rules;
    bool good = true;
    for (size_t i = 0; i < paths->count; i++) {
        size_t before = walk->count;
        walk_add(walk, paths->items[i]);
        if (walk->count == before && i == 0) {
            message_error("--rules '%s': no rule files (*.yaml, *.yml) in this directory",
                          paths->items[i]);
            good = false;
        }
    }
    return good;
}

static bool add_rules(struct cli *cli, ekslint *e, const struct found *found)
{
    const char *why = found->why;
    if (reports_refuse(cli->reports, found->name)) {
        return false;
    }
    if (!why) {
        struct file_text text = file_read(cli->arena, found->name);
        if (!text.why) {
            return ekslint_add_rules(e, found->name, text.bytes.ptr, text.bytes.len);
        }
        why = text.why;
    }
    message_error("--rules: '%s' %s", found->name, why);
    return false;
}

void setup_print_problems(struct cli *cli, ekslint *e)
{
    bool oneline = same(cli->options->format, "oneline");
    ekslint_output output = setup_output(cli, STDERR_FILENO);
    output.quiet = true;
    ekslint_text problems = ekslint_problems(e, oneline ? "oneline" : "text", &output);
    message_text((struct str){problems.text, problems.len});
    ekslint_text_free(problems);
}

void setup_print_obstacles(const struct cli *cli, ekslint *e)
{
    ekslint_output output = setup_output(cli, STDERR_FILENO);
    output.quiet = true;
    ekslint_text text = ekslint_obstacles(e, &output);
    message_text((struct str){text.text, text.len});
    ekslint_text_free(text);
}

/* Seconds since 1970 in decimal digits, up to the end of the year 9999. */
static bool parse_epoch(const char *text, time_t *seconds)
{
    static const long long end = 253402300800;
    char *rest;
    errno = 0;
    long long value = strtoll(text, &rest, 10);
    bool good = char_is_digit(text[0]) && *rest == '\0' && errno == 0 && value < end;
    *seconds = good ? (time_t)value : 0;
    return good;
}

/*
 * The day, in UTC, that the environment wants or that it is; NULL has been said. gmtime() would read the
 * file of the time zone.
 */
static const char *find_today(struct arena *arena)
{
    static const time_t day = 24L * 60 * 60;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = time(NULL);
    if (epoch && *epoch && !parse_epoch(epoch, &now)) {
        message_error("SOURCE_DATE_EPOCH is '%s', and not the seconds since 1970-01-01; correct or "
                      "unset it, or give --date",
                      epoch);
        return NULL;
    }
    struct buf date = buf_with_max(DATE_MAX);
    date_write((int32_t)(now / day), &date);
    const char *copy = arena_str(arena, buf_str(&date)).ptr;
    buf_release(&date);
    return copy;
}

/* The date that dated rules judge as of. False has been said. */
static bool set_date(const struct cli *cli, ekslint *e)
{
    const struct options *options = cli->options;
    if (options->date) {
        bool good = ekslint_set_date(e, options->date);
        if (!good) {
            options_wrong(options, "'%s' is no date; write --date YYYY-MM-DD", options->date);
        }
        return good;
    }
    const char *today = find_today(cli->arena);
    return today && ekslint_set_date(e, today);
}

/* False has been said. */
static bool check_usage(const struct options *options)
{
    if (options->config && options->no_config) {
        options_wrong(options, "--config and --no-config exclude each other");
        return false;
    }
    if (options->config && options->config[0] == '\0') {
        options_wrong(options, "the path of --config is empty");
        return false;
    }
    return true;
}

ekslint *setup_engine(struct cli *cli)
{
    const struct options *options = cli->options;
    if (!check_usage(options)) {
        return NULL;
    }
    ekslint *e = ekslint_new();
    if (!set_date(cli, e)) {
        ekslint_free(e);
        return NULL;
    }
    if (options->language) {
        ekslint_set_language(e, options->language);
    }
    for (size_t i = 0; i < options->limit.count; i++) {
        const char *why; /* inputs_read_limits() has looked at them */
        (void)ekslint_set_limit(e, options->limit.items[i], &why);
    }
    if (options->no_builtin) {
        ekslint_no_builtin(e);
    }
    cli->language = ekslint_language(e);
    struct walk walk;
    bool good = configure(cli, e) && !cli->wrong;
    ekslint_begin_rules(e);
    good = find_rules(cli, &walk) && good;
    for (size_t i = 0; i < walk.count; i++) {
        good = add_rules(cli, e, &walk.items[i]) && good;
    }
    confine_settings_read(cli);
    good = ekslint_apply_config(e) && good;
    cli->language = ekslint_language(e);
    if (!good) {
        setup_print_problems(cli, e);
        ekslint_free(e);
        return NULL;
    }
    return e;
}

int setup_unknown_rule(ekslint *e, const char *id)
{
    const char *nearest = ekslint_nearest_rule(e, id);
    if (nearest) {
        message_error("unknown rule '%s'; did you mean '%s'?", id, nearest);
    } else {
        message_error("unknown rule '%s'; 'ekslint rules list' names all", id);
    }
    return EKSLINT_USAGE;
}

bool setup_is_too_large(ekslint_text text, const char *where)
{
    if (text.too_large) {
        struct arena arena = {0};
        message_error(
            "there is no report for %s: it would have more bytes than the limit allows %s", where,
            limit_advice(&arena, LIMIT_OUTPUT_BYTES).ptr);
        arena_release(&arena);
    }
    return text.too_large;
}

int setup_print(ekslint_text text)
{
    if (setup_is_too_large(text, "standard output")) {
        return EKSLINT_INTERNAL;
    }
    int status = output_standard((struct str){text.text, text.len});
    ekslint_text_free(text);
    return status;
}
