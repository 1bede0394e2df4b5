/* SPDX-License-Identifier: MIT */
/*
 * What a fuzz target claims of every input: a claim that does not hold ends the process, which the
 * fuzzer reports.
 */
#ifndef EKSLINT_TESTS_FUZZ_CHECK_H
#define EKSLINT_TESTS_FUZZ_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition) ((condition) ? (void)0 : check_failed(#condition, __FILE__, __LINE__))

static inline void check_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
    abort();
}

#endif
