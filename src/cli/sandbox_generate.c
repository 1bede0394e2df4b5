/* SPDX-License-Identifier: MIT */
/*
 * ekslint-sandbox OUTPUT.h plain|wide: a build tool. Writes the filters of the sandbox (sandbox.h) as
 * tables of instructions, for the architecture that it was built for: what is decided here costs nothing
 * at run time, and the program needs no libseccomp. "wide" is for builds with sanitizers, which start a
 * thread that traces the others, read /proc and start a program that names addresses.
 *
 * Each filter is a list of what is allowed; everything else is a violation. The lists are the calls that
 * the code of cli/ makes and those that the C library makes for it (glibc and musl). What may be asked
 * of a call is in its arguments, where those are numbers; texts as paths are out of a filter's reach.
 */
#define _GNU_SOURCE /* for O_PATH, CLONE_THREAD */

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include <linux/filter.h>

/* The filters that a row is in. */
enum {
    SEALED = 1,
    READ = 2,
    WRITE = 4,
    WIDE = 8, /* all filters, in builds with sanitizers */
    ANY = SEALED | READ | WRITE,
    OPENING = READ | WRITE
};

enum { CONDITIONS_MAX = 2, NAMES_MAX = 512 };

/* "(the argument & mask) == value"; a mask of 0 is no condition. */
struct condition {
    unsigned argument;
    uint64_t mask, value;
};

struct row {
    unsigned filters;
    const char *name;
    int number; /* where libseccomp may be too old to know the name; 0: it knows it */
    struct condition conditions[CONDITIONS_MAX];
};

#define WHOLE 0xffffffffu

/* Opening for reading: neither for writing nor making nor truncating. */
#define READS(argument)                                                                            \
    {                                                                                              \
        {                                                                                          \
            argument, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY                                      \
        }                                                                                          \
    }
/* A file that is there, to be written as it is (a device, a pipe); or a new one, never one that is there. */
#define WRITES(argument)                                                                           \
    {                                                                                              \
        {                                                                                          \
            argument, O_ACCMODE | O_CREAT | O_TRUNC, O_WRONLY                                      \
        }                                                                                          \
    }
#define MAKES(argument)                                                                            \
    {                                                                                              \
        {                                                                                          \
            argument, O_ACCMODE | O_CREAT | O_EXCL | O_TRUNC, O_WRONLY | O_CREAT | O_EXCL          \
        }                                                                                          \
    }
/* Memory holds data or code from the start on: nothing becomes code. */
#define NO_CODE                                                                                    \
    {                                                                                              \
        {                                                                                          \
            2, PROT_EXEC, 0                                                                        \
        }                                                                                          \
    }
/* A thread of this process, and nothing else that clone() can make. */
#define THREAD                                                                                     \
    {                                                                                              \
        {                                                                                          \
            0, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD | CLONE_VFORK | NAMESPACES,                 \
                CLONE_VM | CLONE_SIGHAND | CLONE_THREAD                                            \
        }                                                                                          \
    }
#define NAMESPACES                                                                                 \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |  \
     CLONE_NEWNET)

static const struct row rows[] = {
    /* What is open. */
    {ANY, "read", 0, {{0}}},
    {ANY, "readv", 0, {{0}}},
    {ANY, "write", 0, {{0}}},
    {ANY, "writev", 0, {{0}}},
    {ANY, "lseek", 0, {{0}}},
    {ANY, "close", 0, {{0}}},
    {ANY, "poll", 0, {{0}}},
    {ANY, "ppoll", 0, {{0}}},
    {ANY, "fcntl", 0, {{1, WHOLE, F_GETFL}}},
    {ANY, "fcntl", 0, {{1, WHOLE, F_GETFD}}},
    {ANY, "fcntl", 0, {{1, WHOLE, F_SETFD}}},
    {ANY, "ioctl", 0, {{1, WHOLE, TCGETS}}},     /* is it a terminal? */
    {ANY, "ioctl", 0, {{1, WHOLE, 0x802c542a}}}, /* TCGETS2, which newer C libraries ask with */
    {ANY, "ioctl", 0, {{1, WHOLE, TIOCGWINSZ}}},

    /* What is there; fstat() is newfstatat() by now. */
    {ANY, "fstat", 0, {{0}}},
    {ANY, "stat", 0, {{0}}},
    {ANY, "lstat", 0, {{0}}},
    {ANY, "newfstatat", 0, {{0}}},
    {ANY, "statx", 0, {{0}}},

    /* Memory. */
    {ANY, "brk", 0, {{0}}},
    {ANY, "mmap", 0, NO_CODE},
    {ANY, "mprotect", 0, NO_CODE},
    {ANY, "mremap", 0, {{0}}},
    {ANY, "munmap", 0, {{0}}},
    {ANY, "madvise", 0, {{0}}},
    {ANY, "prctl", 0, {{0, WHOLE, PR_SET_VMA}}}, /* names for memory, as glibc can give them */

    /* This process and its threads. */
    {ANY, "exit", 0, {{0}}},
    {ANY, "exit_group", 0, {{0}}},
    {ANY, "futex", 0, {{0}}},
    {ANY, "getpid", 0, {{0}}},
    {ANY, "gettid", 0, {{0}}},
    {ANY, "restart_syscall", 0, {{0}}},
    {ANY, "rt_sigaction", 0, {{0}}},
    {ANY, "rt_sigprocmask", 0, {{0}}},
    {ANY, "rt_sigreturn", 0, {{0}}},
    {ANY, "sigaltstack", 0, {{0}}},
    {ANY, "rseq", 0, {{0}}},
    {ANY, "set_robust_list", 0, {{0}}},
    {ANY, "sched_yield", 0, {{0}}},
    {ANY, "getrusage", 0, {{0}}},

    /* Time, chance, and how much memory there is (qsort() asks). */
    {ANY, "clock_gettime", 0, {{0}}},
    {ANY, "clock_nanosleep", 0, {{0}}},
    {ANY, "gettimeofday", 0, {{0}}},
    {ANY, "time", 0, {{0}}},
    {ANY, "getrandom", 0, {{0}}},
    {ANY, "sysinfo", 0, {{0}}},

    /* Threads that read. clone3() is refused as by a kernel that has none: its flags are in memory. */
    {OPENING, "clone", 0, THREAD},
    {OPENING, "sched_getaffinity", 0, {{0}}},
    {OPENING, "prlimit64", 0, {{0, WHOLE, 0}, {2, UINT64_MAX, 0}}}, /* ask for limits, set none */

    /* Files for reading. */
    {OPENING, "open", 0, READS(1)},
    {OPENING, "openat", 0, READS(2)},
    {OPENING, "getdents64", 0, {{0}}},
    {OPENING, "getcwd", 0, {{0}}},
    {OPENING, "readlink", 0, {{0}}},
    {OPENING, "readlinkat", 0, {{0}}},
    {OPENING, "access", 0, {{0}}},
    {OPENING, "faccessat", 0, {{0}}},
    {OPENING, "faccessat2", 439, {{0}}},

    /* Later phases can only take more away. */
    {OPENING, "seccomp", 0, {{0, WHOLE, 1}}}, /* SECCOMP_SET_MODE_FILTER */
    {OPENING, "landlock_create_ruleset", 444, {{0}}},
    {OPENING, "landlock_add_rule", 445, {{0}}},
    {OPENING, "landlock_restrict_self", 446, {{0}}},

    /* Files for writing. */
    {WRITE, "open", 0, WRITES(1)},
    {WRITE, "openat", 0, WRITES(2)},
    {WRITE, "open", 0, MAKES(1)},
    {WRITE, "openat", 0, MAKES(2)},
    {WRITE, "fchmod", 0, {{0}}},
    {WRITE, "fchown", 0, {{0}}},
    {WRITE, "fsync", 0, {{0}}},
    {WRITE, "rename", 0, {{0}}},
    {WRITE, "renameat", 0, {{0}}},
    {WRITE, "renameat2", 0, {{4, WHOLE, 0}}},
    {WRITE, "unlink", 0, {{0}}},
    {WRITE, "unlinkat", 0, {{2, WHOLE, 0}}},
    {WRITE, "mkdir", 0, {{0}}},
    {WRITE, "mkdirat", 0, {{0}}},

    /* What sanitizers do, mostly where they report and at the end. */
    {WIDE, "open", 0, READS(1)},
    {WIDE, "openat", 0, READS(2)},
    {WIDE, "getdents64", 0, {{0}}},
    {WIDE, "getdents", 0, {{0}}},
    {WIDE, "nanosleep", 0, {{0}}},
    {WIDE, "readlink", 0, {{0}}},
    {WIDE, "readlinkat", 0, {{0}}},
    {WIDE, "getcwd", 0, {{0}}},
    {WIDE, "pread64", 0, {{0}}},
    {WIDE, "access", 0, {{0}}},
    {WIDE, "faccessat", 0, {{0}}},
    {WIDE, "mmap", 0, {{0}}},
    {WIDE, "mprotect", 0, {{0}}},
    {WIDE, "clone", 0, {{0}}},
    {WIDE, "fork", 0, {{0}}},
    {WIDE, "vfork", 0, {{0}}},
    {WIDE, "execve", 0, {{0}}},
    {WIDE, "wait4", 0, {{0}}},
    {WIDE, "ptrace", 0, {{0}}},
    {WIDE, "process_vm_readv", 0, {{0}}},
    {WIDE, "prctl", 0, {{0}}},
    {WIDE, "arch_prctl", 0, {{0}}},
    {WIDE, "prlimit64", 0, {{0}}},
    {WIDE, "sched_getaffinity", 0, {{0}}},
    {WIDE, "set_tid_address", 0, {{0}}},
    {WIDE, "kill", 0, {{0}}},
    {WIDE, "tkill", 0, {{0}}},
    {WIDE, "tgkill", 0, {{0}}},
    {WIDE, "getppid", 0, {{0}}},
    {WIDE, "getuid", 0, {{0}}},
    {WIDE, "uname", 0, {{0}}},
    {WIDE, "dup", 0, {{0}}},
    {WIDE, "dup2", 0, {{0}}},
    {WIDE, "dup3", 0, {{0}}},
    {WIDE, "fcntl", 0, {{0}}},
    {WIDE, "pipe", 0, {{0}}},
    {WIDE, "pipe2", 0, {{0}}},
};

static void fail(const char *what, int error)
{
    fprintf(stderr, "ekslint-sandbox: %s: %s\n", what, strerror(error));
    exit(1);
}

/* The number of a row's call, or a negative one where this architecture or libseccomp has none. */
static int number_of(const struct row *row)
{
    int number = seccomp_syscall_resolve_name(row->name);
    return number == __NR_SCMP_ERROR && row->number ? row->number : number;
}

static void add_row(scmp_filter_ctx filter, const struct row *row)
{
    struct scmp_arg_cmp conditions[CONDITIONS_MAX];
    unsigned count = 0;
    for (size_t i = 0; i < CONDITIONS_MAX; i++) {
        const struct condition *condition = &row->conditions[i];
        if (condition->mask) {
            conditions[count++] = SCMP_CMP64(condition->argument, SCMP_CMP_MASKED_EQ,
                                             condition->mask, condition->value);
        }
    }
    int error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number_of(row), count, conditions);
    if (error && error != -EEXIST) { /* it is in a wide filter already */
        fail(row->name, -error);
    }
}

static scmp_filter_ctx make_filter(unsigned filters)
{
    enum { CLONE3 = 435, BINARY_SEARCH = 2 };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    /* Calls by another convention of the architecture (32 bits, x32) are violations like others. */
    if (!filter || seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_TRAP) != 0) {
        fail("no filter", ENOMEM);
    }
    /* A binary search: as it loads a filter, the kernel tries it with the number of every call there is. */
    (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, BINARY_SEARCH);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].filters & filters && number_of(&rows[i]) != __NR_SCMP_ERROR) {
            add_row(filter, &rows[i]);
        }
    }
    int error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), CLONE3, 0);
    if (error) {
        fail("clone3", -error);
    }
    return filter;
}

static void write_filter(FILE *out, const char *name, unsigned filters)
{
    scmp_filter_ctx filter = make_filter(filters);
    FILE *program = tmpfile();
    int error = program ? seccomp_export_bpf(filter, fileno(program)) : -errno;
    if (error) {
        fail(name, -error);
    }
    rewind(program);
    struct sock_filter instruction;
    fprintf(out, "static const struct sock_filter sandbox_filter_%s[] = {\n", name);
    while (fread(&instruction, sizeof instruction, 1, program) == 1) {
        fprintf(out, "    {0x%02x, %u, %u, 0x%08x},\n", instruction.code, instruction.jt,
                instruction.jf, instruction.k);
    }
    fprintf(out, "};\n");
    fclose(program);
    seccomp_release(filter);
}

/* The names of all calls in the order of their numbers, each with a NUL behind it. */
static void write_names(FILE *out)
{
    fprintf(out, "static const char sandbox_names[] =\n");
    for (int number = 0; number < NAMES_MAX; number++) {
        char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
        fprintf(out, "    \"%s\\0\"\n", name ? name : "");
        free(name);
    }
    fprintf(out, "    ;\n");
}

int main(int argc, char **argv)
{
    if (argc != 3 || (strcmp(argv[2], "plain") != 0 && strcmp(argv[2], "wide") != 0)) {
        fprintf(stderr, "usage: ekslint-sandbox OUTPUT.h plain|wide\n");
        return 2;
    }
    FILE *out = fopen(argv[1], "w");
    unsigned wide = strcmp(argv[2], "wide") == 0 ? WIDE : 0;
    if (!out) {
        fail(argv[1], errno);
    }
    fprintf(out,
            "/* Made by src/cli/sandbox_generate.c during the build. */\n"
            "#include <linux/filter.h>\n#include <stdint.h>\n"
            "static const uint32_t sandbox_architecture = 0x%08x;\n",
            seccomp_arch_native());
    write_names(out);
    write_filter(out, "read", READ | wide);
    write_filter(out, "write", WRITE | wide);
    write_filter(out, "sealed", SEALED | wide);
    if (fclose(out) != 0) {
        fail(argv[1], errno);
    }
    return 0;
}
