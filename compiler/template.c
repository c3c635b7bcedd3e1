// template.c - the template language on trees. A template is a tree like any other; loading it
// turns the scalars that have holes into texts, rendering it makes a new tree without any.
#include "template.h"

#include "build.h"

// A loop that is being rendered or, with no value, checked.
typedef struct Loop {
    Str name;
    Node *value;
    const struct Loop *outer;
} Loop;

typedef struct Compiler {
    const Resolver *resolver;
    const Loop *loop;
    bool ok;
} Compiler;

static void complain(Compiler *c, Loc at, const char *what, Str text) {
    diag_error(c->resolver->diags, at, "template", "%s `%.*s`", what, SFMT(text));
    c->ok = false;
}

static bool is_loop_variable(const Loop *loop, Str name) {
    for (; loop; loop = loop->outer)
        if (str_eq(loop->name, name))
            return true;
    return false;
}

static bool take_path(Compiler *c, Hole *hole, Str path) {
    hole->text = path;
    Str seg;
    while (str_split(&path, '.', &seg)) {
        if (seg.len == 0 || hole->path_len == HOLE_PATH) {
            complain(c, hole->loc, "this is no path:", hole->text);
            return false;
        }
        hole->path[hole->path_len++] = seg;
    }
    if (is_loop_variable(c->loop, hole->path[0])) {
        hole->is_loop = true;
        return true;
    }
    if (c->resolver->resolve(c->resolver->ctx, hole))
        return true;
    c->ok = false;
    return false;
}

// `path` or `path | filter word`, what stands between `$(` and `)`.
static Hole *take_hole(Compiler *c, Str inside, Loc at) {
    Hole *hole = arena_new(c->resolver->arena, Hole, 1);
    hole->loc = at;
    Str path, rest = inside;
    str_split(&rest, '|', &path);
    if (!take_path(c, hole, str_trim(path)))
        return NULL;
    if (!rest.ptr)
        return hole;
    Str name, filter = str_trim(rest);
    str_split(&filter, ' ', &name);
    hole->filter = filter_find(name);
    hole->arg = filter.ptr ? str_trim(filter) : S("");
    if (hole->filter)
        return hole;
    complain(c, at, "no filter is called", name);
    diag_help(c->resolver->diags, "`wgen help filters` lists them");
    return NULL;
}

// Splits `s` at its holes into `text`; false if one of them was reported.
static bool take_pieces(Compiler *c, Node *text, Str s) {
    Arena *a = c->resolver->arena;
    while (s.len) {
        ptrdiff_t at = str_find(s, S("$("));
        if (at < 0) {
            node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = s});
            break;
        }
        size_t first = (size_t)at, dollars; // of the run of `$` that ends here
        while (first > 0 && s.ptr[first - 1] == '$')
            first--;
        dollars = (size_t)at - first + 1;
        node_piece(a, text,
                   (Piece){.kind = PIECE_LITERAL, .text = str_cut(s, 0, first + dollars / 2)});
        s = str_cut(s, (size_t)at + 2, s.len);
        if (dollars % 2 == 0) {
            node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = S("(")});
            continue;
        }
        ptrdiff_t end = str_find(s, S(")"));
        if (end < 0) {
            complain(c, text->loc, "no `)` ends this hole:", s);
            return false;
        }
        Hole *hole = take_hole(c, str_cut(s, 0, (size_t)end), text->loc);
        if (!hole)
            return false;
        node_piece(a, text, (Piece){.kind = PIECE_HOLE, .hole = hole});
        s = str_cut(s, (size_t)end + 1, s.len);
    }
    return true;
}

static Node *compile_scalar(Compiler *c, Node *n) {
    if (str_find(n->text, S("$(")) < 0)
        return n;
    Node *text = node_text(c->resolver->arena, n->loc);
    text->tag = n->tag;
    text->style = n->style;
    if (!take_pieces(c, text, n->text))
        return n;
    return text->count ? text : n;
}

// The value of a directive: a hole without its brackets, kept as the only piece of a text.
static Node *directive(Compiler *c, const Node *n, Str path, Str arg) {
    Hole *hole = arena_new(c->resolver->arena, Hole, 1);
    hole->loc = n->loc;
    hole->arg = arg;
    Node *text = node_text(c->resolver->arena, n->loc);
    if (take_path(c, hole, path))
        node_piece(c->resolver->arena, text, (Piece){.kind = PIECE_HOLE, .hole = hole});
    return text;
}

// `[not] path [= word]`. `not` is kept in the style of the text: there is nothing else in it.
static Node *compile_if(Compiler *c, const Node *n) {
    Str path, word = node_str(n);
    str_split(&word, '=', &path);
    path = str_trim(path);
    bool negated = str_starts(path, S("not "));
    if (negated)
        path = str_trim(str_cut(path, 4, path.len));
    Node *test = directive(c, n, path, word.ptr ? str_trim(word) : (Str){0});
    test->style = negated;
    test->text = node_str(n); // for messages
    return test;
}

// `x in path`; the variable's name is kept as the text of the node.
static Node *compile_for(Compiler *c, const Node *n) {
    Str name, path = node_str(n);
    str_split(&path, ' ', &name);
    path = str_trim(path);
    if (!str_starts(path, S("in "))) {
        complain(c, n->loc, "`$for` wants `x in path`, found", node_str(n));
        return node_null(c->resolver->arena, n->loc);
    }
    Node *loop = directive(c, n, str_trim(str_cut(path, 3, path.len)), (Str){0});
    loop->text = name;
    return loop;
}

static Node *compile(Compiler *c, Node *n);

static void compile_map(Compiler *c, Node *map) {
    const Loop *outer = c->loop;
    Loop loop = {.outer = outer};
    for (uint32_t i = 0; i < map->count; i++) {
        Entry *e = &map->entries[i];
        bool is_for = str_eq(e->key->text, S("$for"));
        if (is_for || str_eq(e->key->text, S("$if"))) {
            map->has_directive = true;
            e->value = is_for ? compile_for(c, e->value) : compile_if(c, e->value);
            if (is_for) {
                loop.name = e->value->text;
                c->loop = &loop;
            }
            continue;
        }
        if (str_starts(e->key->text, S("$$")))
            e->key->text = str_cut(e->key->text, 1, e->key->text.len);
        else if (str_starts(e->key->text, S("$")) && !str_starts(e->key->text, S("$(")))
            complain(c, e->key->loc, "no directive is called", e->key->text);
        e->key = compile_scalar(c, e->key);
        e->value = compile(c, e->value);
    }
    c->loop = outer;
}

static Node *compile(Compiler *c, Node *n) {
    if (n->type == NODE_SCALAR)
        return compile_scalar(c, n);
    if (n->type == NODE_MAP)
        compile_map(c, n);
    if (n->type == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            n->items[i] = compile(c, n->items[i]);
    return n;
}

bool template_compile(const Resolver *r, Node *body) {
    Compiler c = {.resolver = r, .ok = true};
    compile(&c, body);
    return c.ok;
}

Node *template_pattern(const Resolver *r, const Node *scalar) {
    Compiler c = {.resolver = r, .ok = true};
    Node *text = node_text(r->arena, scalar->loc);
    return take_pieces(&c, text, scalar->text) ? text : NULL;
}

bool template_truth(const Node *value) {
    if (!value || node_is_null(value) || node_is_word(value, S("false")))
        return false;
    return (value->type != NODE_LIST && value->type != NODE_MAP) || value->count > 0;
}

static Node *follow(const Scope *s, Node *value, const Hole *hole) {
    for (uint32_t i = 1; i < hole->path_len && value; i++) {
        if (value->type != NODE_REF) {
            value = node_get(value, hole->path[i]);
            continue;
        }
        Node *of_relation = node_get(value->with, hole->path[i]);
        value = of_relation ? of_relation : s->member(s, value->res, hole->path[i]);
    }
    return value;
}

static bool is_user_field(const Node *text) {
    return text->count == 1 && text->pieces[0].kind == PIECE_ITEM &&
           str_starts(text->pieces[0].text, S("user."));
}

// Each user has a value of their own: who fills it in filters it.
static Node *filtered_later(const Scope *s, const Node *text, const Hole *hole) {
    Str field = text->pieces[0].text, name;
    str_split(&field, ' ', &name);
    Node *later = node_text(s->arena, text->loc);
    Str piece = str_fmt(s->arena, "%.*s | %s%s%.*s", SFMT(name), hole->filter->name,
                        hole->arg.len ? " " : "", SFMT(hole->arg));
    node_piece(s->arena, later, (Piece){.kind = PIECE_ITEM, .text = piece});
    return later;
}

static Node *hole_value(const Scope *s, const Hole *hole) {
    Node *value = NULL;
    if (hole->is_loop) {
        const Loop *loop = s->loop;
        while (!str_eq(loop->name, hole->path[0]))
            loop = loop->outer;
        value = loop->value;
    } else {
        value = s->base(s, hole);
    }
    value = follow(s, value, hole);
    if (!value || node_is_null(value))
        return NULL;
    if (!hole->filter)
        return value;
    // A parameter stands for its default here: the filter has been applied to that.
    if (value->type == NODE_TEXT)
        return is_user_field(value) ? filtered_later(s, value, hole) : value;
    return hole->filter->apply(s->arena, value, hole->arg);
}

static Node *render_text(const Scope *s, const Node *n) {
    if (n->count == 1 && n->pieces[0].kind == PIECE_HOLE) {
        Node *value = hole_value(s, n->pieces[0].hole);
        if (!value || n->tag == TAG_NONE)
            return value;
        Node *tagged = arena_new(s->arena, Node, 1);
        *tagged = *value;
        tagged->tag = n->tag;
        return tagged;
    }
    Node *text = node_text(s->arena, n->loc);
    text->tag = n->tag;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->pieces[i].kind != PIECE_HOLE) {
            node_piece(s->arena, text, n->pieces[i]);
            continue;
        }
        Node *value = hole_value(s, n->pieces[i].hole);
        if (!value) // a name with a part missing is no name
            return NULL;
        node_concat(s->arena, text, value);
    }
    return node_settle(s->arena, text);
}

// What depends on a parameter without a default is there, but only if the parameter gets a value.
static const Param *open_param(const Node *value) {
    bool one = value && value->type == NODE_TEXT && value->count == 1;
    bool open =
        one && value->pieces[0].kind == PIECE_PARAM && param_is_optional(value->pieces[0].param);
    return open ? value->pieces[0].param : NULL;
}

static bool test_passes(const Scope *s, const Node *test, const Param **when) {
    const Hole *hole = test->pieces[0].hole;
    const Node *value = hole_value(s, hole);
    *when = open_param(value);
    bool negated = test->style;
    bool truth = hole->arg.ptr ? str_eq(node_str(value), hole->arg) : template_truth(value);
    return truth != negated;
}

static Node *render_map(const Scope *s, const Node *n) {
    Node *map = node_map_for(s->arena, n->loc, n->count);
    map->tag = n->tag;
    for (uint32_t i = 0; i < n->count; i++) {
        const Entry *e = &n->entries[i];
        if (n->has_directive && str_eq(e->key->text, S("$for")))
            continue;
        if (n->has_directive && str_eq(e->key->text, S("$if"))) {
            if (!test_passes(s, e->value, &map->when))
                return NULL;
            continue;
        }
        Node *key = e->key->type == NODE_TEXT ? render_text(s, e->key) : e->key;
        if (key)
            node_entry(s->arena, map, key, template_render(s, e->value));
    }
    return map->count || n->count == 0 ? map : NULL;
}

static const Node *loop_of(const Node *item) {
    if (item->type != NODE_MAP || !item->has_directive)
        return NULL;
    return node_get(item, S("$for"));
}

// One entry of a map that is looped over is seen as {key, value}.
static Node *pair(Arena *a, const Entry *e) {
    Node *map = node_map(a, e->key->loc);
    node_set(a, map, S("key"), e->key);
    node_set(a, map, S("value"), e->value);
    return map;
}

static void render_items(const Scope *s, const Node *item, const Node *loop, Node *list) {
    const Node *over = hole_value(s, loop->pieces[0].hole);
    if (!over || (over->type != NODE_LIST && over->type != NODE_MAP))
        return;
    Loop inner = {.name = loop->text, .outer = s->loop};
    Scope scope = *s;
    scope.loop = &inner;
    for (uint32_t i = 0; i < over->count; i++) {
        inner.value = over->type == NODE_LIST ? over->items[i] : pair(s->arena, &over->entries[i]);
        node_push(s->arena, list, render_map(&scope, item));
    }
}

static Node *render_list(const Scope *s, const Node *n) {
    Node *list = node_list(s->arena, n->loc);
    list->tag = n->tag;
    for (uint32_t i = 0; i < n->count; i++) {
        const Node *loop = loop_of(n->items[i]);
        if (loop)
            render_items(s, n->items[i], loop, list);
        else
            node_push(s->arena, list, template_render(s, n->items[i]));
    }
    return list->count || n->count == 0 ? list : NULL;
}

Node *template_render(const Scope *s, const Node *n) {
    switch (n->type) {
    case NODE_TEXT:
        return render_text(s, n);
    case NODE_MAP:
        return render_map(s, n);
    case NODE_LIST:
        return render_list(s, n);
    default:
        return node_is_null(n) ? NULL : (Node *)n;
    }
}
