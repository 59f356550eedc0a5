# Jiuzhu (救助). `make demo` and `make test` do all the set-up; the rest is for those who work on it.

# What Debian or Ubuntu has to have besides the Swift toolchain.
APT_PACKAGES := libyaml-dev libsqlite3-dev
# What tests of the C library, its examples and bindings need besides; where one of these is missing, they say "skipped".
TEST_PACKAGES := valgrind cmake pkg-config default-jdk-headless libjna-java python3-venv
# The oldest Swift that builds it.
SWIFT_FLOOR := 6.3

SWIFT      := swift
RELEASE    := .build/release/jiuzhu
HOUSEHOLDS := Examples/households
FUZZER     := .build/release/PolicyFuzzer

# Households of `make bench-1`.
N := 1000000

# Cases of `make bench-store`.
CASES := 100000

# How long `make fuzz` tries, and which cases.
SECONDS := 60
SEED    := 1
# How many assessments `make soak` makes.
TIMES   := 100000

# The packages' own build says what is out of date.
.PHONY: $(FUZZER) help setup setup-tests demo plugins test build lint policy bench bench-1 bench-store instructions fuzz fuzz-address fuzz-c test-c sanitize soak \
	man nightly clean

help:
	@echo "make demo      build in release and assess the households in Examples/households"
	@echo "               and one by a plugin, with its explanation"
	@echo "make test      build and run all tests, warnings are errors"
	@echo "make lint      check the style of all Swift sources and the layout of Policies"
	@echo "make policy    check Policies and run the policy tests"
	@echo "make lib       build libjiuzhu.so for C and others, and look into it"
	@echo "make abi       try the header in C and C++, and programs of older headers, with that library"
	@echo "make install   install library, header, command, policies and manual pages to PREFIX=$(PREFIX) below DESTDIR"
	@echo "make deb       make packages for Debian and its kin in .build-lib/deb"
	@echo "make test-deb  unpack those, and build programs with them"
	@echo "make examples  build and run the programs in Examples, and compare what they say"
	@echo "make bench     time a million households on one core, the start of one process, and the largest policies"
	@echo "make bench-1   bench-1 over N=1000000 households by the programmes and through the library, beside a loop in C"
	@echo "make bench-store  make CASES=100000 cases in one file, open, list and verify them"
	@echo "make fuzz      change policies, packs, households and tests by chance for SECONDS=60 with SEED=1"
	@echo "make fuzz-c    try the C interface with invented inputs for SECONDS=60 each"
	@echo "make test-c    run the tests in C"
	@echo "make sanitize  run them under address sanitizer and valgrind"
	@echo "make test-python  check and test bindings/python"
	@echo "make spark        decide a population on a local Spark cluster; make test-spark kills a worker of it"
	@echo "make plugins   build every folder of plugins by its own Makefile, and run its test"
	@echo "make man       write the manual pages to docs/man"
	@echo "make nightly   all of it"
	@echo "make clean     remove what was built"

# Checks the toolchain and the system's packages; as root installs what is missing, else says how.
setup:
	@command -v $(SWIFT) >/dev/null 2>&1 || { \
		echo "Swift $(SWIFT_FLOOR) or newer is needed and there is none: install it from https://www.swift.org/install and put it on the PATH." >&2; exit 1; }
	@found=$$($(SWIFT) --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1); \
	oldest=$$(printf '%s\n' "$(SWIFT_FLOOR)" "$${found:-0}" | sort -V | head -n 1); \
	[ "$$oldest" = "$(SWIFT_FLOOR)" ] || { \
		echo "Swift $(SWIFT_FLOOR) or newer is needed and this is $${found:-an unknown version}: install it from https://www.swift.org/install." >&2; exit 1; }
	@command -v dpkg-query >/dev/null 2>&1 || exit 0; \
	missing=; \
	for package in $(APT_PACKAGES); do \
		[ "$$(dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null)" = installed ] || missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then \
		echo "installing$$missing"; \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; \
	else \
		echo "Some packages are missing; run this and try again:  sudo apt-get install -y$$missing" >&2; exit 1; \
	fi

setup-tests:
	$(MAKE) setup APT_PACKAGES="$(APT_PACKAGES) $(TEST_PACKAGES)"

build: setup
	$(SWIFT) build -c release --product jiuzhu

# The table in the README beside the households says under which policy and on which day each is assessed.
demo: build
	@for household in $(HOUSEHOLDS)/*.json $(HOUSEHOLDS)/*.yaml; do \
		row=$$(grep -F "| \`$${household##*/}\` |" $(HOUSEHOLDS)/README.md | tr -d '`') || { \
			echo "$(HOUSEHOLDS)/README.md does not say how to assess $$household" >&2; exit 1; }; \
		cell() { echo "$$row" | cut -d '|' -f "$$1" | sed 's/^ *//; s/ *$$//'; }; \
		echo; echo "════ $${household##*/}: $$(cell 7)"; echo; \
		$(RELEASE) assess "$$household" --policy "$$(cell 3)" --date "$$(cell 4)" --stage "$$(cell 5)" \
			--program "$$(cell 6 | cut -d . -f 1)" || exit 1; \
	done
	@echo; echo "════ an eleventh aid, from a plugin in plugins/school-meals"; echo
	@$(MAKE) --no-print-directory --silent -C plugins/school-meals demo CC=clang JIUZHU=$(CURDIR)/$(RELEASE)

# Each plugin is built as whoever has this repository and nothing else would, and tried with the command.
plugins: build
	@for folder in plugins/*/; do \
		echo "════ $$folder"; $(MAKE) --no-print-directory -C $$folder test JIUZHU=$(CURDIR)/$(RELEASE) || exit 1; \
	done

# Our targets treat warnings as errors (Package.swift); those of packages we use are not ours to mend.
test: setup
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

lint: setup
	$(SWIFT) format lint --strict --parallel --recursive Sources Tests Benchmarks Examples/swift plugins Package.swift
	$(SWIFT) run --quiet jiuzhu policy format --check Policies plugins

policy: build
	$(RELEASE) policy check Policies
	$(RELEASE) policy test Policies Tests/Policies

$(FUZZER): setup
	$(SWIFT) build -c release --product PolicyFuzzer

bench: build $(FUZZER)
	$(SWIFT) run -c release LowIncomeBenchmark
	Benchmarks/cold-start.sh
	$(SWIFT) build -c release --product PluginBenchmark
	Benchmarks/plugin.sh
	$(FUZZER) --limits

# Fails where a pass over bench-1 takes 5 % more instructions, by the loop in C, than is stored.
instructions: setup
	$(SWIFT) build $(STATIC) --product bench-1
	Benchmarks/bench-1/instructions.sh

# CASES cases in one file, which is made in .build and removed again.
bench-store: setup
	$(SWIFT) run -c release StoreBenchmark $(CASES) Policies .build

# Ends with an error where any household is decided otherwise than by the loop.
bench-1: lib
	$(SWIFT) build -c release --product bench-1
	Benchmarks/bench-1/run.sh $(N)

# Ends with an error where an input crashes, hangs or breaks a rule; such inputs are kept in .build/fuzz.
fuzz: $(FUZZER)
	$(FUZZER) --seconds $(SECONDS) --seed $(SEED)

# The same with every access to memory watched, where the toolchain can. Slower by much, and so is its limit. Leaks are not
# looked for: some are reported, which are taken for Swift's pointers with spare bits and have not been proven to be.
fuzz-address: setup
	$(SWIFT) build --sanitize=address --scratch-path .build/address --product PolicyFuzzer
	ASAN_OPTIONS=detect_leaks=0 .build/address/debug/PolicyFuzzer --seconds $(SECONDS) --seed $(SEED) --keep .build/fuzz-address

# The C interface under inputs that libFuzzer invents, for SECONDS each; what it finds is kept in .build-fuzz/found.
fuzz-c: setup
	Tests/Fuzz/run.sh $(SECONDS)

# The tests in C: misuse, threads, a small stack, freed handles, memory; then under sanitizers and valgrind.
test-c: setup
	Tests/C/run.sh plain

# Memory after TIMES/10 and after TIMES assessments.
soak: lib
	TIMES=$(TIMES) Tests/C/run.sh soak

sanitize: lib
	Tests/C/run.sh address
	Tests/C/run.sh valgrind

# From the same source as --help; the generator leaves out what is not ASCII.
man: setup
	mkdir -p docs/man
	$(SWIFT) package --allow-writing-to-directory docs/man generate-manual --multi-page --output-directory docs/man \
		--date "$$(date -u -d @$(SOURCE_DATE_EPOCH) +%F)"

# The property tests with twenty times as many cases, a thousand killed writers of records; the fuzzer with other cases every night.
nightly: lint policy bench demo
	$(MAKE) fuzz SECONDS=600 SEED=$$(date +%Y%m%d)
	$(MAKE) fuzz-address SECONDS=300 SEED=$$(date +%Y%m%d)
	$(MAKE) sanitize
	Tests/C/run.sh thread
	$(MAKE) instructions
	$(MAKE) fuzz-c SECONDS=600
	$(MAKE) soak TIMES=1000000
	$(SWIFT) build --build-tests
	JIUZHU_PROPERTY_TIMES=20 JIUZHU_KILLS=1000 $(SWIFT) test --skip-build

# ── The C library ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# What other programs link, and the command as it is installed: Swift's runtime is in both, of each object only what is
# used, and no path of this machine.
STATIC  := -c release --scratch-path .build-lib --disable-local-rpath -debug-info-format none \
	-Xswiftc -static-stdlib -Xswiftc -no-toolchain-stdlib-rpath -Xswiftc -Xfrontend -Xswiftc -function-sections \
	-Xcc -ffunction-sections -Xcc -fdata-sections -Xcc -ffile-prefix-map=$(CURDIR)/=
LIBRARY := .build-lib/lib
VERSION := $(shell sed -n 's/^#define JZ_VERSION "\(.*\)"/\1/p' include/jiuzhu.h)
ABI     := $(shell sed -n 's/^#define JZ_ABI //p' include/jiuzhu.h)

# Where `make install` puts things; DESTDIR stands before all of it.
PREFIX  := /usr/local
LIBDIR  := $(PREFIX)/lib
DESTDIR :=

# The day in manual pages and packages: that of the last commit, so that the same sources make the same files.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

EXAMPLES := c c-legacy cpp swift java casework

.PHONY: lib static-command abi install deb test-deb examples example-prefix $(EXAMPLES:%=example-%)

lib: setup
	$(SWIFT) build $(STATIC) --product jiuzhu-c -Xlinker --version-script=$(CURDIR)/Packaging/libjiuzhu.map \
		-Xlinker -soname=libjiuzhu.so.$(ABI) -Xlinker --icf=safe
	mkdir -p $(LIBRARY)
	strip --strip-unneeded -o $(LIBRARY)/libjiuzhu.so.$(VERSION) .build-lib/release/libjiuzhu-c.so
	ln -sf libjiuzhu.so.$(VERSION) $(LIBRARY)/libjiuzhu.so.$(ABI)
	ln -sf libjiuzhu.so.$(ABI) $(LIBRARY)/libjiuzhu.so
	Packaging/check-library.sh $(LIBRARY)

static-command: setup
	$(SWIFT) build $(STATIC) --product jiuzhu
	mkdir -p .build-lib/bin
	strip -o .build-lib/bin/jiuzhu .build-lib/release/jiuzhu

abi: lib
	Tests/ABI/run.sh $(LIBRARY)

install: lib static-command man
	Packaging/install.sh "$(DESTDIR)" "$(PREFIX)" "$(LIBDIR)"

deb: lib static-command man
	Packaging/build-deb.sh .build-lib/deb

test-deb: deb
	Packaging/test-deb.sh .build-lib/deb

# The examples use the library as any program does: installed, here below .build-lib.
example-prefix:
	$(MAKE) install DESTDIR= PREFIX=$(CURDIR)/.build-lib/prefix LIBDIR=$(CURDIR)/.build-lib/prefix/lib

$(EXAMPLES:%=example-%): example-prefix
	Examples/run.sh .build-lib/prefix $(@:example-%=%)

examples: example-prefix
	Examples/run.sh .build-lib/prefix $(EXAMPLES)

# ── Python and Spark ──────────────────────────────────────────────────────────────────────────────────────────────────────

# What the tests call; a released library does as well.
PYTHON_LIBRARY := $(CURDIR)/.build/debug/libjiuzhu-c.so
PYTHON_COMMAND := $(CURDIR)/.build/debug/jiuzhu
PYTHON_PACKAGE := bindings/python
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: python-env python-products test-python spark test-spark

# The environments are kept outside the clone, one for each list of requirements.
python-env:
	@$(PYTHON_PACKAGE)/environment $(PYTHON_PACKAGE)/requirements.txt

python-products: setup
	$(SWIFT) build --product jiuzhu-c
	$(SWIFT) build --product jiuzhu

test-python: python-products
	environment=$$($(PYTHON_PACKAGE)/environment $(PYTHON_PACKAGE)/requirements.txt) && cd $(PYTHON_PACKAGE) && \
		"$$environment/bin/mypy" && JIUZHU_LIBRARY=$(PYTHON_LIBRARY) JIUZHU_COMMAND=$(PYTHON_COMMAND) \
		"$$environment/bin/python" -m pytest -q

# Both say that they are skipped where there is no Java.
spark: python-products
	JIUZHU_LIBRARY=$(PYTHON_LIBRARY) JIUZHU_COMMAND=$(PYTHON_COMMAND) Examples/spark/run

test-spark: python-products
	JIUZHU_LIBRARY=$(PYTHON_LIBRARY) JIUZHU_COMMAND=$(PYTHON_COMMAND) Examples/spark/run test

# ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

clean:
	$(SWIFT) package clean
	rm -rf .build-lib .build-examples
	@for folder in plugins/*/; do $(MAKE) --no-print-directory -C $$folder clean; done
