// cmd_man.c - wgen man: wgen(1) from the tables of commands and options, wgen-spec(5) from the
// kinds.
#include "cmd.h"

#include <string.h>

// Text in roff: a line that begins with a dot or a quote would be a request. What stands in
// backquotes is bold.
static void put_roff(Buf *out, Str text) {
    bool start = out->len == 0 || out->ptr[out->len - 1] == '\n', bold = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (start && (c == '.' || c == '\''))
            buf_put(out, S("\\&"));
        start = c == '\n';
        if (c == '\\')
            buf_put(out, S("\\e"));
        else if (c == '-')
            buf_put(out, S("\\-"));
        else if (c == '`')
            buf_put(out, (bold = !bold) ? S("\\fB") : S("\\fR"));
        else
            buf_char(out, c);
    }
    if (bold)
        buf_put(out, S("\\fR"));
}

static void put_line(Buf *out, Str text) {
    put_roff(out, text);
    buf_char(out, '\n');
}

static void put_option(Buf *out, const Option *o) {
    buf_put(out, S(".TP\n"));
    if (o->letter)
        buf_fmt(out, "\\fB\\-%c\\fR, ", o->letter);
    buf_put(out, S("\\fB\\-\\-"));
    put_roff(out, str_from(o->name));
    buf_put(out, S("\\fR"));
    if (o->value)
        buf_fmt(out, " \\fI%s\\fR", o->value);
    buf_char(out, '\n');
    put_roff(out, str_from(o->doc));
    if (o->values) {
        buf_put(out, S(": "));
        put_roff(out, str_from(o->values));
    }
    buf_put(out, S(".\n"));
}

static void put_command(Buf *out, const Command *c) {
    buf_fmt(out, ".SS wgen %s", c->name);
    if (c->args[0])
        buf_char(out, ' ');
    put_line(out, str_from(c->args));
    put_line(out, str_from(c->about));
    buf_put(out, S(".PP\n.nf\n"));
    Str rest = str_from(c->examples), line;
    while (str_split(&rest, '\n', &line))
        if (line.len)
            put_line(out, line);
    buf_put(out, S(".fi\n"));
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (command_takes(c, (OptionId)i) && !options[i].common)
            put_option(out, &options[i]);
}

static void put_wgen(Cli *cli, Buf *out) {
    buf_put(out, S(".TH WGEN 1 " WGEN_DATE " \"wgen " WGEN_VERSION "\"\n"
                   ".SH NAME\n"
                   "wgen \\- compiles specs of systems on AWS\n"
                   ".SH SYNOPSIS\n"
                   "\\fBwgen\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n"
                   ".SH DESCRIPTION\n"
                   "Reads specs in YAML, and writes CloudFormation, Terraform, state machines and\n"
                   "C handlers that say the same.\n"
                   "What a spec may say is in\n"
                   ".BR wgen\\-spec (5).\n"
                   ".SH COMMANDS\n"));
    for (size_t i = 0; cli->commands[i]; i++)
        put_command(out, cli->commands[i]);
    buf_put(out, S(".SH OPTIONS OF EVERY COMMAND\n"));
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (options[i].common)
            put_option(out, &options[i]);
    buf_put(out, S(".SH ENVIRONMENT\n"
                   ".TP\n\\fBNO_COLOR\\fR\nSet and not empty: no colour.\n"
                   ".TP\n\\fBCLICOLOR\\fR\n`0`: no colour.\n"
                   ".TP\n\\fBCLICOLOR_FORCE\\fR, \\fBFORCE_COLOR\\fR\nColour, terminal or not.\n"
                   ".TP\n\\fBGITHUB_ACTIONS\\fR\n`true`: diagnostics are annotations as well.\n"
                   ".SH EXIT STATUS\n"
                   "Where several apply, the first of them.\n"
                   ".TP\n\\fB70\\fR\nA bug in wgen.\n"
                   ".TP\n\\fB2\\fR\nThe command line is wrong.\n"
                   ".TP\n\\fB4\\fR\nA file cannot be read or written, or is not wgen's.\n"
                   ".TP\n\\fB1\\fR\nThe spec has errors.\n"
                   ".TP\n\\fB3\\fR\nSomething differs that should not.\n"
                   ".TP\n\\fB0\\fR\nAll is well.\n"
                   ".SH SEE ALSO\n.BR wgen\\-spec (5)\n"));
}

static void put_field(Cli *cli, Buf *out, const Field *f) {
    Str says = field_says(cli->arena, f);
    buf_put(out, S(".TP\n\\fB"));
    put_roff(out, f->name);
    buf_put(out, S("\\fR: "));
    put_roff(out, says);
    if (f->fallback && node_is_scalar(f->fallback)) {
        buf_put(out, S("; default "));
        put_roff(out, f->fallback->text);
    }
    if (f->required)
        buf_put(out, S("; required"));
    buf_char(out, '\n');
    put_line(out, f->doc);
}

static void put_kind(Cli *cli, Buf *out, const Kind *kind) {
    buf_put(out, S(".SS "));
    put_line(out, str_eq(kind->name, S("system")) ? S("the system") : kind->section);
    put_line(out, kind->doc);
    for (size_t i = 0; i < kind->own_fields; i++)
        if (!kind->shape.fields[i].derived)
            put_field(cli, out, &kind->shape.fields[i]);
}

static void put_spec(Cli *cli, Buf *out) {
    Kinds *kinds = cmd_kinds(cli);
    Str *names;
    size_t count = kind_names(kinds, &names);
    buf_put(out, S(".TH WGEN\\-SPEC 5 " WGEN_DATE " \"wgen " WGEN_VERSION "\"\n"
                   ".SH NAME\n"
                   "wgen\\-spec \\- what a system is made of\n"
                   ".SH DESCRIPTION\n"
                   "A spec is the file specs/NAME.yaml, or a folder specs/NAME of parts, which\n"
                   "\\fBwgen build\\fR compiles.\n"
                   "\\fBwgen explain\\fR \\fIKIND\\fR says more of each kind, with examples.\n"
                   ".SH FIELDS\n"));
    const Kind *system = kind_find(kinds, S("system"));
    if (system)
        put_kind(cli, out, system);
    for (size_t i = 0; i < count; i++) {
        const Kind *kind = kind_find(kinds, names[i]);
        if (kind && !kind->internal)
            put_kind(cli, out, kind);
    }
    buf_put(out, S(".SS every resource\n"));
    for (size_t i = 0; i < kinds->common.count; i++)
        put_field(cli, out, &kinds->common.fields[i]);
    buf_put(out, S(".SH SEE ALSO\n.BR wgen (1)\n"));
}

static int run(Cli *cli) {
    Buf out = {.arena = cli->arena};
    bool spec = cli->arg_count && strcmp(cli->args[0], "spec") == 0;
    if (cli->arg_count && !spec && strcmp(cli->args[0], "wgen") != 0) {
        diag_error(cli->diags, (Loc){0}, "usage", "there is no page `%s`", cli->args[0]);
        diag_help(cli->diags, "there are `wgen` and `spec`");
    } else if (spec) {
        put_spec(cli, &out);
    } else {
        put_wgen(cli, &out);
    }
    cmd_print(cli, buf_str(&out));
    buf_free(&out);
    return cmd_end(cli, NULL);
}

const Command command_man = {
    .name = "man",
    .args = "wgen|spec",
    .doc = "print a page of the manual, for man(1)",
    .about =
        "`wgen` is about the commands, `spec` about what specs may say. `make install` installs\n"
        "both.",
    .examples = "wgen man | man -l -                  # read it\n"
                "wgen man spec >wgen-spec.5           # what specs may say\n",
    .most_args = 1,
    .run = run,
};
