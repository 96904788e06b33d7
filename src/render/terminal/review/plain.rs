//! The same lines in pieces and without colour, for forms that have a budget.

use crate::render::item::told;
use crate::render::lines::Lines;
use crate::render::review::counted;
use crate::render::terminal::LABELS_MAX;
use crate::render::terminal::Look;
use crate::render::terminal::review::Source;
use crate::render::terminal::review::agreement;
use crate::render::terminal::review::write_fixed;
use crate::render::terminal::review::write_head;
use crate::render::terminal::review::write_passage;
use crate::render::terminal::write_finding;
use crate::review::Effect;
use crate::review::Outcome;
use crate::review::Reviewed;
use crate::review::Tag;

/// A document in pieces.
pub(crate) struct Plain {
    /// What happened to it as a whole.
    pub(crate) head: String,
    /// Its passages in reading order, with their tags.
    pub(crate) passages: Vec<(Vec<Tag>, String)>,
    /// A line on what is left out, if anything is.
    pub(crate) foot: Option<String>,
}

/// A document as it is shown in this many columns.
pub(crate) fn plain_document(document: &Reviewed, width: usize) -> Plain {
    let look = Look { colour: false, width };
    let old = Source::of(document.changed.earlier.as_ref());
    let new = Source::of(document.changed.later.as_ref());
    let (mut passages, mut cosmetic) = (Vec::new(), 0);
    for passage in &document.passages {
        let tags = passage.tags();
        if tags == [Tag::Cosmetic] {
            cosmetic += passage.wordings.len();
        } else {
            let shown = told(|out| write_passage(out, (&old, &new), passage, look, false));
            passages.push((tags, shown));
        }
    }
    Plain {
        head: told(|out| write_head(out, document, look)),
        passages,
        foot: (cosmetic > 0)
            .then(|| format!("  {} of typography only", counted(cosmetic, "change"))),
    }
}

/// Each line on agreements as it is shown in this many columns.
pub(crate) fn plain_agreements(effect: &Effect, width: usize) -> String {
    told(|out| agreement::write(out, effect, Look { colour: false, width }))
}

/// Each finding with this outcome as it is shown in this many columns.
pub(crate) fn plain_review_findings<'e>(
    effect: &'e Effect,
    outcome: Outcome,
    width: usize,
) -> impl Iterator<Item = String> + 'e {
    let look = Look { colour: false, width };
    let report = if outcome == Outcome::Fixed { effect.earlier } else { effect.later };
    let lines = Lines::of(report.documents);
    let found = effect.findings.iter().filter(move |found| found.outcome == outcome);
    found.map(move |found| {
        told(|out| match outcome {
            Outcome::Fixed => write_fixed(out, report, (found.judged, &lines), look),
            _ => write_finding(out, report, &lines, (found.judged, LABELS_MAX), look),
        })
    })
}
