// golden.c OUT [--check] - builds the examples of every kind below OUT, or says how they differ
// from what is there. The last line is how many kinds passed and failed; one without an example
// fails.
#include <stdio.h>
#include <string.h>

#include "../compiler/build.h"
#include "../compiler/compile.h"
#include "../compiler/write.h"

typedef struct Examples {
    Arena arena;
    Diags diags;
    Kinds kinds;
    Place places[400];
    Compilation list[400];
    size_t count;
    size_t failed, kind_count;
} Examples;

// An example is a spec without the name of its system.
static void add_example(Examples *x, const Kind *kind, const Node *example, uint32_t number) {
    Arena *a = &x->arena;
    Str name = number ? str_fmt(a, "%.*s-%u", SFMT(kind->name), number + 1) : kind->name;
    Node *root = node_map(a, example->loc);
    node_set(a, root, S("system"), node_string(a, name, example->loc));
    for (uint32_t i = 0; i < example->count; i++)
        node_entry(a, root, example->entries[i].key, node_copy(a, example->entries[i].value));
    Compilation *c = &x->list[x->count];
    *c = (Compilation){.arena = a, .diags = &x->diags, .root = root};
    c->path = (SpecPath){.name = name, .dir = str_fmt(a, "/nonexistent/%.*s", SFMT(name))};
    x->places[x->count++] = (Place){name, c->path.dir};
}

static void add_kind(Examples *x, Str name) {
    const Kind *kind = kind_find(&x->kinds, name);
    if (!kind || kind->internal)
        return;
    x->kind_count++;
    if (!node_is_list(kind->examples) || !kind->examples->count) {
        printf("templates/kinds/%.*s.yaml has no `examples`\n", SFMT(name));
        x->failed++;
        return;
    }
    for (uint32_t i = 0; i < kind->examples->count; i++)
        add_example(x, kind, kind->examples->items[i], i);
}

// What is the same for every system has tests of its own, and out/ shows it.
static bool put(void *ctx, const Outbox *box) {
    for (size_t i = 0; i < box->count && !box->own; i++)
        if (str_find(box->files[i]->path, S("/handlers/")) < 0 &&
            str_find(box->files[i]->path, S("/deploy/")) < 0 &&
            str_find(box->files[i]->path, S("/docs/")) < 0)
            write_put(ctx, box->files[i]);
    return true;
}

static void write_examples(Examples *x, const char *out, bool check) {
    Buf diff = {.arena = &x->arena};
    WriteCounts counts;
    const char *everything[] = {out};
    WriteOptions how = {.check = check, .diff = &diff, .force = everything, .force_count = 1};
    Writer *w = write_begin(&x->arena, &x->diags, str_from(out), x->places, x->count, how);
    for (size_t i = 0; i < x->count && w; i++) {
        Compilation *c = &x->list[i];
        size_t before = x->diags.errors + x->diags.drifts;
        write_system(w, i, (Str){0});
        if (compile_check(c))
            compile_emit(c, (Receiver){.put = put, .ctx = w});
        write_system_end(w);
        x->failed += x->diags.errors + x->diags.drifts > before;
    }
    if (w)
        write_finish(w, &counts);
    printf("%.*s", SFMT(buf_str(&diff)));
    buf_free(&diff);
}

int main(int argc, char **argv) {
    static Examples x;
    Str *names;
    x.diags.arena = x.kinds.arena = &x.arena;
    x.kinds.diags = &x.diags;
    size_t count = kind_names(&x.kinds, &names);
    for (size_t i = 0; i < count; i++)
        add_kind(&x, names[i]);
    write_examples(&x, argv[1], argc > 2 && strcmp(argv[2], "--check") == 0);
    Buf said = {.arena = &x.arena};
    diags_sort(&x.diags);
    diags_print(&x.diags, (DiagStyle){.format = DIAG_SHORT}, &said);
    printf("%.*s", SFMT(buf_str(&said)));
    buf_free(&said);
    for (size_t i = 0; i < x.count; i++)
        compile_free(&x.list[i]);
    arena_free(&x.arena);
    size_t all = x.count + x.kind_count;
    printf("%zu passed, %zu failed\n", all > x.failed ? all - x.failed : 0, x.failed);
    return 0;
}
