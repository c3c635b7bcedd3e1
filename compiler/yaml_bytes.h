// yaml_bytes.h - what a text in YAML may be made of, before anybody reads it.
#ifndef YAML_BYTES_H
#define YAML_BYTES_H

#include "diag.h"

// Each is false after reporting. A text is UTF-8, and no NUL is in it; `skip`: a byte order mark.
bool yaml_check_encoding(Diags *d, const Source *src, size_t *skip);
// There are no line ends that only some readers see, nor characters that make a line look like
// another one.
bool yaml_check_bytes(Diags *d, const Source *src);

#endif
