//! Stock phrases: runs of words that the corpus itself makes likely.
//!
//! "Israeli Prime Minister Benjamin Netanyahu" stands in every story about an event,
//! also in those that reuse nobody's wording. A run of words that a document outside
//! a group of passages has as well does not say that the group reused it.
//!
//! In:  all texts, and the short groups of shared passages.
//! Out: for each alignment in them, how many words no other document makes likely.
//! Not here: wording that whole paragraphs repeat (`divergence::boilerplate`).

use crate::divergence::shared::Shared;
use crate::divergence::sieve::Sieve;
use crate::span::DocId;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// Words in a run. Two meet by chance in any two texts; with four, half of a title
/// and half of a name are already new.
const RUN_WORDS: usize = 3;

/// An alignment to be looked at, and the documents that carry its passage.
pub(crate) struct Candidate<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) carriers: &'a BTreeSet<DocId>,
}

/// The number of shared words outside quotation marks that stand in no run that a
/// document outside the carriers has; one for each candidate.
pub(crate) fn unlikely_words(texts: &[Text], candidates: &[Candidate]) -> Vec<usize> {
    let runs: Vec<Vec<u64>> = candidates.iter().map(|found| runs(texts, found.shared)).collect();
    let mut wanted: HashMap<u64, Vec<usize>> = HashMap::new();
    for (candidate, runs) in runs.iter().enumerate() {
        for run in runs {
            wanted.entry(*run).or_default().push(candidate);
        }
    }
    let sieve = Sieve::new(wanted.keys().copied());
    let met = |text| met_runs(text, &wanted, &sieve);
    let met: Vec<BTreeSet<u64>> = texts.par_iter().map(met).collect();
    let mut stock: Vec<BTreeSet<u64>> = vec![BTreeSet::new(); candidates.len()];
    for (text, met) in texts.iter().zip(met) {
        for run in met {
            for candidate in &wanted[&run] {
                if !candidates[*candidate].carriers.contains(&text.doc) {
                    stock[*candidate].insert(run);
                }
            }
        }
    }
    let count = |(found, (runs, stock)): (&Candidate, (&Vec<u64>, &BTreeSet<u64>))| {
        unlikely(found.shared, runs, stock)
    };
    candidates.iter().zip(runs.iter().zip(&stock)).map(count).collect()
}

/// The run that begins at each shared word, as a hash of forms; the shared words need
/// not be neighbours, so that a changed word does not hide a title.
fn runs(texts: &[Text], shared: &Shared) -> Vec<u64> {
    let text = &texts[shared.docs[0].index()];
    let forms: Vec<u64> =
        shared.words.iter().map(|word| text.tokens[word.tokens[0] as usize].form.0).collect();
    forms.windows(RUN_WORDS).map(hash).collect()
}

/// Which of the wanted runs a text has.
fn met_runs(text: &Text, wanted: &HashMap<u64, Vec<usize>>, sieve: &Sieve) -> BTreeSet<u64> {
    if wanted.is_empty() {
        return BTreeSet::new();
    }
    let runs = text.tokens.windows(RUN_WORDS).map(|words| {
        let mut forms = [0; RUN_WORDS];
        forms.iter_mut().zip(words).for_each(|(form, word)| *form = word.form.0);
        hash(&forms)
    });
    runs.filter(|run| sieve.passes(*run) && wanted.contains_key(run)).collect()
}

fn hash(forms: &[u64]) -> u64 {
    forms.iter().fold(0, |hash: u64, form| {
        (hash.rotate_left(23) ^ form).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

fn unlikely(shared: &Shared, runs: &[u64], stock: &BTreeSet<u64>) -> usize {
    let is_stock = |word: usize| {
        let first = (word + 1).saturating_sub(RUN_WORDS);
        runs[first.min(runs.len())..runs.len().min(word + 1)].iter().any(|run| stock.contains(run))
    };
    let words = shared.words.iter().enumerate();
    words.filter(|(index, word)| !word.quoted && !is_stock(*index)).count()
}
