/* SPDX-License-Identifier: MIT */
/*
 * Texts without what tells whose they are: secrets, account ids, names, resource ids, addresses. All
 * texts of a case are learnt before the first is written, so that what is equal stays equal, in every
 * file. Only bytes of words change: lines, layout, comments and mistakes stay, whether a text can be
 * parsed or not.
 *
 * A name is known by its place (the value of a member such as `RoleName`, a part of an ARN) or by its
 * shape; its words are then replaced wherever they stand, in prose as well. Words that the rules know
 * ("cluster", "eks") are replaced only at a name's place: elsewhere they are structure. What else prose
 * says stays.
 */
#ifndef EKSLINT_TEXT_REDACT_H
#define EKSLINT_TEXT_REDACT_H

#include "base/atoms.h"
#include "base/buf.h"
#include "text/pseudonym.h"
#include "text/source.h"

/* What was replaced by what. */
struct redacted {
    struct str original, replacement;
};

enum { REDACT_SECRET_HEAD = 8, REDACT_SECRET_MAX = 2048 };

struct redactor {
    struct arena *arena;
    struct pseudonyms pseudonyms;
    struct atoms literals; /* whole names that rules know */
    struct atoms known;    /* words that rules know, in lower case */
    struct atoms words;    /* of names, in lower case: replaced wherever they stand */
    struct atoms names;    /* of several words: likewise */
    struct atoms firsts;   /* the first words of names, in lower case */
    struct atoms heads;    /* the first bytes of secrets */
    struct atoms secrets;
    bool secret_lengths[REDACT_SECRET_MAX]; /* which there are; longer ones are known by shape */
    struct atoms accounts;                  /* by order of appearance */
    struct atoms addresses;                 /* IPv4 networks and IPv6 addresses likewise */
    struct atoms seen;                      /* originals in `list` */
    struct redacted *list;
    size_t count, capacity;
};

void redactor_init(struct redactor *redactor, struct arena *arena);

/* A name that rules look for, such as "kube-system": it stays. */
void redactor_keep(struct redactor *redactor, struct str name);

/* The words of a text that rules or shapes consist of. */
void redactor_know(struct redactor *redactor, struct str text);

/*
 * The secrets in a text: what the source hides, and the values of members that are called so. The same
 * bytes are then secret in every text. Of all texts before anything else is learnt of one: a secret that
 * was taken for a name would be told by the map.
 */
void redactor_learn_secrets(struct redactor *redactor, const struct source *source,
                            struct arena *scratch);

/* The names in a text. Scratch may be emptied then. */
void redactor_learn(struct redactor *redactor, const struct source *source, struct arena *scratch);

/* What a path holds of accounts and addresses. */
void redactor_learn_path(struct redactor *redactor, struct str path, struct arena *scratch);

/* The text without them, with its byte order mark; after all were learnt. */
void redactor_write(struct redactor *redactor, const struct source *source, struct arena *scratch,
                    struct buf *out);

/* A file's name or a path, likewise. Memory in the redactor's arena. */
struct str redactor_path(struct redactor *redactor, struct str path);

/* ---- for the files of this module ---- */

struct redact_view;

/* Mark what a source hides (NULL: nothing), and every secret that was learnt. */
void redact_mark_secrets(const struct redactor *redactor, struct redact_view *view,
                         const struct source *source);

/* Mark what has the shape of an id, an account or an address. */
void redact_mark_ids(struct redact_view *view);

/* Mark hosts of URLs and e-mail addresses, ARNs, and names behind marks such as "kubernetes.io/cluster/". */
void redact_mark_phrases(const struct redactor *redactor, struct redact_view *view);

/* Mark the values of members that hold names or secrets. */
void redact_mark_members(const struct redactor *redactor, struct redact_view *view);

/* Mark a value as a name, but for what the rules, AWS or Kubernetes know of it. */
void redact_mark_name(const struct redactor *redactor, struct redact_view *view, size_t from,
                      size_t to);

/* Mark the labels of a host that are not of a public service's domain. */
void redact_mark_host(const struct redactor *redactor, struct redact_view *view, size_t from,
                      size_t to);

/* Looks like a region or a zone: "ap-northeast-1", "us-east-1a". */
bool redact_is_region(struct str text);

#endif
