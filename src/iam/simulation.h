/* SPDX-License-Identifier: MIT */
/*
 * One request for `simulate`: the JSON that `aws iam simulate-custom-policy --cli-input-json` takes,
 * with the further policies of DESIGN "simulate". Source: IAM API Reference, SimulateCustomPolicy.
 */
#ifndef EKSLINT_IAM_SIMULATION_H
#define EKSLINT_IAM_SIMULATION_H

#include "iam/decide.h"

enum {
    SIMULATION_MAX_EVALUATIONS = 100 * 1000,
    SIMULATION_MAX_POLICIES = 10 * 1000,
    SIMULATION_MAX_KEYS = 2000 /* of the context: each is compared with those before it */
};

struct iam_simulation {
    const struct iam_text *actions;
    uint32_t action_count;
    const struct iam_text *resources;
    uint32_t resource_count;
    struct iam_caller caller;
    bool has_caller;
    struct iam_context context;
    struct iam_policies policies;
};

/* What reading a simulation needs. */
struct iam_simulation_reader {
    struct arena *arena;
    const struct tree *tree;
    struct findings *findings;
    /*
     * The policy that a value holds, as JSON text or in place; false where it is none, which has
     * been reported.
     */
    bool (*policy)(void *context, const struct tree *tree, const struct node *value,
                   const struct iam_policy **policy);
    void *context;
};

/*
 * Read one request. Empty strings are the placeholders of a skeleton and count as not given.
 * Mistakes are reported ("simulate/input"), and false is returned.
 */
MUST_USE bool iam_simulation_read(const struct iam_simulation_reader *reader,
                                  const struct node *root, struct iam_simulation *simulation);

/* How a policy is called in results: "PolicyInputList.1", "ResourcePolicy". Memory in arena. */
struct str iam_simulation_policy_id(struct arena *arena, const struct iam_place *place);

/* "IAM Policy", "Resource Policy", … */
struct str iam_simulation_policy_type(enum iam_layer layer);

#endif
