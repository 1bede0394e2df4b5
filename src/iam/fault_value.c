/* SPDX-License-Identifier: MIT */
/*
 * Condition values: their syntax by operator, and by key where its values have a form of their own. A
 * variable where none may be hides what else is wrong; so does a wrong type what is wrong with the form.
 * Sources: IAM User Guide, "IAM JSON policy elements: Condition operators", "AWS global condition context
 * keys"; IAM Access Analyzer policy check reference.
 */
#include "iam/inspection.h"

#include "aws/cidr.h"
#include "aws/moment.h"
#include "aws/region.h"
#include "aws/wildcard.h"
#include "base/base64.h"
#include "base/decimal.h"

static bool is_key(const struct tested_key *test, const struct str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(test->name, names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_one_key(const struct tested_key *test, struct str name)
{
    return str_eq_nocase(test->name, name);
}

/* StringLike, ArnEquals, ArnLike and their opposites: '*' and '?' are wildcards. */
static bool takes_wildcards(const struct iam_operator *compare)
{
    return compare->family == FAMILY_ARN ||
           (compare->family == FAMILY_STRING && compare->comparison == COMPARE_LIKE);
}

static bool takes_variables(const struct iam_operator *compare)
{
    return compare->family == FAMILY_STRING || compare->family == FAMILY_ARN;
}

/* '*' and '?' that no "${*}" or "${?}" holds. */
static size_t find_wildcard(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '$' && i + 1 < text.len && text.ptr[i + 1] == '{') {
            i += str_find_char(str_from(text, i), '}');
        } else if (text.ptr[i] == '*' || text.ptr[i] == '?') {
            return i;
        }
    }
    return text.len;
}

static size_t find_variable(struct str text)
{
    size_t at = str_find(text, STR("${"));
    while (at + 3 < text.len && text.ptr[at + 3] == '}') {
        at += 4 + str_find(str_from(text, at + 4), STR("${"));
    }
    return at < text.len ? at : text.len;
}

/* ---- syntax by operator ---- */

static bool is_epoch(struct str text)
{
    size_t digits = 0;
    size_t dots = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        digits += char_is_digit(c);
        dots += c == '.';
        if (!char_is_digit(c) && c != '.' && !(i == 0 && (c == '-' || c == '+'))) {
            return false;
        }
    }
    return digits > 0 && digits != 4 && dots <= 1;
}

static void inspect_date(struct inspection *in, const struct tested_key *test,
                         const struct node *value, struct str text)
{
    struct moment moment;
    if (is_epoch(text)) {
        if (!is_one_key(test, STR("aws:EpochTime"))) {
            add_fault(in, FAULT_VALUE_EPOCH, value);
        }
    } else if (!moment_parse(text, &moment)) {
        add_fault(in, FAULT_VALUE_DATE, value);
    }
}

static bool is_number(const struct node *value, struct str text)
{
    int order;
    return value->kind == NODE_NUMBER || decimal_compare(text, STR("0"), &order);
}

static void inspect_ip(struct inspection *in, const struct node *value, struct str text)
{
    struct ip_range range;
    if (!ip_range_parse(text, &range)) {
        add_fault(in, FAULT_VALUE_IP, value);
        return;
    }
    if (ip_range_has_host_bits(&range)) {
        struct buf proposal = buf_with_max(IP_TEXT_MAX);
        for (unsigned bit = range.bits; bit < (range.v6 ? 128u : 32u); bit++) {
            range.address[bit / 8] &= (uint8_t) ~(0x80u >> bit % 8);
        }
        ip_range_write(&range, &proposal);
        add_fault_text(in, FAULT_VALUE_HOST_BITS, value,
                       arena_str(in->faults->arena, buf_str(&proposal)));
        buf_release(&proposal);
    }
}

/* Does the value have the syntax of its operator? What is wrong with it is noted. */
static void inspect_syntax(struct inspection *in, const struct tested_key *test,
                           const struct node *value, struct str text)
{
    const struct iam_operator *compare = test->use->compare;
    struct str bytes;
    switch (compare->family) {
    case FAMILY_BOOL:
    case FAMILY_NULL:
        if (value->kind != NODE_BOOL && !str_eq_nocase(text, STR("true")) &&
            !str_eq_nocase(text, STR("false"))) {
            add_fault(in, FAULT_VALUE_BOOLEAN, value);
        }
        break;
    case FAMILY_DATE:
        inspect_date(in, test, value, text);
        break;
    case FAMILY_NUMERIC:
        if (!is_number(value, text)) {
            add_fault(in, FAULT_VALUE_NUMBER, value);
        }
        break;
    case FAMILY_BINARY:
        if (!base64_decode(in->faults->arena, text, &bytes)) {
            add_fault(in, FAULT_VALUE_BASE64, value);
        }
        break;
    case FAMILY_IP:
        inspect_ip(in, value, text);
        break;
    case FAMILY_STRING:
        if (compare->comparison != COMPARE_LIKE && find_wildcard(text) < text.len) {
            add_fault(in, FAULT_VALUE_WILDCARD, value);
        }
        break;
    case FAMILY_ARN:
    case FAMILY_COUNT:
        break;
    }
}

/* ---- values of keys that have a form ---- */

static const struct str region_keys[] = {
    STR_INIT("aws:RequestedRegion"),
    STR_INIT("ec2:Region"),
    STR_INIT("account:TargetRegion"),
    STR_INIT("cloudformation:TargetRegion"),
    STR_INIT("kms:PrimaryRegion"),
    STR_INIT("kms:ReplicaRegion"),
    STR_INIT("s3:LocationConstraint"),
    STR_INIT("s3:destinationRegion"),
    STR_INIT("secretsmanager:AddReplicaRegions"),
    STR_INIT("ses:ReplicaRegion"),
    STR_INIT("sso:PrimaryRegion"),
};

static void inspect_region_value(struct inspection *in, const struct tested_key *test,
                                 const struct node *value, struct str text)
{
    bool location = is_one_key(test, STR("s3:LocationConstraint")) &&
                    (text.len == 0 || str_eq(text, STR("EU")));
    bool pattern = takes_wildcards(test->use->compare) && wildcard_is_pattern(text);
    bool known = pattern ? region_can_be(STR("*"), text) : region_is_known(text);
    if (!known && !location && !str_ends(text, STR("-global"))) {
        add_fault_text(in, FAULT_VALUE_REGION, value, region_nearest(text));
    }
}

/* prefix + 8 or 17 letters and digits; with wildcards, what such an ID can match. */
static bool is_resource_id(struct str text, struct str prefix, bool pattern)
{
    if (pattern && find_wildcard(text) < text.len) {
        char form[64];
        struct str eight = {form, prefix.len + 8};
        struct str seventeen = {form, prefix.len + 17};
        memcpy(form, prefix.ptr, prefix.len);
        memset(form + prefix.len, '?', 17);
        return wildcard_overlaps(eight, text, false) || wildcard_overlaps(seventeen, text, false);
    }
    if (!str_starts(text, prefix) || (text.len != prefix.len + 8 && text.len != prefix.len + 17)) {
        return false;
    }
    for (size_t i = prefix.len; i < text.len; i++) {
        if (!char_is_digit(text.ptr[i]) && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'z')) {
            return false;
        }
    }
    return true;
}

/* Keys whose values are ARNs of KMS keys, by their names and types in the catalogue. */
static const struct str kms_keys[] = {
    STR_INIT("s3:x-amz-server-side-encryption-aws-kms-key-id"),
    STR_INIT("s3express:x-amz-server-side-encryption-aws-kms-key-id"),
    STR_INIT("secretsmanager:KmsKeyArn"),
    STR_INIT("s3tables:KMSKeyArn"),
    STR_INIT("s3vectors:kmsKeyArn"),
    STR_INIT("bedrock-agentcore:KmsKeyArn"),
    STR_INIT("sagemaker:VolumeKmsKey"),
    STR_INIT("sagemaker:OutputKmsKey"),
    STR_INIT("quicksight:KmsKeyArns"),
    STR_INIT("comprehend:VolumeKmsKey"),
    STR_INIT("comprehend:OutputKmsKey"),
    STR_INIT("comprehend:ModelKmsKey"),
};

static void inspect_kms_key(struct inspection *in, const struct tested_key *test,
                            const struct node *value, struct str text)
{
    struct str form = STR("arn:?*:kms:?*:?*:key/?*");
    bool pattern = takes_wildcards(test->use->compare) && wildcard_is_pattern(text);
    if (pattern ? !wildcard_overlaps(form, text, false) : !wildcard_match(form, text, false)) {
        add_fault(in, FAULT_VALUE_KMS_KEY, value);
    }
}

static const struct str principal_keys[] = {
    STR_INIT("aws:CalledVia"),     STR_INIT("aws:CalledViaFirst"),
    STR_INIT("aws:CalledViaLast"), STR_INIT("aws:PrincipalServiceName"),
    STR_INIT("kms:ViaService"),
};

static bool is_label(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!char_is_digit(c) && !(c >= 'a' && c <= 'z') && c != '-') {
            return false;
        }
    }
    return text.len > 0;
}

/* label.amazonaws.com, of kms:ViaService label.region.amazonaws.com. */
static bool is_service_principal(struct str text, bool regional)
{
    static const struct str suffixes[] = {STR_INIT(".amazonaws.com"), STR_INIT(".amazon.com"),
                                          STR_INIT(".amazonaws.com.cn")};
    for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
        if (!str_ends(text, suffixes[i])) {
            continue;
        }
        struct str head = str_slice(text, 0, text.len - suffixes[i].len);
        size_t dot = str_find_char(head, '.');
        bool two = dot < head.len && is_label(str_slice(head, 0, dot)) &&
                   is_label(str_from(head, dot + 1));
        if (regional ? two : is_label(head)) {
            return true;
        }
    }
    return false;
}

static void inspect_form(struct inspection *in, const struct tested_key *test,
                         const struct node *value, struct str text)
{
    bool pattern = takes_wildcards(test->use->compare);
    if (is_key(test, region_keys, COUNT_OF(region_keys))) {
        inspect_region_value(in, test, value, text);
    } else if (is_one_key(test, STR("aws:SourceVpc"))) {
        if (!is_resource_id(text, STR("vpc-"), pattern)) {
            add_fault(in, FAULT_VALUE_VPC, value);
        }
    } else if (is_one_key(test, STR("aws:SourceVpce"))) {
        if (!is_resource_id(text, STR("vpce-"), pattern)) {
            add_fault(in, FAULT_VALUE_VPCE, value);
        }
    } else if (is_key(test, kms_keys, COUNT_OF(kms_keys))) {
        inspect_kms_key(in, test, value, text);
    } else if (is_key(test, principal_keys, COUNT_OF(principal_keys))) {
        bool regional = is_one_key(test, STR("kms:ViaService"));
        bool skipped = pattern && wildcard_is_pattern(text);
        if (!skipped && !is_service_principal(text, regional)) {
            add_fault(in, FAULT_VALUE_SERVICE_PRINCIPAL, value);
        }
    }
}

/* ---- what lets in too much ---- */

/* IAM User Guide, "AWS global condition context keys": keys that are to be compared exactly. */
static const struct str exact_keys[] = {
    STR_INIT("aws:PrincipalAccount"), STR_INIT("aws:PrincipalOrgID"),
    STR_INIT("aws:ResourceAccount"),  STR_INIT("aws:ResourceOrgID"),
    STR_INIT("aws:SourceAccount"),    STR_INIT("aws:SourceOrgID"),
    STR_INIT("aws:SourceVpc"),        STR_INIT("aws:SourceVpce"),
    STR_INIT("aws:VpceAccount"),      STR_INIT("aws:VpceOrgID"),
};

/* Keys whose values begin with what names an account or an organization. */
static const struct str identity_keys[] = {
    STR_INIT("aws:PrincipalArn"),   STR_INIT("aws:PrincipalOrgPaths"),
    STR_INIT("aws:SourceArn"),      STR_INIT("aws:ResourceOrgPaths"),
    STR_INIT("aws:SourceOrgPaths"), STR_INIT("aws:VpceOrgPaths"),
};

enum { LITERAL_MIN = 6 };

/* aws:userid is ID:session: what is open must be the session, or the whole ID. */
static bool is_wide_userid(struct str text, size_t open, bool wildcard)
{
    size_t colon = str_find_char(text, ':');
    if (colon == text.len) {
        return true;
    }
    bool whole = open == 0 && (wildcard ? colon == 1 : text.ptr[colon - 1] == '}');
    return open < colon && !whole;
}

static void inspect_width(struct inspection *in, const struct tested_key *test,
                          const struct node *value, struct str text, enum iam_fault_id id,
                          size_t open)
{
    if (open == text.len) {
        return;
    }
    bool wide = is_key(test, exact_keys, COUNT_OF(exact_keys)) ||
                (is_one_key(test, STR("aws:userid")) &&
                 is_wide_userid(text, open, id == FAULT_VALUE_WILDCARD_WIDE)) ||
                (is_key(test, identity_keys, COUNT_OF(identity_keys)) && open < LITERAL_MIN);
    if (wide) {
        add_fault(in, id, value);
    }
}

/* Account numbers and the like hold no wildcards, so their variables bring none in. */
static bool is_exact_variable(struct str text, size_t open)
{
    struct str name = str_slice(text, open + 2, open + str_find_char(str_from(text, open), '}'));
    for (size_t i = 0; i < COUNT_OF(exact_keys); i++) {
        if (str_eq_nocase(name, exact_keys[i])) {
            return true;
        }
    }
    return false;
}

static void inspect_value(struct inspection *in, const struct tested_key *test,
                          const struct node *value)
{
    const struct iam_operator *compare = test->use->compare;
    struct str text = text_of(in, value);
    size_t variable = value->kind == NODE_STRING ? find_variable(text) : text.len;
    if (variable < text.len && in->variables && !in->any_version && !takes_variables(compare)) {
        add_fault(in, FAULT_VALUE_VARIABLE, value);
        return;
    }
    if (value->kind == NODE_STRING) {
        inspect_variables(in, value);
    }
    if (variable == text.len) {
        inspect_syntax(in, test, value, text);
    } else if (compare->family == FAMILY_STRING && compare->comparison != COMPARE_LIKE &&
               find_wildcard(text) < text.len) {
        add_fault(in, FAULT_VALUE_WILDCARD, value);
    }
    if (!takes_variables(compare) || value->kind != NODE_STRING) {
        return;
    }
    if (variable == text.len) {
        inspect_form(in, test, value, text);
    }
    if (takes_wildcards(compare)) {
        inspect_width(in, test, value, text, FAULT_VALUE_WILDCARD_WIDE, find_wildcard(text));
        if (!is_exact_variable(text, variable)) {
            inspect_width(in, test, value, text, FAULT_VALUE_VARIABLE_WIDE, variable);
        }
    }
}

/* ---- values together ---- */

/* Beyond RFC 1918 and RFC 4193: loopback, link-local and carrier ranges, which no caller comes from. */
static bool is_private(const struct ip_range *range)
{
    static const struct str others[] = {STR_INIT("127.0.0.0/8"), STR_INIT("169.254.0.0/16"),
                                        STR_INIT("100.64.0.0/10"), STR_INIT("::1/128"),
                                        STR_INIT("fe80::/10")};
    struct ip_range outer;
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (ip_range_parse(others[i], &outer) && ip_range_contains(&outer, range)) {
            return true;
        }
    }
    return ip_range_is_private(range);
}

static void inspect_addresses(struct inspection *in, const struct tested_key *test)
{
    size_t valid = 0;
    size_t closed = 0;
    struct str example = {0};
    uint32_t size = node_size(test->values);
    for (uint32_t i = 0; i < size; i++) {
        struct ip_range range;
        struct str text = text_of(in, tree_element(in->tree, test->values, i));
        if (ip_range_parse(text, &range)) {
            valid++;
            if (is_private(&range)) {
                closed++;
                example = text;
            }
        }
    }
    bool negated = test->use->compare->negated;
    if (closed > 0 && closed == size) {
        add_fault(in, negated ? FAULT_VALUES_PRIVATE_NOT : FAULT_VALUES_PRIVATE, test->values);
    } else if (closed > 0 && closed < valid) {
        add_fault_text(in, negated ? FAULT_VALUES_PRIVATE_NOT_SOME : FAULT_VALUES_PRIVATE_SOME,
                       test->values, example);
    }
}

static bool is_bound(enum iam_comparison comparison)
{
    return comparison == COMPARE_LESS || comparison == COMPARE_LESS_EQUAL ||
           comparison == COMPARE_GREATER || comparison == COMPARE_GREATER_EQUAL;
}

static void inspect_bounds(struct inspection *in, const struct tested_key *test)
{
    enum iam_comparison comparison = test->use->compare->comparison;
    bool below = comparison == COMPARE_LESS || comparison == COMPARE_LESS_EQUAL;
    struct str widest = {0};
    size_t count = 0;
    for (uint32_t i = 0; i < node_size(test->values); i++) {
        const struct node *value = tree_element(in->tree, test->values, i);
        struct str text = text_of(in, value);
        int order = 0;
        if (!is_number(value, text)) {
            continue;
        }
        bool wider = count == 0 ||
                     (decimal_compare(text, widest, &order) && (below ? order > 0 : order < 0));
        widest = wider ? text : widest;
        count++;
    }
    if (count > 1) {
        add_fault_text(in, FAULT_VALUES_NUMBERS, test->values, widest);
    }
}

void inspect_values(struct inspection *in, const struct tested_key *test)
{
    const struct iam_operator *compare = test->use->compare;
    uint32_t size = node_size(test->values);
    for (uint32_t i = 0; i < size; i++) {
        const struct node *value = tree_element(in->tree, test->values, i);
        if (value->kind != NODE_UNKNOWN) {
            inspect_value(in, test, value);
        }
    }
    if (compare->family == FAMILY_IP && is_one_key(test, STR("aws:SourceIp"))) {
        inspect_addresses(in, test);
    }
    if (size < 2 || test->open) {
        return;
    }
    if (compare->family == FAMILY_BOOL || compare->family == FAMILY_NULL) {
        add_fault(in, FAULT_VALUES_BOOLEANS, test->values);
    } else if (compare->family == FAMILY_NUMERIC && is_bound(compare->comparison)) {
        inspect_bounds(in, test);
    }
}
