//! What the library does when it is loaded, and what it frees when it is unloaded (Linux).

/// Called by the system when it loads the library. A process usually has one thread then, which makes the registration
/// of the barrier cheap.
#[used]
#[unsafe(link_section = ".init_array.00101")]
static ON_LOAD: extern "C" fn() = on_load;

extern "C" fn on_load() {
    crate::sys::prepare_barrier();
    // A failure is ignored: the registration is retried when it is needed.
    let _ = crate::fork::register_handlers();
}

/// Called by the system when it unloads the library and when the process exits. Afterwards only what the program left
/// open is still allocated. The number in the section name orders it after the destructors of a program that is linked
/// with the static library. The program may still call the library afterwards. (On macOS there is no such section, and
/// libraries are rarely unloaded.)
#[used]
#[unsafe(link_section = ".fini_array.00101")]
static ON_UNLOAD: extern "C" fn() = on_unload;

extern "C" fn on_unload() {
    crate::sys::stop_fork_handling();
    crate::timer::end();
    crate::handles::free_cached_allocation();
    crate::path::clear();
    crate::trace::end();
}
