/* SPDX-License-Identifier: MIT */
/*
 * Documents: what stands in a file, read, recognised, and turned into the subjects that rules
 * judge. A file may hold several documents (a YAML stream, JSON lines); a document may hold others
 * (an IAM policy in saved CLI output).
 */
#ifndef EKSLINT_MODEL_DOCUMENT_H
#define EKSLINT_MODEL_DOCUMENT_H

#include "model/kind.h"
#include "tree/builder.h"

struct document {
    struct source *source;
    uint32_t number;          /* position in its file, from 0 */
    bool unpacked;            /* stands inside the list that is the document before it */
    const struct tree *tree;  /* as written */
    const struct tree *told;  /* what its feeds walk (model/told.h); NULL: what is written */
    const struct kind *kind;  /* NULL: of no known kind */
    bool named;               /* --kind or a directive says so */
    struct str resource_type; /* of a resource policy, where that was said: "AWS::S3::Bucket" */
};

/* What its feeds walk. */
static inline const struct tree *document_told(const struct document *document)
{
    return document->told ? document->told : document->tree;
}

/* What rules of a kind judge: a whole document, or one inside it; IAM documents in normal form. */
struct subject {
    const struct document *document;
    const struct kind *kind;
    const struct tree *tree;
    const struct node *root;
    bool named; /* the kind was not guessed: it was said, or follows from what stands around it */
    struct str resource_type; /* of a resource policy, where it is known: "AWS::S3::Bucket" */
    struct str name;          /* of what it belongs to, where its line says nothing; or empty */
};

struct document_list {
    struct document **items;
    size_t count, capacity;
};

struct subject_list {
    struct subject *items;
    size_t count, capacity;
};

/* What reading documents needs. All memory of documents is in arena. */
struct document_reader {
    struct arena *arena;
    struct arena *scratch;
    struct sources *sources;
    struct atoms *atoms;
    struct kinds *kinds;
    const struct kind *forced; /* --kind: every document is of this kind; or NULL */
    bool guarded;              /* look for secrets in documents of every kind and of none */
    struct str resource_type;  /* what stands behind the kind's name there; or empty */
    struct builder builder;
    struct findings *findings;
};

/*
 * Read every document of a source. How it is written follows from the name where that says so
 * (.json, .yaml, .yml, .ini), else from its beginning. Documents of our own formats are validated
 * against their shape. The items of a Kubernetes List follow it as documents of their own. A syntax
 * error is reported; the documents before it are kept. Returns false where the source could not be
 * read to its end.
 *
 * `met`: nobody named the file, it was met in a folder. A template that is no YAML before it is
 * rendered ("file/template", an info) and INI that is not the AWS CLI's are then skipped: true is
 * returned.
 */
bool documents_read(struct document_reader *reader, struct source *source, bool met,
                    struct document_list *documents);

/*
 * Hide what stands behind the names of secrets, as text. A finding about the syntax shows lines of
 * which there may be no tree, or only one value of a name that is given twice.
 */
void document_hide_secrets(struct source *source);

/* An empty tree for one more document. */
struct tree *document_new_tree(struct document_reader *reader);

/* Does a text begin as an object or a list of JSON? */
bool document_looks_like_json(struct str bytes);

/*
 * Append the subjects of a document of a known kind. A string that should hold JSON and does not is
 * reported. The list and the normal forms are in `arena`, which may live no longer than they are
 * judged: findings point into sources.
 */
void document_subjects(struct document_reader *reader, struct arena *arena,
                       const struct document *document, struct subject_list *subjects);

/*
 * Does one of the document's strings hold an IAM policy as JSON? Nobody says that they do, so only what
 * cannot be taken for something else counts.
 */
bool document_has_policy_strings(struct document_reader *reader, const struct document *document);

/*
 * The IAM policy that a node is or holds: an object with Statement, saved CLI output around one, or
 * a string with either as JSON. Returns the object, with its tree in *tree, or NULL where there is
 * none. Text that is no JSON is reported where `report` is set.
 */
const struct node *document_policy(struct document_reader *reader, const struct tree **tree,
                                   const struct node *node, bool report);

#endif
