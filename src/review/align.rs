//! Sentence alignment: which sentences of the later text are which of the earlier.
//!
//! What is word for word the same is found by a patience diff. Between two such
//! places sentences are paired in order so that together they share most words
//! (Needleman and Wunsch 1970, with Dice's coefficient as the score). What is then
//! left on both sides may have moved.
//!
//! In:  the units of two texts.
//! Out: [`Link`]s in reading order of the later text.
//! Not here: which words differ inside a pair (`sentence`).

use crate::review::Reading;
use crate::text::Form;
use similar::Algorithm;
use similar::DiffOp;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::ops::Range;

/// Share of their words that two sentences in the same place have in common when one
/// is the other rewritten.
const SAME_PLACE_MIN: f64 = 0.4;

/// The same for sentences in different places, where chance has more to choose from.
const MOVED_MIN: f64 = 0.8;

/// Shorter sentences, such as "Yes", are said more than once.
const MOVED_TOKENS_MIN: usize = 3;

/// Pairs that are compared at most between two unchanged sentences: a tenth of a second.
const PAIRS_MAX: usize = 250_000;

/// Units of both texts that are one; one side is empty for what stands in one only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
    /// Whether the order of the text is another.
    pub(crate) moved: bool,
}

/// Everything by which the units of two texts differ.
pub(crate) fn align(old: &Reading, new: &Reading) -> Vec<Link> {
    let mut numbers = HashMap::new();
    let mut number = |reading: &Reading| -> Vec<usize> {
        let wording = |unit| {
            let words: Vec<&str> = reading.text.unit_text(unit).split_whitespace().collect();
            let next = numbers.len();
            *numbers.entry(words.join(" ")).or_insert(next)
        };
        reading.text.units.iter().map(wording).collect()
    };
    let both = Both { keys: (number(old), number(new)), words: (words(old), words(new)) };
    let ops = similar::capture_diff_slices(Algorithm::Patience, &both.keys.0, &both.keys.1);
    let mut links = Vec::new();
    for op in ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
        both.pair(op.old_range(), op.new_range(), &mut links);
    }
    both.find_moved(&mut links);
    grouped(links, old, new)
}

/// Both texts as they are compared: old, then new.
struct Both {
    /// Equal numbers are the same wording.
    keys: (Vec<usize>, Vec<usize>),
    /// The forms of each unit's words, sorted.
    words: (Vec<Vec<Form>>, Vec<Vec<Form>>),
}

fn words(reading: &Reading) -> Vec<Vec<Form>> {
    let sorted = |unit| {
        let mut forms: Vec<Form> =
            reading.text.unit_tokens(unit).iter().map(|token| token.form).collect();
        forms.sort_unstable();
        forms
    };
    reading.text.units.iter().map(sorted).collect()
}

impl Both {
    /// Share of the words of both units that stand in both, from 0 to 1.
    fn similarity(&self, old: usize, new: usize) -> f64 {
        let (left, right) = (&self.words.0[old], &self.words.1[new]);
        let (mut at, mut to, mut shared) = (0, 0, 0_u32);
        while let (Some(one), Some(two)) = (left.get(at), right.get(to)) {
            at += usize::from(one <= two);
            to += usize::from(two <= one);
            shared += u32::from(one == two);
        }
        let total = u32::try_from(left.len() + right.len()).unwrap_or(u32::MAX);
        if total == 0 { 0.0 } else { 2.0 * f64::from(shared) / f64::from(total) }
    }

    /// Adds links for a stretch without an unchanged sentence, in order.
    fn pair(&self, old: Range<usize>, new: Range<usize>, links: &mut Vec<Link>) {
        let mut pairs = self.best(&old, &new);
        pairs.push((old.end, new.end));
        let (mut at, mut to) = (old.start, new.start);
        for (left, right) in pairs {
            links.extend((at..left).map(|unit| Link::lone(unit..unit + 1, to..to)));
            links.extend((to..right).map(|unit| Link::lone(left..left, unit..unit + 1)));
            if left < old.end && right < new.end {
                links.push(Link::lone(left..left + 1, right..right + 1));
            }
            (at, to) = (left + 1, right + 1);
        }
    }

    /// The pairs in order that together are most alike.
    fn best(&self, old: &Range<usize>, new: &Range<usize>) -> Vec<(usize, usize)> {
        if old.len().saturating_mul(new.len()) > PAIRS_MAX {
            return Vec::new();
        }
        let columns = new.len() + 1;
        // The best sum for what follows each pair of places.
        let mut sums = vec![0.0_f64; (old.len() + 1) * columns];
        let alike = |left: usize, right: usize| {
            let score = self.similarity(old.start + left, new.start + right);
            if score < SAME_PLACE_MIN { 0.0 } else { score }
        };
        for left in (0..old.len()).rev() {
            for right in (0..new.len()).rev() {
                let skip = sums[(left + 1) * columns + right].max(sums[left * columns + right + 1]);
                let score = alike(left, right);
                let pair = score + sums[(left + 1) * columns + right + 1];
                sums[left * columns + right] = if score > 0.0 { pair.max(skip) } else { skip };
            }
        }
        let (mut left, mut right, mut pairs) = (0, 0, Vec::new());
        while left < old.len() && right < new.len() {
            let here = sums[left * columns + right];
            let score = alike(left, right);
            if score > 0.0 && here <= score + sums[(left + 1) * columns + right + 1] {
                pairs.push((old.start + left, new.start + right));
                (left, right) = (left + 1, right + 1);
            } else if here <= sums[(left + 1) * columns + right] {
                left += 1;
            } else {
                right += 1;
            }
        }
        pairs
    }

    /// Joins what stands in one text only with what it is in the other.
    fn find_moved(&self, links: &mut Vec<Link>) {
        let lone = |links: &[Link], is_lone: fn(&Link) -> bool| -> Vec<usize> {
            (0..links.len()).filter(|at| is_lone(&links[*at])).collect()
        };
        let mut gone = lone(links, |link| link.new.is_empty());
        let come = lone(links, |link| link.old.is_empty());
        let mut exact: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in gone.iter().rev() {
            exact.entry(self.keys.0[links[*at].old.start]).or_default().push(*at);
        }
        let mut arrivals: BTreeMap<usize, usize> = BTreeMap::new();
        for at in &come {
            *arrivals.entry(self.keys.1[links[*at].new.start]).or_default() += 1;
        }
        let few = gone.len().saturating_mul(come.len()) <= PAIRS_MAX;
        let mut left = Vec::new();
        for at in come {
            let unit = links[at].new.start;
            let is_long = self.words.1[unit].len() >= MOVED_TOKENS_MIN;
            let key = self.keys.1[unit];
            // A short heading is known again when there is one of it.
            let lone =
                |places: &&mut Vec<usize>| is_long || (places.len() == 1 && arrivals[&key] == 1);
            let same = exact.get_mut(&key).filter(lone).and_then(Vec::pop);
            match same {
                Some(from) => join(links, from, at),
                None => left.extend((is_long && few).then_some((at, unit))),
            }
        }
        gone.retain(|at| !links[*at].old.is_empty());
        for (at, unit) in left {
            let alike = |from: &usize| self.similarity(links[*from].old.start, unit);
            let best = gone.iter().copied().max_by(|one, two| alike(one).total_cmp(&alike(two)));
            if let Some(from) = best.filter(|from| alike(from) >= MOVED_MIN) {
                gone.retain(|known| *known != from);
                join(links, from, at);
            }
        }
        links.retain(|link| !link.old.is_empty() || !link.new.is_empty());
    }
}

/// Makes one of what left a place and what came to another; the link of the former
/// stays behind without units.
fn join(links: &mut [Link], from: usize, to: usize) {
    let place = links[from].old.start;
    let old = std::mem::replace(&mut links[from].old, place..place);
    links[to] = Link { old, new: links[to].new.clone(), moved: true };
}

impl Link {
    fn lone(old: Range<usize>, new: Range<usize>) -> Self {
        Self { old, new, moved: false }
    }
}

/// One link for neighbours that were added, omitted or moved together.
fn grouped(links: Vec<Link>, old: &Reading, new: &Reading) -> Vec<Link> {
    let mut grouped: Vec<Link> = Vec::with_capacity(links.len());
    let paragraph = |reading: &Reading, unit: usize| reading.text.units[unit].paragraph;
    for link in links {
        let Some(last) = grouped.last_mut() else {
            grouped.push(link);
            continue;
        };
        let follows = last.old.end == link.old.start && last.new.end == link.new.start;
        let same = match (link.old.is_empty(), link.new.is_empty()) {
            (true, false) => {
                last.old.is_empty()
                    && paragraph(new, last.new.end - 1) == paragraph(new, link.new.start)
            }
            (false, true) => {
                last.new.is_empty()
                    && paragraph(old, last.old.end - 1) == paragraph(old, link.old.start)
            }
            _ => last.moved && link.moved,
        };
        if follows && same {
            last.old.end = link.old.end.max(last.old.end);
            last.new.end = link.new.end.max(last.new.end);
        } else {
            grouped.push(link);
        }
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "The port opened on Monday.";
    const TWO: &str = "The mayor welcomed the first ferry herself.";
    const THREE: &str = "Tickets cost four euros each way.";

    /// What the links are, as positions: old>new, with `~` for what moved.
    fn told(old: &[&str], new: &[&str]) -> String {
        let (old, new) = (old.join("\n\n"), new.join("\n\n"));
        let links = align(&Reading::of(&old), &Reading::of(&new));
        let side = |range: &Range<usize>| match range.len() {
            0 => "-".to_owned(),
            1 => range.start.to_string(),
            _ => format!("{}..{}", range.start, range.end),
        };
        let link = |link: &Link| {
            let sign = if link.moved { "~" } else { ">" };
            format!("{}{sign}{}", side(&link.old), side(&link.new))
        };
        links.iter().map(link).collect::<Vec<_>>().join(" ")
    }

    /// One row per way to edit a text.
    #[test]
    fn every_sentence_is_found_where_it_went() {
        let edited = "The harbour opened on Monday.";
        let wide = "Tickets cost four euros each way,\nand so on.";
        #[rustfmt::skip]
        let cases: [(&[&str], &[&str], &str); 10] = [
            (&[ONE, TWO, THREE], &[ONE, TWO, THREE],          ""),
            (&[ONE, TWO, THREE], &[ONE, THREE],               "1>-"),
            (&[ONE, THREE],      &[ONE, TWO, THREE],          "->1"),
            (&[ONE, TWO, THREE], &[edited, TWO, THREE],       "0>0"),
            (&[ONE, TWO, THREE], &[THREE, ONE, TWO],          "2~0"),
            (&[ONE, TWO, THREE], &[edited, wide],             "0>0 1>- 2>1"),
            (&[ONE],             &["Nothing is alike here."], "0>- ->0"),
            (&[],                &[ONE],                      "->0"),
            (&["Yes.", ONE, TWO], &[ONE, TWO, "Yes."],        "0~2"),
            (&["Yes.", ONE, TWO], &[ONE, "Yes.", TWO, "Yes."], "0>- ->1 ->3"),
        ];
        for (old, new, expected) in cases {
            assert_eq!(told(old, new), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn neighbours_that_move_together_are_one() {
        let four = "Nobody had counted the gulls on the pier.";
        let five = "A second ferry follows in the spring.";
        let old = [ONE, TWO, THREE, four, five];

        assert_eq!(told(&old, &[four, five, ONE, TWO, THREE]), "3..5~0..2");
    }
}
