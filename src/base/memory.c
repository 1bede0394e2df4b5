/* SPDX-License-Identifier: MIT */
/*
 * What the library does where memory runs out. Alone in its file, so that a program's own definition takes
 * its place (see the header); neither a global nor an argument of every call is needed for that.
 */
#include "base/memory.h"

#include <stdlib.h>

void memory_exhausted(void)
{
    abort();
}
