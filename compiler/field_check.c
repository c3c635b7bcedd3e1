// field_check.c - the one check of what a user wrote against what may be written.
#include "build.h"
#include "field.h"
#include "regex.h"
#include "unit.h"
#include "yaml.h"

// A measured value: what `min` and `max` are compared with.
typedef struct Measure {
    double value;
    bool known;
} Measure;

Str field_found(Arena *a, const Node *n) {
    switch (n->type) {
    case NODE_MAP:
        return S("a map");
    case NODE_LIST:
        return S("a list");
    default:
        return node_is_null(n) ? S("nothing") : str_fmt(a, "`%.*s`", SFMT(n->text));
    }
}

static bool is_whole(Str text) {
    bool digits = text.len > 0;
    for (size_t i = 0; i < text.len; i++)
        digits = digits && text.ptr[i] >= '0' && text.ptr[i] <= '9';
    return digits;
}

static void help_with_type(const Checker *c, const Field *field, const Node *value) {
    bool holds_others =
        field->type == FIELD_MAP || field->type == FIELD_OBJECT || field->type == FIELD_LIST;
    if (field->type == FIELD_DURATION && is_whole(node_str(value)))
        diag_help(c->diags, "write `%.*ss` if these are seconds", SFMT(value->text));
    else if (field->type == FIELD_SIZE && is_whole(node_str(value)))
        diag_help(c->diags, "write `%.*sMB` if these are megabytes", SFMT(value->text));
    else if (field->example)
        diag_help(c->diags, "for example `%.*s: %.*s`", SFMT(field->name),
                  SFMT(node_str(field->example)));
    else if (holds_others && field->doc.len)
        diag_help(c->diags, "%.*s: %.*s", SFMT(field->name), SFMT(field->doc));
}

static void wrong_type(const Checker *c, const Field *field, const Node *value) {
    Str says = field_says(c->arena, field);
    Str found = field_found(c->arena, value);
    diag_error(c->diags, value->loc, "wrong-type", "`%.*s` needs %.*s, found %.*s",
               SFMT(field->name), SFMT(says), SFMT(found));
    help_with_type(c, field, value);
}

static bool measure(const Field *field, const Node *value, Measure *m) {
    long long n = 0;
    Str currency;
    m->known = true;
    switch (field->type) {
    case FIELD_INT:
        m->known = node_to_int(value, &n);
        break;
    case FIELD_DURATION:
        m->known = unit_duration(node_str(value), &n);
        break;
    case FIELD_SIZE:
        m->known = unit_size(node_str(value), &n);
        break;
    case FIELD_PERCENT:
        m->known = unit_percent(node_str(value), &m->value);
        return m->known;
    case FIELD_MONEY:
        m->known = unit_money(node_str(value), &m->value, &currency);
        return m->known;
    case FIELD_COUNT:
        m->known = unit_count(node_str(value), &m->value);
        return m->known;
    case FIELD_RATE:
        m->known = unit_rate(node_str(value), &m->value);
        return m->known;
    default:
        m->known = false;
    }
    m->value = (double)n;
    return m->known;
}

static void check_range(const Checker *c, const Field *field, const Node *value, Measure m) {
    Measure low = {0}, high = {0};
    bool below = field->min && measure(field, field->min, &low) && m.value < low.value;
    bool above = field->max && measure(field, field->max, &high) && m.value > high.value;
    if (!below && !above)
        return;
    Str says = field_says(c->arena, field);
    diag_error(c->diags, value->loc, "out-of-range", "`%.*s` is %.*s, %s than is possible",
               SFMT(field->name), SFMT(value->text), below ? "less" : "more");
    diag_help(c->diags, "write %.*s", SFMT(says));
    if (field->source.len)
        diag_note(c->diags, "%.*s", SFMT(field->source));
}

static bool is_integral(double times) {
    return times == (double)(long long)times;
}

// What a service counts in whole days, say, cannot be had by the hour.
static void check_step(const Checker *c, const Field *field, const Node *value, Measure m) {
    Measure step = {0};
    if (!field->step || !measure(field, field->step, &step) || is_integral(m.value / step.value))
        return;
    diag_error(c->diags, value->loc, "out-of-range", "`%.*s` is %.*s, and goes in steps of %.*s",
               SFMT(field->name), SFMT(value->text), SFMT(node_str(field->step)));
    diag_help(c->diags, "write a multiple of %.*s", SFMT(node_str(field->step)));
}

static Node *check_measured(const Checker *c, const Field *field, Node *value) {
    Measure m;
    bool plain = value->style == STYLE_PLAIN;
    bool leading_zero = field->type == FIELD_INT && value->text.len > 1 &&
                        (value->text.ptr[0] == '0' || str_starts(value->text, S("-0")));
    if (!plain || leading_zero || !measure(field, value, &m)) {
        wrong_type(c, field, value);
        return NULL;
    }
    check_range(c, field, value, m);
    check_step(c, field, value, m);
    return value;
}

static void needs_reason(const Checker *c, const Field *field, const Node *value) {
    diag_error(c->diags, value->loc, "needs-reason",
               "`%.*s` is safe by default: turning it off needs a reason", SFMT(field->name));
    diag_help(c->diags, "write `%.*s: none because ...`", SFMT(field->name));
}

// The words that YAML 1.1 has for these.
static void fix_bool(const Checker *c, const Field *field, const Node *value) {
    static const char *const on[] = {"yes", "on", "y", "True", "TRUE", "Yes", "YES", "On", "ON"};
    static const char *const off[] = {"no", "off", "n", "False", "FALSE", "No", "NO", "Off", "OFF"};
    Str word = {0};
    for (size_t i = 0; i < COUNT(on) && value->type == NODE_SCALAR; i++)
        word = str_is(value->text, on[i])    ? S("true")
               : str_is(value->text, off[i]) ? S("false")
                                             : word;
    if (field->waivable && str_eq(word, S("false")))
        diag_help(c->diags, "write `%.*s: none because ...`", SFMT(field->name));
    else if (word.len)
        diag_edit(c->diags, FIX_UNSAFE, value->loc, word, "write `%.*s`", SFMT(word));
}

static Node *check_bool(const Checker *c, const Field *field, Node *value) {
    bool on;
    if (!node_to_bool(value, &on)) {
        wrong_type(c, field, value);
        fix_bool(c, field, value);
        return NULL;
    }
    if (!on && field->waivable)
        return needs_reason(c, field, value), NULL;
    return value;
}

static void check_length(const Checker *c, const Field *field, const Node *value, size_t length) {
    long long low = 0, high = 0;
    bool below = node_to_int(field->min, &low) && (long long)length < low;
    bool above = node_to_int(field->max, &high) && (long long)length > high;
    if (!below && !above)
        return;
    diag_error(c->diags, value->loc, "out-of-range", "`%.*s` has a length of %zu, the %s is %lld",
               SFMT(field->name), length, below ? "least" : "most", below ? low : high);
    if (field->source.len)
        diag_note(c->diags, "%.*s", SFMT(field->source));
}

static void help_pattern(const Checker *c, const Field *field) {
    if (field->says.len)
        diag_help(c->diags, "write %.*s", SFMT(field->says));
    else if (field->doc.len && field->type == FIELD_STRING)
        diag_help(c->diags, "%.*s", SFMT(field->doc));
    if (!field->says.len)
        diag_note(c->diags, "it must match `%.*s`", SFMT(field->pattern));
}

// Text that YAML 1.1 and 1.2 read as two different things is refused where a string is meant.
static bool check_quotes(const Checker *c, const Field *field, const Node *value) {
    if (value->style != STYLE_PLAIN || yaml_is_plain_string(value->text))
        return true;
    diag_error(c->diags, value->loc, "needs-quotes",
               "`%.*s` needs %.*s, found the plain scalar `%.*s`", SFMT(field->name),
               SFMT(field_says(c->arena, field)), SFMT(value->text));
    diag_label(c->diags, "some readers of YAML take this for something else than a text");
    diag_edit(c->diags, FIX_SAFE, value->loc, str_fmt(c->arena, "\"%.*s\"", SFMT(value->text)),
              "put it in quotes: `\"%.*s\"`", SFMT(value->text));
    return false;
}

bool field_is_id(Str s) {
    bool ok = s.len > 0 && s.len <= 64;
    for (size_t i = 0; i < s.len && ok; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        ok = letter || (i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '_'));
    }
    return ok;
}

static bool matches(const Checker *c, Str pattern, Str text) {
    Matched *m = c->matched;
    for (size_t i = 0; m && i < COUNT(m->list); i++)
        if (m->list[i].pattern.ptr == pattern.ptr && str_eq(m->list[i].text, text))
            return true;
    bool yes = regex_matches(pattern, text);
    if (yes && m) {
        m->list[m->count % COUNT(m->list)].pattern = pattern;
        m->list[m->count++ % COUNT(m->list)].text = text;
    }
    return yes;
}

static Node *check_string(const Checker *c, const Field *field, Node *value) {
    if (value->type == NODE_NULL || value->type != NODE_SCALAR) {
        wrong_type(c, field, value);
        return NULL;
    }
    if (!check_quotes(c, field, value)) {
        diag_guessed(c->diags);
        value->style = STYLE_QUOTED;
        return value;
    }
    bool open = str_find(value->text, S("$(")) >= 0;
    if (field->type == FIELD_ID && !field_is_id(value->text)) {
        wrong_type(c, field, value);
        diag_note(c->diags, "a name begins with a letter and has at most 64 characters");
        return NULL;
    }
    if (!open && field->pattern.len && !matches(c, field->pattern, value->text)) {
        diag_error(c->diags, value->loc, "wrong-type", "`%.*s` cannot be `%.*s`", SFMT(field->name),
                   SFMT(value->text));
        help_pattern(c, field);
        return NULL;
    }
    if (!open)
        check_length(c, field, value, str_code_points(value->text));
    value->style = value->style == STYLE_PLAIN ? STYLE_QUOTED : value->style;
    return value;
}

static size_t enum_words(const Field *field, Str *words, size_t room) {
    size_t count = 0;
    for (uint32_t i = 0; i < field->values->count && count < room; i++)
        words[count++] = field->values->type == NODE_LIST ? field->values->items[i]->text
                                                          : field->values->entries[i].key->text;
    return count;
}

// An enum with a map of values means what is on the right of the word.
static Node *meaning(const Checker *c, const Field *field, size_t word, const Node *value) {
    Node *meant = arena_new(c->arena, Node, 1);
    *meant = field->values->type == NODE_LIST ? *field->values->items[word]
                                              : *field->values->entries[word].value;
    meant->loc = value->loc;
    return meant;
}

static Node *check_enum(const Checker *c, const Field *field, Node *value) {
    enum { MOST = 128 };
    Str words[MOST];
    size_t count = enum_words(field, words, MOST);
    for (size_t i = 0; i < count && value->type == NODE_SCALAR; i++)
        if (str_eq(words[i], value->text))
            return field->values->type == NODE_LIST ? value : meaning(c, field, i, value);
    Str found = field_found(c->arena, value);
    diag_error(c->diags, value->loc, "unknown-value", "`%.*s` cannot be %.*s", SFMT(field->name),
               SFMT(found));
    ptrdiff_t best = diag_suggest(c->diags, value->loc, node_str(value), words, count);
    if (field->source.len)
        diag_note(c->diags, "%.*s", SFMT(field->source));
    if (best < 0)
        return NULL;
    diag_guessed(c->diags);
    return meaning(c, field, (size_t)best, value);
}

static Node *check_list(const Checker *c, const Field *field, Node *value) {
    Node *list = node_list(c->arena, value->loc);
    if (value->type != NODE_LIST) {
        if (!field->single) {
            wrong_type(c, field, value);
            return NULL;
        }
        node_push(c->arena, list, field_check(c, field->of, value));
        return list;
    }
    for (uint32_t i = 0; i < value->count; i++)
        node_push(c->arena, list, field_check(c, field->of, value->items[i]));
    check_length(c, field, value, value->count);
    return list;
}

static Node *check_map(const Checker *c, const Field *field, Node *value) {
    if (value->type != NODE_MAP) {
        wrong_type(c, field, value);
        return NULL;
    }
    Node *map = node_map(c->arena, value->loc);
    for (uint32_t i = 0; i < value->count; i++) {
        Entry e = value->entries[i];
        if (field->pattern.len && !regex_matches(field->pattern, e.key->text)) {
            diag_error(c->diags, e.key->loc, "wrong-type", "`%.*s` cannot be a key of `%.*s`",
                       SFMT(e.key->text), SFMT(field->name));
            help_pattern(c, field);
        }
        node_entry(c->arena, map, e.key, field_check(c, field->of, e.value));
    }
    return map;
}

static Node *check_object(const Checker *c, const Field *field, Node *value) {
    const Shape *shape = &field->shape;
    if (value->type != NODE_MAP && field->shorthand.len && !node_is_list(value)) {
        Node *map = node_map(c->arena, value->loc);
        node_set(c->arena, map, field->shorthand, value);
        value = map;
    }
    if (value->type != NODE_MAP) {
        wrong_type(c, field, value);
        return NULL;
    }
    Node **values = arena_new(c->arena, Node *, shape->count + 1);
    Checker inner = *c;
    if (c->where.len)
        inner.where = str_fmt(c->arena, "`%.*s` of %.*s", SFMT(field->name), SFMT(c->where));
    if (shape->fields == (c->stage ? c->stage->fields : NULL))
        inner.topic = S("stage");
    else if (c->topic.len)
        inner.topic = str_fmt(c->arena, "%.*s.%.*s", SFMT(c->topic), SFMT(field->name));
    bool ok = shape_check(&inner, shape, value, value->loc, values);
    uint32_t present = 0;
    for (size_t i = 0; i < shape->count; i++)
        present += values[i] != NULL;
    Node *map = node_map_for(c->arena, value->loc, present);
    for (size_t i = 0; i < shape->count; i++)
        node_set(c->arena, map, shape->fields[i].name, values[i]);
    return ok ? map : NULL;
}

// `none because REASON`, for what is on unless somebody decides otherwise.
static bool is_waiver(const Checker *c, const Field *field, const Node *value) {
    Str s = node_str(value);
    if (!str_eq(s, S("none")) && !str_eq(s, S("off")) && !str_starts(s, S("none ")) &&
        !str_starts(s, S("off ")))
        return false;
    ptrdiff_t because = str_find(s, S(" because "));
    if (field->waivable && because < 0)
        needs_reason(c, field, value);
    return field->waivable;
}

static Node *waiver(const Checker *c, const Node *value) {
    Node *off = node_bool(c->arena, false, value->loc);
    off->text = S("false");
    return off;
}

// `$(name)` of a parameter fits everywhere; it is checked where it is declared.
static bool is_param(const Checker *c, const Node *value) {
    Str s = node_str(value);
    if (!str_starts(s, S("$(")) || !str_ends(s, S(")")))
        return false;
    return node_get(c->params, str_cut(s, 2, s.len - 1)) != NULL;
}

bool field_is_measured(FieldType type) {
    return type == FIELD_INT || (type >= FIELD_DURATION && type <= FIELD_RATE);
}

bool field_is_of_user(const Node *value) {
    Str s = node_str(value);
    return str_starts(s, S("$(user.")) && str_find(s, S(")")) == (ptrdiff_t)s.len - 1;
}

// Whether the outer form of `value` is the one that `field` wants, so that of two alternatives the
// errors of the right one are shown.
static bool fits(const Field *field, const Node *value) {
    Measure unused;
    switch (field->type) {
    case FIELD_LIST:
        return value->type == NODE_LIST || (field->single && field->of && fits(field->of, value));
    case FIELD_MAP:
    case FIELD_OBJECT:
        return value->type == NODE_MAP || (field->shorthand.len && value->type == NODE_SCALAR);
    case FIELD_REF:
        return value->type == NODE_SCALAR || value->type == NODE_MAP || value->type == NODE_REF;
    case FIELD_BOOL:
        return node_is_word(value, S("true")) || node_is_word(value, S("false"));
    case FIELD_ENUM:
        for (uint32_t i = 0; i < field->values->count; i++)
            if (str_eq(node_str(value), field->values->type == NODE_LIST
                                            ? field->values->items[i]->text
                                            : field->values->entries[i].key->text))
                return true;
        return false;
    case FIELD_ANY:
    case FIELD_TYPE:
    case FIELD_STAGES:
        return true;
    case FIELD_STRING:
    case FIELD_ID:
    case FIELD_PATTERN:
        return value->type == NODE_SCALAR && (!field->otherwise || !field->pattern.len ||
                                              regex_matches(field->pattern, value->text));
    default:
        return measure(field, value, &unused);
    }
}

const Field *field_choose(const Field *field, const Node *value) {
    for (const Field *f = field; f; f = f->otherwise)
        if (fits(f, value))
            return f;
    return field;
}

static Node *check_stages(const Checker *c, const Field *field, Node *value) {
    Field item = {.name = field->name, .type = FIELD_OBJECT, .shape = *c->stage};
    Field list = {.name = field->name,
                  .type = FIELD_LIST,
                  .of = &item,
                  .min = field->min,
                  .single = field->single};
    return check_list(c, &list, value);
}

static Node *check_ref(const Checker *c, const Field *field, Node *value) {
    if (value->type == NODE_MAP || value->type == NODE_REF)
        return value; // defined in place: expand makes a resource of it, and checks it
    size_t before = c->diags->errors;
    value = check_string(c, field, value);
    return c->diags->errors == before ? value : NULL; // what was meant is no name to look for
}

Node *field_check(const Checker *c, const Field *field, Node *value) {
    if (!value || value->type == NODE_TEXT || value->type == NODE_EACH)
        return value; // made by a template: its declaration has been checked
    if (is_waiver(c, field, value))
        return waiver(c, value);
    if (is_param(c, value))
        return value;
    field = field_choose(field, value);
    if (field_is_measured(field->type) && field_is_of_user(value))
        return value; // each user's own is checked when it is linked
    switch (field->type) {
    case FIELD_STRING:
    case FIELD_ID:
    case FIELD_PATTERN:
        return check_string(c, field, value);
    case FIELD_BOOL:
        return check_bool(c, field, value);
    case FIELD_ENUM:
        return check_enum(c, field, value);
    case FIELD_REF:
        return check_ref(c, field, value);
    case FIELD_LIST:
        return check_list(c, field, value);
    case FIELD_MAP:
        return check_map(c, field, value);
    case FIELD_OBJECT:
        return check_object(c, field, value);
    case FIELD_STAGES:
        return check_stages(c, field, value);
    case FIELD_TYPE:
    case FIELD_ANY:
        return value;
    default:
        return check_measured(c, field, value);
    }
}

const Field *shape_unknown_key(const Checker *c, const Shape *shape, const Node *map,
                               const Node *key) {
    diag_error(c->diags, key->loc, "unknown-key", "unknown key `%.*s` in %.*s", SFMT(key->text),
               SFMT(c->where.len ? c->where : shape->what));
    diag_label(c->diags, "not a key of %.*s", SFMT(shape->what));
    diag_also(c->diags, c->where_at, "in this");
    Str *names = arena_new(c->arena, Str, shape->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->fields[i].derived)
            names[count++] = shape->fields[i].name;
    ptrdiff_t best = diag_suggest(c->diags, key->loc, key->text, names, count);
    if (best < 0 && str_find(key->text, S(":")) > 0 && shape_find(shape, S("call")))
        diag_help(c->diags, "to call a service, write `call: %.*s`, and what it is told in `with`",
                  SFMT(key->text));
    if (c->topic.len)
        diag_note(c->diags, "%zu keys are allowed here; `wgen explain %.*s` lists them", count,
                  SFMT(c->topic));
    if (best < 0 || node_get(map, names[best]))
        return NULL;
    diag_guessed(c->diags);
    return shape_find(shape, names[best]);
}

static size_t unclear(const Diags *d) {
    return d->errors - d->guessed;
}

static void missing_key(const Checker *c, const Shape *shape, const Field *field, Loc where) {
    if (c->made && c->diags->errors)
        return;
    diag_error(c->diags, where, "missing-key", "%.*s needs `%.*s`",
               SFMT(c->where.len ? c->where : shape->what), SFMT(field->name));
    diag_help(c->diags, "%.*s: %.*s", SFMT(field->name), SFMT(field->doc));
}

static bool is_missing(const Field *field, const Node *map) {
    return field->required && !field->fallback && !field->checked && !node_find(map, field->name);
}

// What exists already is as somebody else made it: what is not said here has no default, and is not
// missing.
static bool is_there_already(const Shape *shape, const Node *map) {
    return map && node_get_str(map, S("existing")).len && shape_find(shape, S("existing"));
}

// A key that nobody knows may stand for one that must be there: one mistake, told of once.
static void say_what_is_needed(const Checker *c, const Shape *shape, const Node *map) {
    for (size_t i = 0; i < shape->count; i++)
        if (is_missing(&shape->fields[i], map))
            diag_help(c->diags, "it needs `%.*s`: %.*s", SFMT(shape->fields[i].name),
                      SFMT(shape->fields[i].doc));
}

bool shape_check(const Checker *c, const Shape *shape, const Node *map, Loc where, Node **values) {
    size_t before = unclear(c->diags);
    bool strange = false, partial = c->partial || is_there_already(shape, map);
    bool *written = arena_new(c->arena, bool, shape->count + 1);
    for (uint32_t i = 0; map && i < map->count; i++) {
        const Node *key = map->entries[i].key;
        const Field *field = shape_find(shape, key->text);
        if (!field || field->derived)
            field = shape_unknown_key(c, shape, map, key);
        if (!field && !strange && !partial)
            say_what_is_needed(c, shape, map);
        strange = strange || !field;
        if (!field)
            continue;
        written[field - shape->fields] = true;
        if (!node_is_null(map->entries[i].value))
            values[field - shape->fields] = field_check(c, field, map->entries[i].value);
    }
    for (size_t i = 0; i < shape->count && !partial; i++) {
        const Field *field = &shape->fields[i];
        if (values[i] || written[i])
            continue;
        if (field->checked)
            values[i] = field->checked;
        else if (field->fallback)
            values[i] = field_check(c, field, node_copy(c->arena, field->fallback));
        else if (field->required && !strange)
            missing_key(c, shape, field, where);
    }
    return unclear(c->diags) == before;
}
