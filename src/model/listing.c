/* SPDX-License-Identifier: MIT */
/*
 * From the feeds of documents to the lists of the case: which region a listing is of, which policy a
 * version, and what contradicts the form.
 */
#include "model/listing.h"

#include "aws/arn.h"
#include "aws/region.h"

const struct str region_list_names[REGION_LIST_COUNT] = {
    [REGION_KEY_PAIRS] = STR_INIT("key_pairs"),
    [REGION_VPCS] = STR_INIT("vpcs"),
    [REGION_SUBNETS] = STR_INIT("subnets"),
    [REGION_SECURITY_GROUPS] = STR_INIT("security_groups"),
    [REGION_INSTANCE_TYPES] = STR_INIT("instance_types"),
    [REGION_ZONES] = STR_INIT("zones"),
    [REGION_ROUTE_TABLES] = STR_INIT("route_tables"),
    [REGION_CLUSTERS] = STR_INIT("clusters"),
    [REGION_NAT_GATEWAYS] = STR_INIT("nat_gateways"),
    [REGION_VPC_ENDPOINTS] = STR_INIT("vpc_endpoints"),
    [REGION_IMAGES] = STR_INIT("images"),
    [REGION_INTERNET_GATEWAYS] = STR_INIT("internet_gateways"),
    [REGION_ADDRESSES] = STR_INIT("addresses"),
    [REGION_REPOSITORIES] = STR_INIT("repositories"),
    [REGION_QUOTAS] = STR_INIT("quotas"),
};

const struct case_list_form case_lists[CASE_LIST_COUNT] = {
    [CASE_POLICIES] = {STR_INIT("policies"), false, false, false},
    [CASE_CALLERS] = {STR_INIT("callers"), false, false, false},
    [CASE_CLUSTERS] = {STR_INIT("clusters"), true, false, true},
    [CASE_STACKS] = {STR_INIT("stacks"), true, false, false},
    [CASE_PROFILES] = {STR_INIT("profiles"), false, false, false},
    [CASE_OBJECTS] = {STR_INIT("objects"), false, false, false},
    [CASE_AWS_AUTH] = {STR_INIT("aws_auth"), false, false, false},
    [CASE_AGENTS] = {STR_INIT("agents"), false, false, false},
    [CASE_CI] = {STR_INIT("ci"), false, true, false},
    [CASE_NODE_GROUPS] = {STR_INIT("node_groups"), true, false, true},
    [CASE_FARGATE_PROFILES] = {STR_INIT("fargate_profiles"), true, false, true},
    [CASE_ADDONS] = {STR_INIT("addons"), true, false, true},
    [CASE_ADDON_LISTS] = {STR_INIT("addon_lists"), false, false, true},
    [CASE_ADDON_VERSIONS] = {STR_INIT("addon_versions"), false, false, true},
    [CASE_ACCESS_ENTRIES] = {STR_INIT("access_entries"), true, false, true},
    [CASE_ACCESS_ENTRY_LISTS] = {STR_INIT("access_entry_lists"), false, false, true},
    [CASE_ACCESS_POLICIES] = {STR_INIT("access_policies"), false, false, true},
    [CASE_POD_IDENTITIES] = {STR_INIT("pod_identities"), true, false, true},
    [CASE_OIDC_PROVIDERS] = {STR_INIT("oidc_providers"), true, false, true},
    [CASE_OIDC_PROVIDER_LISTS] = {STR_INIT("oidc_provider_lists"), false, false, true},
    [CASE_KUBECONFIGS] = {STR_INIT("kubeconfigs"), false, false, true},
    [CASE_VPC_ATTRIBUTES] = {STR_INIT("vpc_attributes"), false, false, true},
    [CASE_CLUSTER_VERSIONS] = {STR_INIT("cluster_versions"), false, false, true},
    [CASE_LAUNCH_TEMPLATES] = {STR_INIT("launch_templates"), false, false, true},
    [CASE_INSTANCE_PROFILES] = {STR_INIT("instance_profiles"), false, false, true},
    [CASE_SERVICE_ACCOUNTS] = {STR_INIT("service_accounts"), false, false, true},
    [CASE_DHCP_OPTIONS] = {STR_INIT("dhcp_options"), false, false, true},
    [CASE_NETWORK_ACLS] = {STR_INIT("network_acls"), false, false, true},
    [CASE_NETWORK_INTERFACES] = {STR_INIT("network_interfaces"), false, false, true},
    [CASE_INSTANCES] = {STR_INIT("instances"), false, false, true},
    [CASE_AUTO_SCALING_GROUPS] = {STR_INIT("auto_scaling_groups"), true, false, true},
    [CASE_SCALING_ACTIVITIES] = {STR_INIT("scaling_activities"), false, false, true},
    [CASE_KEYS] = {STR_INIT("keys"), true, false, true},
    [CASE_KEY_POLICIES] = {STR_INIT("key_policies"), false, false, true},
    [CASE_KEY_GRANTS] = {STR_INIT("key_grants"), false, false, true},
    [CASE_REPOSITORY_POLICIES] = {STR_INIT("repository_policies"), false, false, true},
    [CASE_LOAD_BALANCERS] = {STR_INIT("load_balancers"), true, false, true},
    [CASE_LOAD_BALANCER_TAGS] = {STR_INIT("load_balancer_tags"), false, false, true},
    [CASE_SIMULATIONS] = {STR_INIT("simulations"), false, false, true},
    [CASE_ADDON_SCHEMAS] = {STR_INIT("addon_schemas"), false, false, true},
    [CASE_ACCESS_POLICY_LISTS] = {STR_INIT("access_policy_lists"), false, false, true},
    [CASE_IDENTITY_PROVIDERS] = {STR_INIT("identity_providers"), true, false, true},
    [CASE_INSIGHTS] = {STR_INIT("insights"), false, false, true},
    [CASE_UPDATES] = {STR_INIT("updates"), false, false, true},
    [CASE_CHANGE_SETS] = {STR_INIT("change_sets"), false, false, true},
    [CASE_CERTIFICATES] = {STR_INIT("certificates"), true, false, true},
    [CASE_IMAGE_PARAMETERS] = {STR_INIT("image_parameters"), false, false, true},
    [CASE_ACTIVATIONS] = {STR_INIT("activations"), false, false, true},
    [CASE_KUBECTL_VERSIONS] = {STR_INIT("kubectl_versions"), false, false, true},
    [CASE_NODE_GROUP_LISTS] = {STR_INIT("node_group_lists"), false, false, true},
    [CASE_FARGATE_PROFILE_LISTS] = {STR_INIT("fargate_profile_lists"), false, false, true},
    [CASE_IDENTITY_PROVIDER_LISTS] = {STR_INIT("identity_provider_lists"), false, false, true},
    [CASE_UPDATE_LISTS] = {STR_INIT("update_lists"), false, false, true},
    [CASE_HOSTED_ZONES] = {STR_INIT("hosted_zones"), false, false, true},
    [CASE_EKSCTL_CLUSTERS] = {STR_INIT("eksctl_clusters"), false, false, true},
    [CASE_EKSCTL_NODE_GROUPS] = {STR_INIT("eksctl_node_groups"), false, false, true},
};

struct region *gathered_region(struct gathered *gathered, struct str name, struct told told)
{
    for (size_t i = 0; i < gathered->region_count; i++) {
        if (str_eq(gathered->regions[i].name_text, name)) {
            return &gathered->regions[i];
        }
    }
    gathered->regions =
        arena_grow(gathered->reader->arena, gathered->regions, gathered->region_count,
                   &gathered->region_capacity, sizeof *gathered->regions);
    struct region *region = &gathered->regions[gathered->region_count++];
    *region = (struct region){.name = told, .name_text = name};
    return region;
}

/* ---- regions ---- */

static struct str region_in_path(struct str path)
{
    struct str part;
    bool more = true;
    while (more) {
        more = str_cut(path, '/', &part, &path);
        if (region_is_known(part)) {
            return part;
        }
    }
    return (struct str){0};
}

/* Names and texts that people chose may speak of any region. */
static bool is_free_text(const struct tree *tree, const struct node *key)
{
    static const struct str names[] = {STR_INIT("Tags"), STR_INIT("Description"),
                                       STR_INIT("KeyName"), STR_INIT("GroupName")};
    struct str name = tree_text(tree, key);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (str_eq(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* The first ARN or zone below `node` that names a region; depth is bounded by the reader. */
static struct str region_inside(const struct tree *tree, const struct node *node,
                                const struct node **evidence)
{
    if (node->kind == NODE_STRING) {
        struct str text = tree_text(tree, node);
        struct arn arn;
        *evidence = node;
        if (arn_parse(text, &arn) && region_has_form(arn.region)) {
            return arn.region;
        }
        return region_of_zone(text);
    }
    struct str region = {0};
    for (uint32_t i = 0; node_is_container(node) && i < node->count && region.len == 0; i++) {
        const struct node *child = tree_children(tree, node) + i;
        bool skipped = child->kind == NODE_KEY ||
                       (node->kind == NODE_OBJECT && is_free_text(tree, node_key_of(child)));
        if (!skipped) {
            region = region_inside(tree, child, evidence);
        }
    }
    return region;
}

/* What stands in a listing tells more surely than where it was put; a contradiction is reported. */
static struct str region_of_listing(const struct feeding *feeding, const struct listing_of *of)
{
    const struct node *evidence = NULL;
    const struct document *document = feeding->document;
    struct str inside =
        region_inside(document_told(document), document_told(document)->root, &evidence);
    struct str said = of->region.len ? of->region : region_in_path(document->source->name);
    if (said.len == 0 && inside.len == 0) {
        feed_warn(feeding->reader, STR("case/region-unknown"), feed_place(document),
                  STR("nothing here says which region this list is of; name the file under "
                      "'inventory' in gitlab-eks.yaml, or put it in a folder with the region's "
                      "name"));
    } else if (said.len && inside.len && !str_eq(said, inside)) {
        findings_error(feeding->reader->findings, STR("case/other-region"), node_location(evidence),
                       "this list is of %.*s, and %s says %.*s; collect it with --region %.*s, or "
                       "put it where it belongs",
                       STR_ARG(inside), of->region.len ? "the inventory" : "its folder",
                       STR_ARG(said), STR_ARG(said));
    }
    return inside.len ? inside : said;
}

/* A listing in which nothing belongs to the account that the form is about. */
static void report_other_account(struct gathered *gathered, const struct feeding *feeding)
{
    struct told first = {0};
    struct arn arn;
    if (!feed_field(feeding->feed, STR("owner")) ||
        !arn_parse(told_text(gathered->form_role), &arn) || arn.account.len == 0) {
        return;
    }
    for (size_t i = 0; i < feeding->nodes.count; i++) {
        struct told owner = feed_value(feeding, feeding->nodes.items[i].node, STR("owner"));
        if (str_eq(told_text(owner), arn.account)) {
            return;
        }
        first = first.node ? first : owner;
    }
    if (told_text(first).len) {
        struct finding *finding = feed_warn(
            feeding->reader, STR("case/other-account"), node_location(first.node),
            arena_format(feeding->reader->arena,
                         "everything listed here belongs to account %.*s, and the provision role "
                         "of gitlab-eks.yaml is in %.*s; unless it is shared from there, collect "
                         "it with credentials of %.*s",
                         STR_ARG(told_text(first)), STR_ARG(arn.account), STR_ARG(arn.account)));
        finding_relate(feeding->reader->findings, finding, node_location(gathered->form_role.node),
                       STR("the provision role"));
    }
}

static void feed_region(struct gathered *gathered, const struct feeding *feeding,
                        const struct node *item)
{
    struct told name = feed_value(feeding, item, STR("name"));
    if (told_text(name).len) {
        struct region *region = gathered_region(gathered, told_text(name), name);
        if (!region->name.node) {
            region->name = name;
        }
        told_take(feeding, &region->opt_in, feed_value(feeding, item, STR("opt_in_status")));
    }
}

/* ---- managed policies ---- */

/* The ARN of the longest policy name in the file's name, among all that anybody mentions. */
static void find_arn(const struct told_list *arns, struct str file, struct told *best)
{
    for (size_t i = 0; i < arns->count; i++) {
        struct str name = arn_name_of(told_text(arns->items[i]));
        if (file_names(file, name) && name.len > arn_name_of(told_text(*best)).len) {
            *best = arns->items[i];
        }
    }
}

/* get-policy-version does not say whose version it is. */
static struct told policy_by_file(struct gathered *gathered, const struct feeding *feeding)
{
    struct told best = {0};
    struct str file = str_from(feeding->document->source->name,
                               str_after_last(feeding->document->source->name, '/'));
    const struct entry_list *policies = &gathered->lists[CASE_POLICIES];
    const struct holder_list *const holders[] = {&gathered->roles, &gathered->users,
                                                 &gathered->groups};
    for (size_t h = 0; h < COUNT_OF(holders); h++) {
        for (size_t i = 0; i < holders[h]->count; i++) {
            find_arn(&holders[h]->items[i].managed, file, &best);
        }
    }
    for (size_t i = 0; i < policies->count; i++) {
        const struct entry_part *part = &policies->items[i].parts[0];
        struct feeding of_part = {
            .reader = feeding->reader, .document = part->document, .feed = part->feed};
        struct told arn = feed_value(&of_part, part->item, STR("arn"));
        struct told_list one = {.items = &arn, .count = arn.node ? 1 : 0};
        find_arn(&one, file, &best);
    }
    return best;
}

static void feed_case_list(struct gathered *gathered, const struct feeding *feeding,
                           const struct listing_of *of, enum case_list list)
{
    struct told key = {0};
    bool keyless = list == CASE_POLICIES && !feed_field(feeding->feed, STR("name"));
    if (keyless && !of->is_reference) {
        key = policy_by_file(gathered, feeding);
        if (!key.node) {
            feed_warn(feeding->reader, STR("case/policy-unknown"), feed_place(feeding->document),
                      STR("nothing here says which managed policy this is a version of; put the "
                          "policy's name into the file's name: get-policy-version.NAME.json"));
            return;
        }
    }
    if (!keyless || key.node) {
        entries_add(&gathered->lists[list], feeding, key);
    }
}

/* ---- documents ---- */

static void feed_region_list(struct gathered *gathered, const struct feeding *feeding,
                             const struct listing_of *of, size_t list)
{
    struct str name = region_of_listing(feeding, of);
    struct region *region = gathered_region(gathered, name, (struct told){0});
    report_other_account(gathered, feeding);
    entries_add(&region->lists[list], feeding, (struct told){0});
}

static void feed_one(struct gathered *gathered, const struct feeding *feeding,
                     const struct listing_of *of)
{
    struct str into = feeding->feed->into;
    struct holder_list *holders = str_eq(into, STR("roles"))    ? &gathered->roles
                                  : str_eq(into, STR("users"))  ? &gathered->users
                                  : str_eq(into, STR("groups")) ? &gathered->groups
                                                                : NULL;
    bool is_region = str_eq(into, STR("regions"));
    for (size_t i = 0; i < feeding->nodes.count && (holders || is_region); i++) {
        const struct node *item = feeding->nodes.items[i].node;
        if (holders) {
            holder_feed(gathered, feeding, of, holders, item);
        } else {
            feed_region(gathered, feeding, item);
        }
    }
    for (size_t i = 0; i < REGION_LIST_COUNT; i++) {
        if (str_starts(into, STR("regions.")) && str_eq(str_from(into, 8), region_list_names[i])) {
            feed_region_list(gathered, feeding, of, i);
        }
    }
    for (size_t i = 0; i < CASE_LIST_COUNT; i++) {
        if (str_eq(into, case_lists[i].name)) {
            feed_case_list(gathered, feeding, of, (enum case_list)i);
        }
    }
}

/* Does the feed say itself whom it is about? Others are joined to those that are known by then. */
static bool names_its_subject(const struct feed *feed)
{
    bool role = str_eq(feed->into, STR("roles"));
    bool needs = role || str_eq(feed->into, STR("policies"));
    return !needs || feed_field(feed, STR("name")) || (role && feed_field(feed, STR("arn")));
}

void gather_document(struct gathered *gathered, const struct document *document,
                     const struct listing_of *of, bool named)
{
    for (size_t f = 0; f < document->kind->feed_count; f++) {
        const struct feed *feed = &document->kind->feeds[f];
        if (named == names_its_subject(feed)) {
            struct arena_mark mark = arena_mark(gathered->reader->scratch);
            struct feeding feeding = feed_start(gathered->reader, document, feed);
            feed_one(gathered, &feeding, of);
            arena_rewind(gathered->reader->scratch, mark);
        }
    }
}

void gather_finish(struct gathered *gathered)
{
    holders_finish(gathered);
    for (size_t i = 0; i < gathered->region_count; i++) {
        for (size_t l = 0; l < REGION_LIST_COUNT; l++) {
            entries_report(&gathered->regions[i].lists[l], gathered->reader);
        }
    }
}
