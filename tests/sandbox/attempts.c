/* SPDX-License-Identifier: MIT */
/*
 * Tries in each phase of the sandbox every call that it forbids, one in each child: the child has to end with
 * EKSLINT_INTERNAL and the name of the call on standard error. And what a phase allows has to work. Built
 * without sanitizers, whose sandbox is wider, and without the rest of ekslint.
 *
 * The calls are made by number, so that the C library's wrappers do not matter. Their arguments are such
 * that none would do harm where the sandbox failed.
 */
#define _GNU_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/sandbox.h"
#include "ekslint.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a child ---- */

struct ending {
    int status; /* of the exit; -1 where it was a signal */
    char text[1024];
};

/* What becomes of `act` in a child that has entered these phases one after the other. */
static struct ending run(const enum sandbox_phase *phases, size_t count, int (*act)(const void *),
                         const void *what)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        bool good = sandbox_begin();
        for (size_t i = 0; i < count; i++) {
            good = good && sandbox_enter(phases[i]);
        }
        _exit(good ? act(what) : 99);
    }
    close(ends[1]);
    struct ending ending = {.status = -1};
    size_t len = 0;
    for (;;) {
        ssize_t got = read(ends[0], ending.text + len, sizeof ending.text - 1 - len);
        if (got <= 0) {
            break;
        }
        len += (size_t)got;
    }
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    ending.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ending;
}

static bool is_stopped(const struct ending *ending, const char *name)
{
    char wanted[128];
    snprintf(wanted, sizeof wanted, "the sandbox stopped the system call %s (", name);
    return ending->status == EKSLINT_INTERNAL && strstr(ending->text, wanted) != NULL;
}

/* ---- what is forbidden ---- */

enum {
    OF_READ = 1,
    OF_WRITE = 2,
    OF_SEALED = 4,
    EVERYWHERE = 7,
    UNLESS_WRITING = OF_READ | OF_SEALED
};

struct attempt {
    const char *name;
    long number;
    unsigned phases;
    unsigned long arguments[6];
};

static const char nothing[] = "/nonexistent/ekslint";
#define NOTHING (unsigned long)nothing
#define HERE (unsigned long)AT_FDCWD
#define CALL(name) #name, SYS_##name

static const struct attempt attempts[] = {
    /* Networks: each family of addresses, and what comes after a socket. */
    {CALL(socket), EVERYWHERE, {1, 1}},  /* AF_UNIX */
    {CALL(socket), EVERYWHERE, {2, 1}},  /* AF_INET, a stream */
    {CALL(socket), EVERYWHERE, {2, 2}},  /* a datagram */
    {CALL(socket), EVERYWHERE, {10, 1}}, /* AF_INET6 */
    {CALL(socket), EVERYWHERE, {16, 3}}, /* AF_NETLINK */
    {CALL(socket), EVERYWHERE, {17, 3}}, /* AF_PACKET */
    {CALL(socket), EVERYWHERE, {31, 1}}, /* AF_BLUETOOTH */
    {CALL(socket), EVERYWHERE, {38, 5}}, /* AF_ALG */
    {CALL(socket), EVERYWHERE, {40, 1}}, /* AF_VSOCK */
    {CALL(socket), EVERYWHERE, {44, 3}}, /* AF_XDP */
    {CALL(socketpair), EVERYWHERE, {1, 1}},
    {CALL(connect), EVERYWHERE, {-1ul}},
    {CALL(bind), EVERYWHERE, {-1ul}},
    {CALL(listen), EVERYWHERE, {-1ul}},
    {CALL(accept), EVERYWHERE, {-1ul}},
    {CALL(accept4), EVERYWHERE, {-1ul}},
    {CALL(sendto), EVERYWHERE, {-1ul}},
    {CALL(sendmsg), EVERYWHERE, {-1ul}},
    {CALL(sendmmsg), EVERYWHERE, {-1ul}},
    {CALL(recvfrom), EVERYWHERE, {-1ul}},
    {CALL(recvmsg), EVERYWHERE, {-1ul}},
    {CALL(setsockopt), EVERYWHERE, {-1ul}},

    /* Programs and processes. */
    {CALL(execve), EVERYWHERE, {NOTHING}},
    {CALL(execveat), EVERYWHERE, {HERE, NOTHING}},
    {CALL(clone), EVERYWHERE, {SIGCHLD}},
    {CALL(clone), EVERYWHERE, {CLONE_VM | CLONE_VFORK | SIGCHLD}},
    {CALL(clone), EVERYWHERE, {CLONE_VM | CLONE_SIGHAND | CLONE_THREAD | CLONE_NEWNET}},
    {CALL(wait4), EVERYWHERE, {-1ul}},
    {CALL(kill), EVERYWHERE, {INT32_MAX, 0}},
    {CALL(tkill), EVERYWHERE, {INT32_MAX, 0}},
    {CALL(tgkill), EVERYWHERE, {INT32_MAX, INT32_MAX, 0}},
    {CALL(rt_sigqueueinfo), EVERYWHERE, {INT32_MAX, 0}},
    {CALL(pidfd_open), EVERYWHERE, {INT32_MAX}},
    {CALL(ptrace), EVERYWHERE, {16, INT32_MAX}}, /* PTRACE_ATTACH */
    {CALL(process_vm_readv), EVERYWHERE, {INT32_MAX}},
    {CALL(process_vm_writev), EVERYWHERE, {INT32_MAX}},
    {CALL(kcmp), EVERYWHERE, {INT32_MAX}},
    {CALL(setsid), EVERYWHERE, {0}},
    {CALL(prctl), EVERYWHERE, {3}},     /* PR_GET_DUMPABLE */
    {CALL(prctl), EVERYWHERE, {4, 1}},  /* PR_SET_DUMPABLE */
    {CALL(prctl), EVERYWHERE, {22, 2}}, /* PR_SET_SECCOMP */
    {CALL(prlimit64), EVERYWHERE, {0, 7, 1}},
    {CALL(prlimit64), EVERYWHERE, {1, 7, 0}},     /* of another process */
    {CALL(personality), EVERYWHERE, {0x0400000}}, /* READ_IMPLIES_EXEC */

    /* Rights. */
    {CALL(setuid), EVERYWHERE, {-1ul}},
    {CALL(setgid), EVERYWHERE, {-1ul}},
    {CALL(setreuid), EVERYWHERE, {-1ul, -1ul}},
    {CALL(setresuid), EVERYWHERE, {-1ul, -1ul, -1ul}},
    {CALL(setresgid), EVERYWHERE, {-1ul, -1ul, -1ul}},
    {CALL(setgroups), EVERYWHERE, {-1ul}},
    {CALL(capset), EVERYWHERE, {0}},
    {CALL(unshare), EVERYWHERE, {0}},
    {CALL(setns), EVERYWHERE, {-1ul}},
    {CALL(chroot), EVERYWHERE, {NOTHING}},
    {CALL(pivot_root), EVERYWHERE, {NOTHING, NOTHING}},

    /* The kernel. */
    {CALL(mount), EVERYWHERE, {NOTHING, NOTHING}},
    {CALL(umount2), EVERYWHERE, {NOTHING}},
    {CALL(open_tree), EVERYWHERE, {HERE, NOTHING}},
    {CALL(move_mount), EVERYWHERE, {-1ul}},
    {CALL(bpf), EVERYWHERE, {-1ul}},
    {CALL(perf_event_open), EVERYWHERE, {0}},
    {CALL(userfaultfd), EVERYWHERE, {-1ul}},
    {CALL(io_uring_setup), EVERYWHERE, {0}},
    {CALL(io_uring_enter), EVERYWHERE, {-1ul}},
    {CALL(io_setup), EVERYWHERE, {0}},
    {CALL(keyctl), EVERYWHERE, {-1ul}},
    {CALL(add_key), EVERYWHERE, {0}},
    {CALL(request_key), EVERYWHERE, {0}},
    {CALL(kexec_load), EVERYWHERE, {0}},
    {CALL(init_module), EVERYWHERE, {0}},
    {CALL(finit_module), EVERYWHERE, {-1ul}},
    {CALL(delete_module), EVERYWHERE, {NOTHING}},
    {CALL(reboot), EVERYWHERE, {0}},
    {CALL(swapon), EVERYWHERE, {NOTHING}},
    {CALL(sethostname), EVERYWHERE, {0, -1ul}},
    {CALL(settimeofday), EVERYWHERE, {0, 0}},
    {CALL(clock_settime), EVERYWHERE, {-1ul}},
    {CALL(syslog), EVERYWHERE, {-1ul}},
    {CALL(acct), EVERYWHERE, {NOTHING}},
    {CALL(quotactl), EVERYWHERE, {-1ul}},
    {CALL(fanotify_init), EVERYWHERE, {-1ul}},
    {CALL(inotify_init1), EVERYWHERE, {-1ul}},

    /* Code made at run time, and memory that others see. */
    {CALL(mmap), EVERYWHERE, {0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1ul}},
    {CALL(mprotect), EVERYWHERE, {0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC}},
    {CALL(pkey_mprotect), EVERYWHERE, {0, 4096, PROT_EXEC, -1ul}},
    {CALL(memfd_create), EVERYWHERE, {NOTHING}},
    {CALL(shmget), EVERYWHERE, {-1ul}},
    {CALL(msgget), EVERYWHERE, {-1ul}},
    {CALL(mq_open), EVERYWHERE, {NOTHING}},

    /* Descriptors. */
    {CALL(pipe2), EVERYWHERE, {0}},
    {CALL(dup), EVERYWHERE, {-1ul}},
    {CALL(dup3), EVERYWHERE, {-1ul}},
    {CALL(fcntl), EVERYWHERE, {-1ul, F_SETFL}},
    {CALL(fcntl), EVERYWHERE, {-1ul, F_DUPFD}},
    {CALL(fcntl), EVERYWHERE, {-1ul, F_SETOWN}},
    {CALL(ioctl), EVERYWHERE, {-1ul, 0x5412}}, /* TIOCSTI: types into the terminal */
    {CALL(ioctl), EVERYWHERE, {-1ul, 0x541c}}, /* TIOCLINUX */
    {CALL(splice), EVERYWHERE, {-1ul}},
    {CALL(sendfile), EVERYWHERE, {-1ul}},
    {CALL(copy_file_range), EVERYWHERE, {-1ul}},

    /* Files: opening at all, for writing, and in any way that changes one. */
    {CALL(openat), OF_SEALED, {HERE, NOTHING, O_RDONLY}},
    {CALL(openat), OF_SEALED, {HERE, NOTHING, O_PATH}},
    {CALL(openat), UNLESS_WRITING, {HERE, NOTHING, O_WRONLY}},
    {CALL(openat), UNLESS_WRITING, {HERE, NOTHING, O_WRONLY | O_CREAT | O_EXCL, 0600}},
    {CALL(openat), EVERYWHERE, {HERE, NOTHING, O_RDWR}},
    {CALL(openat), EVERYWHERE, {HERE, NOTHING, O_RDONLY | O_CREAT, 0600}},
    {CALL(openat), EVERYWHERE, {HERE, NOTHING, O_RDONLY | O_TRUNC}},
    {CALL(openat), EVERYWHERE, {HERE, NOTHING, O_WRONLY | O_TRUNC}},
    {CALL(openat), EVERYWHERE, {HERE, NOTHING, O_WRONLY | O_CREAT, 0600}},
    {CALL(openat), EVERYWHERE, {HERE, NOTHING, O_RDWR | O_CREAT | O_EXCL, 0600}},
    {CALL(openat), EVERYWHERE, {HERE, NOTHING, O_RDWR | O_TMPFILE, 0600}},
    {CALL(openat2), EVERYWHERE, {HERE, NOTHING}},
    {CALL(open_by_handle_at), EVERYWHERE, {-1ul}},
    {CALL(name_to_handle_at), EVERYWHERE, {HERE, NOTHING}},
    {CALL(unlinkat), UNLESS_WRITING, {HERE, NOTHING}},
    {CALL(unlinkat), EVERYWHERE, {HERE, NOTHING, AT_REMOVEDIR}},
    {CALL(renameat2), UNLESS_WRITING, {HERE, NOTHING, HERE, NOTHING}},
    {CALL(renameat2), EVERYWHERE, {HERE, NOTHING, HERE, NOTHING, 2}}, /* RENAME_EXCHANGE */
    {CALL(mkdirat), UNLESS_WRITING, {HERE, NOTHING}},
    {CALL(fchmod), UNLESS_WRITING, {-1ul}},
    {CALL(fchown), UNLESS_WRITING, {-1ul}},
    {CALL(fsync), UNLESS_WRITING, {-1ul}},
    {CALL(fchmodat), EVERYWHERE, {HERE, NOTHING}},
    {CALL(fchownat), EVERYWHERE, {HERE, NOTHING}},
    {CALL(linkat), EVERYWHERE, {HERE, NOTHING, HERE, NOTHING}},
    {CALL(symlinkat), EVERYWHERE, {NOTHING, HERE, NOTHING}},
    {CALL(mknodat), EVERYWHERE, {HERE, NOTHING, S_IFIFO}},
    {CALL(truncate), EVERYWHERE, {NOTHING}},
    {CALL(ftruncate), EVERYWHERE, {-1ul}},
    {CALL(fallocate), EVERYWHERE, {-1ul}},
    {CALL(utimensat), EVERYWHERE, {HERE, NOTHING}},
    {CALL(setxattr), EVERYWHERE, {NOTHING}},
    {CALL(removexattr), EVERYWHERE, {NOTHING}},
    {CALL(chdir), EVERYWHERE, {NOTHING}},
    {CALL(fchdir), EVERYWHERE, {-1ul}},
    {CALL(getdents64), OF_SEALED, {-1ul}},
    {CALL(readlinkat), OF_SEALED, {HERE, NOTHING}},
    {CALL(getcwd), OF_SEALED, {0}},
    {CALL(seccomp), EVERYWHERE, {2}}, /* SECCOMP_GET_ACTION_AVAIL */
#ifdef SYS_open
    {CALL(fork), EVERYWHERE, {0}},
    {CALL(vfork), EVERYWHERE, {0}},
    {CALL(open), OF_SEALED, {NOTHING, O_RDONLY}},
    {CALL(open), UNLESS_WRITING, {NOTHING, O_WRONLY}},
    {CALL(open), EVERYWHERE, {NOTHING, O_RDWR}},
    {CALL(open), EVERYWHERE, {NOTHING, O_WRONLY | O_CREAT | O_TRUNC, 0600}},
    {CALL(creat), EVERYWHERE, {NOTHING, 0600}},
    {CALL(unlink), UNLESS_WRITING, {NOTHING}},
    {CALL(rename), UNLESS_WRITING, {NOTHING, NOTHING}},
    {CALL(mkdir), UNLESS_WRITING, {NOTHING}},
    {CALL(rmdir), EVERYWHERE, {NOTHING}},
    {CALL(chmod), EVERYWHERE, {NOTHING}},
    {CALL(chown), EVERYWHERE, {NOTHING}},
    {CALL(lchown), EVERYWHERE, {NOTHING}},
    {CALL(link), EVERYWHERE, {NOTHING, NOTHING}},
    {CALL(symlink), EVERYWHERE, {NOTHING, NOTHING}},
    {CALL(mknod), EVERYWHERE, {NOTHING, S_IFIFO}},
    {CALL(pipe), EVERYWHERE, {0}},
    {CALL(dup2), EVERYWHERE, {-1ul, -1ul}},
    {CALL(arch_prctl), EVERYWHERE, {0x1004}}, /* ARCH_GET_GS */
    {CALL(ioperm), EVERYWHERE, {0}},
    {CALL(iopl), EVERYWHERE, {0}},
    {CALL(modify_ldt), EVERYWHERE, {0}},
#endif
};

static int call(const void *what)
{
    const struct attempt *attempt = what;
    const unsigned long *a = attempt->arguments;
    syscall(attempt->number, a[0], a[1], a[2], a[3], a[4], a[5]);
    return 0;
}

static void forbidden_calls_end_the_program(void **state)
{
    (void)state;
    size_t failures = 0;
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        for (unsigned phase = 0; phase < SANDBOX_PHASE_COUNT; phase++) {
            enum sandbox_phase phases[] = {(enum sandbox_phase)phase};
            if (!(attempts[i].phases & 1u << phase)) {
                continue;
            }
            struct ending ending = run(phases, 1, call, &attempts[i]);
            if (!is_stopped(&ending, attempts[i].name)) {
                failures++;
                print_error("%s, row %zu, phase %u: status %d, %s\n", attempts[i].name, i, phase,
                            ending.status, ending.text);
            }
        }
    }
    assert_int_equal(failures, 0);
}

static void later_phases_take_away(void **state)
{
    (void)state;
    static const enum sandbox_phase phases[] = {SANDBOX_READ, SANDBOX_SEALED};
    static const struct attempt opens = {CALL(openat), 0, {HERE, NOTHING, O_RDONLY}};
    static const struct attempt enters = {CALL(seccomp), 0, {1}};
    struct ending ending = run(phases, 1, call, &opens);
    assert_int_equal(ending.status, 0);
    ending = run(phases, 2, call, &opens);
    assert_true(is_stopped(&ending, "openat"));
    ending = run(phases, 2, call, &enters);
    assert_true(is_stopped(&ending, "seccomp"));
}

static void *call_in_thread(void *what)
{
    call(what);
    return NULL;
}

static int call_in_blocked_thread(const void *what)
{
    struct attempt attempt;
    pthread_t thread;
    sigset_t signals;
    memcpy(&attempt, what, sizeof attempt);
    sigfillset(&signals); /* as read_ahead.c does */
    sigdelset(&signals, SIGSYS);
    pthread_sigmask(SIG_SETMASK, &signals, NULL);
    return pthread_create(&thread, NULL, call_in_thread, &attempt) == 0 &&
                   pthread_join(thread, NULL) == 0
               ? 0
               : 98;
}

static void threads_start_and_are_confined(void **state)
{
    (void)state;
    static const enum sandbox_phase phases[] = {SANDBOX_READ};
    static const struct attempt good = {CALL(getpid), 0, {0}};
    static const struct attempt bad = {CALL(socket), 0, {2, 1}};
    struct ending ending = run(phases, 1, call_in_blocked_thread, &good);
    assert_string_equal(ending.text, "");
    assert_int_equal(ending.status, 0);
    ending = run(phases, 1, call_in_blocked_thread, &bad);
    assert_true(is_stopped(&ending, "socket"));
}

/* The calls of 32-bit programs have numbers of their own, and would be taken for others. */
#ifdef __x86_64__
static int call_by_interrupt(const void *what)
{
    int number = 20; /* getpid(); there it is 39 in 64 bits */
    (void)what;
    __asm__ volatile("int $0x80" : "+a"(number) : : "memory");
    return 0;
}

static void other_conventions_are_forbidden(void **state)
{
    (void)state;
    static const enum sandbox_phase phases[] = {SANDBOX_READ};
    static const struct attempt x32 = {"", 0x40000000 + SYS_getpid, 0, {0}};
    struct ending ending = run(phases, 1, call_by_interrupt, NULL);
    /* A kernel without 32-bit calls ends it by a signal. */
    assert_true(is_stopped(&ending, "") || ending.status == -1);
    ending = run(phases, 1, call, &x32);
    assert_int_equal(ending.status, EKSLINT_INTERNAL);
}
#define OTHER_CONVENTIONS cmocka_unit_test(other_conventions_are_forbidden),
#else
#define OTHER_CONVENTIONS
#endif

/* ---- files ---- */

struct tree {
    char top[64], inside[96], outside[96], link[96];
};

static void make_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    close(fd);
}

static void make_tree(struct tree *tree)
{
    strcpy(tree->top, "/tmp/ekslint-sandbox-XXXXXX");
    assert_non_null(mkdtemp(tree->top));
    snprintf(tree->inside, sizeof tree->inside, "%s/in", tree->top);
    assert_int_equal(mkdir(tree->inside, 0700), 0);
    snprintf(tree->link, sizeof tree->link, "%s/in/link", tree->top);
    snprintf(tree->inside, sizeof tree->inside, "%s/in/file", tree->top);
    snprintf(tree->outside, sizeof tree->outside, "%s/outside", tree->top);
    make_file(tree->inside);
    make_file(tree->outside);
    assert_int_equal(symlink(tree->outside, tree->link), 0);
}

static void remove_tree(struct tree *tree)
{
    unlink(tree->inside);
    unlink(tree->outside);
    unlink(tree->link);
    strrchr(tree->inside, '/')[0] = '\0';
    rmdir(tree->inside);
    assert_int_equal(rmdir(tree->top), 0);
}

static int error_of(const char *path, int flags)
{
    int fd = open(path, flags, 0600);
    int error = fd < 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    return error;
}

/* The first thing that is not as it should be, or 0. */
static int try_files(const void *what)
{
    const struct tree *tree = what;
    char folder[96], made[128], elsewhere[128];
    snprintf(folder, sizeof folder, "%s/in", tree->top);
    snprintf(made, sizeof made, "%s/in/made", tree->top);
    snprintf(elsewhere, sizeof elsewhere, "%s/made", tree->top);
    int files = sandbox_files_begin();
    sandbox_files_allow_reading(files, folder);
    sandbox_files_allow_writing(files, folder);
    sandbox_files_allow_reading(files, "/nonexistent/ekslint");
    if (!sandbox_files_end(files)) {
        return 20;
    }
    const int new_file = O_WRONLY | O_CREAT | O_EXCL;
    const struct {
        int came, wanted;
    } steps[] = {
        {error_of(tree->inside, O_RDONLY), 0},
        {error_of(folder, O_RDONLY | O_DIRECTORY), 0},
        {error_of(tree->outside, O_RDONLY), EACCES},
        {error_of(tree->link, O_RDONLY), EACCES}, /* a link does not lead out */
        {error_of(tree->top, O_RDONLY | O_DIRECTORY), EACCES},
        {error_of("/etc/passwd", O_RDONLY), EACCES},
        {error_of("/proc/self/mem", O_RDONLY), EACCES},
        {error_of(made, new_file), 0},
        {rename(made, tree->inside), 0},
        {error_of(elsewhere, new_file), EACCES},
        {error_of(tree->outside, O_WRONLY), EACCES},
        {rename(tree->inside, elsewhere) == 0 ? 0 : EACCES, EACCES},
        {unlink(tree->outside) == 0 ? 0 : EACCES, EACCES},
        {rename(tree->outside, made) == 0 ? 0 : EACCES, EACCES},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i].came != steps[i].wanted) {
            return 30 + (int)i;
        }
    }
    return 0;
}

static void only_allowed_files_are_opened(void **state)
{
    (void)state;
    static const enum sandbox_phase phases[] = {SANDBOX_WRITE};
    struct tree tree;
    if (sandbox_landlock_version() == 0) {
        print_message("NOT RUN: this kernel has no Landlock\n");
        skip();
    }
    make_tree(&tree);
    struct ending ending = run(phases, 1, try_files, &tree);
    remove_tree(&tree);
    assert_string_equal(ending.text, "");
    assert_int_equal(ending.status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forbidden_calls_end_the_program),
        cmocka_unit_test(later_phases_take_away),
        cmocka_unit_test(threads_start_and_are_confined),
        OTHER_CONVENTIONS cmocka_unit_test(only_allowed_files_are_opened),
    };
    /* Where a kernel has no seccomp, nothing here can be tested. */
    if (syscall(SYS_seccomp, 2, 0, &(uint32_t){0x00030000}) != 0) {
        puts("NOT RUN: this kernel has no seccomp filters");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
