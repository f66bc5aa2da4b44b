# make               build the library, and riffls, a tool for RIFF files
# make demo          build and run the examples; FILE=x.wav lists that file instead
# make test          run all tests; needs only Rust and a C compiler
# make check         run the sanitizers, fuzz targets, model checkers and deliberate faults, as .ci/run does; needs clang,
#                    valgrind and a nightly Rust, and reports what it skips without them. FUZZ_SECONDS=1800 runs each
#                    fuzz target for half an hour (default 60 seconds)
# make parity        compare with Wine: run the same programs, and fail if a difference has no explanation; needs wine64,
#                    a compiler for Windows (gcc-mingw-w64-x86-64, g++-mingw-w64-x86-64) and Python 3
# make install       install what `make` built into PREFIX (default /usr/local), or DESTDIR/PREFIX; LIBDIR, INCLUDEDIR,
#                    BINDIR and MANDIR are honoured. With RELOCATABLE=1 what is installed can be moved
# make uninstall     remove it; needs the same PREFIX and DESTDIR
# make bench         compare with stdio and system calls; writes docs/performance.md, and its rows in README.md
# make timers        measure the accuracy of the timers, in ten seconds
# make dist          make what a release consists of, in dist/, from the last commit (docs/releasing.md)
# make dist-check    test dist/: build programs with each package elsewhere, and make it again from another clone
# make header        generate include/*.h from the Rust source
# make man           generate the manual pages in man/man3 from the headers; needs doxygen and Python 3
# make help          print this text
#
# TARGET=i686-unknown-linux-gnu builds for another machine, by its name in Rust (run `rustup target add` with that name
# first); so does CARGO_BUILD_TARGET in the environment. Give TARGET to each of make, make demo, make test and make
# install. CC and CXX are its compilers; the defaults are gcc -m32 for i686 (Debian: gcc-multilib), and ARCH-linux-gnu-gcc
# for others (gcc-aarch64-linux-gnu). RUNNER is an emulator for its programs:
#     make test TARGET=aarch64-unknown-linux-gnu RUNNER='qemu-aarch64 -L /usr/aarch64-linux-gnu'
# The output is in target/TARGET/. The other commands are for the build machine only.

CARGO ?= cargo
CC ?= cc
CFLAGS ?= -O2
WARNINGS = -Wall -Wextra -Wpedantic -Werror

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man

TARGET := $(or $(TARGET),$(CARGO_BUILD_TARGET))
BUILD = target/$(TARGET:%=%/)make
LIB = target/$(TARGET:%=%/)release

# Runs a command for the build machine, whatever TARGET is.
NATIVE = env -u CARGO_BUILD_TARGET -u TARGET -u MAKEFLAGS

# The environment may contain these names.
HOST :=
ARCH :=
MACHINE :=

ifneq ($(TARGET),)
export CARGO_BUILD_TARGET := $(TARGET)
HOST := $(shell rustc -vV | sed -n 's/^host: //p')
ARCH := $(firstword $(subst -, ,$(TARGET)))
TARGET_NAME := $(shell echo '$(TARGET)' | tr a-z- A-Z_)
ifneq ($(TARGET),$(HOST))
ifeq ($(patsubst i%86-unknown-linux-gnu,i686,$(TARGET)) $(shell uname -m),i686 x86_64)
# The kernel's headers are those of x86_64; gcc-multilib would link to them.
MACHINE = -m32 -isystem /usr/include/x86_64-linux-gnu
else ifneq ($(findstring -apple-,$(TARGET)),)
MACHINE = -arch $(ARCH:aarch64=arm64)
else ifneq ($(filter %-linux-gnu,$(TARGET)),)
ifneq ($(filter default undefined,$(origin CC)),)
CC = $(ARCH)-linux-gnu-gcc
endif
ifneq ($(filter default undefined,$(origin CXX)),)
CXX = $(ARCH)-linux-gnu-g++
endif
endif
# If MACHINE is set, the default linker of Rust can link for the target.
ifeq ($(MACHINE),)
export CARGO_TARGET_$(TARGET_NAME)_LINKER ?= $(CC)
endif
# The defaults of the tests.
test: export MMSYSTEM_TEST_CC ?= $(CC)
test: export MMSYSTEM_TEST_CXX ?= $(CXX)
test: export MMSYSTEM_TEST_CFLAGS ?= $(MACHINE)
endif
ifneq ($(RUNNER),)
test: export CARGO_TARGET_$(TARGET_NAME)_RUNNER ?= $(RUNNER)
test: export MMSYSTEM_TEST_RUNNER ?= $(RUNNER)
endif
endif

# A compiler for the target, and flags to link with the library; the path may contain a blank.
COMPILE = $(CC) $(MACHINE)
HERE = -L$(LIB) -lmmsystem -Xlinker -rpath -Xlinker "$$PWD/$(LIB)"
RUN = $(RUNNER) $(BUILD)

# The static library, as installed.
STATIC = $(BUILD)/libmmsystem.a

# libmmsystem-windows: the functions that windows.h declares. wide.c is compiled for WCHAR of both sizes.
FUNCTIONS = $(addprefix $(BUILD)/compat/,files.o system.o wide16.o wide32.o)
FUNCTIONS_STATIC = $(BUILD)/libmmsystem-windows.a

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
MAJOR := $(firstword $(subst ., ,$(VERSION)))

# FILE_NAME is the file, SONAME the name that a program loads at run time, SHARED the name that it is linked by.
ifneq ($(if $(TARGET),$(findstring -apple-,$(TARGET)),$(filter Darwin,$(shell uname -s))),)
SHARED = libmmsystem.dylib
SONAME = libmmsystem.$(MAJOR).dylib
FILE_NAME = libmmsystem.$(VERSION).dylib
INSTALL_NAME = @rpath/$(SONAME)
WINMM = libwinmm.dylib
FUNCTIONS_SHARED = libmmsystem-windows.dylib
FUNCTIONS_SONAME = libmmsystem-windows.$(MAJOR).dylib
FUNCTIONS_FILE = libmmsystem-windows.$(VERSION).dylib
FUNCTIONS_INSTALL_NAME = @rpath/$(FUNCTIONS_SONAME)
# It re-exports libmmsystem, so that it can serve as libwinmm.
FUNCTIONS_LINK = -dynamiclib -install_name $(FUNCTIONS_INSTALL_NAME) -compatibility_version $(MAJOR).0.0 \
    -current_version $(VERSION) -Wl,-rpath,@loader_path -Wl,-reexport-lmmsystem
# INSTALL_NAME is relative to the rpath.
RPATH = -Wl,-rpath,"$${libdir}"
LIBRARIES =
LINK_UNUSED =
else
SHARED = libmmsystem.so
SONAME = libmmsystem.so.$(MAJOR)
FILE_NAME = libmmsystem.so.$(VERSION)
INSTALL_NAME = $(SONAME)
WINMM = libwinmm.so
FUNCTIONS_SHARED = libmmsystem-windows.so
FUNCTIONS_SONAME = libmmsystem-windows.so.$(MAJOR)
FUNCTIONS_FILE = libmmsystem-windows.so.$(VERSION)
FUNCTIONS_INSTALL_NAME = $(FUNCTIONS_SONAME)
FUNCTIONS_LINK = -shared -Wl,-soname,$(FUNCTIONS_SONAME) -Wl,--version-script=compat/exports.map \
    -Wl,-z,defs '-Wl,-rpath,$$ORIGIN' -lmmsystem -lpthread
RPATH =
# The libraries that the static library needs besides libc.
LIBRARIES = -lpthread -ldl
LINK_UNUSED = -Wl,--no-as-needed
endif

.PHONY: all library demo test check parity bench timers install uninstall dist dist-check header man help clean

all: library $(STATIC) $(BUILD)/$(FUNCTIONS_FILE) $(FUNCTIONS_STATIC) $(BUILD)/libwinmm.a $(BUILD)/riffls

library:
	$(CARGO) build --release --lib --target-dir target
	@test -f $(LIB)/$(SHARED) || { echo '$(LIB)/$(SHARED) is missing: if cargo builds for another target, run make TARGET=...'; exit 1; }
	ln -sf $(SHARED) $(LIB)/$(SONAME)

$(BUILD):
	mkdir -p $@

$(STATIC): library packaging/static symbols.txt | $(BUILD)
	packaging/static $(LIB)/libmmsystem.a $@ $(ARCH:aarch64=arm64)

$(BUILD)/compat/wide16.o: FORM = -DMMSYSTEM_WCHAR_UTF16
$(BUILD)/compat/wide16.o $(BUILD)/compat/wide32.o: compat/wide.c
$(BUILD)/compat/files.o: compat/files.c
$(BUILD)/compat/system.o: compat/system.c

$(FUNCTIONS): compat/*.h include/*.h include/compat/*.h
	@mkdir -p $(@D)
	$(COMPILE) -std=c99 $(CFLAGS) -fPIC -fvisibility=hidden $(WARNINGS) $(FORM) -Iinclude -Iinclude/compat \
	    -c $(filter compat/%.c,$^) -o $@

$(BUILD)/$(FUNCTIONS_FILE): $(FUNCTIONS) library compat/exports.map
	$(COMPILE) $(FUNCTIONS) -o $@ -L$(LIB) $(FUNCTIONS_LINK)

$(FUNCTIONS_STATIC): $(FUNCTIONS)
	rm -f $@
	$(AR) rcs $@ $(FUNCTIONS)

# Both libraries, for -lwinmm. The static libmmsystem is one object.
$(BUILD)/libwinmm.a: $(STATIC) $(FUNCTIONS)
	cp $(STATIC) $@
	$(AR) rs $@ $(FUNCTIONS)

$(BUILD)/%: examples/%.c library | $(BUILD)
	$(COMPILE) -std=c99 $(CFLAGS) $(WARNINGS) -Iinclude $< -o $@ $(HERE) $(EXTRA_LIBRARIES)

$(BUILD)/gzip: EXTRA_LIBRARIES = -lz
$(BUILD)/sdl: EXTRA_LIBRARIES = -lSDL2
$(BUILD)/zip: EXTRA_LIBRARIES = -lzip

# Linked with the static library, so that it needs no shared library at run time.
$(BUILD)/riffls: tools/riffls/*.c tools/riffls/*.h $(STATIC)
	$(COMPILE) -std=c99 $(CFLAGS) $(WARNINGS) -Iinclude tools/riffls/*.c -o $@ $(STATIC) $(LIBRARIES)

# gzip.c, sdl.c and zip.c need other libraries, and are built separately.
NEED_LIBRARIES = gzip sdl zip

demo: $(patsubst examples/%.c,$(BUILD)/%,$(filter-out $(NEED_LIBRARIES:%=examples/%.c),$(wildcard examples/*.c)))
ifdef FILE
	$(RUN)/list "$(FILE)"
	$(RUN)/peak "$(FILE)"
else
	@echo '== record: a WAV of unknown length'
	$(RUN)/record $(BUILD)/tone.wav
	@echo '== record64: the same, where 4 GiB may not be enough'
	$(RUN)/record64 $(BUILD)/large.wav 3
	@echo '== list: the chunks of a file'
	$(RUN)/list $(BUILD)/tone.wav
	$(RUN)/list examples/ffmpeg.wav
	@echo '== peak: direct access to the samples in the buffer'
	$(RUN)/peak $(BUILD)/tone.wav
	@echo '== xor: an I/O procedure on top of the built-in one'
	$(RUN)/xor $(BUILD)/tone.wav $(BUILD)/tone.xor+
	$(RUN)/xor $(BUILD)/tone.xor+ $(BUILD)/plain.wav
	cmp $(BUILD)/tone.wav $(BUILD)/plain.wav
	@echo '== archive: an I/O procedure that reads a member of a tar'
	tar --format=ustar -cf $(BUILD)/sounds.tar examples/ffmpeg.wav
	$(RUN)/archive $(BUILD)/sounds.tar+examples/ffmpeg.wav >$(BUILD)/member.wav
	cmp examples/ffmpeg.wav $(BUILD)/member.wav
	@echo '== cache: an I/O procedure that buffers'
	$(RUN)/cache $(BUILD)/log.riff
	@echo '== gzip: an I/O procedure that compresses, with zlib'
	@if ! echo 'int main(void) { return zlibVersion() == 0; }' | \
	    $(COMPILE) $(CFLAGS) -include zlib.h -x c - -o $(BUILD)/with-zlib -lz 2>/dev/null; then \
	    echo 'skipped: gzip.c, which needs zlib (Debian: zlib1g-dev)'; else \
	    $(MAKE) --no-print-directory $(BUILD)/gzip && set -x && \
	    $(RUN)/gzip $(BUILD)/log.riff $(BUILD)/log.gz+ && $(RUN)/gzip $(BUILD)/log.gz+ $(BUILD)/plain.riff && \
	    cmp $(BUILD)/log.riff $(BUILD)/plain.riff; fi
	@echo '== zip: an I/O procedure that reads a member of a zip, with libzip'
	@if ! echo 'int main(void) { return zip_libzip_version() == 0; }' | \
	    $(COMPILE) $(CFLAGS) -include zip.h -x c - -o $(BUILD)/with-libzip -lzip 2>/dev/null || \
	    ! command -v python3 >/dev/null; then \
	    echo 'skipped: zip.c, which needs libzip (Debian: libzip-dev), and a zip that Python makes'; else \
	    $(MAKE) --no-print-directory $(BUILD)/zip && set -x && rm -f $(BUILD)/sounds.zip && \
	    python3 -m zipfile -c $(BUILD)/sounds.zip examples/ffmpeg.wav && \
	    $(RUN)/zip $(BUILD)/sounds.zip+ffmpeg.wav >$(BUILD)/member.wav && \
	    cmp examples/ffmpeg.wav $(BUILD)/member.wav; fi
	@echo '== sdl: SDL reads through mmio, and mmio through SDL'
	@if ! echo 'int main(void) { SDL_version its; SDL_GetVersion(&its); return 0; }' | \
	    $(COMPILE) $(CFLAGS) -include SDL2/SDL_version.h -x c - -o $(BUILD)/with-sdl -lSDL2 2>/dev/null; then \
	    echo 'skipped: sdl.c, which needs SDL 2 (Debian: libsdl2-dev)'; else \
	    $(MAKE) --no-print-directory $(BUILD)/sdl && set -x && $(RUN)/sdl examples/ffmpeg.wav; fi
	@echo '== memory: a WAV built in memory'
	$(RUN)/memory $(BUILD)/beep.wav
	@echo '== wave.py: from Python'
	@if ! command -v python3 >/dev/null; then echo 'skipped: wave.py, which needs Python 3'; \
	    elif [ '$(TARGET)' != '$(HOST)' ]; then echo 'skipped: wave.py, which needs a library for this machine'; else set -x; \
	    MMSYSTEM_LIBRARY=$(LIB)/$(SHARED) python3 examples/wave.py $(BUILD)/python.wav; fi
endif

# Under qemu a process with several threads may hang when it starts another process.
test:
	$(if $(RUNNER),RUST_TEST_THREADS=1) $(CARGO) test

check:
	$(NATIVE) .ci/check $(FUZZ_SECONDS)

parity:
	$(NATIVE) .ci/parity

# Writes the table of docs/performance.md and updates the rows that README.md repeats. Fails if a limit is exceeded.
ifneq ($(TARGET),)
# The figures are those of the build machine.
bench:
	$(NATIVE) $(MAKE_COMMAND) bench ROUNDS=$(ROUNDS)
else
bench: $(BUILD)/bench $(BUILD)/nothing $(BUILD)/nothing-with-it
	folder=$$PWD; cd $(BUILD) && { ./bench $(ROUNDS) >bench.md; status=$$?; cat bench.md; cd "$$folder"; } && \
	    { [ $$status -le 1 ] || exit $$status; } && \
	    awk '/^<!-- end of make bench/ { skip = 0 } !skip; \
	        /^<!-- make bench/ { skip = 1; while ((getline line <"$(BUILD)/bench.md") > 0) print line }' \
	        docs/performance.md >$(BUILD)/performance.md && cp $(BUILD)/performance.md docs/performance.md && \
	    awk -F '|' 'NR == FNR { if (/^[|] /) rows[$$2] = $$0; next } /^[|] / && $$2 in rows { $$0 = rows[$$2] } 1' \
	        $(BUILD)/bench.md README.md >$(BUILD)/README.md && cp $(BUILD)/README.md README.md && exit $$status
endif

$(BUILD)/bench: benches/*.c benches/bench.h library | $(BUILD)
	$(COMPILE) -std=c99 -O2 $(WARNINGS) -Iinclude benches/*.c -o $@ $(HERE) -lpthread

timers: $(BUILD)/timers
	$(BUILD)/timers

$(BUILD)/timers: benches/timers/timers.c library | $(BUILD)
	$(COMPILE) -std=c99 -O2 $(WARNINGS) -Iinclude $< -o $@ $(HERE)

$(BUILD)/nothing: benches/loading/nothing.c | $(BUILD)
	$(COMPILE) -O2 $< -o $@

# It calls no function of the library, so the linker of Linux must be told to link it.
$(BUILD)/nothing-with-it: benches/loading/nothing.c library | $(BUILD)
	$(COMPILE) -O2 $< -o $@ $(LINK_UNUSED) $(HERE)

ifneq ($(filter-out /%,$(foreach folder,PREFIX LIBDIR INCLUDEDIR BINDIR MANDIR,$(firstword $($(folder))))),)
ifneq ($(filter install uninstall,$(MAKECMDGOALS)),)
$(error PREFIX, LIBDIR, INCLUDEDIR, BINDIR and MANDIR must begin with /)
endif
endif

lib = $(DESTDIR)$(LIBDIR)
include = $(DESTDIR)$(INCLUDEDIR)/mmsystem
bin = $(DESTDIR)$(BINDIR)
man = $(DESTDIR)$(MANDIR)

# A value, escaped for the replacement text of sed.
for_sed = $(subst |,\|,$(subst &,\&,$(subst \,\\,$(1))))

# The directories that pkg-config and CMake files name. With RELOCATABLE=1 they are relative to those files, so that what
# was installed can be moved; LIBDIR and INCLUDEDIR must be the defaults then.
in_pc = $(1)
in_cmake = $(1)
ifdef RELOCATABLE
in_pc = $(patsubst $(PREFIX)%,$${pcfiledir}/../..%,$(1))
in_cmake = $(patsubst $(PREFIX)%,$${CMAKE_CURRENT_LIST_DIR}/../../..%,$(1))
# pkg-config escapes the blanks of this variable.
edit_pc = -e 's|"||g'
endif

# $(call fill,FILE,DIRECTORY,KIND) installs a template with its @NAMES@ replaced; KIND is pc or cmake.
fill = sed -e 's|@PREFIX@|$(call for_sed,$(call in_$(3),$(PREFIX)))|g; s|@LIBDIR@|$(call for_sed,$(call in_$(3),$(LIBDIR)))|g' \
    -e 's|@INCLUDEDIR@|$(call for_sed,$(call in_$(3),$(INCLUDEDIR)))|g; s|@RPATH@|$(call for_sed,$(RPATH))|g' \
    -e 's|@VERSION@|$(VERSION)|g; s|@MAJOR@|$(MAJOR)|g; s|@LIBRARIES@|$(LIBRARIES)|g' \
    -e 's|@FILE@|$(FILE_NAME)|g; s|@INSTALL_NAME@|$(INSTALL_NAME)|g' \
    -e 's|@FUNCTIONS_FILE@|$(FUNCTIONS_FILE)|g; s|@FUNCTIONS_INSTALL_NAME@|$(FUNCTIONS_INSTALL_NAME)|g' \
    -e 's| *$$||' $(edit_$(3)) 'packaging/$(1).in' >"$(2)/$(1)" && chmod 644 "$(2)/$(1)"

# Builds nothing: the user who installs may have no Rust.
install:
	@test -f $(LIB)/$(SHARED) -a -f $(BUILD)/riffls || { echo 'nothing to install: run make first'; exit 1; }
	install -d "$(lib)/mmsystem" "$(lib)/pkgconfig" "$(lib)/cmake/mmsystem" "$(include)/compat" "$(bin)"
	install -m 755 $(LIB)/$(SHARED) "$(lib)/$(FILE_NAME)"
	ln -sf $(FILE_NAME) "$(lib)/$(SONAME)"
	ln -sf $(SONAME) "$(lib)/$(SHARED)"
	install -m 644 $(STATIC) "$(lib)"
	install -m 755 $(BUILD)/$(FUNCTIONS_FILE) "$(lib)/$(FUNCTIONS_FILE)"
	ln -sf $(FUNCTIONS_FILE) "$(lib)/$(FUNCTIONS_SONAME)"
	ln -sf $(FUNCTIONS_SONAME) "$(lib)/$(FUNCTIONS_SHARED)"
	install -m 644 $(FUNCTIONS_STATIC) "$(lib)"
	install -m 644 $(BUILD)/libwinmm.a "$(lib)/mmsystem"
	@# On Linux libwinmm is a linker script that names both libraries, which are found beside it. On macOS it is
	@# libmmsystem-windows, and the linker looks beside it for libmmsystem, which that re-exports.
ifeq ($(WINMM),libwinmm.so)
	ln -sf ../$(SONAME) "$(lib)/mmsystem/$(SHARED)"
	ln -sf ../$(FUNCTIONS_SONAME) "$(lib)/mmsystem/$(FUNCTIONS_SHARED)"
	echo 'INPUT(-lmmsystem AS_NEEDED(-lmmsystem-windows))' >"$(lib)/mmsystem/$(WINMM)"
	chmod 644 "$(lib)/mmsystem/$(WINMM)"
else
	ln -sf ../$(FUNCTIONS_SONAME) "$(lib)/mmsystem/$(WINMM)"
	ln -sf ../$(SONAME) "$(lib)/mmsystem/$(SONAME)"
endif
	install -m 755 $(BUILD)/riffls "$(bin)"
	install -m 644 include/*.h "$(include)"
	install -m 644 include/compat/*.h "$(include)/compat"
	packaging/spellings "$(include)"
	for section in man/man?; do \
	    to="$(man)/$${section#man/}" && install -d "$$to" && install -m 644 $$section/* "$$to" || exit; \
	done
	$(call fill,mmsystem.pc,$(lib)/pkgconfig,pc)
	$(call fill,mmsystem-windows.pc,$(lib)/pkgconfig,pc)
	$(call fill,mmsystem-config.cmake,$(lib)/cmake/mmsystem,cmake)
	$(call fill,mmsystem-config-version.cmake,$(lib)/cmake/mmsystem,cmake)

uninstall:
	rm -rf "$(include)" "$(lib)/mmsystem" "$(lib)/cmake/mmsystem"
	rm -f "$(lib)/$(SHARED)" "$(lib)/$(SONAME)" "$(lib)/$(FILE_NAME)" "$(lib)/libmmsystem.a"
	rm -f "$(lib)/$(FUNCTIONS_SHARED)" "$(lib)/$(FUNCTIONS_SONAME)" "$(lib)/$(FUNCTIONS_FILE)"
	rm -f "$(lib)/libmmsystem-windows.a"
	rm -f "$(lib)/pkgconfig/mmsystem.pc" "$(lib)/pkgconfig/mmsystem-windows.pc"
	rm -f "$(bin)/riffls"
	for page in man/man?/*; do rm -f "$(man)/$${page#man/}" || exit; done

dist:
	$(NATIVE) packaging/dist/all

dist-check:
	$(NATIVE) packaging/dist/check --again

header:
	$(NATIVE) MMSYSTEM_UPDATE_HEADER=1 $(CARGO) test --test header

man:
	packaging/man man/man3

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

clean:
	$(CARGO) clean
