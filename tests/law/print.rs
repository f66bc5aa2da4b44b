//! Prints a script as a C program, to be pasted into `c-tests/`.

use crate::backends::{Backend, Storage};
use crate::steps::Buffer;
use crate::store::{Behaviour, FAIL, SHORTEN, TAKE_NOTHING, Writes};

/// The lines of a script while it runs. They are collected only on demand.
pub struct Transcript(Option<Vec<String>>);

impl Transcript {
    pub fn new(wanted: bool) -> Transcript {
        Transcript(wanted.then(Vec::new))
    }

    pub fn add(&mut self, line: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.0 {
            lines.push(line());
        }
    }

    pub fn check_bytes(&mut self, what: &str, expected: &[u8]) {
        for (i, piece) in expected.chunks(PIECE).enumerate() {
            self.add(|| {
                let at = if i > 0 { format!(" + {}", i * PIECE) } else { String::new() };
                format!("CHECK_BYTES({what}{at}, {}, {});", literal(piece), piece.len())
            });
        }
    }

    /// The whole program.
    pub fn program(&self, backend: &Backend) -> String {
        let lines: String = self.0.iter().flatten().map(|line| format!("    {line}\n")).collect();
        let procedure = match &backend.storage {
            Storage::Procedure(behaviour) => procedure(behaviour),
            Storage::Callbacks(behaviour) => procedure(behaviour) + CALLBACKS,
            _ => String::new(),
        };
        format!("{HEAD}{procedure}{MAIN}{}{lines}    return report();\n}}\n", opening(backend))
    }
}

/// The number of bytes that one check compares.
const PIECE: usize = 200;

/// Octal, as a hexadecimal escape would include digits that follow it.
fn literal(bytes: &[u8]) -> String {
    let escaped: String = bytes.iter().map(|byte| format!("\\{byte:03o}")).collect();
    format!("\"{escaped}\"")
}

fn opening(backend: &Backend) -> String {
    let size = backend.content().len();
    let buffer = match backend.buffer {
        Buffer::None => String::new(),
        Buffer::Ours(size) => format!("    info.cchBuffer = {size};\n"),
        Buffer::Callers(size) => {
            format!("    info.pchBuffer = (char *)malloc({});\n    info.cchBuffer = {size};\n", size.max(1))
        }
    };
    match &backend.storage {
        Storage::Disk => format!(
            "    put_file(\"law\", pattern(0, {size}), {size});\n{buffer}    \
             file = mmioOpen((LPSTR)\"law\", &info, MMIO_READWRITE);\n"
        ),
        Storage::Memory { step, created } => {
            let memory = if *created {
                String::new()
            } else {
                let room = size.max(1);
                format!("    info.pchBuffer = (char *)memcpy(malloc({room}), pattern(0, {size}), {size});\n")
            };
            let create = if *created { "MMIO_CREATE | " } else { "" };
            format!(
                "    info.fccIOProc = FOURCC_MEM;\n    info.adwInfo[0] = {step};\n{memory}    \
                 info.cchBuffer = {};\n    file = mmioOpen(NULL, &info, {create}MMIO_READWRITE);\n",
                backend.size
            )
        }
        Storage::Callbacks(_) => format!(
            "    stored = {size};\n    memcpy(store, pattern(0, {size}), {size});\n{buffer}    \
             file = mmsys_open_callbacks(&callbacks, NULL, &info, MMIO_READWRITE);\n"
        ),
        // (The bytes before and after it, and those that a check expects, are those of the part alone.)
        Storage::Part { room, .. } => format!(
            "    put_file(\"law\", pattern(0, {size}), {size});\n{buffer}    \
             file = mmsys_open_part(\"law\", 0, {}, MMIO_READWRITE);\n    \
             mmioSetBuffer(file, info.pchBuffer, info.cchBuffer, 0);\n",
            size + room
        ),
        Storage::Procedure(_) => format!(
            "    stored = {size};\n    memcpy(store, pattern(0, {size}), {size});\n    \
             info.pIOProc = procedure;\n{buffer}    \
             file = mmioOpen((LPSTR)\"law\", &info, MMIO_READWRITE);\n"
        ),
    }
}

const HEAD: &str = r#"#include "check.h"

#include <mmsystem_ext.h>

static char bytes[1 << 20];

/* The bytes that a script writes. */
static char *pattern(int seed, int count)
{
    static char run[1 << 16];
    int i;
    for (i = 0; i < count; i++) {
        run[i] = (char)(1 + (seed * 31 + i) % 251);
    }
    return run;
}
"#;

const MAIN: &str = r#"
int main(void)
{
    HMMIO file;
    MMIOINFO info;
    MMCKINFO chunk[64];
    char *memory = NULL;
    (void)chunk, (void)memory, (void)bytes;
    memset(&info, 0, sizeof info);
"#;

fn procedure(behaviour: &Behaviour) -> String {
    let Behaviour { fault_mode, writes, plan } = behaviour;
    let plan: Vec<String> = plan.iter().map(u8::to_string).collect();
    let (known, refusal) = match *writes {
        Writes::Only(known, refusal) => (known as isize, refusal),
        _ => (-1, 0),
    };
    let error = if let Writes::Cached(error) = *writes { error } else { -1 };
    PROCEDURE
        .replace("CACHES", if matches!(writes, Writes::Cached(_)) { "1" } else { "0" })
        .replace("ERROR_OF_NOTHING", &error.to_string())
        .replace("KNOWN", &known.to_string())
        .replace("REFUSAL", &refusal.to_string())
        .replace("PLAN", if plan.is_empty() { "255".to_owned() } else { plan.join(", ") }.as_str())
        .replace("FAULT_MODE", &(*fault_mode as i32).to_string())
        .replace("TAKE_NOTHING", &TAKE_NOTHING.to_string())
        .replace("SHORTEN", &SHORTEN.to_string())
        .replace("FAIL", &FAIL.to_string())
}

const CALLBACKS: &str = r#"
static MMIOINFO state;

static int64_t read_bytes(void *context, void *data, size_t count)
{
    (void)context;
    return procedure((LPSTR)&state, MMIOM_READ, (LPARAM)data, (LPARAM)count);
}

static int64_t write_bytes(void *context, const void *data, size_t count)
{
    (void)context;
    return procedure((LPSTR)&state, MMIOM_WRITE, (LPARAM)data, (LPARAM)count);
}

static int64_t seek_to(void *context, int64_t offset, int whence)
{
    (void)context;
    return procedure((LPSTR)&state, MMIOM_SEEK, (LPARAM)offset, whence);
}

static int flush_all(void *context)
{
    (void)context;
    return (int)procedure((LPSTR)&state, MMIOM_WRITEFLUSH, (LPARAM)&state, 0);
}

static const MMSYS_CALLBACKS callbacks = {sizeof callbacks, read_bytes, write_bytes, seek_to, flush_all, NULL};
"#;

const PROCEDURE: &str = r#"
/* 0: transfers whole counts, 1: shortens every transfer, 2: shortens and fails. */
static int fault_mode = FAULT_MODE;
static const unsigned char plan[] = {PLAN};
static size_t messages;
/* Whether what is written goes to a cache first; and the only message that writes which is known (-1: both are), with the
 * result to the other one. */
static const int caches = CACHES;
static const LPARAM known = KNOWN, refusal = REFUSAL, error_of_nothing = ERROR_OF_NOTHING;
static unsigned char store[1 << 20], cache[1 << 20], is_cached[1 << 20];
static LONG stored, end;
static int queries;

static void empty_cache(void)
{
    LONG i;
    for (i = 0; i < end; i++) {
        if (is_cached[i]) {
            store[i] = cache[i];
            is_cached[i] = 0;
        }
    }
    stored = end > stored ? end : stored;
}

static LONG amount(LONG count, LONG nothing)
{
    int turn = plan[messages++ % sizeof plan];
    LONG some = count == 0 ? 0 : 1 + turn % count;
    if (fault_mode == 0) {
        return count;
    } else if (fault_mode == 1) {
        return some;
    }
    return turn < FAIL ? -1 : turn < TAKE_NOTHING ? nothing : turn < SHORTEN ? some : count;
}

static LRESULT CALLBACK procedure(LPSTR structure, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *info = (MMIOINFO *)structure;
    LONG at = info->lDiskOffset, count, i;
    LPARAM target;
    end = stored > end ? stored : end;
    if (queries++ % 2 == 1) {
        mmsys_context(info);
        mmioSeek(info->hmmio, 0, SEEK_CUR);
    }
    if (known >= 0 && message != (UINT)known && (message == MMIOM_WRITE || message == MMIOM_WRITEFLUSH)) {
        return refusal;
    }
    switch (message) {
    case MMIOM_READ:
        count = at >= end ? 0 : second > end - at ? end - at : (LONG)second;
        count = amount(count, -1);
        if (count >= 0) {
            empty_cache();
        }
        if (count > 0) {
            memcpy((void *)first, store + at, (size_t)count);
        }
        break;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        count = amount((LONG)second, 0);
        if (count > 0) {
            memcpy(cache + at, (void *)first, (size_t)count);
            for (i = 0; i < count; i++) {
                is_cached[at + i] = 1;
            }
            end = at + count > end ? at + count : end;
        }
        if (!caches || (message == MMIOM_WRITEFLUSH && (count > 0 || (count == 0 && second == 0)))) {
            empty_cache();
        }
        break;
    case MMIOM_SEEK:
        if (plan[messages++ % sizeof plan] < FAIL && fault_mode == 2) {
            return -1;
        }
        empty_cache();
        target = first + (second == SEEK_SET ? 0 : second == SEEK_CUR ? at : stored);
        if (target < 0 || target >= 0xffffffffL) {
            return -1;
        }
        info->lDiskOffset = (LONG)target;
        return target;
    case MMIOM_CLOSE:
        empty_cache();
        return 0;
    default:
        return 0;
    }
    if (count > 0) {
        info->lDiskOffset += count;
    }
    return count < 0 && message == MMIOM_WRITEFLUSH && second == 0 ? error_of_nothing : count;
}
"#;
