Items, conditions and updates are written as values, and marshalled: lists and maps as well, and in
expressions every name gets one that DynamoDB takes.

  $ mkdir specs && cat >specs/shop.yaml <<END
  > system: shop
  > region: eu-central-1
  > tables: {jobs: {key: id, attributes: {state: string, tags: [string]}}}
  > workflows:
  >   order:
  >     stages:
  >       - name: Put
  >         call: dynamodb:putItem
  >         table: jobs
  >         item: {id: $.id, tags: [new, $.kind], of: {n: 3, open: true, last: null}, raw: {SS: [a]}}
  >         save: none
  >       - name: Set
  >         call: dynamodb:updateItem
  >         table: jobs
  >         key: $.id
  >         set: {state: done, last-run: 5}
  >         if: state == "open" and owner.name != "nobody" and not last-run is present
  > END
  $ wgen build -q && jq -c '.States.Put.Parameters.Item' out/shop/asl/order.asl.json
  {"id":{"S.$":"$.id"},"tags":{"L":[{"S":"new"},{"S.$":"$.kind"}]},"of":{"M":{"n":{"N":"3"},"open":{"BOOL":true},"last":{"NULL":true}}},"raw":{"SS":["a"]}}
  $ jq -c '.States.Set.Parameters | .UpdateExpression, .ConditionExpression, .ExpressionAttributeNames, .ExpressionAttributeValues' out/shop/asl/order.asl.json
  "SET #state = :state, #last_run = :last_run"
  "#state = :state2 AND #owner.#name <> :owner_name AND NOT attribute_exists(#last_run)"
  {"#state":"state","#last_run":"last-run","#owner":"owner","#name":"name"}
  {":state":{"S":"done"},":last_run":{"N":"5"},":state2":{"S":"open"},":owner_name":{"S":"nobody"}}

An expression of JSONata, blanks and all, is a value in a condition too.

  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > tables: {jobs: {key: id, attributes: {state: string, n: int}}}
  > workflows:
  >   order:
  >     query: jsonata
  >     stages:
  >       - name: Set
  >         call: dynamodb:updateItem
  >         table: jobs
  >         key: "{% $states.input.id %}"
  >         set: {state: done}
  >         if: state == {% $states.input.was %} and (n < {% $states.input.n + 1 %} or n is not present)
  > END
  $ wgen build -q && jq -c '.States.Set.Arguments | .ConditionExpression, .ExpressionAttributeValues' out/shop/asl/order.asl.json
  "#state = :state2 AND (#n < :n OR attribute_not_exists(#n))"
  {":state":{"S":"done"},":state2":{"S":"{% $states.input.was %}"},":n":{"N":"{% $string($states.input.n + 1) %}"}}

What no key of the stage says is in its `with`.

  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > tables: {jobs: {key: id}}
  > workflows:
  >   order:
  >     stages:
  >       - name: Find
  >         call: dynamodb:query
  >         table: jobs
  >         with: {KeyConditionExpression: "id = :id", ExpressionAttributeValues: {":id": {S: $.id}}}
  > END
  $ wgen build -q && jq -c .States.Find.Parameters out/shop/asl/order.asl.json
  {"TableName":"${JobsRef}","KeyConditionExpression":"id = :id","ExpressionAttributeValues":{":id":{"S.$":"$.id"}}}
