/* SPDX-License-Identifier: MIT */
/*
 * Invariant: what the rest of cli/ may open after confine_files() is allowed here. A folder is allowed with
 * everything below it; of what lies in the folder of a file that was named, because references lead there.
 */
#include "cli/confine.h"

#include "base/atoms.h"
#include "base/paths.h"
#include "cli/check.h"
#include "cli/ignore.h"
#include "cli/resolve.h"
#include "cli/sandbox.h"

#include <sys/stat.h>

struct confining {
    const struct cli *cli;
    int files;            /* of sandbox.h */
    struct atoms folders; /* that are allowed already */
};

/* ---- phases ---- */

static bool has_word(const struct options *options, const char *word)
{
    return options->command == COMMAND_RULES && options->operands.count > 0 &&
           strcmp(options->operands.items[0], word) == 0;
}

static bool makes_files(const struct options *options)
{
    return options->command == COMMAND_INIT || has_word(options, "export") ||
           has_word(options, "pages");
}

static bool has_output(const struct options *options)
{
    return options->output && strcmp(options->output, "-") != 0;
}

static bool writes(const struct options *options)
{
    return makes_files(options) || has_output(options) || options->report.count ||
           options->write_baseline || options->prune_baseline || options->fix;
}

void confine_begin(const struct options *options)
{
    if (!options->no_sandbox && sandbox_begin()) {
        (void)sandbox_enter(writes(options) ? SANDBOX_WRITE : SANDBOX_READ);
    }
}

void confine_seal(const struct cli *cli)
{
    /* What --diff makes is judged anew, with the configuration. */
    if (!cli->options->no_sandbox && !writes(cli->options) && !cli->fixes) {
        (void)sandbox_enter(SANDBOX_SEALED);
    }
}

void confine_describe(const struct options *options, struct buf *out)
{
    if (!sandbox_is_built()) {
        buf_add(out, STR("sandbox: off (built without)\n"));
    } else if (options->no_sandbox) {
        buf_add(out, STR("sandbox: off (--no-sandbox)\n"));
    } else {
        int landlock = sandbox_landlock_version();
        bool filtered = sandbox_begin() && sandbox_enter(SANDBOX_SEALED);
        buf_printf(out, "sandbox: %s", filtered ? "seccomp" : "no seccomp here");
        if (landlock) {
            buf_printf(out, ", landlock %d\n", landlock);
        } else {
            buf_add(out, STR(", no landlock here\n"));
        }
    }
}

/* ---- files ---- */

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Allow the folder that a file lies in: to read there, and with --fix to replace files. */
static void add_folder(struct confining *c, const char *folder)
{
    uint32_t before = c->folders.count;
    atoms_intern(&c->folders, str_from_c(folder));
    if (c->folders.count == before) {
        return;
    }
    sandbox_files_allow_reading(c->files, folder);
    if (c->cli->options->fix) {
        sandbox_files_allow_writing(c->files, folder);
    }
}

/* A new file is made beside what is written, and takes its place; other than that only in devices and pipes. */
static void add_output(struct confining *c, const char *path)
{
    struct stat status;
    struct arena *arena = c->cli->arena;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
        sandbox_files_allow_writing(c->files, path);
        return;
    }
    const char *target = path_resolve(arena, path);
    sandbox_files_allow_writing(c->files, path_folder(arena, target ? target : path));
}

static void add_input(struct confining *c, const char *path)
{
    struct stat status;
    struct arena *arena = c->cli->arena;
    const struct options *options = c->cli->options;
    if (strcmp(path, "-") == 0) {
        if (options->stdin_filename) {
            add_folder(c, path_folder(arena, path_clean(arena, options->stdin_filename)));
        }
        return;
    }
    path = path_clean(arena, path);
    if (is_folder(path)) {
        add_folder(c, path);
        return;
    }
    bool alone = options->hook || options->command == COMMAND_RULES; /* it refers to nothing */
    bool is_link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    if (!alone || options->fix) {
        add_folder(c, path_folder(arena, path));
    }
    if (alone || is_link) {
        sandbox_files_allow_reading(c->files, path);
    }
    const char *target = is_link && options->fix ? path_resolve(arena, path) : NULL;
    if (target) {
        add_folder(c, path_folder(arena, target));
    }
}

static void add_ignore_files(struct confining *c, const char *path)
{
    struct strings files = {0};
    if (is_folder(path)) {
        ignore_list_files(c->cli->arena, path, &files);
    }
    for (size_t i = 0; i < files.count; i++) {
        sandbox_files_allow_reading(c->files, files.items[i]);
    }
}

/* Whether the first operand is a rule's id or a word, and files stand behind it. */
static bool reads_behind_word(const struct options *options)
{
    return options->command == COMMAND_TRACE || has_word(options, "test") ||
           has_word(options, "check");
}

static bool reads_inputs(const struct options *options)
{
    return options->command == COMMAND_CHECK || options->command == COMMAND_DIAGNOSE ||
           options->command == COMMAND_SUPPRESSIONS ||
           (options->command == COMMAND_EXPLAIN && options->error_text) ||
           reads_behind_word(options);
}

/* The operands that name files or folders to read. */
static struct strings inputs_of(const struct options *options)
{
    struct strings inputs = options->operands;
    if (!reads_inputs(options)) {
        return (struct strings){0};
    }
    if (reads_behind_word(options) && inputs.count > 0) {
        inputs.items++;
        inputs.count--;
    }
    return inputs;
}

/* Whether the current folder is read where nothing is named. */
static bool reads_here(const struct cli *cli)
{
    const struct options *options = cli->options;
    bool walks = options->command == COMMAND_CHECK || options->command == COMMAND_TRACE ||
                 options->command == COMMAND_SUPPRESSIONS;
    return walks && !options->stdin_jsonl && (options->changed_since || !cli->inputs->listed);
}

static void add_inputs(struct confining *c)
{
    static const char *here[] = {"."};
    struct strings inputs = inputs_of(c->cli->options);
    if (inputs.count == 0 && reads_here(c->cli)) {
        inputs = (struct strings){.items = here, .count = 1};
    }
    for (size_t i = 0; i < inputs.count; i++) {
        add_input(c, inputs.items[i]);
        if (check_heeds_gitignore(c->cli->options)) {
            add_ignore_files(c, inputs.items[i]);
        }
    }
}

/* `init`, `rules export` and `rules pages` make a file or a folder where there may be none yet. */
static void add_made(struct confining *c)
{
    const struct options *options = c->cli->options;
    size_t at = options->command == COMMAND_INIT ? 0 : 1;
    const char *path = options->operands.count > at ? options->operands.items[at] : ".";
    struct arena *arena = c->cli->arena;
    path = path_clean(arena, path);
    if (!is_folder(path)) {
        path = path_folder(arena, path);
    }
    sandbox_files_allow_reading(c->files, path);
    sandbox_files_allow_writing(c->files, path);
}

static void add_outputs(struct confining *c)
{
    const struct options *options = c->cli->options;
    if (makes_files(options)) {
        add_made(c);
    }
    if (has_output(options)) {
        add_output(c, options->output);
    }
    for (size_t i = 0; i < options->report.count; i++) {
        const char *equals = strchr(options->report.items[i], '=');
        add_output(c, equals ? equals + 1 : options->report.items[i]);
    }
    if (options->write_baseline) {
        add_output(c, options->write_baseline);
    }
}

static void add_baseline(struct confining *c)
{
    const struct options *options = c->cli->options;
    const char *path = options->baseline ? options->baseline : c->cli->baseline;
    if (path) {
        sandbox_files_allow_reading(c->files, path);
        if (options->prune_baseline) {
            add_output(c, path);
        }
    }
}

/* Where configuration and rules are read from, and what a configuration may name. */
static void add_settings(struct confining *c, const char *root)
{
    const struct options *options = c->cli->options;
    for (size_t i = 0; i < options->rules.count; i++) {
        sandbox_files_allow_reading(c->files, options->rules.items[i]);
    }
    if (root) {
        sandbox_files_allow_reading(c->files, root);
        if (options->prune_baseline && !options->baseline) {
            sandbox_files_allow_writing(c->files, root);
        }
    }
}

static void confine(struct cli *cli, bool settings, const char *root)
{
    struct confining c = {.cli = cli, .files = sandbox_files_begin()};
    if (c.files < 0) {
        return;
    }
    atoms_init(&c.folders, cli->arena, NULL);
    add_inputs(&c);
    add_outputs(&c);
    add_baseline(&c);
    if (settings) {
        add_settings(&c, root);
    }
    (void)sandbox_files_end(c.files);
}

void confine_files(struct cli *cli, const char *root)
{
    if (!cli->options->no_sandbox && !cli->confined) {
        confine(cli, true, root);
        cli->confined = true;
        cli->confined_wide = root || cli->options->rules.count;
    }
}

void confine_settings_read(struct cli *cli)
{
    /* What is mended is judged again and again, each time with the configuration. */
    if (cli->confined_wide && !cli->fixes) {
        confine(cli, false, NULL);
        cli->confined_wide = false;
    }
    if (!reads_inputs(cli->options)) {
        confine_seal(cli);
    }
}

void confine_copy(struct cli *cli, const char *folder)
{
    struct confining c = {.cli = cli,
                          .files = cli->options->no_sandbox ? -1 : sandbox_files_begin()};
    if (c.files < 0) {
        return;
    }
    sandbox_files_allow_writing(c.files, folder);
    if (cli->options->map) {
        add_output(&c, cli->options->map);
    }
    (void)sandbox_files_end(c.files);
}
