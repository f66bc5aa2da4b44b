# make demo      build the library and run a C program on it; FILE=x.wav shows that file
# make test      everything that needs only Rust and a C compiler
# make header    make include/*.h of the Rust source

CARGO ?= cargo
CC ?= cc
CFLAGS ?= -O2
WARNINGS = -Wall -Wextra -Wpedantic -Werror

BUILD = target/make
LIB = target/release

# The name that a program looks for at run time.
ifeq ($(shell uname -s),Darwin)
SHARED = libmmsystem.dylib
SONAME = libmmsystem.1.dylib
else
SHARED = libmmsystem.so
SONAME = libmmsystem.so.1
endif

.PHONY: all library demo test header clean

all: library

library:
	$(CARGO) build --release --lib --target-dir target
	ln -sf $(SHARED) $(LIB)/$(SONAME)

$(BUILD):
	mkdir -p $@

$(BUILD)/%: examples/%.c library | $(BUILD)
	$(CC) -std=c99 $(CFLAGS) $(WARNINGS) -Iinclude $< -o $@ \
	    -L$(LIB) -lmmsystem -lm -Wl,-rpath,$(CURDIR)/$(LIB)

demo: $(BUILD)/demo $(BUILD)/xor
ifdef FILE
	$(BUILD)/demo show "$(FILE)"
else
	$(BUILD)/demo record $(BUILD)/tone.wav
	$(BUILD)/demo show $(BUILD)/tone.wav
	$(BUILD)/demo show examples/ffmpeg.wav
	cd $(BUILD) && ./xor song.xor
endif

test:
	$(CARGO) test

header:
	MMSYSTEM_UPDATE_HEADER=1 $(CARGO) test --test header

clean:
	$(CARGO) clean
