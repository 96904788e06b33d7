//! Paraphrase: which sentence of one document says what one of another says.
//!
//! Corpus-aware and never by vectors alone. In documents on one event all sentences are
//! alike, so what they have in common is taken away first (`event`); what is left is
//! compared as a whole (the cosine of vectors) and word by word (`matching`), and a few
//! signs become one probability (`score`). What was measured stands in
//! `docs/evaluation.md`.
//!
//! English only, and blind to order, negation and numbers: it says that two sentences are
//! about the same, never that they agree.
//!
//! In:  texts, and the passages already aligned by their wording.
//! Out: [`Paraphrase`]s and [`Proposition`]s, which are groups of them.
//! Not here: shared wording (`reuse`), what differs between the two (`divergence`).

mod candidate;
mod clause;
mod compare;
mod event;
mod matching;
mod proposition;
mod related;
mod score;
mod sentence;
mod vocabulary;

pub use candidate::Candidate;
pub use compare::candidates;
pub use proposition::Member;
pub use proposition::Proposition;
pub use proposition::propositions;
pub use score::Signs;
pub use score::Weights;

use crate::align::Alignment;
use crate::align::Kind;
use crate::embedding::Encoder;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use std::collections::HashMap;

/// Probability from which a paraphrase is shown without being asked for. On articles that
/// did not set the weights, four of five such pairs are ones that an editor aligned.
pub const REPORTED_MIN: f64 = 0.6;

/// Less likely pairs are not kept.
pub const LISTED_MIN: f64 = 0.1;

/// What is compared with what.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// Whether two documents are compared.
    pub wanted: &'a (dyn Fn([DocId; 2]) -> bool + Sync),
    /// Whether a token is part of boilerplate, which states nothing.
    pub boilerplate: &'a (dyn Fn(DocId, u32) -> bool + Sync),
    /// What gives sentences their vectors.
    pub encoder: &'a Encoder,
}

impl Default for Scope<'_> {
    /// Everything with everything.
    fn default() -> Self {
        Self { wanted: &|_| true, boilerplate: &|_, _| false, encoder: &Encoder::Table }
    }
}

/// Two words that answer to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordPair {
    /// The word on the left.
    pub left: Span,
    /// The word on the right.
    pub right: Span,
    /// Whether they are one word, but for inflection; else words of like meaning.
    pub is_same: bool,
}

/// Two sentences of different documents that say the same, at least in part.
#[derive(Clone, Debug, PartialEq)]
pub struct Paraphrase {
    /// The clauses in the document with the lower number that carry what is shared.
    pub left: Place,
    /// The clauses in the other one.
    pub right: Place,
    /// The unit that `left` lies in, as an index into its text.
    pub left_unit: u32,
    /// The unit that `right` lies in.
    pub right_unit: u32,
    /// How likely an editor would align the two, from 0 to 1.
    pub probability: f64,
    /// Share of the words of both units that answer to each other, weighed by how rare
    /// they are, from 0 to 1.
    pub similarity: f64,
    /// Whether shared wording aligns the two already (`align`).
    pub copied: bool,
    /// The words that answer to each other, in the order of the left side.
    pub words: Vec<WordPair>,
}

impl Paraphrase {
    /// Whether it is shown without being asked for.
    pub fn is_reported(&self) -> bool {
        self.probability >= REPORTED_MIN
    }
}

/// The paraphrases between `texts` as far as `scope` goes, in the order of documents and
/// places.
///
/// In more than two dozen texts each is compared with those that share most of its rare
/// words, so that work grows with the number of texts. The same texts give the same
/// paraphrases in whatever order their alignments come.
///
/// ```
/// use provenance::paraphrase::Scope;
/// use provenance::paraphrase::paraphrases;
/// use provenance::span::DocId;
/// use provenance::text::Text;
///
/// let wire = "The harbour will close in May. Pilots went on strike over pensions on Monday.";
/// let post = "Nobody was hurt. A strike by pilots, who want better pensions, began on Monday.";
/// let texts = [Text::read(DocId(0), wire), Text::read(DocId(1), post)];
///
/// let found = paraphrases(&texts, &[], &Scope::default());
///
/// assert_eq!(&wire[found[0].left.span.range()], "Pilots went on strike over pensions on Monday.");
/// assert!(found[0].probability > 0.5);
/// ```
pub fn paraphrases(texts: &[Text], alignments: &[Alignment], scope: &Scope) -> Vec<Paraphrase> {
    let weights = Weights::of(scope.encoder);
    let copied = copied(alignments);
    let mut found: Vec<Paraphrase> = candidates(texts, scope)
        .into_iter()
        .filter_map(|candidate| {
            let probability = weights.probability(&candidate.signs);
            (probability >= LISTED_MIN).then(|| candidate.paraphrase(texts, probability))
        })
        .collect();
    for pair in &mut found {
        let places = copied.get(&[pair.left.doc, pair.right.doc]);
        let holds = |sides: &[Span; 2]| {
            meets_half(sides[0], pair.left.span) && meets_half(sides[1], pair.right.span)
        };
        pair.copied = places.is_some_and(|places| places.iter().any(holds));
    }
    found.sort_by_key(|found| (found.left, found.right));
    found
}

/// The passages that are aligned by their wording, by document pair.
fn copied(alignments: &[Alignment]) -> HashMap<[DocId; 2], Vec<[Span; 2]>> {
    let mut copied: HashMap<[DocId; 2], Vec<[Span; 2]>> = HashMap::new();
    for found in alignments.iter().filter(|found| found.reported && found.kind != Kind::Summary) {
        let sides = [found.left.span, found.right.span];
        copied.entry([found.left.doc, found.right.doc]).or_default().push(sides);
    }
    copied
}

/// Whether half of a place, or more, lies in a passage.
fn meets_half(passage: Span, place: Span) -> bool {
    let end = passage.end().min(place.end());
    2 * end.saturating_sub(passage.start().max(place.start())) >= place.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Ferry Pilots Strike\n\nPilots of the Port Ellery ferry went on strike over \
        pensions on Monday. The council will open a second berth in May, at a cost of 38 million \
        crowns. Nobody was hurt.";
    const POST: &str = "In Port Ellery, a strike by ferry pilots who want better pensions began \
        on Monday. In May another berth, which costs 38 million crowns, is to be opened by the \
        council. The weather was fine.";

    fn read<'s>(sources: &[&'s str]) -> Vec<Text<'s>> {
        (0..).map(DocId).zip(sources).map(|(doc, source)| Text::read(doc, source)).collect()
    }

    /// The likelier side-by-side wordings, those of the first document first.
    fn told<'s>(sources: &[&'s str]) -> Vec<[&'s str; 2]> {
        let texts = read(sources);
        let found = paraphrases(&texts, &[], &Scope::default());
        let shown = |place: Place| &sources[place.doc.index()][place.span.range()];
        let likely = found.iter().filter(|found| found.probability > 0.5);
        likely.map(|found| [shown(found.left), shown(found.right)]).collect()
    }

    #[test]
    fn statements_in_other_words_and_order_are_found() {
        let told = told(&[WIRE, POST]);

        assert!(
            told.iter()
                .any(|[left, right]| left.contains("pensions") && right.contains("pensions")),
            "{told:?}"
        );
        assert!(
            told.iter().any(|[left, right]| left.contains("berth") && right.contains("berth")),
            "{told:?}"
        );
        assert!(told.iter().all(|[_, right]| !right.contains("weather")), "{told:?}");
    }

    #[test]
    fn the_order_of_texts_decides_nothing() {
        let mut turned: Vec<[&str; 2]> =
            told(&[POST, WIRE]).into_iter().map(|[left, right]| [right, left]).collect();
        turned.sort_unstable();
        let mut straight = told(&[WIRE, POST]);
        straight.sort_unstable();

        assert_eq!(turned, straight);
    }

    #[test]
    fn words_and_places_lie_in_their_units() {
        let texts = read(&[WIRE, POST]);
        for found in paraphrases(&texts, &[], &Scope::default()) {
            let units = [(0, found.left_unit), (1, found.right_unit)]
                .map(|(text, unit): (usize, u32)| texts[text].units[unit as usize].span);

            assert!(units[0].contains(found.left.span) && units[1].contains(found.right.span));
            assert!((0.0..=1.0).contains(&found.probability));
            for pair in &found.words {
                assert!(found.left.span.contains(pair.left), "{found:?}");
                assert!(found.right.span.contains(pair.right), "{found:?}");
            }
        }
    }

    #[test]
    fn what_wording_aligns_already_is_marked() {
        let texts = read(&[WIRE, WIRE]);
        let alignments = crate::align::passages(&texts, &crate::reuse::chains(&texts));

        let likely = paraphrases(&texts, &alignments, &Scope::default());
        let likely: Vec<&Paraphrase> = likely.iter().filter(|found| found.is_reported()).collect();

        assert!(likely.len() > 1 && likely.iter().any(|found| found.copied), "{likely:?}");
        assert!(paraphrases(&texts, &[], &Scope::default()).iter().all(|found| !found.copied));
    }

    #[test]
    fn nothing_is_found_in_nothing_and_in_one_huge_sentence() {
        let huge = "pilots crowns pensions berth ".repeat(5_000);

        assert_eq!(told(&["", WIRE]), [[""; 2]; 0]);
        assert_eq!(told(&["", "… —"]), [[""; 2]; 0]);
        assert!(told(&[&huge, &huge]).len() <= 1);
    }

    #[test]
    fn many_documents_are_compared_with_their_neighbours_only() {
        let others: Vec<String> = (0..40)
            .map(|n| format!("Village{n} mills{n} sold barley{n} to brewer{n} after harvest{n}."))
            .collect();
        let mut sources: Vec<&str> = others.iter().map(String::as_str).collect();
        sources.extend([WIRE, POST]);

        assert!(!told(&sources).is_empty());
        assert!(told(&sources[..40]).is_empty());
    }

    /// Work grows with the number of sentences and not with its square: it would take a
    /// minute here.
    #[test]
    fn a_long_repetitive_corpus_is_compared() {
        let number =
            |n: usize| format!("Ferry {n} of Port Ellery sailed on Monday with {n} crates.\n");
        let counted: String = (0..1_000).map(number).collect();
        let repeated = format!("{WIRE}\n\n").repeat(200);
        let answered = POST.repeat(200);

        assert!(!told(&[&repeated, &answered]).is_empty());
        assert!(told(&[&counted, &counted]).len() <= 1_000 * 24);
    }

    #[test]
    fn only_wanted_pairs_are_compared() {
        let texts = read(&[WIRE, POST, WIRE]);
        let wanted = |docs: [DocId; 2]| docs.contains(&DocId(2));
        let found = paraphrases(&texts, &[], &Scope { wanted: &wanted, ..Scope::default() });

        assert!(!found.is_empty() && found.iter().all(|found| found.right.doc == DocId(2)));
    }

    #[test]
    fn boilerplate_states_nothing() {
        let texts = read(&[WIRE, POST]);
        let is_lower = |doc: DocId, token: u32| {
            let text = &texts[doc.index()];
            text.source[text.tokens[token as usize].span.range()].starts_with(char::is_lowercase)
        };
        let scope = Scope { boilerplate: &is_lower, ..Scope::default() };

        assert!(paraphrases(&texts, &[], &scope).is_empty());
    }
}
