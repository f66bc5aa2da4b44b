//! Sequences of calls: on files that a model describes, and on files with a hostile procedure, for which there is no
//! model.

use crate::backends::Backend;
use crate::hostile::{self, Hostile};
use crate::input::Script;
use crate::compare;
use arbitrary::Arbitrary;

#[derive(Arbitrary, Debug)]
pub struct Calls(Kind);

#[derive(Arbitrary, Debug)]
enum Kind {
    Modelled(Backend, Script),
    Hostile(Hostile),
}

pub fn play(Calls(kind): &Calls) {
    match kind {
        Kind::Modelled(backend, script) => {
            let Script { steps, checked, .. } = script;
            if let Err(wrong) = compare::play(backend, steps, *checked) {
                panic!("{wrong}\n\nIn C:\n\n{}", compare::as_c(backend, steps, *checked));
            }
        }
        Kind::Hostile(hostile) => hostile::play(hostile),
    }
}
