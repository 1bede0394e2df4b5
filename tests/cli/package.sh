#!/bin/sh
# SPDX-License-Identifier: MIT
# The Debian package: made from the source, looked at by lintian, unpacked into an empty folder and run from there.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

for tool in dpkg-deb dpkg-shlibdeps cpack ninja; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "$tool is not installed"
        exit 77
    fi
done
last="building the package"
# Without optimisation, which the contents do not depend on.
cmake -G Ninja -S "$EKSLINT_SOURCE_DIR" -B "$top/build" -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_BUILD_TYPE=None \
    -DCMAKE_C_FLAGS="-O0 -g -fstack-protector-strong -Wno-overlength-strings" -DCMAKE_EXE_LINKER_FLAGS="-Wl,-z,relro,-z,now" \
    -DEKSLINT_DEBIAN=ON -DEKSLINT_TESTS=OFF >"$out" 2>"$err" || fail "cmake"
cmake --build "$top/build" -- -j2 >"$out" 2>&1 || fail "the build"
(cd "$top/build" && cpack) >"$out" 2>&1 || fail "cpack"
set -- "$top"/build/ekslint_*.deb
[ -f "$1" ] || {
    fail "there is no package"
    exit 1
}
package=$1

last="dpkg-deb"
dpkg-deb -f "$package" Depends >"$out" 2>&1
for library in libc6 libjansson4 libpcre2-8-0 libyaml-0-2; do
    grep -qF "$library" "$out" || fail "does not depend on $library"
done
version=$(dpkg-deb -f "$package" Version)
[ "ekslint ${version%-*}" = "$("$EKSLINT_BINARY" --version | sed -n '1s/^\(ekslint [0-9.]*\).*/\1/p')" ] || fail "version $version"
head -n 1 "$EKSLINT_SOURCE_DIR/cmake/debian/changelog" | grep -qF "($version)" || fail "the changelog is not of $version"
dpkg-deb -x "$package" "$top/root" || fail "cannot be unpacked"
find "$top/root" -type f | sed "s,^$top/root,," | LC_ALL=C sort >"$out"
cat >"$top/wanted" <<'END'
/usr/bin/ekslint
/usr/share/bash-completion/completions/ekslint
/usr/share/doc/ekslint/README.md
/usr/share/doc/ekslint/changelog.Debian.gz
/usr/share/doc/ekslint/copyright
/usr/share/doc/ekslint/rules.md
/usr/share/fish/vendor_completions.d/ekslint.fish
/usr/share/man/man1/ekslint.1.gz
/usr/share/zsh/vendor-completions/_ekslint
END
diff "$top/wanted" "$out" || fail "other files"

last="the packaged program"
echo "$bad" >bad.json
# shellcheck disable=SC2086
"$top/root/usr/bin/ekslint" check $rules --format oneline bad.json >"$out" 2>"$err"
status=$?
expect 1 "bad.json:1:71: error: the action '*' allows everything"
for pair in bash:bash-completion/completions/ekslint zsh:zsh/vendor-completions/_ekslint fish:fish/vendor_completions.d/ekslint.fish; do
    run completions "${pair%%:*}"
    cmp -s "$out" "$top/root/usr/share/${pair#*:}" || fail "another file for ${pair%%:*}"
done
run man
gzip -dc "$top/root/usr/share/man/man1/ekslint.1.gz" | cmp -s - "$out" || fail "another manual page"

if command -v lintian >/dev/null 2>&1; then
    last="lintian"
    lintian --allow-root --fail-on error "$package" >"$out" 2>&1 || fail "finds errors"
fi

# `cmake --install` outside of packages: the same places below the prefix, with the page as it is.
last="cmake --install"
cmake -S "$EKSLINT_SOURCE_DIR" -B "$top/build" -DEKSLINT_DEBIAN=OFF -UEKSLINT_ZSH_FOLDER >"$out" 2>&1 &&
    cmake --build "$top/build" >"$out" 2>&1 && cmake --install "$top/build" --prefix "$top/prefix" >"$out" 2>&1 ||
    fail "fails"
for file in bin/ekslint share/man/man1/ekslint.1 share/bash-completion/completions/ekslint share/zsh/site-functions/_ekslint \
    share/fish/vendor_completions.d/ekslint.fish share/doc/ekslint/LICENSE; do
    [ -s "$top/prefix/$file" ] || fail "no $file"
done

finish
