// cfn_value.c - values in CloudFormation's YAML: what needs quotes, and how references are spelled.
// YAML 1.1 and 1.2 read what it prints alike.
#include "cfn_value.h"

#include "build.h"
#include "json.h"
#include "yaml.h"

#include <string.h>

static void put(const Emitter *e, Str s) {
    buf_put(&e->out->text, s);
}

static void put_indent(const Emitter *e, unsigned depth) {
    buf_fill(&e->out->text, ' ', depth * 2);
}

// Characters that need no quotes where they stand inside a plain scalar, in flow or block.
static bool is_plain_char(char c) {
    bool word =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= ':'); // -./0-9:
    return word || c == ' ' || c == '_' || c == '+' || c == '=' || c == '@' || c == '$' ||
           c == '(' || c == ')' || c == '*';
}

static bool can_begin_plain(char c) {
    return is_plain_char(c) && !strchr("-:+=@()* ", c);
}

static bool can_be_plain(Str s) {
    if (!s.len || !can_begin_plain(s.ptr[0]) || s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == ':')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_plain_char(s.ptr[i]))
            return false;
        if (s.ptr[i] == ':' && s.ptr[i + 1] == ' ') // it does not end in one
            return false;
    }
    return yaml_is_plain_string(s);
}

static bool can_be_block(Str s) {
    bool lines = false;
    if (!s.len || s.ptr[0] == ' ' || s.ptr[0] == '\n' || s.ptr[s.len - 1] == ' ')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\n') {
            lines = true;
            if (i > 0 && s.ptr[i - 1] == ' ')
                return false;
        } else if (s.ptr[i] < 0x20 || s.ptr[i] > 0x7E) {
            return false;
        }
    }
    return lines;
}

static void put_block(const Emitter *e, Str s, unsigned depth) {
    bool newline = s.ptr[s.len - 1] == '\n';
    put(e, newline ? S("|") : S("|-"));
    Str line, rest = newline ? str_cut(s, 0, s.len - 1) : s;
    while (str_split(&rest, '\n', &line)) {
        put(e, S("\n"));
        if (line.len)
            put_indent(e, depth);
        put(e, line);
    }
}

static void put_string(const Emitter *e, Str s, unsigned depth) {
    if (can_be_plain(s))
        put(e, s);
    else if (can_be_block(s))
        put_block(e, s, depth);
    else
        json_string(&e->out->text, s); // YAML reads every JSON string as JSON does
}

static void put_scalar(const Emitter *e, const Node *n, unsigned depth) {
    if (node_scalar_type(n) == SCALAR_STRING)
        put_string(e, n->text, depth);
    else
        put(e, n->text.len ? n->text : S("null"));
}

static Str pseudo(Str name) {
    return str_eq(name, S("account"))  ? S("AWS::AccountId")
           : str_eq(name, S("region")) ? S("AWS::Region")
                                       : S("AWS::Partition");
}

void cfn_put_logical_id(const Emitter *e, const Resource *r, Str part) {
    put(e, r->logical);
    if (resource_is_fanned(r))
        stencil_id(e->out);
    put(e, pascal_case(e->unit->arena, part));
}

Str cfn_param_id(Arena *a, const Param *param) {
    return pascal_case(a, param->name);
}

// A reference inside Fn::Sub, without its braces.
static void put_sub_name(const Emitter *e, const Piece *piece) {
    if (piece->kind == PIECE_PARAM) {
        emit_use_param(e, piece->param);
        put(e, cfn_param_id(e->unit->arena, piece->param));
    } else if (piece->kind == PIECE_DEPLOY) {
        put(e, pseudo(piece->text));
    } else {
        const Attr *attr = kind_attr(piece->res->kind, piece->text);
        cfn_put_logical_id(e, piece->res, attr->part);
        if (attr->cfn.len) {
            put(e, S("."));
            put(e, attr->cfn);
        }
    }
}

static void put_reference(const Emitter *e, const Piece *piece) {
    const Attr *attr = piece->kind == PIECE_ATTR ? kind_attr(piece->res->kind, piece->text) : NULL;
    if (attr && attr->cfn.len) {
        put(e, S("{Fn::GetAtt: ["));
        cfn_put_logical_id(e, piece->res, attr->part);
        put(e, S(", "));
        put(e, attr->cfn);
        put(e, S("]}"));
        return;
    }
    put(e, S("{Ref: "));
    put_sub_name(e, piece);
    put(e, S("}"));
}

void cfn_put_condition_name(const Emitter *e, const Param *param) {
    emit_use_param(e, param);
    put(e, S("Has"));
    put(e, cfn_param_id(e->unit->arena, param));
}

static bool is_open(const Piece *piece) {
    return piece->kind == PIECE_ATTR || piece->kind == PIECE_DEPLOY || piece->kind == PIECE_PARAM;
}

static void put_literal_pieces(const Emitter *e, const Node *n) {
    put(e, S("\""));
    for (uint32_t i = 0; i < n->count; i++) {
        const Piece *piece = &n->pieces[i];
        if (piece->kind == PIECE_ITEM)
            stencil_slot(e->out, piece->text);
        else if (piece->kind == PIECE_RUNTIME)
            put(e, S("*"));
        else
            json_escape(&e->out->text, piece->text);
    }
    put(e, S("\""));
}

// Names of items need no quotes, unless nothing else says that the value is a string; what a filter
// makes of a field is a number.
static bool pieces_can_be_plain(Arena *a, const Node *n) {
    if (n->count == 1 && n->pieces[0].kind == PIECE_ITEM)
        return str_find(n->pieces[0].text, S(" | ")) >= 0;
    if (n->pieces[0].kind != PIECE_LITERAL || !can_be_plain(S("x")))
        return false;
    Buf sample = {.arena = a};
    for (uint32_t i = 0; i < n->count; i++) {
        bool field = n->pieces[i].kind == PIECE_ITEM && str_starts(n->pieces[i].text, S("user."));
        buf_put(&sample, n->pieces[i].kind == PIECE_LITERAL ? n->pieces[i].text
                         : field                            ? S("\n")
                                                            : S("x"));
    }
    bool plain = can_be_plain(buf_str(&sample));
    buf_free(&sample);
    return plain;
}

static void put_item_text(const Emitter *e, const Node *n) {
    if (!pieces_can_be_plain(e->unit->arena, n)) {
        put_literal_pieces(e, n);
        return;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->pieces[i].kind == PIECE_ITEM)
            stencil_slot(e->out, n->pieces[i].text);
        else
            put(e, n->pieces[i].kind == PIECE_RUNTIME ? S("*") : n->pieces[i].text);
    }
}

// `${` in the user's own text cannot always be escaped in Fn::Sub: such a text is joined.
static void put_join(const Emitter *e, const Node *n) {
    put(e, S("{Fn::Join: [\"\", ["));
    for (uint32_t i = 0; i < n->count; i++) {
        const Piece *piece = &n->pieces[i];
        if (i > 0)
            put(e, S(", "));
        if (is_open(piece)) {
            put_reference(e, piece);
        } else if (piece->kind == PIECE_ITEM) {
            put(e, S("\""));
            stencil_slot(e->out, piece->text);
            put(e, S("\""));
        } else {
            json_string(&e->out->text, piece->kind == PIECE_RUNTIME ? S("*") : piece->text);
        }
    }
    put(e, S("]]}"));
}

static void put_sub_pieces(const Emitter *e, const Node *n, bool escaped) {
    for (uint32_t i = 0; i < n->count; i++) {
        const Piece *piece = &n->pieces[i];
        if (is_open(piece)) {
            put(e, S("${"));
            put_sub_name(e, piece);
            put(e, S("}"));
        } else if (piece->kind == PIECE_ITEM) {
            stencil_slot(e->out, piece->text);
        } else if (piece->kind == PIECE_RUNTIME) {
            put(e, S("*"));
        } else if (escaped) {
            json_escape(&e->out->text, piece->text);
        } else {
            put(e, piece->text);
        }
    }
}

static bool has_line_ends(const Node *n) {
    for (uint32_t i = 0; i < n->count; i++)
        if (n->pieces[i].kind == PIECE_LITERAL && str_find(n->pieces[i].text, S("\n")) >= 0)
            return true;
    return false;
}

// Text of several lines, such as JSON, as a block: the lines of its literals take the indentation.
static void put_sub_block(const Emitter *e, const Node *n, unsigned depth) {
    Node *indented = node_text(e->unit->arena, n->loc);
    for (uint32_t i = 0; i < n->count; i++) {
        Piece piece = n->pieces[i];
        if (piece.kind == PIECE_LITERAL) {
            Buf b = {.arena = e->unit->arena};
            for (size_t j = 0; j < piece.text.len; j++) {
                buf_char(&b, piece.text.ptr[j]);
                if (piece.text.ptr[j] == '\n')
                    buf_fill(&b, ' ', (depth + 1) * 2);
            }
            piece.text = buf_keep(&b, e->unit->arena);
            buf_free(&b);
        }
        node_piece(e->unit->arena, indented, piece);
    }
    put(e, S("\n"));
    put_indent(e, depth);
    put(e, S("Fn::Sub: |-\n"));
    put_indent(e, depth + 1);
    put_sub_pieces(e, indented, false);
}

static void put_text(const Emitter *e, Node *n, unsigned depth, bool in_map) {
    n = emit_spell(e, n);
    if (n->type == NODE_SCALAR) {
        put_scalar(e, n, depth);
        return;
    }
    bool open = false, braces = false;
    for (uint32_t i = 0; i < n->count; i++) {
        open = open || is_open(&n->pieces[i]);
        braces = braces ||
                 (n->pieces[i].kind == PIECE_LITERAL && str_find(n->pieces[i].text, S("${")) >= 0);
    }
    if (!open) {
        put_item_text(e, n);
    } else if (n->count == 1) {
        put_reference(e, &n->pieces[0]);
    } else if (braces) {
        put_join(e, n);
    } else if (in_map && has_line_ends(n)) {
        put_sub_block(e, n, depth);
    } else {
        put(e, S("{Fn::Sub: \""));
        put_sub_pieces(e, n, true);
        put(e, S("\"}"));
    }
}

static void put_value(const Emitter *e, Node *n, unsigned depth, bool in_map);

static bool is_short_list(const Node *n) {
    size_t width = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        const Node *item = n->items[i];
        if (item->type != NODE_SCALAR || !can_be_plain(item->text) || strchr(item->text.ptr, ' '))
            return false;
        width += item->text.len + 2;
    }
    return width < 60;
}

static void put_entries(const Emitter *e, const Node *map, unsigned depth, bool first_is_here) {
    for (uint32_t i = 0; i < map->count; i++) {
        if (i > 0 || !first_is_here) {
            put(e, S("\n"));
            put_indent(e, depth);
        }
        put_string(e, map->entries[i].key->text, depth);
        put(e, S(":"));
        put_value(e, map->entries[i].value, depth + 1, true);
    }
}

// A list of items of a fan-out, written out: `body` once for each.
static void put_each(const Emitter *e, const Node *each, unsigned depth) {
    size_t count;
    Item **items = unit_sorted_items(e->unit->arena, e->unit, each->res->axis, &count);
    Node *body = each->with;
    for (size_t i = 0; i < count; i++) {
        Node *text = node_text(e->unit->arena, body->loc);
        for (uint32_t j = 0; j < body->count; j++) {
            Piece piece = body->pieces[j];
            if (piece.kind == PIECE_ITEM)
                piece =
                    (Piece){.kind = PIECE_LITERAL,
                            .text = arena_str(e->unit->arena,
                                              item_value(e->unit->arena, items[i], piece.text))};
            node_piece(e->unit->arena, text, piece);
        }
        put(e, S("\n"));
        put_indent(e, depth);
        put(e, S("- "));
        put_text(e, node_settle(e->unit->arena, text), depth, false);
    }
}

// A map of a few words, such as a tag: it stands on one line.
static bool is_short_map(const Node *map) {
    size_t width = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        const Node *value = map->entries[i].value;
        bool item =
            value->type == NODE_TEXT && value->count == 1 && value->pieces[0].kind == PIECE_ITEM;
        if (!item && (value->type != NODE_SCALAR || !can_be_plain(value->text)))
            return false;
        width += map->entries[i].key->text.len + (item ? 20 : value->text.len) + 4;
    }
    return map->count > 0 && width < 72;
}

static void put_short_map(const Emitter *e, const Node *map, unsigned depth) {
    put(e, S(" {"));
    for (uint32_t i = 0; i < map->count; i++) {
        if (i > 0)
            put(e, S(", "));
        put(e, map->entries[i].key->text);
        put(e, S(":"));
        put_value(e, map->entries[i].value, depth, false);
    }
    put(e, S("}"));
}

static void put_list(const Emitter *e, const Node *list, unsigned depth) {
    if (list->count == 0 || is_short_list(list)) {
        put(e, S(" ["));
        for (uint32_t i = 0; i < list->count; i++) {
            if (i > 0)
                put(e, S(", "));
            put(e, list->items[i]->text);
        }
        put(e, S("]"));
        return;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        Node *item = list->items[i];
        if (item->type == NODE_EACH) {
            put_each(e, item, depth);
            continue;
        }
        put(e, S("\n"));
        put_indent(e, depth);
        put(e, S("-"));
        if (item->type == NODE_MAP && !item->when && item->tag != TAG_JSON && is_short_map(item)) {
            put_short_map(e, item, depth);
        } else if (item->type == NODE_MAP && item->count && !item->when && item->tag != TAG_JSON) {
            put(e, S(" "));
            put_entries(e, item, depth + 1, true);
        } else {
            put_value(e, item, depth + 1, false);
        }
    }
}

// What is there only if a parameter is given.
static void put_if(const Emitter *e, const Param *param, Node *n, unsigned depth) {
    put(e, S("\n"));
    put_indent(e, depth);
    put(e, S("Fn::If:\n"));
    put_indent(e, depth + 1);
    put(e, S("- "));
    cfn_put_condition_name(e, param);
    put(e, S("\n"));
    put_indent(e, depth + 1);
    put(e, S("-"));
    Emitter inner = *e;
    inner.given = param;
    put_value(&inner, n, depth + 2, false);
    put(e, S("\n"));
    put_indent(e, depth + 1);
    put(e, S("- {Ref: AWS::NoValue}"));
}

static const Param *optional_param(const Emitter *e, const Node *n) {
    bool one = n->type == NODE_TEXT && n->count == 1 && n->pieces[0].kind == PIECE_PARAM &&
               n->pieces[0].param != e->given;
    return one && param_is_optional(n->pieces[0].param) ? n->pieces[0].param : NULL;
}

static void put_map(const Emitter *e, Node *n, unsigned depth) {
    if (n->when) {
        Node *there = node_map(e->unit->arena, n->loc);
        *there = *n;
        there->when = NULL;
        put_if(e, n->when, there, depth);
    } else if (n->count == 0) {
        put(e, S(" {}"));
    } else {
        put_entries(e, n, depth, false);
    }
}

// Puts what follows a key's colon or a list's dash, with the space or line end before it.
static void put_value(const Emitter *e, Node *n, unsigned depth, bool in_map) {
    if (n->tag == TAG_JSON && (n->type == NODE_MAP || n->type == NODE_LIST))
        n = json_text(e->unit->arena, n, true);
    if (n->type == NODE_MAP) {
        put_map(e, n, depth);
    } else if (n->type == NODE_LIST) {
        put_list(e, n, depth);
    } else if (n->type == NODE_TEXT && optional_param(e, n)) {
        put(e, S(" {Fn::If: ["));
        cfn_put_condition_name(e, n->pieces[0].param);
        put(e, S(", "));
        put_reference(e, &n->pieces[0]);
        put(e, S(", {Ref: AWS::NoValue}]}"));
    } else if (n->type == NODE_TEXT) {
        if (!in_map || !has_line_ends(n))
            put(e, S(" "));
        put_text(e, n, depth, in_map);
    } else {
        put(e, S(" "));
        put_scalar(e, n, depth);
    }
}

void cfn_put_value(const Emitter *e, Node *value, unsigned depth) {
    put_value(e, value, depth, true);
}

void cfn_put_entries(const Emitter *e, const Node *map, unsigned depth) {
    put_entries(e, map, depth, false);
}
