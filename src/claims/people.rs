//! People: the full name behind a surname, and what its bearer is.
//!
//! A text names a speaker in full once, with a title or a line between commas, and
//! by surname afterwards.
//!
//! In:  a [`Text`].
//! Out: [`People`], who answers for each phrase that speaks.
//! Not here: which phrase speaks (`speaker`).

use super::is_calendar_name;
use super::lexicon::lexicon;
use super::phrase::is_speaking_noun;
use crate::span::Span;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use std::collections::HashMap;
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
    full: HashMap<Form, Vec<Range<usize>>>,
}

impl<'a, 'c> People<'a, 'c> {
    /// The full names in the running text of `text`.
    pub(super) fn read(text: &'a Text<'c>) -> Self {
        let mut full: HashMap<Form, Vec<Range<usize>>> = HashMap::new();
        let running =
            text.units.iter().filter(|unit| !matches!(unit.role, Role::Headline | Role::Heading));
        for unit in running {
            let tokens = unit.tokens.start as usize..unit.tokens.end as usize;
            for run in runs(text, tokens) {
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
        let named = name.clone().all(|at| is_name_word(self.text, at));
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

/// The runs of capitalised words in `tokens`.
fn runs(text: &Text, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in tokens.filter(|at| is_name_word(text, *at)) {
        match runs.last_mut() {
            Some(run) if run.end == at && touches(text, at) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Whether the words before and at `at` are parts of one name.
fn touches(text: &Text, at: usize) -> bool {
    let before = text.word(&text.tokens[at - 1]);
    let gap = &text.source[text.tokens[at - 1].span.end()..text.tokens[at].span.start()];
    let initial =
        before.chars().count() == 1 || lexicon().reports.titles.contains(&before.to_lowercase());
    !before.ends_with("'s")
        && (gap.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '\u{2011}'))
            || (initial && gap.starts_with('.') && gap.trim_matches(['.', ' ']).is_empty()))
}

fn is_name_word(text: &Text, at: usize) -> bool {
    let word = text.word(&text.tokens[at]);
    word.starts_with(char::is_uppercase)
        && !is_calendar_name(word)
        && !lexicon().words.stop.contains(&word.to_lowercase())
}

/// Whether a word is a title before a name: `President`, `Sen`.
fn is_title(text: &Text, at: usize) -> bool {
    let word = text.word(&text.tokens[at]).to_lowercase();
    is_speaking_noun(&word) || lexicon().reports.titles.contains(&word)
}

/// `name` without the titles in front.
fn untitled(text: &Text, name: Range<usize>) -> Range<usize> {
    let title = name.clone().rev().skip(1).find(|at| is_title(text, *at));
    // "Secretary of State Dana Ruiz": the run begins after `of`.
    let of = name.start.checked_sub(1).filter(|before| text.word(&text.tokens[*before]) == "of");
    let after = title.map_or(name.start, |title| title + 1);
    let skipped = usize::from(of.is_some() && title.is_none() && name.len() > 2);
    after + skipped..name.end
}

/// The title before the name that begins at `name`: `Israeli Prime Minister`.
fn titles_before(text: &Text, unit_start: usize, name: usize) -> Range<usize> {
    let mut start = name;
    while start > unit_start && name - start < NAME_WORDS_MAX {
        let word = text.word(&text.tokens[start - 1]);
        let of = word == "of" && start - 1 > unit_start && is_title(text, start - 2);
        let capital = is_name_word(text, start - 1);
        if !(of || capital || is_title(text, start - 1)) {
            break;
        }
        let gap = &text.source[text.tokens[start - 1].span.end()..text.tokens[start].span.start()];
        if !gap.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '.' | '\u{2011}')) {
            break;
        }
        start -= 1;
    }
    let titled = (start..name).any(|at| is_title(text, at));
    if titled { start..name } else { name..name }
}
