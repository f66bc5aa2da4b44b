//! What the fuzz targets do with their input. The steps, the model and the back ends are those of the property test.
#![deny(unsafe_op_in_unsafe_fn)]

#[path = "../../tests/law/backends.rs"]
mod backends;
#[path = "../../tests/law/callbacks.rs"]
mod callbacks;
#[path = "../../tests/law/calls.rs"]
#[allow(dead_code)] // The targets use a part of it.
mod calls;
#[path = "../../tests/law/chunks.rs"]
mod chunks;
#[path = "../../tests/law/compare.rs"]
mod compare;
#[path = "../../tests/law/direct.rs"]
mod direct;
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
