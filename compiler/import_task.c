// import_task.c - Task states: what is called, as a name where its ARN allows it.
#include "build.h"
#include "import_parts.h"
#include "service.h"

static Str part_of(Str arn, size_t n) {
    Str part = {0};
    for (size_t i = 0; i <= n; i++)
        if (!str_split(&arn, ':', &part))
            return (Str){0};
    return part;
}

static bool is_word(Str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
        if (!ok)
            return false;
    }
    return s.len > 0;
}

// arn:aws:SERVICE:REGION:ACCOUNT:NAME, all of it known, and nothing behind the name.
static bool is_plain_arn(Str arn, const char *service, size_t name_at) {
    return str_starts(arn, S("arn:aws:")) && str_is(part_of(arn, 2), service) &&
           is_word(part_of(arn, 3)) && part_of(arn, 4).len == 12 && is_word(part_of(arn, 4)) &&
           is_word(part_of(arn, name_at)) && !part_of(arn, name_at + 1).ptr;
}

// A function by name, where its whole ARN is known; else as it was written.
static Node *function_of(Importer *im, Node *n) {
    bool plain = is_plain_arn(n->text, "lambda", 6) && str_eq(part_of(n->text, 5), S("function"));
    return plain ? import_resource(im, "functions", n->text, n->loc) : import_expression(im, n);
}

static bool is_callable(const Node *n) {
    return n && n->type == NODE_SCALAR &&
           (str_starts(n->text, S("arn:")) || str_starts(n->text, S("${")));
}

// Every key of `map` is one of `names`, with or without `.$`.
static bool has_only(const Node *map, const char *const *names, size_t count) {
    for (uint32_t i = 0; i < map->count; i++) {
        Str key = map->entries[i].key->text;
        if (str_ends(key, S(".$")))
            key = str_cut(key, 0, key.len - 2);
        bool known = false;
        for (size_t j = 0; j < count; j++)
            known = known || str_is(key, names[j]);
        if (!known)
            return false;
    }
    return true;
}

static bool is_whole_input(const Node *n, Query query) {
    return str_eq(node_str(n), query == QUERY_JSONATA ? S("{% $states.input %}") : S("$"));
}

static Node *field(const Importer *im, const Node *map, const char *name) {
    Node *value = node_get(map, str_from(name));
    return value ? value : node_get(map, str_fmt(im->arena, "%s.$", name));
}

// The value of a parameter, as a stage writes it: an expression is one by its text alone.
static Node *parameter(const Importer *im, const Node *map, const char *name, Query query) {
    Node *marked = node_get(map, str_fmt(im->arena, "%s.$", name));
    if (marked)
        return import_expression(im, marked);
    Node *plain = node_get(map, str_from(name));
    if (!plain || !str_eq(node_str(plain), S("none")))
        return plain ? import_template(im, plain, query) : NULL;
    Node *literal = node_map(im->arena, plain->loc); // `with: none` hands nothing over
    import_put(im, literal, "literal", plain);
    return literal;
}

// An expression that its text does not show to be one needs its `.$`, and so the general form.
static bool all_seen(const Importer *im, const Node *map) {
    for (uint32_t i = 0; i < map->count; i++)
        if (str_ends(map->entries[i].key->text, S(".$")) &&
            !lower_is_expression(&im->probe, map->entries[i].value, QUERY_PATH))
            return false;
    return true;
}

static bool import_invoke(Importer *im, const Node *parameters, Node *stage, Query query) {
    static const char *const names[] = {"FunctionName", "Payload"};
    Node *function = node_get(parameters, S("FunctionName"));
    if (!is_callable(function) || !has_only(parameters, names, COUNT(names)) ||
        (query == QUERY_PATH && !all_seen(im, parameters)))
        return false;
    const Node *payload = field(im, parameters, "Payload");
    import_put(im, stage, "call", function_of(im, function));
    import_put(im, stage, "via", import_word(im, "invoke", function->loc));
    if (!payload)
        import_put(im, stage, "with", import_word(im, "none", function->loc));
    else if (!is_whole_input(payload, query))
        import_put(im, stage, "with", parameter(im, parameters, "Payload", query));
    return true;
}

// https://sqs.REGION.amazonaws.com/ACCOUNT/NAME -> its ARN; empty: it is not like that.
static Str queue_arn(const Importer *im, Str url) {
    Str host, account, scheme = S("https://sqs.");
    if (!str_starts(url, scheme))
        return (Str){0};
    url = str_cut(url, scheme.len, url.len);
    str_split(&url, '/', &host);
    str_split(&url, '/', &account);
    Str region;
    str_split(&host, '.', &region);
    bool ours = is_word(region) && str_eq(host, S("amazonaws.com")) && account.len == 12 &&
                is_word(account);
    Str name = str_ends(url, S(".fifo")) ? str_cut(url, 0, url.len - 5) : url;
    if (!ours || !is_word(name))
        return (Str){0};
    return str_fmt(im->arena, "arn:aws:sqs:%.*s:%.*s:%.*s", SFMT(region), SFMT(account), SFMT(url));
}

typedef struct KeyOf { // a parameter, and the key of a stage that stands for it
    const char *parameter, *key;
} KeyOf;
static const KeyOf send_keys[] = {
    {"MessageBody",            "message"   },
    {"MessageGroupId",         "group"     },
    {"MessageDeduplicationId", "dedupe"    },
    {"DelaySeconds",           "delay"     },
    {"MessageAttributes",      "attributes"},
};
static const KeyOf publish_keys[] = {
    {"Message",                "message"   },
    {"Subject",                "subject"   },
    {"MessageGroupId",         "group"     },
    {"MessageDeduplicationId", "dedupe"    },
    {"MessageAttributes",      "attributes"},
};

static void import_keys(Importer *im, const Node *parameters, Node *stage, Query query,
                        const KeyOf *keys, size_t count, const char *target) {
    Node *more = node_map(im->arena, parameters->loc);
    for (size_t i = 0; i < count; i++) {
        const Node *value = field(im, parameters, keys[i].parameter);
        bool whole = i == 0 && value && is_whole_input(value, query) &&
                     (query == QUERY_JSONATA || !node_get(parameters, str_from(keys[i].parameter)));
        if (value && !whole)
            import_put(im, stage, keys[i].key, parameter(im, parameters, keys[i].parameter, query));
    }
    for (uint32_t i = 0; i < parameters->count; i++) {
        const Entry *e = &parameters->entries[i];
        Str key = e->key->text;
        if (query == QUERY_PATH && str_ends(key, S(".$")))
            key = str_cut(key, 0, key.len - 2);
        bool known = str_is(key, target);
        for (size_t j = 0; j < count; j++)
            known = known || str_is(key, keys[j].parameter);
        if (!known)
            node_entry(im->arena, more, node_string(im->arena, key, e->key->loc),
                       parameter(im, parameters, arena_str(im->arena, key).ptr, query));
    }
    if (more->count)
        import_put(im, stage, "request", more);
}

// Something is sent to a queue or topic whose address is known. Without its first field the message
// would be the whole input.
static bool import_message(Importer *im, const Integration *in, const Node *parameters, Node *stage,
                           Query query) {
    bool queue = str_eq(in->service, S("sqs")) && str_eq(in->action, S("sendMessage"));
    bool topic = str_eq(in->service, S("sns")) && str_eq(in->action, S("publish"));
    const char *target = queue ? "QueueUrl" : "TopicArn";
    const Node *address = node_get(parameters, str_from(target));
    if ((!queue && !topic) || in->sdk || !address || address->type != NODE_SCALAR ||
        !field(im, parameters, queue ? "MessageBody" : "Message") ||
        (query == QUERY_PATH && !all_seen(im, parameters)))
        return false;
    Str arn = queue ? queue_arn(im, address->text) : address->text;
    if (!is_plain_arn(str_ends(arn, S(".fifo")) ? str_cut(arn, 0, arn.len - 5) : arn,
                      queue ? "sqs" : "sns", 5))
        return false;
    import_put(im, stage, queue ? "send" : "publish",
               import_resource(im, queue ? "queues" : "topics", arn, address->loc));
    if (queue)
        import_keys(im, parameters, stage, query, send_keys, COUNT(send_keys), target);
    else
        import_keys(im, parameters, stage, query, publish_keys, COUNT(publish_keys), target);
    return true;
}

// `sqs:sendMessage`, `s3:getObject`, `aws-sdk:sqs:sendMessage`; a form that `wait` cannot say
// stays.
static void import_call(Importer *im, const Integration *in, Node *stage, Loc at) {
    Str plain = str_fmt(im->arena, "%.*s:%.*s", SFMT(in->service), SFMT(in->action));
    bool optimised = service_knows(im->kinds, plain);
    bool execution = str_eq(in->service, S("states")) && str_eq(in->action, S("startExecution"));
    bool done = str_eq(in->form, execution ? S("sync:2") : S("sync"));
    bool callback = str_eq(in->form, S("waitForTaskToken"));
    bool written = in->form.len && !done && !callback;
    bool known = !in->sdk && !optimised; // neither ours nor the SDK's: it must be said in full
    Str name =
        str_fmt(im->arena, "%s%.*s:%.*s%s%.*s",
                known                  ? "arn:aws:states:::"
                : in->sdk && optimised ? "aws-sdk:"
                                       : "",
                SFMT(in->service), SFMT(in->action), written || (known && in->form.len) ? "." : "",
                SFMT(written || known ? in->form : (Str){0}));
    import_put(im, stage, "call", node_string(im->arena, name, at));
    if (service_may_be_newer(im->kinds, in)) // nothing is known of what it needs
        import_put(im, stage, "needs", node_list(im->arena, at));
    if ((done || callback) && !known)
        import_put(im, stage, "wait", import_word(im, done ? "done" : "callback", at));
}

static void import_integration(Importer *im, const Integration *in, const Node *parameters,
                               Node *stage, Query query, Loc at) {
    bool invoke = !in->sdk && str_eq(in->service, S("lambda")) && str_eq(in->action, S("invoke"));
    bool callback = str_eq(in->form, S("waitForTaskToken"));
    bool plain = !in->form.len || callback;
    bool said = parameters && parameters->type == NODE_MAP && plain &&
                ((invoke && import_invoke(im, parameters, stage, query)) ||
                 import_message(im, in, parameters, stage, query));
    if (said && callback)
        import_put(im, stage, "wait", import_word(im, "callback", at));
    if (said)
        return;
    import_call(im, in, stage, at);
    if (parameters)
        import_put(im, stage, "with", import_template(im, (Node *)parameters, query));
}

void import_task(Importer *im, const Node *state, Node *stage, Query query) {
    Node *resource = node_get(state, S("Resource"));
    Node *parameters = node_get(state, query == QUERY_JSONATA ? S("Arguments") : S("Parameters"));
    Integration in;
    bool ours = str_starts(node_str(resource), S("arn:aws:states:::"));
    if (ours && integration_parse(resource, &in)) {
        import_integration(im, &in, parameters, stage, query, resource->loc);
        return;
    }
    if (resource->type != NODE_SCALAR)
        import_put(im, stage, "task", resource);
    else
        import_put(im, stage, "call", function_of(im, resource));
    if (parameters)
        import_put(im, stage, "with", import_template(im, parameters, query));
}
