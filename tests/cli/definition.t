A definition that is longer than Step Functions takes.

  $ mkdir specs
  $ text=$(head -c 1000 /dev/zero | tr '\0' a)
  $ spec() {
  >   echo 'system: shop'; echo 'workflows:'; echo '  night:'; echo '    stages:'
  >   for i in $(seq "$1"); do echo "      - {name: S$i, pass: {text: $text}}"; done
  > }
  $ spec 800 >specs/shop.yaml
  $ wgen check -q

The template that it stands in is too large before that.

  $ spec 900 >specs/shop.yaml
  $ wgen check -q
  error[template-too-large]: the template of stack `shop-night` would have 1051661 bytes
   --> specs/shop.yaml:1:1
    |
  1 | system: shop
    | ^
  help: divide what is in it: what a workflow defines is in the workflow's stack
    = note: CloudFormation quotas: 1000000 in a template
  
  [1]
  $ spec 1000 >specs/shop.yaml
  $ wgen check
  error[definition-too-large]: the definition of `night` has 1109824 bytes
   --> specs/shop.yaml:3:3
    |
  3 |   night:
    |   ^^^^^
  help: make workflows of its parts and call those, or keep data in a bucket
    = note: Step Functions takes 1048576
  
  wgen: 1 error in specs/shop.yaml
  [1]
