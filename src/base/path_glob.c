/* SPDX-License-Identifier: MIT */
/*
 * A pattern is a row of steps, and a path is read once while the set of steps that it may stand at
 * is kept (Thompson's simulation), so that no text makes it slow. Characters are code points; a byte
 * that is no UTF-8 is one.
 */
#include "base/path_glob.h"

#include "base/utf8.h"

enum step_kind {
    STEP_CHARACTER,
    STEP_ANY,     /* ? */
    STEP_ANYS,    /* * */
    STEP_FOLDERS, /* **, followed by a slash: no folder or several, each with its slash */
    STEP_INSIDE,  /* the second half of it: within the name of such a folder */
    STEP_REST     /* ** at the end: at least one character, slashes too */
};

struct path_glob_step {
    enum step_kind kind;
    uint32_t character;
};

/* One for each byte at most, and two in front of a pattern that may match at any depth. */
enum { STEPS_MAX = PATH_GLOB_MAX_BYTES + 2 };

/* The step of `place` is what comes next; a path is matched that stands behind the last one. */
struct places {
    bool at[STEPS_MAX + 1];
};

struct compiler {
    struct str text;
    size_t at, end;
    struct path_glob_step *steps;
    size_t count;
    struct path_glob_error *error;
};

static size_t next_character(struct str text, size_t at, uint32_t *character)
{
    size_t len = utf8_decode(str_from(text, at), character);
    if (len == 0) {
        *character = 0x110000u + (unsigned char)text.ptr[at]; /* equal to no code point */
        len = 1;
    }
    return len;
}

static bool refuse(const struct compiler *c, size_t lo, size_t hi, const char *message)
{
    *c->error = (struct path_glob_error){(uint32_t)lo, (uint32_t)hi, message};
    return false;
}

static void add_step(struct compiler *c, enum step_kind kind, uint32_t character)
{
    c->steps[c->count++] = (struct path_glob_step){kind, character};
}

static void add_folders(struct compiler *c)
{
    add_step(c, STEP_FOLDERS, 0);
    add_step(c, STEP_INSIDE, 0);
}

/* One character of a part, or what stands for some. */
static bool add_character(struct compiler *c)
{
    char byte = c->text.ptr[c->at];
    size_t at = c->at;
    if (byte == '*') {
        c->at++;
        add_step(c, STEP_ANYS, 0);
        return c->at >= c->end || c->text.ptr[c->at] != '*' ||
               refuse(c, at, at + 2,
                      "'**' stands for whole folders, between slashes; within a name write '*'");
    }
    if (byte == '?') {
        c->at++;
        add_step(c, STEP_ANY, 0);
        return true;
    }
    if (byte == '[' || byte == '{') {
        return refuse(
            c, at, at + 1,
            "brackets and braces have no meaning here; write several patterns, or '\\' in "
            "front for the character itself");
    }
    if (byte == '\\') {
        if (c->at + 1 >= c->end || c->text.ptr[c->at + 1] == '/') {
            return refuse(c, at, at + 1, "'\\' wants the character that it is to stand for");
        }
        c->at++;
    }
    uint32_t character;
    c->at += next_character(c->text, c->at, &character);
    add_step(c, STEP_CHARACTER, character);
    return true;
}

/* A part of the pattern, up to the next slash or the end. */
static bool add_part(struct compiler *c)
{
    size_t start = c->at;
    struct str rest = str_slice(c->text, start, c->end);
    struct str part = str_slice(rest, 0, str_find_char(rest, '/'));
    bool last = part.len == rest.len;
    if (part.len == 0 || str_eq(part, STR(".")) || str_eq(part, STR(".."))) {
        size_t hi = start + (part.len ? part.len : 1);
        return refuse(c, start, hi,
                      "no path has such a part: write the path without '.', '..' and "
                      "doubled slashes");
    }
    if (str_eq(part, STR("**"))) {
        if (last) {
            add_step(c, STEP_REST, 0);
        } else {
            add_folders(c);
        }
        c->at += part.len + (last ? 0 : 1);
        return true;
    }
    while (c->at < start + part.len) {
        if (!add_character(c)) {
            return false;
        }
    }
    if (!last) {
        add_step(c, STEP_CHARACTER, '/');
        c->at++;
    }
    return true;
}

bool path_glob_compile(struct arena *arena, struct str text, struct path_glob *glob,
                       struct path_glob_error *error)
{
    struct compiler c = {.text = text, .end = text.len, .error = error};
    *glob = (struct path_glob){.text = text, .negated = str_starts(text, STR("!"))};
    c.at = glob->negated ? 1 : 0;
    if (text.len > PATH_GLOB_MAX_BYTES) {
        return refuse(&c, 0, text.len, "a pattern has at most 256 bytes");
    }
    glob->folders_only = text.len > c.at && text.ptr[text.len - 1] == '/';
    c.end -= glob->folders_only;
    bool from_top = c.end > c.at && text.ptr[c.at] == '/';
    c.at += from_top;
    if (c.at >= c.end) {
        return refuse(&c, 0, text.len, "the pattern is empty; write a path, or '**' for all");
    }
    c.steps = arena_array(arena, struct path_glob_step, text.len + 2);
    struct str whole = str_slice(text, c.at, c.end);
    if (!from_top && str_find_char(whole, '/') == whole.len && !str_eq(whole, STR("**"))) {
        add_folders(&c);
    }
    while (c.at < c.end) {
        if (!add_part(&c)) {
            return false;
        }
    }
    glob->steps = c.steps;
    glob->count = c.count;
    return true;
}

/* ---- matching ---- */

/* Stand at a step, and wherever one comes from there without reading anything. */
static void stand_at(const struct path_glob *glob, struct places *places, size_t place)
{
    while (!places->at[place]) {
        places->at[place] = true;
        enum step_kind kind = place < glob->count ? glob->steps[place].kind : STEP_CHARACTER;
        if (kind != STEP_ANYS && kind != STEP_FOLDERS) {
            return;
        }
        place += kind == STEP_FOLDERS ? 2 : 1;
    }
}

/* From one place, with one character read. */
static void go_on(const struct path_glob *glob, struct places *next, size_t place,
                  uint32_t character)
{
    const struct path_glob_step *step = &glob->steps[place];
    bool slash = character == '/';
    switch (step->kind) {
    case STEP_CHARACTER:
        if (step->character == character) {
            stand_at(glob, next, place + 1);
        }
        break;
    case STEP_ANY:
        if (!slash) {
            stand_at(glob, next, place + 1);
        }
        break;
    case STEP_ANYS:
        if (!slash) {
            stand_at(glob, next, place);
        }
        break;
    case STEP_FOLDERS:
        if (!slash) {
            stand_at(glob, next, place + 1);
        }
        break;
    case STEP_INSIDE:
        stand_at(glob, next, slash ? place - 1 : place);
        break;
    case STEP_REST:
        stand_at(glob, next, place);
        stand_at(glob, next, place + 1);
        break;
    }
}

bool path_glob_covers(const struct path_glob *glob, struct str path, bool is_folder)
{
    struct places now = {{false}};
    stand_at(glob, &now, 0);
    for (size_t i = 0; i < path.len;) {
        uint32_t character;
        struct places next;
        i += next_character(path, i, &character);
        if (character == '/' && now.at[glob->count]) {
            return true; /* a folder on the way */
        }
        memset(next.at, 0, (glob->count + 1) * sizeof next.at[0]);
        for (size_t place = 0; place < glob->count; place++) {
            if (now.at[place]) {
                go_on(glob, &next, place, character);
            }
        }
        memcpy(now.at, next.at, (glob->count + 1) * sizeof now.at[0]);
    }
    return now.at[glob->count] && (is_folder || !glob->folders_only);
}

const struct path_glob *path_globs_last(const struct path_glob *globs, size_t count,
                                        struct str path, bool is_folder)
{
    for (size_t i = count; i > 0; i--) {
        if (path_glob_covers(&globs[i - 1], path, is_folder)) {
            return &globs[i - 1];
        }
    }
    return NULL;
}
