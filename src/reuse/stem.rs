//! Stems: `sign`, `signed`, `signing` and `signs` count as one word.
//!
//! A light suffix stripper in the manner of Porter ("An algorithm for suffix
//! stripping", Program 14, 1980), shorter and blunter: it decides which words
//! may be evidence for each other, never what is shown.
//!
//! In:  a word.
//! Out: a number that words of one stem share.
//! Not here: when two words count as the same word (`text::Form`).

use crate::text::Form;

/// Longer words are compared by their form: they are addresses and codes.
const LETTERS_MAX: usize = 32;

/// Shorter words have no suffix worth taking off.
const LETTERS_MIN: usize = 4;

/// A suffix, what takes its place, and how many letters must stand before it.
type Cut = (&'static str, &'static str, usize);

const PLURAL: &[Cut] = &[("sses", "ss", 2), ("ies", "y", 2)];
const VERB: &[Cut] = &[("ing", "", 3), ("edly", "", 3), ("ed", "", 3)];
#[rustfmt::skip]
const NOUN: &[Cut] = &[
    ("ization", "iz", 3), ("ational", "at", 3), ("ation", "at", 3), ("ement", "", 3),
    ("ment", "", 4), ("ness", "", 3), ("ition", "it", 3), ("tion", "t", 3), ("sion", "s", 3),
    ("ally", "al", 3), ("ly", "", 4), ("ity", "", 3),
];
#[rustfmt::skip]
const AGENT: &[Cut] = &[
    ("er", "", 4), ("or", "", 4), ("al", "", 4), ("ive", "", 4), ("ful", "", 4),
];
const FINAL: &[Cut] = &[("e", "", 3), ("y", "i", 3)];

/// The stem of `word`, as a number.
pub(crate) fn stem(word: &str) -> u64 {
    let plain = word.strip_suffix("'s").unwrap_or(word);
    let fits = (LETTERS_MIN..=LETTERS_MAX).contains(&plain.len());
    if !fits || !plain.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Form::of(word).0;
    }
    let mut letters = Letters::new(plain);
    letters.strip();
    Form::of(letters.as_str()).0
}

/// A short word in lower case, being cut.
struct Letters {
    bytes: [u8; LETTERS_MAX],
    len: usize,
}

impl Letters {
    fn new(word: &str) -> Self {
        let mut bytes = [0; LETTERS_MAX];
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        Self { bytes, len: word.len() }
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).expect("the letters are ASCII")
    }

    /// Takes every suffix off that can be.
    fn strip(&mut self) {
        if !self.cut(PLURAL) && !["ss", "us", "is"].iter().any(|end| self.ends_with(end)) {
            self.cut(&[("s", "", 3)]);
        }
        if self.cut(VERB) {
            self.undouble();
        }
        for cuts in [NOUN, AGENT, FINAL] {
            self.cut(cuts);
        }
    }

    fn ends_with(&self, end: &str) -> bool {
        self.bytes[..self.len].ends_with(end.as_bytes())
    }

    /// Applies the first of `cuts` that fits.
    fn cut(&mut self, cuts: &[Cut]) -> bool {
        let fitting = cuts.iter().find(|(suffix, _, before)| {
            self.ends_with(suffix) && self.len >= before + suffix.len()
        });
        let Some((suffix, instead, _)) = fitting else { return false };
        let start = self.len - suffix.len();
        self.len = start + instead.len();
        self.bytes[start..self.len].copy_from_slice(instead.as_bytes());
        true
    }

    /// `planned` without `ed` is `plann`; `pass` keeps its letters.
    fn undouble(&mut self) {
        let [.., before, last] = self.bytes[..self.len] else { return };
        if self.len > 3 && before == last && !b"lsz".contains(&last) {
            self.len -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_words_share_a_stem() {
        #[rustfmt::skip]
        let cases = [
            ("signed",     "signing"),
            ("planned",    "plans"),
            ("agreements", "agreement"),
            ("Countries",  "country"),
            ("mayor's",    "mayors"),
            ("operation",  "operate"),
        ];
        for (left, right) in cases {
            assert_eq!(stem(left), stem(right), "{left} and {right}");
        }
    }

    #[test]
    fn other_words_keep_theirs() {
        #[rustfmt::skip]
        let cases = [
            ("1.1",  "11"),
            ("this", "thing"),
            ("US",   "use"),
            ("pass", "pas"),
        ];
        for (left, right) in cases {
            assert_ne!(stem(left), stem(right), "{left} and {right}");
        }
    }
}
