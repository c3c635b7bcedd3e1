// yaml_plain.c - which texts are, unquoted, the strings that they look like.
#include "yaml.h"

#include <string.h>

static size_t run_of(Str s, size_t from, const char *allowed) {
    size_t i = from;
    while (i < s.len && strchr(allowed, s.ptr[i]))
        i++;
    return i - from;
}

// 2012-10-17, with or without a time behind it.
static bool looks_like_a_date(Str s) {
    return run_of(s, 0, "0123456789") == 4 && s.len > 7 && s.ptr[4] == '-' &&
           run_of(s, 5, "0123456789-TtZz:. +") == s.len - 5;
}

// What a reader of YAML 1.1 or of 1.2 takes for a number, a time or a date.
static bool looks_numeric(Str s) {
    static const char *const special[] = {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"};
    if (looks_like_a_date(s))
        return true;
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'))
        s = str_cut(s, 1, s.len);
    for (size_t i = 0; i < COUNT(special); i++)
        if (str_is(s, special[i]))
            return true;
    if (s.len > 2 && s.ptr[0] == '0' && strchr("xob", s.ptr[1]))
        return run_of(s, 2, "0123456789abcdefABCDEF_") == s.len - 2;
    size_t i = run_of(s, 0, "0123456789_:"); // with colons: 22:00 is 1320 to YAML 1.1
    size_t digits = i;
    if (i < s.len && s.ptr[i] == '.') {
        i++;
        size_t behind = run_of(s, i, "0123456789_");
        digits += behind;
        i += behind;
    }
    if (digits && i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        i++;
        i += i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+');
        size_t exponent = run_of(s, i, "0123456789");
        return exponent && i + exponent == s.len;
    }
    return digits && s.ptr[0] != '_' && s.ptr[0] != ':' && i == s.len;
}

// The words that one of the two versions takes for something else than a string.
static bool is_special_word(Str s) {
    static const Str words[] = {
        {"y",     1},
        {"Y",     1},
        {"n",     1},
        {"N",     1},
        {"no",    2},
        {"No",    2},
        {"NO",    2},
        {"on",    2},
        {"On",    2},
        {"ON",    2},
        {"yes",   3},
        {"Yes",   3},
        {"YES",   3},
        {"off",   3},
        {"Off",   3},
        {"OFF",   3},
        {"true",  4},
        {"True",  4},
        {"TRUE",  4},
        {"null",  4},
        {"Null",  4},
        {"NULL",  4},
        {"~",     1},
        {"<<",    2},
        {"=",     1},
        {"",      0},
        {"false", 5},
        {"False", 5},
        {"FALSE", 5},
    };
    for (size_t i = 0; s.len <= 5 && i < COUNT(words); i++)
        if (str_eq(s, words[i]))
            return true;
    return false;
}

bool yaml_is_plain_string(Str s) {
    bool may_be_number = s.len && strchr("0123456789+-._", s.ptr[0]);
    return !is_special_word(s) && !(may_be_number && looks_numeric(s));
}
