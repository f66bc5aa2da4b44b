//! A property test of docs/contract.md, parts 3 to 6. The law: random scripts of calls give, on every kind of file and
//! with every buffer, the bytes, positions and results of the same calls on a plain file, which is a model.
//!
//! `MMSYSTEM_LAW_SEQUENCES` is the number of scripts, `MMSYSTEM_LAW_SEED` the seed that chooses them.

mod backends;
mod callbacks;
mod calls;
mod chunks;
mod compare;
mod direct;
mod long_sizes;
mod model;
mod plain;
mod print;
mod script;
mod steps;
mod store;
mod streams;
mod wide;
mod wide_model;

use backends::{Backend, Storage};
use mmsystem::abi::{LRESULT, MMIOERR_CANNOTWRITE, MMIOM_WRITE, MMIOM_WRITEFLUSH};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use script::buffer_size;
use std::fmt::Debug;
use std::time::{SystemTime, UNIX_EPOCH};
use steps::{Buffer, Step};
use store::{Behaviour, FaultMode, Writes};

/// The number of tests that share the sequences.
const BACKENDS: u32 = 17;

/// After which steps the state is compared: all, half of them, or an eighth. A comparison calls the library too, and revokes the
/// lease on the buffer.
fn checked_steps() -> impl Strategy<Value = u64> {
    let eighth = any::<[u64; 3]>().prop_map(|[a, b, c]| a & b & c);
    prop_oneof![Just(u64::MAX), any::<u64>(), eighth]
}

pub fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text} is not a number")))
}

pub fn sequences() -> u32 {
    number("MMSYSTEM_LAW_SEQUENCES").map_or(3500, |count| count as u32)
}

fn seed() -> u64 {
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    number("MMSYSTEM_LAW_SEED").unwrap_or_else(clock)
}

/// Tests `cases` random values. A failing value is shrunk, and shown by `show`.
pub fn check_values<V: Debug>(
    cases: u32,
    values: impl Strategy<Value = V>,
    check: impl Fn(&V) -> compare::Outcome,
    show: impl Fn(&V) -> String,
) {
    let seed = seed();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed.to_le_bytes().repeat(4));
    let result = TestRunner::new_with_rng(config, rng)
        .run(&values, |value| check(&value).map_err(TestCaseError::fail));
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, value)) => panic!(
            "{reason}\n\nMMSYSTEM_LAW_SEED={seed} MMSYSTEM_LAW_SEQUENCES={}\n{value:?}\n\nIn C:\n\n{}",
            sequences(),
            show(&value)
        ),
        Err(error) => panic!("{error}"),
    }
}

fn the_law_holds(backend: impl Strategy<Value = Backend>) {
    let cases = sequences().div_ceil(BACKENDS);
    let values = (backend, script::script(), checked_steps());
    check_values(
        cases,
        values,
        |(backend, script, checked): &(Backend, Vec<Step>, u64)| compare::play(backend, script, *checked),
        |(backend, script, checked)| compare::as_c(backend, script, *checked),
    );
}

fn size() -> impl Strategy<Value = usize> {
    prop_oneof![0..=40_usize, 0..=200_usize, 0..=20_000_usize]
}

fn any_buffer() -> impl Strategy<Value = Buffer> {
    prop_oneof![buffer_size().prop_map(Buffer::Ours), buffer_size().prop_map(Buffer::Callers)]
}

fn files(
    storage: impl Strategy<Value = Storage>,
    buffer: impl Strategy<Value = Buffer>,
) -> impl Strategy<Value = Backend> {
    (storage, buffer, size()).prop_map(|(storage, buffer, size)| Backend { storage, buffer, size })
}

fn procedure_with(
    fault_mode: FaultMode,
    writes: impl Strategy<Value = Writes>,
) -> impl Strategy<Value = Storage> {
    (writes, vec(any::<u8>(), 0..=20))
        .prop_map(move |(writes, plan)| Storage::Procedure(Behaviour { fault_mode, writes, plan }))
}

fn procedure(fault_mode: FaultMode) -> impl Strategy<Value = Storage> {
    procedure_with(fault_mode, Just(Writes::Direct))
}

fn caching(fault_mode: FaultMode) -> impl Strategy<Value = Storage> {
    let error = prop::sample::select(vec![-1, MMIOERR_CANNOTWRITE as LRESULT]);
    procedure_with(fault_mode, error.prop_map(Writes::Cached))
}

/// A procedure that knows one of the two write messages, and refuses the other.
fn of_one_message(fault_mode: FaultMode) -> impl Strategy<Value = Storage> {
    let known = prop::sample::select(vec![MMIOM_WRITE, MMIOM_WRITEFLUSH]);
    procedure_with(
        fault_mode,
        (known, -1..=0_isize).prop_map(|(known, refusal)| Writes::Only(known, refusal)),
    )
}

fn maybe_buffered() -> impl Strategy<Value = Buffer> {
    prop_oneof![1 => Just(Buffer::None), 4 => any_buffer()]
}

#[test]
fn the_law_holds_on_disk_without_a_buffer() {
    the_law_holds(files(Just(Storage::Disk), Just(Buffer::None)));
}

#[test]
fn the_law_holds_on_disk_with_any_buffer() {
    the_law_holds(files(Just(Storage::Disk), any_buffer()));
}

#[test]
fn the_law_holds_in_fixed_memory() {
    let storage = any::<bool>().prop_map(|created| Storage::Memory { step: 0, created });
    the_law_holds(files(storage, Just(Buffer::None)));
}

#[test]
fn the_law_holds_in_growing_memory() {
    let step = prop::sample::select(vec![1, 3, 16, 4096]);
    let storage = (step, any::<bool>()).prop_map(|(step, created)| Storage::Memory { step, created });
    the_law_holds(files(storage, Just(Buffer::None)));
}

#[test]
fn the_law_holds_with_an_unbuffered_procedure() {
    the_law_holds(files(procedure(FaultMode::Normal), Just(Buffer::None)));
}

#[test]
fn the_law_holds_with_a_buffered_procedure() {
    the_law_holds(files(procedure(FaultMode::Normal), any_buffer()));
}

#[test]
fn the_law_holds_when_every_transfer_is_short() {
    the_law_holds(files(procedure(FaultMode::Short), maybe_buffered()));
}

#[test]
fn failures_lose_nothing() {
    the_law_holds(files(procedure(FaultMode::Failing), maybe_buffered()));
}

#[test]
fn a_flush_reaches_a_procedure_that_caches_without_a_buffer() {
    the_law_holds(files(caching(FaultMode::Normal), Just(Buffer::None)));
}

#[test]
fn a_flush_reaches_a_procedure_that_caches_with_any_buffer() {
    the_law_holds(files(caching(FaultMode::Normal), any_buffer()));
}

#[test]
fn a_flush_reaches_a_procedure_that_caches_and_shortens() {
    the_law_holds(files(caching(FaultMode::Short), maybe_buffered()));
}

#[test]
fn failures_lose_nothing_of_what_a_procedure_caches() {
    the_law_holds(files(caching(FaultMode::Failing), maybe_buffered()));
}

fn callbacks(fault_mode: FaultMode) -> impl Strategy<Value = Storage> {
    let cached = Just(Writes::Cached(MMIOERR_CANNOTWRITE as LRESULT));
    (prop_oneof![Just(Writes::Direct), cached], vec(any::<u8>(), 0..=20))
        .prop_map(move |(writes, plan)| Storage::Callbacks(Behaviour { fault_mode, writes, plan }))
}

#[test]
fn the_law_holds_with_callbacks() {
    let modes = prop_oneof![callbacks(FaultMode::Normal), callbacks(FaultMode::Short)];
    the_law_holds(files(modes, maybe_buffered()));
}

#[test]
fn failures_lose_nothing_with_callbacks() {
    the_law_holds(files(callbacks(FaultMode::Failing), maybe_buffered()));
}

#[test]
fn the_law_holds_in_a_part_of_a_file() {
    let at_the_end =
        (0..=9_usize, 0..=300_usize).prop_map(|(before, room)| Storage::Part { before, room, after: 0 });
    let inside =
        (0..=9_usize, 1..=9_usize).prop_map(|(before, after)| Storage::Part { before, room: 0, after });
    the_law_holds(files(prop_oneof![at_the_end, inside], maybe_buffered()));
}

#[test]
fn a_procedure_of_one_write_message_gets_its_data() {
    the_law_holds(files(of_one_message(FaultMode::Short), maybe_buffered()));
}

#[test]
fn failures_lose_nothing_with_one_write_message() {
    the_law_holds(files(of_one_message(FaultMode::Failing), maybe_buffered()));
}
