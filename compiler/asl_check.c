// asl_check.c - machines and states: what each must have, and what excludes what.
#include "asl_check.h"

enum { SECONDS_MOST = 99999999 }; // of a machine's timeout

static void check_machine(AslCheck *c, const Node *machine, const char *what, bool of_map);

// Of these, between `least` and one.
static void check_one_of(const AslCheck *c, const Node *map, const char *const *names, size_t count,
                         bool least, const char *what) {
    const Entry *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const Entry *e = node_find(map, str_from(names[i]));
        if (e && found) {
            diag_error(c->diags, e->key->loc, "asl-conflict",
                       "`%.*s` and `%.*s` of `%.*s` exclude each other", SFMT(found->key->text),
                       SFMT(e->key->text), SFMT(c->state));
            diag_also(c->diags, found->key->loc, "the other one");
            return;
        }
        found = e ? e : found;
    }
    if (found || !least)
        return;
    Buf b = {.arena = c->arena};
    for (size_t i = 0; i < count; i++)
        buf_fmt(&b, "%s`%s`", i == 0 ? "" : i + 1 == count ? " or " : ", ", names[i]);
    diag_error(c->diags, map->loc, "asl-missing", "%s of `%.*s` needs %.*s", what, SFMT(c->state),
               SFMT(buf_str(&b)));
    buf_free(&b);
}
#define ONE_OF(c, map, least, what, ...)                                                           \
    check_one_of(c, map, (const char *const[]){__VA_ARGS__},                                       \
                 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), least, what)

// --- types of states

static void check_choices(AslCheck *c, const Node *state, Query query) {
    const Node *choices = node_get(state, S("Choices"));
    if (!node_is_list(choices) || !choices->count) {
        diag_error(c->diags, choices ? choices->loc : state->loc, "asl-missing",
                   "`%.*s` has no choices", SFMT(c->state));
        return;
    }
    for (uint32_t i = 0; i < choices->count; i++) {
        const Node *rule = choices->items[i], *assign = node_get(rule, S("Assign"));
        const Node *output = node_get(rule, S("Output"));
        if (!asl_is_map(c, rule, S("Choices")))
            continue;
        asl_require(c, rule, "Next", "a choice");
        if (assign)
            asl_check_assign(c, assign, query);
        if (output && query == QUERY_PATH)
            asl_wrong_language(c, node_find(rule, S("Output"))->key, query);
        else if (output)
            asl_check_template(c, output, query);
        if (query == QUERY_PATH) {
            asl_check_rule(c, rule, true);
            continue;
        }
        static const char *const keys[] = {"Condition", "Next", "Assign", "Output", "Comment"};
        const Node *condition = node_get(rule, S("Condition"));
        bool unused;
        asl_check_keys(c, rule, keys, COUNT(keys), "a choice in JSONata");
        asl_require(c, rule, "Condition", "a choice");
        if (condition && !node_to_bool(condition, &unused) && !asl_is_placeholder(c, condition))
            asl_check_jsonata(c, condition);
    }
}

static void check_wait(const AslCheck *c, const Node *state, Query query) {
    ONE_OF(c, state, true, "a Wait state", "Seconds", "SecondsPath", "Timestamp", "TimestampPath");
    const Node *time = node_get(state, S("Timestamp"));
    if (!time || asl_is_open(c, time, query) || (node_is_string(time) && asl_is_time(c, time)))
        return;
    asl_wrong(c, time, S("Timestamp"), "a time such as `2030-01-31T12:00:00Z`");
}

static void check_map_state(AslCheck *c, const Node *state, Query query) {
    ONE_OF(c, state, true, "a Map state", "ItemProcessor", "Iterator");
    ONE_OF(c, state, false, "a Map state", "ItemSelector", "Parameters");
    ONE_OF(c, state, false, "a Map state", "MaxConcurrency", "MaxConcurrencyPath");
    ONE_OF(c, state, false, "a Map state", "ToleratedFailureCount", "ToleratedFailureCountPath");
    ONE_OF(c, state, false, "a Map state", "ToleratedFailurePercentage",
           "ToleratedFailurePercentagePath");
    const Node *reader = node_get(state, S("ItemReader")),
               *batch = node_get(state, S("ItemBatcher"));
    const Node *config = node_get(reader, S("ReaderConfig"));
    ONE_OF(c, config, false, "a reader", "MaxItems", "MaxItemsPath");
    ONE_OF(c, batch, false, "a batch", "MaxItemsPerBatch", "MaxItemsPerBatchPath");
    ONE_OF(c, batch, false, "a batch", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath");
    asl_check_map(c, state, query);
    Str inner = c->state;
    bool nested = c->nested;
    const Node *processor = node_get(state, S("ItemProcessor")),
               *old = node_get(state, S("Iterator"));
    c->nested = true;
    if (processor)
        check_machine(c, processor, "an item processor", true);
    if (old)
        check_machine(c, old, "an iterator", true);
    c->state = inner;
    c->nested = nested;
}

static void check_parallel(AslCheck *c, const Node *state) {
    const Node *branches = node_get(state, S("Branches"));
    Str inner = c->state;
    bool nested = c->nested;
    if (!node_is_list(branches) || !branches->count) {
        diag_error(c->diags, branches ? branches->loc : state->loc, "asl-missing",
                   "`%.*s` has no branches", SFMT(c->state));
        return;
    }
    c->nested = true;
    for (uint32_t i = 0; i < branches->count; i++) {
        check_machine(c, branches->items[i], "a branch", false);
        c->state = inner;
    }
    c->nested = nested;
}

static void check_task(const AslCheck *c, const Node *state) {
    const Node *resource = node_get(state, S("Resource"));
    const Node *credentials = node_get(state, S("Credentials"));
    const Node *timeout = node_get(state, S("TimeoutSeconds"));
    const Node *heartbeat = node_get(state, S("HeartbeatSeconds"));
    double limit, beat;
    asl_require(c, state, "Resource", "a Task state");
    if (resource)
        asl_check_resource(c, resource);
    if (credentials && credentials->type != NODE_MAP && !asl_is_jsonata(node_str(credentials)))
        asl_wrong(c, credentials, S("Credentials"), "an object");
    ONE_OF(c, state, false, "a Task state", "TimeoutSeconds", "TimeoutSecondsPath");
    ONE_OF(c, state, false, "a Task state", "HeartbeatSeconds", "HeartbeatSecondsPath");
    if (timeout && heartbeat && asl_number(timeout, &limit) && asl_number(heartbeat, &beat) &&
        beat >= limit) {
        diag_error(c->diags, heartbeat->loc, "heartbeat-over-timeout",
                   "the heartbeat of `%.*s` is not shorter than its timeout", SFMT(c->state));
        diag_also(c->diags, timeout->loc, "the timeout");
    }
}

static void check_transition(const AslCheck *c, const Node *state, StateType type) {
    const Node *end = node_get(state, S("End"));
    if (type & (STATE_CHOICE | STATE_SUCCEED | STATE_FAIL))
        return;
    bool ends = node_is_word(end, S("true"));
    if (end && !ends && !node_is_word(end, S("false")))
        asl_wrong(c, end, S("End"), "`true`");
    if (!ends && !node_find(state, S("Next"))) {
        diag_error(c->diags, state->loc, "no-end", "`%.*s` neither goes on nor ends",
                   SFMT(c->state));
        diag_help(c->diags, "a state has `Next` or `End: true`");
    } else if (ends && node_find(state, S("Next"))) {
        diag_error(c->diags, end->loc, "next-and-end", "`%.*s` both goes on and ends",
                   SFMT(c->state));
        diag_help(c->diags, "keep one of `Next` and `End`");
    }
}

static void check_state(AslCheck *c, const Node *state) {
    const Node *type_name = node_get(state, S("Type"));
    StateType type = asl_state_type(node_str(type_name));
    if (!asl_is_map(c, state, S("States")))
        return;
    if (!type) {
        diag_error(c->diags, type_name ? type_name->loc : state->loc, "asl-type",
                   "`%.*s` is of no known type", SFMT(c->state));
        diag_help(c->diags, "Task, Pass, Choice, Wait, Succeed, Fail, Parallel or Map");
        return;
    }
    const Node *language = node_get(state, S("QueryLanguage"));
    Query query = c->query;
    if (language) {
        bool jsonata = str_eq(node_str(language), S("JSONata"));
        if (!jsonata && !str_eq(node_str(language), S("JSONPath")))
            asl_wrong(c, language, S("QueryLanguage"), "`JSONPath` or `JSONata`");
        else
            query = jsonata ? QUERY_JSONATA : QUERY_PATH;
        // Source: developer guide, JSONata. Published definitions do it within maps all the same.
        if (query != c->query && query == QUERY_PATH)
            (c->placeholders && c->nested ? diag_warn : diag_error)(
                c->diags, language->loc, "asl-language",
                "`%.*s` cannot be in JSONPath: its state machine is in JSONata", SFMT(c->state));
    }
    asl_check_fields(c, state, type, query);
    check_transition(c, state, type);
    if (type == STATE_CHOICE)
        check_choices(c, state, query);
    else if (type == STATE_WAIT)
        check_wait(c, state, query);
    else if (type == STATE_MAP)
        check_map_state(c, state, query);
    else if (type == STATE_PARALLEL)
        check_parallel(c, state);
    else if (type == STATE_TASK)
        check_task(c, state);
    ONE_OF(c, state, false, "a Fail state", "Error", "ErrorPath");
    ONE_OF(c, state, false, "a Fail state", "Cause", "CausePath");
}

static void check_machine(AslCheck *c, const Node *machine, const char *what, bool of_map) {
    static const char *const keys[] = {"Comment",        "StartAt",        "States",
                                       "Version",        "TimeoutSeconds", "QueryLanguage",
                                       "ProcessorConfig"};
    if (machine->type != NODE_MAP) {
        diag_error(c->diags, machine->loc, "wrong-type", "%s is an object", what);
        return;
    }
    asl_check_keys(c, machine, keys, COUNT(keys) - !of_map, what);
    const Node *states = node_get(machine, S("States")), *start = node_get(machine, S("StartAt"));
    const Node *timeout = node_get(machine, S("TimeoutSeconds"));
    if (!start || !node_is_string(start))
        diag_error(c->diags, start ? start->loc : machine->loc, "asl-missing",
                   "%s needs `StartAt`, the name of a state", what);
    if (timeout && !asl_is_placeholder(c, timeout))
        asl_check_number(c, timeout, S("TimeoutSeconds"), 1, SECONDS_MOST, true);
    const Node *comment = node_get(machine, S("Comment"));
    const Node *version = node_get(machine, S("Version"));
    if (version && (!node_is_string(version) || !str_eq(node_str(version), S("1.0"))) &&
        !asl_is_placeholder(c, version))
        diag_error(c->diags, version->loc, "wrong-type", "`Version` of %s is `1.0`", what);
    if (comment && !node_is_string(comment))
        diag_error(c->diags, comment->loc, "wrong-type", "`Comment` of %s is a text", what);
    if (!node_is_map(states) || !states->count) {
        diag_error(c->diags, states ? states->loc : machine->loc, "asl-missing",
                   "%s needs `States`", what);
        return;
    }
    for (uint32_t i = 0; i < states->count; i++) {
        c->state = states->entries[i].key->text;
        check_state(c, states->entries[i].value);
    }
}

void asl_check(AslCheck *c, const Node *definition) {
    size_t before = c->diags->errors;
    const Node *language = node_get(definition, S("QueryLanguage"));
    c->query = str_eq(node_str(language), S("JSONata")) ? QUERY_JSONATA : QUERY_PATH;
    if (language && c->query == QUERY_PATH && !str_eq(node_str(language), S("JSONPath")))
        diag_error(c->diags, language->loc, "wrong-type",
                   "`QueryLanguage` is `JSONPath` or `JSONata`");
    c->state = S("the definition");
    check_machine(c, definition, "a state machine", false);
    asl_check_names(c, definition);
    if (c->diags->errors == before) // what a state lacks would be reported again
        asl_check_flow(c, definition);
}
