/* SPDX-License-Identifier: MIT */
/*
 * Who makes a request, and whether a Principal element names them. Sources: IAM User Guide, "AWS
 * JSON policy elements: Principal", "… NotPrincipal" and "How IAM roles differ from resource-based
 * policies".
 */
#ifndef EKSLINT_IAM_CALLER_H
#define EKSLINT_IAM_CALLER_H

#include "iam/policy.h"

enum iam_caller_kind {
    CALLER_UNKNOWN,   /* somebody in `account`, where that is known, but its root user */
    CALLER_ANONYMOUS, /* nobody has signed the request */
    CALLER_ROOT,
    CALLER_USER,
    CALLER_ROLE,           /* a session of the role, whatever its name */
    CALLER_SESSION,        /* one session of a role: arn:aws:sts::…:assumed-role/ROLE/SESSION */
    CALLER_FEDERATED_USER, /* arn:aws:sts::…:federated-user/NAME */
    CALLER_SERVICE,        /* eks.amazonaws.com */
    CALLER_FEDERATED,      /* a token of an OIDC or SAML provider: its ARN, or a built-in domain */
    CALLER_KIND_COUNT
};

struct iam_caller {
    enum iam_caller_kind kind;
    struct str text;      /* as given */
    struct str partition; /* of ARNs */
    struct str account;   /* twelve digits; empty: none, or not known */
    struct str role;      /* the role's name, of CALLER_ROLE and CALLER_SESSION */
    bool service_linked;  /* the role is one of a service: no SCP and RCP binds it */
};

/*
 * Take a caller's text: an ARN of one of the forms above, an account id (somebody in it), a service
 * principal's name, a built-in identity provider's domain, or "anonymous". False where it is none.
 */
MUST_USE bool iam_caller_parse(struct str text, struct iam_caller *caller);

/* Does the caller belong to an account: are there identity policies and SCPs of theirs? */
bool iam_caller_is_identity(const struct iam_caller *caller);

/* How directly a Principal element names a caller, in rising order. */
enum iam_naming {
    NAMED_NOT,
    NAMED_ACCOUNT, /* by their account, which may let them: it delegates */
    NAMED_ROLE,    /* a session by its role, or, also of a federated user, by "*" */
    NAMED_SELF, /* the very user, session, service or provider; or anybody but a session by "*" */
    NAMING_COUNT
};

/* For each way at least as direct, whether the caller is named so. */
struct iam_naming_truth {
    enum truth at_least[NAMING_COUNT]; /* [NAMED_NOT] is always true */
};

/*
 * How does a statement's Principal name the caller? With NotPrincipal, NAMED_SELF says that the
 * caller is not among the excepted ones: a Deny then spares only whom it lists with all of their
 * identities, the account's, the role's and the session's; an Allow leaves out whoever is listed in
 * any way. A statement without the element names nobody. `open`: what is not known of the caller
 * (their session's name) may be anything. *budget as in aws/wildcard.h.
 */
struct iam_naming_truth iam_principals_name(const struct iam_principals *principals, bool deny,
                                            const struct iam_caller *caller, bool open,
                                            uint64_t *budget);

#endif
