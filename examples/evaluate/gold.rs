//! Scored pairs of sentences against gold: precision, recall, F1 and reliability.

use crate::logistic::fit;
use provenance::embedding::Encoder;
use provenance::embedding::Identity;
use provenance::paraphrase::REPORTED_MIN;
use provenance::paraphrase::Signs;
use provenance::paraphrase::Weights;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The table, or the model in the folder that `PROVENANCE_MODEL` names.
pub(crate) fn encoder() -> &'static Encoder {
    static ENCODER: LazyLock<Encoder> = LazyLock::new(|| {
        let Some(folder) = std::env::var_os("PROVENANCE_MODEL").map(PathBuf::from) else {
            return Encoder::Table;
        };
        let model = std::fs::read(folder.join("model.onnx")).expect("the folder has a model.onnx");
        let tokenizer = std::fs::read_to_string(folder.join("tokenizer.json"))
            .expect("the folder has a tokenizer.json");
        let identity = Identity { name: "model.onnx".to_owned(), sha256: String::new() };
        Encoder::model(identity, model, &tokenizer).expect("the model can be run")
    });
    &ENCODER
}

/// How sure the annotators were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Both found it clear.
    Strong,
    /// One found it clear.
    Core,
    /// It counts neither as a miss nor as a false alarm.
    Optional,
}

/// A pair of sentences with what the gold says of it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) signs: Signs,
    /// Share of the weight of the lighter side that both have: the simple scorer to beat.
    pub(crate) containment: f64,
    /// The gold pairs that it hits.
    pub(crate) hits: Vec<usize>,
    /// What kinds of unit it pairs, as indices into the kinds of the set.
    pub(crate) kind: usize,
    /// Index into the groups of the set.
    pub(crate) group: usize,
    /// Which sentence it pairs with which, where the gold numbers them.
    pub(crate) rows: [usize; 2],
}

/// Scored pairs and the gold that is to be found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Set {
    pub(crate) items: Vec<Item>,
    /// Gold pairs, each with its class and group.
    pub(crate) gold: Vec<(Class, usize)>,
    /// What the gold was made for apart: pairs of documents, topics.
    pub(crate) groups: Vec<String>,
    pub(crate) kinds: Vec<String>,
}

/// Pairs that only one editor sees are weaker examples.
const OPTIONAL_WEIGHT: f64 = 0.6;

pub(crate) const HEADER: &str = "                                   best F1     P     R  pairs | P@20  P@40  P@60  P@80 | reported     P  strong R";

impl Set {
    /// 1 where the gold has the pair, and how much it counts as an example.
    pub(crate) fn example(&self, item: &Item) -> (f64, f64) {
        let optional = item.hits.iter().all(|hit| self.gold[*hit].0 == Class::Optional);
        match item.hits.as_slice() {
            [] => (0.0, 1.0),
            _ if optional => (1.0, OPTIONAL_WEIGHT),
            _ => (1.0, 1.0),
        }
    }

    /// Prints a row for these scores of the items that are `wanted`.
    pub(crate) fn print(&self, name: &str, scores: &[f64], wanted: &dyn Fn(&Item) -> bool) {
        self.ranked(scores, wanted).print(name);
    }

    fn ranked(&self, scores: &[f64], wanted: &dyn Fn(&Item) -> bool) -> Ranked<'_> {
        let items = self.items.iter().zip(scores.iter().copied());
        let mut items: Vec<(&Item, f64)> = items.filter(|(item, _)| wanted(item)).collect();
        items.sort_by(|a, b| b.1.total_cmp(&a.1));
        let groups: BTreeSet<usize> =
            self.items.iter().filter(|item| wanted(item)).map(|item| item.group).collect();
        let gold: Vec<(Class, bool)> =
            self.gold.iter().map(|(class, group)| (*class, groups.contains(group))).collect();
        Ranked { items, gold }
    }

    /// The score of each item by a function.
    pub(crate) fn scored(&self, score: impl Fn(&Item) -> f64) -> Vec<f64> {
        self.items.iter().map(score).collect()
    }

    /// The score of each item by the weights of the program.
    pub(crate) fn scored_by_program(&self) -> Vec<f64> {
        self.scored(|item| Weights::of(encoder()).probability(&item.signs))
    }

    /// The score of each item by weights that were fitted without its group.
    pub(crate) fn scored_unseen(&self) -> Vec<f64> {
        let weights: Vec<Weights> =
            (0..self.groups.len()).map(|group| fit(self, &|item| item.group != group)).collect();
        self.scored(|item| weights[item.group].probability(&item.signs))
    }

    /// Prints precision and recall of strong pairs from each probability upwards.
    pub(crate) fn print_cuts(&self, scores: &[f64]) {
        println!("  from  pairs  precision  strong R");
        let ranked = self.ranked(scores, &|_| true);
        for cut in [0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8] {
            let pairs = ranked.items.iter().filter(|(_, score)| *score >= cut).count();
            let (precision, _, strong) = ranked.at(pairs);
            println!("  {cut:.2} {pairs:6}       {precision:.2}      {strong:.2}");
        }
    }

    /// Prints what share of the pairs of each band of probability is in the gold; a pair
    /// that only one editor sees counts half.
    pub(crate) fn print_reliability(&self, scores: &[f64]) {
        println!("  probability  pairs  stated  observed");
        for band in [0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0].windows(2) {
            let inside: Vec<(f64, f64)> = (self.items.iter().zip(scores))
                .filter(|(_, score)| (band[0]..band[1]).contains(*score))
                .map(|(item, score)| (*score, self.example(item)))
                .map(|(score, (label, weight))| {
                    (score, label * if weight < 1.0 { 0.5 } else { 1.0 })
                })
                .collect();
            let mean = |of: &dyn Fn(&(f64, f64)) -> f64| {
                inside.iter().map(of).sum::<f64>() / count(inside.len().max(1))
            };
            let [stated, observed] = [mean(&|pair| pair.0), mean(&|pair| pair.1)];
            let [from, upto] = [band[0], band[1]];
            println!("  {from:.2} to {upto:.2} {:5}   {stated:.3}     {observed:.3}", inside.len());
        }
    }
}

/// The part of a set that is scored, best first.
struct Ranked<'s> {
    items: Vec<(&'s Item, f64)>,
    /// The class of each gold pair, and whether it is to be found here.
    gold: Vec<(Class, bool)>,
}

impl Ranked<'_> {
    fn print(&self, name: &str) {
        let (f1, precision, recall, pairs) = self.best_cut();
        let at = |count: usize| format!("{:.2}", self.at(count).0);
        let reported = self.items.iter().filter(|(_, score)| *score >= REPORTED_MIN).count();
        let (right, _, strong) = self.at(reported);
        println!(
            "{name:34}   {f1:.3} {precision:5.2} {recall:5.2} {pairs:6} | {}  {}  {}  {} | {reported:8} {right:5.2}      {strong:.2}",
            at(20),
            at(40),
            at(60),
            at(80)
        );
    }

    /// Precision, recall and recall of strong pairs among the first `first`.
    fn at(&self, first: usize) -> (f64, f64, f64) {
        let first = &self.items[..first.min(self.items.len())];
        let right = first.iter().filter(|(item, _)| !item.hits.is_empty()).count();
        let found: BTreeSet<usize> =
            first.iter().flat_map(|(item, _)| item.hits.iter().copied()).collect();
        let recall = |counts: &dyn Fn(Class) -> bool| {
            let wanted = |hit: usize| self.gold[hit].1 && counts(self.gold[hit].0);
            let all = (0..self.gold.len()).filter(|hit| wanted(*hit)).count();
            share(found.iter().filter(|hit| wanted(**hit)).count(), all)
        };
        let must = recall(&|class| class != Class::Optional);
        (share(right, first.len()), must, recall(&|class| class == Class::Strong))
    }

    fn best_cut(&self) -> (f64, f64, f64, usize) {
        let required = self.gold.iter().filter(|gold| gold.1 && gold.0 != Class::Optional).count();
        let most = (2 * required + 50).min(self.items.len());
        let cut = |count: usize| {
            let (precision, recall, _) = self.at(count);
            let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
            (f1, precision, recall, count)
        };
        (5..=most).map(cut).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
    }
}

fn share(part: usize, all: usize) -> f64 {
    count(part) / count(all.max(1))
}

fn count(value: usize) -> f64 {
    f64::from(u32::try_from(value).expect("gold is small"))
}
