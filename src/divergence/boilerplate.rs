//! Boilerplate: wording that texts carry whatever they are about.
//!
//! A line of boilerplate is listed by the newsroom, or the corpus shows it: a whole
//! sentence that several texts have, that is short and a small part of them, that
//! stands at their edge or in texts about different things, and whose carriers
//! otherwise have little wording in common. A wire story fails the last point, being
//! a long run of such sentences, and its carriers are about one thing.
//!
//! In:  all texts, and the wording that the newsroom lists.
//! Out: [`Boilerplate`], the places to be left out of comparisons.
//! Not here: stock phrases inside a sentence (`divergence::stock`).

#[cfg(test)]
mod made_tests;
mod repeated;
mod rest;

use crate::align::span;
use crate::divergence::Material;
use crate::divergence::cluster::clusters;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use crate::text::Form;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;

/// Words in a row by which listed wording is recognised; a shorter line must match whole.
const LISTED_WORDS_MIN: usize = 8;

/// Words by which the places of listed wording are looked up.
const LOOKUP_WORDS: usize = 3;

/// Why wording is boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The newsroom lists it.
    Listed,
    /// The corpus shows it.
    Repeated,
}

/// Where a line stands, in the order of documents and positions.
type Places = Vec<(DocId, Range<u32>)>;

/// One line of boilerplate, with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Why it is boilerplate.
    pub basis: Basis,
    /// Where it stands, in the order of documents and positions.
    pub places: Vec<Place>,
}

/// Where the documents carry boilerplate.
#[derive(Clone, Debug, Default)]
pub struct Boilerplate {
    /// Tokens of each document, in order and apart.
    covered: Vec<Vec<Range<u32>>>,
    /// The lines of boilerplate, in the order of their first places.
    pub lines: Vec<Line>,
}

impl Boilerplate {
    /// The boilerplate of `texts`, with what the newsroom has `listed`.
    pub(crate) fn find(texts: &[Text], listed: &[String]) -> Self {
        let mut lines: Vec<(Basis, Places)> = Vec::new();
        let listed = by_line(texts, listed);
        lines.extend(listed.into_iter().map(|places| (Basis::Listed, places)));
        let repeated = repeated::lines(texts);
        lines.extend(repeated.into_iter().map(|places| (Basis::Repeated, places)));
        let mut covered: Vec<Vec<Range<u32>>> = vec![Vec::new(); texts.len()];
        for (doc, tokens) in lines.iter().flat_map(|(_, places)| places) {
            covered[doc.index()].push(tokens.clone());
        }
        let covered = covered.into_iter().map(joined).collect();
        let line = |(basis, places): (Basis, Places)| {
            let place = |(doc, tokens): (DocId, Range<u32>)| Place {
                doc,
                span: span(&texts[doc.index()], &tokens),
            };
            Line { basis, places: places.into_iter().map(place).collect() }
        };
        let mut lines: Vec<Line> = lines.into_iter().map(line).collect();
        lines.sort_by(|left, right| (&left.places, left.basis).cmp(&(&right.places, right.basis)));
        Self { covered, lines }
    }

    /// Whether a token of a document is part of boilerplate.
    pub fn covers(&self, doc: DocId, token: u32) -> bool {
        let ranges = &self.covered[doc.index()];
        let before = ranges.partition_point(|range| range.start <= token);
        before.checked_sub(1).is_some_and(|index| token < ranges[index].end)
    }

    /// A finding for each line, to be shown on request.
    pub(crate) fn findings(&self, material: &Material) -> Vec<Finding> {
        self.lines.iter().map(|line| finding(material, line)).collect()
    }

    /// How many tokens of a document are part of boilerplate.
    pub(crate) fn words(&self, doc: DocId) -> usize {
        self.covered[doc.index()].iter().map(ExactSizeIterator::len).sum()
    }
}

fn finding(material: &Material, line: &Line) -> Finding {
    let docs: BTreeSet<DocId> = line.places.iter().map(|place| place.doc).collect();
    let texts = if docs.len() == 1 { "1 text".to_owned() } else { format!("{} texts", docs.len()) };
    let how = match line.basis {
        Basis::Listed => "carry listed boilerplate",
        Basis::Repeated => "carry the same boilerplate",
    };
    let how = if docs.len() == 1 { how.replacen("carry", "carries", 1) } else { how.to_owned() };
    let label = |place: &Place| Label::passage(*place, Vec::new(), material.caption(place.doc));
    Finding {
        rule: Rule::Boilerplate,
        subject: material.subject(docs.iter().copied()),
        message: format!("{texts} {how}"),
        labels: line.places.iter().map(label).collect(),
        notes: Vec::new(),
        help: match line.basis {
            Basis::Listed => "it is left out of comparisons: see `[reuse]` in provenance.toml",
            Basis::Repeated => "it is left out of comparisons; list it under `[reuse]` to be sure",
        }
        .to_owned(),
    }
}

/// Ranges in order, those that overlap or touch as one.
fn joined(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The places of each listed wording that any text has; spellings of one line that
/// fold to the same words are one.
fn by_line(texts: &[Text], listed: &[String]) -> Vec<Places> {
    let forms = |line: &String| {
        let text = Text::read(DocId(0), line);
        text.tokens.iter().map(|token| token.form).collect::<Vec<Form>>()
    };
    let mut lines: Vec<Vec<Form>> = listed.iter().map(forms).collect();
    lines.sort();
    lines.dedup();
    lines.retain(|line| !line.is_empty());
    let mut starts: HashMap<&[Form], Vec<(usize, usize)>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        for (at, words) in line.windows(LOOKUP_WORDS.min(line.len())).enumerate() {
            starts.entry(words).or_default().push((index, at));
        }
    }
    if lines.is_empty() {
        return Vec::new();
    }
    let found: Vec<Vec<(usize, Range<u32>)>> =
        texts.par_iter().map(|text| listed_in(text, &lines, &starts)).collect();
    let mut places: BTreeMap<usize, Places> = BTreeMap::new();
    for (text, found) in texts.iter().zip(found) {
        for (line, tokens) in found {
            places.entry(line).or_default().push((text.doc, tokens));
        }
    }
    places.into_values().collect()
}

/// Where a text has a listed line, or a long part of it.
fn listed_in(
    text: &Text,
    lines: &[Vec<Form>],
    starts: &HashMap<&[Form], Vec<(usize, usize)>>,
) -> Vec<(usize, Range<u32>)> {
    let words: Vec<Form> = text.tokens.iter().map(|token| token.form).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let lengths = 1..=LOOKUP_WORDS.min(words.len() - at);
        let known = lengths.filter_map(|length| starts.get(&words[at..at + length])).flatten();
        let longest = known
            .filter_map(|(line, from)| {
                let listed = &lines[*line][*from..];
                let same = words[at..].iter().zip(listed).take_while(|(a, b)| a == b).count();
                (same >= LISTED_WORDS_MIN.min(lines[*line].len())).then_some((same, *line))
            })
            .max_by_key(|(same, line)| (*same, std::cmp::Reverse(*line)));
        match longest {
            Some((same, line)) => {
                found.push((line, token(at)..token(at + same)));
                at += same;
            }
            None => at += 1,
        }
    }
    found
}

fn token(index: usize) -> u32 {
    u32::try_from(index).expect("documents are under 4 GiB")
}

/// Groups of lines that stand beside each other: indices, singletons included.
fn beside(count: usize, links: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut groups = clusters(count, links);
    let mut alone = vec![true; count];
    groups.iter().flatten().for_each(|index| alone[*index] = false);
    groups.extend((0..count).filter(|index| alone[*index]).map(|index| vec![index]));
    groups.sort();
    groups
}
