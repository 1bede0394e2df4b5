/* SPDX-License-Identifier: MIT */
/* Lines, blanks and comments around a place, as far as an edit must know them (YAML 1.2 §6). */
#include "tree/patch_work.h"

#include "tree/yaml_scalar.h"

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

uint32_t patch_skip_spaces(struct str bytes, uint32_t at, uint32_t end)
{
    while (at < end && yaml_is_blank(bytes.ptr[at])) {
        at++;
    }
    return at;
}

uint32_t patch_line_start(struct str bytes, uint32_t at)
{
    while (at > 0 && !is_break(bytes.ptr[at - 1])) {
        at--;
    }
    return at;
}

uint32_t patch_line_end(struct str bytes, uint32_t at)
{
    while (at < bytes.len && !is_break(bytes.ptr[at])) {
        at++;
    }
    return at;
}

uint32_t patch_break_before(struct str bytes, uint32_t line_start)
{
    bool crlf =
        line_start > 1 && bytes.ptr[line_start - 1] == '\n' && bytes.ptr[line_start - 2] == '\r';
    return line_start - (crlf ? 2 : line_start ? 1 : 0);
}

struct str patch_newline(struct str bytes, uint32_t at)
{
    uint32_t end = patch_line_end(bytes, at);
    if (end == bytes.len) {
        uint32_t start = patch_line_start(bytes, at);
        uint32_t before = patch_break_before(bytes, start);
        return start > before ? str_slice(bytes, before, start) : STR("\n");
    }
    bool crlf = bytes.ptr[end] == '\r' && end + 1 < bytes.len && bytes.ptr[end + 1] == '\n';
    return str_slice(bytes, end, end + (crlf ? 2 : 1));
}

uint32_t patch_skip_blank(struct str bytes, uint32_t at, uint32_t end)
{
    while (at < end) {
        char c = bytes.ptr[at];
        bool comment = c == '#' &&
                       (at == 0 || yaml_is_blank(bytes.ptr[at - 1]) || is_break(bytes.ptr[at - 1]));
        if (comment) {
            at = patch_line_end(bytes, at);
        } else if (yaml_is_blank(c) || is_break(c)) {
            at++;
        } else {
            break;
        }
    }
    return at < end ? at : end;
}

uint32_t patch_behind_comment(struct str bytes, uint32_t at, uint32_t end)
{
    uint32_t comment = patch_skip_spaces(bytes, at, end);
    bool found = comment < end && bytes.ptr[comment] == '#' && comment > at;
    return found ? patch_line_end(bytes, comment) : at;
}

bool patch_ends_line(struct str bytes, uint32_t at)
{
    uint32_t behind = patch_behind_comment(bytes, at, (uint32_t)bytes.len);
    behind = patch_skip_spaces(bytes, behind, (uint32_t)bytes.len);
    return behind == bytes.len || is_break(bytes.ptr[behind]);
}

bool patch_starts_line(struct str bytes, uint32_t at)
{
    while (at > 0 && yaml_is_blank(bytes.ptr[at - 1])) {
        at--;
    }
    return at == 0 || is_break(bytes.ptr[at - 1]);
}

uint32_t patch_lead(struct str bytes, uint32_t at, uint32_t floor)
{
    uint32_t lead = at;
    while (patch_starts_line(bytes, lead)) {
        uint32_t start = patch_line_start(bytes, lead);
        uint32_t before = patch_break_before(bytes, start);
        if (start == 0 || before <= floor) {
            break;
        }
        uint32_t line = patch_line_start(bytes, before);
        uint32_t content = patch_skip_spaces(bytes, line, before);
        if (line < floor || content == before || bytes.ptr[content] != '#') {
            break;
        }
        lead = content;
    }
    return lead;
}

bool patch_has_comment(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '#' &&
            (i == 0 || yaml_is_blank(text.ptr[i - 1]) || is_break(text.ptr[i - 1]))) {
            return true;
        }
    }
    return false;
}

/* The word before, whatever lines lie between: "&a" or "!Sub" of `key: &a` and the next line. */
bool patch_has_properties(struct str bytes, uint32_t lo)
{
    uint32_t end = lo;
    while (end > 0 && (yaml_is_blank(bytes.ptr[end - 1]) || is_break(bytes.ptr[end - 1]))) {
        end--;
    }
    uint32_t start = end;
    while (start > 0 && !yaml_is_blank(bytes.ptr[start - 1]) && !is_break(bytes.ptr[start - 1]) &&
           !strchr(",[]{}", bytes.ptr[start - 1])) {
        start--;
    }
    return end < lo && start < end && (bytes.ptr[start] == '&' || bytes.ptr[start] == '!');
}
