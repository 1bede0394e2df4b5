/* SPDX-License-Identifier: MIT */
/*
 * Resources against the ARN formats of the catalogue. The first fault of an entry hides the others, but
 * that its region and its account are judged apart. A format counts where its resource can be the
 * entry's; a fault of region or account is one only if all formats that count agree. Sources: IAM User
 * Guide, "Identify AWS resources with ARNs"; IAM Access Analyzer policy check reference, the checks
 * from "Missing ARN field" to "Invalid ARN account".
 */
#include "iam/inspection.h"

#include "aws/arn.h"
#include "aws/catalogue.h"
#include "aws/region.h"
#include "aws/wildcard.h"

#include <stdlib.h>

enum { ARN_FIELD_COUNT = 6 };
enum field {
    FIELD_PREFIX,
    FIELD_PARTITION,
    FIELD_SERVICE,
    FIELD_REGION,
    FIELD_ACCOUNT,
    FIELD_REST
};

/* Cut at the first five colons that are not inside a variable. Returns how many fields there are. */
static size_t cut_fields(struct str text, struct str *fields)
{
    size_t count = 0;
    size_t from = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len && count < ARN_FIELD_COUNT - 1; i++) {
        inside = inside ? text.ptr[i] != '}'
                        : text.ptr[i] == '$' && i + 1 < text.len && text.ptr[i + 1] == '{';
        if (text.ptr[i] == ':' && !inside) {
            fields[count++] = str_slice(text, from, i);
            from = i + 1;
        }
    }
    fields[count++] = str_from(text, from);
    return count;
}

/* ---- services ---- */

static bool is_service(struct inspection *in, struct str service)
{
    return find_service(in, service) != CATALOGUE_NONE ||
           catalogue_absent_service(service) != ABSENCE_UNKNOWN ||
           catalogue_find_arn_service(service) != CATALOGUE_NONE;
}

/* ---- formats ---- */

/* What the formats that count say; more of them can only make more of it true. */
struct formats {
    bool any;                           /* one counts */
    bool has_types;                     /* the service has formats at all */
    bool region_empty, region_filled;   /* one of them has no region; has one */
    bool account_empty, account_filled; /* the same of the account; a fixed one counts as both */
    bool account_literal;               /* one of them has this very account */
    bool named;                         /* an ARN of this very service was among them */
    uint32_t type;                      /* one of the service's, for messages: the last */
};

/* `field` of a format as a pattern. */
static struct str as_pattern(struct str field, char *bytes)
{
    size_t len = 0;
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] == '$') {
            i += str_find_char(str_from(field, i), '}');
            bytes[len++] = '*';
        } else {
            bytes[len++] = field.ptr[i];
        }
    }
    return (struct str){bytes, len};
}

static bool is_placeholder(struct str field)
{
    return field.len > 0 && (field.ptr[0] == '$' || field.ptr[0] == '*');
}

/* Do the two differ before anything in them is open? */
static bool begin_apart(struct str format, struct str text)
{
    size_t i = 0;
    while (i < format.len && i < text.len && format.ptr[i] == text.ptr[i] && text.ptr[i] != '*' &&
           text.ptr[i] != '?') {
        i++;
    }
    return i < format.len && i < text.len && !is_placeholder(str_from(format, i)) &&
           text.ptr[i] != '*' && text.ptr[i] != '?';
}

/* `own`: the service that the type belongs to. */
static void count_format(struct inspection *in, const struct str *entry, struct str own,
                         uint32_t type, struct formats *formats)
{
    char pattern[CATALOGUE_TEXT_MAX];
    const struct catalogue_format format = catalogue_type_format(type);
    struct str service = format.service.len ? format.service : own;
    bool named = str_eq(service, entry[FIELD_SERVICE]);
    formats->has_types = true;
    if (!formats->named || (named && type > formats->type)) {
        formats->type = type;
    }
    formats->named = formats->named || named;
    if (!named || begin_apart(format.rest, entry[FIELD_REST]) ||
        wildcard_overlaps_within(as_pattern(format.rest, pattern), entry[FIELD_REST], false,
                                 &in->budget) == TRUTH_FALSE) {
        return;
    }
    struct str account = format.account;
    bool literal = account.len && !is_placeholder(account);
    formats->any = true;
    formats->region_empty = formats->region_empty || format.region.len == 0;
    formats->region_filled = formats->region_filled || format.region.len > 0;
    formats->account_empty = formats->account_empty || account.len == 0 || literal;
    formats->account_filled = formats->account_filled || account.len > 0;
    formats->account_literal =
        formats->account_literal || (literal && str_eq(account, entry[FIELD_ACCOUNT]));
}

static bool is_star(struct str text)
{
    return str_eq(text, STR("*"));
}

/* Nothing that another format says could make the entry's region and account right that is not. */
static bool is_settled(const struct str *entry, const struct formats *formats)
{
    struct str region = entry[FIELD_REGION];
    struct str account = entry[FIELD_ACCOUNT];
    bool region_good =
        is_star(region) || (region.len ? formats->region_filled : formats->region_empty);
    bool account_good =
        is_star(account) || (account.len ? formats->account_filled : formats->account_empty);
    return formats->any && region_good && account_good;
}

/* Other services may have resources of this one in their lists. */
static void ask_others(struct inspection *in, const struct str *entry, struct formats *formats)
{
    uint32_t named = catalogue_find_arn_service(entry[FIELD_SERVICE]);
    uint32_t type = named == CATALOGUE_NONE ? CATALOGUE_NONE : catalogue_next_type(named, 0);
    while (type != CATALOGUE_NONE && !is_settled(entry, formats)) {
        count_format(in, entry, entry[FIELD_SERVICE], type, formats);
        type = catalogue_next_type(named, type + 1);
    }
}

static void ask_formats(struct inspection *in, const struct str *entry, struct formats *formats)
{
    uint32_t service = find_service(in, entry[FIELD_SERVICE]);
    if (service != CATALOGUE_NONE) {
        struct str name = catalogue_service_name(service);
        struct catalogue_range own = catalogue_service_types(service);
        for (uint32_t type = own.first; type < own.end && !is_settled(entry, formats); type++) {
            count_format(in, entry, name, type, formats);
        }
    }
    if (!is_settled(entry, formats)) {
        ask_others(in, entry, formats);
    }
}

/* ---- the parts of an entry ---- */

/* An account's twelve digits, or a pattern that they can match. */
static bool can_be_account(struct str account)
{
    size_t digits = 0;
    bool star = false;
    for (size_t i = 0; i < account.len; i++) {
        char c = account.ptr[i];
        if (!char_is_digit(c) && c != '*' && c != '?') {
            return false;
        }
        star = star || c == '*';
        digits += c != '*';
    }
    return star ? digits <= 12 : digits == 12;
}

/*
 * Resources of AWS's own that are named without an account: public documents and parameters of
 * Systems Manager, managed views, images and components.
 */
static bool may_be_aws_owned(const struct str *entry)
{
    static const struct {
        struct str service, rest;
    } owned[] = {
        {STR_INIT("ssm"), STR_INIT("document/")},
        {STR_INIT("ssm"), STR_INIT("automation-definition/")},
        {STR_INIT("ssm"), STR_INIT("parameter/aws/")},
        {STR_INIT("resource-explorer-2"), STR_INIT("view/")},
        {STR_INIT("imagebuilder"), STR_INIT("")},
        {STR_INIT("rds"), STR_INIT("")},
        {STR_INIT("elasticache"), STR_INIT("")},
    };
    for (size_t i = 0; i < COUNT_OF(owned); i++) {
        if (str_eq(entry[FIELD_SERVICE], owned[i].service) &&
            str_starts(entry[FIELD_REST], owned[i].rest)) {
            return true;
        }
    }
    struct str rest = entry[FIELD_REST];
    return rest.len > 0 && rest.ptr[0] == '*';
}

static void inspect_region(struct inspection *in, const struct node *node, const struct str *entry,
                           const struct formats *formats)
{
    struct str region = entry[FIELD_REGION];
    if (region.len == 0) {
        if (formats->any && !formats->region_empty) {
            add_fault(in, FAULT_ARN_REGION_MISSING, node);
        }
    } else if (!is_star(region) && formats->any && !formats->region_filled) {
        add_fault(in, FAULT_ARN_REGION_NOT_ALLOWED, node);
    } else if (!region_can_be(entry[FIELD_PARTITION], region)) {
        add_fault_text(in, FAULT_ARN_REGION, node, region_nearest(region));
    }
}

static void inspect_account(struct inspection *in, const struct node *node, const struct str *entry,
                            const struct formats *formats)
{
    struct str account = entry[FIELD_ACCOUNT];
    if (account.len == 0) {
        /* A region that is missing hides an account that is. */
        bool region_missing = entry[FIELD_REGION].len == 0 && !formats->region_empty;
        if (formats->any && !formats->account_empty && !region_missing &&
            !may_be_aws_owned(entry)) {
            add_fault(in, FAULT_ARN_ACCOUNT_MISSING, node);
        }
    } else if (!is_star(account) && formats->any && !formats->account_filled) {
        add_fault(in, FAULT_ARN_ACCOUNT_NOT_ALLOWED, node);
    } else if (!can_be_account(account) && !str_eq(account, STR("aws")) &&
               !formats->account_literal) {
        add_fault(in, FAULT_ARN_ACCOUNT, node);
    }
}

static struct str lower_case(struct inspection *in, struct str text)
{
    char *copy = arena_array(in->faults->arena, char, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        copy[i] = char_lower(text.ptr[i]);
    }
    return (struct str){copy, text.len};
}

static bool has_upper(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') {
            return true;
        }
    }
    return false;
}

/* The resource, region and account of an entry whose service is known. */
static void inspect_parts(struct inspection *in, const struct node *node, struct str text,
                          const struct str *entry)
{
    struct formats formats = {0};
    ask_formats(in, entry, &formats);
    if (formats.has_types && !formats.any && !wildcard_is_pattern(text)) {
        struct catalogue_text format;
        struct str kept = catalogue_type_arn(formats.type, &format);
        add_fault_text(in, FAULT_ARN_RESOURCE, node, arena_str(in->faults->arena, kept));
        return;
    }
    inspect_region(in, node, entry, &formats);
    inspect_account(in, node, entry, &formats);
}

static void inspect_arn(struct inspection *in, const struct node *node)
{
    struct str text = without_variables(in, text_of(in, node));
    struct str entry[ARN_FIELD_COUNT];
    if (is_star(text)) {
        return;
    }
    if (cut_fields(text, entry) < ARN_FIELD_COUNT) {
        add_fault(in, FAULT_ARN_FIELDS, node);
        return;
    }
    struct str service = entry[FIELD_SERVICE];
    if (!str_eq(entry[FIELD_PREFIX], STR("arn"))) {
        add_fault(in, FAULT_ARN_PREFIX, node);
    } else if (!partition_can_be(entry[FIELD_PARTITION])) {
        add_fault(in, FAULT_ARN_PARTITION, node);
    } else if (wildcard_is_pattern(service)) {
        add_fault(in, FAULT_ARN_SERVICE_WILDCARD, node);
    } else if (has_upper(service) && is_service(in, lower_case(in, service))) {
        add_fault_text(in, FAULT_ARN_SERVICE_CASE, node, lower_case(in, service));
    } else if (!is_service(in, service)) {
        add_fault_text(in, FAULT_ARN_SERVICE, node, meant_service(in, service));
    } else {
        inspect_parts(in, node, text, entry);
    }
}

void inspect_resources(struct inspection *in, const struct node *entries)
{
    if (node_size(entries) == 0) {
        add_fault(in, FAULT_RESOURCES_NONE, entries);
    }
    struct text_look *looks = arena_array(in->faults->arena, struct text_look, node_size(entries));
    for (uint32_t i = 0; i < node_size(entries); i++) {
        const struct node *entry = tree_element(in->tree, entries, i);
        struct str text = text_of(in, entry);
        looks[i] = look_at(text);
        if (!is_string(entry) || is_known_clean(&in->checker->resources, text, looks[i])) {
            continue;
        }
        size_t faults = in->faults->count;
        if (looks[i].dollar) {
            inspect_variables(in, entry);
        }
        inspect_arn(in, entry);
        /* What variables are depends on the policy's version. */
        if (in->faults->count == faults && !looks[i].dollar) {
            note_clean(in, &in->checker->resources, entry, looks[i]);
        }
    }
    inspect_cover(in, entries, looks, FAULT_REDUNDANT_RESOURCE, false);
}
