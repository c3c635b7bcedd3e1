// quota_event.c - what EventBridge and its pipes would refuse, or never do.
#include "json.h"
#include "quota_parts.h"
#include "unit.h"

static void check_group(Unit *u, const Resource *r) {
    const Resource *queue = resource_ref(r, S("queue"));
    if (!queue || !quota_true(queue, "fifo"))
        return;
    if (!resource_get(r, S("group")) || !quota_true(queue, "dedupe")) {
        diag_error(
            u->diags, quota_at(r, "queue"), "fifo-rule",
            "EventBridge sends to FIFO queue `%.*s` only with a group and deduplication by content",
            SFMT(queue->path));
        diag_help(u->diags, "add `group` here and `dedupe: content` to the queue");
    }
}

enum { PATTERN_CHARACTERS = 4096 }; // EventBridge API, PutRule and CreatePipe: an event pattern

// `pattern` as `at` says it.
static void check_pattern(Unit *u, const Node *pattern, Loc place) {
    Buf text = {.arena = u->arena};
    if (pattern)
        json_print(&text, pattern, 0, false);
    if (text.len > PATTERN_CHARACTERS) {
        diag_error(u->diags, place, "pattern-too-long", "the pattern has %zu characters", text.len);
        diag_note(u->diags, "EventBridge takes %d", PATTERN_CHARACTERS);
        diag_help(u->diags, "match by prefix, or divide it among several");
    }
    buf_free(&text);
}

void quota_rule(Unit *u, const Resource *r) {
    check_pattern(u, resource_get(r, S("pattern")), quota_at(r, "pattern"));
    check_group(u, r);
}

enum { INPUT_BYTES = 262144 }; // Step Functions API, StartExecution: the input

static const Node *find_word(const Node *tree, Str word) {
    const Node *found = tree && str_eq(node_str(tree), word) ? tree : NULL;
    for (uint32_t i = 0; tree && tree->type == NODE_MAP && i < tree->count && !found; i++)
        found = find_word(tree->entries[i].value, word);
    for (uint32_t i = 0; tree && tree->type == NODE_LIST && i < tree->count && !found; i++)
        found = find_word(tree->items[i], word);
    return found;
}

// Pipes API, PipeTargetStateMachineParameters: REQUEST_RESPONSE is of express workflows only.
static void check_asking(Unit *u, const Resource *r) {
    const Node *asks = find_word(resource_get(r, S("raw")), S("REQUEST_RESPONSE"));
    const Resource *target = resource_ref(r, S("target"));
    if (!asks || !target || !node_get(resource_get(target, S("type")), S("standard")))
        return;
    diag_error(u->diags, asks->loc, "express-only",
               "pipe `%.*s` asks standard workflow `%.*s` for an answer", SFMT(r->path),
               SFMT(target->path));
    diag_also(u->diags, target->loc, "this workflow is standard");
    diag_help(u->diags, "leave it out: a pipe asks an express workflow, and starts a standard one");
}

void quota_pipe(Unit *u, const Resource *r) {
    const Node *filters = resource_get(r, S("filter"));
    const Resource *queue = resource_ref(r, S("source"));
    long long most;
    check_asking(u, r);
    for (uint32_t i = 0; filters && i < filters->count; i++)
        check_pattern(u, filters->items[i], filters->items[i]->loc);
    if (!queue || !unit_size(node_str(resource_get(queue, S("max-message"))), &most) ||
        most <= INPUT_BYTES)
        return;
    diag_error(u->diags, quota_at(queue, "max-message"), "message-over-input",
               "a message of `%.*s` can be larger than the input of a workflow", SFMT(queue->path));
    diag_also(u->diags, r->loc, "a workflow is started with it here");
    diag_help(u->diags, "set `max-message` to 256KB or less, and put what is larger into a bucket");
}
