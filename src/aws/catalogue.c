/* SPDX-License-Identifier: MIT */
/*
 * Look-ups in the catalogue's tables by name and number. Actions have a perfect hash. Services and
 * keys are sorted rows, halved: names are compared in lower case in the order of bytes, which is
 * the order that catalogue/generate.mjs writes.
 */
#include "aws/catalogue.h"

#include "aws/catalogue_table.h"

#include <assert.h>

/* The same of texts that begin with `*same` equal characters; then it is how many they begin with. */
static int compare_behind(struct str a, struct str b, size_t *same)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    for (size_t i = *same; i < shorter; i++) {
        unsigned char x = (unsigned char)char_lower(a.ptr[i]);
        unsigned char y = (unsigned char)char_lower(b.ptr[i]);
        if (x != y) {
            *same = i;
            return x < y ? -1 : 1;
        }
    }
    *same = shorter;
    return (a.len > b.len) - (a.len < b.len);
}

int catalogue_compare(struct str a, struct str b)
{
    size_t same = 0;
    return compare_behind(a, b, &same);
}

/*
 * The first of `count` rows in order whose name is not before `name`. What the names at both ends of
 * the range have in common with it, those between have, too.
 */
static uint32_t lower_bound(struct str name, uint32_t count, struct str (*name_of)(uint32_t row))
{
    uint32_t lo = 0;
    uint32_t hi = count;
    size_t same_lo = 0;
    size_t same_hi = 0;
    while (lo < hi) {
        uint32_t middle = lo + (hi - lo) / 2;
        size_t same = same_lo < same_hi ? same_lo : same_hi;
        if (compare_behind(name_of(middle), name, &same) < 0) {
            lo = middle + 1;
            same_lo = same;
        } else {
            hi = middle;
            same_hi = same;
        }
    }
    return lo;
}

static struct str add_text(struct catalogue_text *text, size_t *used, struct str part)
{
    assert(*used + part.len <= sizeof text->bytes);
    memcpy(text->bytes + *used, part.ptr, part.len);
    *used += part.len;
    return (struct str){text->bytes, *used};
}

/* ---- services ---- */

struct str catalogue_service_name(uint32_t service)
{
    return reference_text(catalogue_services[service].name);
}

uint32_t catalogue_find_service(struct str prefix)
{
    uint32_t at = lower_bound(prefix, CATALOGUE_SERVICE_COUNT, catalogue_service_name);
    bool found = at < CATALOGUE_SERVICE_COUNT && str_eq_nocase(catalogue_service_name(at), prefix);
    return found ? at : CATALOGUE_NONE;
}

struct catalogue_range catalogue_service_actions(uint32_t service)
{
    const struct catalogue_service *row = &catalogue_services[service];
    return (struct catalogue_range){row[0].first_action, row[1].first_action};
}

struct catalogue_range catalogue_service_types(uint32_t service)
{
    const struct catalogue_service *row = &catalogue_services[service];
    return (struct catalogue_range){row[0].first_type, row[1].first_type};
}

bool catalogue_service_has_rcp(uint32_t service)
{
    return reference_extra(catalogue_services[service].name) & 1;
}

/* ---- actions ---- */

struct str access_level_name(enum access_level level)
{
    switch (level) {
    case ACCESS_LIST:
        return STR("List");
    case ACCESS_READ:
        return STR("Read");
    case ACCESS_WRITE:
        return STR("Write");
    case ACCESS_TAGGING:
        return STR("Tagging");
    case ACCESS_PERMISSIONS:
        return STR("Permissions management");
    case ACCESS_COUNT:
        break;
    }
    return (struct str){0};
}

struct str catalogue_action_bare_name(uint32_t action, struct catalogue_text *text)
{
    const struct catalogue_action *row = &catalogue_actions[action];
    size_t used = 0;
    add_text(text, &used, reference_text(catalogue_verbs[row->verb]));
    return add_text(text, &used, reference_text(row->object));
}

enum { SERVICE_STEP = 512 };

/* The last service whose actions or types begin at or before `index`. */
static uint32_t service_of(uint32_t index, bool types)
{
    uint32_t service = 0;
    _Static_assert(CATALOGUE_SERVICE_COUNT <= 2 * SERVICE_STEP, "the first step reaches the half");
    for (uint32_t step = SERVICE_STEP; step > 0; step /= 2) {
        if (step < CATALOGUE_SERVICE_COUNT - service) {
            const struct catalogue_service *row = &catalogue_services[service + step];
            service += (types ? row->first_type : row->first_action) <= index ? step : 0;
        }
    }
    return service;
}

uint32_t catalogue_action_service(uint32_t action)
{
    return service_of(action, false);
}

struct str catalogue_action_name(uint32_t action, struct catalogue_text *text)
{
    const struct catalogue_action *row = &catalogue_actions[action];
    size_t used = 0;
    add_text(text, &used, catalogue_service_name(catalogue_action_service(action)));
    add_text(text, &used, STR(":"));
    add_text(text, &used, reference_text(catalogue_verbs[row->verb]));
    return add_text(text, &used, reference_text(row->object));
}

int catalogue_compare_start(uint32_t action, struct str literal)
{
    struct str verb = reference_text(catalogue_verbs[catalogue_actions[action].verb]);
    struct str object = reference_text(catalogue_actions[action].object);
    int order = catalogue_compare(str_slice(verb, 0, literal.len), str_slice(literal, 0, verb.len));
    if (order != 0 || literal.len <= verb.len) {
        return order;
    }
    return catalogue_compare(str_slice(object, 0, literal.len - verb.len),
                             str_from(literal, verb.len));
}

/* FNV-1a in lower case. */
static uint32_t hash_name(struct str name)
{
    uint32_t hash = 0x811c9dc5;
    for (size_t i = 0; i < name.len; i++) {
        hash = (hash ^ (unsigned char)char_lower(name.ptr[i])) * 0x01000193U;
    }
    return hash;
}

static uint32_t hash_slot(uint32_t hash, uint32_t shift)
{
    uint32_t mixed = hash ^ ((shift + 1) * 0x9e3779b1U);
    mixed = (mixed ^ (mixed >> 15)) * 0x2c1b3c6dU;
    mixed = (mixed ^ (mixed >> 12)) * 0x297a2d39U;
    return (mixed ^ (mixed >> 15)) & (HASH_SLOTS - 1);
}

/* Most names are written as AWS does. */
static bool same_name(struct str a, struct str b)
{
    return str_eq(a, b) || str_eq_nocase(a, b);
}

static bool action_has_bare_name(uint32_t action, struct str bare)
{
    const struct catalogue_action *row = &catalogue_actions[action];
    struct str verb = reference_text(catalogue_verbs[row->verb]);
    struct str object = reference_text(row->object);
    return bare.len == verb.len + object.len && same_name(str_slice(bare, 0, verb.len), verb) &&
           same_name(str_from(bare, verb.len), object);
}

/* The only action that may have the name; HASH_EMPTY where none has. */
static uint32_t find_slot(struct str name)
{
    if (name.len > CATALOGUE_TEXT_MAX) {
        return HASH_EMPTY;
    }
    uint32_t hash = hash_name(name);
    uint32_t shift = catalogue_hash_shifts[hash & (HASH_BUCKETS - 1)];
    return catalogue_hash_slots[hash_slot(hash, shift)];
}

uint32_t catalogue_find_action(struct str name)
{
    uint32_t action = find_slot(name);
    if (action == HASH_EMPTY) {
        return CATALOGUE_NONE;
    }
    struct str service = catalogue_service_name(catalogue_action_service(action));
    bool found = name.len > service.len && name.ptr[service.len] == ':' &&
                 same_name(str_slice(name, 0, service.len), service) &&
                 action_has_bare_name(action, str_from(name, service.len + 1));
    return found ? action : CATALOGUE_NONE;
}

uint32_t catalogue_find_action_of(uint32_t service, struct str name)
{
    uint32_t action = find_slot(name);
    struct catalogue_range own = catalogue_service_actions(service);
    struct str bare = str_from(name, catalogue_service_name(service).len + 1);
    bool found = action >= own.first && action < own.end && action_has_bare_name(action, bare);
    return found ? action : CATALOGUE_NONE;
}

enum access_level catalogue_action_level(uint32_t action)
{
    return (enum access_level)reference_extra(catalogue_actions[action].object);
}

static const struct catalogue_traits *traits_of(uint32_t action)
{
    return &catalogue_traits[catalogue_actions[action].traits];
}

size_t catalogue_action_resource_count(uint32_t action)
{
    const uint16_t *start = &catalogue_resource_starts[traits_of(action)->resources];
    return (size_t)(start[1] - start[0]);
}

static const struct catalogue_resource *resource_of(uint32_t action, size_t number)
{
    assert(number < catalogue_action_resource_count(action));
    return &catalogue_resources[catalogue_resource_starts[traits_of(action)->resources] + number];
}

struct catalogue_action_resource catalogue_action_resource(uint32_t action, size_t number)
{
    uint16_t type = resource_of(action, number)->type;
    return (struct catalogue_action_resource){type & (RESOURCE_REQUIRED - 1),
                                              (type & RESOURCE_REQUIRED) != 0};
}

/* ---- resource types ---- */

struct str catalogue_type_name(uint32_t type)
{
    return reference_text(catalogue_types[type].name);
}

uint32_t catalogue_find_type(struct str name)
{
    struct str prefix;
    struct str bare;
    uint32_t service =
        str_cut(name, ':', &prefix, &bare) ? catalogue_find_service(prefix) : CATALOGUE_NONE;
    if (service == CATALOGUE_NONE) {
        return CATALOGUE_NONE;
    }
    struct catalogue_range types = catalogue_service_types(service);
    for (uint32_t type = types.first; type < types.end; type++) {
        if (str_eq_nocase(bare, catalogue_type_name(type))) {
            return type;
        }
    }
    return CATALOGUE_NONE;
}

struct catalogue_type_parts catalogue_type_parts(uint32_t type)
{
    const struct catalogue_type *row = &catalogue_types[type];
    struct str service = reference_text(catalogue_arn_services[row->arn_service]);
    return (struct catalogue_type_parts){
        .service = service.len ? service : catalogue_service_name(service_of(type, true)),
        .scope = reference_text(catalogue_arn_scopes[row->arn_scope]),
        .rest = reference_text(row->arn_rest),
    };
}

struct str catalogue_type_arn(uint32_t type, struct catalogue_text *text)
{
    struct catalogue_type_parts parts = catalogue_type_parts(type);
    size_t used = 0;
    add_text(text, &used, STR("arn:${Partition}:"));
    add_text(text, &used, parts.service);
    add_text(text, &used, parts.scope);
    return add_text(text, &used, parts.rest);
}

struct catalogue_format catalogue_type_format(uint32_t type)
{
    const struct catalogue_type *row = &catalogue_types[type];
    struct catalogue_format format = {.service =
                                          reference_text(catalogue_arn_services[row->arn_service]),
                                      .rest = reference_text(row->arn_rest)};
    /* ":region:account:", of which neither has a colon inside. */
    struct str scope = str_from(reference_text(catalogue_arn_scopes[row->arn_scope]), 1);
    (void)str_cut(scope, ':', &format.region, &scope);
    (void)str_cut(scope, ':', &format.account, &scope);
    return format;
}

uint32_t catalogue_find_arn_service(struct str name)
{
    for (uint32_t i = 1; i < CATALOGUE_ARN_SERVICE_COUNT; i++) {
        if (str_eq(reference_text(catalogue_arn_services[i]), name)) {
            return i;
        }
    }
    return CATALOGUE_NONE;
}

uint32_t catalogue_next_type(uint32_t arn_service, uint32_t type)
{
    while (type < CATALOGUE_RESOURCE_TYPE_COUNT &&
           catalogue_types[type].arn_service != arn_service) {
        type++;
    }
    return type < CATALOGUE_RESOURCE_TYPE_COUNT ? type : CATALOGUE_NONE;
}

/* ---- condition keys ---- */

struct str key_type_name(enum key_type type, bool multivalued)
{
    static const struct str names[KEY_TYPE_COUNT][2] = {
        [KEY_STRING] = {STR_INIT("String"), STR_INIT("ArrayOfString")},
        [KEY_NUMERIC] = {STR_INIT("Numeric"), STR_INIT("ArrayOfNumeric")},
        [KEY_DATE] = {STR_INIT("Date"), STR_INIT("ArrayOfDate")},
        [KEY_BOOL] = {STR_INIT("Bool"), STR_INIT("ArrayOfBool")},
        [KEY_BINARY] = {STR_INIT("Binary"), STR_INIT("ArrayOfBinary")},
        [KEY_IP_ADDRESS] = {STR_INIT("IPAddress"), STR_INIT("ArrayOfIPAddress")},
        [KEY_ARN] = {STR_INIT("ARN"), STR_INIT("ArrayOfARN")},
    };
    return names[type][multivalued];
}

struct str catalogue_key_name(uint32_t key)
{
    return reference_text(catalogue_keys[key].name);
}

enum key_type catalogue_key_type(uint32_t key)
{
    return (enum key_type)catalogue_keys[key].type;
}

bool catalogue_key_is_multivalued(uint32_t key)
{
    return catalogue_keys[key].flags & KEY_MULTIVALUED;
}

bool catalogue_key_is_template(uint32_t key)
{
    return catalogue_keys[key].flags & KEY_TEMPLATE;
}

bool catalogue_key_is_numeric_too(uint32_t key)
{
    return catalogue_keys[key].flags & KEY_NUMERIC_TOO;
}

/* A provider's key begins with its host name: the issuer's URL without https://. */
static bool is_issuer(struct str text)
{
    struct str host = str_slice(text, 0, str_find_char(text, '/'));
    size_t dot = str_find_char(host, '.');
    return dot > 0 && dot + 1 < host.len && str_find_char(text, ':') == text.len;
}

/* `name` is written by this template, with at least one character in the placeholder's place. */
static bool template_takes(const struct catalogue_key *key, struct str name)
{
    struct str text = reference_text(key->name);
    if (name.len <= (size_t)key->prefix + key->suffix) {
        return false;
    }
    struct str filled = str_slice(name, key->prefix, name.len - key->suffix);
    return str_eq_nocase(str_slice(name, 0, key->prefix), str_slice(text, 0, key->prefix)) &&
           str_eq_nocase(str_from(name, name.len - key->suffix),
                         str_from(text, text.len - key->suffix)) &&
           (!(key->flags & KEY_ISSUER) || is_issuer(filled));
}

static bool key_takes(const struct catalogue_key *key, struct str name)
{
    return str_eq_nocase(reference_text(key->name), name) ||
           ((key->flags & KEY_TEMPLATE) && template_takes(key, name));
}

enum { TEMPLATE_HEAD = 4 }; /* characters that each template has before its placeholder, or none */

static struct str template_name(uint32_t number)
{
    return catalogue_key_name(catalogue_templates[number]);
}

/* The template from `i` on, all of one beginning, with more than `most` characters of its own. */
static uint32_t longest_template(struct str name, uint32_t i, struct str head, int *most)
{
    uint32_t found = CATALOGUE_NONE;
    for (; i < CATALOGUE_TEMPLATE_COUNT; i++) {
        const struct catalogue_key *key = &catalogue_keys[catalogue_templates[i]];
        int own = key->prefix + key->suffix;
        if ((key->prefix == 0) != (head.len == 0) ||
            !str_eq_nocase(str_slice(template_name(i), 0, head.len), head)) {
            break;
        }
        if (own > *most && template_takes(key, name)) {
            *most = own;
            found = catalogue_templates[i];
        }
    }
    return found;
}

/*
 * The template with the most text of its own, so that ".../Matcher" wins over what ends openly. Those that begin
 * with their placeholder are the first ones in order, since '$' comes before letters.
 */
static uint32_t find_template(struct str name)
{
    int most = -1;
    struct str head = str_slice(name, 0, TEMPLATE_HEAD);
    uint32_t open = longest_template(name, 0, (struct str){0}, &most);
    uint32_t first = lower_bound(head, CATALOGUE_TEMPLATE_COUNT, template_name);
    uint32_t found =
        head.len < TEMPLATE_HEAD ? CATALOGUE_NONE : longest_template(name, first, head, &most);
    return found == CATALOGUE_NONE ? open : found;
}

uint32_t catalogue_find_key(struct str name)
{
    /* The first row of the name: that of the service whose prefix it has. */
    uint32_t at = lower_bound(name, CATALOGUE_KEY_ROW_COUNT, catalogue_key_name);
    bool found = at < CATALOGUE_KEY_ROW_COUNT && str_eq_nocase(catalogue_key_name(at), name);
    return found ? at : find_template(name);
}

/* The sets of keys of an action: its own, and two for each of its resource types. */
static size_t key_set_count(uint32_t action)
{
    return 1 + 2 * catalogue_action_resource_count(action);
}

static uint16_t key_set(uint32_t action, size_t number)
{
    if (number == 0) {
        return traits_of(action)->keys;
    }
    const struct catalogue_resource *resource = resource_of(action, (number - 1) / 2);
    return number % 2 ? resource->keys
                      : catalogue_types[resource->type & (RESOURCE_REQUIRED - 1)].keys;
}

bool catalogue_next_key(struct catalogue_key_walk *walk, uint32_t *key)
{
    for (; walk->set < key_set_count(walk->action); walk->set++, walk->item = 0) {
        const uint16_t *start = &catalogue_key_starts[key_set(walk->action, walk->set)];
        if (start[0] + walk->item < start[1]) {
            *key = catalogue_key_lists[start[0] + walk->item++];
            return true;
        }
    }
    return false;
}

uint32_t catalogue_action_find_key(uint32_t action, struct str name)
{
    struct catalogue_key_walk walk = {.action = action};
    uint32_t key;
    while (catalogue_next_key(&walk, &key)) {
        if (key_takes(&catalogue_keys[key], name)) {
            return key;
        }
    }
    key = catalogue_find_key(name);
    if (key == CATALOGUE_NONE) {
        return key;
    }
    uint8_t flags = catalogue_keys[key].flags;
    bool global = (flags & KEY_GLOBAL) && !(flags & KEY_PER_ACTION);
    bool claim = (flags & KEY_ISSUER) &&
                 str_eq(catalogue_service_name(catalogue_action_service(action)), STR("sts"));
    return global || claim ? key : CATALOGUE_NONE;
}
