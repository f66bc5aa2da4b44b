//! The timers of `timeSetEvent`: a list of timers, and one thread that calls the callbacks, started with the first
//! timer.
//!
//! The times of a timer are relative to when it was set: a late call does not delay later ones, and none is lost.
//! `TIMERS` guards everything here. It is not locked while a callback runs.

mod callback;

pub use callback::Callback;

use crate::error::Error;
use crate::sys::{self, Monitor, MonitorGuard, Thread, Timeout};

#[derive(Clone, Copy, Debug)]
struct Timer {
    id: u32,
    /// When the next call is due, in nanoseconds.
    due: u64,
    /// Time between calls in nanoseconds; 0 for a one-shot timer.
    period: u64,
    /// Whether killing it waits for a callback that is running.
    is_synchronous: bool,
    callback: Callback,
}

pub struct Timers {
    /// Timers with a call to come, the earliest last.
    pending: Vec<Timer>,
    last_id: u32,
    /// The timer whose callback is running.
    running: Option<Timer>,
    /// Whether that call is its last, and it was not killed: then killing it still succeeds.
    is_last_call: bool,
    thread: Option<Thread>,
    /// Number of forks that led to this process. If it has changed after a callback, the callback has forked, and this
    /// is the child's only thread: a copy of the timer thread, which ends.
    fork_count: u32,
    /// Whether the thread must end, and no new timer may be set.
    ends: bool,
}

static TIMERS: Monitor<Timers> = Monitor::new(Timers::none(0));

/// Before a fork, with other threads kept out: see `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| TIMERS.is_busy())
}

/// After a fork, in the child, which has no timers until it sets some.
///
/// # Safety
/// - This thread must be the only one.
pub unsafe fn reset_in_child() {
    let forget = |timers: &mut Timers, is_whole: bool| {
        let mut before = core::mem::replace(timers, Timers::none(timers.fork_count.wrapping_add(1)));
        timers.last_id = before.last_id;
        let pending = core::mem::take(&mut before.pending);
        if !is_whole {
            // Another thread, or this one before a signal, may have left it half changed.
            core::mem::forget(pending);
        }
    };
    // SAFETY: the caller promises that there is one thread. It has no guard here, unless it forked in a signal handler
    // that interrupted a call on the timers. Such a child must not return to that call: in it POSIX permits
    // async-signal-safe functions only.
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

    /// Returns an unused id.
    fn new_id(&mut self) -> u32 {
        loop {
            self.last_id = self.last_id.wrapping_add(1);
            let id = self.last_id;
            if id != 0 && self.running.iter().chain(&self.pending).all(|timer| timer.id != id) {
                return id;
            }
        }
    }

    /// Adds a timer, after those that are due at the same time. The vector must have room for it.
    fn add(&mut self, timer: Timer) {
        let index = self.pending.partition_point(|other| other.due > timer.due);
        self.pending.insert(index, timer);
    }

    /// Takes the next timer that is due, and makes it the running one.
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

/// Sets a timer. Returns its id, which is not 0. If it `is_synchronous`, killing it waits for a callback that is
/// running.
pub fn set(delay: u32, is_periodic: bool, is_synchronous: bool, callback: Callback) -> Result<u32, Error> {
    let delay = u64::from(delay).saturating_mul(sys::MILLISECOND);
    let due = sys::monotonic().saturating_add(delay);
    let mut timers = TIMERS.lock();
    if timers.ends {
        // (A callback that `end` waits for may set its timer again.)
        return Err(Error::Busy);
    }
    // Room for this timer and for the running one, which may be added again.
    timers.pending.try_reserve(2)?;
    start(&mut timers)?;
    let id = timers.new_id();
    timers.add(Timer { id, due, period: if is_periodic { delay } else { 0 }, is_synchronous, callback });
    timers.notify_all();
    Ok(id)
}

/// Starts the thread, unless it is running.
fn start(timers: &mut MonitorGuard<Timers>) -> Result<(), Error> {
    if timers.thread.is_none() {
        timers.use_monotonic_clock()?;
        timers.thread = Some(Thread::start(run)?);
    }
    Ok(())
}

/// Kills a timer: its callback is not called again. Returns false if there is no such timer.
pub fn kill(id: u32) -> bool {
    let mut timers = TIMERS.lock();
    let index = timers.pending.iter().position(|timer| timer.id == id);
    let running = timers.running.filter(|timer| timer.id == id);
    match (index, running) {
        (Some(index), _) => drop(timers.pending.remove(index)),
        (None, Some(_)) if timers.is_last_call => timers.is_last_call = false,
        _ => return false,
    }
    // A callback that kills its own timer cannot wait for itself.
    if running.is_some_and(|timer| timer.is_synchronous) && !timers.thread.is_some_and(Thread::is_current) {
        while timers.running.is_some_and(|timer| timer.id == id) {
            timers.wait(None);
        }
    }
    true
}

/// The timer thread: calls the callbacks that are due, and waits for the next.
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

/// Ends the thread when the library is unloaded or the process exits. Waits for a running callback for half a second
/// only: at exit the callback may be waiting for the exiting thread.
#[cfg(target_os = "linux")]
pub fn end() {
    const EXIT_TIMEOUT: u64 = 500 * sys::MILLISECOND;
    let mut timers = TIMERS.lock();
    timers.ends = true;
    let Some(thread) = timers.thread.take() else { return };
    timers.pending = Vec::new();
    timers.is_last_call = false;
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
