//! Plagdet: precision, recall and granularity of passages, in characters.
//!
//! Potthast, Stein, Barrón-Cedeño, Rosso, "An Evaluation Framework for Plagiarism
//! Detection", COLING 2010, section 3; macro-averaged over passages, as in PAN.

use std::ops::Range;

/// A passage of two documents, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    pub susp: Range<usize>,
    pub src: Range<usize>,
}

/// One pair of documents: what is there and what was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pair {
    pub gold: Vec<Passage>,
    pub found: Vec<Passage>,
}

/// The scores of a set of pairs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    pub plagdet: f64,
    pub precision: f64,
    pub recall: f64,
    pub granularity: f64,
    /// Pairs without a passage in which one was found.
    pub false_alarms: usize,
}

/// Scores some pairs together.
pub(crate) fn score<'p>(pairs: impl Iterator<Item = &'p Pair> + Clone) -> Score {
    let of = |one: fn(&Pair) -> (&[Passage], &[Passage])| {
        pairs.clone().flat_map(move |pair| {
            let (targets, others) = one(pair);
            targets.iter().map(|passage| covered(passage, others)).collect::<Vec<_>>()
        })
    };
    let recalls: Vec<(f64, usize)> = of(|pair| (&pair.gold, &pair.found)).collect();
    let precisions: Vec<(f64, usize)> = of(|pair| (&pair.found, &pair.gold)).collect();
    let recall = mean(recalls.iter().map(|(share, _)| *share));
    let precision = mean(precisions.iter().map(|(share, _)| *share));
    let detections = recalls.iter().map(|(_, found)| *found).filter(|found| *found > 0);
    let granularity = mean(detections.map(number));
    let f1 = match precision + recall {
        0.0 => 0.0,
        sum => 2.0 * precision * recall / sum,
    };
    let false_alarms = pairs.filter(|pair| pair.gold.is_empty() && !pair.found.is_empty()).count();
    Score { plagdet: f1 / (1.0 + granularity).log2(), precision, recall, granularity, false_alarms }
}

/// The share of the characters of `passage`, on both sides, that lie in those of
/// `others` that meet it on both sides, and how many these are.
fn covered(passage: &Passage, others: &[Passage]) -> (f64, usize) {
    let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let meeting: Vec<&Passage> = others
        .iter()
        .filter(|other| meets(&passage.susp, &other.susp) && meets(&passage.src, &other.src))
        .collect();
    let susp = union(&passage.susp, meeting.iter().map(|other| other.susp.clone()).collect());
    let src = union(&passage.src, meeting.iter().map(|other| other.src.clone()).collect());
    let length = passage.susp.len() + passage.src.len();
    (number(susp + src) / number(length), meeting.len())
}

/// The characters of `range` that lie in any of `others`.
fn union(range: &Range<usize>, mut others: Vec<Range<usize>>) -> usize {
    others.sort_by_key(|other| (other.start, other.end));
    let mut upto = range.start;
    let mut total = 0;
    for other in others {
        let (start, end) = (other.start.max(upto), other.end.min(range.end));
        if start < end {
            total += end - start;
            upto = end;
        }
    }
    total
}

/// The mean, 1 of nothing: no passages to find were all found.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 1.0 } else { sum / number(count) }
}

fn number(value: usize) -> f64 {
    f64::from(u32::try_from(value).expect("texts are small"))
}
