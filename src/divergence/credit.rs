//! Credit: which outlets and agencies a text names as where its wording comes from.
//!
//! An outlet of the corpus is credited by its name anywhere in the text, by a link to
//! the recorded address, or in the record. An agency whose text is not there is
//! credited by a wire mark, `LISBON (AFP) —`, or a credit line; that a text merely
//! mentions it is not enough.
//!
//! In:  documents with their records, and names that the newsroom adds.
//! Out: [`Credits`], every credit with its place.
//! Not here: which document is meant, and what follows (`divergence::lineage`).

use crate::claims;
use crate::corpus::Document;
use crate::corpus::record::Kind;
use crate::divergence::Material;
use crate::divergence::sieve::Sieve;
use crate::span::DocId;
use crate::span::Span;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use crate::text::Token;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;

/// Words of a name that need no capital to be recognised: "the ministry's press office".
const PLAIN_NAME_WORDS_MIN: usize = 3;

/// Units from the top of a text in which its dateline is looked for, and from its end
/// in which an agency may sign.
const MARK_UNITS: usize = 8;

/// Bytes of a dateline before the mark: a city, a country and a date.
const DATELINE_BYTES_MAX: usize = 60;

/// Bytes between the brackets of a mark.
const MARK_BYTES_MAX: usize = 40;

/// How a text credits an outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// By a wire mark or a signature in brackets.
    Marked,
    /// By its name.
    Named,
}

/// One credit in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Credit {
    pub(crate) how: How,
    /// Which outlet, as an index into [`Credits::outlets`].
    pub(crate) outlet: usize,
    pub(crate) span: Span,
    /// Whether it stands where credit is given: in a mark, a byline, or "according to".
    pub(crate) is_line: bool,
}

/// An outlet or agency that can be credited.
#[derive(Clone, Debug)]
pub(crate) struct Outlet {
    pub(crate) name: String,
    pub(crate) is_agency: bool,
    /// Names without a leading article.
    names: Vec<Vec<String>>,
}

/// Who credits whom.
#[derive(Clone, Debug)]
pub(crate) struct Credits {
    pub(crate) outlets: Vec<Outlet>,
    /// The outlet of each document.
    of_document: Vec<Option<usize>>,
    /// The credits in each document, in order of their places.
    given: Vec<Vec<Credit>>,
    /// Documents by what points to them: the address and the id in their record.
    by_url: HashMap<String, DocId>,
    by_id: BTreeMap<String, DocId>,
}

impl Credits {
    /// The credits in some documents; in the others none are read.
    pub(crate) fn read(material: &Material, documents: &BTreeSet<DocId>) -> Self {
        let outlets = outlets(material);
        let number: BTreeMap<&str, usize> =
            outlets.iter().enumerate().map(|(index, outlet)| (&*outlet.name, index)).collect();
        let own = |index: usize| number.get(material.documents[index].outlet()?).copied();
        let of_document: Vec<Option<usize>> = (0..material.documents.len()).map(own).collect();
        let names = Names::new(&outlets);
        let given = material
            .texts
            .par_iter()
            .zip(&of_document)
            .map(|(text, own)| {
                if !documents.contains(&text.doc) {
                    return Vec::new();
                }
                let mut credits = marks(text, &outlets);
                credits.extend(names.mentions(text));
                credits.retain(|credit| Some(credit.outlet) != *own);
                credits.sort_unstable_by_key(|credit| (credit.span, credit.how, credit.outlet));
                credits
            })
            .collect();
        let url = |document: &Document| {
            document.url.as_ref().map(|url| (address(url).to_owned(), document.id))
        };
        let id = |document: &Document| {
            document.record.as_ref().map(|record| (record.id.as_str().to_owned(), document.id))
        };
        Self {
            // Of several documents with one address the first.
            by_url: material.documents.iter().rev().filter_map(url).collect(),
            by_id: material.documents.iter().filter_map(id).collect(),
            outlets,
            of_document,
            given,
        }
    }

    /// The documents that a text links to, with the place of the link.
    pub(crate) fn links(&self, text: &Text) -> Vec<(DocId, Span)> {
        let starts = text.source.match_indices("http").map(|(start, _)| start);
        let link = |start: usize| {
            let rest = &text.source[start..];
            let end = rest.find(|c: char| c.is_whitespace() || ")]>\"'”".contains(c));
            let url = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';']);
            let doc = self.by_url.get(address(url)).filter(|doc| **doc != text.doc)?;
            Some((*doc, Span::new(start, start + url.len())))
        };
        starts.filter_map(link).collect()
    }

    /// The documents that the record of a document declares as its sources.
    pub(crate) fn declared(&self, document: &Document) -> Vec<DocId> {
        let ids = document.record.as_ref().map_or(&[][..], |record| &record.claims_from);
        ids.iter().filter_map(|id| self.by_id.get(id.as_str()).copied()).collect()
    }

    /// The outlet of a document.
    pub(crate) fn outlet(&self, doc: DocId) -> Option<usize> {
        self.of_document[doc.index()]
    }

    /// The credits that a document gives.
    pub(crate) fn of(&self, doc: DocId) -> &[Credit] {
        &self.given[doc.index()]
    }
}

/// An address without what follows its path: how the reader came there.
fn address(url: &str) -> &str {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let url = url[..end].trim_end_matches('/');
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

/// The outlets of the corpus in the order of their names, then the known agencies.
fn outlets(material: &Material) -> Vec<Outlet> {
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for document in material.documents {
        if let Some(outlet) = document.outlet() {
            let wire = document.record.as_ref().is_some_and(|record| record.kind == Kind::Wire);
            *known.entry(outlet).or_default() |= wire;
        }
    }
    let words = |name: &str| {
        let name = name.strip_prefix("The ").unwrap_or(name);
        name.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let of_corpus = known.iter().map(|(name, is_agency)| {
        let more = material.aliases.get(*name).into_iter().flatten();
        let names = std::iter::once(*name).chain(more.map(String::as_str)).map(words).collect();
        Outlet { name: (*name).to_owned(), is_agency: *is_agency, names }
    });
    // An agency whose texts are in the corpus is known from there.
    let new = |names: &&Vec<String>| !names.iter().any(|name| known.contains_key(name.as_str()));
    let agencies = claims::agencies().iter().filter(new).map(|names| Outlet {
        name: names[0].clone(),
        is_agency: true,
        names: names.iter().map(|name| words(name)).collect(),
    });
    of_corpus.chain(agencies).filter(|outlet| !outlet.names[0].is_empty()).collect()
}

/// Names by their first words.
struct Names {
    by_first: HashMap<Form, Vec<(usize, Vec<Form>, bool)>>,
    sieve: Sieve,
}

impl Names {
    fn new(outlets: &[Outlet]) -> Self {
        let mut by_first: HashMap<Form, Vec<(usize, Vec<Form>, bool)>> = HashMap::new();
        for (index, outlet) in outlets.iter().enumerate() {
            for name in &outlet.names {
                let forms: Vec<Form> = name.iter().map(|word| Form::of(word)).collect();
                // `dpa` is small everywhere.
                let small = name.iter().all(|word| word.chars().all(char::is_lowercase));
                by_first.entry(forms[0]).or_default().push((index, forms, small));
            }
        }
        let sieve = Sieve::new(by_first.keys().map(|form| form.0));
        Self { by_first, sieve }
    }

    /// Where a text names an outlet.
    fn mentions(&self, text: &Text) -> Vec<Credit> {
        let mut found = Vec::new();
        for unit in &text.units {
            let tokens = text.unit_tokens(unit);
            for at in (0..tokens.len()).filter(|at| self.sieve.passes(tokens[*at].form.0)) {
                for (outlet, name, small) in
                    self.by_first.get(&tokens[at].form).into_iter().flatten()
                {
                    let words = &tokens[at..tokens.len().min(at + name.len())];
                    if !words.iter().map(|word| word.form).eq(name.iter().copied()) {
                        continue;
                    }
                    let span = words[0].span.cover(words[words.len() - 1].span);
                    let is_title = unit.role == Role::Caption;
                    let begins = at == 0 && name.len() == 1 && !is_title;
                    if begins || !is_name(text, span, name.len(), *small) {
                        continue;
                    }
                    let is_line = is_title || is_credit_line(text, tokens, at..at + name.len());
                    found.push(Credit { how: How::Named, outlet: *outlet, span, is_line });
                }
            }
        }
        found
    }
}

/// Whether a place that has the words of a name is one.
fn is_name(text: &Text, span: Span, words: usize, small: bool) -> bool {
    let printed = &text.source[span.range()];
    let capital = printed.starts_with(char::is_uppercase);
    // `AP` is an agency, `ap` and `Ap` are not.
    let short = words == 1 && printed.len() <= 3;
    let spelled =
        if short && !small { printed.chars().all(char::is_uppercase) } else { capital || small };
    // `Harbour Wire+2` is a counter that a chatbot left behind, not a credit.
    (spelled || words >= PLAIN_NAME_WORDS_MIN) && !text.source[span.end()..].starts_with('+')
}

/// Whether the words around a name give credit: "according to Reuters", "AFP reported".
fn is_credit_line(text: &Text, tokens: &[Token], name: Range<usize>) -> bool {
    let word = |index: usize| tokens.get(index).map_or("", |token| text.word(token));
    let mut before = name.start;
    while before > 0 && matches!(word(before - 1), "the" | "The" | "agency" | "news" | "wire") {
        before -= 1;
    }
    let last = |back: usize| before.checked_sub(back).map_or("", word);
    let by = matches!(last(1), "By" | "by" | "via" | "Source" | "With" | "from" | "From");
    let according = last(1) == "to" && matches!(last(2), "according" | "According");
    let reports = matches!(word(name.end), "reported" | "reports" | "contributed");
    by || according || reports
}

/// The wire marks and signatures of a text: "(HW) —", and "(HW)" at its end.
fn marks(text: &Text, outlets: &[Outlet]) -> Vec<Credit> {
    let count = text.units.len();
    let near = |index: &usize| *index < MARK_UNITS || index + MARK_UNITS >= count;
    let mut found = Vec::new();
    for index in (0..count).filter(near) {
        let unit = text.units[index].span;
        let source = &text.source[unit.range()];
        let Some((before, rest)) = source.split_once('(') else { continue };
        let Some((mark, after)) = rest.split_once(')') else { continue };
        let dateline = before.len() <= DATELINE_BYTES_MAX
            && after.trim_start().starts_with(['-', '–', '—', '|', ':']);
        let signature =
            index + MARK_UNITS >= count && before.trim().is_empty() && after.trim().is_empty();
        if mark.len() > MARK_BYTES_MAX || !(dateline || signature) {
            continue;
        }
        let start = unit.start() + before.len() + 1;
        let span = Span::new(start, start + mark.len());
        let named = (0..outlets.len()).filter(|outlet| is_mark(&outlets[*outlet], mark.trim()));
        found.extend(named.map(|outlet| Credit { how: How::Marked, outlet, span, is_line: true }));
    }
    found
}

/// Whether `mark` is a name of the outlet or the initials of one.
fn is_mark(outlet: &Outlet, mark: &str) -> bool {
    outlet.names.iter().any(|name| {
        let initials: String = name.iter().filter_map(|word| word.chars().next()).collect();
        let short = name.len() > 1 && initials.to_uppercase() == mark;
        let mark = mark.strip_prefix("The ").unwrap_or(mark);
        short || name.iter().map(String::as_str).eq(mark.split_whitespace())
    })
}
