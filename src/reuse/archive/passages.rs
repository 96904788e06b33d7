//! From the documents of an archive to the passages that they share.
//!
//! In:  documents, read.
//! Out: [`SharedPassage`]s, each in two documents.
//! Not here: which passages belong together (`cluster`).

use super::Document;
use super::census::Census;
use super::compare::Evidence;
use super::compare::Seed;
use super::compare::Shared;
use super::compare::compare;
use super::evidence::Archival;
use super::evidence::Wire;
use super::frequency::Frequencies;
use super::join::Channel;
use super::join::Postings;
use super::join::SharedShingle;
use super::layout::Layout;
use super::layout::TooManyWords;
use crate::span::DocId;
use crate::span::Place;
use rayon::prelude::*;
use std::ops::Range;

/// A passage that two documents share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SharedPassage {
    /// In the document whose name comes first.
    pub left: Place,
    /// In the other one.
    pub right: Place,
    /// Words that both have: a lower bound.
    pub words: u32,
    /// Whether so many documents carry it that each was compared with the first only.
    pub wire: bool,
}

/// A shingle of more documents than this is common: boilerplate, a stock phrase or a
/// wire story. In a smaller archive it is one document in a hundred.
const CAP_MAX: u8 = 24;
const CAP_MIN: u8 = 8;
const CAP_SHARE: u32 = 100;

/// Words that two documents of one wire story share: boilerplate shares fewer.
const WIRE_WORDS_MIN: u32 = 100;

/// Documents that share the same part of a wire story with its first carrier: so many
/// do not have the same blocks of boilerplate in the same order.
const CARRIERS_MIN: usize = 8;

/// Seeds that are held at a time: one for so many words, and some for small archives.
const WORDS_PER_SEED: u64 = 8;
const SEEDS_MIN: u64 = 1 << 20;

/// The passages that any two of `documents` share, by the names of the documents and
/// the places in them.
///
/// The result is the same for any order of the documents, if no two have one name, and
/// for any number of threads. Pairs of documents are found through their shingles, so
/// that time grows with the words and with what is shared. A passage of more than 24
/// documents (in archives of under 2,400: more than one in a hundred, and more than 8)
/// is boilerplate and left out, unless it is long enough for a wire story; then its
/// first carrier is paired with each other one. Memory: some 5 bytes a word are held
/// by the documents, and at most 13 more a word are needed for a while.
///
/// ```
/// use provenance::reuse::archive::{Document, passages};
///
/// let quotation = "We will not sell the old harbour to anybody, said the mayor of the \
///                  town, because our children shall still learn to sail there.";
/// let documents = [
///     Document::read("a.txt".to_owned(), &format!("Council meets. {quotation} Rain fell.")),
///     Document::read("b.txt".to_owned(), &format!("It was cold on Monday. {quotation}")),
/// ];
///
/// let found = passages(&documents)?;
///
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].left.span.start(), "Council meets. ".len());
/// # Ok::<(), provenance::reuse::archive::TooManyWords>(())
/// ```
///
/// # Errors
/// When the documents have more than 2³² words together.
pub fn passages(documents: &[Document]) -> Result<Vec<SharedPassage>, TooManyWords> {
    let layout = Layout::new(documents)?;
    let cap = u8::try_from(layout.count() / CAP_SHARE).unwrap_or(CAP_MAX).clamp(CAP_MIN, CAP_MAX);
    let census = Census::new(&layout, cap);
    let frequencies = Frequencies::new(&layout);
    let archival = Archival { census: &census, frequencies: &frequencies };
    let mut found = Vec::new();
    let [pairs, stars] = Postings::of(&layout, &archival);
    each_pair(&layout, &pairs, &archival, &mut found);
    drop(pairs);
    each_pair(&layout, &stars, &Wire { frequencies: &frequencies }, &mut found);
    Ok(placed(&layout, found))
}

/// A passage of two documents, by rank.
struct Found {
    ranks: (u32, u32),
    shared: Shared,
    wire: bool,
}

/// Compares every two documents that share a shingle.
fn each_pair<E: Evidence + Sync>(
    layout: &Layout,
    postings: &Postings,
    evidence: &E,
    found: &mut Vec<Found>,
) {
    let ends: Vec<u32> = layout.blocks().iter().map(|block| layout.start(block.end)).collect();
    let counts = postings.count_seeds(layout, &ends);
    let limit = u64::from(layout.total_words()) / WORDS_PER_SEED + SEEDS_MIN;
    let comparison = Comparison { layout, evidence, channel: postings.channel() };
    let mut first = 0;
    while first < counts.len() {
        let mut last = first + 1;
        let mut held = counts[first];
        while last < counts.len() && held + counts[last] <= limit {
            held += counts[last];
            last += 1;
        }
        let seeds = postings.seeds(layout, &ends, &(first..last));
        let compared: Vec<Vec<Found>> = (first..last)
            .into_par_iter()
            .map(|block| {
                let shingles = seeds.iter().flat_map(|part| part.part(block)).copied().collect();
                comparison.block(shingles)
            })
            .collect();
        found.extend(compared.into_iter().flatten());
        first = last;
    }
}

/// How the documents of one channel are compared.
struct Comparison<'a, E> {
    layout: &'a Layout<'a>,
    evidence: &'a E,
    channel: Channel,
}

impl<E: Evidence> Comparison<'_, E> {
    /// Compares the documents of one block with those they share a shingle with.
    fn block(&self, mut shingles: Vec<SharedShingle>) -> Vec<Found> {
        let mut found = Vec::new();
        shingles.sort_unstable();
        let mut rest = &mut shingles[..];
        while let Some(first) = rest.first() {
            let rank = self.layout.rank_at(first.left);
            let end = self.layout.start(rank + 1);
            let of_left = rest.partition_point(|shingle| shingle.left < end);
            let (document, others) = rest.split_at_mut(of_left);
            rest = others;
            document.sort_unstable_by_key(|shingle| (shingle.right, shingle.left));
            found.extend(self.document(rank, document));
        }
        found
    }

    /// Compares one document with others; `shingles` are in the order of these.
    fn document(&self, left: u32, shingles: &[SharedShingle]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut rest = shingles;
        while let Some(first) = rest.first() {
            let right = self.layout.rank_at(first.right);
            let end = self.layout.start(right + 1);
            let (pair, others) = rest.split_at(rest.partition_point(|one| one.right < end));
            rest = others;
            self.pair((left, right), pair, &mut found);
        }
        match self.channel {
            Channel::Pairs => found,
            Channel::Stars => widely_carried(found),
        }
    }

    /// Compares two documents.
    fn pair(&self, ranks: (u32, u32), shingles: &[SharedShingle], found: &mut Vec<Found>) {
        let layout = self.layout;
        let (left, right) = (layout.start(ranks.0), layout.start(ranks.1));
        let seed = |one: &SharedShingle| Seed { left: one.left - left, right: one.right - right };
        let mut seeds: Vec<Seed> = shingles.iter().map(seed).collect();
        seeds.sort_unstable();
        let passages = compare(layout.words(ranks.0), layout.words(ranks.1), &seeds, self.evidence);
        let wire = self.channel == Channel::Stars;
        let words: u32 = passages.iter().map(|shared| shared.words).sum();
        if !wire || words >= WIRE_WORDS_MIN {
            found.extend(passages.into_iter().map(|shared| Found { ranks, shared, wire }));
        }
    }
}

/// Leaves of the passages of one left document those that enough others overlap.
fn widely_carried(mut passages: Vec<Found>) -> Vec<Found> {
    let mut starts: Vec<u32> = passages.iter().map(|found| found.shared.left.start).collect();
    let mut ends: Vec<u32> = passages.iter().map(|found| found.shared.left.end).collect();
    starts.sort_unstable();
    ends.sort_unstable();
    passages.retain(|found| {
        let middle = found.shared.left.start.midpoint(found.shared.left.end);
        let begun = starts.partition_point(|start| *start <= middle);
        let over = ends.partition_point(|end| *end <= middle);
        begun - over >= CARRIERS_MIN
    });
    passages
}

/// The places of the passages, in order, each once.
fn placed(layout: &Layout, mut found: Vec<Found>) -> Vec<SharedPassage> {
    found.sort_unstable_by_key(|f| {
        let Shared { left, right, .. } = &f.shared;
        (f.ranks, left.start, std::cmp::Reverse(left.end), right.start, right.end, f.wire)
    });
    let found = without_contained(found);
    let spans = |side: fn(&Found) -> (u32, Range<u32>)| {
        let mut by_rank: Vec<(u32, usize)> =
            found.iter().enumerate().map(|(index, f)| (side(f).0, index)).collect();
        by_rank.sort_unstable();
        let groups: Vec<&[(u32, usize)]> = by_rank.chunk_by(|a, b| a.0 == b.0).collect();
        let mut spans: Vec<(usize, Place)> = groups
            .par_iter()
            .flat_map_iter(|group| {
                let rank = group[0].0;
                let ranges: Vec<Range<u32>> =
                    group.iter().map(|(_, index)| side(&found[*index]).1).collect();
                let doc = DocId(layout.index(rank));
                let spans = layout.document(rank).words().cover(&ranges);
                let places = spans.into_iter().map(move |span| Place { doc, span });
                group.iter().map(|(_, index)| *index).zip(places).collect::<Vec<_>>()
            })
            .collect();
        spans.sort_unstable_by_key(|(index, _)| *index);
        spans
    };
    let left = spans(|f| (f.ranks.0, f.shared.left.clone()));
    let right = spans(|f| (f.ranks.1, f.shared.right.clone()));
    let both = left.into_iter().zip(right).zip(&found);
    both.map(|(((_, left), (_, right)), f)| SharedPassage {
        left,
        right,
        words: f.shared.words,
        wire: f.wire,
    })
    .collect()
}

/// Leaves out what another passage of the same documents holds on both sides, and
/// joins what overlaps on both.
fn without_contained(found: Vec<Found>) -> Vec<Found> {
    let overlap =
        |one: &Range<u32>, other: &Range<u32>| one.start < other.end && other.start < one.end;
    let cover = |one: &mut Range<u32>, other: &Range<u32>| {
        one.start = one.start.min(other.start);
        one.end = one.end.max(other.end);
    };
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        let known = kept.last_mut().filter(|known| {
            known.ranks == next.ranks
                && overlap(&known.shared.left, &next.shared.left)
                && overlap(&known.shared.right, &next.shared.right)
        });
        if let Some(known) = known {
            cover(&mut known.shared.left, &next.shared.left);
            cover(&mut known.shared.right, &next.shared.right);
            known.shared.words = known.shared.words.max(next.shared.words);
            known.wire |= next.wire;
        } else {
            kept.push(next);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[String]) -> Vec<Document> {
        let numbered = texts.iter().enumerate();
        numbered.map(|(number, text)| Document::read(format!("{number:06}"), text)).collect()
    }

    /// Words that no other call with another number gives.
    fn prose(number: usize, words: usize) -> String {
        let words = (0..words).map(|word| format!("w{number}x{word}"));
        words.collect::<Vec<_>>().join(" ") + " "
    }

    /// What was found, as document and wording on the left, and the right document.
    fn found(texts: &[String]) -> Vec<(usize, String, usize)> {
        let passages = passages(&read(texts)).unwrap();
        let text = |place: Place| texts[place.doc.index()][place.span.range()].trim().to_owned();
        let rows = passages.iter();
        rows.map(|p| (p.left.doc.index(), text(p.left), p.right.doc.index())).collect()
    }

    #[test]
    fn a_quoted_sentence_is_found_and_a_name_is_not() {
        let sentence = prose(0, 12).trim().to_owned();
        let name = prose(1, 6);
        let texts = [
            format!("{} {sentence} {} {name}", prose(2, 300), prose(3, 300)),
            format!("{name} {} {sentence} {}", prose(4, 300), prose(5, 200)),
        ];

        assert_eq!(found(&texts), [(0, sentence, 1)]);
    }

    #[test]
    fn a_quotation_in_many_documents_is_found_and_a_name_in_them_is_not() {
        let (quotation, name) = (prose(0, 16).trim().to_owned(), prose(1, 8));
        let texts: Vec<String> = (0..1_200)
            .map(|number| {
                let shared = match number {
                    0..12 => &quotation,
                    12..24 => &name,
                    _ => "",
                };
                format!("{} {shared} {}", prose(2 * number + 2, 30), prose(2 * number + 3, 30))
            })
            .collect();

        let found = found(&texts);

        assert_eq!(found.len(), 12 * 11 / 2);
        assert!(found.iter().all(|(_, text, _)| *text == quotation));
    }

    #[test]
    fn boilerplate_is_left_out_and_a_wire_story_is_not() {
        let (footer, wire) = (prose(0, 40), prose(1, 250));
        let texts: Vec<String> = (0..100)
            .map(|number| {
                let own = prose(number + 2, 200);
                let story = if number % 4 == 1 { &wire } else { "" };
                format!("{own} {story} {own}{number} {footer}")
            })
            .collect();

        let found = found(&texts);

        assert_eq!(found.len(), 24);
        assert!(found.iter().all(|(left, text, _)| *left == 1 && *text == wire.trim()));
    }

    #[test]
    fn the_order_of_documents_does_not_matter() {
        let shared = prose(0, 60);
        let texts: Vec<String> = (1..8)
            .map(|number| {
                format!("{} {} {}", prose(number, 90), &shared[number * 3..], prose(number, 50))
            })
            .collect();
        let mut documents = read(&texts);
        let named = |documents: &[Document]| -> Vec<_> {
            let name = |place: Place| (documents[place.doc.index()].name().to_owned(), place.span);
            passages(documents)
                .unwrap()
                .iter()
                .map(|p| (name(p.left), name(p.right), p.words))
                .collect()
        };
        let expected = named(&documents);
        documents.reverse();

        assert!(!expected.is_empty());
        assert_eq!(named(&documents), expected);
    }

    #[test]
    fn hostile_archives_take_no_quadratic_time() {
        let paragraph = prose(0, 60) + "\n";
        #[rustfmt::skip]
        let archives: [(&str, Vec<String>); 6] = [
            ("no document",        vec![]),
            ("nothing in them",    vec![String::new(); 1_000]),
            ("one word",           vec!["ha ".repeat(2_000); 300]),
            ("one paragraph",      vec![paragraph.repeat(5_000), paragraph.repeat(5_000)]),
            ("one line",           vec![prose(0, 200_000), prose(0, 200_000)]),
            ("one document",       vec![prose(0, 400); 3_000]),
        ];
        for (what, texts) in archives {
            let count = passages(&read(&texts)).unwrap().len();
            let expected = match what {
                "one line" => count == 1,
                "one paragraph" => count >= 1,
                // The first is paired with each other one.
                "one document" => count == 2_999,
                _ => count == 0,
            };
            assert!(expected, "{what}: {count}");
        }
    }
}
