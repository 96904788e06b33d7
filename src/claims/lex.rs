//! The words, numbers and signs of one unit, as the figure grammar needs them.
//!
//! Finer than the tokens of `text`: `$`, `%`, hyphens and dots matter here, and so
//! does whether two things touch. `17bn` is a number and a word that touch, while
//! `C5` is one word, so that its digit is never read.
//!
//! In:  the original text of one unit.
//! Out: [`Line`].
//! Not here: what any of it means (`numeral`, `when`, `amount`).

use super::lexicon::Trigger;
use super::lexicon::lexicon;

/// One word, number or sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexeme {
    /// Byte offset of its first byte in the line.
    pub(super) start: usize,
    /// Byte offset after its last byte.
    pub(super) end: usize,
    /// Whether it touches what stands before it.
    pub(super) glued: bool,
    pub(super) kind: Lex,
    /// Where its small letters stand in [`Line::small`].
    small: (usize, usize),
}

/// What a lexeme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lex {
    /// Digits with their separators: `17,000`, `1.1`, `2½`.
    Number,
    /// Letters, possibly with digits after the first: `Astana`, `U.S.`, `C5`.
    Word(Trigger),
    /// Any other character; hyphens are `-` and curly marks keep their shape.
    Mark(char),
    /// What must not be looked into: a link, an address, a version number.
    Opaque,
}

/// The lexemes of one unit.
#[derive(Debug, Default)]
pub(super) struct Line<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    /// The text in small letters, and after it the words that are not ASCII, each with
    /// straight apostrophes and without what is printed as nothing.
    small: String,
    /// Whether anything in it may start a claim.
    pub(super) promising: bool,
    /// Whether it is set in Title Case, so that capitals mean nothing.
    pub(super) title_case: bool,
    /// Whether every figure is read, as in tables, agendas and queries, also where running
    /// news means something else as often (`Options::every_figure`).
    pub(super) every: bool,
}

impl<'t> Line<'t> {
    /// Splits `text`.
    pub(super) fn new(text: &'t str) -> Self {
        let mut line = Self::default();
        line.read(text);
        line
    }

    /// Splits `text` into this line, reusing its memory.
    pub(super) fn read(&mut self, text: &'t str) {
        self.text = text;
        self.lexemes.clear();
        self.promising = false;
        self.small.clear();
        self.small.push_str(text);
        self.small.make_ascii_lowercase();
        let (links, lexicon) = (may_link(text), lexicon());
        let mut at = 0;
        let mut glued = false;
        while let Some(byte) = text.as_bytes().get(at) {
            if *byte == b' ' {
                glued = false;
                at += 1;
                continue;
            }
            // Most lexemes are words of plain letters.
            let (end, kind) = if byte.is_ascii_alphabetic() && (glued || !links) {
                let end = word_end(text, at);
                (end, Lex::Word(lexicon.small_trigger(&self.small[at..end])))
            } else {
                let c = text[at..].chars().next().unwrap_or_default();
                if c.is_whitespace() {
                    glued = false;
                    at += c.len_utf8();
                    continue;
                }
                lexeme_at((text, &self.small), at, c, links && !glued)
            };
            self.promising |= match kind {
                Lex::Number => true,
                Lex::Word(trigger) => !matches!(trigger, Trigger::None | Trigger::Article),
                Lex::Mark(_) | Lex::Opaque => false,
            };
            let small = match kind {
                Lex::Word(_) => self.set_small(at, end),
                _ => (0, 0),
            };
            self.lexemes.push(Lexeme { start: at, end, glued, kind, small });
            glued = true;
            at = end;
        }
        self.title_case = self.promising && self.is_title_case();
    }

    /// How many lexemes there are.
    pub(super) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// The lexeme at `index`.
    pub(super) fn get(&self, index: usize) -> Option<Lexeme> {
        self.lexemes.get(index).copied()
    }

    /// The bytes from the lexeme `from` up to and without the lexeme `to`.
    pub(super) fn range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        self.lexemes[from].start..self.lexemes[to - 1].end
    }

    /// The first lexeme that begins at or after the byte `start`.
    pub(super) fn index_at(&self, start: usize) -> usize {
        self.lexemes.partition_point(|lexeme| lexeme.start < start)
    }

    /// The text of the lexeme at `index`; nothing past the end.
    pub(super) fn text(&self, index: usize) -> &'t str {
        self.get(index).map_or("", |lexeme| &self.text[lexeme.start..lexeme.end])
    }

    /// The sign at `index`.
    pub(super) fn mark(&self, index: usize) -> Option<char> {
        match self.get(index)?.kind {
            Lex::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// The sign at `index`, if it touches what stands before it.
    pub(super) fn glued_mark(&self, index: usize) -> Option<char> {
        self.mark(index).filter(|_| self.is_glued(index))
    }

    /// Whether the lexeme at `index` exists and touches what stands before it.
    pub(super) fn is_glued(&self, index: usize) -> bool {
        self.get(index).is_some_and(|lexeme| lexeme.glued)
    }

    /// Whether the lexeme at `index` is a word that touches what stands before it.
    pub(super) fn is_glued_word(&self, index: usize) -> bool {
        self.is_glued(index) && self.is_word(index)
    }

    /// Whether the lexeme at `index` is a word.
    pub(super) fn is_word(&self, index: usize) -> bool {
        matches!(self.get(index), Some(Lexeme { kind: Lex::Word(_), .. }))
    }

    /// Whether the lexeme at `index` is digits.
    pub(super) fn is_number(&self, index: usize) -> bool {
        matches!(self.get(index), Some(Lexeme { kind: Lex::Number, .. }))
    }

    /// What the word at `index` may start.
    pub(super) fn trigger(&self, index: usize) -> Trigger {
        match self.get(index) {
            Some(Lexeme { kind: Lex::Word(trigger), .. }) => trigger,
            _ => Trigger::None,
        }
    }

    /// Where the word `start..end` stands in small letters, after it was put there.
    fn set_small(&mut self, start: usize, end: usize) -> (usize, usize) {
        let word = &self.text[start..end];
        if word.is_ascii() {
            return (start, end);
        }
        let from = self.small.len();
        let plain = word.chars().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase);
        self.small.extend(plain.map(|c| if c == '’' { '\'' } else { c }));
        (from, self.small.len())
    }

    /// The word at `index` in lower case with straight apostrophes; empty if it is no word.
    pub(super) fn lower(&self, index: usize) -> &str {
        self.lexemes.get(index).map_or("", |lexeme| &self.small[lexeme.small.0..lexeme.small.1])
    }

    /// Whether the word at `index` begins with a capital.
    pub(super) fn is_capitalised(&self, index: usize) -> bool {
        self.is_word(index) && self.text(index).starts_with(char::is_uppercase)
    }

    /// Most longer words begin with a capital, and there are enough of them to tell.
    fn is_title_case(&self) -> bool {
        let long = |lexeme: &&Lexeme| {
            matches!(lexeme.kind, Lex::Word(_)) && lexeme.end - lexeme.start >= TITLE_WORD_BYTES_MIN
        };
        let mut words = 0;
        let mut capitals = 0;
        for lexeme in self.lexemes.iter().filter(long) {
            words += 1;
            capitals += usize::from(self.text[lexeme.start..].starts_with(char::is_uppercase));
        }
        // A sentence full of names ends with a point, a title does not.
        let ended = self.text.trim_end().ends_with('.');
        words >= TITLE_WORDS_MIN && capitals * 4 >= words * 3 && !ended
    }
}

/// Shorter words stay small in titles.
const TITLE_WORD_BYTES_MIN: usize = 4;

/// Below three words every name is "a title".
const TITLE_WORDS_MIN: usize = 3;

/// Whether a web or mail address may stand in `text`.
fn may_link(text: &str) -> bool {
    let mut before = b' ';
    text.bytes().any(|byte| {
        let found = matches!(byte, b'@' | b'/') || (byte == b'w' && before == b'w');
        before = byte;
        found
    })
}

/// Where the lexeme that begins at `at` with `c` ends, and what it is; `small` is `text`
/// in small letters.
fn lexeme_at((text, small): (&str, &str), at: usize, c: char, maybe_link: bool) -> (usize, Lex) {
    if maybe_link && let Some(end) = link_end(text, at) {
        return (end, Lex::Opaque);
    }
    let point_number = c == '.' && text[at + 1..].starts_with(|next: char| next.is_ascii_digit());
    let after_blank = text[..at].chars().next_back().is_none_or(char::is_whitespace);
    if c.is_ascii_digit() || (point_number && after_blank) {
        return number_at(text, at);
    }
    if c.is_alphanumeric() {
        let end = word_end(text, at);
        return (end, Lex::Word(lexicon().small_trigger(&small[at..end])));
    }
    (at + c.len_utf8(), Lex::Mark(plain(c)))
}

/// One sign for every hyphen; dashes stay, since they mean something else.
fn plain(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2012}' | '\u{2013}' => '–',
        '\u{2015}' => '—',
        _ => c,
    }
}

/// The end of the chunk at `at`, if it is a web or mail address.
fn link_end(text: &str, at: usize) -> Option<usize> {
    let chunk = text[at..].split(char::is_whitespace).next()?;
    let is_link = chunk.contains("://") || chunk.contains("www.") || chunk.contains('@');
    is_link.then_some(at + chunk.len())
}

/// A number from `at`: digits, groups of three after a comma or a narrow blank, a
/// decimal part, and a fraction sign.
fn number_at(text: &str, at: usize) -> (usize, Lex) {
    let bytes = text.as_bytes();
    let digits =
        |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let lead = digits(at);
    let mut end = at + lead;
    if let Some(length) = paired_groups(&text[end..]).filter(|_| lead <= 2) {
        end += length;
    } else if (1..=3).contains(&lead) {
        while let Some(separator) = group_separator(&text[end..])
            && digits(end + separator) == 3
        {
            end += separator + 3;
        }
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
        if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
            let dotted = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
            let rest = bytes[end..].iter().take_while(dotted).count();
            return (end + rest, Lex::Opaque);
        }
    }
    let fraction = text[end..].chars().next().filter(|c| matches!(c, '½' | '¼' | '¾'));
    (end + fraction.map_or(0, char::len_utf8), Lex::Number)
}

/// Bytes of the pairs of the longest number that stays exact.
const PAIRS_BYTES_MAX: usize = 36;

/// The length of `,34,567` after one or two digits, as India writes 12,34,567.
fn paired_groups(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let digits = |from: usize, to: usize| {
        bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let pair = |at: usize| bytes.get(at) == Some(&b',') && digits(at + 1, at + 3);
    let mut end = 0;
    while end < PAIRS_BYTES_MAX && pair(end) && bytes.get(end + 3) == Some(&b',') {
        end += 3;
    }
    let last = end > 0 && digits(end + 1, end + 4) && !digits(end + 4, end + 5);
    last.then_some(end + 4)
}

/// The length of a digit separator at the start of `rest`.
fn group_separator(rest: &str) -> Option<usize> {
    let c = rest.chars().next()?;
    matches!(c, ',' | '\u{a0}' | '\u{2009}' | '\u{202f}').then_some(c.len_utf8())
}

/// Where the word that begins at `at` ends.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let plain = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let next = bytes.get(at + plain);
    // Most words are letters up to a blank or a comma; the others are looked at closely. A
    // point is inside only after a single letter.
    let ends = |next: &u8| next.is_ascii() && (!is_inner(*next) || *next == b'.' && plain > 1);
    if plain > 0 && next.is_none_or(ends) {
        return at + plain;
    }
    if let Some(end) = initialism_end(text, at).or_else(|| code_end(text, at)) {
        return end;
    }
    let mut end = at;
    let mut rest = text[at..].chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let inside = c.is_alphanumeric()
            || is_invisible(c)
            || matches!(c, '\u{300}'..='\u{36f}')
            || (matches!(c, '\'' | '’') && end > at && next.is_some_and(char::is_alphabetic));
        if !inside {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Whether a word may go on after this byte: `U.S.`, `Oman's`, `C5`.
fn is_inner(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'\'')
}

/// Where the currency code of `EUR5bn` ends: three capitals that are one, and a digit.
fn code_end(text: &str, at: usize) -> Option<usize> {
    let (code, rest) = (text.get(at..at + 3)?, text.get(at + 3..)?);
    let shaped = code.bytes().all(|byte| byte.is_ascii_uppercase())
        && rest.starts_with(|c: char| c.is_ascii_digit());
    let currency = lexicon().money.word(&code.to_ascii_lowercase()).filter(|_| shaped)?;
    (currency.code == code).then_some(at + 3)
}

/// Where `U.S.` or `a.m.` ends: at least two single letters, each with its point.
fn initialism_end(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    let mut letters = 0;
    loop {
        let mut rest = text[end..].chars();
        match (rest.next(), rest.next()) {
            (Some(letter), Some('.')) if letter.is_alphabetic() => {
                end += letter.len_utf8() + 1;
                letters += 1;
            }
            _ => return (letters >= 2).then_some(end),
        }
    }
}

/// Characters that are printed as nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per text: its lexemes, with `_` before those that stand apart.
    #[test]
    fn splits_what_touches_and_keeps_what_is_one() {
        #[rustfmt::skip]
        let cases = [
            ("$17bn",                "_$ 17 bn"),
            ("17,000 of 1,00",       "_17,000 _of _1 , 00"),
            ("20\u{202f}000 homes",  "_20\u{202f}000 _homes"),
            ("the C5+1 U.S.-led",    "_the _C5 + 1 _U.S. - led"),
            ("v 1.2.3 see",          "_v _1.2.3 _see"),
            ("at www.x.org/20 20",   "_at _www.x.org/20 _20"),
            ("Oman’s 2½ .5",         "_Oman’s _2½ _.5"),
        ];
        for (text, split) in cases {
            let line = Line::new(text);
            let shown: Vec<_> = (0..line.len())
                .map(|i| format!("{}{}", if line.is_glued(i) { "" } else { "_" }, line.text(i)))
                .collect();
            assert_eq!(shown.join(" "), split, "{text}");
        }
    }

    #[test]
    fn knows_title_case() {
        assert!(Line::new("Nation Signs Nine Deals With Its Neighbour").title_case);
        assert!(!Line::new("The nation signed nine deals with Latvia").title_case);
        assert!(!Line::new("Nine Nations Met Dana Ruiz of Latvia.").title_case);
    }
}
