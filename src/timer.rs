//! The timers of `timeSetEvent`: a list of them, and one thread that calls back, started with the first.
//!
//! A timer's times are counted from when it was set, and not from when the thread comes to it: one that is late is not late
//! for ever, and loses no call. While a callback runs nothing is locked.

mod callback;

pub use callback::Callback;

use crate::error::Error;
use crate::sys::{self, Monitor, MonitorGuard, Thread};
use core::sync::atomic::{AtomicBool, Ordering};

#[derive(Clone, Copy, Debug)]
struct Timer {
    id: u32,
    /// When it is due, in nanoseconds.
    due: u64,
    /// From one call to the next, in nanoseconds; 0 if there is but one.
    period: u64,
    /// Killing it waits for a call that is running.
    is_synchronous: bool,
    callback: Callback,
}

pub struct Timers {
    /// Those still to be called, the one that is due first at the end.
    pending: Vec<Timer>,
    last_id: u32,
    /// The timer whose callback runs.
    running: Option<Timer>,
    /// That one is a one-shot timer that was not killed.
    is_last_call: bool,
    thread: Option<Thread>,
    /// How many forks led here; a thread that finds another count is a copy, of which there is only one in a child.
    fork_count: u32,
    /// The thread is to end.
    ends: bool,
}

static TIMERS: Monitor<Timers> = Monitor::new(Timers::none(0));

/// Whether the thread that forks has the timers locked.
static IS_HELD: AtomicBool = AtomicBool::new(false);

/// Before a fork, with other threads kept out of the library's locks: keeps them from the timers.
pub fn lock_for_fork() {
    IS_HELD.store(TIMERS.lock_for_fork(), Ordering::Relaxed);
}

/// After it, in the parent.
pub fn unlock_after_fork() {
    if IS_HELD.swap(false, Ordering::Relaxed) {
        TIMERS.unlock();
    }
}

/// In the child. There no timers run, until it sets some.
///
/// # Safety
/// - This thread must be the only one.
pub unsafe fn reset_in_child() {
    let is_whole = IS_HELD.swap(false, Ordering::Relaxed);
    let forget = |timers: &mut Timers| {
        let mut before = core::mem::replace(timers, Timers::none(timers.fork_count.wrapping_add(1)));
        timers.last_id = before.last_id;
        let pending = core::mem::take(&mut before.pending);
        if !is_whole {
            // Another thread, or a handler's, may have left it half done.
            core::mem::forget(pending);
        }
    };
    // SAFETY: the caller's promise; who forks in the middle of using them has them not held, and is not to go on with them.
    unsafe { TIMERS.reset(forget) };
}

impl Timers {
    const fn none(fork_count: u32) -> Timers {
        Timers {
            pending: Vec::new(),
            last_id: 0,
            running: None,
            is_last_call: false,
            thread: None,
            fork_count,
            ends: false,
        }
    }

    /// An id that no timer has.
    fn new_id(&mut self) -> u32 {
        loop {
            self.last_id = self.last_id.wrapping_add(1);
            let id = self.last_id;
            if id != 0 && self.running.iter().chain(&self.pending).all(|timer| timer.id != id) {
                return id;
            }
        }
    }

    /// Adds a timer, for which there is room: behind those that are due at the same time.
    fn add(&mut self, timer: Timer) {
        let index = self.pending.partition_point(|other| other.due > timer.due);
        self.pending.insert(index, timer);
    }

    /// Takes the timer out that is due, and counts it as the one that runs.
    fn next(&mut self, now: u64) -> Option<Timer> {
        let timer = *self.pending.last().filter(|timer| timer.due <= now)?;
        self.pending.pop();
        if timer.period > 0 {
            self.add(Timer { due: timer.due.saturating_add(timer.period), ..timer });
        }
        (self.running, self.is_last_call) = (Some(timer), timer.period == 0);
        Some(timer)
    }
}

/// Sets a timer. Its id is not 0. If it `is_synchronous`, killing it waits for a call that is running.
pub fn set(delay: u32, is_periodic: bool, is_synchronous: bool, callback: Callback) -> Result<u32, Error> {
    let delay = u64::from(delay).saturating_mul(sys::MILLISECOND);
    let due = sys::monotonic().saturating_add(delay);
    let mut timers = TIMERS.lock();
    // Room for this one, and for the one that runs: it may come back.
    timers.pending.try_reserve(2)?;
    start(&mut timers)?;
    let id = timers.new_id();
    timers.add(Timer { id, due, period: if is_periodic { delay } else { 0 }, is_synchronous, callback });
    timers.notify_all();
    Ok(id)
}

/// Starts the thread, unless it is there.
fn start(timers: &mut MonitorGuard<Timers>) -> Result<(), Error> {
    if timers.thread.is_none() {
        timers.use_monotonic_clock()?;
        timers.ends = false;
        timers.thread = Some(Thread::start(run)?);
    }
    Ok(())
}

/// Kills a timer: its callback is not called any more. False if there is no such timer.
pub fn kill(id: u32) -> bool {
    let mut timers = TIMERS.lock();
    let index = timers.pending.iter().position(|timer| timer.id == id);
    let running = timers.running.filter(|timer| timer.id == id);
    match (index, running) {
        (Some(index), _) => drop(timers.pending.remove(index)),
        (None, Some(_)) if timers.is_last_call => timers.is_last_call = false,
        _ => return false,
    }
    // (A callback that kills its own timer cannot wait for itself.)
    if running.is_some_and(|timer| timer.is_synchronous) && !timers.thread.is_some_and(Thread::is_current) {
        while timers.running.is_some_and(|timer| timer.id == id) {
            timers.wait(None);
        }
    }
    true
}

/// The thread: calls back whatever is due, and waits for the next.
fn run() {
    let mut timers = TIMERS.lock();
    let fork_count = timers.fork_count;
    while !timers.ends {
        if let Some(timer) = timers.next(sys::monotonic()) {
            drop(timers);
            timer.callback.call(timer.id);
            timers = TIMERS.lock();
            if timers.fork_count != fork_count {
                return;
            }
            timers.running = None;
            timers.notify_all();
        } else {
            let until = timers.pending.last().map(|timer| timer.due);
            timers.wait(until);
        }
    }
}

/// Ends the thread, when the library is unloaded or the process exits. A callback that runs is not waited for longer than a
/// moment: at the exit of a process it may wait for whoever exits.
#[cfg(target_os = "linux")]
pub fn end() {
    const EXIT_TIMEOUT: u64 = 500 * sys::MILLISECOND;
    let mut timers = TIMERS.lock();
    let Some(thread) = timers.thread.take() else { return };
    timers.pending = Vec::new();
    (timers.ends, timers.is_last_call) = (true, false);
    timers.notify_all();
    if thread.is_current() {
        return;
    }
    let until = sys::monotonic().saturating_add(EXIT_TIMEOUT);
    while timers.running.is_some() {
        if sys::monotonic() >= until {
            return;
        }
        timers.wait(Some(until));
    }
    drop(timers);
    thread.join();
}
