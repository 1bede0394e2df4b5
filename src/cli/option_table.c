/* SPDX-License-Identifier: MIT */
/* The tables, and nothing else. */
#include "cli/option_table.h"

const struct command_row option_commands[COMMAND_COUNT] = {
    [COMMAND_CHECK] = {STR_INIT("check"), "[check] [OPTIONS] [PATH…]",
                       "lint files and directories (default: the current directory; - is standard "
                       "input)",
                       true},
    [COMMAND_DIAGNOSE] = {STR_INIT("diagnose"), "diagnose [OPTIONS] PATH…",
                          "take the files for one case and walk the steps of EKS, or of GitLab's "
                          "integration with it: where it stops, why, and what waits behind it",
                          true},
    [COMMAND_EXPLAIN] =
        {STR_INIT("explain"), "explain [OPTIONS] RULE-ID | --error TEXT [PATH…]",
         "a rule for people; or which rules document an error text, and which of them fail on "
         "these files",
         true},
    [COMMAND_RULES] =
        {STR_INIT("rules"), "rules list|show|test|check|export|pages|functions|faults [ARG…]",
         "list the rules, show the file of one, run the tests in rule files, say what looks wrong "
         "in them, write the built-in ones or a page for each to a folder, or list the functions",
         true},
    [COMMAND_TRACE] = {STR_INIT("trace"), "trace [OPTIONS] RULE-ID [PATH…]",
                       "why a rule did or did not fire on files: the nodes that it selects, the "
                       "value of each clause, the facts that are missing",
                       true},
    [COMMAND_QUERY] = {STR_INIT("query"), "query [OPTIONS] EXPR [FILE]",
                       "evaluate a JSONPath expression (RFC 9535) on JSON or YAML", true},
    [COMMAND_SIMULATE] = {STR_INIT("simulate"), "simulate [FILE]",
                          "decide IAM requests offline: takes what `aws iam simulate-custom-policy "
                          "--cli-input-json` takes, one request, an array, or JSON lines",
                          true},
    [COMMAND_CONFIG] = {STR_INIT("config"), "config [OPTIONS] [PATH]",
                        "the settings that count for a file or folder (default: the current one), "
                        "and where each comes from",
                        true},
    [COMMAND_SUPPRESSIONS] = {STR_INIT("suppressions"), "suppressions [OPTIONS] [PATH…]",
                              "what files and configuration tolerate: where that is written, why, "
                              "until when, and what it hides",
                              true},
    [COMMAND_REDACT] =
        {STR_INIT("redact"), "redact [OPTIONS] --output DIR PATH…",
         "write a copy of a case that can be shared: without secrets, with account "
         "ids, names, resource ids and addresses replaced consistently; it diagnoses "
         "the same",
         true},
    [COMMAND_INIT] = {STR_INIT("init"), "init [PATH]",
                      "write a commented gitlab-eks.yaml to start from", true},
    [COMMAND_SCHEMA] = {STR_INIT("schema"), "schema [NAME]",
                        "print the JSON Schema of a format of ekslint's own, for editors; without "
                        "a name, which there are",
                        true},
    [COMMAND_COMPLETIONS] = {STR_INIT("completions"),
                             "completions bash|zsh|fish|rules|kinds|schemas",
                             "print the completions for a shell, or what they offer: the ids of "
                             "rules, kinds, schemas",
                             true},
    [COMMAND_MAN] = {STR_INIT("man"), "man", "print the manual page, for 'man -l -'", true},
};

/* Bits of the commands that take an option. */
#define ON(command) (1u << COMMAND_##command)
enum {
    ON_RUN = ON(CHECK) | ON(DIAGNOSE),
    ON_LISTED = ON(CHECK) | ON(SUPPRESSIONS),
    ON_SETTINGS = ON_RUN | ON(CONFIG) | ON(SUPPRESSIONS), /* what a configuration may say, too */
    ON_RULES = ON_SETTINGS | ON(EXPLAIN) | ON(RULES) | ON(TRACE),
    ON_ALL = (1u << COMMAND_COUNT) - 1
};

/* The formatter would spread each row over six lines. */
/* clang-format off */
#define FLAG(field) OPTION_FLAG, offsetof(struct options, field)
#define TEXT(field) OPTION_TEXT, offsetof(struct options, field)
#define LIST(field) OPTION_LIST, offsetof(struct options, field)
const struct option_row option_rows[] = {
    {STR_INIT("format"), 'f', "FORMAT", TEXT(format), ON_SETTINGS | ON(EXPLAIN) | ON(RULES), NULL,
     "how the report is written (default: text)"},
    {STR_INIT("output"), 0, "FILE", TEXT(output), ON_RUN | ON(REDACT), NULL,
     "write the report to FILE, whole or not at all, instead of standard output; with 'redact': the "
     "folder for the copy, which must be new or empty"},
    {STR_INIT("map"), 0, "FILE", TEXT(map), ON(REDACT), NULL,
     "also write to FILE, for yourself alone, which word stands for which: secrets are not in it, and "
     "nobody else should see it"},
    {STR_INIT("report"), 0, "FORMAT=FILE", LIST(report), ON_RUN, NULL,
     "write another report to FILE, in a format of its own; repeatable"},
    {STR_INIT("config"), 0, "FILE", TEXT(config), ON_RULES, NULL,
     "the configuration, instead of the .ekslint.yaml that is looked for from the paths up to the "
     "root of the repository"},
    {STR_INIT("no-config"), 0, NULL, FLAG(no_config), ON_RULES, NULL,
     "read no configuration and no .ekslint/rules"},
    {STR_INIT("rules"), 0, "PATH", LIST(rules), ON_RULES, NULL,
     "add a rule file, or every *.yaml of a directory; a rule replaces the one of the same id; "
     "repeatable"},
    {STR_INIT("no-builtin"), 0, NULL, FLAG(no_builtin), ON_RULES, NULL,
     "leave the built-in rules out"},
    {STR_INIT("select"), 0, "ID|GLOB", LIST(select), ON_SETTINGS | ON(RULES), NULL,
     "only these rules; repeatable"},
    {STR_INIT("ignore"), 0, "ID|GLOB", LIST(ignore), ON_SETTINGS | ON(RULES), NULL,
     "without these rules; repeatable"},
    {STR_INIT("profile"), 0, "NAME", TEXT(profile), ON_SETTINGS | ON(RULES), "default, pedantic",
     "which rules: default, or pedantic for opinions and hygiene too"},
    {STR_INIT("severity"), 0, "ID=LEVEL", LIST(severity), ON_SETTINGS | ON(RULES), NULL,
     "judge rules of this id or glob as error, warning or info; repeatable; with 'rules list': only "
     "those of this LEVEL"},
    {STR_INIT("fail-on"), 0, "LEVEL", TEXT(fail_on), ON_SETTINGS, "error, warning, info, unknown",
     "exit with 1 from this level on: error (default), warning, info, or unknown for undecided "
     "rules too"},
    {STR_INIT("exit-zero"), 0, NULL, FLAG(exit_zero), ON_RUN, NULL,
     "exit with 0 where findings would make it 1"},
    {STR_INIT("kind"), 0, "KIND", TEXT(kind), ON_LISTED | ON(RULES) | ON(TRACE), NULL,
     "take every document for this kind instead of recognising it; with 'rules list': only the rules "
     "that judge it"},
    {STR_INIT("family"), 0, "NAME", TEXT(family), ON(RULES), NULL,
     "with 'rules list': only the rules whose ids begin with NAME/"},
    {STR_INIT("stage"), 0, "STEP", TEXT(stage), ON(RULES), NULL,
     "with 'rules list': only the rules of this step of 'diagnose'"},
    {STR_INIT("stdin-filename"), 0, "NAME", TEXT(stdin_filename),
     ON_RUN | ON(EXPLAIN) | ON(QUERY) | ON(SIMULATE) | ON(TRACE) | ON(SUPPRESSIONS), NULL,
     "the name of standard input in reports (default: stdin); files that it refers to are looked "
     "for beside NAME"},
    {STR_INIT("files-from"), 0, "FILE", TEXT(files_from), ON_RUN, NULL,
     "also read the files and folders that FILE lists, one name to a line; - is standard input"},
    {STR_INIT("null"), '0', NULL, FLAG(null), ON_RUN, NULL,
     "the names of --files-from end in NUL, as 'git ls-files -z' and 'find -print0' write them"},
    {STR_INIT("changed-since"), 0, "REV", TEXT(changed_since), ON(CHECK), NULL,
     "of the paths only what differs from the git commit REV, and what git does not track; asks git "
     "for the names"},
    {STR_INIT("hook"), 0, NULL, FLAG(hook), ON(CHECK), NULL,
     "for hooks that pass the files of a commit, some at a time: each file is judged by itself, what "
     "would be passed over in a folder is passed over, and that nothing is left is fine"},
    {STR_INIT("stdin-jsonl"), 0, NULL, FLAG(stdin_jsonl), ON(CHECK), NULL,
     "a stream: each line of standard input is a file, {\"name\": …, \"content\": …}, judged by itself; for each a "
     "line of JSON with its findings, in order"},
    {STR_INIT("no-ignore"), 0, NULL, FLAG(no_ignore), ON_LISTED | ON(TRACE), NULL,
     "in folders, also read what .gitignore leaves out"},
    {STR_INIT("jobs"), 'j', "N", TEXT(jobs), ON_RUN, NULL,
     "read up to N files at once, from 1 to 64 (default: 4); the output is the same for any number"},
    {STR_INIT("limit"), 0, "NAME=N", LIST(limit),
     ON_RUN | ON(EXPLAIN) | ON(QUERY) | ON(SIMULATE) | ON(TRACE) | ON(SUPPRESSIONS), NULL,
     "do at most N, where K, M and G may stand behind the number, before an input is refused or a rule "
     "left undecided; 'ekslint man' lists the limits; repeatable"},
    {STR_INIT("color"), 0, "WHEN", TEXT(color), ON_RUN | ON(EXPLAIN), "auto, always, never",
     "colours: auto (default: on a terminal, unless NO_COLOR is set), always, never"},
    {STR_INIT("lang"), 0, "LANG", TEXT(language), ON_RULES, "en, ja",
     "language of messages: en (default, whatever the locale) or ja"},
    {STR_INIT("date"), 0, "DATE", TEXT(date), ON_RUN | ON(EXPLAIN) | ON(TRACE) | ON(SUPPRESSIONS), NULL,
     "the date to judge support calendars as of, YYYY-MM-DD (default: today in UTC, or what "
     "SOURCE_DATE_EPOCH says)"},
    {STR_INIT("quiet"), 'q', NULL, FLAG(quiet), ON_RUN, NULL,
     "findings only, no summary"},
    {STR_INIT("stats"), 0, NULL, FLAG(stats), ON(CHECK), NULL,
     "also say on standard error what the run took: files, bytes, documents, rules, steps, time and memory"},
    {STR_INIT("profile-rules"), 0, NULL, FLAG(profile_rules), ON(CHECK), NULL,
     "also list on standard error the 20 rules that took the most time"},
    {STR_INIT("no-suppressions"), 0, NULL, FLAG(no_suppressions), ON_RUN, NULL,
     "tolerate nothing: neither comments, nor the configuration's suppressions, nor its baseline"},
    {STR_INIT("baseline"), 0, "FILE", TEXT(baseline), ON(CHECK), NULL,
     "findings that FILE holds are known and do not count"},
    {STR_INIT("write-baseline"), 0, "FILE", TEXT(write_baseline), ON(CHECK), NULL,
     "write all findings to FILE, as a baseline of later runs"},
    {STR_INIT("prune-baseline"), 0, NULL, FLAG(prune_baseline), ON(CHECK), NULL,
     "take out of the baseline what is not found any more"},
    {STR_INIT("collect"), 0, NULL, FLAG(collect), ON(DIAGNOSE), NULL,
     "print a shell script of commands that only read, which collects what is missing"},
    {STR_INIT("flow"), 0, "FLOW", TEXT(flow), ON(DIAGNOSE), "eks, gitlab-eks",
     "the steps to walk: eks, or gitlab-eks for GitLab's integration (default: what the files "
     "suggest)"},
    {STR_INIT("fix"), 0, NULL, FLAG(fix), ON(CHECK), NULL,
     "mend what rules can mend safely, in the files; with -, print the text to standard output"},
    {STR_INIT("unsafe"), 0, NULL, FLAG(unsafe), ON(CHECK), NULL,
     "with --fix or --diff: also what changes meanings or grants more, and so has to be looked at"},
    {STR_INIT("diff"), 0, NULL, FLAG(diff), ON(CHECK), NULL,
     "print what --fix would change as a unified diff, in place of the report, and write nothing"},
    {STR_INIT("mutate"), 0, NULL, FLAG(mutate), ON(RULES), NULL,
     "with 'rules test': change each rule in every way that its tests should notice, and list what "
     "they do not"},
    {STR_INIT("compiled"), 0, NULL, FLAG(compiled), ON(RULES), NULL,
     "with 'rules show': not the file, but what it became when it was loaded"},
    {STR_INIT("paths"), 0, NULL, FLAG(paths), ON(QUERY), NULL,
     "print the normalized paths of the matches, not their values"},
    {STR_INIT("nodes"), 0, NULL, FLAG(nodes), ON(QUERY), NULL,
     "print path, value, line and column of each match"},
    {STR_INIT("error"), 0, "TEXT", TEXT(error_text), ON(EXPLAIN), NULL,
     "find the rules that document an error text; - reads it from standard input"},
    {STR_INIT("no-sandbox"), 0, NULL, FLAG(no_sandbox), ON_ALL, NULL,
     "do not ask the kernel to forbid what this run has no need of (SECURITY.md); with --version: say so"},
    {STR_INIT("help"), 'h', NULL, FLAG(help), ON_ALL, NULL,
     "print this and exit"},
    {STR_INIT("version"), 'V', NULL, FLAG(version), ON_ALL, NULL,
     "print the version and the date of the data inside, and exit"},
};
#undef FLAG
#undef TEXT
#undef LIST
/* clang-format on */

const size_t option_row_count = COUNT_OF(option_rows);

_Static_assert(COUNT_OF(option_rows) <= OPTION_ROWS_MAX, "a set of options has a bit for each");

const struct str option_statuses[OPTION_STATUSES] = {
    STR_INIT("everything asked for was evaluated, and nothing found at or above --fail-on"),
    STR_INIT("findings at or above --fail-on"),
    STR_INIT("wrong usage, or a wrong configuration or rule file"),
    STR_INIT("an input could not be read or parsed"),
    STR_INIT("nothing was evaluated: no file of a known kind was found"),
    STR_INIT("internal error"),
};
