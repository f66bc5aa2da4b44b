//! The lock of the library, the very source file, under loom: all orders in which a few threads can use it.
#![cfg(loom)]
#![allow(dead_code)]

#[path = "../../src/lock.rs"]
mod lock;

/// What the lock asks of the system, as loom has it.
mod sys {
    pub use loom::sync::atomic;
    use loom::sync::{Condvar, Mutex};
    use std::sync::atomic::{AtomicUsize, Ordering};

    static NUMBERS: AtomicUsize = AtomicUsize::new(1);

    loom::thread_local! {
        static OWN: usize = NUMBERS.fetch_add(1, Ordering::Relaxed) * 2;
    }

    loom::lazy_static! {
        static ref BED: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());
    }

    pub fn thread_number() -> usize {
        OWN.with(|own| *own)
    }

    pub fn is_single_threaded() -> bool {
        false
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Attempt {
        Done,
        Again,
        Sleep,
    }

    pub fn sleep_until(_: usize, attempt: impl Fn() -> Attempt) {
        let mut held = BED.0.lock().unwrap();
        loop {
            match attempt() {
                Attempt::Done => break,
                Attempt::Again => {}
                Attempt::Sleep => held = BED.1.wait(held).unwrap(),
            }
        }
    }

    pub fn wake_all(_: usize, act: impl FnOnce()) {
        let held = BED.0.lock().unwrap();
        act();
        BED.1.notify_all();
        drop(held);
    }
}

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
