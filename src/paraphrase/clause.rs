//! Clauses, and the smallest run of them that carries what is shared.
//!
//! In:  a unit and the tokens in it that answer to another passage.
//! Out: a range of tokens.
//! Not here: which tokens answer to each other (`matching`).

use crate::text::Text;
use std::ops::Range;

/// The share of the matched weight that the shown span must keep: the rest are words
/// that answer to each other by chance, in another clause.
const KEPT_SHARE: f32 = 0.8;

/// Words that open a clause of their own.
const OPENERS: &[&str] = &[
    "after", "although", "as", "because", "before", "but", "if", "since", "so", "that", "though",
    "unless", "until", "when", "where", "which", "while", "who", "whose",
];

/// Signs that part clauses wherever they stand.
const SIGNS: &[char] = &[';', ':', '—', '–', '(', ')', '"', '“', '”'];

/// The smallest run of whole clauses in `tokens` that holds most of the `weights`, and all
/// the tokens that are `needed`.
///
/// `weights` are tokens of the unit with what each is worth.
pub(super) fn core(
    text: &Text,
    tokens: &Range<u32>,
    weights: &[(u32, f32)],
    needed: &[u32],
) -> Range<u32> {
    let borders = borders(text, tokens);
    let mut of_clause = vec![0.0; borders.len() - 1];
    for (token, weight) in weights {
        of_clause[of(&borders, *token)] += weight;
    }
    let wanted = KEPT_SHARE * of_clause.iter().sum::<f32>();
    let needed = needed.iter().map(|token| of(&borders, *token));
    let latest_start = needed.clone().min().unwrap_or(usize::MAX);
    let earliest_end = needed.max().unwrap_or(0);
    let mut best = tokens.clone();
    let (mut first, mut held) = (0, 0.0);
    for (last, weight) in of_clause.iter().enumerate() {
        held += weight;
        // The shortest run that ends here.
        while first < last.min(latest_start) && held - of_clause[first] >= wanted {
            held -= of_clause[first];
            first += 1;
        }
        let run = borders[first]..borders[last + 1];
        if held >= wanted && last >= earliest_end && run.len() < best.len() {
            best = run;
        }
    }
    best
}

/// The clause that a token is in, by number.
pub(super) fn of(borders: &[u32], token: u32) -> usize {
    borders.partition_point(|border| *border <= token) - 1
}

/// Where clauses begin, and the end of the last one.
pub(super) fn borders(text: &Text, tokens: &Range<u32>) -> Vec<u32> {
    let inner = (tokens.start + 1..tokens.end).filter(|token| begins_clause(text, *token));
    std::iter::once(tokens.start).chain(inner).chain(std::iter::once(tokens.end)).collect()
}

fn begins_clause(text: &Text, token: u32) -> bool {
    let [before, here] = [token - 1, token].map(|index| &text.tokens[index as usize]);
    let between = &text.folded.text()[before.folded.end()..here.folded.start()];
    let word = text.word(here);
    let opens = || OPENERS.iter().any(|opener| word.eq_ignore_ascii_case(opener));
    between.contains(SIGNS)
        || between.contains(" - ")
        || opens()
        || (between.contains(',') && (word.ends_with("ing") || word.ends_with("ed")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;

    /// The clauses of `source` that hold most of the weight of `words`, one nat each.
    fn shown<'s>(source: &'s str, words: &[&str], number: &str) -> &'s str {
        let text = Text::read(DocId(0), source);
        let tokens = 0..u32::try_from(text.tokens.len()).unwrap();
        let at = |is_wanted: &dyn Fn(&str) -> bool| -> Vec<u32> {
            let found = (0..).zip(&text.tokens).filter(|(_, token)| is_wanted(text.word(token)));
            found.map(|(index, _)| index).collect()
        };
        let words = at(&|word| words.contains(&word)).into_iter();
        let weights: Vec<(u32, f32)> = words.map(|index| (index, 1.0)).collect();
        let core = core(&text, &tokens, &weights, &at(&|word| word == number));
        &source[text.span_of(&core).unwrap().range()]
    }

    #[test]
    fn the_shortest_run_of_clauses_that_carries_the_words_is_shown() {
        let source = "The harbour, which opened in May, is shut because pilots went on strike";
        let cases = [
            (&["pilots", "strike"][..], "because pilots went on strike"),
            (&["opened", "May"], "which opened in May, is shut"),
            (&["harbour", "May", "pilots", "strike"], source),
        ];
        for (words, wanted) in cases {
            assert_eq!(shown(source, words, ""), wanted, "{words:?}");
        }
    }

    #[test]
    fn a_number_in_common_is_always_shown() {
        let source = "Pilots went on strike on Monday, which 29 ships noticed, though nobody else";

        assert_eq!(shown(source, &["Pilots", "strike"], "x"), "Pilots went on strike on Monday");
        assert_eq!(
            shown(source, &["Pilots", "strike"], "29"),
            "Pilots went on strike on Monday, which 29 ships noticed"
        );
    }
}
