//! The lock of the library, the very source file, under loom: all orders in which a few threads can use it.
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

/// A number that loom watches: two threads at it at the same time are an error.
type Watched = Lock<UnsafeCell<u32>>;

fn add_one(lock: &Watched) {
    let held = lock.lock();
    // SAFETY: the lock is held.
    held.with_mut(|number| unsafe { *number += 1 });
}

fn add_one_if_owner(lock: &Watched) {
    // SAFETY: the lock is this thread's.
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

/// Each of `threads` takes the lock `turns` times; none waits for ever (loom calls that a deadlock).
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

/// The owner goes in by plain stores, while another thread revokes it.
#[test]
fn an_owner_and_a_revoker_are_not_inside_together() {
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

/// The first owner may be asleep between its first look and its store when the lock has another owner.
#[test]
fn an_owner_that_comes_late_disturbs_no_later_owner() {
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
fn an_owner_that_gives_it_up_is_seen_by_the_next() {
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
fn a_thread_that_locks_it_again_keeps_it_until_the_last_guard() {
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

/// An owner that is inside, and locks it again; another thread that tries to lock it, and then waits for it.
#[test]
fn a_nested_owner_a_trier_and_a_waiter() {
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

/// What a forked child would find: two numbers that are the same, but in the middle of `add_one_to_both`. (Loom does not
/// watch them: a fork sees the memory of all threads as they have it.)
type Pair = Lock<[Cell<u32>; 2]>;

fn add_one_to_both([first, second]: &[Cell<u32>; 2]) {
    first.set(first.get() + 1);
    thread::yield_now();
    second.set(second.get() + 1);
}

/// As before a fork: others are kept out, and waited for unless they are paused.
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
fn a_fork_finds_nobody_in_the_middle() {
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

/// The same, of a thread that comes by the mutex, and locks it again in a pause.
#[test]
fn a_fork_finds_no_other_in_the_middle() {
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
