/* SPDX-License-Identifier: MIT */
/* The INI reader: what it takes, where it says that it stands, and what it refuses. */
#include "base/buf.h"
#include "reading.h"

#include "tree/read_ini.h"
#include "tree/write_json.h"

static const struct {
    struct str text;
    bool good;
    const char *json;     /* "" for no tree */
    const char *findings; /* "line:column-line:column message" of each, one a line */
} rows[] = {
    {STR_INIT(""), true, "{}", ""},
    {STR_INIT("# only\n ; comments\n\n"), true, "{}", ""},
    {STR_INIT("[default]\nregion = us-east-1\n"), true, "{\"default\":{\"region\":\"us-east-1\"}}",
     ""},
    {STR_INIT("\xEF\xBB\xBF[ profile ci ]\r\nROLE_arn=a=b\rx =\r\n"), true,
     "{\"profile ci\":{\"role_arn\":\"a=b\",\"x\":\"\"}}", ""},
    {STR_INIT("[a]\ns3 =\n  x = 1\n\n  # c\n\ty=2\nregion = r\n[b]\n"), true,
     "{\"a\":{\"s3\":{\"x\":\"1\",\"y\":\"2\"},\"region\":\"r\"},\"b\":{}}", ""},
    {STR_INIT("[a]\n  k = v # kept\n[b] ; c\n"), true, "{\"a\":{\"k\":\"v # kept\"},\"b\":{}}", ""},
    {STR_INIT("[a]\ns3 =\n[b]\nk = 012\n"), true, "{\"a\":{\"s3\":\"\"},\"b\":{\"k\":\"012\"}}",
     ""},
    {STR_INIT("[a]\nk = 1\nK = 2\n[a]\nl = 3"), true, "{\"a\":{\"l\":\"3\"}}",
     "3:1-3:2 the name 'k' stands twice in this object; the last one counts, remove the other\n"
     "4:2-4:3 the name 'a' stands twice in this object; the last one counts, remove the other"},
    {STR_INIT("k = v\nl = w\n[a]\n"), false, "{\"a\":{}}",
     "1:1-1:6 this line stands before the first section; write [default] or [profile name] above "
     "it"},
    {STR_INIT("[a]\nrole_arn arn\n= v\nk = v\n"), false, "{\"a\":{\"k\":\"v\"}}",
     "2:1-2:13 expected 'key = value', a '[section]' or a comment\n"
     "3:1-3:4 expected 'key = value', a '[section]' or a comment"},
    {STR_INIT("[a]\nk = v\n  l = w\nm = x\n"), false, "{\"a\":{\"k\":\"v\",\"m\":\"x\"}}",
     "3:3-3:8 the AWS CLI reads an indented line as the rest of the value above it; remove the "
     "blanks in front"},
    {STR_INIT("[a\nk = v\n[]\nl = w\n[b] c\nm = x\n"), false, "{\"b\":{\"m\":\"x\"}}",
     "1:1-1:3 this section's name has no closing ']'\n"
     "3:1-3:3 the section's name is empty; write [default] or [profile name]\n"
     "5:5-5:6 nothing may follow the section's name on its line"},
    {STR_INIT("[a]\nk = \xFF\n"), false, "",
     "2:5-2:6 this byte is not valid UTF-8; save the file as UTF-8"},
    {STR_INIT("\xFF\xFE[\0a\0]\0"), false, "",
     "1:1-1:1 this text is UTF-16 or UTF-32; save the file as UTF-8"},
};

static struct str findings_of(struct reading *reading)
{
    struct buf out = buf_with_max(10000);
    for (size_t i = 0; i < reading->findings.count; i++) {
        const struct finding *finding = &reading->findings.items[i];
        struct str span = reading_span(reading, finding->at.span);
        buf_printf(&out, "%s%.*s %.*s", i ? "\n" : "", STR_ARG(span), STR_ARG(finding->message));
    }
    struct str text = arena_str(&reading->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static void assert_text(struct str text, struct str is, const char *wanted)
{
    if (!str_eq(is, str_from_c(wanted))) {
        fail_msg("%.*s\n  is  '%.*s'\n  not '%s'", STR_ARG(text), STR_ARG(is), wanted);
    }
}

static void lines_become_sections_of_strings(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct reading reading;
        reading_open(&reading, rows[i].text);
        bool good = ini_read(&reading.builder, &reading.tree, reading.source, &reading.findings);
        struct buf json = buf_with_max(10000);
        if (reading.tree.root) {
            json_write(&json, &reading.tree, reading.tree.root, 0);
        }
        assert_text(rows[i].text, buf_str(&json), rows[i].json);
        assert_text(rows[i].text, findings_of(&reading), rows[i].findings);
        assert_int_equal(good, rows[i].good);
        buf_release(&json);
        reading_close(&reading);
    }
}

static void each_node_has_its_place(void **state)
{
    (void)state;
    struct reading reading;
    reading_open(&reading, STR("[profile x]\nregion =  eu-west-1 \ns3 =\n  a = 1\n"));
    assert_true(ini_read(&reading.builder, &reading.tree, reading.source, &reading.findings));
    const struct tree *tree = &reading.tree;
    const struct node *section = tree_member(tree, tree->root, STR("profile x"));
    const struct node *region = tree_member(tree, section, STR("region"));
    const struct node *block = tree_member(tree, section, STR("s3"));
    const struct {
        const struct node *node;
        const char *span;
    } places[] = {
        {node_key_of(section), "1:2-1:11"}, {section, "1:1-4:8"},
        {node_key_of(region), "2:1-2:7"},   {region, "2:11-2:20"},
        {node_key_of(block), "3:1-3:3"},    {tree_member(tree, block, STR("a")), "4:7-4:8"},
    };
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct span span = {places[i].node->lo, places[i].node->hi};
        assert_text(STR("place"), reading_span(&reading, span), places[i].span);
    }
    reading_close(&reading);
}

static void a_hundred_mistakes_are_reported(void **state)
{
    (void)state;
    struct buf text = buf_with_max(10000);
    struct reading reading;
    buf_add_c(&text, "[a]\n");
    for (int i = 0; i < 101; i++) {
        buf_add_c(&text, "x\n");
    }
    reading_open(&reading, buf_str(&text));
    assert_false(ini_read(&reading.builder, &reading.tree, reading.source, &reading.findings));
    assert_int_equal(reading.findings.count, 100);
    reading_close(&reading);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_sections_of_strings),
        cmocka_unit_test(each_node_has_its_place),
        cmocka_unit_test(a_hundred_mistakes_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
