// limits.h - every limit that wgen sets on what it is given, in one table. Each is checked where
// it is named and has a test on both sides of it. Quotas of AWS are not here but in the kinds.
#ifndef LIMITS_H
#define LIMITS_H

enum {
    LIMIT_FILE_BYTES = 16 << 20,    // one spec file
    LIMIT_SPEC_BYTES = 64 << 20,    // all files of a system
    LIMIT_DEPTH = 64,               // nesting of YAML collections
    LIMIT_NODES = 10 * 1000 * 1000, // after aliases: 100,000 users are 117,016 events
    LIMIT_ANCHORS = 256,            // libyaml is quadratic in them
    LIMIT_SCALAR_BYTES = 64 << 10,
    LIMIT_KEY_BYTES = 128,
    LIMIT_PARTS = 64,              // files of one system
    LIMIT_NAME_BYTES = 80,         // an id in a spec, or a file name
    LIMIT_PATTERN_BYTES = 512,     // a regular expression
    LIMIT_SUBJECT_BYTES = 4 << 10, // what it is matched against: pcre2's limits bound no time
    LIMIT_ERRORS_SHOWN = 20,
};

#endif
