/* SPDX-License-Identifier: MIT */
/* What the catalogue does not list, and IAM takes all the same. */
#include "aws/catalogue.h"
#include "aws/catalogue_table.h"
#include "support.h"

static void what_is_not_listed_may_be_known(void **state)
{
    static const struct {
        const char *prefix;
        enum catalogue_absence absence;
    } services[] = {
        {"deepracer", ABSENCE_RETIRED},
        {"DeepLens", ABSENCE_RETIRED},
        {"application-cost-profiler", ABSENCE_RETIRED},
        {"supportrecommendations", ABSENCE_RETIRED},
        {"applicationwizard", ABSENCE_UNLISTED},
        {"zocalo", ABSENCE_UNLISTED},
        {"elastic-inference", ABSENCE_UNKNOWN}, /* was listed; IAM refuses it */
        {"eks", ABSENCE_UNKNOWN},               /* is listed */
        {"deeprace", ABSENCE_UNKNOWN},
        {"", ABSENCE_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(services); i++) {
        struct str prefix = str_from_c(services[i].prefix);
        if (catalogue_absent_service(prefix) != services[i].absence) {
            fail_msg("%s", services[i].prefix);
        }
    }
    static const struct {
        const char *pattern;
        bool retired;
    } actions[] = {
        {"cloud9:ValidateEnvironmentName", true},
        {"CLOUD9:validateenvironmentname", true},
        {"cloud9:Validate*", true},
        {"cloud9:ValidateEnvironmentNam?", true},
        {"cloud9:ValidateEnvironment", false},
        {"cloud9:DescribeEnvironments", false}, /* is listed */
        {"deepracer:ListModels", false},        /* the service is gone as a whole */
        {"", false},
    };
    for (size_t i = 0; i < COUNT_OF(actions); i++) {
        uint64_t budget = 1000000;
        if (catalogue_retired_action(str_from_c(actions[i].pattern), &budget) !=
            actions[i].retired) {
            fail_msg("%s", actions[i].pattern);
        }
        assert_true(budget < 1000000);
    }
    uint64_t nothing = 0;
    assert_false(catalogue_retired_action(STR("cloud9:*"), &nothing));
}

static void each_absent_service_is_found_and_not_listed(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < CATALOGUE_ABSENT_SERVICE_COUNT; i++) {
        struct str name = reference_text(catalogue_absent_services[i]);
        assert_int_not_equal(catalogue_absent_service(name), ABSENCE_UNKNOWN);
        assert_int_equal(catalogue_find_service(name), CATALOGUE_NONE);
    }
    for (uint32_t i = 0; i < CATALOGUE_RETIRED_ACTION_COUNT; i++) {
        struct str name = reference_text(catalogue_retired_actions[i]);
        struct str service = str_slice(name, 0, str_find_char(name, ':'));
        assert_int_equal(catalogue_find_action(name), CATALOGUE_NONE);
        assert_int_not_equal(catalogue_find_service(service), CATALOGUE_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_listed_may_be_known),
        cmocka_unit_test(each_absent_service_is_found_and_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
