/* SPDX-License-Identifier: MIT */
/* Which configuration a run has, and reading what it asks for. */
#include "cli/configure.h"

#include "base/atoms.h"
#include "base/paths.h"
#include "cli/confine.h"
#include "cli/discover.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/resolve.h"
#include "cli/walk.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HERE_MAX_BYTES = 64 * 1024 };

/* Where a configuration file may lead: the folder that what it names must lie in. */
struct fence {
    const char *name; /* of the file */
    const char *root; /* absolute; NULL: anywhere */
};

struct configuring {
    struct cli *cli;
    ekslint *e;
    const char *here; /* absolute */
    struct fence *fences;
    size_t fence_count, fence_capacity;
    struct atoms rules; /* rule files that were read, resolved: each is read once */
};

/* What a path that a configuration names comes to; or why it may not be read. */
struct target {
    const char *path; /* absolute */
    const char *real; /* the same without symbolic links */
    const char *why;
};

static const char *find_here(struct arena *arena)
{
    for (size_t size = 256; size <= HERE_MAX_BYTES; size *= 2) {
        char *buffer = arena_alloc(arena, size);
        if (getcwd(buffer, size)) {
            return buffer;
        }
        if (errno != ERANGE) {
            break;
        }
    }
    return NULL;
}

/* ---- what may be read ---- */

static void add_fence(struct configuring *c, const char *name, const char *root)
{
    c->fences =
        arena_grow(c->cli->arena, c->fences, c->fence_count, &c->fence_capacity, sizeof *c->fences);
    c->fences[c->fence_count++] = (struct fence){name, root};
}

static const char *fence_of(const struct configuring *c, const char *name)
{
    for (size_t i = 0; i < c->fence_count; i++) {
        if (strcmp(c->fences[i].name, name) == 0) {
            return c->fences[i].root;
        }
    }
    return "/nowhere"; /* every file that asks was added with its fence */
}

static bool is_inside(const char *path, const char *folder)
{
    return path_is_inside(str_from_c(path), str_from_c(folder));
}

/* `path` is absolute and normalized. */
static struct target find_target(const struct configuring *c, const char *path, const char *root)
{
    struct arena *arena = c->cli->arena;
    struct target target = {.path = path};
    const char *shown = root ? discover_show(arena, c->here, root) : NULL;
    if (root && !is_inside(path, root)) {
        target.why =
            arena_format(arena, "leads out of '%s'; a configuration names what lies inside", shown)
                .ptr;
        return target;
    }
    target.real = path_resolve(arena, path);
    if (!target.real) {
        target.why = file_trouble(arena, errno);
        return target;
    }
    const char *real_root = root ? path_resolve(arena, root) : NULL;
    if (root && !(real_root && is_inside(target.real, real_root))) {
        target.why =
            arena_format(arena, "is a symbolic link out of '%s', and is not followed", shown).ptr;
    }
    return target;
}

/* What a request asks for. */
static struct target requested(struct configuring *c, const ekslint_config_request *request)
{
    struct arena *arena = c->cli->arena;
    const char *root = fence_of(c, request->from);
    if (root && request->path[0] == '/') {
        return (struct target){.why = "is an absolute path; write it relative to this file"};
    }
    const char *folder = discover_absolute(arena, c->here, path_folder(arena, request->from));
    return find_target(c, discover_absolute(arena, folder, request->path), root);
}

/* ---- rules ---- */

/* A rule file by its name; NULL, or why it cannot be read. What is wrong inside is in the report. */
static const char *add_rule_file(struct configuring *c, const char *name)
{
    struct arena *arena = c->cli->arena;
    const char *real = path_resolve(arena, name);
    if (!real) {
        return file_trouble(arena, errno);
    }
    uint32_t before = c->rules.count;
    atoms_intern(&c->rules, str_from_c(real));
    if (c->rules.count == before) {
        return NULL; /* named twice, or named and found */
    }
    struct file_text text = file_read_resolved(arena, real);
    if (!text.why && !ekslint_add_rules(c->e, name, text.bytes.ptr, text.bytes.len)) {
        c->cli->wrong = true;
    }
    return text.why;
}

/* The rule files of a folder, or one file. Returns NULL, or what is wrong with the path. */
static const char *add_rules(struct configuring *c, const struct target *target)
{
    static const struct str endings[] = {STR_INIT(".yaml"), STR_INIT(".yml")};
    struct arena *arena = c->cli->arena;
    const char *name = discover_show(arena, c->here, target->path);
    struct walk walk;
    const char *why = NULL;
    walk_init(&walk, arena, endings, COUNT_OF(endings));
    walk.strict_links = true;
    walk_add(&walk, name);
    for (size_t i = 0; i < walk.count && !why; i++) {
        const struct found *found = &walk.items[i];
        why = found->why ? found->why : add_rule_file(c, found->name);
        if (why && strcmp(found->name, name) != 0) {
            why = arena_format(arena, "has '%s', which %s", found->name, why).ptr;
        }
    }
    return walk.count || why ? why : "holds no rule files (*.yaml, *.yml)";
}

/* `.ekslint/rules`, which may be empty. */
static bool add_found_rules(struct configuring *c, const struct discovery *found)
{
    struct arena *arena = c->cli->arena;
    struct target target = find_target(c, found->rules, found->root);
    struct stat status;
    const char *why = target.why;
    if (!why && (stat(target.real, &status) != 0 || !S_ISDIR(status.st_mode))) {
        why = "is no folder; it is the place of rule files";
    }
    ekslint_begin_rules(c->e);
    if (!why) {
        why = add_rules(c, &target);
        why = why && str_starts(str_from_c(why), STR("holds no")) ? NULL : why;
    }
    if (why) {
        message_error("'%s' %s", discover_show(arena, c->here, found->rules), why);
    }
    return !why;
}

/* ---- configuration files ---- */

/* False where the request was for something that may not or cannot be read: it was refused. */
static void answer(struct configuring *c, const ekslint_config_request *request)
{
    struct arena *arena = c->cli->arena;
    struct target target = requested(c, request);
    struct file_text text = {.why = target.why};
    if (!text.why && request->rules) {
        text.why = add_rules(c, &target);
    } else if (!text.why) {
        text = file_read_resolved(arena, target.real);
    }
    if (text.why) {
        ekslint_refuse_config(c->e, text.why);
        return;
    }
    if (!request->rules) {
        const char *root = fence_of(c, request->from);
        const char *name = discover_show(arena, c->here, target.path);
        add_fence(c, name, root ? root : path_folder(arena, target.path));
        ekslint_answer_config(c->e, name, target.real, text.bytes.ptr, text.bytes.len);
    }
}

/* Read the file and what it names. `root` is NULL for one that the user named. */
static bool add_config(struct configuring *c, const char *path, const char *root)
{
    struct arena *arena = c->cli->arena;
    struct target target = find_target(c, path, root);
    struct file_text text = {.why = target.why};
    const char *name = discover_show(arena, c->here, path);
    if (!text.why) {
        text = file_read_resolved(arena, target.real);
    }
    if (text.why) {
        message_error("configuration '%s' %s", name, text.why);
        return false;
    }
    add_fence(c, name, root);
    ekslint_add_config(c->e, name, target.real, text.bytes.ptr, text.bytes.len);
    const ekslint_config_request *request;
    while ((request = ekslint_next_config_request(c->e)) != NULL) {
        answer(c, request);
    }
    return true;
}

/* ---- which one ---- */

/* The folder from which a path's configuration is looked for: absolute. */
static const char *folder_of(const struct configuring *c, const char *path)
{
    struct arena *arena = c->cli->arena;
    struct stat status;
    if (strcmp(path, "-") == 0) {
        path = c->cli->options->stdin_filename;
        return path ? path_folder(arena, discover_absolute(arena, c->here, path)) : c->here;
    }
    const char *whole = discover_absolute(arena, c->here, path);
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    return is_folder ? whole : path_folder(arena, whole);
}

static const char *name_of(const struct configuring *c, const struct discovery *found)
{
    const char *path = found->config ? found->config : found->rules;
    return path ? arena_format(c->cli->arena, "has '%s'",
                               discover_show(c->cli->arena, c->here, path))
                      .ptr
                : "has none";
}

static bool begins_with(const struct options *options, const char *word)
{
    return options->operands.count && strcmp(options->operands.items[0], word) == 0;
}

/*
 * What is the same whatever configuration is found: schemas, and the tests of rule files that are
 * named.
 */
static bool needs_none(const struct options *options)
{
    bool tests_files = options->command == COMMAND_RULES && options->operands.count > 1 &&
                       begins_with(options, "test");
    return options->no_config || options->command == COMMAND_SCHEMA ||
           (tests_files && !options->config);
}

/* The paths of a command, where it has any. */
static struct strings paths_of(const struct options *options)
{
    if (options->command == COMMAND_TRACE) {
        struct strings paths = options->operands;
        paths.items++; /* the rule's id; there is one */
        paths.count--;
        return paths;
    }
    if (options->hook) {
        return (struct strings){0}; /* whichever files it is given, the current folder's counts */
    }
    bool has_paths = options->command == COMMAND_CHECK || options->command == COMMAND_DIAGNOSE ||
                     options->command == COMMAND_CONFIG ||
                     options->command == COMMAND_SUPPRESSIONS ||
                     (options->command == COMMAND_EXPLAIN && options->error_text);
    return has_paths ? options->operands : (struct strings){0};
}

/* Search from all paths; false where they lead to different configurations. */
static bool find_config(struct configuring *c, struct discovery *found)
{
    struct arena *arena = c->cli->arena;
    struct strings paths = paths_of(c->cli->options);
    struct atoms folders; /* each is searched from once */
    atoms_init(&folders, arena, NULL);
    if (paths.count == 0) {
        *found = discover(arena, c->here, c->here);
    }
    for (size_t i = 0; i < paths.count; i++) {
        uint32_t before = folders.count;
        const char *folder = folder_of(c, paths.items[i]);
        atoms_intern(&folders, str_from_c(folder));
        if (folders.count == before) {
            continue;
        }
        struct discovery other = discover(arena, c->here, folder);
        if (i == 0) {
            *found = other;
        } else if (!discovery_is_same(found, &other)) {
            message_error("two configurations in one run: '%s' %s, '%s' %s; check them in runs of "
                          "their own, or name one configuration with --config FILE",
                          paths.items[0], name_of(c, found), paths.items[i], name_of(c, &other));
            return false;
        }
    }
    return true;
}

/* Whoever named the file means the folder it lies in where that is here or above, else this one. */
static const char *folder_for_patterns(const struct configuring *c, const char *config)
{
    const char *folder = path_folder(c->cli->arena, config);
    return is_inside(c->here, folder) ? folder : c->here;
}

static bool use_named(struct configuring *c)
{
    const char *path = discover_absolute(c->cli->arena, c->here, c->cli->options->config);
    c->cli->config = path;
    confine_files(c->cli, "/");
    ekslint_set_config_folder(c->e, c->here, folder_for_patterns(c, path));
    return add_config(c, path, NULL);
}

static bool use_found(struct configuring *c)
{
    struct discovery found = {0};
    c->cli->searched = true;
    if (!find_config(c, &found)) {
        return false;
    }
    if (found.misnamed) {
        message_error("'%s' is not read; the name of a configuration is .ekslint.yaml",
                      discover_show(c->cli->arena, c->here, found.misnamed));
        return false;
    }
    bool good = true;
    confine_files(c->cli, found.config || found.rules ? found.root : NULL);
    if (found.config) {
        c->cli->config = found.config;
        ekslint_set_config_folder(c->e, c->here, path_folder(c->cli->arena, found.config));
        good = add_config(c, found.config, found.root);
    }
    return (!found.rules || add_found_rules(c, &found)) && good;
}

const char *configure_here(struct cli *cli)
{
    const char *here = find_here(cli->arena);
    if (!here) {
        message_error("the current folder has no path (%s)", strerror(errno));
    }
    return here;
}

/* The baseline that the configuration names, where the command looks at one. */
static bool find_baseline(struct configuring *c)
{
    const struct options *options = c->cli->options;
    bool looks = options->command == COMMAND_CHECK && !options->baseline &&
                 !options->write_baseline && !options->no_suppressions;
    const ekslint_config_request *request = looks ? ekslint_config_baseline(c->e) : NULL;
    if (!request) {
        return true;
    }
    struct target target = requested(c, request);
    if (target.why) {
        message_error("the baseline '%s' of '%s' %s", request->path, request->from, target.why);
        return false;
    }
    c->cli->baseline = target.path;
    return true;
}

bool configure(struct cli *cli, ekslint *e)
{
    const struct options *options = cli->options;
    struct configuring c = {.cli = cli, .e = e};
    if (needs_none(options)) {
        confine_files(cli, NULL);
        return true;
    }
    c.here = find_here(cli->arena);
    if (!c.here) {
        confine_files(cli, NULL);
        message_error("the current folder has no path (%s); give --no-config to go on without a "
                      "configuration",
                      strerror(errno));
        return false;
    }
    atoms_init(&c.rules, cli->arena, NULL);
    bool good = (options->config ? use_named(&c) : use_found(&c)) && find_baseline(&c);
    confine_files(cli, NULL); /* where nothing was found that may be read */
    return good;
}

void configure_note_unused(struct cli *cli, ekslint *e, const struct strings *met)
{
    const char *here = met->count && cli->searched ? find_here(cli->arena) : NULL;
    for (size_t i = 0; here && i < met->count; i++) {
        const char *path = discover_absolute(cli->arena, here, met->items[i]);
        if (!cli->config || strcmp(path, cli->config) != 0) {
            const char *used = cli->config ? discover_show(cli->arena, here, cli->config) : NULL;
            ekslint_unused_config(e, met->items[i], used);
        }
    }
}
