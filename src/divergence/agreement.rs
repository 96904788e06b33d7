//! Agreement: claims of two texts in the same place of the same wording, and
//! whether they say the same.
//!
//! In:  alignments and claims.
//! Out: [`Correspondence`]s, in the order of documents and positions.
//! Not here: findings about claims that part (`figure`, `quotation`).

use crate::claims::Kind;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::relate;
use crate::divergence::slot::ClaimId;
use crate::divergence::slot::links;
use crate::divergence::slot::tokens_in;
use crate::span::Place;
use crate::text::Form;

/// Two claims that answer the same question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Correspondence {
    /// The claim in the document with the lower number.
    pub left: Place,
    /// The claim in the other document.
    pub right: Place,
    /// Whether they agree: figures and dates when neither excludes the other,
    /// quotations when their words are the same.
    pub agrees: bool,
}

/// The figures, dates and quotations that stand in the same place of the same
/// wording in two texts. What cannot be compared is left out.
pub fn correspondences(material: &Material) -> Vec<Correspondence> {
    links(material)
        .into_iter()
        .filter_map(|(left, right)| {
            let agrees = agree(material, left, right)?;
            let place = |id: ClaimId| id.claim(material).place;
            Some(Correspondence { left: place(left), right: place(right), agrees })
        })
        .collect()
}

/// Whether two claims agree, if that can be told.
fn agree(material: &Material, left: ClaimId, right: ClaimId) -> Option<bool> {
    let claim = |id: ClaimId| id.claim(material);
    let printed = |id: ClaimId| {
        let text = &material.texts[id.doc.index()].source[claim(id).place.span.range()];
        Printed { claim: claim(id), text }
    };
    let forms = |id: ClaimId| -> Vec<Form> {
        let text = &material.texts[id.doc.index()];
        let tokens = tokens_in(text, claim(id).place.span);
        let tokens = &text.tokens[tokens.start as usize..tokens.end as usize];
        tokens.iter().map(|token| token.form).collect()
    };
    match claim(left).kind {
        Kind::Quotation | Kind::Mention => Some(forms(left) == forms(right)),
        _ => match relate(printed(left), printed(right)) {
            Relation::Equal | Relation::Compatible | Relation::Refines => Some(true),
            Relation::Disjoint => Some(false),
            Relation::Incomparable => None,
        },
    }
}
