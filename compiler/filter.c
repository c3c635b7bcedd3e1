// filter.c - every filter there is. To add one, add a row here and a row to
// tests/unit/test_template.c.
#include "build.h"
#include "template.h"
#include "unit.h"

#include <math.h>

// A whole number of `unit` seconds, or NULL: the field's type has been checked, so that is a
// template that applies the filter to something else, and tests/unit/test_kind.c finds it.
static Node *whole(Arena *a, const Node *value, long long unit) {
    long long seconds;
    return unit_duration(node_str(value), &seconds) ? node_int(a, seconds / unit, value->loc)
                                                    : NULL;
}

static Node *filter_seconds(Arena *a, Node *value, Str arg) {
    (void)arg;
    return whole(a, value, 1);
}

static Node *filter_minutes(Arena *a, Node *value, Str arg) {
    (void)arg;
    return whole(a, value, 60);
}

static Node *filter_hours(Arena *a, Node *value, Str arg) {
    (void)arg;
    return whole(a, value, 3600);
}

static Node *filter_days(Arena *a, Node *value, Str arg) {
    (void)arg;
    return whole(a, value, 86400);
}

static Node *filter_milliseconds(Arena *a, Node *value, Str arg) {
    (void)arg;
    long long seconds;
    return unit_duration(node_str(value), &seconds) ? node_int(a, seconds * 1000, value->loc)
                                                    : NULL;
}

static Node *sized(Arena *a, const Node *value, long long unit) {
    long long bytes;
    return unit_size(node_str(value), &bytes) ? node_int(a, bytes / unit, value->loc) : NULL;
}

static Node *filter_bytes(Arena *a, Node *value, Str arg) {
    (void)arg;
    return sized(a, value, 1);
}

static Node *filter_megabytes(Arena *a, Node *value, Str arg) {
    (void)arg;
    return sized(a, value, 1 << 20);
}

static Node *filter_gigabytes(Arena *a, Node *value, Str arg) {
    (void)arg;
    return sized(a, value, 1 << 30);
}

// 0.5 as `0.5` and 70 as `70`: six digits are more than any percentage or price has.
static Node *number(Arena *a, double value, Loc at) {
    if (value >= 0 && value < 1e15 && !(value < floor(value)) && !(value > floor(value)))
        return node_int(a, (long long)value, at);
    return node_plain(a, str_fmt(a, "%.6g", value), at);
}

static Node *filter_number(Arena *a, Node *value, Str arg) {
    (void)arg;
    double n;
    Str currency;
    if (unit_percent(node_str(value), &n) || unit_money(node_str(value), &n, &currency) ||
        unit_count(node_str(value), &n))
        return number(a, n, value->loc);
    return NULL;
}

static Node *filter_currency(Arena *a, Node *value, Str arg) {
    (void)arg;
    double n;
    Str currency;
    return unit_money(node_str(value), &n, &currency) ? node_string(a, currency, value->loc) : NULL;
}

static Node *filter_text(Arena *a, Node *value, Str arg) {
    (void)arg;
    return node_is_scalar(value) ? node_string(a, value->text, value->loc) : value;
}

static Node *filter_dashes(Arena *a, Node *value, Str arg) {
    (void)arg;
    return node_is_scalar(value) ? node_string(a, dash_case(a, value->text), value->loc) : NULL;
}

static Node *filter_upper(Arena *a, Node *value, Str arg) {
    (void)arg;
    if (!node_is_scalar(value))
        return NULL;
    Buf b = {.arena = a};
    for (size_t i = 0; i < value->text.len; i++) {
        char c = value->text.ptr[i];
        buf_char(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c == '-' ? '_' : c);
    }
    Node *upper = node_string(a, buf_keep(&b, a), value->loc);
    buf_free(&b);
    return upper;
}

// For services that refuse `false` where they mean absent: FifoQueue, for one.
static Node *filter_flag(Arena *a, Node *value, Str arg) {
    (void)a, (void)arg;
    return node_is_word(value, S("true")) ? value : NULL;
}

static Node *filter_given(Arena *a, Node *value, Str arg) {
    (void)arg;
    return node_bool(a, true, value->loc);
}

// AWS gives a list of one back as the item itself.
static Node *filter_one(Arena *a, Node *value, Str arg) {
    (void)a, (void)arg;
    return value->type == NODE_LIST && value->count == 1 ? value->items[0] : value;
}

static const Filter filters[] = {
    {"seconds",      filter_seconds,      "a duration as a number of seconds"     },
    {"minutes",      filter_minutes,      "a duration as a number of minutes"     },
    {"hours",        filter_hours,        "a duration as a number of hours"       },
    {"days",         filter_days,         "a duration as a number of whole days"  },
    {"milliseconds", filter_milliseconds, "a duration as a number of milliseconds"},
    {"bytes",        filter_bytes,        "a size as a number of bytes"           },
    {"megabytes",    filter_megabytes,    "a size as a number of megabytes"       },
    {"gigabytes",    filter_gigabytes,    "a size as a number of gigabytes"       },
    {"number",       filter_number,       "the number in `70%`, `50USD` or `1M`"  },
    {"currency",     filter_currency,     "the currency in `50USD`"               },
    {"one",          filter_one,          "a list of one item as that item"       },
    {"given",        filter_given,        "`true` for whatever is there"          },
    {"flag",         filter_flag,         "`true`; `false` is absent"             },
    {"text",         filter_text,         "a number or word as a string"          },
    {"dashes",       filter_dashes,       "`active_jobs` as `active-jobs`"        },
    {"upper",        filter_upper,        "`active-jobs` as `ACTIVE_JOBS`"        },
};

const Filter *filter_at(size_t i) {
    return i < COUNT(filters) ? &filters[i] : NULL;
}

const Filter *filter_find(Str name) {
    for (size_t i = 0; i < COUNT(filters); i++)
        if (str_is(name, filters[i].name))
            return &filters[i];
    return NULL;
}
