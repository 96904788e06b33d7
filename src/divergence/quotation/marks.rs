//! Words that stand in quotation marks in one text and without in another: a paraphrase
//! that was made a quotation (PV405), and a quotation whose marks were lost (PV406).
//!
//! In:  wordings, and the words of every text outside quotation marks.
//! Out: one finding for each wording and text.
//! Not here: words in quotation marks on both sides (`altered`).

use super::kin::Kin;
use super::kin::inner;
use super::kin::voice;
use super::wording::is_function;
use crate::claims::Claim;
use crate::divergence::Material;
use crate::divergence::sieve::Sieve;
use crate::divergence::slot::ClaimId;
use crate::divergence::slot::tokens_in;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use crate::text::Form;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;

/// Words in a row that must stand in both places.
const RUN_WORDS_MIN: usize = 6;

/// Words with content among them.
const CONTENT_WORDS_MIN: usize = 3;

/// Share of a quotation, in percent, that must stand outside marks for the quotation to
/// have been made of it.
const MADE_PERCENT_MIN: usize = 70;

/// The words of a run by which quotations and other text meet.
const SEED_WORDS: usize = 4;

/// Wordings that may have the same seed.
const CARRIERS_MAX: usize = 64;

/// A wording that stands without marks.
struct Bare {
    wording: usize,
    doc: DocId,
    tokens: Range<u32>,
}

pub(super) fn findings(material: &Material, kin: &Kin) -> Vec<Finding> {
    let seeds = Seeds::read(kin);
    let bare: Vec<Bare> =
        kin.texts.par_iter().flat_map_iter(|text| seeds.bare(kin, text)).collect();
    let related = related(kin);
    let mut best: BTreeMap<(usize, DocId), Bare> = BTreeMap::new();
    for found in bare {
        let known = best.get(&(found.wording, found.doc));
        if known.is_none_or(|known| known.tokens.len() < found.tokens.len()) {
            best.insert((found.wording, found.doc), found);
        }
    }
    best.into_values().filter_map(|found| finding(material, kin, &related, &found)).collect()
}

/// For each wording, the documents that have it or another version of it in marks.
fn related(kin: &Kin) -> Vec<BTreeSet<DocId>> {
    let docs = |wording: usize| kin.wordings[wording].ids.iter().map(|id| id.doc);
    let mut related: Vec<BTreeSet<DocId>> =
        (0..kin.wordings.len()).map(|wording| docs(wording).collect()).collect();
    for group in kin.groups() {
        let all: BTreeSet<DocId> = group.iter().flat_map(|wording| docs(*wording)).collect();
        for wording in group {
            related[wording].clone_from(&all);
        }
    }
    related
}

fn finding(
    material: &Material,
    kin: &Kin,
    related: &[BTreeSet<DocId>],
    found: &Bare,
) -> Option<Finding> {
    if related[found.wording].contains(&found.doc) {
        return None;
    }
    let draft = |doc: DocId| material.documents[doc.index()].draft;
    let ids = &kin.wordings[found.wording].ids;
    let sources = ids.iter().filter(|id| !draft(id.doc));
    let text = kin.text(found.doc);
    let place = Place { doc: found.doc, span: text.span_of(&found.tokens)? };
    let bare = Label::passage(place, Vec::new(), material.caption(found.doc));
    let count = found.tokens.len();
    if let Some(id) = sources.min() {
        if reports(kin, *id, text, found.tokens.start as usize) {
            return None;
        }
        return Some(Finding {
            rule: Rule::QuoteUnmarked,
            subject: material.subject([found.doc]),
            message: format!(
                "{} has {count} words without quotation marks that {} quotes",
                material.name(found.doc),
                material.name(id.doc),
            ),
            labels: vec![bare, super::label(material, *id, Vec::new())],
            notes: Vec::new(),
            help: "quote the words, or say it in your own".to_owned(),
        });
    }
    // Only drafts have it in marks, and here stands a source without.
    let id = *ids.first()?;
    let whole = kin.wordings[found.wording].words.len();
    let quoted_elsewhere = related[found.wording].iter().any(|doc| !draft(*doc));
    if quoted_elsewhere
        || count * 100 < whole * MADE_PERCENT_MIN
        || speaks_itself(material, kin, id, found.doc)
    {
        return None;
    }
    Some(Finding {
        rule: Rule::QuoteMade,
        subject: material.subject([id.doc]),
        message: format!(
            "{} sets quotation marks around {count} words that {} has without",
            material.name(id.doc),
            material.name(found.doc),
        ),
        labels: vec![super::label(material, id, Vec::new()), bare],
        notes: Vec::new(),
        help: "take the marks away, unless you know that somebody said these words".to_owned(),
    })
}

/// Whether the sentence of a token names the speaker of a quotation: `Ruiz said she had no
/// plans to sell the paper` reports what “I have no plans to sell the paper” quotes.
fn reports(kin: &Kin, id: ClaimId, text: &Text, token: usize) -> bool {
    let Some(voice) = voice(kin.claim(id)) else { return false };
    let name = &kin.text(id.doc).source[voice.name.range()];
    let Some(last) = name.rsplit([' ', '\u{a0}']).next().map(str::to_lowercase) else {
        return false;
    };
    let Some(unit) = text.unit_at(text.tokens[token].span.start()) else { return false };
    text.unit_tokens(unit).iter().any(|token| text.word(token).to_lowercase() == last)
}

/// Whether the draft quotes the source's own text: the outlet, its author, a statement.
fn speaks_itself(material: &Material, kin: &Kin, id: ClaimId, source: DocId) -> bool {
    let Some(voice) = voice(kin.claim(id)) else { return false };
    let name = kin.text(id.doc).source[voice.name.range()].to_lowercase();
    let own = material.name(source).to_lowercase();
    let opening: String = kin.text(source).source.chars().take(BYLINE_CHARS).collect();
    name.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let long = word.chars().count() > 3;
        let paper = matches!(
            word,
            "report" | "statement" | "article" | "brief" | "study" | "document" | "text"
        );
        long && (own.contains(word)
            || paper
            || opening.to_lowercase().contains(&format!("by {word}")))
    })
}

/// Where a byline stands, in characters.
const BYLINE_CHARS: usize = 400;

/// Where the runs of words in quotations stand.
struct Seeds {
    carriers: HashMap<u64, Vec<(usize, u32)>>,
    sieve: Sieve,
    /// The forms of each wording.
    forms: Vec<Vec<Form>>,
}

impl Seeds {
    fn read(kin: &Kin) -> Self {
        let forms: Vec<Vec<Form>> = kin
            .wordings
            .iter()
            .map(|wording| {
                let id = wording.ids[0];
                let text = kin.text(id.doc);
                let tokens = inner(kin.claim(id)).map_or(0..0, |inner| tokens_in(text, inner));
                let tokens = &text.tokens[tokens.start as usize..tokens.end as usize];
                tokens.iter().map(|token| token.form).collect()
            })
            .collect();
        let mut seeds: HashMap<u64, Vec<(usize, u32)>> = HashMap::new();
        for (wording, forms) in
            forms.iter().enumerate().filter(|(_, forms)| forms.len() >= RUN_WORDS_MIN)
        {
            for (at, run) in (0..).zip(forms.windows(SEED_WORDS)) {
                let known = seeds.entry(hash(run.iter().copied())).or_default();
                if known.len() <= CARRIERS_MAX {
                    known.push((wording, at));
                }
            }
        }
        seeds.retain(|_, known| known.len() <= CARRIERS_MAX);
        let sieve = Sieve::new(seeds.keys().copied());
        Self { carriers: seeds, sieve, forms }
    }

    /// The wordings, or long parts of them, that stand in `text` outside quotation marks.
    fn bare(&self, kin: &Kin, text: &Text) -> Vec<Bare> {
        if self.carriers.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for stretch in unquoted(text, &kin.claims[text.doc.index()]) {
            let tokens = &text.tokens[stretch.clone()];
            let mut reached: HashMap<(usize, u32), usize> = HashMap::new();
            for (at, run) in tokens.windows(SEED_WORDS).enumerate() {
                let seed = hash(run.iter().map(|token| token.form));
                if !self.sieve.passes(seed) {
                    continue;
                }
                for (wording, position) in self.carriers.get(&seed).into_iter().flatten() {
                    let offset = u32::try_from(at).unwrap_or(u32::MAX).wrapping_sub(*position);
                    if reached.get(&(*wording, offset)).is_some_and(|end| at < *end) {
                        continue;
                    }
                    let length = self.run(*wording, *position as usize, tokens, at);
                    reached.insert((*wording, offset), at + length);
                    let start = stretch.start + at;
                    if length >= RUN_WORDS_MIN && has_content(text, start..start + length) {
                        let position =
                            |at: usize| u32::try_from(at).expect("documents are under 4 GiB");
                        let tokens = position(start)..position(start + length);
                        found.push(Bare { wording: *wording, doc: text.doc, tokens });
                    }
                }
            }
        }
        found
    }

    /// How many words agree from there on.
    fn run(
        &self,
        wording: usize,
        position: usize,
        tokens: &[crate::text::Token],
        at: usize,
    ) -> usize {
        let forms = &self.forms[wording][position..];
        forms.iter().zip(&tokens[at..]).take_while(|(form, token)| **form == token.form).count()
    }
}

/// The stretches of a text outside quotation marks, as tokens.
fn unquoted(text: &Text, claims: &[Claim]) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for claim in claims.iter().filter(|claim| inner(claim).is_some()) {
        let tokens = tokens_in(text, claim.place.span);
        if tokens.start as usize > start {
            stretches.push(start..tokens.start as usize);
        }
        start = start.max(tokens.end as usize);
    }
    stretches.push(start..text.tokens.len());
    stretches.retain(|stretch| stretch.len() >= RUN_WORDS_MIN);
    stretches
}

/// Whether the words say enough to be somebody's: names and small words do not.
fn has_content(text: &Text, tokens: Range<usize>) -> bool {
    let words = text.tokens[tokens].iter().map(|token| text.word(token));
    let plain = words.filter(|word| word.starts_with(char::is_lowercase) && !is_function(word));
    plain.count() >= CONTENT_WORDS_MIN
}

fn hash(forms: impl Iterator<Item = Form>) -> u64 {
    forms.fold(0, |hash: u64, form| {
        (hash.rotate_left(23) ^ form.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}
