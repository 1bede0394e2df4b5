/* SPDX-License-Identifier: MIT */
/*
 * `redact`: a copy of the files of a case. All are read before the first is written, since what a name
 * becomes hangs on all of them. The folder for the copy is new or empty and lies in none of the paths;
 * each file is written whole or not at all.
 */
#include "base/atoms.h"
#include "base/paths.h"
#include "cli/check.h"
#include "cli/confine.h"
#include "cli/discover.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/resolve.h"
#include "cli/walk.h"
#include "ekslint.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 32 * 1024 * 1024, TWINS_MAX = 1000 };

struct redacting {
    struct cli *cli;
    ekslint *e;
    struct walk walk;
    const char *here;   /* the current folder, absolute */
    const char *folder; /* for the copy */
    struct str root; /* the folder that all files lie in, absolute: paths of the copy begin there */
    struct strings names; /* of the files that were added */
    struct atoms targets; /* that were written */
    int status;
    size_t left_out, written;
};

static void note_status(struct redacting *r, int status)
{
    r->status = check_worse(r->status, status);
}

/* ---- reading ---- */

/* Why a file is no text that could be redacted; or NULL. */
static const char *find_obstacle(struct str bytes)
{
    if (bytes.len > FILE_MAX_BYTES) {
        return "is larger than 32 MiB";
    }
    return str_find_char(bytes, '\0') < bytes.len ? "is no text" : NULL;
}

/* The folder that holds two absolute paths. */
static struct str common_folder(struct str a, struct str b)
{
    size_t end = 0;
    for (size_t i = 0; i <= a.len && i <= b.len; i++) {
        bool ends_a = i == a.len || a.ptr[i] == '/';
        bool ends_b = i == b.len || b.ptr[i] == '/';
        if (ends_a && ends_b) {
            end = i;
        }
        if (i == a.len || i == b.len || a.ptr[i] != b.ptr[i]) {
            break;
        }
    }
    return str_slice(a, 0, end);
}

static void widen_root(struct redacting *r, const char *path)
{
    struct stat status;
    struct arena *arena = r->cli->arena;
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    const char *folder = is_folder ? path : path_folder(arena, path_clean(arena, path));
    struct str absolute = str_from_c(discover_absolute(arena, r->here, folder));
    r->root = r->root.ptr ? common_folder(r->root, absolute) : absolute;
}

static void add_file(struct redacting *r, const char *name)
{
    struct file_text text = file_read(r->cli->arena, name);
    const char *obstacle = text.why ? NULL : find_obstacle(text.bytes);
    if (text.why) {
        message_error("'%s' %s", name, text.why);
        note_status(r, EKSLINT_INPUT);
    } else if (obstacle) {
        message_error("'%s' %s, and is left out of the copy", name, obstacle);
        r->left_out++;
    } else {
        ekslint_redact_add(r->e, name, text.bytes.ptr, text.bytes.len);
        strings_add(r->cli->arena, &r->names, name);
    }
}

static void read_files(struct redacting *r)
{
    static const struct str endings[] = {STR_INIT("")}; /* whatever it is: a case holds logs, too */
    const struct strings *paths = &r->cli->options->operands;
    walk_init(&r->walk, r->cli->arena, endings, COUNT_OF(endings));
    r->walk.integration = true;
    r->walk.strict_links = true;
    for (size_t i = 0; i < paths->count; i++) {
        walk_add(&r->walk, paths->items[i]);
        widen_root(r, paths->items[i]);
    }
    for (size_t i = 0; i < r->walk.count; i++) {
        const struct found *found = &r->walk.items[i];
        if (found->why) {
            message_error("'%s' %s", found->name, found->why);
            note_status(r, EKSLINT_INPUT);
        } else {
            add_file(r, found->name);
        }
    }
    for (size_t i = 0; i < r->walk.configs.count; i++) {
        add_file(r, r->walk.configs.items[i]);
    }
}

/* ---- writing ---- */

/* Make the folders of a path below the copy's. False has been said. */
static bool make_folders(const struct redacting *r, const char *path)
{
    size_t skip = strlen(r->folder);
    char *part = (char *)arena_str(r->cli->arena, str_from_c(path)).ptr;
    for (size_t i = skip; part[i]; i++) {
        if (part[i] != '/' || i == 0) {
            continue;
        }
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            message_error("'%s' cannot be made: %s", part, strerror(errno));
            return false;
        }
        part[i] = '/';
    }
    return true;
}

/* A path of the copy that no other file of it has. */
static const char *free_target(struct redacting *r, const char *path)
{
    const char *target = path;
    for (unsigned i = 2; i < TWINS_MAX; i++) {
        uint32_t before = r->targets.count;
        (void)atoms_intern(&r->targets, str_from_c(target));
        if (r->targets.count > before) {
            break;
        }
        target = arena_format(r->cli->arena, "%s-%u", path, i).ptr;
    }
    return target;
}

static void write_file(struct redacting *r, size_t index)
{
    struct arena *arena = r->cli->arena;
    const char *name = r->names.items[index];
    const char *absolute = discover_absolute(arena, r->here, name);
    struct str below = path_relative(arena, r->root, str_from_c(absolute));
    const char *other = ekslint_redacted_path(r->e, arena_str(arena, below).ptr);
    const char *target = free_target(r, arena_format(arena, "%s/%s", r->folder, other).ptr);
    ekslint_text text = ekslint_redacted_text(r->e, index);
    if (!make_folders(r, target)) {
        note_status(r, EKSLINT_INTERNAL);
    } else {
        int status = output_file(target, (struct str){text.text, text.len});
        r->written += status == EKSLINT_OK;
        ekslint_redact_note_file(r->e, target, name);
        note_status(r, status);
    }
    ekslint_text_free(text);
}

static void write_map(struct redacting *r)
{
    if (r->cli->options->map) {
        ekslint_text map = ekslint_redaction_map(r->e);
        note_status(r, output_private_file(r->cli->options->map, (struct str){map.text, map.len}));
        ekslint_text_free(map);
    }
}

/* ---- usage ---- */

/* False where the folder exists and is none, or holds something; that has been said. */
static bool is_free(const char *folder)
{
    DIR *open = opendir(folder);
    if (!open) {
        bool missing = errno == ENOENT;
        if (!missing) {
            message_error("'%s' cannot be written to: %s", folder, strerror(errno));
        }
        return missing;
    }
    bool empty = true;
    for (const struct dirent *entry = readdir(open); entry && empty; entry = readdir(open)) {
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    }
    closedir(open);
    if (!empty) {
        message_error("'%s' is not empty; name a new folder for the copy", folder);
    }
    return empty;
}

/* A path with the links of the part of it resolved that exists. */
static struct str resolve_new(struct redacting *r, const char *path)
{
    struct arena *arena = r->cli->arena;
    const char *absolute = discover_absolute(arena, r->here, path);
    const char *above = absolute;
    const char *real = path_resolve(arena, above);
    while (!real && above[1]) {
        above = path_folder(arena, above);
        real = path_resolve(arena, above);
    }
    struct str rest = str_from(str_from_c(absolute), strlen(above));
    return real ? arena_format(arena, "%s%.*s", strcmp(real, "/") == 0 ? "" : real, STR_ARG(rest))
                : str_from_c(absolute);
}

/* False where what is written would lie in what is read, or the map in the copy; that has been said. */
static bool is_apart(struct redacting *r)
{
    const struct options *options = r->cli->options;
    struct str folder = resolve_new(r, r->folder);
    struct str map = options->map ? resolve_new(r, options->map) : (struct str){0};
    if (options->map && path_is_inside(map, folder)) {
        message_error(
            "'%s' lies in the copy, which is to be shared; the map says what is not in it",
            options->map);
        return false;
    }
    for (size_t i = 0; i < options->operands.count; i++) {
        struct stat status;
        const char *path = options->operands.items[i];
        const char *real = path_resolve(r->cli->arena, path);
        bool is_folder = real && stat(real, &status) == 0 && S_ISDIR(status.st_mode);
        if (is_folder && path_is_inside(folder, str_from_c(real))) {
            message_error("'%s' lies in '%s', which is read; name a folder beside it", r->folder,
                          path);
            return false;
        }
    }
    return true;
}

static bool check_usage(struct redacting *r)
{
    const struct options *options = r->cli->options;
    const char *wrong = NULL;
    if (options->operands.count == 0) {
        wrong = "redact needs the folder or the files of a case";
    } else if (!options->output || !options->output[0]) {
        wrong = "redact needs --output DIR, a new folder for the copy";
    } else if (options->map && !options->map[0]) {
        wrong = "--map needs the name of a file";
    }
    for (size_t i = 0; !wrong && i < options->operands.count; i++) {
        if (strcmp(options->operands.items[i], "-") == 0) {
            wrong = "redact copies files, and standard input is none";
        }
    }
    if (wrong) {
        options_wrong(options, "%s", wrong);
        return false;
    }
    r->folder = path_clean(r->cli->arena, options->output);
    return check_paths(r->cli) && is_free(r->folder) && is_apart(r);
}

static void run(struct redacting *r)
{
    read_files(r);
    if (r->names.count == 0) {
        message_error("there is no text to copy");
        note_status(r, r->status == EKSLINT_OK ? EKSLINT_NOTHING : r->status);
        return;
    }
    if (mkdir(r->folder, 0777) != 0 && errno != EEXIST) {
        message_error("'%s' cannot be made: %s", r->folder, strerror(errno));
        note_status(r, EKSLINT_USAGE);
        return;
    }
    confine_copy(r->cli, r->folder);
    ekslint_redact_learn(r->e);
    for (size_t i = 0; i < r->names.count; i++) {
        write_file(r, i);
    }
    write_map(r);
    message_note("wrote %zu files to '%s'%s", r->written, r->folder,
                 r->left_out ? "; what was left out is said above" : "");
}

int command_redact(struct cli *cli)
{
    struct redacting r = {.cli = cli};
    atoms_init(&r.targets, cli->arena, NULL);
    r.here = path_resolve(cli->arena, ".");
    if (!r.here) {
        message_error("the current folder cannot be read: %s", strerror(errno));
        return EKSLINT_INPUT;
    }
    if (!check_usage(&r)) {
        return EKSLINT_USAGE;
    }
    r.e = ekslint_new();
    run(&r);
    ekslint_free(r.e);
    return r.status;
}
