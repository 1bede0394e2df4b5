/* SPDX-License-Identifier: MIT */
/*
 * ekslint as a library: bytes in, bytes out. It reads no files, no clock, no environment and opens
 * no connection; whoever uses it hands in texts with names and gets a report back.
 *
 *   ekslint *e = ekslint_new();
 *   ekslint_add_file(e, "role.json", bytes, len);
 *   while ((name = ekslint_next_reference(e)) != NULL) … ekslint_add_file(e, name, …) or ekslint_unreadable(e, …);
 *   int status = ekslint_check(e);
 *   ekslint_text report = ekslint_report(e, "text", &settings);
 *   … ekslint_text_free(report); ekslint_free(e);
 *
 * Strings are UTF-8; names and bytes given must stay valid until ekslint_free().
 */
#ifndef EKSLINT_H
#define EKSLINT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ekslint ekslint;

/* Exit statuses, the same for every output format. */
enum ekslint_status {
    EKSLINT_OK = 0, /* everything asked for was evaluated; nothing at or above the threshold */
    EKSLINT_FINDINGS = 1, /* findings at or above the threshold */
    EKSLINT_USAGE = 2,    /* wrong usage, or a wrong configuration or rule file */
    EKSLINT_INPUT = 3,    /* an input could not be read or parsed */
    EKSLINT_NOTHING = 4,  /* nothing was evaluated: no document of a known kind */
    EKSLINT_INTERNAL = 5
};

/* A text that the caller owns; text is NUL-terminated behind len bytes. */
typedef struct ekslint_text {
    char *text;
    size_t len;
    bool too_large; /* there is no text: it would have more bytes than the limit 'output-bytes' */
} ekslint_text;

void ekslint_text_free(ekslint_text text);

typedef struct ekslint_output {
    const char *language; /* "en" or "ja" */
    bool color;
    unsigned width; /* of the terminal, in columns; 0 = do not wrap */
    bool quiet;
} ekslint_output;

/* "0.1.0", and the date of the IAM catalogue inside, YYYY-MM-DD. */
const char *ekslint_version(void);
const char *ekslint_data_date(void);

/* Both in words, with the catalogue's source and size: what --version prints. */
ekslint_text ekslint_about(void);

ekslint *ekslint_new(void);
void ekslint_free(ekslint *e);

/* Language of messages, "en" (default) or "ja"; to be set before checking. */
void ekslint_set_language(ekslint *e, const char *language);

/*
 * The date, YYYY-MM-DD, that dated rules judge as of (support calendars), to be set before checking.
 * The library reads no clock: without a date those rules are undecided. False for a text that is no
 * date; the one set before then stays.
 */
bool ekslint_set_date(ekslint *e, const char *date);

/*
 * Move a limit of what a run does at most, "depth=1024"; to be set before rules and files are added. What
 * limits there are says src/base/limits.def. False with *why, which lives as long as the handle, where it
 * is none or out of its range; the limits then stay.
 */
bool ekslint_set_limit(ekslint *e, const char *setting, const char **why);

/* Leave the built-in rules out. */
void ekslint_no_builtin(ekslint *e);

/*
 * Only rules that match one of the selected ids or globs, and none of the ignored ones (ignoring
 * wins). False: no such rule.
 */
bool ekslint_select(ekslint *e, const char *glob);
bool ekslint_ignore(ekslint *e, const char *glob);

/*
 * "default", "pedantic", or "access-analyzer" for the checks of IAM Access Analyzer, pedantic ones, too,
 * and the caller's own rules; that one gives way to the profile of a configuration. False for
 * another name.
 */
bool ekslint_set_profile(ekslint *e, const char *profile);

/*
 * Judge a rule (id or glob) at another severity: "error", "warning", "info". False for a wrong
 * name.
 */
bool ekslint_set_severity(ekslint *e, const char *glob, const char *severity);

/*
 * The threshold of exit status 1: "error" (default), "warning", "info", "unknown". False for a
 * wrong name.
 */
bool ekslint_fail_on(ekslint *e, const char *threshold);

/*
 * Every document is of this kind. False for an unknown kind; *nearest then names the nearest one or
 * is NULL.
 */
bool ekslint_set_kind(ekslint *e, const char *kind, const char **nearest);

/*
 * Add a rule file (YAML). False where it is wrong: the problems, with file, line and column, are
 * then in the report of ekslint_problems(), and the exit status is EKSLINT_USAGE.
 */
bool ekslint_add_rules(ekslint *e, const char *name, const char *bytes, size_t len);

/*
 * Rules replace those of the same id that were added before this call (and the built-in ones); without
 * it, two rules of one id are a mistake.
 */
void ekslint_begin_rules(ekslint *e);

/* The problems of rule files and configuration files. */
ekslint_text ekslint_problems(ekslint *e, const char *format, const ekslint_output *output);

/*
 * Configuration. Settings of the caller count for more than those of the configuration. The caller
 * hands the file in and then what it asks for:
 *
 *   ekslint_add_config(e, ".ekslint.yaml", identity, bytes, len);
 *   while ((request = ekslint_next_config_request(e)) != NULL)
 *       a configuration: … ekslint_answer_config(e, name, identity, bytes, len);
 *       rules:           … ekslint_add_rules() for each file
 *       or, where it may not or cannot be read: ekslint_refuse_config(e, why);
 *   … further rules, ekslint_begin_rules() before them …
 *   ekslint_apply_config(e);
 *
 * `identity` is the same text for the same file, whatever it is called. A mistake is in the report of
 * ekslint_problems(), with its place; ekslint_apply_config() returns false where there was any.
 */
void ekslint_add_config(ekslint *e, const char *name, const char *identity, const char *bytes,
                        size_t len);

typedef struct ekslint_config_request {
    const char *from; /* the name of the configuration file that names it */
    const char *path; /* as it is written there, relative to that file */
    bool rules;       /* a rule file or a folder of them; else another configuration file */
} ekslint_config_request;

/* Valid until the next one is asked for; NULL: there are no more. */
const ekslint_config_request *ekslint_next_config_request(ekslint *e);
void ekslint_answer_config(ekslint *e, const char *name, const char *identity, const char *bytes,
                           size_t len);
/* `why`: "cannot be read: No such file or directory". */
void ekslint_refuse_config(ekslint *e, const char *why);

bool ekslint_apply_config(ekslint *e);

/*
 * Where patterns of the configuration start: `folder`, as an absolute path. Names of files are
 * relative to `here`, the same. To be set before files are added; without it no pattern matches.
 */
void ekslint_set_config_folder(ekslint *e, const char *here, const char *folder);

/*
 * Does the configuration leave a file out, or everything that is in a folder? The caller then does
 * not add it; one that a document refers to is added all the same.
 */
bool ekslint_excludes(ekslint *e, const char *name, bool is_folder);

/*
 * A configuration that was met among the files and is not the run's: a warning in the report says
 * so. `used` is the name of the run's, or NULL where it has none.
 */
void ekslint_unused_config(ekslint *e, const char *name, const char *used);

/* The effective settings of a file or folder and where each comes from: "text" or "json". */
ekslint_text ekslint_config(ekslint *e, const char *name, bool is_folder, const char *format);

/* The keys of a configuration file, a name and its meaning to a line, divided by a tab. */
ekslint_text ekslint_config_keys(void);

/* "en" or "ja", as set or configured. */
const char *ekslint_language(const ekslint *e);

/*
 * Add a file to be checked. False where it cannot be read as JSON or YAML; that is in the report,
 * too.
 */
bool ekslint_add_file(ekslint *e, const char *name, const char *bytes, size_t len);

/*
 * The same for a file that nobody named, but that was met in a folder: a template that is no YAML
 * before it is rendered is skipped with a note, and INI that is not the AWS CLI's without one.
 */
bool ekslint_add_met_file(ekslint *e, const char *name, const char *bytes, size_t len);

/*
 * Forget the files that were added, with all that was found in them; settings, rules and configuration stay, so that
 * a handle can check any number of files one after the other in the memory that the largest one takes. What was
 * given of files and got from them is not valid any more. Settings are not changed from the first time on.
 */
void ekslint_forget_files(ekslint *e);

/*
 * A stream: judge one line, {"name": …, "content": …} or with a "kind" as well, by itself, and forget it again. Other
 * files must not be there. *answer is one line of JSON with its end: the name, and "findings", "unknown" and "summary" as
 * in the format json; "excluded" where the configuration leaves the name out; or, for a line that is none of
 * these, {"name": … or null, "line": number, "error": …}. Returns the exit status as if the line were the run. A line of more bytes than
 * the limit 'document-bytes' may be given without them, by its length.
 */
int ekslint_check_line(ekslint *e, size_t number, const char *bytes, size_t len,
                       const ekslint_output *output, ekslint_text *answer);

/* Does a file that was added hold a document of a known kind? */
bool ekslint_has_documents(const ekslint *e);

/*
 * A file that could not be opened or read, and why; it is reported, and the exit status becomes
 * EKSLINT_INPUT.
 */
void ekslint_unreadable(ekslint *e, const char *name, const char *why);

/*
 * The next file that a document refers to and that was not added yet, or NULL. Each is named once:
 * the caller adds it with ekslint_add_file() if it may be read, and else does nothing (the
 * reference is then reported).
 */
const char *ekslint_next_reference(ekslint *e);

/*
 * What a file's comments ("# ekslint: allow RULE-ID [until=YYYY-MM-DD] -- REASON") and the configuration's
 * `suppressions` tolerate does not count for the exit status, and reports set it apart. With this nothing
 * is tolerated. Without a date (ekslint_set_date()) no suppression ends.
 */
void ekslint_no_suppressions(ekslint *e);

/*
 * Everything in a folder that the configuration does not leave out was, or will be, added: only then can
 * a pattern of the configuration be said to cover nothing that is tolerated, and a finding of a baseline about
 * files together to be gone. To be called once those two are given.
 */
void ekslint_looked_through(ekslint *e, const char *folder);

/*
 * A baseline: findings that are known, and do not count any more. To be given before checking; names of
 * files in it are relative to `folder`, those of this run to `here`, both absolute paths. False where it is
 * wrong: ekslint_problems() then says where.
 */
bool ekslint_add_baseline(ekslint *e, const char *here, const char *folder, const char *name,
                          const char *bytes, size_t len);

/* Take all that the next check finds as known: a baseline to write. In place of one that is given. */
void ekslint_record_baseline(ekslint *e, const char *here, const char *folder);

/*
 * The next file of the baseline, as this run would name it, that was not added; or NULL. Where there is no such
 * file any more, ekslint_baseline_gone() says so of the last one: what is known of it is not there.
 */
const char *ekslint_next_baseline_file(ekslint *e);
void ekslint_baseline_gone(ekslint *e);

/*
 * After a check, the text of the baseline: as recorded, or as given without what is not met any more, where
 * this run looked at it. *changed: whether that differs from what was given.
 */
ekslint_text ekslint_baseline(ekslint *e, bool *changed);

/* The `baseline` of the configuration, to be read relative to the file that names it; or NULL. */
const ekslint_config_request *ekslint_config_baseline(ekslint *e);

/*
 * Measure what each rule takes in the checks to come, by a clock of the caller's that gives nanoseconds and never
 * goes back. Without it nothing is counted.
 */
void ekslint_measure(ekslint *e, unsigned long long (*clock)(void));

/* What the rules took since then: how many were run, how often, on how many nodes, in how many steps. */
typedef struct ekslint_cost {
    size_t files, documents, rules;
    unsigned long long document_nodes, evaluations, nodes, steps;
} ekslint_cost;

ekslint_cost ekslint_costs(const ekslint *e);

/* A table of those rules that took the most time, at most so many; equal ones by id. */
ekslint_text ekslint_rule_profile(ekslint *e, size_t most);

/* Judge everything added. Returns the exit status. */
int ekslint_check(ekslint *e);

/*
 * Fixes. Some rules come with edits of the files that they fire on. After ekslint_check(): make those that
 * go with each other (of two that change the same bytes the first), and no others than of `rule`, where
 * that is not NULL; without `unsafe` only those that change nothing that worked. Returns how many files
 * have another text then, each of which has a name as it was given to ekslint_add_file(). The caller
 * checks the new texts as files of their names by another handle, asks ekslint_fix_is_good(), and goes on
 * with that one until nothing is left to do.
 */
size_t ekslint_fix(ekslint *e, bool unsafe, const char *rule);

/* What the last ekslint_fix() made; index below what it returned. Valid until ekslint_free(). */
const char *ekslint_fixed_name(const ekslint *e, size_t index);
const char *ekslint_fixed_text(const ekslint *e, size_t index, size_t *len);

/* How many findings it fixed, and of which rules; NULL beyond the last one. */
size_t ekslint_fixed_findings(const ekslint *e);
const char *ekslint_fixed_rule(const ekslint *e, size_t index);

/*
 * Are the fixed texts, of which `after` is the check, as good as before? Not where one cannot be read, or
 * where at an edit there are more errors of a rule that was not fixed: then an edit is wrong.
 */
bool ekslint_fix_is_good(const ekslint *before, const ekslint *after);

/*
 * The text of a file that was added, with its byte order mark, for people to look at: '*' stands for each
 * byte of what no output may show. Text NULL where there is none of this name.
 */
ekslint_text ekslint_shown_text(const ekslint *e, const char *name);

/*
 * What could be fixed by what its rule says, and cannot where it stands, with the reason: "file:3:5: …". NULL
 * beyond the last one. Valid until ekslint_free().
 */
const char *ekslint_refused_fix(ekslint *e, size_t index);

/* Make no edits of a rule any more. */
void ekslint_skip_fixes(ekslint *e, const char *rule);

/*
 * Judge everything added as one case and walk the integration's flow: each step passes, fails or is
 * unknown. Returns the exit status: EKSLINT_FINDINGS where a step fails too, or is unknown and
 * "unknown" is the threshold. EKSLINT_USAGE where the files hold several integrations, which
 * ekslint_problems() then locates; there is no diagnosis in that case.
 */
int ekslint_diagnose(ekslint *e);

/*
 * The flow that ekslint_diagnose() walks, "eks" or "gitlab-eks"; without it, what the files suggest.
 * False: no such flow.
 */
bool ekslint_set_flow(ekslint *e, const char *flow);

/*
 * The report of the last diagnosis: "text" or "json" (the formats of ekslint_diagnosis_formats()).
 * An unknown format, or no diagnosis, gives text NULL.
 */
ekslint_text ekslint_diagnosis(ekslint *e, const char *format, const ekslint_output *output);
bool ekslint_has_diagnosis_format(const char *format);
const char *ekslint_diagnosis_formats(void);

/*
 * A shell script (POSIX sh) that collects what the last diagnosis found missing, with commands that
 * only read. Text NULL where there is no diagnosis.
 */
ekslint_text ekslint_collect_script(ekslint *e, const ekslint_output *output);

/*
 * The suppressions that the last check met, by place, the configuration's last: what each tolerates, why,
 * until when, and what it hides; "text" or "json".
 */
ekslint_text ekslint_suppressions(ekslint *e, const char *format, const ekslint_output *output);

/*
 * The findings that tell why something is missing in an output other than a report: files not read, and
 * comments not understood.
 */
ekslint_text ekslint_obstacles(ekslint *e, const ekslint_output *output);

/* The report of the last check. An unknown format gives text NULL. */
ekslint_text ekslint_report(ekslint *e, const char *format, const ekslint_output *output);

/* True where the format is known; the names of all, comma separated. */
bool ekslint_has_format(const char *format);
const char *ekslint_formats(void);

/*
 * Evaluate a JSONPath expression (RFC 9535) on a text. mode: "values", "paths" or "nodes". On a
 * wrong expression the status is EKSLINT_USAGE, on a wrong document EKSLINT_INPUT, and the text the
 * message with a caret. `limits` are settings as for ekslint_set_limit(), with NULL behind the last, or NULL.
 */
int ekslint_query(const char *expression, const char *mode, const char *name, const char *bytes,
                  size_t len, const char *const *limits, ekslint_text *out);

/*
 * Evaluate requests as `aws iam simulate-custom-policy` does, without AWS: one JSON object, an array
 * of them, or JSON lines. *results holds one result for each request, in the same form as they came
 * in; a request with mistakes has {"Errors": …} there, with positions. *problems says the same for
 * people, or is empty. The status is EKSLINT_INPUT where there was a mistake. The caller owns both. `limits`
 * as for ekslint_query().
 */
int ekslint_simulate(const char *name, const char *bytes, size_t len, const char *const *limits,
                     const ekslint_output *output, ekslint_text *results, ekslint_text *problems);

/* Judge each document by itself: rules that join what several files say do not run. */
void ekslint_no_cases(ekslint *e);

/*
 * The ids of all rules, and of the kinds that ekslint_set_kind() takes: one to a line. The caller owns
 * the text.
 */
ekslint_text ekslint_rule_ids(ekslint *e);
ekslint_text ekslint_kind_ids(ekslint *e);

/* Which rules are listed: those that have all that is not NULL. */
typedef struct ekslint_rule_filter {
    const char *kind; /* that they judge, among others */
    const char *family;
    const char *stage;
    const char *severity; /* "error", "warning", "info" */
    const char *profile;  /* "default", "pedantic" */
} ekslint_rule_filter;

/*
 * The rules as a table: "text" or "json". Text NULL where nothing can have a value of the filter; *wrong
 * then says so, with the nearest one, and is valid until ekslint_free().
 */
ekslint_text ekslint_rules_list(ekslint *e, const ekslint_rule_filter *filter, const char *format,
                                const ekslint_output *output, const char **wrong);

/*
 * The JSON Schema (2020-12) of a format that is ours, "rule" or "gitlab-eks"; text NULL where there is
 * none of this name. And their names, one to a line.
 */
ekslint_text ekslint_schema(ekslint *e, const char *name);
ekslint_text ekslint_schemas(ekslint *e);

/*
 * Run the tests inside the rules that are selected, of any profile; with `mutate` also change each
 * rule in every way that its tests should notice. Returns EKSLINT_FINDINGS where a test fails, a rule
 * is not proven to fire, to pass and, with `needs`, to be undecided, or a mutant survives;
 * EKSLINT_NOTHING where there is no test.
 */
int ekslint_test_rules(ekslint *e, bool mutate);

/*
 * Say what looks wrong in the rules that are selected, of any profile: conditions that are always the
 * same, what stands twice, values that nobody asks for, texts that differ between languages, a missing
 * source. Returns EKSLINT_FINDINGS where something does; EKSLINT_NOTHING where there is no rule. The
 * report in a format of ekslint_formats() holds what was wrong with rule files before, too.
 */
int ekslint_check_rules(ekslint *e);
ekslint_text ekslint_rule_problems(ekslint *e, const char *format, const ekslint_output *output);

/*
 * The file of the built-in rule number `index`, as it was written, and its id; text NULL beyond the last.
 */
ekslint_text ekslint_builtin_rule(ekslint *e, size_t index, const char **id);

/* The report of the last such run: "text" or "json". Text NULL where there was none. */
ekslint_text ekslint_rule_tests(ekslint *e, const char *format, const ekslint_output *output);

/* What fault() can ask for, a name and its meaning to a line, in the order of a policy's parts. */
ekslint_text ekslint_rules_faults(void);

/* The functions that rules may call, in alphabetical order: "text" or "json". */
ekslint_text ekslint_rules_functions(const char *format);

/*
 * A rule's file as it was written, and a rule for people. text NULL: no such rule.
 */
ekslint_text ekslint_rules_show(ekslint *e, const char *id);
/* What the rule became when it was loaded, for people: programs, guards, budget. text NULL as above. */
ekslint_text ekslint_rules_compiled(ekslint *e, const char *id);
ekslint_text ekslint_explain(ekslint *e, const char *id, const char *format,
                             const ekslint_output *output);

/*
 * The pages of all rules in Markdown, by number: the index and then the rules, each in English and in
 * Japanese. *name is the file below the folder of the pages, "README.md" or "iam/administrator.ja.md";
 * valid until ekslint_free(). Text NULL beyond the last.
 */
ekslint_text ekslint_rules_page(ekslint *e, size_t index, const char **name);

/* Was a file with this text written as such a page? */
bool ekslint_is_page(const char *bytes, size_t len);

/*
 * Run one rule, by its id or another name, as ekslint_check() does, and write down how: the nodes that
 * it selects, the value of each clause of its conditions, the facts that are there or missing. Returns
 * the status of that check; text NULL where there is no such rule.
 */
int ekslint_trace(ekslint *e, const char *id, ekslint_text *trace);

/*
 * Look for the rules that document an error text, as people paste them (at most 64 KiB of it are
 * read): broken, cut, escaped, within a log, with values in place of placeholders, in any language
 * of the rules. Returns how many there are; only these are run by ekslint_check_error(). To be
 * called once, before checking.
 */
size_t ekslint_find_error(ekslint *e, const char *text, size_t len);

/*
 * Judge everything added as one case. EKSLINT_FINDINGS where one of the rules that were found
 * fails, whatever its severity; else as ekslint_check().
 */
int ekslint_check_error(ekslint *e);

/*
 * The rules that were found and, after ekslint_check_error(), what they say of the files; `format`
 * is "text" or "json".
 */
ekslint_text ekslint_explain_error(ekslint *e, const char *format, const ekslint_output *output);

/*
 * A copy of a case that can be shared: without secrets, with account ids, names, resource ids and
 * addresses replaced consistently. Add all of its files, learn, then take the texts. A file that cannot be
 * parsed is taken as text. On a handle of its own.
 */
void ekslint_redact_add(ekslint *e, const char *name, const char *bytes, size_t len);
void ekslint_redact_learn(ekslint *e);

/* The copy of the file that was added as number `index` (from 0); text NULL where there is none. */
ekslint_text ekslint_redacted_text(ekslint *e, size_t index);

/* A path as files of the copy refer to it. Valid until ekslint_free(). */
const char *ekslint_redacted_path(ekslint *e, const char *path);

/* A file was written: for the map. */
void ekslint_redact_note_file(ekslint *e, const char *copy, const char *original);

/*
 * What was replaced so far, as JSON: {"version": 1, "files": {COPY: ORIGINAL, …}, "words": {…}}. For their
 * owner alone. Secrets are not in it.
 */
ekslint_text ekslint_redaction_map(ekslint *e);

/* The id nearest to a misspelt one, or NULL. Valid until ekslint_free(). */
const char *ekslint_nearest_rule(ekslint *e, const char *id);

/* A commented gitlab-eks.yaml to start from. */
const char *ekslint_init_text(void);

#endif
