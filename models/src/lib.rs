//! What the models share: what the lock asks of the system, as loom and shuttle have it.

/// The module `sys` of one of the two, and more that goes into it.
#[macro_export]
macro_rules! system {
    ($checker:ident $($more:tt)*) => {
        mod sys {
            pub use $checker::sync::atomic;
            use $checker::sync::{Condvar, Mutex};
            use std::sync::atomic::{AtomicUsize, Ordering};

            static NUMBERS: AtomicUsize = AtomicUsize::new(1);

            $checker::thread_local! {
                static OWN: usize = NUMBERS.fetch_add(1, Ordering::Relaxed) * 2;
            }

            $checker::lazy_static! {
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

            $($more)*
        }
    };
}
