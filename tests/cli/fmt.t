A spec is laid out in place; comments and lined-up columns stay.

  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > 
  > 
  > queues:            # all of them
  >     orders:   { visibility: 1m,retention:  4d }
  >     # the next one is slow
  >     receipts: {visibility: 5m}
  > functions:
  >     bill:
  >         uses:
  >         - orders
  > END
  $ wgen fmt --check
  error[layout]: `specs/shop.yaml` is not laid out as `wgen fmt` does
   --> specs/shop.yaml
  
  wgen: 1 difference in specs/shop.yaml; run `wgen fmt`
  [3]
  $ wgen fmt --check --diff
  --- specs/shop.yaml
  +++ specs/shop.yaml
  @@ -1,11 +1,10 @@
   system: shop
   
  -
   queues:            # all of them
  -    orders:   { visibility: 1m,retention:  4d }
  -    # the next one is slow
  -    receipts: {visibility: 5m}
  +  orders:   {visibility: 1m, retention:  4d}
  +  # the next one is slow
  +  receipts: {visibility: 5m}
   functions:
  -    bill:
  -        uses:
  -        - orders
  +  bill:
  +    uses:
  +      - orders
  error[layout]: `specs/shop.yaml` is not laid out as `wgen fmt` does
   --> specs/shop.yaml
  
  wgen: 1 difference in specs/shop.yaml; run `wgen fmt`
  [3]
  $ wgen fmt
  wgen: specs/shop.yaml
  wgen: 1 file laid out, 0 as they were
  $ cat specs/shop.yaml
  system: shop
  
  queues:            # all of them
    orders:   {visibility: 1m, retention:  4d}
    # the next one is slow
    receipts: {visibility: 5m}
  functions:
    bill:
      uses:
        - orders
  $ wgen fmt
  wgen: 0 files laid out, 1 as it was
  $ wgen fmt --check
  wgen: 0 files laid out, 1 as it was

What is piped in is laid out on standard output.

  $ printf 'a:\n- b\n' | wgen fmt -
  a:
    - b
  $ printf 'a:\n- b\n' | wgen fmt --diff -
  --- standard input
  +++ standard input
  @@ -1,2 +1,2 @@
   a:
  -- b
  +  - b
  $ printf 'a:\n- b\n' | wgen fmt --check -
  error[layout]: `standard input` is not laid out as `wgen fmt` does
   --> standard input
  
  wgen: 1 difference in standard input
  [3]
  $ printf 'a: [b\n' | wgen fmt -
  error[syntax]: this flow list is not closed where its item ends
   --> standard input:2:1
    |
  1 | a: [b
    |    - of the list that begins here
  2 |
    | ^
  help: an unquoted item ends at `,` `[` `]` `{` `}` `: ` and ` #`: put it in quotes
  
  wgen: 1 error in standard input
  [1]

A link stays one, and a file keeps its mode.

  $ printf 'system: mail\nqueues:\n- x\n' >mail.yaml && chmod 640 mail.yaml && ln -s ../mail.yaml specs/mail.yaml
  $ wgen fmt specs/mail.yaml && stat -c '%A %F' specs/mail.yaml mail.yaml
  wgen: specs/mail.yaml
  wgen: 1 file laid out, 0 as they were
  lrwxrwxrwx symbolic link
  -rw-r----- regular file
  $ ls -A specs .
  .:
  mail.yaml
  specs
  
  specs:
  mail.yaml
  shop.yaml

A file that cannot be laid out stops all of them.

  $ printf 'system: bad\na: [\n' >specs/bad.yaml && printf 'system: shop\nqueues:\n- x\n' >specs/shop.yaml
  $ wgen fmt
  error[syntax]: did not find expected node content
   --> specs/bad.yaml:3:1
    |
  3 |
    | ^
  
  wgen: 1 error in specs/bad.yaml; nothing was written
  [1]
  $ cat specs/shop.yaml
  system: shop
  queues:
  - x
