What two systems of one folder would take from one another is told when they are looked at together:
names that both have in one place, and a state of Terraform that both would keep.

  $ mkdir specs; cat >specs/bills.yaml <<'END'
  > system: bills
  > region: eu-west-1
  > names: {queue: $(name), stack: $(workflow)-stack}
  > backend: {s3: {bucket: our-states, key: terraform.tfstate}}
  > queues: {paid: {}, open: {name: bills-open}}
  > workflows: {nightly: {stages: [{name: End, succeed: true}]}}
  > END
  $ sed 's/bills/shop/' specs/bills.yaml >specs/shop.yaml
  $ wgen check
  warning[shared-between-systems]: `bills` and `shop` both have a stack `nightly-stack`
   --> specs/shop.yaml:3:8
    |
  3 | names: {queue: $(name), stack: $(workflow)-stack}
    |        ^
   ::: specs/bills.yaml:3:8
    |
  3 | names: {queue: $(name), stack: $(workflow)-stack}
    |        - the other one
  help: put `$(system)` into its pattern in `names`
  
  error[state-shared]: `bills` and `shop` would keep one state here
   --> specs/shop.yaml:4:41
    |
  4 | backend: {s3: {bucket: our-states, key: terraform.tfstate}}
    |                                         ^^^^^^^^^^^^^^^^^
   ::: specs/bills.yaml:4:41
    |
  4 | backend: {s3: {bucket: our-states, key: terraform.tfstate}}
    |                                         ----------------- the other one
  help: put `$(system)` into the key: `$(system)/terraform.tfstate`
  
  warning[shared-between-systems]: `bills` and `shop` both have a queue `paid`
   --> specs/shop.yaml:5:10
    |
  5 | queues: {paid: {}, open: {name: shop-open}}
    |          ^^^^
   ::: specs/bills.yaml:5:10
    |
  5 | queues: {paid: {}, open: {name: bills-open}}
    |          ---- the other one
  help: put `$(system)` into its pattern in `names`
  
  warning[shared-between-systems]: `bills` and `shop` both have a queue `open-dead-letter`
   --> specs/shop.yaml:5:20
    |
  5 | queues: {paid: {}, open: {name: shop-open}}
    |                    ^^^^
   ::: specs/bills.yaml:5:20
    |
  5 | queues: {paid: {}, open: {name: bills-open}}
    |                    ---- the other one
  help: put `$(system)` into its pattern in `names`
  
  wgen: 1 error, 3 warnings in specs/shop.yaml
  [1]
  $ wgen check specs/shop.yaml
  wgen: 1 system checked, no errors (TIME)

In other Regions or accounts nothing is one; a state is, wherever its bucket is asked from.

  $ sed -i 's/key: terraform/key: $(system)/' specs/*.yaml
  $ sed -i 's/eu-west-1/us-east-1/' specs/shop.yaml
  $ wgen check
  wgen: 2 systems checked, no errors (TIME)
  $ sed -i 's/us-east-1/eu-west-1/; $a environments: {prod: {account: "111122223333"}}' specs/shop.yaml
  $ wgen check
  wgen: 2 systems checked, no errors (TIME)
