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
  $ wgen explain queue.visibilty
  error[usage]: nothing is called `queue.visibilty`
  help: did you mean `queue.visibility`?
  
  [2]
  $ wgen explain queue.colour
  error[usage]: nothing is called `queue.colour`
  help: `wgen explain queue` lists its fields
  
  [2]

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
