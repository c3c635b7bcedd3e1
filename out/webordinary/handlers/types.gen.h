// types.gen.h - the types of webordinary. Made by wgen from the spec; edit that.
#ifndef WG_TYPES_GEN_H
#define WG_TYPES_GEN_H

#include "wgen_type.h"

typedef struct Job Job;

struct Job {
    const char *projectId;
    const char *userId;
    const char *threadId;
    const char *messageId;
    struct {
        json_t **items;
        size_t count;
    } attachments;
};
extern const WgType Job_type;

#endif
