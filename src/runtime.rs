//! What every Rust library needs, and has from `std` where there is one: the end of a panic, and memory.
//!
//! What ships becomes part of C programs. There `std` would be most of its size, for the sake of what to print of a
//! panic. What ships is also what is built with `panic = "abort"`, so that decides: tests and Miri unwind, and have
//! `std`. (A Rust program that has `std` and aborts on panics cannot have this crate as a dependency: the compiler
//! finds two panic handlers. It can link the C library.)

use alloc::alloc::{GlobalAlloc, Layout};
use core::arch::global_asm;
use core::panic::PanicInfo;
use core::ptr;

// The C library, which before glibc 2.34 is in pieces.
#[cfg_attr(all(target_os = "linux", target_env = "gnu"), link(name = "dl"), link(name = "pthread"))]
#[link(name = "c")]
unsafe extern "C" {}

// Rust's own libraries are compiled to unwind, and refer to what unwinding asks about Rust's functions. That is never
// called; it is weak because another library in the program may have the real one, of `std`.
#[cfg(target_os = "linux")]
global_asm!(
    ".weak rust_eh_personality",
    ".hidden rust_eh_personality",
    ".set rust_eh_personality, {}",
    sym unwinding
);

#[cfg(all(target_os = "macos", target_arch = "x86_64"))]
macro_rules! jump {
    () => {
        "jmp"
    };
}
#[cfg(all(target_os = "macos", not(target_arch = "x86_64")))]
macro_rules! jump {
    () => {
        "b"
    };
}
// The same; but there are no aliases.
#[cfg(target_os = "macos")]
global_asm!(
    ".private_extern _rust_eh_personality",
    ".globl _rust_eh_personality",
    ".weak_definition _rust_eh_personality",
    ".p2align 2",
    "_rust_eh_personality:",
    concat!(jump!(), " {}"),
    sym unwinding
);

extern "C" fn unwinding() -> ! {
    // SAFETY: no precondition.
    unsafe { libc::abort() }
}

/// What `malloc` aligns to.
const ALIGNED: usize = 2 * size_of::<usize>();

/// The C library's memory.
struct Heap;

#[global_allocator]
static HEAP: Heap = Heap;

/// Whether `malloc` gives such memory. (Some align small blocks by their size.)
fn is_plain(layout: Layout, size: usize) -> bool {
    layout.align() <= ALIGNED && layout.align() <= size
}

// SAFETY: these functions do what it takes, and none panics.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_plain(layout, layout.size()) {
            // SAFETY: no precondition.
            return unsafe { libc::malloc(layout.size()) }.cast();
        }
        let mut block = ptr::null_mut();
        // Nothing is aligned to less than a pointer here.
        let align = layout.align().max(size_of::<usize>());
        // SAFETY: `block` is valid for writing.
        match unsafe { libc::posix_memalign(&mut block, align, layout.size()) } {
            0 => block.cast(),
            _ => ptr::null_mut(),
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if is_plain(layout, layout.size()) {
            // SAFETY: no precondition.
            return unsafe { libc::calloc(layout.size(), 1) }.cast();
        }
        // SAFETY: the caller's promise.
        let block = unsafe { self.alloc(layout) };
        if !block.is_null() {
            // SAFETY: it is that long.
            unsafe { block.write_bytes(0, layout.size()) };
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: it came from one of these functions, all of which C frees so.
        unsafe { libc::free(block.cast()) };
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if is_plain(layout, size) {
            // SAFETY: it came from one of these functions.
            return unsafe { libc::realloc(block.cast(), size) }.cast();
        }
        // SAFETY: the caller's promise: a size that a layout can have.
        let other = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !other.is_null() {
            // SAFETY: both are that long, and one is new.
            unsafe { block.copy_to_nonoverlapping(other, layout.size().min(size)) };
            // SAFETY: the caller's promise.
            unsafe { self.dealloc(block, layout) };
        }
        other
    }
}

/// What the system calls when it unloads the library, and at the end of the process (after whatever has no number, and so
/// after a program's own, with which the static library is linked): nothing of the library's stays
/// in memory but what the program left open. Calls may come after it. (macOS has no such list any more, and seldom
/// unloads a library.)
#[cfg(target_os = "linux")]
#[used]
#[unsafe(link_section = ".fini_array.00101")]
static AT_THE_END: extern "C" fn() = at_the_end;

#[cfg(target_os = "linux")]
extern "C" fn at_the_end() {
    crate::handles::give_back_the_spare();
    crate::trace::end();
}

/// A panic is an error in the library. It says where, and ends the process.
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    let (file, line) = info.location().map_or(("?", 0), |place| (place.file(), place.line()));
    let mut digits = [b'0'; 10];
    let mut left = line;
    for digit in digits.iter_mut().rev() {
        let [last, ..] = (left % 10).to_le_bytes();
        *digit = last.wrapping_add(b'0');
        left /= 10;
    }
    let places = line.checked_ilog10().unwrap_or(0);
    let zeros = digits.len().saturating_sub(1).saturating_sub(places as usize);
    let digits = digits.get(zeros..).unwrap_or_default();
    let start = b"mmsystem: an error in the library itself, at ";
    let pieces = [start, file.as_bytes(), b":", digits, b"\n"];
    let pieces =
        pieces.map(|piece| libc::iovec { iov_base: piece.as_ptr().cast_mut().cast(), iov_len: piece.len() });
    // In one go, so that the line is one where several threads write.
    // SAFETY: five pieces, each valid for reading its length.
    unsafe { libc::writev(libc::STDERR_FILENO, pieces.as_ptr(), 5) };
    // SAFETY: no precondition.
    unsafe { libc::abort() }
}
