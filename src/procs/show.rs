//! How messages and their results are shown in the trace.
#![forbid(unsafe_code)]

use super::dos;
use super::kind::Kind;
use super::message::{Message, check};
use crate::abi::LRESULT;
use crate::error::Error;
use crate::fourcc::FourCc;
use crate::memory::Info;
use crate::trace::{self, Shown, Title, Value, names};

impl From<Kind> for trace::Category {
    fn from(kind: Kind) -> trace::Category {
        match kind {
            Kind::Dos => trace::Category::Dos,
            Kind::Mem => trace::Category::Mem,
            Kind::Custom | Kind::Backed => trace::Category::Custom,
        }
    }
}

/// Sends a message by `send`, and traces it. `code` is that of the procedure; `position` returns the position of the
/// procedure, and is called only for messages that show it.
#[inline(always)]
pub fn traced(
    kind: Kind,
    code: FourCc,
    flags: u32,
    message: &Message<'_>,
    position: impl Fn() -> i64,
    send: impl Fn() -> Result<LRESULT, Error>,
) -> Result<LRESULT, Error> {
    if !trace::may_be_on() {
        return send();
    }
    trace_message(kind, code, flags, message, &position, &send)
}

#[cold]
#[inline(never)]
fn trace_message(
    kind: Kind,
    code: FourCc,
    flags: u32,
    message: &Message<'_>,
    position: &dyn Fn() -> i64,
    send: &dyn Fn() -> Result<LRESULT, Error>,
) -> Result<LRESULT, Error> {
    let code = if kind == Kind::Backed { trace::NO_PROCEDURE } else { code.0 };
    trace::record(
        kind.into(),
        Title::Message(code, message.number()),
        &|shown| show_parameters(shown, message, flags, position),
        send,
        &|shown, result| show_result(shown, message, *result, position),
    )
}

/// The position of a procedure, from its structure.
pub fn position(info: Info<'_>, kind: Kind) -> i64 {
    if kind != Kind::Dos {
        return info.position().into();
    }
    let [_, high, _] = info.words();
    dos::join(info.position(), high)
}

fn show_parameters(shown: &mut Shown, message: &Message<'_>, flags: u32, position: &dyn Fn() -> i64) {
    let mut transfer = |pch: Value<'_>, len: usize| {
        shown.with("lDiskOffset", Value::Number(position()));
        shown.with("pch", pch);
        shown.with("cch", Value::Number(i64::try_from(len).unwrap_or(i64::MAX)));
    };
    match *message {
        Message::Read(target) => transfer(Value::Address(target.address().addr()), target.len()),
        Message::Write(source) | Message::WriteFlush(source) => transfer(Value::Bytes(source), source.len()),
        Message::Open(name) => {
            shown.with("szName", Value::Name(name.map(|name| name.0.as_slice())));
            shown.with("dwFlags", Value::Flags(names::of_open(flags), flags));
        }
        Message::Close(flags) => shown.with("uFlags", Value::Flags(names::CLOSE, flags)),
        Message::Rename(old, new) => {
            shown.with("szName", Value::Name(Some(&old.0)));
            shown.with("szNewName", Value::Name(Some(&new.0)));
        }
        Message::Seek(offset, origin) => {
            shown.with("lDiskOffset", Value::Number(position()));
            shown.with("lOffset", Value::Number(offset));
            shown.with("iOrigin", Value::Origin(origin));
        }
        Message::Other(_, first, second) => {
            shown.with("lParam1", Value::Parameter(first));
            shown.with("lParam2", Value::Parameter(second));
        }
    }
}

fn show_result(
    shown: &mut Shown,
    message: &Message<'_>,
    result: Result<LRESULT, Error>,
    position: &dyn Fn() -> i64,
) {
    match message {
        Message::Open(name) => shown.requested(name.map(|name| name.0.as_slice()), None),
        Message::Rename(old, new) => shown.requested(Some(&old.0), Some(&new.0)),
        _ => {}
    }
    let returned = match result {
        Ok(returned) => returned,
        Err(error) => return shown.result(Value::Status(error.code())),
    };
    let result = match message {
        Message::Open(_) | Message::Close(_) | Message::Rename(..) => {
            u32::try_from(returned).map_or(Value::Returned(returned), Value::Status)
        }
        _ => Value::Returned(returned),
    };
    shown.result(result);
    match (*message, check(message, returned)) {
        (Message::Open(_) | Message::Close(_) | Message::Rename(..) | Message::Other(..), _) => {}
        (_, Err(error)) if returned != -1 => shown.with("error", Value::Status(error.code())),
        (message, checked) => {
            shown.with("lDiskOffset", Value::Number(position()));
            if let (Message::Read(target), Ok(count @ 1..)) = (message, checked.map(isize::unsigned_abs)) {
                shown.bytes(target.filled(count));
            }
        }
    }
}
