//! Sources of a draft's figures: those that no document gives (PV311), and those that one
//! alone gives (PV312).
//!
//! In:  the claims of the drafts and of the sources, and what was said of them already.
//! Out: one finding a figure.
//! Not here: figures that sources contradict (`figure`, `parted`).

use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Unit;
use crate::claims::Value;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::relate;
use crate::divergence::relation::unit;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Site;
use crate::finding::Subject;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// One finding for every figure of a draft that has no source, or one alone, unless
/// `known` findings mark it.
pub(crate) fn findings(material: &Material, known: &[Finding]) -> Vec<Finding> {
    let told: BTreeSet<(DocId, Span)> = known.iter().flat_map(marks).collect();
    let sources = by_unit(material);
    if sources.is_empty() {
        return Vec::new();
    }
    let drafts = material.documents.iter().filter(|document| document.draft);
    let mut findings = Vec::new();
    for draft in drafts {
        for claim in material.claims[draft.id.index()].iter().filter(|claim| is_asked(claim)) {
            if !told.contains(&(draft.id, claim.place.span)) {
                findings.extend(finding(material, claim, &sources));
            }
        }
    }
    findings
}

fn marks(finding: &Finding) -> Vec<(DocId, Span)> {
    let marks = |label: &Label| match label.site {
        Site::Passage(place) => label.marks.iter().map(|mark| (place.doc, *mark)).collect(),
        Site::File { .. } | Site::Line { .. } => Vec::new(),
    };
    finding.labels.iter().flat_map(marks).collect()
}

/// Smaller counts order the text itself as often: "five things to know".
const COUNT_MIN: Decimal = Decimal::TEN;

/// Figures that stand for something in the world, and not for an order in the text.
fn is_asked(claim: &Claim) -> bool {
    let Value::Amount { low, unit, .. } = &claim.value else { return false };
    let kind = match claim.kind {
        Kind::Money | Kind::Percent | Kind::PercentPoint | Kind::Measure => true,
        Kind::Count => matches!(unit, Unit::Things(_)) && *low >= COUNT_MIN,
        _ => false,
    };
    kind && !claim.quoted
}

/// The claims of the sources by what they are in.
fn by_unit<'m>(material: &Material<'m>) -> BTreeMap<(Kind, Option<String>), Vec<&'m Claim>> {
    let mut sources: BTreeMap<(Kind, Option<String>), Vec<&Claim>> = BTreeMap::new();
    for document in material.documents.iter().filter(|document| !document.draft) {
        for claim in &material.claims[document.id.index()] {
            sources.entry((claim.kind, unit(claim))).or_default().push(claim);
        }
    }
    sources
}

fn finding(
    material: &Material,
    claim: &Claim,
    sources: &BTreeMap<(Kind, Option<String>), Vec<&Claim>>,
) -> Option<Finding> {
    let printed = |claim| -> Printed { printed(material, claim) };
    let alike = sources.get(&(claim.kind, unit(claim))).into_iter().flatten();
    let same = alike.filter(|other| relate(printed(claim), printed(other)) != Relation::Disjoint);
    let mut by_document: BTreeMap<DocId, &Claim> = BTreeMap::new();
    for other in same {
        by_document.entry(other.place.doc).or_insert(other);
    }
    let words = printed(claim).text;
    let here = label(material, claim);
    let (rule, message, labels, help) = match by_document.into_iter().collect::<Vec<_>>()[..] {
        [] => (
            Rule::FigureUnsourced,
            format!("no source gives “{words}”"),
            vec![here],
            "name the source of the figure, and add it to the corpus",
        ),
        [(doc, other)] => (
            Rule::FigureSingleSource,
            format!("only {} gives “{words}”", material.name(doc)),
            vec![here, label(material, other)],
            "look for a second source, or say whose figure it is",
        ),
        _ => return None,
    };
    let (notes, help) = (Vec::new(), help.to_owned());
    Some(Finding { rule, subject: Subject::Draft, message, labels, notes, help })
}

fn printed<'m>(material: &Material<'m>, claim: &'m Claim) -> Printed<'m> {
    let text = &material.texts[claim.place.doc.index()].source[claim.place.span.range()];
    Printed { claim, text }
}

fn label(material: &Material, claim: &Claim) -> Label {
    let doc = claim.place.doc;
    let unit = &material.texts[doc.index()].units[claim.unit as usize];
    let place = Place { doc, span: unit.span.cover(claim.place.span) };
    Label::passage(place, vec![claim.place.span], material.caption(doc))
}
