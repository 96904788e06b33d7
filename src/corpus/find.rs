//! Building findings, in the few shapes that this module needs.
//!
//! In:  a rule, a message, a place and an advice.
//! Out: [`Finding`].

use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Site;
use crate::finding::Subject;
use crate::span::LineIndex;
use std::cmp::Ordering;

/// Longer lines are cut in excerpts: a record may be one line of a mebibyte.
const EXCERPT_CHARS_MAX: usize = 240;

/// A finding about the corpus with one place.
pub(crate) fn found(
    rule: Rule,
    message: impl Into<String>,
    label: Label,
    help: impl Into<String>,
) -> Finding {
    let (message, help) = (message.into(), help.into());
    let subject = Subject::Corpus;
    Finding { rule, subject, message, labels: vec![label], notes: Vec::new(), help }
}

/// The line of `source`, which stands in the file `path`, at a byte offset.
pub(crate) fn line(path: &str, source: &str, offset: usize) -> Label {
    let lines = LineIndex::new(source);
    let position = lines.position(offset);
    let whole = &source[lines.line_span(position.line).range()];
    let excerpt = match whole.char_indices().nth(EXCERPT_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole.to_owned(),
    };
    Label::line(path, position, excerpt)
}

/// The order in which findings are told: by path, then rule, then place.
pub(crate) fn order(left: &Finding, right: &Finding) -> Ordering {
    let key = |finding: &Finding| (finding.rule, position(finding));
    path(left)
        .cmp(path(right))
        .then_with(|| key(left).cmp(&key(right)))
        .then_with(|| left.message.cmp(&right.message))
}

fn path(finding: &Finding) -> &str {
    match finding.labels.first().map(|label| &label.site) {
        Some(Site::File { path } | Site::Line { path, .. }) => path,
        _ => "",
    }
}

fn position(finding: &Finding) -> Option<(usize, usize)> {
    match finding.labels.first().map(|label| &label.site) {
        Some(Site::Line { position, .. }) => Some((position.line, position.column)),
        _ => None,
    }
}
