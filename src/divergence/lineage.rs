//! Lineage: which of several texts with shared wording came first, and on what evidence.
//!
//! A text comes after another one when it was certainly published later, or when it
//! credits it; never when the two contradict each other. What does not follow from
//! that is undetermined, and no word here says who copied.
//!
//! In:  the documents that carry a passage, their records and credits.
//! Out: [`Lineage`] with its [`Evidence`], and who credits whom.
//! Not here: what is owed (`divergence::reuse`).

use crate::divergence::Material;
use crate::divergence::credit::Credit;
use crate::divergence::credit::Credits;
use crate::divergence::credit::How;
use crate::divergence::listed;
use crate::span::DocId;
use crate::span::LineIndex;
use crate::span::Span;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// Documents that are tried as the first: one is enough where lineage is plain.
const FIRST_TRIED_MAX: usize = 8;

/// Percent of a text that must stand in another one to be worth telling, while the
/// other one stands in it by half of that at most.
const CONTAINED_PERCENT_MIN: usize = 60;

/// What a statement on lineage rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Publication times in the records.
    Published,
    /// A wire mark or an agency's signature in the text.
    WireMark,
    /// The name of the outlet in the text.
    Credit,
    /// A link in the text to the recorded address.
    Link,
    /// `claims-from` in the record.
    Declared,
    /// One text holds most of the other, and not the other way round. Supports the
    /// rest; alone it shows no direction, since texts are both cut and extended.
    Containment,
}

impl Basis {
    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::WireMark => "wire-mark",
            Self::Credit => "credit",
            Self::Link => "link",
            Self::Declared => "declared",
            Self::Containment => "containment",
        }
    }
}

/// One fact that bears on lineage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What it rests on.
    pub basis: Basis,
    /// The fact, in words, with its place.
    pub text: String,
}

/// Which document came first, if that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// The document that all others come after; `None` is undetermined.
    pub earlier: Option<DocId>,
    /// What is known, whether or not it suffices.
    pub evidence: Vec<Evidence>,
}

/// The documents that carry a passage, first to last as far as dates tell, with what
/// is known of them.
#[derive(Clone, Debug)]
pub(crate) struct Carriers {
    pub(crate) order: Vec<DocId>,
    pub(crate) lineage: Lineage,
    /// Why it is not known which came first, when it is not.
    pub(crate) undetermined: Option<String>,
    /// The documents that credit another one, or an agency, with the credit in words.
    pub(crate) credited: BTreeMap<DocId, Evidence>,
}

/// The words that pairs of documents share in all.
pub(crate) type Common = BTreeMap<[DocId; 2], [usize; 2]>;

/// Who credits whom, for one set of carriers.
type Follows = BTreeMap<DocId, BTreeMap<DocId, Evidence>>;

/// Reads lineage for one set of documents.
pub(crate) struct Reader<'a> {
    pub(crate) material: &'a Material<'a>,
    pub(crate) credits: &'a Credits,
    pub(crate) common: &'a Common,
}

impl Reader<'_> {
    /// What is known of the documents that carry these passages.
    pub(crate) fn carriers(&self, passages: &BTreeMap<DocId, Vec<Range<u32>>>) -> Carriers {
        let mut order: Vec<DocId> = passages.keys().copied().collect();
        order.sort_by_key(|doc| {
            let document = &self.material.documents[doc.index()];
            let published = document.published.map(crate::corpus::When::earliest);
            (document.draft, published.is_none(), published, *doc)
        });
        let follows = self.follows(passages, &order);
        let earlier = self.first(&order, &follows);
        let mut evidence = self.times(&order, earlier, &follows);
        let mut credited = BTreeMap::new();
        for doc in order.iter().filter(|doc| Some(**doc) != earlier) {
            let credit = self.best(&follows, *doc, earlier).or_else(|| self.agency(*doc));
            if let Some(credit) = credit {
                evidence.push(credit.clone());
                credited.insert(*doc, credit);
            }
        }
        evidence.extend(earlier.into_iter().flat_map(|first| self.contained(first, &order)));
        let undetermined = earlier.is_none().then(|| self.undetermined(&order));
        Carriers { order, lineage: Lineage { earlier, evidence }, undetermined, credited }
    }

    /// Whether `left` was certainly published before `right`, in the form that is kept.
    fn is_before(&self, left: DocId, right: DocId) -> bool {
        let [left, right] = [left, right].map(|doc| &self.material.documents[doc.index()]);
        if left.draft || right.draft {
            return right.draft && !left.draft;
        }
        let modified = left.record.as_ref().and_then(|record| record.modified);
        let before = |when: crate::corpus::When| right.published.is_some_and(|p| when.is_before(p));
        left.published.is_some_and(before) && modified.is_none_or(before)
    }

    /// The credits between carriers, by who gives them; a credit to a text that was
    /// certainly published later is a mention.
    fn follows(&self, passages: &BTreeMap<DocId, Vec<Range<u32>>>, order: &[DocId]) -> Follows {
        let mut by_outlet: BTreeMap<usize, Vec<DocId>> = BTreeMap::new();
        for doc in order {
            if let Some(outlet) = self.credits.outlet(*doc) {
                by_outlet.entry(outlet).or_default().push(*doc);
            }
        }
        let mut follows = Follows::new();
        for doc in order {
            let mut given: BTreeMap<DocId, Evidence> = BTreeMap::new();
            let mut add = |source: DocId, evidence: &dyn Fn() -> Evidence| {
                if source != *doc && passages.contains_key(&source) && !self.is_before(*doc, source)
                {
                    given.entry(source).or_insert_with(evidence);
                }
            };
            for credit in self.by_worth(*doc, &passages[doc]) {
                // Of several texts of the outlet the first one is meant, as far as is known.
                if let Some(source) = by_outlet.get(&credit.outlet).and_then(|docs| docs.first()) {
                    add(*source, &|| self.named(*doc, &credit));
                }
            }
            let text = &self.material.texts[doc.index()];
            for (source, span) in self.credits.links(text) {
                add(source, &|| self.linked(*doc, source, span));
            }
            for source in self.credits.declared(&self.material.documents[doc.index()]) {
                add(source, &|| self.declared(*doc, source));
            }
            follows.insert(*doc, given);
        }
        follows
    }

    /// The credits of a document, best first: marks, then names in the paragraph of
    /// the passage, then others.
    fn by_worth(&self, doc: DocId, passages: &[Range<u32>]) -> Vec<Credit> {
        let text = &self.material.texts[doc.index()];
        let paragraph = |offset| text.unit_at(offset).map(|unit| unit.paragraph);
        let near: BTreeSet<u32> = passages
            .iter()
            .filter_map(|tokens| paragraph(text.tokens[tokens.start as usize].span.start()))
            .collect();
        let mut credits = self.credits.of(doc).to_vec();
        credits.sort_by_key(|credit| {
            let beside = paragraph(credit.span.start()).is_some_and(|p| near.contains(&p));
            (credit.how, !beside, !credit.is_line, credit.span)
        });
        credits
    }

    fn named(&self, doc: DocId, credit: &Credit) -> Evidence {
        let (name, outlet) = (self.material.name(doc), &self.credits.outlets[credit.outlet].name);
        let place = self.place(doc, credit.span);
        let printed = &self.material.texts[doc.index()].source[credit.span.range()];
        match credit.how {
            How::Marked => Evidence {
                basis: Basis::WireMark,
                text: format!("{name} carries the mark “({printed})” of {outlet}: {place}"),
            },
            How::Named => {
                Evidence { basis: Basis::Credit, text: format!("{name} names {outlet}: {place}") }
            }
        }
    }

    fn linked(&self, doc: DocId, source: DocId, span: Span) -> Evidence {
        let [name, source] = [doc, source].map(|doc| self.material.name(doc));
        let place = self.place(doc, span);
        Evidence { basis: Basis::Link, text: format!("{name} links to {source}: {place}") }
    }

    fn declared(&self, doc: DocId, source: DocId) -> Evidence {
        let [name, source] = [doc, source].map(|doc| self.material.name(doc));
        Evidence { basis: Basis::Declared, text: format!("the record of {name} declares {source}") }
    }

    /// `path:line:column` of a place.
    fn place(&self, doc: DocId, span: Span) -> String {
        let at = LineIndex::new(self.material.texts[doc.index()].source).position(span.start());
        format!("{}:{}:{}", self.material.documents[doc.index()].path, at.line, at.column)
    }

    /// The document that every other one comes after.
    fn first(&self, order: &[DocId], follows: &Follows) -> Option<DocId> {
        let credits = |doc: &DocId, source: &DocId| follows[doc].contains_key(source);
        let after = |doc: &DocId, first: &DocId| {
            let shown = self.is_before(*first, *doc) || credits(doc, first);
            shown && !self.is_before(*doc, *first) && !credits(first, doc)
        };
        let credited: BTreeSet<DocId> = follows.values().flat_map(|g| g.keys().copied()).collect();
        let earliest = order.iter().take(1);
        let others = order[1..].iter().filter(|doc| credited.contains(doc));
        earliest
            .chain(others)
            .take(FIRST_TRIED_MAX)
            .find(|first| order.iter().all(|doc| doc == *first || after(doc, first)))
            .copied()
    }

    /// What the publication times say.
    fn times(&self, order: &[DocId], earlier: Option<DocId>, follows: &Follows) -> Vec<Evidence> {
        let first = earlier.unwrap_or(order[0]);
        let name = self.material.name(first);
        let document = &self.material.documents[first.index()];
        let rest = || order.iter().filter(|doc| **doc != first);
        let said = |text: String| vec![Evidence { basis: Basis::Published, text }];
        let Some(published) = document.published else { return Vec::new() };
        if rest().all(|doc| self.is_before(first, *doc)) {
            let mut evidence = said(format!("{name} was published first: {published}"));
            // Why that does not settle it.
            let credit = self.best(follows, first, None).filter(|_| earlier.is_none());
            evidence.extend(credit);
            return evidence;
        }
        let modified = document.record.as_ref().and_then(|record| record.modified);
        let changed = modified.filter(|_| {
            let before = |doc: &&DocId| {
                let other = self.material.documents[doc.index()].published;
                other.is_some_and(|other| published.is_before(other))
            };
            rest().all(|doc| before(&doc))
        });
        changed.map_or_else(Vec::new, |modified| {
            said(format!("{name} was published first ({published}), and changed since: {modified}"))
        })
    }

    /// The best credit that a document gives, to the first one if possible.
    fn best(&self, follows: &Follows, doc: DocId, first: Option<DocId>) -> Option<Evidence> {
        let given = &follows[&doc];
        let of_other = |source: &DocId| {
            let outlet = |doc| self.credits.outlet(doc);
            outlet(*source).is_none() || outlet(*source) != outlet(doc)
        };
        let to_first = first.and_then(|first| given.get(&first));
        let others = given.iter().filter(|(source, _)| of_other(source));
        to_first.or_else(|| others.map(|(_, evidence)| evidence).min_by_key(|e| e.basis)).cloned()
    }

    /// The credit that a document gives to an agency whose text is not among those compared.
    fn agency(&self, doc: DocId) -> Option<Evidence> {
        let credits = self.credits.of(doc).iter();
        let mut lines = credits
            .filter(|credit| credit.is_line && self.credits.outlets[credit.outlet].is_agency);
        lines.next().map(|credit| self.named(doc, credit))
    }

    /// Which texts stand for the most part in the first one.
    fn contained(&self, first: DocId, order: &[DocId]) -> Vec<Evidence> {
        let words = |doc: DocId| self.material.texts[doc.index()].tokens.len().max(1);
        let line = |doc: DocId| {
            let (pair, at) = if first < doc { ([first, doc], 1) } else { ([doc, first], 0) };
            let common = self.common.get(&pair)?;
            let percent = common[at] * 100 / words(doc);
            let back = common[1 - at] * 100 / words(first);
            let [name, first] = [doc, first].map(|doc| self.material.name(doc));
            (percent >= CONTAINED_PERCENT_MIN && 2 * back <= percent).then(|| Evidence {
                basis: Basis::Containment,
                text: format!(
                    "{percent} percent of the words of {name} stand in {first}, and {back} percent the other way"
                ),
            })
        };
        order.iter().filter(|doc| **doc != first).filter_map(|doc| line(*doc)).take(3).collect()
    }

    /// Why it is not known which text came first.
    fn undetermined(&self, order: &[DocId]) -> String {
        let undated = |doc: &&DocId| {
            let document = &self.material.documents[doc.index()];
            document.published.is_none() && !document.draft
        };
        let undated: Vec<&str> =
            order.iter().filter(undated).map(|doc| self.material.name(*doc)).collect();
        let why = if !undated.is_empty() {
            format!("it is not known when {} appeared", listed(&undated))
        } else if order[1..].iter().all(|doc| self.is_before(order[0], *doc)) {
            "the publication times and the credits contradict each other".to_owned()
        } else {
            "the publication times do not show it".to_owned()
        };
        format!("which text came first is undetermined: {why}")
    }
}
