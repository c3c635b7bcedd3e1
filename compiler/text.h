// text.h - Mustache, the published language (its optional dynamic names included), over Nodes. What
// is code or prose on the other side (C, Dockerfiles, Markdown) is made with it.
#ifndef TEXT_H
#define TEXT_H

#include "diag.h"
#include "node.h"

typedef struct TextRules {
    void (*escape)(Buf *out, Str value);           // of `{{x}}`; NULL: as it is, like `{{{x}}}`
    const Source *(*partial)(void *ctx, Str name); // `{{> name}}`; NULL: there is none
    void *ctx;
    bool strict; // a `{{x}}` that stands for nothing is an error, and not silent
    StrMap *cut; // templates as they were cut into tokens once, in the arena; NULL: for one call
} TextRules;

// Appends `src` rendered with `data`. False after reporting what is wrong with the template.
bool text_render(Arena *a, Diags *d, const TextRules *rules, const Source *src, const Node *data,
                 Buf *out);

void text_escape_html(Buf *out, Str value); // Mustache's own escape

#endif
