/* SPDX-License-Identifier: MIT */
/* Calls are told apart by their action, without regard to case, and by their resource. */
#include "iam/call.h"

#include "aws/catalogue.h"

/* "sts:AssumeRole" as prefix "sts" and name "AssumeRole", or a name that begins so. */
static bool action_is(const struct iam_request *request, struct str prefix, struct str name)
{
    struct str action = request->action;
    size_t colon = str_find_char(action, ':');
    return str_eq_nocase(str_slice(action, 0, colon), prefix) &&
           str_eq_nocase(str_slice(str_from(action, colon + 1), 0, name.len), name);
}

bool iam_call_assumes_role(const struct iam_request *request)
{
    return action_is(request, STR("sts"), STR("AssumeRole"));
}

bool iam_call_is_bound_by_rcp(const struct iam_request *request)
{
    struct str prefix = str_slice(request->action, 0, str_find_char(request->action, ':'));
    uint32_t service = catalogue_find_service(prefix);
    /* A service that the catalogue does not know may be newer, and denying is the safer answer. */
    bool supported = service == CATALOGUE_NONE || catalogue_service_has_rcp(service);
    return supported && !str_eq_nocase(request->action, STR("kms:RetireGrant"));
}

/* Calls that a role's trust policy must allow. */
static bool needs_trust(const struct iam_request *request)
{
    static const struct str names[] = {STR_INIT("AssumeRole"), STR_INIT("TagSession"),
                                       STR_INIT("SetSourceIdentity"), STR_INIT("SetContext")};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (action_is(request, STR("sts"), names[i])) {
            return true;
        }
    }
    return false;
}

bool iam_call_needs_resource_policy(const struct iam_request *request)
{
    return !str_eq(request->resource, STR("*")) &&
           (action_is(request, STR("kms"), STR("")) || needs_trust(request));
}

bool iam_call_is_of_own_role(const struct iam_request *request)
{
    struct iam_caller target;
    const struct iam_caller *caller = request->caller;
    return caller && caller->role.len && iam_call_assumes_role(request) &&
           iam_caller_parse(request->resource, &target) && target.kind == CALLER_ROLE &&
           str_eq(target.role, caller->role) && str_eq(target.account, caller->account);
}
