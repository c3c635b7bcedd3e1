// wgen_credentials.h - whose calls these are: keys of the environment, as Lambda sets them, or
// those that a container (ECS, EKS) or a machine (EC2) is handed out, which end and are asked for
// again.
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
