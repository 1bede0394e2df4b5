/* SPDX-License-Identifier: MIT */
/*
 * Principals, and trust policies: which action goes with which principal, and what identity providers
 * need to be asked for. Sources: IAM User Guide, "AWS JSON policy elements: Principal", "Create a role
 * for OpenID Connect federation", "IAM and AWS STS condition context keys".
 */
#include "iam/inspection.h"

#include "aws/arn.h"
#include "aws/wildcard.h"

static const struct str sorts[] = {STR_INIT("AWS"), STR_INIT("CanonicalUser"),
                                   STR_INIT("Federated"), STR_INIT("Service")};

/* ---- principals ---- */

static bool is_unique_id(struct str text, struct str prefix)
{
    size_t end = str_find_char(text, ':');
    if (!str_starts(text, prefix) || end < 16 || end > 128) {
        return false;
    }
    for (size_t i = 0; i < end; i++) {
        if (!char_is_digit(text.ptr[i]) && !(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z')) {
            return false;
        }
    }
    return true;
}

static bool is_domain(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!char_is_digit(c) && !char_is_alpha(c) && c != '-' && c != '.') {
            return false;
        }
    }
    return str_find_char(text, '.') < text.len;
}

/* saml-provider/NAME or oidc-provider/HOST[/PATH] of an account. */
static bool is_provider_arn(struct str text)
{
    struct arn arn;
    struct str saml = STR("saml-provider/");
    struct str oidc = STR("oidc-provider/");
    return arn_parse(text, &arn) && str_eq(arn.service, STR("iam")) && arn.region.len == 0 &&
           account_id_is_valid(arn.account) &&
           ((str_starts(arn.resource, saml) && arn.resource.len > saml.len) ||
            (str_starts(arn.resource, oidc) &&
             str_find_char(str_from(arn.resource, oidc.len), '.') < arn.resource.len - oidc.len));
}

static void inspect_entry(struct inspection *in, struct str sort, const struct node *entry)
{
    struct str text = text_of(in, entry);
    bool aws = str_eq(sort, STR("AWS"));
    size_t said = in->faults->count;
    inspect_no_variables(in, entry, text);
    if (in->faults->count > said) {
        return;
    }
    if (wildcard_is_pattern(text) && !(aws && str_eq(text, STR("*")))) {
        add_fault(in, FAULT_PRINCIPAL_WILDCARD, entry);
    } else if (aws && is_unique_id(text, STR("AROA"))) {
        add_fault(in, FAULT_PRINCIPAL_ROLE_ID, entry);
    } else if (aws && is_unique_id(text, STR("AIDA"))) {
        add_fault(in, FAULT_PRINCIPAL_USER_ID, entry);
    } else if (str_eq(sort, STR("Federated")) && !is_domain(text) && !is_provider_arn(text)) {
        add_fault(in, FAULT_PRINCIPAL_FEDERATED, entry);
    }
}

/* arn:…:assumed-role/NAME/SESSION beside arn:…:role/[PATH/]NAME. */
static void inspect_session(struct inspection *in, const struct node *list,
                            const struct node *entry)
{
    struct arn session;
    struct str prefix = STR("assumed-role/");
    if (!arn_parse(text_of(in, entry), &session) || !str_starts(session.resource, prefix)) {
        return;
    }
    struct str name = str_from(session.resource, prefix.len);
    name = str_slice(name, 0, str_find_char(name, '/'));
    for (uint32_t i = 0; i < node_size(list) && spend(in, 64); i++) {
        struct arn role;
        struct str text = text_of(in, tree_element(in->tree, list, i));
        if (arn_parse(text, &role) && str_starts(role.resource, STR("role/")) &&
            str_eq(role.partition, session.partition) && str_eq(role.account, session.account) &&
            str_eq(str_from(role.resource, str_after_last(role.resource, '/')), name)) {
            add_fault_text(in, FAULT_PRINCIPAL_SESSION, entry, text);
            return;
        }
    }
}

static void inspect_entries(struct inspection *in, struct str sort, const struct node *list)
{
    if (list->kind == NODE_UNKNOWN) {
        in->faults->unknown = true;
        return;
    }
    if (node_size(list) == 0) {
        add_fault(in, FAULT_PRINCIPAL_NONE, list);
    }
    for (uint32_t i = 0; i < node_size(list); i++) {
        const struct node *entry = tree_element(in->tree, list, i);
        if (entry->kind == NODE_UNKNOWN) {
            in->faults->unknown = true;
        } else if (entry->kind != NODE_STRING) {
            add_fault_text(in, FAULT_TYPE, entry, STR("a string"));
        } else {
            inspect_entry(in, sort, entry);
            if (str_eq(sort, STR("AWS")) && node_size(list) > 1) {
                inspect_session(in, list, entry);
            }
        }
    }
}

void inspect_principal(struct inspection *in, const struct node *principal)
{
    if (principal->flags & NODE_ADDED) { /* written as a string */
        const struct node *list = tree_value(in->tree, principal, 0);
        const struct node *entry =
            list->kind == NODE_ARRAY ? tree_element(in->tree, list, 0) : list;
        if (entry->kind == NODE_UNKNOWN) {
            in->faults->unknown = true;
            return;
        }
        bool star = str_eq(text_of(in, entry), STR("*"));
        add_fault(in, star ? FAULT_PRINCIPAL_STAR : FAULT_PRINCIPAL_TEXT, principal);
        return;
    }
    add_fault(in, FAULT_PRINCIPAL_MAP, principal);
    if (node_size(principal) == 0) {
        add_fault(in, FAULT_PRINCIPAL_EMPTY, principal);
    }
    for (uint32_t i = 0; i < node_size(principal); i++) {
        struct str name = text_of(in, tree_key(in->tree, principal, i));
        const struct node *list = tree_value(in->tree, principal, i);
        bool known = false;
        for (size_t s = 0; s < COUNT_OF(sorts); s++) {
            known = known || str_eq(name, sorts[s]);
        }
        if (known) {
            inspect_entries(in, name, list);
        } else {
            add_fault_text(in, FAULT_PRINCIPAL_KEY, list,
                           str_nearest(name, sorts, COUNT_OF(sorts)));
        }
    }
}

/* ---- trust ---- */

enum trusted { TRUSTED_OTHER, TRUSTED_SAML, TRUSTED_OIDC, TRUSTED_WRONG };

/* The host and path of an OpenID Connect provider, with which its claims' keys begin; or empty. */
static struct str issuer_of(struct str text)
{
    static const struct str built_in[] = {
        STR_INIT("accounts.google.com"), STR_INIT("graph.facebook.com"), STR_INIT("www.amazon.com"),
        STR_INIT("cognito-identity.amazonaws.com")};
    struct str mark = STR(":oidc-provider/");
    size_t at = str_find(text, mark);
    for (size_t i = 0; i < COUNT_OF(built_in); i++) {
        if (str_eq(text, built_in[i])) {
            return text;
        }
    }
    return at < text.len ? str_from(text, at + mark.len) : (struct str){0};
}

static enum trusted trusted_as(struct inspection *in, struct str sort, const struct node *entry)
{
    struct str text = text_of(in, entry);
    if (!str_eq(sort, STR("Federated"))) {
        return TRUSTED_OTHER;
    }
    if (wildcard_is_pattern(text) || (!is_domain(text) && !is_provider_arn(text))) {
        return TRUSTED_WRONG;
    }
    return str_find(text, STR(":saml-provider/")) < text.len ? TRUSTED_SAML : TRUSTED_OIDC;
}

static bool goes_with(struct str action, enum trusted trusted)
{
    if (str_eq_nocase(action, STR("sts:AssumeRoleWithSAML"))) {
        return trusted == TRUSTED_SAML;
    }
    if (str_eq_nocase(action, STR("sts:AssumeRoleWithWebIdentity"))) {
        return trusted == TRUSTED_OIDC;
    }
    return !str_eq_nocase(action, STR("sts:AssumeRole")) || trusted == TRUSTED_OTHER;
}

static void inspect_trust_action(struct inspection *in, const struct node *entry)
{
    struct iam_fault *fault = NULL;
    struct str list = {0};
    for (uint32_t i = 0; is_string(entry) && i < node_size(in->principal); i++) {
        struct str sort = text_of(in, tree_key(in->tree, in->principal, i));
        const struct node *principals = tree_value(in->tree, in->principal, i);
        for (uint32_t p = 0; p < node_size(principals) && spend(in, 64); p++) {
            const struct node *principal = tree_element(in->tree, principals, p);
            enum trusted trusted = trusted_as(in, sort, principal);
            if (!is_string(principal) || trusted == TRUSTED_WRONG ||
                goes_with(text_of(in, entry), trusted)) {
                continue;
            }
            if (!fault) {
                fault = add_fault(in, FAULT_TRUST_ACTION, entry);
                add_place(in, fault, entry);
            }
            list = add_to_list(in, list, text_of(in, principal));
            add_place(in, fault, principal);
        }
    }
    if (fault) {
        fault_detail(in, fault)->text = list;
    }
}

/* Is there a key of the Condition that begins with the text, in any letter case? */
static bool has_key_of(struct inspection *in, struct str prefix, bool whole)
{
    for (uint32_t o = 0; in->condition && o < node_size(in->condition); o++) {
        const struct node *keys = tree_value(in->tree, in->condition, o);
        for (uint32_t k = 0; keys->kind == NODE_OBJECT && k < node_size(keys); k++) {
            struct str name = text_of(in, tree_key(in->tree, keys, k));
            if (str_eq_nocase(whole ? name : str_slice(name, 0, prefix.len), prefix)) {
                return true;
            }
        }
    }
    return false;
}

static void add_trust_fault(struct inspection *in, enum iam_fault_id id, const struct node *node,
                            struct str text, bool open)
{
    if (open) {
        add_open_fault(in, id, node);
    } else {
        add_fault_text(in, id, node, text);
    }
}

static void inspect_provider(struct inspection *in, const struct node *entry)
{
    struct str issuer = issuer_of(text_of(in, entry));
    if (issuer.len == 0) {
        return;
    }
    struct str prefix = arena_format(in->faults->arena, "%.*s:", STR_ARG(issuer));
    bool open = in->open_condition; /* it may ask for anything */
    if (!has_key_of(in, prefix, false)) {
        add_trust_fault(in, FAULT_TRUST_OIDC, entry, prefix, open);
    }
    struct str github = STR("token.actions.githubusercontent.com");
    struct str subject = arena_format(in->faults->arena, "%.*s:sub", STR_ARG(issuer));
    bool enterprise =
        str_starts(issuer, github) && issuer.len > github.len && issuer.ptr[github.len] == '/';
    if ((str_eq(issuer, github) || enterprise) && !has_key_of(in, subject, true)) {
        add_trust_fault(in, FAULT_TRUST_GITHUB, entry, subject, open);
    }
}

/* repo:OWNER/REPOSITORY:WHAT, of which the first two must be names. */
static bool is_wide_subject(struct str text, bool has_ref)
{
    size_t open = str_find_char(text, '*');
    size_t mark = str_find_char(text, '?');
    open = mark < open ? mark : open;
    if (open == text.len) {
        return false;
    }
    struct str head = str_slice(text, 0, open);
    size_t slash = str_find_char(head, '/');
    bool named = str_starts(head, STR("repo:")) && slash < head.len &&
                 str_find_char(str_from(head, slash), ':') < head.len - slash;
    return !named || !has_ref;
}

static void inspect_github_values(struct inspection *in, const struct node *values, bool has_ref)
{
    for (uint32_t i = 0; i < node_size(values); i++) {
        const struct node *value = tree_element(in->tree, values, i);
        if (is_string(value) && is_wide_subject(text_of(in, value), has_ref)) {
            add_fault(in, FAULT_TRUST_GITHUB_WIDE, value);
        }
    }
}

static void inspect_github(struct inspection *in)
{
    bool has_ref =
        in->open_condition || has_key_of(in, STR("token.actions.githubusercontent.com:ref"), true);
    for (uint32_t o = 0; in->condition && o < node_size(in->condition); o++) {
        struct str name = text_of(in, tree_key(in->tree, in->condition, o));
        const struct node *keys = tree_value(in->tree, in->condition, o);
        bool like = str_find(name, STR("StringLike")) < name.len;
        for (uint32_t k = 0; like && keys->kind == NODE_OBJECT && k < node_size(keys); k++) {
            struct str key = text_of(in, tree_key(in->tree, keys, k));
            if (str_eq_nocase(key, STR("token.actions.githubusercontent.com:sub"))) {
                inspect_github_values(in, tree_value(in->tree, keys, k), has_ref);
            }
        }
    }
}

/* Keys that only a companion action sets: STS documentation of session tags and source identities. */
static void inspect_companions(struct inspection *in)
{
    static const struct {
        struct str key, action;
        bool whole;
    } companions[] = {
        {STR_INIT("sts:SourceIdentity"), STR_INIT("sts:SetSourceIdentity"), true},
        {STR_INIT("sts:TransitiveTagKeys"), STR_INIT("sts:TagSession"), true},
        {STR_INIT("aws:RequestTag/"), STR_INIT("sts:TagSession"), false},
        {STR_INIT("aws:TagKeys"), STR_INIT("sts:TagSession"), true},
    };
    for (uint32_t o = 0; in->condition && o < node_size(in->condition); o++) {
        const struct node *keys = tree_value(in->tree, in->condition, o);
        for (uint32_t k = 0; keys->kind == NODE_OBJECT && k < node_size(keys); k++) {
            struct str name = text_of(in, tree_key(in->tree, keys, k));
            for (size_t i = 0; i < COUNT_OF(companions); i++) {
                struct str key = companions[i].key;
                bool same =
                    str_eq_nocase(companions[i].whole ? name : str_slice(name, 0, key.len), key);
                enum truth reached =
                    same ? reaches_action(in, in->action, companions[i].action) : TRUTH_TRUE;
                if (reached != TRUTH_TRUE) {
                    add_trust_fault(in, FAULT_TRUST_KEY_ACTION, tree_value(in->tree, keys, k),
                                    companions[i].action, reached == TRUTH_UNKNOWN);
                }
            }
        }
    }
}

/* IAM Roles Anywhere User Guide, "Role trust relationship". */
static void inspect_roles_anywhere(struct inspection *in, const struct node *entry)
{
    static const struct str actions[] = {
        STR_INIT("sts:AssumeRole"), STR_INIT("sts:SetSourceIdentity"), STR_INIT("sts:TagSession")};
    struct str missing = {0};
    bool open = false;
    if (!str_eq(text_of(in, entry), STR("rolesanywhere.amazonaws.com"))) {
        return;
    }
    for (size_t i = 0; i < COUNT_OF(actions); i++) {
        enum truth reached = reaches_action(in, in->action, actions[i]);
        open = open || reached == TRUTH_UNKNOWN;
        if (reached != TRUTH_TRUE) {
            missing = add_to_list(in, missing, actions[i]);
        }
    }
    if (missing.len) {
        add_trust_fault(in, FAULT_TRUST_ROLES_ANYWHERE, entry, missing, open);
    }
}

static void inspect_allowed(struct inspection *in)
{
    const struct node *federated = tree_member(in->tree, in->principal, STR("Federated"));
    const struct node *services = tree_member(in->tree, in->principal, STR("Service"));
    for (uint32_t i = 0; federated && i < node_size(federated); i++) {
        inspect_provider(in, tree_element(in->tree, federated, i));
    }
    for (uint32_t i = 0; services && i < node_size(services); i++) {
        inspect_roles_anywhere(in, tree_element(in->tree, services, i));
    }
    if (federated) {
        inspect_github(in);
    }
    inspect_companions(in);
}

void inspect_trust(struct inspection *in)
{
    if (!in->principal || !in->action) {
        return;
    }
    for (uint32_t i = 0; i < node_size(in->action); i++) {
        inspect_trust_action(in, tree_element(in->tree, in->action, i));
    }
    if (statement_allows(in)) {
        inspect_allowed(in);
    }
}
