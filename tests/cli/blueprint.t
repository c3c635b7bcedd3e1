Blueprints that several systems share are files of a folder beside them. A name in the system itself
comes first.

  $ mkdir -p specs/blueprints
  $ cat >specs/blueprints/staged.yaml <<'END'
  > parameters:
  >   steps: {type: stages, doc: What is done.}
  >   title: string
  > stages:
  >   - {name: Begin, pass: {title: "It is $(title)"}, save: $.begin}
  >   - $(steps)
  >   - {name: Many, each: $.items, do: [{name: One, pass: true}, {name: Two, pass: true}], save: none}
  >   - {name: End, succeed: true}
  > END
  $ cat >specs/first.yaml <<'END'
  > system: first
  > functions: {load: {}}
  > workflows:
  >   all:
  >     exact: true
  >     blueprint: {staged: {title: one, steps: [{call: load, save: none}, {name: Rest, pause: 5s}]}}
  >     without: One
  >     insert: {after: Two, name: Three, pass: true}
  > END
  $ cat >specs/second.yaml <<'END'
  > system: second
  > blueprints:
  >   twice: {parameters: {title: string}, blueprint: {staged: {title: $(title), steps: [{name: Mid, pass: true}]}}}
  > workflows:
  >   all: {exact: true, blueprint: {twice: {title: two}}}
  > END
  $ wgen build -q
  $ grep -oh '"\(title\|Next\|StartAt\)": "[^"]*"' out/first/asl/all.asl.json
  "StartAt": "Begin"
  "title": "It is one"
  "Next": "Load"
  "Next": "Rest"
  "Next": "Many"
  "StartAt": "Two"
  "Next": "Three"
  "Next": "End"
  $ grep -oh '"\(title\|Next\|StartAt\)": "[^"]*"' out/second/asl/all.asl.json
  "StartAt": "Begin"
  "title": "It is two"
  "Next": "Mid"
  "Next": "Many"
  "StartAt": "One"
  "Next": "Two"
  "Next": "End"

What is wrong in one is shown with all who use it.

  $ sed -i 's/title: "It is/titel: "It is/; s/name: End, succeed: true/name: End, pass: {t: $.begin.title}/' specs/blueprints/staged.yaml
  $ wgen check specs/second.yaml
  warning[missing-data]: `$.begin.title` is read by `End`, and no way there provides `title`
   --> specs/blueprints/staged.yaml:8:27
    |
  7 |   - {name: Many, each: $.items, do: [{name: One, pass: true}, {name: Two, pass: true}], save: none}
    |     - `Many` goes on with `begin`
  8 |   - {name: End, pass: {t: $.begin.title}}
    |                           ^^^^^^^^^^^^^
   ::: specs/second.yaml:3:52
    |
  3 |   twice: {parameters: {title: string}, blueprint: {staged: {title: $(title), steps: [{name: Mid, pass: true}]}}}
    |                                                    ------ the blueprint is used here
  4 | workflows:
  5 |   all: {exact: true, blueprint: {twice: {title: two}}}
    |                                  ----- the blueprint is used here
  help: did you mean `titel`?
  
  wgen: 1 warning in specs/blueprints/staged.yaml
  wgen: 1 system checked, no errors (TIME)
