// wgen_credentials.h - whose calls these are: keys of the environment, as Lambda sets them, or
// those that a role is given for a web identity (EKS, IRSA), or that a container (ECS, EKS Pod
// Identity) or a machine (EC2) is handed out, which end and are asked for again. The first that
// there is, in the order of AWS's own SDKs:
// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
#ifndef WGEN_CREDENTIALS_H
#define WGEN_CREDENTIALS_H

#include "wgen_run.h"

typedef struct WgKeys {
    const char *key, *secret, *token;
} WgKeys;

// Keys that were handed out, and from when on there are newer ones.
typedef struct WgKeyring {
    char *key, *secret, *token;
    WgTime again;
} WgKeyring;

bool wg_keys(WgContext *ctx, WgKeyring *ring, WgKeys *keys); // false: there are none
void wg_keyring_free(WgKeyring *ring);

#endif
