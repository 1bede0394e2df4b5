/* SPDX-License-Identifier: MIT */
/* References of a gitlab-eks document: to files, or to documents written in place. */
#include "case_rows.h"

static const struct case_row references[] = {
    {"a file beside",
     {{"c/eks.yaml", PROVISION "  policies: [p.json]\n"}, {"c/p.json", POLICY}},
     "$.roles[0].policies[*].Statement[*].Action[*]",
     "\"a:B\"",
     ""},
    {"blanks around the name",
     {{"eks.yaml", PROVISION "  policies: ' ./p.json '\n"}, {"p.json", POLICY}},
     "$.roles[0].policies[*].Statement[*].Action[*]",
     "\"a:B\"",
     ""},
    {"a folder up",
     {{"a/c/eks.yaml", PROVISION "  policies: [../p/./p.json]\n"}, {"a/p/p.json", POLICY}},
     "$.roles[0].policies[*].Statement[*].Action[*]",
     "\"a:B\"",
     ""},
    {"a missing file",
     {{"c/eks.yaml", PROVISION "  policies: [p.json]\n"}},
     "$.roles[0].policies[*]",
     "?",
     "c/eks.yaml:5:14 case/missing-file: there is no readable document 'p.json' (looked for "
     "'c/p.json')"},
    {"a URL",
     {{"c/eks.yaml", PROVISION "  policies: ['https://x/p.json']\n"}},
     "$.roles[0].policies[*]",
     "?",
     "c/eks.yaml:5:14 case/missing-file: there is no readable document 'https://x/p.json' (looked "
     "for "
     "'c/https:/x/p.json')"},
    {"above the first folder",
     {{"c/eks.yaml", PROVISION "  trust_policy: ../../p.json\n"}, {"p.json", POLICY}},
     "$.roles[0].trust_policy",
     "?",
     "c/eks.yaml:5:17 case/missing-file: '../../p.json' is outside this folder and is not read; "
     "copy it beside "
     "gitlab-eks.yaml"},
    {"absolute",
     {{"eks.yaml", PROVISION "  permissions_boundary: /p.json\n"}, {"p.json", POLICY}},
     "$.roles[0].permissions_boundary",
     "?",
     "eks.yaml:5:25 case/missing-file: '/p.json' is outside this folder and is not read; copy it "
     "beside "
     "gitlab-eks.yaml"},
    {"an empty name",
     {{"c/eks.yaml", PROVISION "  trust_policy: ''\n"}, {"c", POLICY}},
     "$.roles[0].trust_policy",
     "?",
     "c/eks.yaml:5:17 case/missing-file: the name of a file is empty here"},
    {"no policy",
     {{"eks.yaml", PROVISION "  policies: [p.json]\n"}, {"p.json", "{\"KeyPairs\": []}"}},
     "$.roles[0].policies[*]",
     "?",
     "eks.yaml:5:14 case/not-a-policy: this is no IAM policy document: an object with 'Statement' "
     "was expected\n"
     "p.json:1:2 case/region-unknown: nothing here says which region this list is of; name the "
     "file under "
     "'inventory' in gitlab-eks.yaml, or put it in a folder with the region's name"},
    {"an ARN among the policies",
     {{"eks.yaml", PROVISION "  policies: [' arn:aws:iam::aws:policy/X']\n"}},
     "$.roles[0]['policies','managed_policies'][*]",
     "\" arn:aws:iam::aws:policy/X\"",
     ""},
    {"written in place",
     {{"eks.yaml", PROVISION "  policies:\n  - Statement: {Action: x}\n"}},
     "$['gitlab']['provision_role'].policies[*].Statement[*].Action[*]",
     "\"x\"",
     ""},
    {"JSON in a string",
     {{"eks.yaml", PROVISION "  policies:\n  - |\n    " POLICY "\n"}},
     "$.roles[0].policies[*].Statement[*].Action[*]",
     "\"a:B\"",
     ""},
    {"JSON of saved output in a string",
     {{"eks.yaml", PROVISION "  trust_policy: '" GET_ROLE("x") "'\n"}},
     "$.roles[0].trust_policy.Statement[*].Sid",
     "\"x\"",
     ""},
    {"null and empty lists",
     {{"eks.yaml", PROVISION "  policies: null\n  permissions_boundary: null\n"}},
     "$.roles[0]['policies','managed_policies','trust_policy','permissions_boundary']",
     "? ? ?",
     ""},
    {"policies given, managed ones not",
     {{"eks.yaml", PROVISION "  policies: []\n"}},
     "$.roles[0]['policies','managed_policies']",
     "[] []",
     ""},
    {"managed policies given alone",
     {{"eks.yaml", PROVISION "  managed_policies: []\n"}},
     "$.roles[0]['policies','managed_policies']",
     "[] []",
     ""},
    {"a saved list of managed policies",
     {{"c/eks.yaml", PROVISION "  managed_policies: ' m.json'\n"}, {"c/m.json", ATTACHED("X")}},
     "$.roles[0].managed_policies[*]",
     "\"X\"",
     ""},
    {"a boundary that is an ARN",
     {{"eks.yaml", PROVISION "  permissions_boundary: arn:aws:iam::aws:policy/B\n"}},
     "$.roles[0].permissions_boundary",
     "\"arn:aws:iam::aws:policy/B\"",
     ""},
};

static void references_lead_to_documents_of_the_run(void **state)
{
    (void)state;
    case_rows_run(references, COUNT_OF(references));
}

static void names_are_joined_as_text(void **state)
{
    static const struct {
        const char *base, *reference, *joined;
    } rows[] = {
        {"eks.yaml", "p.json", "p.json"},
        {"a/eks.yaml", "p.json", "a/p.json"},
        {"a/b/eks.yaml", "../p.json", "a/p.json"},
        {"./eks.yaml", "p.json", "./p.json"},
        {"./a/eks.yaml", "../p.json", "./p.json"},
        {"../eks.yaml", "../p.json", ""},
        {"../a/eks.yaml", "../p.json", "../p.json"},
        {"./eks.yaml", "../p.json", ""},
        {"eks.yaml", "../p.json", ""},
        {"a/eks.yaml", "b/../../../p", ""},
        {"/a/eks.yaml", "../p.json", "/p.json"},
        {"/a/eks.yaml", "../../p.json", ""},
        {"/a/eks.yaml", "../../../etc/p", ""},
        {"a/eks.yaml", "/p.json", ""},
        {"a/eks.yaml", "b//c/./p", "a/b/c/p"},
        {"a/eks.yaml", "", ""},
        {"a/eks.yaml", ".", ""},
        {"a/eks.yaml", "b/..", ""},
        {"-", "p.json", "p.json"},
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str joined =
            case_join_path(&arena, str_from_c(rows[i].base), str_from_c(rows[i].reference));
        assert_row(rows[i].reference, joined, rows[i].joined);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_lead_to_documents_of_the_run),
        cmocka_unit_test(names_are_joined_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
