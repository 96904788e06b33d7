//! Repetition: a passage that stands twice in one document (PV107).
//!
//! In:  one text, and the places of boilerplate.
//! Out: a finding for each text that repeats whole sentences of its own.
//! Not here: repetition with small edits, pull quotes, and lists that sum up a text.

use crate::align::span;
use crate::divergence::Boilerplate;
use crate::divergence::Material;
use crate::divergence::shared::is_plain;
use crate::divergence::shared::is_quoted;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::Place;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// Words outside quotation marks below which a repetition is a phrase or a refrain.
const WORDS_MIN: usize = 18;

/// How many of them must be written small; a table repeats names and figures.
const PLAIN_WORDS_MIN: usize = 9;

/// The texts that say something twice.
pub(crate) fn findings(material: &Material, boilerplate: &Boilerplate) -> Vec<Finding> {
    let texts = material.texts.par_iter();
    texts.filter_map(|text| finding(material, boilerplate, text)).collect()
}

fn finding(material: &Material, boilerplate: &Boilerplate, text: &Text) -> Option<Finding> {
    let repeats: Vec<[Range<u32>; 2]> = repeats(text)
        .into_iter()
        .filter(|[first, _]| is_worth_it(text, boilerplate, first.clone()))
        .collect();
    let longest = repeats.iter().rev().max_by_key(|[first, _]| first.len())?;
    let label = |tokens: &Range<u32>| {
        let place = Place { doc: text.doc, span: span(text, tokens) };
        Label::passage(place, Vec::new(), material.caption(text.doc))
    };
    let more = repeats.len() - 1;
    let passages = if more == 1 { "passage" } else { "passages" };
    let note = (more > 0).then(|| format!("the text repeats {more} more {passages}"));
    Some(Finding {
        rule: Rule::PassageRepeated,
        subject: material.subject([text.doc]),
        message: format!(
            "{} says the same {} words twice",
            material.name(text.doc),
            longest[0].len()
        ),
        labels: longest.iter().map(label).collect(),
        notes: note.into_iter().collect(),
        help: "take one of the two out, unless the text means to repeat itself".to_owned(),
    })
}

/// The longest runs of sentences that stand a second time further down, each with its
/// next repetition.
fn repeats(text: &Text) -> Vec<[Range<u32>; 2]> {
    let forms = |unit: usize| -> Vec<Form> {
        text.unit_tokens(&text.units[unit]).iter().map(|token| token.form).collect()
    };
    let count = text.units.len();
    // The next unit with the same words.
    let mut next: Vec<Option<usize>> = vec![None; count];
    let mut seen: HashMap<Vec<Form>, usize> = HashMap::new();
    for unit in (0..count).rev().filter(|unit| text.units[*unit].role == Role::Sentence) {
        next[unit] = seen.insert(forms(unit), unit);
    }
    let mut found = Vec::new();
    let mut unit = 0;
    while unit < count {
        let Some(again) = next[unit] else {
            unit += 1;
            continue;
        };
        let length =
            (1..again - unit).take_while(|step| next[unit + step] == Some(again + step)).count()
                + 1;
        let tokens = |first: usize| {
            text.units[first].tokens.start..text.units[first + length - 1].tokens.end
        };
        found.push([tokens(unit), tokens(again)]);
        unit += length;
    }
    found
}

fn is_worth_it(text: &Text, boilerplate: &Boilerplate, tokens: Range<u32>) -> bool {
    let own: Vec<u32> = tokens
        .filter(|token| !is_quoted(text, *token) && !boilerplate.covers(text.doc, *token))
        .collect();
    own.len() >= WORDS_MIN
        && own.iter().filter(|token| is_plain(text, **token)).count() >= PLAIN_WORDS_MIN
}
