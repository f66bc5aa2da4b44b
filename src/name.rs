//! A file name, in the three encodings that callers and I/O procedures use.
#![forbid(unsafe_code)]

use crate::error::Error;
use crate::fallible;
use crate::fourcc::FourCc;

/// Maximum length of a name in units, as on Windows.
pub const MAX_UNITS: usize = 32_767;

/// The encoding in which a caller or an I/O procedure passes a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `A`: bytes, passed through unchanged.
    Bytes,
    /// `W`: UTF-16.
    Utf16,
    /// `U32`: UTF-32, the encoding of `wchar_t` on Linux and macOS.
    Utf32,
}

/// A code unit of one of the three encodings.
pub trait Unit: Copy + Into<u32> {
    const ENCODING: Encoding;
    /// Decodes a name. Units that are not valid Unicode are `MMIOERR_INVALIDFILE`.
    fn decode(units: &[Self]) -> Result<Name, Error>;
    /// Encodes a name, without a NUL.
    fn encode(name: &Name) -> Result<Vec<Self>, Error>;
    const NUL: Self;
}

impl Unit for u8 {
    const ENCODING: Encoding = Encoding::Bytes;
    const NUL: u8 = 0;

    fn decode(units: &[u8]) -> Result<Name, Error> {
        Name::from_bytes(units)
    }

    fn encode(name: &Name) -> Result<Vec<u8>, Error> {
        Ok(fallible::concat(&[&name.0])?)
    }
}

impl Unit for u16 {
    const ENCODING: Encoding = Encoding::Utf16;
    const NUL: u16 = 0;

    fn decode(units: &[u16]) -> Result<Name, Error> {
        Name::from_chars(char::decode_utf16(units.iter().copied()).map(Result::ok))
    }

    fn encode(name: &Name) -> Result<Vec<u16>, Error> {
        Ok(fallible::collect(name.text()?.encode_utf16())?)
    }
}

impl Unit for u32 {
    const ENCODING: Encoding = Encoding::Utf32;
    const NUL: u32 = 0;

    fn decode(units: &[u32]) -> Result<Name, Error> {
        Name::from_chars(units.iter().map(|&unit| char::from_u32(unit)))
    }

    fn encode(name: &Name) -> Result<Vec<u32>, Error> {
        Ok(fallible::collect(name.text()?.chars().map(u32::from))?)
    }
}

/// A file name: bytes without a NUL. A name that came from UTF-16 or UTF-32 is valid UTF-8.
#[cfg_attr(test, derive(Clone))]
#[derive(Debug, PartialEq, Eq)]
pub struct Name(pub Vec<u8>);

impl Name {
    /// Decodes a caller's name. A name that is too long is refused before it is copied.
    pub fn from_units<U: Unit>(units: &[U]) -> Result<Name, Error> {
        if units.len() > MAX_UNITS { Err(Error::InvalidFile) } else { U::decode(units) }
    }

    /// Builds a name of characters; None stands for an invalid one.
    pub fn from_chars(chars: impl Iterator<Item = Option<char>>) -> Result<Name, Error> {
        let mut text = String::new();
        for char in chars {
            let char = char.ok_or(Error::InvalidFile)?;
            text.try_reserve(char.len_utf8())?;
            text.push(char);
        }
        Ok(Name(text.into_bytes()))
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Name, Error> {
        Ok(Name(fallible::concat(&[bytes])?))
    }

    /// Returns the name as text. A name that is not valid UTF-8 has no wide encoding.
    fn text(&self) -> Result<&str, Error> {
        core::str::from_utf8(&self.0).map_err(|_| Error::InvalidFile)
    }

    /// Returns the code of the extension before the last `+`, within the same path component (doc; win:
    /// `file+name.xyz+one.two` is `XYZ `): its first four characters in the encoding in which the name was given. The
    /// part after the `+` may contain separators.
    pub fn extension(&self, encoding: Encoding) -> Option<FourCc> {
        let plus = self.0.iter().rposition(|&byte| byte == b'+')?;
        let file = self.0.get(..plus)?;
        let component = file.rsplit(|&byte| byte == b'/' || byte == b'\\').next()?;
        let dot = component.iter().rposition(|&byte| byte == b'.')?;
        let extension = component.get(dot.checked_add(1)?..)?;
        extension.first()?;
        let code = |units: &mut dyn Iterator<Item = u32>| Some(FourCc::from_units(units, true));
        let text = if encoding == Encoding::Bytes { None } else { core::str::from_utf8(extension).ok() };
        match text {
            None => code(&mut extension.iter().map(|&byte| byte.into())),
            Some(text) if encoding == Encoding::Utf16 => code(&mut text.encode_utf16().map(u32::from)),
            Some(text) => code(&mut text.chars().map(u32::from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extension(name: &str) -> Option<String> {
        let code = Name(name.into()).extension(Encoding::Bytes)?;
        Some(String::from_utf8_lossy(&code.0.to_le_bytes()).into_owned())
    }

    #[test]
    fn the_extension_ends_at_the_last_plus() {
        assert_eq!(extension("file+name.xyz+one.two").as_deref(), Some("XYZ "));
        assert_eq!(extension("foo.wav+").as_deref(), Some("WAV "));
        assert_eq!(extension("X.NEB2+path").as_deref(), Some("NEB2"));
        assert_eq!(extension("data.arc+sound/a.wav").as_deref(), Some("ARC "));
        assert_eq!(extension("a.toolong+x").as_deref(), Some("TOOL"));
    }

    /// The code is that of `mmioStringToFOURCC` in the same encoding.
    #[test]
    fn the_code_of_an_extension_depends_on_the_encoding() {
        let name = Name("x.\u{e4}\u{1f600}bcd+y".into());
        for (encoding, code) in [
            (Encoding::Bytes, [0xc3, 0xa4, 0xf0, 0x9f]),
            (Encoding::Utf16, [0xe4, 0x3d, 0x00, b'B']),
            (Encoding::Utf32, [0xe4, 0x00, b'B', b'C']),
        ] {
            assert_eq!(name.extension(encoding), Some(FourCc::new(code)), "{encoding:?}");
        }
    }

    #[test]
    fn a_name_that_is_too_long_is_refused() {
        let units = [b'x'; MAX_UNITS + 1];
        assert_eq!(Name::from_units(&units), Err(Error::InvalidFile));
        assert!(Name::from_units(&units[1..]).is_ok());
    }

    #[test]
    fn no_plus_or_no_extension_names_no_procedure() {
        for name in ["", "a.wav", "a+b", "a.b/c+d", "a.b\\c+d", "my+song.wav", "a.+b", "+"] {
            assert_eq!(extension(name), None, "{name}");
        }
    }

    #[test]
    fn unicode_survives_a_round_trip() {
        let name = Name("声/\u{1f600}.wav".into());
        assert_eq!(u16::decode(&u16::encode(&name).unwrap()), Ok(name.clone()));
        assert_eq!(u32::decode(&u32::encode(&name).unwrap()), Ok(name));
    }

    #[test]
    fn invalid_unicode_is_an_invalid_file() {
        assert_eq!(u16::decode(&[0x41, 0xd800]), Err(Error::InvalidFile));
        assert_eq!(u32::decode(&[0x110000]), Err(Error::InvalidFile));
        assert_eq!(u32::decode(&[0xdfff]), Err(Error::InvalidFile));
        assert_eq!(u16::encode(&Name(vec![b'a', 0xff])), Err(Error::InvalidFile));
    }
}
