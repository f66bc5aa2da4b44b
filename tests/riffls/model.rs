//! Files of random chunks, with one fault or none, and the report that riffls must print.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

pub type Code = [u8; 4];

/// A fault or a peculiarity of a chunk.
#[derive(Clone, Debug, PartialEq)]
pub enum Quirk {
    NoPad,
    PastParent(u32),
    Trailing(Vec<u8>),
    NoType(usize),
    Code(usize, u8),
    Streamed,
    NoSize,
}

/// A fault of a file. A number chooses one of the chunks or offsets that can have it.
#[derive(Clone, Debug)]
pub enum Damage {
    None,
    Chunk(Quirk, usize),
    Truncated(usize),
    Trailing(Vec<u8>),
    NotRiff,
    Wave64,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub code: Code,
    pub content: Content,
    pub quirk: Option<Quirk>,
}

#[derive(Clone, Debug)]
pub enum Content {
    Data(Vec<u8>),
    List(Code, Vec<Node>),
}

/// A chunk in the report of riffls. The file itself has the code 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub code: Code,
    pub kind: Option<Code>,
    pub offset: usize,
    pub size: u32,
    pub is_streamed: bool,
    pub end: usize,
    pub chunks: Vec<Report>,
    pub faults: Vec<(String, usize)>,
}

// ---- random ones

/// Capital letters, so that it is not a well-known code, also when a pad byte is missing.
fn code() -> impl Strategy<Value = Code> {
    let letter = || b'A'..=b'Z';
    let known = [*b"RIFF", *b"LIST", *b"INFO", *b"RIFX", *b"JUNK", *b"DISP"];
    [letter(), letter(), letter(), letter()].prop_filter("known", move |code| !known.contains(code))
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = (code(), vec(any::<u8>(), 0..30)).prop_map(|(code, data)| (code, Content::Data(data)));
    let leaf = leaf.prop_map(|(code, content)| Node { code, content, quirk: None });
    leaf.prop_recursive(5, 30, 4, |inner| {
        (code(), vec(inner, 0..5)).prop_map(|(kind, children)| Node {
            code: *b"LIST",
            content: Content::List(kind, children),
            quirk: None,
        })
    })
}

pub fn file() -> impl Strategy<Value = Vec<Node>> {
    let riff = select(vec![*b"RIFF", *b"RIFF", *b"RIFX"]);
    let form = (riff, code(), vec(node(), 0..5)).prop_map(|(riff, kind, children)| Node {
        code: riff,
        content: Content::List(kind, children),
        quirk: None,
    });
    vec(form, 1..4)
}

/// Bytes that are not a chunk: fewer than a header has, or zeros.
fn rest() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![vec(1..=255_u8, 1..8), (8..100_usize).prop_map(|count| vec![0; count])]
}

pub fn damage() -> impl Strategy<Value = Damage> {
    let bad = select(vec![1_u8, 9, 0x7F, 0x80, 0xFF]);
    let quirk = prop_oneof![
        Just(Quirk::NoPad),
        select(vec![1, 2, 100, 0x7FFF_0000, u32::MAX]).prop_map(Quirk::PastParent),
        rest().prop_map(Quirk::Trailing),
        (0..4_usize).prop_map(Quirk::NoType),
        (0..4_usize, bad).prop_map(|(index, byte)| Quirk::Code(index, byte)),
        Just(Quirk::Streamed),
        Just(Quirk::NoSize),
    ];
    prop_oneof![
        2 => Just(Damage::None),
        8 => (quirk, any::<usize>()).prop_map(|(quirk, which)| Damage::Chunk(quirk, which)),
        3 => any::<usize>().prop_map(Damage::Truncated),
        1 => rest().prop_map(Damage::Trailing),
        1 => prop_oneof![Just(Damage::NotRiff), Just(Damage::Wave64)],
    ]
}

// ---- damage

impl Node {
    fn children(&self) -> &[Node] {
        match &self.content {
            Content::List(_, children) => children,
            Content::Data(_) => &[],
        }
    }

    fn is_leaf(&self) -> bool {
        matches!(self.content, Content::Data(_))
    }

    fn is_odd(&self) -> bool {
        matches!(&self.content, Content::Data(data) if data.len() % 2 != 0)
    }

    /// The first byte of the data. If it is 0 and the pad byte before the chunk is missing, headers at two offsets
    /// make sense.
    fn first_byte(&self) -> u8 {
        match &self.content {
            Content::Data(data) => data.first().copied().unwrap_or(0),
            Content::List(..) => b'A',
        }
    }
}

/// Whether a chunk can have this fault among its siblings.
fn can_have(quirk: &Quirk, siblings: &[Node], index: usize, depth: usize) -> bool {
    let node = &siblings[index];
    let is_last = index + 1 == siblings.len();
    match quirk {
        Quirk::NoPad => node.is_odd() && (is_last || siblings[index + 1].first_byte() != 0),
        Quirk::PastParent(_) | Quirk::NoType(_) | Quirk::Code(..) => node.is_leaf(),
        Quirk::Trailing(_) => !node.is_leaf(),
        Quirk::Streamed | Quirk::NoSize => depth == 0 && is_last,
    }
}

fn indexes(quirk: &Quirk, siblings: &[Node], path: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    for (index, node) in siblings.iter().enumerate() {
        path.push(index);
        if can_have(quirk, siblings, index, path.len() - 1) {
            found.push(path.clone());
        }
        indexes(quirk, node.children(), path, found);
        path.pop();
    }
}

fn set(nodes: &mut [Node], path: &[usize], quirk: &Quirk) {
    match (path, &mut nodes[path[0]]) {
        ([_], node) => node.quirk = Some(quirk.clone()),
        ([_, inner @ ..], Node { content: Content::List(_, children), .. }) => set(children, inner, quirk),
        _ => unreachable!("only lists have children"),
    }
}

/// A file with a fault, and the report that riffls must print. None if the file cannot have the fault.
pub fn damaged(mut file: Vec<Node>, damage: &Damage) -> Option<(Vec<u8>, Report)> {
    if let Damage::Chunk(quirk, which) = damage {
        let mut found = Vec::new();
        indexes(quirk, &file, &mut Vec::new(), &mut found);
        if found.is_empty() {
            return None;
        }
        set(&mut file, &found[which % found.len()], quirk);
    }
    if matches!(damage, Damage::Truncated(_)) {
        file.truncate(1);
    }
    let mut bytes = Vec::new();
    let mut report = Report { chunks: write_all(&file, &mut bytes, false), ..Report::default() };
    match damage {
        Damage::Truncated(index) => {
            bytes.truncate(8 + index % (bytes.len() - 8));
            cut(&mut report.chunks, bytes.len(), 0);
        }
        Damage::Trailing(rest) => {
            report.faults.push(("trailing".into(), bytes.len()));
            bytes.extend(rest);
        }
        Damage::NotRiff => {
            bytes[3] = b'G';
            report = Report { faults: vec![("not-riff".into(), 0)], ..Report::default() };
        }
        Damage::Wave64 => {
            bytes[..8].copy_from_slice(b"riff\x2e\x91\xcf\x11");
            report = Report { faults: vec![("wave64".into(), 0)], ..Report::default() };
        }
        Damage::None | Damage::Chunk(..) => {}
    }
    // A chunk of unknown size extends to the end.
    report.end = bytes.len();
    for chunk in &mut report.chunks {
        finish_sizes(chunk, bytes.len());
    }
    Some((bytes, report))
}

// ---- writing

/// Marks an end that is not known yet.
const OPEN: usize = usize::MAX;

/// A chunk of unknown size ends with the chunk that contains it.
fn finish_sizes(chunk: &mut Report, end: usize) {
    if chunk.end == OPEN {
        chunk.end = end;
    }
    for inner in &mut chunk.chunks {
        finish_sizes(inner, chunk.end);
    }
}

fn write_all(nodes: &[Node], out: &mut Vec<u8>, is_big_endian: bool) -> Vec<Report> {
    let mut report: Vec<_> =
        nodes.iter().map(|node| write(node, out, is_big_endian || node.code == *b"RIFX")).collect();
    // Chunks behind one that is too large count as its data.
    let too_far = nodes.iter().position(|node| matches!(node.quirk, Some(Quirk::PastParent(_))));
    report.truncate(too_far.map_or(nodes.len(), |index| index + 1));
    report
}

/// A size as it is in a header.
pub fn size_bytes(size: u32, is_big_endian: bool) -> [u8; 4] {
    if is_big_endian { size.to_be_bytes() } else { size.to_le_bytes() }
}

fn write_size(out: &mut [u8], offset: usize, size: u32, is_big_endian: bool) {
    out[offset + 4..offset + 8].copy_from_slice(&size_bytes(size, is_big_endian));
}

fn write(node: &Node, out: &mut Vec<u8>, is_big_endian: bool) -> Report {
    let offset = out.len();
    let mut report = Report { code: node.code, offset, ..Report::default() };
    if matches!(node.quirk, Some(Quirk::NoType(_))) {
        report.code = *b"LIST";
    }
    if let Some(Quirk::Code(index, byte)) = node.quirk {
        report.code[index] = byte;
    }
    out.extend(report.code);
    out.extend([0; 4]);
    match (&node.content, &node.quirk) {
        (_, Some(Quirk::NoType(size))) => out.extend(&[1; 4][..*size]),
        (Content::Data(data), _) => out.extend(data),
        (Content::List(kind, children), _) => {
            report.kind = Some(*kind);
            out.extend(kind);
            report.chunks = write_all(children, out, is_big_endian);
        }
    }
    if let Some(Quirk::Trailing(rest)) = &node.quirk {
        report.faults.push(("trailing".into(), out.len()));
        out.extend(rest);
    }
    let end = out.len();
    report.end = end;
    report.size = (end - offset - 8) as u32;
    if report.size % 2 != 0 && node.quirk != Some(Quirk::NoPad) {
        out.push(0);
    }
    for (inner, node) in report.chunks.iter_mut().zip(node.children()) {
        if let Some(Quirk::PastParent(too_much)) = node.quirk {
            inner.size = ((end - inner.offset - 8) as u32).saturating_add(too_much);
            inner.end = end;
            write_size(out, inner.offset, inner.size, is_big_endian);
        }
    }
    let fault = match node.quirk {
        Some(Quirk::NoPad) => Some(("no-pad", end)),
        Some(Quirk::PastParent(_)) => Some(("past-parent", offset)),
        Some(Quirk::NoType(_)) => Some(("no-type", offset)),
        Some(Quirk::NoSize) => Some(("no-size", offset)),
        Some(Quirk::Code(..)) => Some(("code", offset)),
        Some(Quirk::Trailing(_) | Quirk::Streamed) | None => None,
    };
    report.faults.extend(fault.map(|(kind, offset)| (kind.into(), offset)));
    match node.quirk {
        Some(Quirk::Streamed) => (report.size, report.is_streamed, report.end) = (u32::MAX, true, OPEN),
        Some(Quirk::NoSize) => (report.size, report.end) = (0, OPEN),
        _ => {}
    }
    write_size(out, offset, report.size, is_big_endian);
    report
}

// ---- cutting

/// Changes the report to that of a file that ends at `length`. `longest` is the largest end of the chunks around.
fn cut(chunks: &mut Vec<Report>, length: usize, longest: usize) {
    chunks.retain(|chunk| chunk.offset + 8 <= length);
    let Some(last) = chunks.last_mut() else { return };
    if last.kind.is_some() && last.offset + 12 > length {
        last.kind = None;
    }
    let longest = longest.max(last.end);
    if last.end < length || last.kind.is_none() && last.end == length {
        // The chunk is complete. At most its pad byte is missing.
        if last.end == length && last.size % 2 != 0 && longest <= length + 1 {
            last.faults.push(("no-pad".into(), length));
        }
        return;
    }
    let before = faults(&last.chunks);
    cut(&mut last.chunks, length, longest);
    let is_reported = faults(&last.chunks) > before;
    if last.end > length && !is_reported {
        last.faults.push(("truncated".into(), length));
    }
}

fn faults(chunks: &[Report]) -> usize {
    chunks.iter().map(|chunk| chunk.faults.len() + faults(&chunk.chunks)).sum()
}
