A system can have kinds of its own, which are checked as they are read.

  $ mkdir -p specs/shop/kinds
  $ cp $TESTS/cli/templates/kinds/system.yaml specs/shop/kinds
  $ sed 's/type: int/type: number/' $TESTS/cli/templates/kinds/box.yaml >specs/shop/kinds/box.yaml
  $ printf 'system: shop\nboxes: {jobs: {}}\n' >specs/shop.yaml
  $ wgen check
  error[template]: no type is called `number`
   --> specs/shop/kinds/box.yaml:7:16
    |
  7 |   size: {type: number, default: 3, min: 1, max: 9, doc: How much it holds.}
    |                ^^^^^^
  
  error[needs-quotes]: `size` needs a text, 1 to 9, found the plain scalar `3`
   --> specs/shop/kinds/box.yaml:7:33
    |
  7 |   size: {type: number, default: 3, min: 1, max: 9, doc: How much it holds.}
    |                                 ^ some readers of YAML take this for something else than a text
  help: put it in quotes: `"3"`   [fix: safe]
  
  wgen: 2 errors in specs/shop/kinds/box.yaml (1 with a fix)
  [1]
  $ sed 's/self.name/self.nam/' $TESTS/cli/templates/kinds/box.yaml >specs/shop/kinds/box.yaml
  $ wgen check
  error[template]: nothing here is called `self.nam`
    --> specs/shop/kinds/box.yaml:10:27
     |
  10 |     Properties: {BoxName: $(self.nam), Size: $(size)}
     |                           ^^^^^^^^^^^
  
  error[template]: nothing here is called `self.nam`
    --> specs/shop/kinds/box.yaml:13:18
     |
  13 |     body: {name: $(self.nam), size: $(size)}
     |                  ^^^^^^^^^^^
  
  wgen: 2 errors in specs/shop/kinds/box.yaml
  [1]
  $ cp $TESTS/cli/templates/kinds/box.yaml specs/shop/kinds
  $ wgen check
  wgen: 1 system checked, no errors (TIME)
  $ wgen --templates $TESTS/cli/templates explain box
  box: Holds something.
  It stands under `boxes`.
  
  Fields:
    size: a whole number, 1 to 9; default 3
        How much it holds.
    name: a name, which may have holes such as `$(name)`
        The full physical name. Without it, the pattern of the kind in `names`, or its default.
        For example `name: $(system)-input-$(project)-$(user)`.
    id: a name of letters, digits, `-` and `_`
        The base name, which patterns see as `$(name)`, and the path that references use. Without it, the key it stands under.
    existing: a text
        The name or ARN of one that exists already. Nothing is made; references and grants work.
    per: `project` or `user`, or a map
        One for each project or each user, or `{runtime: [NAME]}` for what is made while the system runs.
    tags: a map
        Added to the tags of the system.
    ephemeral: `true` or `false`
        It may go with its stack, data and all. Without it, what holds data stays.
    raw: any value
        Merged last into what is written: `{cloudformation: {PART: {...}}, terraform: {PART: {...}}}`.
    usage: any value
        How much it is used, for `wgen cost`. That of the system is of what comes with it, by name: `{code: {stored: 1GB}}`.
  $ wgen --templates $TESTS/cli/templates explain box.size
    size: a whole number, 1 to 9; default 3
        How much it holds.
