//! The lock of the library, the source file itself, under loom: all interleavings of a few threads.
#![cfg(loom)]
#![allow(dead_code)]

#[path = "../../src/lock.rs"]
mod lock;

mmsystem_models::system!(loom);

use core::cell::Cell;
use lock::Lock;
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;

/// A number that loom tracks: two threads that access it at the same time are an error.
type Watched = Lock<UnsafeCell<u32>>;

fn add_one(lock: &Watched) {
    let held = lock.lock();
    // SAFETY: the lock is held.
    held.with_mut(|number| unsafe { *number += 1 });
}

fn add_one_if_owner(lock: &Watched) {
    // SAFETY: this thread owns the lock, and keeps others out.
    let added = lock.with_if_owner(|number| Some(number.with_mut(|number| unsafe { *number += 1 })));
    if added.is_none() {
        add_one(lock);
    }
}

fn total(lock: &Watched) -> u32 {
    let held = lock.lock();
    // SAFETY: the lock is held.
    held.with(|number| unsafe { *number })
}

/// Each of `threads` takes the lock `turns` times. None waits for ever, which loom would report as a deadlock.
fn all_get_their_turn(threads: u32, turns: u32) {
    loom::model(move || {
        let lock = Arc::new(Watched::new(UnsafeCell::new(0)));
        let others: Vec<_> = (1..threads)
            .map(|_| {
                let lock = Arc::clone(&lock);
                thread::spawn(move || (0..turns).for_each(|_| add_one(&lock)))
            })
            .collect();
        (0..turns).for_each(|_| add_one(&lock));
        others.into_iter().for_each(|other| other.join().unwrap());
        assert_eq!(total(&lock), threads * turns);
    });
}

#[test]
fn two_threads_get_their_turns() {
    all_get_their_turn(2, 2);
}

#[test]
fn three_threads_get_their_turn() {
    all_get_their_turn(3, 1);
}

/// The owner enters with plain stores while another thread revokes it.
#[test]
fn an_owner_and_a_revoker_are_never_inside_together() {
    loom::model(|| {
        let lock = Arc::new(Watched::new(UnsafeCell::new(0)));
        add_one(&lock);
        assert!(lock.is_mine());
        let revoker = {
            let lock = Arc::clone(&lock);
            thread::spawn(move || add_one(&lock))
        };
        add_one_if_owner(&lock);
        add_one(&lock);
        revoker.join().unwrap();
        assert_eq!(total(&lock), 4);
    });
}

/// The first owner may sleep between its first look at `owner` and its store, until the lock has another owner.
#[test]
fn a_delayed_owner_does_not_disturb_a_later_owner() {
    loom::model(|| {
        let lock = Arc::new(Watched::new(UnsafeCell::new(0)));
        add_one(&lock);
        let other = {
            let lock = Arc::clone(&lock);
            thread::spawn(move || {
                (0..3).for_each(|_| add_one(&lock));
                add_one_if_owner(&lock);
            })
        };
        add_one_if_owner(&lock);
        other.join().unwrap();
        assert_eq!(total(&lock), 6);
    });
}

#[test]
fn the_next_owner_sees_the_writes_of_one_that_gave_up_the_lock() {
    loom::model(|| {
        let lock = Arc::new(Watched::new(UnsafeCell::new(0)));
        add_one(&lock);
        let other = {
            let lock = Arc::clone(&lock);
            thread::spawn(move || {
                add_one(&lock);
                lock.try_lock().map(|held| held.with_mut(|number| unsafe { *number += 1 })).map_or(0, |()| 1)
            })
        };
        add_one(&lock);
        lock.disown();
        let tried = other.join().unwrap();
        assert_eq!(total(&lock), 3 + tried);
    });
}

#[test]
fn a_nested_lock_is_held_until_the_last_guard_is_dropped() {
    loom::model(|| {
        let lock = Arc::new(Watched::new(UnsafeCell::new(0)));
        let other = {
            let lock = Arc::clone(&lock);
            thread::spawn(move || add_one(&lock))
        };
        let outer = lock.lock();
        add_one(&lock);
        assert!(outer.is_outermost());
        // SAFETY: the lock is still held.
        outer.with_mut(|number| unsafe { *number += 1 });
        drop(outer);
        other.join().unwrap();
        assert_eq!(total(&lock), 3);
    });
}

/// An owner locks the lock again while inside; another thread tries to lock it, and then waits for it.
#[test]
fn a_nested_owner_with_a_try_lock_and_a_waiter() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(4);
    model.check(|| {
        let lock = Arc::new(Watched::new(UnsafeCell::new(0)));
        add_one(&lock);
        let other = {
            let lock = Arc::clone(&lock);
            thread::spawn(move || {
                drop(lock.try_lock());
                add_one(&lock);
            })
        };
        let outer = lock.lock();
        add_one(&lock);
        drop(outer);
        other.join().unwrap();
        assert_eq!(total(&lock), 3);
    });
}

/// What a forked child would find: two numbers that are equal, except during `add_one_to_both`. Loom does not track
/// them, as a fork copies the memory of all threads as it is.
type Pair = Lock<[Cell<u32>; 2]>;

fn add_one_to_both([first, second]: &[Cell<u32>; 2]) {
    first.set(first.get() + 1);
    thread::yield_now();
    second.set(second.get() + 1);
}

/// Reads the pair as a child would: keeps other threads out, and waits for those that are inside and not paused.
fn look_as_a_child(lock: &Pair) -> u32 {
    sys::begin_forking();
    sys::wait_while(|| lock.is_busy());
    let [first, second] = lock.peek(|pair| pair.each_ref().map(Cell::get));
    sys::end_forking();
    assert_eq!(first, second, "a fork found it half done");
    first
}

fn with_a_fork(f: impl Fn() + Sync + Send + 'static) {
    sys::HAS_FORK.store(true, std::sync::atomic::Ordering::Relaxed);
    loom::model(f);
    sys::HAS_FORK.store(false, std::sync::atomic::Ordering::Relaxed);
}

#[test]
fn a_fork_finds_no_owner_half_done() {
    with_a_fork(|| {
        let lock = Arc::new(Pair::new([Cell::new(0), Cell::new(0)]));
        add_one_to_both(&lock.lock());
        let other = {
            let lock = Arc::clone(&lock);
            thread::spawn(move || look_as_a_child(&lock))
        };
        if lock.with_if_owner(|pair| Some(add_one_to_both(pair))).is_none() {
            add_one_to_both(&lock.lock());
        }
        let held = lock.lock();
        lock.pauses().during(thread::yield_now);
        add_one_to_both(&held);
        drop(held);
        assert!((1..=3).contains(&other.join().unwrap()));
    });
}

/// Like the test above, for a thread that takes the mutex, and locks it again during a pause.
#[test]
fn a_fork_finds_no_mutex_holder_half_done() {
    with_a_fork(|| {
        let lock = Arc::new(Pair::new([Cell::new(0), Cell::new(0)]));
        drop(lock.lock());
        let other = {
            let lock = Arc::clone(&lock);
            thread::spawn(move || {
                let held = lock.lock();
                add_one_to_both(&held);
                lock.pauses().during(|| add_one_to_both(&lock.lock()));
                add_one_to_both(&held);
            })
        };
        assert!(look_as_a_child(&lock) <= 3);
        other.join().unwrap();
    });
}
