//! Framing: how sure texts are of the same event, whose statement they say it is, and
//! what only one of them leaves out. Contrasts between passages, never a score.
//!
//! In:  texts with their statements, attributions and claims.
//! Out: findings PV420 to PV432.
//! Not here: wording in quotation marks, which is the speaker's (`quotation`).

mod agent;
mod attribution;
mod certainty;
mod event;
mod label;
mod magnitude;
mod omission;
mod residue;
mod sentence;

use crate::claims;
use crate::claims::Attribution;
use crate::claims::Statement;
use crate::divergence::Boilerplate;
use crate::divergence::Material;
use crate::finding::Finding;
use crate::finding::Label;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Form;
use crate::text::Text;
use rayon::prelude::*;
use sentence::SentenceId;
use std::collections::BTreeSet;

/// What the texts say, beside their claims; all lists are indexed by [`DocId`].
pub(crate) struct Frames {
    statements: Vec<Vec<Statement>>,
    attributions: Vec<Vec<Attribution>>,
    /// The stretches in quotation marks.
    quoted: Vec<Vec<Span>>,
    /// The words with content of every sentence, in order of document and sentence.
    sentences: Vec<(SentenceId, BTreeSet<Form>)>,
}

impl Frames {
    fn read(material: &Material) -> Self {
        let mut frames = Self {
            statements: material.texts.par_iter().map(claims::statements).collect(),
            attributions: material.texts.par_iter().map(claims::attributions).collect(),
            quoted: material.texts.par_iter().map(Text::quoted).collect(),
            sentences: Vec::new(),
        };
        let attribution = |sentence: SentenceId| frames.attribution(sentence);
        let of_text = |text| sentence::sentences(text, &attribution);
        frames.sentences = material.texts.par_iter().flat_map_iter(of_text).collect();
        frames
    }

    /// The attribution in a sentence.
    fn attribution(&self, sentence: SentenceId) -> Option<Attribution> {
        let all = &self.attributions[sentence.doc.index()];
        all.binary_search_by_key(&sentence.unit, |found| found.unit).ok().map(|at| all[at])
    }
}

/// Every finding about framing.
pub(crate) fn findings(material: &Material, boilerplate: &Boilerplate) -> Vec<Finding> {
    let frames = Frames::read(material);
    let mut findings = residue::findings(material);
    findings.extend(certainty::findings(material, &frames));
    findings.extend(attribution::findings(material, &frames));
    findings.extend(agent::findings(material, &frames));
    findings.extend(magnitude::findings(material));
    findings.extend(label::findings(material));
    findings.extend(omission::findings(material, boilerplate));
    findings
}

/// A sentence with the part to look at.
fn label_of(material: &Material, doc: DocId, unit: u32, mark: Option<Span>) -> Label {
    let span = material.texts[doc.index()].units[unit as usize].span;
    let marks = mark.filter(|mark| span.contains(*mark)).into_iter().collect();
    Label::passage(Place { doc, span }, marks, material.caption(doc))
}
