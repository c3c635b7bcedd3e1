// parts.c - parts of one resource that would be one thing.
#include "parts.h"

#include "scope.h"

// A route without the names of its variables: `GET /a/{id}/b` is `GET /a/{}/b`.
static Str route_shape(Arena *a, Str route) {
    char *shape = arena_alloc(a, 1, route.len + 1);
    size_t len = 0;
    bool in_name = false;
    for (size_t i = 0; i < route.len; i++) {
        char c = route.ptr[i];
        in_name = in_name && c != '}' && c != '+';
        if (!in_name)
            shape[len++] = c;
        in_name = in_name || c == '{';
    }
    return (Str){shape, len};
}

static void report_route(Unit *u, const Node *route, const Node *twin) {
    Str one = node_str(route), other = node_str(twin);
    diag_error(u->diags, route->loc, "route-conflict", "`%.*s` is the same route as `%.*s`",
               SFMT(one), SFMT(other));
    diag_also(u->diags, twin->loc, "this one");
    diag_help(u->diags, "%s",
              str_eq(one, other) ? "remove one of them"
                                 : "give the variable one name in both, or make "
                                   "them one route");
}

// False if two are one: CreateRoute answers ConflictException to a route that is there, or whose
// variable is there under another name. Two that are one name in C were reported.
static bool check_routes(Unit *u, const Resource *r) {
    const Node *routes = resource_get(r, S("routes"));
    StrMap shapes = {0}, ids = {0};
    bool good = true;
    for (uint32_t i = 0; routes && i < routes->count; i++) {
        Node *route = routes->items[i];
        Str id = snake_case(u->arena, node_str(route));
        const Node *twin =
            strmap_put(&shapes, u->arena, route_shape(u->arena, node_str(route)), route);
        good = !strmap_put(&ids, u->arena, id, route) && !twin && good;
        if (twin)
            report_route(u, route, twin);
    }
    return good;
}

// Two parts of one resource that come to one id would be one thing in the output, or none.
static bool check_parts(Unit *u, const Resource *r, const Node *headers, bool is_cfn) {
    StrMap ids = {0};
    bool varies = false, good = true;
    for (uint32_t i = 0; headers && i < headers->count; i++) {
        const Node *part = node_get(headers->items[i], S("part"));
        varies = varies || (part && part->type != NODE_SCALAR);
    }
    const Node *parts = varies ? scope_render(u, (Resource *)r, headers) : NULL;
    for (uint32_t i = 0; good && parts && i < parts->count; i++) {
        Str part = node_get_str(parts->items[i], S("part"));
        Str id = is_cfn ? pascal_case(u->arena, part) : snake_case(u->arena, part);
        const Node *twin = id.len ? strmap_put(&ids, u->arena, id, (void *)parts->items[i]) : NULL;
        good = !twin || !str_eq(node_get_str(twin, is_cfn ? S("Type") : S("resource")),
                                node_get_str(parts->items[i], is_cfn ? S("Type") : S("resource")));
        if (good)
            continue;
        diag_error(u->diags, r->loc, "duplicate-id",
                   "`%.*s` and `%.*s` of `%.*s` give one id, `%.*s`",
                   SFMT(node_get_str(twin, S("part"))), SFMT(part), SFMT(r->path), SFMT(id));
        diag_help(u->diags, "two of its entries differ in nothing but `-`, `.` and the like: "
                            "change one, or make them one");
    }
    return good;
}

void parts_check(Unit *u, const Resource *r) {
    if (!r->existing.len && check_routes(u, r) && check_parts(u, r, r->kind->cfn_headers, true))
        check_parts(u, r, r->kind->tf_headers, false);
}
