// unit.c - values with units.
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Unit {
    const char *name;
    long long size;
} Unit;

static const Unit durations[] = {
    {"y", 31536000},
    {"w", 604800  },
    {"d", 86400   },
    {"h", 3600    },
    {"m", 60      },
    {"s", 1       },
};
static const Unit sizes[] = {
    {"TB", 1LL << 40},
    {"GB", 1LL << 30},
    {"MB", 1LL << 20},
    {"KB", 1LL << 10},
    {"B",  1        },
};
// A month is 30 days here, and a price list's 730 hours is not: a rate counts events.
static const Unit periods[] = {
    {"second", 2592000},
    {"minute", 43200  },
    {"hour",   720    },
    {"day",    30     },
    {"month",  1      },
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool take_digits(Str *s, long long *value) {
    size_t i = 0;
    *value = 0;
    for (; i < s->len && is_digit(s->ptr[i]); i++)
        if (__builtin_mul_overflow(*value, 10LL, value) ||
            __builtin_add_overflow(*value, s->ptr[i] - '0', value))
            return false;
    *s = str_cut(*s, i, s->len);
    return i > 0;
}

// The row that `s` begins with, or -1. Rows stand with longer names before their endings.
static ptrdiff_t take_unit(Str *s, const Unit *units, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Str name = str_from(units[i].name);
        if (str_starts(*s, name)) {
            *s = str_cut(*s, name.len, s->len);
            return (ptrdiff_t)i;
        }
    }
    return -1;
}

bool unit_duration(Str text, long long *seconds) {
    ptrdiff_t last = -1;
    *seconds = 0;
    while (text.len) {
        long long n;
        if (!take_digits(&text, &n))
            return false;
        ptrdiff_t unit = take_unit(&text, durations, COUNT(durations));
        if (unit <= last || __builtin_mul_overflow(n, durations[unit].size, &n) ||
            __builtin_add_overflow(*seconds, n, seconds))
            return false;
        last = unit;
    }
    return last >= 0;
}

bool unit_size(Str text, long long *bytes) {
    if (!take_digits(&text, bytes))
        return false;
    ptrdiff_t unit = take_unit(&text, sizes, COUNT(sizes));
    return unit >= 0 && text.len == 0 && !__builtin_mul_overflow(*bytes, sizes[unit].size, bytes);
}

// Digits with at most one point between them; takes them off `s`.
static bool take_decimal(Str *s, double *value) {
    char copy[32];
    size_t i = 0, points = 0;
    while (i < s->len && i < sizeof copy - 1 && (is_digit(s->ptr[i]) || s->ptr[i] == '.')) {
        points += s->ptr[i] == '.';
        copy[i] = s->ptr[i];
        i++;
    }
    copy[i] = '\0';
    if (i == 0 || points > 1 || copy[0] == '.' || copy[i - 1] == '.')
        return false;
    *value = strtod(copy, NULL);
    *s = str_cut(*s, i, s->len);
    return true;
}

bool unit_percent(Str text, double *percent) {
    return take_decimal(&text, percent) && str_eq(text, S("%"));
}

bool unit_money(Str text, double *amount, Str *currency) {
    if (!take_decimal(&text, amount) || text.len != 3)
        return false;
    for (size_t i = 0; i < 3; i++)
        if (text.ptr[i] < 'A' || text.ptr[i] > 'Z')
            return false;
    *currency = text;
    return true;
}

bool unit_count(Str text, double *count) {
    if (!take_decimal(&text, count))
        return false;
    if (text.len == 0)
        return true;
    static const struct {
        char letter;
        double factor;
    } factors[] = {
        {'k', 1e3},
        {'M', 1e6},
        {'G', 1e9}
    };
    for (size_t i = 0; i < COUNT(factors) && text.len == 1; i++) {
        if (text.ptr[0] == factors[i].letter) {
            *count *= factors[i].factor;
            return true;
        }
    }
    return false;
}

bool unit_rate(Str text, double *a_month) {
    Str count;
    if (!str_split(&text, '/', &count) || !unit_count(count, a_month))
        return false;
    for (size_t i = 0; i < COUNT(periods); i++) {
        if (str_is(text, periods[i].name)) {
            *a_month *= (double)periods[i].size;
            return true;
        }
    }
    return false;
}

bool unit_amount(Str text, double *value) {
    static const double gigabyte = 1LL << 30;
    long long whole;
    if (unit_rate(text, value) || unit_count(text, value))
        return true;
    if (unit_duration(text, &whole)) {
        *value = (double)whole;
        return true;
    }
    if (unit_size(text, &whole)) {
        *value = (double)whole / gigabyte;
        return true;
    }
    // milliseconds are no duration of a spec, but what calls take
    if (text.len > 2 && str_ends(text, S("ms")) &&
        unit_count(str_cut(text, 0, text.len - 2), value)) {
        *value /= 1000;
        return true;
    }
    return false;
}

Str unit_write_duration(Arena *a, long long seconds) {
    Buf b = {.arena = a};
    long long left = seconds;
    for (size_t i = 2; i < COUNT(durations); i++) { // weeks and years are for reading only
        if (left >= durations[i].size) {
            buf_fmt(&b, "%lld%s", left / durations[i].size, durations[i].name);
            left %= durations[i].size;
        }
    }
    Str text = b.len ? buf_keep(&b, a) : S("0s");
    buf_free(&b);
    return text;
}

Str unit_write_size(Arena *a, long long bytes) {
    size_t i = 0;
    while (i + 1 < COUNT(sizes) && (bytes < sizes[i].size || bytes % sizes[i].size))
        i++;
    return str_fmt(a, "%lld%s", bytes / sizes[i].size, sizes[i].name);
}
