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
// `sqs:sendMessage`, with or without a form, is an optimised integration that a task can be.
bool service_knows(Kinds *kinds, Str call);

// The file of a service of the SDK, and the group of its actions that this one is in.
const Node *service_sdk(Kinds *kinds, Str service);
const Node *service_sdk_action(Kinds *kinds, Str service, Str action);

// What a call of the SDK takes, as `Name! Name`, where `!` is one that has to be there. No pointer:
// nobody knows.
Str service_takes(Kinds *kinds, Str service, Str action);

// A call of the SDK that this program may be too old to know: a service that it does not know, or
// an action that is like none of its service's. What is like one is a slip.
bool service_may_be_newer(Kinds *kinds, const Integration *in);

// A call as a definition has it.
typedef struct Call {
    const Node *resource, *parameters;
    Str state;
    bool access;   // a map's reader or writer
    bool declared; // what it needs is said, so that nothing has to be known of it
    bool runs;     // an imported definition, of which only what is refused at once is an error
} Call;
// Reports a service, an action, a form or a parameter of it that there is not, and parameters that
// the service would refuse to be without. False: it did.
bool service_check(Kinds *kinds, Diags *d, const Call *call);

#endif
