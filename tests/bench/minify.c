/* SPDX-License-Identifier: MIT */
/* minify <JSON: the same without white space between its tokens, and nothing else changed. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    bool in_string = false;
    bool escaped = false;
    int c;
    while ((c = getchar()) != EOF) {
        if (in_string) {
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            in_string = c == '"';
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                continue;
            }
        }
        putchar(c);
    }
    return ferror(stdin) || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
