// flow_data.c - data flow: what every state is handed, over all ways that lead to it, and whether
// what it reads is there. A field that no way provides is an error, one that some ways lack a
// warning. Source: states-language.net/spec.html, input and output processing, and variables.
#include "flow_data_parts.h"

enum { VISITS = 12 }; // of a state; then nothing is known of what it is handed

typedef struct Spot { // a state of one flow
    const State *state;
    Value in;
    unsigned visits;
    bool reached, waiting;
    Way ways[WAYS_SHOWN];
    size_t way_count;
} Spot;

typedef struct Area { // one flow: the workflow, a branch, or the inside of a map
    Analysis *an;
    Spot *spots;
    StrMap by_name;
    uint32_t count;
    Value end;
    bool ends;
} Area;

static Value area_run(Analysis *an, const Node *flow, Value in, bool report);

static void arrive(Area *area, const Spot *from, const Node *target, Value value, const char *how) {
    Spot *to = strmap_get(&area->by_name, node_str(target));
    if (!to)
        return;
    if (area->an->report) {
        if (area->an->silent && to->way_count < WAYS_SHOWN)
            to->ways[to->way_count++] = (Way){from->state, target->loc, how, value.data};
        return;
    }
    Value joined = value;
    if (to->reached) {
        joined.data = data_join(area->an->arena, to->in.data, value.data);
        joined.vars = data_join(area->an->arena, to->in.vars, value.vars);
    }
    bool same =
        to->reached && data_same(joined.data, to->in.data) && data_same(joined.vars, to->in.vars);
    if (!same && ++to->visits > VISITS)
        joined = (Value){NULL, NULL};
    to->waiting = to->waiting || (!same && to->visits <= VISITS + 1);
    to->reached = true;
    to->in = joined;
}

static void leave(Area *area, const Spot *from, Value value) {
    const Node *next = node_get(from->state->def, S("Next"));
    if (next) {
        arrive(area, from, next, value, "goes on");
        return;
    }
    area->end.data =
        area->ends ? data_join(area->an->arena, area->end.data, value.data) : value.data;
    area->ends = true;
}

// --- what a state reads and makes

static const Node *field(const Reader *r, const char *name) {
    return node_get(r->state->def, str_from(name));
}

static const Data *filtered(Reader *r, const char *name, const Data *d) {
    const Node *path = field(r, name);
    if (!path)
        return d;
    return node_is_null(path) ? data_object(r->an->arena, false) : read_path(r, path, d);
}

// What stands beside the data: how long, how many, as whom; what is found is of no matter here.
static void read_settings(Reader *r, const Data *d) {
    static const char *const names[][2] = {
        {"Seconds",                    "SecondsPath"                   },
        {"Timestamp",                  "TimestampPath"                 },
        {"TimeoutSeconds",             "TimeoutSecondsPath"            },
        {"HeartbeatSeconds",           "HeartbeatSecondsPath"          },
        {"MaxConcurrency",             "MaxConcurrencyPath"            },
        {"Error",                      "ErrorPath"                     },
        {"Cause",                      "CausePath"                     },
        {"ToleratedFailureCount",      "ToleratedFailureCountPath"     },
        {"ToleratedFailurePercentage", "ToleratedFailurePercentagePath"},
    };
    for (size_t i = 0; i < COUNT(names); i++) {
        read_text(r, field(r, names[i][0]));
        if (field(r, names[i][1]))
            read_expression(r, field(r, names[i][1]), d);
    }
    if (field(r, "Credentials")) // no page says whether that is before InputPath or behind it
        read_template(r, field(r, "Credentials"), field(r, "InputPath") ? NULL : d);
}

static Value assigned(Reader *r, const Node *assign, const Data *root, Value value) {
    const Data *set = assign ? read_template(r, assign, root) : NULL;
    for (size_t i = 0; set && set->kind == DATA_OBJECT && i < set->count; i++)
        value.vars = data_with(r->an->arena, value.vars, set->fields[i].name, set->fields[i].data);
    return value;
}

// ResultPath: the result replaces the input, goes into it, or is dropped.
static const Data *placed(Reader *r, const Node *path, const Data *input, const Data *result) {
    if (!path)
        return result;
    if (node_is_null(path))
        return input;
    Path parsed;
    Flaw unused;
    if (!path_parse(r->an->arena, node_str(path), &parsed, &unused))
        return NULL;
    return data_put(r->an->arena, input, parsed.steps, parsed.count, result);
}

// The end of a state: its result becomes its output.
static Value finish(Reader *r, Value in, const Data *result) {
    Value out = in;
    if (r->state->query == QUERY_JSONATA) {
        r->result = result;
        const Node *output = field(r, "Output");
        out = assigned(r, field(r, "Assign"), NULL, in);
        out.data = output ? read_template(r, output, NULL) : result;
        return out;
    }
    const Node *selector = field(r, "ResultSelector");
    // What `$` is in Assign where there is a selector is said nowhere.
    out = assigned(r, field(r, "Assign"), selector ? NULL : result, in);
    if (selector)
        result = read_template(r, selector, result);
    out.data = filtered(r, "OutputPath", placed(r, field(r, "ResultPath"), in.data, result));
    return out;
}

static const Data *error_data(Arena *a) {
    const Data *d = data_object(a, false); // source: developer guide, error output
    d = data_with(a, d, S("Error"), data_scalar(a, DATA_STRING));
    return data_with(a, d, S("Cause"), data_scalar(a, DATA_STRING));
}

static void catch_errors(Area *area, Reader *r, const Spot *spot, Value in) {
    const Node *catchers = field(r, "Catch");
    for (uint32_t i = 0; node_is_list(catchers) && i < catchers->count; i++) {
        const Node *catcher = catchers->items[i], *output = node_get(catcher, S("Output"));
        const Data *error = error_data(area->an->arena);
        r->error = error;
        Value out = assigned(r, node_get(catcher, S("Assign")), error, in);
        if (r->state->query == QUERY_JSONATA)
            out.data = output ? read_template(r, output, NULL) : error;
        else
            out.data = placed(r, node_get(catcher, S("ResultPath")), in.data, error);
        r->error = NULL;
        arrive(area, spot, node_get(catcher, S("Next")), out, "catches an error");
    }
}

// What the state's work is handed.
static const Data *handed(Reader *r, Value in, const Data *effective) {
    bool jsonata = r->state->query == QUERY_JSONATA;
    const Node *request = field(r, jsonata ? "Arguments" : "Parameters");
    if (!request)
        return jsonata ? in.data : effective;
    const Data *given = read_template(r, request, jsonata ? NULL : effective);
    read_request(r, request, given);
    return given;
}

static const Data *run_map(Area *area, Reader *r, const Data *effective) {
    const Node *inside = field(r, "ItemProcessor"), *selector = field(r, "ItemSelector");
    const Node *items = field(r, "Items"), *path = field(r, "ItemsPath");
    const Node *reader = field(r, "ItemReader"), *writer = field(r, "ResultWriter");
    Arena *a = area->an->arena;
    const Data *item;
    if (!inside)
        inside = field(r, "Iterator");
    if (!selector)
        selector = field(r, r->state->query == QUERY_JSONATA ? "Arguments" : "Parameters");
    const Node *const parts[] = {reader, writer, field(r, "ItemBatcher")};
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i])
            read_access(r, parts[i], effective);
    const Data *own = effective && effective->kind == DATA_LIST ? effective->of : NULL;
    item = path || items ? read_items(r, path ? path : items, effective) : own;
    if (reader)
        item = NULL;
    if (selector)
        item = read_template(r, selector, effective);
    if (field(r, "ItemBatcher"))
        item = NULL;
    const Node *config = node_get(inside, S("ProcessorConfig"));
    bool apart = str_eq(node_get_str(config, S("Mode")), S("DISTRIBUTED"));
    Value in = {item, apart ? data_object(a, false) : r->vars};
    Value out = area_run(area->an, inside, in, area->an->report);
    return writer ? NULL : data_list(a, out.data);
}

static const Data *run_parallel(Area *area, Reader *r, const Data *given) {
    const Node *branches = field(r, "Branches");
    const Data *of = NULL;
    for (uint32_t i = 0; i < branches->count; i++) {
        Value in = {given, r->vars};
        Value out = area_run(area->an, branches->items[i], in, area->an->report);
        // Which branch an index means is not followed: what differs is not known.
        of = i == 0 ? out.data : data_same(of, out.data) ? of : NULL;
    }
    return data_list(area->an->arena, of);
}

static void choose(Area *area, Reader *r, const Spot *spot, Value in, const Data *effective) {
    const Node *choices = field(r, "Choices"), *otherwise = field(r, "Default");
    for (uint32_t i = 0; i < choices->count; i++) {
        const Node *rule = choices->items[i];
        const Data *seen = effective;
        if (r->state->query == QUERY_PATH)
            seen = read_rule(r, rule, effective);
        else if (node_get(rule, S("Condition")))
            read_template(r, node_get(rule, S("Condition")), NULL);
        Value out = assigned(r, node_get(rule, S("Assign")), effective, in);
        const Node *output = node_get(rule, S("Output"));
        out.data = output ? read_template(r, output, NULL) : seen;
        if (r->state->query == QUERY_PATH)
            out.data = filtered(r, "OutputPath", out.data);
        arrive(area, spot, node_get(rule, S("Next")), out, "chooses this");
    }
    if (otherwise) {
        Value out = assigned(r, field(r, "Assign"), effective, in);
        const Node *output = field(r, "Output");
        out.data = output ? read_template(r, output, NULL) : filtered(r, "OutputPath", effective);
        arrive(area, spot, otherwise, out, "matches nothing");
    }
}

static void visit(Area *area, Spot *spot) {
    const State *state = spot->state;
    Reader r = {.an = area->an,
                .state = state,
                .input = spot->in.data,
                .vars = spot->in.vars,
                .ways = spot->ways,
                .way_count = spot->way_count};
    const Data *effective =
        state->query == QUERY_PATH ? filtered(&r, "InputPath", spot->in.data) : spot->in.data;
    const Data *result = effective;
    read_settings(&r, effective);
    if (state->type == STATE_CHOICE) {
        choose(area, &r, spot, spot->in, effective);
        return;
    }
    if (state->type == STATE_MAP) {
        result = run_map(area, &r, effective);
    } else if (state->type == STATE_PARALLEL) {
        result = run_parallel(area, &r, handed(&r, spot->in, effective));
    } else if (state->type == STATE_PASS) {
        const Node *fixed = field(&r, "Result");
        const Data *given = handed(&r, spot->in, effective);
        result = fixed ? data_of_node(area->an->arena, fixed) : given;
    } else if (state->type == STATE_TASK) {
        result = read_call(&r, handed(&r, spot->in, effective));
    } else if (state->type == STATE_FAIL) {
        return;
    }
    catch_errors(area, &r, spot, spot->in);
    leave(area, spot, finish(&r, spot->in, result));
}

// --- areas

static void area_settle(Area *area) {
    for (bool moved = true; moved;) {
        moved = false;
        for (uint32_t i = 0; i < area->count; i++) {
            if (!area->spots[i].waiting)
                continue;
            area->spots[i].waiting = false;
            moved = true;
            visit(area, &area->spots[i]);
        }
    }
}

static Value area_run(Analysis *an, const Node *flow, Value in, bool report) {
    const Node *states = node_get(flow, S("States"));
    Area area = {.an = an, .count = states->count};
    area.spots = arena_new(an->arena, Spot, states->count);
    for (uint32_t i = 0; i < states->count; i++) {
        area.spots[i].state = strmap_get(&an->states, states->entries[i].key->text);
        strmap_put(&area.by_name, an->arena, states->entries[i].key->text, &area.spots[i]);
    }
    Spot *start = strmap_get(&area.by_name, node_get_str(flow, S("StartAt")));
    if (!start)
        return (Value){NULL, NULL};
    start->in = in;
    start->reached = start->waiting = true;
    an->report = false;
    area_settle(&area);
    an->report = report;
    if (report) {
        // Once to learn who leads where, once to say what is missing: the ways come first.
        an->silent++;
        for (uint32_t i = 0; i < area.count; i++)
            if (area.spots[i].reached)
                visit(&area, &area.spots[i]);
        an->silent--;
        for (uint32_t i = 0; i < area.count && !an->silent; i++)
            if (area.spots[i].reached)
                visit(&area, &area.spots[i]);
    }
    return area.end;
}

static const Data *first_input(Types *types, const Machine *m, Arena *a) {
    const Node *trigger = resource_get(m->workflow, S("trigger"));
    const Data *input = data_of_type(a, type_read(types, resource_get(m->workflow, S("input"))));
    // A pipe hands over a list of one message.
    return node_get(trigger, S("queue")) && !m->exact ? data_list(a, input) : input;
}

void flow_data(Unit *u, const Machine *m) {
    Arena arena = {.on_oom = u->arena->on_oom, .oom_arg = u->arena->oom_arg};
    Types types = {.unit = u};
    Analysis an = {.arena = &arena, .unit = u, .machine = m, .types = &types};
    for (size_t i = 0; i < m->count; i++)
        strmap_put(&an.states, &arena, m->states[i]->name, m->states[i]);
    Value in = {first_input(&types, m, &arena), data_object(&arena, false)};
    area_run(&an, m->definition, in, false);
    if (an.has_to_say)
        area_run(&an, m->definition, in, true);
    arena_free(&arena);
}
