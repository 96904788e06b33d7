//! Near-duplicates: documents that are nearly one text (PV108).
//!
//! Two captures of one page, a story and its later version, or a wire story printed
//! whole are one finding on the documents and no list of passages.
//!
//! In:  what pairs of documents share, with lineage and credits.
//! Out: [`Duplicates`], and a finding for each set of near-duplicates.
//! Not here: documents that share some passages (`divergence::reuse`).

use crate::divergence::Boilerplate;
use crate::divergence::Material;
use crate::divergence::cluster::clusters;
use crate::divergence::lineage::Common;
use crate::divergence::lineage::Reader;
use crate::divergence::reuse::Debt;
use crate::divergence::reuse::lineage_notes;
use crate::divergence::shared::Shared;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Percent of the words of both documents that must stand in both, boilerplate left out.
const SHARED_PERCENT_MIN: usize = 80;

/// Words below which a document is a note, whose wording is a passage.
const WORDS_MIN: usize = 40;

/// The sets of near-duplicate documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Duplicates {
    /// Each set in order, ordered by its first document.
    sets: Vec<Vec<DocId>>,
    /// The first document of the set, for each document in one.
    first: BTreeMap<DocId, DocId>,
    /// The least share in percent of two documents that were compared, for each set.
    percent: Vec<usize>,
}

/// How many different words of either document stand in the other one.
pub(crate) fn common(shared: &[Shared]) -> Common {
    let mut words: BTreeMap<[DocId; 2], [Vec<u32>; 2]> = BTreeMap::new();
    for found in shared {
        let tokens = words.entry(found.docs).or_default();
        for (side, tokens) in tokens.iter_mut().enumerate() {
            tokens.extend(found.words.iter().map(|word| word.tokens[side]));
        }
    }
    let count = |mut tokens: Vec<u32>| {
        tokens.sort_unstable();
        tokens.dedup();
        tokens.len()
    };
    words.into_iter().map(|(docs, tokens)| (docs, tokens.map(count))).collect()
}

impl Duplicates {
    /// The sets of near-duplicates among documents that have `common` words.
    pub(crate) fn find(material: &Material, common: &Common, boilerplate: &Boilerplate) -> Self {
        let percent = |(docs, words): (&[DocId; 2], &[usize; 2])| {
            let share = |side: usize| {
                let all = material.texts[docs[side].index()].tokens.len();
                let own = all - boilerplate.words(docs[side]);
                if own < WORDS_MIN { 0 } else { words[side] * 100 / own }
            };
            (*docs, share(0).min(share(1)))
        };
        let near: Vec<([DocId; 2], usize)> =
            common.iter().map(percent).filter(|(_, p)| *p >= SHARED_PERCENT_MIN).collect();
        let links: Vec<(usize, usize)> =
            near.iter().map(|(docs, _)| (docs[0].index(), docs[1].index())).collect();
        let mut duplicates = Self::default();
        for set in clusters(material.documents.len(), &links) {
            let docs: Vec<DocId> = set.iter().map(|index| material.documents[*index].id).collect();
            duplicates.first.extend(docs.iter().map(|doc| (*doc, docs[0])));
            duplicates.sets.push(docs);
            duplicates.percent.push(100);
        }
        let set_of: BTreeMap<DocId, usize> =
            duplicates.sets.iter().zip(0..).map(|(set, index)| (set[0], index)).collect();
        for (docs, percent) in near {
            let least = &mut duplicates.percent[set_of[&duplicates.first[&docs[0]]]];
            *least = percent.min(*least);
        }
        duplicates
    }

    /// The first of the documents that are nearly one text with this one.
    pub(crate) fn first(&self, doc: DocId) -> DocId {
        self.first.get(&doc).copied().unwrap_or(doc)
    }

    /// One finding for each set; credited ones are PV202.
    pub(crate) fn findings(&self, reader: &Reader) -> Vec<Finding> {
        let sets = self.sets.iter().zip(&self.percent);
        sets.map(|(set, percent)| finding(reader, set, *percent)).collect()
    }
}

fn finding(reader: &Reader, set: &[DocId], percent: usize) -> Finding {
    let material = reader.material;
    let whole = |doc: &DocId| -> (DocId, Vec<Range<u32>>) {
        let words = material.texts[doc.index()].tokens.len();
        let all = 0..u32::try_from(words).expect("documents are under 4 GiB");
        (*doc, std::iter::once(all).collect())
    };
    let carriers = reader.carriers(&set.iter().map(whole).collect());
    let debt = Debt::of(material, reader.credits, &carriers);
    let credited = debt.silent.is_empty() && !debt.is_own;
    let mut labels: Vec<Label> = carriers
        .order
        .iter()
        .map(|doc| Label::passage(body(material, *doc), Vec::new(), material.caption(*doc)))
        .collect();
    let drafts = set.iter().filter(|doc| material.documents[doc.index()].draft).count();
    labels.rotate_right(drafts);
    let paths: Vec<&str> =
        carriers.order.iter().map(|doc| &*material.documents[doc.index()].path).collect();
    let names = if debt.is_own {
        format!("{} of {}", crate::divergence::listed(&paths), material.name(set[0]))
    } else {
        material.names(&carriers.order)
    };
    let credit = if credited { ", credited" } else { "" };
    Finding {
        rule: if credited { Rule::ReuseCredited } else { Rule::NearDuplicate },
        subject: material.subject(set.iter().copied()),
        message: format!("{names} are nearly one text: {percent} percent of the words{credit}"),
        labels,
        notes: lineage_notes(&carriers),
        help: "count them as one source, and keep the one that was there first".to_owned(),
    }
}

/// The place of a document from its first to its last unit.
fn body(material: &Material, doc: DocId) -> Place {
    let units = &material.texts[doc.index()].units;
    let span =
        units.first().zip(units.last()).map_or(Span::new(0, 0), |(a, b)| a.span.cover(b.span));
    Place { doc, span }
}
