#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Installs the Debian or Ubuntu packages that ekslint needs.
# usage: sh tests/install-packages.sh build    what building takes
#        sh tests/install-packages.sh test     and what testing takes on top
set -eu

packages="build-essential gcc cmake ninja-build pkg-config libyaml-dev libjansson-dev libpcre2-dev libseccomp-dev"
case ${1-} in
build) ;;
test) packages="$packages libcmocka-dev clang clang-format shellcheck python3-jsonschema libxml2-utils git parallel zsh fish mandoc lintian pre-commit valgrind strace" ;;
*)
    echo "usage: $0 build|test" >&2
    exit 2
    ;;
esac

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# clang's sanitizers and libFuzzer need its runtime library, which clang only recommends. Its package carries clang's
# version in its name; newer releases also have one that always follows the default clang.
has_clang_runtime() {
    dpkg-query -W -f='${db:Status-Status}\n' 'libclang-rt*-dev' 2>/dev/null | grep -qx installed
}

clang_runtime() {
    if apt-cache show libclang-rt-dev >/dev/null 2>&1; then
        echo libclang-rt-dev
    else
        echo libclang-rt-14-dev
    fi
}

if ! command -v apt-get >/dev/null 2>&1; then
    echo "$0: there is no apt-get here. Install with the system's own tool what these Debian packages hold:" >&2
    echo "    $packages" >&2
    exit 1
fi

missing=
for package in $packages; do
    is_installed "$package" || missing="$missing $package"
done
runtime=no
[ "$1" = build ] || has_clang_runtime || runtime=yes

if [ -z "$missing" ] && [ "$runtime" = no ]; then
    echo "all packages are installed already"
    exit 0
fi

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "$0: installing packages takes root or sudo; missing:$missing" >&2
        exit 1
    fi
}

as_root env DEBIAN_FRONTEND=noninteractive apt-get update
[ "$runtime" = no ] || missing="$missing $(clang_runtime)"
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
