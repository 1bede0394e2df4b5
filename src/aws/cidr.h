/* SPDX-License-Identifier: MIT */
/*
 * IPv4 and IPv6 addresses and CIDR ranges, as the IpAddress operators of IAM take them. Source: IAM
 * User Guide, "IAM JSON policy elements: Condition operators", "IP address condition operators"
 * (standard CIDR format; an address without a prefix is a range of one); RFC 4632 §3.1 (IPv4 CIDR),
 * RFC 4291 §2.2 and §2.3 (IPv6 text and prefixes), RFC 5952 (how IPv6 is written).
 */
#ifndef EKSLINT_AWS_CIDR_H
#define EKSLINT_AWS_CIDR_H

#include "base/buf.h"

enum { IPV4_BYTES = 4, IPV6_BYTES = 16, IPV4_BITS = 32, IPV6_BITS = 128, IP_TEXT_MAX = 44 };

struct ip_range {
    uint8_t address[IPV6_BYTES]; /* in network order; IPv4 has the first four, the rest is 0 */
    uint8_t bits;                /* of the prefix: up to 32, with IPv6 up to 128 */
    bool v6;
};

/*
 * An address, or one with "/" and the length of its prefix. IPv4: four decimal numbers up to 255
 * without leading zeros, which some readers take for octal ones. IPv6: RFC 4291 §2.2, all three
 * forms, in upper or lower case. No zone, netmask, sign, blank, or leading zero in a prefix. Bits
 * behind the prefix may be set. False, with *range as it was, where the text is neither.
 */
MUST_USE bool ip_range_parse(struct str text, struct ip_range *range);

/* Are bits set behind the prefix, as in 10.0.0.1/8? Such a range means the one without them. */
bool ip_range_has_host_bits(const struct ip_range *range);

/*
 * Is every address of inner one of outer? Never across the families: IAM documents no IPv4 range to
 * match an IPv4-mapped IPv6 address (::ffff:0:0/96, RFC 4291 §2.5.5.2), and asks for both kinds of
 * range in policies of services with both ("IP address condition operators").
 */
bool ip_range_contains(const struct ip_range *outer, const struct ip_range *inner);

/* Have the two an address in common? */
bool ip_range_overlaps(const struct ip_range *a, const struct ip_range *b);

/*
 * Does the whole range lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918 §3) or fc00::/7
 * (RFC 4193 §3.1)?
 */
bool ip_range_is_private(const struct ip_range *range);

/*
 * Append the range: IPv6 as RFC 5952 §4 asks, the prefix left out where it is the whole address.
 * Bits behind the prefix are written as they are. At most IP_TEXT_MAX bytes.
 */
void ip_range_write(const struct ip_range *range, struct buf *out);

#endif
