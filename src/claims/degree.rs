//! Degree: how sure a text is that what one of its words names is so.
//!
//! Finer than the rungs of `statement`, and for any word: 1 where it is stated, -1 where it
//! is denied, and 0 where the text says nothing either way. Each word on the way to it has a
//! factor, and the factors multiply, so that a denied expectation is a denial of what was
//! expected. The factors are ours, in steps; the idea that veridicality composes along the
//! words that embed an event is that of Saurí and Pustejovsky (2012).
//!
//! In:  a [`Text`] and the place of a word.
//! Out: a number from -1 to 1.
//! Not here: which words name events, and what two texts say of the same one (`statement`).

use super::framing::Phrases;
use super::lexicon::parse;
use crate::span::Span;
use crate::text::Text;
use serde::Deserialize;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// How sure `text` is of what the word at `word` names, from -1 (denied) to 1 (stated).
///
/// ```
/// use provenance::claims::degree;
/// use provenance::span::DocId;
/// use provenance::span::Span;
/// use provenance::text::Text;
///
/// let text = Text::read(DocId(0), "The board is not expected to approve the sale.");
/// assert!(degree(&text, Span::new(29, 36)) < 0.0);
/// ```
pub fn degree(text: &Text, word: Span) -> f64 {
    let Some(unit) = text.unit_at(word.start()) else { return 1.0 };
    let tokens = text.unit_tokens(unit);
    let first = tokens.partition_point(|token| token.span.end() <= word.start());
    let from = first.saturating_sub(WORDS_MAX);
    let to = tokens.len().min(first + WORDS_MAX);
    if first >= to {
        return 1.0;
    }
    let mut end = tokens[from].span.start();
    let mut words = Vec::with_capacity(to - from);
    let mut signs = Vec::with_capacity(to - from);
    for token in &tokens[from..to] {
        let between = text.source.get(end..token.span.start()).unwrap_or("");
        signs.push(between.chars().find(|c| !c.is_whitespace()));
        end = token.span.end();
        words.push(text.word(token).to_lowercase());
    }
    let asks = text.unit_text(unit).trim_end().ends_with('?');
    let sentence = Sentence { words, signs, event: first - from };
    sentence.degree() * if asks { QUESTION } else { 1.0 }
}

/// Words of a sentence that are looked at, to either side.
const WORDS_MAX: usize = 40;

/// What a question leaves of what it asks for.
const QUESTION: f64 = 0.1;

/// What an infinitive states that no listed word governs: `to discuss the deal`.
const INFINITIVE: f64 = 0.35;

/// What a condition leaves of what depends on it.
const CONDITION: f64 = 0.15;

/// Words between a governing verb and the infinitive of its object.
const OBJECT_WORDS: usize = 8;

/// One sentence, and the word that is asked for.
struct Sentence {
    words: Vec<String>,
    /// The sign before each word, if there is one.
    signs: Vec<Option<char>>,
    event: usize,
}

impl Sentence {
    fn degree(&self) -> f64 {
        let before = &self.words[..self.event];
        let all = &*DEGREES;
        let next = all.next.find(before);
        let start = self.group(&next);
        let mut product = 1.0;
        for (_, factor) in next.iter().filter(|(range, _)| range.start >= start) {
            product *= factor;
        }
        for word in &before[start..] {
            if word.ends_with("n't") {
                product = -product;
            }
        }
        let governed = next.iter().any(|(range, _)| range.start >= start);
        if self.event > 0 && before[self.event - 1] == "to" && !governed {
            product *= self.object(start).unwrap_or(INFINITIVE);
        }
        product *= self.clauses(start);
        if self.has_nobody(start) {
            product = -product;
        }
        product * self.conditions(start) * self.refuted()
    }

    /// Where the auxiliaries, adverbs and listed words before the event begin.
    fn group(&self, next: &[(Range<usize>, f64)]) -> usize {
        let mut start = self.event;
        while start > 0 {
            if let Some((range, _)) = next.iter().find(|(range, _)| range.end == start) {
                start = range.start;
                continue;
            }
            let word = &*self.words[start - 1];
            let joins = is_auxiliary(word) || word.ends_with("n't") || is_adverb(word);
            if !joins || self.signs[start].is_some() {
                break;
            }
            start -= 1;
        }
        start
    }

    /// The factor of a verb that governs the infinitive over its object.
    fn object(&self, start: usize) -> Option<f64> {
        let from = start.saturating_sub(OBJECT_WORDS);
        let found = DEGREES.object.find(&self.words[from..start]);
        let (range, factor) = found.last()?;
        let denied = from + range.start;
        let not = denied > 0 && is_negation(&self.words[denied - 1]);
        Some(if not { -factor } else { *factor })
    }

    /// The factor of the clauses that the event is embedded in.
    fn clauses(&self, start: usize) -> f64 {
        let found = DEGREES.clause.find(&self.words[..start]);
        let mut product = 1.0;
        for (range, factor) in &found {
            let opens = matches!(
                self.words.get(range.end).map(String::as_str),
                Some(
                    "that"
                        | "the"
                        | "a"
                        | "an"
                        | "it"
                        | "he"
                        | "she"
                        | "they"
                        | "there"
                        | "his"
                        | "her"
                        | "its"
                        | "their"
                        | "no"
                        | "some"
                        | "any"
                )
            ) || self.words[range.end..start]
                .iter()
                .any(|word| word == "that" || word == "whether");
            // A clause ends with a semicolon, or with a comma and a new subject.
            let closed = self.signs[range.end..=start.min(self.signs.len() - 1)]
                .iter()
                .any(|sign| matches!(sign, Some(';' | ':' | '—')));
            let conditional = self.words[range.start..range.end].iter().any(|word| {
                matches!(word.as_str(), "if" | "unless" | "whether" | "unclear" | "unknown")
            });
            if closed || !(opens || conditional) || self.words[range.start..range.end] == ["if"] {
                continue;
            }
            let not =
                (range.start.saturating_sub(3)..range.start).any(|at| is_negation(&self.words[at]));
            product *= if not { -factor } else { *factor };
        }
        product
    }

    /// Whether the subject before the verb is nobody: `No one was hurt`.
    fn has_nobody(&self, start: usize) -> bool {
        let from = (0..start).rev().take(5).take_while(|at| self.signs[at + 1].is_none()).last();
        let from = from.unwrap_or(start);
        DEGREES.nobody.contains(&self.words[from])
            || self.words[from..start].iter().any(|word| DEGREES.nobody.contains(word))
    }

    /// What conditions beside the event leave of it: `if the talks collapse, …`.
    fn conditions(&self, start: usize) -> f64 {
        let condition = |word: &String| {
            matches!(word.as_str(), "if" | "unless" | "without" | "should" | "provided")
        };
        let opening = self.words[..start.min(1)].iter().any(condition)
            || self.words[..start].iter().any(|word| word == "if");
        let following =
            self.words[self.event + 1..].iter().position(|word| word == "if" || word == "unless");
        match (opening, following) {
            (true, _) => CONDITION,
            (false, Some(_)) => 0.5,
            (false, None) => 1.0,
        }
    }

    /// Whether the words behind say that it was not so: `… were false`.
    fn refuted(&self) -> f64 {
        let behind = &self.words[(self.event + 1).min(self.words.len())..];
        if DEGREES.refuted.find(behind).is_empty() { 1.0 } else { -1.0 }
    }
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "no" | "cannot") || word.ends_with("n't")
}

fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "be" | "is"
            | "are"
            | "was"
            | "were"
            | "been"
            | "being"
            | "am"
            | "has"
            | "have"
            | "had"
            | "having"
            | "do"
            | "does"
            | "did"
            | "to"
            | "also"
            | "then"
            | "still"
            | "yet"
            | "soon"
            | "now"
            | "already"
            | "ever"
            | "just"
            | "even"
            | "again"
            | "the"
            | "a"
            | "an"
            | "any"
            | "its"
            | "his"
            | "her"
            | "their"
    )
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
}

/// `lexicon/degree.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
    subjects: Subjects,
    refuted: Refuted,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    scope: Scope,
    factor: f64,
    phrases: Vec<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Scope {
    Next,
    Object,
    Clause,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subjects {
    nobody: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refuted {
    phrases: Vec<String>,
}

/// The factors, by where their words stand.
struct Degrees {
    next: Phrases<f64>,
    object: Phrases<f64>,
    clause: Phrases<f64>,
    nobody: HashSet<String>,
    refuted: Phrases<()>,
}

static DEGREES: LazyLock<Degrees> = LazyLock::new(|| {
    let file: File = parse(include_str!("lexicon/degree.toml"));
    let of = |scope: Scope| {
        let rows = file.row.iter().filter(|row| row.scope == scope);
        let phrases =
            rows.flat_map(|row| row.phrases.iter().map(|phrase| (phrase.clone(), row.factor)));
        Phrases::new(phrases)
    };
    Degrees {
        next: of(Scope::Next),
        object: of(Scope::Object),
        clause: of(Scope::Clause),
        nobody: file.subjects.nobody.clone(),
        refuted: Phrases::new(file.refuted.phrases.iter().map(|phrase| (phrase.clone(), ()))),
    }
});
