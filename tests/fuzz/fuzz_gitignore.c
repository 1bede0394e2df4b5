/* SPDX-License-Identifier: MIT */
/*
 * The text of a .gitignore, and behind the first NUL a path. Whatever the text says, a later line counts
 * for more, and a folder is left out by whatever leaves out a file of its name.
 */
#include "base/gitignore.h"

#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct gitignore list = {0};
    struct str text, path;
    (void)str_cut((struct str){(const char *)data, size}, '\0', &text, &path);
    gitignore_add(&arena, &list, text);
    enum gitignore_says file = gitignore_judge(&list, path, false);
    CHECK(file == GITIGNORE_NOTHING || list.count > 0);
    size_t count = list.count;
    gitignore_add(&arena, &list, STR("*"));
    CHECK(list.count == count + 1);
    CHECK(gitignore_judge(&list, path, true) == GITIGNORE_OUT);
    gitignore_add(&arena, &list, STR("!*"));
    CHECK(gitignore_judge(&list, path, false) == GITIGNORE_IN);
    for (size_t i = 0; i < count; i++) {
        struct gitignore one = {.items = &list.items[i], .count = 1};
        enum gitignore_says says = gitignore_judge(&one, path, false);
        CHECK(says == GITIGNORE_NOTHING || says == gitignore_judge(&one, path, true));
    }
    arena_release(&arena);
    return 0;
}
