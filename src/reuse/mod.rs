//! Shared wording: where two texts have the same words in the same order.
//!
//! Seed and chain, the first two steps of the PAN text-alignment task (Potthast
//! et al., "Overview of the 5th International Competition on Plagiarism
//! Detection", CLEF 2013, section 3): an index of word shingles gives the seeds,
//! and seeds that lie near each other in both texts make one chain.
//!
//! In:  the tokens of all texts.
//! Out: [`Chain`]s, in token positions, in the order of documents and positions.
//! Not here: what a chain is worth and how it is shown (`align`).

pub mod archive;

mod chain;
mod index;

pub use chain::Chain;
pub use chain::Run;

use crate::text::Text;

/// The chains of shared words between all pairs of `texts`.
///
/// Pairs are found through an index, never by comparing every text with every
/// other: time grows with the number of words and of shared shingles.
pub fn chains(texts: &[Text]) -> Vec<Chain> {
    let runs = index::shared_runs(texts);
    runs.into_iter().flat_map(|pair| chain::chain(texts, &pair)).collect()
}
