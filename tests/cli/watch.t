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

Progress is told on a terminal only, and after half a second; never in a pipe.

  $ wgen check 2>&1 | od -c | grep -c '033'
  0
  [1]
