//! Quotations: what became of somebody's words from one text to the next.
//!
//! A quotation may be cut at its ends, and words may be changed where the text says so
//! with an ellipsis or brackets. Other changes are reported (`altered`), and so are a
//! cut that takes a condition away (`cut`), another speaker (`speaker`), quotation marks
//! that one text sets and the other does not (`marks`), and a draft's quotations that
//! nobody is named for or few sources have (`sole`).
//!
//! In:  texts and their claims.
//! Out: findings PV401 to PV408, and [`recurrences`] for readers.
//! Not here: telling quotations and speakers (`claims`).

mod altered;
mod change;
mod cut;
mod kin;
mod marks;
mod sole;
mod speaker;
mod wording;

pub use change::Class;

use crate::claims::Claim;
use crate::divergence::Material;
use crate::divergence::slot::ClaimId;
use crate::finding::Finding;
use crate::finding::Label;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use kin::Kin;

/// Every finding about quotations.
pub(crate) fn findings(material: &Material) -> Vec<Finding> {
    let kin = Kin::find(material.texts, material.claims);
    let mut findings = altered::findings(material, &kin);
    findings.extend(cut::findings(material, &kin));
    findings.extend(speaker::findings(material, &kin));
    findings.extend(marks::findings(material, &kin));
    findings.extend(sole::findings(material, &kin));
    findings
}

/// Quotations of one wording that each other one is told of: a wire story may stand in
/// thousands of outlets.
const CARRIERS_MAX: usize = 64;

/// Two quotations of one utterance in two places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// The quotation that stands first, with its marks.
    pub left: Place,
    /// The other.
    pub right: Place,
    /// How their words differ.
    pub likeness: Likeness,
}

/// How two quotations of one utterance differ, but for the ways to print the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// In no word.
    Same,
    /// One of them is a part of the other.
    Cut,
    /// Brackets or an ellipsis show where.
    Marked,
    /// Without a mark; the gravest change.
    Changed(Class),
}

impl Likeness {
    /// The words used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "word for word",
            Self::Cut => "cut",
            Self::Marked => "changed with a mark",
            Self::Changed(class) => class.name(),
        }
    }

    /// Whether words differ without a mark.
    pub fn is_changed(self) -> bool {
        matches!(self, Self::Changed(_))
    }
}

/// Every two quotations of one utterance, in the order of their places. Of a wording that
/// more than 64 quotations have, each is told with the first 64.
///
/// ```
/// use provenance::claims::extract;
/// use provenance::divergence::{Likeness, recurrences};
/// use provenance::span::DocId;
/// use provenance::text::Text;
///
/// let texts = [
///     Text::read(DocId(0), "“The port will open in the spring,” said Dana Ruiz."),
///     Text::read(DocId(1), "Ruiz said “the port will open”."),
/// ];
/// let claims = texts.each_ref().map(extract).to_vec();
///
/// assert_eq!(recurrences(&texts, &claims)[0].likeness, Likeness::Cut);
/// ```
pub fn recurrences<'a>(texts: &'a [Text<'a>], claims: &'a [Vec<Claim>]) -> Vec<Recurrence> {
    let kin = Kin::find(texts, claims);
    let mut found = Vec::new();
    for wording in &kin.wordings {
        tell(&kin, (&wording.ids, &wording.ids), Likeness::Same, &mut found);
    }
    for ((left, right), pair) in &kin.pairs {
        let changed = pair.changes.iter().map(|change| change.class).min();
        let likeness = match changed {
            Some(class) => Likeness::Changed(class),
            None if pair.marked => Likeness::Marked,
            None if pair.left_cut == [0, 0] && pair.right_cut == [0, 0] => Likeness::Same,
            None => Likeness::Cut,
        };
        let ids = (&*kin.wordings[*left].ids, &*kin.wordings[*right].ids);
        tell(&kin, ids, likeness, &mut found);
    }
    found.sort_by_key(|found| (found.left, found.right));
    found.dedup();
    found
}

/// Adds what two lists of quotations that are alike come to; of the second of two places
/// one is among the first `CARRIERS_MAX` of its list.
fn tell(
    kin: &Kin,
    (ones, others): (&[ClaimId], &[ClaimId]),
    likeness: Likeness,
    found: &mut Vec<Recurrence>,
) {
    let place = |id: ClaimId| kin.claim(id).place;
    let mut add = |one: ClaimId, other: ClaimId| {
        if one != other {
            let (left, right) = (place(one.min(other)), place(one.max(other)));
            found.push(Recurrence { left, right, likeness });
        }
    };
    for one in ones {
        others.iter().take(CARRIERS_MAX).for_each(|other| add(*one, *other));
    }
    for other in others {
        ones.iter().take(CARRIERS_MAX).for_each(|one| add(*one, *other));
    }
}

/// A quotation with its marks, and the parts to look at.
fn label(material: &Material, id: ClaimId, marks: Vec<Span>) -> Label {
    let place = material.claims[id.doc.index()][id.index].place;
    Label::passage(place, marks, material.caption(id.doc))
}
