// test_import.c - every definition in tests/flow/roundtrip becomes a spec, and that spec the same
// definition again, without raw ASL; each in tests/flow/yaml becomes the definition that its .json
// is. Those in tests/flow/invalid.txt are refused: a line is the id of what is said first, a name,
// and the definition.
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../compiler/build.h"
#include "../../compiler/compile.h"
#include "../../compiler/emit.h"
#include "../../compiler/file.h"
#include "../../compiler/flow.h"
#include "../../compiler/import.h"
#include "../../compiler/yaml.h"
#include "../../compiler/yaml_print.h"

static const char folder[] = "tests/flow/roundtrip", yaml_folder[] = "tests/flow/yaml";
static Arena arena;
static Str *names, *yaml_names, *lines;

static void show(const Diags *d, Buf *out) {
    diags_print(d, (DiagStyle){.format = DIAG_SHORT}, out);
    fprintf(stderr, "%.*s\n", SFMT(buf_str(out)));
}

static Str spec_of(Arena *a, Diags *d, Kinds *kinds, const Source *src) {
    ImportFile file = {src, S("tested")};
    Node *spec = import_asl(a, d, kinds, &file, 1, NULL);
    Buf text = {0};
    buf_put(&text, S("system: tested\n"));
    if (spec)
        yaml_print(&text, spec);
    Str kept = buf_keep(&text, a);
    buf_free(&text);
    return kept;
}

// The text of the one definition that the spec becomes.
static Str definition_of(Arena *a, Diags *d, Str spec) {
    char path[] = "/tmp/test_import.XXXXXX";
    int fd = mkstemp(path);
    ck_assert(fd >= 0 && write(fd, spec.ptr, spec.len) == (ssize_t)spec.len);
    close(fd);
    Compilation c = {.arena = a, .diags = d};
    c.path = (SpecPath){.name = S("tested"), .dir = S("/nonexistent"), .count = 1};
    c.path.files = arena_new(a, Str, 1);
    c.path.files[0] = arena_str(a, str_from(path));
    bool ok = compile_check(&c);
    unlink(path);
    Str text = {0};
    for (size_t i = 0; ok && i < c.units[0]->count && !text.len; i++) {
        const Resource *r = c.units[0]->resources[i];
        if (r->machine)
            text = node_get_str(resource_get(r, S("definition")), S("text"));
    }
    compile_free(&c);
    return text;
}

static bool has_raw(const Str spec) {
    return str_find(spec, S("asl:")) >= 0;
}

// The definition at `path` comes back as the one that `wanted` holds.
static void check_same(Str path, Str wanted_path) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Kinds kinds = {.arena = &a, .diags = &d};
    Buf said = {0};
    const Source *src = file_read(&a, &d, arena_str(&a, path).ptr, 1 << 20);
    const Source *other = file_read(&a, &d, arena_str(&a, wanted_path).ptr, 1 << 20);
    ck_assert(src && other);
    Str spec = spec_of(&a, &d, &kinds, src);
    Source *made = arena_new(&a, Source, 1);
    *made = (Source){.path = S("made"), .text = definition_of(&a, &d, spec)};
    if (d.errors)
        show(&d, &said);
    ck_assert_msg(made->text.len > 0, "%.*s: not built:\n%.*s", SFMT(path), SFMT(spec));
    const Node *wanted = import_read(&a, &d, other), *found = import_read(&a, &d, made);
    ck_assert_msg(wanted && found && node_equal(wanted, found), "%.*s: different:\n%.*s",
                  SFMT(path), SFMT(spec));
    ck_assert_msg(!has_raw(spec), "%.*s: raw ASL:\n%.*s", SFMT(path), SFMT(spec));
    buf_free(&said);
    arena_free(&a);
}

START_TEST(round_trip) {
    Str path = str_fmt(&arena, "%s/%.*s", folder, SFMT(names[_i]));
    check_same(path, path);
}
END_TEST

START_TEST(from_yaml) {
    Str name = yaml_names[_i], stem = str_cut(name, 0, name.len - (sizeof ".yaml" - 1));
    check_same(str_fmt(&arena, "%s/%.*s", yaml_folder, SFMT(name)),
               str_fmt(&arena, "%s/%.*s.json", yaml_folder, SFMT(stem)));
}
END_TEST

START_TEST(refused) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Kinds kinds = {.arena = &a, .diags = &d};
    Str line = lines[_i], id, name;
    ck_assert(str_split(&line, ' ', &id) && str_split(&line, ' ', &name));
    Source *src = arena_new(&a, Source, 1);
    *src = (Source){.path = str_fmt(&a, "%.*s.json", SFMT(name)), .text = line};
    ImportFile file = {src, S("tested")};
    ck_assert_msg(!import_asl(&a, &d, &kinds, &file, 1, NULL), "%.*s: accepted", SFMT(name));
    diags_sort(&d);
    const Diag *first = d.first;
    while (first && first->severity != SEVERITY_ERROR)
        first = first->next;
    ck_assert_msg(first && str_eq(str_from(first->id), id), "%.*s: refused as %s: %.*s", SFMT(name),
                  first ? first->id : "nothing", SFMT(first ? first->message : S("")));
    arena_free(&a);
}
END_TEST

static size_t read_lines(Diags *said) {
    const Source *src = file_read(&arena, said, "tests/flow/invalid.txt", 1 << 20);
    Str rest = src ? src->text : (Str){0}, line;
    size_t count = 0;
    lines = arena_new(&arena, Str, rest.len / 8 + 1);
    while (str_split(&rest, '\n', &line))
        if (line.len)
            lines[count++] = line;
    return count;
}

int main(void) {
    Diags said = {.arena = &arena};
    size_t count = file_list(&arena, &said, folder, ".json", &names);
    Suite *suite = suite_create("import");
    TCase *tc = tcase_create("round trip");
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, round_trip, 0, (int)count);
    size_t yaml_count = file_list(&arena, &said, yaml_folder, ".yaml", &yaml_names);
    tcase_add_loop_test(tc, from_yaml, 0, (int)yaml_count);
    size_t wrong = read_lines(&said);
    tcase_add_loop_test(tc, refused, 0, (int)wrong);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    arena_free(&arena);
    return failed || count < 150 || !yaml_count || wrong < 150 ? EXIT_FAILURE : EXIT_SUCCESS;
}
