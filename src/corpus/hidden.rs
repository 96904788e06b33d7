//! Hidden characters: what stands in a text and no reader sees.
//!
//! Bidi controls, zero-width characters, tag characters and variation selectors
//! can carry text past an editor. Where a script or an emoji needs them they are
//! left alone. A C2PA manifest embedded in text (C2PA 2.4, section A.8) is such a
//! run as well: it is recognised and named for what it is.
//!
//! In:  the text of one document.
//! Out: [`Hidden`] places in reading order, none overlapping.
//! Not here: the findings made of them (`examine`).

use crate::span::Span;

/// A place where no reader sees anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One character, with its name.
    Character(char, &'static str),
    /// A run of variation selectors that carries this many bytes.
    Bytes(usize),
    /// An embedded C2PA manifest, with the size of its content in bytes.
    C2pa(usize),
}

/// Every place in `text` where no reader sees anything.
///
/// A byte order mark at the very start is not reported: it is an encoding's
/// signature, not text.
pub fn hidden(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    if text.is_ascii() && !text.bytes().any(is_hidden_ascii) {
        return found;
    }
    let mut offset = 0;
    let mut before = None;
    while let Some(character) = text[offset..].chars().next() {
        let kind = hidden_at(text, offset, before);
        let length = kind.map_or(character.len_utf8(), |(length, _)| length);
        if let Some((length, kind)) = kind {
            found.push(Hidden { span: Span::new(offset, offset + length), kind });
        }
        // A variation selector belongs to the character before it.
        if selector_byte(character).is_none() {
            before = Some(character);
        }
        offset += length;
    }
    found
}

/// The name of `character` when no reader sees it, wherever it stands.
pub fn name(character: char) -> Option<&'static str> {
    Some(match character {
        '\n' | '\t' | '\r' => return None,
        '\0'..='\u{1f}' => "control character",
        '\u{7f}' => "delete",
        '\u{80}'..='\u{9f}' => "C1 control character",
        '\u{ad}' => "soft hyphen",
        '\u{34f}' => "combining grapheme joiner",
        '\u{61c}' => "Arabic letter mark",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{17b4}' | '\u{17b5}' => "Khmer inherent vowel",
        '\u{180b}'..='\u{180d}' | '\u{180f}' => "Mongolian variation selector",
        '\u{180e}' => "Mongolian vowel separator",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}'..='\u{202e}' => "bidi embedding or override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{2066}'..='\u{2069}' => "bidi isolate",
        '\u{206a}'..='\u{206f}' => "deprecated format character",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "variation selector",
        '\u{feff}' => "zero width no-break space",
        '\u{fff9}'..='\u{fffb}' => "interlinear annotation",
        '\u{1d173}'..='\u{1d17a}' => "musical format character",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        _ => return None,
    })
}

/// The embedded C2PA manifest that begins at `offset`: its length in the text and
/// the size of its content.
pub(crate) fn c2pa_at(text: &str, offset: usize) -> Option<(usize, usize)> {
    const MAGIC: &[u8] = b"C2PATXT\0";
    /// Magic, a version byte and the content's length in four bytes.
    const HEADER: usize = 13;
    let run = text[offset..].strip_prefix('\u{feff}')?;
    let header: Vec<u8> = run.chars().map_while(selector_byte).take(HEADER).collect();
    if header.len() < HEADER || !header.starts_with(MAGIC) {
        return None;
    }
    let content = usize::try_from(u32::from_be_bytes(header[9..].try_into().ok()?)).ok()?;
    let selectors = run.chars().take_while(|next| selector_byte(*next).is_some());
    let wrapper = selectors.take(HEADER.saturating_add(content)).map(char::len_utf8).sum::<usize>();
    Some(('\u{feff}'.len_utf8() + wrapper, content))
}

fn is_hidden_ascii(byte: u8) -> bool {
    byte == 0x7f || (byte < 0x20 && !matches!(byte, b'\n' | b'\t' | b'\r'))
}

fn hidden_at(text: &str, offset: usize, before: Option<char>) -> Option<(usize, Kind)> {
    let character = text[offset..].chars().next()?;
    let name = name(character)?;
    if let Some((length, content)) = c2pa_at(text, offset) {
        return Some((length, Kind::C2pa(content)));
    }
    let after = text[offset + character.len_utf8()..].chars().next();
    if selector_byte(character).is_some() {
        return selectors_at(text, offset, before);
    }
    let expected = match character {
        '\u{feff}' => offset == 0,
        '\u{200c}' | '\u{200d}' => before.is_some_and(joins) && after.is_some_and(joins),
        '\u{e0000}'..='\u{e007f}' => in_flag(&text[..offset]),
        _ => false,
    };
    (!expected).then_some((character.len_utf8(), Kind::Character(character, name)))
}

/// A run of variation selectors, unless it is the single one that an emoji, a
/// Han character or a Mongolian letter takes.
fn selectors_at(text: &str, offset: usize, before: Option<char>) -> Option<(usize, Kind)> {
    let run = text[offset..].chars().take_while(|next| selector_byte(*next).is_some());
    let (count, length) =
        run.fold((0, 0), |(count, length), next| (count + 1, length + next.len_utf8()));
    let first = text[offset..].chars().next()?;
    if count > 1 {
        return Some((length, Kind::Bytes(count)));
    }
    let takes_selector = before.is_some_and(|before| match before {
        '#' | '*' | '0'..='9' | '©' | '®' => true,
        _ => before >= '\u{2030}',
    });
    (!takes_selector).then_some((length, Kind::Character(first, "variation selector")))
}

/// Whether `character` is of a script, or an emoji, that is spelled with joiners.
fn joins(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{1cff}' | '\u{2600}'..='\u{27bf}' | '\u{a840}'..='\u{abff}'
        | '\u{fb50}'..='\u{feff}' | '\u{10a00}'..='\u{11fff}' | '\u{1f000}'..='\u{1faff}')
        || matches!(character, '\u{2640}' | '\u{2642}' | '\u{200d}')
}

/// Whether the text so far ends inside the flag of a nation such as Scotland: a
/// black flag and up to six tag characters.
fn in_flag(before: &str) -> bool {
    let mut tail = before.chars().rev();
    let tags = tail.by_ref().take_while(|next| matches!(next, '\u{e0000}'..='\u{e007f}'));
    let count = tags.count();
    let start = before.chars().rev().nth(count);
    count <= 6 && start == Some('\u{1f3f4}')
}

/// The byte that a variation selector stands for in a hidden run.
fn selector_byte(character: char) -> Option<u8> {
    let value = u32::from(character);
    let byte = match character {
        '\u{fe00}'..='\u{fe0f}' => value - 0xfe00,
        '\u{e0100}'..='\u{e01ef}' => value - 0xe0100 + 16,
        _ => return None,
    };
    u8::try_from(byte).ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// `content` wrapped as C2PA wraps a manifest into text.
    pub(crate) fn c2pa(content: &[u8]) -> String {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        let bytes = [b"C2PATXT\0\x01".as_slice(), &length, content].concat();
        let selector = |byte: &u8| match byte {
            0..16 => char::from_u32(0xfe00 + u32::from(*byte)).unwrap(),
            _ => char::from_u32(0xe0100 + u32::from(*byte) - 16).unwrap(),
        };
        std::iter::once('\u{feff}').chain(bytes.iter().map(selector)).collect()
    }

    /// One row per thing that can be hidden: the text, and what is found.
    #[test]
    fn threat_06_hidden_characters_are_found_and_named() {
        #[rustfmt::skip]
        let cases = [
            ("paid\u{202e}000,1",      Some((4..7, "bidi embedding or override"))),
            ("Kazakh\u{200b}stan",     Some((6..9, "zero width space"))),
            ("Ast\u{200d}ana",         Some((3..6, "zero width joiner"))),
            ("soft\u{ad}ware",         Some((4..6, "soft hyphen"))),
            ("say\u{e0041} hi",        Some((3..7, "tag character"))),
            ("a\u{fe0f}",              Some((1..4, "variation selector"))),
            ("bell\u{7}",              Some((4..5, "control character"))),
            ("\u{feff}Astana",         None),
            ("می\u{200c}خواهم",        None),
            ("👩\u{200d}🚀 ❤\u{fe0f}",   None),
            ("🏴\u{e0067}\u{e0062}\u{e007f}", None),
            ("葛\u{e0100}",            None),
            ("plain\r\n\ttext",        None),
        ];
        for (text, expected) in cases {
            let found = hidden(text);
            let named = found.first().map(|hidden| match hidden.kind {
                Kind::Character(_, name) => (hidden.span.range(), name),
                _ => (hidden.span.range(), "run"),
            });
            assert_eq!(named, expected, "{text:?}");
        }
    }

    #[test]
    fn threat_06_a_run_of_selectors_is_smuggled_bytes() {
        let found = hidden("ok\u{e0101}\u{e0102}\u{e0103}");

        assert_eq!(found, [Hidden { span: Span::new(2, 14), kind: Kind::Bytes(3) }]);
    }

    #[test]
    fn threat_06_a_c2pa_wrapper_is_recognised() {
        let text = format!("Deal signed.{} End.\u{200b}", c2pa(b"jumbf box"));

        let found = hidden(&text);

        assert_eq!(found[0].kind, Kind::C2pa(9));
        assert_eq!(&text[found[0].span.end()..], " End.\u{200b}");
        assert_eq!(found[1].kind, Kind::Character('\u{200b}', "zero width space"));
        assert_eq!(hidden(&c2pa(b"at the start"))[0].kind, Kind::C2pa(12));
    }
}
