//! Hedges: what stands beside a figure and loosens it.
//!
//! In:  a [`Line`] and the place of a figure in it.
//! Out: the [`Hedge`], if one stands directly before or after.
//! Not here: how far each lets figures differ (documented on [`Hedge`]).

use super::Hedge;
use super::Kind;
use super::lex::Line;
use super::lexicon::Phrase;
use super::lexicon::lexicon;

/// The hedge of the figure in the lexemes `from..to`.
pub(super) fn around(line: &Line, from: usize, to: usize, kind: Kind) -> Option<Hedge> {
    before(line, from, kind).or_else(|| after(line, to))
}

fn before(line: &Line, from: usize, kind: Kind) -> Option<Hedge> {
    if from > 0 && matches!(line.mark(from - 1), Some('~' | '≈')) {
        return Some(Hedge::About);
    }
    let last = line.lower(from.checked_sub(1)?);
    for phrase in lexicon().before.get(last)? {
        let Some(start) = from.checked_sub(phrase.words.len()) else { continue };
        if !phrase.words.iter().enumerate().all(|(i, word)| line.lower(start + i) == *word) {
            continue;
        }
        let first = phrase.words[0].as_str();
        let alone = phrase.words.len() == 1;
        let past = alone && kind == Kind::Duration && matches!(first, "over" | "under" | "some");
        let other = past || (alone && is_topic(line, start, first));
        return (!other).then_some(phrase.hedge);
    }
    None
}

/// `talks about 29 deals`: the hedge at `start` says what the talks are of.
fn is_topic(line: &Line, start: usize, word: &str) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    lexicon().topic.get(word).is_some_and(|words| words.contains(line.lower(before)))
}

pub(super) fn after(line: &Line, to: usize) -> Option<Hedge> {
    if line.glued_mark(to) == Some('+') {
        return Some(Hedge::AtLeast);
    }
    let whole = |phrase: &&Phrase| {
        phrase.words.iter().enumerate().all(|(i, word)| line.lower(to + i) == *word)
    };
    Some(lexicon().after.get(line.lower(to))?.iter().find(whole)?.hedge)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per phrase: the text before and after `29`, and the hedge.
    #[test]
    fn finds_the_hedge_beside_the_figure() {
        #[rustfmt::skip]
        let cases = [
            ("approximately 29 ships",      Some(Hedge::About)),
            ("some 29 ships",               Some(Hedge::About)),
            ("nearly 29 ships",             Some(Hedge::Nearly)),
            ("more than 29 ships",          Some(Hedge::MoreThan)),
            ("no more than 29 ships",       Some(Hedge::UpTo)),
            ("up to 29 ships",              Some(Hedge::UpTo)),
            ("at least 29 ships",           Some(Hedge::AtLeast)),
            ("29 or more ships",            Some(Hedge::AtLeast)),
            ("29+ ships",                   Some(Hedge::AtLeast)),
            ("fewer than 29 ships",         Some(Hedge::LessThan)),
            ("talks about 29 ships",        None),
            ("a dispute over 29 ships",     None),
            ("about the 29 ships",          None),
            ("29 ships",                    None),
        ];
        for (text, hedge) in cases {
            let line = Line::new(text);
            let at = (0..line.len()).find(|at| line.is_number(*at)).unwrap();
            assert_eq!(around(&line, at, at + 1, Kind::Count), hedge, "{text}");
        }
    }

    #[test]
    fn over_a_duration_is_not_more_than_it() {
        let line = Line::new("over 10 years");

        assert_eq!(around(&line, 1, 3, Kind::Duration), None);
    }
}
