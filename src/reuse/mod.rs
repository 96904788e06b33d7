//! Shared wording: which passage of one text answers to which of another.
//!
//! Seed, extend and filter, as in the PAN text-alignment task (Potthast et al.,
//! "Overview of the 5th International Competition on Plagiarism Detection", CLEF
//! 2013, section 3), but by likelihood throughout: every step asks how much more
//! likely the words of two stretches are if one was made from the other (`bag`).
//! So one measure, evidence in nats, finds verbatim, edited, reordered and
//! translated passages, sets their borders, and says which are worth reporting; a
//! clause of rare words passes where a paragraph of stock phrases does not. What is
//! on the subject of neighbouring texts counts less. Runs of the same words that are
//! too short for that are kept apart as clauses (`clause`).
//! `docs/evaluation.md` compares it with published systems.
//!
//! In:  the tokens of all texts.
//! Out: [`Chain`]s, in token positions, in the order of documents and positions.
//! Not here: what a chain is called and how it is shown (`align`).

pub mod archive;

mod background;
mod bag;
mod borders;
mod clause;
mod index;
mod join;
mod order;
mod plane;
mod scan;
mod search;
mod stem;
mod summary;

pub(crate) use stem::stem;

use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use index::Index;
use plane::LEFT;
use plane::Plane;
use plane::RIGHT;
use plane::Stems;
use plane::Stretch;
use rayon::prelude::*;
use search::Rectangle;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// A passage that stands in two texts, in whatever words.
///
/// Invariant: both ranges are non-empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The document with the lower number.
    pub left_doc: DocId,
    /// The other one, or the same one: then the left passage comes first.
    pub right_doc: DocId,
    /// Token positions in the left text.
    pub left: Range<u32>,
    /// Token positions in the right text.
    pub right: Range<u32>,
    /// How much more likely the words of both sides are under reuse, in nats.
    pub evidence: f32,
    /// How the two sides relate.
    pub shape: Shape,
}

/// How the two sides of a chain relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// One passage answers to one passage.
    Passage,
    /// As `Passage`, but another passage of the same two texts explains one side
    /// better: the wording repeats itself.
    Echo,
    /// The shorter side sums up the longer one, which is a whole text.
    Summary,
    /// A run of the same words in the same order, too short to be a passage by the
    /// evidence of its words alone. Carries no evidence.
    Clause,
    /// A clause inside a passage, an echo or a summary: what of it stands in order.
    Part,
}

/// The chains of all pairs of `texts`, and of each text with itself.
///
/// ```
/// use provenance::reuse::Shape;
/// use provenance::reuse::chains;
/// use provenance::span::DocId;
/// use provenance::text::Text;
///
/// let wire = "Harbour pilots rejected the ministry's pension offer late on Monday, union leaders said.";
/// let post = "Nobody was hurt. Late on Monday harbour pilots rejected the pension offer of the ministry.";
/// let chains = chains(&[Text::read(DocId(0), wire), Text::read(DocId(1), post)]);
///
/// assert_eq!(chains[0].shape, Shape::Passage);
/// assert_eq!(chains[0].right.len(), 12);
/// ```
///
/// What to compare is found through an index, never by comparing every text with every
/// other. The result is the same in whatever order the texts come; texts with the same
/// source may stand for each other.
pub fn chains(texts: &[Text]) -> Vec<Chain> {
    let mut ranked: Vec<&Text> = texts.iter().collect();
    ranked.sort_by_key(|text| (Reverse(text.tokens.len()), text.source));
    let stems: Vec<Stems> = ranked.par_iter().map(|text| Stems::of(text)).collect();
    let index = Index::new(&stems);
    let mut chains: Vec<Chain> = index
        .pairs
        .par_iter()
        .flat_map_iter(|pair| {
            let topic = index.topic(pair.texts);
            let topic: Vec<&Stems> = topic.iter().map(|text| &stems[*text as usize]).collect();
            let docs = pair.texts.map(|text| ranked[text as usize].doc);
            between(docs, pair.texts.map(|text| &stems[text as usize]), &pair.regions, &topic)
        })
        .collect();
    sort(&mut chains);
    chains
}

/// The chains of `texts` in and around `places`, each in two of them.
///
/// For who knows already where texts share wording, and wants its borders and kinds: the
/// passages of an archive ([`archive::passages`]). No text is compared with itself.
///
/// # Panics
/// When a place is in none of the texts, which are numbered from zero.
pub fn chains_near(texts: &[Text], places: &[[Place; 2]]) -> Vec<Chain> {
    let stems: Vec<Stems> = texts.par_iter().map(Stems::of).collect();
    let mut pairs: BTreeMap<[usize; 2], Vec<[Place; 2]>> = BTreeMap::new();
    for [one, other] in places.iter().filter(|[one, other]| one.doc != other.doc) {
        let rank = |place: &Place| {
            let text = &texts[place.doc.index()];
            (Reverse(text.tokens.len()), text.source, place.doc)
        };
        let sides = if rank(one) <= rank(other) { [*one, *other] } else { [*other, *one] };
        pairs.entry(sides.map(|side| side.doc.index())).or_default().push(sides);
    }
    let pairs: Vec<([usize; 2], Vec<[Place; 2]>)> = pairs.into_iter().collect();
    let near = |(docs, places): &([usize; 2], Vec<[Place; 2]>)| {
        let tokens: Vec<[Range<u32>; 2]> = places
            .iter()
            .map(|sides| sides.map(|side| tokens(&texts[side.doc.index()], side.span)))
            .collect();
        let lengths = docs.map(|doc| stems[doc].words.len());
        let regions = index::around(&tokens, lengths);
        let [left, right] = docs.map(|doc| texts[doc].doc);
        let mut chains = between([left, right], docs.map(|doc| &stems[doc]), &regions, &[]);
        chains.retain(|chain| {
            let sides = [&chain.left, &chain.right];
            let [left_side, right_side] = if left <= right { [0, 1] } else { [1, 0] };
            let meet = |one: &Range<u32>, other: &Range<u32>| {
                one.start < other.end && other.start < one.end
            };
            tokens.iter().any(|known| {
                meet(sides[left_side], &known[0]) && meet(sides[right_side], &known[1])
            })
        });
        chains
    };
    let mut chains: Vec<Chain> = pairs.par_iter().flat_map_iter(near).collect();
    sort(&mut chains);
    chains
}

/// The tokens that a span touches.
fn tokens(text: &Text, span: Span) -> Range<u32> {
    let position = |at: usize| u32::try_from(at).expect("documents are under 4 GiB");
    let start = text.tokens.partition_point(|token| token.span.end() <= span.start());
    let end = text.tokens.partition_point(|token| token.span.start() < span.end());
    position(start)..position(end)
}

/// The order of documents and positions.
fn sort(chains: &mut [Chain]) {
    chains.sort_by_key(|chain| {
        (chain.left_doc, chain.right_doc, chain.left.start, chain.right.start, chain.left.end)
    });
}

/// The chains between two texts, in the order of their ranks: the longer one is the
/// left one of the plane, so that the order of documents decides nothing.
fn between(
    docs: [DocId; 2],
    stems: [&Stems; 2],
    regions: &[[Stretch; 2]],
    topic: &[&Stems],
) -> Vec<Chain> {
    let plane = Plane::new(stems[LEFT], stems[RIGHT], topic, docs[LEFT] == docs[RIGHT]);
    shapes(&plane, regions)
        .into_iter()
        .map(|(rectangle, shape)| chain(docs, &rectangle, shape))
        .collect()
}

/// The passages, clauses and summaries of a plane.
fn shapes(plane: &Plane, regions: &[[Stretch; 2]]) -> Vec<(Rectangle, Shape)> {
    let clauses = clause::clauses(plane);
    let mut passages = join::passages(plane, search::candidates(plane, regions), &clauses);
    let summaries = summary::summaries(plane, &mut passages);
    let larger: Vec<Rectangle> =
        passages.iter().map(|passage| passage.rectangle).chain(summaries.iter().copied()).collect();
    let of_passage = |echo: bool| if echo { Shape::Echo } else { Shape::Passage };
    let of_clause = |clause: &Rectangle| {
        if larger.iter().any(|known| is_inside(clause, known)) {
            Shape::Part
        } else {
            Shape::Clause
        }
    };
    let clauses = clauses.into_iter().map(|clause| (clause, of_clause(&clause)));
    let passages = passages.into_iter().map(|found| (found.rectangle, of_passage(found.echo)));
    let summaries = summaries.into_iter().map(|summary| (summary, Shape::Summary));
    passages.chain(clauses).chain(summaries).collect()
}

/// Whether most of a clause lies in a passage, on both sides.
fn is_inside(clause: &Rectangle, passage: &Rectangle) -> bool {
    (0..2).all(|side| clause.sides[side].share_in(passage.sides[side]) > 0.5)
}

/// A rectangle as a chain: the document with the lower number first.
fn chain(docs: [DocId; 2], rectangle: &Rectangle, shape: Shape) -> Chain {
    let position = |at: usize| u32::try_from(at).expect("documents are under 4 GiB");
    let range =
        |side: usize| position(rectangle.sides[side].start)..position(rectangle.sides[side].end);
    let [left, right] = if docs[LEFT] <= docs[RIGHT] { [LEFT, RIGHT] } else { [RIGHT, LEFT] };
    Chain {
        left_doc: docs[left],
        right_doc: docs[right],
        left: range(left),
        right: range(right),
        evidence: rectangle.total(),
        shape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PENSION: &str = "Harbour pilots rejected the ministry's pension offer late on Monday, \
        union leaders said, and tugboats stayed moored while container ships queued outside.";
    const ORCHARD: &str = "Orchard owners blamed an unusually warm February for the ruined almond \
        blossom, though hailstorms in April had already flattened half the saplings.";
    const LIBRARY: &str = "The municipal library will lend cordless drills, sewing machines and \
        telescopes from autumn, financed by a modest surcharge on parking permits.";

    /// The chains that are passages, as the words they begin with on both sides: of two
    /// texts, or of one with itself.
    fn passages(sources: &[&str]) -> Vec<(String, String)> {
        let texts: Vec<Text> =
            (0..).map(DocId).zip(sources).map(|(doc, source)| Text::read(doc, source)).collect();
        let first = |doc: DocId, at: u32| {
            let text = &texts[doc.index()];
            text.word(&text.tokens[at as usize]).to_lowercase()
        };
        chains(&texts)
            .iter()
            .filter(|chain| chain.shape == Shape::Passage)
            .map(|chain| {
                (first(chain.left_doc, chain.left.start), first(chain.right_doc, chain.right.start))
            })
            .collect()
    }

    fn pair(left: &str, right: &str) -> (String, String) {
        (left.to_owned(), right.to_owned())
    }

    #[test]
    fn moved_passages_are_found_each() {
        let left = format!("{PENSION} {LIBRARY} {ORCHARD}");
        let right = format!("{ORCHARD} Nothing else happened that day. {PENSION}");
        let expected = vec![pair("harbour", "harbour"), pair("orchard", "orchard")];
        assert_eq!(passages(&[&left, &right]), expected);
    }

    #[test]
    fn reordered_words_are_found() {
        let right = "Union leaders said late on Monday that pilots of the harbour rejected the \
            pension offer; container ships queued outside while moored tugboats stayed.";
        assert_eq!(passages(&[PENSION, right]), vec![pair("harbour", "union")]);
    }

    #[test]
    fn a_text_is_not_reused_from_itself() {
        let text = format!("{PENSION} {LIBRARY} {ORCHARD}");
        assert_eq!(passages(&[&text]), vec![]);
    }

    #[test]
    fn repetition_inside_a_text_is_found() {
        let text = format!("{PENSION} {LIBRARY} {ORCHARD} {PENSION}");
        assert_eq!(passages(&[&text]), vec![pair("harbour", "harbour")]);
    }

    #[test]
    fn every_place_of_the_same_wording_is_found() {
        let twice = format!("{PENSION} {ORCHARD} {LIBRARY} {PENSION}");
        let texts = [Text::read(DocId(0), PENSION), Text::read(DocId(1), &twice)];
        let between = chains(&texts)
            .into_iter()
            .filter(|chain| chain.left_doc != chain.right_doc && chain.shape != Shape::Part);
        let starts: Vec<u32> = between.map(|chain| chain.right.start).collect();
        assert_eq!(starts, [0, u32::try_from(texts[1].tokens.len() - 22).unwrap()]);
    }

    #[test]
    fn unrelated_and_empty_texts_share_nothing() {
        assert_eq!(passages(&[PENSION, ORCHARD]), vec![]);
        assert_eq!(passages(&["", PENSION]), vec![]);
        assert_eq!(passages(&["", ""]), vec![]);
    }
}
