// types.gen.c - the types of ceap as tables. Made by wgen from the spec; edit that.
#include "types.gen.h"
