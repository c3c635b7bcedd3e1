// web.c - tells what it was asked.
#include "web.gen.h"

#include <string.h>

bool handle_get(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response) {
    (void)ctx, (void)request;
    response->body = (WgBytes){"\xff\xfe", 2};
    response->content_type = "image/x";
    response->status = 201;
    return true;
}

bool handle_get_things_id(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response) {
    RowsItem row;
    WgStatus status = rows_get(ctx, wg_string(request->parameters, "id"), 7, &row);
    if (status == WG_FAILED)
        return false;
    response->status = status == WG_NONE ? 404 : 200;
    response->json = wg_own(ctx, json_pack("{s:s,s:f,s:I,s:b}", "id", row.id, "x", row.point.x,
                                           "tags", (json_int_t)row.tags.count, "ok", row.ok));
    return true;
}

bool handle_put_things_id_parts_part(WgContext *ctx, const WgHttpRequest *request,
                                     WgHttpResponse *response) {
    const char *tags[] = {"one", wg_string(request->parameters, "part")};
    RowsItem row = {
        .id = wg_string(request->parameters, "id"),
        .n = 7,
        .point = {.x = 0.1,      .y = -2   },
        .tags = {.items = tags, .count = 2},
        .share = 1e300
    };
    if (strcmp(wg_string(request->query, "new"), "") != 0) {
        response->status = rows_add(ctx, &row) == WG_REFUSED ? 409 : 200;
        return ctx->error == NULL;
    }
    return rows_put(ctx, &row, NULL) == WG_OK;
}

bool handle_any_any(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response) {
    response->json = wg_own(ctx, json_pack("{s:s,s:O?,s:i}", "method", request->method, "json",
                                           request->json, "size", (int)request->body.size));
    return true;
}

bool handle_get_files_path(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response) {
    response->json =
        wg_own(ctx, json_pack("{s:s}", "file", wg_string(request->parameters, "path")));
    return true;
}

// The first of all marks, and those beside it.
bool handle_post_marks(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response) {
    MarksItem mark = {.level = 0, .at = 0, .points = 0}, *found;
    size_t count, same;
    (void)request;
    if (marks_put(ctx, &mark, NULL) != WG_OK || marks_get(ctx, 0, 0, &mark) == WG_FAILED ||
        marks_query(ctx, 0, 9, &found, &count) != WG_OK ||
        marks_by_points(ctx, -7, 9, &found, &same) != WG_OK)
        return false;
    response->json = wg_own(ctx, json_pack("{s:i,s:i}", "count", (int)count, "same", (int)same));
    return true;
}
