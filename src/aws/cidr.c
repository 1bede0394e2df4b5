/* SPDX-License-Identifier: MIT */
/*
 * Reading and comparing addresses byte by byte; nothing of the system's, so that every platform
 * reads alike (inet_aton takes 010.1, some inet_pton 1.2.3.04).
 */
#include "aws/cidr.h"

enum { GROUPS = 8, OCTET_MAX = 255, GROUP_DIGITS = 4, BYTE_BITS = 8, HEX = 16, TEN = 10 };

/* A decimal number up to max without a sign or leading zeros. */
static bool parse_number(struct str text, unsigned max, unsigned *number)
{
    *number = 0;
    bool padded = text.len > 1 && text.ptr[0] == '0';
    for (size_t i = 0; i < text.len && *number <= max; i++) {
        if (!char_is_digit(text.ptr[i])) {
            return false;
        }
        *number = *number * TEN + (unsigned)(text.ptr[i] - '0');
    }
    return text.len > 0 && !padded && *number <= max;
}

static bool parse_v4(struct str text, uint8_t address[IPV4_BYTES])
{
    for (size_t i = 0; i < IPV4_BYTES; i++) {
        struct str octet;
        unsigned number;
        bool dot = str_cut(text, '.', &octet, &text);
        if (dot != (i + 1 < IPV4_BYTES) || !parse_number(octet, OCTET_MAX, &number)) {
            return false;
        }
        address[i] = (uint8_t)number;
    }
    return true;
}

static bool hex_digit(char c, unsigned *digit)
{
    char lower = char_lower(c);
    if (char_is_digit(c)) {
        *digit = (unsigned)(c - '0');
        return true;
    }
    *digit = (unsigned)(lower - 'a') + TEN;
    return lower >= 'a' && lower <= 'f';
}

static bool parse_group(struct str text, uint8_t out[2])
{
    unsigned group = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned digit;
        if (!hex_digit(text.ptr[i], &digit)) {
            return false;
        }
        group = (group * HEX + digit) & 0xFFFFu;
    }
    out[0] = (uint8_t)(group >> BYTE_BITS);
    out[1] = (uint8_t)(group & 0xFFu);
    return text.len > 0 && text.len <= GROUP_DIGITS;
}

/*
 * Groups between ':', up to max bytes in *count; the last may be an IPv4 address where `ends` says
 * that the address ends here. An empty text has none.
 */
static bool parse_groups(struct str text, bool ends, size_t max, uint8_t *out, size_t *count)
{
    *count = 0;
    bool more = text.len > 0;
    while (more) {
        struct str group;
        more = str_cut(text, ':', &group, &text);
        bool v4 = ends && !more && str_find_char(group, '.') < group.len;
        size_t size = v4 ? IPV4_BYTES : 2;
        if (*count + size > max ||
            !(v4 ? parse_v4(group, out + *count) : parse_group(group, out + *count))) {
            return false;
        }
        *count += size;
    }
    return true;
}

/* "::" stands for at least one group of zeros (RFC 4291 §2.2, form 2, read with RFC 5952 §4.2.2). */
static bool parse_v6(struct str text, uint8_t address[IPV6_BYTES])
{
    size_t gap = str_find(text, STR("::"));
    uint8_t tail[IPV6_BYTES];
    size_t head_count;
    size_t tail_count;
    if (gap == text.len) {
        return parse_groups(text, true, IPV6_BYTES, address, &head_count) &&
               head_count == IPV6_BYTES;
    }
    if (!parse_groups(str_slice(text, 0, gap), false, IPV6_BYTES - 2, address, &head_count) ||
        !parse_groups(str_from(text, gap + 2), true, IPV6_BYTES - 2 - head_count, tail,
                      &tail_count)) {
        return false;
    }
    memcpy(address + (IPV6_BYTES - tail_count), tail, tail_count);
    return true;
}

bool ip_range_parse(struct str text, struct ip_range *range)
{
    struct ip_range parsed = {0};
    struct str address;
    struct str prefix;
    bool has_prefix = str_cut(text, '/', &address, &prefix);
    parsed.v6 = str_find_char(address, ':') < address.len;
    unsigned bits = parsed.v6 ? IPV6_BITS : IPV4_BITS;
    if (has_prefix && !parse_number(prefix, bits, &bits)) {
        return false;
    }
    if (!(parsed.v6 ? parse_v6(address, parsed.address) : parse_v4(address, parsed.address))) {
        return false;
    }
    parsed.bits = (uint8_t)bits;
    *range = parsed;
    return true;
}

/* ---- comparing ---- */

/* The bits of byte i that a prefix of so many bits has. */
static unsigned prefix_mask(unsigned bits, size_t i)
{
    size_t start = i * BYTE_BITS;
    if (bits >= start + BYTE_BITS) {
        return 0xFFu;
    }
    return bits <= start ? 0 : (0xFFu << (start + BYTE_BITS - bits)) & 0xFFu;
}

bool ip_range_has_host_bits(const struct ip_range *range)
{
    for (size_t i = 0; i < (range->v6 ? IPV6_BYTES : IPV4_BYTES); i++) {
        if (range->address[i] & ~prefix_mask(range->bits, i) & 0xFFu) {
            return true;
        }
    }
    return false;
}

bool ip_range_contains(const struct ip_range *outer, const struct ip_range *inner)
{
    bool inside = outer->v6 == inner->v6 && outer->bits <= inner->bits;
    for (size_t i = 0; i < IPV6_BYTES && inside; i++) {
        unsigned differs = (unsigned)outer->address[i] ^ inner->address[i];
        inside = (differs & prefix_mask(outer->bits, i)) == 0;
    }
    return inside;
}

bool ip_range_overlaps(const struct ip_range *a, const struct ip_range *b)
{
    return ip_range_contains(a, b) || ip_range_contains(b, a);
}

bool ip_range_is_private(const struct ip_range *range)
{
    static const struct ip_range private_ranges[] = {
        {{10}, 8, false},
        {{172, 16}, 12, false},
        {{192, 168}, 16, false},
        {{0xFC}, 7, true},
    };
    for (size_t i = 0; i < COUNT_OF(private_ranges); i++) {
        if (ip_range_contains(&private_ranges[i], range)) {
            return true;
        }
    }
    return false;
}

/* ---- writing ---- */

static unsigned group_at(const struct ip_range *range, size_t group)
{
    return (unsigned)range->address[2 * group] << BYTE_BITS | range->address[2 * group + 1];
}

/* The first of the longest runs of at least two zero groups; its length is 0 where there is none. */
static void find_zeros(const struct ip_range *range, size_t *start, size_t *count)
{
    *start = 0;
    *count = 0;
    size_t run = 0;
    for (size_t i = 0; i < GROUPS; i++) {
        run = group_at(range, i) == 0 ? run + 1 : 0;
        if (run > *count) {
            *count = run;
            *start = i + 1 - run;
        }
    }
    *count = *count > 1 ? *count : 0;
}

static void write_v6(const struct ip_range *range, struct buf *out)
{
    size_t zeros;
    size_t count;
    find_zeros(range, &zeros, &count);
    for (size_t i = 0; i < GROUPS; i++) {
        bool skipped = i >= zeros && i < zeros + count;
        if (skipped && i == zeros) {
            buf_add_c(out, "::");
        } else if (!skipped) {
            bool first = i == 0 || (count && i == zeros + count);
            buf_printf(out, first ? "%x" : ":%x", group_at(range, i));
        }
    }
}

void ip_range_write(const struct ip_range *range, struct buf *out)
{
    if (range->v6) {
        write_v6(range, out);
    } else {
        buf_printf(out, "%u.%u.%u.%u", range->address[0], range->address[1], range->address[2],
                   range->address[3]);
    }
    if (range->bits != (range->v6 ? IPV6_BITS : IPV4_BITS)) {
        buf_printf(out, "/%u", range->bits);
    }
}
