An alias calls a version, and a version keeps the settings that the function had: other settings are another
version, as other code is. What a version does not keep makes none, and neither does another order.

  $ mkdir -p specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > tables: {orders: {key: id}}
  > buckets: {data: {}}
  > functions:
  >   web: {alias: live, memory: 256MB, environment: {LEVEL: low, MODE: fast}, uses: {orders: read, data: read}}
  > END
  $ wgen build >/dev/null 2>&1
  $ settings() { sed -n 's/.*Description: settings //p' out/shop/cloudformation/shop.yaml; }
  $ settings >first
  $ grep -cE '^[0-9a-f]{12}$' first
  1
  $ sed -i 's/{LEVEL: low, MODE: fast}/{MODE: fast, LEVEL: low}/; s/orders: read, data: read/data: read, orders: read/' specs/shop.yaml
  $ sed -i 's/256MB,/256MB, reserved-concurrency: 5, tags: {team: web},/' specs/shop.yaml
  $ wgen build >/dev/null 2>&1
  $ settings | cmp - first
  $ sed -i 's/low/high/' specs/shop.yaml
  $ wgen diff 2>&1 | sed 's/settings [0-9a-f]*/settings .../g'
  shop
    ~ Lambda::Function FunctionWeb (shop-web)
        Environment/Variables/LEVEL: "low" -> "high"
    ! Lambda::Version FunctionWebVersion (FunctionWeb) is made anew, and the old one stays behind
        Description: "settings ..." -> "settings ..."   (makes it anew)
  wgen: 1 changed, 1 replaced
