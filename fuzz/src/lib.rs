//! What the fuzz targets do with their bytes. The steps, the model and the back ends are those of the property
//! test.
#![deny(unsafe_op_in_unsafe_fn)]

#[path = "../../tests/law/backends.rs"]
mod backends;
#[path = "../../tests/law/calls.rs"]
mod calls;
#[path = "../../tests/law/chunks.rs"]
mod chunks;
#[path = "../../tests/law/hand.rs"]
mod hand;
#[path = "../../tests/law/judge.rs"]
mod judge;
#[path = "../../tests/law/long_sizes.rs"]
mod long_sizes;
#[path = "../../tests/law/model.rs"]
mod model;
#[path = "../../tests/law/print.rs"]
mod print;
#[path = "../../tests/law/steps.rs"]
mod steps;
#[path = "../../tests/law/store.rs"]
mod store;

mod hostile;
mod input;
pub mod names;
pub mod riff;
pub mod sequences;
mod threads;
