//! People: the full name behind a surname, and what its bearer is.
//!
//! A text names a speaker in full once, with a title or a line between commas, and
//! by surname afterwards.
//!
//! In:  a [`Text`].
//! Out: [`People`], who answers for each phrase that speaks.
//! Not here: which phrase speaks (`speaker`).

use super::lexicon::lexicon;
use super::phrase::is_particle;
use super::phrase::is_speaking_noun;
use crate::span::Span;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Words of a name, title aside: longer runs of capitals are headings and lists.
const NAME_WORDS_MAX: usize = 6;

/// Full names kept for one surname: a family, and room to spare.
const NAMESAKES_MAX: usize = 8;

/// How many words a role between commas may have.
const ROLE_WORDS_MAX: usize = 16;

/// The full names of a text.
pub(super) struct People<'a, 'c> {
    text: &'a Text<'c>,
    /// For the last word of a name, where it stands in full, in order, as token ranges.
    full: FxHashMap<Form, Vec<Range<usize>>>,
}

impl<'a, 'c> People<'a, 'c> {
    /// The full names in the running text of `text`.
    pub(super) fn read(text: &'a Text<'c>) -> Self {
        let mut full: FxHashMap<Form, Vec<Range<usize>>> = FxHashMap::default();
        let running =
            text.units.iter().filter(|unit| !matches!(unit.role, Role::Headline | Role::Heading));
        for unit in running {
            let tokens = unit.tokens.start as usize..unit.tokens.end as usize;
            for run in runs(text, tokens) {
                // A name of one word is nobody's in full.
                if run.len() < 2 {
                    continue;
                }
                let name = untitled(text, run);
                if (2..=NAME_WORDS_MAX).contains(&name.len()) {
                    let known = full.entry(text.tokens[name.end - 1].form).or_default();
                    if known.len() < NAMESAKES_MAX {
                        known.push(name);
                    }
                }
            }
        }
        Self { text, full }
    }

    /// The fullest name up to there of whom the phrase at `local` names: `Dana Ruiz` for
    /// `Mayor Ruiz`; the phrase itself when it is no surname, or nobody said more.
    pub(super) fn name(&self, local: Span) -> Span {
        let tokens = self.tokens(local);
        let name = untitled(self.text, tokens.clone());
        let named = name.clone().all(|at| {
            is_name_word(self.text, at)
                || at > name.start && is_particle(self.text.word(&self.text.tokens[at]))
        });
        if !named || name.is_empty() {
            return local;
        }
        let fuller = || {
            let known = self.full.get(&self.text.tokens[name.end - 1].form)?;
            known.iter().find(|full| full.start < name.start && full.len() > name.len())
        };
        let best = if name.len() == 1 { fuller().unwrap_or(&name) } else { &name };
        span(self.text, best)
    }

    /// What the bearer of `name` is said to be where it stands: `the mayor of Port Ellery`.
    pub(super) fn role(&self, name: Span) -> Option<Span> {
        let tokens = self.tokens(name);
        let first = *self.text.tokens.get(tokens.start)?;
        let unit = self.text.unit_at(first.span.start())?;
        let titles = titles_before(self.text, unit.tokens.start as usize, tokens.start);
        if !titles.is_empty() {
            return Some(span(self.text, &titles));
        }
        self.between_commas(tokens.end, unit.span.end())
    }

    /// The role in `Dana Ruiz, the mayor of Port Ellery, said`.
    fn between_commas(&self, next: usize, unit_end: usize) -> Option<Span> {
        let source = self.text.source;
        let start = self.text.tokens.get(next)?.span.start();
        let name_end = self.text.tokens[next - 1].span.end();
        if source.get(name_end..start)?.trim() != "," || start >= unit_end {
            return None;
        }
        let rest = &source[start..unit_end];
        let end =
            rest.find([',', ';', '—', '“', '"', '(']).unwrap_or(rest.trim_end_matches('.').len());
        let words: Vec<&str> = rest[..end].split_whitespace().collect();
        let head = words.iter().take_while(|word| !matches!(**word, "who" | "which" | "said"));
        let speaks = head.clone().take(5).any(|word| is_speaking_noun(&word.to_lowercase()));
        (speaks && head.count() == words.len() && words.len() <= ROLE_WORDS_MAX)
            .then(|| Span::new(start, start + rest[..end].trim_end().len()))
    }

    fn tokens(&self, span: Span) -> Range<usize> {
        let tokens = &self.text.tokens;
        let start = tokens.partition_point(|token| token.span.end() <= span.start());
        let end = tokens.partition_point(|token| token.span.start() < span.end());
        start..end.max(start)
    }
}

fn span(text: &Text, tokens: &Range<usize>) -> Span {
    text.tokens[tokens.start].span.cover(without_possessive(text, tokens.end - 1))
}

/// The place of a word without its `'s`.
fn without_possessive(text: &Text, token: usize) -> Span {
    let span = text.tokens[token].span;
    let word = &text.source[span.range()];
    let plain = ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    Span::new(span.start(), span.start() + plain.len().max(1))
}

/// The runs of capitalised words in `tokens`, with the small words inside: `Ana de la Cruz`.
fn runs(text: &Text, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in tokens.filter(|at| is_name_word(text, *at)) {
        match runs.last_mut() {
            Some(run) if goes_on(text, run.end, at) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Small words in a row inside a name: `de la`.
const PARTICLES_MAX: usize = 2;

/// Whether the name that ends before `end` goes on at `at`.
fn goes_on(text: &Text, end: usize, at: usize) -> bool {
    at - end <= PARTICLES_MAX
        && (end..at).all(|between| is_particle(text.word(&text.tokens[between])))
        && (end..=at).all(|next| touches(text, next))
}

/// Whether the words before and at `at` are parts of one name.
fn touches(text: &Text, at: usize) -> bool {
    let before = text.word(&text.tokens[at - 1]);
    let gap = &text.source[text.tokens[at - 1].span.end()..text.tokens[at].span.start()];
    let pointed = || gap.starts_with('.') && gap.trim_matches(['.', ' ']).is_empty();
    let initial =
        || before.chars().count() == 1 || lexicon().reports.titles.contains(&before.to_lowercase());
    !before.ends_with("'s")
        && (gap.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '\u{2011}'))
            || (pointed() && initial()))
}

fn is_name_word(text: &Text, at: usize) -> bool {
    let token = &text.tokens[at];
    // Most words are small.
    if text.source.as_bytes()[token.span.start()].is_ascii_lowercase() {
        return false;
    }
    let word = text.word(token);
    word.starts_with(char::is_uppercase)
        // "U.S." has the form of "us".
        && (!lexicon().no_names.contains(&token.form) || word.contains('.'))
}

/// Whether a word is a title before a name: `President`, `Sen`.
fn is_title(text: &Text, at: usize) -> bool {
    lexicon().reports.person_words.contains(&text.tokens[at].form)
}

/// `name` without the titles in front.
///
/// A title with an object leaves its last two words for the name, or the one there is:
/// `Secretary of State Dana Ruiz`, `Ambassador to the Holy See Dana Ruiz`.
fn untitled(text: &Text, name: Range<usize>) -> Range<usize> {
    let word = |at: usize| text.word(&text.tokens[at]);
    let office = name.clone().rev().skip(1).find(|at| is_joint(word(*at)));
    if let Some(joint) = office {
        // "a spokesman for Tarn Rail" is nobody's title.
        let titled = joint > name.start
            && is_title(text, joint - 1)
            && word(joint - 1).starts_with(char::is_uppercase);
        let object = (joint + 1 + usize::from(word(joint + 1) == "the")).min(name.end);
        let first = name.clone().find(|at| is_joint(word(*at))).unwrap_or(joint);
        let person = first - name.start > 2 && is_title(text, name.start);
        return match titled && name.end - object > 2 {
            true => tail(text, object + 1..name.end),
            // "Judge Dana Ruiz of the District Court"
            false if person && !is_title(text, first - 1) => untitled(text, name.start..first),
            false => name,
        };
    }
    let title = name.clone().rev().skip(1).find(|at| {
        // "Corporal Dean Sykes", "Judge Major Banks"
        let given = *at > name.start && is_title(text, at - 1) && is_given(word(*at));
        is_title(text, *at) && !given
    });
    // "of State Dana Ruiz": the run of capitals begins after `of`.
    let of = name.start.checked_sub(1).filter(|before| {
        // "for Women and Equality Dana Ruiz"
        let and = word(*before) == "and" && *before > 1 && is_joint(word(before - 2));
        is_joint(word(*before)) || and
    });
    let after = title.map_or(name.start, |title| title + 1);
    if of.is_some() && title.is_none() && name.len() > 2 {
        return tail(text, name.start + 1..name.end);
    }
    after..name.end
}

/// The last two words of `name`, with an initial or small words between them.
fn tail(text: &Text, name: Range<usize>) -> Range<usize> {
    let word = |at: usize| text.word(&text.tokens[at]);
    let mut start = name.end - 1;
    let small = |at: usize| is_particle(word(at)) || word(at).chars().count() == 1;
    while start > name.start && small(start - 1) {
        start -= 1;
    }
    start.saturating_sub(1).max(name.start)..name.end
}

/// Whether a word that is a title can also be a given name.
fn is_given(word: &str) -> bool {
    matches!(word, "Dean" | "Major" | "Prince" | "Judge" | "Bishop" | "King" | "Pastor" | "Marshal")
}

/// Whether a word stands between an office and what it is for: `Minister of Trade`.
fn is_joint(word: &str) -> bool {
    matches!(word, "of" | "to" | "for")
}

/// The title before the name that begins at `name`: `Israeli Prime Minister`.
fn titles_before(text: &Text, unit_start: usize, name: usize) -> Range<usize> {
    let word = |at: usize| text.word(&text.tokens[at]);
    let mut start = name;
    while start > unit_start && name - start < NAME_WORDS_MAX {
        let before = start - 1;
        let joint = if word(before) == "the" { before.checked_sub(1) } else { Some(before) };
        let of =
            joint.is_some_and(|at| at > unit_start && is_joint(word(at)) && is_title(text, at - 1));
        if !(of || is_name_word(text, before) || is_title(text, before)) {
            break;
        }
        let gap = &text.source[text.tokens[before].span.end()..text.tokens[start].span.start()];
        if !gap.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '.' | '\u{2011}')) {
            break;
        }
        start = before;
    }
    let titled = (start..name).any(|at| is_title(text, at));
    if titled { start..name } else { name..name }
}
