// emit_asl.c - one file for each workflow: its definition, the same for both targets.
#include "emit.h"
#include "flow.h"

void emit_asl(Unit *u, Stacks stacks, Outbox *box) {
    const Stack *s = stacks.list[0];
    for (size_t i = 0; i < s->count; i++) {
        const Resource *r = s->resources[i];
        if (!r->machine)
            continue;
        Buf *out = outbox_add(box, str_fmt(u->arena, "asl/%.*s.asl.json", SFMT(r->path)));
        buf_put(out, node_get_str(resource_get(r, S("definition")), S("text")));
        buf_char(out, '\n');
    }
}
