/* SPDX-License-Identifier: MIT */
/*
 * What the program says to people beside its report: on standard error, a line each, "ekslint: …".
 */
#ifndef EKSLINT_CLI_MESSAGE_H
#define EKSLINT_CLI_MESSAGE_H

#include "base/str.h"

/* An error. Control characters in what is put in are shown as escapes. */
void message_error(const char *format, ...) PRINTF_LIKE(1, 2);

/* A remark that only someone at a terminal wants; dropped where standard error is none. */
void message_note(const char *format, ...) PRINTF_LIKE(1, 2);

/* A text that is laid out already (problems of rule files), as it is. */
void message_text(struct str text);

#endif
