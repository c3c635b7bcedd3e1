// flow_read.c - what one state reads of what it is handed: paths, expressions, templates and rules.
#include "flow_data_parts.h"
#include "jsonata.h"
#include "service.h"
#include "stage.h"

// --- what is said

static bool says(const Reader *r) {
    r->an->has_to_say = r->an->has_to_say || !r->an->silent;
    return r->an->report && !r->an->silent;
}

// An imported definition runs already: what it reads is its own affair, and worth a word.
static void complain(const Reader *r, bool maybe, Loc at, const char *id, Str what) {
    if (maybe || r->an->machine->exact)
        diag_warn(r->an->unit->diags, at, id, "%.*s", SFMT(what));
    else
        diag_error(r->an->unit->diags, at, id, "%.*s", SFMT(what));
}

// "has `a`, `b`"
static Str fields_of(const Reader *r, const Data *d) {
    enum { SHOWN = 6 };
    Buf b = {.arena = r->an->arena};
    bool object = d && d->kind == DATA_OBJECT;
    if (!object || !d->count)
        buf_fmt(&b, "%s", object ? "nothing" : d ? data_kind_name(d->kind) : "something unknown");
    for (size_t i = 0; object && i < d->count && i < SHOWN; i++)
        buf_fmt(&b, "%s`%.*s`", i ? ", " : "", SFMT(d->fields[i].name));
    if (object && d->count > SHOWN)
        buf_put(&b, S(", ..."));
    Str text = buf_keep(&b, r->an->arena);
    buf_free(&b);
    return text;
}

// Which ways lead here without it.
static void show_ways(const Reader *r, const Step *steps, size_t count, bool from_input) {
    for (size_t i = 0; from_input && i < r->way_count; i++) {
        const Way *way = &r->ways[i];
        const Data *found;
        size_t missed;
        if (data_find(way->data, steps, count, &found, &missed) != FOUND)
            diag_also(r->an->unit->diags, way->at, "`%.*s` %s with %.*s", SFMT(way->from->name),
                      way->how, SFMT(fields_of(r, way->data)));
    }
}

static void suggest(const Reader *r, const Data *among, Str name) {
    if (!among || among->kind != DATA_OBJECT)
        return;
    Str *names = arena_new(r->an->arena, Str, among->count + 1);
    for (size_t i = 0; i < among->count; i++)
        names[i] = among->fields[i].name;
    diag_guess(r->an->unit->diags, name, names, among->count);
}

static const Data *look_up(Reader *r, const Data *root, const Path *path, const Node *at) {
    const Data *found;
    size_t missed = 0;
    Finding finding = data_find(root, path->steps, path->count, &found, &missed);
    const Data *value = finding == NOT_FOUND ? NULL : found;
    if (finding == FOUND || !says(r))
        return value;
    Arena *a = r->an->arena;
    Str name = path->steps[missed].name;
    if (finding == NOT_FOUND) {
        bool index = path->steps[missed].kind == STEP_INDEX;
        Str what = index ? S("what is there has no items")
                         : str_fmt(a, "no way there provides `%.*s`", SFMT(name));
        what = str_fmt(a, "`%.*s` is read by `%.*s`, and %.*s", SFMT(path->text),
                       SFMT(r->state->name), SFMT(what));
        complain(r, false, at->loc, "missing-data", what);
    } else {
        Str what = str_fmt(a, "`%.*s` is read by `%.*s`, and not every way there provides it",
                           SFMT(path->text), SFMT(r->state->name));
        complain(r, true, at->loc, "maybe-missing", what);
    }
    show_ways(r, path->steps, path->count, path->root == ROOT_INPUT && root == r->input);
    if (finding == NOT_FOUND && path->root == ROOT_CONTEXT && str_eq(name, S("Task")))
        diag_help(r->an->unit->diags, "a token is what a stage with `wait: callback` has");
    else if (finding == NOT_FOUND)
        suggest(r, found, name);
    return value;
}

// --- paths

static Str flat(const Reader *r, const Node *n) {
    if (n->type != NODE_TEXT)
        return node_str(n);
    Buf b = {.arena = r->an->arena};
    for (uint32_t i = 0; i < n->count; i++)
        buf_put(&b, n->pieces[i].kind == PIECE_LITERAL ? n->pieces[i].text : S("x"));
    Str text = buf_keep(&b, r->an->arena);
    buf_free(&b);
    return text;
}

static const Data *object_of(Arena *a, const char *const *names) {
    const Data *d = data_object(a, false);
    for (size_t i = 0; names[i]; i++)
        d = data_with(a, d, str_from(names[i]), NULL);
    return d;
}

// Whether the state has a token that others can answer with. What a placeholder calls may have one.
static bool has_token(const State *state) {
    const Node *resource = node_get(state->def, S("Resource"));
    Integration in;
    if (!integration_parse(resource, &in))
        return flow_is_activity(state) || str_starts(node_str(resource), S("${"));
    return str_eq(in.form, S("waitForTaskToken"));
}

// The context object. Source: developer guide, accessing execution data from the context object.
static const Data *context(const Reader *r) {
    static const char *const execution[] = {"Id",        "Input",        "Name",        "RoleArn",
                                            "StartTime", "RedriveCount", "RedriveTime", NULL};
    static const char *const state[] = {"EnteredTime", "Name", "RetryCount", NULL};
    static const char *const machine[] = {"Id", "Name", NULL}, *const task[] = {"Token", NULL};
    static const char *const item[] = {"Index", "Value", "Key", "Source", NULL};
    bool token = has_token(r->state);
    const Data **known = &r->an->contexts[token];
    Arena *a = r->an->arena;
    if (*known)
        return *known;
    const Data *map = data_with(a, data_object(a, false), S("Item"), object_of(a, item));
    const Data *d = data_with(a, data_object(a, false), S("Execution"), object_of(a, execution));
    d = data_with(a, d, S("State"), object_of(a, state));
    d = data_with(a, d, S("StateMachine"), object_of(a, machine));
    d = token ? data_with(a, d, S("Task"), object_of(a, task)) : d;
    return *known = data_with(a, d, S("Map"), map);
}

static void unset(const Reader *r, const Node *at, Str name, bool maybe) {
    if (!says(r))
        return;
    complain(r, maybe, at->loc, "unset-variable",
             str_fmt(r->an->arena,
                     maybe ? "variable `%.*s` is not set on every way to `%.*s`"
                           : "variable `%.*s` is not set on any way to `%.*s`",
                     SFMT(name), SFMT(r->state->name)));
}

// The variable's value; false: there is none, and that has been said.
static bool variable(const Reader *r, const Node *at, Str name, const Data **value) {
    const DataField *field = data_field(r->vars, name);
    *value = field ? field->data : NULL;
    bool known = r->vars && r->vars->kind == DATA_OBJECT;
    if (known && (!field || field->maybe))
        unset(r, at, name, field != NULL);
    return field != NULL;
}

static const Data *look(Reader *r, const Path *path, const Node *at, const Data *root) {
    if (path->root == ROOT_CONTEXT)
        return look_up(r, context(r), path, at);
    if (path->root != ROOT_VARIABLE)
        return look_up(r, root, path, at);
    const Data *value;
    return variable(r, at, path->variable, &value) ? look_up(r, value, path, at) : NULL;
}

const Data *read_path(Reader *r, const Node *path, const Data *root) {
    Path parsed;
    Flaw unused;
    return path_parse(r->an->arena, flat(r, path), &parsed, &unused) ? look(r, &parsed, path, root)
                                                                     : NULL;
}

static const Data *evaluate(Reader *r, const Expr *e, const Node *at, const Data *root) {
    static const char *const texts[] = {"Format",       "JsonToString", "Base64Encode",
                                        "Base64Decode", "Hash",         "UUID"};
    if (e->kind == EXPR_PATH)
        return look(r, &e->path, at, root);
    for (size_t i = 0; i < e->count; i++)
        evaluate(r, e->args[i], at, root);
    for (size_t i = 0; e->kind == EXPR_CALL && i < COUNT(texts); i++)
        if (str_is(str_from(e->function->name), texts[i]))
            return data_scalar(r->an->arena, DATA_STRING);
    return NULL;
}

const Data *read_expression(Reader *r, const Node *text, const Data *root) {
    Flaw unused;
    const Expr *e = expr_parse(r->an->arena, flat(r, text), &unused);
    return e ? evaluate(r, e, text, root) : NULL;
}

// --- JSONata

// What `$states.input` and the like stand for; false: that has no such part here.
static bool states_part(const Reader *r, Str part, const Data **root) {
    *root = str_eq(part, S("input"))         ? r->input
            : str_eq(part, S("context"))     ? context(r)
            : str_eq(part, S("result"))      ? r->result
            : str_eq(part, S("errorOutput")) ? r->error
                                             : NULL;
    return !part.len || str_eq(part, S("input")) || str_eq(part, S("context")) ||
           str_eq(part, S("result")) || str_eq(part, S("errorOutput"));
}

// Fields behind a variable, as far as lists do not come in: a list has the fields of its items.
static const Data *fields_behind(Reader *r, const JsonataUse *use, size_t from, const Data *root,
                                 const Node *at, bool alone) {
    Step steps[COUNT(use->fields)];
    Path path = {.steps = steps, .text = S("")};
    const Data *d = root;
    path.root = str_eq(use->variable, S("states")) ? ROOT_INPUT : ROOT_VARIABLE;
    Buf text = {.arena = r->an->arena};
    buf_fmt(&text, "$%.*s", SFMT(use->variable));
    for (size_t i = 0; i < use->count; i++) {
        buf_fmt(&text, ".%.*s", SFMT(use->fields[i]));
        if (i < from)
            continue;
        steps[path.count++] = (Step){STEP_FIELD, use->fields[i]};
        const DataField *field = data_field(d, use->fields[i]);
        if (d && d->kind == DATA_LIST)
            alone = false; // and then nothing is known
        d = field ? field->data : NULL;
    }
    path.text = buf_keep(&text, r->an->arena);
    buf_free(&text);
    return alone ? look_up(r, root, &path, at) : NULL;
}

static bool is_alone(const JsonataUse *use, Str expression) {
    size_t length = use->variable.len + 1;
    for (size_t i = 0; i < use->count; i++)
        length += use->fields[i].len + 1;
    return length == str_trim(expression).len && !use->is_call;
}

static const Data *read_use(Reader *r, const JsonataUse *use, Str expression, const Node *at) {
    bool alone = is_alone(use, expression);
    const Data *root;
    if (str_eq(use->variable, S("states"))) {
        Str part = use->count ? use->fields[0] : (Str){0};
        if (!states_part(r, part, &root) && says(r))
            complain(r, false, at->loc, "missing-data",
                     str_fmt(r->an->arena, "`$states` has no `%.*s`", SFMT(part)));
        return use->count ? fields_behind(r, use, 1, root, at, alone) : NULL;
    }
    if (!use->variable.len || use->is_call || jsonata_is_function(use->variable))
        return NULL;
    return variable(r, at, use->variable, &root) ? fields_behind(r, use, 0, root, at, alone) : NULL;
}

static const Data *read_jsonata(Reader *r, const Node *n) {
    Str s = flat(r, n), expression = str_cut(s, 2, s.len - 2);
    Jsonata parsed;
    Flaw unused;
    const Data *found = NULL;
    if (!jsonata_parse(r->an->arena, expression, &parsed, &unused))
        return NULL;
    for (size_t i = 0; i < parsed.count; i++)
        found = read_use(r, &parsed.uses[i], expression, n);
    return parsed.count == 1 && is_alone(&parsed.uses[0], expression) ? found : NULL;
}

void read_text(Reader *r, const Node *text) {
    if (text && r->state->query == QUERY_JSONATA && asl_is_jsonata(flat(r, text)))
        read_jsonata(r, text);
}

// --- templates

static const Data *read_map(Reader *r, const Node *tree, const Data *root) {
    const Data *d = data_object(r->an->arena, false);
    for (uint32_t i = 0; i < tree->count; i++) {
        Str key = tree->entries[i].key->text;
        const Node *value = tree->entries[i].value;
        bool marked = r->state->query == QUERY_PATH && str_ends(key, S(".$"));
        const Data *found =
            marked ? read_expression(r, value, root) : read_template(r, value, root);
        if (marked)
            key = str_cut(key, 0, key.len - 2);
        d = data_with(r->an->arena, d, key, found);
    }
    return d;
}

const Data *read_template(Reader *r, const Node *tree, const Data *root) {
    if (tree->type == NODE_MAP)
        return read_map(r, tree, root);
    if (tree->type == NODE_LIST) {
        const Data *of = NULL;
        for (uint32_t i = 0; i < tree->count; i++) {
            const Data *item = read_template(r, tree->items[i], root);
            of = i ? data_join(r->an->arena, of, item) : item;
        }
        return data_list(r->an->arena, of);
    }
    if (r->state->query == QUERY_JSONATA && asl_is_jsonata(flat(r, tree)))
        return read_jsonata(r, tree);
    return data_of_node(r->an->arena, tree);
}

void read_access(Reader *r, const Node *part, const Data *root) {
    static const char *const paths[] = {"MaxItemsPath", "MaxItemsPerBatchPath",
                                        "MaxInputBytesPerBatchPath"};
    const Node *config = node_get(part, S("ReaderConfig"));
    for (size_t i = 0; i < COUNT(paths); i++) {
        const Node *path = node_get(part, str_from(paths[i]));
        if (!path)
            path = node_get(config, str_from(paths[i]));
        if (path)
            read_path(r, path, root);
    }
    read_template(r, part, root);
}

const Data *read_items(Reader *r, const Node *items, const Data *root) {
    const Data *list = r->state->query == QUERY_JSONATA ? read_template(r, items, root)
                                                        : read_path(r, items, root);
    if (list && list->kind != DATA_LIST && says(r) &&
        !(list->kind == DATA_OBJECT && r->state->query == QUERY_JSONATA))
        complain(r, false, items->loc, "wrong-input",
                 str_fmt(r->an->arena, "`%.*s` wants a list, and is given %s", SFMT(r->state->name),
                         data_kind_name(list->kind)));
    return list && list->kind == DATA_LIST ? list->of : NULL;
}

// --- rules

static bool tests_presence(const Node *rule) {
    return node_get(rule, S("IsPresent")) != NULL;
}

// `root` as it is known where `path` is there.
static const Data *with_present(const Reader *r, const Path *path, const Data *root) {
    const Data *found;
    size_t missed;
    if (!root || path->root != ROOT_INPUT || !path->is_reference ||
        data_find(root, path->steps, path->count, &found, &missed) == FOUND)
        return root;
    return data_put(r->an->arena, root, path->steps, path->count, found);
}

// A value of another type than the operator's makes a rule false, always. Source:
// states-language.net/spec.html, Choice State, data-test expression.
static void check_operand(Reader *r, const AslOperator *o, const Data *value, const Node *path) {
    static const DataKind wanted[] = {[OPERAND_STRING] = DATA_STRING,
                                      [OPERAND_NUMERIC] = DATA_NUMBER,
                                      [OPERAND_BOOLEAN] = DATA_BOOL,
                                      [OPERAND_TIMESTAMP] = DATA_STRING};
    if (!value || o->operand == OPERAND_TEST || value->kind == DATA_NULL ||
        value->kind == wanted[o->operand] || !says(r))
        return;
    complain(
        r, false, path->loc, "never-holds",
        str_fmt(r->an->arena, "`%.*s` is %s, and is compared as %s: that never holds",
                SFMT(flat(r, path)), data_kind_name(value->kind),
                o->operand == OPERAND_TIMESTAMP ? "a time" : data_kind_name(wanted[o->operand])));
}

// A path that is tested may be absent; behind the test, in the same `and`, it is there.
static const Data *read_test(Reader *r, const Node *rule, const Data *root) {
    const Node *path = node_get(rule, S("Variable"));
    Path parsed;
    Flaw unused;
    const Data *value = NULL;
    if (!path || !path_parse(r->an->arena, flat(r, path), &parsed, &unused))
        return root;
    if (!tests_presence(rule))
        value = look(r, &parsed, path, root);
    else if (node_is_word(node_get(rule, S("IsPresent")), S("true")))
        root = with_present(r, &parsed, root);
    for (uint32_t i = 0; i < rule->count; i++) {
        const Node *other = rule->entries[i].value;
        bool is_path;
        const AslOperator *o = asl_operator(rule->entries[i].key->text, &is_path);
        if (!o)
            continue;
        check_operand(r, o, value, path);
        if (is_path)
            check_operand(r, o, read_path(r, other, root), other);
    }
    return root;
}

// Where an `or` holds, one of its rules does, and which is not known; where it goes on to the next,
// the one before did not hold: `not $.a is present or $.a == 1`.
static const Data *negated(Reader *r, const Node *rule, const Data *root) {
    const Node *inner = node_get(rule, S("Not"));
    if (inner)
        return read_rule(r, inner, root);
    const Node *path = node_get(rule, S("Variable"));
    Path parsed;
    Flaw unused;
    bool absent = node_is_word(node_get(rule, S("IsPresent")), S("false"));
    if (!absent || !path || !path_parse(r->an->arena, flat(r, path), &parsed, &unused))
        return root;
    return with_present(r, &parsed, root);
}

const Data *read_rule(Reader *r, const Node *rule, const Data *root) {
    const Node *and = node_get(rule, S("And")), * or = node_get(rule, S("Or"));
    const Node *not = node_get(rule, S("Not"));
    const Data *known = root;
    for (uint32_t i = 0; and&&i < and->count; i++)
        known = read_rule(r, and->items[i], known);
    for (uint32_t i = 0; or &&i < or->count; i++) {
        r->an->silent++; // the first one tells what it knows where it does not hold
        const Data *behind = negated(r, or->items[i], known);
        r->an->silent--;
        read_rule(r, or->items[i], known);
        known = behind;
    }
    if (or)
        return root;
    if (not ) {
        read_rule(r, not, root);
        return negated(r, not, root);
    }
    return and? known : read_test(r, rule, root);
}

// --- calls

static void check_type(Reader *r, const Type *type, const Data *given, Str name, Loc at,
                       const Resource *who, int depth) {
    static const int wanted[] = {
        [TYPE_STRING] = DATA_STRING, [TYPE_INT] = DATA_NUMBER,  [TYPE_NUMBER] = DATA_NUMBER,
        [TYPE_BOOL] = DATA_BOOL,     [TYPE_TIME] = DATA_NUMBER, [TYPE_OBJECT] = DATA_OBJECT,
        [TYPE_LIST] = DATA_LIST,     [TYPE_OPTIONAL] = -1,      [TYPE_STRUCT] = DATA_OBJECT};
    enum { DEEPEST = 8 };
    Arena *a = r->an->arena;
    if (!type || !given || depth > DEEPEST || wanted[type->kind] < 0)
        return;
    if ((int)given->kind != wanted[type->kind]) {
        if (type->kind == TYPE_OBJECT) // it stands for any tree
            return;
        complain(r, false, at, "wrong-input",
                 str_fmt(a, "`%.*s` wants %s%.*s%s to be %s, and is handed %s", SFMT(who->path),
                         name.len ? "`" : "its input", SFMT(name), name.len ? "`" : "",
                         data_kind_name((DataKind)wanted[type->kind]),
                         data_kind_name(given->kind)));
        diag_also(r->an->unit->diags, type->loc, "declared here");
        return;
    }
    for (size_t i = 0; type->kind == TYPE_STRUCT && i < type->count; i++) {
        const TypeField *want = &type->fields[i];
        const DataField *has = data_field(given, want->name);
        Str inner = str_fmt(a, "%.*s%s%.*s", SFMT(name), name.len ? "." : "", SFMT(want->name));
        if (has && !has->maybe) {
            check_type(r, want->type, has->data, inner, at, who, depth + 1);
            continue;
        }
        if (!want->type || want->type->kind == TYPE_OPTIONAL || (!has && given->open))
            continue;
        complain(r, has != NULL, at, "missing-input",
                 str_fmt(a, "`%.*s` wants `%.*s`, and `%.*s` %s", SFMT(who->path), SFMT(inner),
                         SFMT(r->state->name),
                         has ? "does not hand it over on every way" : "does not hand it over"));
        diag_also(r->an->unit->diags, want->loc, "declared here");
        if (!name.len && given == r->input)
            show_ways(r, &(Step){STEP_FIELD, want->name}, 1, true);
    }
}

// What is handed over and not declared is lost: a field that may be left out, misspelled.
static void check_given(Reader *r, const Type *type, const Node *with, const Resource *who) {
    while (type && type->kind == TYPE_OPTIONAL)
        type = type->of;
    bool literal = node_is_map(with) && with->count == 1 && node_get(with, S("literal"));
    if (!type || type->kind != TYPE_STRUCT || !node_is_map(with) || literal)
        return;
    Str *names = arena_new(r->an->arena, Str, type->count + 1);
    for (size_t i = 0; i < type->count; i++)
        names[i] = type->fields[i].name;
    for (uint32_t i = 0; i < with->count; i++) {
        const Entry *e = &with->entries[i];
        size_t at = 0;
        while (at < type->count && !str_eq(names[at], e->key->text))
            at++;
        if (at < type->count) {
            check_given(r, type->fields[at].type, e->value, who);
            continue;
        }
        complain(
            r, false, e->key->loc, "unknown-input",
            str_fmt(r->an->arena, "`%.*s` takes no `%.*s`", SFMT(who->path), SFMT(e->key->text)));
        diag_also(r->an->unit->diags, type->loc, "what it takes is declared here");
        if (diag_suggest(r->an->unit->diags, e->key->loc, e->key->text, names, type->count) < 0)
            diag_help(r->an->unit->diags, "declare it there, or leave it out");
    }
}

// What is a text in the API of what is called; a state that has a number there fails as it begins.
// Source: the API of each; developer guide, DynamoDB: numbers are texts too.
static const struct {
    const char *service, *within, *key; // within: of the request; empty: the request itself
} texts[] = {
    {"lambda",   "",                          "Payload"               }, // or a whole object
    {"sqs",      "",                          "MessageBody"           },
    {"sqs",      "",                          "MessageGroupId"        },
    {"sqs",      "",                          "MessageDeduplicationId"},
    {"sqs",      "MessageAttributes",         "StringValue"           },
    {"sns",      "",                          "Message"               },
    {"sns",      "",                          "MessageGroupId"        },
    {"sns",      "",                          "MessageDeduplicationId"},
    {"sns",      "",                          "Subject"               },
    {"sns",      "MessageAttributes",         "StringValue"           },
    {"states",   "",                          "Name"                  },
    {"dynamodb", "Key",                       "S"                     },
    {"dynamodb", "Key",                       "N"                     },
    {"dynamodb", "Item",                      "S"                     },
    {"dynamodb", "Item",                      "N"                     },
    {"dynamodb", "ExpressionAttributeValues", "S"                     },
    {"dynamodb", "ExpressionAttributeValues", "N"                     },
};

static void check_texts(Reader *r, const Node *tree, const Data *d, Str wanted, bool deeper) {
    for (uint32_t i = 0; deeper && tree->type == NODE_LIST && d && i < tree->count; i++)
        check_texts(r, tree->items[i], d->of, wanted, deeper);
    for (uint32_t i = 0; tree->type == NODE_MAP && i < tree->count; i++) {
        const Entry *e = &tree->entries[i];
        Str name = e->key->text;
        if (r->state->query == QUERY_PATH && str_ends(name, S(".$")))
            name = str_cut(name, 0, name.len - 2);
        const DataField *field = data_field(d, name);
        const Data *value = field ? field->data : NULL;
        if (deeper)
            check_texts(r, e->value, value, wanted, deeper);
        if (!str_eq(name, wanted) || !value ||
            (value->kind != DATA_NUMBER && value->kind != DATA_BOOL) || !says(r))
            continue;
        complain(r, false, e->value->loc, "wrong-input",
                 str_fmt(r->an->arena, "`%.*s` of `%.*s` is a text, and is handed %s", SFMT(name),
                         SFMT(r->state->name), data_kind_name(value->kind)));
        diag_help(r->an->unit->diags, r->state->query == QUERY_JSONATA
                                          ? "write `{%% $string(...) %%}`"
                                          : "write `States.Format('{}', ...)`");
    }
}

void read_request(Reader *r, const Node *request, const Data *given) {
    Integration in;
    if (!integration_parse(node_get(r->state->def, S("Resource")), &in) || in.sdk)
        return;
    for (size_t i = 0; i < COUNT(texts); i++) {
        Str within = str_from(texts[i].within);
        if (!str_is(in.service, texts[i].service))
            continue;
        const Node *tree = within.len ? node_get(request, within) : request;
        const DataField *field = data_field(given, within);
        const Data *d = within.len ? (field ? field->data : NULL) : given;
        if (tree)
            check_texts(r, tree, d, str_from(texts[i].key), within.len > 0);
    }
}

const Data *read_call(Reader *r, const Data *given) {
    const Node *stage = r->state->stage, *target = node_get(stage, S("call"));
    if (!target)
        target = node_get(stage, S("start"));
    if (!target || target->type != NODE_REF)
        return NULL;
    const Resource *who = target->res;
    bool function = str_eq(who->kind->name, S("function"));
    bool workflow = str_eq(who->kind->name, S("workflow"));
    bool direct = function && !node_get(stage, S("via")) && !node_get(stage, S("wait"));
    const Node *input = resource_get(who, S("input"));
    if ((!function && !workflow) || !node_is_map(stage))
        return NULL;
    if (!direct) {
        const DataField *payload = data_field(given, function ? S("Payload") : S("Input"));
        given = payload ? payload->data : NULL;
    }
    const Node *with = node_get(stage, S("with"));
    if (input && says(r)) {
        const Type *type = type_read(r->an->types, input);
        check_type(r, type, given, (Str){0}, with ? with->loc : target->loc, who, 0);
        check_given(r, type, with, who);
    }
    const Data *result =
        function && resource_get(who, S("output"))
            ? data_of_type(r->an->arena, type_read(r->an->types, resource_get(who, S("output"))))
            : NULL;
    if (direct || !function || str_eq(node_get_str(stage, S("wait")), S("callback")))
        return direct ? result : NULL;
    return data_with(r->an->arena, data_object(r->an->arena, true), S("Payload"), result);
}
