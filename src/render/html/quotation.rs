//! Quotations on the page: each utterance with all its wordings and speakers.
//!
//! In:  the quotations of a report, and where each recurs.
//! Out: [`UtteranceView`]s.
//! Not here: which quotations are of one utterance (`divergence`).

use super::finding::href;
use super::name;
use super::shown::Markup;
use super::shown::Shown;
use super::shown::write_char;
use crate::align::edits;
use crate::claims::Claim;
use crate::claims::Value;
use crate::divergence::Likeness;
use crate::report::Quoted;
use crate::report::Report;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use std::collections::BTreeMap;
use std::ops::Range;

/// What was said once, and how it is quoted.
pub(super) struct UtteranceView<'a> {
    pub(super) words: Markup,
    pub(super) variants: Vec<VariantView<'a>>,
    /// Whether words differ between its variants.
    pub(super) differs: bool,
}

/// One quotation.
pub(super) struct VariantView<'a> {
    pub(super) name: Shown<'a>,
    pub(super) href: String,
    /// How it is like the fullest one.
    pub(super) likeness: &'static str,
    pub(super) is_changed: bool,
    /// What became of the fullest wording; nothing where it is the same.
    pub(super) words: Option<Markup>,
    pub(super) speaker: Option<Shown<'a>>,
    pub(super) role: Option<Shown<'a>>,
}

/// The utterances: those whose words differ first, then those of most texts.
pub(super) fn utterances<'a>(report: &'a Report<'a>, quoted: &Quoted) -> Vec<UtteranceView<'a>> {
    let claims = quoted.shown(report);
    let mut known: BTreeMap<Place, usize> = BTreeMap::new();
    let by_place: BTreeMap<Place, &Claim> =
        claims.iter().map(|claim| (claim.place, *claim)).collect();
    let mut groups: Vec<Vec<&Claim>> = Vec::new();
    for claim in &claims {
        if known.contains_key(&claim.place) {
            continue;
        }
        let mut group = Vec::new();
        let mut open = vec![claim.place];
        while let Some(place) = open.pop() {
            if let Some(claim) = by_place.get(&place)
                && known.insert(place, groups.len()).is_none()
            {
                group.push(*claim);
                open.extend(quoted.elsewhere(place).iter().map(|(other, _)| *other));
            }
        }
        group.sort_by_key(|claim| claim.place);
        groups.push(group);
    }
    let mut views: Vec<UtteranceView> =
        groups.iter().map(|group| utterance(report, quoted, group)).collect();
    views.sort_by_key(|view| std::cmp::Reverse((view.differs, view.variants.len())));
    views
}

fn utterance<'a>(
    report: &'a Report<'a>,
    quoted: &Quoted,
    group: &[&'a Claim],
) -> UtteranceView<'a> {
    let words = |claim: &Claim| tokens(&report.texts[claim.place.doc.index()], inner(claim));
    let length = |claim: &&&Claim| (words(claim).len(), std::cmp::Reverse(claim.place));
    let fullest = group.iter().max_by_key(length).expect("no group is empty");
    let variants: Vec<VariantView> =
        group.iter().map(|claim| variant(report, quoted, fullest, claim)).collect();
    UtteranceView {
        words: Markup(plain(
            &report.documents[fullest.place.doc.index()].source[inner(fullest).range()],
        )),
        differs: variants.iter().any(|variant| variant.is_changed),
        variants,
    }
}

fn variant<'a>(
    report: &'a Report<'a>,
    quoted: &Quoted,
    fullest: &Claim,
    claim: &'a Claim,
) -> VariantView<'a> {
    let document = &report.documents[claim.place.doc.index()];
    let known = quoted.elsewhere(fullest.place).iter().find(|(place, _)| *place == claim.place);
    let likeness = known.map(|(_, likeness)| *likeness);
    let is_same = claim.place == fullest.place || likeness == Some(Likeness::Same);
    let voice = match claim.value {
        Value::Words { voice, .. } => voice,
        _ => None,
    };
    let text = |span: Span| Shown(&document.source[span.range()]);
    VariantView {
        name: Shown(name(document)),
        href: href(report, claim.place, inner(claim)),
        likeness: match likeness {
            None if is_same => "fullest wording",
            None => "other wording",
            Some(likeness) => likeness.name(),
        },
        is_changed: likeness.is_some_and(Likeness::is_changed),
        words: (!is_same).then(|| Markup(compared(report, fullest, claim))),
        speaker: voice.map(|voice| text(voice.name)),
        role: voice.and_then(|voice| voice.role).map(text),
    }
}

/// The words of a quotation, without its marks.
fn inner(claim: &Claim) -> Span {
    match claim.value {
        Value::Words { inner, .. } => inner,
        _ => claim.place.span,
    }
}

/// The tokens that lie in some bytes.
fn tokens(text: &Text, span: Span) -> Range<u32> {
    let before = |offset: usize| text.tokens.partition_point(|token| token.span.start() < offset);
    let number = |index| u32::try_from(index).expect("documents are under 4 GiB");
    number(before(span.start()))..number(before(span.end()))
}

/// The words of a quotation, with what the fullest one has more struck out, and what it has
/// not marked as put in.
fn compared(report: &Report, fullest: &Claim, claim: &Claim) -> String {
    let texts = [fullest, claim].map(|one| &report.texts[one.place.doc.index()]);
    let [left, right] =
        [(texts[0], fullest), (texts[1], claim)].map(|(text, one)| tokens(text, inner(one)));
    let words = |side: usize, range: &Range<u32>| {
        texts[side].span_of(range).map(|span| plain(&texts[side].source[span.range()]))
    };
    let mut pieces = Vec::new();
    for edit in edits(texts[0], left, texts[1], right) {
        let (gone, new) = (words(0, &edit.left), words(1, &edit.right));
        if edit.kept {
            pieces.extend(new);
        } else {
            pieces.extend(gone.map(|words| format!("<del>{words}</del>")));
            pieces.extend(new.map(|words| format!("<ins>{words}</ins>")));
        }
    }
    pieces.join(" ")
}

/// Text of several lines on one.
fn plain(text: &str) -> String {
    let mut html = String::new();
    for c in text.chars() {
        let c = if matches!(c, '\r' | '\n' | '\t') { ' ' } else { c };
        write_char(&mut html, c).expect("writing to a string cannot fail");
    }
    html
}
