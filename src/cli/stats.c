/* SPDX-License-Identifier: MIT */
/* The clock that measures is read here and nowhere else; the library is given it. */
#include "cli/stats.h"

#include "cli/message.h"

#include <sys/resource.h>
#include <time.h>

enum { PROFILE_ROWS = 20, TEXT_MAX = 4096 };

static unsigned long long now(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (unsigned long long)time.tv_sec * 1000000000u + (unsigned long long)time.tv_nsec;
}

void stats_begin(struct cli *cli, ekslint *e)
{
    struct stats *stats = cli->stats;
    if (stats->wanted) {
        stats->phase = STATS_READ;
        stats->since = now();
        ekslint_measure(e, now);
    }
}

enum stats_phase stats_enter(struct cli *cli, enum stats_phase phase)
{
    struct stats *stats = cli->stats;
    if (!stats || !stats->wanted) {
        return phase;
    }
    unsigned long long time = now();
    enum stats_phase before = stats->phase;
    stats->spent[before] += time - stats->since;
    stats->since = time;
    stats->phase = phase;
    return before;
}

void stats_parsed(struct cli *cli, enum stats_phase before, size_t bytes)
{
    (void)stats_enter(cli, before);
    if (cli->stats) {
        cli->stats->bytes += bytes;
    }
}

static double milliseconds(unsigned long long nanoseconds)
{
    return (double)nanoseconds / 1e6;
}

void stats_print(struct cli *cli, ekslint *e)
{
    struct stats *stats = cli->stats;
    struct rusage usage = {0};
    if (!stats->wanted) {
        return;
    }
    (void)stats_enter(cli, STATS_REPORT);
    if (cli->options->stats) {
        ekslint_cost cost = ekslint_costs(e);
        struct buf text = buf_with_max(TEXT_MAX);
        getrusage(RUSAGE_SELF, &usage);
        buf_printf(&text, "files %zu, bytes %llu, documents %zu, nodes %llu\n", cost.files,
                   stats->bytes, cost.documents, cost.document_nodes);
        buf_printf(&text, "rules run %zu, evaluations %llu, nodes judged %llu, steps %llu\n",
                   cost.rules, cost.evaluations, cost.nodes, cost.steps);
        buf_printf(&text, "read %.3f ms, parse %.3f ms, judge %.3f ms, report %.3f ms\n",
                   milliseconds(stats->spent[STATS_READ]), milliseconds(stats->spent[STATS_PARSE]),
                   milliseconds(stats->spent[STATS_JUDGE]),
                   milliseconds(stats->spent[STATS_REPORT]));
        buf_printf(&text, "peak memory %ld KiB\n", usage.ru_maxrss);
        message_text(buf_str(&text));
        buf_release(&text);
    }
    if (cli->options->profile_rules) {
        ekslint_text profile = ekslint_rule_profile(e, PROFILE_ROWS);
        message_text((struct str){profile.text, profile.len});
        ekslint_text_free(profile);
    }
}
