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
