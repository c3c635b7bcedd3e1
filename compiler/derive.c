// derive.c - fields that a template cannot say. To add one, add a function and a row, declare it
// `derived: true` in the kind, and test it.
#include "derive.h"

#include "build.h"
#include "grant.h"
#include "scope.h"
#include "spec.h"
#include "unit.h"
#include "uses.h"

static Node *word(Unit *u, const Resource *r, const char *text) {
    return node_string(u->arena, str_from(text), r->loc);
}

// A table declares the attributes that its keys name, each once.
static void add_attribute(Unit *u, Node *list, Node *name, Node *type) {
    for (uint32_t i = 0; name && i < list->count; i++)
        if (str_eq(node_get_str(list->items[i], S("name")), node_str(name)))
            return;
    if (!name)
        return;
    Node *attribute = node_map(u->arena, name->loc);
    node_set(u->arena, attribute, S("name"), name);
    node_set(u->arena, attribute, S("type"), type);
    node_push(u->arena, list, attribute);
}

static Node *key_attributes(Unit *u, Resource *r) {
    Node *list = node_list(u->arena, r->loc);
    add_attribute(u, list, resource_get(r, S("key")), resource_get(r, S("key-type")));
    add_attribute(u, list, resource_get(r, S("sort")), resource_get(r, S("sort-type")));
    const Node *indexes = resource_get(r, S("indexes"));
    for (uint32_t i = 0; indexes && i < indexes->count; i++) {
        const Node *index = indexes->entries[i].value;
        add_attribute(u, list, node_get(index, S("key")), node_get(index, S("key-type")));
        add_attribute(u, list, node_get(index, S("sort")), node_get(index, S("sort-type")));
    }
    return list;
}

// What holds data is protected unless somebody says otherwise.
static Node *protection(Unit *u, Resource *r) {
    return node_bool(u->arena, !template_truth(resource_get(r, S("ephemeral"))), r->loc);
}

// `{project}` and `{containerId}` in a variable are filled in by the code that reads it.
static Node *with_braces(Unit *u, Node *value) {
    if (!value || value->type != NODE_TEXT)
        return value;
    Node *text = node_text(u->arena, value->loc);
    for (uint32_t i = 0; i < value->count; i++) {
        Piece piece = value->pieces[i];
        if (piece.kind == PIECE_ITEM || piece.kind == PIECE_RUNTIME)
            piece = (Piece){.kind = PIECE_LITERAL,
                            .text = str_fmt(u->arena, "{%.*s}", SFMT(piece.text))};
        node_piece(u->arena, text, piece);
    }
    return node_settle(u->arena, text);
}

static Node *variables(Unit *u, Resource *r) {
    Node *map = node_map(u->arena, r->loc), *account = node_text(u->arena, r->loc);
    const Use *uses;
    size_t count = uses_of(r, &uses);
    for (size_t i = 0; i < count; i++) {
        const Node *env = scope_render(u, uses[i].to, uses[i].to->kind->env);
        Str name = use_variable(u->arena, uses[i].to);
        bool mine = uses[i].to->axis == r->axis;
        Node *value = node_get(env, S("value"));
        if (value && !node_get(map, name))
            node_set(u->arena, map, name, mine ? value : with_braces(u, value));
    }
    node_piece(u->arena, account, (Piece){.kind = PIECE_DEPLOY, .text = S("account")});
    node_set(u->arena, map, S("AWS_ACCOUNT_ID"), account);
    return spec_merge(u->arena, map, resource_get(r, S("environment")));
}

static bool is_percentile(Str statistic) {
    return statistic.len > 1 && statistic.ptr[0] == 'p' && statistic.ptr[1] >= '0' &&
           statistic.ptr[1] <= '9';
}

static Node *seconds_of(Unit *u, const Resource *r, Str field) {
    Node *value = resource_get(r, field);
    return value ? filter_find(S("seconds"))->apply(u->arena, value, (Str){0}) : NULL;
}

// An alarm on one metric says so directly.
static Node *single_metric(Unit *u, Resource *r) {
    const Node *of = resource_get(r, S("of"));
    if (!of || resource_get(r, S("share-of")) || resource_get(r, S("beside")) ||
        resource_get(r, S("query")) || node_get(of, S("also")))
        return NULL;
    Node *single = node_map(u->arena, r->loc), *statistic = node_get(of, S("statistic"));
    node_set(u->arena, single, S("namespace"), node_get(of, S("namespace")));
    node_set(u->arena, single, S("metric"), node_get(of, S("metric")));
    node_set(u->arena, single,
             is_percentile(node_str(statistic)) ? S("percentile") : S("statistic"), statistic);
    node_set(u->arena, single, S("dimensions"), node_get(of, S("dimensions")));
    node_set(u->arena, single, S("period"), seconds_of(u, r, S("period")));
    return single;
}

static Node *text_of(Unit *u, const Resource *r, Str text) {
    return node_string(u->arena, text, r->loc);
}

// One metric of an alarm: what `of` says, or that of the name `other`.
static Node *metric_of(Unit *u, const Resource *r, Str id, const Node *of, Node *other) {
    Node *metric = node_map(u->arena, r->loc);
    node_set(u->arena, metric, S("id"), text_of(u, r, id));
    for (uint32_t i = 0; i < of->count; i++) {
        Str key = of->entries[i].key->text;
        bool named = other && str_eq(key, S("metric"));
        node_set(u->arena, metric, key, named ? other : of->entries[i].value);
    }
    node_set(u->arena, metric, S("step"), seconds_of(u, r, S("period")));
    node_set(u->arena, metric, S("return"), node_bool(u->arena, false, r->loc));
    return metric;
}

static Node *expression_of(Unit *u, const Resource *r, const char *id, Node *expression,
                           bool has_period) {
    Node *metric = node_map(u->arena, r->loc);
    node_set(u->arena, metric, S("id"), word(u, r, id));
    node_set(u->arena, metric, S("expression"), expression);
    node_set(u->arena, metric, S("label"), node_string(u->arena, r->path, r->loc));
    if (has_period)
        node_set(u->arena, metric, S("period"), seconds_of(u, r, S("period")));
    node_set(u->arena, metric, S("return"), node_bool(u->arena, true, r->loc));
    return metric;
}

// A metric and those that are added to it, onto `list`. Returns their sum as an expression: a
// metric without data counts as nought, or there would be no sum.
static Str add_sum(Unit *u, const Resource *r, Node *list, const char *id, const Node *of) {
    Arena *a = u->arena;
    node_push(a, list, metric_of(u, r, str_from(id), of, NULL));
    Str sum = str_fmt(a, "FILL(%s, 0)", id);
    const Node *also = node_get(of, S("also"));
    for (uint32_t i = 0; also && i < also->count; i++) {
        Str next = str_fmt(a, "%s%u", id, i + 2);
        node_push(a, list, metric_of(u, r, next, of, also->items[i]));
        sum = str_fmt(a, "%.*s + FILL(%.*s, 0)", SFMT(sum), SFMT(next));
    }
    return sum;
}

static Node *several_metrics(Unit *u, Resource *r) {
    const Node *of = resource_get(r, S("of")), *whole = resource_get(r, S("share-of"));
    const Node *rest = resource_get(r, S("beside"));
    Node *query = resource_get(r, S("query")), *list = node_list(u->arena, r->loc);
    Str share = {0};
    if (query) {
        node_push(u->arena, list, expression_of(u, r, "worst", query, true));
    } else if (of && rest) {
        Str part = add_sum(u, r, list, "part", of), other = add_sum(u, r, list, "rest", rest);
        share =
            str_fmt(u->arena, "100 * (%.*s) / (%.*s + %.*s)", SFMT(part), SFMT(part), SFMT(other));
    } else if (of && whole) {
        node_push(u->arena, list, metric_of(u, r, S("part"), of, NULL));
        node_push(u->arena, list, metric_of(u, r, S("whole"), whole, NULL));
        share = S("100 * part / whole");
    } else if (of && node_get(of, S("also"))) {
        share = add_sum(u, r, list, "part", of);
    }
    if (share.len)
        node_push(u->arena, list, expression_of(u, r, "share", text_of(u, r, share), false));
    return list->count ? list : NULL;
}

// CloudWatch pricing: an alarm costs for each metric that it is about; one on a Metrics Insights
// query, for each that the query analyzes.
static Node *metric_count(Unit *u, Resource *r) {
    Node *watched = resource_get(r, S("watched"));
    if (watched)
        return watched;
    size_t each = resource_is_fanned(r) ? unit_items(u, r->axis).count : 1;
    static const char *const keys[] = {"of", "share-of", "beside"};
    size_t count = 0;
    for (size_t i = 0; i < COUNT(keys); i++) {
        const Node *metric = resource_get(r, str_from(keys[i]));
        const Node *also = node_get(metric, S("also"));
        count += metric ? 1 + (also ? also->count : 0) : 0;
    }
    return node_int(u->arena, (long long)(each * (count ? count : 1)), r->loc);
}

// CloudWatch pricing: an alarm with a period below a minute is one of high resolution.
static Node *alarm_resolution(Unit *u, Resource *r) {
    long long seconds;
    bool often = unit_duration(node_str(resource_get(r, S("period"))), &seconds) && seconds < 60;
    return word(u, r, often ? "fast-alarm" : "alarm");
}

// Whether `alarm`, as one of `alarm-errors` and the like of `function`, is to take a rollout back.
static bool takes_back(const Resource *function, const Resource *alarm) {
    const Node *on = node_get(resource_get(function, S("rollout")), S("rollback-on"));
    for (uint32_t i = 0; on && i < on->count; i++)
        if (str_ends(alarm->path, node_str(on->items[i])))
            return true;
    return false;
}

static Node *rollout_style(Unit *u, Resource *r) {
    Node *style = node_map(u->arena, r->loc), *names = node_list(u->arena, r->loc);
    const Node *alarms = resource_get(r, S("alarms"));
    const Resource *function = resource_ref(r, S("function"));
    for (uint32_t i = 0; alarms && i < alarms->count; i++)
        if (alarms->items[i]->type == NODE_REF && takes_back(function, alarms->items[i]->res))
            node_push(u->arena, names, alarms->items[i]->res->name);
    const char *type = resource_get(r, S("canary"))   ? "TimeBasedCanary"
                       : resource_get(r, S("linear")) ? "TimeBasedLinear"
                                                      : "AllAtOnce";
    node_set(u->arena, style, S("type"), word(u, r, type));
    node_set(u->arena, style, S("alarms"), names);
    return style;
}

// What handles its messages has somewhere to put those that it cannot; dead letters stay.
static Node *takes(Unit *u, Resource *r) {
    if (!resource_ref(r, S("dead-letter")))
        return NULL;
    Node *map = node_map(u->arena, r->loc);
    bool fifo = node_is_word(resource_get(r, S("fifo")), S("true"));
    node_put_flag(u->arena, map, fifo ? "fifo" : "plain", true);
    return map;
}

// The ARNs of the queues whose dead letters come to `r`: up to ten can be named, more cannot.
static Node *sources(Unit *u, Resource *r) {
    enum { MOST = 10 }; // SQS API, RedriveAllowPolicy: sourceQueueArns
    Node *list = node_list(u->arena, r->loc);
    bool known;
    for (const Reference *ref = r->references; ref; ref = ref->next)
        if (str_eq(ref->field->name, S("dead-letter")) && ref->from->axis == r->axis)
            node_push(u->arena, list, scope_member(u, ref->from, S("named-arn"), &known));
    return list->count && list->count <= MOST ? list : NULL;
}

// Lambda developer guide: six times the timeout of the function, and the batch window; SQS takes
// twelve hours at most, and 900 seconds six times is less.
static Node *visibility(Unit *u, Resource *r) {
    enum { DEFAULT_SECONDS = 30, TIMES = 6 };
    long long most = DEFAULT_SECONDS, timeout, window;
    for (const Reference *ref = r->references; ref; ref = ref->next) {
        const Resource *m = ref->from, *function = resource_ref(m, S("function"));
        if (!str_eq(m->kind->name, S("mapping")) || !function)
            continue;
        if (!unit_duration(node_str(resource_get(m, S("window"))), &window))
            window = 0;
        if (unit_duration(node_str(resource_get(function, S("timeout"))), &timeout) &&
            TIMES * timeout + window > most)
            most = TIMES * timeout + window;
    }
    return node_plain(u->arena, unit_write_duration(u->arena, most), r->loc);
}

static Node *managed_encryption(Unit *u, Resource *r) {
    return resource_ref(r, S("key")) ? NULL : node_bool(u->arena, true, r->loc);
}

static Node *job_arguments(Unit *u, Resource *r) {
    Node *map = node_map(u->arena, r->loc);
    Resource *log = NULL;
    for (size_t i = 0; i < r->kind->make_count; i++)
        if (str_eq(r->kind->makes[i].name, S("log")) && r->made[i])
            log = r->made[i]->res;
    node_set(u->arena, map, S("--enable-metrics"), word(u, r, "true"));
    node_set(u->arena, map, S("--enable-continuous-cloudwatch-log"), word(u, r, "true"));
    if (log)
        node_set(u->arena, map, S("--continuous-log-logGroup"), log->name);
    node_set(u->arena, map, S("--job-bookmark-option"),
             word(u, r,
                  template_truth(resource_get(r, S("bookmarks"))) ? "job-bookmark-enable"
                                                                  : "job-bookmark-disable"));
    return spec_merge(u->arena, map, resource_get(r, S("arguments")));
}

static Node *flexible(Unit *u, Resource *r) {
    Node *map = node_map(u->arena, r->loc);
    node_set(u->arena, map, S("mode"),
             word(u, r, resource_get(r, S("window")) ? "FLEXIBLE" : "OFF"));
    return map;
}

static Node *schedule_target(Unit *u, Resource *r) {
    Resource *workflow = resource_ref(r, S("workflow")), *function = resource_ref(r, S("function"));
    bool known;
    if (workflow)
        return scope_member(u, workflow, S("arn"), &known);
    return function ? scope_member(u, function, S("call"), &known) : NULL;
}

static Node *words(Unit *u, const Resource *r, const char *const *list, size_t count) {
    Node *out = node_list(u->arena, r->loc);
    for (size_t i = 0; i < count; i++)
        node_push(u->arena, out, word(u, r, list[i]));
    return out;
}

// Glue has no metric of failed runs; it tells EventBridge.
static Node *job_failures(Unit *u, const Resource *r, const Resource *workflow) {
    static const char *const states[] = {"FAILED", "TIMEOUT", "STOPPED"};
    static const char *const source[] = {"aws.glue"}, *const type[] = {"Glue Job State Change"};
    Node *pattern = node_map(u->arena, r->loc), *detail = node_map(u->arena, r->loc),
         *jobs = node_list(u->arena, r->loc);
    for (size_t i = 0; i < u->count; i++)
        if (u->resources[i]->workflow == workflow && str_eq(u->resources[i]->kind->name, S("job")))
            node_push(u->arena, jobs, u->resources[i]->name);
    node_set(u->arena, detail, S("jobName"), jobs);
    node_set(u->arena, detail, S("state"), words(u, r, states, COUNT(states)));
    node_set(u->arena, pattern, S("source"), words(u, r, source, 1));
    node_set(u->arena, pattern, S("detail-type"), words(u, r, type, 1));
    node_set(u->arena, pattern, S("detail"), detail);
    return pattern;
}

static Node *rule_pattern(Unit *u, Resource *r) {
    const Resource *workflow = resource_ref(r, S("jobs-of"));
    return workflow ? job_failures(u, r, workflow) : resource_get(r, S("pattern"));
}

// A rule of a mail set is named after whom it is for, so that another rule before it renames
// nothing. SES API: rule names have up to 64 letters, digits, `_`, `-` and `.`.
static Node *mail_rule_name(Unit *u, const Resource *r, const Node *rule) {
    const Node *recipients = node_get(rule, S("recipients"));
    Str first = recipients && recipients->count ? node_str(recipients->items[0]) : S("all");
    Buf b = {.arena = u->arena};
    for (size_t i = 0; i < first.len && i < 64; i++) {
        char c = first.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '.' || c == '-';
        buf_char(&b, plain ? c : '-');
    }
    Node *name = node_string(u->arena, buf_keep(&b, u->arena), r->loc);
    buf_free(&b);
    return name;
}

static void add_mail_action(Unit *u, Node *parts, Node *actions, const Node *action,
                            long long position) {
    static const struct {
        const char *key, *list;
    } lists[] = {
        {"store",  "stores"   },
        {"notify", "topics"   },
        {"call",   "functions"}
    };
    Node *placed = node_copy(u->arena, action);
    node_set(u->arena, placed, S("position"), node_int(u->arena, position, action->loc));
    node_push(u->arena, actions, placed);
    for (size_t i = 0; i < COUNT(lists); i++)
        if (node_get(action, str_from(lists[i].key)))
            node_push(u->arena, node_get(parts, str_from(lists[i].list)), placed);
}

static bool is_ref(const Node *value) {
    return value && value->type == NODE_REF;
}

// What must be there before SES takes the rule: it tries to write when the rule is made.
static Node *mail_needs(Unit *u, const Node *actions) {
    Node *needs = node_list(u->arena, actions->loc);
    for (uint32_t i = 0; i < actions->count; i++)
        for (uint32_t j = 0; j < actions->items[i]->count; j++)
            if (is_ref(actions->items[i]->entries[j].value))
                node_push(u->arena, needs, actions->items[i]->entries[j].value);
    return needs;
}

static Node *mail_parts(Unit *u, Resource *r) {
    Arena *a = u->arena;
    Node *parts = node_map(a, r->loc), *rules = node_list(a, r->loc), *before = NULL;
    const Node *given = resource_get(r, S("rules"));
    node_set(a, parts, S("rules"), rules);
    node_set(a, parts, S("stores"), node_list(a, r->loc));
    node_set(a, parts, S("topics"), node_list(a, r->loc));
    node_set(a, parts, S("functions"), node_list(a, r->loc));
    for (uint32_t i = 0; given && i < given->count; i++) {
        const Node *rule = given->items[i], *actions = node_get(rule, S("actions"));
        Node *out = node_map(a, rule->loc), *placed = node_list(a, rule->loc),
             *tls = node_get(rule, S("tls"));
        Node *name = mail_rule_name(u, r, rule);
        for (uint32_t j = 0; actions && j < actions->count; j++)
            add_mail_action(u, parts, placed, actions->items[j], j + 1);
        node_set(a, out, S("name"), name);
        node_set(a, out, S("after"), before);
        node_set(a, out, S("recipients"), node_get(rule, S("recipients")));
        node_set(a, out, S("scan"), node_get(rule, S("scan")));
        node_set(a, out, S("tls"), word(u, r, template_truth(tls) ? "Require" : "Optional"));
        node_set(a, out, S("actions"), placed);
        node_set(a, out, S("needs"), mail_needs(u, placed));
        node_push(a, rules, out);
        before = name;
    }
    return parts;
}

// DQDL: Rules = [ a, b ].
static Node *ruleset(Unit *u, Resource *r) {
    const Node *rules = resource_get(r, S("rules"));
    Buf b = {.arena = u->arena};
    buf_put(&b, S("Rules = ["));
    for (uint32_t i = 0; rules && i < rules->count; i++)
        buf_fmt(&b, "%s%.*s", i ? ", " : "", SFMT(node_str(rules->items[i])));
    buf_char(&b, ']');
    Node *text = node_string(u->arena, buf_keep(&b, u->arena), r->loc);
    buf_free(&b);
    return text;
}

// The queues and topics that S3 asks, before it takes a notification, whether it may send to them.
static Node *told(Unit *u, Resource *r) {
    static const char *const keys[] = {"send", "publish"};
    Node *list = node_list(u->arena, r->loc);
    const Node *events = resource_get(r, S("events"));
    for (uint32_t i = 0; events && i < events->count; i++)
        for (size_t j = 0; j < COUNT(keys); j++) {
            Node *to = node_get(events->items[i], str_from(keys[j]));
            if (is_ref(to))
                node_push(u->arena, list, to);
        }
    return list->count ? list : NULL;
}

// The routes of an API, by who may call them.
static Node *callers(Unit *u, Resource *r) {
    const Node *auth = resource_get(r, S("auth")), *routes = resource_get(r, S("routes"));
    const Node *open = node_get(auth, S("open"));
    Node *all = node_map(u->arena, r->loc), *anybody = node_list(u->arena, r->loc),
         *others = node_list(u->arena, r->loc);
    for (uint32_t i = 0; routes && i < routes->count; i++) {
        bool is_open = !auth || node_lists(open, node_str(routes->items[i]));
        node_push(u->arena, is_open ? anybody : others, routes->items[i]);
    }
    node_set(u->arena, all, S("anybody"), anybody);
    node_set(u->arena, all, template_truth(node_get(auth, S("iam"))) ? S("known") : S("token"),
             others);
    return all;
}

static Node *notifies(Unit *u, Resource *r) {
    bool any = resource_get(r, S("events")) || resource_get(r, S("event-bridge"));
    return any ? node_bool(u->arena, true, r->loc) : NULL;
}

// The user's, then those that hold what does not fit into the role.
static Node *attached(Unit *u, Resource *role) {
    const Node *given = resource_get(role, S("managed")), *more = resource_get(role, S("policies"));
    Node *list = node_list(u->arena, role->loc);
    bool known;
    for (uint32_t i = 0; given && i < given->count; i++)
        node_push(u->arena, list, given->items[i]);
    for (uint32_t i = 0; more && i < more->count; i++)
        node_push(u->arena, list, scope_member(u, more->items[i]->res, S("arn"), &known));
    return list->count ? list : NULL;
}

typedef enum Trait {
    PLAIN,
    OF_NAMES,     // it can be made before references are more than names
    OF_REFERENCES // it says who refers to the resource
} Trait;

static const struct Row {
    const char *kind, *field;
    Node *(*derive)(Unit *u, Resource *r);
    Trait trait;
} rows[] = {
    {"alarm",     "metrics",            metric_count,       PLAIN        },
    {"alarm",     "resolution",         alarm_resolution,   PLAIN        },
    {"alarm",     "several",            several_metrics,    PLAIN        },
    {"alarm",     "single",             single_metric,      PLAIN        },
    {"api",       "callers",            callers,            PLAIN        },
    {"bucket",    "notifies",           notifies,           PLAIN        },
    {"bucket",    "told",               told,               PLAIN        },
    {"dashboard", "body",               derive_dashboard,   PLAIN        },
    {"function",  "settings",           derive_version,     PLAIN        },
    {"function",  "variables",          variables,          PLAIN        },
    {"job",       "all-arguments",      job_arguments,      PLAIN        },
    {"mail",      "parts",              mail_parts,         OF_NAMES     },
    {"quality",   "ruleset",            ruleset,            PLAIN        },
    {"queue",     "managed-encryption", managed_encryption, PLAIN        },
    {"queue",     "visibility",         visibility,         OF_REFERENCES},
    {"queue",     "sources",            sources,            OF_REFERENCES},
    {"queue",     "takes",              takes,              PLAIN        },
    {"role",      "attached",           attached,           PLAIN        },
    {"rollout",   "style",              rollout_style,      PLAIN        },
    {"rule",      "matches",            rule_pattern,       PLAIN        },
    {"schedule",  "flexible",           flexible,           PLAIN        },
    {"schedule",  "target",             schedule_target,    PLAIN        },
    {"table",     "key-attributes",     key_attributes,     PLAIN        },
    {"table",     "protection",         protection,         PLAIN        },
    {"worker",    "variables",          variables,          PLAIN        },
};

static const struct Row *find_row(const Resource *r, Str field) {
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_is(r->kind->name, rows[i].kind) && str_is(field, rows[i].field))
            return &rows[i];
    return NULL;
}

Node *derive_field(Unit *u, Resource *r, size_t field) {
    Str name = r->kind->shape.fields[field].name;
    if (str_eq(name, S("statements")))
        return grant_statements(u, r);
    const struct Row *row = find_row(r, name);
    return row ? row->derive(u, r) : NULL;
}

Node *derive_early(Unit *u, Resource *r, size_t field) {
    const struct Row *row = find_row(r, r->kind->shape.fields[field].name);
    return row && row->trait == OF_NAMES ? row->derive(u, r) : NULL;
}

bool derive_heeds_references(const Kind *kind) {
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].trait == OF_REFERENCES && str_is(kind->name, rows[i].kind))
            return true;
    return false;
}
