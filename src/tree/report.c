/* SPDX-License-Identifier: MIT */
/* What the JSON and the YAML reader report alike. */
#include "tree/report.h"

enum { NAME_MAX_BYTES = 200 };

struct finding *report_unreadable(struct findings *findings, struct str rule, struct location at,
                                  struct str problem)
{
    struct finding *finding = findings_error(findings, rule, at, "%.*s", STR_ARG(problem));
    if (finding) {
        finding->unreadable = true;
    }
    return finding;
}

bool report_utf16(struct findings *findings, struct str rule, const struct source *source)
{
    struct str start = str_slice(source->bytes, 0, 4);
    size_t nuls = 0;
    for (size_t i = 0; i < start.len; i++) {
        nuls += start.ptr[i] == '\0';
    }
    bool marked = str_starts(start, STR("\xFE\xFF")) || str_starts(start, STR("\xFF\xFE"));
    if (!marked && (nuls < 2 || str_find_char(start, '\0') > 1)) {
        return false;
    }
    report_unreadable(findings, rule, (struct location){source->id, {0, 0}},
                      STR("this text is UTF-16 or UTF-32; save the file as UTF-8"));
    return true;
}

/* The name, cut between two characters where it is long. */
static struct str shorten(struct str name)
{
    size_t len = name.len < NAME_MAX_BYTES ? name.len : NAME_MAX_BYTES;
    while (len < name.len && len > 0 && ((unsigned char)name.ptr[len] & 0xC0u) == 0x80u) {
        len--;
    }
    return str_slice(name, 0, len);
}

void report_duplicate_key(struct findings *findings, const struct tree *tree,
                          const struct node *first, const struct node *again)
{
    struct str name = shorten(atoms_text(tree->atoms, again->atom));
    struct finding *finding = findings_error(
        findings, STR("syntax/duplicate-key"), node_location(again),
        "the name '%.*s' stands twice in this object; the last one counts, remove the other",
        STR_ARG(name));
    if (finding) {
        finding->severity = SEVERITY_WARNING;
        finding_relate(findings, finding, node_location(first), STR("first here"));
    }
}
