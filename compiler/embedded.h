// embedded.h - the files of templates/, as the build made them part of the program.
#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

// A node of a YAML file. They stand in the order of the text: behind a list its items, behind a
// map its keys and values in turn. Without a pointer, so that nothing is relocated when wgen
// starts.
typedef struct EmbeddedNode {
    uint32_t word, len; // of a scalar: where its text is among the file's words
    uint32_t count, line;
    uint16_t col, marked; // code points from the left, and under the caret
    uint8_t type, style, tag;
} EmbeddedNode;

typedef struct EmbeddedFile {
    const char *path; // below templates/
    const char *text;
    size_t size;
    const EmbeddedNode *tree; // NULL: it is no YAML
    size_t nodes;
    const char *words;
} EmbeddedFile;
extern const EmbeddedFile embedded_files[]; // sorted by path
extern const size_t embedded_count;

#endif
