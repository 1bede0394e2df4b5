/* SPDX-License-Identifier: MIT */
/*
 * `rules pages`: a page for each rule and their index, in a folder. Nothing that is no such page is
 * replaced, and that is known before the first is written; each is written whole or not at all.
 */
#include "cli/rules.h"

#include "base/paths.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/setup.h"
#include "cli/walk.h"

#include <errno.h>
#include <sys/stat.h>

struct page_file {
    const char *path;
    ekslint_text text;
    bool same; /* the file is there, and as it should be */
};

struct page_files {
    struct page_file *items;
    size_t count, capacity;
};

static void gather(struct cli *cli, ekslint *e, const char *folder, struct page_files *files)
{
    const char *name;
    for (size_t i = 0;; i++) {
        ekslint_text text = ekslint_rules_page(e, i, &name);
        if (!text.text) {
            return;
        }
        files->items = arena_grow(cli->arena, files->items, files->count, &files->capacity,
                                  sizeof *files->items);
        files->items[files->count++] =
            (struct page_file){path_join(cli->arena, folder, name), text, false};
    }
}

/* Is nothing there, or a page? False has been said. */
static bool may_write(struct cli *cli, struct page_file *file)
{
    struct stat status;
    if (stat(file->path, &status) != 0 && errno == ENOENT) {
        return true;
    }
    struct file_text old = file_read(cli->arena, file->path);
    if (old.why) {
        message_error("'%s' %s", file->path, old.why);
        return false;
    }
    if (!ekslint_is_page(old.bytes.ptr, old.bytes.len)) {
        message_error("'%s' is no page of a rule and was left as it is; nothing is written",
                      file->path);
        return false;
    }
    file->same = str_eq(old.bytes, (struct str){file->text.text, file->text.len});
    return true;
}

/* The folders of a path below `folder`, and that one. False has been said. */
static bool make_folders(struct cli *cli, const char *folder, const char *path)
{
    char *part = arena_array(cli->arena, char, strlen(path) + 1);
    memcpy(part, path, strlen(path) + 1);
    for (size_t at = strlen(folder); part[at] != '\0'; at++) {
        struct stat status;
        if (part[at] != '/') {
            continue;
        }
        part[at] = '\0';
        bool there =
            mkdir(part, 0777) == 0 || (stat(part, &status) == 0 && S_ISDIR(status.st_mode));
        if (!there) {
            message_error("'%s' cannot be made: %s", part, strerror(errno));
            return false;
        }
        part[at] = '/';
    }
    return true;
}

static int write_pages(struct cli *cli, const char *folder, struct page_files *files)
{
    bool good = true;
    size_t written = 0;
    for (size_t i = 0; i < files->count; i++) {
        good = may_write(cli, &files->items[i]) && good;
    }
    int status = good ? EKSLINT_OK : EKSLINT_USAGE;
    for (size_t i = 0; i < files->count && status == EKSLINT_OK; i++) {
        const struct page_file *file = &files->items[i];
        if (file->same) {
            continue;
        }
        status = make_folders(cli, folder, file->path)
                     ? output_file(file->path, (struct str){file->text.text, file->text.len})
                     : EKSLINT_USAGE;
        written++;
    }
    if (status == EKSLINT_OK) {
        message_note("%zu pages in '%s', %zu of them written", files->count, folder, written);
    }
    return status;
}

static bool is_among(const struct page_files *files, const char *path)
{
    for (size_t i = 0; i < files->count; i++) {
        if (strcmp(files->items[i].path, path) == 0) {
            return true;
        }
    }
    return false;
}

/* Say which pages in the folder are of no rule; a reader would take them for one's. Returns a status. */
static int find_stale(struct cli *cli, const char *folder, const struct page_files *files)
{
    static const struct str endings[] = {STR_INIT(".md")};
    int status = EKSLINT_OK;
    struct walk walk;
    walk_init(&walk, cli->arena, endings, COUNT_OF(endings));
    walk_add(&walk, folder);
    for (size_t i = 0; i < walk.count; i++) {
        const char *path = walk.items[i].name;
        if (walk.items[i].why || is_among(files, path_clean(cli->arena, path))) {
            continue;
        }
        struct file_text text = file_read(cli->arena, path);
        if (!text.why && ekslint_is_page(text.bytes.ptr, text.bytes.len)) {
            message_error("'%s' is the page of no rule; remove it", path);
            status = EKSLINT_FINDINGS;
        }
    }
    return status;
}

int rules_pages(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->operands.count != 2 || options->operands.items[1][0] == '\0') {
        return options_wrong(options, "'rules pages' takes one folder");
    }
    if (options->format) {
        return options_wrong(options, "'rules pages' takes no --format");
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    struct page_files files = {0};
    const char *folder = path_clean(cli->arena, options->operands.items[1]);
    gather(cli, e, folder, &files);
    int status = write_pages(cli, folder, &files);
    status = status == EKSLINT_OK ? find_stale(cli, folder, &files) : status;
    for (size_t i = 0; i < files.count; i++) {
        ekslint_text_free(files.items[i].text);
    }
    ekslint_free(e);
    return status;
}
