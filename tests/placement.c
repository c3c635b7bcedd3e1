// placement.c FOLDER EDITS SEED - edits a system at random, so many times, and compiles it after
// every few edits: nothing that the edits did not name may change its stack or any of its names,
// come or go, in any of its environments. Then branches are merged, both of which added things, by
// git itself where it is. The last line is how many edits and merges passed and failed.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "../compiler/compile.h"
#include "../compiler/copy.h"
#include "../compiler/json.h"

enum {
    MOST_PROJECTS = 14,
    MOST_USERS = 14,
    MOST_THINGS = 110,
    MOST_WORKFLOWS = 12,
    MOST_ENVS = 3,
    PARTS = 3
};

typedef unsigned Name; // things are called by numbers, each given once

typedef struct Project {
    Name name, users[MOST_USERS];
    size_t count;
} Project;

typedef struct Thing { // a queue or a workflow
    Name name;
    unsigned shape; // whom a queue is for; what a workflow says
    unsigned part;  // the file that it is in
} Thing;

typedef struct Environment {
    Name name;
    Name quiet; // a queue without its alarm there
} Environment;

typedef struct Model {
    Project projects[MOST_PROJECTS];
    Thing queues[MOST_THINGS], workflows[MOST_WORKFLOWS];
    Environment envs[MOST_ENVS];
    size_t project_count, queue_count, workflow_count, env_count;
    unsigned parts; // files that it is split into; 0: one file, no folder
} Model;

typedef struct Placed {
    Str key, stack, logical, tf, name;
    bool lazy; // made when something needs it
} Placed;

typedef struct Placement {
    StrMap by_key;
    Placed **list;
    size_t count, cap;
} Placement;

typedef struct Test {
    const char *folder;
    uint64_t seed;
    Name last_name;
    Name named[64]; // by the edits since the last build
    size_t named_count;
    size_t builds, dropped, passed, failed;
} Test;

static unsigned pick(Test *t, size_t below) {
    t->seed = t->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((t->seed >> 33) % below);
}

static Name new_name(Test *t) {
    return t->named[t->named_count++] = ++t->last_name;
}

static void gone(Test *t, Name name) {
    t->named[t->named_count++] = name;
}

static void swap_projects(Project *a, Project *b) {
    Project kept = *a;
    *a = *b;
    *b = kept;
}

static void swap_things(Thing *a, Thing *b) {
    Thing kept = *a;
    *a = *b;
    *b = kept;
}

static void edit_project(Test *t, Model *m) {
    unsigned what = pick(t, 4), at = pick(t, m->project_count);
    Project *p = &m->projects[at];
    if (what == 0 && m->project_count < MOST_PROJECTS)
        m->projects[m->project_count++] = (Project){new_name(t), {new_name(t)}, 1};
    if (what == 1)
        swap_projects(p, &m->projects[pick(t, m->project_count)]);
    if (what == 2 && m->project_count > 2) {
        gone(t, p->name);
        swap_projects(p, &m->projects[--m->project_count]);
    }
    if (what == 3) {
        gone(t, p->name);
        p->name = new_name(t);
    }
}

static void add_user(Test *t, Model *m) {
    Project *p = &m->projects[pick(t, m->project_count)];
    if (p->count < MOST_USERS)
        p->users[p->count++] = new_name(t);
}

static void edit_user(Test *t, Model *m) {
    Project *p = &m->projects[pick(t, m->project_count)];
    unsigned what = pick(t, 3), at = pick(t, p->count);
    gone(t, p->users[at]);
    if (what == 0)
        p->users[at] = new_name(t);
    else if (what == 1 && p->count > 1)
        p->users[at] = p->users[--p->count];
    else { // among its like
        unsigned other = pick(t, p->count);
        Name kept = p->users[at];
        p->users[at] = p->users[other];
        p->users[other] = kept;
        t->named_count--;
    }
}

static void edit_things(Test *t, Thing *list, size_t *count, size_t most, unsigned shapes) {
    unsigned what = pick(t, 5);
    Thing *at = *count ? &list[pick(t, *count)] : list;
    if (what < 2 && *count < most)
        list[(*count)++] = (Thing){new_name(t), pick(t, shapes), pick(t, PARTS)};
    else if (*count < 2)
        return;
    else if (what == 2)
        swap_things(at, &list[pick(t, *count)]);
    else if (what == 3) {
        gone(t, at->name);
        at->name = new_name(t);
    } else if (what == 4) {
        gone(t, at->name);
        swap_things(at, &list[--*count]);
    }
}

static void edit_env(Test *t, Model *m) {
    unsigned what = pick(t, 6), at = pick(t, m->env_count);
    Environment *e = &m->envs[at];
    if (what == 0 && m->env_count < MOST_ENVS)
        m->envs[m->env_count++] = (Environment){new_name(t), 0};
    if (what == 1 && m->env_count > 1) {
        gone(t, e->name);
        *e = m->envs[--m->env_count];
    }
    if (what > 1) { // its alarm goes, another one comes
        Name before = e->quiet;
        e->quiet = what > 3 ? m->queues[pick(t, m->queue_count)].name : 0;
        gone(t, before);
        gone(t, e->quiet);
    }
}

static void edit(Test *t, Model *m) {
    switch (pick(t, 9)) {
    case 0:
        edit_project(t, m);
        break;
    case 1:
    case 2:
        add_user(t, m);
        break;
    case 3:
        edit_user(t, m);
        break;
    case 4:
    case 5:
        edit_things(t, m->queues, &m->queue_count, MOST_THINGS, 16);
        break;
    case 6:
        edit_things(t, m->workflows, &m->workflow_count, MOST_WORKFLOWS, 4);
        break;
    case 7:
        edit_env(t, m);
        break;
    default:
        m->parts = pick(t, PARTS + 1);
    }
}

static void put_projects(const Model *m, Buf *out) {
    buf_put(out, S("projects:\n"));
    for (size_t i = 0; i < m->project_count; i++) {
        const Project *p = &m->projects[i];
        buf_fmt(out, "  p%u: [", p->name);
        for (size_t j = 0; j < p->count; j++)
            buf_fmt(out, "%su%u", j ? ", " : "", p->users[j]);
        buf_put(out, S("]\n"));
    }
}

static bool has_queue(const Model *m, Name name) {
    for (size_t i = 0; i < m->queue_count; i++)
        if (m->queues[i].name == name)
            return true;
    return false;
}

static void put_envs(const Model *m, Buf *out) {
    buf_put(out, S("environments:\n"));
    for (size_t i = 0; i < m->env_count; i++) {
        buf_fmt(out, "  e%u: {", m->envs[i].name);
        if (has_queue(m, m->envs[i].quiet))
            buf_fmt(out, "queues: {q%u: {alarm: none because it is quiet here}}", m->envs[i].quiet);
        buf_put(out, S("}\n"));
    }
}

// A few queues are for every user or project, most are shared: those fill more than one stack too.
static void put_queue(const Thing *q, Buf *out) {
    const char *who = q->shape == 0 ? "per: user, " : q->shape == 1 ? "per: project, " : "";
    buf_fmt(out, "  q%u: {%s%s}\n", q->name, who,
            q->shape % 2 ? "visibility: 1m, alarm: {depth: 5, each: true}" : "fifo: true");
}

static void put_workflow(const Thing *w, Buf *out) {
    if (w->shape < 3) // alike, once they are many
        buf_fmt(out, "  w%u: {blueprint: pipeline}\n", w->name);
    else
        buf_fmt(out,
                "  w%u: {stages: [{call: {id: one, timeout: 9s}}], storage: {},\n"
                "    trigger: {queue: {id: in, visibility: 1m}}}\n",
                w->name);
}

static void put_part(const Model *m, unsigned part, Buf *out) {
    bool first = part == 0;
    if (first) {
        buf_put(out, S("system: shop\nregion: eu-west-1\nnotify: {email: ops@example.com}\n"
                       "blueprints: {pipeline: {stages: [{call: {id: fetch}}, {call: {id: "
                       "store}}]}}\n"));
        put_projects(m, out);
        put_envs(m, out);
    }
    unsigned parts = m->parts ? m->parts : 1;
    const char *head = "queues:\n";
    for (size_t i = 0; i < m->queue_count; i++)
        if (m->queues[i].part % parts == part) {
            buf_put(out, str_from(head));
            put_queue(&m->queues[i], out);
            head = "";
        }
    head = "workflows:\n";
    for (size_t i = 0; i < m->workflow_count; i++)
        if (m->workflows[i].part % parts == part) {
            buf_put(out, str_from(head));
            put_workflow(&m->workflows[i], out);
            head = "";
        }
    if (!out->len)
        buf_put(out, S("{}\n"));
}

static void write_file(Str path, Str text) {
    FILE *f = fopen(path.ptr, "w");
    if (!f || fwrite(text.ptr, 1, text.len, f) != text.len || fclose(f)) {
        perror(path.ptr);
        exit(4);
    }
}

static SpecPath write_spec(const Test *t, Arena *a, const Model *m) {
    SpecPath path = {.name = S("shop"), .dir = str_fmt(a, "%s/shop", t->folder)};
    path.count = m->parts ? m->parts : 1;
    path.files = arena_new(a, Str, path.count);
    for (unsigned i = 0; i < path.count; i++) {
        Buf text = {.arena = a};
        put_part(m, i, &text);
        path.files[i] = m->parts ? str_fmt(a, "%s/shop/part%u.yaml", t->folder, i)
                                 : str_fmt(a, "%s/shop.yaml", t->folder);
        write_file(path.files[i], buf_str(&text));
        buf_free(&text);
    }
    return path;
}

static void place(Placement *all, Arena *a, Placed one) {
    if (all->count == all->cap) {
        Placed **more = arena_new(a, Placed *, all->cap = all->cap ? all->cap * 2 : 1024);
        if (all->count)
            memcpy(more, all->list, all->count * sizeof *more);
        all->list = more;
    }
    Placed *p = arena_new(a, Placed, 1);
    *p = one;
    strmap_put(&all->by_key, a, p->key, p);
    all->list[all->count++] = p;
}

static Str name_text(Arena *a, const Resource *r) {
    Buf text = {.arena = a};
    const Node *n = r->name;
    for (uint32_t i = 0; n && n->type == NODE_TEXT && i < n->count; i++)
        buf_fmt(&text, "<%d %.*s>", n->pieces[i].kind, SFMT(n->pieces[i].text));
    if (n && n->type == NODE_SCALAR)
        buf_put(&text, n->text);
    Str kept = buf_keep(&text, a);
    buf_free(&text);
    return kept;
}

// What is the same in two workflows that are alike, but for their names, for a third.
static Str copied(Arena *a, const Stack *s, Str x, Str y) {
    Spelled of_x = copy_spell(a, s->copy->like[0]->id), of_y = copy_spell(a, s->copy->like[1]->id),
            of = copy_spell(a, s->copy->id);
    return copy_text(a, x, y, &of_x, &of_y, &of);
}

static void place_resource(Placement *all, Arena *a, Str env, const Stack *s, size_t i) {
    Resource *r = s->resources[i];
    Placed one = {r->path, s->name, r->logical, r->tf, name_text(a, r), r->lazy};
    const Resource *head = r; // what something lazy makes is as lazy
    while (head->owner && !one.lazy) {
        head = head->owner;
        one.lazy = head->lazy;
    }
    if (s->copy) {
        const Resource *y = s->like[1]->resources[i];
        one.key = copied(a, s, one.key, y->path);
        one.logical = copied(a, s, one.logical, y->logical);
        one.tf = copied(a, s, one.tf, y->tf);
        one.name = copied(a, s, one.name, name_text(a, y));
    }
    one.key = str_fmt(a, "%.*s: %.*s", SFMT(env), SFMT(one.key));
    if (!s->items.count)
        place(all, a, one);
    for (size_t j = 0; j < s->items.count; j++) {
        const Item *item = &s->items.list[j];
        Placed each = one;
        each.key = str_fmt(a, "%.*s %.*s", SFMT(item_key(a, item)), SFMT(one.key));
        each.logical = str_fmt(a, "%.*s%.*s", SFMT(r->logical), SFMT(item_id(a, item)));
        place(all, a, each);
    }
}

static void print_errors(Arena *a, Diags *d) {
    Buf said = {.arena = a};
    diags_sort(d);
    diags_print(d, (DiagStyle){.format = DIAG_HUMAN}, &said);
    printf("%.*s", SFMT(buf_str(&said)));
    buf_free(&said);
}

// Compiles the model with the lock that is in the folder, and writes that anew. Where `too_large`
// is given it is told of a stack that is; that is not printed then.
static bool compile(const Test *t, Arena *a, const Model *m, Placement *all, bool *too_large) {
    Diags d = {.arena = a};
    Compilation c = {.arena = a, .diags = &d, .path = write_spec(t, a, m)};
    bool ok = compile_check(&c);
    if (too_large)
        *too_large = d.first && strcmp(d.first->id, "stack-too-large") == 0;
    if (!ok && !(too_large && *too_large))
        print_errors(a, &d);
    *all = (Placement){0};
    for (size_t i = 0; ok && i < c.unit_count; i++)
        for (size_t j = 0; j < c.units[i]->stack_count; j++)
            for (size_t k = 0; k < c.units[i]->stacks[j]->count; k++)
                place_resource(all, a, c.units[i]->env, c.units[i]->stacks[j], k);
    Buf lock = {.arena = a};
    lock_write(&c.lock, &lock, false);
    if (ok)
        write_file(str_fmt(a, "%s/shop/wgen.lock", t->folder), buf_str(&lock));
    buf_free(&lock);
    compile_free(&c);
    return ok;
}

static bool build(const Test *t, Arena *a, const Model *m, Placement *all) {
    return compile(t, a, m, all, NULL);
}

static bool is_named(const Test *t, Str key) {
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] < '0' || key.ptr[i] > '9' || (i && strchr("0123456789", key.ptr[i - 1])))
            continue;
        Name number = (Name)strtoul(key.ptr + i, NULL, 10);
        for (size_t j = 0; j < t->named_count; j++)
            if (t->named[j] == number)
                return true;
    }
    return false;
}

static bool differs(const char *what, Str key, Str before, Str after) {
    if (str_eq(before, after))
        return false;
    printf("%.*s: its %s was %.*s, and is %.*s\n", SFMT(key), what, SFMT(before), SFMT(after));
    return true;
}

static bool same_place(const Placed *x, const Placed *y) {
    bool moved = differs("stack", x->key, x->stack, y->stack);
    bool renamed = differs("logical id", x->key, x->logical, y->logical) ||
                   differs("address", x->key, x->tf, y->tf) ||
                   differs("name", x->key, x->name, y->name);
    return !moved && !renamed;
}

// What is in `x` is in `y`, at the same place and with the same names, unless an edit named it.
static bool has_all(const Test *t, const Placement *x, const Placement *y, const char *verb) {
    bool ok = true;
    for (size_t i = 0; i < x->count; i++) {
        const Placed *here = x->list[i], *there = strmap_get(&y->by_key, here->key);
        if (is_named(t, here->key) || (!there && here->lazy))
            continue;
        if (!there)
            printf("%.*s has %s\n", SFMT(here->key), verb);
        ok = there && same_place(here, there) && ok;
    }
    return ok;
}

static void start(Test *t, Model *m) {
    *m = (Model){0};
    for (unsigned i = 0; i < 8; i++) {
        Project *p = &m->projects[m->project_count++];
        p->name = new_name(t);
        for (p->count = 0; p->count < 8; p->count++)
            p->users[p->count] = new_name(t);
        t->named_count = 0;
    }
    for (m->env_count = 0; m->env_count < 2; m->env_count++)
        m->envs[m->env_count].name = new_name(t);
    for (unsigned i = 0; i < 80; i++) {
        m->queues[m->queue_count++] = (Thing){new_name(t), i < 3 ? 0 : i < 5 ? 1 : 5 + i % 2, 0};
        t->named_count = 0;
    }
}

static void count(Test *t, bool ok, size_t edits) {
    t->passed += ok ? edits : 0;
    t->failed += ok ? 0 : edits;
}

static void test_edits(Test *t, Model *m, size_t edits) {
    Arena arenas[2] = {{0}, {0}};
    Placement placements[2];
    start(t, m);
    count(t, build(t, &arenas[0], m, &placements[0]), 0);
    for (size_t done = 0, now = 1; done < edits && t->failed < 100; now = !now) {
        size_t few = 1 + pick(t, 8);
        t->named_count = 0;
        for (size_t i = 0; i < few; i++)
            edit(t, m);
        bool ok = build(t, &arenas[now], m, &placements[now]) &&
                  has_all(t, &placements[!now], &placements[now], "gone") &&
                  has_all(t, &placements[now], &placements[!now], "come");
        count(t, ok, few);
        if (!ok)
            printf("after %zu edits\n", done);
        done += few;
        t->builds++;
        arena_reset(&arenas[!now]);
    }
    arena_free(&arenas[0]);
    arena_free(&arenas[1]);
}

static Str read_lock(const Test *t, Arena *a) {
    static char bytes[1 << 20];
    FILE *f = fopen(str_fmt(a, "%s/shop/wgen.lock", t->folder).ptr, "r");
    size_t size = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (f)
        fclose(f);
    return arena_str(a, (Str){bytes, size});
}

// A branch on which users, shared queues and workflows are added.
static bool grow(Test *t, Arena *a, Model *m, Placement *all, Str *lock) {
    for (unsigned i = 0; i < 6; i++) {
        add_user(t, m);
        if (i % 3 == 0 && m->queue_count < MOST_THINGS)
            m->queues[m->queue_count++] = (Thing){new_name(t), 5 + i % 2, 0};
        if (i == 0 && m->workflow_count < MOST_WORKFLOWS)
            m->workflows[m->workflow_count++] = (Thing){new_name(t), pick(t, 4), 0};
    }
    bool ok = build(t, a, m, all);
    *lock = read_lock(t, a);
    return ok;
}

// What one branch added to the base, added to the other.
static void merge(Model *into, const Model *base, const Model *other) {
    for (size_t i = 0; i < base->project_count; i++) {
        const Project *p = &other->projects[i];
        for (size_t j = base->projects[i].count; j < p->count; j++)
            if (into->projects[i].count < MOST_USERS)
                into->projects[i].users[into->projects[i].count++] = p->users[j];
    }
    for (size_t i = base->queue_count; i < other->queue_count && into->queue_count < MOST_THINGS;)
        into->queues[into->queue_count++] = other->queues[i++];
    for (size_t i = base->workflow_count;
         i < other->workflow_count && into->workflow_count < MOST_WORKFLOWS;)
        into->workflows[into->workflow_count++] = other->workflows[i++];
}

// The locks of two branches as git merges them, with its marks where both added lines side by side;
// without git, with marks around all of both. False: git says neither.
static bool merge_locks(const Test *t, Arena *a, Str base, Str left, Str right) {
    const char *names[] = {"left", "base", "right"};
    const Str texts[] = {left, base, right};
    for (size_t i = 0; i < COUNT(names); i++)
        write_file(str_fmt(a, "%s/%s", t->folder, names[i]), texts[i]);
    int code = system(
        str_fmt(a, "cd '%s' && git merge-file -p left base right >shop/wgen.lock", t->folder).ptr);
    int said = WIFEXITED(code) ? WEXITSTATUS(code) : 255;
    if (said == 127)
        write_file(
            str_fmt(a, "%s/shop/wgen.lock", t->folder),
            str_fmt(a, "<<<<<<< ours\n%.*s=======\n%.*s>>>>>>> theirs\n", SFMT(left), SFMT(right)));
    return said <= 127; // of git: how many conflicts
}

// Two branches that both added things. If both filled one stack, it may be too large now; without
// the lines of one of them, which is not deployed yet, it is not.
static bool test_merge(Test *t, const Model *base) {
    Arena a = {0};
    Placement ours, theirs, both;
    Model left = *base, right = *base;
    Str lock = read_lock(t, &a), of_left, of_right;
    Str path = str_fmt(&a, "%s/shop/wgen.lock", t->folder);
    t->named_count = 0;
    bool ok = grow(t, &a, &left, &ours, &of_left);
    write_file(path, lock);
    ok = ok && grow(t, &a, &right, &theirs, &of_right);
    merge(&left, base, &right);
    ok = merge_locks(t, &a, lock, of_left, of_right) && ok;
    t->named_count = 0;
    bool too_large;
    bool merged = ok && compile(t, &a, &left, &both, &too_large);
    if (ok && !merged && too_large) {
        write_file(path, of_left);
        ok = build(t, &a, &left, &both);
        t->dropped++;
    }
    ok = ok && (merged || too_large) && has_all(t, &ours, &both, "gone");
    for (size_t i = 0; ok && merged && i < theirs.count; i++) { // if the model had room for it
        const Placed *there = strmap_get(&both.by_key, theirs.list[i]->key);
        ok = !there || same_place(theirs.list[i], there);
    }
    write_file(path, lock);
    arena_free(&a);
    return ok;
}

int main(int argc, char **argv) {
    static Test t;
    static Model m;
    size_t edits = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    t.folder = argv[1];
    t.seed = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
    test_edits(&t, &m, edits);
    for (size_t i = 0; i < edits / 100; i++) {
        count(&t, test_merge(&t, &m), 1);
        t.named_count = 0;
        for (unsigned j = 0; j < 8; j++)
            edit(&t, &m);
        Arena a = {0};
        Placement all;
        count(&t, build(&t, &a, &m, &all), 0);
        arena_free(&a);
    }
    printf("%zu builds, %zu merges of too much\n%zu passed, %zu failed\n", t.builds, t.dropped,
           t.passed, t.failed);
    return 0;
}
