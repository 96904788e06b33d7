//! Shared wording: who carries whose words, with or without credit (PV201, PV202).
//!
//! A passage that several texts carry is one finding, and so are all passages that
//! the same texts carry. Which text came first is said only where the publication
//! times in the records show it.
//!
//! In:  alignments, records.
//! Out: findings, each with the longest passage and the place of the credit.
//! Not here: wording inside quotation marks, which anybody may quote.

use crate::align::Alignment;
use crate::align::Edit;
use crate::corpus::Document;
use crate::corpus::When;
use crate::divergence::Material;
use crate::divergence::cluster::clusters;
use crate::divergence::enumerated;
use crate::divergence::slot::tokens_in;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::LineIndex;
use crate::span::Place;
use crate::span::Span;
use crate::text::Form;
use crate::text::Text;
use std::collections::BTreeMap;

/// Words of a name that need no capital to be recognised: "the ministry's press office".
const PLAIN_NAME_WORDS_MIN: usize = 3;

/// One passage in each document that carries it.
type Cluster = BTreeMap<DocId, Span>;

/// One finding for each set of documents that share wording.
pub(crate) fn shared_wording(material: &Material) -> Vec<Finding> {
    let mut sets: BTreeMap<Vec<DocId>, Vec<Cluster>> = BTreeMap::new();
    for cluster in passages(material) {
        let documents: Vec<DocId> = cluster.keys().copied().collect();
        if documents.len() > 1 {
            sets.entry(documents).or_default().push(cluster);
        }
    }
    sets.into_values().map(|clusters| finding(material, &clusters)).collect()
}

/// The passages that more than one document carries.
fn passages(material: &Material) -> Vec<Cluster> {
    let drafts = material.documents.iter().any(|document| document.draft);
    let shared: Vec<&Alignment> = material
        .alignments
        .iter()
        .filter(|found| !drafts || links_draft(material, found))
        .filter(|found| is_own_wording(material, found))
        .collect();
    let places: Vec<Place> = shared.iter().flat_map(|found| [found.left, found.right]).collect();
    let mut links: Vec<(usize, usize)> =
        (0..shared.len()).map(|index| (2 * index, 2 * index + 1)).collect();
    links.extend(same_passage(&places));
    let cluster = |members: Vec<usize>| {
        members.into_iter().fold(Cluster::new(), |mut cluster, member| {
            let place = places[member];
            let span = cluster.get(&place.doc).map_or(place.span, |known| known.cover(place.span));
            cluster.insert(place.doc, span);
            cluster
        })
    };
    clusters(places.len(), &links).into_iter().map(cluster).collect()
}

/// Whether one side, and only one, is a draft.
fn links_draft(material: &Material, found: &Alignment) -> bool {
    let draft = |doc: DocId| material.documents[doc.index()].draft;
    draft(found.left.doc) != draft(found.right.doc)
}

/// Pairs of places in one document that overlap by half of the shorter.
fn same_passage(places: &[Place]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|index| places[*index]);
    let mut links = Vec::new();
    for (at, left) in order.iter().enumerate() {
        let following = order[at + 1..].iter().take_while(|right| {
            places[**right].doc == places[*left].doc
                && places[**right].span.start() < places[*left].span.end()
        });
        for right in following {
            let (a, b) = (places[*left].span, places[*right].span);
            let shared = a.end().min(b.end()) - b.start();
            if shared * 2 >= a.len().min(b.len()) {
                links.push((*left, *right));
            }
        }
    }
    links
}

/// Whether enough of a shared passage stands outside quotation marks and boilerplate.
fn is_own_wording(material: &Material, found: &Alignment) -> bool {
    if !found.is_copied() {
        return false;
    }
    let left = &material.texts[found.left.doc.index()];
    let right = &material.texts[found.right.doc.index()];
    if is_boilerplate(material, left, found) {
        return false;
    }
    let own = |edit: &Edit| {
        let pairs = edit.left.clone().zip(edit.right.clone());
        pairs.filter(|(l, r)| !is_quoted(left, *l) && !is_quoted(right, *r)).count()
    };
    found.edits.iter().filter(|edit| edit.kept).map(own).sum::<usize>() >= material.reuse_words_min
}

/// Whether a passage lies inside wording that the newsroom lists as boilerplate.
fn is_boilerplate(material: &Material, text: &Text, found: &Alignment) -> bool {
    let words: Vec<Form> = text.tokens
        [found.left_tokens.start as usize..found.left_tokens.end as usize]
        .iter()
        .map(|token| token.form)
        .collect();
    material.boilerplate.iter().any(|known| {
        let known = Text::read(found.left.doc, known);
        known
            .tokens
            .windows(words.len())
            .any(|window| window.iter().map(|token| token.form).eq(words.iter().copied()))
    })
}

/// Whether a token stands in quotation marks.
fn is_quoted(text: &Text, token: u32) -> bool {
    let span = text.tokens[token as usize].span;
    let before =
        text.quotations.partition_point(|quotation| quotation.outer.start() <= span.start());
    text.quotations[..before].iter().rev().take(2).any(|quotation| quotation.outer.contains(span))
}

fn finding(material: &Material, clusters: &[Cluster]) -> Finding {
    let longest = clusters
        .iter()
        .max_by_key(|cluster| cluster.values().map(|span| span.len()).max())
        .expect("a set has at least one passage");
    let mut order: Vec<DocId> = longest.keys().copied().collect();
    order.sort_by_key(|doc| {
        let document = &material.documents[doc.index()];
        let published = document.published.map(When::earliest);
        (document.draft, published.is_none(), published, *doc)
    });
    let credits = credits(material, &order);
    let silent: Vec<DocId> =
        later(material, &order).into_iter().filter(|doc| !credits.contains_key(doc)).collect();
    let rule = if silent.is_empty() { Rule::ReuseCredited } else { Rule::ReuseUncredited };
    let mut labels: Vec<Label> = order
        .iter()
        .map(|doc| {
            let place = Place { doc: *doc, span: longest[doc] };
            Label::passage(place, Vec::new(), material.caption(*doc))
        })
        .collect();
    // A draft is last in time and first to be opened.
    labels.rotate_right(order.iter().filter(|doc| material.documents[doc.index()].draft).count());
    let mut notes = notes(material, &order, clusters.len());
    notes.extend(credits.into_values());
    Finding {
        rule,
        subject: material.subject(order.iter().copied()),
        message: message(material, &order, &silent, words(material, longest)),
        labels,
        notes,
        help: help(rule).to_owned(),
    }
}

/// The documents that may owe a credit: drafts, where there are any; else all but the
/// first, or all of them when it is not known which was first.
fn later(material: &Material, order: &[DocId]) -> Vec<DocId> {
    let drafts: Vec<DocId> =
        order.iter().copied().filter(|doc| material.documents[doc.index()].draft).collect();
    if !drafts.is_empty() {
        return drafts;
    }
    let first = usize::from(is_first_known(material, order));
    order[first..].to_vec()
}

/// Whether the first document was certainly published before every other one. A
/// draft comes after everything that was published.
fn is_first_known(material: &Material, order: &[DocId]) -> bool {
    let document = |doc: &DocId| &material.documents[doc.index()];
    let first = document(&order[0]);
    order[1..].iter().map(document).all(|other| {
        let published = first.published.zip(other.published);
        other.draft && !first.draft || published.is_some_and(|(a, b)| a.is_before(b))
    })
}

/// The credit that each later document gives to another one, in words.
fn credits(material: &Material, order: &[DocId]) -> BTreeMap<DocId, String> {
    let mut credits = BTreeMap::new();
    for doc in later(material, order) {
        let mut others = order.iter().filter(|source| **source != doc);
        if let Some(credit) = others.find_map(|source| credit(material, doc, *source)) {
            credits.insert(doc, credit);
        }
    }
    credits
}

/// How `doc` credits `source`: by its outlet's name in the text, or in the record.
fn credit(material: &Material, doc: DocId, source: DocId) -> Option<String> {
    let document = &material.documents[doc.index()];
    let origin = &material.documents[source.index()];
    let text = &material.texts[doc.index()];
    if let Some(span) = origin.outlet().and_then(|outlet| named(text, outlet)) {
        let line = LineIndex::new(text.source).position(span.start());
        let (path, name) = (&document.path, material.name(source));
        return Some(format!(
            "{} names {name}: {path}:{}:{}",
            material.name(doc),
            line.line,
            line.column
        ));
    }
    let declared = declares(document, origin);
    declared.then(|| format!("the record of {} declares it", material.name(doc)))
}

/// Whether the record of `document` lists `origin` as a source of its claims.
fn declares(document: &Document, origin: &Document) -> bool {
    let ids = document.record.as_ref().map(|record| record.claims_from.as_slice());
    let origin = origin.record.as_ref().map(|record| &record.id);
    ids.zip(origin).is_some_and(|(ids, id)| ids.contains(id))
}

/// Where a text names an outlet; a leading article belongs to no name.
fn named(text: &Text, outlet: &str) -> Option<Span> {
    let name = outlet.strip_prefix("The ").unwrap_or(outlet);
    let name: Vec<Form> = name.split_whitespace().map(Form::of).collect();
    let windows = text.tokens.windows(name.len().max(1));
    windows
        .filter(|words| words.iter().map(|word| word.form).eq(name.iter().copied()))
        .map(|words| words[0].span.cover(words[words.len() - 1].span))
        .find(|span| {
            let capital = text.source[span.range()].starts_with(char::is_uppercase);
            // `Harbour Wire+2` is a counter that a chatbot left behind, not a credit.
            (capital || name.len() >= PLAIN_NAME_WORDS_MIN)
                && !text.source[span.end()..].starts_with('+')
        })
}

/// The words of the passage in the document that carries most of it.
fn words(material: &Material, cluster: &Cluster) -> usize {
    let count = |(doc, span): (&DocId, &Span)| tokens_in(&material.texts[doc.index()], *span).len();
    cluster.iter().map(count).max().unwrap_or(0)
}

fn message(material: &Material, order: &[DocId], silent: &[DocId], words: usize) -> String {
    let names = |docs: &[DocId]| {
        enumerated(&docs.iter().map(|doc| material.name(*doc)).collect::<Vec<_>>())
    };
    let share = |docs: &[DocId]| {
        let verb = if docs.len() == 1 { "shares" } else { "share" };
        format!("{} {verb} {words} words", names(docs))
    };
    let owing = later(material, order);
    let sources: Vec<DocId> = order.iter().copied().filter(|doc| !owing.contains(doc)).collect();
    match (sources.as_slice(), silent) {
        ([], []) => format!("{}, and credit each other", share(order)),
        ([], _) if silent.len() == order.len() => {
            format!("{}, and none credits another", share(order))
        }
        ([], _) => format!("{}, and not all credit another", share(order)),
        (sources, []) => format!("{} with {}, credited", share(&owing), names(sources)),
        (sources, silent) => format!("{} with {}, without credit", share(silent), names(sources)),
    }
}

/// What the order of the texts rests on, and how much more they share.
fn notes(material: &Material, order: &[DocId], passages: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if is_first_known(material, order) {
        let origin = &material.documents[order[0].index()];
        if let Some(published) = origin.published {
            notes.push(format!("{} was published first: {published}", material.name(order[0])));
        }
    } else {
        notes.push(
            "which text came first is undetermined: the publication times do not show it"
                .to_owned(),
        );
    }
    if passages > 1 {
        notes.push(format!("the same texts share {} more passages", passages - 1));
    }
    notes
}

fn help(rule: Rule) -> &'static str {
    match rule {
        Rule::ReuseUncredited => "name the source, or declare it in the record as claims-from",
        _ => "several texts with the same wording are one source, not several",
    }
}
