// lock.c - the memory of what was placed where.
#include "lock.h"

#include <string.h>

static const char header[] = "# Where everything is deployed: a moved queue is a deleted queue. "
                             "wgen keeps this; commit it.\n";

enum {
    FEW_MISSES = 32,
    SHORT_LINE = 16 // most are longer
};

static bool is_merge_mark(Str line) {
    static const Str marks[] = {
        {"<<<<<<<", 7},
        {"=======", 7},
        {">>>>>>>", 7},
        {"|||||||", 7}
    };
    for (size_t i = 0; i < COUNT(marks); i++)
        if (line.ptr[0] == marks[i].ptr[0] && str_starts(line, marks[i]))
            return true;
    return false;
}

static bool take_number(Str digits, uint32_t *number) {
    *number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || *number > LOCK_MOST)
            return false;
        *number = *number * 10 + (uint32_t)(digits.ptr[i] - '0');
    }
    return *number > 0 && *number <= LOCK_MOST;
}

static bool take_line(Str line, Str *key, uint32_t *number) {
    for (size_t i = line.len; i > 1; i--) {
        if (line.ptr[i - 1] == ' ') {
            *key = str_cut(line, 0, i - 1);
            return take_number(str_cut(line, i, line.len), number);
        }
    }
    return false;
}

// How many of the lines that stand in order, from the one at `from` on, come before `key`.
static size_t find_behind(const Lock *lock, size_t from, Str key) {
    size_t to = lock->sorted_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_cmp(lock->sorted[middle].key, key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void add_key(Lock *lock, size_t at) {
    strmap_put(&lock->by_key, lock->arena, lock->sorted[at].key, (void *)(uintptr_t)(at + 1));
}

static size_t find_sorted(Lock *lock, Str key) {
    if (lock->misses++ < FEW_MISSES) {
        size_t at = find_behind(lock, 0, key);
        bool there = at < lock->sorted_count && str_eq(lock->sorted[at].key, key);
        return there ? at : lock->sorted_count;
    }
    if (!lock->by_key.cap) {
        strmap_reserve(&lock->by_key, lock->arena, lock->sorted_count);
        for (size_t i = 0; i < lock->sorted_count; i++)
            add_key(lock, i);
    }
    uintptr_t found = (uintptr_t)strmap_get(&lock->by_key, key);
    return found ? found - 1 : lock->sorted_count;
}

static LockLine *find(Lock *lock, Str key) {
    if (lock->next >= lock->sorted_count || !str_eq(lock->sorted[lock->next].key, key)) {
        size_t at = find_sorted(lock, key);
        if (at == lock->sorted_count)
            return strmap_get(&lock->other_keys, key);
        lock->next = at;
    }
    return &lock->sorted[lock->next++];
}

static bool is_behind_all(const Lock *lock, Str key) {
    return !lock->other_count &&
           (!lock->sorted_count || str_cmp(lock->sorted[lock->sorted_count - 1].key, key) < 0);
}

static LockLine *add_other(Lock *lock, Str key, uint32_t number) {
    lock->others = arena_room(lock->arena, lock->others, sizeof *lock->others, lock->other_count,
                              &lock->other_cap);
    LockLine *line = arena_new(lock->arena, LockLine, 1);
    *line = (LockLine){.key = key, .number = number};
    strmap_put(&lock->other_keys, lock->arena, key, line);
    lock->count++;
    return lock->others[lock->other_count++] = line;
}

bool lock_is_comment(Str line) {
    return !line.len || line.ptr[0] == '#' || is_merge_mark(line);
}

Loc lock_place(const Lock *lock, const LockLine *line) {
    Str text = lock->src->text, whole;
    size_t from = (size_t)(line->key.ptr - text.ptr);
    Loc at = {lock->src, 1, 1, 1};
    for (size_t i = 0; i < from; i++)
        at.line += text.ptr[i] == '\n';
    text = str_cut(text, from, text.len);
    str_split(&text, '\n', &whole);
    at.len = (uint32_t)str_trim(whole).len;
    return at;
}

// Another line of the same key is the other side of a merge.
static void add_again(Lock *lock, Diags *d, Str key, uint32_t number, Loc loc) {
    const LockLine *same = find(lock, key);
    if (same && same->number != number) {
        diag_error(d, loc, "lock-conflict", "two branches placed `%.*s` in different stacks",
                   SFMT(key));
        diag_also(d, lock_place(lock, same), "the other one");
        diag_help(d, "keep the line of the branch that is deployed; of new things, keep either");
    } else if (!same) {
        add_other(lock, key, number)->is_read = true;
    }
}

static void add_behind(Lock *lock, LockLine line) {
    if (lock->sorted_count == lock->sorted_cap)
        lock->sorted = arena_room(lock->arena, lock->sorted, sizeof *lock->sorted,
                                  lock->sorted_count, &lock->sorted_cap);
    lock->sorted[lock->sorted_count++] = line;
    lock->count++;
    if (lock->by_key.cap)
        add_key(lock, lock->sorted_count - 1);
}

// A line as it would be written, and nothing that could be taken for another one; of a whole line
// with its end.
static bool take_plain(const char *from, const char *end, LockLine *line) {
    uint32_t number = 0, scale = 1;
    const char *at = end - 1;
    if (*from < 'a' || *from > 'z')
        return false;
    for (; at > from && at[-1] >= '0' && at[-1] <= '9' && scale < LOCK_MOST; at--, scale *= 10)
        number += (uint32_t)(at[-1] - '0') * scale;
    if (at[-1] != ' ' || at[0] == '0' || at == end - 1)
        return false;
    *line = (LockLine){
        .key = {from, (size_t)(at - 1 - from)},
        .number = number,
        .is_read = true,
        .is_plain = true
    };
    return true;
}

static void read_line(Lock *lock, Diags *d, Str whole, Loc loc) {
    Str line = str_trim(whole), key;
    uint32_t number;
    if (lock_is_comment(line))
        return;
    loc.len = (uint32_t)line.len;
    if (!take_line(line, &key, &number)) {
        diag_error(d, loc, "lock-damaged", "this is no line of a lock");
        diag_help(d, "restore the file: `git checkout -- %.*s`", SFMT(lock->src->path));
    } else if (is_behind_all(lock, key)) {
        add_behind(lock, (LockLine){.key = key, .number = number, .is_read = true});
    } else {
        add_again(lock, d, key, number, loc);
    }
}

bool lock_read(Lock *lock, Arena *a, Diags *d, const Source *src) {
    size_t before = d->errors;
    *lock = (Lock){.arena = a, .src = src};
    Str text = src ? src->text : S("");
    lock->sorted_cap = text.len / SHORT_LINE + 1;
    lock->sorted = arena_space(a, sizeof *lock->sorted, lock->sorted_cap);
    const char *at = text.ptr, *end = at + text.len;
    bool follows = false;
    for (Loc loc = {src, 1, 1, 0}; at < end; loc.line++) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        const char *next = line_end ? line_end + 1 : end;
        LockLine line;
        bool plain = line_end && take_plain(at, next, &line) && is_behind_all(lock, line.key);
        line.follows = follows;
        if (plain)
            add_behind(lock, line);
        else
            read_line(lock, d, (Str){at, (size_t)((line_end ? line_end : end) - at)}, loc);
        follows = plain;
        at = next;
    }
    lock->next = lock->misses = 0;
    return d->errors == before;
}

const LockLine *lock_line(Lock *lock, Str key) {
    return find(lock, key);
}

uint32_t lock_find(Lock *lock, Str key) {
    const LockLine *line = find(lock, key);
    return line ? line->number : 0;
}

uint32_t lock_get(Lock *lock, Str key) {
    LockLine *line = find(lock, key);
    if (!line)
        return 0;
    line->used = true;
    return line->number;
}

static bool is_key(Str key, Str head, const Item *item) {
    Str project = item->project, user = item->user;
    bool slash = user.len > 0;
    if (key.len != head.len + 1 + project.len + slash + user.len || key.ptr[head.len] != ' ')
        return false;
    Str rest = str_cut(key, head.len + 1, key.len);
    return str_starts(key, head) && str_starts(rest, project) &&
           (!slash || (rest.ptr[project.len] == '/' && str_ends(rest, user)));
}

// Whether it is the line of that item, when those before are those of an item of the same project.
static bool is_key_beside(const LockLine *line, const Item *item) {
    Str user = item->user;
    size_t same = line[-1].key.len - item[-1].user.len;
    return line->key.len == same + user.len &&
           memcmp(line->key.ptr + same, user.ptr, user.len) == 0 &&
           memcmp(line->key.ptr, line[-1].key.ptr, same) == 0;
}

size_t lock_get_next(Lock *lock, Str head, Items items, uint32_t *numbers) {
    size_t i = 0, left = lock->sorted_count - lock->next;
    for (; i < items.count && i < left; i++) {
        LockLine *line = &lock->sorted[lock->next + i];
        const Item *item = &items.list[i];
        bool beside = i > 0 && item->user.len && item->project.ptr == item[-1].project.ptr;
        if (beside ? !is_key_beside(line, item) : !is_key(line->key, head, item))
            break;
        line->used = true;
        numbers[i] = line->number;
    }
    lock->next += i;
    return i;
}

void lock_put(Lock *lock, Str key, uint32_t number) {
    add_other(lock, arena_str(lock->arena, key), number)->used = true;
}

LockLine *lock_at(const Lock *lock, size_t at) {
    return at < lock->sorted_count ? &lock->sorted[at] : lock->others[at - lock->sorted_count];
}

size_t lock_behind(const Lock *lock, size_t at, Str prefix) {
    size_t to = lock->sorted_count;
    if (at >= to)
        return at + 1;
    while (at < to) {
        size_t middle = at + (to - at) / 2;
        if (str_starts(lock->sorted[middle].key, prefix))
            at = middle + 1;
        else
            to = middle;
    }
    return at;
}

size_t lock_seek(const Lock *lock, size_t at, Str prefix) {
    if (at < lock->sorted_count)
        at = find_behind(lock, at, prefix);
    if (at < lock->sorted_count && !str_starts(lock->sorted[at].key, prefix))
        at = lock->sorted_count;
    while (at >= lock->sorted_count && at < lock->count &&
           !str_starts(lock_at(lock, at)->key, prefix))
        at++;
    return at;
}

size_t lock_former(Lock *lock, Str now, Str **names) {
    Str prefix = str_fmt(lock->arena, "was %.*s ", SFMT(now));
    size_t count = 0, at;
    for (at = lock_seek(lock, 0, prefix); at < lock->count; at = lock_seek(lock, at + 1, prefix))
        count++;
    *names = arena_new(lock->arena, Str, count + 1);
    for (at = lock_seek(lock, 0, prefix); at < lock->count; at = lock_seek(lock, at + 1, prefix)) {
        LockLine *line = lock_at(lock, at);
        line->used = true;
        if (line->number <= count)
            (*names)[line->number - 1] = str_cut(line->key, prefix.len, line->key.len);
    }
    for (size_t i = 0; i < count; i++)
        if (!(*names)[i].len)
            return 0; // numbers that no lock could have come to
    return count;
}

static int by_key(const void *a, const void *b) {
    const LockLine *left = a, *right = b;
    return str_cmp(left->key, right->key);
}

static void put_line(const LockLine *line, Buf *out) {
    char digits[16];
    size_t at = sizeof digits;
    digits[--at] = '\n';
    for (uint32_t n = line->number; n || at == sizeof digits - 1; n /= 10)
        digits[--at] = (char)('0' + n % 10);
    digits[--at] = ' ';
    buf_put(out, line->key);
    buf_put(out, (Str){digits + at, sizeof digits - at});
}

static bool is_written(const LockLine *line, bool keep_all) {
    return line->used || keep_all;
}

// Those in order, from one of them up to another; what stood one behind the other is written in
// one go.
static void put_sorted(const Lock *lock, size_t from, size_t to, bool keep_all, Buf *out) {
    const LockLine *lines = lock->sorted;
    while (from < to) {
        size_t end = from + 1;
        const LockLine *first = &lines[from];
        bool written = is_written(first, keep_all);
        while (end < to && lines[end].follows && is_written(&lines[end], keep_all) == written)
            end++;
        if (written && first->is_plain) {
            const char *last = lines[end - 1].key.ptr + lines[end - 1].key.len;
            last = memchr(last, '\n', (size_t)(lock->src->text.ptr + lock->src->text.len - last));
            buf_put(out, (Str){first->key.ptr, (size_t)(last + 1 - first->key.ptr)});
        } else if (written) {
            put_line(first, out);
        }
        from = end;
    }
}

// The others take their places among those in order: as a rule they are few.
void lock_write(Lock *lock, Buf *out, bool keep_all) {
    sort_rows(lock->arena, (void **)lock->others, lock->other_count, by_key);
    buf_put(out, str_from(header));
    size_t from = 0;
    for (size_t i = 0; i < lock->other_count; i++) {
        const LockLine *other = lock->others[i];
        size_t to = find_behind(lock, from, other->key);
        put_sorted(lock, from, to, keep_all, out);
        if (is_written(other, keep_all))
            put_line(other, out);
        from = to;
    }
    put_sorted(lock, from, lock->sorted_count, keep_all, out);
}
