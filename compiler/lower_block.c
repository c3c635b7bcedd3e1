// lower_block.c - stages that move, hold or repeat: choose, each, parallel, pause, pass, succeed,
// fail.
#include "build.h"
#include "condition.h"
#include "lower.h"
#include "unit.h"

static void flaw(Lower *l, const Node *n, Flaw f) {
    Loc at = n->loc;
    if (at.src && n->type == NODE_SCALAR && n->style != STYLE_BLOCK && f.at < at.len) {
        at.col += (uint32_t)f.at + (n->style == STYLE_QUOTED);
        at.len = 1;
    }
    diag_error(l->diags, at, "bad-condition", "%s", f.what);
    diag_help(l->diags, "for example `$.n > 3 and not $.done`; `wgen help conditions` has all");
}

static Node *rule_of(Lower *l, const Stage *s, Node *text) {
    if (s->query == QUERY_JSONATA) {
        Node *rule = node_map(l->arena, text->loc);
        lower_put(l, rule, "Condition", text);
        return rule;
    }
    if (text->type == NODE_MAP) // a rule that no text can say
        return node_copy(l->arena, text);
    Flaw f = {0};
    Node *rule = condition_parse(l->arena, lower_flat(l, text), text->loc, &f);
    if (!rule)
        flaw(l, text, f);
    return rule ? lower_unflat(l, text, rule) : NULL;
}

static Node *choice_of(Lower *l, const Stage *s, const Node *from) {
    Node *text = node_get(from, S("if"));
    Node *rule = text ? rule_of(l, s, text) : NULL;
    if (!rule)
        return NULL;
    Stage inner = *s;
    inner.state = rule;
    lower_put(l, rule, "Comment", node_get(from, S("comment")));
    lower_field(l, &inner, "Assign", node_get(from, S("assign")));
    lower_field(l, &inner, "Output", node_get(from, S("output")));
    lower_put(l, rule, "Next", node_get(from, S("go")));
    return rule;
}

static void lower_choice(Lower *l, Stage *s) {
    Node *choices = node_list(l->arena, s->verb->value->loc);
    for (uint32_t i = 0; s->verb->value->type == NODE_LIST && i < s->verb->value->count; i++)
        node_push(l->arena, choices, choice_of(l, s, s->verb->value->items[i]));
    lower_put(l, s->state, "Choices", choices);
    Node *otherwise = node_get(s->node, S("else"));
    if (otherwise && !str_eq(node_str(otherwise), S("none")))
        lower_put(l, s->state, "Default", otherwise);
}

// --- each

typedef struct Setting { // a key of a block, and the field of ASL that it is
    const char *key, *name;
    enum { AS_IT_IS, COUNT_OR_PATH, BYTES_OR_PATH, TREE } how;
} Setting;

static const Setting reader[] = {
    {"as",        "InputType",         AS_IT_IS     },
    {"header",    "CSVHeaderLocation", AS_IT_IS     },
    {"headers",   "CSVHeaders",        AS_IT_IS     },
    {"delimiter", "CSVDelimiter",      AS_IT_IS     },
    {"manifest",  "ManifestType",      AS_IT_IS     },
    {"transform", "Transformation",    AS_IT_IS     },
    {"at-most",   "MaxItems",          COUNT_OR_PATH},
};
static const Setting writer[] = {
    {"as",        "OutputType",     AS_IT_IS},
    {"transform", "Transformation", AS_IT_IS},
};
static const Setting batcher[] = {
    {"items", "MaxItemsPerBatch",      COUNT_OR_PATH},
    {"bytes", "MaxInputBytesPerBatch", BYTES_OR_PATH},
    {"input", "BatchInput",            TREE         },
};

static void put_settings(Lower *l, const Stage *s, Node *out, const Node *from,
                         const Setting *settings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Node *value = node_get(from, str_from(settings[i].key));
        if (!value)
            continue;
        bool path = settings[i].how != AS_IT_IS && settings[i].how != TREE &&
                    s->query == QUERY_PATH && lower_is_expression(l, value, QUERY_PATH);
        long long bytes;
        if (settings[i].how == BYTES_OR_PATH && unit_size(node_str(value), &bytes))
            value = node_int(l->arena, bytes, value->loc);
        else if (settings[i].how == TREE)
            value = lower_template(l, s, value);
        Str name = str_fmt(l->arena, "%s%s", settings[i].name, path ? "Path" : "");
        node_set(l->arena, out, name, value);
    }
}

static Node *config_of(Lower *l, const Stage *s, const Node *from, const Setting *settings,
                       size_t count) {
    Node *given = node_get(from, S("config"));
    Node *config = given ? node_copy(l->arena, given) : node_map(l->arena, from->loc);
    put_settings(l, s, config, from, settings, count);
    return config->count || given ? config : NULL;
}

// What reads or writes: a service call without a state around it.
static Node *call_of(Lower *l, const Stage *s, const Node *from, const char *config_name,
                     Node *config) {
    Node *out = node_map(l->arena, from->loc);
    lower_put(l, out, "Resource", lower_access(l, node_get(from, S("call"))));
    lower_put(l, out, config_name, config);
    Node *with = node_get(from, S("with"));
    if (with)
        lower_put(l, out, s->query == QUERY_JSONATA ? "Arguments" : "Parameters",
                  lower_template(l, s, with));
    return out;
}

static void lower_tolerance(Lower *l, Stage *s) {
    Node *value = node_get(s->node, S("tolerate"));
    if (!value)
        return;
    bool map = node_is_map(value);
    bool share = !map && str_ends(node_str(value), S("%")) && !asl_is_jsonata(node_str(value));
    Node *count = map ? node_get(value, S("count")) : share ? NULL : value;
    lower_field(l, s, "ToleratedFailureCount", count);
    lower_field(l, s, "ToleratedFailurePercentage",
                map     ? node_get(value, S("share"))
                : share ? value
                        : NULL);
}

static Node *processor_config(Lower *l, Node *runs) {
    if (!runs || runs->type == NODE_MAP)
        return runs;
    Node *config = node_map(l->arena, runs->loc);
    bool in_line = str_eq(runs->text, S("inline"));
    bool bare = l->exact && str_eq(runs->text, S("distributed")); // some say no type
    lower_put(l, config, "Mode",
              node_string(l->arena, in_line ? S("INLINE") : S("DISTRIBUTED"), runs->loc));
    if (!in_line && !bare)
        lower_put(l, config, "ExecutionType",
                  node_string(l->arena,
                              str_eq(runs->text, S("express")) ? S("EXPRESS") : S("STANDARD"),
                              runs->loc));
    return config;
}

// Stages within have the language of this one, unless the definition says what it says.
static void lower_within(Lower *l, const Stage *s, const Node *stages, Node *machine) {
    Query around = l->within;
    l->within = l->exact ? l->query : s->query;
    lower_stages(l, stages, machine);
    l->within = around;
}

static void lower_each(Lower *l, Stage *s) {
    Node *items = s->verb->value;
    const Node *read = node_get(s->node, S("read")), *write = node_get(s->node, S("write"));
    const Node *batch = node_get(s->node, S("batch"));
    Node *iterator = node_get(s->node, S("iterator")), *stages = node_get(s->node, S("do"));
    if (node_is_word(items, S("true"))) // all of its input, or what is read
        lower_put(l, s->state, s->query == QUERY_JSONATA ? "Items" : "ItemsPath", NULL);
    else
        lower_field(l, s, s->query == QUERY_JSONATA ? "Items" : "ItemsPath", items);
    if (read)
        lower_put(
            l, s->state, "ItemReader",
            call_of(l, s, read, "ReaderConfig", config_of(l, s, read, reader, COUNT(reader))));
    if (write)
        lower_put(
            l, s->state, "ResultWriter",
            call_of(l, s, write, "WriterConfig", config_of(l, s, write, writer, COUNT(writer))));
    if (batch) {
        Node *out = node_map(l->arena, batch->loc);
        put_settings(l, s, out, batch, batcher, COUNT(batcher));
        lower_put(l, s->state, "ItemBatcher", out);
    }
    lower_tolerance(l, s);
    Node *inside = node_map(l->arena, s->node->loc);
    lower_put(l, inside, "ProcessorConfig", processor_config(l, node_get(s->node, S("runs"))));
    Node *list = stages ? stages : iterator;
    if (list)
        lower_within(l, s, list, inside);
    else
        diag_error(l->diags, s->node->loc, "missing-key", "`each` needs `do`, a list of stages");
    lower_put(l, s->state, stages || !iterator ? "ItemProcessor" : "Iterator", inside);
}

static void lower_parallel(Lower *l, Stage *s) {
    Node *branches = node_list(l->arena, s->verb->value->loc);
    for (uint32_t i = 0; s->verb->value->type == NODE_LIST && i < s->verb->value->count; i++) {
        Node *branch = node_map(l->arena, s->verb->value->items[i]->loc);
        lower_within(l, s, s->verb->value->items[i], branch);
        node_push(l->arena, branches, branch);
    }
    lower_put(l, s->state, "Branches", branches);
}

// --- the small ones

static void lower_pause(Lower *l, Stage *s) {
    Node *value = s->verb->value;
    Node *until = node_get(value, S("until"));
    if (node_is_map(value) && !until)
        diag_error(l->diags, value->loc, "missing-key", "`pause` is a duration, or has `until`");
    if (until)
        lower_field(l, s, "Timestamp", until);
    else if (!node_is_map(value))
        lower_field(l, s, "Seconds", value);
}

bool lower_has_expression(const Lower *l, const Node *n, Query query) {
    if (n->type == NODE_MAP && n->count == 1 && node_get(n, S("literal")))
        return false;
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        if (str_ends(n->entries[i].key->text, S(".$")) ||
            lower_has_expression(l, n->entries[i].value, query))
            return true;
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        if (lower_has_expression(l, n->items[i], query))
            return true;
    return lower_is_expression(l, n, query);
}

// A tree with expressions in it is Parameters, one without is Result; a path alone is InputPath.
static void lower_pass(Lower *l, Stage *s) {
    Node *value = s->verb->value;
    if (node_is_word(value, S("true")))
        return;
    const Entry *output = node_find(s->node, S("output"));
    if (s->query == QUERY_JSONATA && output) {
        diag_error(l->diags, output->key->loc, "stage-key", "`pass` says the output already");
        diag_also(l->diags, s->verb->key->loc, "here");
    }
    if (s->query == QUERY_JSONATA)
        lower_put(l, s->state, "Output", lower_template(l, s, value));
    else if (value->type != NODE_MAP && lower_is_expression(l, value, QUERY_PATH))
        lower_field(l, s, "InputPath", value);
    else if (lower_has_expression(l, value, QUERY_PATH))
        lower_put(l, s->state, "Parameters", lower_template(l, s, value));
    else
        lower_put(l, s->state, "Result", lower_template(l, s, value));
}

static void lower_fail(Lower *l, Stage *s) {
    Node *value = s->verb->value;
    if (node_is_map(value)) {
        Node *error = node_get(value, S("error")), *cause = node_get(value, S("cause"));
        lower_field(l, s, "Error", error);
        lower_field(l, s, "Cause", cause);
    } else if (!node_is_word(value, S("true"))) {
        lower_field(l, s, "Error", value);
    }
}

void lower_block(Lower *l, Stage *s) {
    switch (s->type) {
    case STATE_CHOICE:
        lower_choice(l, s);
        break;
    case STATE_MAP:
        lower_each(l, s);
        break;
    case STATE_PARALLEL:
        lower_parallel(l, s);
        break;
    case STATE_WAIT:
        lower_pause(l, s);
        break;
    case STATE_PASS:
        lower_pass(l, s);
        break;
    case STATE_FAIL:
        lower_fail(l, s);
        break;
    default:
        break;
    }
}
