// embed.c - a program of its own, which the build runs: templates/ as one C file on standard
// output. Every file is there as it is written, and every YAML file as the tree that it is, so that
// no run of wgen has to read it again: reading is most of what a small build costs.
#include "embedded.h"
#include "file.h"
#include "limits.h"
#include "yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Paths {
    Arena *arena;
    Diags *diags;
    Str list[4096];
    size_t count;
} Paths;

static void collect(Paths *p, Str root, Str below) {
    Str dir = str_fmt(p->arena, "%.*s/%.*s", SFMT(root), SFMT(below)), *names;
    size_t count = file_list(p->arena, p->diags, dir.ptr, "", &names);
    for (size_t i = 0; i < count; i++) {
        Str path =
            below.len ? str_fmt(p->arena, "%.*s/%.*s", SFMT(below), SFMT(names[i])) : names[i];
        Str full = str_fmt(p->arena, "%.*s/%.*s", SFMT(root), SFMT(path));
        if (file_is_dir(full.ptr))
            collect(p, root, path);
        else if (!str_eq(names[i], S("README.md")) && p->count < COUNT(p->list))
            p->list[p->count++] = path;
    }
}

static int by_text(const void *a, const void *b) {
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

// A string literal, a line for each of the file's; three octal digits cannot run into what follows.
static void put_literal(Str text) {
    putchar('"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\n' && i + 1 < text.len)
            fputs("\\n\"\n\"", stdout);
        else if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '?')
            putchar(c);
        else
            printf("\\%03o", c);
    }
    putchar('"');
}

// The words of a file, each once and ended by a NUL.
typedef struct Words {
    Arena *arena;
    Buf text;
    StrMap at; // of a word: its offset + 1, as a pointer
} Words;

static size_t word_at(Words *w, Str word) {
    uintptr_t at = (uintptr_t)strmap_get(&w->at, word);
    if (!at) {
        at = w->text.len + 1;
        strmap_put(&w->at, w->arena, word, (void *)at);
        buf_put(&w->text, word);
        buf_char(&w->text, '\0');
    }
    return at - 1;
}

// The tree in the order of its text: a map's keys and values in turn.
static void put_node(const Node *n, Words *words) {
    Str text = n->type == NODE_SCALAR ? n->text : S("");
    printf("{%zu, %zu, %u, %u, %u, %u, %u, %u, %u},\n", word_at(words, text), text.len, n->count,
           n->loc.line, n->loc.col, n->loc.len, n->type, n->style, n->tag);
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        put_node(n->items[i], words);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        put_node(n->entries[i].key, words);
        put_node(n->entries[i].value, words);
    }
}

static bool put_file(Arena *a, Diags *d, Str root, Str path, size_t number) {
    const Source *src =
        file_read(a, d, str_fmt(a, "%.*s/%.*s", SFMT(root), SFMT(path)).ptr, LIMIT_FILE_BYTES);
    if (!src)
        return false;
    printf("static const char text_%zu[] =\n", number);
    put_literal(src->text);
    printf(";\n");
    bool is_yaml = str_ends(path, S(".yaml"));
    const Node *tree = is_yaml ? yaml_read(a, d, src, YAML_TEMPLATE) : NULL;
    if (tree) {
        Words words = {.arena = a, .text.arena = a};
        printf("static const EmbeddedNode tree_%zu[] = {\n", number);
        put_node(tree, &words);
        printf("};\nstatic const char words_%zu[] =\n", number);
        put_literal(buf_str(&words.text));
        printf(";\n");
        buf_free(&words.text);
    }
    return !is_yaml || tree;
}

static void put_row(Str path, size_t number) {
    bool is_yaml = str_ends(path, S(".yaml"));
    printf("{\"%.*s\", text_%zu, sizeof text_%zu - 1, ", SFMT(path), number, number);
    if (is_yaml)
        printf("tree_%zu, sizeof tree_%zu / sizeof *tree_%zu, words_%zu},\n", number, number,
               number, number);
    else
        printf("NULL, 0, NULL},\n");
}

int main(int argc, char **argv) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Paths *paths = arena_new(&a, Paths, 1);
    bool ok = argc == 2;
    paths->arena = &a;
    paths->diags = &d;
    if (ok)
        collect(paths, str_from(argv[1]), S(""));
    qsort(paths->list, paths->count, sizeof *paths->list, by_text);
    printf("#include \"embedded.h\"\n");
    for (size_t i = 0; i < paths->count && ok; i++)
        ok = put_file(&a, &d, str_from(argv[1]), paths->list[i], i);
    printf("const EmbeddedFile embedded_files[] = {\n");
    for (size_t i = 0; i < paths->count; i++)
        put_row(paths->list[i], i);
    printf("};\nconst size_t embedded_count = %zu;\n", paths->count);
    Buf said = {0};
    diags_print(&d, (DiagStyle){0}, &said);
    fprintf(stderr, "%.*s", SFMT(buf_str(&said)));
    buf_free(&said);
    arena_free(&a);
    return ok && !d.errors && fflush(stdout) == 0 ? 0 : 1;
}
