Definitions from elsewhere become specs; none is lost, whatever its file is called.

  $ mkdir -p in/orders in/returns/statemachine in/Orders2 specs
  $ cat >in/orders/statemachine.asl.json <<'END'
  > {"StartAt": "Pack", "States": {"Pack": {"Type": "Pass", "Result": {"parcel": 1}, "End": true}}}
  > END
  $ cat >in/returns/statemachine/definition.json <<'END'
  > {"StartAt": "Unpack", "States": {"Unpack": {"Type": "Pass", "End": true}}}
  > END
  $ cp in/orders/statemachine.asl.json in/Orders2/orders.asl.json

A name that says nothing gives way to the folder's; two that are alike get a number.

  $ wgen import asl in/*/*.json in/*/*/*.json --to specs/shop
  wgen: 3 definitions -> 4 files in specs/shop; now `wgen build specs/shop`
  $ ls specs/shop
  orders-2.yaml
  orders.yaml
  returns.yaml
  shop.yaml
  $ cat specs/shop/orders.yaml
  workflows:
    orders:
      exact: true
      stages:
        - {name: Pack, pass: {parcel: 1}}
  $ wgen build specs/shop
  wgen: 0 files up to date, 21 written, 0 removed (TIME)
  $ ls out/shop/asl
  orders-2.asl.json
  orders.asl.json
  returns.asl.json

A folder of systems gets one for each, or none if one is no definition.

  $ mkdir other other/specs
  $ (cd other && wgen import asl ../in/*/*.json ../in/*/*/*.json --to specs)
  wgen: 3 definitions -> 3 files in specs; now `wgen build specs`
  $ ls other/specs
  orders-2.yaml
  orders.yaml
  returns.yaml
  $ echo '{"StartAt": "Gone", "States": {"Here": {"Type": "Succeed"}}}' >in/wrong.json
  $ mkdir none none/specs
  $ wgen -C none import asl ../in/orders/statemachine.asl.json ../in/wrong.json --to specs
  error[unknown-stage]: no state is called `Gone`
   --> ../in/wrong.json:1:13
    |
  1 | {"StartAt": "Gone", "States": {"Here": {"Type": "Succeed"}}}
    |             ^^^^^^
  help: there is only `Here`
  
  wgen: 1 error in ../in/wrong.json; nothing was written
  [1]
  $ ls none/specs
