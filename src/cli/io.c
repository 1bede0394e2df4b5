/* SPDX-License-Identifier: MIT */
/* read(2) and write(2) with everything POSIX lets them do: short counts, EINTR, EAGAIN. */
#include "cli/io.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

enum { READ_FIRST = 16 * 1024 };

/* Whether the call may be tried again; waits for a descriptor that its owner made non-blocking. */
static bool may_retry(int fd, short events)
{
    if (errno == EAGAIN) {
        struct pollfd wait = {.fd = fd, .events = events};
        poll(&wait, 1, -1);
        return true;
    }
    return errno == EINTR;
}

bool io_write_all(int fd, struct str text)
{
    while (text.len) {
        ssize_t written = write(fd, text.ptr, text.len);
        if (written >= 0) {
            text = str_from(text, (size_t)written);
        } else if (!may_retry(fd, POLLOUT)) {
            return false;
        }
    }
    return true;
}

ssize_t io_read_some(int fd, char *bytes, size_t room)
{
    ssize_t got;
    do {
        got = read(fd, bytes, room);
    } while (got < 0 && may_retry(fd, POLLIN));
    return got;
}

bool io_read_all(int fd, size_t expected, size_t max, struct arena *arena, struct str *bytes)
{
    /* One byte more than expected, so that the end of file is seen without growing. */
    size_t capacity = (expected && expected <= max ? expected : READ_FIRST) + 1;
    char *block = arena_alloc(arena, capacity);
    size_t len = 0;
    for (;;) {
        size_t room = capacity - len;
        ssize_t got = read(fd, block + len, room);
        /* All that was expected and no more, though there was room: the second witness of the end. */
        bool whole = got > 0 && (size_t)got < room && len + (size_t)got == expected;
        if (got == 0 || whole) {
            *bytes = (struct str){block, len + (size_t)got};
            return true;
        }
        if (got < 0 && !may_retry(fd, POLLIN)) {
            return false;
        }
        len += got > 0 ? (size_t)got : 0;
        if (len > max) {
            errno = EFBIG;
            return false;
        }
        if (len == capacity) {
            char *larger = arena_alloc(arena, capacity * 2);
            memcpy(larger, block, len);
            block = larger;
            capacity *= 2;
        }
    }
}
