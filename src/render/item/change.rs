//! Items of a review: the findings that a change brings, and what differs in the
//! documents, each beside a line that changed.
//!
//! Findings come first, most severe first; then changes that can alter a fact, then
//! what happened to each document, then the other changes. A change is a note: it
//! never decides how a run ends.
//!
//! In:  a [`Review`].
//! Out: [`Item`]s.
//! Not here: which lines are changed (`diff`), and the words (`render::review`).

use crate::corpus::Version;
use crate::corpus::path;
use crate::finding::Severity;
use crate::finding::Site;
use crate::fingerprint::Fingerprint;
use crate::render::item::Item;
use crate::render::item::Places;
use crate::render::item::Spot;
use crate::render::item::Topic;
use crate::render::item::clipped;
use crate::render::item::diff::Changed;
use crate::render::item::diff::Diff;
use crate::render::item::region;
use crate::render::review::caption;
use crate::render::review::counted;
use crate::render::review::facts;
use crate::render::review::named;
use crate::render::review::statuses;
use crate::render::review::words;
use crate::review::Found;
use crate::review::Kind;
use crate::review::Outcome;
use crate::review::Passage;
use crate::review::Review;
use crate::review::Reviewed;
use crate::review::Tag;
use crate::review::Wording;
use crate::span::Span;

/// What each kind of change means, a section each.
const PAGE: &str = include_str!("../../../docs/review.md");

/// What is said of a finding that is there with other wording now.
const NOT_NEW: &str = "it was there before this change, with other wording at one of its places";

/// Where what happened to a document comes among its changes: before the first that
/// alters no fact.
const DOCUMENT_RANK: Tag = Tag::Added;

/// What a review says, in the order of this module.
pub(super) fn items<'a>(review: &'a Review<'a>) -> Vec<Item<'a>> {
    let diff = Diff::of(review);
    let mut items = Vec::new();
    if let Some(effect) = &review.effect {
        let places = Places::of(effect.later);
        let found = effect.findings.iter().filter(|found| found.outcome != Outcome::Fixed);
        items.extend(found.map(|found| finding(&places, &diff, found)));
        items.sort_by_key(|item| std::cmp::Reverse(item.severity));
    }
    let mut changes: Vec<((Tag, bool), Item)> = Vec::new();
    for document in &review.documents {
        let Some(version) = document.version() else { continue };
        let place = Document { reviewed: document, version, diff: &diff };
        changes.push(((DOCUMENT_RANK, false), place.own()));
        let passages = document.passages.iter().flat_map(|passage| place.passage(passage));
        changes.extend(passages.map(|(tag, item)| ((tag, true), item)));
    }
    changes.sort_by_key(|(rank, _)| *rank);
    items.extend(changes.into_iter().map(|(_, item)| item));
    items
}

/// A new or changed finding, first the place that lies in changed lines.
fn finding<'a>(places: &Places<'a>, diff: &Diff, found: &Found<'a>) -> Item<'a> {
    let mut item = places.item(found.judged, None);
    if found.outcome == Outcome::Changed {
        item.decides = false;
        item.notes.push(NOT_NEW.to_owned());
    }
    let labels = found.judged.finding.labels.iter().take(item.spots.len()).enumerate();
    let changed = labels.filter_map(|(index, label)| match &label.site {
        Site::Passage(place) => {
            let document = &places.report.documents[place.doc.index()];
            // A file may have changed again between two looks at the work tree.
            let file = diff.file(&document.path).filter(|it| it.source == document.source)?;
            let mut spans = label.marks.iter().copied().chain([place.span]);
            let inside = spans.find_map(|span| file.inside(span))?;
            Some((index, Some((file, place.span, inside))))
        }
        Site::Line { path, position, .. } => {
            diff.file(path).filter(|file| file.has(position.line)).map(|_| (index, None))
        }
        Site::File { .. } => None,
    });
    if let Some((index, narrowed)) = changed.into_iter().next() {
        let mut spot = item.spots.remove(index);
        if let Some((file, passage, span)) = narrowed {
            spot.region = Some(region(file.source, &file.lines, passage, span));
        }
        item.spots.insert(0, spot);
    }
    item
}

/// A changed document.
struct Document<'a, 'd> {
    reviewed: &'a Reviewed<'a>,
    version: &'a Version,
    diff: &'d Diff<'a>,
}

impl<'a> Document<'a, '_> {
    /// What happened to it as a whole.
    fn own(&self) -> Item<'a> {
        let fold = self.reviewed.fold.map(|fold| format!(": {}", fold.name()));
        let message = statuses(self.reviewed) + &fold.unwrap_or_default();
        let folded = self.reviewed.fold.map(crate::review::Fold::name);
        let mut notes = facts(self.reviewed);
        notes.retain(|fact| Some(fact.as_str()) != folded);
        let cosmetic = self.reviewed.passages.iter().filter(|it| it.tags() == [Tag::Cosmetic]);
        match cosmetic.map(|passage| passage.wordings.len()).sum() {
            0 => {}
            count => notes.push(format!("{} of typography only", counted(count, "change"))),
        }
        let parts = [message.clone(), notes.join("\n")];
        let mut item = self.item("DOCUMENT", &message, &[&parts[0], &parts[1]], self.own_spot());
        item.notes = notes.iter().map(|note| clipped(note)).collect();
        item
    }

    /// Where the record says it, when that changed; else where the text changed.
    fn own_spot(&self) -> Spot<'a> {
        let record = path::record_of(&self.version.path).unwrap_or_default();
        let changed = [&record, &self.version.path].map(|path| (path, self.diff.file(path)));
        let Some((path, file)) =
            changed.into_iter().find_map(|(path, file)| file.zip(Some(path)).map(|(f, p)| (p, f)))
        else {
            return self.spot(&self.version.path, None);
        };
        let line = file.near(0);
        self.spot(path, Some((file, line, line)))
    }

    /// The changes of a passage with their first tags.
    fn passage(&self, passage: &Passage) -> Vec<(Tag, Item<'a>)> {
        let (old, new) = self.texts();
        let wording = |span: Option<Span>, text: &str| {
            span.map_or(String::new(), |span| named(&text[span.range()]))
        };
        let (was, is) = (wording(passage.earlier, old), wording(passage.later, new));
        let own = match passage.kind {
            Kind::Edited => None,
            Kind::Added => Some((Tag::Added, format!("“{is}” added"))),
            Kind::Omitted => Some((Tag::Omitted, format!("“{was}” omitted"))),
            Kind::Moved => Some((Tag::Moved, format!("“{is}” moved"))),
        };
        let own = own.map(|(tag, message)| (tag, self.change(passage, (&[tag], None), &message)));
        let told = passage.wordings.iter().filter(|wording| wording.tags != [Tag::Cosmetic]);
        let told = told.filter_map(|wording| {
            let message = words(wording, old, new);
            let item = self.change(passage, (&wording.tags, Some(wording)), &message);
            Some((*wording.tags.first()?, item))
        });
        own.into_iter().chain(told).collect()
    }

    fn change(
        &self,
        passage: &Passage,
        (tags, wording): (&[Tag], Option<&Wording>),
        message: &str,
    ) -> Item<'a> {
        let (old, new) = self.texts();
        let cut = |span: Option<Span>, text: &'a str| span.map_or("", |span| &text[span.range()]);
        let words = wording.map_or((None, None), |it| (Some(it.earlier), Some(it.later)));
        let parts = [
            cut(passage.earlier, old),
            cut(passage.later, new),
            cut(words.0, old),
            cut(words.1, new),
        ];
        let names: Vec<&str> = tags.iter().map(|tag| tag.name()).collect();
        let (first, others) = names.split_first().unwrap_or((&"", &[]));
        let spot = self.changed_spot(passage, wording);
        let mut item = self.item(first, message, &parts, spot);
        if !others.is_empty() {
            item.notes.push(format!("also {}", others.join(", ")));
        }
        item
    }

    /// The changed words, or the changed line nearest to them.
    fn changed_spot(&self, passage: &Passage, wording: Option<&Wording>) -> Spot<'a> {
        let path = &self.version.path;
        let Some(file) = self.diff.file(path) else { return self.spot(path, None) };
        let spans = [wording.map(|wording| wording.later), passage.later];
        let mut spans = spans.into_iter().flatten();
        let span = spans.find_map(|span| file.inside(span)).unwrap_or_else(|| {
            match (passage.later, passage.earlier) {
                (Some(later), _) => file.near(later.start()),
                (None, Some(earlier)) => file.instead_of(earlier.start()),
                (None, None) => file.near(0),
            }
        });
        let around = passage.later.filter(|later| later.contains(span)).unwrap_or(span);
        self.spot(path, Some((file, around, span)))
    }

    /// Both texts; one that is not there is empty.
    fn texts(&self) -> (&'a str, &'a str) {
        let text = |version: &'a Option<Version>| {
            version.as_ref().and_then(|version| version.body.text()).unwrap_or_default()
        };
        let changed = self.reviewed.changed;
        (text(&changed.earlier), text(&changed.later))
    }

    fn spot(&self, path: &str, place: Option<(&Changed, Span, Span)>) -> Spot<'a> {
        let region =
            place.map(|(file, around, span)| region(file.source, &file.lines, around, span));
        let caption = clipped(&caption(self.version));
        Spot { path: path.to_owned().into(), region, caption }
    }

    /// An item that is known again by its tag, its document and `parts`.
    fn item(&self, tag: &str, message: &str, parts: &[&str], spot: Spot<'a>) -> Item<'a> {
        let id = self.version.record.as_ref().map(|record| record.id.as_str());
        let known = [&["change", tag, id.unwrap_or(&self.version.path)], parts].concat();
        Item {
            topic: topic(tag),
            fingerprint: Fingerprint::of_parts(&known),
            severity: Severity::Note,
            decides: false,
            message: clipped(message),
            notes: Vec::new(),
            help: String::new(),
            spots: vec![spot],
            waived: None,
        }
    }
}

/// The kind of change that `tag` names: its section in the page.
fn topic(tag: &str) -> Topic {
    let sections = PAGE.split("\n## ").skip(1);
    let mut sections = sections.filter_map(|section| section.split_once("\n\n"));
    let (code, page) = sections.find(|(code, _)| *code == tag).unwrap_or(("CHANGE", PAGE));
    let summary = page.split(['.', '\n']).next().unwrap_or_default();
    Topic { code, slug: "", summary, page, level: Severity::Note, family: "change" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_explains_every_tag() {
        use Tag::*;
        let tags = [
            Figure,
            Date,
            Name,
            Quote,
            Attribution,
            Certainty,
            Label,
            Hidden,
            Added,
            Omitted,
            Moved,
            Wording,
        ];
        for tag in tags.map(Tag::name).into_iter().chain(["DOCUMENT"]) {
            let topic = topic(tag);
            assert_eq!(topic.code, tag);
            assert!(
                topic.summary.len() > 8 && !topic.summary.contains('`'),
                "{tag}: {}",
                topic.summary
            );
        }
    }
}
