//! Fingerprints: whether a finding of now is one of an earlier run.
//!
//! A fingerprint is made of the rule and of what stands at the finding's places,
//! and of nothing that moves when other lines do: no offset, no line number, no
//! running number; a message only where no text is shown. Text that is only wrapped
//! otherwise keeps it; a changed word at one of the places does not.
//!
//! In:  findings, and the documents that they point into.
//! Out: [`Fingerprint`], [`Identity`], and [`classify`]: which findings are new,
//! changed, unchanged or gone.
//! Not here: who is excused from what (`policy`), and what else changed (`review`).

use crate::corpus::Digest;
use crate::corpus::Document;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Site;
use crate::span::Span;
use std::collections::BTreeMap;
use std::fmt;

/// The version of what goes into a fingerprint; another version is another fingerprint.
const VERSION: &str = "provenance/v1";

/// Hexadecimal digits of a fingerprint: 128 bits, too many for two findings to meet.
const DIGITS: usize = 32;

/// Digits by which people name a finding: two of 100,000 findings share them in one
/// run of 50,000; with eight digits they would in every run.
pub const SHORT_DIGITS: usize = 12;

/// Names one finding by its rule and the content of its places.
///
/// 32 hexadecimal digits in lower case: the first 128 bits of the SHA-256 of the
/// rule's code and, for each place in an order of their own, the document's id, or
/// its path where it has no record; the wording; and the marked parts of it. White
/// space counts as one blank. A place that is a whole file stands for its path. A
/// finding that shows no passage of a text has its message added.
///
/// ```
/// use provenance::analyse;
/// use provenance::corpus::Document;
/// use provenance::fingerprint::Fingerprint;
/// use provenance::policy::Policy;
/// use provenance::span::DocId;
///
/// let of = |wire: &str, post: &str| {
///     let documents = [
///         Document::unrecorded(DocId(0), "wire.txt", wire),
///         Document::unrecorded(DocId(1), "post.txt", post),
///     ];
///     let analysis = analyse(&documents, &Policy::default());
///     Fingerprint::of(&analysis.findings[0], &documents)
/// };
/// let wire = "The two governments signed 29 agreements worth $17 billion on Thursday.";
/// let post = "The two governments signed 29 agreements worth $1.7 billion on Thursday.";
///
/// let known = of(wire, post);
/// assert_eq!(of(&format!("A line more.\n\n{wire}"), post), known);
/// assert_eq!(of(&wire.replace(" worth ", "\nworth  "), post), known);
/// assert_ne!(of(wire, &post.replace("1.7", "1.9")), known);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of `finding`, whose places lie in `documents`.
    ///
    /// # Panics
    /// When a place does not lie in `documents`.
    pub fn of(finding: &Finding, documents: &[Document]) -> Self {
        Identity::of(finding, documents).fingerprint
    }

    /// The fingerprint of something that is no finding, by what it is made of. White
    /// space counts as one blank.
    pub fn of_parts(parts: &[&str]) -> Self {
        let mut content = Content::default();
        content.push(VERSION);
        for part in parts {
            content.push(&unwrapped(part));
        }
        Self::from_digest(content.digest())
    }

    fn from_digest(digest: Digest) -> Self {
        let mut digits = digest.to_string();
        digits.truncate(DIGITS);
        Self(digits)
    }

    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first digits, by which people name a finding.
    pub fn short(&self) -> &str {
        &self.0[..SHORT_DIGITS]
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A finding as far as it can be told from another: its fingerprint and what that
/// is made of, so that a finding of which one place changed is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The whole.
    pub fingerprint: Fingerprint,
    rule: Rule,
    /// The ids or paths of the documents, sorted, each once.
    documents: Vec<String>,
    /// The digest of every place, sorted.
    places: Vec<Digest>,
    /// Whether it marks nothing: it is about whole passages, such as shared wording.
    whole: bool,
}

impl Identity {
    /// The identity of `finding`, whose places lie in `documents`.
    ///
    /// # Panics
    /// When a place does not lie in `documents`.
    pub fn of(finding: &Finding, documents: &[Document]) -> Self {
        let labels = || finding.labels.iter();
        let mut places: Vec<Digest> = labels().map(|label| place(label, documents)).collect();
        let mut named: Vec<String> = labels().map(|label| name(label, documents)).collect();
        places.sort_unstable();
        named.sort_unstable();
        named.dedup();
        let mut content = Content::default();
        content.push(VERSION);
        content.push(finding.rule.info().code);
        for place in &places {
            content.push(&place.to_string());
        }
        if !labels().any(|label| matches!(label.site, Site::Passage(_))) {
            // Two fields that a record lacks show the same line.
            content.push(&finding.message);
        }
        let fingerprint = Fingerprint::from_digest(content.digest());
        let whole = labels().all(|label| label.marks.is_empty());
        Self { fingerprint, rule: finding.rule, documents: named, places, whole }
    }

    /// Its places with its rule: what it has in common with itself after one of its
    /// places changed.
    fn keys(&self) -> Vec<(Rule, Digest)> {
        self.places.iter().map(|place| (self.rule, *place)).collect()
    }
}

/// What became of a finding of now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was not there before.
    New,
    /// The earlier finding with this index is the same but for some of its wording.
    Changed(usize),
    /// The earlier finding with this index is the same.
    Unchanged(usize),
}

/// What became of the findings of an earlier and a later run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classified {
    /// What each later finding is, in their order.
    pub later: Vec<Standing>,
    /// Indices of the earlier findings that are no longer there, in their order.
    pub fixed: Vec<usize>,
}

/// Tells which of the `later` findings are new, changed or unchanged, and which of
/// the `earlier` are fixed. Each earlier finding answers for one later at most, so
/// that a finding that was there once and is there twice is new once.
///
/// Unchanged is what has the same fingerprint. Of the rest, changed is what has
/// the same rule and one place in common; else, of what marks nothing and is about
/// whole passages, the only one left on either side with its rule and its documents.
pub fn classify(earlier: &[Identity], later: &[Identity]) -> Classified {
    let mut pairing = Pairing {
        earlier,
        later,
        standings: vec![Standing::New; later.len()],
        free: vec![true; earlier.len()],
    };
    pairing.pair(|identity| vec![&identity.fingerprint], Standing::Unchanged);
    pairing.pair(Identity::keys, Standing::Changed);
    pairing.pair_lone();
    let fixed = (0..earlier.len()).filter(|index| pairing.free[*index]).collect();
    Classified { later: pairing.standings, fixed }
}

/// Findings of two runs on their way to each other.
struct Pairing<'p> {
    earlier: &'p [Identity],
    later: &'p [Identity],
    /// What each later finding is known to be.
    standings: Vec<Standing>,
    /// Which of the earlier findings answer for none yet.
    free: Vec<bool>,
}

impl<'p> Pairing<'p> {
    /// Pairs what has a key in common, in order.
    fn pair<K: Ord>(
        &mut self,
        keys: impl Fn(&'p Identity) -> Vec<K>,
        standing: impl Fn(usize) -> Standing,
    ) {
        let mut known: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for index in (0..self.earlier.len()).rev().filter(|index| self.free[*index]) {
            for key in keys(&self.earlier[index]) {
                known.entry(key).or_default().push(index);
            }
        }
        for index in 0..self.later.len() {
            if self.standings[index] != Standing::New {
                continue;
            }
            let found = keys(&self.later[index]).into_iter().find_map(|key| {
                let candidates = known.get_mut(&key)?;
                // A candidate may have been taken by another of its keys.
                std::iter::from_fn(|| candidates.pop()).find(|candidate| self.free[*candidate])
            });
            if let Some(found) = found {
                self.free[found] = false;
                self.standings[index] = standing(found);
            }
        }
    }

    /// Pairs what is about whole passages and alone on both sides with its rule and its
    /// documents: shared wording that begins or ends elsewhere now.
    fn pair_lone(&mut self) {
        let mut kin: BTreeMap<_, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (index, known) in self.earlier.iter().enumerate().filter(|(at, _)| self.free[*at]) {
            if !known.whole {
                continue;
            }
            kin.entry((known.rule, &known.documents)).or_default().0.push(index);
        }
        for (index, found) in self.later.iter().enumerate() {
            if found.whole && self.standings[index] == Standing::New {
                kin.entry((found.rule, &found.documents)).or_default().1.push(index);
            }
        }
        for pair in kin.into_values() {
            if let ([known], [found]) = (pair.0.as_slice(), pair.1.as_slice()) {
                self.free[*known] = false;
                self.standings[*found] = Standing::Changed(*known);
            }
        }
    }
}

/// Parts of a text that is hashed; each is preceded by its length, so that no two
/// lists of parts give the same bytes.
#[derive(Default)]
struct Content(String);

impl Content {
    fn push(&mut self, part: &str) {
        use std::fmt::Write;

        write!(self.0, "{}:{part}", part.len()).expect("writing to a string cannot fail");
    }

    fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }
}

/// The digest of one place.
fn place(label: &Label, documents: &[Document]) -> Digest {
    let mut content = Content::default();
    content.push(&name(label, documents));
    match &label.site {
        Site::Passage(place) => {
            let source = &documents[place.doc.index()].source;
            let wording = |span: &Span| unwrapped(&source[span.range()]);
            content.push(&wording(&place.span));
            for mark in &label.marks {
                content.push(&wording(mark));
            }
        }
        Site::Line { excerpt, .. } => content.push(&unwrapped(excerpt)),
        Site::File { .. } => {}
    }
    content.digest()
}

/// What a document is called for good: its id, else its path; a file, its path.
fn name(label: &Label, documents: &[Document]) -> String {
    match &label.site {
        Site::Passage(place) => {
            let document = &documents[place.doc.index()];
            let id = document.record.as_ref().map(|record| record.id.as_str());
            id.map_or_else(|| format!("path {}", document.path), |id| format!("id {id}"))
        }
        Site::File { path } | Site::Line { path, .. } => format!("path {path}"),
    }
}

/// `text` with one blank for any white space.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Subject;
    use crate::span::DocId;
    use crate::span::Place;
    use crate::span::Position;

    const WIRE: &str = "Ruiz said 29 ships came. It rained.";
    const POST: &str = "Ruiz said 38 ships came. It poured.";

    fn documents(wire: &str, post: &str) -> [Document; 2] {
        [
            Document::unrecorded(DocId(0), "corpus/wire.txt", wire),
            Document::unrecorded(DocId(1), "corpus/post.txt", post),
        ]
    }

    /// A finding on the sentences that begin with `head` in both, with `marks` in them.
    fn finding(documents: &[Document], head: &str, marks: [&str; 2]) -> Finding {
        let label = |(document, mark): (&Document, &str)| {
            let start = document.source.find(head).unwrap();
            let end = start + document.source[start..].find('.').unwrap() + 1;
            let at = start + document.source[start..].find(mark).unwrap();
            let place = Place { doc: document.id, span: Span::new(start, end) };
            Label::passage(place, vec![Span::new(at, at + mark.len())], "")
        };
        Finding {
            rule: Rule::FigureDiffers,
            subject: Subject::Corpus,
            message: String::new(),
            labels: documents.iter().zip(marks).map(label).collect(),
            notes: Vec::new(),
            help: String::new(),
        }
    }

    fn ships(wire: &str, post: &str, marks: [&str; 2]) -> Identity {
        let documents = documents(wire, post);
        Identity::of(&finding(&documents, "Ruiz", marks), &documents)
    }

    #[test]
    fn twenty_insertions_above_leave_a_fingerprint_alone() {
        let known = ships(WIRE, POST, ["29", "38"]).fingerprint;
        let (mut wire, mut post) = (WIRE.to_owned(), POST.to_owned());
        for round in 0..20 {
            let line = format!("Line {round}: {}\n\n", "é… ".repeat(round * 7 % 11));
            let text = if round % 3 == 0 { &mut post } else { &mut wire };
            text.insert_str(0, &line);

            assert_eq!(ships(&wire, &post, ["29", "38"]).fingerprint, known, "{round}");
        }
    }

    /// One row per change of a place: both texts, what is marked, and whether the
    /// fingerprint stays.
    #[test]
    fn only_the_content_of_the_places_counts() {
        let known = ships(WIRE, POST, ["29", "38"]).fingerprint;
        let rewrapped = WIRE.replace(' ', "\r\n");
        #[rustfmt::skip]
        let cases = [
            ("no change",      WIRE,                               ["29", "38"],      true),
            ("line ends",      rewrapped.as_str(),                 ["29", "38"],      true),
            ("another value",  "Ruiz said 30 ships came.",         ["30", "38"],      false),
            ("a word",         "Ruiz said 29 boats came.",         ["29", "38"],      false),
            ("another mark",   WIRE,                               ["ships", "38"],   false),
        ];
        for (change, wire, marks, same) in cases {
            let found = ships(wire, POST, marks).fingerprint;
            assert_eq!(found == known, same, "{change}");
        }
    }

    #[test]
    fn the_order_of_places_does_not_count() {
        let documents = documents(WIRE, POST);
        let found = finding(&documents, "Ruiz", ["29", "38"]);
        let mut turned = found.clone();
        turned.labels.reverse();

        assert_eq!(Fingerprint::of(&found, &documents), Fingerprint::of(&turned, &documents));
        assert_eq!(Fingerprint::of(&found, &documents).as_str().len(), DIGITS);
    }

    #[test]
    fn files_and_lines_are_told_apart_by_path_and_text() {
        let of = |label: Label| {
            let found =
                Finding { labels: vec![label], ..finding(&documents(WIRE, POST), "It", ["", ""]) };
            Fingerprint::of(&found, &[])
        };
        let at =
            |line, text: &str| Label::line("manifests/a.toml", Position { line, column: 1 }, text);

        let lacks = |message: &str| {
            let labels = vec![at(1, "schema = 1")];
            let base = finding(&documents(WIRE, POST), "It", ["", ""]);
            Fingerprint::of(&Finding { labels, message: message.to_owned(), ..base }, &[])
        };

        assert_ne!(lacks("no outlet"), lacks("no title"));
        assert_eq!(of(at(3, "id = 1")), of(at(9, " id = 1")));
        assert_ne!(of(at(3, "id = 1")), of(at(3, "id = 2")));
        assert_ne!(of(Label::file("a", "")), of(Label::file("b", "")));
    }

    /// One row per pair of runs: what was found, what is found now, what each of
    /// these is, and how many are fixed.
    #[test]
    fn tells_new_changed_unchanged_and_fixed() {
        let one = || ships(WIRE, POST, ["29", "38"]);
        let value = || ships("Ruiz said 30 ships came.", POST, ["30", "38"]);
        let both = || ships("Ruiz saw 30 ships.", "Ruiz saw 31 ships.", ["30", "31"]);
        let other = || {
            let documents = documents(WIRE, POST);
            Identity {
                rule: Rule::DateDiffers,
                ..Identity::of(&finding(&documents, "It", ["rained", "poured"]), &documents)
            }
        };
        let shared = |identity| Identity { whole: true, ..identity };
        #[rustfmt::skip]
        let cases = [
            (vec![],               vec![one()],          vec![Standing::New],                             0),
            (vec![one()],          vec![],               vec![],                                          1),
            (vec![one()],          vec![one(), one()],   vec![Standing::Unchanged(0), Standing::New],     0),
            (vec![one()],          vec![value()],        vec![Standing::Changed(0)],                      0),
            (vec![one()],          vec![both()],         vec![Standing::New],                             1),
            (vec![shared(one())],  vec![shared(both())], vec![Standing::Changed(0)],                      0),
            (vec![one()],          vec![other()],        vec![Standing::New],                             1),
            (vec![other(), one()], vec![one(), other()], vec![Standing::Unchanged(1), Standing::Unchanged(0)], 0),
        ];
        for (index, (earlier, later, standings, fixed)) in cases.into_iter().enumerate() {
            let told = classify(&earlier, &later);
            assert_eq!((told.later, told.fixed.len()), (standings, fixed), "row {index}");
        }
    }
}
