/* SPDX-License-Identifier: MIT */
/* Calls that are decided otherwise than most: STS's about roles, KMS's about keys. */
#ifndef EKSLINT_IAM_CALL_H
#define EKSLINT_IAM_CALL_H

#include "iam/match.h"

/* sts:AssumeRole, sts:AssumeRoleWithSAML, sts:AssumeRoleWithWebIdentity. */
bool iam_call_assumes_role(const struct iam_request *request);

/*
 * Roles and KMS keys have a policy always, and an account's own policies alone do not suffice: of
 * roles for what assumes them, and for what is passed with that (IAM User Guide, "Pass session tags
 * in AWS STS", "Monitor and control actions taken with assumed roles"); KMS Developer Guide, "Key
 * policies in AWS KMS". Not where the resource is "*".
 */
bool iam_call_needs_resource_policy(const struct iam_request *request);

/*
 * Does a role assume itself? Its account's trust in itself does not name it then (AWS Security Blog,
 * "Announcing an update to IAM role trust policy behavior").
 */
bool iam_call_is_of_own_role(const struct iam_request *request);

/*
 * Calls of services that support RCPs, but for kms:RetireGrant (AWS Organizations User Guide,
 * "Resource control policies (RCPs)", list of services as of the catalogue's date).
 */
bool iam_call_is_bound_by_rcp(const struct iam_request *request);

#endif
