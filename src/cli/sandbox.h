/* SPDX-License-Identifier: MIT */
/*
 * What the kernel lets this program do from some moment on: a seccomp filter for each phase, which can
 * only become stricter. A call that the phase does not allow ends the program with EKSLINT_INTERNAL and
 * one message that names the call. Where the kernel has no such filters, nothing happens.
 */
#ifndef EKSLINT_CLI_SANDBOX_H
#define EKSLINT_CLI_SANDBOX_H

#include <stdbool.h>

enum sandbox_phase {
    SANDBOX_READ,   /* files are opened for reading, threads started */
    SANDBOX_WRITE,  /* the same, and files are made, replaced and removed */
    SANDBOX_SEALED, /* nothing is opened any more: what is open is read and written */
    SANDBOX_PHASE_COUNT
};

/* Whether the program was built with the sandbox. */
bool sandbox_is_built(void);

/*
 * Once, before anything below: no program that this one might start has more rights than it, and a
 * violation is told. False where the kernel is too old for that.
 */
bool sandbox_begin(void);

/*
 * From here on, for all threads, only what the phase allows and earlier ones did. False where the kernel
 * would not have it, or the program was built without.
 */
bool sandbox_enter(enum sandbox_phase phase);

/*
 * Which files it may open, by Landlock (the kernel's documentation, userspace-api/landlock): none but those
 * that are allowed between begin and end. No new connections, and no signals to other processes, where the
 * kernel knows how to forbid that.
 */

/* The version of Landlock's interface, or 0 where the kernel has none or does not let us use it. */
int sandbox_landlock_version(void);

/* A descriptor to give to the calls below; -1 where there is no Landlock, with which they do nothing. */
int sandbox_files_begin(void);

/* Allow to read a file, or a folder and everything below it. What is not there is not allowed. */
void sandbox_files_allow_reading(int files, const char *path);

/*
 * Allow to make, write, replace and remove files below a folder, and to make folders there; of a path that
 * is no folder, to write to it.
 */
void sandbox_files_allow_writing(int files, const char *path);

/* Nothing else from here on, for this thread and those that it starts; call sandbox_begin() before. */
bool sandbox_files_end(int files);

#endif
