//! Escaping beyond what JSON demands, so that the output is inert wherever it lands.
//!
//! `<`, `>` and `&` cannot end a script element in a page that embeds the object,
//! and nothing in it acts on a terminal. A parser reads exactly the original text.

use crate::render::sanitize::is_hidden;
use serde_json::ser::Formatter;
use std::io;
use std::io::Write;

/// Compact JSON whose strings hold no markup and no hidden character.
pub(crate) struct InertFormatter;

impl Formatter for InertFormatter {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = 0;
        for (offset, c) in fragment.char_indices().filter(|(_, c)| needs_escape(*c)) {
            writer.write_all(&fragment.as_bytes()[plain..offset])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = offset + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
}

fn needs_escape(c: char) -> bool {
    matches!(c, '<' | '>' | '&') || is_hidden(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[test]
    fn hostile_text_is_inert_and_reads_back_exactly() {
        let hostile = "</script>&\u{202e}\u{9b}2J\u{e0041}\u{1b}[0m\u{2028} “ok” 😀";
        let mut written = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut written, InertFormatter);
        hostile.serialize(&mut serializer).unwrap();
        let written = String::from_utf8(written).unwrap();

        assert!(!written.chars().any(needs_escape), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), hostile);
    }
}
