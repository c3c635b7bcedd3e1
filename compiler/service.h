// service.h - the services that a stage can call, from templates/services: their actions, the forms
// in which they answer, and what each form needs of IAM.
#ifndef SERVICE_H
#define SERVICE_H

#include "kind.h"

// A Resource taken apart: arn:aws:states:::[aws-sdk:]SERVICE:ACTION[.FORM]
typedef struct Integration {
    Str service, action;
    Str form; // sync, sync:2, waitForTaskToken; empty: request and response
    bool sdk;
} Integration;
// Whatever its partition is. False: it is another sort of ARN.
bool integration_parse(const Node *resource, Integration *in);

// The file of an optimised integration; NULL: there is none.
const Node *service_find(Kinds *kinds, Str service);
// Its entry for the action; NULL: none.
const Node *service_action(Kinds *kinds, Str service, Str action);
// `sqs:sendMessage`, with or without a form, is an optimised integration.
bool service_knows(Kinds *kinds, Str call);

#endif
