// import_state.c - states -> stages, in an order in which few of them need to say where they go.
#include "build.h"
#include "condition.h"
#include "import_parts.h"
#include "service.h"
#include "stage.h"
#include "unit.h"

static Query query_of(const Importer *im, const Node *state) {
    Str query = node_get_str(state, S("QueryLanguage"));
    return str_eq(query, S("JSONata"))    ? QUERY_JSONATA
           : str_eq(query, S("JSONPath")) ? QUERY_PATH
                                          : im->query;
}

// --- the verbs

static void import_choice(const Importer *im, const Node *state, Node *stage, Query query) {
    const Node *choices = node_get(state, S("Choices"));
    Node *list = node_list(im->arena, choices->loc);
    for (uint32_t i = 0; i < choices->count; i++) {
        const Node *rule = choices->items[i];
        Node *out = node_map(im->arena, rule->loc), *value = node_get(rule, S("Condition"));
        Buf text = {.arena = im->arena};
        Flaw flaw;
        if (query == QUERY_PATH && condition_print(im->arena, &text, rule, &flaw))
            value = node_string(im->arena, buf_keep(&text, im->arena), rule->loc);
        buf_free(&text);
        import_put(im, out, "if", import_expression(im, value));
        import_put(im, out, "go", import_expression(im, node_get(rule, S("Next"))));
        if ((value = node_get(rule, S("Assign"))))
            import_put(im, out, "assign", import_template(im, value, query));
        if ((value = node_get(rule, S("Output"))))
            import_put(im, out, "output", import_template(im, value, query));
        if ((value = node_get(rule, S("Comment"))))
            import_put(im, out, "comment", import_expression(im, value));
        node_push(im->arena, list, out);
    }
    import_put(im, stage, "choose", list->count == 1 ? list->items[0] : list);
}

typedef struct Setting { // a field of ASL, and the key of a block that stands for it
    const char *name, *key;
    enum { AS_IT_IS, COUNT_OR_PATH, BYTES_OR_PATH, TREE } how;
} Setting;

static const Setting reader[] = {
    {"InputType",         "as",        AS_IT_IS     },
    {"CSVHeaderLocation", "header",    AS_IT_IS     },
    {"CSVHeaders",        "headers",   AS_IT_IS     },
    {"CSVDelimiter",      "delimiter", AS_IT_IS     },
    {"ManifestType",      "manifest",  AS_IT_IS     },
    {"Transformation",    "transform", AS_IT_IS     },
    {"MaxItems",          "at-most",   COUNT_OR_PATH},
};
static const Setting writer[] = {
    {"OutputType",     "as",        AS_IT_IS},
    {"Transformation", "transform", AS_IT_IS},
};
static const Setting batcher[] = {
    {"MaxItemsPerBatch",      "items", COUNT_OR_PATH},
    {"MaxInputBytesPerBatch", "bytes", BYTES_OR_PATH},
    {"BatchInput",            "input", TREE         },
};

// A number of bytes as a size, if it is a round one.
static Node *import_bytes(const Importer *im, Node *n) {
    long long bytes, back;
    if (node_scalar_type(n) != SCALAR_INT || !node_to_int(n, &bytes) || bytes % 1024 || !bytes)
        return n;
    Str text = unit_write_size(im->arena, bytes);
    return unit_size(text, &back) && back == bytes ? node_string(im->arena, text, n->loc) : n;
}

static Node *setting_value(const Importer *im, const Setting *s, Node *value, Query query) {
    if (s->how == BYTES_OR_PATH)
        return import_bytes(im, value);
    return s->how == TREE ? import_template(im, value, query) : value;
}

// The fields that have keys of their own; what is left goes into `rest`.
static void import_settings(const Importer *im, const Node *from, Node *out, Node *rest,
                            const Setting *settings, size_t count, Query query) {
    for (uint32_t i = 0; i < from->count; i++) {
        const Entry *e = &from->entries[i];
        const Setting *found = NULL;
        for (size_t j = 0; j < count && !found; j++) {
            Str name = str_from(settings[j].name);
            Str path = str_fmt(im->arena, "%sPath", settings[j].name);
            bool is_path = settings[j].how != AS_IT_IS && settings[j].how != TREE &&
                           str_eq(e->key->text, path) &&
                           lower_is_expression(&im->probe, e->value, QUERY_PATH);
            found = str_eq(e->key->text, name) || is_path ? &settings[j] : NULL;
        }
        if (found)
            import_put(im, out, found->key, setting_value(im, found, e->value, query));
        else
            node_entry(im->arena, rest, e->key, e->value);
    }
}

// What reads or writes: a call, its parameters, and a configuration.
static Node *import_access(const Importer *im, const Node *from, const char *config_name,
                           const Setting *settings, size_t count, Query query) {
    Node *out = node_map(im->arena, from->loc), *rest = node_map(im->arena, from->loc);
    const Node *resource = node_get(from, S("Resource")),
               *config = node_get(from, str_from(config_name));
    Node *with = node_get(from, query == QUERY_JSONATA ? S("Arguments") : S("Parameters"));
    Str prefix = S("arn:aws:states:::"), text = node_str(resource);
    if (str_starts(text, prefix))
        text = str_cut(text, prefix.len, text.len);
    if (resource)
        import_put(im, out, "call", node_string(im->arena, text, resource->loc));
    if (with)
        import_put(im, out, "with", import_template(im, with, query));
    if (config) {
        import_settings(im, config, out, rest, settings, count, query);
        if (rest->count || !config->count)
            import_put(im, out, "config", rest);
    }
    return out;
}

static Node *import_runs(const Importer *im, Node *config) {
    Str mode = node_get_str(config, S("Mode")), type = node_get_str(config, S("ExecutionType"));
    bool distributed = str_eq(mode, S("DISTRIBUTED"));
    const char *word = NULL;
    if (config->count == 1 && str_eq(mode, S("INLINE")))
        word = "inline";
    else if (config->count == 1 && distributed)
        word = "distributed";
    else if (config->count == 2 && distributed && str_eq(type, S("STANDARD")))
        word = "standard";
    else if (config->count == 2 && distributed && str_eq(type, S("EXPRESS")))
        word = "express";
    return word ? import_word(im, word, config->loc) : config;
}

static Node *import_percent(const Importer *im, Node *n) {
    return node_is_number(n)
               ? node_string(im->arena, str_fmt(im->arena, "%.*s%%", SFMT(n->text)), n->loc)
               : n;
}

static void import_tolerance(const Importer *im, const Node *state, Node *stage) {
    Node *count = node_get(state, S("ToleratedFailureCount"));
    Node *share = node_get(state, S("ToleratedFailurePercentage"));
    Node *count_path = node_get(state, S("ToleratedFailureCountPath"));
    Node *share_path = node_get(state, S("ToleratedFailurePercentagePath"));
    bool number = count && node_scalar_type(count) == SCALAR_INT;
    if (number && !share && !share_path) {
        import_put(im, stage, "tolerate", count);
        return;
    }
    if (!count && !count_path && !share && !share_path)
        return;
    Node *map = node_map(im->arena, state->loc);
    import_put(im, map, "count", count ? count : count_path);
    import_put(im, map, "share", share ? import_percent(im, share) : share_path);
    bool one = map->count == 1 && share && node_scalar_type(share) != SCALAR_STRING;
    import_put(im, stage, "tolerate", one ? map->entries[0].value : map);
}

static void import_each(Importer *im, const Node *state, Node *stage, Query query) {
    Node *items = node_get(state, query == QUERY_JSONATA ? S("Items") : S("ItemsPath"));
    const Node *processor = node_get(state, S("ItemProcessor")),
               *old = node_get(state, S("Iterator"));
    const Node *inside = processor ? processor : old, *part;
    import_put(im, stage, "each",
               items ? (query == QUERY_JSONATA ? import_template(im, items, query)
                                               : import_path(im, items))
                     : import_word(im, "true", state->loc));
    if (node_get(inside, S("ProcessorConfig")))
        import_put(im, stage, "runs", import_runs(im, node_get(inside, S("ProcessorConfig"))));
    if ((part = node_get(state, S("ItemReader"))))
        import_put(im, stage, "read",
                   import_access(im, part, "ReaderConfig", reader, COUNT(reader), query));
    if ((part = node_get(state, S("ItemBatcher")))) {
        Node *batch = node_map(im->arena, part->loc);
        import_settings(im, part, batch, batch, batcher, COUNT(batcher), query);
        import_put(im, stage, "batch", batch);
    }
    if ((part = node_get(state, S("ResultWriter"))))
        import_put(im, stage, "write",
                   import_access(im, part, "WriterConfig", writer, COUNT(writer), query));
    import_tolerance(im, state, stage);
    import_put(im, stage, processor ? "do" : "iterator", import_stages(im, inside));
}

static void import_parallel(Importer *im, const Node *state, Node *stage) {
    const Node *branches = node_get(state, S("Branches"));
    Node *list = node_list(im->arena, branches->loc);
    list->style = STYLE_BLOCK;
    for (uint32_t i = 0; i < branches->count; i++) {
        Node *stages = import_stages(im, branches->items[i]);
        node_push(im->arena, list, stages->count == 1 ? stages->items[0] : stages);
    }
    import_put(im, stage, "parallel", list);
}

static void import_wait(const Importer *im, const Node *state, Node *stage) {
    Node *seconds = node_get(state, S("Seconds")), *path = node_get(state, S("SecondsPath"));
    Node *time = node_get(state, S("Timestamp")), *until = node_map(im->arena, state->loc);
    if (!time)
        time = node_get(state, S("TimestampPath"));
    if (seconds || path) {
        import_put(im, stage, "pause",
                   seconds ? import_seconds(im, seconds) : import_expression(im, path));
        return;
    }
    import_put(im, until, "until", import_expression(im, time));
    import_put(im, stage, "pause", until);
}

// `pass: TREE` is a result as it is, or parameters if there is an expression in it.
static void import_pass(const Importer *im, const Node *state, Node *stage, Query query) {
    Node *result = node_get(state, S("Result")), *value = NULL;
    if (query == QUERY_JSONATA)
        value = node_get(state, S("Output"));
    else
        value = result ? result : node_get(state, S("Parameters"));
    Node *tree = value ? import_template(im, value, query) : NULL;
    bool open = tree && query == QUERY_PATH &&
                lower_has_expression(&im->probe, tree, QUERY_PATH); // of a result: it looks so
    if (value && (value == result || query == QUERY_JSONATA || open)) {
        bool literal = node_is_word(value, S("true")) || (value == result && open);
        import_put(im, stage, "pass", literal ? import_literal(im, value) : tree);
    } else {
        import_put(im, stage, "pass", import_word(im, "true", state->loc));
        value = NULL;
    }
    Node *parameters = node_get(state, S("Parameters"));
    if (parameters && parameters != value)
        import_put(im, stage, "with", import_template(im, parameters, query));
}

static void import_fail(const Importer *im, const Node *state, Node *stage, Query query) {
    static const struct {
        const char *name, *path, *key;
    } fields[] = {
        {"Error", "ErrorPath", "error"},
        {"Cause", "CausePath", "cause"}
    };
    Node *map = node_map(im->arena, state->loc);
    for (size_t i = 0; i < COUNT(fields); i++) {
        Node *text = node_get(state, str_from(fields[i].name));
        Node *path = node_get(state, str_from(fields[i].path));
        if (text)
            import_put(im, map, fields[i].key, import_text(im, text, query));
        else if (path)
            import_put(im, map, fields[i].key, import_expression(im, path));
    }
    Node *error = node_get(map, S("error"));
    bool alone = map->count == 1 && error && error->type == NODE_SCALAR &&
                 !str_eq(error->text, S("true")) && !str_eq(error->text, S("false"));
    import_put(im, stage, "fail",
               !map->count ? import_word(im, "true", state->loc)
               : alone     ? error
                           : map);
}

static void import_verb(Importer *im, const Node *state, Node *stage, StateType type, Query query) {
    switch (type) {
    case STATE_TASK:
        import_task(im, state, stage, query);
        break;
    case STATE_CHOICE:
        import_choice(im, state, stage, query);
        break;
    case STATE_MAP:
        import_each(im, state, stage, query);
        break;
    case STATE_PARALLEL:
        import_parallel(im, state, stage);
        break;
    case STATE_WAIT:
        import_wait(im, state, stage);
        break;
    case STATE_PASS:
        import_pass(im, state, stage, query);
        break;
    case STATE_FAIL:
        import_fail(im, state, stage, query);
        break;
    default:
        import_put(im, stage, "succeed", import_word(im, "true", state->loc));
        break;
    }
}

// --- the fields of the table

static Node *import_form(const Importer *im, const AslField *f, Node *value, Query query) {
    switch (f->form) {
    case ASL_QUERY:
        return import_word(im, str_eq(node_str(value), S("JSONata")) ? "jsonata" : "jsonpath",
                           value->loc);
    case ASL_PATH:
    case ASL_RESULT:
    case ASL_REFERENCE:
        return import_path(im, value);
    case ASL_TEMPLATE:
        return import_template(im, value, query);
    case ASL_SECONDS:
        return import_seconds(im, value);
    case ASL_RETRY:
        return import_retry(im, value);
    case ASL_CATCH:
        return import_catch(im, value, query);
    default:
        return import_expression(im, value);
    }
}

static void import_fields(const Importer *im, const Node *state, Node *stage, StateType type,
                          Query query) {
    const AslField *f;
    for (size_t i = 0; (f = asl_field_at(i)); i++) {
        bool fits = (f->states & type) && (f->queries & query) && f->stage.len;
        if (!fits || f->form == ASL_OTHER || str_eq(f->stage, S("comment")) ||
            node_get(stage, f->stage))
            continue;
        bool taken = (type == STATE_TASK || type == STATE_PASS) && str_eq(f->stage, S("with"));
        bool output = type == STATE_PASS && query == QUERY_JSONATA && str_eq(f->name, S("Output"));
        if (taken || output) // the verb says it
            continue;
        Node *value = node_get(state, f->name);
        Node *path =
            f->with_path ? node_get(state, str_fmt(im->arena, "%sPath", f->name.ptr)) : NULL;
        if (value || path)
            import_put(im, stage, f->stage.ptr,
                       value ? import_form(im, f, value, query) : import_expression(im, path));
    }
}

// The name is left out where the stage would get it anyway.
static Node *with_name(const Importer *im, const Node *stage, Node *name) {
    Node *out = node_map(im->arena, stage->loc);
    if (!str_eq(stage_name(im->arena, stage), name->text))
        import_put(im, out, "name", import_expression(im, name));
    for (uint32_t i = 0; i < stage->count; i++)
        node_entry(im->arena, out, stage->entries[i].key, stage->entries[i].value);
    return out;
}

static Node *import_state(Importer *im, const Entry *e) {
    const Node *state = e->value;
    Query query = query_of(im, state);
    StateType type = asl_state_type(node_get_str(state, S("Type")));
    Node *stage = node_map(im->arena, e->key->loc), *comment = node_get(state, S("Comment"));
    import_verb(im, state, stage, type, query);
    import_fields(im, state, stage, type, query);
    if (comment)
        import_put(im, stage, "comment", import_expression(im, comment));
    return with_name(im, stage, e->key);
}

// --- the order

typedef struct Order {
    const Node *states;
    StrMap by_name;
    bool *placed;
    const Entry **list, **waiting; // waiting: targets in the order in which they were named
    uint32_t count, waiting_count, cap;
    Arena *arena;
} Order;

static void want(Order *o, const Node *target) {
    const Entry *e = target ? strmap_get(&o->by_name, target->text) : NULL;
    if (e && o->waiting_count < o->cap)
        o->waiting[o->waiting_count++] = e;
}

static void want_all(Order *o, const Node *list) {
    for (uint32_t i = 0; node_is_list(list) && i < list->count; i++)
        want(o, node_get(list->items[i], S("Next")));
}

// What comes behind `state` if it can: what it goes on with, or what no choice matches.
static const Entry *follower(const Order *o, const Node *state) {
    const Node *next = node_get(state, S("Next")), *otherwise = node_get(state, S("Default"));
    const Node *target = next ? next : otherwise;
    return target ? strmap_get(&o->by_name, target->text) : NULL;
}

static void place_from(Order *o, const Entry *e) {
    while (e && !o->placed[e - o->states->entries]) {
        o->placed[e - o->states->entries] = true;
        o->list[o->count++] = e;
        want_all(o, node_get(e->value, S("Choices")));
        want_all(o, node_get(e->value, S("Catch")));
        e = follower(o, e->value);
    }
}

static void order_states(Order *o, const Node *flow) {
    o->states = node_get(flow, S("States"));
    size_t targets = 1;
    for (uint32_t i = 0; i < o->states->count; i++) {
        const Node *choices = node_get(o->states->entries[i].value, S("Choices"));
        const Node *catchers = node_get(o->states->entries[i].value, S("Catch"));
        strmap_put(&o->by_name, o->arena, o->states->entries[i].key->text, &o->states->entries[i]);
        targets += (choices ? choices->count : 0) + (catchers ? catchers->count : 0);
    }
    o->cap = (uint32_t)targets;
    o->placed = arena_new(o->arena, bool, o->states->count);
    o->list = arena_new(o->arena, const Entry *, o->states->count);
    o->waiting = arena_new(o->arena, const Entry *, targets);
    place_from(o, strmap_get(&o->by_name, node_get_str(flow, S("StartAt"))));
    for (uint32_t i = 0; i < o->waiting_count; i++) // grows while it runs
        place_from(o, o->waiting[i]);
}

static void put_transition(const Importer *im, const Node *state, Node *stage, const Entry *next) {
    Node *go = node_get(state, S("Next")), *end = node_get(state, S("End"));
    Node *otherwise = node_get(state, S("Default"));
    bool follows = next && go && str_eq(next->key->text, go->text);
    if (go && !follows)
        import_put(im, stage, "go", import_expression(im, go));
    if (end && (next || !node_is_word(end, S("true"))))
        import_put(im, stage, "end", end);
    if (!str_eq(node_get_str(state, S("Type")), S("Choice")))
        return;
    bool falls = next && otherwise && str_eq(next->key->text, otherwise->text);
    if (otherwise && !falls)
        import_put(im, stage, "else", import_expression(im, otherwise));
    else if (!otherwise)
        import_put(im, stage, "else", import_word(im, "none", state->loc));
}

static Node *import_about(const Importer *im, const Node *flow) {
    static const struct {
        const char *name, *key;
    } fields[] = {
        {"Comment",        "comment"},
        {"QueryLanguage",  "query"  },
        {"TimeoutSeconds", "timeout"},
        {"Version",        "version"}
    };
    Node *about = node_map(im->arena, flow->loc);
    for (size_t i = 0; i < COUNT(fields); i++)
        import_put(im, about, fields[i].key, node_get(flow, str_from(fields[i].name)));
    return about->count ? about : NULL;
}

Node *import_stages(Importer *im, const Node *flow) {
    Node *list = node_list(im->arena, flow->loc);
    Order order = {.arena = im->arena};
    Node *about = flow == im->probe.machine->definition ? NULL : import_about(im, flow);
    list->style = STYLE_BLOCK;
    if (about) {
        Node *item = node_map(im->arena, flow->loc);
        import_put(im, item, "about", about);
        node_push(im->arena, list, item);
    }
    order_states(&order, flow);
    for (uint32_t i = 0; i < order.count; i++) {
        Node *stage = import_state(im, order.list[i]);
        put_transition(im, order.list[i]->value, stage,
                       i + 1 < order.count ? order.list[i + 1] : NULL);
        node_push(im->arena, list, stage);
    }
    return list;
}
