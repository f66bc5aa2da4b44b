//! The clocks, and sleep.

use std::thread;
use std::time::Duration;

/// Nanoseconds in a second and in a millisecond.
const SECOND: u64 = 1_000_000_000;
pub const MILLISECOND: u64 = 1_000_000;

/// Seconds and nanoseconds.
pub type Time = (i64, i64);

/// Returns the time of a clock.
#[inline]
fn read_clock(clock: libc::clockid_t) -> libc::timespec {
    // SAFETY: timespec consists of integers, for which 0 is valid.
    let mut now: libc::timespec = unsafe { core::mem::zeroed() };
    // SAFETY: `now` is valid for writing. Every supported system has the clocks used here.
    unsafe { libc::clock_gettime(clock, &mut now) };
    now
}

/// Converts a field of a timespec, which is not negative. On some systems it has 32 bits.
#[inline]
fn unsigned(field: impl TryInto<u64>) -> u64 {
    field.try_into().unwrap_or(0)
}

/// Returns the time of the monotonic clock in nanoseconds.
pub fn monotonic() -> u64 {
    let now = read_clock(libc::CLOCK_MONOTONIC);
    unsigned(now.tv_sec).wrapping_mul(SECOND).wrapping_add(unsigned(now.tv_nsec))
}

/// Returns the low 32 bits of the time of the monotonic clock in milliseconds.
#[inline]
pub fn milliseconds() -> u32 {
    let now = read_clock(libc::CLOCK_MONOTONIC);
    let all = unsigned(now.tv_sec).wrapping_mul(1000).wrapping_add(unsigned(now.tv_nsec) / MILLISECOND);
    let [a, b, c, d, ..] = all.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// Converts nanoseconds to a timespec.
pub fn timespec(nanoseconds: u64) -> libc::timespec {
    // SAFETY: timespec consists of integers, for which 0 is valid.
    let mut time: libc::timespec = unsafe { core::mem::zeroed() };
    time.tv_sec = (nanoseconds / SECOND).try_into().unwrap_or(i32::MAX.into());
    time.tv_nsec = (nanoseconds % SECOND).try_into().unwrap_or(0);
    time
}

/// Returns the time of the real-time clock, which stamps directories.
#[allow(clippy::useless_conversion)]
pub fn now() -> Time {
    let now = read_clock(libc::CLOCK_REALTIME);
    (now.tv_sec.into(), now.tv_nsec.into())
}

/// Returns the nanoseconds of the current second.
pub fn subsecond_nanos() -> u32 {
    u32::try_from(now().1).unwrap_or(0)
}

pub fn sleep_micros(microseconds: u16) {
    thread::sleep(Duration::from_micros(microseconds.into()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clocks_advance_by_at_least_a_sleep() {
        let (before, milliseconds_before) = (monotonic(), milliseconds());
        sleep_micros(2_000);
        let (after, milliseconds_after) = (monotonic(), milliseconds());
        assert!(after >= before + 2 * MILLISECOND);
        assert!((2..1_000_000).contains(&milliseconds_after.wrapping_sub(milliseconds_before)));
        assert!(subsecond_nanos() < 1_000_000_000);
    }
}
