A text with `$(execution)` in it is joined in the language of its stage, with the escapes that this
one has.

  $ mkdir specs && cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > queues: {jobs: {}}
  > workflows:
  >   paths: {stages: [{send: jobs, message: "it's {x} \\ \"$(execution)\""}]}
  >   order: {query: jsonata, stages: [{send: jobs, message: "it's {x} \\ \"$(execution)\""}]}
  >   alone: {query: jsonata, stages: [{send: jobs, message: $(execution)}]}
  > END
  $ wgen build -q && jq -r '.States.Jobs | .Parameters["MessageBody.$"]' out/shop/asl/paths.asl.json
  States.Format('it\'s \{x\} \\ "{}"', $$.Execution.Name)
  $ jq -r '.States.Jobs.Arguments.MessageBody' out/shop/asl/order.asl.json
  {% 'it\u0027s {x} \\ "' & $states.context.Execution.Name & '"' %}
  $ jq -r '.States.Jobs.Arguments.MessageBody' out/shop/asl/alone.asl.json
  {% $states.context.Execution.Name %}
