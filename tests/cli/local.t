What can be said wrongly of `wgen local`, and what needs no emulator.

  $ wgen local
  error[usage]: `wgen local` needs to know what to do
  help: `wgen help local` lists what it does
  
  [2]
  $ wgen local upp
  error[usage]: `wgen local` cannot `upp`
  help: did you mean `up`?
  
  [2]
  $ wgen local send
  error[usage]: this is not how `wgen local send` is used
  help: usage: wgen local send NAME [FILE]
  
  [2]
  $ wgen local status --follow
  error[usage]: this is not how `wgen local status` is used
  help: usage: wgen local status
  
  [2]
  $ wgen local run flow --out x
  error[usage]: `wgen local` takes no `--out`
  help: `wgen help local` lists what it takes
  
  [2]
  $ WGEN_CACHE=$PWD/cache wgen local status
  nothing is up
  $ WGEN_CACHE=$PWD/cache wgen local logs
  error: nothing is up here
  help: `wgen local up SYSTEM` starts it
  [4]
  $ WGEN_CACHE=$PWD/cache wgen local up
  error: the emulator is not installed
  help: `wgen local setup` does that, from PyPI; it takes 180 MB
  [4]
  $ WGEN_CACHE=/dev/null wgen local status
  error[io]: cannot write to `/dev/null`: Not a directory
  
  wgen: 1 error
  [4]
  $ HOME= WGEN_CACHE= XDG_CACHE_HOME= wgen local status
  error[io]: there is no folder for what can be made again
  help: set `HOME` or `WGEN_CACHE`
  
  wgen: 1 error
  [4]
  $ wgen=$(command -v wgen); PATH=/nowhere "$wgen" local status
  error[io]: cannot start `python3`: No such file or directory
  help: on Debian: apt-get install python3 python3-venv
  
  wgen: 1 error
  [4]
