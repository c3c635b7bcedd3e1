A template has what CloudFormation takes: 200 parameters, 200 outputs, 1 MB.

  $ mkdir specs
  $ each() { seq -f '%03.0f' $1 | sed "s/.*/$2/" | paste -sd ,; }
  $ spec() { cat <<END
  > system: shop
  > region: eu-central-1
  > parameters: {$(each $1 'p&: {type: string}')}
  > queues: {$(each $1 'q&: {dead-letter: none because this is about templates, tls: none because of the same, tags: {of: $(p&)}}'), jobs: {}}
  > outputs: {$(each $2 'o&: queues.jobs.name')}
  > END
  > }
  $ spec 200 200 >specs/shop.yaml && wgen build -q
  $ spec 201 1 >specs/shop.yaml && wgen build -q
  error[template-too-large]: the template of stack `shop` would have 201 parameters, or more
   --> specs/shop.yaml:1:1
    |
  1 | system: shop
    | ^
  help: divide what is in it: what a workflow defines is in the workflow's stack
    = note: CloudFormation quotas: 200 in a template
  
  [1]
  $ spec 1 201 >specs/shop.yaml && wgen build -q
  error[template-too-large]: the template of stack `shop` would have 201 outputs
   --> specs/shop.yaml:1:1
    |
  1 | system: shop
    | ^
  help: divide what is in it: what a workflow defines is in the workflow's stack
    = note: CloudFormation quotas: 200 in a template
  
  [1]

A check counts what it does not print.

  $ spec 200 200 >specs/shop.yaml && wgen check -q
  $ spec 201 1 >specs/shop.yaml && wgen check -q --format short
  specs/shop.yaml:1:1: error: the template of stack `shop` would have 201 parameters, or more [template-too-large]
  [1]
  $ spec 1 201 >specs/shop.yaml && wgen check -q --format short
  specs/shop.yaml:1:1: error: the template of stack `shop` would have 201 outputs [template-too-large]
  [1]

What a workflow owns is in one stack, which has an end.

  $ stages() { printf 'system: shop\nworkflows:\n  night:\n    stages:\n'; seq "$1" | sed "s/.*/      - $2/"; }
  $ stages 140 '{call: {id: f&}}' >specs/shop.yaml && wgen check
  wgen: 1 system checked, no errors (TIME)
  $ stages 160 '{call: {id: f&}}' >specs/shop.yaml && wgen check
  error[stack-too-large]: the stack `shop-night` would have 484 resources
   --> specs/shop.yaml:3:3
    |
  3 |   night:
    |   ^^^^^
  help: move what is new to another workflow or system, or drop its lines from the lock if it is not deployed yet
    = note: CloudFormation takes 500; wgen keeps below 450 so that a stack can still change
  
  wgen: 1 error in specs/shop.yaml
  [1]

A definition can be longer than Step Functions takes; the template that it stands in is too large before that.

  $ text=$(head -c 1000 /dev/zero | tr '\0' a)
  $ stages 800 "{name: S&, pass: {text: $text}}" >specs/shop.yaml && wgen check -q
  $ stages 900 "{name: S&, pass: {text: $text}}" >specs/shop.yaml && wgen check -q
  error[template-too-large]: the template of stack `shop-night` would have 1051661 bytes
   --> specs/shop.yaml:1:1
    |
  1 | system: shop
    | ^
  help: divide what is in it: what a workflow defines is in the workflow's stack
    = note: CloudFormation quotas: 1000000 in a template
  
  [1]
  $ stages 1000 "{name: S&, pass: {text: $text}}" >specs/shop.yaml && wgen check
  error[definition-too-large]: the definition of `night` has 1109824 bytes
   --> specs/shop.yaml:3:3
    |
  3 |   night:
    |   ^^^^^
  help: make workflows of its parts and call those, or keep data in a bucket
    = note: Step Functions takes 1048576
  
  wgen: 1 error in specs/shop.yaml
  [1]
