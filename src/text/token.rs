//! Tokens: the words and numbers of a unit.
//!
//! A word is a run of letters and digits. It keeps an apostrophe inside
//! (`state's`), the dots of an initialism (`U.S.`), the point and the commas of a
//! number (`1.1`, `17,000`) and a plus between digits (`C5+1`). A hyphen or a slash
//! always separates, so that `post-war` and `post war` are the same two words, and
//! signs such as `$` and `%` stay outside. Chinese and Japanese characters, which
//! are written without spaces, are words of one character.
//!
//! In:  the folded text and the place of one unit in it.
//! Out: [`Token`]s in reading order.
//! Not here: what makes two words the same (`form`).

use super::Folded;
use super::Form;
use crate::span::Span;
use unicode_normalization::char::is_combining_mark;

/// A word or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the original.
    pub span: Span,
    /// The same place in the folded text.
    pub folded: Span,
    /// Its form for matching: equal forms are the same word.
    pub form: Form,
}

/// Appends the tokens of the folded `unit` to `tokens`.
pub(super) fn read(folded: &Folded, unit: Span, tokens: &mut Vec<Token>) {
    let text = &folded.text()[..unit.end()];
    let mut at = unit.start();
    while let Some(start) = word_start(text, at) {
        at = word_end(text, start);
        let place = Span::new(start, at);
        let form = Form::of(&text[start..at]);
        tokens.push(Token { span: folded.original(place), folded: place, form });
    }
}

/// The first place from `at` where a word begins.
fn word_start(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(at)?;
        if byte.is_ascii_alphanumeric() {
            return Some(at);
        }
        let c = if byte.is_ascii() { ' ' } else { char_at(text, at)? };
        if c.is_alphanumeric() {
            return Some(at);
        }
        at += if byte.is_ascii() { 1 } else { c.len_utf8() };
    }
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let mut part = start;
    let mut end = run_end(text, part);
    while let Some(next) = joined_part(text, start, part, end) {
        part = next;
        end = run_end(text, part);
    }
    let initialism = text[start..part].ends_with('.') && is_letter(&text[part..end]);
    if initialism && text[end..].starts_with('.') {
        return possessive_end(text, end + 1);
    }
    end
}

/// Where the letters and digits from `start` end.
fn run_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
        } else if byte.is_ascii() {
            break;
        } else {
            let c = char_at(text, at).expect("a byte follows, and `at` is a boundary");
            if is_unspaced(c) && at > start {
                return at;
            }
            if is_unspaced(c) {
                let after = &text[at + c.len_utf8()..];
                return text.len() - after.trim_start_matches(is_combining_mark).len();
            }
            if !c.is_alphanumeric() && !is_combining_mark(c) {
                break;
            }
            at += c.len_utf8();
        }
    }
    at
}

/// Where the word goes on after the sign at `end`, if it does.
///
/// The word began at `start`, and `part..end` are its letters and digits since the last sign.
fn joined_part(text: &str, start: usize, part: usize, end: usize) -> Option<usize> {
    let sign = *text.as_bytes().get(end)?;
    let rest = &text[end + usize::from(sign.is_ascii())..];
    let after_digit = text.as_bytes()[end - 1].is_ascii_digit();
    let before_digit = rest.starts_with(|c: char| c.is_ascii_digit());
    let joins = match sign {
        b'\'' => rest.starts_with(char::is_alphabetic) && !text[part..end].ends_with(is_unspaced),
        b'+' => after_digit && before_digit,
        b',' => after_digit && before_digit && is_thousands(rest),
        b'.' if after_digit && before_digit => true,
        b'.' => {
            let dotted = part == start || text.as_bytes()[part - 1] == b'.';
            dotted && is_letter(&text[part..end]) && is_letter(&rest[..run_end(rest, 0)])
        }
        _ => false,
    };
    joins.then_some(end + 1)
}

/// `at`, or the end of a possessive `'s` there.
fn possessive_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let possessive = rest.starts_with("'s") && run_end(rest, 1) == 2;
    if possessive { at + 2 } else { at }
}

/// Whether `digits` begins with exactly three digits.
fn is_thousands(digits: &str) -> bool {
    digits.bytes().take_while(u8::is_ascii_digit).count() == 3
}

/// Whether `text` is one letter.
fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Whether `c` belongs to a script that does not put spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of `source`, as folded text.
    fn words(source: &str) -> Vec<String> {
        let folded = Folded::new(source);
        let mut tokens = Vec::new();
        read(&folded, Span::new(0, folded.text().len()), &mut tokens);
        tokens.iter().map(|token| folded.text()[token.folded.range()].to_owned()).collect()
    }

    #[test]
    fn splits_words_where_an_editor_would() {
        #[rustfmt::skip]
        let cases = [
            ("The mayor’s plan",         "The|mayor's|plan"),
            ("a U.S.-brokered deal",     "a|U.S.|brokered|deal"),
            ("in the U.S., and U.S.",    "in|the|U.S.|and|U.S."),
            ("the U.S.’s ally",          "the|U.S.'s|ally"),
            ("17,000 and 1,234,567",     "17,000|and|1,234,567"),
            ("$1.1 billion, 20%",        "1.1|billion|20"),
            ("in 2019,2020",             "in|2019|2020"),
            ("the C5+1 and “5+1 Group”", "the|C5+1|and|5+1|Group"),
            ("Herald+2Post",             "Herald|2Post"),
            ("BX-100, a post-war plan",  "BX|100|a|post|war|plan"),
            ("four- to five-fold",       "four|to|five|fold"),
            ("north/west—and",           "north|west|and"),
            ("e.g., at 5 p.m. today.",   "e.g.|at|5|p.m.|today"),
            ("J. K. Doe and J.K. Doe",   "J|K|Doe|and|J.K.|Doe"),
            ("It ended. He left.Then",   "It|ended|He|left|Then"),
            ("the ’90s, the states’ vs.", "the|90s|the|states|vs"),
            ("don’t, O’Brien",           "don't|O'Brien"),
            ("Łódź, Simkić, cafe\u{301}", "Łódź|Simkić|café"),
            ("平和 and 和a",              "平|和|and|和|a"),
            ("— … $ “ ”",                ""),
        ];
        for (source, expected) in cases {
            assert_eq!(words(source).join("|"), expected, "{source}");
        }
    }

    #[test]
    fn a_token_knows_its_original_characters() {
        let source = "“co\u{ad}operate”";
        let folded = Folded::new(source);
        let mut tokens = Vec::new();

        read(&folded, Span::new(0, folded.text().len()), &mut tokens);

        assert_eq!(&source[tokens[0].span.range()], "co\u{ad}operate");
    }
}
