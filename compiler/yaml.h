// yaml.h - text to Nodes, by YAML 1.2's core schema and less: what two readers could take for two
// different things is refused, with its place and its cure. JSON is read by the same reader.
#ifndef WG_YAML_H // libyaml's own header has taken YAML_H
#define WG_YAML_H

#include "diag.h"
#include "node.h"

typedef enum YamlUse {
    YAML_SPEC,     // strict: no tags, short keys, a value for every key of a flow map
    YAML_TEMPLATE, // the same, with the tags !block, !json and !bare
    YAML_DATA      // other people's documents (JSON, ASL): any key, any length
} YamlUse;

// The one document of `src`, or NULL after saying why there is none. `src` must outlive the nodes.
Node *yaml_read(Arena *a, Diags *d, const Source *src, YamlUse use);
// The same, with libyaml reading all of it: what words.h makes quick must not be seen.
Node *yaml_read_whole(Arena *a, Diags *d, const Source *src, YamlUse use);

// YAML 1.1 and 1.2 agree that `text`, unquoted, is the string that it looks like. A value that
// does not pass needs quotes wherever a string is meant.
bool yaml_is_plain_string(Str text);

Str yaml_version(Arena *a); // of the library

#endif
