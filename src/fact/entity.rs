//! Names: who and what a sentence is about.
//!
//! Countries, their people and their capitals have one name each (`lexicon`). Other names
//! are runs of capitalised words, known by their last word: `President Dana Ruiz` and
//! `Ruiz` are one, and so are `Harbour Accords` and `the accords` after it.
//!
//! In:  a [`Text`].
//! Out: [`Entity`]s of its units.
//! Not here: what happens to them (`act`).

use super::lexicon::Named;
use super::lexicon::lexicon;
use crate::text::Form;
use crate::text::Text;
use crate::text::Token;
use crate::text::Unit;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A name in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The name by which it is compared.
    pub name: String,
    /// The place it is, where something happens in it: `Astana`, not `Kazakhstan`.
    pub place: Option<String>,
    /// Whether it is a country, by its name, its people or its government.
    pub country: bool,
    /// Its tokens, as indices into the text's.
    pub tokens: Range<usize>,
}

/// The names that a text uses.
pub(super) struct Names<'t, 'c> {
    text: &'t Text<'c>,
    /// The last words of names of several words, such as `accords`.
    lasts: FxHashMap<Form, String>,
}

/// Words that open a sentence or a title, and no name.
const OPENERS: [&str; 42] = [
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "for",
    "from",
    "by",
    "but",
    "and",
    "it",
    "its",
    "this",
    "that",
    "these",
    "those",
    "he",
    "she",
    "they",
    "we",
    "his",
    "her",
    "their",
    "our",
    "as",
    "if",
    "when",
    "while",
    "after",
    "before",
    "since",
    "with",
    "according",
    "although",
    "despite",
    "earlier",
    "president",
    "mr",
    "mrs",
    "ms",
    "dr",
];

impl<'t, 'c> Names<'t, 'c> {
    pub(super) fn of(text: &'t Text<'c>) -> Self {
        let mut names = Self { text, lasts: FxHashMap::default() };
        for unit in &text.units {
            for entity in names.in_unit(unit) {
                if entity.tokens.len() > 1 && entity.place.is_none() && !entity.country {
                    let last = text.tokens[entity.tokens.end - 1].form;
                    names.lasts.entry(last).or_insert(entity.name);
                }
            }
        }
        names
    }

    /// The names of `unit`, in order and apart.
    pub(super) fn in_unit(&self, unit: &Unit) -> Vec<Entity> {
        let mut found = Vec::new();
        let mut at = unit.tokens.start as usize;
        let end = unit.tokens.end as usize;
        while at < end {
            match self.known(at, end).or_else(|| self.run(at, end)).or_else(|| self.short(at)) {
                Some(entity) => {
                    at = entity.tokens.end;
                    found.push(entity);
                }
                None => at += 1,
            }
        }
        found
    }

    fn token(&self, at: usize) -> &Token {
        &self.text.tokens[at]
    }

    fn is_capitalised(&self, at: usize) -> bool {
        self.text.source[self.token(at).span.range()].starts_with(char::is_uppercase)
    }

    /// A name of the lexicon.
    fn known(&self, at: usize, end: usize) -> Option<Entity> {
        let entries = lexicon().names.get(&self.token(at).form)?;
        self.is_capitalised(at).then_some(())?;
        let matches = |forms: &[Form]| {
            at + forms.len() <= end
                && forms.iter().enumerate().all(|(i, form)| self.token(at + i).form == *form)
        };
        let entry = entries.iter().find(|entry| matches(&entry.forms))?;
        let to = at + entry.forms.len();
        // "Washington Post" and "New York Times" are papers.
        let longer = to < end && self.is_capitalised(to) && self.touches(to);
        (!(longer && entry.named == Named::Capital)).then(|| Entity {
            name: entry.name.clone(),
            place: (entry.named != Named::Country).then(|| entry.place.clone()),
            country: entry.named != Named::Site,
            tokens: at..to,
        })
    }

    /// Whether only a blank or a hyphen stands before the token.
    fn touches(&self, at: usize) -> bool {
        let from = self.token(at - 1).span.end();
        let gap = self.text.source.get(from..self.token(at).span.start()).unwrap_or_default();
        gap.chars().all(|c| matches!(c, ' ' | '-' | '\u{2011}' | '\u{a0}'))
    }

    /// A run of capitalised words.
    fn run(&self, at: usize, end: usize) -> Option<Entity> {
        let mut from = at;
        let opens = |at: usize| {
            let word = self.text.word(self.token(at)).to_lowercase();
            OPENERS.contains(&word.as_str())
        };
        self.is_capitalised(from).then_some(())?;
        if opens(from) {
            from += 1;
        }
        let mut to = from;
        // Headlines write every word with a capital; a known name ends where it does, and
        // a verb is none.
        let ended = |to: usize| to > from + 1 && self.lasts.contains_key(&self.token(to - 1).form);
        while to < end
            && self.is_capitalised(to)
            && !ended(to)
            && !lexicon().acts.contains_key(&self.token(to).form)
            && (to == from || self.touches(to))
            && (to == from || self.known(to, end).is_none())
        {
            to += 1;
        }
        // One capitalised word at the start of a unit is any word.
        let first = from == to || (to == from + 1 && from == self.first_of(at));
        if first || (from > at && !self.touches(from)) {
            return None;
        }
        let last = self.text.word(self.token(to - 1)).to_lowercase();
        let name = last.strip_suffix("'s").unwrap_or(&last).to_owned();
        Some(Entity { name, place: None, country: false, tokens: from..to })
    }

    /// The first token of the unit that holds `at`.
    fn first_of(&self, at: usize) -> usize {
        let start = self.token(at).span.start();
        self.text.unit_at(start).map_or(at, |unit| unit.tokens.start as usize)
    }

    /// `accords` after `the`, where the text has a longer name that ends in it.
    fn short(&self, at: usize) -> Option<Entity> {
        let name = self.lasts.get(&self.token(at).form)?;
        let article = at > 0 && self.text.word(self.token(at - 1)).eq_ignore_ascii_case("the");
        article.then(|| Entity {
            name: name.clone(),
            place: None,
            country: false,
            tokens: at..at + 1,
        })
    }
}
