// lost.c - what is deployed, by the outputs, and is not where the lock says: a merge that went
// wrong, half a file, a number that was changed. What the outputs have is looked up in the lock.
#include "lost.h"

#include "file.h"
#include "limits.h"

// Stacks whose names differ in their numbers only: those of a set, and those that are shared.
typedef struct Row {
    Axis axis;
    uint32_t set;
    Str head; // what the lines of its items begin with: `user.2`
    Str name; // of its stacks, without their numbers
    bool seen;
} Row;

typedef struct Search {
    const Compilation *c;
    Lock *lock;
    const Unit *unit;
    Str dir;       // of the outputs of one environment
    Arena scratch; // for the files of one stack
    Str *stacks;   // whose templates are there
    size_t stack_count;
    Row *rows;
    size_t row_count;
    size_t found;
} Search;

// Where something is, by the outputs: in a stack of a row, its number there, and what says so.
typedef struct Find {
    const Row *row;
    Str stack;
    uint32_t number;
    const char *file; // below terraform/STACK; NULL: the template
    Str key;          // of its line
    Str mark;         // what stands in the file
} Find;

// The number of a stack among those of a row; 0 if it is none of them.
static uint32_t number_in(const Row *row, Str stack) {
    if (!str_starts(stack, row->name))
        return 0;
    Str rest = str_cut(stack, row->name.len, stack.len);
    if (!rest.len)
        return row->axis == AXIS_NONE;
    uint32_t number = 0;
    for (size_t i = 1; i < rest.len && number < LOCK_MOST; i++) {
        if (rest.ptr[i] < '0' || rest.ptr[i] > '9')
            return 0;
        number = number * 10 + (uint32_t)(rest.ptr[i] - '0');
    }
    return rest.ptr[0] == '-' ? number : 0;
}

static const Source *read_of(Search *s, Str stack, const char *file) {
    Arena *a = &s->scratch;
    Str path = file ? str_fmt(a, "%.*s/terraform/%.*s/%s", SFMT(s->dir), SFMT(stack), file)
                    : str_fmt(a, "%.*s/cloudformation/%.*s.yaml", SFMT(s->dir), SFMT(stack));
    return file_read_if_there(a, s->c->diags, path.ptr, LIMIT_FILE_BYTES);
}

// Whether the outputs have it in a stack of that row and number as well; 0 is any.
static bool is_in(Search *s, const Row *row, uint32_t number, const Find *f) {
    for (size_t i = 0; i < s->stack_count; i++) {
        uint32_t its = number_in(row, s->stacks[i]);
        if (!its || (number && its != number))
            continue;
        const Source *src = read_of(s, s->stacks[i], f->file);
        if (src && str_find(src->text, f->mark) >= 0)
            return true;
    }
    return false;
}

// A merge leaves the outputs of both branches, and the one line that somebody kept.
static bool is_where_the_lock_says(Search *s, const Find *f, uint32_t number, bool of_set) {
    if (!of_set)
        return is_in(s, f->row, number, f);
    for (size_t i = 0; i < s->row_count; i++)
        if (s->rows[i].axis == f->row->axis && s->rows[i].set == number &&
            is_in(s, &s->rows[i], 0, f))
            return true;
    return false;
}

static void say(Search *s, const LockLine *line, Str stack) {
    const Compilation *c = s->c;
    if (s->found++)
        return;
    Str path = str_fmt(c->arena, "%.*s/wgen.lock", SFMT(c->path.dir));
    Source *src = arena_new(c->arena, Source, 1);
    src->path = path;
    if (line->is_read)
        diag_failure(c->diags, lock_place(s->lock, line), "lock-moved",
                     "`%.*s` is in stack `%.*s` by the outputs, and in another one by this line",
                     SFMT(line->key), SFMT(stack));
    else
        diag_failure(c->diags, (Loc){src, 0, 0, 0}, "lock-incomplete",
                     "`%.*s` is in stack `%.*s` by the outputs, and `%.*s` has no line for it",
                     SFMT(line->key), SFMT(stack), SFMT(path));
    diag_help(c->diags, "restore what is %s from git: `git log -p -- %.*s`",
              line->is_read ? "wrong" : "missing", SFMT(path));
    diag_note(c->diags, "if it is not deployed, remove the outputs of that stack and build again");
}

// What the spec does not have any more has no place. `of_set`: its line has the number of a set.
static void look_up(Search *s, const Find *f, bool of_set) {
    const LockLine *line = lock_line(s->lock, f->key);
    uint32_t number = of_set ? f->row->set : f->number;
    if (!line || !line->used || (line->is_read && line->number == number))
        return;
    if (!line->is_read || !is_where_the_lock_says(s, f, line->number, of_set))
        say(s, line, f->stack);
}

// The lines of the data of a stack's items, as their printer lays them out.
static void look_at_items(Search *s, Find f) {
    f.file = f.row->axis == AXIS_USER ? "users.json" : "projects.json";
    const Source *src = read_of(s, f.stack, f.file);
    Str rest = src ? src->text : (Str){0}, line;
    while (str_split(&rest, '\n', &line)) {
        ptrdiff_t end = str_find(line, S("\": {"));
        if (end < 0 || !str_starts(line, S("  \"")))
            continue;
        f.mark = str_cut(line, 0, (size_t)end + 4);
        f.key = str_join(&s->scratch, f.row->head, S(" "), str_cut(line, 3, (size_t)end));
        look_up(s, &f, false);
    }
}

static void look_at_set(Search *s, Find f) {
    f.file = "main.tf";
    for (size_t i = 0; i < s->unit->count; i++) {
        const Resource *r = s->unit->resources[i];
        if (r->axis != f.row->axis || r->head != r)
            continue;
        f.mark = str_fmt(&s->scratch, "\" \"%.*s\" {\n  for_each", SFMT(r->tf));
        f.key =
            str_fmt(&s->scratch, "%.*s %.*s",
                    SFMT(r->axis == AXIS_USER ? S("user-set") : S("project-set")), SFMT(r->path));
        if (is_in(s, f.row, f.number, &f))
            look_up(s, &f, true);
    }
}

// A template says above each resource what it is of: `# queues.orders`.
static void look_at_shared(Search *s, Find f) {
    const Source *src = read_of(s, f.stack, NULL);
    Str rest = src ? src->text : (Str){0}, line, section;
    while (str_split(&rest, '\n', &line)) {
        if (!str_starts(line, S("  # ")))
            continue;
        f.mark = str_fmt(&s->scratch, "\n%.*s\n", SFMT(line));
        str_split(&line, '.', &section);
        f.key = str_join(&s->scratch, S("shared"), S(" "), line);
        look_up(s, &f, false);
    }
}

// The stacks of a set are all alike.
static void look_in(Search *s, Row *row, Str stack) {
    Find f = {.row = row, .stack = stack, .number = number_in(row, stack)};
    if (!f.number)
        return;
    if (row->axis == AXIS_NONE) {
        look_at_shared(s, f);
    } else {
        look_at_items(s, f);
        if (!row->seen)
            look_at_set(s, f);
    }
    row->seen = true;
    arena_reset(&s->scratch);
}

static Str without_number(Arena *a, Str name, uint32_t number) {
    return str_cut(name, 0, name.len - str_fmt(a, "-%u", number).len);
}

static void add_row(Search *s, size_t *cap, Row row) {
    for (size_t i = 0; i < s->row_count; i++)
        if (s->rows[i].axis == row.axis && s->rows[i].set == row.set)
            return;
    Arena *a = s->c->arena;
    row.head = row.axis == AXIS_USER ? S("user") : S("project");
    if (row.set > 1)
        row.head = str_fmt(a, "%.*s.%u", SFMT(row.head), row.set);
    s->rows = arena_room(a, s->rows, sizeof *s->rows, s->row_count, cap);
    s->rows[s->row_count++] = row;
}

static void add_item_row(Search *s, size_t *cap, const Stack *stack) {
    Arena *a = s->c->arena;
    Str name = stack->name;
    while (name.len && name.ptr[--name.len] != '-')
        ;
    add_row(s, cap, (Row){.axis = stack->axis, .set = stack->set, .name = name});
    if (stack->set > 1)
        name = without_number(a, name, stack->set);
    add_row(s, cap, (Row){.axis = stack->axis, .set = 1, .name = name});
}

static void find_rows(Search *s) {
    Arena *a = s->c->arena;
    const Unit *u = s->unit;
    size_t cap = s->row_count = 0;
    s->rows = NULL;
    for (size_t i = 0; i < u->stack_count; i++)
        if (u->stacks[i]->axis != AXIS_NONE)
            add_item_row(s, &cap, u->stacks[i]);
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        const LockLine *line =
            r->stack ? lock_line(s->lock, str_join(a, S("shared"), S(" "), r->path)) : NULL;
        if (!line)
            continue;
        Str name = r->stack->name;
        if (line->number > 1)
            name = without_number(a, name, line->number);
        add_row(s, &cap, (Row){.axis = AXIS_NONE, .name = name});
        break;
    }
}

static void search(Search *s) {
    Arena *a = s->c->arena;
    find_rows(s);
    s->stack_count = file_list(a, s->c->diags, str_fmt(a, "%.*s/cloudformation", SFMT(s->dir)).ptr,
                               ".yaml", &s->stacks);
    for (size_t i = 0; i < s->stack_count; i++)
        s->stacks[i] = str_cut(s->stacks[i], 0, s->stacks[i].len - S(".yaml").len);
    for (size_t i = 0; i < s->stack_count; i++)
        for (size_t j = 0; j < s->row_count; j++)
            look_in(s, &s->rows[j], s->stacks[i]);
}

bool lost_check(Compilation *c, Str out) {
    Search s = {.c = c, .lock = &c->lock};
    for (size_t i = 0; i < c->unit_count && !s.found; i++) {
        s.unit = c->units[i];
        s.dir = str_fmt(c->arena, "%.*s/%.*s%s%.*s", SFMT(out), SFMT(c->path.name),
                        s.unit->env.len ? "/env/" : "", SFMT(s.unit->env));
        search(&s);
    }
    arena_free(&s.scratch);
    return s.found == 0;
}
