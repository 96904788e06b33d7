//! The wire form of quotations: who says them, and where else they stand.

use crate::claims::Claim;
use crate::claims::Value;
use crate::divergence::Likeness;
use crate::render::json::wire;
use crate::render::json::wire::Header;
use crate::render::json::wire::Run;
use crate::render::json::wire::Summary;
use crate::render::json::wire::WirePlace;
use crate::render::json::wire::passage;
use crate::report::Quoted;
use crate::report::Report;
use crate::span::Place;
use crate::span::Span;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct WireQuotation<'a> {
    usage: &'static str,
    words: &'a str,
    place: WirePlace<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<WirePlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<WirePlace<'a>>,
    name: Option<&'a str>,
    role: Option<&'a str>,
    elsewhere: Vec<WireElsewhere<'a>>,
}

#[derive(Serialize)]
struct WireElsewhere<'a> {
    likeness: &'static str,
    change: Option<&'static str>,
    place: WirePlace<'a>,
}

/// The quotations as one object.
#[derive(Serialize)]
pub(crate) struct Listed<'a> {
    #[serde(flatten)]
    header: Header,
    quotations: Vec<WireQuotation<'a>>,
    summary: Summary,
}

pub(super) fn object<'a>(run: &Run, report: &'a Report, quoted: &'a Quoted) -> Listed<'a> {
    let quotations = quotations(report, quoted);
    Listed { header: run.header(), quotations, summary: wire::summary(run, report) }
}

/// The quotations of the documents that were asked for, in order.
pub(super) fn quotations<'a>(report: &'a Report, quoted: &'a Quoted) -> Vec<WireQuotation<'a>> {
    let claims = quoted.shown(report);
    claims.into_iter().filter_map(|claim| quotation(report, quoted, claim)).collect()
}

fn quotation<'a>(
    report: &'a Report,
    quoted: &'a Quoted,
    claim: &'a Claim,
) -> Option<WireQuotation<'a>> {
    let Value::Words { inner, cue, usage, voice } = claim.value else { return None };
    let doc = claim.place.doc;
    let source = &report.documents[doc.index()].source;
    let place = |span: Span| passage(report, Place { doc, span });
    let words = |span: Span| &source[span.range()];
    Some(WireQuotation {
        usage: usage.name(),
        words: words(inner),
        place: place(claim.place.span),
        cue: cue.map(place),
        speaker: voice.map(|voice| place(voice.said)),
        name: voice.map(|voice| words(voice.name)),
        role: voice.and_then(|voice| voice.role).map(words),
        elsewhere: quoted
            .elsewhere(claim.place)
            .iter()
            .map(|(other, likeness)| WireElsewhere {
                likeness: word(*likeness),
                change: match likeness {
                    Likeness::Changed(class) => Some(class.name()),
                    _ => None,
                },
                place: passage(report, *other),
            })
            .collect(),
    })
}

/// The word that is promised for a likeness.
fn word(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Same => "same",
        Likeness::Cut => "cut",
        Likeness::Marked => "marked",
        Likeness::Changed(_) => "changed",
    }
}
