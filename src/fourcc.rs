//! Four-character codes.
#![forbid(unsafe_code)]

/// A four-character code. The first character is the lowest byte on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FourCc(pub u32);

impl FourCc {
    pub const DOS: FourCc = FourCc::new(*b"DOS ");
    pub const MEM: FourCc = FourCc::new(*b"MEM ");
    pub const RIFF: FourCc = FourCc::new(*b"RIFF");
    pub const LIST: FourCc = FourCc::new(*b"LIST");
    pub const RF64: FourCc = FourCc::new(*b"RF64");
    pub const BW64: FourCc = FourCc::new(*b"BW64");
    pub const DS64: FourCc = FourCc::new(*b"ds64");
    pub const JUNK: FourCc = FourCc::new(*b"JUNK");
    pub const DATA: FourCc = FourCc::new(*b"data");
    pub const FMT: FourCc = FourCc::new(*b"fmt ");
    pub const WAVE: FourCc = FourCc::new(*b"WAVE");

    pub const fn new(code: [u8; 4]) -> FourCc {
        FourCc(u32::from_le_bytes(code))
    }

    /// Returns the code of up to four characters, padded with spaces. `upper` folds ASCII letters only (ours: the
    /// locale must not change the code of a file). Of a character above 0xff only the low byte is used, as in the
    /// Windows macro.
    pub fn from_units(units: impl Iterator<Item = u32>, upper: bool) -> FourCc {
        let mut code = *b"    ";
        for (place, unit) in code.iter_mut().zip(units) {
            let [byte, ..] = unit.to_le_bytes();
            *place = if upper { byte.to_ascii_uppercase() } else { byte };
        }
        FourCc::new(code)
    }
}

#[cfg(test)]
mod tests {
    use super::FourCc;

    fn code(text: &str, upper: bool) -> [u8; 4] {
        FourCc::from_units(text.bytes().map(u32::from), upper).0.to_le_bytes()
    }

    #[test]
    fn short_codes_are_padded_with_spaces() {
        assert_eq!(&code("", false), b"    ");
        assert_eq!(&code("ab", false), b"ab  ");
        assert_eq!(&code("data", false), b"data");
        assert_eq!(&code("toolong", false), b"tool");
    }

    #[test]
    fn upper_case_is_ascii_only() {
        assert_eq!(&code("wav", true), b"WAV ");
        assert_eq!(code("\u{e9}x", true), [0xc3, 0xa9, b'X', b' ']);
    }
}
