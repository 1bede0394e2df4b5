/* SPDX-License-Identifier: MIT */
/* Percent-encoding. */
#include "report/uri.h"

#include "base/buf.h"

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_unreserved(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || is_one_of(c, "-._~");
}

struct str uri_of_path(struct arena *arena, struct str path, bool *is_relative)
{
    struct buf uri = buf_with_max(SIZE_MAX / 2);
    *is_relative = !str_starts(path, STR("/"));
    while (str_starts(path, STR("./"))) {
        path = str_from(path, 2);
    }
    buf_add_c(&uri, *is_relative ? "" : "file://");
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        if (is_unreserved(c) || c == '/') {
            buf_add_char(&uri, c);
        } else {
            buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)c);
        }
    }
    struct str kept = arena_str(arena, buf_str(&uri));
    buf_release(&uri);
    return kept;
}

bool uri_is_web(struct str text)
{
    bool web = str_starts(text, STR("https://")) || str_starts(text, STR("http://"));
    for (size_t i = 0; i < text.len && web; i++) {
        web = is_unreserved(text.ptr[i]) || is_one_of(text.ptr[i], ":/?#[]@!$&'()*+,;=%");
    }
    return web && str_find(text, STR("://")) + 3 < text.len;
}
