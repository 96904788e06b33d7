//! Superlatives: which of all, by what can be measured.
//!
//! `the largest donor`, `its highest level`, `the second-largest port`, `the most populous
//! state`. `The first` and `the seventh` are ordinals; what is a matter of taste, such as
//! `the best`, is left out.
//!
//! In:  a [`Line`] and such a word, with the position before it if there is one.
//! Out: a [`Figure`] of kind [`Kind::Superlative`], and where to go on.
//! Not here: whose rank it is, and among what (`fact`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::lex::Line;
use super::lexicon::lexicon;
use super::noun;
use super::scan::Figure;
use rust_decimal::Decimal;

/// `the largest donor`, where `largest` stands at `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let name = line.is_capitalised(at) && at > 0 && !line.title_case;
    (!name && boundary::opens(line, at) && is_determined(line, at)).then_some(())?;
    ranked(line, at, at, Decimal::ONE)
}

/// The superlative at `at`, of the given position from the top, as a figure that begins at
/// `from`: `second-largest`.
pub(super) fn ranked(
    line: &Line,
    from: usize,
    at: usize,
    position: Decimal,
) -> Option<(Figure, usize)> {
    let (quality, to) = quality(line, at)?;
    let noun = noun::ordered(line, to).filter(|noun| !is_plural_news(line, &quality, noun.at));
    // "its highest since 1954"
    let open = matches!(line.lower(to), "since" | "ever" | "in" | "on" | "of" | "by" | "for")
        && quality != "latest"
        && quality != "worst";
    (noun.is_some() || open).then_some(())?;
    let of = noun.as_ref().map_or("", |noun| noun.lemma.as_str()).into();
    let value = Value::exactly(position, Unit::Most { quality: quality.into(), of });
    let noun = noun.map(|noun| line.range(noun.at, noun.at + 1));
    Some((Figure::new(line, (from, to), Kind::Superlative, value).of(noun), to))
}

/// What is greatest, as shown, and where its words end: `largest`, `most populous`,
/// `longest-serving`.
fn quality(line: &Line, at: usize) -> Option<(String, usize)> {
    let lower = line.lower(at);
    if matches!(lower, "most" | "least") {
        let word = line.lower(at + 1);
        return lexicon()
            .extent
            .measurable
            .contains(word)
            .then(|| (format!("{lower} {word}"), at + 2));
    }
    let shown = lexicon().extent.superlatives.get(lower)?;
    if line.glued_mark(at + 1) == Some('-') && line.is_glued_word(at + 2) {
        return Some((format!("{shown}-{}", line.lower(at + 2)), at + 3));
    }
    boundary::closes(line, at + 1, false).then(|| (shown.clone(), at + 1))
}

/// `the latest figures` are recent ones; `the latest state to join` is the last of a row.
fn is_plural_news(line: &Line, quality: &str, noun: usize) -> bool {
    matches!(quality, "latest" | "newest" | "most recent") && line.lower(noun).ends_with('s')
}

/// `the largest`, `Latvia's largest`, `the single largest`.
fn is_determined(line: &Line, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |before| line.lower(before));
    let determines = |word: &str| {
        let possessive = word.ends_with("'s") || word.ends_with("s'");
        possessive || lexicon().words.determiners.contains(word)
    };
    let inner = matches!(word(1), "single" | "very" | "new" | "then" | "current");
    determines(word(1)) || (inner && determines(word(2)))
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per wording.
    #[test]
    fn reads_every_wording() {
        #[rustfmt::skip]
        let cases = [
            ("the largest donor since 2014",        vec!["superlative 1 largest donor: largest", "date 2014: 2014"]),
            ("Latvia’s biggest port",               vec!["superlative 1 largest port: biggest"]),
            ("the second-largest economy",          vec!["superlative 2 largest economy: second-largest"]),
            ("the second largest economy",          vec!["superlative 2 largest economy: second largest"]),
            ("the third-oldest member",             vec!["superlative 3 oldest member: third-oldest"]),
            ("the most populous state",             vec!["superlative 1 most populous state: most populous"]),
            ("the longest-serving mayor",           vec!["superlative 1 longest-serving mayor: longest-serving"]),
            ("its highest since 1954",              vec!["superlative 1 highest: highest", "date 1954: 1954"]),
            ("the latest state to join",            vec!["superlative 1 latest state: latest"]),
            ("the second-longest for trains",       vec!["superlative 2 longest: second-longest"]),
            ("the single largest donor",            vec!["superlative 1 largest donor: largest"]),
        ];
        for (text, figures) in cases {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    #[test]
    fn refuses_what_ranks_nothing() {
        for text in [
            "at least",
            "at the latest.",
            "the latest figures",
            "largest of all",
            "the best way",
            "the most of it",
            "the most important port",
            "most ports",
            "the Highest Court",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
