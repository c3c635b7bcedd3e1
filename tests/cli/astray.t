Whoever writes a command half, or names what is not there, is told how it goes on.

  $ mkdir specs && printf 'system: shop\nqueues: {orders: {}}\n' >specs/shop.yaml
  $ wgen add function
  error[usage]: what is added, and its name, is not said
  help: write `wgen add function NAME`
  help: `wgen explain --list` lists the kinds
  
  [2]
  $ wgen add jobs
  error[usage]: what is added, and its name, is not said
  help: say its kind first, as in `wgen add queue jobs`
  help: `wgen explain --list` lists the kinds
  
  [2]
  $ wgen remove orders
  error[usage]: what is removed, and its name, is not said
  help: say its kind first, as in `wgen remove queue orders`
  help: `wgen explain --list` lists the kinds
  
  [2]
  $ wgen rename orders tasks
  error[usage]: what is renamed, and how, is not said
  help: say its kind first, as in `wgen rename queue orders NEW`
  help: `wgen explain --list` lists the kinds
  
  [2]
  $ wgen rename queue orders
  error[usage]: what is renamed, and how, is not said
  help: write `wgen rename queue OLD NEW`
  help: `wgen explain --list` lists the kinds
  
  [2]
  $ wgen check -Z
  error[usage]: there is no option `-Z`
  help: `wgen help check` lists what it takes
  
  [2]
  $ wgen -Z
  error[usage]: there is no option `-Z`
  help: `wgen help COMMAND` lists what it takes
  
  [2]
  $ wgen check --zzz
  error[usage]: there is no option `--zzz`
  help: `wgen help check` lists what it takes
  
  [2]
  $ wgen build shop
  error[no-spec]: there is no spec `shop` here
  help: did you mean `specs/shop.yaml`?
  
  wgen: 1 error; nothing was written
  [4]
  $ wgen check shop.yaml
  error[no-spec]: there is no spec `shop.yaml` here
  help: did you mean `specs/shop.yaml`?
  
  wgen: 1 error
  [4]
  $ wgen check nowhere
  error[unreadable]: cannot read `nowhere`: No such file or directory
   --> nowhere
  
  wgen: 1 error in nowhere
  [4]
  $ wgen build - </dev/null
  error[usage]: `wgen build` does not read standard input
  help: name a file; `wgen check -` and `wgen fmt -` read it
  
  [2]
  $ mkdir empty && wgen drift --from empty
  error[unreadable]: there are no templates in `empty`
  help: `wgen drift | sh -s empty` reads them, each as STACK.json
  
  wgen: 1 error
  [4]
  $ wgen explain queue.visibilty
  error[usage]: nothing is called `queue.visibilty`
  help: did you mean `queue.visibility`?
  
  [2]
  $ wgen explain queue.colour
  error[usage]: nothing is called `queue.colour`
  help: `wgen explain queue` lists its fields
  
  [2]

  $ printf 'system: shop\nqueues: {orders: {}}\n' >specs/shop.yaml
  $ wgen check --deny unknown-kye
  error[usage]: there is no warning `unknown-kye`
  help: did you mean `unknown-key`?
  
  [2]
  $ wgen build --allow everything
  error[usage]: there is no warning `everything`
  help: `wgen explain --list` lists what there is
  
  [2]
  $ printf 'system: shop\nqueues: {orders: {fifo: yes, tls: no}}\n' | wgen check -
  error[wrong-type]: `fifo` needs `true` or `false`, found `yes`
   --> standard input:2:25
    |
  2 | queues: {orders: {fifo: yes, tls: no}}
    |                         ^^^
  help: write `true`   [fix: unsafe, changes what is generated]
  
  error[wrong-type]: `tls` needs `true` or `false`, found `no`
   --> standard input:2:35
    |
  2 | queues: {orders: {fifo: yes, tls: no}}
    |                                   ^^
  help: write `tls: none because ...`
  
  wgen: 2 errors in standard input (1 with a fix)
  [1]

A name that some readers of YAML take for no text is not written into a spec.

  $ wgen add queue on
  error[usage]: `on` cannot be the name of a queue
  help: take another: some readers of YAML take this for no text
  
  [2]
  $ wgen add user shop/no
  error[usage]: `no` cannot be the name of a user
  help: take another: some readers of YAML take this for no text
  
  [2]
  $ wgen new workflow y
  error[usage]: `y` cannot be the name of a workflow
  help: take another: some readers of YAML take this for no text
  
  [2]
  $ wgen rename queue orders null
  error[usage]: `null` cannot be the name of a queue
  help: take another: some readers of YAML take this for no text
  
  [2]
  $ mkdir n && cd n && wgen init; cd ..
  error[usage]: `n` cannot be the name of a system
  help: take another: some readers of YAML take this for no text
    = note: it is the name of this folder; `wgen init NAME` gives another
  

What is no spec at all says so, and the character that is wrong is named as it is written.

  $ cp /bin/true specs/shop.yaml && wgen check --format short
  specs/shop.yaml:1:8: error: this is no text: it has a NUL byte [syntax]
  [1]
  $ printf 'system: shop\rqueues: {}\n' >specs/shop.yaml && wgen check 2>&1 | grep help
  help: leave it out, or write it as an escape in double quotes: "\r"
  $ printf 'system: shop\n# \302\205\n' >specs/shop.yaml && wgen check 2>&1 | grep help
  help: leave it out, or write it as an escape in double quotes: "\u0085"

What `--fix` makes of standard input goes to standard output, as with `fmt`; what is still wrong is of that.

  $ printf 'system: shop\nqueues:\n  orders: {visibilty: 3m, tags: {a: yes}}\n' >in
  $ wgen check --fix - <in 2>said; cat said
  system: shop
  queues:
    orders: {visibilty: 3m, tags: {a: "yes"}}
  wgen: 1 fix in 1 file
  error[unknown-key]: unknown key `visibilty` in queue `orders`
   --> standard input:3:12
    |
  3 |   orders: {visibilty: 3m, tags: {a: "yes"}}
    |            ^^^^^^^^^ not a key of queue
    |   ------ in this
  help: did you mean `visibility`?   [fix: unsafe, changes what is generated]
    = note: 20 keys are allowed here; `wgen explain queue` lists them
  
  wgen: 1 error in standard input (1 with a fix)
  $ wgen check --fix --unsafe-fixes - <in | wgen check -
  wgen: 2 fixes in 1 file
  wgen: 1 system checked, no errors (TIME)
  wgen: 1 system checked, no errors (TIME)
  $ wgen check --fix --unsafe-fixes --diff - <in
  --- standard input
  +++ standard input
  @@ -1,3 +1,3 @@
   system: shop
   queues:
  -  orders: {visibilty: 3m, tags: {a: yes}}
  +  orders: {visibility: 3m, tags: {a: "yes"}}
  wgen: 2 fixes in 1 file could be made
  error[unknown-key]: unknown key `visibilty` in queue `orders`
   --> standard input:3:12
    |
  3 |   orders: {visibilty: 3m, tags: {a: yes}}
    |            ^^^^^^^^^ not a key of queue
    |   ------ in this
  help: did you mean `visibility`?   [fix: unsafe, changes what is generated]
    = note: 20 keys are allowed here; `wgen explain queue` lists them
  
  error[needs-quotes]: `tags` needs a text, at most 256, found the plain scalar `yes`
   --> standard input:3:37
    |
  3 |   orders: {visibilty: 3m, tags: {a: yes}}
    |                                     ^^^ some readers of YAML take this for something else than a text
  help: put it in quotes: `"yes"`   [fix: safe]
  
  wgen: 2 errors in standard input (2 with a fix)
  [1]
  $ printf 'system: shop\n' | wgen check --fix - 2>/dev/null
  system: shop
