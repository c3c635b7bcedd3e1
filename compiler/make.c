// make.c - what comes with a resource: its role, its log, its alarms, as its kind's `makes` say.
#include "make.h"

#include "build.h"
#include "expand.h"
#include "scope.h"

static Axis axis_of_make(const Node *per, const Resource *owner) {
    if (!per)
        return owner->axis;
    return str_eq(node_str(per), S("user"))      ? AXIS_USER
           : str_eq(node_str(per), S("project")) ? AXIS_PROJECT
                                                 : AXIS_NONE;
}

// What a make says about the resource, and not of it.
static bool is_instruction(Str key) {
    return str_eq(key, S("kind")) || str_eq(key, S("per")) || str_eq(key, S("lazy")) ||
           str_eq(key, S("stack"));
}

static Str each_of(const NewResource *n) {
    return node_get_str(n->def, S("each"));
}

// What there is for each user has one alarm over all of them, or over those of each project, unless
// the spec says that each has its own. A share of another metric would take two queries, and there
// is one:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html
static bool is_alarm_over_many(const Resource *owner, const NewResource *n) {
    bool one_by_one = str_eq(each_of(n), S("true")) ||
                      (str_eq(each_of(n), S("project")) && owner->axis == AXIS_PROJECT);
    bool share = node_get(n->def, S("share-of")) || node_get(n->def, S("beside"));
    return resource_is_fanned(owner) && str_eq(n->kind->name, S("alarm")) && !one_by_one &&
           !share && node_get(n->def, S("of"));
}

static Str sql_function(Str statistic) {
    return str_eq(statistic, S("Maximum"))   ? S("MAX")
           : str_eq(statistic, S("Minimum")) ? S("MIN")
           : str_eq(statistic, S("Average")) ? S("AVG")
                                             : S("SUM");
}

// CloudWatch user guide, limits of alarms on Metrics Insights queries: more than these makes the
// alarm's data partial, and what it does not see it does not tell of.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
enum { SERIES_MOST = 500, METRICS_MOST = 10000 };

// How many instances of `owner` the alarm is over; with one for each project, in the largest.
static size_t count_watched(const Unit *u, const Resource *owner, const NewResource *n) {
    Items all = unit_items_unasked(u, owner->axis);
    if (n->axis != AXIS_PROJECT)
        return all.count;
    size_t most = 0, in_project = 0;
    for (size_t i = 0; i < all.count; i++) {
        bool same = i && str_eq(all.list[i].project, all.list[i - 1].project);
        in_project = same ? in_project + 1 : 1;
        most = in_project > most ? in_project : most;
    }
    return most;
}

static Node *with_project(Unit *u, Node *text, Str before, Str after) {
    node_piece(u->arena, text, (Piece){.kind = PIECE_LITERAL, .text = before});
    node_piece(u->arena, text, (Piece){.kind = PIECE_ITEM, .text = S("project")});
    if (after.len)
        node_piece(u->arena, text, (Piece){.kind = PIECE_LITERAL, .text = after});
    return text;
}

// One time series for each instance, found by its tags: each is a contributor to the alarm. With
// more than it can have, one of the worst of all.
static Node *query_of(Unit *u, const Resource *owner, const NewResource *n, bool grouped) {
    Buf b = {.arena = u->arena};
    const Node *of = node_get(n->def, S("of")), *dimensions = node_get(of, S("dimensions"));
    Str function = sql_function(node_get_str(of, S("statistic")));
    Str by = dimensions && dimensions->count ? dimensions->entries[0].key->text : S("");
    buf_fmt(&b, "SELECT %.*s(%.*s) FROM SCHEMA(\"%.*s\", %.*s) WHERE tag.system = '%.*s'",
            SFMT(function), SFMT(node_get_str(of, S("metric"))),
            SFMT(node_get_str(of, S("namespace"))), SFMT(by), SFMT(u->system));
    if (u->env.len)
        buf_fmt(&b, " AND tag.environment = '%.*s'", SFMT(u->env));
    buf_fmt(&b, " AND tag.resource = '%.*s'", SFMT(owner->path));
    Node *query = node_text(u->arena, owner->loc);
    node_piece(u->arena, query, (Piece){.kind = PIECE_LITERAL, .text = buf_keep(&b, u->arena)});
    buf_free(&b);
    if (n->axis == AXIS_PROJECT)
        with_project(u, query, S(" AND tag.project = '"), S("'"));
    if (grouped)
        node_piece(u->arena, query,
                   (Piece){.kind = PIECE_LITERAL,
                           .text = str_fmt(u->arena, " GROUP BY %.*s ORDER BY %.*s() DESC",
                                           SFMT(by), SFMT(function))});
    return node_settle(u->arena, query);
}

// Named after what is watched, without the users: webordinary-dlq-depth.
static Node *name_over_many(Unit *u, const Resource *owner, const NewResource *n) {
    Buf b = {.arena = u->arena};
    buf_fmt(&b, "%.*s%s%.*s-", SFMT(u->system), u->env.len ? "-" : "", SFMT(u->env));
    for (size_t i = 0; i < owner->deployed.len; i++)
        buf_char(&b, owner->deployed.ptr[i] == '.' ? '-' : owner->deployed.ptr[i]);
    Str aspect = str_starts(n->id, S("alarm-")) ? str_cut(n->id, 6, n->id.len) : n->id;
    buf_fmt(&b, "-%.*s", SFMT(aspect));
    Node *name = node_text(u->arena, owner->loc);
    node_piece(u->arena, name, (Piece){.kind = PIECE_LITERAL, .text = buf_keep(&b, u->arena)});
    buf_free(&b);
    if (n->axis == AXIS_PROJECT)
        with_project(u, name, S("-"), (Str){0});
    return node_settle(u->arena, name);
}

static void report_too_many(Unit *u, const Resource *owner, const NewResource *n, size_t count) {
    bool by_project = n->axis == AXIS_PROJECT;
    diag_error(u->diags, owner->loc, "alarm-over-too-many",
               "one alarm over %zu %.*s `%.*s`%s would not see all of them", count,
               SFMT(owner->kind->section), SFMT(owner->path), by_project ? " of a project" : "");
    diag_note(
        u->diags,
        "CloudWatch user guide, limits of alarms: a Metrics Insights query matches %d metrics "
        "at most",
        METRICS_MOST);
    diag_help(u->diags,
              "say in its `alarm` %s`each: true` for one each, or `alarm: none because REASON`; "
              "`wgen cost` has their price",
              by_project || owner->axis == AXIS_PROJECT ? ""
                                                        : "`each: project` for one a project, ");
}

// What is said of one, said of all: `<user>` where the user's name would stand.
static Node *said_of_all(Unit *u, const NewResource *n, const Node *doc, bool grouped) {
    Node *text = node_text(u->arena, doc->loc);
    Str whose = grouped ? S(" The alarm's contributors say which.")
                        : S(" They are too many for the alarm to say which.");
    Str alone = doc->type == NODE_TEXT ? (Str){0} : node_str(doc);
    if (alone.len)
        node_piece(u->arena, text, (Piece){.kind = PIECE_LITERAL, .text = alone});
    for (uint32_t i = 0; doc->type == NODE_TEXT && i < doc->count; i++) {
        Piece piece = doc->pieces[i];
        bool known = n->axis == AXIS_PROJECT && str_eq(piece.text, S("project"));
        if (piece.kind == PIECE_ITEM && !known)
            piece = (Piece){.kind = PIECE_LITERAL,
                            .text = str_fmt(u->arena, "<%.*s>", SFMT(piece.text))};
        node_piece(u->arena, text, piece);
    }
    node_piece(u->arena, text, (Piece){.kind = PIECE_LITERAL, .text = whose});
    return node_settle(u->arena, text);
}

static void watch_all(Unit *u, const Resource *owner, NewResource *n) {
    n->axis = str_eq(each_of(n), S("project")) ? AXIS_PROJECT : AXIS_NONE;
    size_t count = count_watched(u, owner, n);
    bool grouped = count <= SERIES_MOST;
    if (count > METRICS_MOST)
        report_too_many(u, owner, n, count);
    Node *def = node_map(u->arena, owner->loc);
    for (uint32_t i = 0; i < n->def->count; i++) {
        Str key = n->def->entries[i].key->text;
        Node *value = n->def->entries[i].value;
        if (str_eq(key, S("doc")))
            value = said_of_all(u, n, value, grouped);
        if (!str_eq(key, S("of")) && !str_eq(key, S("name")))
            node_entry(u->arena, def, n->def->entries[i].key, value);
    }
    node_set(u->arena, def, S("query"), query_of(u, owner, n, grouped));
    node_set(u->arena, def, S("name"), name_over_many(u, owner, n));
    node_set(u->arena, def, S("watched"),
             node_int(u->arena, (long long)unit_items_unasked(u, owner->axis).count, owner->loc));
    n->def = def;
}

// `body` is what a make rendered to: the kind, instructions, and the fields.
static Resource *make_one(Unit *u, Resource *owner, Str name, const Node *body) {
    NewResource n = {.owner = owner, .workflow = owner->workflow, .loc = owner->loc, .made = true};
    Node *def = node_map_for(u->arena, owner->loc, body->count);
    n.kind = kind_find(u->kinds, node_get_str(body, S("kind")));
    n.id = name;
    for (uint32_t i = 0; i < body->count; i++) {
        const Entry *e = &body->entries[i];
        if (str_eq(e->key->text, S("id")))
            n.id = node_str(e->value);
        else if (!is_instruction(e->key->text))
            node_entry(u->arena, def, e->key, e->value);
    }
    if (!n.kind) {
        diag_error(u->diags, body->loc, "template", "no kind is called `%.*s`",
                   SFMT(node_get_str(body, S("kind"))));
        return NULL;
    }
    n.def = def;
    n.axis = axis_of_make(node_get(body, S("per")), owner);
    bool over_many = is_alarm_over_many(owner, &n);
    if (over_many)
        watch_all(u, owner, &n);
    n.path = owner->path.len ? str_fmt(u->arena, "%.*s.%.*s", SFMT(owner->path), SFMT(n.id)) : n.id;
    Resource *r = expand_resource(u, n);
    r->lazy = node_is_word(node_get(body, S("lazy")), S("true"));
    r->foundation = str_eq(node_get_str(body, S("stack")), S("foundation"));
    r->heeds_items = over_many;
    return r;
}

static Node *make_ref(Unit *u, Resource *owner, Str name, const Node *body) {
    Resource *r = body && body->type == NODE_MAP ? make_one(u, owner, name, body) : NULL;
    return r ? node_ref(u->arena, r, owner->loc) : NULL;
}

// What two entries of a list come to alike is one: a function that two events call is permitted
// once.
static bool is_repeated(const Node *bodies, uint32_t i) {
    for (uint32_t j = 0; j < i; j++)
        if (node_same(bodies->items[i], bodies->items[j]))
            return true;
    return false;
}

static Node *make_list(Unit *u, Resource *owner, const Make *make) {
    Node *holder = node_list(u->arena, make->body->loc), *list = node_list(u->arena, owner->loc);
    node_push(u->arena, holder, make->body);
    const Node *bodies = scope_render(u, owner, holder);
    for (uint32_t i = 0; bodies && i < bodies->count; i++)
        if (!is_repeated(bodies, i))
            node_push(u->arena, list, make_ref(u, owner, make->name, bodies->items[i]));
    return list;
}

void make_resources(Unit *u, Resource *owner) {
    for (size_t i = 0; !owner->existing.len && i < owner->kind->make_count; i++) {
        const Make *make = &owner->kind->makes[i];
        owner->made[i] = make->is_list
                             ? make_list(u, owner, make)
                             : make_ref(u, owner, make->name, scope_render(u, owner, make->body));
    }
}
