/* SPDX-License-Identifier: MIT */
/*
 * What is known by its shape, wherever it stands. Ids come before names, since an id is what it is in a
 * name's place, too.
 */
#include "text/redact.h"
#include "text/redact_view.h"

enum {
    ACCOUNT_DIGITS = 12,
    KEY_ID_MIN = 16,
    HEX_SHORT = 8,
    HEX_LONG = 17,
    UUID = 36,
    IPV6_MAX = 40
};

static bool is_hex_run(struct str run)
{
    for (size_t i = 0; i < run.len; i++) {
        char lower = char_lower(run.ptr[i]);
        if (!char_is_digit(lower) && !(lower >= 'a' && lower <= 'f')) {
            return false;
        }
    }
    return run.len > 0;
}

static bool has_digit(struct str run)
{
    for (size_t i = 0; i < run.len; i++) {
        if (char_is_digit(run.ptr[i])) {
            return true;
        }
    }
    return false;
}

bool redact_is_region(struct str text)
{
    size_t parts = 0, at = 0;
    while (at < text.len && char_lower(text.ptr[at]) == text.ptr[at] &&
           char_is_alpha(text.ptr[at])) {
        while (at < text.len && char_is_alpha(text.ptr[at])) {
            at++;
        }
        if (at >= text.len || text.ptr[at] != '-') {
            return false;
        }
        parts++;
        at++;
    }
    bool numbered = parts >= 2 && at < text.len && char_is_digit(text.ptr[at]);
    size_t left = text.len - at;
    return numbered && (left == 1 || (left == 2 && char_is_alpha(text.ptr[at + 1])));
}

/* ---- ids ---- */

static bool is_short_id(struct str run)
{
    return (run.len == HEX_SHORT || run.len == HEX_LONG) && is_hex_run(run) && has_digit(run);
}

/* What EC2 writes before an id. */
static bool is_id_prefix(struct str prefix)
{
    static const struct str known[] = {
        STR_INIT("vpc"),      STR_INIT("subnet"),   STR_INIT("sg"),     STR_INIT("sgr"),
        STR_INIT("rtb"),      STR_INIT("rtbassoc"), STR_INIT("igw"),    STR_INIT("eigw"),
        STR_INIT("nat"),      STR_INIT("eni"),      STR_INIT("attach"), STR_INIT("eipalloc"),
        STR_INIT("assoc"),    STR_INIT("eipassoc"), STR_INIT("vpce"),   STR_INIT("svc"),
        STR_INIT("pcx"),      STR_INIT("tgw"),      STR_INIT("acl"),    STR_INIT("aclassoc"),
        STR_INIT("dopt"),     STR_INIT("i"),        STR_INIT("r"),      STR_INIT("vol"),
        STR_INIT("snap"),     STR_INIT("ami"),      STR_INIT("lt"),     STR_INIT("cgw"),
        STR_INIT("vgw"),      STR_INIT("vpn"),      STR_INIT("pl"),     STR_INIT("fs"),
        STR_INIT("fsap"),     STR_INIT("fsmt"),     STR_INIT("a"),      STR_INIT("lgw"),
        STR_INIT("endpoint"), STR_INIT("vpcassoc"),
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (str_eq(prefix, known[i])) {
            return true;
        }
    }
    return false;
}

/* "subnet-0a1b…": the hexadecimal digits, and what stands before them where it is EC2's. */
static void mark_resource_id(struct redact_view *view, size_t from, size_t end)
{
    size_t start = from - 1;
    while (start > 0 && redact_is_word(view->text[start - 1])) {
        start--;
    }
    if (is_id_prefix(redact_view_str(view, start, from - 1))) {
        redact_view_mark(view, start, from, REDACT_KEEP);
    }
    redact_view_mark(view, from, end, REDACT_HEX);
}

static size_t uuid_end(const struct redact_view *view, size_t from)
{
    static const unsigned char hyphens[] = {8, 13, 18, 23};
    struct str text = redact_view_str(view, from, from + UUID);
    if (text.len < UUID || (from + UUID < view->len && redact_is_word(view->text[from + UUID]))) {
        return from;
    }
    size_t next = 0;
    for (size_t i = 0; i < UUID; i++) {
        bool hyphen = next < COUNT_OF(hyphens) && i == hyphens[next];
        if (hyphen ? text.ptr[i] != '-' : !is_hex_run(str_slice(text, i, i + 1))) {
            return from;
        }
        next += hyphen;
    }
    return from + UUID;
}

/* IAM User Guide, "IAM identifiers": the prefixes of unique ids. */
static bool is_key_id(struct str run)
{
    static const char prefixes[] = "AKIAASIAAIDAAROAAGPAAIPAANPAANVAASCAAPKAABIAACCA";
    bool known = false;
    for (size_t i = 0; i + 4 < sizeof prefixes; i += 4) {
        known = known || str_starts(run, (struct str){prefixes + i, 4});
    }
    for (size_t i = 0; i < run.len; i++) {
        known = known && (char_is_digit(run.ptr[i]) || (run.ptr[i] >= 'A' && run.ptr[i] <= 'Z'));
    }
    return known && run.len >= KEY_ID_MIN;
}

static void mark_run(struct redact_view *view, size_t from, size_t end)
{
    struct str run = redact_view_str(view, from, end);
    size_t uuid = uuid_end(view, from);
    bool hex = is_hex_run(run);
    if (uuid > from) {
        redact_view_mark(view, from, uuid, REDACT_HEX);
    } else if (is_key_id(run)) {
        redact_view_mark(view, from, from + 4, REDACT_KEEP);
        redact_view_mark(view, from + 4, end, REDACT_KEY_ID);
    } else if (hex && (run.len == 32 || run.len == 40 || run.len == 64)) {
        redact_view_mark(view, from, end, REDACT_HEX);
    } else if (is_short_id(run) && from > 1 && view->text[from - 1] == '-') {
        mark_resource_id(view, from, end);
    }
}

/* ---- accounts ---- */

/* Accounts of AWS's own that files name, and the one that is nobody's. "Amazon EKS User Guide", images. */
static bool is_public_account(struct str digits)
{
    static const char known[] =
        "000000000000"
        "602401143452877085696533800184023465533267051163900889452093296578399912491585149902"
        "151610086707333609536671121268973566761377655185918309763551961992271922900612956339"
        "590381155156455263428931066635153087759879836304558608220178730335286997151742754352"
        "013241004608725322719131608367168043187977181151321162350305676585237158171035529773"
        "249663109785";
    for (size_t i = 0; i + ACCOUNT_DIGITS < sizeof known; i += ACCOUNT_DIGITS) {
        if (str_eq(digits, (struct str){known + i, ACCOUNT_DIGITS})) {
            return true;
        }
    }
    return false;
}

static size_t digits_end(const struct redact_view *view, size_t from)
{
    while (from < view->len && char_is_digit(view->text[from])) {
        from++;
    }
    return from;
}

/* "1111-2222-3333", as the console shows it. */
static bool is_hyphenated(const struct redact_view *view, size_t from)
{
    size_t at = from;
    for (int group = 0; group < 3; group++) {
        size_t end = digits_end(view, at);
        bool behind = end < view->len && view->text[end] == '-';
        if (end - at != 4 || (group < 2 && !behind)) {
            return false;
        }
        at = end + (group < 2);
    }
    return !(at < view->len && (redact_is_word(view->text[at]) || view->text[at] == '-'));
}

static void mark_account(struct redact_view *view, size_t from, size_t end)
{
    bool open = from == 0 || (view->text[from - 1] != '-' && !redact_is_word(view->text[from - 1]));
    if (end - from == ACCOUNT_DIGITS) {
        bool known = is_public_account(redact_view_str(view, from, end));
        redact_view_mark(view, from, end, known ? REDACT_KEEP : REDACT_ACCOUNT);
    } else if (open && is_hyphenated(view, from)) {
        redact_view_mark(view, from, from + ACCOUNT_DIGITS + 2, REDACT_ACCOUNT);
    }
}

/* ---- addresses ---- */

static size_t ipv4_end(const struct redact_view *view, size_t from, unsigned octets[4])
{
    size_t at = from;
    for (int i = 0; i < 4; i++) {
        size_t end = digits_end(view, at);
        unsigned value = 0;
        for (size_t k = at; k < end && k < at + 4; k++) {
            value = value * 10 + (unsigned)(view->text[k] - '0');
        }
        if (end == at || end - at > 3 || value > 255) {
            return from;
        }
        octets[i] = value;
        if (i < 3 && (end >= view->len || view->text[end] != '.')) {
            return from;
        }
        at = end + (i < 3);
    }
    bool more = at < view->len &&
                (redact_is_word(view->text[at]) || (view->text[at] == '.' && at + 1 < view->len &&
                                                    char_is_digit(view->text[at + 1])));
    return more ? from : at;
}

/* Nobody's: private, of a link, this host, documentation (RFC 6890). */
static bool is_nobodys(const unsigned octets[4])
{
    unsigned a = octets[0], b = octets[1];
    return a == 0 || a == 10 || a == 127 || a >= 224 || (a == 100 && b >= 64 && b < 128) ||
           (a == 169 && b == 254) || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) ||
           (a == 192 && b == 0) || (a == 198 && (b == 18 || b == 19 || b == 51)) ||
           (a == 203 && b == 0 && octets[2] == 113);
}

static void mark_ipv4(struct redact_view *view, size_t from)
{
    unsigned octets[4];
    bool open = from == 0 || (view->text[from - 1] != '.' && !redact_is_word(view->text[from - 1]));
    size_t end = open ? ipv4_end(view, from, octets) : from;
    if (end > from) {
        redact_view_mark(view, from, end, is_nobodys(octets) ? REDACT_KEEP : REDACT_IPV4);
    }
}

static bool is_ipv6_char(char c)
{
    return c == ':' || is_hex_run((struct str){&c, 1});
}

/* A global address: 2000::/3 but for what is for documentation (RFC 3849). */
static void mark_ipv6(struct redact_view *view, size_t from)
{
    size_t end = from, colons = 0;
    bool doubled = false;
    while (end < view->len && end - from < IPV6_MAX && is_ipv6_char(view->text[end])) {
        doubled = doubled || (view->text[end] == ':' && end > from && view->text[end - 1] == ':');
        colons += view->text[end++] == ':';
    }
    struct str text = redact_view_str(view, from, end);
    bool open = from == 0 || (view->text[from - 1] != ':' && !redact_is_word(view->text[from - 1]));
    bool global = text.len > 4 && (text.ptr[0] == '2' || text.ptr[0] == '3') && text.ptr[4] == ':';
    bool closed = end >= view->len || !redact_is_word(view->text[end]);
    if (open && closed && global && (doubled ? colons >= 2 : colons == 7) &&
        !str_starts(text, STR("2001:db8:"))) {
        redact_view_mark(view, from, end, REDACT_IPV6);
    }
}

void redact_mark_ids(struct redact_view *view)
{
    for (size_t at = 0; at < view->len; at++) {
        bool start = at == 0 || !redact_is_word(view->text[at - 1]);
        if (view->marks[at] != REDACT_PLAIN || !redact_is_word(view->text[at])) {
            continue;
        }
        if (start) {
            mark_ipv6(view, at);
            mark_ipv4(view, at);
            mark_run(view, at, redact_word_end(view, at));
        }
        if (char_is_digit(view->text[at]) && (at == 0 || !char_is_digit(view->text[at - 1]))) {
            mark_account(view, at, digits_end(view, at));
        }
    }
}
