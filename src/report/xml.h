/* SPDX-License-Identifier: MIT */
/*
 * XML 1.0, as the XML formats write it: elements, attributes and text, two columns a level. Of any
 * bytes comes a well-formed document: what XML cannot hold (most control characters, U+FFFE, malformed
 * UTF-8; XML 1.0 §2.2) is shown as in reports for people (visible.h).
 */
#ifndef EKSLINT_REPORT_XML_H
#define EKSLINT_REPORT_XML_H

#include "base/buf.h"

struct xml {
    struct buf *out;
    unsigned depth;
    bool tag_open; /* attributes may come */
    bool has_text; /* the element ends on the line of its text */
};

/* Begin a document; nothing ends it but the end of its root. */
void xml_start(struct xml *xml, struct buf *out);

/* Names are ours and valid. An element holds elements or text. */
void xml_begin(struct xml *xml, const char *name);
void xml_attribute(struct xml *xml, const char *name, struct str value);
void xml_attribute_size(struct xml *xml, const char *name, size_t value);
void xml_text(struct xml *xml, struct str text);
void xml_end(struct xml *xml, const char *name);

#endif
