/* SPDX-License-Identifier: MIT */
/* Names inside of what has a form of its own: ARNs, hosts, subjects of tokens, tags of clusters. */
#include "text/redact.h"
#include "text/redact_view.h"

enum { PLACEHOLDER_MAX = 128, NUMBER_MAX = 8 };

/* ---- hosts ---- */

/* Domains under which others offer something to everybody, or that are nobody's. */
static bool is_public_domain(struct str host)
{
    static const struct str known[] = {
        STR_INIT("amazonaws.com"),
        STR_INIT("amazonaws.com.cn"),
        STR_INIT("amazon.com"),
        STR_INIT("aws"),
        STR_INIT("k8s.io"),
        STR_INIT("kubernetes.io"),
        STR_INIT("gitlab.com"),
        STR_INIT("github.com"),
        STR_INIT("githubusercontent.com"),
        STR_INIT("docker.io"),
        STR_INIT("quay.io"),
        STR_INIT("gcr.io"),
        STR_INIT("ghcr.io"),
        STR_INIT("pkg.dev"),
        STR_INIT("eksctl.io"),
        STR_INIT("karpenter.sh"),
        STR_INIT("helm.sh"),
        STR_INIT("cluster.local"),
        STR_INIT("ec2.internal"),
        STR_INIT("compute.internal"),
        STR_INIT("localhost"),
        STR_INIT("amazonaws.com.eu"),
        STR_INIT("amazonaws.eu"),
        STR_INIT("api.aws"),
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        size_t front = host.len - known[i].len;
        if (str_ends(host, known[i]) && (front == 0 || host.ptr[front - 1] == '.')) {
            return true;
        }
    }
    return false;
}

/* A label of an AWS host that is not the customer's: a service, a region, a generation of endpoints. */
static bool is_aws_label(struct str label)
{
    static const struct str known[] = {
        STR_INIT("oidc"),
        STR_INIT("eks"),
        STR_INIT("elb"),
        STR_INIT("s3"),
        STR_INIT("sts"),
        STR_INIT("ec2"),
        STR_INIT("ecr"),
        STR_INIT("dkr"),
        STR_INIT("api"),
        STR_INIT("vpce"),
        STR_INIT("autoscaling"),
        STR_INIT("oidc-eks"),
        STR_INIT("com"),
        STR_INIT("cn"),
        STR_INIT("amazonaws"),
        STR_INIT("aws"),
        STR_INIT("compute"),
        STR_INIT("svc"),
        STR_INIT("cluster"),
        STR_INIT("local"),
        STR_INIT("internal"),
        STR_INIT("sk1"),
        STR_INIT("public"),
        STR_INIT("gallery"),
        STR_INIT("registry"),
        STR_INIT("io"),
        STR_INIT("token"),
        STR_INIT("actions"),
        STR_INIT("githubusercontent"),
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (str_eq(label, known[i])) {
            return true;
        }
    }
    bool generation = label.len >= 3 && label.len <= 5 && char_is_digit(label.ptr[label.len - 1]) &&
                      (str_starts(label, STR("gr")) || str_starts(label, STR("yl")));
    return generation || redact_is_region(label) || str_starts(label, STR("ip-"));
}

static bool is_literal(const struct redactor *redactor, struct str text)
{
    uint32_t atom;
    return atoms_find(&redactor->literals, text, &atom);
}

/*
 * Under a public domain the last two labels stay, and what names a service and a region; of others the
 * last.
 */
void redact_mark_host(const struct redactor *redactor, struct redact_view *view, size_t from,
                      size_t to)
{
    bool public = is_public_domain(redact_view_str(view, from, to));
    bool regional = false;
    size_t end = to;
    if (is_literal(redactor, redact_view_str(view, from, to))) {
        redact_view_mark(view, from, to, REDACT_KEEP);
        return;
    }
    for (size_t number = 0; end > from; number++) {
        size_t start = end;
        while (start > from && view->text[start - 1] != '.') {
            start--;
        }
        bool top = number == 0 && start > from;
        struct str label = redact_view_str(view, start, end);
        bool service = number < 3 || (number == 3 && regional);
        bool kept = public ? service || is_aws_label(label) : top;
        regional = redact_is_region(label);
        redact_view_mark(view, start, end, kept ? REDACT_KEEP : REDACT_NAME);
        end = start > from ? start - 1 : from;
    }
}

static bool is_host_char(char c)
{
    return redact_is_word(c) || c == '-' || c == '.' || c == '*';
}

static size_t host_end(const struct redact_view *view, size_t from)
{
    while (from < view->len && is_host_char(view->text[from])) {
        from++;
    }
    while (from > 0 && view->text[from - 1] == '.') {
        from--; /* of a sentence */
    }
    return from;
}

static bool is_local_char(char c)
{
    return redact_is_word(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

static bool stands_at(const struct redact_view *view, size_t at, struct str words)
{
    return str_starts(redact_view_str(view, at, at + words.len), words);
}

/* "user:password@host" behind "://"; and "local@host". */
static void mark_url(const struct redactor *redactor, struct redact_view *view, size_t from)
{
    size_t at = from;
    while (at < view->len && (is_local_char(view->text[at]) || view->text[at] == ':')) {
        at++;
    }
    if (at < view->len && at > from && view->text[at] == '@') {
        size_t colon = from;
        while (colon < at && view->text[colon] != ':') {
            colon++;
        }
        redact_view_mark(view, from, colon, REDACT_NAME);
        redact_view_mark(view, colon + 1, at, REDACT_SECRET);
        from = at + 1;
    }
    redact_mark_host(redactor, view, from, host_end(view, from));
}

static void mark_email(const struct redactor *redactor, struct redact_view *view, size_t at)
{
    size_t start = at;
    while (start > 0 && is_local_char(view->text[start - 1])) {
        start--;
    }
    size_t end = host_end(view, at + 1);
    struct str host = redact_view_str(view, at + 1, end);
    if (start < at && str_find_char(host, '.') < host.len &&
        char_is_alpha(host.ptr[host.len - 1])) {
        redact_view_mark(view, start, at, REDACT_NAME);
        redact_mark_host(redactor, view, at + 1, end);
    }
}

/* A host of AWS without a scheme: an endpoint, an issuer, a registry; a service principal stays whole. */
static void mark_aws_host(const struct redactor *redactor, struct redact_view *view, size_t from)
{
    bool start = from == 0 || !is_host_char(view->text[from - 1]);
    size_t end = start ? host_end(view, from) : from;
    struct str host = redact_view_str(view, from, end);
    if (str_find(host, STR(".amazonaws.com")) < host.len) {
        redact_mark_host(redactor, view, from, end);
    }
}

/* ---- values ---- */

/* Values whose type a name would change, and versions, types of instances, regions. */
static bool is_plain_value(struct str text)
{
    static const struct str words[] = {
        STR_INIT("true"), STR_INIT("false"), STR_INIT("null"), STR_INIT("yes"), STR_INIT("no"),
        STR_INIT("on"),   STR_INIT("off"),   STR_INIT("y"),    STR_INIT("n"),
    };
    static const struct str sizes[] = {
        STR_INIT("xlarge"), STR_INIT(".large"), STR_INIT(".medium"),
        STR_INIT(".small"), STR_INIT(".micro"), STR_INIT(".metal"),
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_eq_nocase(text, words[i])) {
            return true;
        }
    }
    bool number = text.len > 0 && text.len <= NUMBER_MAX;
    for (size_t i = str_starts(text, STR("v")) ? 1 : 0; i < text.len && number; i++) {
        number = char_is_digit(text.ptr[i]) || text.ptr[i] == '.' || text.ptr[i] == '-';
    }
    for (size_t i = 0; i < COUNT_OF(sizes) && !number; i++) {
        number = str_ends(text, sizes[i]);
    }
    return number || redact_is_region(text);
}

/* The end of "${…}", "{{…}}", "$(…)", "<…>" at a place, which a tool fills in; else the place. */
static size_t placeholder_end(const struct redact_view *view, size_t at, size_t to)
{
    static const struct {
        struct str open, close;
    } forms[] = {
        {STR_INIT("${"), STR_INIT("}")}, {STR_INIT("{{"), STR_INIT("}}")},
        {STR_INIT("$("), STR_INIT(")")}, {STR_INIT("<"), STR_INIT(">")},
        {STR_INIT("%{"), STR_INIT("}")},
    };
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        size_t limit = at + PLACEHOLDER_MAX < to ? at + PLACEHOLDER_MAX : to;
        struct str rest = redact_view_str(view, at, limit);
        size_t close = str_find(rest, forms[i].close);
        if (str_starts(rest, forms[i].open) && close < rest.len) {
            return at + close + forms[i].close.len;
        }
    }
    return at;
}

/* A part of a value between slashes, colons and blanks. */
static void mark_part(const struct redactor *redactor, struct redact_view *view, size_t from,
                      size_t to)
{
    struct str part = redact_view_str(view, from, to);
    bool hosted = str_find(part, STR(".amazonaws.com")) < part.len || is_public_domain(part);
    if (is_literal(redactor, part) || is_plain_value(part) ||
        str_starts(part, STR("AWSServiceRole"))) {
        redact_view_mark(view, from, to, REDACT_KEEP);
    } else if (hosted) {
        redact_mark_host(redactor, view, from, to);
    } else {
        struct str reserved = STR("AWSReservedSSO_");
        size_t kept = str_starts(part, reserved) ? reserved.len : 0;
        redact_view_mark(view, from, from + kept, REDACT_KEEP);
        redact_view_mark(view, from + kept, to, REDACT_NAME);
    }
}

static bool ends_part(char c)
{
    return c == '/' || c == ':' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' ||
           c == '"' || c == '\'' || c == ';' || c == '|' || c == '=' || c == '(' || c == ')';
}

/* What Kubernetes calls its own: "system:masters"; behind "system:serviceaccount:" stand names. */
static size_t system_end(const struct redact_view *view, size_t from, size_t to)
{
    struct str text = redact_view_str(view, from, to);
    struct str account = STR("system:serviceaccount:");
    if (str_starts(text, account)) {
        return from + account.len;
    }
    if (!str_starts(text, STR("system:"))) {
        return from;
    }
    while (from < to && !ends_part(view->text[from] == ':' ? 'x' : view->text[from])) {
        from++;
    }
    return from;
}

void redact_mark_name(const struct redactor *redactor, struct redact_view *view, size_t from,
                      size_t to)
{
    struct str whole = redact_view_str(view, from, to);
    if (is_literal(redactor, whole) || str_starts(whole, STR("com.amazonaws."))) {
        redact_view_mark(view, from, to, REDACT_KEEP);
        return;
    }
    size_t own = str_starts(whole, STR("aws:")) ? from + 4 : system_end(view, from, to);
    redact_view_mark(view, from, own, REDACT_KEEP);
    for (size_t at = own, start = own; at <= to; at++) {
        size_t filled = at < to ? placeholder_end(view, at, to) : at;
        if (filled > at) {
            mark_part(redactor, view, start, at);
            redact_view_mark(view, at, filled, REDACT_KEEP);
            start = filled;
            at = filled - 1;
        } else if (at == to || ends_part(view->text[at])) {
            if (at > start) {
                mark_part(redactor, view, start, at);
            }
            start = at + 1;
        }
    }
}

/* ---- ARNs ---- */

static size_t arn_end(const struct redact_view *view, size_t from)
{
    for (size_t at = from; at < view->len;) {
        char c = view->text[at];
        size_t filled = placeholder_end(view, at, view->len);
        bool inside = redact_is_word(c) || (c && str_find_char(STR("*?$:/+=.@-_"), c) < 11);
        if (filled > at) {
            at = filled;
        } else if (inside) {
            at++;
        } else {
            return at;
        }
    }
    return view->len;
}

/* Services whose resources have no type before their names. */
static bool has_no_type(struct str service)
{
    return str_eq(service, STR("s3")) || str_eq(service, STR("sns")) || str_eq(service, STR("sqs"));
}

/* The part of a resource that says what it is, or that AWS names. */
static size_t typed_end(const struct redact_view *view, size_t from, size_t to, struct str service)
{
    static const struct str owned[] = {
        STR_INIT("role/aws-service-role/"),
        STR_INIT("role/aws-reserved/sso.amazonaws.com/"),
        STR_INIT("alias/aws/"),
        STR_INIT("parameter/aws/"),
        STR_INIT("loadbalancer/app/"),
        STR_INIT("loadbalancer/net/"),
        STR_INIT("log-group:/aws/eks/"),
        STR_INIT("cluster-access-policy/"),
    };
    struct str text = redact_view_str(view, from, to);
    for (size_t i = 0; i < COUNT_OF(owned); i++) {
        if (str_starts(text, owned[i])) {
            return i == 1 || (i > 3 && i < 7) ? from + owned[i].len : to;
        }
    }
    size_t at = from;
    while (at < to && view->text[at] != '/' && view->text[at] != ':') {
        at++;
    }
    return at < to && !has_no_type(service) ? at : from;
}

static void mark_account_field(struct redact_view *view, size_t from, size_t to)
{
    bool digits = to > from;
    for (size_t i = from; i < to; i++) {
        digits = digits && char_is_digit(view->text[i]);
    }
    redact_view_mark(view, from, to, digits ? REDACT_DIGITS : REDACT_KEEP);
}

/* Returns its end. */
static size_t mark_arn(const struct redactor *redactor, struct redact_view *view, size_t from)
{
    enum { PARTITION = 1, SERVICE, REGION, ACCOUNT, FIELDS };
    size_t end = arn_end(view, from);
    size_t at = from;
    struct str service = {0};
    bool awss = false;
    for (int field = 0; field < FIELDS; field++) {
        size_t start = at;
        while (at < end && view->text[at] != ':') {
            at++;
        }
        if (field == SERVICE) {
            service = redact_view_str(view, start, at);
        }
        if (field == ACCOUNT) {
            awss = str_eq(redact_view_str(view, start, at), STR("aws"));
            mark_account_field(view, start, at);
        } else {
            redact_view_mark(view, start, at, REDACT_KEEP);
        }
        if (at >= end) {
            return end; /* fewer fields than an ARN has */
        }
        at++;
    }
    size_t name = awss ? end : typed_end(view, at, end, service);
    redact_view_mark(view, at, name, REDACT_KEEP);
    redact_mark_name(redactor, view, name, end);
    return end;
}

/* ---- names behind marks ---- */

static const struct str marks[] = {
    STR_INIT("kubernetes.io/cluster/"),
    STR_INIT("k8s.io/cluster-autoscaler/"),
    STR_INIT("repo:"),
    STR_INIT("project_path:"),
    STR_INIT("system:serviceaccount:"),
    STR_INIT("/aws/eks/"),
};

static bool is_name_char(char c)
{
    return redact_is_word(c) || c == '-' || c == '_' || c == '.' || c == '*' || c == '/';
}

/* Returns the end of what was marked, or the place. */
static size_t mark_behind(const struct redactor *redactor, struct redact_view *view, size_t at)
{
    bool start = at == 0 || !redact_is_word(view->text[at - 1]);
    for (size_t i = 0; start && i < COUNT_OF(marks); i++) {
        bool path = marks[i].ptr[0] == 'r' || marks[i].ptr[0] == 'p';
        bool account = marks[i].ptr[0] == 's';
        size_t from = at + marks[i].len;
        size_t end = from;
        if (!stands_at(view, at, marks[i])) {
            continue;
        }
        while (end < view->len &&
               (is_name_char(view->text[end]) || (account && view->text[end] == ':')) &&
               (path || view->text[end] != '/')) {
            end++;
        }
        redact_view_mark(view, at, from, REDACT_KEEP);
        struct str name = redact_view_str(view, from, end);
        if (!str_eq(name, STR("enabled"))) {
            redact_mark_name(redactor, view, from, end);
        }
        return end;
    }
    return at;
}

/* "get-role.NAME.json": what a case takes for the names that the command was asked about. */
static size_t mark_output_name(const struct redactor *redactor, struct redact_view *view, size_t at)
{
    size_t end = at;
    if (!stands_at(view, at, STR("get-")) && !stands_at(view, at, STR("list-")) &&
        !stands_at(view, at, STR("describe-"))) {
        return at;
    }
    while (end < view->len && is_name_char(view->text[end]) && view->text[end] != '/') {
        end++;
    }
    struct str name = redact_view_str(view, at, end);
    size_t first = str_find_char(name, '.') + 1;
    size_t last = str_after_last(name, '.');
    if (!str_ends(name, STR(".json")) || last <= first) {
        return at;
    }
    for (size_t start = at + first, i = start; i < at + last; i++) {
        if (view->text[i] == '.') {
            redact_mark_name(redactor, view, start, i);
            start = i + 1;
        }
    }
    return end;
}

void redact_mark_phrases(const struct redactor *redactor, struct redact_view *view)
{
    for (size_t at = 0; at < view->len; at++) {
        if (stands_at(view, at, STR("://"))) {
            mark_url(redactor, view, at + 3);
        } else if (view->text[at] == '@') {
            mark_email(redactor, view, at);
        }
    }
    for (size_t at = 0; at < view->len; at++) {
        mark_aws_host(redactor, view, at);
    }
    for (size_t at = 0; at < view->len;) {
        bool start = at == 0 || !redact_is_word(view->text[at - 1]);
        bool arn = start && stands_at(view, at, STR("arn:"));
        size_t end = arn ? mark_arn(redactor, view, at) : mark_behind(redactor, view, at);
        end = end == at && start ? mark_output_name(redactor, view, at) : end;
        at = end > at ? end : at + 1;
    }
}
