//! Shared wording: who carries whose words, with or without credit (PV201, PV202), who
//! carries the same quotation (PV106), and what an outlet reuses of its own (PV110).
//!
//! A passage that several texts carry is one finding, and so are all passages that
//! the same texts carry.
//!
//! In:  passages with their carriers, lineage and credits.
//! Out: findings, each with the longest passage and the evidence on lineage.
//! Not here: what counts as shared (`divergence::passage`), and whole documents that
//! are nearly the same (`divergence::duplicate`).

use crate::align::span;
use crate::divergence::Material;
use crate::divergence::Nature;
use crate::divergence::credit::Credits;
use crate::divergence::duplicate::Duplicates;
use crate::divergence::lineage::Carriers;
use crate::divergence::lineage::Reader;
use crate::divergence::listed;
use crate::divergence::passage::Carried;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Names in a message; of more the first and a count are given.
const NAMES_MAX: usize = 3;

/// Credits that a finding tells one by one.
const CREDITS_MAX: usize = 4;

/// One finding for each set of documents that share wording of one nature.
pub(crate) fn findings(
    reader: &Reader,
    carried: &[Carried],
    duplicates: &Duplicates,
) -> Vec<Finding> {
    let mut sets: BTreeMap<(Nature, Vec<DocId>), Vec<&Carried>> = BTreeMap::new();
    for found in carried {
        // Documents that are nearly one text are one carrier.
        let first: BTreeSet<DocId> = found.documents().map(|doc| duplicates.first(doc)).collect();
        if first.len() > 1 {
            sets.entry((found.nature, found.documents().collect())).or_default().push(found);
        }
    }
    sets.into_values().map(|set| Set { reader, passages: set, duplicates }.finding()).collect()
}

/// The passages that one set of documents carries.
struct Set<'a> {
    reader: &'a Reader<'a>,
    passages: Vec<&'a Carried>,
    duplicates: &'a Duplicates,
}

impl Set<'_> {
    fn finding(&self) -> Finding {
        let material = self.reader.material;
        let longest = self.longest();
        let carriers = self.reader.carriers(&longest.passages);
        let debt = Debt::of(material, self.reader.credits, &carriers);
        let order: Vec<DocId> = carriers.order.clone();
        let rule = match longest.nature {
            Nature::Quotation => Rule::QuotationShared,
            Nature::Reuse if debt.is_own => Rule::ReuseOwn,
            Nature::Reuse if debt.silent.is_empty() => Rule::ReuseCredited,
            Nature::Reuse => Rule::ReuseUncredited,
        };
        let mut labels: Vec<Label> = order.iter().map(|doc| self.label(longest, *doc)).collect();
        // A draft is last in time and first to be opened.
        let drafts = order.iter().filter(|doc| material.documents[doc.index()].draft).count();
        labels.rotate_right(drafts);
        Finding {
            rule,
            subject: material.subject(order.iter().copied()),
            message: self.message(rule, &order, &debt),
            labels,
            notes: self.notes(rule, &carriers),
            help: help(rule).to_owned(),
        }
    }

    fn longest(&self) -> &Carried {
        // Of equal ones the first.
        self.passages
            .iter()
            .rev()
            .max_by_key(|found| found.words_max())
            .expect("a set has a passage")
    }

    fn label(&self, found: &Carried, doc: DocId) -> Label {
        let material = self.reader.material;
        let place = Place { doc, span: span(&material.texts[doc.index()], found.longest(doc)) };
        Label::passage(place, Vec::new(), material.caption(doc))
    }

    fn message(&self, rule: Rule, order: &[DocId], debt: &Debt) -> String {
        let material = self.reader.material;
        let words = self.longest().words_max();
        if rule == Rule::QuotationShared {
            let mut order = order.to_vec();
            order.sort_by_key(|doc| !material.documents[doc.index()].draft);
            let verb = if order.len() == 2 { "both carry" } else { "carry" };
            return format!("{} {verb} a quotation of {words} words", material.names(&order));
        }
        if rule == Rule::ReuseOwn {
            let texts = order.len();
            let name = material.name(order[0]);
            return format!("{name} has the same {words} words in {texts} texts");
        }
        let sources: Vec<DocId> =
            order.iter().copied().filter(|doc| !debt.owing.contains(doc)).collect();
        match (sources.as_slice(), debt.silent.as_slice()) {
            ([], []) => format!("{}, and credit each other or an agency", self.share(order, order)),
            ([], silent) if silent.len() == order.len() => {
                format!("{}, and none credits another", self.share(order, order))
            }
            ([], _) => format!("{}, and not all credit another", self.share(order, order)),
            (sources, []) => {
                let share = self.share(&debt.owing, sources);
                format!("{share} with {}, credited", material.names(sources))
            }
            (sources, silent) => {
                let share = self.share(silent, sources);
                format!("{share} with {}, without credit", material.names(sources))
            }
        }
    }

    /// "A shares 20 words", "A and B share up to 20 words": with the others.
    fn share(&self, docs: &[DocId], others: &[DocId]) -> String {
        let longest = self.longest();
        let across = |pair: &[DocId; 2]| {
            let [left, right] = pair;
            docs.contains(left) && others.contains(right)
                || docs.contains(right) && others.contains(left)
        };
        let between =
            longest.words.iter().filter(|(pair, _)| across(pair)).map(|(_, words)| *words);
        // Many carriers were compared with the first of them only.
        let words = between.max().unwrap_or_else(|| longest.words_max());
        let names = self.reader.material.names(docs);
        match (docs.len(), others.len()) {
            (1, 1) => format!("{names} shares {words} words"),
            (1, _) => format!("{names} shares up to {words} words"),
            (2, 2) if docs == others => format!("{names} share {words} words"),
            _ => format!("{names} share up to {words} words"),
        }
    }

    /// What lineage rests on, who gives credit, and how much more these texts share.
    fn notes(&self, rule: Rule, carriers: &Carriers) -> Vec<String> {
        let mut notes = Vec::new();
        if rule != Rule::QuotationShared {
            notes = lineage_notes(carriers);
        }
        let same: Vec<DocId> = carriers
            .order
            .iter()
            .copied()
            .filter(|doc| self.duplicates.first(*doc) != *doc)
            .filter(|doc| carriers.order.contains(&self.duplicates.first(*doc)))
            .collect();
        if !same.is_empty() {
            let names = self.reader.material.names(&same);
            notes.push(format!("nearly the whole text is the same in {names}: PV108"));
        }
        let places: usize = self
            .passages
            .iter()
            .map(|found| found.passages.values().map(Vec::len).max().unwrap_or(0))
            .sum();
        if places > 1 {
            let passages = if places == 2 { "passage" } else { "passages" };
            notes.push(format!("the same texts share {} more {passages}", places - 1));
        }
        notes
    }
}

/// The evidence on lineage, a line each.
pub(crate) fn lineage_notes(carriers: &Carriers) -> Vec<String> {
    let evidence = carriers.lineage.evidence.iter().map(|evidence| evidence.text.clone());
    let mut notes: Vec<String> = evidence.collect();
    if let Some(why) = &carriers.undetermined {
        notes.insert(0, why.clone());
    }
    if notes.len() > CREDITS_MAX + 1 {
        let more = notes.len() - CREDITS_MAX;
        notes.truncate(CREDITS_MAX);
        notes.push(format!("{more} more credits: provenance align --clusters"));
    }
    notes
}

/// Which documents owe a credit, and which of them give none.
pub(crate) struct Debt {
    pub(crate) owing: Vec<DocId>,
    pub(crate) silent: Vec<DocId>,
    /// Whether all documents are of one outlet, which owes itself nothing.
    pub(crate) is_own: bool,
}

impl Debt {
    /// Drafts owe a credit, where there are any; else all documents but the first, or
    /// all of them when it is not known which was first.
    pub(crate) fn of(material: &Material, credits: &Credits, carriers: &Carriers) -> Self {
        let order = &carriers.order;
        let is_draft = |doc: &DocId| material.documents[doc.index()].draft;
        let earlier = carriers.lineage.earlier;
        let outlet = |doc: DocId| credits.outlet(doc);
        let of_first = |doc: DocId| {
            earlier.is_some_and(|first| outlet(first).is_some() && outlet(first) == outlet(doc))
        };
        let drafts = order.iter().any(is_draft);
        let owing: Vec<DocId> = order
            .iter()
            .copied()
            .filter(
                |doc| if drafts { is_draft(doc) } else { Some(*doc) != earlier && !of_first(*doc) },
            )
            .collect();
        let silent =
            owing.iter().copied().filter(|doc| !carriers.credited.contains_key(doc)).collect();
        let first = outlet(order[0]);
        let is_own = !drafts && first.is_some() && order.iter().all(|doc| outlet(*doc) == first);
        Self { owing, silent, is_own }
    }
}

impl Material<'_> {
    /// "A", "A and B", "A, B and C", "A and 58 others"; an outlet is named once.
    pub(crate) fn names(&self, docs: &[DocId]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for doc in docs {
            let name = self.name(*doc);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > NAMES_MAX { listed(&names) } else { crate::divergence::enumerated(&names) }
    }
}

fn help(rule: Rule) -> &'static str {
    match rule {
        Rule::ReuseUncredited => "name the source, or declare it in the record as claims-from",
        Rule::QuotationShared => "texts with the same quotation rest on one statement",
        Rule::ReuseOwn => "texts of one outlet with the same wording are one source",
        _ => "several texts with the same wording are one source, not several",
    }
}
