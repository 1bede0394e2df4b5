/* SPDX-License-Identifier: MIT */
/*
 * Actions against the resources of their statement: one that takes none of them is neither allowed nor
 * denied anything. A pattern counts where one of its actions takes a resource. Nothing is said of
 * NotAction and NotResource, which leave more than they name, nor of a statement with a resource that
 * is wrong by itself or that the catalogue does not know. Sources: Service Authorization Reference,
 * "Actions, resources, and condition keys for AWS services" (its column "Resource types"); IAM User
 * Guide, "IAM JSON policy elements: Resource".
 */
#include "iam/inspection.h"

#include "aws/catalogue.h"
#include "aws/wildcard.h"

/* Of holding an ARN against a type, in comparisons. */
enum { TAKING_COST = 16 };

enum { TYPES_NOTED = 16 };

/* Can one of the statement's resources be of a type? Actions of a service ask about the same few types. */
struct type_note {
    uint32_t type;
    bool taken;
};

/* The resources of the statement at hand. */
struct targets {
    const struct node *list;
    struct catalogue_arn *arns;
    uint32_t count;
    bool unknown;         /* one of them cannot be known */
    bool typed_said;      /* what is to be said of actions with resource types stands elsewhere */
    bool asked, familiar; /* the catalogue has a type for each of them; once that was asked */
    struct type_note types[TYPES_NOTED]; /* that were asked about */
    uint32_t type_count;
    struct str service; /* of the entry before, and is_certain() of it */
    bool certain;
};

/* What the actions of an entry take. */
struct reach {
    uint32_t first;  /* the first action of those with resource types, else of all; or NONE */
    bool has_types;  /* one of the actions has them */
    bool takes_some; /* one of them takes a resource of the statement */
};

/* ---- resources ---- */

/* '*', or what may stand for it: a call without a resource asks for '*'. */
static bool may_be_all(struct str text)
{
    return text.len > 0 && (text.ptr[0] == '*' || text.ptr[0] == '?' || text.ptr[0] == '$');
}

static bool has_own_fault(const struct inspection *in, const struct node *node)
{
    for (int id = FAULT_ARN_FIELDS; id <= FAULT_ARN_ACCOUNT; id++) {
        if (iam_faults_at(in->parts, (enum iam_fault_id)id, node)) {
            return true;
        }
    }
    return false;
}

/* False where nothing is to be said of the statement. */
static bool find_targets(struct inspection *in, const struct node *list, struct targets *targets)
{
    uint32_t size = node_size(list);
    *targets = (struct targets){.list = list};
    for (uint32_t i = 0; i < size; i++) {
        const struct node *node = tree_element(in->tree, list, i);
        targets->unknown = targets->unknown || node->kind == NODE_UNKNOWN;
        bool text = is_string(node) || node->kind == NODE_UNKNOWN;
        if (!text || (is_string(node) && may_be_all(text_of(in, node)))) {
            return false;
        }
    }
    return size > 0;
}

/* Cut once an action asks: many statements have none that matters. */
static void cut_targets(struct inspection *in, struct targets *targets)
{
    uint32_t size = targets->arns ? 0 : node_size(targets->list);
    if (size) {
        targets->arns = arena_array(in->faults->arena, struct catalogue_arn, size);
    }
    for (uint32_t i = 0; i < size; i++) {
        const struct node *node = tree_element(in->tree, targets->list, i);
        if (is_string(node)) {
            targets->arns[targets->count++] = catalogue_arn_cut(text_of(in, node));
        }
    }
}

/*
 * An access point takes what its bucket takes, of which the catalogue lists a part (Amazon S3 User
 * Guide, "Access point compatibility").
 */
static bool is_access_point(const struct catalogue_arn *arn)
{
    return str_eq(arn->service, STR("s3")) && (arn->region.len || arn->account.len);
}

static struct catalogue_range types_of(const struct catalogue_arn *arn)
{
    uint32_t service = arn->service.len ? catalogue_find_service(arn->service) : CATALOGUE_NONE;
    return service == CATALOGUE_NONE ? (struct catalogue_range){0, 0}
                                     : catalogue_service_types(service);
}

static bool is_familiar(struct inspection *in, const struct catalogue_arn *arn)
{
    struct catalogue_range own = types_of(arn);
    if (is_access_point(arn) || !spend(in, (uint64_t)(own.end - own.first) * TAKING_COST)) {
        return false;
    }
    for (uint32_t type = own.first; type < own.end; type++) {
        if (catalogue_type_takes(type, arn)) {
            return true;
        }
    }
    /* Other services may have resources of this one in their lists. */
    if (!spend(in, (uint64_t)CATALOGUE_RESOURCE_TYPE_COUNT * TAKING_COST)) {
        return false;
    }
    for (uint32_t type = 0; type < CATALOGUE_RESOURCE_TYPE_COUNT; type++) {
        if (catalogue_type_takes(type, arn)) {
            return true;
        }
    }
    return false;
}

/* Does the catalogue know what each of them can be? Then it also knows which actions take it. */
static bool are_familiar(struct inspection *in, struct targets *targets)
{
    if (!targets->asked) {
        targets->asked = true;
        targets->familiar = true;
        for (uint32_t i = 0; i < node_size(targets->list); i++) {
            const struct node *node = tree_element(in->tree, targets->list, i);
            bool good = node->kind == NODE_UNKNOWN || !has_own_fault(in, node);
            targets->familiar = targets->familiar && good;
        }
        for (uint32_t i = 0; targets->familiar && i < targets->count; i++) {
            targets->familiar = is_familiar(in, &targets->arns[i]);
        }
    }
    return targets->familiar;
}

/*
 * Where the catalogue lists no resource for an action, some services ask about the whole of a type all
 * the same: iam:ListRoles about "role/", eks:ListClusters about all clusters; EC2 does not. And what is
 * made or changed may have an ARN that the catalogue does not say.
 */
static bool may_be_asked_about(const struct targets *targets, uint32_t action)
{
    struct str service = catalogue_service_name(catalogue_action_service(action));
    enum access_level level = catalogue_action_level(action);
    bool whole = false;
    for (uint32_t i = 0; i < targets->count && !whole; i++) {
        const struct catalogue_arn *arn = &targets->arns[i];
        whole = str_eq(arn->service, service) && catalogue_names_type_only(arn);
    }
    bool reads = level == ACCESS_LIST || level == ACCESS_READ;
    return !reads || (whole && !str_eq(service, STR("ec2")));
}

/* Of what can be tagged the catalogue lists a part, as for elasticloadbalancing:AddTags. */
static bool is_tagging(uint32_t action)
{
    return catalogue_action_level(action) == ACCESS_TAGGING;
}

/* ---- actions ---- */

static const struct type_note *find_note(const struct targets *targets, uint32_t type)
{
    for (uint32_t i = 0; i < targets->type_count; i++) {
        if (targets->types[i].type == type) {
            return &targets->types[i];
        }
    }
    return NULL;
}

static void note_type(struct targets *targets, uint32_t type, bool taken)
{
    if (targets->type_count < TYPES_NOTED && !find_note(targets, type)) {
        targets->types[targets->type_count++] = (struct type_note){type, taken};
    }
}

/* Can the resource have one of the action's types of which nothing is noted? */
static bool takes_unnoted(struct inspection *in, struct targets *targets, uint32_t action,
                          const struct catalogue_arn *arn)
{
    for (size_t i = 0; i < catalogue_action_resource_count(action); i++) {
        uint32_t type = catalogue_action_resource(action, i).type;
        if (find_note(targets, type)) {
            continue;
        }
        if (!spend(in, TAKING_COST)) {
            return true;
        }
        if (catalogue_type_takes(type, arn)) {
            note_type(targets, type, true);
            return true;
        }
    }
    return false;
}

/* Does the action take one of the statement's resources? What is noted is asked first. */
static bool takes_any(struct inspection *in, struct targets *targets, uint32_t action)
{
    const size_t types = catalogue_action_resource_count(action);
    size_t noted = 0;
    bool taken = false;
    for (size_t i = 0; i < types && !taken; i++) {
        const struct type_note *note =
            find_note(targets, catalogue_action_resource(action, i).type);
        noted += note != NULL;
        taken = note && note->taken;
    }
    for (uint32_t i = 0; i < targets->count && noted < types && !taken; i++) {
        taken = takes_unnoted(in, targets, action, &targets->arns[i]);
    }
    for (size_t i = 0; i < types && !taken; i++) {
        note_type(targets, catalogue_action_resource(action, i).type, false);
    }
    return taken;
}

static void add_action(struct inspection *in, struct targets *targets, uint32_t action,
                       struct reach *reach)
{
    size_t types = catalogue_action_resource_count(action);
    if (types && targets->typed_said) {
        reach->takes_some = true;
    }
    if (reach->first == CATALOGUE_NONE || (types && !reach->has_types)) {
        reach->first = action;
    }
    reach->has_types = reach->has_types || types > 0;
    reach->takes_some =
        reach->takes_some || is_tagging(action) || (!types && may_be_asked_about(targets, action));
    reach->takes_some = reach->takes_some || takes_any(in, targets, action);
    for (uint32_t i = 0; types && i < targets->count && !reach->takes_some; i++) {
        struct str arn = targets->arns[i].text;
        reach->takes_some = !spend(in, types * arn.len) || catalogue_action_may_take(action, arn);
    }
}

static struct reach reach_of(struct inspection *in, struct targets *targets, struct str text)
{
    struct reach reach = {.first = CATALOGUE_NONE};
    uint32_t action;
    if (!wildcard_is_pattern(text)) {
        action = catalogue_find_action(text);
        if (action != CATALOGUE_NONE) {
            add_action(in, targets, action, &reach);
        }
        return reach;
    }
    struct catalogue_expansion expansion = catalogue_expand(text, in->budget);
    while (!reach.takes_some && catalogue_next_action(&expansion, &action)) {
        in->budget = expansion.budget;
        add_action(in, targets, action, &reach);
        expansion.budget = in->budget;
    }
    in->budget = expansion.budget;
    in->faults->exhausted = in->faults->exhausted || expansion.exhausted;
    reach.takes_some = reach.takes_some || expansion.exhausted;
    return reach;
}

/* The shortest form of an ARN that the action takes. */
static struct str plainest_arn(uint32_t action, struct catalogue_text *text)
{
    uint32_t plainest = catalogue_action_resource(action, 0).type;
    size_t least = catalogue_type_arn(plainest, text).len;
    for (size_t i = 1; i < catalogue_action_resource_count(action); i++) {
        uint32_t type = catalogue_action_resource(action, i).type;
        size_t len = catalogue_type_arn(type, text).len;
        plainest = len < least ? type : plainest;
        least = len < least ? len : least;
    }
    return catalogue_type_arn(plainest, text);
}

static void report(struct inspection *in, const struct node *entry, const struct reach *reach,
                   enum iam_fault_id id, bool undecided)
{
    struct catalogue_text text;
    struct iam_fault *fault = add_fault(in, id, entry);
    fault->open = undecided;
    struct iam_fault_detail *detail = fault_detail(in, fault);
    detail->text = arena_str(in->faults->arena, catalogue_action_name(reach->first, &text));
    if (reach->has_types) {
        detail->other = arena_str(in->faults->arena, plainest_arn(reach->first, &text));
    }
}

/*
 * Services whose lists of resource types have been held against what their guides and AWS's own
 * policies say. Of others, the lists are short here and there.
 */
static bool is_certain_service(struct str service)
{
    static const struct str certain[] = {STR_INIT("s3"),       STR_INIT("eks"), STR_INIT("ecr"),
                                         STR_INIT("iam"),      STR_INIT("kms"), STR_INIT("sts"),
                                         STR_INIT("dynamodb"), STR_INIT("sqs"), STR_INIT("sns")};
    for (size_t i = 0; i < COUNT_OF(certain); i++) {
        if (str_eq_nocase(service, certain[i])) {
            return true;
        }
    }
    return false;
}

/* Entries of one service mostly stand one behind the other. */
static bool is_certain(struct targets *targets, struct str action)
{
    struct str service = str_slice(action, 0, str_find_char(action, ':'));
    if (!targets->service.ptr || !str_eq(service, targets->service)) {
        targets->service = service;
        targets->certain = is_certain_service(service);
    }
    return targets->certain;
}

static void inspect_entry(struct inspection *in, struct targets *targets, const struct node *entry,
                          enum iam_fault_group group)
{
    struct str text = text_of(in, entry);
    bool certain = is_certain(targets, text);
    bool allows = statement_allows(in);
    if (wildcard_is_stars(text) || (!certain && group == FAULTS_OF_REACH)) {
        return;
    }
    cut_targets(in, targets);
    targets->typed_said = certain && group == FAULTS_PEDANTIC;
    struct reach reach = reach_of(in, targets, text);
    if (reach.first == CATALOGUE_NONE || reach.takes_some || !are_familiar(in, targets)) {
        return;
    }
    enum iam_fault_id id = allows ? FAULT_ALLOW_ALL_ONLY : FAULT_DENY_ALL_ONLY;
    if (reach.has_types && certain) {
        id = allows ? FAULT_ALLOW_NOWHERE : FAULT_DENY_NOWHERE;
    } else if (reach.has_types) {
        id = allows ? FAULT_ALLOW_NOWHERE_LISTED : FAULT_DENY_NOWHERE_LISTED;
    }
    if (iam_fault_group(id) == group) {
        report(in, entry, &reach, id, targets->unknown);
    }
}

/* ---- patterns ---- */

/* Does a fault of the list name the entry among those that come to one? */
static bool is_redundant(struct inspection *in, const struct node *entry)
{
    const struct iam_faults *parts = in->parts;
    if (!iam_fault_set_has(&parts->present, FAULT_REDUNDANT_ACTION)) {
        return false;
    }
    if (!spend(in, parts->count)) {
        return true;
    }
    for (size_t i = 0; i < parts->count; i++) {
        const struct iam_fault *fault = &parts->items[i];
        bool redundant = fault->id == FAULT_REDUNDANT_ACTION;
        const struct iam_fault_detail *detail = iam_fault_detail(fault);
        for (size_t p = 0; redundant && p < detail->place_count && spend(in, 1); p++) {
            if (detail->places[p] == entry) {
                return true;
            }
        }
    }
    return false;
}

/*
 * "eks:*" means the service, and "eks:Describe*" whatever can be described, however many actions there
 * are today: one is meant where the pattern has more than one word of its name.
 */
static bool is_narrow_pattern(struct str text)
{
    size_t words = 0;
    if (!wildcard_is_pattern(text)) {
        return false;
    }
    for (size_t i = str_find_char(text, ':') + 1; i < text.len; i++) {
        words += text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
    }
    return words > 1;
}

static void inspect_pattern(struct inspection *in, const struct node *entry)
{
    struct catalogue_expansion expansion = catalogue_expand(text_of(in, entry), in->budget);
    struct catalogue_text text;
    uint32_t action;
    uint32_t next;
    bool one = catalogue_next_action(&expansion, &action) &&
               !catalogue_next_action(&expansion, &next) && !expansion.exhausted;
    in->budget = expansion.budget;
    in->faults->exhausted = in->faults->exhausted || expansion.exhausted;
    if (one) {
        struct str name = catalogue_action_name(action, &text);
        add_fault_text(in, FAULT_PATTERN_OF_ONE, entry, arena_str(in->faults->arena, name));
    }
}

/* What another entry of the list covers has been said to be redundant; one that is unknown may cover all. */
static void inspect_patterns(struct inspection *in, const struct node *actions)
{
    for (uint32_t i = 0; i < node_size(actions); i++) {
        if (tree_element(in->tree, actions, i)->kind == NODE_UNKNOWN) {
            return;
        }
    }
    for (uint32_t i = 0; i < node_size(actions); i++) {
        const struct node *entry = tree_element(in->tree, actions, i);
        if (is_string(entry) && is_narrow_pattern(text_of(in, entry)) && !is_redundant(in, entry)) {
            inspect_pattern(in, entry);
        }
    }
}

/* ---- the statement ---- */

enum { ELEMENT_EFFECT, ELEMENT_ACTION, ELEMENT_NOT_ACTION, ELEMENT_RESOURCE, ELEMENT_NOT_RESOURCE };

/* The names of the elements, looked up once for all statements. */
struct element_names {
    uint32_t atoms[ELEMENT_NOT_RESOURCE + 1];
    bool used[ELEMENT_NOT_RESOURCE + 1];
};

static void find_names(struct inspection *in, struct element_names *names)
{
    static const struct str texts[] = {STR_INIT("Effect"), STR_INIT("Action"),
                                       STR_INIT("NotAction"), STR_INIT("Resource"),
                                       STR_INIT("NotResource")};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        names->used[i] = atoms_find(in->tree->atoms, texts[i], &names->atoms[i]);
    }
}

static const struct node *find_element(const struct inspection *in, const struct node *statement,
                                       const struct element_names *names, size_t element)
{
    return names->used[element] ? tree_member_atom(in->tree, statement, names->atoms[element])
                                : NULL;
}

/* Actions of the statement against its resources. */
static void inspect_targets(struct inspection *in, enum iam_fault_group group)
{
    struct targets targets;
    struct arena_mark mark = arena_mark(in->faults->arena);
    size_t before = in->faults->count;
    if (!node_is(in->resource, NODE_ARRAY) || in->not_resource ||
        !find_targets(in, in->resource, &targets)) {
        return;
    }
    for (uint32_t i = 0; i < node_size(in->action); i++) {
        const struct node *entry = tree_element(in->tree, in->action, i);
        if (is_string(entry)) {
            inspect_entry(in, &targets, entry, group);
        }
    }
    if (in->faults->count == before) {
        arena_rewind(in->faults->arena, mark);
    }
}

static void inspect_statement(struct inspection *in, const struct node *statement,
                              const struct element_names *names, enum iam_fault_group group)
{
    in->statement = statement;
    in->effect = find_element(in, statement, names, ELEMENT_EFFECT);
    in->action = find_element(in, statement, names, ELEMENT_ACTION);
    in->not_action = find_element(in, statement, names, ELEMENT_NOT_ACTION);
    in->resource = find_element(in, statement, names, ELEMENT_RESOURCE);
    in->not_resource = find_element(in, statement, names, ELEMENT_NOT_RESOURCE);
    if (node_is(in->action, NODE_ARRAY) && node_is(in->effect, NODE_STRING) && !in->not_action &&
        !iam_faults_at(in->parts, FAULT_EFFECT, in->effect)) {
        inspect_targets(in, group);
    }
    for (size_t i = 0; group == FAULTS_PEDANTIC && i < 2; i++) {
        const struct node *actions = i ? in->not_action : in->action;
        if (node_is(actions, NODE_ARRAY)) {
            inspect_patterns(in, actions);
        }
    }
}

void inspect_reach(struct inspection *in, const struct node *statements, enum iam_fault_group group)
{
    struct element_names names;
    find_names(in, &names);
    for (uint32_t i = 0; i < node_size(statements); i++) {
        const struct node *statement = tree_element(in->tree, statements, i);
        if (statement->kind == NODE_OBJECT) {
            inspect_statement(in, statement, &names, group);
        }
    }
}
