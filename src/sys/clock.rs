//! The monotonic clock.

/// Nanoseconds in a second and in a millisecond.
const SECOND: u64 = 1_000_000_000;
pub const MILLISECOND: u64 = 1_000_000;

/// Returns the time of the monotonic clock.
#[inline]
fn clock() -> libc::timespec {
    // SAFETY: timespec consists of integers, for which 0 is valid.
    let mut now: libc::timespec = unsafe { core::mem::zeroed() };
    // SAFETY: `now` is valid for writing. Every supported system has this clock.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut now) };
    now
}

/// Converts a field of a timespec. On this clock it is never negative; on some systems it has 32 bits.
#[inline]
fn unsigned(field: impl TryInto<u64>) -> u64 {
    field.try_into().unwrap_or(0)
}

/// Returns the time in nanoseconds.
pub fn monotonic() -> u64 {
    let now = clock();
    unsigned(now.tv_sec).wrapping_mul(SECOND).wrapping_add(unsigned(now.tv_nsec))
}

/// Returns the low 32 bits of the time in milliseconds.
#[inline]
pub fn milliseconds() -> u32 {
    let now = clock();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_advances() {
        let (before, milliseconds_before) = (monotonic(), milliseconds());
        super::super::sleep_micros(2_000);
        let (after, milliseconds_after) = (monotonic(), milliseconds());
        assert!(after >= before + 2 * MILLISECOND);
        assert!((2..1_000_000).contains(&milliseconds_after.wrapping_sub(milliseconds_before)));
    }
}
