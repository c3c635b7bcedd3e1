// lock.c - the memory of what was placed where.
#include "lock.h"

#include <string.h>

static const char header[] = "# Where everything is deployed: a moved queue is a deleted queue. "
                             "wgen keeps this; commit it.\n";

enum { FEW_MISSES = 32, SPARES = 64 };

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

static LockLine *find_sorted(Lock *lock, Str key) {
    if (lock->misses++ < FEW_MISSES) {
        size_t from = 0, to = lock->sorted;
        while (from < to) {
            size_t middle = from + (to - from) / 2;
            int order = str_cmp(lock->lines[middle]->key, key);
            lock->next = middle + 1;
            if (order == 0)
                return lock->lines[middle];
            from = order < 0 ? middle + 1 : from;
            to = order < 0 ? to : middle;
        }
        return NULL;
    }
    if (!lock->by_key.cap) {
        strmap_reserve(&lock->by_key, lock->arena, lock->sorted);
        for (size_t i = 0; i < lock->sorted; i++)
            strmap_put(&lock->by_key, lock->arena, lock->lines[i]->key, lock->lines[i]);
    }
    return strmap_get(&lock->by_key, key);
}

static LockLine *find(Lock *lock, Str key) {
    if (lock->next < lock->sorted && str_eq(lock->lines[lock->next]->key, key))
        return lock->lines[lock->next++];
    LockLine *line = find_sorted(lock, key);
    return line ? line : strmap_get(&lock->others, key);
}

static bool is_behind_all(const Lock *lock, Str key) {
    return lock->sorted == lock->count &&
           (!lock->count || str_cmp(lock->lines[lock->count - 1]->key, key) < 0);
}

static LockLine *add(Lock *lock, Str key, uint32_t number) {
    lock->lines =
        arena_room(lock->arena, lock->lines, sizeof *lock->lines, lock->count, &lock->cap);
    if (!lock->spares) {
        lock->spare = arena_new(lock->arena, LockLine, SPARES);
        lock->spares = SPARES;
    }
    LockLine *line = lock->spare++;
    lock->spares--;
    line->key = key;
    line->number = number;
    return lock->lines[lock->count++] = line;
}

static LockLine *add_other(Lock *lock, Str key, uint32_t number) {
    LockLine *line = add(lock, key, number);
    strmap_put(&lock->others, lock->arena, key, line);
    return line;
}

bool lock_is_comment(Str line) {
    return !line.len || line.ptr[0] == '#' || is_merge_mark(line);
}

// Another line of the same key is the other side of a merge.
static void add_again(Lock *lock, Diags *d, Str key, uint32_t number, Loc loc) {
    const LockLine *same = find(lock, key);
    if (same && same->number != number) {
        diag_error(d, loc, "lock-conflict", "two branches placed `%.*s` in different stacks",
                   SFMT(key));
        diag_also(d, same->loc, "the other one");
        diag_help(d, "keep the line of the branch that is deployed; of new things, keep either");
    } else if (!same) {
        add_other(lock, key, number)->loc = loc;
    }
}

static void add_behind(Lock *lock, Str key, uint32_t number, Loc loc, Str text) {
    LockLine *added = add(lock, key, number);
    added->loc = loc;
    if (text.ptr[text.len - 1] == '\n' && text.ptr[key.len + 1] != '0')
        added->text = text;
    lock->sorted++;
    if (lock->by_key.cap)
        strmap_put(&lock->by_key, lock->arena, key, added);
}

bool lock_read(Lock *lock, Arena *a, Diags *d, const Source *src) {
    size_t before = d->errors;
    *lock = (Lock){.arena = a, .src = src};
    Str rest = src ? src->text : (Str){0}, whole, key;
    uint32_t number;
    for (uint32_t at = 1; str_split(&rest, '\n', &whole); at++) {
        Str line = str_trim(whole);
        if (lock_is_comment(line))
            continue;
        Loc loc = {src, at, 1, (uint32_t)line.len};
        bool ends = line.len == whole.len && rest.ptr;
        if (!take_line(line, &key, &number)) {
            diag_error(d, loc, "lock-damaged", "this is no line of a lock");
            diag_help(d, "restore the file: `git checkout -- %.*s`", SFMT(src->path));
        } else if (is_behind_all(lock, key)) {
            add_behind(lock, key, number, loc, (Str){line.ptr, line.len + ends});
        } else {
            add_again(lock, d, key, number, loc);
        }
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

// What differs from one line to the next is looked at first.
static bool is_key(Str key, Str head, Str project, Str user) {
    const char *behind = key.ptr + head.len + 1;
    size_t slash = user.len > 0;
    if (key.len != head.len + 1 + project.len + slash + user.len || behind[-1] != ' ')
        return false;
    return (!slash || (behind[project.len] == '/' &&
                       memcmp(behind + project.len + 1, user.ptr, user.len) == 0)) &&
           memcmp(behind, project.ptr, project.len) == 0 &&
           memcmp(key.ptr, head.ptr, head.len) == 0;
}

uint32_t lock_get_next(Lock *lock, Str head, Str project, Str user) {
    if (lock->next >= lock->sorted || !is_key(lock->lines[lock->next]->key, head, project, user))
        return 0;
    lock->lines[lock->next]->used = true;
    return lock->lines[lock->next++]->number;
}

void lock_put(Lock *lock, Str key, uint32_t number) {
    add_other(lock, arena_str(lock->arena, key), number)->used = true;
}

size_t lock_former(Lock *lock, Str now, Str **names) {
    Str prefix = str_fmt(lock->arena, "was %.*s ", SFMT(now));
    size_t count = 0;
    for (size_t i = 0; i < lock->count; i++)
        count += str_starts(lock->lines[i]->key, prefix);
    *names = arena_new(lock->arena, Str, count + 1);
    for (size_t i = 0; i < lock->count; i++) {
        LockLine *line = lock->lines[i];
        if (!str_starts(line->key, prefix))
            continue;
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

// How many of the lines that stand in order come before `key`.
static size_t count_before(const Lock *lock, size_t to, Str key) {
    size_t from = 0;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_cmp(lock->lines[middle]->key, key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

// Those that came behind those which stand in order take their places among them: as a rule few.
static void sort(Lock *lock) {
    size_t others = lock->count - lock->sorted, end = lock->count, left = lock->sorted;
    LockLine **more = arena_new(lock->arena, LockLine *, others + 1);
    sort_rows(lock->arena, (void **)(lock->lines + left), others, by_key);
    if (others)
        memcpy(more, lock->lines + left, others * sizeof *more);
    for (size_t i = others; i > 0; i--) {
        size_t at = count_before(lock, left, more[i - 1]->key);
        end -= left - at;
        memmove(lock->lines + end, lock->lines + at, (left - at) * sizeof *more);
        lock->lines[--end] = more[i - 1];
        left = at;
    }
    lock->sorted = lock->count;
    lock->by_key = lock->others = (StrMap){0};
}

// Lines that stood one behind the other in the file are written in one go.
void lock_write(Lock *lock, Buf *out, bool keep_all) {
    Str run = {0};
    sort(lock);
    buf_put(out, str_from(header));
    for (size_t i = 0; i < lock->count; i++) {
        const LockLine *line = lock->lines[i];
        if (!line->used && !keep_all)
            continue;
        if (run.len && run.ptr + run.len == line->text.ptr) {
            run.len += line->text.len;
            continue;
        }
        buf_put(out, run);
        run = line->text;
        if (!run.len)
            put_line(line, out);
    }
    buf_put(out, run);
}
