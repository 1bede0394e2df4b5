/* SPDX-License-Identifier: MIT */
/* Services and actions that older catalogues listed, and services that only AWS's own policies name. */
#include "aws/catalogue.h"
#include "aws/catalogue_table.h"
#include "aws/wildcard.h"

enum catalogue_absence catalogue_absent_service(struct str prefix)
{
    uint32_t low = 0;
    uint32_t high = CATALOGUE_ABSENT_SERVICE_COUNT;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t row = catalogue_absent_services[middle];
        int order = catalogue_compare(reference_text(row), prefix);
        if (order == 0) {
            return reference_extra(row) & 1 ? ABSENCE_UNLISTED : ABSENCE_RETIRED;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return ABSENCE_UNKNOWN;
}

bool catalogue_retired_action(struct str pattern, uint64_t *budget)
{
    for (uint32_t i = 0; i < CATALOGUE_RETIRED_ACTION_COUNT; i++) {
        struct str name = reference_text(catalogue_retired_actions[i]);
        if (wildcard_match_within(pattern, name, true, budget) == TRUTH_TRUE) {
            return true;
        }
    }
    return false;
}
