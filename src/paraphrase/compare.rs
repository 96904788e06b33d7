//! Pairs of sentences with all that speaks for them.
//!
//! Sentences meet through the stems that they share, weighed by how rare these are in the
//! event, so that no sentence is compared with all others.
//!
//! In:  texts.
//! Out: [`Candidate`]s.
//! Not here: what the signs are worth together (`score`).

use super::Scope;
use super::candidate::Candidate;
use super::event::Event;
use super::event::Weighed;
use super::matching::Matching;
use super::matching::matching;
use super::related;
use super::score::Signs;
use super::sentence::Sentence;
use super::sentence::sentences;
use super::vocabulary::Vocabulary;
use crate::embedding::Encoder;
use crate::text::Text;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Nats in one unit of the sign `evidence`: two words of an event's own.
const EVIDENCE_UNIT: f32 = 20.0;

/// Units above which evidence adds nothing: long sentences share much by chance.
const EVIDENCE_MAX: f32 = 1.5;

/// A pair beside this one that fits better adds nothing: a copied sentence says little of
/// what stands before and after it.
const NEIGHBOURS_MAX: f64 = 0.2;

/// Nats in one unit of the sign `numbers`: one of some hundred and fifty.
const NUMBERS_UNIT: f32 = 5.0;

/// Units above which numbers add nothing.
const NUMBERS_MAX: f32 = 2.0;

/// Weight of the stems that two sentences share, in nats, from which they are compared.
const SHARED_MIN: f32 = 4.0;

/// Sentences of one document that are compared with one of another: those that share most
/// with it. With twice as many no figure of `docs/evaluation.md` is higher.
const NEAREST_MAX: usize = 6;

/// A stem in more sentences of a document than this brings none of them up: it is what
/// the document is about, and would cost the square of its length.
const SENTENCES_MAX: usize = 256;

/// A document as it is compared.
struct Document {
    sentences: Vec<Sentence>,
    /// The sentences with each stem.
    postings: FxHashMap<u64, Vec<u32>>,
}

/// All pairs of sentences that may say the same, as far as `scope` goes, in the order of
/// texts and units.
pub fn candidates(texts: &[Text], scope: &Scope) -> Vec<Candidate> {
    let pairs = related::pairs(texts, scope.wanted);
    let involved: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let vocabulary = Vocabulary::of(&involved.iter().map(|text| &texts[*text]).collect::<Vec<_>>());
    let mut documents: Vec<(usize, Document)> = involved
        .into_par_iter()
        .map(|text| (text, Document::read(&texts[text], &vocabulary, scope)))
        .collect();
    encode(&mut documents, texts, scope.encoder);
    let documents: FxHashMap<usize, Document> = documents.into_iter().collect();
    let mut found: Vec<Candidate> = events(&pairs, texts.len())
        .into_par_iter()
        .flat_map(|(members, pairs)| of_event(&members, &pairs, &documents, &vocabulary))
        .collect();
    found.sort_by_key(|candidate| (candidate.texts, candidate.units));
    found
}

/// Gives the sentences the vectors of a model, if there is one.
fn encode(documents: &mut [(usize, Document)], texts: &[Text], encoder: &Encoder) {
    let of = |(text, document): &(usize, Document), at: usize| {
        let text = &texts[*text];
        &text.source[text.units[document.sentences[at].unit as usize].span.range()]
    };
    let wordings: Vec<&str> = (documents.iter())
        .flat_map(|document| (0..document.1.sentences.len()).map(move |at| of(document, at)))
        .collect();
    let Some(vectors) = encoder.vectors(&wordings) else { return };
    let sentences = documents.iter_mut().flat_map(|(_, document)| &mut document.sentences);
    sentences.zip(vectors).for_each(|(sentence, vector)| sentence.modelled = vector);
}

/// The pairs of documents by event: which documents tell what all say.
fn events(pairs: &[[usize; 2]], texts: usize) -> BTreeMap<Vec<usize>, Vec<[usize; 2]>> {
    let mut neighbours: Vec<Vec<usize>> = (0..texts).map(|text| vec![text]).collect();
    for [left, right] in pairs {
        neighbours[*left].push(*right);
        neighbours[*right].push(*left);
    }
    let mut events: BTreeMap<Vec<usize>, Vec<[usize; 2]>> = BTreeMap::new();
    for pair in pairs {
        let members: BTreeSet<usize> =
            pair.iter().flat_map(|text| neighbours[*text].iter().copied()).collect();
        events.entry(members.into_iter().collect()).or_default().push(*pair);
    }
    events
}

/// The candidates of all pairs of documents that are compared against one event.
fn of_event(
    members: &[usize],
    pairs: &[[usize; 2]],
    documents: &FxHashMap<usize, Document>,
    vocabulary: &Vocabulary,
) -> Vec<Candidate> {
    let event = Event::of(members.iter().flat_map(|text| &documents[text].sentences));
    let compared: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let weighed: FxHashMap<usize, Vec<Weighed>> = compared
        .into_par_iter()
        .map(|text| {
            let sentences = documents[&text].sentences.iter();
            (text, sentences.map(|sentence| event.weigh(sentence, vocabulary)).collect())
        })
        .collect();
    let side = |text: usize| Side { text, document: &documents[&text], weighed: &weighed[&text] };
    pairs.par_iter().flat_map_iter(|pair| between(&pair.map(side), vocabulary, &event)).collect()
}

/// One of two documents that are compared.
struct Side<'d> {
    /// Index of its text.
    text: usize,
    document: &'d Document,
    /// Its sentences as they count in the event.
    weighed: &'d [Weighed],
}

/// The candidates between two documents.
fn between(sides: &[Side; 2], vocabulary: &Vocabulary, event: &Event) -> Vec<Candidate> {
    let [left, right] = sides;
    let mut pairs: BTreeSet<[usize; 2]> = left.nearest(right).into_iter().collect();
    pairs.extend(right.nearest(left).into_iter().map(|[right, left]| [left, right]));
    let mut found: Vec<([usize; 2], f32, Candidate)> = pairs
        .into_iter()
        .map(|pair| {
            let sentences = [0, 1].map(|side| &sides[side].document.sentences[pair[side]]);
            let weighed = [0, 1].map(|side| &sides[side].weighed[pair[side]]);
            let likeness = weighed[0].direction.cosine(&weighed[1].direction);
            let [one, other] = weighed.map(|weighed| weighed.modelled.as_ref());
            let meaning = one.zip(other).map_or(likeness, |(one, other)| one.cosine(other));
            let matching = matching(sentences, weighed, vocabulary);
            let signs = signs(sentences, meaning, &matching, event);
            let texts = [left.text, right.text];
            let candidate = Candidate::new(texts, sentences, weighed, &matching, signs);
            (pair, likeness + matching.coverage, candidate)
        })
        .collect();
    rank(&mut found, [0, 1].map(|side| sides[side].document.sentences.len()));
    look_around(&mut found);
    found.into_iter().map(|(_, _, candidate)| candidate).collect()
}

impl Side<'_> {
    /// For each sentence those of `other` that share most with it: their indices here and
    /// there.
    fn nearest(&self, other: &Self) -> Vec<[usize; 2]> {
        let mut shared = vec![0.0; other.document.sentences.len()];
        let mut found = Vec::new();
        for (here, sentence) in self.document.sentences.iter().enumerate() {
            let mut met = Vec::new();
            for (word, weight) in sentence.words.iter().zip(&self.weighed[here].weights) {
                for there in other.document.with(word.stem) {
                    let there = *there as usize;
                    if shared[there] == 0.0 {
                        met.push(there);
                    }
                    shared[there] += weight;
                }
            }
            let mut near: Vec<(f32, usize)> =
                met.into_iter().map(|there| (std::mem::take(&mut shared[there]), there)).collect();
            near.retain(|(weight, _)| *weight >= SHARED_MIN);
            near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.extend(near.into_iter().take(NEAREST_MAX).map(|(_, there)| [here, there]));
        }
        found
    }
}

impl Document {
    fn read(text: &Text, vocabulary: &Vocabulary, scope: &Scope) -> Self {
        let sentences = sentences(text, vocabulary, scope);
        let mut postings: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (at, sentence) in (0..).zip(&sentences) {
            sentence.words.iter().for_each(|word| postings.entry(word.stem).or_default().push(at));
        }
        Self { sentences, postings }
    }

    /// The sentences with a stem, unless they are too many.
    fn with(&self, stem: u64) -> &[u32] {
        let found = self.postings.get(&stem).map_or(&[][..], |found| found);
        if found.len() > SENTENCES_MAX { &[] } else { found }
    }
}

/// All signs but those that other candidates decide.
fn signs(sentences: [&Sentence; 2], meaning: f32, matching: &Matching, event: &Event) -> Signs {
    let [numbers, others] = sentences.map(|sentence| &sentence.numbers);
    let common = numbers.iter().filter(|(number, _)| others.contains_key(number));
    let told: f32 = common.map(|(number, nats)| nats * event.rareness(number.0)).sum();
    Signs {
        meaning: f64::from(meaning),
        evidence: f64::from((matching.evidence / EVIDENCE_UNIT).min(EVIDENCE_MAX)),
        clause: f64::from(matching.clause),
        rank: 0.0,
        neighbours: 0.0,
        label: f64::from(u8::from(sentences.iter().any(|sentence| sentence.is_label))),
        numbers: f64::from((told / NUMBERS_UNIT).min(NUMBERS_MAX)),
    }
}

/// Sets the rank of each candidate among those of either of its sentences.
fn rank(found: &mut [([usize; 2], f32, Candidate)], lengths: [usize; 2]) {
    let mut likenesses = lengths.map(|length| vec![Vec::new(); length]);
    for (places, likeness, _) in found.iter() {
        (0..2).for_each(|side| likenesses[side][places[side]].push(*likeness));
    }
    likenesses.iter_mut().flatten().for_each(|of_one| of_one.sort_by(|a, b| b.total_cmp(a)));
    for (places, likeness, candidate) in found {
        let before = [0, 1].map(|side| {
            likenesses[side][places[side]].partition_point(|other: &f32| other > likeness)
        });
        let ranks = before.map(|count| f64::from(u32::try_from(1 + count).expect("few sentences")));
        candidate.signs.rank = 1.0 / (ranks[0] * ranks[1]).sqrt();
    }
}

/// Sets how likely the pairs beside each candidate are: texts tell one thing after the
/// other, and one of them in two sentences what the other tells in one.
fn look_around(found: &mut [([usize; 2], f32, Candidate)]) {
    let fits: FxHashMap<[usize; 2], f64> = (found.iter())
        .map(|(places, _, candidate)| (*places, candidate.signs.clause * candidate.signs.rank))
        .collect();
    for ([left, right], _, candidate) in found {
        let before = left.checked_sub(1).zip(right.checked_sub(1)).map(|(l, r)| [l, r]);
        let beside = before.into_iter().chain([[*left + 1, *right + 1]]);
        let fits = beside.filter_map(|places| fits.get(&places).copied());
        candidate.signs.neighbours = fits.fold(0.0, f64::max).min(NEIGHBOURS_MAX);
    }
}
