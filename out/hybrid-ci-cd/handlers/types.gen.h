// types.gen.h - the types of hybrid-ci-cd. Made by wgen from the spec; edit that.
#ifndef WG_TYPES_GEN_H
#define WG_TYPES_GEN_H

#include "wgen_type.h"

#define SYSTEM_VERSION "0.1.0"

#endif
