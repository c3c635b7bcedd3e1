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

It is an expression wherever a stage says it: in what a `pass` makes, in why an execution fails, in
which of several queues is meant.

  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > queues: {jobs: {per: {runtime: [run]}}}
  > workflows:
  >   paths:
  >     stages:
  >       - {name: Make, pass: {by: by $(execution), of: $(stage)}}
  >       - {send: jobs, to: {run: $(execution)}}
  >       - {name: Whole, pass: $(execution)}
  >       - {name: Fail, fail: {error: No, cause: $(execution) failed in $(stage)}}
  >   order:
  >     query: jsonata
  >     stages:
  >       - {name: Make, pass: {by: by $(execution), of: $(stage)}}
  >       - {send: jobs, to: {run: $(execution)}}
  >       - {name: Whole, pass: $(execution)}
  >       - {name: Fail, fail: {error: No, cause: $(execution) failed in $(stage)}}
  > END
  $ wgen build -q && jq -c '.States | .Make.Parameters, .Jobs.Parameters["QueueUrl.$"], .Whole.InputPath, .Fail' out/shop/asl/paths.asl.json
  {"by.$":"States.Format('by {}', $$.Execution.Name)","of":"Make"}
  "States.Format('https://sqs.eu-west-1.amazonaws.com/${AccountId}/shop-jobs-{}', $$.Execution.Name)"
  "$$.Execution.Name"
  {"Type":"Fail","Error":"No","CausePath":"States.Format('{} failed in Fail', $$.Execution.Name)"}
  $ jq -c '.States | .Make.Output, .Jobs.Arguments.QueueUrl, .Whole.Output, .Fail' out/shop/asl/order.asl.json
  {"by":"{% 'by ' & $states.context.Execution.Name %}","of":"Make"}
  "{% 'https://sqs.eu-west-1.amazonaws.com/${AccountId}/shop-jobs-' & $states.context.Execution.Name %}"
  "{% $states.context.Execution.Name %}"
  {"Type":"Fail","Error":"No","Cause":"{% $states.context.Execution.Name & ' failed in Fail' %}"}

What stands within a stage is in the language of this one, and says so.

  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > workflows:
  >   mixed:
  >     stages:
  >       - {name: Each, query: jsonata, each: "{% $states.input.list %}", do: [{name: One, pass: "{% $states.input %}"}]}
  >       - {name: Both, query: jsonata, parallel: [[{name: Two, each: "{% [1..3] %}", do: [{name: Three, succeed: true}]}]]}
  >       - {name: Last, pass: $}
  > END
  $ wgen build -q && jq -c '.States | .Each.ItemProcessor.States, .Both.Branches[0].States, .Last' out/shop/asl/mixed.asl.json
  {"One":{"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $states.input %}","End":true}}
  {"Two":{"Type":"Map","QueryLanguage":"JSONata","Items":"{% [1..3] %}","ItemProcessor":{"StartAt":"Three","States":{"Three":{"Type":"Succeed","QueryLanguage":"JSONata"}}},"End":true}}
  {"Type":"Pass","InputPath":"$","End":true}

A `literal` text that looks like an expression is none.

  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > functions: {f: {}}
  > workflows:
  >   paths: {stages: [{call: f, with: {a: {literal: $.a}}}]}
  >   order: {query: jsonata, stages: [{call: f, with: {a: {literal: "{% it's %}"}, b: {literal: [{c: "{% no"}, 3]}}}]}
  > END
  $ wgen build -q && jq -c .States.F.Parameters out/shop/asl/paths.asl.json && jq -c .States.F.Arguments out/shop/asl/order.asl.json
  {"a":"$.a"}
  {"a":"{% '\\u007b% it\\u0027s %\\u007d' %}","b":[{"c":"{% '\\u007b% no' %}"},3]}
