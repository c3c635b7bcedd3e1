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

// Takes the lines before the first one with a mark off `text`, and says how many these are.
static uint32_t skip_lines(Str *text) {
    ptrdiff_t first = str_find(*text, mark);
    uint32_t count = 0;
    for (Str rest = *text, line; str_split(&rest, '\n', &line); count++) {
        if (rest.ptr && rest.ptr - text->ptr <= first)
            continue;
        *text = str_cut(*text, (size_t)(line.ptr - text->ptr), text->len);
        break;
    }
    return count;
}

size_t diag_ignores(Arena *a, const Source *src, Ignore **list) {
    size_t count = 0, waiting = 0, most = 0, col;
    Str rest = src->text, line;
    for (ptrdiff_t at; (at = str_find(rest, mark)) >= 0; most++)
        rest = str_cut(rest, (size_t)at + mark.len, rest.len);
    *list = arena_new(a, Ignore, most + 1);
    if (!most)
        return 0;
    rest = src->text;
    for (uint32_t number = 1 + skip_lines(&rest); str_split(&rest, '\n', &line); number++) {
        if (count == most && waiting == count)
            break;
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
