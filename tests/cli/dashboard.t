A dashboard has what CloudWatch takes: 500 lines in a graph, 2,500 on a page.

  $ mkdir specs
  $ spec() { cat <<END
  > system: shop
  > region: eu-central-1
  > queues: {$(seq -s ', ' -f 'q%05.0f: {dead-letter: none because this is about graphs}' $1)}
  > dashboards: {all: {}}
  > END
  > }
  $ build() { spec $1 >specs/shop.yaml; wgen build -q; }
  $ pages() { cat out/shop/cloudformation/*.yaml | awk '/DashboardName/ { page = $2 } /"title"/ { title = $0; gsub(/.*: "|",.*/, "", title); order[++n] = page ": " title } /\["AWS/ { lines[n]++ } END { for (i = 1; i <= n; i++) print order[i] ": " lines[i] }'; }
  $ build 500 && pages
  shop-all: Messages that wait: 500
  shop-all: Age of the oldest message: 500
  $ build 501 && pages
  shop-all: Messages that wait: 500
  shop-all: Age of the oldest message: 500
  shop-all: Messages that wait (2): 1
  shop-all: Age of the oldest message (2): 1
  $ build 1251 && pages
  shop-all: Messages that wait: 500
  shop-all: Age of the oldest message: 500
  shop-all: Messages that wait (2): 500
  shop-all: Age of the oldest message (2): 500
  shop-all: Messages that wait (3): 250
  shop-all: Age of the oldest message (3): 250
  shop-all-2: Messages that wait: 1
  shop-all-2: Age of the oldest message: 1
  $ grep -h 'dashboard_name' out/shop/terraform/*/main.tf
    dashboard_name = "shop-all"
    dashboard_name = "shop-all-2"
