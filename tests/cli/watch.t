With --watch a command runs again whenever a spec changes.

  $ mkdir specs && printf 'system: shop\nqueues: {a: {}}\n' >specs/shop.yaml
  $ : >log; wgen check --watch >log 2>&1 & pid=$!
  > for i in $(seq 50); do grep -q waiting log && break; sleep 0.2; done
  > printf 'system: shop\nqueues: {a: {visi: 1}}\n' >new && mv new specs/shop.yaml
  > for i in $(seq 50); do [ "$(grep -c waiting log)" = 2 ] && break; sleep 0.2; done
  > kill $pid; wait $pid 2>/dev/null
  > grep 'wgen:\|error' log
  wgen: 1 system checked, no errors (TIME)
  wgen: waiting for a change (Ctrl-C ends it)
  error[unknown-key]: unknown key `visi` in queue `a`
  wgen: 1 error in specs/shop.yaml
  wgen: waiting for a change (Ctrl-C ends it)

What it reads is watched, and not the spec alone: the folder beside it, the blueprints that all systems
share, the templates.

  $ mkdir -p specs/shop/kinds specs/blueprints own/kinds other
  $ printf 'system: shop\nqueues: {a: {}}\n' >specs/shop.yaml
  $ : >log; wgen check --watch --templates own specs/shop.yaml >log 2>&1 & pid=$!
  > seen() { for i in $(seq 50); do [ "$(grep -c waiting log)" = $1 ] && break; sleep 0.2; done; grep -c waiting log; }
  > seen 1
  > printf 'system: other\n' >specs/other.yaml; sleep 0.5; seen 1
  > printf 'kind: box\n' >specs/shop/kinds/box.yaml; seen 2
  > printf '# nothing\n' >specs/blueprints/two.yaml; seen 3
  > printf '# nothing\n' >own/kinds/two.yaml; seen 4
  > kill $pid; wait $pid 2>/dev/null
  1
  1
  2
  3
  4
  [143]
  $ wgen check --watch --nothing
  error[usage]: there is no option `--nothing`
  help: `wgen help check` lists what it takes
  
  [2]
  $ rm -r specs/shop specs/blueprints

Progress is told on a terminal only, and after half a second; never in a pipe.

  $ wgen check 2>&1 | od -c | grep -c '033'
  0
  [1]
