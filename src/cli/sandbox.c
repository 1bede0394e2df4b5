/* SPDX-License-Identifier: MIT */
/*
 * The filters are made at build time (sandbox_generate.c), so that loading one is one system call. A
 * violation arrives as SIGSYS in the thread that made the call (seccomp(2), SECCOMP_RET_TRAP), which is
 * why nobody may block that signal. What a handler does must be async-signal-safe: the message is put
 * together by hand.
 */
#define _DEFAULT_SOURCE /* for syscall() */

#include "cli/sandbox.h"

#include "cli/sandbox_filter.h"
#include "ekslint.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- a violation ---- */

enum { MESSAGE_ROOM = 256 };

struct message {
    char text[MESSAGE_ROOM];
    size_t len;
};

static void add(struct message *message, const char *text)
{
    for (; *text && message->len < MESSAGE_ROOM; text++) {
        message->text[message->len++] = *text;
    }
}

static void add_number(struct message *message, unsigned number)
{
    char digits[16];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    add(message, digits + at);
}

/* The name of a system call of this architecture, or "" where it is not known. */
static const char *name_of(unsigned number)
{
    const char *name = sandbox_names;
    const char *end = sandbox_names + sizeof sandbox_names - 1;
    for (; number && name < end; number--) {
        name += strlen(name) + 1;
    }
    return name < end ? name : "";
}

static void end_program(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    (void)context;
    struct message message = {.len = 0};
    unsigned number = (unsigned)info->si_syscall;
    add(&message, "ekslint: internal error: the sandbox stopped the system call ");
    if (info->si_arch == sandbox_architecture) {
        add(&message, name_of(number));
    }
    add(&message, " (");
    add_number(&message, number);
    add(&message, "), which was not to be made; please report it (--no-sandbox goes on without)\n");
    ssize_t written = write(STDERR_FILENO, message.text, message.len);
    (void)written; /* there is nobody to tell */
    _exit(EKSLINT_INTERNAL);
}

static void watch(void)
{
    struct sigaction action = {.sa_sigaction = end_program, .sa_flags = SA_SIGINFO};
    sigset_t violation;
    sigfillset(&action.sa_mask);
    sigaction(SIGSYS, &action, NULL);
    sigemptyset(&violation);
    sigaddset(&violation, SIGSYS);
    sigprocmask(SIG_UNBLOCK, &violation, NULL);
}

/* ---- filters ---- */

/* The kernel takes a pointer to what it only reads. */
#define FILTER(instructions)                                                                       \
    {                                                                                              \
        .len = sizeof(instructions) / sizeof *(instructions),                                      \
        .filter = (struct sock_filter *)(instructions)                                             \
    }

static const struct sock_fprog filters[SANDBOX_PHASE_COUNT] = {
    [SANDBOX_READ] = FILTER(sandbox_filter_read),
    [SANDBOX_WRITE] = FILTER(sandbox_filter_write),
    [SANDBOX_SEALED] = FILTER(sandbox_filter_sealed),
};

bool sandbox_is_built(void)
{
    return true;
}

bool sandbox_begin(void)
{
    watch();
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

bool sandbox_enter(enum sandbox_phase phase)
{
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC,
                   &filters[phase]) == 0;
}
