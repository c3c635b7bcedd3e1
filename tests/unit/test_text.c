// test_text.c - Mustache: every case of text/mustache.yaml, and what is ours beside it.
#include "../../compiler/file.h"
#include "../../compiler/text.h"
#include "../../compiler/yaml.h"

#include <check.h>
#include <stdio.h>

static Arena arena;
static Diags diags;
static Node *cases;

static void setup(void) {
    diags = (Diags){.arena = &arena};
    const Source *src = file_read(&arena, &diags, "tests/unit/text/mustache.yaml", 1 << 20);
    Node *root = src ? yaml_read(&arena, &diags, src, YAML_DATA) : NULL;
    cases = node_get(root, S("cases"));
}

static Source *source(Str path, Str text) {
    Source *src = arena_new(&arena, Source, 1);
    *src = (Source){.path = path, .text = text};
    return src;
}

static const Source *partial(void *ctx, Str name) {
    const Node *text = node_get(ctx, name);
    return text ? source(name, node_str(text)) : NULL;
}

START_TEST(mustache) {
    const Node *c = cases->items[_i];
    Diags found = {.arena = &arena};
    TextRules rules = {
        .escape = text_escape_html, .partial = partial, .ctx = node_get(c, S("partials"))};
    Buf out = {0};
    bool ok = text_render(&arena, &found, &rules, source(S("t"), node_get_str(c, S("template"))),
                          node_get(c, S("data")), &out);
    Str error = node_get_str(c, S("error"));
    if (error.len) {
        ck_assert(!ok && found.errors == 1);
        Loc at = found.first->at;
        Str path = str_eq(at.src->path, S("p")) ? S("t") : at.src->path;
        Str place = str_fmt(&arena, "%.*s:%u:%u", SFMT(path), at.line, at.col);
        ck_assert_msg(str_eq(place, error), "%.*s: at %.*s", SFMT(node_get_str(c, S("name"))),
                      SFMT(place));
    } else {
        Str expect = node_get_str(c, S("expect"));
        ck_assert_msg(ok && str_eq(buf_str(&out), expect), "%.*s: [%.*s] and not [%.*s]",
                      SFMT(node_get_str(c, S("name"))), SFMT(buf_str(&out)), SFMT(expect));
    }
    buf_free(&out);
}
END_TEST

START_TEST(strict_reports_what_stands_for_nothing) {
    Diags found = {.arena = &arena};
    TextRules rules = {.strict = true};
    Buf out = {0};
    const Node *data = node_get(cases->items[0], S("data"));
    ck_assert(!text_render(&arena, &found, &rules, source(S("t"), S("{{^a}}x{{/a}}\n{{a}}")), data,
                           &out));
    ck_assert_uint_eq(found.first->at.line, 2);
    buf_free(&out);
}
END_TEST

int main(void) {
    setup();
    if (!cases || diags.errors)
        return 1;
    Suite *suite = suite_create("text");
    TCase *tc = tcase_create("mustache");
    tcase_add_loop_test(tc, mustache, 0, (int)cases->count);
    tcase_add_test(tc, strict_reports_what_stands_for_nothing);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    arena_free(&arena);
    return failed > 0;
}
