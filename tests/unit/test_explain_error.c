/* SPDX-License-Identifier: MIT */
/* Error texts as people paste them, and the rule that documents each. */
#include "engine_world.h"

#define ASSUME "gitlab/assume-role-not-allowed"
#define REGION "gitlab/region-malformed"
#define INVALID "gitlab/role-arn-invalid"
#define FORM "gitlab/form-action-missing"
#define KEY_PAIR "gitlab/key-pair-not-in-region"
#define SERVICE "gitlab/service-role-lacks-cluster-policy"
#define CLUSTER_SESSION "gitlab/session-name-cluster-refused"
#define SUBNETS "gitlab/too-few-subnets"
#define EXTERNAL "gitlab/external-id-mismatch"
#define SECRET "gitlab/secret-access-key-missing"
#define KEY_ID "gitlab/access-key-id-length"
#define EARLY "gitlab/instance-profile-too-early"
#define NAME "gitlab/cluster-name-length"
#define NODES "gitlab/node-count-invalid"
#define PASS_ROLE "gitlab/pass-service-role-not-allowed"
#define SESSION                                                                                    \
    "arn:aws:sts::123456789012:assumed-role/gitlab-eks-provision/gitlab-eks-cluster-7-user-3"
#define USER "arn:aws:iam::111122223333:user/gitlab"
#define ROLE "arn:aws:iam::123456789012:role/gitlab-eks-provision"
#define DENIED                                                                                     \
    "Access denied: User: " USER " is not authorized to perform: sts:AssumeRole on "               \
    "resource: " ROLE

static const struct {
    const char *text;
    const char *rule;  /* the first, or NULL: none documents the text */
    const char *match; /* how it fits */
} rows[] = {
    /* The headings of GitLab's troubleshooting, and its own spellings. */
    {"Validation failed: Role ARN must be a valid Amazon Resource Name", INVALID, "whole"},
    {"Validation failed: Role arn must be a valid Amazon Resource Name", INVALID, "whole"},
    {DENIED, ASSUME, "whole"},
    {"Could not load Security Groups for this VPC", FORM, "whole"},
    {"Could not load security groups for the selected VPC", FORM, "whole"},
    {"Could not load IAM roles", FORM, "whole"},
    {"Could not load Key Pairs", FORM, "whole"},
    {"Key Pairs are not loaded", KEY_PAIR, "whole"},
    {"ROLLBACK_FAILED during cluster creation", SERVICE, "whole"},
    {"Unexpected status; ROLLBACK_FAILED", SERVICE, "whole"},
    {"The provided role doesn't have the Amazon EKS Managed Policies associated with it.", SERVICE,
     "whole"},
    {"You should select at least two subnets", SUBNETS, "whole"},
    {"Error: Request failed with status code 422", EXTERNAL, "contains"},
    {"Request failed with status code 422", EXTERNAL, "whole"},
    {"Request failed with status code 500", REGION, "whole"},
    /* The same in Japanese. */
    {"バリデーションに失敗しました:ロールARNは有効なAmazonリソース名でなければなりません。",
     INVALID, "whole"},
    {"アクセスが拒否されました:Access denied: ユーザー" USER
     " はリソースに対してsts:AssumeRole を実行する権限がありません:" ROLE,
     ASSUME, "whole"},
    {"この VPC のセキュリティグループをロードできませんでした。", FORM, "whole"},
    {"キーペアが読み込まれません", KEY_PAIR, "whole"},
    {"ROLLBACK_FAILED クラスター作成中", SERVICE, "whole"},
    {"選択したリージョンのVPCをロードできませんでした。", FORM, "whole"},
    {"少なくとも2つのサブネットを選択してください。", SUBNETS, "whole"},
    /* Case, blanks, line ends. */
    {"validation failed: role arn must be a VALID amazon resource name", INVALID, "whole"},
    {"  Validation   failed:\tRole ARN must\nbe a valid\r\nAmazon Resource Name \n", INVALID,
     "whole"},
    {"Validation failed: Role ARN must be a valid Ama\nzon Resource Name", INVALID, "whole"},
    {"Access denied: User: arn:aws:iam::1111\n22223333:user/gitlab is not autho\nrized to perform: "
     "sts:Assume\nRole on resource: " ROLE,
     ASSUME, "whole"},
    {"この VPC のセキュリ\nティグループをロード\n  できませんでした", FORM, "whole"},
    {"キー ペア が 読み込 まれ ません", KEY_PAIR, "whole"},
    {"Key\xC2\xA0Pairs\xE3\x80\x80"
     "are not loaded",
     KEY_PAIR, "whole"},
    /* Widths and marks that stand apart. */
    {"Ｖａｌｉｄａｔｉｏｎ ｆａｉｌｅｄ：Ｒｏｌｅ ＡＲＮ must be a valid Amazon Resource Name",
     INVALID, "whole"},
    {"バリデーションに失敗しました：ロールＡＲＮは有効なＡｍａｚｏｎリソース名でなければなりません",
     INVALID, "whole"},
    {"ｷｰﾍﾟｱが読み込まれません", KEY_PAIR, "whole"},
    {"キーヘ\xE3\x82\x9Aアが読み込まれません", KEY_PAIR, "whole"},
    {"Key\xE2\x80\x8B Pairs are\xEF\xBB\xBF not loaded", KEY_PAIR, "whole"},
    /* Quotes. */
    {"“Key Pairs are not loaded”", KEY_PAIR, "whole"},
    {"「キーペアが読み込まれません」", KEY_PAIR, "whole"},
    {"The provided role doesn’t have the Amazon EKS Managed Policies associated with it", SERVICE,
     "whole"},
    {"The provided role doesn&#39;t have the Amazon EKS Managed Policies associated with it.",
     SERVICE, "whole"},
    {"The provided role doesn\\'t have the Amazon EKS Managed Policies associated with it.",
     SERVICE, "whole"},
    {"The provided role doesn&amp;#x27;t have the Amazon EKS Managed Policies associated with it.",
     SERVICE, "whole"},
    {"&quot;Could not load Security Groups for this VPC&quot;", FORM, "whole"},
    /* JSON, twice too. */
    {"{\"message\": \"Access denied\\u003a User: " USER
     " is not authorized to perform: sts:AssumeRole\\non resource: " ROLE "\"}",
     ASSUME, "contains"},
    {"{\\\"message\\\": \\\"Validation failed: Role ARN must be\\\\na valid Amazon Resource "
     "Name\\\"}",
     INVALID, "contains"},
    {"{\"message\":\"\\u30ad\\u30fc\\u30da\\u30a2\\u304c\\u8aad\\u307f\\u8fbc\\u307e\\u308c\\u307e"
     "\\u305b\\u3093\"}",
     KEY_PAIR, "contains"},
    /* Quoted lines, lists, tables, Markdown. */
    {"> Validation failed: Role ARN must be\n> a valid Amazon Resource Name", INVALID, "whole"},
    {"> > | Could not load Security\n> > | Groups for this VPC", FORM, "whole"},
    {"  12 | Could not load Security\n  13 | Groups for this VPC", FORM, "whole"},
    {"- **Key Pairs** are `not loaded`", KEY_PAIR, "whole"},
    {"### `ROLLBACK\\_FAILED` during cluster creation", SERVICE, "whole"},
    {"| ROLLBACK_FAILED | The provided role doesn't have the Amazon EKS Managed Policies "
     "associated "
     "with it. |",
     SERVICE, "contains"},
    /* Colours. */
    {"\x1b[31mKey Pairs\x1b[0m are \x1b[1;33mnot\x1b[m loaded", KEY_PAIR, "whole"},
    {"\\u001b[31mKey Pairs\\u001b[0m are not loaded", KEY_PAIR, "whole"},
    {"\\033[1mCould not load \\x1b[31mSecurity Groups for this VPC\\e[0m", FORM, "whole"},
    /* Within something. */
    {"2021-03-04T05:06:07.890Z ERROR [web-1] 422: Validation failed: Role ARN must be a valid "
     "Amazon Resource Name (request_id=01F)",
     INVALID, "contains"},
    {"エラーが表示されます。「この VPC "
     "のセキュリティグループをロードできませんでした。」と出ました。",
     FORM, "contains"},
    {"Started GET /api\nCompleted 200 OK\nAmazon: Could not load Security Groups for this VPC\n"
     "Completed 500",
     FORM, "contains"},
    {"12:00 CREATE_IN_PROGRESS AWS::EKS::Cluster\n12:01 CREATE_FAILED AWS::EKS::Cluster Cluster "
     "The provided role doesn't have the Amazon EKS Managed Policies associated with it. (Service: "
     "AmazonEKS; Status Code: 400)\n12:02 ROLLBACK_IN_PROGRESS",
     SERVICE, "contains"},
    {"An error occurred (AccessDenied) when calling the AssumeRole operation: User: " USER
     " is not authorized to perform: sts:AssumeRole on resource: " ROLE,
     "gitlab/profile-external-id", "contains"},
    {"Amazon authentication failed; User: " USER
     " is not authorized to perform: sts:AssumeRole on resource: " ROLE,
     CLUSTER_SESSION, "whole"},
    {"Role assumption failed; User: " USER
     " is not authorized to perform: sts:AssumeRole on resource: " ROLE,
     ASSUME, "contains"},
    /* Cut off. */
    {"…must be a valid Amazon Resource Na…", INVALID, "fragment"},
    {"Validation failed: Role ARN must be a va...", INVALID, "fragment"},
    {"...ot authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1234...", ASSUME,
     "fragment"},
    {"ERROR web: Validation failed: Role ARN must be\nnext line", INVALID, "fragment"},
    {"> “Key Pairs are not load…", KEY_PAIR, "fragment"},
    {"sts:AssumeRole", ASSUME, "fragment"},
    {"ROLLBACK_FAILED", SERVICE, "fragment"},
    {"…セキュリティグループをロードでき…", FORM, "fragment"},
    {"ロールARNは有効なAmazonリソース名", INVALID, "fragment"},
    /* With a word too many, or one less. */
    {"Validation failed: the Role ARN must be a valid Amazon Resource Name", INVALID, "words"},
    {"Could not load the Security Groups for this VPC", FORM, "words"},
    {"Validation failed: Role ARN must be a valid Amazon Resouce Name", INVALID, "words"},
    {"Validation failed: Role ARN must be a vaild Amazon Resource Name", INVALID, "words"},
    /* A message that does not say of what it speaks: alone, or behind the attribute's name. */
    {"can't be blank", EARLY, "whole"},
    {"The form is red.\ncan’t be blank\nSave changes", EARLY, "contains"},
    {"保存できません。「can't be blank」と出ます。", EARLY, "contains"},
    {"It says: no. Can't be blank. What now?", EARLY, "contains"},
    {"Eks secret access key can't be blank", EARLY, "contains"},
    {"Validation failed: Name can't be blank, Eks secret access key can't be blank", EARLY,
     "contains"},
    {"{\"message\": {\"eks_secret_access_key\": [\"can't be blank\"]}}", EARLY, "contains"},
    {"Validation failed: Eks access key is too short (minimum is 16 characters)", KEY_ID,
     "contains"},
    {"{\"eks_access_key_id\": [\"is too long (maximum is 128 characters)\"]}", KEY_ID, "contains"},
    {"is too short (minimum is 16 ch", KEY_ID, "fragment"},
    {"Name syntax is invalid", NAME, "contains"},
    {"Provider aws num nodes must be greater than 0", NODES, "contains"},
    {"{\"provider_aws.num_nodes\": [\"must be an integer\"]}", NODES, "contains"},
    /* The call that is refused is part of the text. */
    {"User: " SESSION " is not authorized to perform: iam:PassRole on resource: "
     "arn:aws:iam::123456789012:role/eks-cluster",
     PASS_ROLE, "whole"},
    /* What is nearly one of them, and is not. */
    {"Validation failed: Name can't be blank", NULL, NULL},
    {"Name: can't be blank", NULL, NULL},
    {"The external ID can't be blank", NULL, NULL},
    {"The eks secret access key can't be blank here", NULL, NULL},
    {"Last eks secret access key can't be blank", NULL, NULL},
    {"{\"password\": [\"can't be blank\"]}", NULL, NULL},
    {"Password is too short (minimum is 16 characters)", NULL, NULL},
    {"Password is too short (minimum is 16 ch", NULL, NULL},
    {"YAML syntax is invalid", NULL, NULL},
    {"syntax is invalid near line 3", NULL, NULL},
    {"Age must be greater than 0", NULL, NULL},
    {"Validation failed: Role must exist", NULL, NULL},
    {"Could not load the page", NULL, NULL},
    {"Could not load", NULL, NULL},
    {"Could not load route tables for the selected VPC", NULL, NULL},
    {"Access denied", NULL, NULL},
    {"Access Denied (Service: Amazon S3; Status Code: 403)", NULL, NULL},
    {"User: " USER " is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b", NULL,
     NULL},
    {"Access denied: User: " USER " is not authorized to perform: iam:TagRole on resource: " ROLE,
     NULL, NULL},
    {"Request failed with status code 404", NULL, NULL},
    {"Request failed with status code 4220", NULL, NULL},
    {"Validation failed: Role ARN must be a valid Azure Resource Name", NULL, NULL},
    {"Could not load VPCs for the selected subnet", NULL, NULL},
    {"User: " SESSION " is not authorized to perform: cloudformation:DeleteStack on resource: x",
     NULL, NULL},
    {"monkey pairs are not loaded", NULL, NULL},
    {"Key Pairs are not loadedness", NULL, NULL},
    {"ROLLBACK_COMPLETE", NULL, NULL},
    {"選択したVPCのルートテーブルをロードできませんでした。", NULL, NULL},
    {"アクセスが拒否されました", NULL, NULL},
    {"VPC", NULL, NULL},
    {"the", NULL, NULL},
    {"?", NULL, NULL},
    {"\xFF\xFE\x80", NULL, NULL},
    {"こんにちは", NULL, NULL},
};

/* The answer without files; the caller drops the reference. */
static json_t *explain(ekslint *e, const char *text, size_t len)
{
    (void)ekslint_find_error(e, text, len);
    ekslint_text answer = ekslint_explain_error(e, "json", &english);
    json_t *json = json_loadb(answer.text, answer.len, 0, NULL);
    assert_non_null(json);
    ekslint_text_free(answer);
    return json;
}

static const char *first(json_t *answer, const char *member)
{
    json_t *rule = json_array_get(json_object_get(answer, "rules"), 0);
    return json_string_value(json_object_get(rule, member));
}

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void test_damaged_texts_lead_to_the_rule_that_documents_them(void **state)
{
    (void)state;
    bool good = true;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ekslint *e = ekslint_new();
        json_t *answer = explain(e, rows[i].text, strlen(rows[i].text));
        const char *rule = first(answer, "rule");
        const char *match = first(answer, "match");
        if (!same(rule, rows[i].rule) || !same(match, rows[i].match)) {
            print_error("'%s': %s (%s)\n", rows[i].text, rule ? rule : "none", match ? match : "-");
            good = false;
        }
        json_decref(answer);
        ekslint_free(e);
    }
    assert_true(good);
}

/* The rules that a text leads to, in order, one a line; at most so many. */
static void assert_order(ekslint *e, const char *text, size_t most, const char *expected)
{
    char found[2000] = "";
    size_t len = 0;
    json_t *answer = explain(e, text, strlen(text));
    json_t *rules = json_object_get(answer, "rules");
    for (size_t i = 0; i < json_array_size(rules) && i < most; i++) {
        const char *rule = json_string_value(json_object_get(json_array_get(rules, i), "rule"));
        len += (size_t)snprintf(found + len, sizeof found - len, "%s%s", i ? "\n" : "", rule);
        assert_true(len < sizeof found);
    }
    json_decref(answer);
    assert_string_equal(found, expected);
}

/* Many rules document these texts: those whose cause the documentation gives under it lead. */
static void test_documented_causes_come_before_others(void **state)
{
    static const struct {
        const char *text;
        size_t count;
        const char *rules;
    } texts[] = {
        {DENIED, 3, ASSUME "\n" EXTERNAL "\ngitlab/trust-policy-lacks-account"},
        {"アクセスが拒否されました:Access denied: ユーザー" USER
         " はリソースに対してsts:AssumeRole を実行する権限がありません:" ROLE,
         3, ASSUME "\n" EXTERNAL "\ngitlab/trust-policy-lacks-account"},
        {"Request failed with status code 422", 4,
         EXTERNAL "\n" INVALID "\ngitlab/role-arn-not-a-role\ngitlab/trust-policy-lacks-account"},
        {"Unexpected status; ROLLBACK_IN_PROGRESS", 1, SERVICE},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        ekslint *e = ekslint_new();
        assert_order(e, texts[i].text, texts[i].count, texts[i].rules);
        ekslint_free(e);
    }
}

#define LOST(id, name, more)                                                                       \
    "id: " id "\nkind: case\ntitle: t\nselect: $.gitlab.cluster.name\nif-absent: skip\n"           \
    "require: \"@ == '" name "'\"\nmessage: m\n" more "\n"
#define LOST_TEXT "symptoms: [{text: the frobnicator lost all of its widgets on the way}]"
#define LOST_HEADING                                                                               \
    "symptoms: [{text: the frobnicator lost all of its widgets on the way, heading: true}]"

static void add_lost_rules(ekslint *e)
{
    static const char *const rules[] = {
        LOST("a/no-step", "b", "severity: error\n" LOST_TEXT),
        LOST("b/last-step", "a", "severity: error\nstage: deploy\n" LOST_TEXT),
        LOST("c/warning", "a", "severity: warning\nstage: authenticate\n" LOST_TEXT),
        LOST("d/error", "a", "severity: error\nstage: authenticate\n" LOST_TEXT),
        LOST("e/error", "a", "severity: error\nstage: authenticate\n" LOST_TEXT),
        LOST("f/first-step", "a", "severity: info\nstage: configure-instance\n" LOST_TEXT),
        LOST("g/heading", "a", "severity: info\nstage: deploy\n" LOST_HEADING),
    };
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        add_rule(e, rules[i]);
    }
}

static void test_equal_matches_are_ranked_by_result_heading_step_severity_and_id(void **state)
{
    static const char text[] = "the frobnicator lost all of its widgets on the way";
    static const char others[] = "f/first-step\nd/error\ne/error\nc/warning\nb/last-step";
    char expected[200];
    (void)state;
    ekslint *e = ekslint_new();
    add_lost_rules(e);
    (void)snprintf(expected, sizeof expected, "g/heading\n%s\na/no-step", others);
    assert_order(e, text, SIZE_MAX, expected);
    ekslint_free(e);

    e = ekslint_new();
    add_lost_rules(e);
    add(e, "eks.yaml", MAIN "cluster: {name: a}\n");
    assert_int_equal(ekslint_find_error(e, text, strlen(text)), 7);
    assert_int_equal(ekslint_check_error(e), EKSLINT_FINDINGS);
    (void)snprintf(expected, sizeof expected, "a/no-step\ng/heading\n%s", others);
    assert_order(e, text, SIZE_MAX, expected);
    ekslint_free(e);
}

/* What a text fits does not hang on what other rules have in common with it. */
static void test_further_rules_take_no_match_away(void **state)
{
    enum { RULES = 12 };
    static const char *const texts[] = {
        "Could not load the Security Groups for this VPC",
        "Validation failed: the Role ARN must be a valid Amazon Resource Name",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char rule[RULES][500]; /* read by reference */
        ekslint *e = ekslint_new();
        for (int n = 0; n < RULES; n++) {
            (void)snprintf(rule[n], sizeof rule[n],
                           LOST("acme/r%d", "a",
                                "severity: info\nsymptoms: [{text: 'Number %d: Could load Security "
                                "Groups, VPC, User, Role ARN, "
                                "sts:AssumeRole, must authorized perform resource valid Name; "
                                "authentication failed of Amazon'}]"),
                           n, n);
            add_rule(e, rule[n]);
        }
        assert_order(e, texts[i], 1, i ? INVALID : FORM);
        ekslint_free(e);
    }
}

/* A hint names what is like the text; a phrase is in texts of any sort. */
static void test_a_phrase_is_no_hint(void **state)
{
    static const struct {
        const char *text;
        bool has_hint;
    } texts[] = {
        {"Could not load the page", true},
        {"Validation failed: Name can't be blank", false},
        {"Password is too short (minimum is 16 characters)", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        ekslint *e = ekslint_new();
        json_t *answer = explain(e, texts[i].text, strlen(texts[i].text));
        assert_int_equal(json_object_size(json_object_get(answer, "nearest")) > 0,
                         texts[i].has_hint);
        json_decref(answer);
        ekslint_free(e);
    }
}

/* The one line that matters among 64 KiB of others; what is behind that is not read. */
static void test_a_whole_log_is_searched_up_to_its_bound(void **state)
{
    (void)state;
    enum { SIZE = 70000, BOUND = 65536 };
    static const char noise[] =
        "2021-03-04 INFO Could not load user avatar for the selected page\n";
    static const char line[] = "2021-03-04 ERROR Key Pairs are not loaded\n";
    char *log = test_malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++) {
        log[i] = noise[i % (sizeof noise - 1)];
    }
    const size_t places[] = {0, 40000, BOUND - sizeof line, BOUND + 100};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        char kept[sizeof line];
        memcpy(kept, log + places[i], sizeof line - 1);
        memcpy(log + places[i], line, sizeof line - 1);
        ekslint *e = ekslint_new();
        json_t *answer = explain(e, log, SIZE);
        assert_true(same(first(answer, "rule"), places[i] < BOUND ? KEY_PAIR : NULL));
        json_decref(answer);
        ekslint_free(e);
        memcpy(log + places[i], kept, sizeof line - 1);
    }
    test_free(log);
}

static const char *value_at(json_t *answer, size_t at)
{
    json_t *rule = json_array_get(json_object_get(answer, "rules"), 0);
    json_t *symptom = json_array_get(json_object_get(rule, "symptoms"), 0);
    json_t *value = json_array_get(json_object_get(symptom, "values"), at);
    return json_string_value(json_object_get(value, "value"));
}

static void test_placeholders_give_back_what_stands_there(void **state)
{
    (void)state;
    static const char *const texts[] = {
        DENIED,
        "> \"" DENIED "\"\n> more",
        "Access denied: User: arn:aws:iam::111122223333:\n  user/gitlab is not authorized to "
        "perform: sts:AssumeRole on resource: " ROLE ".",
        "アクセスが拒否されました：Access denied：ユーザー" USER
        "はリソースに対してsts:AssumeRoleを実行する権限がありません：" ROLE "」",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        ekslint *e = ekslint_new();
        json_t *answer = explain(e, texts[i], strlen(texts[i]));
        assert_string_equal(value_at(answer, 0), USER);
        assert_string_equal(value_at(answer, 1), ROLE);
        json_decref(answer);
        ekslint_free(e);
    }
}

/* A gap is bounded: two lines far apart are no symptom. */
static void test_a_gap_does_not_reach_over_a_log(void **state)
{
    (void)state;
    static const char head[] = "Access denied: User: ";
    static const char tail[] = " is not authorized to perform: sts:AssumeRole on resource: x";
    char text[2000];
    for (size_t gap = 600; gap <= 700; gap += 100) {
        size_t len = 0;
        memcpy(text, head, sizeof head - 1);
        len += sizeof head - 1;
        memset(text + len, 'x', gap);
        len += gap;
        memcpy(text + len, tail, sizeof tail - 1);
        len += sizeof tail - 1;
        ekslint *e = ekslint_new();
        json_t *answer = explain(e, text, len);
        assert_true(same(first(answer, "match"), gap == 600 ? "whole" : "fragment"));
        json_decref(answer);
        ekslint_free(e);
    }
}

static void test_what_is_missing_of_files_is_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        const char *result;
        int status;
    } files[] = {
        {MAIN "cluster: {name: b}\n", "fail", EKSLINT_FINDINGS},
        {MAIN "cluster: {name: a}\n", "pass", EKSLINT_OK},
        {MAIN "cluster: {}\n", "notApplicable", EKSLINT_OK},
        {POLICY, "notEvaluated", EKSLINT_NOTHING},
        {"{", "notEvaluated", EKSLINT_INPUT},
    };
    static const char rule[] =
        "id: acme/name\nseverity: info\nkind: case\ntitle: t\nprofile: pedantic\n"
        "select: $.gitlab.cluster.name\nif-absent: skip\nrequire: \"@ == 'a'\"\nmessage: m\n"
        "symptoms: [{text: 'the frobnicator {@} has no widgets'}]\n";
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        ekslint *e = ekslint_new();
        add_rule(e, rule);
        add(e, "f", files[i].file);
        static const char text[] = "the frobnicator x has no widgets";
        assert_int_equal(ekslint_find_error(e, text, strlen(text)), 1);
        assert_int_equal(ekslint_check_error(e), files[i].status);
        ekslint_text answer = ekslint_explain_error(e, "json", &english);
        json_t *json = json_loadb(answer.text, answer.len, 0, NULL);
        json_t *found = json_array_get(json_object_get(json, "rules"), 0);
        const char *result =
            json_string_value(json_object_get(json_object_get(found, "here"), "result"));
        assert_string_equal(result, files[i].result);
        json_decref(json);
        ekslint_text_free(answer);
        ekslint_free(e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damaged_texts_lead_to_the_rule_that_documents_them),
        cmocka_unit_test(test_documented_causes_come_before_others),
        cmocka_unit_test(test_equal_matches_are_ranked_by_result_heading_step_severity_and_id),
        cmocka_unit_test(test_further_rules_take_no_match_away),
        cmocka_unit_test(test_a_phrase_is_no_hint),
        cmocka_unit_test(test_a_whole_log_is_searched_up_to_its_bound),
        cmocka_unit_test(test_placeholders_give_back_what_stands_there),
        cmocka_unit_test(test_a_gap_does_not_reach_over_a_log),
        cmocka_unit_test(test_what_is_missing_of_files_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
