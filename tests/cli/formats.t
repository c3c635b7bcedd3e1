One diagnosis in every format; the exit code is the same in all of them.

  $ alias wgen="wgen --templates $TESTS/cli/templates"
  $ mkdir specs
  $ printf 'system: shop\nboxes:\n  jobs: {siez: 4}\n  more: {size: 10%%} # "<&"\n' >specs/shop.yaml
  $ wgen check
  error[unknown-key]: unknown key `siez` in box `jobs`
   --> specs/shop.yaml:3:10
    |
  3 |   jobs: {siez: 4}
    |          ^^^^ not a key of box
    |   ---- in this
  help: did you mean `size`?   [fix: unsafe, changes what is generated]
    = note: 9 keys are allowed here; `wgen explain box` lists them
  
  error[wrong-type]: `size` needs a whole number, 1 to 9, found `10%`
   --> specs/shop.yaml:4:16
    |
  4 |   more: {size: 10%} # "<&"
    |                ^^^
  
  wgen: 2 errors in specs/shop.yaml (1 with a fix)
  [1]
  $ wgen check --format short
  specs/shop.yaml:3:10: error: unknown key `siez` in box `jobs` [unknown-key]
  specs/shop.yaml:4:16: error: `size` needs a whole number, 1 to 9, found `10%` [wrong-type]
  [1]
  $ wgen check --format json
  {
    "format_version": "1.0",
    "tool": {
      "name": "wgen",
      "version": "0.1.0"
    },
    "valid": false,
    "error_count": 2,
    "warning_count": 0,
    "diagnostics": [
      {
        "code": "unknown-key",
        "severity": "error",
        "summary": "unknown key `siez` in box `jobs`",
        "detail": "help: did you mean `size`?\nnote: 9 keys are allowed here; `wgen explain box` lists them",
        "file": "specs/shop.yaml",
        "range": {
          "start": {
            "line": 3,
            "column": 10,
            "byte": 29
          },
          "end": {
            "line": 3,
            "column": 14,
            "byte": 33
          }
        },
        "label": "not a key of box",
        "related": [
          {
            "text": "in this",
            "file": "specs/shop.yaml",
            "range": {
              "start": {
                "line": 3,
                "column": 3,
                "byte": 22
              },
              "end": {
                "line": 3,
                "column": 7,
                "byte": 26
              }
            }
          }
        ],
        "fixes": [
          {
            "title": "did you mean `size`?",
            "applicability": "unsafe",
            "edits": [
              {
                "file": "specs/shop.yaml",
                "range": {
                  "start": {
                    "line": 3,
                    "column": 10,
                    "byte": 29
                  },
                  "end": {
                    "line": 3,
                    "column": 14,
                    "byte": 33
                  }
                },
                "replacement": "size"
              }
            ]
          }
        ],
        "suppressed": false
      },
      {
        "code": "wrong-type",
        "severity": "error",
        "summary": "`size` needs a whole number, 1 to 9, found `10%`",
        "detail": "",
        "file": "specs/shop.yaml",
        "range": {
          "start": {
            "line": 4,
            "column": 16,
            "byte": 53
          },
          "end": {
            "line": 4,
            "column": 19,
            "byte": 56
          }
        },
        "related": [],
        "fixes": [],
        "suppressed": false
      }
    ]
  }
  [1]
  $ wgen check --format jsonl | cut -c1-60
  {"code":"unknown-key","severity":"error","summary":"unknown 
  {"code":"wrong-type","severity":"error","summary":"`size` ne
  $ wgen check --format sarif | jq -r '.version, (.runs[0] | (.tool.driver.rules | length > 50), .columnKind, .invocations[0].executionSuccessful, (.results[] | .ruleId, .level, .locations[0].physicalLocation.artifactLocation.uri, (.locations[0].physicalLocation.region | tostring)))'
  2.1.0
  true
  unicodeCodePoints
  true
  unknown-key
  error
  specs/shop.yaml
  {"startLine":3,"startColumn":10,"endLine":3,"endColumn":14}
  wrong-type
  error
  specs/shop.yaml
  {"startLine":4,"startColumn":16,"endLine":4,"endColumn":19}
  $ wgen check --format sarif | jq -e '.runs[0] | .tool.driver.rules as $rules | .results | all($rules[.ruleIndex].id == .ruleId and .partialFingerprints.primaryLocationLineHash != null)'
  true
  $ wgen check --format sarif | jq -c '.runs[0].results[0].fixes'
  [{"description":{"text":"did you mean `size`?"},"artifactChanges":[{"artifactLocation":{"uri":"specs/shop.yaml","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"startLine":3,"startColumn":10,"endLine":3,"endColumn":14},"insertedContent":{"text":"size"}}]}]}]
  $ wgen check --format github
  ::error file=specs/shop.yaml,line=3,endLine=3,col=10,endColumn=14,title=unknown-key::unknown key `siez` in box `jobs`%0Ahelp: did you mean `size`?%0Anote: 9 keys are allowed here; `wgen explain box` lists them
  ::error file=specs/shop.yaml,line=4,endLine=4,col=16,endColumn=19,title=wrong-type::`size` needs a whole number, 1 to 9, found `10%25`
  [1]
  $ wgen check --format gitlab | jq -c '.[] | [.check_name, .severity, .location.path, .location.lines.begin]'
  ["unknown-key","major","specs/shop.yaml",3]
  ["wrong-type","major","specs/shop.yaml",4]
  $ wgen check --format junit
  <?xml version="1.0" encoding="UTF-8"?>
  <testsuites>
    <testsuite name="wgen" tests="1" failures="1">
      <testcase classname="wgen" name="specs/shop.yaml">
        <failure type="unknown-key" message="unknown key `siez` in box `jobs`">specs/shop.yaml:3:10
  help: did you mean `size`?
  note: 9 keys are allowed here; `wgen explain box` lists them</failure>
        <failure type="wrong-type" message="`size` needs a whole number, 1 to 9, found `10%`">specs/shop.yaml:4:16
  </failure>
      </testcase>
    </testsuite>
  </testsuites>
  [1]

A fingerprint does not change when lines move.

  $ wgen check --format gitlab | jq -r '.[].fingerprint' >before
  $ sed -i '1a # a line more' specs/shop.yaml
  $ wgen check --format gitlab | jq -r '.[].fingerprint' | diff before -

In a step of GitHub Actions both people and GitHub are told.

  $ GITHUB_ACTIONS=true wgen check 2>/dev/null
  ::error file=specs/shop.yaml,line=4,endLine=4,col=10,endColumn=14,title=unknown-key::unknown key `siez` in box `jobs`%0Ahelp: did you mean `size`?%0Anote: 9 keys are allowed here; `wgen explain box` lists them
  ::error file=specs/shop.yaml,line=5,endLine=5,col=16,endColumn=19,title=wrong-type::`size` needs a whole number, 1 to 9, found `10%25`
  [1]
  $ GITHUB_ACTIONS=true wgen check --format short 2>/dev/null
  [1]

Nothing wrong is a report as well.

  $ printf 'system: shop\n' >specs/shop.yaml
  $ wgen check --format json
  {
    "format_version": "1.0",
    "tool": {
      "name": "wgen",
      "version": "0.1.0"
    },
    "valid": true,
    "error_count": 0,
    "warning_count": 0,
    "diagnostics": []
  }
  $ wgen check --format jsonl
  $ wgen check --format sarif 2>/dev/null | jq -c '.runs[0].results'
  []
  $ wgen check --format gitlab
  []
  $ wgen check --format junit
  <?xml version="1.0" encoding="UTF-8"?>
  <testsuites>
    <testsuite name="wgen" tests="1" failures="0">
      <testcase classname="wgen" name="specs/shop.yaml">
      </testcase>
    </testsuite>
  </testsuites>
  $ wgen build --check --format json | jq -c '[.valid, .error_count]'
  [true,0]

What is not about a spec, and what cannot be read.

  $ wgen check --format junit nowhere.yaml
  <?xml version="1.0" encoding="UTF-8"?>
  <testsuites>
    <testsuite name="wgen" tests="1" failures="1">
      <testcase classname="wgen" name="nowhere.yaml">
        <failure type="unreadable" message="cannot read `nowhere.yaml`: No such file or directory"></failure>
      </testcase>
    </testsuite>
  </testsuites>
  [4]
  $ wgen check --format github nowhere.yaml
  ::error file=nowhere.yaml,title=unreadable::cannot read `nowhere.yaml`: No such file or directory
  [4]
  $ wgen check --format sarif nowhere.yaml | jq -c '.runs[0] | [.invocations[0].executionSuccessful, (.results[0].locations[0].physicalLocation.artifactLocation)]'
  [false,{"uri":"nowhere.yaml","uriBaseId":"%SRCROOT%"}]
  $ wgen check --format json --nothing
  error[usage]: there is no option `--nothing`
  help: `wgen help check` lists what it takes
  
  [2]

A command that finds something else than mistakes has no such formats, and does not print its table in their place.

  $ wgen list --format sarif
  error[usage]: `wgen list` has no format `sarif`
  help: `check`, `build` and `fmt` tell machines of mistakes in specs; what this command finds is there as `json`
  
  [2]
  $ wgen graph --format json
  error[usage]: `wgen graph` has no format `json`
  help: `check`, `build` and `fmt` tell machines of mistakes in specs
  
  [2]
  $ wgen list --format json nowhere.yaml
  error[unreadable]: cannot read `nowhere.yaml`: No such file or directory
   --> nowhere.yaml
  
  wgen: 1 error in nowhere.yaml
  [4]
  $ wgen list --format short nowhere.yaml
  nowhere.yaml: error: cannot read `nowhere.yaml`: No such file or directory [unreadable]
  [4]

The problem matcher takes every line of --format short apart.

  $ printf 'system: shop\nboxes:\n  jobs: {siez: 4}\n  more: {size: 10%%}\n' >specs/shop.yaml
  $ wgen check --format short 2>&1 | jq -Rc --slurpfile m "$TESTS/../wgen-matcher.json" '[capture("(?<all>" + $m[0].problemMatcher[0].pattern[0].regexp + ")").all, match($m[0].problemMatcher[0].pattern[0].regexp).captures[].string][1:]'
  ["specs/shop.yaml","3","10","error","unknown key `siez` in box `jobs`","unknown-key"]
  ["specs/shop.yaml","4","16","error","`size` needs a whole number, 1 to 9, found `10%`","wrong-type"]
