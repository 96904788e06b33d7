//! Background: how common a word is in English at large.
//!
//! The table lists words with their number in a million words, estimated from
//! document frequencies over sentences of news and encyclopaedia articles.
//! `examples/background.rs` makes it from the model file of the semantic tier,
//! which carries those frequencies. Only counts, no text; `NOTICE` says under what
//! licence.
//!
//! In:  a stem.
//! Out: its rate.
//! Not here: how common it is in the documents at hand (`plane`).

use crate::reuse::stem::stem;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The rate of a word that the table does not list, and the least in the table.
/// Between 1 and 50 in a million the PAN score moves by .002.
const RATE_MIN: f32 = 1e-5;

/// Words in a million, by stem.
static RATES: LazyLock<HashMap<u64, f32>> = LazyLock::new(|| {
    let mut rates = HashMap::new();
    for line in include_str!("background.txt").lines() {
        if let Some((count, word)) = line.split_once(' ') {
            let per_million: f32 = count.parse().unwrap_or_default();
            *rates.entry(stem(word)).or_default() += per_million / 1e6;
        }
    }
    rates
});

/// The chance that a word of unrelated English has this stem.
pub(crate) fn rate(stem: u64) -> f32 {
    RATES.get(&stem).map_or(RATE_MIN, |rate| rate.max(RATE_MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_common_and_names_rare() {
        assert!(rate(stem("the")) > 0.02);
        assert!(rate(stem("government")) < rate(stem("the")) / 10.0);
        assert!((rate(stem("Zhanbolat")) - RATE_MIN).abs() < f32::EPSILON);
    }

    #[test]
    fn the_table_is_sorted_and_whole() {
        let counts: Vec<u32> = include_str!("background.txt")
            .lines()
            .map(|line| line.split_once(' ').unwrap().0.parse().unwrap())
            .collect();
        assert!(counts.len() > 5_000 && counts.is_sorted_by(|a, b| a >= b));
    }
}
