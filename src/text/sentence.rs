//! Sentences: where one ends and the next begins.
//!
//! Own rules; `docs/segmentation.md` has the crates that were measured first. A
//! full stop, question or exclamation mark with the closing marks after it ends a
//! sentence when a blank follows, what comes next looks like a beginning, and the
//! word before is no abbreviation that says otherwise (`abbreviation`). Sentences
//! inside a quotation are sentences; `“…?” he asked` is one.
//!
//! In:  the text of one paragraph.
//! Out: the sentences of it, without the blanks between them.
//! Not here: which lines form the paragraph (`paragraph`).

use super::abbreviation::Kind;
use super::abbreviation::is_after_time;
use super::abbreviation::is_speech_verb;
use super::abbreviation::is_starter;
use super::abbreviation::kind;
use super::fold::is_removed;
use super::fold::joins;
use super::paragraph::is_blank;
use std::ops::Range;

/// The sentences of `paragraph`, as byte ranges in it.
pub(super) fn sentences(paragraph: &str) -> Sentences<'_> {
    Sentences { paragraph, at: 0 }
}

/// See [`sentences`].
pub(super) struct Sentences<'p> {
    paragraph: &'p str,
    at: usize,
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = skip_blanks(self.paragraph, self.at);
        if start == self.paragraph.len() {
            return None;
        }
        let mut from = start;
        while let Some(stop) = next_stop(self.paragraph, from) {
            if ends(self.paragraph, start, &stop) {
                self.at = stop.end;
                return Some(start..stop.end);
            }
            from = stop.end;
        }
        self.at = self.paragraph.len();
        Some(start..self.paragraph.trim_end_matches(is_blank).len())
    }
}

fn skip_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(is_blank).len()
}

/// A full stop, question mark or their like, with the closing marks after it.
struct Stop {
    mark: Mark,
    /// Where the marks begin.
    start: usize,
    /// After the closing marks.
    end: usize,
    /// Whether closing quotation marks or brackets follow.
    closed: bool,
}

/// What the marks of a stop are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `.`
    Full,
    /// `...`, `. . .` or `…`
    Dots,
    /// `....`: three dots for what is left out and one that ends the sentence.
    FourDots,
    /// `?` or `!`, perhaps several.
    Loud,
    /// `。` and its like, after which no blank is needed.
    Wide,
}

/// The first stop from `from` that a blank or the end follows.
fn next_stop(text: &str, mut from: usize) -> Option<Stop> {
    loop {
        let start = from + stop_offset(&text.as_bytes()[from..])?;
        let marks_end = marks_end(text, start);
        if marks_end == start {
            // Another character whose first byte a mark shares.
            from = start + text[start..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let mark = read_mark(&text[start..marks_end]);
        let end = closers_end(text, marks_end);
        // A character and the marks over it are one, however odd the base.
        let attached = text[end..].chars().find(|c| !is_removed(*c)).is_some_and(joins);
        if attached {
            from = end;
            continue;
        }
        if mark == Mark::Wide || text[end..].chars().next().is_none_or(is_blank) {
            return Some(Stop { mark, start, end, closed: end > marks_end });
        }
        from = end;
    }
}

/// Where the marks from `start` end; the dots of `. . .` are set apart.
fn marks_end(text: &str, start: usize) -> usize {
    let mut rest = text[start..].trim_start_matches(is_mark);
    while let Some(more) = rest.strip_prefix([' ', '\u{a0}']).filter(|more| more.starts_with('.')) {
        rest = more.trim_start_matches('.');
    }
    text.len() - rest.len()
}

/// The offset of the first byte that may begin a stop.
fn stop_offset(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| matches!(byte, b'.' | b'!' | b'?' | 0xe2 | 0xe3 | 0xef))
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？')
}

fn read_mark(marks: &str) -> Mark {
    if marks.ends_with(['。', '！', '？']) {
        Mark::Wide
    } else if marks.contains(['!', '?', '‼', '⁇', '⁈', '⁉']) {
        Mark::Loud
    } else if marks == "." {
        Mark::Full
    } else if marks.bytes().filter(|byte| *byte == b'.').count() > 3 {
        Mark::FourDots
    } else {
        Mark::Dots
    }
}

/// Where the closing marks and note numbers (`[3]`) from `at` end.
fn closers_end(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let spaced_guillemet = rest.trim_start_matches(['\u{a0}', '\u{202f}']);
        if let Some(note) = note_length(rest) {
            at += note;
        } else if rest.starts_with(['”', '’', '"', '\'', '»', '›', '“', ')', ']', '}', '*', '_'])
        {
            at += rest.chars().next().map_or(0, char::len_utf8);
        } else if spaced_guillemet.starts_with('»') {
            at = text.len() - spaced_guillemet.len();
        } else {
            return at;
        }
    }
}

/// The length of a note number such as `[12]` at the start of `text`.
fn note_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && inner[digits..].starts_with(']')).then_some(digits + 2)
}

/// What stands after a stop.
struct Next<'p> {
    /// The rest of the paragraph, from its first letter, digit or sign.
    rest: &'p str,
    /// Its first word.
    word: &'p str,
    first: char,
}

impl<'p> Next<'p> {
    /// Reads on from `at`; nothing when only blanks and opening marks are left.
    fn after(text: &'p str, at: usize) -> Option<Self> {
        let opener = |c: char| {
            is_blank(c)
                || matches!(
                    c,
                    '“' | '”' | '‘' | '’' | '„' | '«' | '"' | '\'' | '(' | '[' | '*' | '_'
                )
        };
        let rest = text[at..].trim_start_matches(opener);
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
        let word = &rest[..rest.find(|c| !inside(c)).unwrap_or(rest.len())];
        Some(Self { rest, word, first: rest.chars().next()? })
    }

    /// Whether no sentence begins so: with a small letter, a dash or other punctuation.
    fn continues(&self) -> bool {
        let small = self.first.is_lowercase() && !is_camel_case(self.word);
        small || matches!(self.first, '-' | '–' | '—' | ',' | ';' | ':' | '/' | '&' | ')' | '|')
    }
}

/// Whether `word` is a name such as `iPhone`, which keeps its small letter.
fn is_camel_case(word: &str) -> bool {
    word.chars().nth(1).is_some_and(char::is_uppercase)
}

/// Whether the sentence that began at `start` ends with `stop`.
fn ends(text: &str, start: usize, stop: &Stop) -> bool {
    if stop.mark == Mark::Wide {
        return true;
    }
    let Some(next) = Next::after(text, stop.end) else { return true };
    if next.continues() {
        return false;
    }
    let before = &text[start..stop.start];
    match stop.mark {
        Mark::Loud => !(stop.closed && is_attribution(next.rest)),
        // `[…]` is the quoter's, not the speaker's.
        Mark::Dots if before.ends_with(['[', '(']) => false,
        Mark::Dots => !before.ends_with(is_blank) || is_starter(next.word),
        Mark::FourDots | Mark::Wide => true,
        Mark::Full => full_stop_ends(before, stop, &next),
    }
}

/// Whether one full stop after `before` ends a sentence; `next` looks like a beginning.
fn full_stop_ends(before: &str, stop: &Stop, next: &Next) -> bool {
    let word_start = before.rfind(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’'));
    let word = word_start.map_or(before, |at| before[at..].trim_start_matches(not_in_word));
    if word.len() == before.len() && is_list_number(word) {
        return false;
    }
    let begins = is_starter(next.word) || is_residue(next.rest);
    match kind(word) {
        Kind::Word => true,
        Kind::Leading => false,
        Kind::Counting => !next.first.is_numeric(),
        Kind::Time => !is_after_time(next.word),
        Kind::Initial => begins,
        // In `(mills, docks, etc.) The` the bracket is part of the sentence before.
        Kind::Other => begins || (word == "etc" && !stop.closed),
    }
}

fn not_in_word(c: char) -> bool {
    !c.is_alphanumeric() && c != '.'
}

/// Whether a sentence that is only `word` is the number of what follows.
fn is_list_number(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name is rarely more than this many words before the verb: `Deputy Mayor Jane A. Doe`.
const SPEAKER_WORDS_MAX: usize = 6;

/// Whether `rest` says who spoke: capitalised words, then a verb of speech.
fn is_attribution(rest: &str) -> bool {
    for word in rest.split(is_blank).take(SPEAKER_WORDS_MAX) {
        if is_speech_verb(word.trim_end_matches([',', '.', ':'])) {
            return true;
        }
        if !word.starts_with(char::is_uppercase) || is_starter(word) {
            return false;
        }
    }
    false
}

/// A list of sources that a chat assistant leaves behind is short.
const RESIDUE_WORDS_MAX: usize = 8;

/// Whether `rest` is only the residue of source links, such as `Herald+2North News+1`.
fn is_residue(rest: &str) -> bool {
    let mut words = 0;
    let mut last = "";
    for word in rest.split_whitespace() {
        words += 1;
        last = word;
        if words > RESIDUE_WORDS_MAX {
            return false;
        }
    }
    let name = last.trim_end_matches(|c: char| c.is_ascii_digit());
    name.len() > 1 && name.len() < last.len() && name.ends_with('+')
}

#[cfg(test)]
#[path = "sentence_tests.rs"]
mod tests;
