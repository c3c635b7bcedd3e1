Stacks are called after what is in them, as CloudFormation wants it.

  $ mkdir specs && cat >specs/shop.yaml <<'END'
  > system: shop
  > functions: {send: {}}
  > workflows:
  >   daily_report: {stages: [{call: send}]}
  > END
  $ wgen build -q && ls out/shop/cloudformation
  shop-daily-report.yaml
  shop-foundation.yaml
  shop.yaml

So are those of workflows that are alike.

  $ mkdir alike && { cat >alike/alike.yaml <<'END'
  > system: alike
  > functions: {send: {}}
  > blueprints:
  >   report: {stages: [{call: send}]}
  > workflows:
  > END
  > for i in 1 2 3 4 5; do echo "  report_$i: {blueprint: report}"; done >>alike/alike.yaml; }
  $ wgen build -q --out alike/out alike && ls alike/out/alike/cloudformation
  alike-foundation.yaml
  alike-report-1.yaml
  alike-report-2.yaml
  alike-report-3.yaml
  alike-report-4.yaml
  alike-report-5.yaml
  alike.yaml
