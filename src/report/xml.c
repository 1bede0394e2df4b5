/* SPDX-License-Identifier: MIT */
/* Escapes of XML 1.0 §2.4 and, for blanks that attribute values would lose, §3.3.3. */
#include "report/xml.h"

#include "report/visible.h"

enum { INDENT = 2 };

static void add_glyph(struct buf *out, const struct glyph *glyph)
{
    static const struct {
        char c;
        const char *escape;
    } escapes[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
    for (size_t i = 0; i < COUNT_OF(escapes); i++) {
        if (glyph->text[0] == escapes[i].c) {
            buf_add_c(out, escapes[i].escape);
            return;
        }
    }
    buf_add(out, (struct str){glyph->text, glyph->len});
}

static void add_escaped(struct buf *out, struct str text, bool attribute)
{
    for (size_t at = 0; at < text.len;) {
        struct glyph glyph;
        char c = text.ptr[at];
        if (c == '\n' || c == '\t') {
            buf_add_c(out, !attribute ? (c == '\n' ? "\n" : "\t") : c == '\n' ? "&#10;" : "&#9;");
            at++;
            continue;
        }
        at += visible_next(str_from(text, at), &glyph);
        add_glyph(out, &glyph);
    }
}

static void close_tag(struct xml *xml, const char *end)
{
    if (xml->tag_open) {
        buf_add_c(xml->out, end);
        xml->tag_open = false;
    }
}

void xml_start(struct xml *xml, struct buf *out)
{
    *xml = (struct xml){.out = out};
    buf_add_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

void xml_begin(struct xml *xml, const char *name)
{
    close_tag(xml, ">\n");
    buf_add_repeat(xml->out, ' ', (size_t)xml->depth * INDENT);
    buf_printf(xml->out, "<%s", name);
    xml->tag_open = true;
    xml->depth++;
}

void xml_attribute(struct xml *xml, const char *name, struct str value)
{
    buf_printf(xml->out, " %s=\"", name);
    add_escaped(xml->out, value, true);
    buf_add_char(xml->out, '"');
}

void xml_attribute_size(struct xml *xml, const char *name, size_t value)
{
    buf_printf(xml->out, " %s=\"%zu\"", name, value);
}

void xml_text(struct xml *xml, struct str text)
{
    close_tag(xml, ">");
    xml->has_text = true;
    add_escaped(xml->out, text, false);
}

void xml_end(struct xml *xml, const char *name)
{
    xml->depth--;
    if (xml->tag_open) {
        close_tag(xml, "/>\n");
        return;
    }
    if (!xml->has_text) {
        buf_add_repeat(xml->out, ' ', (size_t)xml->depth * INDENT);
    }
    xml->has_text = false;
    buf_printf(xml->out, "</%s>\n", name);
}
