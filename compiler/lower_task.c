// lower_task.c - stages that have something done: call, send, publish, start, job.
#include "build.h"
#include "lower.h"
#include "scope.h"
#include "service.h"

static Node *string(const Lower *l, const char *s, Loc at) {
    return node_string(l->arena, str_from(s), at);
}

static bool is_written_out(const Node *call) {
    return !call || call->type != NODE_SCALAR || str_starts(call->text, S("arn:")) ||
           str_starts(call->text, S("${"));
}

// arn:PARTITION:states:::NAME; an imported definition has it in one piece.
static Node *integration_arn(const Lower *l, Str name, Loc at) {
    if (l->exact)
        return node_string(l->arena, str_fmt(l->arena, "arn:aws:states:::%.*s", SFMT(name)), at);
    Node *text = node_text(l->arena, at);
    node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = S("arn:")});
    node_piece(l->arena, text, (Piece){.kind = PIECE_DEPLOY, .text = S("partition")});
    Str rest = str_fmt(l->arena, ":states:::%.*s", SFMT(name));
    node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = rest});
    return text;
}

Node *lower_access(Lower *l, Node *call) {
    return is_written_out(call) ? call : integration_arn(l, call->text, call->loc);
}

// What has no integration of its own is called through the SDK.
Node *lower_resource(Lower *l, Node *call, Str form) {
    if (is_written_out(call))
        return call;
    bool full = str_starts(call->text, S("aws-sdk:")) || service_knows(l->unit->kinds, call->text);
    return integration_arn(
        l, str_fmt(l->arena, "%s%.*s%.*s", full ? "" : "aws-sdk:", SFMT(call->text), SFMT(form)),
        call->loc);
}

// https://sqs.REGION.amazonaws.com/ACCOUNT/NAME of arn:aws:sqs:REGION:ACCOUNT:NAME
static Node *existing_url(const Lower *l, Str arn, Loc at) {
    Str part[6];
    for (size_t i = 0; i < COUNT(part); i++)
        str_split(&arn, ':', &part[i]);
    return node_string(l->arena,
                       str_fmt(l->arena, "https://sqs.%.*s.amazonaws.com/%.*s/%.*s", SFMT(part[3]),
                               SFMT(part[4]), SFMT(part[5])),
                       at);
}

static Node *attribute(const Lower *l, Resource *res, const char *name, Loc at) {
    bool known;
    if (str_starts(res->existing, S("arn:")) && str_is(S("url"), name))
        return existing_url(l, res->existing, at);
    if (str_starts(res->existing, S("arn:")) && str_is(S("call"), name))
        name = "arn";
    Node *value = scope_member(l->unit, res, str_from(name), &known);
    if (!value || value->type != NODE_TEXT)
        return value ? node_string(l->arena, value->text, at) : NULL;
    Node *located = node_copy(l->arena, value);
    located->loc = at;
    return located;
}

static Node *call_arn(const Lower *l, Resource *res, Loc at) {
    return attribute(l, res, kind_attr(res->kind, S("call")) ? "call" : "arn", at);
}

// The input as it is, for a field of the request that would otherwise be missing.
static Node *whole_input(const Lower *l, const Stage *s) {
    return string(l, s->query == QUERY_JSONATA ? "{% $states.input %}" : "$", s->node->loc);
}

// What is sent, once it is known which fields of the stage say what.
typedef struct Request {
    Lower *l;
    Stage *s;
    Node *fields; // as a stage would write `with`: expressions are not marked yet
} Request;

static Request request(Lower *l, Stage *s) {
    return (Request){l, s, node_map(l->arena, s->node->loc)};
}

static void say(const Request *r, const char *name, Node *value) {
    lower_put(r->l, r->fields, name, value);
}

static void say_key(const Request *r, const char *name, const char *key) {
    say(r, name, node_get(r->s->node, str_from(key)));
}

void lower_more(Lower *l, const Stage *s, Node *fields, const Node *more) {
    for (uint32_t i = 0; node_is_map(more) && i < more->count; i++) {
        Node *key = more->entries[i].key;
        if (!node_get(fields, key->text)) {
            node_entry(l->arena, fields, key, more->entries[i].value);
            continue;
        }
        diag_error(l->diags, key->loc, "duplicate-field", "`%.*s` is there twice in `%.*s`",
                   SFMT(key->text), SFMT(s->name));
        diag_help(l->diags, "the stage's other keys say it already");
    }
}

void lower_request(Lower *l, Stage *s, Node *fields) {
    lower_more(l, s, fields, node_get(s->node, S("request")));
    lower_put(l, s->state, s->query == QUERY_JSONATA ? "Arguments" : "Parameters",
              lower_template(l, s, fields));
}

static void finish(const Request *r) {
    lower_request(r->l, r->s, r->fields);
}

// How it answers, as the Resource says it: `.sync`.
static Str form_of(const Stage *s, const char *done) {
    const Node *wait = node_get(s->node, S("wait"));
    if (!wait)
        return (Str){0};
    return str_eq(wait->text, S("callback")) ? S(".waitForTaskToken") : str_from(done);
}

static void put_resource(Lower *l, Stage *s, const char *name, Str form) {
    lower_put(l, s->state, "Resource",
              lower_resource(l, string(l, name, s->verb->value->loc), form));
}

// --- call

// A function answers with its own result; `via: invoke` and callbacks go through Lambda's API.
static void call_function(Lower *l, Stage *s, Node *arn) {
    bool invoke = node_get(s->node, S("via")) || node_get(s->node, S("wait"));
    Node *stored =
        s->verb->value->type == NODE_REF ? lower_storage(l, s, s->verb->value->res) : NULL;
    if (!invoke) {
        lower_put(l, s->state, "Resource", arn);
        if (stored)
            lower_request(l, s, stored);
        return;
    }
    Request r = request(l, s);
    Node *with = stored ? stored : node_get(s->node, S("with"));
    put_resource(l, s, "lambda:invoke", form_of(s, ".sync"));
    say(&r, "FunctionName", arn);
    if (!with || !node_is_word(with, S("none"))) // nothing at all is handed over then
        say(&r, "Payload", with ? with : whole_input(l, s));
    finish(&r);
}

// A path alone as `with` is what the call sees of its input.
static void take_path_as_input(Lower *l, Stage *s) {
    Node *with = node_get(s->node, S("with"));
    bool path = with && with->type != NODE_MAP && s->query == QUERY_PATH &&
                lower_is_expression(l, with, QUERY_PATH);
    if (!path || node_get(s->state, S("Parameters")))
        return;
    lower_field(l, s, "InputPath", with);
    s->with_is_input = true;
}

static void start_execution(Lower *l, Stage *s, Node *arn) {
    Request r = request(l, s);
    Node *with = node_get(s->node, S("with"));
    put_resource(l, s, "states:startExecution", form_of(s, ".sync:2"));
    say(&r, "StateMachineArn", arn);
    if (!with || !node_is_word(with, S("none")))
        say(&r, "Input", with ? with : whole_input(l, s));
    say_key(&r, "Name", "execution");
    finish(&r);
}

static void call_service(Lower *l, Stage *s, Node *target) {
    Str form = form_of(s, ".sync");
    const char *v2 = str_eq(node_str(target), S("states:startExecution")) && form.len ? ":2" : "";
    if (str_ends(form, S(".sync")))
        form = str_fmt(l->arena, ".sync%s", v2);
    lower_put(l, s->state, "Resource", lower_resource(l, target, form));
    if (node_get(s->node, S("table"))) {
        lower_table(l, s);
    } else if (node_get(s->node, S("request"))) {
        Node *with = node_get(s->node, S("with"));
        lower_request(l, s, node_is_map(with) ? node_copy(l->arena, with) : request(l, s).fields);
    }
}

static void lower_call(Lower *l, Stage *s) {
    Node *target = s->verb->value;
    if (target->type == NODE_REF) {
        Node *arn = call_arn(l, target->res, target->loc);
        if (str_eq(target->res->kind->name, S("workflow")))
            start_execution(l, s, arn);
        else if (str_eq(target->res->kind->name, S("activity")))
            lower_put(l, s->state, "Resource", arn);
        else
            call_function(l, s, arn);
    } else if (node_get(s->node, S("via"))) {
        call_function(l, s, target);
    } else {
        call_service(l, s, target);
    }
}

// --- send, publish, start, job

// The URL of one queue of a fan-out, whose project, user and the like are expressions of the stage.
static Node *address(Lower *l, Stage *s, Resource *queue, const char *attr) {
    const Node *to = node_get(s->node, S("to"));
    const Attr *a = kind_attr(queue->kind, str_from(attr));
    Node *spelled = scope_render(l->unit, queue, a->spelled);
    Node *text = node_text(l->arena, s->verb->value->loc);
    for (uint32_t i = 0; spelled->type == NODE_TEXT && i < spelled->count; i++) {
        Piece piece = spelled->pieces[i];
        Node *value = NULL;
        if (piece.kind == PIECE_ITEM || piece.kind == PIECE_RUNTIME) {
            value = node_get(to, piece.text);
            if (!value) {
                diag_error(l->diags, to ? to->loc : s->verb->value->loc, "missing-key",
                           "which `%.*s` of `%.*s` is meant is not said", SFMT(piece.text),
                           SFMT(queue->path));
                diag_help(l->diags, "write `to: {%.*s: $.path}`", SFMT(piece.text));
                return NULL;
            }
            bool open = lower_is_expression(l, value, s->query);
            piece = (Piece){.kind = open ? PIECE_RUNTIME : PIECE_LITERAL, .text = node_str(value)};
        }
        node_piece(l->arena, text, piece);
    }
    if (spelled->type != NODE_TEXT)
        return spelled;
    return node_has_piece(text, PIECE_RUNTIME) ? lower_join(l, s->query, text)
                                               : node_settle(l->arena, text);
}

static Node *target_attribute(Lower *l, Stage *s, const char *attr) {
    Node *target = s->verb->value;
    if (target->type != NODE_REF)
        return target;
    return target->res->axis == AXIS_NONE ? attribute(l, target->res, attr, target->loc)
                                          : address(l, s, target->res, attr);
}

static Node *message_of(const Lower *l, const Stage *s) {
    Node *message = node_get(s->node, S("message"));
    return message ? message : whole_input(l, s);
}

// Seconds, unless only the run knows it.
static Node *delay_of(Lower *l, const Stage *s) {
    Node *delay = node_get(s->node, S("delay"));
    bool as_is =
        !delay || lower_is_expression(l, delay, s->query) || lower_is_placeholder(l, delay);
    return as_is ? delay : lower_seconds(l, "delay", delay);
}

// What has a type already stays as it is; else a number is one, and the rest are texts. Source: SQS
// and SNS API, MessageAttributeValue.
static Node *attribute_of(Lower *l, Node *value) {
    if (value->type != NODE_SCALAR && value->type != NODE_TEXT)
        return value;
    const char *type = node_is_number(value) ? "Number" : "String";
    Node *map = node_map(l->arena, value->loc);
    lower_put(l, map, "DataType", string(l, type, value->loc));
    lower_put(l, map, "StringValue",
              node_is_string(value) ? value : node_string(l->arena, value->text, value->loc));
    return map;
}

static Node *attributes_of(Lower *l, const Stage *s) {
    Node *given = node_get(s->node, S("attributes"));
    if (!node_is_map(given))
        return given;
    Node *all = node_map(l->arena, given->loc);
    for (uint32_t i = 0; i < given->count; i++)
        node_entry(l->arena, all, given->entries[i].key, attribute_of(l, given->entries[i].value));
    return all;
}

static void lower_send(Lower *l, Stage *s) {
    Request r = request(l, s);
    put_resource(l, s, "sqs:sendMessage", form_of(s, ".sync"));
    say(&r, "QueueUrl", target_attribute(l, s, "url"));
    say(&r, "MessageBody", message_of(l, s));
    say_key(&r, "MessageGroupId", "group");
    say_key(&r, "MessageDeduplicationId", "dedupe");
    say(&r, "DelaySeconds", delay_of(l, s));
    say(&r, "MessageAttributes", attributes_of(l, s));
    finish(&r);
}

static void lower_publish(Lower *l, Stage *s) {
    Request r = request(l, s);
    put_resource(l, s, "sns:publish", form_of(s, ".sync"));
    say(&r, "TopicArn", target_attribute(l, s, "arn"));
    say(&r, "Message", message_of(l, s));
    say_key(&r, "Subject", "subject");
    say_key(&r, "MessageGroupId", "group");
    say_key(&r, "MessageDeduplicationId", "dedupe");
    say(&r, "MessageAttributes", attributes_of(l, s));
    finish(&r);
}

static void lower_job(Lower *l, Stage *s) {
    Request r = request(l, s);
    put_resource(l, s, "glue:startJobRun", form_of(s, ".sync"));
    say(&r, "JobName", target_attribute(l, s, "ref"));
    Node *stored =
        s->verb->value->type == NODE_REF ? lower_storage(l, s, s->verb->value->res) : NULL;
    say(&r, "Arguments", stored ? stored : node_get(s->node, S("with")));
    finish(&r);
}

static void means_nothing(const Lower *l, const Stage *s, const char *key, const char *help) {
    const Entry *e = node_find(s->node, str_from(key));
    if (!e)
        return;
    diag_error(l->diags, e->key->loc, "stage-key", "`%s` means nothing in this stage", key);
    diag_help(l->diags, "%s", help);
}

// Keys that are the verb's, and that what is called has no use for: they would be lost.
static void check_uses(const Lower *l, const Stage *s) {
    static const char *const of_table[] = {"key", "item", "set", "if"};
    const Node *target = s->verb->value;
    const Resource *to = target->type == NODE_REF ? target->res : NULL;
    bool function = to && str_eq(to->kind->name, S("function"));
    bool activity = to && str_eq(to->kind->name, S("activity"));
    bool call = str_eq(s->verb->key->text, S("call"));
    bool sends = str_eq(s->verb->key->text, S("send")) || str_eq(s->verb->key->text, S("publish"));
    if (sends)
        means_nothing(l, s, "with", "what is sent is its `message`; `request` has other fields");
    if (sends && to && to->axis == AXIS_NONE)
        means_nothing(l, s, "to", "there is only one of what it is sent to");
    for (size_t i = 0; call && !node_get(s->node, S("table")) && i < COUNT(of_table); i++)
        means_nothing(l, s, of_table[i], "it is of a call of DynamoDB that names its `table`");
    if (call && to && !function)
        means_nothing(l, s, "via", "only a function is called through Lambda's API");
    if (activity)
        means_nothing(l, s, "request", "what is handed over is `with`");
    if (function && !node_get(s->node, S("via")) && !node_get(s->node, S("wait")))
        means_nothing(l, s, "request", "add `via: invoke`, which makes a request of the call");
}

void lower_task(Lower *l, Stage *s) {
    Str verb = s->verb->key->text;
    if (!l->exact)
        check_uses(l, s);
    if (str_eq(verb, S("call")))
        lower_call(l, s);
    else if (str_eq(verb, S("send")))
        lower_send(l, s);
    else if (str_eq(verb, S("publish")))
        lower_publish(l, s);
    else if (str_eq(verb, S("start")))
        start_execution(l, s, target_attribute(l, s, "arn"));
    else if (str_eq(verb, S("job")))
        lower_job(l, s);
    else
        lower_put(l, s->state, "Resource", s->verb->value); // task: a Resource as it is
    take_path_as_input(l, s);
}
