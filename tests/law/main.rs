//! The law has a judge: random scripts of calls give, on every kind of file and with every buffer, the bytes,
//! positions and results of the same calls on a plain file.
//!
//! `MMSYSTEM_LAW_SEQUENCES` is how many scripts to play in all, `MMSYSTEM_LAW_SEED` which ones.

mod backends;
mod calls;
mod chunks;
mod hand;
mod judge;
mod model;
mod plain;
mod print;
mod script;
mod steps;
mod store;
mod streams;

use backends::{Backend, Place};
use mmsystem::abi::{LRESULT, MMIOERR_CANNOTWRITE, MMIOM_WRITE, MMIOM_WRITEFLUSH};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use script::buffer_size;
use std::fmt::Debug;
use std::time::{SystemTime, UNIX_EPOCH};
use steps::{Buffer, Step};
use store::{Behaviour, Temper, Writes};

/// How many tests share the sequences.
const BACKENDS: u32 = 14;

/// After which steps the state is compared: each, half of them, or few. To look is a call on the file too, and takes
/// back what it granted.
fn looks() -> impl Strategy<Value = u64> {
    let few = any::<[u64; 3]>().prop_map(|[a, b, c]| a & b & c);
    prop_oneof![Just(u64::MAX), any::<u64>(), few]
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

/// Judges `cases` random values; a failure is shrunk, and shown as `show` does.
pub fn judge<V: Debug>(
    cases: u32,
    values: impl Strategy<Value = V>,
    verdict: impl Fn(&V) -> judge::Verdict,
    show: impl Fn(&V) -> String,
) {
    let seed = seed();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed.to_le_bytes().repeat(4));
    let result = TestRunner::new_with_rng(config, rng)
        .run(&values, |value| verdict(&value).map_err(TestCaseError::fail));
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
    let values = (backend, script::script(), looks());
    judge(
        cases,
        values,
        |(backend, script, looks): &(Backend, Vec<Step>, u64)| judge::play(backend, script, *looks),
        |(backend, script, looks)| judge::as_c(backend, script, *looks),
    );
}

fn size() -> impl Strategy<Value = usize> {
    prop_oneof![0..=40_usize, 0..=200_usize, 0..=20_000_usize]
}

fn any_buffer() -> impl Strategy<Value = Buffer> {
    prop_oneof![buffer_size().prop_map(Buffer::Ours), buffer_size().prop_map(Buffer::Callers)]
}

fn files(
    place: impl Strategy<Value = Place>,
    buffer: impl Strategy<Value = Buffer>,
) -> impl Strategy<Value = Backend> {
    (place, buffer, size()).prop_map(|(place, buffer, size)| Backend { place, buffer, size })
}

fn procedure_with(temper: Temper, writes: impl Strategy<Value = Writes>) -> impl Strategy<Value = Place> {
    (writes, vec(any::<u8>(), 0..=20))
        .prop_map(move |(writes, plan)| Place::Procedure(Behaviour { temper, writes, plan }))
}

fn procedure(temper: Temper) -> impl Strategy<Value = Place> {
    procedure_with(temper, Just(Writes::Direct))
}

fn caching(temper: Temper) -> impl Strategy<Value = Place> {
    let error = prop::sample::select(vec![-1, MMIOERR_CANNOTWRITE as LRESULT]);
    procedure_with(temper, error.prop_map(Writes::Cached))
}

/// One that knows one of the two messages that write, and refuses the other.
fn of_one_message(temper: Temper) -> impl Strategy<Value = Place> {
    let known = prop::sample::select(vec![MMIOM_WRITE, MMIOM_WRITEFLUSH]);
    procedure_with(temper, (known, -1..=0_isize).prop_map(|(known, refusal)| Writes::Only(known, refusal)))
}

fn maybe_buffered() -> impl Strategy<Value = Buffer> {
    prop_oneof![1 => Just(Buffer::None), 4 => any_buffer()]
}

#[test]
fn the_law_holds_on_disk_without_a_buffer() {
    the_law_holds(files(Just(Place::Disk), Just(Buffer::None)));
}

#[test]
fn the_law_holds_on_disk_with_any_buffer() {
    the_law_holds(files(Just(Place::Disk), any_buffer()));
}

#[test]
fn the_law_holds_in_fixed_memory() {
    let place = any::<bool>().prop_map(|created| Place::Memory { step: 0, created });
    the_law_holds(files(place, Just(Buffer::None)));
}

#[test]
fn the_law_holds_in_growing_memory() {
    let step = prop::sample::select(vec![1, 3, 16, 4096]);
    let place = (step, any::<bool>()).prop_map(|(step, created)| Place::Memory { step, created });
    the_law_holds(files(place, Just(Buffer::None)));
}

#[test]
fn the_law_holds_with_an_unbuffered_procedure() {
    the_law_holds(files(procedure(Temper::Obedient), Just(Buffer::None)));
}

#[test]
fn the_law_holds_with_a_buffered_procedure() {
    the_law_holds(files(procedure(Temper::Obedient), any_buffer()));
}

#[test]
fn the_law_holds_when_every_transfer_is_short() {
    the_law_holds(files(procedure(Temper::Short), maybe_buffered()));
}

#[test]
fn failures_lose_nothing() {
    the_law_holds(files(procedure(Temper::Failing), maybe_buffered()));
}

#[test]
fn a_flush_reaches_a_procedure_that_caches_without_a_buffer() {
    the_law_holds(files(caching(Temper::Obedient), Just(Buffer::None)));
}

#[test]
fn a_flush_reaches_a_procedure_that_caches_with_any_buffer() {
    the_law_holds(files(caching(Temper::Obedient), any_buffer()));
}

#[test]
fn a_flush_reaches_a_procedure_that_caches_and_shortens() {
    the_law_holds(files(caching(Temper::Short), maybe_buffered()));
}

#[test]
fn failures_lose_nothing_of_what_a_procedure_caches() {
    the_law_holds(files(caching(Temper::Failing), maybe_buffered()));
}

#[test]
fn a_procedure_of_one_write_message_gets_its_data() {
    the_law_holds(files(of_one_message(Temper::Short), maybe_buffered()));
}

#[test]
fn failures_lose_nothing_with_one_write_message() {
    the_law_holds(files(of_one_message(Temper::Failing), maybe_buffered()));
}
