use super::*;
use std::sync::Barrier;
use std::thread;

const TURNS: u32 = if cfg!(miri) { 100 } else { 10_000 };

/// Adds `turns` to the count, partly as the owner and partly with nested guards.
fn count_up(count: &Lock<Cell<u32>>, turns: u32) {
    for turn in 0..turns {
        let brief = if turn % 3 == 0 {
            count.with_if_owner(|count| Some(count.replace(count.get() + 1)))
        } else {
            None
        };
        if brief.is_none() {
            let outer = count.lock();
            let before = outer.get();
            if turn % 64 == 0 {
                thread::yield_now();
            }
            count.lock().set(before + 1);
        }
    }
}

#[test]
fn one_thread_at_a_time_is_inside_and_no_update_is_lost() {
    static COUNT: Lock<Cell<u32>> = Lock::new(Cell::new(0));
    let threads: Vec<_> = (0..4).map(|_| thread::spawn(|| count_up(&COUNT, TURNS))).collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(COUNT.lock().get(), 4 * TURNS);
}

#[test]
fn the_same_thread_may_lock_it_again() {
    let lock = Lock::new(());
    let outer = lock.lock();
    assert!(outer.is_outermost());
    let inner = lock.lock();
    assert!(!outer.is_outermost());
    drop(inner);
    assert!(outer.is_outermost());
}

#[test]
fn a_thread_waits_while_another_one_holds_the_lock() {
    static LOCK: Lock<Cell<bool>> = Lock::new(Cell::new(false));
    let held = LOCK.lock();
    let other = thread::spawn(|| LOCK.lock().get());
    thread::sleep(std::time::Duration::from_millis(50));
    assert!(thread::spawn(|| LOCK.try_lock().is_none()).join().unwrap());
    held.set(true);
    drop(held);
    assert!(other.join().unwrap());
}

#[test]
fn a_revoked_owner_may_lock_it_again_while_it_is_inside() {
    static LOCK: Lock<Cell<u32>> = Lock::new(Cell::new(0));
    static START: Barrier = Barrier::new(2);
    let outer = LOCK.lock();
    let other = thread::spawn(|| {
        START.wait();
        LOCK.lock().get()
    });
    START.wait();
    thread::sleep(std::time::Duration::from_millis(20));
    for _ in 0..3 {
        let inner = LOCK.lock();
        inner.set(inner.get() + 1);
    }
    drop(outer);
    assert_eq!(other.join().unwrap(), 3);
    count_up(&LOCK, 10);
    assert_eq!(LOCK.lock().get(), 13);
}

/// Whether this thread can own a lock: another thread may have claimed its record.
fn can_own() -> bool {
    let me = sys::thread_id();
    sys::record(me).claim(me)
}

#[test]
fn a_thread_that_locks_it_often_becomes_the_owner() {
    static LOCK: Lock<Cell<u32>> = Lock::new(Cell::new(0));
    count_up(&LOCK, 1);
    assert_eq!(LOCK.is_mine(), can_own());
    let second = || {
        count_up(&LOCK, 1);
        assert!(!LOCK.is_mine());
        count_up(&LOCK, 10 * u32::from(REBIAS_THRESHOLD));
        assert_eq!(LOCK.is_mine(), can_own());
        LOCK.disown();
        assert!(!LOCK.is_mine());
    };
    thread::spawn(second).join().unwrap();
    assert!(!LOCK.is_mine());
}

/// The id of a thread of the parent.
const OTHER: usize = 1 << 20;

#[test]
fn in_a_child_a_thread_that_was_entering_is_not_waited_for() {
    let lock = Lock::new(());
    lock.bias.owner.store(OTHER, Ordering::Relaxed);
    sys::record(OTHER).entering.store(lock.bias.address(), Ordering::Relaxed);
    assert!(matches!(lock.reclaim(true), ValueState::Consistent));
    drop(lock.lock());
}

#[test]
fn in_a_child_a_thread_at_the_end_of_its_pause_counts_as_paused() {
    let lock = Lock::new(());
    lock.bias.owner.store(OTHER, Ordering::Relaxed);
    lock.bias.depth.store(1, Ordering::Relaxed);
    assert!(matches!(lock.reclaim(true), ValueState::Paused(())));
    drop(lock.lock());
    // A thread that was not kept out may have been changing the value.
    lock.bias.owner.store(OTHER, Ordering::Relaxed);
    lock.bias.depth.store(1, Ordering::Relaxed);
    assert!(matches!(lock.reclaim(false), ValueState::Inconsistent(())));
}
