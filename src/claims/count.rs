//! Plain numbers: which of them count something, and what.
//!
//! `29 bilateral agreements`, `20,000`, `five nations`. Most of this file is about
//! what is not a count: `Article 5`, `Boeing 737`, `three-fold`, `one in three`,
//! `2 p.m.`, the pronoun `one`, and `two` in `the two met`.
//!
//! In:  a number that nothing stricter explained.
//! Out: a [`Figure`] of kind [`Kind::Count`], or where to go on.
//! Not here: numbers with a unit (`amount`), years (`year`).

use super::Kind;
use super::Unit;
use super::Value;
use super::amount::Term;
use super::boundary;
use super::hedge;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::noun;
use super::noun::Noun;
use super::numeral;
use super::numeral::Numeral;
use super::scan::Figure;
use rust_decimal::Decimal;

/// Below this a number in words without a noun is more often a pronoun: "the two met".
const BARE_WORDS_MIN: Decimal = Decimal::from_parts(13, 0, 0, false, 0);

/// Below this a number in digits without a noun is more often a label or a score.
const BARE_DIGITS_MIN: Decimal = Decimal::from_parts(10, 0, 0, false, 0);

/// Where to go on after a number that is part of something else: `three-fold`,
/// `two thirds`, `one in three`, `10 a.m.`.
pub(super) fn unreadable(line: &Line, term: &Term) -> Option<usize> {
    let to = term.to;
    let word = joined(line, to);
    let lower = line.lower(word);
    if matches!(lower, "fold" | "times" | "x" | "×") || ends_in_fold(line, to) {
        return Some(word + 1);
    }
    if is_fraction(line, word) || lexicon().words.clock.contains(lower) {
        return Some(word + 1);
    }
    ratio_end(line, term)
}

/// The lexeme at `at`, or the one after a hyphen there.
fn joined(line: &Line, at: usize) -> usize {
    let hyphened = line.glued_mark(at) == Some('-') && line.is_word(at + 1);
    if hyphened { at + 1 } else { at }
}

/// `thirds`, `quarter`, `tenth`: what a number before it makes a part of.
fn is_fraction(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    // "two quarters" may be of a year; nothing is lost by leaving both alone.
    matches!(lexicon().small_trigger(singular), Trigger::Ordinal(3..))
        || matches!(singular, "quarter" | "half" | "halve")
}

/// `four-` of `four- to five-fold`.
fn ends_in_fold(line: &Line, to: usize) -> bool {
    let hanging = line.glued_mark(to) == Some('-') && matches!(line.lower(to + 1), "to" | "or");
    let end = numeral::whole(line, to + 2).map(|second| joined(line, second.to));
    hanging && end.is_some_and(|end| line.lower(end) == "fold")
}

/// After `one in three`, `9 out of 10`, `50 per 100,000`.
fn ratio_end(line: &Line, term: &Term) -> Option<usize> {
    let to = term.to;
    let next = match (line.lower(to), line.lower(to + 1)) {
        ("out", "of") | ("in" | "of", "every") => to + 2,
        ("in" | "per" | "over", _) => to + 1,
        _ => return None,
    };
    let whole = numeral::whole(line, next)?;
    let (part, of) = (term.value, whole.value);
    let may_be_year = !whole.spelled && !whole.grouped && line.text(next).len() == 4;
    let small = part < of && term.unit == Unit::None && !(may_be_year && line.lower(to) == "in");
    small.then_some(whole.to)
}

/// Whether two plain numbers are the ends of a range rather than a score, a list or a change.
pub(super) fn is_range(line: &Line, first: &Term, second: &Term, words: bool) -> bool {
    let counts = noun::counted(line, second.to).is_some();
    let after_article = first.from > 0 && matches!(line.lower(first.from - 1), "a" | "the");
    let large = second.number.is_scaled() || second.number.grouped;
    !is_label(line, first) && ((counts && (words || !after_article)) || (large && words))
}

/// Adds the count from `low` to `high`, if it is one; returns where to go on.
pub(super) fn emit(line: &Line, low: &Term, high: &Term, found: &mut Vec<Figure>) -> usize {
    let mut most = high.number;
    let compound = compound_noun(line, high.to);
    // "20k homes", but not "a 20k race".
    let mut lettered = most;
    lettered.take_letter(line);
    if line.is_glued(high.to) && noun::counted(line, lettered.to).is_some() {
        most = lettered;
    }
    let (from, to) = (low.from, most.to);
    let noun = compound.clone().or_else(|| noun::counted(line, to));
    let plus = line.glued_mark(to) == Some('+') && !line.is_glued(to + 1);
    if !(plus || compound.is_some() || boundary::closes(line, to, false)) {
        return boundary::chain_end(line, to - 1);
    }
    let hedge = hedge::around(line, from, to, Kind::Count);
    let least = if low.from == high.from { most.value } else { low.value };
    if least.is_sign_negative() || !counts(line, low, to, noun.as_ref(), hedge.is_some()) {
        return to;
    }
    let (unit, noun) = match noun {
        Some(noun) => (Unit::Things(noun.lemma.into()), Some(line.range(noun.at, noun.at + 1))),
        None => (Unit::None, None),
    };
    let value = Value::Amount { low: least, high: most.value, unit };
    found.push(Figure::new(line, (from, to), Kind::Count, value).hedged(hedge).of(noun));
    to
}

/// The counted part of a compound: `nation` of `five-nation bloc`.
fn compound_noun(line: &Line, to: usize) -> Option<Noun> {
    let at = joined(line, to);
    let lemma = line.lower(at);
    (at > to && lexicon().words.compounds.contains(lemma))
        .then(|| Noun { at, lemma: lemma.to_owned() })
}

/// Whether the number counts something, as far as its neighbours tell.
fn counts(line: &Line, term: &Term, to: usize, noun: Option<&Noun>, hedged: bool) -> bool {
    let number = &term.number;
    let one = number.spelled && number.value == Decimal::ONE;
    let apart = is_label(line, term) || is_address(line, to) || beside_number(line, term.from, to);
    if one || apart || boundary::is_enumerator(line, term.from) || is_name(line, term) {
        return false;
    }
    noun.is_some() || counts_alone(line, term, to, hedged)
}

/// Whether a number without a noun still counts: `from the current 20,000, opening`.
fn counts_alone(line: &Line, term: &Term, to: usize, hedged: bool) -> bool {
    let number = &term.number;
    let value = number.value;
    let large = number.is_scaled() || (number.grouped && value >= Decimal::from(1000));
    let least = if number.spelled { BARE_WORDS_MIN } else { BARE_DIGITS_MIN };
    let year_like = is_year_like(line, number);
    let part = !large && value.fract() != Decimal::ZERO;
    if !hedged && (value < least || part || (year_like && !number.is_scaled())) {
        return false;
    }
    let before = term.from.checked_sub(1).map_or("", |before| line.lower(before));
    let open = lexicon().words.before_bare.contains(before) && !large && !number.spelled;
    let next = line.lower(to);
    let happened = next.ends_with("ed") && !line.is_capitalised(to);
    let ends = next.is_empty() || lexicon().words.stop.contains(next) || happened;
    let alone = boundary::is_bracketed(line, term.from, to) || is_age(line, term.from, to);
    ends && !alone && (happened || !open) && (large || hedged || !line.is_capitalised(to))
}

/// Four digits and more without a separator.
fn is_year_like(line: &Line, number: &Numeral) -> bool {
    !number.spelled && !number.grouped && line.text(number.from).len() >= 4
}

/// `Article 5`, `Boeing 737`: the word before makes the number a label.
fn is_label(line: &Line, term: &Term) -> bool {
    let Some(before) = term.from.checked_sub(1) else { return false };
    let number = &term.number;
    if !line.is_word(before) {
        let short = line.lower(before.saturating_sub(1));
        let number =
            matches!(short, "no" | "nos" | "vol" | "art" | "sec" | "p" | "pp" | "fig" | "ch");
        let pointed = number && line.glued_mark(before) == Some('.');
        return pointed || matches!(line.mark(before), Some('#' | '№' | '§'));
    }
    // Labels are neither grouped nor scaled: "paid Acme 20,000".
    if number.is_scaled() || line.text(number.from).contains(',') {
        return false;
    }
    let lower = line.lower(before);
    let words = &lexicon().words;
    // "No 5" is a label, "no 5 people" are five people.
    let denied = lower == "no" && !line.is_capitalised(before);
    if words.designators.contains(lower) && !denied {
        return true;
    }
    // "Group of 20"
    if lower == "of" && line.text(before.saturating_sub(1)) == "Group" {
        return true;
    }
    // "Boeing 737", "Hamas 20": a name before digits may be part of a name.
    line.is_capitalised(before)
        && !number.spelled
        && !line.title_case
        && !lower.ends_with("'s")
        && !words.stop.contains(lower)
        && !matches!(line.trigger(before), Trigger::Weekday(_))
}

/// `10 Downing Street`.
fn is_address(line: &Line, to: usize) -> bool {
    line.is_capitalised(to)
        && (to..to + 4)
            .take_while(|at| line.is_capitalised(*at))
            .any(|at| lexicon().words.streets.contains(line.lower(at)))
}

/// Another number directly beside it, as in a telephone number or a table.
fn beside_number(line: &Line, from: usize, to: usize) -> bool {
    let is_number =
        |at: usize| line.is_number(at) || matches!(line.trigger(at), Trigger::Cardinal(_));
    let after = is_number(to) && super::year::is_plain(line, to);
    let before = from.checked_sub(1).is_some_and(|before| {
        is_number(before)
            && !(line.text(before).len() == 4 && super::year::is_year_text(line.text(before)))
            && !matches!(line.trigger(before.saturating_sub(1)), Trigger::Month(_))
    });
    before || after
}

/// `Five Eyes`: a capitalised number word inside a sentence.
fn is_name(line: &Line, term: &Term) -> bool {
    let inside =
        term.from > 0 && !matches!(line.mark(term.from - 1), Some('“' | '"' | ':' | '—' | '•'));
    term.number.spelled && inside && line.is_capitalised(term.from) && !line.title_case
}

/// `Rivera, 33, said`: an age, of whom the grammar cannot tell.
fn is_age(line: &Line, from: usize, to: usize) -> bool {
    let comma = |at: usize| line.mark(at) == Some(',');
    from >= 2 && comma(from - 1) && comma(to) && line.is_capitalised(from - 2)
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per thing counted.
    #[test]
    fn counts_what_is_counted() {
        #[rustfmt::skip]
        let cases = [
            ("The ports signed 31 maritime accords worth little.", vec!["count 31 accord: 31"]),
            ("It grew from the current 40,000, making room.",      vec!["count 40000: 40,000"]),
            ("The index rose to 6,852.97.",                        vec!["count 6852.97: 6,852.97"]),
            ("Leaders of six Baltic states met.",                  vec!["count 6 state: six"]),
            ("Twenty-nine boats sank.",                            vec!["count 29 boat: Twenty-nine"]),
            ("about 1.2 million people",                           vec!["count 1200000 person (about): 1.2 million"]),
            ("20 to 30 ships",                                     vec!["count 20..30 ship: 20 to 30"]),
            ("two or three boats",                                 vec!["count 2..3 boat: two or three"]),
            ("20k homes",                                          vec!["count 20000 home: 20k"]),
            ("a five-nation bloc",                                 vec!["count 5 nation: five"]),
            ("a dozen ships",                                      vec!["count 12 ship: a dozen"]),
            ("more than 300 wounded",                              vec!["count 300 (more than): 300"]),
            ("Port Signs 31 Deals With Line",                      vec!["count 31 deal: 31"]),
            ("On Friday 20 people left.",                          vec!["date friday: Friday", "count 20 person: 20"]),
            ("between 2000 and 3000 people",                       vec!["count 2000..3000 person: 2000 and 3000"]),
            ("In 2019 31 deals failed.",                           vec!["date 2019: 2019", "count 31 deal: 31"]),
        ];
        for (text, figures) in cases {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    /// One row per thing that looks like a number and counts nothing.
    #[test]
    fn refuses_what_counts_nothing() {
        for text in [
            "the C7+2 forum",
            "the “7+2 Forum” met",
            "the G7 met",
            "AS-100, chief",
            "a Boeing 737 landed",
            "Article 5 applies",
            "under Article 5 of the pact",
            "a B-52 flew",
            "Herald+2City News+2",
            "Council+1",
            "1. What happened",
            "(1) What happened",
            "as shown [12] before",
            "call 555-1234 or 202 555 0143",
            "see https://example.org/2024/11/29 there",
            "at 10:30 a.m.",
            "at 10 a.m. or 7pm",
            "no one came, one of many, this one",
            "one soldier was killed",
            "the two met",
            "two-thirds of it, one third, three quarters",
            "a three-fold rise, four- to five-fold, three times as many",
            "one in three, 9 out of 10, 50 per 100,000, one over three",
            "won by 3-1 on a 5-4 vote",
            "24/7 and 9/11",
            "the Five Eyes pact",
            "Rivera, 33, said",
            "at 10 Downing Street",
            "version 1.2.3",
            "the No. 5 seed",
            "in his 20s",
            "5G masts",
            "the 9000 was sold",
            "the 486 is old",
            "Rivera is 33.",
            "aged 33",
            "the Group of 20 leaders",
            "they voted 52 to 48",
            "version 10.4 of it",
            "see p. 45",
        ] {
            let read = ["age", "multiple", "ratio", "score", "time"];
            let other = |shown: &String| !read.iter().any(|kind| shown.starts_with(kind));
            let counts: Vec<_> = shown(text).into_iter().filter(other).collect();
            assert_eq!(counts, Vec::<String>::new(), "{text}");
        }
    }
}
