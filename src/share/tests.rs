//! All interleavings of the calls of several openers of one file, against a table of locks that behaves like the
//! kernel's.

use super::protocol::{Attempt, Call, ClaimSteps, Conflict};
use crate::sys::LockType::{self, Exclusive};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Number of bytes that are tried where an opener needs a byte of its own.
const BYTES: u32 = 4;

const READ: u32 = 1;
const WRITE: u32 = 2;

/// A claim: what it does, and what it denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct ClaimKind {
    does: u32,
    denies: u32,
}

impl ClaimKind {
    fn all() -> Vec<ClaimKind> {
        (1..4).flat_map(|does| (0..4).map(move |denies| ClaimKind { does, denies })).collect()
    }

    fn conflicts_with(self, other: ClaimKind) -> bool {
        self.denies & other.does | other.denies & self.does != 0
    }

    fn steps(self) -> ClaimSteps {
        let has = |set: u32, what| set & what != 0;
        ClaimSteps::new(
            has(self.does, READ),
            has(self.does, WRITE),
            has(self.denies, READ),
            has(self.denies, WRITE),
        )
    }

    fn name(self) -> String {
        let does = ["", "R", "W", "RW"][self.does as usize];
        does.to_owned() + ["", "-deny-read", "-deny-write", "-deny-both"][self.denies as usize]
    }
}

/// A lock, its first byte, and the number of bytes.
type Held = (LockType, i64, i64);

/// The state of one opener, and its locks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Node {
    attempt: Attempt,
    held: Vec<Held>,
}

/// The state of an opener after its next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Node(usize),
    Refused,
    /// It releases its locks, and restarts at this node.
    Restart(usize),
    /// It keeps its locks, and continues at this node after a delay.
    Wait(usize),
}

/// The states of the openers of one kind, built as they are reached. The first is that of an opener that has done
/// nothing.
struct Graph {
    kind: ClaimKind,
    nodes: Vec<Node>,
    known: HashMap<Node, usize>,
    /// The next call in each state, None if the file is open; and the next state after a conflict, and without one.
    calls: Vec<Option<Call>>,
    next: Vec<[Option<Next>; 2]>,
}

impl Graph {
    fn new(kind: ClaimKind) -> Graph {
        let (nodes, known) = (Vec::new(), HashMap::new());
        let mut all = Graph { kind, nodes, known, calls: Vec::new(), next: Vec::new() };
        // All openers try the same byte first: the random number of each is 0.
        all.add(Node { attempt: Attempt::first(kind.steps(), 0, BYTES), held: Vec::new() });
        all
    }

    fn add(&mut self, node: Node) -> usize {
        if let Some(&known) = self.known.get(&node) {
            return known;
        }
        self.known.insert(node.clone(), self.nodes.len());
        self.calls.push(node.attempt.call());
        self.next.push([None; 2]);
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn next(&mut self, node: usize, is_free: bool) -> Next {
        if let Some(next) = self.next[node][usize::from(is_free)] {
            return next;
        }
        let Node { attempt, mut held } = self.nodes[node].clone();
        let next = match attempt.after_call(is_free) {
            Ok(attempt) => {
                if let (Some(Call::Lock(lock, start, count)), true) = (self.calls[node], is_free) {
                    held.push((lock, start, count));
                }
                Next::Node(self.add(Node { attempt, held }))
            }
            Err(Conflict::Refused) => {
                assert!(held.is_empty(), "refused, but it has locks: {attempt:?}");
                Next::Refused
            }
            Err(Conflict::Wait(attempt)) => Next::Wait(self.add(Node { attempt, held })),
            Err(Conflict::Restart) => {
                let attempt = Attempt::restart(self.kind.steps(), 0, BYTES);
                Next::Restart(self.add(Node { attempt, held: Vec::new() }))
            }
        };
        self.next[node][usize::from(is_free)] = Some(next);
        next
    }
}

/// The node of one opener; None after it was refused, in tests where none opens twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct At {
    node: Option<usize>,
    /// Whether it had a conflict with an opener that has the file open, or would get it.
    has_reason: bool,
}

const OUTSIDE: At = At { node: Some(0), has_reason: false };

type State = Vec<At>;

struct Openers<'a> {
    kinds: Vec<&'a RefCell<Graph>>,
    /// The cases in which an opener is refused because of another one that will itself be refused.
    exceptions: BTreeSet<String>,
}

impl Openers<'_> {
    fn node<T: Default>(&self, state: &State, who: usize, what: impl Fn(&Graph, usize) -> T) -> T {
        state[who].node.map_or_else(T::default, |node| what(&self.kinds[who].borrow(), node))
    }

    fn has_locks(&self, state: &State, who: usize) -> bool {
        self.node(state, who, |graph, node| !graph.nodes[node].held.is_empty())
    }

    fn has_file_open(&self, state: &State, who: usize) -> bool {
        self.node(state, who, |graph, node| graph.calls[node].is_none())
    }

    fn kind(&self, who: usize) -> ClaimKind {
        self.kinds[who].borrow().kind
    }

    /// The other openers whose claims conflict with this one's.
    fn conflicting(&self, me: usize) -> impl Iterator<Item = usize> {
        let others = (0..self.kinds.len()).filter(move |&other| other != me);
        others.filter(move |&other| self.kind(me).conflicts_with(self.kind(other)))
    }

    /// Whether the kernel finds no conflict for a call of opener `me`.
    fn is_free(&self, state: &State, me: usize, call: Call) -> bool {
        let (Call::Test(lock, start, count) | Call::Lock(lock, start, count)) = call;
        let is_in_the_way = |&(their, first, length): &Held| {
            let overlap = start < first + length && first < start + count;
            overlap && (lock == Exclusive || their == Exclusive)
        };
        let mut others = (0..self.kinds.len()).filter(|&other| other != me);
        !others.any(|other| {
            self.node(state, other, |graph, node| graph.nodes[node].held.iter().any(is_in_the_way))
        })
    }

    /// Returns the next state of an opener that has not opened the file, and the result of its call.
    fn step(&self, state: &State, me: usize) -> Option<(Next, bool)> {
        let node = state[me].node?;
        let call = self.kinds[me].borrow().calls[node]?;
        let is_free = self.is_free(state, me, call);
        Some((self.kinds[me].borrow_mut().next(node, is_free), is_free))
    }

    /// Whether an opener with a conflicting claim has the file open.
    fn conflicts_with_holder(&self, state: &State, who: usize) -> bool {
        self.conflicting(who).any(|other| self.has_file_open(state, other))
    }

    /// Whether there is a reason to refuse an opener: an opener with a conflicting claim has the file open, or is in
    /// the middle of an open and will get it, unless another one gets it that is a reason too.
    fn has_reason(&self, state: &State, me: usize) -> bool {
        self.conflicting(me).any(|other| {
            let mut rivals = self.conflicting(other).filter(|&rival| rival != me);
            self.has_file_open(state, other)
                || self.has_locks(state, other)
                    && rivals.all(|rival| {
                        !self.has_locks(state, rival) || self.kind(me).conflicts_with(self.kind(rival))
                    })
        })
    }

    /// Returns the state after the next call of an opener, and whether it was refused without a reason. A refused
    /// opener starts anew.
    fn after(&self, state: &State, me: usize) -> Option<(State, bool)> {
        let (next, is_free) = self.step(state, me)?;
        let has_reason = state[me].has_reason || !is_free && self.has_reason(state, me);
        let (at, is_wrong) = match next {
            Next::Node(node) => (At { node: Some(node), has_reason: has_reason && !is_free }, false),
            Next::Restart(node) | Next::Wait(node) => (At { node: Some(node), has_reason: false }, false),
            Next::Refused => (OUTSIDE, !has_reason),
        };
        let mut state = state.clone();
        state[me] = at;
        Some((state, is_wrong))
    }

    /// Runs one opener while all others stand still. Returns whether it gets the file, and whether it ever locked
    /// something.
    fn alone(&self, state: &State, me: usize) -> (bool, bool) {
        let mut state = state.clone();
        let (mut again, mut locked) = (0, false);
        for _ in 0..40 {
            let Some((next, _)) = self.step(&state, me) else { return (true, locked) };
            match next {
                Next::Node(next) => state[me].node = Some(next),
                Next::Restart(next) | Next::Wait(next) if again < 3 => {
                    state[me].node = Some(next);
                    again += 1;
                }
                Next::Refused | Next::Restart(_) | Next::Wait(_) => return (false, locked),
            }
            locked |= self.has_locks(&state, me);
        }
        panic!("more than 40 calls: {:?}", self.kind(me));
    }

    /// Explores every state that the openers can reach. Each may open, close and open again, be killed, or stop for
    /// ever.
    fn explore(&mut self) {
        let outside = vec![OUTSIDE; self.kinds.len()];
        let mut known = HashSet::from([outside.clone()]);
        let mut left = vec![outside];
        while let Some(state) = left.pop() {
            for me in 0..state.len() {
                self.check(&state, me);
                // It closes the file or is killed, and another one of its kind arrives.
                let mut closed = state.clone();
                closed[me] = OUTSIDE;
                let mut next = vec![closed];
                if let Some((after, is_wrong)) = self.after(&state, me) {
                    if is_wrong {
                        self.add_exception(&state, me, "running");
                    }
                    next.push(after);
                }
                for state in next {
                    if known.insert(state.clone()) {
                        left.push(state);
                    }
                }
            }
        }
    }

    fn check(&mut self, state: &State, me: usize) {
        if self.has_file_open(state, me) {
            assert!(!self.conflicts_with_holder(state, me), "two that conflict: {}", self.show(state));
            return;
        }
        let (granted, locked) = self.alone(state, me);
        if !granted && !state[me].has_reason && !self.conflicts_with_holder(state, me) {
            let mut others = self.conflicting(me);
            let has_reason =
                others.any(|other| self.has_locks(state, other) && !self.conflicts_with_holder(state, other));
            drop(others);
            if !has_reason {
                self.add_exception(state, me, "stopped");
            }
        }
        if state[me] == OUTSIDE && self.conflicts_with_holder(state, me) {
            let is_reader = self.kind(me) == ClaimKind { does: READ, denies: 0 };
            assert!(!granted, "two that conflict: {}", self.show(state));
            assert!(!locked || is_reader, "refused, but it had locks: {}", self.show(state));
        }
    }

    fn add_exception(&mut self, state: &State, me: usize, how: &str) {
        let mut others = self.conflicting(me).filter(|&other| self.has_locks(state, other));
        let other = others.next().map_or("nobody".to_owned(), |other| self.kind(other).name());
        drop(others);
        self.exceptions.insert(format!("{} for a {how} {other}", self.kind(me).name()));
    }

    /// Explores every outcome for openers that arrive together, where none of them closes the file.
    fn race(&self) {
        let outside = vec![OUTSIDE; self.kinds.len()];
        let mut known = HashSet::from([outside.clone()]);
        let mut left = vec![outside];
        while let Some(state) = left.pop() {
            let mut is_over = true;
            for me in 0..state.len() {
                let Some((next, _)) = self.step(&state, me) else { continue };
                is_over = false;
                let mut after = state.clone();
                after[me].node = match next {
                    Next::Node(node) | Next::Restart(node) | Next::Wait(node) => Some(node),
                    Next::Refused => None,
                };
                if known.insert(after.clone()) {
                    left.push(after);
                }
            }
            let mut refused = (0..state.len()).filter(|&who| state[who].node.is_none());
            if is_over {
                assert!(
                    refused.all(|who| self.conflicts_with_holder(&state, who)),
                    "refused though no holder conflicts: {}",
                    self.show(&state)
                );
            }
        }
    }

    fn show(&self, state: &State) -> String {
        let shown = (0..state.len()).map(|who| {
            let node = self.node(state, who, |graph, node| Some(graph.nodes[node].clone()));
            format!("{:?} {} {node:?}\n", self.kind(who), self.has_file_open(state, who))
        });
        shown.collect()
    }
}

/// Calls `f` for each combination of `number` openers.
fn for_all(number: usize, mut f: impl FnMut(Openers<'_>)) {
    let all: Vec<_> = ClaimKind::all().into_iter().map(|kind| RefCell::new(Graph::new(kind))).collect();
    let mut chosen = vec![0; number];
    loop {
        let kinds = chosen.iter().map(|&index: &usize| &all[index]).collect();
        f(Openers { kinds, exceptions: BTreeSet::new() });
        // The next combination in ascending order.
        let Some(last) = chosen.iter().rposition(|&index| index + 1 < all.len()) else { return };
        let next = chosen[last] + 1;
        chosen[last..].fill(next);
    }
}

#[test]
fn conflicting_claims_are_never_both_granted_and_refused_openers_block_nobody() {
    // Three must arrive at the same moment: one that has made its first step when a second, with which it conflicts,
    // gets the file, and a third that is compatible with the second. (Where the list says "running", the second must
    // also close.)
    let known = [
        "R for a stopped R-deny-read",
        "R for a stopped R-deny-both",
        "R for a stopped W-deny-read",
        "R-deny-write for a stopped R-deny-read",
        "R-deny-write for a stopped R-deny-both",
        "R-deny-read for a stopped R-deny-both",
        "R-deny-read for a stopped W-deny-read",
        "R-deny-read for a stopped RW",
        "W for a stopped R-deny-write",
        "W for a running R-deny-write",
        "W for a stopped nobody",
        "W for a running nobody",
        "W-deny-write for a stopped R-deny-write",
        "W-deny-write for a running R-deny-write",
        "W-deny-write for a stopped nobody",
        "W-deny-write for a running nobody",
    ];
    let mut exceptions = BTreeSet::new();
    for number in 2..4 {
        for_all(number, |mut openers| {
            openers.explore();
            exceptions.append(&mut openers.exceptions);
        });
    }
    assert_eq!(exceptions, known.map(String::from).into());
}

#[test]
fn openers_that_arrive_together_are_refused_only_for_one_that_is_granted() {
    for number in 2..5 {
        for_all(number, |openers| openers.race());
    }
}
