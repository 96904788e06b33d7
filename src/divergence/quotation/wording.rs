//! Wording: the words of a quotation as they were spoken, however they are printed.
//!
//! Transcribers write `gonna` or `going to`, style books `F.B.I.` or `FBI`, `2` or `two`,
//! `colour` or `color`. None of that is another wording.
//!
//! In:  some tokens of a text.
//! Out: [`Word`]s, each with the tokens it was printed by.
//! Not here: what a difference between two wordings means (`change`).

use crate::span::Span;
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
    /// Plurals that no ending tells, with their singular.
    plurals: BTreeMap<String, String>,
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
    let mut currency = None;
    let (mut end, last) = (None, tokens.end);
    let mut tokens = tokens.peekable();
    while let Some(index) = tokens.next() {
        let span = text.tokens[index as usize].span;
        let between = end.map_or("", |end| text.source.get(end..span.start()).unwrap_or(""));
        let next = text.tokens.get(index as usize + 1).filter(|_| index + 1 < last);
        let after = next.map_or("", |next| gap(text, span, next.span));
        if between.contains('&') {
            words.push(Word { form: "and".to_owned(), token: index });
        }
        if between.contains('%') {
            words.extend(["per", "cent"].map(|form| Word { form: form.to_owned(), token: index }));
        }
        end = Some(span.end());
        let printed = text.word(&text.tokens[index as usize]);
        // "it was, you know, late"
        if between.contains(',') && is_thrown_in(printed, next.map(|next| text.word(next))) {
            let behind = text.tokens.get(index as usize + 2).map(|token| token.span);
            let closing = next
                .zip(behind)
                .is_some_and(|(next, behind)| gap(text, next.span, behind).contains(','));
            if closing {
                end = tokens.next().map(|next| text.tokens[next as usize].span.end());
                continue;
            }
        }
        let counted = after.starts_with(". ")
            && next.is_some_and(|next| {
                text.word(next).starts_with(|c: char| c.is_ascii_alphanumeric())
            });
        let whole = match printed {
            "No" if counted => "number".to_owned(),
            _ => printed.to_owned(),
        };
        let mut forms = spoken(&whole);
        currency = currency.or_else(|| sign_before(text, span.start()));
        let scaled = next.is_some_and(|next| is_scale(text.word(next)));
        if !scaled {
            forms.extend(currency.take());
        }
        join_tens(&mut words, &mut forms);
        for form in forms {
            words.push(Word { form, token: index });
        }
    }
    words.dedup_by(|later, earlier| later.form == earlier.form && later.token != earlier.token);
    without_restarts(text, words)
}

/// Words that a speaker says twice when starting anew.
const RESTART_WORDS_MAX: usize = 5;

/// `words` without what a speaker said once more after a pause: `I did not — I did not know`.
fn without_restarts(text: &Text, mut words: Vec<Word>) -> Vec<Word> {
    let span = |word: &Word| text.tokens[word.token as usize].span;
    let pauses = |last: &Word, next: &Word| {
        gap(text, span(last), span(next)).contains([',', '—', '–', '…', '-'])
    };
    let mut at = 0;
    while at < words.len() {
        let again = (2..=RESTART_WORDS_MAX.min((words.len() - at) / 2)).find(|count| {
            let (one, two) = words[at..at + 2 * count].split_at(*count);
            one.iter().zip(two).all(|(one, two)| one.form == two.form)
                && pauses(&one[count - 1], &two[0])
        });
        match again {
            Some(count) => drop(words.drain(at..at + count)),
            None => at += 1,
        }
    }
    words
}

/// What stands between two tokens.
fn gap<'t>(text: &Text<'t>, one: Span, two: Span) -> &'t str {
    text.source.get(one.end()..two.start()).unwrap_or("")
}

/// Whether two words between commas are thrown in by whoever speaks.
fn is_thrown_in(one: &str, two: Option<&str>) -> bool {
    let lower = (one.to_lowercase(), two.unwrap_or("").to_lowercase());
    matches!((&*lower.0, &*lower.1), ("you", "know") | ("i", "mean"))
}

fn is_scale(word: &str) -> bool {
    matches!(word, "thousand" | "million" | "billion" | "trillion")
}

/// The word that is read for a currency sign before the number at `start`.
fn sign_before(text: &Text, start: usize) -> Option<String> {
    let word = match text.source.get(..start)?.chars().next_back()? {
        '$' => "dollars",
        '£' => "pounds",
        '€' => "euros",
        _ => return None,
    };
    text.source[start..].starts_with(|c: char| c.is_ascii_digit()).then(|| word.to_owned())
}

/// Puts `twenty-five`, of which the first half stands in `words`, together as `25`, and
/// `two hundred` as `200`.
fn join_tens(words: &mut [Word], forms: &mut Vec<String>) {
    let one = |form: &String| form.len() == 1 && form.as_bytes()[0].is_ascii_digit() && form != "0";
    let tens = |form: &str| form.len() == 2 && form.ends_with('0') && form != "10";
    let Some(last) = words.last_mut() else { return };
    if forms.first().is_some_and(one) && tens(&last.form) {
        let unit = forms.remove(0);
        last.form.replace_range(1.., &unit);
        return;
    }
    let zeros = match forms.first().map(String::as_str) {
        Some("hundred") => "00",
        Some("thousand") => "000",
        _ => return,
    };
    let counted = last.form.bytes().all(|byte| byte.is_ascii_digit()) && last.form.len() <= 3;
    if counted || last.form == "a" {
        let count = if counted { &*last.form } else { "1" };
        last.form = format!("{count}{zeros}");
        forms.remove(0);
    }
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
    // "2.30am" and "2:30 a.m.", which is three tokens
    if let Some((time, half)) = clock(&lower) {
        return time.split('.').chain([half]).map(str::to_owned).collect();
    }
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

/// The time and the half of the day in `2.30am`.
fn clock(word: &str) -> Option<(&str, &'static str)> {
    ["am", "pm"]
        .iter()
        .find_map(|half| Some((word.strip_suffix(*half)?, *half)))
        .filter(|(time, _)| time.starts_with(|c: char| c.is_ascii_digit()))
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
        ("elled", "eled"),
        ("elling", "eling"),
        ("eller", "eler"),
        ("ellers", "elers"),
        ("ysed", "yzed"),
        ("ysing", "yzing"),
    ] {
        if let Some(stem) = word.strip_suffix(british).filter(|stem| stem.chars().count() > 1) {
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
    let word = TRANSCRIPTION.plurals.get(word).map_or(word, String::as_str);
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
            ("twenty-five years",              "25 years"),
            ("$5 million now",                 "five million dollars now"),
            ("it was, you know, late",         "it was late"),
            ("we're goin' home, get 'em",      "we are going home, get them"),
            ("I did not — I did not know",     "I did not know"),
            ("at 2:30 a.m. on Monday",         "at 2.30am on Monday"),
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
            [("join", "joined"), ("tries", "try"), ("planning", "plans"), ("children", "child")]
        {
            assert!(is_inflected(one, other), "{one} {other}");
        }
        for (one, other) in [("bomb", "arms"), ("port", "part"), ("red", "read")] {
            assert!(!is_inflected(one, other), "{one} {other}");
        }
    }
}
