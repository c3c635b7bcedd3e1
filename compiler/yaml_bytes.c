// yaml_bytes.c - what a text in YAML may be made of.
#include "yaml_bytes.h"

static Loc place_of_byte(const Source *src, size_t byte) {
    Loc at = {src, 1, 1, 1};
    for (size_t i = 0; i < byte; i++) {
        if (src->text.ptr[i] == '\n') {
            at.line++;
            at.col = 1;
        } else if (((unsigned char)src->text.ptr[i] & 0xC0) != 0x80) {
            at.col++;
        }
    }
    return at;
}

// U+061C, U+200E and U+200F, U+202A to U+202E, U+2066 to U+2069.
static bool is_bidi(const unsigned char *s, size_t len) {
    if (len >= 2 && s[0] == 0xD8 && s[1] == 0x9C)
        return true;
    if (len < 3 || s[0] != 0xE2)
        return false;
    return (s[1] == 0x80 && (s[2] == 0x8E || s[2] == 0x8F || (s[2] >= 0xAA && s[2] <= 0xAE))) ||
           (s[1] == 0x81 && s[2] >= 0xA6 && s[2] <= 0xA9);
}

// Behind what is ASCII without a carriage return, as far as eight bytes at a time can tell.
static size_t skip_plain(const unsigned char *s, size_t at, size_t len) {
    const uint64_t each = 0x0101010101010101u, high = each << 7;
    for (; at + 8 <= len; at += 8) {
        uint64_t bytes, returns;
        memcpy(&bytes, s + at, 8);
        returns = bytes ^ each * '\r'; // 0 where there is one
        if ((bytes | ((returns - each) & ~returns)) & high)
            break;
    }
    return at;
}

bool yaml_check_bytes(Diags *d, const Source *src) {
    const unsigned char *s = (const unsigned char *)src->text.ptr;
    size_t len = src->text.len;
    for (size_t i = 0; i < len; i++) {
        const char *what = NULL, *escape = "\\uXXXX";
        i = skip_plain(s, i, len);
        if (i == len)
            break;
        if (s[i] < 0x80 && s[i] != '\r')
            continue;
        if (s[i] == '\r' && (i + 1 == len || s[i + 1] != '\n'))
            what = "a carriage return without a line feed", escape = "\\r";
        else if (s[i] == 0xC2 && i + 1 < len && s[i + 1] == 0x85)
            what = "U+0085 (next line): some readers end the line here", escape = "\\u0085";
        else if (s[i] == 0xE2 && i + 2 < len && s[i + 1] == 0x80 &&
                 (s[i + 2] == 0xA8 || s[i + 2] == 0xA9))
            what = "U+2028 or U+2029: some readers end the line here";
        else if (is_bidi(s + i, len - i))
            what = "a bidirectional control: it makes a line look like another";
        else if (i > 0 && s[i] == 0xEF && i + 2 < len && s[i + 1] == 0xBB && s[i + 2] == 0xBF)
            what = "a byte order mark that is not at the beginning";
        if (!what)
            continue;
        diag_error(d, place_of_byte(src, i), "control-character", "%s", what);
        diag_help(d, "leave it out, or write it as an escape in double quotes: \"%s\"", escape);
        return false;
    }
    return true;
}

bool yaml_check_encoding(Diags *d, const Source *src, size_t *skip) {
    Str s = src->text;
    *skip = 0;
    const char *nul = s.len ? memchr(s.ptr, '\0', s.len) : NULL;
    if (nul && !str_starts(s, S("\xFE\xFF")) && !str_starts(s, S("\xFF\xFE"))) {
        diag_error(d, place_of_byte(src, (size_t)(nul - s.ptr)), "syntax",
                   "this is no text: it has a NUL byte");
        diag_help(d, "is it the right file?");
        return false;
    }
    if (str_starts(s, S("\xFE\xFF")) || str_starts(s, S("\xFF\xFE"))) {
        diag_error(d, (Loc){src, 1, 1, 1}, "not-utf-8", "this file is UTF-16");
        diag_help(d, "save it as UTF-8");
        return false;
    }
    if (str_starts(s, S("\xEF\xBB\xBF"))) {
        *skip = 3;
        diag_warn(d, (Loc){src, 1, 1, 1}, "byte-order-mark",
                  "this file begins with a byte order mark");
        diag_help(d, "save it as UTF-8 without one");
    }
    return true;
}
