// test_cfn_most.c - no value takes more bytes in a template than its bound says.
#include "unit.h"

#include "../../compiler/build.h"
#include "../../compiler/cfn_value.h"
#include "../../compiler/compile.h"
#include "../../compiler/yaml.h"

static size_t printed(Emitter *e, const Node *map, unsigned depth) {
    Stencil out = {.arena = e->unit->arena, .text = {.arena = e->unit->arena}};
    e->out = &out;
    cfn_put_entries(e, map, depth);
    size_t length = out.text.len;
    buf_free(&out.text);
    return length;
}

static Node *yaml_tree(Arena *a, const char *text) {
    Diags diags = {.arena = a};
    Source *src = arena_new(a, Source, 1);
    *src = (Source){.path = S("test.yaml"), .text = str_from(text)};
    Node *n = yaml_read(a, &diags, src, YAML_DATA);
    ck_assert_uint_eq(diags.errors, 0);
    return n;
}

// What takes more room in a template than in memory.
static const char *const trees[] = {
    "a: \"\\x01\\x02\\x03\\x7f\\u2028\\U0001F600\"",
    "a: \"\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\nx\\n\"",
    "a: \" \\n\\n\\n\\n\\n\\n\\n\\n\"",
    "\"\\\"\\\"\\\"\\\"\\\"\": {}",
    "{a: [], b: {}, c: '', d: null, e: 1, f: true, g: {}, h: []}",
    "{a: {b: {c: {d: {e: {f: [[[[[[[[[x]]]]]]]]]}}}}}}",
    "a: [{a: b}, {c: {}}, {d: []}, [], {}, [{}], [[]], '']",
    "{a: ['1', '2', 'null', 'x y', \"\\\\\"], b: [{c: \"d\\ne\\n\"}]}",
};

START_TEST(a_tree_is_no_longer_than_its_bound) {
    Arena a = {0};
    Unit u = {.arena = &a};
    ParamUse params = {0};
    Stack stack = {0};
    Emitter e = {.unit = &u, .stack = &stack, .params = &params};
    const Node *tree = yaml_tree(&a, trees[_i]);
    for (unsigned depth = 0; depth < 40; depth += 3)
        ck_assert_uint_ge(cfn_most(&e, tree, depth), printed(&e, tree, depth));
    arena_free(&a);
}
END_TEST

static Piece piece(PieceKind kind, const char *text) {
    return (Piece){.kind = kind, .text = str_from(text)};
}

// A parameter that may be left out, alone and in words; words with lines, with `${`.
START_TEST(an_open_text_is_no_longer_than_its_bound) {
    Arena a = {0};
    Unit u = {.arena = &a};
    ParamUse params = {0};
    Stack stack = {0};
    Emitter e = {.unit = &u, .stack = &stack, .params = &params};
    const Param param = {.name = S("release-of-it"), .type = S("string")};
    const char *const words[] = {"", "x", "\n", "\n\n\n\n\n\n\n\n\n\nx\n", "${\n", "\x01\"\\"};
    for (size_t i = 0; i < COUNT(words); i++) {
        Node *map = node_map(&a, (Loc){0}), *text = node_text(&a, (Loc){0});
        node_piece(&a, text, piece(PIECE_LITERAL, words[i]));
        node_piece(&a, text, (Piece){.kind = PIECE_PARAM, .text = param.name, .param = &param});
        for (const char *deploy = words[i]; *deploy; deploy++)
            node_piece(&a, text, piece(PIECE_DEPLOY, "account"));
        node_set(&a, map, S("a"), text);
        Node *there = node_copy(&a, map), *list = node_list(&a, (Loc){0});
        there->when = &param;
        node_push(&a, list, there);
        node_set(&a, map, S("b"), there);
        node_set(&a, map, S("c"), list);
        for (unsigned depth = 0; depth < 40; depth += 3)
            ck_assert_uint_ge(cfn_most(&e, map, depth), printed(&e, map, depth));
        ck_assert_uint_eq(params.count, 1);
    }
    arena_free(&a);
}
END_TEST

// What an item brings into a text is not in it, and JSON in a string is escaped twice.
START_TEST(what_only_printing_tells_has_no_bound) {
    Arena a = {0};
    Unit u = {.arena = &a};
    ParamUse params = {0};
    Stack stack = {0};
    Emitter e = {.unit = &u, .stack = &stack, .params = &params};
    Node *map = node_map(&a, (Loc){0}), *text = node_text(&a, (Loc){0});
    node_piece(&a, text, piece(PIECE_ITEM, "user"));
    node_set(&a, map, S("a"), text);
    ck_assert_uint_eq(cfn_most(&e, map, 3), SIZE_MAX);
    Node *json = node_map(&a, (Loc){0}), *outer = node_map(&a, (Loc){0});
    json->tag = TAG_JSON;
    node_set(&a, outer, S("a"), json);
    ck_assert_uint_eq(cfn_most(&e, outer, 3), SIZE_MAX);
    arena_free(&a);
}
END_TEST

static const char *const specs[] = {"specs/ceap.yaml", "specs/hybrid-ci-cd.yaml",
                                    "specs/webordinary.yaml"};

static size_t compare(Emitter *e, const Node *parts) {
    size_t bounded = 0;
    for (uint32_t i = 0; parts && i < parts->count; i++) {
        const Node *properties = node_get(parts->items[i], S("Properties"));
        size_t most = properties ? cfn_most(e, properties, 3) : SIZE_MAX;
        if (most != SIZE_MAX)
            ck_assert_uint_ge(most, printed(e, properties, 3));
        bounded += most != SIZE_MAX;
    }
    return bounded;
}

START_TEST(no_resource_is_longer_than_its_bound) {
    Arena a = {0};
    Diags diags = {.arena = &a};
    SpecPath *systems;
    size_t count, bounded = 0;
    ck_assert(spec_find(&a, &diags, specs[_i], &systems, &count));
    Compilation c = {.arena = &a, .diags = &diags, .path = systems[0]};
    ck_assert(compile_check(&c));
    ParamUse params = {0};
    for (size_t i = 0; i < c.units[0]->stack_count; i++) {
        const Stack *s = c.units[0]->stacks[i];
        Emitter e = {.unit = c.units[0], .stack = s, .params = &params};
        for (size_t j = 0; j < s->count; j++) {
            e.self = s->resources[j];
            bounded += compare(&e, emit_parts(e.unit, e.self, TARGET_CFN));
        }
    }
    ck_assert_uint_gt(bounded, 20);
    compile_free(&c);
    arena_free(&a);
}
END_TEST

UNIT({a_tree_is_no_longer_than_its_bound, COUNT(trees)}, {an_open_text_is_no_longer_than_its_bound},
     {what_only_printing_tells_has_no_bound}, {no_resource_is_longer_than_its_bound, COUNT(specs)})
