// lower_around.c - what the compiler adds around the stages of a workflow: the message is taken out
// of what a pipe hands over, and a failed execution hands its message on.
#include "build.h"
#include "lower.h"
#include "scope.h"

static Node *text(const Lower *l, const char *s) {
    return node_string(l->arena, str_from(s), l->workflow->loc);
}

static State *add_state(Lower *l, const char *name, StateType type, Node *def) {
    Node *states = node_get(l->machine->definition, S("States"));
    Stage s = {.name = str_from(name), .type = type, .query = l->query, .state = def};
    const Entry *same = node_find(states, s.name);
    if (same) {
        diag_error(l->diags, same->key->loc, "duplicate-stage",
                   "`%s` is the name of a state that is added here", name);
        diag_help(l->diags, "give this stage another `name`");
        return NULL;
    }
    State *state = lower_add_state(l, &s);
    state->def = lower_sorted(l, def, type);
    node_set(l->arena, states, s.name, state->def);
    return state;
}

// --- the message

static bool goes_to(const Node *n, Str name) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        if (goes_to(n->items[i], name))
            return true;
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        Str key = n->entries[i].key->text;
        bool target = str_eq(key, S("Next")) || str_eq(key, S("Default"));
        if (target ? str_eq(node_str(n->entries[i].value), name)
                   : goes_to(n->entries[i].value, name))
            return true;
    }
    return false;
}

// A state whose result replaces its input can take the message itself.
static bool takes_itself(const Lower *l, const State *first) {
    static const char *const keys[] = {"InputPath", "ResultPath", "OutputPath"};
    bool works = first->type & (STATE_TASK | STATE_MAP | STATE_PARALLEL);
    for (size_t i = 0; i < COUNT(keys); i++)
        works = works && !node_get(first->def, str_from(keys[i]));
    return works && first->query == QUERY_PATH &&
           !goes_to(node_get(l->machine->definition, S("States")), first->name);
}

// A pipe starts an execution with a list of one message (EventBridge Pipes, batching).
static void take_message(Lower *l) {
    Node *def = l->machine->definition, *start = node_get(def, S("StartAt"));
    State *first = NULL;
    for (size_t i = 0; i < l->machine->count && !first; i++)
        if (!l->machine->states[i]->outer && str_eq(l->machine->states[i]->name, node_str(start)))
            first = l->machine->states[i];
    if (!first)
        return;
    if (takes_itself(l, first)) {
        Node *taken = node_map(l->arena, first->def->loc);
        for (uint32_t i = 0; i < first->def->count; i++)
            node_entry(l->arena, taken, first->def->entries[i].key, first->def->entries[i].value);
        lower_put(l, taken, "InputPath", text(l, "$[0]"));
        *first->def = *lower_sorted(l, taken, first->type);
        return;
    }
    Node *pass = node_map(l->arena, l->workflow->loc);
    if (l->query == QUERY_JSONATA)
        lower_put(l, pass, "Output", text(l, "{% $states.input[0] %}"));
    else
        lower_put(l, pass, "InputPath", text(l, "$[0]"));
    lower_put(l, pass, "Next", node_copy(l->arena, start));
    if (add_state(l, "TakeMessage", STATE_PASS, pass))
        start->text = S("TakeMessage");
}

// --- failures

static bool catches_all(const Node *catchers) {
    const Node *last = catchers && catchers->count ? catchers->items[catchers->count - 1] : NULL;
    const Node *errors = node_get(last, S("ErrorEquals"));
    return errors && errors->count && str_eq(node_str(errors->items[0]), S("States.ALL"));
}

static void catch_failure(Lower *l, State *state) {
    Node *catchers = node_get(state->def, S("Catch"));
    if (catches_all(catchers))
        return;
    Node *catcher = node_map(l->arena, state->loc), *errors = node_list(l->arena, state->loc);
    node_push(l->arena, errors, text(l, "States.ALL"));
    lower_put(l, catcher, "ErrorEquals", errors);
    lower_put(l, catcher, "Next", text(l, "SendFailure"));
    if (catchers) {
        node_push(l->arena, catchers, catcher);
        return;
    }
    Node *list = node_list(l->arena, state->loc);
    node_push(l->arena, list, catcher);
    lower_put(l, state->def, "Catch", list);
    *state->def = *lower_sorted(l, state->def, state->type);
}

static Node *attribute(const Lower *l, const char *path, const char *expression) {
    Node *map = node_map(l->arena, l->workflow->loc);
    bool jsonata = l->query == QUERY_JSONATA;
    lower_put((Lower *)l, map, "DataType", text(l, "String"));
    lower_put((Lower *)l, map, jsonata ? "StringValue" : "StringValue.$",
              text(l, jsonata ? expression : path));
    return map;
}

// Nobody else sends the message on: a fault that passes must not lose it.
static Node *retry_all(Lower *l) {
    Loc at = l->workflow->loc;
    Node *list = node_list(l->arena, at), *retry = node_map(l->arena, at);
    Node *errors = node_list(l->arena, at);
    node_push(l->arena, errors, text(l, "States.ALL"));
    lower_put(l, retry, "ErrorEquals", errors);
    lower_put(l, retry, "IntervalSeconds", node_int(l->arena, 2, at));
    lower_put(l, retry, "MaxAttempts", node_int(l->arena, 6, at));
    lower_put(l, retry, "BackoffRate", node_int(l->arena, 2, at));
    node_push(l->arena, list, retry);
    return list;
}

// The message that started the execution, as it was, so that it can be sent to its queue again.
static Node *send_failure(Lower *l, Resource *queue, bool from_pipe) {
    bool known, jsonata = l->query == QUERY_JSONATA;
    Node *parameters = node_map(l->arena, l->workflow->loc);
    Node *attributes = node_map(l->arena, l->workflow->loc);
    lower_put(l, parameters, "QueueUrl", scope_member(l->unit, queue, S("url"), &known));
    if (jsonata)
        lower_put(l, parameters, "MessageBody",
                  text(l, from_pipe ? "{% $states.context.Execution.Input[0] %}"
                                    : "{% $states.context.Execution.Input %}"));
    else
        lower_put(l, parameters, "MessageBody.$",
                  text(l, from_pipe ? "$$.Execution.Input[0]" : "$$.Execution.Input"));
    lower_put(l, attributes, "Error", attribute(l, "$.Error", "{% $states.input.Error %}"));
    lower_put(l, attributes, "Execution",
              attribute(l, "$$.Execution.Name", "{% $states.context.Execution.Name %}"));
    lower_put(l, parameters, "MessageAttributes", attributes);
    Node *def = node_map(l->arena, l->workflow->loc);
    lower_put(l, def, "Resource", lower_resource(l, text(l, "sqs:sendMessage"), S("")));
    lower_put(l, def, jsonata ? "Arguments" : "Parameters", parameters);
    if (jsonata)
        lower_put(l, def, "Output", text(l, "{% $states.input %}"));
    else
        lower_put(l, def, "ResultPath", node_null(l->arena, l->workflow->loc));
    lower_put(l, def, "Retry", retry_all(l));
    lower_put(l, def, "Next", text(l, "Failed"));
    return def;
}

static void hand_failures_on(Lower *l, Resource *queue, bool from_pipe) {
    for (size_t i = 0; i < l->machine->count; i++) {
        State *state = l->machine->states[i];
        if (!state->outer && (state->type & (STATE_TASK | STATE_MAP | STATE_PARALLEL)))
            catch_failure(l, state);
    }
    Node *fail = node_map(l->arena, l->workflow->loc);
    bool jsonata = l->query == QUERY_JSONATA;
    lower_put(l, fail, jsonata ? "Error" : "ErrorPath",
              text(l, jsonata ? "{% $states.input.Error %}" : "$.Error"));
    lower_put(l, fail, jsonata ? "Cause" : "CausePath",
              text(l, jsonata ? "{% $states.input.Cause %}" : "$.Cause"));
    add_state(l, "SendFailure", STATE_TASK, send_failure(l, queue, from_pipe));
    add_state(l, "Failed", STATE_FAIL, fail);
}

void lower_around(Lower *l) {
    const Node *trigger = resource_get(l->workflow, S("trigger"));
    bool from_pipe = node_get(trigger, S("queue")) != NULL;
    bool express = node_get(resource_get(l->workflow, S("type")), S("express")) != NULL;
    Resource *queue = resource_ref(l->workflow, S("on-failure"));
    if (l->exact)
        return;
    if (queue && !(express && from_pipe)) // there, the message goes back to its queue
        hand_failures_on(l, queue, from_pipe);
    if (from_pipe)
        take_message(l);
}
