// types.gen.c - the types of webordinary as tables. Made by wgen from the spec; edit that.
#include "types.gen.h"

static const WgType Job_attachments = { WG_KIND_LIST, sizeof(WgList), &wg_object_type, NULL, 0};
static const WgField Job_fields[] = {
    {"projectId", &wg_string_type, offsetof(Job, projectId), false},
    {"userId", &wg_string_type, offsetof(Job, userId), false},
    {"threadId", &wg_string_type, offsetof(Job, threadId), false},
    {"messageId", &wg_string_type, offsetof(Job, messageId), false},
    {"attachments", &Job_attachments, offsetof(Job, attachments), false},
    {NULL, NULL, 0, false},
};
const WgType Job_type = {
    WG_KIND_STRUCT, sizeof(Job), NULL, Job_fields,
    sizeof Job_fields / sizeof *Job_fields - 1,
};
