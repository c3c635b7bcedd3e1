What a message shows of its line.

  $ mkdir specs

A long line is cut, and marks are where it is: no longer than what is shown, and at the dots for what is left out.

  $ long() { head -c $1 /dev/zero | tr '\0' x; }
  $ printf 'system: shop\nqueues:\n  jobs: {tags: {a: "%s"}, visibility_%s: 2m}\n' "$(long 60)" "$(long 90)" >specs/shop.yaml; wgen check
  error[unknown-key]: unknown key `visibility_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` in queue `jobs`
   --> specs/shop.yaml:3:85
    |
  3 |   jobs: {tags: {a: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}, visibility_xxxxxxxxxxxxxxxxxxxxxxxxx...
    |                                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not a key of queue
    |   ---- in this
    = note: 20 keys are allowed here; `wgen explain queue` lists them
  
  wgen: 1 error in specs/shop.yaml
  [1]
  $ printf 'system: shop\nqueues:\n  jobs: {tags: {a: "%s"}, vis: 2m}\n' "$(long 150)" >specs/shop.yaml; wgen check
  error[unknown-key]: unknown key `vis` in queue `jobs`
   --> specs/shop.yaml:3:175
    |
  3 | ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}, vis: 2m}
    |                                                                ^^^ not a key of queue
    | --- in this
    = note: 20 keys are allowed here; `wgen explain queue` lists them
  
  wgen: 1 error in specs/shop.yaml
  [1]
