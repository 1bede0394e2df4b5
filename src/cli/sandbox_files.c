/* SPDX-License-Identifier: MIT */
/*
 * Landlock by its system calls, since C libraries have no functions for it, with constants of our own,
 * since the headers of a building machine may be older than the kernel that runs. What a kernel does not
 * know yet is left out by the version of its interface.
 */
#define _GNU_SOURCE /* for syscall(), O_PATH */

#include "cli/sandbox.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* These numbers are the same on all architectures. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { ASK_VERSION = 1, PATH_BENEATH = 1 };

enum {
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REMOVE_FILE = 1 << 5,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    OF_FILES = WRITE_FILE | READ_FILE,
    READING = READ_FILE | READ_DIR,
    WRITING = WRITE_FILE | REMOVE_FILE | MAKE_DIR | MAKE_REG,
};

/*
 * All that a version can forbid to do with files: executing and the above, then moving between folders (2),
 * truncating (3), commands for devices (5).
 */
static const struct {
    int since;
    uint64_t access;
} accesses[] = {{1, 0x1fff}, {2, 1 << 13}, {3, 1 << 14}, {5, 1 << 15}};

enum {
    NETWORK_SINCE = 4,
    NETWORK_ALL = 3, /* binding and connecting of TCP */
    SCOPES_SINCE = 6,
    SCOPES_ALL = 3 /* abstract sockets and signals of others */
};

/* struct landlock_ruleset_attr; a kernel takes a longer one than its own where the rest is 0. */
struct ruleset {
    uint64_t files, network, scopes;
};

/* struct landlock_path_beneath_attr, which is packed: 12 bytes. */
struct beneath {
    uint32_t access[2];
    int32_t folder;
};
_Static_assert(sizeof(struct beneath) == 12, "as the kernel reads it");

int sandbox_landlock_version(void)
{
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
    return version > 0 ? (int)version : 0;
}

int sandbox_files_begin(void)
{
    struct ruleset set = {0};
    int version = sandbox_landlock_version();
    if (version == 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof accesses / sizeof *accesses; i++) {
        set.files |= version >= accesses[i].since ? accesses[i].access : 0;
    }
    if (EKSLINT_SANDBOX_WIDE) {
        set.files &=
            ~(uint64_t)(READING | 1); /* a sanitizer reads /proc and starts its symbolizer */
    }
    set.network = version >= NETWORK_SINCE ? NETWORK_ALL : 0;
    set.scopes = version >= SCOPES_SINCE ? SCOPES_ALL : 0;
    return (int)syscall(CREATE_RULESET, &set, sizeof set, 0);
}

static void allow(int files, const char *path, unsigned access)
{
    struct stat status;
    if (files < 0) {
        return;
    }
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    if (fstat(fd, &status) == 0 && !S_ISDIR(status.st_mode)) {
        access &= OF_FILES; /* a rule with rights that only folders have is refused */
    }
    struct beneath beneath = {.folder = fd};
    uint64_t wide = access;
    memcpy(beneath.access, &wide, sizeof wide);
    /* Without the rule less is allowed, not more. */
    (void)syscall(ADD_RULE, files, PATH_BENEATH, &beneath, 0);
    close(fd);
}

void sandbox_files_allow_reading(int files, const char *path)
{
    if (!EKSLINT_SANDBOX_WIDE) {
        allow(files, path, READING);
    }
}

void sandbox_files_allow_writing(int files, const char *path)
{
    allow(files, path, WRITING);
}

bool sandbox_files_end(int files)
{
    if (files < 0) {
        return false;
    }
    bool good = syscall(RESTRICT_SELF, files, 0) == 0;
    close(files);
    return good;
}
