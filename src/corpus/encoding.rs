//! Encodings: what a text was before somebody saved it in another one.
//!
//! Only to explain a changed document: nothing is decoded for analysis here.
//!
//! In:  the bytes that are there.
//! Out: for each usual change of encoding, the bytes before it.

/// What Windows-1252 has at 0x80 to 0x9f; zero where it has nothing.
const WINDOWS: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc,
    0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

const MARK: char = '\u{feff}';

/// What each usual change of encoding would have made `found` from, with the change
/// in words.
pub(crate) fn undone(found: &[u8]) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let text = str::from_utf8(found).ok();
    let to_utf8 = text.into_iter().flat_map(before_utf8);
    to_utf8.chain(from_utf8(found))
}

/// `text` was something else, and became UTF-8.
fn before_utf8(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bare = text.strip_prefix(MARK).unwrap_or(text);
    let marked = format!("{MARK}{bare}");
    let mut before = Vec::new();
    for single in [latin(bare, false), latin(bare, true)].into_iter().flatten() {
        let how = match (str::from_utf8(&single).is_ok(), bare.chars().any(|c| c > '\u{ff}')) {
            (true, _) => "UTF-8 was read as Windows-1252 or Latin-1, and saved as UTF-8 again",
            (false, true) => "Windows-1252 became UTF-8",
            (false, false) => "Latin-1 became UTF-8",
        };
        before.push((how, single));
    }
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        for text in [bare, &marked] {
            before.push(("UTF-16 became UTF-8", utf16(text, order)));
        }
    }
    // What was misread before was put right.
    for windows in [false, true] {
        let misread = single(text.as_bytes(), windows).into_bytes();
        before.push(("UTF-8 that had been read as Windows-1252 or Latin-1 was put right", misread));
    }
    before
}

/// UTF-8 became something else, which is `found`.
fn from_utf8(found: &[u8]) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let wide = [u16::from_le_bytes, u16::from_be_bytes].into_iter().filter_map(|order| {
        let (pairs, rest) = found.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| order(*pair)).collect();
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty())?;
        let bare = text.strip_prefix(MARK).unwrap_or(&text).to_owned();
        Some(("UTF-8 became UTF-16", bare.into_bytes()))
    });
    let narrow = str::from_utf8(found).is_err();
    let names = [("UTF-8 became Latin-1", false), ("UTF-8 became Windows-1252", true)];
    let single = names.into_iter().filter(move |_| narrow);
    wide.chain(single.map(|(how, windows)| (how, self::single(found, windows).into_bytes())))
}

/// `text` in a single-byte encoding, when that has all its characters and any of
/// them is not ASCII.
fn latin(text: &str, windows: bool) -> Option<Vec<u8>> {
    let byte = |character: char| {
        let code = u32::from(character);
        let high = || WINDOWS.iter().position(|known| u32::from(*known) == code && code != 0);
        match u8::try_from(code) {
            Ok(code) => Some(code),
            Err(_) if windows => high().and_then(|at| u8::try_from(at + 0x80).ok()),
            Err(_) => None,
        }
    };
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    bytes.filter(|bytes| !bytes.is_ascii())
}

/// The characters of `bytes` in a single-byte encoding.
fn single(bytes: &[u8], windows: bool) -> String {
    let character = |byte: &u8| match byte {
        0x80..=0x9f if windows => match WINDOWS[usize::from(byte - 0x80)] {
            0 => char::from(*byte),
            code => char::from_u32(u32::from(code)).unwrap_or(char::from(*byte)),
        },
        _ => char::from(*byte),
    };
    bytes.iter().map(character).collect()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}
