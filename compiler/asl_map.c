// asl_map.c - what a Map state has beside its flow: how it runs, reads, batches and writes. Source:
// developer guide, Map state fields, ItemReader, ItemBatcher and ResultWriter.
#include "asl_check.h"

#include <string.h>

enum {
    ITEMS_MOST = 100000000,
    BYTES_MOST = 262144, // of an input
    // Developer guide, Map state in inline mode and in distributed mode: at a time
    INLINE_MOST = 40,
    CHILDREN_MOST = 10000
};

typedef struct Part { // of a map: an object with fields that are known
    const char *what;
    const char *const *keys;
    size_t count;
} Part;

// `words` are between spaces.
static void check_word(const AslCheck *c, const Node *map, const char *field, const char *words,
                       Query query) {
    const Node *n = node_get(map, str_from(field));
    if (!n || asl_is_open(c, n, query))
        return;
    Str all = str_from(words), s = node_str(n);
    for (ptrdiff_t at; node_is_string(n) && s.len && (at = str_find(all, s)) >= 0;) {
        char behind = (size_t)at + s.len < all.len ? all.ptr[(size_t)at + s.len] : ' ';
        if ((at == 0 || all.ptr[at - 1] == ' ') && behind == ' ')
            return;
        all = str_cut(all, (size_t)at + 1, all.len);
    }
    asl_wrong(c, n, str_from(field), str_fmt(c->arena, "one of %s", words).ptr);
}

static void check_count(const AslCheck *c, const Node *map, const char *field, double least,
                        double most, Query query) {
    const Node *n = node_get(map, str_from(field));
    if (n && !asl_is_open(c, n, query))
        asl_check_number(c, n, str_from(field), least, most, true);
}

// A number's path, in JSONPath only.
static void check_count_path(const AslCheck *c, const Node *map, const char *field, Query query) {
    const Entry *e = node_find(map, str_from(field));
    if (e && query == QUERY_JSONATA)
        asl_wrong_language(c, e->key, query);
    else if (e)
        asl_check_path(c, e->value, e->key->text, true, false);
}

// What is handed to the service that reads or writes.
static void check_arguments(const AslCheck *c, const Node *part, Query query) {
    const Entry *e = node_find(part, query == QUERY_PATH ? S("Arguments") : S("Parameters"));
    if (e)
        asl_wrong_language(c, e->key, query);
}

static bool check_part(const AslCheck *c, const Node *part, const char *name, const char *what,
                       const char *const *keys, size_t count, Query query) {
    if (asl_is_open(c, part, query) || !asl_is_map(c, part, str_from(name)))
        return false;
    asl_check_keys(c, part, keys, count, what);
    asl_check_template(c, part, query);
    return true;
}

static void check_reader(const AslCheck *c, const Node *reader, Query query) {
    static const char *const keys[] = {"Resource", "ReaderConfig", "Parameters", "Arguments"};
    static const char *const config_keys[] = {
        "InputType",    "CSVHeaderLocation", "CSVHeaders",   "CSVDelimiter",  "MaxItems",
        "MaxItemsPath", "ManifestType",      "ItemsPointer", "Transformation"};
    if (!check_part(c, reader, "ItemReader", "a reader", keys, COUNT(keys), query))
        return;
    const Node *config = node_get(reader, S("ReaderConfig")), *resource;
    asl_require(c, reader, "Resource", "a reader");
    check_arguments(c, reader, query);
    if ((resource = node_get(reader, S("Resource"))))
        asl_check_resource(c, resource);
    if (!config || !check_part(c, config, "ReaderConfig", "the configuration of a reader",
                               config_keys, COUNT(config_keys), query))
        return;
    check_word(c, config, "InputType", "CSV JSON JSONL MANIFEST PARQUET", query);
    check_word(c, config, "CSVHeaderLocation", "FIRST_ROW GIVEN", query);
    check_word(c, config, "CSVDelimiter", "COMMA PIPE SEMICOLON SPACE TAB", query);
    check_word(c, config, "ManifestType", "ATHENA_DATA S3_INVENTORY", query);
    check_word(c, config, "Transformation", "NONE LOAD_AND_FLATTEN", query);
    check_count(c, config, "MaxItems", 0, ITEMS_MOST, query);
    check_count_path(c, config, "MaxItemsPath", query);
    if (str_eq(node_get_str(config, S("CSVHeaderLocation")), S("GIVEN")))
        asl_require(c, config, "CSVHeaders", "a reader");
}

static void check_writer(const AslCheck *c, const Node *writer, Query query) {
    static const char *const keys[] = {"Resource", "WriterConfig", "Parameters", "Arguments"};
    static const char *const config_keys[] = {"OutputType", "Transformation"};
    if (!check_part(c, writer, "ResultWriter", "a writer", keys, COUNT(keys), query))
        return;
    const Node *config = node_get(writer, S("WriterConfig"));
    check_arguments(c, writer, query);
    if (!writer->count)
        diag_error(c->diags, writer->loc, "asl-missing",
                   "the writer of `%.*s` is empty: it needs `Resource` or `WriterConfig`",
                   SFMT(c->state));
    if (node_get(writer, S("Resource")))
        asl_check_resource(c, node_get(writer, S("Resource")));
    if (!config || !check_part(c, config, "WriterConfig", "the configuration of a writer",
                               config_keys, COUNT(config_keys), query))
        return;
    check_word(c, config, "OutputType", "JSON JSONL", query);
    check_word(c, config, "Transformation", "NONE COMPACT FLATTEN", query);
}

static void check_batch(const AslCheck *c, const Node *batch, Query query) {
    static const char *const keys[] = {"MaxItemsPerBatch", "MaxItemsPerBatchPath",
                                       "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath",
                                       "BatchInput"};
    bool sized = false;
    if (!check_part(c, batch, "ItemBatcher", "a batch", keys, COUNT(keys), query))
        return;
    for (size_t i = 0; i + 1 < COUNT(keys); i++)
        sized = sized || node_find(batch, str_from(keys[i]));
    if (!sized)
        diag_error(c->diags, batch->loc, "asl-missing",
                   "the batches of `%.*s` have no size: `MaxItemsPerBatch` or "
                   "`MaxInputBytesPerBatch`",
                   SFMT(c->state));
    check_count(c, batch, "MaxItemsPerBatch", 1, ITEMS_MOST, query);
    check_count(c, batch, "MaxInputBytesPerBatch", 1, BYTES_MOST, query);
    check_count_path(c, batch, "MaxItemsPerBatchPath", query);
    check_count_path(c, batch, "MaxInputBytesPerBatchPath", query);
}

static void check_config(const AslCheck *c, const Node *config, Query query) {
    static const char *const keys[] = {"Mode", "ExecutionType"};
    if (!asl_is_map(c, config, S("ProcessorConfig")))
        return;
    asl_check_keys(c, config, keys, COUNT(keys), "the configuration of a map");
    check_word(c, config, "Mode", "INLINE DISTRIBUTED", query);
    check_word(c, config, "ExecutionType", "STANDARD EXPRESS", query);
}

static void check_label(const AslCheck *c, const Node *label) {
    Str s = node_str(label);
    if (label->type == NODE_SCALAR && !s.len)
        asl_wrong(c, label, S("Label"), "a text that is not empty");
    for (size_t i = 0; i < s.len && !asl_is_placeholder(c, label); i++) {
        if ((unsigned char)s.ptr[i] > ' ' && !strchr("?*<>{}[]:;,\\|^~$#%&`\"", s.ptr[i]))
            continue;
        asl_wrong(c, label, S("Label"), "a text without spaces, brackets and special characters");
        return;
    }
}

// A warning: the service takes more, and does so many.
static void check_concurrency(const AslCheck *c, const Node *state, bool is_inline) {
    const Node *n = node_get(state, S("MaxConcurrency"));
    double value, most = is_inline ? INLINE_MOST : CHILDREN_MOST;
    if (!n || !asl_number(n, &value) || value <= most)
        return;
    Str word = asl_word(c, S("MaxConcurrency"));
    diag_warn(c->diags, n->loc, "map-concurrency", "`%.*s` does %.0f at a time at most",
              SFMT(c->state), most);
    diag_label(c->diags, "`%.*s` is more", SFMT(word));
    if (is_inline)
        diag_help(c->diags, "%s",
                  c->imported ? "a distributed map does up to 10,000"
                              : "`runs: standard` or `express` does up to 10,000");
}

// Whoever imports a definition may have one that the service took; it does nothing there.
static void check_inline(const AslCheck *c, const Node *state) {
    static const char *const fields[] = {"ItemReader",
                                         "ItemBatcher",
                                         "ResultWriter",
                                         "Label",
                                         "ToleratedFailureCount",
                                         "ToleratedFailureCountPath",
                                         "ToleratedFailurePercentage",
                                         "ToleratedFailurePercentagePath"};
    for (size_t i = 0; i < COUNT(fields); i++) {
        const Entry *e = node_find(state, str_from(fields[i]));
        if (!e)
            continue;
        Str word = str_starts(e->key->text, S("Tolerated")) && !c->imported
                       ? S("tolerate")
                       : asl_word(c, e->key->text);
        (c->placeholders ? diag_warn : diag_error)(
            c->diags, e->value->loc, "needs-distributed",
            "`%.*s` of `%.*s` is only for a map that is distributed", SFMT(word), SFMT(c->state));
        if (!c->imported)
            diag_help(c->diags, "say `runs: standard` or `runs: express` beside it");
    }
}

void asl_check_map(const AslCheck *c, const Node *state, Query query) {
    const Node *config = node_get(node_get(state, S("ItemProcessor")), S("ProcessorConfig"));
    const Node *part, *mode = node_get(config, S("Mode"));
    bool is_inline = !mode || str_eq(node_str(mode), S("INLINE"));
    if (is_inline)
        check_inline(c, state);
    check_concurrency(c, state, is_inline);
    if ((part = node_get(state, S("ItemReader"))))
        check_reader(c, part, query);
    if ((part = node_get(state, S("ResultWriter"))))
        check_writer(c, part, query);
    if ((part = node_get(state, S("ItemBatcher"))))
        check_batch(c, part, query);
    if ((part = node_get(state, S("Label"))))
        check_label(c, part);
    if (config)
        check_config(c, config, query);
}
