//! Wording: the words of a quotation as they were spoken, however they are printed.
//!
//! Transcribers write `gonna` or `going to`, style books `F.B.I.` or `FBI`, `2` or `two`,
//! `colour` or `color`. None of that is another wording.
//!
//! In:  some tokens of a text.
//! Out: [`Word`]s, each with the tokens it was printed by.
//! Not here: what a difference between two wordings means (`change`).

use crate::text::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// One spoken word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In one spelling, in lower case.
    pub(super) form: String,
    /// The token it was printed by.
    pub(super) token: u32,
}

/// `lexicon/transcription.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Transcription {
    fillers: HashSet<String>,
    expansions: BTreeMap<String, String>,
    spellings: BTreeMap<String, String>,
    words: Classes,
}

/// Small classes of words, in the one spelling.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Classes {
    negators: HashSet<String>,
    modals: HashSet<String>,
    conditions: HashSet<String>,
    function: HashSet<String>,
}

static TRANSCRIPTION: LazyLock<Transcription> = LazyLock::new(|| {
    toml::from_str(include_str!("../lexicon/transcription.toml"))
        .expect("the compiled-in lexicon parses: a test reads it")
});

/// The spoken words of `tokens`.
pub(super) fn words(text: &Text, tokens: Range<u32>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
    let mut end = None;
    for index in tokens {
        let token = &text.tokens[index as usize];
        let between = end.map_or("", |end| text.source.get(end..token.span.start()).unwrap_or(""));
        if between.contains('&') {
            words.push(Word { form: "and".to_owned(), token: index });
        }
        if between.contains('%') {
            words.extend(["per", "cent"].map(|form| Word { form: form.to_owned(), token: index }));
        }
        end = Some(token.span.end());
        let printed = text.word(token);
        for form in spoken(printed) {
            words.push(Word { form, token: index });
        }
    }
    words.dedup_by(|later, earlier| later.form == earlier.form && later.token != earlier.token);
    words
}

/// What was said when `printed` was written down.
fn spoken(printed: &str) -> Vec<String> {
    if matches!(printed.trim_end_matches("'s"), "US" | "U.S.") {
        return vec!["united".to_owned(), "states".to_owned()];
    }
    let lower: String =
        printed.to_lowercase().chars().filter(|c| !matches!(c, '.' | ',')).collect();
    // A decimal point counts.
    let lower =
        if printed.starts_with(|c: char| c.is_ascii_digit()) { number(printed) } else { lower };
    let all = &*TRANSCRIPTION;
    if all.fillers.contains(&lower) {
        return Vec::new();
    }
    if let Some(long) = all.expansions.get(&lower) {
        return long.split(' ').map(str::to_owned).collect();
    }
    let mut forms = Vec::new();
    let stem = contracted(&lower, &mut forms);
    forms.insert(0, spelled(stem));
    forms
}

/// A number without the commas inside.
fn number(printed: &str) -> String {
    printed.to_lowercase().replace(',', "")
}

/// The stem of a contraction; what was contracted is added to `forms`.
fn contracted<'w>(word: &'w str, forms: &mut Vec<String>) -> &'w str {
    const ENDS: [(&str, &str); 5] =
        [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am")];
    for (end, long) in ENDS {
        if let Some(stem) = word.strip_suffix(end).filter(|stem| !stem.is_empty()) {
            forms.push(long.to_owned());
            return stem;
        }
    }
    if let Some(stem) = word.strip_suffix("'d") {
        forms.push("would".to_owned());
        return stem;
    }
    let Some(stem) = word.strip_suffix("'s").filter(|stem| !stem.is_empty()) else {
        return word.trim_end_matches('\'');
    };
    let verb = matches!(
        stem,
        "it" | "that" | "he" | "she" | "there" | "here" | "what" | "who" | "where" | "how" | "this"
    );
    if verb {
        forms.push("is".to_owned());
    }
    stem
}

/// One spelling for British and American ones.
fn spelled(word: &str) -> String {
    if let Some(known) = TRANSCRIPTION.spellings.get(word) {
        return known.clone();
    }
    for (british, american) in [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("our", "or"),
        ("ours", "ors"),
        ("oured", "ored"),
        ("ouring", "oring"),
        ("ourable", "orable"),
        ("ourhood", "orhood"),
    ] {
        if let Some(stem) = word.strip_suffix(british).filter(|stem| stem.chars().count() > 2) {
            return format!("{stem}{american}");
        }
    }
    word.to_owned()
}

/// Whether a word turns a statement round.
pub(super) fn is_negator(form: &str) -> bool {
    TRANSCRIPTION.words.negators.contains(form)
}

/// Whether a word says how sure a statement is: `will`, `may`.
pub(super) fn is_modal(form: &str) -> bool {
    TRANSCRIPTION.words.modals.contains(form)
}

/// Whether a word restricts a statement: `if`, `only`.
pub(super) fn is_condition(form: &str) -> bool {
    TRANSCRIPTION.words.conditions.contains(form)
}

/// Whether a word carries no content of its own.
pub(super) fn is_function(form: &str) -> bool {
    TRANSCRIPTION.words.function.contains(form)
}

/// Whether a word is a number.
pub(super) fn is_number(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            form,
            "hundred" | "thousand" | "million" | "billion" | "trillion" | "dozen" | "half"
        )
}

/// Whether two words are forms of one: `join`, `joined`.
pub(super) fn is_inflected(one: &str, other: &str) -> bool {
    stem(one) == stem(other)
}

fn stem(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")) {
        return format!("{stem}y");
    }
    let cut = ["ing", "ed", "es", "s", "d", "e"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|stem| stem.chars().count() > 2))
        .unwrap_or(word);
    let mut letters: Vec<char> = cut.chars().collect();
    if letters.len() > 3 && letters[letters.len() - 1] == letters[letters.len() - 2] {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;

    fn forms(source: &str) -> Vec<String> {
        let text = Text::read(DocId(0), source);
        let count = u32::try_from(text.tokens.len()).unwrap();
        words(&text, 0..count).into_iter().map(|word| word.form).collect()
    }

    /// One row per way to print the same words.
    #[test]
    fn the_same_words_are_the_same_however_they_are_printed() {
        #[rustfmt::skip]
        let cases = [
            ("the F.B.I. agents",              "the FBI agents"),
            ("a tax-filing rule",              "a tax filing rule"),
            ("roads & bridges",                "roads and bridges"),
            ("It’s late, it isn't over",       "It is late, it is not over"),
            ("Sen. Ruiz can't go",             "Senator Ruiz cannot go"),
            ("2 in 3",                         "two in three"),
            ("we're gonna see",                "we are going to see"),
            ("the organisation’s colour",      "the organization's color"),
            ("five percent, 5% more",          "five per cent, five per cent more"),
            ("I, uh, I think, um, so",         "I think so"),
            ("1,200 homes",                    "1200 homes"),
            ("the U.S. Senate",                "the United States Senate"),
        ];
        for (one, other) in cases {
            assert_eq!(forms(one), forms(other), "{one}");
        }
        assert_ne!(forms("1.1"), forms("11"));
        assert_ne!(forms("we will go"), forms("we will not go"));
    }

    #[test]
    fn forms_of_one_word_are_told_from_other_words() {
        for (one, other) in
            [("join", "joined"), ("tries", "try"), ("planning", "plans"), ("make", "making")]
        {
            assert!(is_inflected(one, other), "{one} {other}");
        }
        for (one, other) in [("bomb", "arms"), ("port", "part"), ("red", "read")] {
            assert!(!is_inflected(one, other), "{one} {other}");
        }
    }
}
