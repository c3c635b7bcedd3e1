// service.c - loading templates/services.
#include "service.h"

bool integration_parse(const Node *n, Integration *in) {
    *in = (Integration){0};
    Str resource = node_str(n);
    if (n && n->type == NODE_TEXT && n->count == 3 && str_eq(n->pieces[0].text, S("arn:")))
        resource = n->pieces[2].text; // behind the partition
    ptrdiff_t at = str_find(resource, S(":states:::"));
    if (at < 0 || (at > 0 && !str_starts(resource, S("arn:"))))
        return false;
    Str rest = str_cut(resource, (size_t)at + sizeof ":states:::" - 1, resource.len);
    in->sdk = str_starts(rest, S("aws-sdk:"));
    if (in->sdk)
        rest = str_cut(rest, sizeof "aws-sdk:" - 1, rest.len);
    if (!str_split(&rest, ':', &in->service) || !rest.ptr)
        return false;
    str_split(&rest, '.', &in->action);
    in->form = rest.ptr ? rest : (Str){0};
    return in->service.len && in->action.len;
}

static const Node *load(Kinds *kinds, const char *folder, Str service) {
    static const Node nothing = {.type = NODE_NULL};
    Str path = str_fmt(kinds->arena, "%s/%.*s.yaml", folder, SFMT(service));
    const Node *known = strmap_get(&kinds->services, path);
    if (known)
        return known == &nothing ? NULL : known;
    bool plain = str_find(service, S("/")) < 0 && str_find(service, S(".")) < 0;
    const Node *root = plain ? template_tree(kinds, path) : NULL;
    strmap_put(&kinds->services, kinds->arena, path, (void *)(root ? root : &nothing));
    return root;
}

const Node *service_find(Kinds *kinds, Str service) {
    return load(kinds, "services", service);
}

const Node *service_action(Kinds *kinds, Str service, Str action) {
    return node_get(node_get(service_find(kinds, service), S("actions")), action);
}

bool service_knows(Kinds *kinds, Str call) {
    Str service, action;
    if (!str_split(&call, ':', &service) || !call.ptr)
        return false;
    str_split(&call, '.', &action);
    bool task = !node_get(service_find(kinds, service), S("only"));
    return task && service_action(kinds, service, action) != NULL;
}

const Node *service_sdk(Kinds *kinds, Str service) {
    return load(kinds, "sdk", service);
}

const Node *service_sdk_action(Kinds *kinds, Str service, Str action) {
    const Node *groups = node_get(service_sdk(kinds, service), S("actions"));
    for (uint32_t i = 0; groups && i < groups->count; i++) {
        Str calls = node_get_str(groups->items[i], S("calls")), call;
        while (str_split(&calls, ' ', &call))
            if (str_eq(call, action))
                return groups->items[i];
    }
    return NULL;
}

// The file has a line for each call: `sendMessage: QueueUrl! MessageBody! DelaySeconds`.
Str service_takes(Kinds *kinds, Str service, Str action) {
    Str path = str_fmt(kinds->arena, "sdk/%.*s.takes", SFMT(service));
    const Source *src = template_source(kinds, path);
    Str rest = src ? src->text : (Str){0}, line, call;
    while (str_split(&rest, '\n', &line))
        if (str_split(&line, ':', &call) && str_eq(call, action))
            return str_trim(line);
    return (Str){0};
}
