// pattern.c - what a pattern says of the names that it makes.
#include "pattern.h"

static bool is_letter_or_digit(char c) {
    return c != '_' && char_is_word(c);
}

// Names of items have letters, digits, `-` and `_`.
static bool may_have(const ItemTexts *texts, char c) {
    return is_letter_or_digit(c) || (c == '-' && texts->dashes) || (c == '_' && texts->underscores);
}

static bool slot_may_have(const Slot *slot, ItemsTexts texts, char c) {
    if (slot->kind == SLOT_PROJECT)
        return may_have(texts.projects, c);
    if (slot->kind == SLOT_USER)
        return may_have(texts.users, c);
    return c == '/' || may_have(texts.projects, c) || may_have(texts.users, c);
}

static bool is_of_names(const Slot *slot) {
    return slot->kind == SLOT_PROJECT || slot->kind == SLOT_USER || slot->kind == SLOT_KEY;
}

static bool are_distinct(const ItemTexts *texts, bool caseless) {
    return !texts->twins && !(caseless && texts->capitals);
}

bool pattern_tells_apart(const Stencil *p, Axis axis, ItemsTexts texts, bool caseless) {
    bool project = false, user = false;
    for (size_t i = 0; i < p->count; i++) {
        const Slot *slot = &p->slots[i];
        bool last = i + 1 == p->count;
        if (!is_of_names(slot) || (!last && (slot->at == p->slots[i + 1].at ||
                                             slot_may_have(slot, texts, p->text.ptr[slot->at]))))
            return false;
        project = project || slot->kind != SLOT_USER;
        user = user || slot->kind != SLOT_PROJECT;
    }
    return project && are_distinct(texts.projects, caseless) &&
           (axis == AXIS_PROJECT || (user && are_distinct(texts.users, caseless)));
}

bool pattern_lengths(const Stencil *p, Axis axis, ItemsTexts texts, size_t *least, size_t *most) {
    *least = *most = p->text.len;
    for (size_t i = 0; i < p->count; i++) {
        const Slot *slot = &p->slots[i];
        if (!is_of_names(slot))
            return false;
        if (slot->kind != SLOT_USER) {
            *least += texts.projects->shortest;
            *most += texts.projects->longest;
        }
        if (slot->kind != SLOT_PROJECT && axis == AXIS_USER) {
            *least += texts.users->shortest + (slot->kind == SLOT_KEY);
            *most += texts.users->longest + (slot->kind == SLOT_KEY);
        }
    }
    return true;
}

Form pattern_form(const Stencil *p) {
    Str all = buf_str(&p->text);
    if (!p->count)
        return pattern_form_of(all);
    Form form = {str_cut(all, 0, p->slots[0].at), str_cut(all, p->slots[p->count - 1].at, all.len),
                 all, true};
    for (size_t i = 0; i < p->count; i++)
        form.of_items = form.of_items && is_of_names(&p->slots[i]);
    return form;
}

Form pattern_form_of(Str name) {
    return (Form){name, name, name, true};
}

static char folded(char c, bool caseless) {
    return caseless && c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool ends_differ(Form a, Form b, bool caseless) {
    size_t heads = a.head.len < b.head.len ? a.head.len : b.head.len;
    size_t tails = a.tail.len < b.tail.len ? a.tail.len : b.tail.len;
    for (size_t i = 0; i < heads; i++)
        if (folded(a.head.ptr[i], caseless) != folded(b.head.ptr[i], caseless))
            return true;
    for (size_t i = 1; i <= tails; i++)
        if (folded(a.tail.ptr[a.tail.len - i], caseless) !=
            folded(b.tail.ptr[b.tail.len - i], caseless))
            return true;
    return false;
}

// The next character from `at` on that no item brings into a name.
static size_t next_mark(Str s, size_t at, ItemsTexts texts) {
    static const Slot key = {.kind = SLOT_KEY};
    while (at < s.len && slot_may_have(&key, texts, s.ptr[at]))
        at++;
    return at;
}

static bool marks_differ(Str a, Str b, ItemsTexts texts) {
    size_t i = next_mark(a, 0, texts), j = next_mark(b, 0, texts);
    while (i < a.len && j < b.len && a.ptr[i] == b.ptr[j]) {
        i = next_mark(a, i + 1, texts);
        j = next_mark(b, j + 1, texts);
    }
    return i < a.len || j < b.len;
}

bool forms_are_apart(Form a, Form b, ItemsTexts texts, bool caseless) {
    return ends_differ(a, b, caseless) ||
           (a.of_items && b.of_items && marks_differ(a.literals, b.literals, texts));
}
