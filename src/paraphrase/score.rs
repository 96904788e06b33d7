//! One score out of all signs, as a probability.
//!
//! A logistic regression with few signs, each of which helps on two sets of gold. Nothing
//! in it counts against two passages because their figures differ: that is what the
//! tool reports.
//!
//! In:  the signs between two sentences.
//! Out: how likely an editor would align them.
//! Not here: where the weights come from (`examples/evaluate`).

use crate::embedding::Encoder;
use serde::Deserialize;
use std::sync::LazyLock;

/// What speaks for two sentences to say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct Signs {
    /// Cosine of their vectors, without what the whole event has in common.
    pub meaning: f64,
    /// Weight of the words that answer to each other, in units of 20 nats, at most 1.5.
    pub evidence: f64,
    /// The same for the two clauses that fit best, at most 1, times the share of their
    /// weighted words that answer to each other.
    pub clause: f64,
    /// One over the geometric mean of their ranks among each other's candidates.
    pub rank: f64,
    /// The highest product of `clause` and `rank` of a pair beside this one.
    pub neighbours: f64,
    /// 1 when either is a heading or a caption.
    pub label: f64,
    /// Numbers in digits that both have, the rarer the more, at most 2.
    pub numbers: f64,
}

/// How many signs there are.
const COUNT: usize = 7;

impl Signs {
    /// The names, in the order of [`Signs::values`].
    pub const NAMES: [&str; COUNT] =
        ["meaning", "evidence", "clause", "rank", "neighbours", "label", "numbers"];

    /// The values, in the order of [`Signs::NAMES`].
    pub fn values(&self) -> [f64; COUNT] {
        let Self { meaning, evidence, clause, rank, neighbours, label, numbers } = *self;
        [meaning, evidence, clause, rank, neighbours, label, numbers]
    }
}

impl From<[f64; COUNT]> for Signs {
    /// Values in the order of [`Signs::NAMES`].
    fn from(values: [f64; COUNT]) -> Self {
        let [meaning, evidence, clause, rank, neighbours, label, numbers] = values;
        Self { meaning, evidence, clause, rank, neighbours, label, numbers }
    }
}

/// The weight of each sign.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Weights {
    /// What a pair of sentences without any sign starts from, in nats.
    pub bias: f64,
    /// What a sign of 1 adds, in nats.
    #[serde(flatten)]
    pub signs: Signs,
}

static OF_TABLE: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("weights.toml")));

static OF_MODEL: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("accurate.toml")));

impl Weights {
    /// The weights for vectors of `encoder`.
    pub fn of(encoder: &Encoder) -> &'static Self {
        if encoder.identity().is_some() { &OF_MODEL } else { &OF_TABLE }
    }

    fn read(table: &str) -> Self {
        toml::from_str(table).expect("the weights in the program are whole")
    }

    /// How likely an editor would align two sentences with these signs, from 0 to 1.
    pub fn probability(&self, signs: &Signs) -> f64 {
        let worth = self.signs.values().into_iter().zip(signs.values());
        let nats: f64 = self.bias + worth.map(|(weight, sign)| weight * sign).sum::<f64>();
        1.0 / (1.0 + (-nats).exp())
    }
}
