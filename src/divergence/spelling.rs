//! Spellings: a name that two documents write with one letter of difference (PV306).
//!
//! `Kelmouth Sound` and `Kelmoth Sound`: the word beside it is the same, so that the two
//! are one name. A document that has both spellings may mean two.
//!
//! In:  texts.
//! Out: findings.
//! Not here: names of other words (`divergence::parted`).

use crate::divergence::Material;
use crate::divergence::listed;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Subject;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Shorter names are near too many others.
const LETTERS_MIN: usize = 6;

/// A spelling: the words beside it, and where each document has it first.
#[derive(Default)]
struct Spelling {
    beside: BTreeSet<String>,
    places: BTreeMap<DocId, Span>,
}

/// One finding for every two spellings of a name.
pub(crate) fn findings(material: &Material) -> Vec<Finding> {
    let spellings = spellings(material);
    // Words that are the same without one letter, or with one more.
    let mut near: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for word in spellings.keys() {
        near.entry(word.clone()).or_default().insert(word);
        for (at, letter) in word.char_indices() {
            let without = format!("{}{}", &word[..at], &word[at + letter.len_utf8()..]);
            near.entry(without).or_default().insert(word);
        }
    }
    let mut pairs = BTreeSet::new();
    for words in near.values() {
        for left in words {
            for right in words
                .range::<str, _>((std::ops::Bound::Excluded(*left), std::ops::Bound::Unbounded))
            {
                pairs.insert((*left, *right));
            }
        }
    }
    let pairs = pairs.into_iter().filter(|(left, right)| {
        let (one, other) = (&spellings[*left], &spellings[*right]);
        let beside = one.beside.intersection(&other.beside).next().is_some();
        let apart = one.places.keys().all(|doc| !other.places.contains_key(doc));
        beside && apart && !is_inflected(left, right)
    });
    pairs.map(|(left, right)| finding(material, &spellings[left], &spellings[right])).collect()
}

/// `Kazakh` and `Kazakhs`, `colour` and `color`: one word in two forms.
fn is_inflected(left: &str, right: &str) -> bool {
    let longer = |short: &str, long: &str| {
        long.strip_prefix(short).is_some_and(|end| matches!(end, "s" | "n" | "i" | "e" | "’" | "'"))
    };
    let same = |word: &str| word.replace("our", "or").replace('s', "z");
    longer(left, right) || longer(right, left) || same(left) == same(right)
}

/// The capitalised words of every document that stand beside another one.
fn spellings(material: &Material) -> BTreeMap<String, Spelling> {
    let mut spellings: BTreeMap<String, Spelling> = BTreeMap::new();
    for text in material.texts {
        let word = |at: usize| text.word(&text.tokens[at]);
        let capital = |at: usize| word(at).starts_with(char::is_uppercase);
        for unit in &text.units {
            let tokens = unit.tokens.start as usize..unit.tokens.end as usize;
            for at in tokens.clone().filter(|at| capital(*at)) {
                let plain = word(at).strip_suffix("'s").unwrap_or(word(at));
                let letters = plain.chars().all(char::is_alphabetic);
                if !letters || plain.chars().count() < LETTERS_MIN || plain.to_uppercase() == plain
                {
                    continue;
                }
                let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                let beside = beside.filter(|near| {
                    tokens.contains(near)
                        && capital(*near)
                        && touch(text.source, text.tokens[at].span, text.tokens[*near].span)
                });
                let beside: Vec<String> = beside.map(|near| word(near).to_lowercase()).collect();
                let known = spellings.entry(plain.to_lowercase()).or_default();
                known.beside.extend(beside);
                let span = without_possessive(text.source, text.tokens[at].span);
                known.places.entry(text.doc).or_insert(span);
            }
        }
    }
    spellings
}

fn without_possessive(source: &str, span: Span) -> Span {
    let word = &source[span.range()];
    let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    Span::new(span.start(), span.start() + stem.len())
}

/// Whether a blank or a hyphen is all that stands between two words.
fn touch(source: &str, one: Span, other: Span) -> bool {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    let gap = source.get(first.end()..second.start()).unwrap_or_default();
    matches!(gap, " " | "-" | "\u{2011}" | "\u{a0}")
}

fn finding(material: &Material, one: &Spelling, other: &Spelling) -> Finding {
    let (most, least) =
        if one.places.len() >= other.places.len() { (one, other) } else { (other, one) };
    let drafted = |spelling: &Spelling| {
        spelling.places.keys().any(|doc| material.documents[doc.index()].draft)
    };
    let (first, second) =
        if drafted(least) || !drafted(most) { (least, most) } else { (most, least) };
    let against = drafted(first);
    let said = |spelling: &Spelling| {
        let names: Vec<&str> = spelling.places.keys().map(|doc| material.name(*doc)).collect();
        let wording = spelling
            .places
            .iter()
            .next()
            .map_or("", |(doc, span)| &material.texts[doc.index()].source[span.range()]);
        format!("“{wording}” ({})", listed(&names))
    };
    let label = |(doc, span): (&DocId, &Span)| {
        let text = &material.texts[doc.index()];
        let unit = text.unit_at(span.start()).map_or(*span, |unit| unit.span.cover(*span));
        Label::passage(Place { doc: *doc, span: unit }, vec![*span], material.caption(*doc))
    };
    let mut places: Vec<(&DocId, &Span)> = first.places.iter().chain(&second.places).collect();
    places.sort_by_key(|(doc, _)| material.display_order(**doc));
    Finding {
        rule: Rule::NameDiverges,
        subject: if against { Subject::Draft } else { Subject::Corpus },
        message: format!("{} against {}", said(first), said(second)),
        labels: places.into_iter().map(label).collect(),
        notes: vec!["the question: how the name is spelt".to_owned()],
        help: "settle on the spelling that the person or place uses".to_owned(),
    }
}
