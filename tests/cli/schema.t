The schema of specs is made from the kinds.

  $ wgen schema --output .wgen/schema.json
  wgen: .wgen/schema.json is the schema of specs
  $ jq -r '."$schema", (.properties | keys | length > 20)' .wgen/schema.json
  http://json-schema.org/draft-07/schema#
  true
  $ jq -c '.definitions.queue.properties.retention' .wgen/schema.json
  {"description":"How long a message that nobody deletes is kept.","default":"4d","anyOf":[{"$ref":"#/definitions/duration"},{"$ref":"#/definitions/parameter"},{"$ref":"#/definitions/nothing"}]}
  $ jq -c '.definitions.function.properties.architecture' .wgen/schema.json
  {"description":"The processor that it is compiled for. arm64 costs a fifth less.","default":"arm64","anyOf":[{"enum":["arm64","x86_64"]},{"$ref":"#/definitions/parameter"},{"$ref":"#/definitions/nothing"}]}
  $ jq -c '.definitions.table.properties.billing.anyOf[0].enum' .wgen/schema.json
  ["on-demand","provisioned"]

Every key says what it is for.

  $ jq -r '[.definitions[].properties // {} | to_entries[] | select(.value | has("description") or has("$ref") | not) | .key] | unique[]' .wgen/schema.json

What `init` writes is the same.

  $ wgen init shop -q && cmp specs/.wgen/schema.json .wgen/schema.json

Kinds of one's own are in it.

  $ wgen schema --templates $TESTS/cli/templates | jq -r '.properties.boxes.description'
  Holds something.
