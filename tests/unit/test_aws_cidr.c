/* SPDX-License-Identifier: MIT */
/* RFC 4291 §2.2 (text), RFC 5952 §4 (how it is written), RFC 4632 §3.1, RFC 1918 §3, RFC 4193. */
#include "aws/cidr.h"
#include "support.h"

/* What is read, as it is written again; NULL: refused. */
static const struct {
    const char *text, *written;
} forms[] = {
    {"0.0.0.0", "0.0.0.0"},
    {"255.255.255.255", "255.255.255.255"},
    {"10.0.0.0/8", "10.0.0.0/8"},
    {"10.0.0.1/8", "10.0.0.1/8"},
    {"10.0.0.0/0", "10.0.0.0/0"},
    {"10.0.0.0/32", "10.0.0.0"},
    {"203.0.113.0/24", "203.0.113.0/24"},
    {"", NULL},
    {"10", NULL},
    {"10.0.0", NULL},
    {"10.0.0.0.0", NULL},
    {"10.0.0.", NULL},
    {".10.0.0", NULL},
    {"10..0.0", NULL},
    {"256.0.0.0", NULL},
    {"10.0.0.01", NULL},
    {"00.0.0.0", NULL},
    {"+1.0.0.0", NULL},
    {"0x1.0.0.0", NULL},
    {"1.0.0.99999999999999999999", NULL},
    {" 1.0.0.0", NULL},
    {"1.0.0.0 ", NULL},
    {"10.0.0.0/", NULL},
    {"10.0.0.0/33", NULL},
    {"10.0.0.0/08", NULL},
    {"10.0.0.0/+8", NULL},
    {"10.0.0.0/-1", NULL},
    {"10.0.0.0/8/8", NULL},
    {"10.0.0.0/255.0.0.0", NULL},
    {"10.0.0.0-10.0.0.9", NULL},
    {"10.0.0.*", NULL},
    {"/8", NULL},
    /* RFC 4291 §2.2, forms 1 to 3, and its examples. */
    {"ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"},
    {"2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"},
    {"2001:DB8::8:800:200C:417A", "2001:db8::8:800:200c:417a"},
    {"FF01:0:0:0:0:0:0:101", "ff01::101"},
    {"::1", "::1"},
    {"::", "::"},
    {"1::", "1::"},
    {"0:0:0:0:0:0:13.1.68.3", "::d01:4403"},
    {"::FFFF:129.144.52.38", "::ffff:8190:3426"},
    {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
    {"2001:0DB8:0000:CD30::/60", "2001:db8:0:cd30::/60"},
    {"2001:db8::/128", "2001:db8::"},
    {"::/0", "::/0"},
    /* RFC 5952 §4.2: one group is not shortened, the longest run is, the first of two. */
    {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
    {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
    {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
    {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
    {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
    {"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
    {":", NULL},
    {":::", NULL},
    {"1::2::3", NULL},
    {":1::", NULL},
    {"1:", NULL},
    {"::1:", NULL},
    {"1:2:3:4:5:6:7", NULL},
    {"1:2:3:4:5:6:7:8:9", NULL},
    {"1:2:3:4::5:6:7:8", NULL},
    {"1:2:3:4:5:6:7:1.2.3.4", NULL},
    {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
    {"1.2.3.4::", NULL},
    {"::1.2.3.4:5", NULL},
    {"::1.2.3", NULL},
    {"::1.2.3.04", NULL},
    {"12345::", NULL},
    {"00001::", NULL},
    {"g::", NULL},
    {"fe80::1%eth0", NULL},
    {"[::1]", NULL},
    {"::/129", NULL},
    {"::/1280", NULL},
    {"::/", NULL},
};

static void addresses_and_ranges_are_read_strictly(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        struct ip_range range;
        bool good = ip_range_parse(str_from_c(forms[i].text), &range);
        if (good != (forms[i].written != NULL)) {
            fail_msg("'%s'", forms[i].text);
        }
        if (good) {
            struct buf out = buf_with_max(IP_TEXT_MAX);
            ip_range_write(&range, &out);
            assert_str_equal(buf_str(&out), str_from_c(forms[i].written));
            buf_release(&out);
        }
    }
}

static struct ip_range parsed(const char *text)
{
    struct ip_range range;
    assert_true(ip_range_parse(str_from_c(text), &range));
    return range;
}

static const struct {
    const char *outer, *inner;
    bool contains, overlaps;
} pairs[] = {
    {"10.0.0.0/8", "10.255.0.0/16", true, true},
    {"10.255.0.0/16", "10.0.0.0/8", false, true},
    {"10.0.0.0/8", "11.0.0.0/8", false, false},
    {"10.0.0.0/8", "10.0.0.0/8", true, true},
    {"10.1.2.3/8", "10.9.0.0/16", true, true},
    {"0.0.0.0/0", "203.0.113.1", true, true},
    {"203.0.113.1", "203.0.113.1/32", true, true},
    {"172.16.0.0/12", "172.31.255.255", true, true},
    {"172.16.0.0/12", "172.32.0.0", false, false},
    {"192.168.0.0/23", "192.168.1.255", true, true},
    {"192.168.0.0/23", "192.168.2.0/24", false, false},
    {"2001:db8::/32", "2001:db8:ffff::/48", true, true},
    {"2001:db8::/33", "2001:db8:8000::", false, false},
    {"::/0", "ffff::", true, true},
    /* The families do not mix, IPv4-mapped addresses included. */
    {"::/0", "10.0.0.0/8", false, false},
    {"0.0.0.0/0", "::", false, false},
    {"0.0.0.0/0", "::ffff:10.0.0.1", false, false},
    {"::ffff:0:0/96", "10.0.0.1", false, false},
};

static void a_range_contains_what_has_its_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct ip_range outer = parsed(pairs[i].outer);
        struct ip_range inner = parsed(pairs[i].inner);
        if (ip_range_contains(&outer, &inner) != pairs[i].contains ||
            ip_range_overlaps(&outer, &inner) != pairs[i].overlaps ||
            ip_range_overlaps(&inner, &outer) != pairs[i].overlaps) {
            fail_msg("%s and %s", pairs[i].outer, pairs[i].inner);
        }
    }
}

static const struct {
    const char *text;
    bool host_bits, is_private;
} properties[] = {
    {"10.0.0.0/8", false, true},      {"10.0.0.1/8", true, true},
    {"10.0.0.1", false, true},        {"10.128.0.0/9", false, true},
    {"10.0.0.0/7", false, false},     {"11.0.0.0", false, false},
    {"172.15.255.255", false, false}, {"172.16.0.0", false, true},
    {"172.31.255.255", false, true},  {"172.16.0.0/11", true, false},
    {"172.32.0.0", false, false},     {"192.168.0.0/16", false, true},
    {"192.168.0.0/15", false, false}, {"192.169.0.0", false, false},
    {"0.0.0.0/0", false, false},      {"0.0.0.1/0", true, false},
    {"127.0.0.1", false, false},      {"fc00::/7", false, true},
    {"fdff::1", false, true},         {"fe00::", false, false},
    {"fb00::", false, false},         {"fc00::/6", false, false},
    {"2001:db8::1/64", true, false},  {"2001:db8:0:0:8000::/64", true, false},
    {"2001:db8::/64", false, false},
};

static void host_bits_and_private_ranges_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(properties); i++) {
        struct ip_range range = parsed(properties[i].text);
        if (ip_range_has_host_bits(&range) != properties[i].host_bits ||
            ip_range_is_private(&range) != properties[i].is_private) {
            fail_msg("%s", properties[i].text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_and_ranges_are_read_strictly),
        cmocka_unit_test(a_range_contains_what_has_its_prefix),
        cmocka_unit_test(host_bits_and_private_ranges_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
