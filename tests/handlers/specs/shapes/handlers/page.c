// page.c - tells where it was asked.
#include "page.gen.h"

bool handle_page(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response) {
    response->json = wg_own(ctx, json_pack("{s:s,s:s}", "path", request->path, "rest",
                                           wg_string(request->parameters, "path")));
    return true;
}
