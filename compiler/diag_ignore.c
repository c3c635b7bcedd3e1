// diag_ignore.c - comments that say that a finding is known: `# wgen: ignore[ID] reason`.
#include "diag.h"

#include <string.h>

static const Str mark = {"# wgen: ignore[", 15};

static bool is_comment(Str line) {
    line = str_trim(line);
    return line.len && line.ptr[0] == '#';
}

static bool take_ignore(Str line, Ignore *ignore, size_t *col) {
    ptrdiff_t at = str_find(line, mark);
    if (at < 0 || (at > 0 && !strchr(" \t", line.ptr[at - 1])))
        return false;
    Str rest = str_cut(line, (size_t)at + mark.len, line.len);
    ptrdiff_t end = str_find(rest, S("]"));
    if (end < 0)
        return false;
    *col = (size_t)at;
    ignore->ids = str_cut(rest, 0, (size_t)end);
    ignore->reason = str_trim(str_cut(rest, (size_t)end + 1, rest.len));
    return true;
}

size_t diag_ignores(Arena *a, const Source *src, Ignore **list) {
    size_t count = 0, waiting = 0, most = 0, col;
    Str rest = src->text, line;
    for (ptrdiff_t at; (at = str_find(rest, mark)) >= 0; most++)
        rest = str_cut(rest, (size_t)at + mark.len, rest.len);
    *list = arena_new(a, Ignore, most + 1);
    rest = src->text;
    for (uint32_t number = 1; str_split(&rest, '\n', &line); number++) {
        Ignore ignore = {.line = number};
        if (!is_comment(line) && str_trim(line).len)
            for (; waiting < count; waiting++) // those that stand alone are about this line
                (*list)[waiting].line = number;
        if (count == most || !take_ignore(line, &ignore, &col))
            continue;
        ignore.at = (Loc){src, number, (uint32_t)str_code_points(str_cut(line, 0, col)) + 1,
                          (uint32_t)str_code_points(str_trim(str_cut(line, col, line.len)))};
        (*list)[count++] = ignore;
        if (!is_comment(line))
            waiting = count;
    }
    return count;
}

bool ignore_names(const Ignore *ignore, Str id) {
    Str rest = ignore->ids, word;
    while (str_split(&rest, ',', &word))
        if (str_eq(str_trim(word), id))
            return true;
    return false;
}
