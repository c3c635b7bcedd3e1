// emit_cfn.c - CloudFormation templates.
#include "build.h"
#include "cfn_value.h"
#include "scope.h"

static void put(const Emitter *e, Str s) {
    buf_put(&e->out->text, s);
}

static Node *tag_list(Unit *u, const Node *tags) {
    Node *list = node_list(u->arena, tags->loc);
    for (uint32_t i = 0; i < tags->count; i++) {
        Node *tag = node_map(u->arena, tags->loc);
        node_set(u->arena, tag, S("Key"),
                 node_string(u->arena, tags->entries[i].key->text, tags->loc));
        node_set(u->arena, tag, S("Value"), tags->entries[i].value);
        node_push(u->arena, list, tag);
    }
    return list;
}

static void put_deletion(const Emitter *e, const Node *part) {
    Str deletion = node_get_str(part, S("deletion"));
    if (!deletion.len)
        return;
    bool keep =
        str_eq(deletion, S("retain")) && !template_truth(resource_get(e->self, S("ephemeral")));
    put(e, keep ? S("\n    DeletionPolicy: RetainExceptOnCreate\n    UpdateReplacePolicy: Retain")
                : S("\n    DeletionPolicy: Delete\n    UpdateReplacePolicy: Delete"));
}

static bool refers_to(const Emitter *e, const Node *n, const Resource *res, Str part) {
    if (n->type == NODE_TEXT)
        for (uint32_t i = 0; i < n->count; i++) {
            const Piece *piece = &n->pieces[i];
            const Attr *attr = piece->kind == PIECE_ATTR && piece->res == res
                                   ? kind_attr(res->kind, piece->text)
                                   : NULL;
            if (attr && !attr->spelled_only && str_eq(attr->part, part) && emit_is_here(e, res))
                return true;
        }
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        if (refers_to(e, n->items[i], res, part))
            return true;
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        if (refers_to(e, n->entries[i].value, res, part))
            return true;
    return false;
}

// What the part refers to comes before it anyway, and is not said again.
static void put_needs(const Emitter *e, const Node *part) {
    const Node *needs = emit_needs(e, part), *properties = node_get(part, S("Properties"));
    bool first = true;
    for (uint32_t i = 0; i < needs->count; i++) {
        const Node *own = needs->items[i]->type == NODE_MAP ? needs->items[i] : NULL;
        Resource *need = own ? e->self : needs->items[i]->res;
        const Node *parts = scope_render(e->unit, need, need->kind->cfn_headers);
        for (uint32_t j = 0; parts && j < parts->count; j++) {
            Str name = node_get_str(parts->items[j], S("part"));
            if ((own && !str_eq(name, node_get_str(own, S("part")))) ||
                (properties && refers_to(e, properties, need, name)))
                continue;
            put(e, first ? S("\n    DependsOn: [") : S(", "));
            cfn_put_logical_id(e, need, name);
            first = false;
        }
    }
    if (!first)
        put(e, S("]"));
}

static Node *with_tags(const Emitter *e, const Node *part, Node *properties) {
    Str style = node_get_str(part, S("tags"));
    Node *tags = style.len ? emit_tags(e->unit, e->self, true) : NULL;
    if (!tags)
        return properties;
    Node *tagged = node_map(e->unit->arena, part->loc);
    for (uint32_t i = 0; properties && i < properties->count; i++)
        node_entry(e->unit->arena, tagged, properties->entries[i].key,
                   properties->entries[i].value);
    Str key = node_get_str(part, S("tags-in"));
    node_set(e->unit->arena, tagged, key.len ? key : S("Tags"),
             str_eq(style, S("list")) ? tag_list(e->unit, tags) : tags);
    return tagged;
}

// UpdatePolicy, Metadata and the like.
static void put_other_attributes(const Emitter *e, const Node *part) {
    for (uint32_t i = 0; i < part->count; i++) {
        Str key = part->entries[i].key->text;
        bool is_attribute = key.len && key.ptr[0] >= 'A' && key.ptr[0] <= 'Z';
        if (!is_attribute || str_eq(key, S("Type")) || str_eq(key, S("Properties")))
            continue;
        buf_fmt(&e->out->text, "\n    %.*s:", SFMT(key));
        cfn_put_value(e, part->entries[i].value, 3);
    }
}

static void put_properties(const Emitter *e, const Node *properties) {
    size_t most = e->unprinted ? cfn_most(e, properties, 3) : 0;
    if (e->unprinted)
        *e->unprinted = most > SIZE_MAX - *e->unprinted ? SIZE_MAX : *e->unprinted + most;
    else
        cfn_put_entries(e, properties, 3);
}

static void put_part(const Emitter *e, const Node *part) {
    put(e, S("\n  "));
    cfn_put_logical_id(e, e->self, node_get_str(part, S("part")));
    put(e, S(":\n    Type: "));
    put(e, node_get_str(part, S("Type")));
    if (part->when) {
        put(e, S("\n    Condition: "));
        cfn_put_condition_name(e, part->when);
    }
    put_needs(e, part);
    put_deletion(e, part);
    put_other_attributes(e, part);
    Node *properties = with_tags(e, part, node_get(part, S("Properties")));
    if (properties && properties->count) {
        Emitter inner = *e;
        inner.given = part->when;
        put(e, S("\n    Properties:"));
        put_properties(&inner, properties);
    }
}

static void put_resource(const Emitter *e) {
    const Node *parts = emit_parts(e->unit, e->self, TARGET_CFN);
    if (parts && e->self->head == e->self && e->self->axis == AXIS_NONE)
        buf_fmt(&e->out->text, "\n  # %.*s%s%.*s", SFMT(e->self->kind->section),
                e->self->path.len ? "." : "", SFMT(e->self->path));
    for (uint32_t i = 0; parts && i < parts->count; i++)
        put_part(e, parts->items[i]);
}

static bool is_emitted(const Resource *r) {
    return !r->existing.len && r->axis != AXIS_RUNTIME && r->kind->cloudformation;
}

// The resources of a stack as text, with slots for the items if there are any.
static Stencil *print_resources(Emitter *e, Arena *a) {
    const Stack *s = e->stack;
    Stencil *stencils = arena_new(a, Stencil, s->count + 1);
    for (size_t i = 0; i < s->count; i++) {
        stencils[i].arena = a;
        stencils[i].text.arena = a;
        e->self = s->resources[i];
        e->out = &stencils[i];
        if (is_emitted(e->self))
            put_resource(e);
        if (e->unprinted)
            unit_forget(e->unit);
    }
    return stencils;
}

static void fill_resources(const Stack *s, const Stencil *stencils, Buf *out) {
    for (size_t j = 0; j < s->count && s->axis == AXIS_NONE; j++)
        buf_put(out, buf_str(&stencils[j].text));
    size_t each = 0;
    for (size_t j = 0; j < s->count; j++)
        each += stencils[j].text.len + 16 * stencils[j].count; // what values may take, about
    if (s->items.count)
        buf_room(out, each * s->items.count);
    for (size_t i = 0; i < s->items.count; i++) {
        Filling of = {.item = &s->items.list[i]};
        for (size_t j = 0; j < s->count; j++)
            stencil_fill(&stencils[j], &of, out);
    }
}

static Str cfn_type(const Param *p) {
    if (param_is_optional(p))
        return S("String");
    return str_eq(p->type, S("number")) ? S("Number")
           : str_eq(p->type, S("list")) ? S("CommaDelimitedList")
                                        : S("String");
}

// A list's default is its items between commas.
static void put_default(const Emitter *e, const Param *p) {
    if (!p->value)
        return;
    put(e, S("\n    Default:"));
    if (!node_is_list(p->value)) {
        cfn_put_value(e, p->value, 3);
        return;
    }
    Buf joined = {.arena = e->unit->arena};
    for (uint32_t i = 0; i < p->value->count; i++)
        buf_fmt(&joined, "%s%.*s", i ? "," : "", SFMT(node_str(p->value->items[i])));
    cfn_put_value(e, node_string(e->unit->arena, buf_keep(&joined, e->unit->arena), p->loc), 3);
    buf_free(&joined);
}

static void put_params(const Emitter *e) {
    const ParamUse *use = e->params;
    bool conditions = false;
    if (use->count)
        put(e, S("Parameters:"));
    for (size_t i = 0; i < use->count; i++) {
        const Param *p = use->list[i];
        put(e, S("\n  "));
        put(e, cfn_param_id(e->unit->arena, p));
        put(e, S(":\n    Type: "));
        put(e, cfn_type(p));
        if (p->doc.len) {
            put(e, S("\n    Description:"));
            cfn_put_value(e, node_string(e->unit->arena, p->doc, p->loc), 3);
        }
        put_default(e, p);
        if (param_is_optional(p))
            put(e, str_eq(p->type, S("number"))
                       ? S("\n    Default: \"\"\n    AllowedPattern: \"[0-9]*\"")
                       : S("\n    Default: \"\""));
        conditions = conditions || param_is_optional(p);
    }
    if (use->count)
        put(e, S("\n"));
    if (conditions)
        put(e, S("Conditions:"));
    for (size_t i = 0; i < use->count; i++) {
        if (!param_is_optional(use->list[i]))
            continue;
        put(e, S("\n  "));
        cfn_put_condition_name(e, use->list[i]);
        put(e, S(": {Fn::Not: [{Fn::Equals: [{Ref: "));
        put(e, cfn_param_id(e->unit->arena, use->list[i]));
        put(e, S("}, \"\"]}]}"));
    }
    if (conditions)
        put(e, S("\n"));
}

static void put_outputs(Emitter *e) {
    const Stack *s = e->stack;
    if (s->output_count)
        put(e, S("Outputs:"));
    e->self = NULL;
    for (size_t i = 0; i < s->output_count; i++) {
        put(e, S("\n  "));
        put(e, pascal_case(e->unit->arena, s->outputs[i].name));
        put(e, S(":\n    Value:"));
        cfn_put_value(e, s->outputs[i].value, 3);
    }
    if (s->output_count)
        put(e, S("\n"));
}

static void put_header(const Emitter *e) {
    const Unit *u = e->unit;
    buf_fmt(&e->out->text,
            "# Made by wgen from the spec of %.*s: change that, then `wgen build`.\n",
            SFMT(u->system));
    put(e, S("AWSTemplateFormatVersion: \"2010-09-09\"\nDescription:"));
    Str doc = node_str(resource_get(u->self, S("doc")));
    Str words =
        str_fmt(u->arena, "%.*s%s%.*s", SFMT(e->stack->name), doc.len ? ": " : "", SFMT(doc));
    cfn_put_value(e, node_string(u->arena, str_cut(words, 0, 1024), u->root->loc), 1);
    put(e, S("\n"));
}

static void too_much(const Emitter *e, size_t count, const char *what, size_t most) {
    const Unit *u = e->unit;
    if (count <= most)
        return;
    diag_error(u->diags, u->root->loc, "template-too-large",
               "the template of stack `%.*s` would have %zu %s", SFMT(e->stack->name), count, what);
    diag_note(u->diags, "CloudFormation quotas: %zu in a template", most);
    diag_help(u->diags, "divide what is in it: what a workflow defines is in the workflow's stack");
}

// CloudFormation quotas: 1 MB in S3, 200 parameters, 200 outputs. cfn-lint counts 1,000,000 bytes.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
enum { BYTES_MOST = 1000000, OUTPUTS_MOST = 200 };

static void check_limits(const Emitter *e, const Buf *out) {
    too_much(e, out->len, "bytes", BYTES_MOST);
    too_much(e, e->params->count, "parameters, or more", PARAMS_MOST);
    too_much(e, e->stack->output_count, "outputs", OUTPUTS_MOST);
}

static void put_template(Emitter *e, const Stencil *resources, Buf *out) {
    Stencil text = {.arena = e->unit->arena, .text = {.arena = e->unit->arena}}, outputs = text;
    e->out = &outputs; // before the parameters, which they may need
    put_outputs(e);
    e->out = &text;
    put_header(e);
    put_params(e);
    buf_put(out, buf_str(&text.text));
    buf_put(out, S("Resources:"));
    fill_resources(e->stack, resources, out);
    buf_char(out, '\n');
    buf_put(out, buf_str(&outputs.text));
    buf_free(&text.text);
    buf_free(&outputs.text);
}

static void free_resources(const Stack *s, Stencil *resources) {
    for (size_t i = 0; i < s->count; i++)
        buf_free(&resources[i].text);
}

// Whether a template that nobody reads keeps all limits. False: it has to be printed to see.
static bool is_surely_small(Unit *u, const Stack *s) {
    ParamUse params = {0};
    size_t unprinted = 0;
    Arena own = {.on_oom = u->arena->on_oom, .oom_arg = u->arena->oom_arg};
    Unit brief = *u;    // what is made of one resource is in the cache if it is made where that of
    brief.arena = &own; // the last one was
    Emitter e = {.unit = &brief, .stack = s, .params = &params, .unprinted = &unprinted};
    Buf out = {.arena = u->arena};
    Stencil *resources = print_resources(&e, u->arena);
    arena_free(&own);
    e.unit = u;
    put_template(&e, resources, &out);
    bool small = unprinted < BYTES_MOST && out.len + unprinted < BYTES_MOST &&
                 params.count < PARAMS_MOST && s->output_count < OUTPUTS_MOST;
    free_resources(s, resources);
    buf_free(&out);
    return small;
}

void emit_cfn(Unit *u, Stacks stacks, Outbox *box) {
    ParamUse params = {0};
    Emitter e = {.unit = u, .stack = stacks.list[0], .params = &params};
    if (box->unread && e.stack->axis == AXIS_NONE && is_surely_small(u, e.stack))
        return;
    Stencil *resources = print_resources(&e, u->arena);
    for (size_t i = 0; i < stacks.count; i++) {
        const Stack *s = e.stack = stacks.list[i];
        Buf *out = outbox_add(box, str_fmt(u->arena, "cloudformation/%.*s.yaml", SFMT(s->name)));
        put_template(&e, resources, out);
        check_limits(&e, out);
    }
    free_resources(stacks.list[0], resources);
}
