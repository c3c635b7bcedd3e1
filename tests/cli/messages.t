A message says how long it is hidden, and its attributes, as its service has them.

  $ mkdir specs && cat >specs/shop.yaml <<END
  > system: shop
  > region: eu-central-1
  > queues: {jobs: {}}
  > workflows:
  >   order:
  >     stages:
  >       - {send: jobs, message: {id: $.id}, delay: 1m30s, attributes: {kind: new, size: 3, from: $.from, own: {DataType: String, StringValue: "1"}}}
  > END
  $ wgen build -q && sed -n '/DelaySeconds/,/^      },/p' out/shop/asl/order.asl.json
          "DelaySeconds": 90,
          "MessageAttributes": {
            "kind": {
              "DataType": "String",
              "StringValue": "new"
            },
            "size": {
              "DataType": "Number",
              "StringValue": "3"
            },
            "from": {
              "DataType": "String",
              "StringValue.$": "$.from"
            },
            "own": {
              "DataType": "String",
              "StringValue": "1"
            }
          }
        },
