//! Abbreviations: whether a full stop after a word ends a sentence.
//!
//! After Kiss and Strunk (2006, *Unsupervised Multilingual Sentence Boundary
//! Detection*, section 4): an abbreviation's full stop ends the sentence only
//! when the next word is one that often begins sentences. Their lists are learned
//! from a corpus; these are written by hand, so that a reader can check them.
//!
//! In:  one word.
//! Out: what its full stop may mean.
//! Not here: the rules that use it (`sentence`).

/// What kind of abbreviation a word before a full stop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not an abbreviation.
    Word,
    /// Always followed by what it belongs to: `Dr.`, `e.g.`
    Leading,
    /// Followed by its number, else a word or an abbreviation like others: `No.`, `Nov.`
    Counting,
    /// May end a sentence: `U.S.`, `Inc.`
    Other,
    /// A time of day: ends a sentence unless a day or zone follows.
    Time,
    /// One capital letter: an initial, `J.`
    Initial,
}

/// What kind of abbreviation `word` is, given without its last full stop.
pub(super) fn kind(word: &str) -> Kind {
    let mut chars = word.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return single(only);
    }
    match word {
        "a.m" | "p.m" | "A.M" | "P.M" => Kind::Time,
        _ if is_leading(word) => Kind::Leading,
        _ if is_counting(word) => Kind::Counting,
        _ if is_other(word) || is_dotted(word) => Kind::Other,
        _ => Kind::Word,
    }
}

fn single(letter: char) -> Kind {
    match letter {
        'v' => Kind::Leading,
        'p' | 'c' | 'n' => Kind::Counting,
        _ if letter.is_uppercase() => Kind::Initial,
        _ => Kind::Word,
    }
}

/// Titles before names, and words that introduce something.
fn is_leading(word: &str) -> bool {
    LEADING.binary_search(&word).is_ok()
}

const LEADING: &[&str] = &[
    "Adm", "Ald", "Amb", "Asst", "Atty", "Brig", "Capt", "Cdr", "Cmdr", "Col", "Cpl", "Cpt", "Det",
    "Dr", "Fr", "Gen", "Gov", "Govs", "Hon", "Insp", "Lt", "Lt.Gen", "Maj", "Messrs", "Mlle",
    "Mme", "Mr", "Mrs", "Ms", "Msgr", "Mx", "Pres", "Prof", "Pvt", "Rep", "Reps", "Rev", "Sen",
    "Sens", "Sgt", "Supt", "approx", "ca", "cf", "e.g", "eg", "esp", "i.e", "ie", "incl", "viz",
    "vs",
];

/// Words before a number; in lower case most are also words of their own.
fn is_counting(word: &str) -> bool {
    COUNTING.binary_search(&word).is_ok()
}

const COUNTING: &[&str] = &[
    "Apr", "Art", "Arts", "Aug", "Ch", "Chap", "Dec", "Feb", "Fig", "Figs", "Fri", "Jan", "Jul",
    "Jun", "Mar", "Mon", "No", "Nos", "Nov", "Nr", "Oct", "Op", "Par", "Pt", "Rs", "Sat", "Sec",
    "Sep", "Sept", "Sun", "Thu", "Thur", "Thurs", "Tue", "Tues", "Vol", "Wed", "art", "ch", "chap",
    "est", "fig", "no", "nos", "op", "par", "pp", "sec", "vol",
];

/// Abbreviations that stand at the end of a sentence as often as within it.
fn is_other(word: &str) -> bool {
    OTHER.binary_search(&word).is_ok()
}

const OTHER: &[&str] = &[
    "Ala", "Ariz", "Ark", "Assn", "Ave", "Blvd", "Bn", "Bros", "Calif", "Co", "Colo", "Conn",
    "Corp", "Cos", "Del", "Dept", "Esq", "Fla", "Ft", "Ga", "Gov't", "Hwy", "Ill", "Inc", "Ind",
    "Int'l", "Intl", "Jr", "Kan", "Ky", "La", "Ltd", "Md", "Mich", "Minn", "Mo", "Mont", "Mt",
    "Nat'l", "Natl", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Penn", "Ph.D", "Que", "Rd", "Sr",
    "St", "Ste", "Tenn", "Tex", "Univ", "Va", "Vt", "Wash", "Wis", "Wyo", "al", "bln", "bn",
    "dept", "ed", "eds", "etc", "hr", "hrs", "lb", "lbs", "min", "mln", "oz", "repr", "resp", "sq",
    "trans",
];

/// Whether `word` is letters with dots between, such as `U.S` or `D.C`.
fn is_dotted(word: &str) -> bool {
    let short =
        |part: &str| matches!(part.chars().count(), 1 | 2) && part.chars().all(char::is_alphabetic);
    word.contains('.') && word.split('.').all(short)
}

/// Whether a day, month or time zone follows a time of day in the same sentence.
pub(super) fn is_after_time(word: &str) -> bool {
    super::role::is_month(word)
        || super::role::is_weekday(word)
        || matches!(
            word,
            "ET" | "EST"
                | "EDT"
                | "CT"
                | "CST"
                | "CDT"
                | "MT"
                | "MST"
                | "MDT"
                | "PT"
                | "PST"
                | "PDT"
                | "GMT"
                | "UTC"
                | "BST"
                | "CET"
                | "CEST"
                | "IST"
                | "JST"
                | "Eastern"
                | "Central"
                | "Pacific"
                | "Mountain"
                | "Moscow"
                | "Greenwich"
        )
}

/// Whether `word`, with a capital, almost only begins sentences.
///
/// Words that also begin names after an abbreviation (`U.S. No. 1`, `U.S. Under
/// Secretary`) are left out.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

const STARTERS: &[&str] = &[
    "A",
    "According",
    "After",
    "Although",
    "An",
    "Analysts",
    "And",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Could",
    "Critics",
    "Despite",
    "Did",
    "Do",
    "Does",
    "During",
    "Earlier",
    "Experts",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Is",
    "It",
    "It's",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "Moreover",
    "Most",
    "My",
    "Nor",
    "Not",
    "Now",
    "Observers",
    "Officials",
    "On",
    "Once",
    "Or",
    "Our",
    "Scholars",
    "She",
    "Should",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "To",
    "Until",
    "Was",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "Without",
    "Would",
    "Yet",
    "You",
    "Your",
];

/// Whether `word` tells that somebody spoke.
pub(super) fn is_speech_verb(word: &str) -> bool {
    SPEECH_VERBS.binary_search(&word).is_ok()
}

const SPEECH_VERBS: &[&str] = &[
    "added",
    "asked",
    "asks",
    "cried",
    "declared",
    "exclaimed",
    "insisted",
    "joked",
    "posted",
    "quipped",
    "recalled",
    "replied",
    "said",
    "says",
    "shouted",
    "told",
    "tweeted",
    "warned",
    "wondered",
    "writes",
    "wrote",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_searching() {
        for list in [LEADING, COUNTING, OTHER, STARTERS, SPEECH_VERBS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn knows_abbreviations_by_list_and_by_shape() {
        #[rustfmt::skip]
        let cases = [
            ("Dr", Kind::Leading),  ("e.g", Kind::Leading),  ("v", Kind::Leading),
            ("No", Kind::Counting), ("Nov", Kind::Counting), ("p", Kind::Counting),
            ("U.S", Kind::Other),   ("Ph.D", Kind::Other),   ("Inc", Kind::Other),
            ("p.m", Kind::Time),    ("J", Kind::Initial),    ("É", Kind::Initial),
            ("plan", Kind::Word),   ("example.com", Kind::Word), ("", Kind::Word),
        ];
        for (word, expected) in cases {
            assert_eq!(kind(word), expected, "{word}");
        }
    }
}
