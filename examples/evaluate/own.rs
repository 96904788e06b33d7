//! The demonstration corpus, whose `README.md` lists what was planted in it.
//!
//! In:  the root of this repository.
//! Out: a table: what of each kind was found, and what was said beside it.

use provenance::Analysis;
use provenance::analyse;
use provenance::corpus::Document;
use provenance::finding::Finding;
use provenance::finding::Site;
use provenance::policy::Policy;
use provenance::span::DocId;
use provenance::span::Place;
use provenance::span::Span;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Percent of the shorter passage that an alignment covers on both sides.
const COPIED_PERCENT_MIN: usize = 80;

/// Percent for a paraphrase, of the shorter of what is planted and what is shown: what is
/// shown are the clauses that carry what is shared, which may be fewer.
const PARAPHRASE_PERCENT_MIN: usize = 50;

/// One numbered entry of the list, such as `A` 3: the places it names.
struct Planted {
    section: char,
    number: usize,
    places: Vec<Place>,
}

impl Planted {
    fn is(&self, section: char, numbers: &[usize]) -> bool {
        self.section == section && numbers.contains(&self.number)
    }

    /// The first place with each of the others: the first is the source.
    fn pairs(&self) -> impl Iterator<Item = (Place, Place)> {
        let first = self.places[0];
        self.places[1..].iter().map(move |other| (first, *other))
    }
}

/// The table.
pub(crate) fn table(root: &Path) -> Result<String, Box<dyn Error>> {
    let mut documents = Vec::new();
    let mut names: Vec<_> = fs::read_dir(root.join("corpus/accords"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    names.sort();
    names.push(root.join("drafts/weekend-explainer.md"));
    for (id, path) in (0..).map(DocId).zip(&names) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut document = Document::unrecorded(id, name, fs::read_to_string(path)?);
        document.draft = path.extension().is_some_and(|extension| extension == "md");
        documents.push(document);
    }
    let planted = planted(&fs::read_to_string(root.join("corpus/README.md"))?, &documents)?;
    let policy = Policy::parse(&fs::read_to_string(root.join("provenance.toml"))?)?;
    let corpus = analyse(&documents[..documents.len() - 1], &policy);
    let draft = analyse(&documents, &policy);
    Ok(rows(&planted, &corpus, &draft) + &framing_rows(&planted, &corpus, &draft))
}

fn rows(planted: &[Planted], corpus: &Analysis, draft: &Analysis) -> String {
    let sources: Vec<usize> = (1..=10).collect();
    let paraphrases: Vec<usize> = (18..=25).collect();
    let pairs = |section: char, numbers: &[usize]| -> Vec<(Place, Place)> {
        let entries = planted.iter().filter(|entry| entry.is(section, numbers));
        entries.flat_map(Planted::pairs).collect()
    };
    let aligned = |pairs: &[(Place, Place)], copied: bool| {
        let wording =
            corpus.alignments.iter().filter(|found| found.is_copied() || !copied && found.reported);
        let paraphrases = corpus.paraphrases.iter().filter(|found| !copied && found.is_reported());
        let sides: Vec<[Place; 2]> = (wording.map(|found| [found.left, found.right]))
            .chain(paraphrases.map(|found| [found.left, found.right]))
            .collect();
        let is_hit = if copied { covers } else { meets };
        let found = |pair: &&(Place, Place)| sides.iter().any(|sides| is_hit(*sides, **pair));
        format!("{} of {}", pairs.iter().filter(found).count(), pairs.len())
    };
    let told = |pairs: &[(Place, Place)], analysis: &Analysis, codes: &str| {
        let found = |pair: &&(Place, Place)| {
            coded(analysis, codes).any(|f| shows(f, pair.0) && shows(f, pair.1))
        };
        format!("{} of {}", pairs.iter().filter(found).count(), pairs.len())
    };
    let beside = |analysis: &Analysis, codes: &str| {
        let known = |finding: &&Finding| {
            planted.iter().any(|entry| {
                entry.section != 'C'
                    && entry.places.iter().filter(|place| shows(finding, **place)).count() > 1
            })
        };
        coded(analysis, codes).filter(|finding| !known(finding)).count().to_string()
    };
    let figures: Vec<usize> = (1..=8).collect();
    let mut table = String::new();
    let mut row = |what: &str, value: String| {
        let _ = writeln!(table, "{what:52} {value}");
    };
    row("copied passages aligned", aligned(&pairs('A', &sources), true));
    row("paraphrases aligned", aligned(&pairs('B', &paraphrases), false));
    let is_missed = |number: &&usize| {
        let all = pairs('B', &[**number]);
        aligned(&all, false) != format!("{} of {}", all.len(), all.len())
    };
    let missed = paraphrases.iter().filter(is_missed).map(|number| format!("B{number}"));
    row("  but not all of", missed.collect::<Vec<_>>().join(", "));
    row("figures and dates that differ, corpus", told(&pairs('A', &figures), corpus, "PV3"));
    row("figures and dates that differ, draft", told(&pairs('D', &[1, 2, 3]), draft, "PV3"));
    row("altered quotations, draft", told(&pairs('D', &[4]), draft, "PV4"));
    row("figure and date findings on nothing planted, corpus", beside(corpus, "PV3"));
    row("figure and date findings on nothing planted, draft", beside(draft, "PV3"));
    row("quotation findings on nothing planted", beside(corpus, "PV40"));
    row("reuse findings on nothing planted", beside(corpus, "PV20"));
    table
}

/// What of framing was found: each entry by the rule that must show one of its places.
fn framing_rows(planted: &[Planted], corpus: &Analysis, draft: &Analysis) -> String {
    let entry = |section: char, number: usize| {
        planted
            .iter()
            .find(|entry| entry.is(section, &[number]))
            .map_or(&[][..], |entry| &entry.places)
    };
    let framed = |analysis: &Analysis, entries: &[(char, usize, &str)]| {
        let found = |(section, number, code): &&(char, usize, &str)| {
            let places = entry(*section, *number);
            coded(analysis, code).any(|f| places.iter().any(|place| shows(f, *place)))
        };
        format!("{} of {}", entries.iter().filter(found).count(), entries.len())
    };
    let beside = |analysis: &Analysis| {
        let known = |finding: &&Finding| {
            planted.iter().any(|entry| entry.places.iter().any(|place| shows(finding, *place)))
        };
        coded(analysis, "PV42").filter(|finding| !known(finding)).count().to_string()
    };
    let rows = [
        ("headline and status, corpus", framed(corpus, &[('B', 6, "PV427"), ('B', 7, "PV425")])),
        ("certainty raised, draft", framed(draft, &[('D', 7, "PV425")])),
        ("attribution lost, draft", framed(draft, &[('D', 5, "PV420"), ('D', 6, "PV422")])),
        ("residue of chatbots, draft", framed(draft, &[('D', 13, "PV424"), ('D', 14, "PV424")])),
        (
            "no speaker, and omission, draft",
            framed(draft, &[('D', 15, "PV407"), ('D', 17, "PV432")]),
        ),
        ("framing findings on nothing planted, corpus", beside(corpus)),
        ("framing findings on nothing planted, draft", beside(draft)),
    ];
    let mut table = String::new();
    for (what, value) in rows {
        let _ = writeln!(table, "{what:52} {value}");
    }
    table
}

/// Findings whose code begins with `codes`.
fn coded<'a>(analysis: &'a Analysis, codes: &'a str) -> impl Iterator<Item = &'a Finding> {
    analysis.findings.iter().filter(move |finding| finding.rule.info().code.starts_with(codes))
}

/// Whether a finding shows a place, or part of it.
fn shows(finding: &Finding, place: Place) -> bool {
    finding.labels.iter().any(|label| match label.site {
        Site::Passage(shown) => shown.doc == place.doc && shown.span.overlaps(place.span),
        _ => false,
    })
}

/// Whether aligned passages cover enough of two places, by the length of the shorter one.
fn covers(sides: [Place; 2], (one, other): (Place, Place)) -> bool {
    let shorter = one.span.len().min(other.span.len());
    let holds = |whole, part| 100 * common(whole, part) >= COPIED_PERCENT_MIN * shorter;
    either_way(sides, [one, other], &holds)
}

/// Whether a paraphrase is the planted one: half of the shorter span on either side.
fn meets(sides: [Place; 2], (one, other): (Place, Place)) -> bool {
    let meets = |shown: Place, planted: Place| {
        let shorter = shown.span.len().min(planted.span.len());
        100 * common(shown, planted) >= PARAPHRASE_PERCENT_MIN * shorter.max(1)
    };
    either_way(sides, [one, other], &meets)
}

fn either_way(
    [left, right]: [Place; 2],
    [one, other]: [Place; 2],
    fits: &dyn Fn(Place, Place) -> bool,
) -> bool {
    (fits(left, one) && fits(right, other)) || (fits(right, one) && fits(left, other))
}

/// Bytes that two places share.
fn common(one: Place, other: Place) -> usize {
    let end = one.span.end().min(other.span.end());
    let common = end.saturating_sub(one.span.start().max(other.span.start()));
    if one.doc == other.doc { common } else { 0 }
}

/// The entries of the list that name a place.
fn planted(readme: &str, documents: &[Document]) -> Result<Vec<Planted>, Box<dyn Error>> {
    let mut planted: Vec<Planted> = Vec::new();
    let mut section = ' ';
    for line in readme.lines() {
        if let Some(rest) = line.strip_prefix("### ") {
            section = rest.chars().next().unwrap_or(' ');
        } else if let Some((number, _)) = line.split_once(". ")
            && let Ok(number) = number.parse()
        {
            planted.push(Planted { section, number, places: Vec::new() });
        } else if let Some((name, words)) =
            line.strip_prefix("    - `").and_then(|row| row.split_once("`: "))
            && let Some(entry) = planted.last_mut()
        {
            let document = documents.iter().find(|document| document.path == name);
            let document = document.ok_or_else(|| format!("no document {name}"))?;
            let start = document.source.find(words);
            let start = start.ok_or_else(|| format!("{name} does not say: {words}"))?;
            let span = Span::new(start, start + words.len());
            entry.places.push(Place { doc: document.id, span });
        }
    }
    planted.retain(|entry| !entry.places.is_empty());
    Ok(planted)
}
