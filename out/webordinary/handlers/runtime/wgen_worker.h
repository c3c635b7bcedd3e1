// wgen_worker.h - a program outside of Lambda that serves one queue: it takes a message with a task
// token, works on it while heartbeats are sent, answers the token and takes the next. It is given
// the places of its queue as arguments (`container amelia scott`), or one PROJECT/USER, or finds
// them in PROJECT_ID and USER_ID.
#ifndef WGEN_WORKER_H
#define WGEN_WORKER_H

#include "wgen_run.h"

typedef struct WgWorker {
    const char *name;
    const WgQueue *serves; // a message is {"taskToken": TOKEN, ...}
    const WgQueue
        *listens; // made for as long as the work lasts; a message in it interrupts. NULL: none
    int64_t heartbeat_s;
    bool (*call)(WgContext *ctx, json_t *message, json_t **out);
} WgWorker;

int wg_worker(const WgWorker *worker, int argc, char **argv); // its exit code

// What the loop does, one message at a time; for tests.
typedef struct WgService {
    const WgWorker *worker;
    WgRuntime *runtime, *pulse; // of the work, and of the heartbeats beside it
    const char *const *values;  // of the places of `serves`
    char *listening[5];         // of the places of `listens`, while there is such a queue
    int wait_s;                 // for a message
} WgService;
WgStatus wg_serve(WgService *service);   // WG_NONE: there was no message
void wg_service_end(WgService *service); // deletes the queue that it listened to

#endif
