# Makefile - builds wgen; work that needs lines is in scripts under tests/. `make help` lists it.
PREFIX ?= /usr/local
BUILD ?= build
CC ?= cc
WARN = -std=c11 -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wmissing-prototypes
CFLAGS ?= -O2 -g
RELEASE_CFLAGS ?= -O2 -g -fPIE -flto=auto
LIBS = yaml-0.1 libpcre2-8 libxxhash
ALL_CFLAGS = $(WARN) -D_GNU_SOURCE $(CFLAGS) $(shell pkg-config --cflags $(LIBS))
LINK = $(shell pkg-config --libs $(LIBS)) -lpthread -lm
# What is installed needs no library where it runs, and starts in half the time: static, where this
# machine has the libraries to link so.
STATIC = -static-pie $(shell pkg-config --libs --static $(LIBS)) -lpthread -lm
RELEASE_LINK ?= $(shell echo 'int main(void) { return 0; }' | $(CC) -x c - $(STATIC) -o /dev/null 2>/dev/null && echo '$(STATIC)' || echo '$(LINK)')
SRC = $(sort $(filter-out compiler/embed.c,$(wildcard compiler/*.c)))
OBJ = $(patsubst compiler/%.c,$(BUILD)/%.o,$(SRC)) $(BUILD)/embedded.o
# What is run is shown in full with V=1.
Q = $(if $(V),,@echo '  $(@F)';)
UNIT = $(patsubst tests/%.c,$(BUILD)/%,$(sort $(wildcard tests/unit/test_*.c)))

# What these run needs nothing that `make` and tests/install.sh do not see to, and no network.
CHECKS = unit errors rules golden readme
QUICK = lint $(CHECKS) formats hostile cli prompt
TESTS = $(QUICK) edits users placement handlers torture conformance e2e

all: $(BUILD)/wgen

## demo: install what is missing, build, compile specs/, and say what came out
demo:
	@tests/install.sh build
	@$(MAKE) --no-print-directory -j"$$(nproc)" all
	@$(BUILD)/wgen build --verbose specs/

## check: the tests that take seconds, all at once
check: all $(UNIT) $(BUILD)/golden
	@BUILD=$(BUILD) JOBS="$$(nproc)" tests/run.sh $(CHECKS)

## quick: those and all others that need no network
quick: all $(UNIT) $(BUILD)/golden
	@BUILD=$(BUILD) tests/run.sh $(QUICK)

## test: install what is missing, and run every test
test:
	@tests/install.sh build test lint conformance e2e
	@$(MAKE) --no-print-directory -j"$$(nproc)" all-tests
all-tests: all $(UNIT) $(BUILD)/golden $(BUILD)/placement
	@BUILD=$(BUILD) tests/run.sh $(TESTS)

## conformance: other people's judges, on everything that wgen writes; installs them
conformance: all
	@tests/install.sh conformance
	@BUILD=$(BUILD) tests/run.sh conformance

## e2e: the systems in specs/ as they run, on an emulator, with their compiled handlers
e2e:
	@tests/install.sh build e2e
	@$(MAKE) --no-print-directory -j"$$(nproc)" all
	@BUILD=$(BUILD) tests/run.sh e2e

## golden: write out/ and tests/golden anew; the diff is the review
golden: all $(BUILD)/golden
	@UPDATE=1 BUILD=$(BUILD) tests/run.sh golden

## lint: the order of modules, the size of files, the layout of the code
lint:
	@tests/lint.sh

## fmt: lay out the code
fmt:
	clang-format -i compiler/*.[ch] tests/*.c tests/unit/*.[ch]

## fresh: make demo and make test in a new minimal Debian; needs root and debootstrap
fresh:
	@tests/fresh.sh demo test

## san: the quick tests under the address and undefined-behaviour sanitizers
san:
	@SAN=60000 $(MAKE) --no-print-directory quick BUILD=build/san \
	  CFLAGS='-O1 -g -DSANITIZED -fsanitize=address,undefined -fno-sanitize-recover=all'

## torture: builds that are killed, that fail, that race, in strange places
torture: all
	@BUILD=$(BUILD) tests/run.sh torture

## coverage: the quick tests, and which lines of compiler/ they ran
coverage:
	@$(MAKE) --no-print-directory quick BUILD=build/cov CFLAGS='-O0 -g --coverage -D_exit=exit' LINK='$(LINK) tests/coverage_end.c'
	@tests/coverage.sh build/cov

## release: wgen as it is installed, in build/release
release:
	@$(MAKE) --no-print-directory all BUILD=$(BUILD)/release CFLAGS='$(RELEASE_CFLAGS)' LINK='$(RELEASE_LINK)'

## bench: what wgen costs, beside what its output costs to write and beside its peers
bench:
	@BUILD=$(BUILD) tests/bench/run

## install: wgen into PREFIX (/usr/local)
install: release
	install -D -m 755 $(BUILD)/release/wgen $(DESTDIR)$(PREFIX)/bin/wgen
	@tests/prompt.sh install $(BUILD)/release/wgen $(DESTDIR)$(PREFIX)/share

## uninstall: take it away again
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/wgen
	@tests/prompt.sh uninstall $(BUILD)/release/wgen $(DESTDIR)$(PREFIX)/share

## clean: remove what was built
clean:
	rm -rf build $(BUILD)

## help: this list
help:
	@sed -n 's/^## \([a-z-]*\): /  \1|/p' $(MAKEFILE_LIST) | column -t -s '|'

$(BUILD)/wgen: $(OBJ)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $(OBJ) $(LINK)

$(BUILD)/%.o: compiler/%.c | $(BUILD)/unit
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# templates/ as C, by a program that the build makes first.
EMBED = $(patsubst %,$(BUILD)/%.o,embed base build diag diag_ignore diag_print file node suggest words yaml yaml_bytes yaml_words)
$(BUILD)/embed: $(EMBED)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $(EMBED) $(LINK)

$(BUILD)/embedded.c: $(BUILD)/embed $(shell find templates)
	$(Q)$(BUILD)/embed templates >$@.new
	@mv $@.new $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	$(Q)$(CC) $(ALL_CFLAGS) -Icompiler -c -o $@ $<

$(BUILD)/libwgen.a: $(filter-out $(BUILD)/main.o,$(OBJ))
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libwgen.a
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libwgen.a $(LINK) $$(pkg-config --libs check)

$(BUILD)/golden $(BUILD)/placement: $(BUILD)/%: tests/%.c $(BUILD)/libwgen.a
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libwgen.a $(LINK)

$(BUILD)/unit:
	mkdir -p $@

-include $(OBJ:.o=.d) $(BUILD)/embed.d $(UNIT:=.d) $(BUILD)/golden.d $(BUILD)/placement.d
.PHONY: all demo check quick test all-tests conformance e2e torture golden fresh lint fmt san coverage install uninstall release bench clean help
.SECONDARY:
