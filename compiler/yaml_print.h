// yaml_print.h - Nodes as the YAML of a spec: short things on one line, quotes where two readers
// could differ or where the text would be something else.
#ifndef YAML_PRINT_H
#define YAML_PRINT_H

#include "node.h"

// A map or list whose style is STYLE_BLOCK never stands on one line. No line is made longer than
// this if it can be helped.
enum { YAML_WIDTH = 100 };
void yaml_print(Buf *out, const Node *n);

#endif
