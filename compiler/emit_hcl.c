// emit_hcl.c - Terraform root modules.
#include "build.h"
#include "hcl_value.h"
#include "json.h"
#include "scope.h"
#include "spec.h"

static bool is_emitted(const Resource *r) {
    return !r->existing.len && r->axis != AXIS_RUNTIME && r->kind->terraform;
}

static Str axis_local(Axis axis) {
    return axis == AXIS_USER ? S("users") : S("projects");
}

static void put_depends_on(Hcl *h, const Emitter *e, const Node *part) {
    const Node *needs = emit_needs(e, part);
    if (!needs->count)
        return;
    hcl_blank(h);
    hcl_line(h, "depends_on = [");
    h->depth++;
    for (uint32_t i = 0; i < needs->count; i++) {
        const Node *own = needs->items[i]->type == NODE_MAP ? needs->items[i] : NULL;
        Resource *need = own ? e->self : needs->items[i]->res;
        const Node *parts = scope_render(e->unit, need, need->kind->tf_headers);
        for (uint32_t j = 0; parts && j < parts->count; j++) {
            Str part_name = node_get_str(parts->items[j], S("part"));
            if (own && !str_eq(part_name, node_get_str(own, S("part"))))
                continue;
            Str type = node_get_str(parts->items[j], S("resource"));
            Str name = hcl_name(e->unit, need, part_name);
            hcl_line(h, "%.*s.%.*s,", SFMT(type), SFMT(name));
        }
    }
    h->depth--;
    hcl_line(h, "]");
}

// What holds data cannot be destroyed by a plan; but a user, with all that is theirs, can go.
static Node *with_lifecycle(const Emitter *e, const Node *part, Node *body) {
    bool keep = str_eq(node_get_str(part, S("deletion")), S("retain")) &&
                e->self->axis == AXIS_NONE &&
                !template_truth(resource_get(e->self, S("ephemeral")));
    if (!keep)
        return body;
    Arena *a = e->unit->arena;
    Node *lifecycle = node_map(a, part->loc);
    lifecycle->tag = TAG_BLOCK;
    node_set(a, lifecycle, S("prevent_destroy"), node_bool(a, true, part->loc));
    Node *over = node_map(a, part->loc);
    node_set(a, over, S("lifecycle"), lifecycle);
    Node *merged = spec_merge(a, body, over);
    const Entry *both = node_find(merged, S("lifecycle"));
    both->value->tag = TAG_BLOCK;
    return merged;
}

static Node *with_tags(const Emitter *e, const Node *part, Node *body) {
    Node *tags = node_get_str(part, S("tags")).len ? emit_tags(e->unit, e->self, false) : NULL;
    if (!tags)
        return body;
    Arena *a = e->unit->arena;
    Node *tagged = node_map(a, part->loc);
    node_set(a, tagged, S("tags"), tags);
    // Tags stand behind the plain arguments and before the blocks.
    Node *merged = node_map(a, part->loc);
    bool done = false;
    for (uint32_t i = 0; body && i < body->count; i++) {
        if (body->entries[i].value->tag == TAG_BLOCK && !done) {
            node_set(a, merged, S("tags"), tags);
            done = true;
        }
        node_entry(a, merged, body->entries[i].key, body->entries[i].value);
    }
    if (!done)
        node_set(a, merged, S("tags"), tags);
    return merged;
}

static void put_part(Hcl *h, const Emitter *e, const Node *part) {
    Resource *r = e->self;
    Arena *a = e->unit->arena;
    Node *body = with_lifecycle(e, part, with_tags(e, part, node_get(part, S("body"))));
    Str name = hcl_name(e->unit, r, node_get_str(part, S("part")));
    hcl_blank(h);
    hcl_line(h, "resource \"%.*s\" \"%.*s\" {", SFMT(node_get_str(part, S("resource"))),
             SFMT(name));
    h->depth++;
    bool fanned = resource_is_fanned(r);
    if (fanned) {
        hcl_assign(h, S("for_each"), str_fmt(a, "local.%.*s", SFMT(axis_local(r->axis))));
    } else if (part->when) {
        emit_use_param(e, part->when);
        hcl_assign(h, S("count"),
                   str_fmt(a, "var.%.*s == null ? 0 : 1", SFMT(snake_case(a, part->when->name))));
    }
    if (fanned || part->when)
        hcl_blank(h);
    if (body)
        hcl_body(h, body);
    put_depends_on(h, e, part);
    hcl_flush(h);
    h->depth--;
    hcl_line(h, "}");
}

// Whichever name the state has it under, it is moved and not made anew: from each to the next one.
static void put_moves(Hcl *h, const Emitter *e, const Node *part) {
    const Resource *r = e->self;
    Arena *a = e->unit->arena;
    Str type = node_get_str(part, S("resource")), name = node_get_str(part, S("part"));
    for (size_t i = 0; r->former && i < r->former->count; i++) {
        Str next = i + 1 < r->former->count ? r->tf_former[i + 1] : r->tf;
        if (str_eq(r->tf_former[i], next) || str_eq(r->tf_former[i], r->tf))
            continue; // it has its first name again
        hcl_blank(h);
        hcl_line(h, "moved {");
        h->depth++;
        hcl_assign(h, S("from"),
                   str_fmt(a, "%.*s.%.*s", SFMT(type),
                           SFMT(hcl_name_as(e->unit, r, name, r->tf_former[i]))));
        hcl_assign(h, S("to"),
                   str_fmt(a, "%.*s.%.*s", SFMT(type), SFMT(hcl_name_as(e->unit, r, name, next))));
        hcl_flush(h);
        h->depth--;
        hcl_line(h, "}");
    }
}

static void put_resource(Hcl *h, const Emitter *e) {
    const Node *parts = emit_parts(e->unit, e->self, TARGET_TF);
    for (uint32_t i = 0; parts && i < parts->count; i++) {
        put_part(h, e, parts->items[i]);
        put_moves(h, e, parts->items[i]);
    }
}

// Says what there is to say of a resource that nobody reads. Of its tags, only the user's name
// anything. False: it has to be printed to see.
static bool is_looked_at(const Emitter *e) {
    const Node *parts = emit_parts(e->unit, e->self, TARGET_TF);
    Node *tags = resource_get(e->self, S("tags"));
    bool done = true;
    for (uint32_t i = 0; parts && i < parts->count && done; i++) {
        const Node *part = parts->items[i];
        Node *body = node_get(part, S("body"));
        bool has_tags = tags && node_get_str(part, S("tags")).len;
        done = (!body || emit_look(e, body)) && (!has_tags || emit_look(e, tags));
    }
    return done;
}

static void put_resources(Hcl *h, Emitter *e) {
    Arena own = {.on_oom = e->unit->arena->on_oom, .oom_arg = e->unit->arena->oom_arg};
    Unit brief = *e->unit; // as in emit_cfn.c
    brief.arena = &own;
    hcl_line(h, "# Made by wgen from the spec of %.*s: change that, then `wgen build`.",
             SFMT(e->unit->system));
    for (size_t i = 0; i < e->stack->count; i++) {
        e->self = e->stack->resources[i];
        Emitter look = *e;
        look.unit = &brief;
        if (is_emitted(e->self) && !(h->unread && is_looked_at(&look)))
            put_resource(h, e);
        unit_forget(&brief);
    }
    arena_free(&own);
    hcl_flush(h);
}

static void put_outputs(Hcl *h, Emitter *e) {
    e->self = NULL;
    for (size_t i = 0; i < e->stack->output_count; i++) {
        const Output *output = &e->stack->outputs[i];
        if (i > 0)
            hcl_blank(h);
        hcl_line(h, "output \"%.*s\" {", SFMT(output->name));
        h->depth++;
        hcl_attribute(h, S("value"), output->value);
        hcl_flush(h);
        h->depth--;
        hcl_line(h, "}");
    }
}

static Str tf_type(const Param *p) {
    return str_eq(p->type, S("list")) ? S("list(string)") : p->type;
}

static void put_variables(Hcl *h, const ParamUse *use) {
    for (size_t i = 0; i < use->count; i++) {
        const Param *p = use->list[i];
        if (i > 0)
            hcl_blank(h);
        hcl_line(h, "variable \"%.*s\" {", SFMT(snake_case(h->emitter->unit->arena, p->name)));
        h->depth++;
        hcl_assign(h, S("type"), tf_type(p));
        if (p->doc.len)
            hcl_attribute(h, S("description"),
                          node_string(h->emitter->unit->arena, p->doc, p->loc));
        if (p->value)
            hcl_attribute(h, S("default"), p->value);
        else if (param_is_optional(p))
            hcl_assign(h, S("default"), S("null"));
        hcl_flush(h);
        h->depth--;
        hcl_line(h, "}");
    }
}

// The system's key is that of its first shared stack; the other stacks have states beside it.
static Node *state_key(const Emitter *e, Node *key) {
    Unit *u = e->unit;
    Node *value = scope_pattern(u, u->self, key, NULL);
    if (!value || e->stack == u->base)
        return value;
    Str text = node_str(value);
    size_t cut = text.len;
    while (cut > 0 && text.ptr[cut - 1] != '/')
        cut--;
    return node_string(
        u->arena, str_fmt(u->arena, "%.*s%.*s.tfstate", (int)cut, text.ptr, SFMT(e->stack->name)),
        key->loc);
}

static void put_backend(Hcl *h, const Emitter *e) {
    const Node *s3 = node_get(resource_get(e->unit->self, S("backend")), S("s3"));
    if (!s3)
        return;
    Node *region = node_get(s3, S("region"));
    if (!region)
        region = resource_get(e->unit->self, S("region"));
    hcl_blank(h);
    hcl_line(h, "backend \"s3\" {");
    h->depth++;
    hcl_attribute(h, S("bucket"),
                  scope_pattern(e->unit, e->unit->self, node_get(s3, S("bucket")), NULL));
    hcl_attribute(h, S("key"), state_key(e, node_get(s3, S("key"))));
    if (region)
        hcl_attribute(h, S("region"), region);
    hcl_assign(h, S("encrypt"), S("true"));
    if (template_truth(node_get(s3, S("locking"))))
        hcl_assign(h, S("use_lockfile"), S("true"));
    hcl_flush(h);
    h->depth--;
    hcl_line(h, "}");
}

static void put_terraform(Hcl *h, const Emitter *e) {
    hcl_line(h, "terraform {");
    h->depth++;
    hcl_assign(h, S("required_version"), S("\">= 1.10\""));
    hcl_blank(h);
    hcl_line(h, "required_providers {");
    h->depth++;
    hcl_line(h, "aws = {");
    h->depth++;
    hcl_assign(h, S("source"), S("\"hashicorp/aws\""));
    hcl_assign(h, S("version"), S("\"~> 6.0\""));
    hcl_flush(h);
    h->depth--;
    hcl_line(h, "}");
    h->depth--;
    hcl_line(h, "}");
    put_backend(h, e);
    h->depth--;
    hcl_line(h, "}");
}

static void put_provider(Hcl *h, const Emitter *e) {
    Unit *u = e->unit;
    hcl_blank(h);
    hcl_line(h, "provider \"aws\" {");
    h->depth++;
    Node *region = resource_get(u->self, S("region"));
    Str account = spec_account(u->root, u->env);
    if (region)
        hcl_attribute(h, S("region"), region);
    if (account.len) // what is planned with another account's credentials is refused
        hcl_assign(h, S("allowed_account_ids"), str_fmt(u->arena, "[\"%.*s\"]", SFMT(account)));
    if (region || account.len)
        hcl_blank(h);
    Node *tags = emit_tags(u, u->self, true);
    Node *defaults = node_map(u->arena, u->root->loc);
    node_set(u->arena, defaults, S("tags"), tags);
    hcl_block(h, S("default_tags"), defaults);
    h->depth--;
    hcl_line(h, "}");
}

static void put_data(Hcl *h, const char *type) {
    hcl_blank(h);
    hcl_line(h, "data \"%s\" \"current\" {}", type);
}

static void put_locals(Hcl *h, const Stack *s) {
    if (s->axis == AXIS_NONE)
        return;
    Str name = axis_local(s->axis);
    hcl_blank(h);
    hcl_line(h, "locals {");
    h->depth++;
    hcl_assign(h, name,
               str_fmt(h->emitter->unit->arena, "jsondecode(file(\"${path.module}/%.*s.json\"))",
                       SFMT(name)));
    hcl_flush(h);
    h->depth--;
    hcl_line(h, "}");
}

// What resources need of a user's fields, in the units of the target.
static void put_filtered(const Hcl *h, const Item *item, Buf *out) {
    Arena *a = h->emitter->unit->arena;
    for (uint32_t i = 0; i < h->filtered->count; i++) {
        Str piece = h->filtered->items[i]->text;
        buf_put(out, S(", "));
        json_string(out, item_field(a, piece));
        buf_fmt(out, ": %.*s", SFMT(item_value(a, item, piece)));
    }
}

// In quotes. Nothing in it needs an escape.
static void put_key(const Item *item, Buf *out) {
    buf_char(out, '"');
    buf_put(out, item->project);
    if (item->user.len) {
        buf_char(out, '/');
        buf_put(out, item->user);
    }
    buf_char(out, '"');
}

// One line an item: a review shows who came and who went.
static void put_items(const Hcl *h, const Stack *s, Buf *out) {
    buf_put(out, S("{"));
    for (size_t i = 0; i < s->items.count; i++) {
        const Item *item = &s->items.list[i];
        buf_put(out, i ? S(",\n  ") : S("\n  "));
        put_key(item, out);
        buf_put(out, S(": {\"project\": "));
        json_string(out, item->project);
        if (item->user.len) {
            buf_put(out, S(", \"user\": "));
            json_string(out, item->user);
        }
        for (uint32_t j = 0; item->fields && j < item->fields->count; j++) {
            buf_put(out, S(", "));
            json_string(out, item->fields->entries[j].key->text);
            buf_put(out, S(": "));
            json_print(out, item->fields->entries[j].value, 0, false);
        }
        put_filtered(h, item, out);
        buf_char(out, '}');
    }
    buf_put(out, S("\n}\n"));
}

static Buf *add_file(const Emitter *e, Outbox *box, Str name) {
    return outbox_add(
        box, str_fmt(e->unit->arena, "terraform/%.*s/%.*s", SFMT(e->stack->name), SFMT(name)));
}

static void put_module(Hcl *h, Emitter *e, const Buf *resources, Outbox *box) {
    const Stack *s = e->stack;
    Arena *a = e->unit->arena;
    buf_put(add_file(e, box, S("main.tf")), buf_str(resources));
    if (s->output_count) {
        h->out = add_file(e, box, S("outputs.tf"));
        put_outputs(h, e);
    }
    if (e->params->count) {
        h->out = add_file(e, box, S("variables.tf"));
        put_variables(h, e->params);
    }
    h->out = add_file(e, box, S("terraform.tf"));
    put_terraform(h, e);
    put_provider(h, e);
    if (h->uses_account)
        put_data(h, "aws_caller_identity");
    if (h->uses_partition)
        put_data(h, "aws_partition");
    if (h->uses_region)
        put_data(h, "aws_region");
    put_locals(h, s);
    hcl_flush(h);
    if (s->axis != AXIS_NONE)
        put_items(h, s, add_file(e, box, str_fmt(a, "%.*s.json", SFMT(axis_local(s->axis)))));
}

void emit_hcl(Unit *u, Stacks stacks, Outbox *box) {
    ParamUse params = {0};
    Emitter e = {.unit = u, .stack = stacks.list[0], .params = &params};
    Buf resources = {.arena = u->arena};
    Hcl h = {.emitter = &e, .out = &resources, .chain = {.arena = u->arena}, .unread = box->unread};
    h.filtered = node_list(u->arena, (Loc){0});
    put_resources(&h, &e);
    for (size_t i = 0; i < stacks.count; i++) {
        e.stack = stacks.list[i];
        put_module(&h, &e, &resources, box);
    }
    buf_free(&h.chain);
    buf_free(&resources);
}
