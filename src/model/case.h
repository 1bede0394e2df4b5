/* SPDX-License-Identifier: MIT */
/*
 * The case: what the files of one integration say together, joined by ARN, name, region and
 * reference. It is a tree of its own whose nodes keep the file and span they came from:
 *
 *   $.gitlab        the gitlab-eks document; policies and trust policies are the documents they name
 *   $.roles[*]      arn, name, path, account, trust_policy, policies[*], managed_policies[*],
 *                   permissions_boundary
 *   $.users[*]      the same, without trust_policy
 *   $.regions[*]    name, opt_in_status, key_pairs[*], vpcs[*], subnets[*], security_groups[*],
 *                   instance_types[*], zones[*], route_tables[*], clusters[*]
 *   $.policies[*]   managed policies: arn, name, document
 *   $.clusters[*], $.stacks[*] (with events[*]), $.callers[*], $.profiles[*], $.objects[*],
 *   $.aws_auth[*], $.agents[*], $.ci: as the feeds of rules/kinds/ say
 *
 * What no file tells is an unknown node, so that a rule over it is undecided and not passed.
 */
#ifndef EKSLINT_MODEL_CASE_H
#define EKSLINT_MODEL_CASE_H

#include "model/document.h"

/* The id of the kind of the document that a case is built around. */
#define CASE_MAIN_KIND "gitlab-eks"

struct joined_case {
    const struct document *main; /* the gitlab-eks document, or NULL */
    struct tree tree;
};

/*
 * Join the documents into a case. `main` is the gitlab-eks document among them, or NULL. Reported
 * at the place in the main document: references to files that are not there ("case/missing-file")
 * or hold no IAM policy or list of policies ("case/not-a-policy", "case/not-a-policy-list"), and,
 * in saved CLI output, a listing whose region or role nothing tells ("case/region-unknown",
 * "case/role-unknown"); and, as a warning, that the files tell more values than the
 * limit 'case-nodes'
 * ("case/too-large").
 */
void case_build(struct document_reader *reader, const struct document *main,
                const struct document_list *documents, struct joined_case *joined);

/*
 * Call `found` for each file that a gitlab-eks document refers to, with its name joined to the
 * document's own folder and the node that names it. A reference that is absolute or leaves every
 * known folder has an empty name. The name lives in scratch, until `found` returns.
 */
void case_each_reference(const struct document *main, struct arena *scratch,
                         void (*found)(void *context, struct str file,
                                       const struct node *reference),
                         void *context);

/*
 * folder/of/base.yaml + ../x.json -> folder/x.json; empty where that leads nowhere or names no
 * file.
 */
struct str case_join_path(struct arena *arena, struct str base, struct str reference);

#endif
