/* SPDX-License-Identifier: MIT */
/*
 * What a condition key comes to in its statement: whether its value decides anything, and whether the
 * statement's actions have it. Sources: IAM User Guide, "Set operators for multivalued context keys",
 * "AWS global condition context keys"; Service Authorization Reference.
 */
#include "iam/inspection.h"

#include "aws/catalogue.h"
#include "aws/wildcard.h"

/* ---- values of '*' ---- */

/* Keys that every request has. */
static const struct str present_keys[] = {
    STR_INIT("aws:PrincipalAccount"), STR_INIT("aws:PrincipalType"),
    STR_INIT("aws:userid"),           STR_INIT("aws:CurrentTime"),
    STR_INIT("aws:EpochTime"),        STR_INIT("aws:SecureTransport"),
    STR_INIT("aws:RequestedRegion"),  STR_INIT("aws:UserAgent"),
    STR_INIT("aws:ViaAWSService"),
};

/* The value that decides: one '*' is enough for a positive operator, a negated one needs all. */
static const struct node *find_star(const struct inspection *in, const struct tested_key *test)
{
    const struct node *star = NULL;
    size_t stars = 0;
    for (uint32_t i = 0; i < node_size(test->values); i++) {
        const struct node *value = tree_element(in->tree, test->values, i);
        if (is_string(value) && wildcard_is_stars(text_of(in, value))) {
            star = star ? star : value;
            stars++;
        }
    }
    return test->use->compare->negated && stars < node_size(test->values) ? NULL : star;
}

void inspect_stars(struct inspection *in, const struct tested_key *test)
{
    const struct iam_operator *compare = test->use->compare;
    bool pattern = compare->family == FAMILY_ARN ||
                   (compare->family == FAMILY_STRING && compare->comparison == COMPARE_LIKE);
    const struct node *star = pattern ? find_star(in, test) : NULL;
    if (!star) {
        return;
    }
    bool present = !compare->negated;
    bool absent = compare->negated ? test->use->quantifier != QUANTIFIER_ANY
                                   : test->use->quantifier == QUANTIFIER_ALL;
    absent = absent || test->use->if_exists;
    for (size_t i = 0; i < COUNT_OF(present_keys); i++) {
        absent = str_eq_nocase(test->name, present_keys[i]) ? present : absent;
    }
    enum iam_fault_id id = present ? (absent ? FAULT_VALUE_IS_ALWAYS : FAULT_VALUE_IS_PRESENT)
                                   : (absent ? FAULT_VALUE_IS_ABSENT : FAULT_VALUE_IS_NEVER);
    add_fault(in, id, star);
}

/* ---- the statement's actions ---- */

static bool has_key(uint32_t action, uint32_t wanted)
{
    struct catalogue_key_walk walk = {.action = action};
    uint32_t key;
    while (catalogue_next_key(&walk, &key)) {
        if (key == wanted) {
            return true;
        }
    }
    return false;
}

/*
 * What a statement's actions come to for a key is the same for each key of the same number, and for
 * tags the same for all of them; a statement may have many such keys.
 */
enum { USES_KEPT = 16, USE_COST = 8, SERVICE_KEYS = 4 };

struct key_use {
    uint32_t key;              /* 1 + its number; 0: none */
    struct str text;           /* the actions at fault, or their services */
    const struct node **nodes; /* the entries */
    size_t count, capacity;
};

/* Of a key that few services support: an action of another one, once that was asked. */
struct service_use {
    bool asked;
    const struct node *other;
};

struct key_uses {
    uint32_t *actions; /* their numbers; CATALOGUE_NONE for patterns */
    struct service_use services[SERVICE_KEYS];
    struct key_use kept[USES_KEPT + 1]; /* the last is of tags */
};

static struct key_uses *uses_of(struct inspection *in)
{
    if (!in->uses) {
        struct arena *arena = in->faults->arena;
        uint32_t size = in->action ? node_size(in->action) : 0;
        in->uses = arena_new(arena, struct key_uses);
        in->uses->actions = arena_array(arena, uint32_t, size);
        for (uint32_t i = 0; i < size; i++) {
            struct str text = text_of(in, tree_element(in->tree, in->action, i));
            in->uses->actions[i] =
                wildcard_is_pattern(text) ? CATALOGUE_NONE : catalogue_find_action(text);
        }
    }
    return in->uses;
}

static void add_use(struct inspection *in, struct key_use *use, const struct node *entry,
                    struct str name)
{
    use->nodes = arena_grow(in->faults->arena, (void *)use->nodes, use->count, &use->capacity,
                            sizeof *use->nodes);
    use->nodes[use->count++] = entry;
    use->text = add_to_list(in, use->text, name);
}

/* Where there are actions at fault: a fault of the key, which shows at them and at the key. */
static void add_use_fault(struct inspection *in, const struct tested_key *test,
                          enum iam_fault_id id, const struct key_use *use)
{
    if (use->count == 0) {
        return;
    }
    struct iam_fault *fault = add_fault(in, id, test->values);
    fault_detail(in, fault)->text = use->text;
    for (size_t i = 0; i < use->count; i++) {
        add_place(in, fault, use->nodes[i]);
    }
    add_place(in, fault, test->key);
}

/*
 * What a request to assume a role needs permission for beside sts:AssumeRole. It is one request, with one context, so
 * that a condition on the external ID or the session's name holds for these too, although the Service
 * Authorization Reference lists such keys for sts:AssumeRole alone. EKS User Guide, "Access AWS resources using EKS
 * Pod Identity Target IAM Roles", "Prepare credentials for hybrid nodes".
 */
static bool goes_along(const struct key_uses *uses, uint32_t size, uint32_t action,
                       const struct tested_key *test)
{
    static const struct str companions[] = {
        STR_INIT("sts:TagSession"),
        STR_INIT("sts:SetSourceIdentity"),
        STR_INIT("sts:SetContext"),
    };
    bool companion = false;
    for (size_t i = 0; i < COUNT_OF(companions); i++) {
        companion = companion || action == catalogue_find_action(companions[i]);
    }
    bool led = false;
    for (uint32_t i = 0; companion && !led && i < size; i++) {
        /* a pattern, or what only the stack knows, may be sts:AssumeRole */
        led = uses->actions[i] == CATALOGUE_NONE || has_key(uses->actions[i], test->number);
    }
    return led && str_starts(catalogue_key_name(test->number), STR("sts:"));
}

/* Actions by their names that do not have the key; of statements with a principal. */
static void inspect_actions_of_key(struct inspection *in, const struct tested_key *test)
{
    struct str key = catalogue_key_name(test->number);
    bool skipped = str_starts(key, STR("${")) || str_starts(key, STR("aws:")) ||
                   str_find(key, STR("Tag")) < key.len || test->use->compare->family == FAMILY_NULL;
    if (skipped) {
        return;
    }
    struct key_uses *uses = uses_of(in);
    struct key_use *use = &uses->kept[test->number % USES_KEPT];
    if (use->key != test->number + 1) {
        *use = (struct key_use){.key = test->number + 1};
        for (uint32_t i = 0; i < node_size(in->action) && spend(in, USE_COST); i++) {
            uint32_t action = uses->actions[i];
            if (action != CATALOGUE_NONE && !has_key(action, test->number) &&
                !goes_along(uses, node_size(in->action), action, test)) {
                const struct node *entry = tree_element(in->tree, in->action, i);
                add_use(in, use, entry, text_of(in, entry));
            }
        }
    }
    add_use_fault(in, test, FAULT_KEY_ACTIONS, use);
}

/* ---- tags ---- */

static bool is_tag_key(uint32_t key)
{
    struct str name = catalogue_key_name(key);
    return str_starts(name, STR("aws:ResourceTag")) || str_starts(name, STR("aws:RequestTag")) ||
           str_eq(name, STR("aws:TagKeys"));
}

static bool has_tags(uint32_t action)
{
    struct catalogue_key_walk walk = {.action = action};
    uint32_t key;
    while (catalogue_next_key(&walk, &key)) {
        if (is_tag_key(key)) {
            return true;
        }
    }
    return false;
}

/* An action by its name, or all of a service's, of which no tag says anything. */
static bool is_untagged(struct str text, uint32_t action)
{
    size_t colon = str_find_char(text, ':');
    struct str name = str_from(text, colon + 1);
    if (!wildcard_is_pattern(text)) {
        return action != CATALOGUE_NONE && !has_tags(action);
    }
    uint32_t service = catalogue_find_service(str_slice(text, 0, colon));
    if (!wildcard_is_stars(name) || service == CATALOGUE_NONE) {
        return false;
    }
    struct catalogue_range actions = catalogue_service_actions(service);
    for (action = actions.first; action < actions.end; action++) {
        if (has_tags(action)) {
            return false;
        }
    }
    return true;
}

static void inspect_tag_actions(struct inspection *in, const struct tested_key *test)
{
    struct key_uses *uses = uses_of(in);
    struct key_use *use = &uses->kept[USES_KEPT];
    for (uint32_t i = 0; use->key == 0 && in->action && i < node_size(in->action); i++) {
        const struct node *entry = tree_element(in->tree, in->action, i);
        struct str text = text_of(in, entry);
        if (is_untagged(text, uses->actions[i])) {
            add_use(in, use, entry, str_slice(text, 0, str_find_char(text, ':')));
        }
    }
    use->key = 1;
    add_use_fault(in, test, FAULT_KEY_TAG_ACTIONS, use);
    if (in->not_action) {
        add_fault(in, FAULT_KEY_TAG_NOT_ACTION, test->values);
    }
}

/* ---- keys of VPC endpoints, which few services support ---- */

#define VPCE_SERVICES                                                                              \
    " acm-pca apprunner applicationinsights athena cloudformation comprehendmedical "              \
    "compute-optimizer datasync discovery ebs ecr ecs firehose healthlake iam iotfleetwise "       \
    "iotwireless kinesisanalytics kms lambda medical-imaging omics payment-cryptography polly "    \
    "rbin rekognition route53 s3 scheduler servicediscovery servicequotas ssm-contacts "           \
    "storagegateway textract transcribe transfer "
#define VPCE_MORE "dynamodb gamelift shield "
#define VPCE_ORG                                                                                   \
    "b2bi cassandra cognito-identity dms ds-data identitystore iottwinmaker network-firewall "     \
    "pricing ses sms-voice sqs workmail "

/* Source: IAM User Guide, "AWS global condition context keys", the services of each key. */
static const struct {
    struct str key, services;
} supported[SERVICE_KEYS] = {
    {STR_INIT("aws:VpceAccount"), STR_INIT(VPCE_SERVICES VPCE_MORE)},
    {STR_INIT("aws:VpceOrgPaths"), STR_INIT(VPCE_SERVICES VPCE_MORE)},
    {STR_INIT("aws:VpceOrgID"), STR_INIT(VPCE_SERVICES VPCE_MORE VPCE_ORG)},
    {STR_INIT("aws:SourceVpcArn"), STR_INIT(VPCE_SERVICES VPCE_ORG)},
};

static bool is_supported(struct str services, struct str text)
{
    size_t colon = str_find_char(text, ':');
    char word[66] = {' '};
    if (colon == text.len || colon > 64 || str_eq_nocase(text, STR("iam:PassRole"))) {
        return false;
    }
    for (size_t i = 0; i < colon; i++) {
        word[i + 1] = char_lower(text.ptr[i]);
    }
    word[colon + 1] = ' ';
    return str_find(services, (struct str){word, colon + 2}) < services.len;
}

static void inspect_services_of_key(struct inspection *in, const struct tested_key *test,
                                    size_t row)
{
    if (in->not_action) {
        add_fault_text(in, FAULT_KEY_SERVICES, test->values, STR("NotAction"));
        return;
    }
    struct service_use *use = &uses_of(in)->services[row];
    for (uint32_t i = 0; !use->asked && in->action && i < node_size(in->action); i++) {
        const struct node *entry = tree_element(in->tree, in->action, i);
        bool other = is_string(entry) && !is_supported(supported[row].services, text_of(in, entry));
        use->other = other ? entry : NULL;
        use->asked = other;
    }
    use->asked = true;
    if (use->other) {
        add_fault_text(in, FAULT_KEY_SERVICES, test->values, text_of(in, use->other));
    }
}

void inspect_key_use(struct inspection *in, const struct tested_key *test)
{
    const struct iam_operator_use *use = test->use;
    if (in->action && (in->principal || in->not_principal)) {
        inspect_actions_of_key(in, test);
    }
    for (size_t i = 0; i < COUNT_OF(supported); i++) {
        if (str_eq_nocase(test->name, supported[i].key)) {
            inspect_services_of_key(in, test, i);
        }
    }
    bool decides = use->compare->family != FAMILY_NULL && !use->if_exists && !use->compare->negated;
    if (decides && str_starts(catalogue_key_name(test->number), STR("aws:ResourceTag"))) {
        inspect_tag_actions(in, test);
    }
}
