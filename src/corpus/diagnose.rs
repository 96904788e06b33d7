//! Diagnosis: why the bytes of a document are not the recorded ones.
//!
//! Each usual cause is undone on the found bytes; where that gives the recorded
//! digest, it is the cause. Git, where it has the old bytes, shows the first line
//! that differs.
//!
//! In:  the found file and what its record states.
//! Out: one finding; or the notes that tell two versions apart.
//! Not here: noticing that they differ (`judge`), and encodings (`encoding`).

use crate::corpus::digest::Digest;
use crate::corpus::digest::text_digest;
use crate::corpus::encoding;
use crate::corpus::find;
use crate::corpus::find::found;
use crate::corpus::history::Past;
use crate::corpus::open::Content;
use crate::corpus::open::Keep;
use crate::corpus::scan::Stated;
use crate::corpus::source::Access;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use unicode_normalization::UnicodeNormalization;

/// Larger files are not searched for a cause: it would take their size in memory.
const DIAGNOSED_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// More line feeds than this at the end are no slip of an editor.
const FINAL_NEWLINES_MAX: usize = 64;

/// Lines are shown up to this many characters.
const SHOWN_CHARS_MAX: usize = 80;

/// Says that the file at `path` has other bytes than its record states, and why;
/// `past` may have the recorded ones.
pub(crate) fn changed(
    access: &mut Access<'_>,
    past: &Past<'_>,
    (path, state): (&str, &Stated),
    content: &Content,
) -> Finding {
    let bytes = bytes(access, path)
        .filter(|(_, again)| again.digest == content.digest)
        .map(|(bytes, _)| bytes);
    let cause = bytes.as_deref().and_then(|bytes| cause(bytes, state));
    let mut finding = match cause {
        Some(LineEndings(how)) => rewritten(path, how, access.is_folder()),
        _ => other(path, access.is_folder()),
    };
    let sizes =
        [("recorded", state.digest, state.bytes), ("found   ", content.digest, content.bytes)];
    finding.notes.extend(
        sizes.map(|(what, digest, bytes)| {
            format!("{what} sha256 {}, {}", digest.short(), size(bytes))
        }),
    );
    match (cause, bytes) {
        (Some(Other(cause)), _) => finding.notes.push(format!("likely cause: {cause}")),
        (None, Some(new)) => {
            if let Some(old) = past.bytes(path, state.digest) {
                compare(path, &old, &new, &mut finding);
            }
        }
        _ => {}
    }
    finding
}

/// The bytes of the document at `path`, unless it is large or cannot be read.
pub(crate) fn bytes(access: &mut Access<'_>, path: &str) -> Option<(Vec<u8>, Content)> {
    let mut keep = Keep { bytes: Vec::new(), bytes_max: DIAGNOSED_BYTES_MAX };
    let content = access.read(path, Some(&mut keep), &|_| {}).ok()?;
    (content.bytes <= DIAGNOSED_BYTES_MAX).then_some((keep.bytes, content))
}

/// What tells `new` from `old`, a line each: a usual cause, or the first difference.
pub(crate) fn differences(old: &[u8], new: &[u8]) -> Vec<String> {
    let text = str::from_utf8(old).ok().map(text_digest);
    let sought = Sought { digest: Digest::of(old), bytes: old.len() as u64, text: text.as_deref() };
    match sought.cause(new) {
        _ if old == new => Vec::new(),
        Some(LineEndings(cause) | Other(cause)) => {
            vec![format!("likely cause: {cause}")]
        }
        None => first_difference(old, new),
    }
}

/// A size in bytes, in words.
pub(crate) fn size(bytes: u64) -> String {
    if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") }
}

/// What happened to the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// Only line endings differ; says how.
    LineEndings(&'static str),
    /// Something else that is usual; a clause.
    Other(&'static str),
}

use Cause::LineEndings;
use Cause::Other;

/// What, undone, gives the recorded bytes.
fn cause(found: &[u8], state: &Stated) -> Option<Cause> {
    let text = state.text.as_deref();
    Sought { digest: state.digest, bytes: state.bytes, text }.cause(found)
}

/// What the bytes should be.
struct Sought<'s> {
    digest: Digest,
    bytes: u64,
    text: Option<&'s str>,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

impl Sought<'_> {
    /// Whether these are the bytes. Most attempts have another size, and are not hashed.
    fn are(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.bytes && Digest::of(bytes) == self.digest
    }

    fn cause(&self, found: &[u8]) -> Option<Cause> {
        if found.is_empty() {
            return (self.bytes > 0).then_some(Other("the file was emptied"));
        }
        if found.iter().all(|byte| *byte == 0) {
            return Some(Other("every byte is zero, as after a fault of the disk"));
        }
        self.line_endings(found)
            .map(LineEndings)
            .or_else(|| self.mark(found).map(Other))
            .or_else(|| self.final_newlines(found).map(Other))
            .or_else(|| self.appended(found).map(Other))
            .or_else(|| self.encoding(found).map(Other))
            .or_else(|| self.text(str::from_utf8(found).ok()?).map(Other))
    }

    fn line_endings(&self, found: &[u8]) -> Option<&'static str> {
        let lf = to_lf(found);
        if self.are(&lf) {
            return Some("line feeds became carriage return and line feed");
        }
        if self.are(&to_crlf(&lf)) {
            return Some("carriage return and line feed became line feeds");
        }
        if self.are(&replaced(found, b'\r', b'\n')) {
            return Some("line feeds became carriage returns");
        }
        self.are(&replaced(&lf, b'\n', b'\r')).then_some("carriage returns became line feeds")
    }

    fn mark(&self, found: &[u8]) -> Option<&'static str> {
        if found.strip_prefix(BOM).is_some_and(|bare| self.are(bare)) {
            return Some("a byte order mark was added");
        }
        self.are(&[BOM, found].concat()).then_some("the byte order mark was removed")
    }

    fn final_newlines(&self, found: &[u8]) -> Option<&'static str> {
        let newline = |byte: &u8| *byte == b'\n' || *byte == b'\r';
        let end = found.iter().rposition(|byte| !newline(byte)).map_or(0, |last| last + 1);
        let had = found.len() - end;
        for newline in [b"\n".as_slice(), b"\r\n"] {
            for count in 0..=FINAL_NEWLINES_MAX {
                let ending = newline.repeat(count);
                if self.are(&[&found[..end], &ending].concat()) {
                    let fewer = had < ending.len();
                    return Some(if fewer {
                        "line ends at the end were removed"
                    } else {
                        "line ends at the end were added"
                    });
                }
            }
        }
        None
    }

    fn appended(&self, found: &[u8]) -> Option<&'static str> {
        let kept = found.get(..usize::try_from(self.bytes).ok()?)?;
        (!kept.is_empty() && self.are(kept))
            .then_some("something was appended to the recorded bytes")
    }

    fn encoding(&self, found: &[u8]) -> Option<&'static str> {
        encoding::undone(found).find(|(_, bytes)| self.are(bytes)).map(|(how, _)| how)
    }

    fn text(&self, found: &str) -> Option<&'static str> {
        if self.are(found.nfc().collect::<String>().as_bytes()) {
            return Some("characters were decomposed (NFC became NFD)");
        }
        if self.are(found.nfd().collect::<String>().as_bytes()) {
            return Some("characters were composed (NFD became NFC)");
        }
        let same_text = self.text == Some(&text_digest(found));
        same_text.then_some("only blanks, line ends, a byte order mark or the composition of characters changed; the text is the same")
    }
}

/// Adds the first line that differs from the old bytes.
fn compare(path: &str, old: &[u8], new: &[u8], finding: &mut Finding) {
    finding.notes.extend(first_difference(old, new));
    if let Ok(source) = str::from_utf8(new) {
        let mut at = same_bytes(old, new);
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        finding.labels[0] = find::line(path, source, at);
    }
}

/// The first line that differs, and what that looks like.
fn first_difference(old: &[u8], new: &[u8]) -> Vec<String> {
    let same = same_bytes(old, new);
    let mut notes = Vec::new();
    if same == new.len() {
        notes.push(format!(
            "likely cause: the file was cut off after {same} of {} bytes",
            old.len()
        ));
    } else if one_bit(old, new) {
        notes.push("likely cause: one bit is another, as after a fault of the disk".to_owned());
    }
    let number = new[..same].split(|byte| *byte == b'\n').count();
    notes.push(format!("first difference in line {number}, at byte {same}"));
    notes.push(format!("recorded: {}", line_at(old, same)));
    notes.push(format!("found:    {}", line_at(new, same)));
    notes
}

/// How many bytes both begin with.
fn same_bytes(old: &[u8], new: &[u8]) -> usize {
    old.iter().zip(new).take_while(|(old, new)| old == new).count()
}

/// Whether they are the same but for one bit. A changed ASCII letter case is one bit
/// too, and an editor's work.
fn one_bit(old: &[u8], new: &[u8]) -> bool {
    let mut differing = old.iter().zip(new).filter(|(old, new)| old != new);
    let first = differing.next();
    let flipped = |(old, new): (&u8, &u8)| {
        let letters = old.is_ascii_alphanumeric() && new.is_ascii_alphanumeric();
        (old ^ new).is_power_of_two() && !letters
    };
    old.len() == new.len() && first.is_some_and(flipped) && differing.next().is_none()
}

/// The line around a byte, as far as it is shown.
fn line_at(bytes: &[u8], at: usize) -> String {
    let at = at.min(bytes.len());
    let start =
        bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let length = bytes[start..].iter().position(|byte| *byte == b'\n');
    let line =
        String::from_utf8_lossy(&bytes[start..length.map_or(bytes.len(), |length| start + length)]);
    // The difference itself must be in what is shown.
    let before = String::from_utf8_lossy(&bytes[start..at]).chars().count();
    let skipped = before.saturating_sub(SHOWN_CHARS_MAX / 2);
    let shown: String = line.chars().skip(skipped).take(SHOWN_CHARS_MAX).collect();
    let rest = line.chars().count() > skipped + SHOWN_CHARS_MAX;
    format!("{}{shown}{}", if skipped > 0 { "…" } else { "" }, if rest { "…" } else { "" })
}

fn to_lf(bytes: &[u8]) -> Vec<u8> {
    let mut unified = Vec::with_capacity(bytes.len());
    for (index, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(index + 1) != Some(&b'\n') {
            unified.push(*byte);
        }
    }
    unified
}

fn to_crlf(unified: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(unified.len());
    for byte in unified {
        bytes.extend((*byte == b'\n').then_some(b'\r'));
        bytes.push(*byte);
    }
    bytes
}

fn replaced(bytes: &[u8], from: u8, to: u8) -> Vec<u8> {
    bytes.iter().map(|byte| if *byte == from { to } else { *byte }).collect()
}

fn rewritten(path: &str, how: &str, folder: bool) -> Finding {
    let message = format!("only the line endings of `{path}` changed: {how}");
    let help = if folder {
        format!(
            "run `provenance init`, which tells git to leave them, then: rm {path} && git checkout -- {path}"
        )
    } else {
        format!("put the recorded bytes back, and stage them again: git add --renormalize {path}")
    };
    found(Rule::LineEndingsRewritten, message, Label::file(path, "not the recorded bytes"), help)
}

fn other(path: &str, folder: bool) -> Finding {
    let message = format!("`{path}` does not have the recorded bytes");
    let restore = if folder {
        format!("restore it: git checkout -- {path}")
    } else {
        "put the recorded bytes back, and commit them".to_owned()
    };
    let help = format!(
        "{restore}; or, if the change is meant, say why: provenance add {path} --replace REASON"
    );
    found(Rule::ContentChanged, message, Label::file(path, "not the recorded bytes"), help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::digest::normalised;

    /// One row per cause: what was recorded, what is found, and what is said.
    #[test]
    fn threat_02_the_likely_cause_is_told() {
        #[rustfmt::skip]
        let cases = [
            ("a\nb\n",     "a\r\nb\r\n",      "line feeds became carriage return and line feed"),
            ("a\r\nb\r\n", "a\nb\n",          "carriage return and line feed became line feeds"),
            ("a\nb\n",     "",                "the file was emptied"),
            ("a\n",        "\u{feff}a\n",     "a byte order mark was added"),
            ("\u{feff}a",  "a",               "the byte order mark was removed"),
            ("a\n",        "a",               "line ends at the end were removed"),
            ("a",          "a\n",             "line ends at the end were added"),
            ("a\n\n\n",    "a\n",             "line ends at the end were removed"),
            ("a\n",        "a\nb\n",          "something was appended to the recorded bytes"),
            ("café",       "cafe\u{301}",     "characters were decomposed (NFC became NFD)"),
            ("cafe\u{301}", "café",           "characters were composed (NFD became NFC)"),
            ("a \nb\n",    "a\nb\n\n",        "only blanks"),
            ("",           "a",               "none"),
            ("29 deals",   "30 deals",        "none"),
        ];
        for (recorded, found, expected) in cases {
            let told = cause_of(recorded.as_bytes(), found.as_bytes());
            assert!(told.starts_with(expected), "{recorded:?} {found:?}: {told}");
        }
    }

    /// One row per change of bytes that are not all text.
    #[test]
    fn threat_02_a_changed_encoding_is_told() {
        let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        let (le, be) = (u16::to_le_bytes, u16::to_be_bytes);
        let text = "Café “no”\n";
        #[rustfmt::skip]
        let cases = [
            (b"caf\xe9\n".to_vec(),            "café\n".into(),                "Latin-1 became UTF-8"),
            ("café\n".into(),                  b"caf\xe9\n".to_vec(),          "UTF-8 became Latin-1"),
            (b"\x93no\x94\n".to_vec(),         "“no”\n".into(),                "Windows-1252 became UTF-8"),
            ("“no”\n".into(),                  b"\x93no\x94\n".to_vec(),       "UTF-8 became Windows-1252"),
            ("café\n".into(),                  "cafÃ©\n".into(),               "UTF-8 was read as Windows-1252 or Latin-1"),
            ("cafÃ©\n".into(),                 "café\n".into(),                "UTF-8 that had been read as"),
            (utf16(text, le),                  text.into(),                    "UTF-16 became UTF-8"),
            (utf16(text, be),                  text.into(),                    "UTF-16 became UTF-8"),
            (utf16("\u{feff}a\n", le),         "a\n".into(),                   "UTF-16 became UTF-8"),
            (utf16("a\n", le),                 "\u{feff}a\n".into(),           "UTF-16 became UTF-8"),
            (text.into(),                      utf16(text, le),                "UTF-8 became UTF-16"),
            ("a\n".into(),                     utf16("\u{feff}a\n", be),       "UTF-8 became UTF-16"),
            ("a\nb\n".into(),                  b"a\rb\r".to_vec(),             "line feeds became carriage returns"),
            ("a\rb\r".into(),                  b"a\nb\n".to_vec(),             "carriage returns became line feeds"),
            (b"abcdef".to_vec(),               vec![0; 6],                     "every byte is zero"),
            (b"\xff\xfe".to_vec(),             b"\xff\xff".to_vec(),           "none"),
        ];
        for (recorded, found, expected) in cases {
            let told = cause_of(&recorded, &found);
            assert!(told.starts_with(expected), "{recorded:?} {found:?}: {told}");
        }
    }

    /// One row per change that only the old bytes explain: what the first note says.
    #[test]
    fn threat_02_the_old_bytes_show_what_happened() {
        #[rustfmt::skip]
        let cases: [(&[u8], &[u8], &str); 5] = [
            (b"one\ntwo\n",  b"one\nt",       "likely cause: the file was cut off after 5 of 8 bytes"),
            (b"one\ntwo\n",  b"one\ntw/\n",   "likely cause: one bit is another"),
            (b"one\ntwo\n",  b"one\ntWo\n",   "first difference in line 2, at byte 5"),
            (b"one\r\n",     b"one\n",        "likely cause: carriage return and line feed became"),
            (b"29 deals",    b"30 deals",     "first difference in line 1, at byte 0"),
        ];
        for (old, new, expected) in cases {
            let notes = differences(old, new);
            assert!(notes[0].starts_with(expected), "{old:?} {new:?}: {notes:?}");
        }
        assert_eq!(differences(b"a", b"a"), [""; 0]);
    }

    fn cause_of(recorded: &[u8], found: &[u8]) -> &'static str {
        let text = str::from_utf8(recorded).ok().map(|text| text_digest(&normalised(text)));
        let sought = Sought {
            digest: Digest::of(recorded),
            bytes: recorded.len() as u64,
            text: text.as_deref(),
        };
        match sought.cause(found) {
            Some(LineEndings(cause) | Other(cause)) => cause,
            None => "none",
        }
    }

    #[test]
    fn shows_the_part_of_a_long_line_that_differs() {
        let old = format!("{}29{}", "x".repeat(500), "y".repeat(500));

        let shown = line_at(old.as_bytes(), 500);

        assert!(
            shown.contains("xx29yy") && shown.starts_with('…') && shown.ends_with('…'),
            "{shown}"
        );
    }
}
