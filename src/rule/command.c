/* SPDX-License-Identifier: MIT */
/* Reading a command as a shell does, as far as words and single quotes; all else is refused. */
#include "rule/command.h"

enum { COMMAND_MAX_BYTES = 16384 };

/* POSIX.1-2017, Shell Command Language §2.2: what must be quoted to stand for itself. */
static bool is_plain(char c)
{
    static const char special[] = "|&;<>()$`\\\"*?[]#~!{}^";
    unsigned char byte = (unsigned char)c;
    return byte >= ' ' && byte != 0x7F && !strchr(special, c);
}

/* False where a character outside of quotes means something, or a quote stays open. */
static bool is_simple(struct str text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte < ' ' || byte == 0x7F) {
            return false;
        }
        bool escaped = !quoted && str_starts(str_from(text, i), STR("\\''"));
        if (escaped) { /* '\'' : how a quote is written inside of quotes */
            i++;
        } else if (byte == '\'') {
            quoted = !quoted;
        } else if (!quoted && !is_plain(text.ptr[i])) {
            return false;
        }
    }
    return !quoted;
}

static struct str next_word(struct str *rest)
{
    struct str word = {0};
    *rest = str_trim(*rest);
    str_cut(*rest, ' ', &word, rest);
    return word;
}

static bool is_name(struct str word)
{
    bool good = word.len > 0 && word.ptr[0] != '-';
    for (size_t i = 0; i < word.len && good; i++) {
        good = char_is_alpha(word.ptr[i]) || char_is_digit(word.ptr[i]) || word.ptr[i] == '-';
    }
    return good;
}

bool command_only_reads(struct str text)
{
    static const struct str reading[] = {STR_INIT("describe-"), STR_INIT("get-"),
                                         STR_INIT("list-")};
    if (!is_simple(text)) {
        return false;
    }
    struct str program = next_word(&text);
    struct str first = next_word(&text);
    struct str second = next_word(&text);
    if (str_eq(program, STR("kubectl"))) {
        return str_eq(first, STR("get"));
    }
    bool reads = false;
    for (size_t i = 0; i < COUNT_OF(reading); i++) {
        reads = reads || str_starts(second, reading[i]);
    }
    return str_eq(program, STR("aws")) && is_name(first) && is_name(second) && reads;
}

bool command_file_is_below(struct str file)
{
    static const char safe[] = "_+=,.@-";
    struct str part;
    bool more = true;
    bool good = true;
    while (more && good) {
        more = str_cut(file, '/', &part, &file);
        good = part.len > 0 && part.ptr[0] != '.' && part.ptr[0] != '-';
        for (size_t i = 0; i < part.len && good; i++) {
            char c = part.ptr[i];
            good = char_is_alpha(c) || char_is_digit(c) || (c != '\0' && strchr(safe, c));
        }
    }
    return good;
}

static bool is_wordy(struct str text, size_t at)
{
    return at < text.len &&
           (char_is_alpha(text.ptr[at]) || char_is_digit(text.ptr[at]) || text.ptr[at] == '_');
}

/* The last one: values that a placeholder put in stand before it. */
size_t command_find_name(struct str text)
{
    static const struct str name = STR_INIT(COMMAND_NAME);
    for (size_t at = text.len; at-- > 0;) {
        bool starts = str_starts(str_from(text, at), name) && (at == 0 || !is_wordy(text, at - 1));
        if (starts && !is_wordy(text, at + name.len)) {
            return at;
        }
    }
    return text.len;
}

static bool check_wording(const struct wording *wording, bool (*check)(struct str text))
{
    struct buf text = buf_with_max(COMMAND_MAX_BYTES);
    for (size_t i = 0; i < wording->count; i++) {
        buf_add(&text, wording->parts[i].program ? STR("x") : wording->parts[i].literal);
    }
    bool good = !text.truncated && check(buf_str(&text));
    buf_release(&text);
    return good;
}

bool command_wording_only_reads(const struct wording *wording)
{
    return check_wording(wording, command_only_reads);
}

bool command_wording_is_file(const struct wording *wording)
{
    return check_wording(wording, command_file_is_below);
}
