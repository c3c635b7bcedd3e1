// test_key.c - what has the same key has the same text, whatever was changed in between; and a
// change of one user leaves the keys of nearly everything else as they are.
#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#include "../../compiler/compile.h"

enum { PROJECTS = 6, USERS = 12, STEPS = 60, WORKFLOWS = 7 };

typedef struct Model {
    unsigned state;                      // of what is picked
    unsigned users[PROJECTS];            // a bit for each
    unsigned retention[PROJECTS][USERS]; // days; 0: the project's users are plain words
    unsigned workflows;
    unsigned visibility, memory, own;
    unsigned uses, stack; // of the function `work`
    bool fifo, many;
} Model;

typedef struct Test {
    Arena arena; // of what is remembered
    StrMap texts;
    size_t new, again;
    Str lock;
    const Str *kept[4000]; // of each job in turn: what would not be rendered again
    size_t asked, taken;   // twice for each job; of them
} Test;

static unsigned pick(Model *m, unsigned below) {
    m->state = m->state * 1664525 + 1013904223;
    return (m->state >> 8) % below;
}

static void put_projects(const Model *m, Buf *out) {
    buf_put(out, S("projects:\n"));
    for (unsigned p = 0; p < PROJECTS; p++) {
        buf_fmt(out, "  p%u:\n", p);
        for (unsigned u = 0; u < USERS * (m->many ? 10 : 1); u++)
            if (m->users[p] >> u % USERS & 1)
                buf_fmt(out, "    - u%u: {days: %ud}\n", u, 1 + m->retention[p][u % USERS]);
    }
}

static void put_spec(const Model *m, Buf *out) {
    static const char *const uses[] = {"", ", uses: {jobs: [send]}",
                                       ", uses: {jobs: [send], notes: [send]}"};
    buf_put(out, S("system: shop\nregion: eu-west-1\nnotify: {email: ops@example.com}\n"));
    put_projects(m, out);
    buf_fmt(out, "queues:\n  jobs: {per: user, fifo: %s, visibility: %um}\n",
            m->fifo ? "true" : "false", m->visibility);
    buf_put(out, S("  notes: {per: project}\n  days: {per: user, retention: $(user.days)}\n"));
    buf_fmt(out, "functions:\n  work: {memory: %uMB%s}\n", m->memory, uses[m->uses]);
    buf_put(out, S("blueprints:\n  one: {stages: [{call: {id: fetch}}]}\nworkflows:\n"));
    for (unsigned w = 0; w < WORKFLOWS; w++)
        if (m->workflows >> w & 1)
            buf_fmt(out, "  w%u: {blueprint: one}\n", w);
    buf_fmt(out, "  own: {stages: [{call: work}, {pause: %us}]}\n", m->own);
}

static void edit(Model *m) {
    unsigned p = pick(m, PROJECTS), u = pick(m, USERS);
    switch (pick(m, 13)) {
    case 0:
        m->visibility = 6 + pick(m, 2);
        break;
    case 1:
        m->memory = 128 * (1 + pick(m, 2));
        break;
    case 2:
        m->own = 1 + pick(m, 3);
        break;
    case 3:
        m->fifo = !m->fifo;
        break;
    case 4:
        m->uses = pick(m, 3);
        break;
    case 5:
        m->workflows ^= 1u << pick(m, WORKFLOWS);
        break;
    case 6:
        m->many = pick(m, 3) == 0;
        break;
    case 7:
        m->retention[p][u] = pick(m, 3);
        break;
    case 8:
        m->stack = pick(m, 2);
        break;
    default:
        m->users[p] ^= 1u << u;
    }
}

// Says no, so that everything is rendered, and remembers what it could have said.
static bool find(void *ctx, Digest key, Outbox *box) {
    (void)box;
    Test *t = ctx;
    Buf digits = {0};
    digest_put(&digits, key);
    const Str *known = strmap_get(&t->texts, buf_str(&digits));
    ck_assert_uint_lt(t->asked / 2, COUNT(t->kept));
    const Str **job = &t->kept[t->asked / 2];
    *job = t->asked % 2 && *job ? *job : known;
    t->asked++;
    buf_free(&digits);
    return false;
}

static bool take(void *ctx, const Outbox *box) {
    Test *t = ctx;
    if (!box->has_key)
        return true;
    Buf key = {0}, text = {0};
    digest_put(&key, box->key);
    for (size_t i = 0; i < box->count; i++)
        buf_fmt(&text, "%.*s\n%.*s\n", SFMT(box->files[i]->path),
                SFMT(buf_str(&box->files[i]->text)));
    Str *made = arena_new(&t->arena, Str, 1);
    *made = buf_keep(&text, &t->arena);
    strmap_put(&t->texts, &t->arena, buf_keep(&key, &t->arena), made);
    const Str *kept = t->kept[t->taken++];
    if (kept && !str_eq(*kept, *made))
        ck_abort_msg("%.*s would be as it was", SFMT(box->files[0]->path));
    t->new += !kept;
    t->again += kept != NULL;
    buf_free(&key);
    buf_free(&text);
    return true;
}

// Moves `work` to another stack, as nobody should.
static void edit_lock(Test *t, const Model *m) {
    Str line = S("shared work ");
    ptrdiff_t at = str_find(t->lock, line);
    if (at >= 0)
        ((char *)t->lock.ptr)[(size_t)at + line.len] = (char)('1' + m->stack);
}

static void build(Test *t, const Model *m, const char *folder) {
    edit_lock(t, m);
    const Recall recall = {.find = find, .ctx = t};
    t->asked = t->taken = 0;
    Arena a = {0};
    Diags d = {.arena = &a};
    Buf text = {0}, lock = {0};
    put_spec(m, &text);
    Str path = str_fmt(&a, "%s/shop.yaml", folder);
    FILE *f = fopen(path.ptr, "w");
    ck_assert(f && fwrite(text.ptr, 1, text.len, f) == text.len && fclose(f) == 0);
    SpecPath *systems;
    size_t count;
    ck_assert(spec_find(&a, &d, path.ptr, &systems, &count));
    Compilation c = {
        .arena = &a, .diags = &d, .path = systems[0], .lock_text = t->lock, .recall = &recall};
    bool ok = compile_check(&c) && compile_emit(&c, (Receiver){.put = take, .ctx = t});
    if (!ok)
        ck_abort_msg("%.*s\n%.*s", SFMT(d.first->message), SFMT(buf_str(&text)));
    ck_assert_uint_eq(t->asked, 2 * t->taken);
    lock_write(&c.lock, &lock, false);
    t->lock = buf_keep(&lock, &t->arena);
    buf_free(&lock);
    buf_free(&text);
    compile_free(&c);
    arena_free(&a);
}

static void begin(Model *m, char *folder, int row) {
    *m = (Model){.state = (unsigned)row * 7919 + 17,
                 .workflows = 63,
                 .visibility = 6,
                 .memory = 128,
                 .own = 1};
    for (unsigned p = 0; p < PROJECTS; p++)
        m->users[p] = 5;
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void end(Test *t, const char *folder) {
    char path[200];
    snprintf(path, sizeof path, "%s/shop.yaml", folder);
    remove(path);
    rmdir(folder);
    arena_free(&t->arena);
}

START_TEST(what_has_one_key_has_one_text) {
    char folder[] = "/tmp/wgen-key-XXXXXX";
    Model m;
    Test t = {.lock = S("")};
    begin(&m, folder, _i);
    for (int i = 0; i < STEPS; i++) {
        build(&t, &m, folder);
        edit(&m);
    }
    ck_assert_uint_gt(t.again, t.new / 5);
    end(&t, folder);
}
END_TEST

START_TEST(one_user_leaves_other_keys_alone) {
    char folder[] = "/tmp/wgen-key-XXXXXX";
    Model m;
    Test t = {.lock = S("")};
    begin(&m, folder, 0);
    m.many = true; // in several stacks
    for (unsigned p = 0; p < PROJECTS; p++)
        m.users[p] = 0xFFF;
    m.users[2] = 0xFFE;
    build(&t, &m, folder);
    t.new = t.again = 0;
    m.users[2] = 0xFFF;
    build(&t, &m, folder);
    ck_assert_uint_gt(t.new, 0);
    ck_assert_uint_gt(2 * t.again, 3 * t.new); // and the pages about all
    end(&t, folder);
}
END_TEST

UNIT({what_has_one_key_has_one_text, 4}, {one_user_leaves_other_keys_alone})
