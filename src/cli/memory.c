/* SPDX-License-Identifier: MIT */
/*
 * What the program does where memory runs out, in place of the library's own (base/memory.h). No file is half
 * written at such a moment: between a temporary file and its rename nothing is allocated (output.c).
 */
#include "base/memory.h"

#include "cli/io.h"
#include "ekslint.h"

#include <unistd.h>

void memory_exhausted(void)
{
    bool said = io_write_all(STDERR_FILENO, STR("ekslint: out of memory\n"));
    (void)said; /* where it cannot be, there is nobody to tell */
    _exit(EKSLINT_INTERNAL);
}
