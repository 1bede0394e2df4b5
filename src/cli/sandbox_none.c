/* SPDX-License-Identifier: MIT */
/* Built in place of the sandbox where that is not wanted or cannot be (-DEKSLINT_SANDBOX=OFF). */
#include "cli/sandbox.h"

bool sandbox_is_built(void)
{
    return false;
}

bool sandbox_begin(void)
{
    return false;
}

bool sandbox_enter(enum sandbox_phase phase)
{
    (void)phase;
    return false;
}

int sandbox_landlock_version(void)
{
    return 0;
}

int sandbox_files_begin(void)
{
    return -1;
}

void sandbox_files_allow_reading(int files, const char *path)
{
    (void)files;
    (void)path;
}

void sandbox_files_allow_writing(int files, const char *path)
{
    (void)files;
    (void)path;
}

bool sandbox_files_end(int files)
{
    (void)files;
    return false;
}
