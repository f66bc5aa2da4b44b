//! The handle table of the library, the source file itself with that of its lock, under shuttle: many interleavings of
//! threads that open, use and close the same few files.
#![cfg(shuttle)]
#![allow(dead_code)]

extern crate alloc;

#[path = "../../src/handles.rs"]
mod handles;
#[path = "../../src/lock.rs"]
mod lock;

mod abi {
    pub type HMMIO = *mut core::ffi::c_void;
}

mod error {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Error {
        InvalidHandle,
        OutOfMemory,
        CannotOpen,
    }
}

mod name {
    pub struct Name;
}

/// Tracing is off.
mod trace {
    pub fn is_on() -> bool {
        false
    }

    pub fn closed(_: crate::abi::HMMIO) {}
}

mod memory {
    use core::ptr::NonNull;
    use shuttle::sync::atomic::{AtomicUsize, Ordering};
    use shuttle::thread;

    /// Whether there is a lease, and the number of threads that are using it.
    pub struct Lease {
        pub leased: core::cell::Cell<bool>,
        inside: AtomicUsize,
    }

    impl Lease {
        pub const fn none() -> Lease {
            Lease { leased: core::cell::Cell::new(false), inside: AtomicUsize::new(0) }
        }

        /// Reads, if there is a lease. Panics if another thread uses the file meanwhile.
        pub fn read(&self) -> Option<()> {
            let alone = || self.inside.load(Ordering::SeqCst) == 0;
            assert!(alone(), "two threads use one file");
            if !self.leased.get() {
                return None;
            }
            self.inside.fetch_add(1, Ordering::SeqCst);
            thread::yield_now();
            assert!(self.leased.get(), "a lease is revoked while it is used");
            assert_eq!(self.inside.fetch_sub(1, Ordering::SeqCst), 1, "two threads use one file");
            Some(())
        }
    }

    pub fn boxed<T>(value: T) -> Result<Box<T>, T> {
        Ok(Box::new(value))
    }

    /// The model never needs a second segment.
    pub unsafe fn zeroed<T>(_: usize) -> Result<NonNull<T>, ()> {
        Err(())
    }
}

/// A file that panics if two threads use it at once, or if it is used after its end.
mod file {
    use crate::abi::HMMIO;
    use crate::error::Error;
    use crate::lock::Pauses;
    use crate::memory::Lease;
    use crate::name::Name;
    use core::cell::Cell;
    use shuttle::sync::atomic::{AtomicUsize, Ordering};
    use shuttle::thread;

    pub struct OpenRequest {
        pub tag: usize,
        pub fails: bool,
    }

    const ALIVE: usize = 0xa11fe;
    const DEAD: usize = 0xdead;

    pub struct File {
        life: Cell<usize>,
        /// The number of calls that are using it, and their thread. The file has no lock of its own.
        inside: AtomicUsize,
        owner: Cell<usize>,
        request: OpenRequest,
        handle: Cell<usize>,
        closed: Cell<bool>,
        leased: Cell<bool>,
    }

    impl File {
        pub fn new(request: OpenRequest, _: &'static Pauses) -> File {
            File {
                life: Cell::new(ALIVE),
                inside: AtomicUsize::new(0),
                owner: Cell::new(0),
                request,
                handle: Cell::new(0),
                closed: Cell::new(false),
                leased: Cell::new(false),
            }
        }

        pub fn set_handle(&self, handle: HMMIO) {
            self.handle.set(handle.addr());
        }

        /// Runs `f`. Panics if another thread uses the file meanwhile.
        fn alone<R>(&self, f: impl FnOnce() -> R) -> R {
            assert_eq!(self.life.get(), ALIVE, "a file is used after its end");
            let before = self.inside.fetch_add(1, Ordering::SeqCst);
            let me = crate::sys::thread_id();
            assert!(before == 0 || self.owner.get() == me, "two threads use one file");
            self.owner.set(me);
            thread::yield_now();
            let result = f();
            assert_eq!(self.inside.fetch_sub(1, Ordering::SeqCst), before + 1, "two threads use one file");
            assert_eq!(self.life.get(), ALIVE, "a file ends while it is used");
            result
        }

        pub fn open(&self, _: Option<&Name>) -> Result<(), Error> {
            self.alone(|| if self.request.fails { Err(Error::CannotOpen) } else { Ok(()) })
        }

        pub fn is_closed(&self) -> bool {
            self.closed.get()
        }

        pub fn run<R>(&self, call: impl FnOnce(&File) -> Result<R, Error>) -> Result<R, Error> {
            assert!(!self.closed.get(), "a closed file is used");
            self.alone(|| call(self))
        }

        pub fn revoke_lease(&self, lease: &Lease) {
            assert_eq!(lease.leased.replace(false), self.leased.replace(false), "a lease of another file");
        }

        pub fn renew_lease(&self, lease: &Lease) {
            assert!(!lease.leased.replace(true));
            self.leased.set(true);
        }

        pub fn tag(&self) -> usize {
            self.request.tag
        }

        pub fn close(&self) {
            self.closed.set(true);
        }
    }

    impl Drop for File {
        fn drop(&mut self) {
            assert_eq!(self.life.replace(DEAD), ALIVE, "a file ends twice");
        }
    }
}

mmsystem_models::system!(shuttle);

use error::Error;
use file::OpenRequest;
use shuttle::sync::Arc;
use shuttle::sync::atomic::{AtomicUsize, Ordering};
use shuttle::thread;

/// A handle that is passed between threads.
#[derive(Clone, Copy)]
struct Handle(usize);

fn open(tag: usize) -> Handle {
    Handle(handles::open(OpenRequest { tag, fails: false }, None).unwrap().addr())
}

/// Returns the tag of the file that a call on the handle finds, or None.
fn tag(handle: Handle) -> Option<usize> {
    let found = handles::with(std::ptr::without_provenance_mut(handle.0), |file| Ok(file.tag()));
    assert!(matches!(found, Ok(_) | Err(Error::InvalidHandle)));
    found.ok()
}

fn close(handle: Handle) -> bool {
    let close = |file: &file::File| {
        file.close();
        Ok(())
    };
    handles::with(std::ptr::without_provenance_mut(handle.0), close).is_ok()
}

/// Does what a small transfer does: uses the lease, or else calls the file. Returns whether there is a file.
fn read(handle: Handle) -> bool {
    let handle = std::ptr::without_provenance_mut(handle.0);
    handles::with_lease(handle, |lease| lease.read(), |lease| lease.read(), |_| ()).is_some()
}

/// Number of random interleavings of each test.
fn orders() -> usize {
    std::env::var("MMSYSTEM_MODEL_ORDERS").map_or(20_000, |orders| orders.parse().unwrap())
}

#[test]
fn a_file_is_closed_once_and_used_only_before() {
    shuttle::check_random(
        || {
            let (handle, closings) = (open(1), Arc::new(AtomicUsize::new(0)));
            let threads: Vec<_> = (0..3)
                .map(|_| {
                    let closings = Arc::clone(&closings);
                    thread::spawn(move || {
                        let before = tag(handle);
                        assert!(before.is_none_or(|tag| tag == 1));
                        closings.fetch_add(usize::from(close(handle)), Ordering::SeqCst);
                        assert_eq!(tag(handle), None);
                        assert!(!close(handle));
                    })
                })
                .collect();
            threads.into_iter().for_each(|thread| thread.join().unwrap());
            assert_eq!(closings.load(Ordering::SeqCst), 1);
        },
        orders(),
    );
}

/// One thread has opened a file and keeps using it, while another one uses it often enough to become the owner of its
/// lock, and closes it.
#[test]
fn a_file_is_used_by_one_thread_and_then_another() {
    shuttle::check_random(
        || {
            let handle = open(1);
            assert!(read(handle));
            let other = thread::spawn(move || {
                assert!((0..4).all(|_| read(handle)));
                assert_eq!(tag(handle), Some(1));
                assert!(close(handle));
                assert!(!read(handle));
            });
            let mut ended = false;
            for _ in 0..4 {
                let found = read(handle);
                assert!(!(ended && found));
                ended |= !found;
            }
            other.join().unwrap();
            assert!(!read(handle));
        },
        orders(),
    );
}

#[test]
fn threads_that_open_at_once_get_files_of_their_own() {
    shuttle::check_random(
        || {
            let threads: Vec<_> = (1..=3)
                .map(|number| {
                    thread::spawn(move || {
                        let (first, second) = (open(10 * number), open(10 * number + 1));
                        let failed = handles::open(OpenRequest { tag: 0, fails: true }, None);
                        assert_eq!(failed, Err(Error::CannotOpen));
                        assert_eq!(tag(first), Some(10 * number));
                        assert!(close(first));
                        assert_eq!(tag(second), Some(10 * number + 1));
                        assert_eq!(tag(first), None);
                        assert!(close(second));
                    })
                })
                .collect();
            threads.into_iter().for_each(|thread| thread.join().unwrap());
        },
        orders(),
    );
}

/// As when a procedure closes the file whose message it handles.
#[test]
fn a_file_that_is_closed_during_a_call_on_it_exists_until_the_call_returns() {
    shuttle::check_random(
        || {
            let handle = open(1);
            let other = thread::spawn(move || (0..3).all(|_| tag(handle).is_none_or(|tag| tag == 1)));
            let inside = handles::with(std::ptr::without_provenance_mut(handle.0), |file| {
                assert!(close(handle));
                assert_eq!(tag(handle), None);
                let next = open(2);
                thread::yield_now();
                assert_eq!(file.tag(), 1);
                Ok(next)
            });
            assert!(other.join().unwrap());
            assert!(close(inside.unwrap()));
            assert!(!close(handle));
        },
        orders(),
    );
}

/// A slot is reused after a quarantine of 256. One thread closes a file and opens more files than that, so that one of
/// them gets the slot, while another thread keeps using the old handle.
#[test]
fn an_old_handle_never_names_the_file_that_came_after_it() {
    shuttle::check_random(
        || {
            let handle = open(1);
            let user = thread::spawn(move || {
                let mut ended = false;
                for _ in 0..40 {
                    let found = tag(handle);
                    assert!(found.is_none_or(|tag| tag == 1));
                    assert!(!ended || found.is_none());
                    ended = found.is_none();
                }
            });
            assert!(close(handle));
            for _ in 0..300 {
                let next = open(2);
                assert_ne!(next.0, handle.0);
                assert_eq!(tag(next), Some(2));
                assert!(close(next));
            }
            user.join().unwrap();
            assert_eq!(tag(handle), None);
        },
        orders() / 200,
    );
}
