/* SPDX-License-Identifier: MIT */
/*
 * Parsing alone, by readers that do the same: the bytes of a file become a tree (of libyaml: events), which is dropped.
 *   parse files READER PATH...        one pass over files, and over those of folders: open, read, parse, drop; the
 *                                     yardstick for checking them, whole process beside whole process
 *   parse lines READER                the lines of standard input, each a document, none kept
 *   parse memory ROUNDS FOLDER        every reader that there is over files in memory, alternating; rows as in rounds.h
 * Which readers there are is decided as it is compiled: WITH_JANSSON, WITH_LIBYAML, WITH_YYJSON, WITH_EKSLINT.
 * "both" is jansson for .json and libyaml for the rest. Files of other names than *.json, *.yaml and *.yml are passed
 * over, and a reader of JSON passes over YAML.
 */
#include "rounds.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef WITH_JANSSON
#include <jansson.h>
#endif
#ifdef WITH_LIBYAML
#include <yaml.h>
#endif
#ifdef WITH_YYJSON
#include <yyjson.h>
#endif
#ifdef WITH_EKSLINT
#include "tree/read_json.h"
#include "tree/read_yaml.h"
#endif

enum { PATH_BYTES = 4096 };

/* ---- readers: false where the text does not parse ---- */

#ifdef WITH_JANSSON
static bool parse_jansson(const char *bytes, size_t len, bool is_json)
{
    (void)is_json;
    json_t *value = json_loadb(bytes, len, JSON_DECODE_ANY, NULL);
    json_decref(value);
    return value != NULL;
}
#endif

#ifdef WITH_LIBYAML
static bool parse_libyaml(const char *bytes, size_t len, bool is_json)
{
    yaml_parser_t parser;
    yaml_event_t event;
    bool more = yaml_parser_initialize(&parser);
    bool good = more;
    (void)is_json;
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, len);
    while (more) {
        good = yaml_parser_parse(&parser, &event);
        more = good && event.type != YAML_STREAM_END_EVENT;
        if (good) {
            yaml_event_delete(&event);
        }
    }
    yaml_parser_delete(&parser);
    return good;
}
#endif

#if defined(WITH_JANSSON) && defined(WITH_LIBYAML)
static bool parse_both(const char *bytes, size_t len, bool is_json)
{
    return is_json ? parse_jansson(bytes, len, true) : parse_libyaml(bytes, len, false);
}
#endif

#ifdef WITH_YYJSON
static bool parse_yyjson(const char *bytes, size_t len, bool is_json)
{
    (void)is_json;
    yyjson_doc *document = yyjson_read(bytes, len, 0);
    yyjson_doc_free(document);
    return document != NULL;
}
#endif

#ifdef WITH_EKSLINT
/* As the program does it: names stay, all else of a document is dropped behind it. */
static bool parse_ekslint(const char *bytes, size_t len, bool is_json)
{
    enum { CHUNK_BYTES = 1 << 17 };
    static struct arena arena, names;
    static struct atoms atoms;
    static struct builder builder;
    if (!atoms.arena) {
        arena_reserve(&arena, CHUNK_BYTES);
        atoms_init(&atoms, &names, NULL);
    }
    struct arena_mark mark = arena_mark(&arena);
    struct sources sources;
    struct findings findings = {.arena = &arena};
    struct tree tree;
    sources_init(&sources, &arena);
    struct source *source = sources_add(&sources, STR("input"), (struct str){bytes, len});
    tree_init(&tree, &arena, &sources, &atoms);
    bool good;
    if (is_json) {
        good = json_read_whole(&builder, &tree, source, &findings);
    } else {
        struct yaml_stream *stream = yaml_open(&arena, source, &findings);
        enum yaml_result result;
        while ((result = yaml_read(stream, &builder, &tree)) == YAML_DOCUMENT) {
            tree_init(&tree, &arena, &sources, &atoms);
        }
        yaml_close(stream);
        good = result == YAML_END;
    }
    arena_rewind(&arena, mark);
    return good;
}
#endif

static const struct reader {
    const char *name, *full_name;
    bool reads_yaml;
    bool (*parse)(const char *bytes, size_t len, bool is_json);
} readers[] = {
#ifdef WITH_JANSSON
    {"jansson", "jansson", false, parse_jansson},
#endif
#ifdef WITH_EKSLINT
    {"ekslint", "ekslint's own reader", true, parse_ekslint},
#endif
#ifdef WITH_YYJSON
    {"yyjson", "yyjson", false, parse_yyjson},
#endif
#ifdef WITH_LIBYAML
    {"libyaml", "libyaml, events only", true, parse_libyaml},
#endif
#if defined(WITH_JANSSON) && defined(WITH_LIBYAML)
    {"both", "jansson and libyaml", true, parse_both},
#endif
};

enum { READER_COUNT = sizeof readers / sizeof readers[0] };

static const struct reader *find_reader(const char *name)
{
    for (size_t i = 0; i < READER_COUNT; i++) {
        if (strcmp(readers[i].name, name) == 0) {
            return &readers[i];
        }
    }
    fprintf(stderr, "parse: there is no reader '%s'\n", name);
    exit(EXIT_FAILURE);
}

/* ---- files ---- */

struct text {
    char *bytes;
    size_t len, capacity;
    bool is_json;
};

/* Into the room that there is, which grows. */
static void read_text(int fd, const char *path, struct text *text)
{
    struct stat status;
    ssize_t got;
    size_t wanted = fstat(fd, &status) == 0 ? (size_t)status.st_size + 1 : 1;
    if (text->capacity < wanted) {
        free(text->bytes);
        text->bytes = malloc(wanted);
        text->capacity = wanted;
    }
    text->len = 0;
    while (text->bytes && text->len < text->capacity &&
           (got = read(fd, text->bytes + text->len, text->capacity - text->len)) > 0) {
        text->len += (size_t)got;
    }
    close(fd);
    if (text->len + 1 != wanted) {
        fprintf(stderr, "parse: '%s' cannot be read\n", path);
        exit(EXIT_FAILURE);
    }
}

static bool ends_with(const char *name, const char *end)
{
    size_t len = strlen(name);
    return len >= strlen(end) && strcmp(name + len - strlen(end), end) == 0;
}

/* Each file that is wanted, in a text of its own or in one after another. */
struct visit {
    bool yaml; /* YAML too */
    void (*take)(struct visit *visit, const char *path, int fd, bool is_json);
    const struct reader *reader;
    struct text text;
    struct text *texts;
    size_t count, capacity;
};

static void visit_path(struct visit *visit, const char *path)
{
    bool is_json = ends_with(path, ".json");
    bool is_yaml = ends_with(path, ".yaml") || ends_with(path, ".yml");
    char inner[PATH_BYTES];
    const struct dirent *entry;
    if (is_json || is_yaml) {
        int fd = is_json || visit->yaml ? open(path, O_RDONLY) : -1;
        if (fd >= 0) {
            visit->take(visit, path, fd, is_json);
        }
        return;
    }
    DIR *folder = opendir(path);
    while (folder && (entry = readdir(folder)) != NULL) {
        int len = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && len < PATH_BYTES) {
            visit_path(visit, inner);
        }
    }
    if (folder) {
        closedir(folder);
    }
}

static void parse_text(const struct reader *reader, const struct text *text, const char *name)
{
    if (!reader->parse(text->bytes, text->len, text->is_json)) {
        fprintf(stderr, "parse: '%s' does not parse with %s\n", name, reader->full_name);
        exit(EXIT_FAILURE);
    }
}

static void take_and_parse(struct visit *visit, const char *path, int fd, bool is_json)
{
    read_text(fd, path, &visit->text);
    visit->text.is_json = is_json;
    parse_text(visit->reader, &visit->text, path);
    visit->count++;
}

static void take_and_keep(struct visit *visit, const char *path, int fd, bool is_json)
{
    if (visit->count == visit->capacity) {
        visit->capacity = visit->capacity ? 2 * visit->capacity : 64;
        visit->texts = realloc(visit->texts, visit->capacity * sizeof *visit->texts);
        if (!visit->texts) {
            exit(EXIT_FAILURE);
        }
    }
    struct text text = {.is_json = is_json};
    read_text(fd, path, &text);
    visit->texts[visit->count++] = text;
}

/* ---- what is measured ---- */

static int parse_files(const struct reader *reader, char **paths, int count)
{
    struct visit visit = {.yaml = reader->reads_yaml, .take = take_and_parse, .reader = reader};
    for (int i = 0; i < count; i++) {
        visit_path(&visit, paths[i]);
    }
    free(visit.text.bytes);
    printf("%zu files\n", visit.count);
    return visit.count ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int parse_lines(const struct reader *reader)
{
    struct text line = {.is_json = true};
    size_t count = 0;
    ssize_t len;
    while ((len = getline(&line.bytes, &line.capacity, stdin)) > 0) {
        line.len = (size_t)len;
        parse_text(reader, &line, "a line");
        count++;
    }
    free(line.bytes);
    printf("%zu lines\n", count);
    return count ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int parse_memory(int rounds, const char *folder)
{
    static struct row rows[READER_COUNT];
    struct visit visit = {.take = take_and_keep};
    double bytes = 0;
    visit_path(&visit, folder);
    for (size_t i = 0; i < visit.count; i++) {
        bytes += (double)visit.texts[i].len;
    }
    for (int round = -1; round < rounds; round++) {
        for (size_t r = 0; r < READER_COUNT; r++) {
            double start = now_ms();
            double start_cpu = cpu_ms();
            for (size_t i = 0; i < visit.count; i++) {
                parse_text(&readers[r], &visit.texts[i], folder);
            }
            double cpu = cpu_ms() - start_cpu;
            if (round >= 0) {
                rows[r].times[round] = now_ms() - start;
                rows[r].cpu[round] = cpu;
            }
        }
    }
    for (size_t r = 0; r < READER_COUNT; r++) {
        bool is_both = strcmp(readers[r].name, "both") == 0; /* jansson again */
        rows[r].scenario = "parse";
        rows[r].name = readers[r].full_name;
        rows[r].base = strcmp(readers[r].name, "jansson") == 0 ? "base" : "-";
        rows[r].rounds = rounds;
        rows[r].items = (double)visit.count;
        rows[r].bytes = bytes;
        if (!is_both) {
            row_print(&rows[r]);
        }
    }
    for (size_t i = 0; i < visit.count; i++) {
        free(visit.texts[i].bytes);
    }
    free(visit.texts);
    return visit.count ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    if (argc >= 4 && strcmp(argv[1], "files") == 0) {
        return parse_files(find_reader(argv[2]), argv + 3, argc - 3);
    }
    if (argc == 3 && strcmp(argv[1], "lines") == 0) {
        return parse_lines(find_reader(argv[2]));
    }
    long rounds = argc == 4 && strcmp(argv[1], "memory") == 0 ? strtol(argv[2], NULL, 10) : 0;
    if (rounds > 0 && rounds <= ROUNDS_MAX) {
        return parse_memory((int)rounds, argv[3]);
    }
    fprintf(stderr, "usage: parse files READER PATH... | lines READER | memory ROUNDS FOLDER\n");
    return EXIT_FAILURE;
}
