// cmd_completion.c - wgen completion: scripts for shells, from the tables of commands and options.
#include "cmd.h"

#include <string.h>

static const Loc nowhere = {0};

// What the first word behind a command may be: the words that help shows as `a|b|c`, or the kinds.
static size_t first_words(Cli *cli, const Command *c, Str **words) {
    Str rest = str_from(c->args), first, word, *names;
    size_t count = 0;
    str_split(&rest, ' ', &first);
    bool kinds = str_find(first, S("KIND")) >= 0;
    bool listed = str_find(first, S("|")) > 0 && first.ptr[0] >= 'a' && first.ptr[0] <= 'z';
    size_t kind_count = kinds ? kind_names(cmd_kinds(cli), &names) : 0;
    size_t command_count = 0;
    while (cli->commands[command_count])
        command_count++;
    *words = arena_new(cli->arena, Str, kind_count + first.len + command_count + 2);
    for (size_t i = 0; i < kind_count; i++) {
        const Kind *kind = kind_find(cmd_kinds(cli), names[i]);
        if (kind && !kind->internal)
            (*words)[count++] = names[i];
    }
    if (kinds && c != &command_explain) {
        (*words)[count++] = S("project");
        (*words)[count++] = S("user");
    }
    while (listed && str_split(&first, '|', &word))
        (*words)[count++] = word;
    for (size_t i = 0; c == &command_help && i < command_count; i++)
        (*words)[count++] = str_from(cli->commands[i]->name);
    return count;
}

static void put_words(Buf *out, const Str *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        buf_fmt(out, "%s%.*s", i ? " " : "", SFMT(words[i]));
}

static void put_values(Buf *out, const char *values) {
    for (const char *c = values; *c; c++)
        buf_char(out, *c == '|' ? ' ' : *c);
}

static bool is_given(const Command *c, int option) {
    return c ? command_takes(c, (OptionId)option) : options[option].common;
}

static void put_options(Buf *out, const Command *c) {
    bool first = true;
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++) {
        if (!is_given(c, i))
            continue;
        buf_fmt(out, "%s--%s", first ? "" : " ", options[i].name);
        first = false;
    }
}

static void put_bash(Cli *cli, Buf *out) {
    buf_put(out, S("# bash completion of wgen; made by `wgen completion bash`.\n"
                   "_wgen() {\n"
                   "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                   "    local command= words= i\n"
                   "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                   "        [[ ${COMP_WORDS[i]} == -* ]] || { command=${COMP_WORDS[i]}; break; }\n"
                   "    done\n"
                   "    case $prev in\n"));
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++) {
        const Option *o = &options[i];
        if (!o->value)
            continue;
        buf_fmt(out, "    --%s", o->name);
        if (o->letter)
            buf_fmt(out, "|-%c", o->letter);
        buf_put(out, S(") "));
        if (o->values) {
            buf_put(out, S("COMPREPLY=($(compgen -W '"));
            put_values(out, o->values);
            buf_put(out, S("' -- \"$cur\")); return ;;\n"));
        } else {
            buf_fmt(out, "COMPREPLY=($(compgen -%c -- \"$cur\")); return ;;\n",
                    strcmp(o->value, "DIR") == 0 ? 'd' : 'f');
        }
    }
    buf_put(out, S("    esac\n    case $command in\n    '') words='"));
    for (size_t i = 0; cli->commands[i]; i++)
        buf_fmt(out, "%s ", cli->commands[i]->name);
    put_options(out, NULL);
    buf_put(out, S("' ;;\n"));
    for (size_t i = 0; cli->commands[i]; i++) {
        const Command *c = cli->commands[i];
        Str *words;
        size_t count = first_words(cli, c, &words);
        buf_fmt(out, "    %s)\n        words='", c->name);
        put_options(out, c);
        buf_put(out, S("'\n"));
        if (count) {
            buf_fmt(out, "        [[ $prev != %s ]] || words=\"$words ", c->name);
            put_words(out, words, count);
            buf_put(out, S("\"\n"));
        }
        buf_put(out, S("        ;;\n"));
    }
    buf_put(out, S("    esac\n"
                   "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                   "    [[ -z $command || $cur == -* ]] || COMPREPLY+=($(compgen -f -- \"$cur\"))\n"
                   "}\n"
                   "complete -o filenames -F _wgen wgen\n"));
}

// Within single quotes of a shell; what `also` names has a backslash before it.
static void put_quoted(Buf *out, const char *text, const char *also, const char *quote) {
    for (const char *c = text; *c; c++) {
        if (*c == '\'')
            buf_put(out, str_from(quote));
        else if (strchr(also, *c))
            buf_fmt(out, "\\%c", *c);
        else
            buf_char(out, *c);
    }
}

static const char zsh_quote[] = "'\\''", zsh_special[] = ":[]", fish_quote[] = "\\'";

static void put_zsh_option(Buf *out, const Option *o) {
    for (int form = 0; form < (o->letter ? 2 : 1); form++) {
        if (form)
            buf_fmt(out, " \\\n            '*-%c", o->letter);
        else
            buf_fmt(out, " \\\n            '*--%s%s", o->name, o->value ? "=" : "");
        buf_char(out, '[');
        put_quoted(out, o->doc, zsh_special, zsh_quote);
        buf_char(out, ']');
        if (o->values) {
            buf_fmt(out, ":%s:(", o->name);
            put_values(out, o->values);
            buf_char(out, ')');
        } else if (o->value) {
            buf_fmt(out, ":%s:_files%s", o->name, strcmp(o->value, "DIR") == 0 ? " -/" : "");
        }
        buf_char(out, '\'');
    }
}

static void put_zsh(Cli *cli, Buf *out) {
    buf_put(out, S("#compdef wgen\n"
                   "# zsh completion of wgen; made by `wgen completion zsh`.\n"
                   "_wgen() {\n"
                   "    local curcontext=$curcontext state line\n"
                   "    local -a commands\n"
                   "    commands=(\n"));
    for (size_t i = 0; cli->commands[i]; i++) {
        buf_fmt(out, "        '%s:", cli->commands[i]->name);
        put_quoted(out, cli->commands[i]->doc, "", zsh_quote);
        buf_put(out, S("'\n"));
    }
    buf_put(out, S("    )\n    _arguments -C"));
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (options[i].common)
            put_zsh_option(out, &options[i]);
    buf_put(out, S(" \\\n            '1:command:->command' '*::argument:->argument'\n"
                   "    case $state in\n"
                   "    command) _describe command commands ;;\n"
                   "    argument)\n"
                   "        case $words[1] in\n"));
    for (size_t i = 0; cli->commands[i]; i++) {
        const Command *c = cli->commands[i];
        Str *words;
        size_t count = first_words(cli, c, &words);
        buf_fmt(out, "        %s) _arguments", c->name);
        for (int j = OPT_NONE + 1; j < OPT_COUNT; j++)
            if (command_takes(c, (OptionId)j))
                put_zsh_option(out, &options[j]);
        if (count) {
            buf_put(out, S(" \\\n            '1:what:("));
            put_words(out, words, count);
            buf_put(out, S(")'"));
        }
        buf_put(out, S(" \\\n            '*:file:_files' ;;\n"));
    }
    buf_put(out, S("        esac ;;\n    esac\n}\n_wgen \"$@\"\n"));
}

static void put_fish_option(Buf *out, const Option *o, const char *when) {
    buf_fmt(out, "complete -c wgen%s -l %s", when, o->name);
    if (o->letter)
        buf_fmt(out, " -s %c", o->letter);
    if (o->values) {
        buf_put(out, S(" -x -a '"));
        put_values(out, o->values);
        buf_char(out, '\'');
    } else if (o->value) {
        buf_put(out, S(" -r"));
    }
    buf_put(out, S(" -d '"));
    put_quoted(out, o->doc, "\\", fish_quote);
    buf_put(out, S("'\n"));
}

static void put_fish(Cli *cli, Buf *out) {
    Arena *a = cli->arena;
    buf_put(out, S("# fish completion of wgen; made by `wgen completion fish`.\n"));
    for (size_t i = 0; cli->commands[i]; i++) {
        const Command *c = cli->commands[i];
        buf_fmt(out, "complete -c wgen -n __fish_use_subcommand -f -a %s -d '", c->name);
        put_quoted(out, c->doc, "\\", fish_quote);
        buf_put(out, S("'\n"));
    }
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (options[i].common)
            put_fish_option(out, &options[i], "");
    for (size_t i = 0; cli->commands[i]; i++) {
        const Command *c = cli->commands[i];
        const char *when = str_fmt(a, " -n '__fish_seen_subcommand_from %s'", c->name).ptr;
        Str *words;
        size_t count = first_words(cli, c, &words);
        if (count) {
            buf_fmt(out, "complete -c wgen%s -a '", when);
            put_words(out, words, count);
            buf_put(out, S("'\n"));
        }
        for (int j = OPT_NONE + 1; j < OPT_COUNT; j++)
            if (command_takes(c, (OptionId)j) && !options[j].common)
                put_fish_option(out, &options[j], when);
    }
}

static const struct {
    const char *name;
    void (*put)(Cli *cli, Buf *out);
} shells[] = {
    {"bash", put_bash},
    {"zsh",  put_zsh },
    {"fish", put_fish},
};

static int run(Cli *cli) {
    Buf out = {.arena = cli->arena};
    const char *shell = cli->arg_count ? cli->args[0] : "";
    for (size_t i = 0; i < COUNT(shells); i++)
        if (strcmp(shells[i].name, shell) == 0)
            shells[i].put(cli, &out);
    if (!out.len) {
        diag_error(cli->diags, nowhere, "usage", "there are completions for bash, zsh and fish");
        diag_help(cli->diags, "write `wgen completion bash`");
    }
    cmd_print(cli, buf_str(&out));
    buf_free(&out);
    return cmd_end(cli, NULL);
}

const Command command_completion = {
    .name = "completion",
    .args = "bash|zsh|fish",
    .doc = "print what completes command lines in a shell",
    .about = "Commands, options, their values, and kinds, as this version of wgen knows them.",
    .examples = "eval \"$(wgen completion bash)\"                                 # in ~/.bashrc\n"
                "wgen completion zsh >~/.zfunc/_wgen                             # in the fpath\n"
                "wgen completion fish >~/.config/fish/completions/wgen.fish\n",
    .most_args = 1,
    .run = run,
};
