// types.gen.c - the types of hybrid-ci-cd as tables. Made by wgen from the spec; edit that.
#include "types.gen.h"
