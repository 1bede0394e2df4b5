/* SPDX-License-Identifier: MIT */
/*
 * Escapes for what must not reach a terminal. The ranges are those of Unicode's general categories
 * Cc, Cf, Zl, Zp.
 */
#include "report/visible.h"

#include "base/utf8.h"

#include <stdio.h>

bool visible_is_escaped(uint32_t code_point)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x80, 0x9F},       /* C1 controls: 0x9B starts an escape sequence */
        {0x061C, 0x061C},   /* Arabic letter mark */
        {0x200B, 0x200F},   /* zero width, left-to-right and right-to-left marks */
        {0x2028, 0x202E},   /* line and paragraph separators, bidirectional embeddings */
        {0x2060, 0x206F},   /* word joiner, invisible operators, bidirectional isolates */
        {0xFEFF, 0xFEFF},   /* byte order mark */
        {0xFFF9, 0xFFFB},   /* interlinear annotation */
        {0xFFFE, 0xFFFF},   /* no characters, and not allowed in XML 1.0 */
        {0xE0000, 0xE007F}, /* tags */
    };
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        if (code_point >= ranges[i].first && code_point <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

static void set_escape(struct glyph *glyph, int len)
{
    glyph->len = glyph->width = (uint8_t)len;
}

static void set_control(struct glyph *glyph, unsigned char c)
{
    static const char names[] = "\tt\nn\rr";
    for (size_t i = 0; i + 1 < sizeof names; i += 2) {
        if (names[i] == (char)c) {
            set_escape(glyph, snprintf(glyph->text, sizeof glyph->text, "\\%c", names[i + 1]));
            return;
        }
    }
    set_escape(glyph, snprintf(glyph->text, sizeof glyph->text, "\\x%02X", c));
}

static bool is_plain(char c)
{
    return c >= ' ' && c <= '~';
}

size_t visible_plain_len(struct str s)
{
    size_t len = 0;
    while (len < s.len && is_plain(s.ptr[len])) {
        len++;
    }
    return len;
}

size_t visible_next(struct str s, struct glyph *glyph)
{
    if (is_plain(s.ptr[0])) { /* nearly always */
        *glyph = (struct glyph){{s.ptr[0]}, 1, 1, (uint32_t)s.ptr[0]};
        return 1;
    }
    uint32_t code_point = 0;
    size_t len = utf8_decode(s, &code_point);
    *glyph = (struct glyph){0};
    if (len == 0 || code_point < 0x20 || code_point == 0x7F) {
        set_control(glyph, (unsigned char)s.ptr[0]);
        return 1;
    }
    if (visible_is_escaped(code_point)) {
        set_escape(glyph,
                   snprintf(glyph->text, sizeof glyph->text, "\\u%04X", (unsigned)code_point));
        return len;
    }
    memcpy(glyph->text, s.ptr, len);
    glyph->len = (uint8_t)len;
    glyph->width = (uint8_t)utf8_width(code_point);
    glyph->code_point = code_point;
    return len;
}

void visible_add(struct buf *out, struct str s)
{
    for (size_t at = 0; at < s.len;) {
        struct glyph glyph;
        size_t plain = visible_plain_len(str_from(s, at));
        buf_add(out, str_slice(s, at, at + plain));
        at += plain;
        if (at < s.len) {
            at += visible_next(str_from(s, at), &glyph);
            buf_add(out, (struct str){glyph.text, glyph.len});
        }
    }
}
