#!/bin/sh
# SPDX-License-Identifier: MIT
# What the kernel is asked by `check`, `diagnose`, `simulate` and `query`, as strace sees it: no socket, no program, and no
# file is opened but the libraries at the start and what was named. With and without the sandbox, since the code has to
# be as quiet by itself. The sandbox's own calls come before the first byte of an input is read.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

EKSLINT_BINARY=${EKSLINT_PLAIN:?is not set}
if ! strace -f -o "$top/probe" true 2>/dev/null || ! grep -q exit_group "$top/probe"; then
    echo "NOT RUN: there is no strace here, or it may not trace (ptrace): what the program asks of the kernel is unproven"
    exit 77
fi

# traced ARGUMENTS: run under strace; the calls, one a line, in $top/calls, without the number of the process in front.
traced() {
    last="strace ekslint $*"
    strace -f -qq -s 0 -o "$top/trace" "$EKSLINT_BINARY" "$@" <"$input" >"$out" 2>"$err"
    status=$?
    # A call that another thread interrupts stands in two lines, the first with its arguments.
    sed 's/^[0-9]* *//' "$top/trace" | grep -v '^<\.\.\. ' >"$top/calls"
}

# Names of files that were opened, with whether for reading, sorted; of libraries and of what the loader asks for nothing.
opened() {
    grep -E '^(open|openat|openat2|creat)\(' "$top/calls" | grep -v O_PATH |
        sed 's/^[a-z0-9]*(\(AT_FDCWD, \)\{0,1\}"\([^"]*\)".*/\2/' |
        grep -vE '^/etc/ld\.so\.(cache|preload)$|^/(usr/)?lib(32|64)?/.*\.so(\.[0-9]+)*$' | LC_ALL=C sort -u
}

quiet() { # FILES THAT ARE OPENED, one a line
    [ "$status" -le 1 ] || fail "exit status $status"
    if grep -E '^(socket|socketpair|connect|bind|listen|accept4?|sendto|sendmsg|sendmmsg|recvfrom|recvmsg|recvmmsg)\(' "$top/calls"; then
        fail "a call of networks"
    fi
    [ "$(grep -cE '^(execve|execveat)\(' "$top/calls")" -eq 1 ] || fail "a program is started"
    if grep -E '^(fork|vfork|ptrace|kill|tkill|tgkill|process_vm_readv|process_vm_writev)\(' "$top/calls"; then
        fail "a call about processes"
    fi
    if grep -E '^clone3?\(' "$top/calls" | grep -v CLONE_THREAD | grep -v 'ENOSYS'; then
        fail "a process is made"
    fi
    if grep -E '^(open|openat|openat2|creat)\(' "$top/calls" | grep -E 'O_WRONLY|O_RDWR|O_CREAT|O_TRUNC'; then
        fail "a file is opened for writing"
    fi
    if grep -E '^(unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|rmdir|link|linkat|symlink|symlinkat|chmod|fchmod|fchmodat|chown|fchown|truncate|ftruncate|mknod|mknodat)\(' "$top/calls"; then
        fail "a file is changed"
    fi
    opened >"$top/opened"
    printf '%s' "$1" | LC_ALL=C sort -u >"$top/wanted"
    diff "$top/wanted" "$top/opened" || fail "other files are opened"
}

# sealed FILE: the last filter is in place before anything but reading is done, and nothing is opened behind it.
sealed() {
    awk '/^seccomp\(SECCOMP_SET_MODE_FILTER/ { filters++; behind = 0 }
         filters && /^(open|openat)\(/ { behind++ }
         END { exit !(filters == '"$1"' && behind == 0) }' "$top/calls" ||
        fail "not $1 filters, or something is opened behind the last"
}

mkdir case
echo "$good" >case/a.json
echo "$bad" >case/b.json
printf 'version: 1\n' >case/other.yaml
printf '%s\n' "{\"PolicyInputList\": [\"$(echo "$good" | sed 's/"/\\"/g')\"], \"ActionNames\": [\"s3:GetObject\"]}" >request.json

run --version
filtered=no
if grep -q '^sandbox: seccomp' "$out"; then filtered=yes; fi
for options in "" --no-sandbox; do
    # shellcheck disable=SC2086
    {
        traced check $options case
        quiet 'case
case/a.json
case/b.json
case/other.yaml
'
        [ -n "$options" ] || [ "$filtered" = no ] || sealed 2
        traced check $options --jobs 8 case/a.json
        quiet 'case/a.json
'
        traced diagnose $options case
        quiet 'case
case/a.json
case/b.json
case/other.yaml
'
        [ -n "$options" ] || [ "$filtered" = no ] || sealed 2
        traced query $options '$.Version' case/a.json
        quiet 'case/a.json
'
        [ -n "$options" ] || [ "$filtered" = no ] || sealed 2
        traced simulate $options request.json
        quiet 'request.json
'
        [ -n "$options" ] || [ "$filtered" = no ] || sealed 2
        input=case/b.json
        traced check $options -
        quiet ''
        traced query $options '$.Version'
        quiet ''
        input=/dev/null
    }
    if [ "$options" = --no-sandbox ]; then
        if grep -qE '^(seccomp|landlock_[a-z_]*)\(' "$top/calls"; then fail "there is a sandbox"; fi
    elif [ "$filtered" = yes ]; then
        grep -q '^prctl(PR_SET_NO_NEW_PRIVS, 1' "$top/calls" || fail "new privileges are not given up"
    fi
done

# Many files at once, in threads, with more of them than the allocator has room for without asking.
mkdir many
i=0
while [ "$i" -lt 300 ]; do
    echo "$good" >"many/$i.json"
    i=$((i + 1))
done
for options in "" --no-sandbox; do
    # shellcheck disable=SC2086
    traced check $options -q --jobs 32 many
    quiet "many
$(find many -name '*.json')
"
    # With the sandbox they are threads by clone(), and it is closed when all have ended.
    [ -n "$options" ] || [ "$filtered" = no ] || sealed 2
done

finish
