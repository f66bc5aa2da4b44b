//! What the library does when it is loaded, and what it gives back when it is unloaded.

/// Called by the system when it unloads the library, and when the process exits. Afterwards only what the program left
/// open is still allocated. The number puts it after the program's own destructors, with which the static library is
/// linked. Calls may still come after it. (macOS has no such list any more, and seldom unloads a library.)
#[used]
#[unsafe(link_section = ".fini_array.00101")]
static ON_UNLOAD: extern "C" fn() = on_unload;

extern "C" fn on_unload() {
    crate::sys::stop_fork_handling();
    crate::timer::end();
    crate::handles::free_cached_allocation();
    crate::path::forget();
    crate::trace::end();
}

/// Called by the system when it loads the library. Then a process mostly has one thread.
#[used]
#[unsafe(link_section = ".init_array.00101")]
static ON_LOAD: extern "C" fn() = on_load;

extern "C" fn on_load() {
    crate::sys::prepare_barrier();
    // (Where there is no memory for it now, it is tried again.)
    let _ = crate::fork::register_handlers();
}
