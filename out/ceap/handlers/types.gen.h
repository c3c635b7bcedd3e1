// types.gen.h - the types of ceap. Made by wgen from the spec; edit that.
#ifndef WG_TYPES_GEN_H
#define WG_TYPES_GEN_H

#include "wgen_type.h"

#endif
