/* SPDX-License-Identifier: MIT */
/*
 * SARIF 2.1.0 (OASIS, 2020), as GitHub reads it (GitHub Docs, "SARIF support for code scanning"). Files
 * are named relative to where ekslint was started; columns count code points, ends are exclusive, and
 * the bytes of a region are given as well. Undecided rules and inputs that could not be read are
 * notifications of the invocation. GitHub refuses a run of more than 25,000 results: what is beyond is
 * left out, the least severe first, and a notification says so.
 *
 * The fingerprint stands under a key of our own. GitHub looks only at primaryLocationLineHash, which
 * its upload action makes itself and warns about, result by result, where it finds another.
 *
 * Text that a file hides is in no snippet. Braces in messages are not doubled (§3.11.5 wants it where
 * there are placeholders): there are none, and viewers show them as they are.
 */
#include "report/formats.h"
#include "report/sarif_rules.h"
#include "report/sentences.h"
#include "report/spot.h"
#include "report/uri.h"
#include "report/words.h"
#include "rule/suppression.h"

enum {
    RESULTS_MAX = 25000,
    RESULTS_MAX_BYTES = 64 * 1024 * 1024, /* GitHub takes 10 MB, compressed */
    NOTIFICATIONS_MAX = 1000,
    RELATED_MAX = 100,
    SNIPPET_MAX_BYTES = 400,
    RUN_INDENT = 6,
    ENTRY_INDENT = 8,
};

struct sarif {
    const struct report *report;
    struct buf *out;
    struct sarif_rules rules;
    size_t room[SEVERITY_COUNT]; /* how many results of a severity may still be written */
    size_t known_room;           /* the same of what does not count */
    size_t left_out;
};

/* ---- locations ---- */

static json_t *artifact_of(const struct report *report, struct str file)
{
    bool relative;
    json_t *artifact = json_value_object();
    struct str uri = uri_of_path(report->scratch, file, &relative);
    json_value_put(artifact, "uri", json_value_str(uri));
    if (relative) {
        json_value_put(artifact, "uriBaseId", json_value_str(STR("%SRCROOT%")));
    }
    return artifact;
}

static json_t *region_of(const struct spot *spot)
{
    json_t *region = json_value_object();
    json_value_put(region, "startLine", json_value_size(spot->start.line));
    json_value_put(region, "startColumn", json_value_size(spot->start.column));
    json_value_put(region, "endLine", json_value_size(spot->end.line));
    json_value_put(region, "endColumn", json_value_size(spot->end.column));
    return region;
}

/*
 * What GitHub does not need: the bytes, and the text where it is short, of one line (as reports for
 * people show it), and nothing of it is hidden.
 */
static void put_bytes(const struct report *report, json_t *region, const struct spot *spot,
                      struct location at)
{
    struct place place = sources_resolve(report->sources, at.source, at.span);
    struct str text = str_slice(place.source->bytes, place.span.lo, place.span.hi);
    json_value_put(region, "byteOffset", json_value_size(spot->start.offset));
    json_value_put(region, "byteLength", json_value_size(spot->end.offset - spot->start.offset));
    bool shown = spot->start.line == spot->end.line && text.len && text.len <= SNIPPET_MAX_BYTES;
    if (shown && !sources_is_hidden(report->sources, at)) {
        json_t *snippet = json_value_object();
        json_value_put(snippet, "text", json_value_str(text));
        json_value_put(region, "snippet", snippet);
    }
}

/* A location (§3.28); `at` is NULL for a file as a whole, which GitHub wants a region of, too. */
static json_t *location_of(const struct report *report, const struct spot *spot,
                           const struct location *at)
{
    json_t *region = region_of(spot);
    json_t *physical = json_value_object();
    json_t *location = json_value_object();
    if (at) {
        put_bytes(report, region, spot, *at);
    }
    json_value_put(physical, "artifactLocation", artifact_of(report, spot->file));
    json_value_put(physical, "region", region);
    json_value_put(location, "physicalLocation", physical);
    return location;
}

static json_t *locations_of(const struct report *report, const struct finding *finding)
{
    json_t *list = json_value_array();
    struct spot spot = spot_of_finding(report->sources, finding);
    if (spot.file.len == 0) {
        return list;
    }
    json_t *location = location_of(report, &spot, finding->has_location ? &finding->at : NULL);
    if (finding->path.len) {
        json_t *logical = json_value_object();
        json_t *logicals = json_value_array();
        json_value_put(logical, "fullyQualifiedName", json_value_str(finding->path));
        json_value_append(logicals, logical);
        json_value_put(location, "logicalLocations", logicals);
    }
    json_value_append(list, location);
    return list;
}

static json_t *related_of(const struct report *report, const struct finding *finding)
{
    json_t *list = json_value_array();
    size_t id = 0;
    for (const struct related *related = finding->related; related && id < RELATED_MAX;
         related = related->next) {
        struct spot spot = spot_of(report->sources, related->at);
        json_t *location = location_of(report, &spot, &related->at);
        json_value_put(location, "id", json_value_size(++id));
        json_value_put(location, "message", sarif_message(report, str_trim(related->message)));
        json_value_append(list, location);
    }
    return list;
}

/* ---- fixes (§3.55) ---- */

static json_t *replacement_of(const struct report *report, const struct text_edit *edit)
{
    struct spot spot = spot_of(report->sources, edit->at);
    json_t *region = region_of(&spot);
    json_t *replacement = json_value_object();
    json_value_put(region, "byteOffset", json_value_size(spot.start.offset));
    json_value_put(region, "byteLength", json_value_size(spot.end.offset - spot.start.offset));
    json_value_put(replacement, "deletedRegion", region);
    if (edit->text.len) {
        json_t *content = json_value_object();
        json_value_put(content, "text", json_value_str(edit->text));
        json_value_put(replacement, "insertedContent", content);
    }
    return replacement;
}

/* One fix, with the changes of each file; edits of one file stand behind each other. */
static json_t *fixes_of(const struct report *report, const struct finding *finding)
{
    json_t *changes = json_value_array();
    for (size_t i = 0; i < finding->edit_count;) {
        uint32_t source = finding->edits[i].at.source;
        json_t *change = json_value_object();
        json_t *replacements = json_value_array();
        struct str file = spot_of(report->sources, finding->edits[i].at).file;
        for (; i < finding->edit_count && finding->edits[i].at.source == source; i++) {
            json_value_append(replacements, replacement_of(report, &finding->edits[i]));
        }
        json_value_put(change, "artifactLocation", artifact_of(report, file));
        json_value_put(change, "replacements", replacements);
        json_value_append(changes, change);
    }
    json_t *fix = json_value_object();
    json_t *fixes = json_value_array();
    if (str_trim(finding->fix).len) {
        json_value_put(fix, "description", sarif_message(report, str_trim(finding->fix)));
    }
    json_value_put(fix, "artifactChanges", changes);
    json_value_append(fixes, fix);
    return fixes;
}

/* ---- results ---- */

/* Why a result does not count, with the place at which that is written. */
static json_t *suppressions_of(const struct report *report, const struct suppression *by)
{
    json_t *list = json_value_array();
    if (!by) {
        return list;
    }
    struct spot spot = spot_of(report->sources, by->at);
    json_t *entry = json_value_object();
    json_value_put(entry, "kind",
                   json_value_str(by->in_source ? STR("inSource") : STR("external")));
    json_value_put(entry, "status", json_value_str(STR("accepted")));
    json_value_put(entry, "justification", json_value_str(by->reason));
    json_value_put(entry, "location", location_of(report, &spot, &by->at));
    json_value_append(list, entry);
    return list;
}

static json_t *result_of(struct sarif *sarif, const struct finding *finding)
{
    const struct report *report = sarif->report;
    json_t *fingerprints = json_value_object();
    json_t *properties = json_value_object();
    json_t *result = json_value_object();
    json_value_put(fingerprints, "ekslint/v1", json_value_str(finding->fingerprint));
    json_value_put(properties, "kind", json_value_str(finding->kind));
    json_value_put(properties, "stage", json_value_str(finding->stage));
    json_value_put(result, "ruleId", json_value_str(finding->rule));
    json_value_put(result, "ruleIndex",
                   json_value_size(sarif_rules_index(&sarif->rules, finding->rule)));
    json_value_put(result, "level", json_value_str(sarif_level(finding->severity)));
    json_value_put(result, "message", sarif_message(report, sentence_finding(report, finding)));
    json_value_put(result, "locations", locations_of(report, finding));
    json_value_put(result, "relatedLocations", related_of(report, finding));
    json_value_put(result, "partialFingerprints", fingerprints);
    if (finding->edit_count) {
        json_value_put(properties, "editsSafe", json_value_bool(!finding->edits_unsafe));
        json_value_put(result, "fixes", fixes_of(report, finding));
    }
    json_value_put(result, "properties", properties);
    return result;
}

/*
 * A result with what sets it apart. Both properties are given of all results or of none: where one is
 * absent, a reader cannot tell "not suppressed" from "nobody knows".
 */
static json_t *marked_result(struct sarif *sarif, const struct finding *finding,
                             const struct suppression *by, bool known)
{
    const struct results *results = sarif->report->results;
    json_t *result = result_of(sarif, finding);
    if (results->suppressed.count) {
        json_value_put(result, "suppressions", suppressions_of(sarif->report, by));
    }
    if (results->has_baseline) {
        json_value_put(result, "baselineState",
                       json_value_str(known ? STR("unchanged") : STR("new")));
    }
    return result;
}

/* Shares RESULTS_MAX out among the severities, the most severe first. */
static void find_room(struct sarif *sarif)
{
    const struct findings *findings = sarif->report->results->findings;
    size_t counts[SEVERITY_COUNT] = {0};
    size_t left = RESULTS_MAX;
    for (size_t i = 0; i < findings->count; i++) {
        counts[findings->items[i].severity]++;
    }
    for (size_t s = SEVERITY_COUNT; s > 0; s--) {
        sarif->room[s - 1] = counts[s - 1] < left ? counts[s - 1] : left;
        left -= sarif->room[s - 1];
    }
    sarif->left_out = findings->dropped + findings->count - (RESULTS_MAX - left);
    sarif->known_room = left;
}

static void add_entry(struct sarif *sarif, size_t index, json_t *entry)
{
    buf_add_c(sarif->out, index ? ",\n" : "\n");
    buf_add_repeat(sarif->out, ' ', ENTRY_INDENT);
    json_value_write(sarif->out, entry, ENTRY_INDENT);
}

static void add_member(struct sarif *sarif, const char *key, json_t *value)
{
    buf_printf(sarif->out, "      \"%s\": ", key);
    json_value_write(sarif->out, value, RUN_INDENT);
    buf_add_c(sarif->out, ",\n");
}

/* What does not count is marked and not left out: viewers show it as closed. */
static size_t write_known(struct sarif *sarif, size_t written)
{
    const struct results *results = sarif->report->results;
    size_t suppressed = results->suppressed.count;
    for (size_t i = 0; i < suppressed + results->baselined.count; i++) {
        if (sarif->known_room == 0 || sarif->out->len > RESULTS_MAX_BYTES) {
            sarif->left_out++;
            continue;
        }
        sarif->known_room--;
        const struct suppressed *item = i < suppressed ? &results->suppressed.items[i] : NULL;
        json_t *result =
            item ? marked_result(sarif, &item->finding, item->by, false)
                 : marked_result(sarif, &results->baselined.items[i - suppressed], NULL, true);
        add_entry(sarif, written++, result);
    }
    return written;
}

static void write_results(struct sarif *sarif)
{
    const struct findings *findings = sarif->report->results->findings;
    size_t written = 0;
    buf_add_c(sarif->out, "      \"results\": [");
    for (size_t i = 0; i < findings->count; i++) {
        size_t *room = &sarif->room[findings->items[i].severity];
        if (*room == 0) {
            continue;
        }
        if (sarif->out->len > RESULTS_MAX_BYTES) {
            sarif->left_out++;
            continue;
        }
        (*room)--;
        add_entry(sarif, written++, marked_result(sarif, &findings->items[i], NULL, false));
    }
    written = write_known(sarif, written);
    buf_add_c(sarif->out, written ? "\n      ],\n" : "],\n");
}

/* ---- the invocation ---- */

static json_t *notification_of(const struct report *report, const char *id, struct str level,
                               struct str text)
{
    json_t *descriptor = json_value_object();
    json_t *notification = json_value_object();
    json_value_put(descriptor, "id", json_value_str(str_from_c(id)));
    json_value_put(notification, "descriptor", descriptor);
    json_value_put(notification, "level", json_value_str(level));
    json_value_put(notification, "message", sarif_message(report, text));
    return notification;
}

static void put_rule(struct sarif *sarif, json_t *notification, struct str id)
{
    json_t *rule = json_value_object();
    json_value_put(rule, "id", json_value_str(id));
    json_value_put(rule, "index", json_value_size(sarif_rules_index(&sarif->rules, id)));
    json_value_put(notification, "associatedRule", rule);
}

static bool add_unreadable(struct sarif *sarif, json_t *list)
{
    const struct report *report = sarif->report;
    const struct findings *findings = report->results->findings;
    bool all_read = true;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!finding->unreadable || json_array_size(list) >= NOTIFICATIONS_MAX) {
            all_read = all_read && !finding->unreadable;
            continue;
        }
        all_read = false;
        json_t *notification = notification_of(report, "ekslint/unreadable", STR("error"),
                                               sentence_finding(report, finding));
        json_value_put(notification, "locations", locations_of(report, finding));
        json_value_append(list, notification);
    }
    return all_read;
}

static void add_undecided(struct sarif *sarif, json_t *list)
{
    const struct report *report = sarif->report;
    const struct undecided_list *undecided = &report->results->undecided;
    size_t written = 0;
    for (; written < undecided->count && json_array_size(list) < NOTIFICATIONS_MAX; written++) {
        const struct undecided *item = &undecided->items[written];
        struct spot spot = spot_of(report->sources, item->at);
        json_t *locations = json_value_array();
        json_t *notification = notification_of(report, "ekslint/undecided", STR("note"),
                                               sentence_undecided(report, item));
        json_value_append(locations, location_of(report, &spot, &item->at));
        json_value_put(notification, "locations", locations);
        put_rule(sarif, notification, item->rule);
        json_value_append(list, notification);
    }
    size_t left = undecided->count + undecided->dropped - written;
    if (left > 0) {
        json_value_append(list, notification_of(report, "ekslint/limit", STR("warning"),
                                                words_count(report->scratch, report->language,
                                                            WORD_NOTES_LEFT_OUT, left)));
    }
}

static json_t *invocations_of(struct sarif *sarif)
{
    const struct report *report = sarif->report;
    struct str nothing = sentence_nothing(report);
    json_t *notifications = json_value_array();
    if (sarif->left_out) {
        struct str text =
            words_count(report->scratch, report->language, WORD_LEFT_OUT, sarif->left_out);
        json_value_append(notifications,
                          notification_of(report, "ekslint/limit", STR("warning"), text));
    }
    if (nothing.len) {
        json_value_append(notifications, notification_of(report, "ekslint/nothing-evaluated",
                                                         STR("warning"), nothing));
    }
    bool successful = add_unreadable(sarif, notifications);
    add_undecided(sarif, notifications);
    json_t *invocation = json_value_object();
    json_value_put(invocation, "executionSuccessful", json_value_bool(successful));
    json_value_put(invocation, "toolExecutionNotifications", notifications);
    json_value_put(invocation, "toolConfigurationNotifications", json_value_array());
    json_t *list = json_value_array();
    json_value_append(list, invocation);
    return list;
}

/* ---- the run ---- */

static json_t *tool_of(const struct sarif *sarif)
{
    const struct report *report = sarif->report;
    json_t *properties = json_value_object();
    json_value_put(properties, "catalogue", json_value_str(report->catalogue));
    json_t *driver = json_value_object();
    json_value_put(driver, "name", json_value_str(STR("ekslint")));
    json_value_put(driver, "semanticVersion", json_value_str(report->version));
    json_value_put(driver, "rules", sarif_rules_list(&sarif->rules));
    json_value_put(driver, "properties", properties);
    json_t *tool = json_value_object();
    json_value_put(tool, "driver", driver);
    return tool;
}

static json_t *base_ids_of(const struct report *report)
{
    json_t *text = json_value_object();
    json_t *root = json_value_object();
    json_t *ids = json_value_object();
    json_value_put(text, "text", json_value_str(words_get(report->language, WORD_SOURCE_ROOT)));
    json_value_put(root, "description", text);
    json_value_put(ids, "%SRCROOT%", root);
    return ids;
}

/* The rules come last: results and notifications say which they are. */
void report_sarif(const struct report *report, struct buf *out)
{
    static const struct str line_ends[] = {STR_INIT("\r\n"), STR_INIT("\n"), STR_INIT("\r")};
    struct sarif sarif = {.report = report, .out = out};
    sarif_rules_init(&sarif.rules, report);
    find_room(&sarif);
    buf_add_c(out, "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
                   "  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n");
    add_member(&sarif, "columnKind", json_value_str(STR("unicodeCodePoints")));
    add_member(&sarif, "language",
               json_value_str(report->language == REPORT_JA ? STR("ja") : STR("en")));
    add_member(&sarif, "newlineSequences", json_value_strs(line_ends, COUNT_OF(line_ends)));
    add_member(&sarif, "originalUriBaseIds", base_ids_of(report));
    write_results(&sarif);
    add_member(&sarif, "invocations", invocations_of(&sarif));
    buf_add_c(out, "      \"tool\": ");
    json_value_write(out, tool_of(&sarif), RUN_INDENT);
    buf_add_c(out, "\n    }\n  ]\n}\n");
}
