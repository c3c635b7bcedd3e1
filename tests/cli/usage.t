Without a command: what it is, and what can be done.

  $ wgen
  wgen compiles specs of systems on AWS to CloudFormation, Terraform, state
  machines and C handlers.
  
    wgen init                  # begin a system, in specs/
    wgen check                 # find every mistake in specs/
    wgen build                 # write what the specs describe to out/
  
  Commands: add build check completion cost diff docs drift explain fmt graph help
    import init list local man new remove rename schema show version who-can
  
  `wgen help` says what each is for, `wgen help COMMAND` how.
  [2]

  $ wgen help
  wgen compiles specs of systems on AWS to CloudFormation, Terraform, state
  machines and C handlers.
  
    wgen init                  # begin a system, in specs/
    wgen check                 # find every mistake in specs/
    wgen build                 # write what the specs describe to out/
    wgen build --check         # in CI: is out/ what the specs say?
  
  Commands:
    add        add a project, a user, a queue, a function, ... to a spec
    build      make everything that the specs describe, below out/
    check      find every mistake in the specs, and write nothing
    completion print what completes command lines in a shell
    cost       what a system costs in a month, by the usage that its spec expects
    diff       say what a deployment would do: what is added, made anew, lost, dearer
    docs       print the runbook and the other pages about a system
    drift      compare what is deployed with what the spec says
    explain    say more about an error, a kind of resource, or one of its fields
    fmt        lay out the text of specs
    graph      draw a system, its workflows, or where its data goes
    help       say what the commands do, and how patterns and exit codes work
    import     make a spec of existing state machines
    init       begin a system: specs/NAME.yaml, and what an editor knows of it
    list       what a system has: names, stacks, and where the spec says so
    local      run systems on this machine, on an emulator of AWS
    man        print a page of the manual, for man(1)
    new        begin a workflow from a starting point, or a system
    remove     take something out of a spec
    rename     give something another name, and keep what is deployed
    schema     print the JSON Schema of specs, for editors
    show       everything that became of one thing, and where it comes from
    version    print the version of wgen, and of its libraries
    who-can    who may read, send to or call something, and why
  
  `wgen help COMMAND` says more of each. Other topics: `filters`, `holes`, `conditions`, `exit-codes`.

Mistyped words are recognised.

  $ wgen biuld
  error[usage]: there is no command `biuld`
  help: did you mean `build`?
  
  [2]
  $ wgen build --chek
  error[usage]: there is no option `--chek`
  help: did you mean `--check`?
  
  [2]
  $ wgen build --color=sometimes
  error[usage]: `--color` cannot be `sometimes`
  help: it is one of auto|always|never
  
  [2]
  $ wgen build --out
  error[usage]: `--out` needs a value: DIR
  
  [2]
  $ wgen version --out x
  error[usage]: `wgen version` takes no `--out`
  help: `wgen help version` lists what it takes
  
  [2]
  $ wgen check --max-errors many
  error[usage]: `--max-errors` needs a number, not `many`
  
  [2]
  $ wgen help nothing-like-it
  error[usage]: there is no command `nothing-like-it`
  help: `wgen help` lists them
  
  [2]
  $ wgen explain wrong-typ
  error[usage]: nothing is called `wrong-typ`
  help: did you mean `wrong-type`?
  
  [2]

What other tools call it, and how it begins.

  $ for word in validate plan rm who sh st; do wgen $word 2>&1 | grep help; done
  help: did you mean `check`?
  help: did you mean `diff`?
  help: did you mean `remove`?
  help: did you mean `who-can`?
  help: did you mean `show`?
  help: `wgen help` lists them
  $ wgen new wrkflow nightly
  error[usage]: `wrkflow` is nothing to begin
  help: did you mean `workflow`?
  
  [2]
  $ wgen new queue orders
  error[usage]: `queue` is nothing to begin
  help: write `wgen new workflow NAME` or `wgen new system NAME`
  
  [2]
  $ wgen version x
  error[usage]: `wgen version` has no use for `x`
  help: usage: wgen version
  
  [2]

A folder that is not there.

  $ wgen check
  error[no-spec]: there is no folder `specs` here
  help: name a spec, or the folder that they are in: `wgen check PATH`
  
  wgen: 1 error
  [4]
  $ wgen check nowhere.yaml
  error[unreadable]: cannot read `nowhere.yaml`: No such file or directory
   --> nowhere.yaml
  
  wgen: 1 error in nowhere.yaml
  [4]
  $ wgen -C nowhere check
  error[io]: cannot enter `nowhere`: No such file or directory
  
  wgen: 1 error
  [4]

Help is on standard output, behind any command.

  $ wgen build --help 2>/dev/null | head -3
  wgen build - make everything that the specs describe, below out/
  
    wgen build                       # every system in specs/, into out/
  $ wgen help exit-codes
  Exit codes; where several apply, the first of them:
  
    70    a bug in wgen
    128+n ended by signal n
    2     the command line is wrong
    4     cannot read or write, no memory, a lock, a file that is not wgen's
    1     the spec has errors
    3     outputs are not what the spec says, or a build was interrupted
    0     all is well
  $ wgen help filters | head -4
  Filters of holes, `$(PATH | FILTER)`:
  
    seconds      a duration as a number of seconds
    minutes      a duration as a number of minutes
  $ wgen help holes | head -3
  Holes, `$(NAME)`, in names and other texts of a spec:
  
    system, env, version      of the system

A bug says that it is one, and that nobody else is to blame; a signal ends it as any program.

  $ mkdir bug && printf 'system: bug\nqueues: {a: {}}\n' >bug/bug.yaml
  $ end() {
  >   wgen check --watch bug >log 2>&1 & pid=$!
  >   for i in $(seq 600); do grep -qs waiting log && break; sleep 0.1; done
  >   kill -s $1 $pid; wait $pid 2>/dev/null; echo "$1: $?"
  > }
  $ [ "${SAN:-}" ] && echo 'SEGV: 70' || end SEGV
  SEGV: 70
  $ end TERM
  TERM: 143
  $ crash() { end ABRT; sed -n 's/ 0\.[0-9.]*;/ VERSION;/; $p' log; }
  $ said='wgen: this is a bug in wgen VERSION; please report it, with the spec if you can'
  $ [ "${SAN:-}" ] && printf 'ABRT: 70\n%s\n' "$said" || crash
  ABRT: 70
  wgen: this is a bug in wgen VERSION; please report it, with the spec if you can
