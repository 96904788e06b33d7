//! A document on the page: what is on record about it, and its text.
//!
//! In:  documents, and what was found in them.
//! Out: [`DocumentView`]s.
//! Not here: how a text is written (`body`).

use super::body::Body;
use super::name;
use super::shown::Markup;
use super::shown::Shown;
use crate::corpus::Document;
use crate::corpus::record::Text;
use crate::finding::Site;
use crate::render::sanitize;
use crate::report::Report;
use crate::text::Role;
use std::borrow::Cow;

/// What a template shows of a document.
pub(super) struct DocumentView<'a> {
    /// Its number, counted from one.
    pub(super) number: usize,
    pub(super) title: Shown<'a>,
    pub(super) name: Shown<'a>,
    /// The name where no markup may stand.
    pub(super) name_plain: Cow<'a, str>,
    pub(super) path: Shown<'a>,
    pub(super) outlet: Option<Shown<'a>>,
    pub(super) author: String,
    pub(super) published: Option<String>,
    pub(super) retrieved: Option<String>,
    pub(super) url: Option<Shown<'a>>,
    /// The address where a browser may follow it.
    pub(super) link: Option<&'a str>,
    pub(super) language: Option<String>,
    pub(super) sha256: Option<String>,
    pub(super) bytes: usize,
    pub(super) words: usize,
    /// What became of its bytes, in a word or two.
    pub(super) fixity: &'static str,
    /// `good`, `bad` or `unknown`.
    pub(super) state: &'static str,
    pub(super) findings: usize,
    pub(super) passages: usize,
    pub(super) is_draft: bool,
    pub(super) body: Markup,
}

/// How often something was found in a document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub(super) findings: usize,
    pub(super) passages: usize,
}

impl<'a> DocumentView<'a> {
    pub(super) fn of(report: &Report<'a>, index: usize, body: Body, found: Found) -> Self {
        let document = &report.documents[index];
        let record = document.record.as_ref();
        let (fixity, state) = fixity(report, document);
        let url = document.url.as_deref();
        Self {
            number: index + 1,
            title: Shown(title(report, document)),
            name: Shown(name(document)),
            name_plain: sanitize::line(name(document)),
            path: Shown(&document.path),
            outlet: document.outlet().map(Shown),
            author: record.map_or_else(String::new, |record| {
                record.author.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }),
            published: document.published.map(|when| when.to_string()),
            retrieved: record
                .and_then(|record| record.capture.as_ref()?.retrieved)
                .map(|when| when.to_string()),
            url: url.map(Shown),
            link: url.filter(|url| is_link(url)),
            language: record.and_then(|record| Some(record.language.as_ref()?.to_string())),
            sha256: record.map(|record| record.hash.sha256.to_string()),
            bytes: document.source.len(),
            words: report.texts[index].tokens.len(),
            fixity,
            state,
            findings: found.findings,
            passages: found.passages,
            is_draft: document.draft,
            body: Markup(body.html),
        }
    }
}

/// The headline: as the record states it, else as the text begins, else the path.
fn title<'a>(report: &Report<'a>, document: &'a Document) -> &'a str {
    let text = &report.texts[document.id.index()];
    let headline = text.units.iter().find(|unit| unit.role == Role::Headline);
    let recorded = document.record.as_ref().and_then(|record| record.title.as_ref());
    recorded
        .map(Text::as_str)
        .or_else(|| headline.map(|unit| text.unit_text(unit)))
        .unwrap_or(&document.path)
}

/// Whether an address is one of the web: no other kind becomes a link.
fn is_link(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// What became of the bytes of a document, and whether that is good.
fn fixity(report: &Report, document: &Document) -> (&'static str, &'static str) {
    if document.draft {
        return ("draft", "unknown");
    }
    let is_at = |site: &Site| match site {
        Site::File { path } | Site::Line { path, .. } => *path == document.path,
        Site::Passage(place) => place.doc == document.id,
    };
    // The rules on bytes have the codes up to PV024.
    let broken = report.findings.iter().find(|judged| {
        let finding = &judged.finding;
        finding.rule.info().code < "PV025" && finding.labels.iter().any(|label| is_at(&label.site))
    });
    match broken {
        Some(judged) => (judged.finding.rule.info().slug, "bad"),
        None if document.record.is_none() => ("no record", "unknown"),
        None if report.fixity.is_none() => ("not checked", "unknown"),
        None => ("verified", "good"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        for (url, expected) in [
            ("https://harbour.example/a", true),
            ("HTTP://harbour.example/a", true),
            ("javascript:alert(1)", false),
            ("javascript://harbour.example/%0aalert(1)", false),
            ("data:text/html,x", false),
            ("//harbour.example", false),
        ] {
            assert_eq!(is_link(url), expected, "{url}");
        }
    }
}
