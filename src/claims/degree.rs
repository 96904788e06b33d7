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

use super::framing::lexicon;
use super::lexicon::DEGREES;
use crate::span::Span;
use crate::text::Text;
use std::ops::Range;

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
    let sentence = Sentence { words: &words, signs: &signs, event: first - from };
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

/// What is contrary to fact: `if the dam had broken, …`.
const CONTRARY: f64 = -0.9;

/// What a definite noun states at least, whatever is said of it: `nobody saw the crash`.
const DEFINITE: f64 = 0.6;

/// What a request states: `Please send your comments`.
const REQUEST: f64 = 0.1;

/// What is too far to be reached: `too ill to travel`.
const TOO_FAR: f64 = -0.9;

/// Words between a governing verb and the infinitive of its object.
const OBJECT_WORDS: usize = 8;

/// Words between `too` and the infinitive.
const TOO_WORDS: usize = 3;

/// Words from an article to its noun.
const DEFINITE_WORDS: usize = 3;

/// Words behind a noun that say what became of it: `has now been called off`.
const BECOMES_WORDS: usize = 6;

/// One sentence, and the word that is asked for.
#[derive(Clone, Copy)]
struct Sentence<'w> {
    words: &'w [String],
    /// The sign before each word, if there is one.
    signs: &'w [Option<char>],
    event: usize,
}

impl Sentence<'_> {
    fn degree(self) -> f64 {
        let next = DEGREES.next.find(&self.words[..self.event]);
        let start = self.group(&next);
        let mut product = self.governed(start, &next) * self.clauses(start);
        if self.has_nobody(start) {
            product = -product;
        }
        product *= self.conditions(start);
        if self.is_refuted() {
            return CONTRARY;
        }
        product *= self.becomes();
        if self.is_definite() { product.max(DEFINITE) } else { product }
    }

    /// The factors of the words right before the event, and of the verb that governs it.
    fn governed(self, start: usize, next: &[(Range<usize>, f64)]) -> f64 {
        let before = &self.words[..self.event];
        let inside = || next.iter().filter(|(range, _)| range.start >= start);
        let mut product: f64 = inside().map(|(_, factor)| factor).product();
        let listed = |at: usize| inside().any(|(range, _)| range.contains(&at));
        let contracted = |at: &usize| before[*at].ends_with("n't") && !listed(*at);
        if (start..self.event).filter(contracted).count() % 2 == 1 {
            product = -product;
        }
        match before.last().map(String::as_str) {
            Some("to") if inside().next().is_none() => {
                let too = before.iter().rev().skip(1).take(TOO_WORDS).any(|word| word == "too");
                let object = || self.object(start).unwrap_or(INFINITIVE);
                return product * if too { TOO_FAR } else { object() };
            }
            // "prevented the crowd from entering"
            Some("from") => {
                if let Some(factor) = self.object(start).filter(|factor| *factor < 0.0) {
                    return product * factor;
                }
            }
            _ => {}
        }
        let request = self.event == 0 || before == ["please"];
        if request && is_plain(&self.words[self.event]) && self.is_addressed() {
            return product * REQUEST;
        }
        product * self.object_of(start)
    }

    /// What the verb leaves of its indefinite object: of an agreement that nobody reached.
    fn object_of(self, start: usize) -> f64 {
        let indefinite = self.words[start..self.event]
            .iter()
            .any(|word| matches!(word.as_str(), "a" | "an" | "any" | "another"));
        let verb = start.checked_sub(1).filter(|_| indefinite && self.signs[start].is_none());
        let verb = verb.filter(|at| !is_small(&self.words[*at]));
        verb.map_or(1.0, |event| Sentence { event, ..self }.degree())
    }

    /// Whether the word is followed by what a request asks for: `your comments`.
    fn is_addressed(self) -> bool {
        let next = self.words.get(self.event + 1).map_or("", String::as_str);
        matches!(next, "your" | "the" | "a" | "an" | "us" | "me" | "this" | "for" | "to")
    }

    /// Whether the word is a noun that takes for granted what it names: `the crash`.
    fn is_definite(self) -> bool {
        let from = self.event.saturating_sub(DEFINITE_WORDS);
        let near = (from..self.event).rev().take_while(|at| self.signs[at + 1].is_none());
        let near: Vec<&str> = near.map(|at| self.words[at].as_str()).collect();
        let article = near.iter().position(|word| {
            matches!(*word, "the" | "this" | "these" | "his" | "her" | "its" | "their" | "last")
        });
        // "the two-year inquiry", but not "the board approved" or "the alleged theft".
        article.is_some_and(|at| {
            near[..at].iter().all(|word| {
                !is_small(word)
                    && !is_adverb(word)
                    && !is_auxiliary(word)
                    && DEGREES.next.find(&[(*word).to_owned()]).is_empty()
            }) && !is_verb_like(&self.words[self.event], at)
        })
    }

    /// What the words behind say became of it: `the festival has been postponed`.
    fn becomes(self) -> f64 {
        let mut from = self.event + 1;
        if self.signs.get(from) == Some(&Some(',')) {
            let comma = (from + 1..self.words.len()).find(|at| self.signs[*at] == Some(','));
            from = comma.unwrap_or(self.words.len());
        }
        let near =
            &self.words[from.min(self.words.len())..self.words.len().min(from + BECOMES_WORDS)];
        if !near.first().is_some_and(|word| is_auxiliary(word) || word == "will") {
            return 1.0;
        }
        DEGREES.becomes.find(near).first().map_or(1.0, |(_, factor)| *factor)
    }

    /// Where the auxiliaries, adverbs and listed words before the event begin.
    fn group(self, next: &[(Range<usize>, f64)]) -> usize {
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
    fn object(self, start: usize) -> Option<f64> {
        let from = start.saturating_sub(OBJECT_WORDS);
        let found = DEGREES.object.find(&self.words[from..start]);
        let (range, factor) = found.last()?;
        let denied = from + range.start;
        let not = denied > 0 && is_negation(&self.words[denied - 1]);
        Some(if not { -factor } else { *factor })
    }

    /// The factor of the clauses that the event is embedded in.
    fn clauses(self, start: usize) -> f64 {
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
    fn has_nobody(self, start: usize) -> bool {
        let near = (0..start).rev().take(5).take_while(|at| self.signs[at + 1].is_none());
        let from = near.take_while(|at| self.words[*at] != "that").last();
        let from = from.unwrap_or(start);
        DEGREES.nobody.contains(&self.words[from])
            || self.words[from..start].iter().any(|word| DEGREES.nobody.contains(word))
    }

    /// What conditions beside the event leave of it: `if the talks collapse, …`.
    fn conditions(self, start: usize) -> f64 {
        let all = |words: &[&str]| {
            self.words
                .windows(words.len())
                .any(|window| window.iter().zip(words).all(|(a, b)| a == b))
        };
        // "If the dam had broken, thousands would have drowned."
        let past = ["would", "could", "might"]
            .iter()
            .any(|modal| all(&[*modal, "have"]) || all(&[*modal, "not", "have"]));
        let before = &self.words[..start];
        let inverted = self.words.first().is_some_and(|word| word == "had");
        let had = self.words[..self.event].iter().any(|word| word == "had");
        if past && had && (inverted || before.iter().any(|word| word == "if")) {
            let main = self.words[start..self.event].iter().any(|word| word == "have");
            return if main { 1.0 } else { CONTRARY };
        }
        if past && self.words[start..self.event].iter().any(|word| word == "have") {
            return 1.0;
        }
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
    fn is_refuted(self) -> bool {
        let behind = &self.words[(self.event + 1).min(self.words.len())..];
        !DEGREES.refuted.find(behind).is_empty()
    }
}

/// Whether a word looks like the base of a verb.
fn is_plain(word: &str) -> bool {
    !["s", "ed", "ing", "ly"].iter().any(|end| word.ends_with(end))
}

/// Whether a word ends in a way that verbs after a noun have: `the board approved`. Right
/// behind the article it is an adjective or a noun.
fn is_verb_like(word: &str, between: usize) -> bool {
    between > 0 && (word.ends_with("ed") || lexicon().irregular.contains_key(word))
}

/// Whether a word is a preposition or a conjunction, and no verb.
fn is_small(word: &str) -> bool {
    DEGREES.words.small.contains(word)
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "no" | "cannot") || word.ends_with("n't")
}

fn is_auxiliary(word: &str) -> bool {
    DEGREES.words.auxiliaries.contains(word)
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
}
