/* SPDX-License-Identifier: MIT */
/* The one place that is left where memory runs out. */
#ifndef EKSLINT_BASE_MEMORY_H
#define EKSLINT_BASE_MEMORY_H

/*
 * Called where memory cannot be had; does not return. The library's own aborts. A program that links the
 * library may define another: nothing else is in that object of the library, so that the linker takes
 * the program's. It is called from wherever memory was wanted and must want none itself.
 */
_Noreturn void memory_exhausted(void);

#endif
