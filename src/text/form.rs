//! Forms: when two words count as the same word.
//!
//! In:  a word, original or folded.
//! Out: its [`Form`].
//! Not here: finding the words (`token`), and relating `normalise` to
//! `normalize` or `sign` to `signed`, which `align` may do.

/// A word as it is matched: case and spelling of quotes, hyphens and spaces folded away.
///
/// A stable 64-bit hash of the folded word, so that texts can be read in parallel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form(pub u64);

impl Form {
    /// The form of `word`: in lower case, without possessive `'s`, without the dots
    /// of an abbreviation and the commas inside a number.
    ///
    /// `US` and `us` have one form, as `U.S.` and `US` do: outlets set headlines in
    /// capitals, and a neighbouring word tells the country from the pronoun.
    ///
    /// ```
    /// use provenance::text::Form;
    ///
    /// assert_eq!(Form::of("Astana’s"), Form::of("ASTANA"));
    /// assert_eq!(Form::of("U.S."), Form::of("US"));
    /// assert_eq!(Form::of("20,000"), Form::of("20000"));
    /// assert_ne!(Form::of("1.1"), Form::of("11"));
    /// ```
    pub fn of(word: &str) -> Self {
        let stem = without_possessive(word);
        if stem.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Self(
                stem.bytes().fold(SEED, |hash, byte| mix(hash, byte.to_ascii_lowercase())),
            );
        }
        Self::of_unusual(stem)
    }

    /// The form of a word with more than ASCII letters and digits.
    fn of_unusual(stem: &str) -> Self {
        let mut hash = SEED;
        let mut before = ' ';
        let mut chars = stem.chars().peekable();
        while let Some(c) = chars.next() {
            let between_digits =
                before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
            before = c;
            match c {
                ',' => {}
                '.' if !between_digits => {}
                '’' => hash = mix(hash, b'\''),
                _ => hash = c.to_lowercase().fold(hash, mix_char),
            }
        }
        Self(hash)
    }
}

/// `word` without a final `'s`, unless nothing else is left.
fn without_possessive(word: &str) -> &str {
    let bytes = word.as_bytes();
    if !matches!(bytes, [.., b's' | b'S']) {
        return word;
    }
    let owner = &word[..word.len() - 1];
    let stem = owner.strip_suffix('\'').or_else(|| owner.strip_suffix('’'));
    stem.filter(|stem| !stem.is_empty()).unwrap_or(word)
}

// FNV-1a (Fowler, Noll, Vo; 64 bit): defined byte by byte, so a form is the same on
// every machine and in every version, and short words are where it is fast.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(PRIME)
}

fn mix_char(hash: u64, c: char) -> u64 {
    c.encode_utf8(&mut [0; 4]).bytes().fold(hash, mix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_has_one_form_however_it_is_printed() {
        #[rustfmt::skip]
        let cases = [
            ("Kyoto’s", "KYOTO"),
            ("Kyoto's", "kyoto"),
            ("U.S.",    "US"),
            ("U.S.’s",  "us"),
            ("e.g.",    "eg"),
            ("20,000",  "20000"),
            ("O’Brien", "o'brien"),
            ("ÉCOLE",   "école"),
            ("C5+1",    "c5+1"),
        ];
        for (left, right) in cases {
            assert_eq!(Form::of(left), Form::of(right), "{left} and {right}");
        }
    }

    #[test]
    fn different_words_keep_different_forms() {
        #[rustfmt::skip]
        let cases = [
            ("1.1", "11"),
            ("5+1", "51"),
            ("we're", "were"),
            ("ecole", "école"),
            ("plan", "plans"),
        ];
        for (left, right) in cases {
            assert_ne!(Form::of(left), Form::of(right), "{left} and {right}");
        }
    }

    #[test]
    fn a_form_never_changes_between_versions() {
        assert_eq!(Form::of("a"), Form(0xaf63_dc4c_8601_ec8c));
        assert_eq!(Form::of("foobar"), Form(0x8594_4171_f739_67e8));
        assert_eq!(Form::of("'s"), Form::of("'S"));
    }
}
