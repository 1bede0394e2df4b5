/* SPDX-License-Identifier: MIT */
/*
 * Kinds of documents: how each is recognised by its content, its shape, the IAM documents inside it
 * and what it tells the case. Kinds are data (rules/kinds/<kind>.yaml), handed in as one JSON
 * array.
 */
#ifndef EKSLINT_MODEL_KIND_H
#define EKSLINT_MODEL_KIND_H

#include "model/schema.h"
#include "path/path.h"

/* What a feed's field is taken from. */
enum feed_source {
    FEED_VALUE,   /* '@.KeyName': the first node that the query selects */
    FEED_POLICY,  /* {policy: '@.Document'}: the same, an IAM document in normal form */
    FEED_YAML,    /* {yaml: '@.data.mapRoles'}: the same, a string that holds a YAML document */
    FEED_LIST,    /* {each: '@.x[*]', key: ..., as: {...}}: a list of entries of its own */
    FEED_NAME,    /* '#name': the name of the member that was selected; of "profile x" the x */
    FEED_SECTION, /* '#section': that name as it is written */
    FEED_FOLDER,  /* '#folder': the name of the folder that the file lies in */
    FEED_KIND,    /* '#kind': the id of the document's kind */
    FEED_FILE,    /* '#file': the name of the file, without its folder */
    FEED_CLUSTER, /* '#cluster': the cluster that the file is for, by its folder */
};

struct feed;

/* One named value that a feed takes from a selected node ("as: {name: '@.KeyName'}"). */
struct feed_field {
    struct str name;
    enum feed_source from;
    struct path_program *value; /* NULL for a list and for the words that begin with '#' */
    struct path_program *other; /* asked where `value` selects nothing; or NULL */
    struct path_program *list;  /* of '@.a[*].b' the query '@.a'; or NULL */
    struct feed *entries;       /* of a list */
};

/* What a document of the kind tells the case. */
struct feed {
    struct str into;           /* "roles", "regions.key_pairs", ... */
    struct path_program *each; /* the nodes that become entries */
    struct path_program
        *list;        /* of '$.a[*]' the query '$.a', which must lead to an array; or NULL */
    struct str key;   /* the field that tells entries apart: those with the same value are one */
    struct str scope; /* the field by which a listing may have been narrowed down; or empty */
    bool whole;       /* `as: '@'`: an entry is a copy of the node, and of `cluster`, if known */
    bool complete;    /* the entry lists all inline policies of its role or user */
    bool single;      /* an entry shows one element of a list that has others */
    bool closed;      /* a list that an entry does not have is empty, and not only not told */
    bool aside;       /* it tells more of entries that another command lists: no listing itself */
    struct feed_field *fields;
    size_t field_count;
    struct path_program *partial; /* selects something where the listing is incomplete; or NULL */
};

/* Where a document of another kind stands inside. */
struct inner_place {
    struct path_program *at;
    struct str kind;
    struct str resource_type; /* of a resource policy, behind the kind's name; or empty */
    struct str member; /* what is selected lists objects that have it in this one; or empty */
    bool unknown;      /* where `at` selects `true`, there is one that nobody knows yet */
};

/* The places in the things of one type, such as AWS::IAM::Role. */
struct inner_type {
    struct str name;
    struct inner_place *places;
    size_t place_count;
};

/*
 * Documents of other kinds that stand inside: IAM policies in saved CLI output, at one place of the
 * document; or in a template's resources, at places that the resource's type tells.
 */
struct inner_kind {
    struct path_program **each; /* the things to look in; none: the whole document */
    size_t each_count;
    struct path_program *type; /* of one of them, what tells its type; NULL without `each` */
    struct path_program *name; /* and what people call it, where its line does not tell; or NULL */
    struct inner_type *types;  /* sorted by name; without `each` a single one */
    size_t type_count;
};

struct kind {
    struct str id;
    struct str title;
    struct str recognise; /* empty: only by name (--kind) or not a document at all (case, rule) */
    struct path_program *recogniser; /* the same, compiled when a document may be of the kind */
    uint32_t *roots;                 /* atoms: a document of the kind has one of these members */
    size_t root_count;               /* 0: it need not */
    bool own_format;  /* the format is ours: documents are validated against the shape */
    bool iam;         /* an IAM policy document: rules see it normalised */
    bool secrets;     /* secrets may stand in it under the names that AWS gives them */
    bool beside;      /* found beside an integration; by itself it makes no case */
    bool eks;         /* what is told is of EKS, whoever integrates with it */
    bool ini;         /* only documents in INI syntax are of this kind */
    bool record;      /* what a program printed: evidence, which is not edited */
    struct str named; /* an ending of file names, for content that alone does not decide */
    struct str recognise_named; /* recognises in files of that name; or empty */
    struct path_program *named_recogniser;
    bool has_feeds;
    struct str text; /* the whole definition, as JSON */
    /* From here on only once the kind is prepared: no run meets all kinds. */
    bool prepared;
    bool intrinsics;   /* CloudFormation's functions in it are unknown values */
    bool placeholders; /* words of it that a tool fills in are unknown values */
    bool sensitive;    /* it marks values as sensitive, as Terraform's plans do */
    bool strings;      /* IAM policies may stand in any of its strings, as JSON */
    bool plan;         /* it is a plan of Terraform */
    const struct node
        *refs;            /* of a template: by resource type the property that Ref gives; or NULL */
    struct tree tree;     /* the definition, read */
    struct schema schema; /* top is NULL where no shape is declared */
    struct feed *feeds;
    size_t feed_count;
    struct inner_kind *inner;
    size_t inner_count;
    struct path_program *unpack; /* the nodes that are documents of their own; or NULL */
};

struct kinds {
    struct arena *arena;
    struct atoms *atoms;
    struct sources *sources;
    struct findings *findings;
    struct kind *items;
    size_t count;
    size_t compiled;  /* expressions that recognise kinds, so far */
    struct tree tree; /* holds what is needed of every kind */
};

/*
 * The part of a kind that every run needs, as kinds_load() takes it: an array of these, of which the
 * last is an array of names. `flags` is a text with one letter for each flag that is set. `at` and
 * `len` say where the definition stands behind all heads.
 */
enum kind_head {
    KIND_HEAD_ID,
    KIND_HEAD_TITLE,
    KIND_HEAD_RECOGNISE,
    KIND_HEAD_NAMED,
    KIND_HEAD_RECOGNISE_NAMED,
    KIND_HEAD_FLAGS,
    KIND_HEAD_AT,
    KIND_HEAD_LEN,
    KIND_HEAD_ROOTS, /* path_root_names() of `recognise` */
    KIND_HEAD_COUNT
};

/* The flags of a kind, by their letters and by the members of its definition. */
extern const struct kind_flag {
    char letter;
    struct str member;
} kind_flags[];
enum { KIND_FLAG_COUNT = 8, KIND_ROOTS_MAX = 8 };

/*
 * Decode what is needed of every built-in kind. `text` is a JSON array of heads and, behind it, the
 * definitions themselves; it must outlive the kinds, as must `findings`. All was checked when the
 * program was built, so a mistake is a bug: it is reported to `findings` and false is returned.
 */
MUST_USE bool kinds_load(struct kinds *kinds, struct arena *arena, struct sources *sources,
                         struct atoms *atoms, struct str text, struct findings *findings);

/*
 * Read the definition of `kind`, one of `kinds`: its shape, what stands inside its documents, what
 * they tell the case. Once done, nothing is done again. A mistake is a bug: it is reported, and false
 * is returned.
 */
MUST_USE bool kinds_prepare(struct kinds *kinds, const struct kind *kind);

/* A document whose kind is asked for. */
struct recognition {
    const struct tree *tree;
    const struct node *root;
    struct str file; /* its name: looked at only where the content alone does not decide */
    bool ini;        /* written in INI syntax */
};

/*
 * The kind of a document, by its content; NULL where none knows it. The first in order of the kinds'
 * files wins.
 */
const struct kind *kinds_recognise(struct kinds *kinds, const struct recognition *document,
                                   struct arena *scratch);

/* Can a document be said to be of the kind? The case and rule files are no documents. */
static inline bool kind_can_be_named(const struct kind *kind)
{
    return kind->recognise.len || kind->iam;
}

/* "iam-resource-policy:AWS::S3::Bucket" is a kind with a type of resource. */
void kind_split_name(struct str text, struct str *kind, struct str *resource_type);

/* The places of a type; NULL where it has none. */
const struct inner_type *inner_kind_find(const struct inner_kind *inner, struct str name);

/* By id, prepared; NULL where there is none. */
const struct kind *kinds_find(struct kinds *kinds, struct str id);

/* The id nearest to a misspelt one, or empty. Memory in scratch. */
struct str kinds_nearest(const struct kinds *kinds, struct str id, struct arena *scratch);

#endif
