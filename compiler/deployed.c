// deployed.c - reading stacks, wherever they are described.
#include "deployed.h"

#include "file.h"
#include "limits.h"
#include "root.h"
#include "yaml.h"

#include <stdlib.h>
#include <unistd.h>

static void add(DeployedList *d, Deployed stack) {
    d->list = arena_room(d->arena, d->list, sizeof *d->list, d->count, &d->cap);
    d->list[d->count++] = stack;
}

// `aws cloudformation get-template` puts a template into TemplateBody, as a text or as a tree.
static const Node *unwrap(DeployedList *d, Diags *diags, const Node *root) {
    const Node *body = node_get(root, S("TemplateBody"));
    if (!node_is_scalar(body))
        return body ? body : root;
    Source *src = arena_new(d->arena, Source, 1);
    src->path = root->loc.src->path;
    src->text = body->text;
    return yaml_read(d->arena, diags, src, YAML_DATA);
}

static bool add_template(DeployedList *d, Diags *diags, const Source *src, Deployed stack) {
    const Node *root = yaml_read(d->arena, diags, src, YAML_DATA);
    root = root ? unwrap(d, diags, root) : NULL;
    if (!root)
        return false;
    stack.resources = node_get(root, S("Resources"));
    if (!node_is_map(stack.resources)) {
        diag_error(diags, (Loc){(Source *)src, 1, 1, 1}, "usage",
                   "`%.*s` is no CloudFormation template", SFMT(src->path));
        return false;
    }
    add(d, stack);
    return true;
}

bool deployed_template(DeployedList *d, Diags *diags, const Source *src, Str name) {
    return add_template(d, diags, src, (Deployed){.name = name});
}

// SYSTEM/[env/ENV/]FOLDER/FILE
static bool take_path(Arena *a, Str path, Str folder, Str ending, Deployed *stack) {
    Str part, rest = path;
    *stack = (Deployed){0};
    if (!str_ends(path, ending) || !str_split(&rest, '/', &stack->system) ||
        !str_split(&rest, '/', &part))
        return false;
    if (str_eq(part, S("env")) &&
        (!str_split(&rest, '/', &stack->env) || !str_split(&rest, '/', &part)))
        return false;
    if (!str_eq(part, folder) || str_find(rest, S("/")) >= 0)
        return false;
    *stack = (Deployed){arena_str(a, stack->system), arena_str(a, stack->env),
                        arena_str(a, str_cut(rest, 0, rest.len - ending.len)), NULL};
    return true;
}

static Str trimmed(Str s) {
    while (s.len && s.ptr[0] == ' ')
        s = str_cut(s, 1, s.len);
    while (s.len && s.ptr[s.len - 1] == ' ')
        s.len--;
    return s;
}

// `| workflow | kind | in the spec | what | USD | how |`, as templates/docs/cost.md.mustache has
// it.
static bool read_cost(Arena *a, Str row, DeployedCost *cost) {
    enum { KIND = 2, PATH, WHAT, USD, CELLS };
    Str cells[CELLS];
    for (int i = 0; i < CELLS; i++)
        if (!str_split(&row, '|', &cells[i]))
            return false;
    Str usd = arena_str(a, trimmed(cells[USD]));
    char *end;
    cost->usd = strtod(usd.ptr, &end);
    cost->what = str_fmt(a, "%.*s %.*s, %.*s", SFMT(trimmed(cells[KIND])),
                         SFMT(trimmed(cells[PATH])), SFMT(trimmed(cells[WHAT])));
    return usd.len && end == usd.ptr + usd.len;
}

static void take_costs(DeployedList *d, Str page, Deployed of) {
    Str line;
    d->has_costs = true;
    while (str_split(&page, '\n', &line)) {
        DeployedCost cost = {.system = of.system, .env = of.env};
        if (!str_starts(line, S("| ")) || !read_cost(d->arena, line, &cost))
            continue;
        d->costs = arena_room(d->arena, d->costs, sizeof *d->costs, d->cost_count, &d->cost_cap);
        d->costs[d->cost_count++] = cost;
    }
}

static bool is_stack(Arena *a, Str path, Deployed *stack) {
    return take_path(a, path, S("cloudformation"), S(".yaml"), stack);
}

static bool is_cost_page(Arena *a, Str path, Deployed *of) {
    return take_path(a, path, S("docs"), S(".md"), of) && str_eq(of->name, S("cost"));
}

typedef struct Taker {
    DeployedList *d;
    Diags *diags;
} Taker;

static bool take_files(void *ctx, const Outbox *box) {
    Taker *t = ctx;
    bool ok = true;
    for (size_t i = 0; i < box->count && ok; i++) {
        Deployed stack = {0};
        if (!box->own && is_cost_page(t->d->arena, box->files[i]->path, &stack))
            take_costs(t->d, buf_str(&box->files[i]->text), stack);
        if (box->own || !is_stack(t->d->arena, box->files[i]->path, &stack))
            continue;
        Source *src = arena_new(t->d->arena, Source, 1);
        src->path = arena_str(t->d->arena, box->files[i]->path);
        src->text = arena_str(t->d->arena, buf_str(&box->files[i]->text));
        ok = add_template(t->d, t->diags, src, stack);
    }
    return ok;
}

static bool read_specs(DeployedList *d, Diags *diags, const char *templates, const char *path) {
    SpecPath *paths;
    size_t count;
    bool ok = spec_find(d->arena, diags, path, &paths, &count);
    for (size_t i = 0; i < count && ok; i++) {
        Taker t = {d, diags};
        Compilation c = {
            .arena = d->arena, .diags = diags, .templates = templates, .path = paths[i]};
        ok = compile_check(&c) && compile_emit(&c, (Receiver){.put = take_files, .ctx = &t});
        compile_free(&c);
    }
    return ok;
}

// The templates in a folder of outputs: DIR is that of one system, or holds several.
static bool read_outputs(DeployedList *d, Diags *diags, Str dir, Str below, unsigned depth) {
    Arena *a = d->arena;
    Str *names;
    bool ok = true;
    size_t count = file_list(a, diags, dir.ptr, "", &names);
    for (size_t i = 0; i < count && ok; i++) {
        Str path = str_fmt(a, "%.*s/%.*s", SFMT(dir), SFMT(names[i]));
        Str inner = below.len ? str_fmt(a, "%.*s/%.*s", SFMT(below), SFMT(names[i])) : names[i];
        Deployed stack = {0};
        if (file_is_dir(path.ptr)) {
            ok = depth >= 5 || read_outputs(d, diags, path, inner, depth + 1);
        } else if (is_stack(a, inner, &stack)) {
            const Source *src = file_read(a, diags, path.ptr, LIMIT_SPEC_BYTES);
            ok = src && add_template(d, diags, src, stack);
        } else if (is_cost_page(a, inner, &stack)) {
            const Source *src = file_read(a, diags, path.ptr, LIMIT_SPEC_BYTES);
            ok = src != NULL;
            if (src)
                take_costs(d, src->text, stack);
        }
    }
    return ok;
}

static bool has_manifest(Arena *a, Str dir) {
    return access(str_fmt(a, "%.*s/manifest", SFMT(dir)).ptr, R_OK) == 0;
}

static bool holds_outputs(Arena *a, Str dir) {
    Diags quiet = {.arena = a};
    Str *names;
    size_t count = file_list(a, &quiet, dir.ptr, "", &names);
    for (size_t i = 0; i < count; i++)
        if (has_manifest(a, str_fmt(a, "%.*s/%.*s", SFMT(dir), SFMT(names[i]))))
            return true;
    return false;
}

static bool is_template(Arena *a, const char *path) {
    Diags quiet = {.arena = a};
    const Source *src = file_read_if_there(a, &quiet, path, LIMIT_SPEC_BYTES);
    const Node *root = src ? yaml_read(a, &quiet, src, YAML_DATA) : NULL;
    return node_get(root, S("Resources")) || node_get(root, S("TemplateBody"));
}

static Str without_slashes(Arena *a, const char *path) {
    Str s = str_from(path);
    while (s.len > 1 && s.ptr[s.len - 1] == '/')
        s.len--;
    return arena_str(a, s);
}

bool deployed_is_spec(Arena *a, const char *path) {
    Str clean = without_slashes(a, path);
    if (file_is_dir(clean.ptr))
        return !has_manifest(a, clean) && !holds_outputs(a, clean);
    return !is_template(a, path);
}

static Str stem(Str path) {
    Str base = path_base(path);
    for (size_t i = base.len; i > 1; i--)
        if (base.ptr[i - 1] == '.')
            return str_cut(base, 0, i - 1);
    return base;
}

bool deployed_read(DeployedList *d, Diags *diags, const char *templates, const char *path) {
    Str clean = without_slashes(d->arena, path);
    if (deployed_is_spec(d->arena, path))
        return read_specs(d, diags, templates, path);
    if (!file_is_dir(clean.ptr)) {
        const Source *src = file_read(d->arena, diags, path, LIMIT_SPEC_BYTES);
        return src && deployed_template(d, diags, src, stem(clean));
    }
    return read_outputs(d, diags, clean, has_manifest(d->arena, clean) ? path_base(clean) : S(""),
                        0);
}
