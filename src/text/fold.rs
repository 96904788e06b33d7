//! The folded text: one spelling for every space, hyphen and quotation mark.
//!
//! Outlets print the same words with different typography: `U.S.-led` with a
//! hyphen or a non-breaking one, “curly” or "straight" marks, `ﬁ` as one letter
//! or two. Folding makes them equal and keeps letter case, which names need.
//!
//! In:  the original text.
//! Out: [`Folded`]: the folded text and an exact map back to the original.
//! Not here: letter case (`form`) and quotation marks as quotations (`quote`),
//! which are read from the original, where “ and ” still differ.

use crate::span::Span;
use std::iter;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// The folded text, with an exact map back to the original.
///
/// What is folded:
/// - every blank (tab, line end, no-break or typographic space) is one `' '`;
/// - hyphens (U+2010 to U+2012, U+FE63, U+FF0D) and the minus sign are `-`, while
///   en and em dash stay, since `2020–2025` is a range and `2020-2025` may be a score;
/// - double and angled quotation marks are `"`, single ones and apostrophes `'`;
/// - full-width ASCII and the Latin ligatures are plain letters, `…` is `...`;
/// - soft hyphens, zero-width characters and text-direction controls are gone;
/// - letters and their combining marks are composed (NFC).
///
/// Invariant: folding the folded text changes nothing; the edits are in order and
/// do not overlap, and outside them both texts are the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    edits: Vec<Edit>,
}

/// A stretch whose folded text has other bytes or another length.
///
/// A blank of one byte needs no edit: it is one byte in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    original: Span,
    folded: Span,
}

impl Folded {
    /// Folds `source`.
    ///
    /// ```
    /// use provenance::text::Folded;
    ///
    /// let folded = Folded::new("the “5+1\u{a0}Group”");
    ///
    /// assert_eq!(folded.text(), "the \"5+1 Group\"");
    /// ```
    pub fn new(source: &str) -> Self {
        let mut folding = Folding::new(source);
        let mut at = 0;
        while at < source.len() {
            at = folding.plain(at);
            if at < source.len() {
                at = folding.cluster(at);
            }
        }
        folding.finish()
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original characters that `folded` was made from, and no others.
    ///
    /// A span that ends inside the folded form of one original character covers
    /// that character whole. Removed characters at either edge are left out.
    pub fn original(&self, folded: Span) -> Span {
        let start = self.original_start(folded.start());
        if folded.is_empty() {
            return Span::new(start, start);
        }
        let before = self.edits.partition_point(|edit| edit.folded.start() < folded.end());
        let end = match self.edits[..before].last() {
            None => folded.end(),
            Some(edit) if folded.end() <= edit.folded.end() => edit.original.end(),
            Some(edit) => edit.original.end() + (folded.end() - edit.folded.end()),
        };
        Span::new(start, end)
    }

    /// The folded form of the characters in `original`.
    ///
    /// A span that ends inside a composed character covers it whole.
    pub fn folded(&self, original: Span) -> Span {
        let start = self.folded_start(original.start());
        if original.is_empty() {
            return Span::new(start, start);
        }
        let before = self.edits.partition_point(|edit| edit.original.start() < original.end());
        let end = match self.edits[..before].last() {
            None => original.end(),
            Some(edit) if original.end() <= edit.original.end() => edit.folded.end(),
            Some(edit) => edit.folded.end() + (original.end() - edit.original.end()),
        };
        Span::new(start, end)
    }

    fn original_start(&self, at: usize) -> usize {
        let upto = self.edits.partition_point(|edit| edit.folded.start() <= at);
        match self.edits[..upto].last() {
            None => at,
            Some(edit) if at < edit.folded.end() => edit.original.start(),
            Some(edit) => edit.original.end() + (at - edit.folded.end()),
        }
    }

    fn folded_start(&self, at: usize) -> usize {
        let upto = self.edits.partition_point(|edit| edit.original.start() <= at);
        match self.edits[..upto].last() {
            None => at,
            Some(edit) if at < edit.original.end() => edit.folded.start(),
            Some(edit) => edit.folded.end() + (at - edit.original.end()),
        }
    }
}

/// A folding under way.
struct Folding<'s> {
    source: &'s str,
    text: Vec<u8>,
    edits: Vec<Edit>,
}

impl<'s> Folding<'s> {
    fn new(source: &'s str) -> Self {
        Self { source, text: Vec::with_capacity(source.len()), edits: Vec::new() }
    }

    fn finish(self) -> Folded {
        let text = String::from_utf8(self.text).expect("only whole characters were copied");
        Folded { text, edits: self.edits }
    }

    /// Copies the ASCII characters from `start` that stand for themselves; says where they end.
    fn plain(&mut self, start: usize) -> usize {
        let bytes = &self.source.as_bytes()[start..];
        let ascii = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
        let mut end = start + ascii;
        // A letter before a combining mark is folded together with it.
        if end > start && self.source[end..].chars().next().is_some_and(joins) {
            let takes_mark = !self.source.as_bytes()[end - 1].is_ascii_whitespace();
            end -= usize::from(takes_mark);
        }
        let copied = self.source.as_bytes()[start..end].iter();
        self.text.extend(copied.map(|byte| if is_blank_byte(*byte) { b' ' } else { *byte }));
        end
    }

    /// Folds the character at `start` with the combining marks after it; says where they end.
    fn cluster(&mut self, start: usize) -> usize {
        let end = cluster_end(self.source, start);
        let cluster = &self.source[start..end];
        let folded_start = self.text.len();
        fold_cluster(cluster, &mut self.text);
        if self.text[folded_start..] != *cluster.as_bytes() {
            let folded = Span::new(folded_start, self.text.len());
            self.edits.push(Edit { original: Span::new(start, end), folded });
        }
        end
    }
}

/// Where the character at `start` and the marks composed with it end.
fn cluster_end(source: &str, start: usize) -> usize {
    let mut chars = source[start..].chars();
    let base = chars.next().unwrap_or(' ');
    let mut end = start + base.len_utf8();
    // Nothing composes with a blank or with what is removed.
    if base.is_whitespace() || is_removed(base) {
        return end;
    }
    let mut at = end;
    for c in chars.take_while(|c| joins(*c) && (is_hangul(base) || !is_hangul(*c))) {
        at += c.len_utf8();
        // Removed characters belong to the cluster only when a mark follows them.
        if !is_removed(c) {
            end = at;
        }
    }
    end
}

/// Appends the folded form of `cluster`, composing before and after the replacements.
fn fold_cluster(cluster: &str, text: &mut Vec<u8>) {
    let mut chars = cluster.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        if let Some(replacement) = replaced(only) {
            return text.extend_from_slice(replacement.as_bytes());
        }
        if is_nfc_quick(iter::once(only)) == IsNormalized::Yes {
            return text.extend_from_slice(cluster.as_bytes());
        }
    }
    let kept = cluster.chars().filter(|c| !is_removed(*c)).nfc().collect::<String>();
    let mut plain = String::with_capacity(kept.len());
    for c in kept.chars() {
        match replaced(c) {
            Some(replacement) => plain.push_str(replacement),
            None => plain.push(c),
        }
    }
    text.extend(plain.nfc().collect::<String>().as_bytes());
}

/// Whether `c` may compose with the character before it.
pub(super) fn joins(c: char) -> bool {
    let hangul_vowel_or_tail = ('\u{1160}'..='\u{11ff}').contains(&c);
    is_combining_mark(c) || hangul_vowel_or_tail || is_removed(c)
}

/// Whether `c` is a Korean syllable or a part of one; only these compose with their like.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether `c` is invisible: a soft hyphen, zero-width or text-direction control.
pub(super) fn is_removed(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_blank_byte(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'\x0b'
}

/// The printable ASCII characters, in the order of their full-width doubles from U+FF01.
const PRINTABLE: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\
                         [\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// What `c` is folded to, unless it stays.
fn replaced(c: char) -> Option<&'static str> {
    Some(match c {
        c if is_removed(c) => "",
        c if c.is_whitespace() => " ",
        '“' | '”' | '„' | '‟' | '«' | '»' => "\"",
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | '´' => "'",
        '\u{2010}'..='\u{2012}' | '\u{2212}' | '\u{fe63}' => "-",
        '…' => "...",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '\u{ff01}'..='\u{ff5e}' => {
            let index = (u32::from(c) - 0xff01) as usize;
            &PRINTABLE[index..=index]
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_every_typographic_variant() {
        #[rustfmt::skip]
        let cases = [
            ("“Yes,” she said",          "\"Yes,\" she said"),
            ("„Ja“, »nein«, ‚so‘",       "\"Ja\", \"nein\", 'so'"),
            ("the state’s plan",         "the state's plan"),
            ("U.S.\u{2011}led",          "U.S.-led"),
            ("\u{2212}5 and 1990–95 — x", "-5 and 1990–95 — x"),
            ("$5\u{202f}billion\u{a0}a", "$5 billion a"),
            ("a\tb\r\nc",                "a b  c"),
            ("co\u{ad}operate",          "cooperate"),
            ("\u{feff}Title\u{200b}",    "Title"),
            ("ﬁrst ﬂoor, oﬃce",          "first floor, office"),
            ("１７，０００ ＡＢＣ ～",         "17,000 ABC ~"),
            ("Wait…",                    "Wait..."),
            ("cafe\u{301} Hanoi\u{323}", "café Hanoị"),
            ("e\u{200b}\u{301}",         "é"),
            ("\u{1100}\u{1161}\u{11a8}", "각"),
            ("Łódź, Simkić",             "Łódź, Simkić"),
        ];
        for (source, folded) in cases {
            assert_eq!(Folded::new(source).text(), folded, "{source:?}");
        }
    }

    #[test]
    fn plain_text_needs_no_map() {
        let folded = Folded::new("One line,\n\ttwo tabs\u{e9}.\r\n");

        assert!(folded.edits.is_empty());
    }

    #[test]
    fn maps_a_word_to_its_own_characters() {
        let source = "A “co\u{ad}operation” of ﬁve";
        let folded = Folded::new(source);
        let place = |word: &str| {
            let start = folded.text().find(word).unwrap();
            let span = folded.original(Span::new(start, start + word.len()));
            assert_eq!(folded.folded(span), Span::new(start, start + word.len()));
            &source[span.range()]
        };

        assert_eq!(place("cooperation"), "co\u{ad}operation");
        assert_eq!(place("co"), "co");
        assert_eq!(place("operation"), "operation");
        assert_eq!(place("\""), "“");
        assert_eq!(place("five"), "ﬁve");
    }

    #[test]
    fn half_a_ligature_is_the_whole_ligature() {
        let folded = Folded::new("oﬃce");

        assert_eq!(folded.original(Span::new(2, 3)), Span::new(1, 4));
        assert_eq!(folded.original(Span::new(2, 2)), Span::new(1, 1));
    }

    /// Text of the characters folding cares about, among any others.
    fn troubled() -> impl Strategy<Value = String> {
        let special = "[a-zA-Z0-9 .\n\t“”‘’´\u{ad}\u{200b}\u{feff}\u{301}\u{323}\u{338}\
                       \u{1100}\u{1161}\u{11a8}\u{ac00}ﬁ…Ａ１\u{a0}\u{2011}=;\u{37e}\u{212b}\u{9c7}\u{9be}]{0,24}";
        prop_oneof![special, any::<String>(), "\\PC{0,12}"]
    }

    /// A span between two of the character boundaries of `text`, chosen by two fractions.
    fn some_span(text: &str, one: usize, other: usize) -> Span {
        let mut bounds: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        bounds.push(text.len());
        let (one, other) = (bounds[one % bounds.len()], bounds[other % bounds.len()]);
        Span::new(one.min(other), one.max(other))
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(source in troubled()) {
            let once = Folded::new(&source);
            let twice = Folded::new(once.text());

            prop_assert_eq!(once.text(), twice.text());
            prop_assert!(twice.edits.is_empty());
        }

        #[test]
        fn maps_whole_characters_both_ways(source in troubled(), one: usize, other: usize) {
            let folded = Folded::new(&source);

            let there = folded.folded(some_span(&source, one, other));
            prop_assert!(folded.text().get(there.range()).is_some());
            let back = folded.original(some_span(folded.text(), one, other));
            prop_assert!(source.get(back.range()).is_some());
        }

        #[test]
        fn a_folded_span_is_covered_by_its_way_back(source in troubled(), one: usize, other: usize) {
            let folded = Folded::new(&source);
            let span = some_span(folded.text(), one, other);

            let again = folded.folded(folded.original(span));

            prop_assert!(again.contains(span) || span.is_empty());
            let refolded = Folded::new(&source[folded.original(again).range()]);
            prop_assert_eq!(refolded.text(), &folded.text()[again.range()]);
        }

        #[test]
        fn later_places_map_to_later_places(source in troubled(), one: usize, other: usize) {
            let folded = Folded::new(&source);
            let span = some_span(&source, one, other);
            let at = |offset| folded.folded(Span::new(offset, offset)).start();

            prop_assert!(at(span.start()) <= at(span.end()));
        }
    }
}
