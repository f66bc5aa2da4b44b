//! What the models share: the part of `sys` that the lock uses, on the primitives of loom or shuttle.

/// Defines the module `sys` for `loom` or `shuttle`.
#[macro_export]
macro_rules! system {
    ($checker:ident) => {
        mod sys {
            use atomic::{AtomicBool, AtomicUsize, Ordering, fence};
            pub use $checker::sync::atomic;
            use $checker::sync::{Condvar, Mutex};

            static NEXT_ID: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(1);

            $checker::thread_local! {
                static ID: usize = NEXT_ID.fetch_add(1, std::sync::atomic::Ordering::Relaxed) * 4;
            }

            $checker::lazy_static! {
                static ref PARKING: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());
                static ref RECORDS: [Record; 8] = std::array::from_fn(|_| Record::new());
                static ref IS_FORKING: AtomicBool = AtomicBool::new(false);
            }

            /// Returns the id of this thread, unique within a run.
            pub fn thread_id() -> usize {
                ID.with(|id| *id)
            }

            pub struct Record {
                thread: AtomicUsize,
                pub entering: AtomicUsize,
            }

            impl Record {
                fn new() -> Record {
                    Record { thread: AtomicUsize::new(0), entering: AtomicUsize::new(0) }
                }

                pub fn claim(&self, thread: usize) -> bool {
                    match self.thread.compare_exchange(0, thread, Ordering::Relaxed, Ordering::Relaxed) {
                        Ok(_) => true,
                        Err(owner) => owner == thread,
                    }
                }
            }

            pub fn record(thread: usize) -> &'static Record {
                &RECORDS[thread / 4 % 8]
            }

            /// Whether the model has a fork. Without one, fewer interleavings are explored.
            pub static HAS_FORK: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

            fn has_fork() -> bool {
                HAS_FORK.load(std::sync::atomic::Ordering::Relaxed)
            }

            /// The two halves of the barrier together are equivalent to two fences.
            pub fn light_barrier() -> bool {
                fence(Ordering::SeqCst);
                !has_fork() || !IS_FORKING.load(Ordering::Relaxed)
            }

            /// Not a fence: that would acquire what the lock itself must acquire.
            pub fn may_be_inside() -> bool {
                !has_fork() || !IS_FORKING.fetch_or(false, Ordering::Release)
            }

            pub fn begin_forking() {
                IS_FORKING.swap(true, Ordering::AcqRel);
                fence(Ordering::SeqCst);
            }

            pub fn end_forking() {
                IS_FORKING.swap(false, Ordering::Relaxed);
            }

            pub fn wait_for_fork() {
                wait_while(|| IS_FORKING.load(Ordering::Relaxed));
            }

            pub fn process_barrier() {
                fence(Ordering::SeqCst);
            }

            pub fn prepare_barrier() {}

            pub fn uncancelled<R>(f: impl FnOnce() -> R) -> R {
                f()
            }

            pub fn wait_while(condition: impl Fn() -> bool) {
                while condition() {
                    $checker::thread::yield_now();
                }
            }

            pub struct RawMutex {
                locked: AtomicBool,
            }

            impl RawMutex {
                #[cfg(loom)]
                pub fn new() -> RawMutex {
                    RawMutex { locked: AtomicBool::new(false) }
                }

                #[cfg(shuttle)]
                pub const fn new() -> RawMutex {
                    RawMutex { locked: AtomicBool::new(false) }
                }

                pub fn try_lock(&self) -> bool {
                    self.locked.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok()
                }

                pub fn lock(&self) {
                    let mut held = PARKING.0.lock().unwrap();
                    while !self.try_lock() {
                        held = PARKING.1.wait(held).unwrap();
                    }
                }

                /// # Safety
                /// - This thread locked it.
                pub unsafe fn unlock(&self) {
                    self.locked.store(false, Ordering::Release);
                    let held = PARKING.0.lock().unwrap();
                    PARKING.1.notify_all();
                    drop(held);
                }
            }
        }
    };
}
