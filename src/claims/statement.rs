//! Statements: who does what, and how sure the text is that it is so.
//!
//! Without a parser: a verb is what follows an auxiliary or a phrase of the ladder
//! (`has joined`, `is set to join`), or has the form of a past. Its subject is looked
//! for on its left, its object on its right. What stands in quotation marks is the
//! speaker's and is passed over; so are conditions and questions.
//!
//! In:  a [`Text`].
//! Out: [`Statement`]s in reading order.
//! Not here: which statements of two texts are about one event (`divergence`).

use super::framing::Rung;
use super::framing::lexicon;
use super::lexicon as words;
use super::stem::stem;
use crate::span::Span;
use crate::span::any_contains;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use crate::text::Unit;
use std::collections::BTreeSet;
use std::ops::Range;

/// One verb with its subject, its object and a rung of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The unit it stands in, as an index into [`Text::units`].
    pub unit: u32,
    /// From the first word that says how sure it is to the verb.
    pub span: Span,
    /// How sure the text is.
    pub rung: Rung,
    /// The verb, or the group of verbs that say the same of an event.
    pub verb: Form,
    /// The words with content before it.
    pub subject: BTreeSet<Form>,
    /// The words with content after it.
    pub object: BTreeSet<Form>,
    /// The names before it.
    pub names: BTreeSet<Form>,
    /// Whether the subject is whom it happens to: `was signed`.
    pub passive: bool,
    /// Whether it is a present that may tell what is arranged: `is buying`.
    pub progressive: bool,
}

/// How far to the left a subject is looked for, in words.
const SUBJECT_WORDS: usize = 14;

/// How far to the right an object is looked for, in words.
const OBJECT_WORDS: usize = 10;

/// How far behind a verb the word may stand that makes another verb of it: `gave the looted
/// statues back`.
const PARTICLE_WORDS: usize = 6;

/// Words that may stand between the first auxiliary and its verb.
const RUN_WORDS_MAX: usize = 8;

/// How far to the left of a participle its `have` may stand: `have their children vaccinated`.
const CAUSED_WORDS: usize = 6;

/// How far to the left a condition is looked for, in words.
const CONDITION_WORDS: usize = 8;

/// The statements of `text`, outside quotation marks.
pub fn statements(text: &Text) -> Vec<Statement> {
    let mut found = Vec::new();
    let stretches = text.quoted();
    for (number, unit) in (0..).zip(&text.units) {
        let source = text.unit_text(unit);
        if source.trim_end_matches(['”', '"', ')']).ends_with('?') {
            continue;
        }
        let clause = Clause::read(text, unit, &stretches);
        found.extend((0..clause.words.len()).filter_map(|at| clause.statement(number, at)));
    }
    found
}

/// One word of a unit.
struct Word {
    lower: String,
    capital: bool,
    span: Span,
    quoted: bool,
    /// Whether a sign that ends a clause stands before it.
    apart: bool,
}

/// The words of a unit, with the phrases of the ladder in them.
struct Clause {
    words: Vec<Word>,
    phrases: Vec<(Range<usize>, Rung)>,
    headline: bool,
}

impl Clause {
    fn read(text: &Text, unit: &Unit, stretches: &[Span]) -> Self {
        let mut end = unit.span.start();
        let quoted = |span: Span| any_contains(stretches, span);
        let words: Vec<Word> = text
            .unit_tokens(unit)
            .iter()
            .map(|token| {
                let word = text.word(token);
                let gap = text.source.get(end..token.span.start()).unwrap_or("");
                end = token.span.end();
                Word {
                    lower: word.to_lowercase(),
                    capital: word.starts_with(char::is_uppercase),
                    span: token.span,
                    quoted: quoted(token.span),
                    apart: gap.contains([';', ':', '—', '–', '(', ')', '.', '|'])
                        || gap.contains(',') && opens_clause(&word.to_lowercase()),
                }
            })
            .collect();
        let lower: Vec<String> = words.iter().map(|word| word.lower.clone()).collect();
        let phrases = lexicon().certainty.find(&lower);
        Self { words, phrases, headline: unit.role == Role::Headline }
    }

    /// The statement whose verb is the word at `at`.
    fn statement(&self, unit: u32, at: usize) -> Option<Statement> {
        let word = &self.words[at];
        if word.quoted || !is_verbal(&word.lower) || self.in_phrase(at) {
            return None;
        }
        let start = self.run_start(at);
        let governed = start < at
            && self.words[start..at].iter().any(|word| is_auxiliary(&word.lower))
            || self.phrases.iter().any(|(range, _)| {
                // An adverb alone makes no verb: `the allegedly removed ledger`.
                range.start >= start
                    && range.end <= at
                    && !self.words[range.clone()].iter().all(|word| is_adverb(&word.lower))
            });
        if !governed && !self.is_finite(at) || self.is_conditional(start) {
            return None;
        }
        let verb = stem(&word.lower);
        let group = self.group(at, &verb);
        if is_colourless(&word.lower) && group == Form::of(&verb) {
            return None;
        }
        let mut run = self.words[start..at].iter().rev();
        let auxiliary = run.find(|word| !is_adverb(&word.lower)).map_or("", |word| &word.lower);
        let passive = is_be(auxiliary) && (word.lower.ends_with("ed") || is_irregular(&word.lower));
        let progressive = matches!(auxiliary, "is" | "are") && word.lower.ends_with("ing");
        Some(Statement {
            unit,
            span: self.words[start].span.cover(word.span),
            rung: self.rung(start, at),
            verb: group,
            subject: self.content(start.saturating_sub(SUBJECT_WORDS)..start, true),
            object: self.content(at + 1..(at + 1 + OBJECT_WORDS).min(self.words.len()), false),
            names: self.names(start.saturating_sub(SUBJECT_WORDS)..start),
            passive,
            progressive,
        })
    }

    /// Where the auxiliaries, adverbs and phrases before the verb at `at` begin.
    fn run_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0 && at - start < RUN_WORDS_MAX && !self.words[start].apart {
            let before = &self.words[start - 1];
            let joins = is_auxiliary(&before.lower)
                || is_adverb(&before.lower)
                || matches!(before.lower.as_str(), "to" | "not" | "never")
                || self.in_phrase(start - 1);
            if before.quoted || !joins {
                break;
            }
            start -= 1;
        }
        // Adverbs that do not say how sure it is belong to the subject.
        let firm = |index: &usize| !is_adverb(&self.words[*index].lower) || self.in_phrase(*index);
        (start..at).find(firm).unwrap_or(at)
    }

    fn in_phrase(&self, at: usize) -> bool {
        self.phrases.iter().any(|(range, _)| range.contains(&at))
    }

    /// Whether the word at `at` is a past or, in a headline and of a listed verb, a present.
    fn is_finite(&self, at: usize) -> bool {
        let word = &self.words[at].lower;
        let mut before = self.words[..at].iter().rev().map(|word| word.lower.as_str());
        let before = before.find(|word| !is_adverb(word)).unwrap_or_default();
        let noun = before.is_empty()
            || words::lexicon().words.determiners.contains(before)
            || matches!(before, "a" | "an" | "the" | "of" | "by" | "in" | "for" | "with" | "to")
            || is_be(before);
        if noun || self.is_caused(at) {
            return false;
        }
        let past = word.len() > 4 && word.ends_with("ed") || is_irregular(word);
        let listed = lexicon().predicates.contains_key(&stem(word));
        past || listed && (word.ends_with('s') || self.headline)
    }

    /// Whether the word at `at` is what somebody has done by others: `have their children
    /// vaccinated`.
    fn is_caused(&self, at: usize) -> bool {
        let before = &self.words[at.saturating_sub(CAUSED_WORDS)..at];
        before.windows(2).any(|pair| {
            matches!(pair[0].lower.as_str(), "have" | "has" | "had" | "get" | "having")
                && words::lexicon().words.determiners.contains(pair[1].lower.as_str())
        })
    }

    /// Whether the words before say that it is supposed only: `if`, `whether`.
    fn is_conditional(&self, start: usize) -> bool {
        let from = start.saturating_sub(CONDITION_WORDS);
        let clause =
            (from..start).rev().take_while(|at| !self.words[at + 1].apart || *at + 1 == start);
        { clause }.any(|at| {
            matches!(
                self.words[at].lower.as_str(),
                "if" | "unless" | "whether" | "until" | "once" | "before" | "when"
            )
        })
    }

    /// How sure the words from `start` to the verb at `at` are.
    fn rung(&self, start: usize, at: usize) -> Rung {
        let inside = |(range, rung): &(Range<usize>, Rung)| {
            let within = range.start >= start && range.end <= at;
            let behind = *rung == Rung::Confirmed && range.start == at + 1;
            (within || behind).then_some(*rung)
        };
        let rungs: Vec<Rung> = self.phrases.iter().filter_map(inside).collect();
        let pending = rungs.iter().filter(|rung| **rung != Rung::Confirmed).min();
        match (pending, rungs.contains(&Rung::Confirmed)) {
            (Some(rung), _) => *rung,
            (None, true) => Rung::Confirmed,
            (None, false) => Rung::Asserted,
        }
    }

    /// The group of the verb at `at`: `become the fifth member` is `join`.
    fn group(&self, at: usize, verb: &str) -> Form {
        let listed = &lexicon().predicates;
        if verb == stem("become") {
            let mut near = self.words[at + 1..(at + 8).min(self.words.len())].iter();
            if let Some(group) = near.find_map(|word| lexicon().members.get(&stem(&word.lower))) {
                return Form::of(group);
            }
        }
        let behind = &self.words[at + 1..(at + 1 + PARTICLE_WORDS).min(self.words.len())];
        let particle = |word: &Word| lexicon().phrasal.get(&(verb.to_owned(), word.lower.clone()));
        if let Some(group) = behind.iter().take_while(|word| !word.apart).find_map(particle) {
            return Form::of(listed.get(group).unwrap_or(group));
        }
        listed.get(verb).map_or_else(|| Form::of(verb), |group| Form::of(group))
    }

    /// The words with content in `range`, next to the verb as far as a sign allows.
    fn content(&self, range: Range<usize>, before: bool) -> BTreeSet<Form> {
        let mut found = BTreeSet::new();
        let mut add = |at: usize| {
            let word = &self.words[at];
            if !word.quoted && is_content(&word.lower) && !self.in_phrase(at) {
                found.insert(Form::of(&stem(word.lower.trim_end_matches("'s"))));
            }
        };
        if before {
            for at in range.rev() {
                add(at);
                if self.words[at].apart {
                    break;
                }
            }
        } else {
            for at in range {
                if self.words[at].apart {
                    break;
                }
                add(at);
            }
        }
        found
    }

    fn names(&self, range: Range<usize>) -> BTreeSet<Form> {
        let named = |at: &usize| {
            let word = &self.words[*at];
            word.capital && !word.quoted && is_content(&word.lower)
        };
        range
            .filter(named)
            .map(|at| Form::of(&stem(self.words[at].lower.trim_end_matches("'s"))))
            .collect()
    }
}

/// Whether a word after a comma begins another clause.
fn opens_clause(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "but"
            | "while"
            | "although"
            | "though"
            | "because"
            | "so"
            | "yet"
            | "after"
            | "before"
            | "which"
            | "as"
    )
}

fn is_verbal(word: &str) -> bool {
    word.len() > 1
        && word.chars().all(char::is_alphabetic)
        && !words::lexicon().words.stop.contains(word)
        && !is_adverb(word)
}

fn is_content(word: &str) -> bool {
    let stem = word.trim_end_matches("'s");
    stem.chars().count() > 1
        && !words::lexicon().words.stop.contains(stem)
        && !is_adverb(stem)
        && !is_auxiliary(stem)
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
        || matches!(
            word,
            "also"
                | "now"
                | "soon"
                | "then"
                | "still"
                | "yet"
                | "already"
                | "once"
                | "ever"
                | "just"
                | "even"
                | "again"
        )
}

fn is_be(word: &str) -> bool {
    matches!(word, "be" | "is" | "are" | "was" | "were" | "been" | "being" | "am")
}

fn is_auxiliary(word: &str) -> bool {
    is_be(word)
        || matches!(
            word,
            "has"
                | "have"
                | "had"
                | "do"
                | "does"
                | "did"
                | "will"
                | "would"
                | "may"
                | "might"
                | "could"
                | "can"
                | "shall"
                | "should"
                | "must"
        )
}

/// Verbs that say nothing of an event by themselves, and verbs of saying.
fn is_colourless(word: &str) -> bool {
    lexicon().colourless.contains(&stem(word))
        || words::lexicon()
            .reports
            .verbs
            .get(word)
            .is_some_and(|class| class != "beside" && class != "commitment")
}

fn is_irregular(word: &str) -> bool {
    lexicon().irregular.contains_key(word)
}

/// The stem of a word with content, for telling whether two sentences state the same.
pub fn content_stem(word: &str) -> Option<Form> {
    is_content(word).then(|| Form::of(&stem(word.trim_end_matches("'s"))))
}
