// lower_storage.c - workflows with storage: a stage is told where its input is and where its output
// goes, by a convention that no stage has to know. Handlers find it with the same names.
#include "build.h"
#include "lower.h"
#include "scope.h"

static Resource *storage_of(const Lower *l) {
    if (!resource_get(l->workflow, S("storage")))
        return NULL;
    return unit_find(l->unit, str_fmt(l->arena, "%.*s.storage", SFMT(l->workflow->path)));
}

// The key of what `stage` writes: with the execution as an expression, or as a pattern of IAM.
static Node *key_of(const Lower *l, Str stage, bool pattern) {
    const Node *path = node_get(resource_get(l->workflow, S("storage")), S("path"));
    Node *key = node_text(l->arena, l->workflow->loc);
    for (uint32_t i = 0; path->type == NODE_TEXT && i < path->count; i++) {
        Piece piece = path->pieces[i];
        bool runtime = piece.kind == PIECE_RUNTIME;
        if (runtime && str_eq(piece.text, S("stage")))
            piece = (Piece){.kind = PIECE_LITERAL, .text = stage};
        else if (runtime && pattern)
            piece = (Piece){.kind = PIECE_LITERAL, .text = S("*")};
        node_piece(l->arena, key, piece);
    }
    if (path->type == NODE_SCALAR)
        node_concat(l->arena, key, path);
    return node_settle(l->arena, key);
}

static Node *object_arn(const Lower *l, Resource *bucket, Str stage) {
    bool known;
    Node *arn = node_text(l->arena, l->workflow->loc);
    node_concat(l->arena, arn, scope_member(l->unit, bucket, S("arn"), &known));
    node_piece(l->arena, arn, (Piece){.kind = PIECE_LITERAL, .text = S("/")});
    node_concat(l->arena, arn, key_of(l, stage, true));
    return node_settle(l->arena, arn);
}

static void need(const Lower *l, Resource *who, const char *action, Node *on) {
    Machine *m = l->machine;
    Node *actions = node_list(l->arena, who->loc), *targets = node_list(l->arena, who->loc);
    Node *statement = node_map(l->arena, who->loc);
    node_push(l->arena, actions, node_string(l->arena, str_from(action), who->loc));
    node_push(l->arena, targets, on);
    node_set(l->arena, statement, S("actions"), actions);
    node_set(l->arena, statement, S("on"), targets);
    m->allowances = arena_room(l->arena, m->allowances, sizeof *m->allowances, m->allowance_count,
                               &m->allowance_cap);
    m->allowances[m->allowance_count++] = (Allowance){who, statement};
}

static Node *whole(const Lower *l, const Stage *s) {
    return node_string(l->arena, s->query == QUERY_JSONATA ? S("{% $states.input %}") : S("$"),
                       s->node->loc);
}

Node *lower_storage(Lower *l, Stage *s, Resource *who) {
    Resource *bucket = storage_of(l);
    bool job = str_eq(who->kind->name, S("job"));
    if (!bucket || node_get(s->node, S("with")))
        return NULL;
    bool known;
    Node *with = node_map(l->arena, s->node->loc);
    const char *dashes = job ? "--" : "";
    const struct {
        const char *name;
        Node *value;
    } fields[] = {
        {"stage",                     node_string(l->arena,         s->name,s->node->loc)},
        {"execution",                           lower_execution(l,                                             s)},
        {"bucket",                           scope_member(l->unit,                                                bucket, S("name"), &known)},
        {"input",                  s->previous.len ? key_of(l,                                       s->previous,false) : NULL},
        {"output",key_of(l,s->name,false)},
        {"message",                    s->previous.len || job ? NULL : whole(l,                                                         s)},
    };
    for (size_t i = 0; i < COUNT(fields); i++)
        lower_put(l, with, str_fmt(l->arena, "%s%s", dashes, fields[i].name).ptr, fields[i].value);
    if (s->previous.len)
        need(l, who, "s3:GetObject", object_arn(l, bucket, s->previous));
    need(l, who, "s3:PutObject", object_arn(l, bucket, s->name));
    l->stored = s->name;
    return with;
}
