/* SPDX-License-Identifier: MIT */
/*
 * jansson behind views, with every failure (memory, as the arguments are ours) ending the program.
 */
#include "report/json_value.h"

#include "base/utf8.h"

#include <stdlib.h>

/*
 * jansson seeds its hash tables from /dev/urandom when the first object is made. The library opens
 * no files, the keys are our own, and members are written in the order they were put: a fixed seed
 * will do. Only the first call counts.
 */
enum { HASH_SEED = 1 };

static json_t *checked(json_t *value)
{
    if (!value) {
        abort();
    }
    return value;
}

json_t *json_value_object(void)
{
    json_object_seed(HASH_SEED);
    return checked(json_object());
}

json_t *json_value_array(void)
{
    return checked(json_array());
}

static void add_repaired(struct buf *out, struct str s)
{
    while (s.len) {
        size_t good = utf8_find_malformed(s);
        buf_add(out, str_slice(s, 0, good));
        if (good < s.len) {
            buf_add(out, STR("\xEF\xBF\xBD"));
            good++;
        }
        s = str_from(s, good);
    }
}

json_t *json_value_str(struct str s)
{
    if (utf8_find_malformed(s) == s.len) {
        return checked(json_stringn(s.len ? s.ptr : "", s.len));
    }
    struct buf repaired = buf_with_max(SIZE_MAX / 2);
    add_repaired(&repaired, s);
    json_t *value = checked(json_stringn(repaired.ptr, repaired.len));
    buf_release(&repaired);
    return value;
}

json_t *json_value_strs(const struct str *items, size_t count)
{
    json_t *array = json_value_array();
    for (size_t i = 0; i < count; i++) {
        json_value_append(array, json_value_str(items[i]));
    }
    return array;
}

json_t *json_value_size(size_t number)
{
    return checked(json_integer((json_int_t)number));
}

json_t *json_value_bool(bool value)
{
    return checked(json_boolean(value));
}

void json_value_put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) {
        abort();
    }
}

void json_value_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) {
        abort();
    }
}

struct indented {
    struct buf *out;
    unsigned indent;
};

/* In JSON text a line feed is layout only: inside strings it is escaped. */
static int add_indented(const char *bytes, size_t len, void *context)
{
    struct indented *to = context;
    struct str rest = {bytes, len};
    struct str line;
    while (str_cut(rest, '\n', &line, &rest)) {
        buf_add(to->out, line);
        buf_add_char(to->out, '\n');
        buf_add_repeat(to->out, ' ', to->indent);
    }
    buf_add(to->out, line);
    return 0;
}

void json_value_write(struct buf *out, json_t *value, unsigned indent)
{
    struct indented to = {out, indent};
    if (json_dump_callback(value, add_indented, &to, JSON_INDENT(2) | JSON_ENCODE_ANY) != 0) {
        abort();
    }
    json_decref(value);
}
