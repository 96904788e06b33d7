//! Parts: how many of so many.
//!
//! `five of the 38 plants`, `14 plants, of which three are to close`, `of the 27 kilometres
//! 19`, `19 kilometres of 27`, `three of them`: the same whole makes two parts comparable
//! that share no other word.
//!
//! In:  a [`Sentence`].
//! Out: facts about how many of a whole, and the same as a count of its noun.
//! Not here: shares in per cent (`count`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Unit;
use crate::claims::Value;
use crate::claims::cardinal;
use crate::claims::noun_class;
use crate::span::Span;
use rust_decimal::Decimal;

/// Words between `of` and the number of the whole: `of the fund's seven trustees`.
const OWNER_WORDS_MAX: usize = 3;

/// A whole: how many of what.
struct Whole {
    number: Decimal,
    noun: String,
    /// Whether its sentence counts it by itself: `eight children, two of them`. Then the part
    /// is no second count of the same.
    counted: bool,
}

/// Adds the parts of `sentence`; returns which of its claims they are.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) -> Vec<usize> {
    let mut told = Vec::new();
    for index in sentence.range.clone() {
        let Some((number, noun)) = things(&sentence.claims[index]) else { continue };
        let claim = &sentence.claims[index];
        let behind = after(sentence, claim);
        let counted = behind.is_some();
        let found = before(sentence, claim).or(behind).or_else(|| bare(sentence, claim, number));
        if let Some((part, token, whole)) = found {
            let whole = Whole { number: whole.unwrap_or(number), noun, counted };
            told.extend(add(sentence, part, token, whole, facts));
        }
    }
    for token in sentence.tokens() {
        if let Some((part, whole)) = of_them(sentence, token) {
            told.extend(add(sentence, part, token, whole, facts));
        }
    }
    told
}

/// A number of things or a measure, exactly.
fn things(claim: &Claim) -> Option<(Decimal, String)> {
    let Value::Amount { low, high, unit } = &claim.value else { return None };
    let noun = match (claim.kind, unit) {
        (Kind::Count, Unit::Things(noun)) => noun_class(noun).to_owned(),
        (Kind::Measure, unit) => unit.dimension()?.to_owned(),
        _ => return None,
    };
    (low == high && !claim.denied && claim.hedge.is_none()).then_some((*low, noun))
}

fn add(
    sentence: &Sentence,
    part: Decimal,
    token: usize,
    whole: Whole,
    facts: &mut Vec<Fact>,
) -> Vec<usize> {
    if part >= whole.number || part <= Decimal::ZERO {
        return Vec::new();
    }
    let mark = sentence.text.tokens[token].span;
    let of = format!("of {} {}", whole.number.normalize(), whole.noun);
    let count = (!whole.counted).then_some(Question::Count(whole.noun));
    for question in [Some(Question::Part(of)), count].into_iter().flatten() {
        facts.push(sentence.fact(vec![mark], question, Answer::Number(part)));
    }
    here(sentence, mark).collect()
}

/// The claims that begin in a token, as indices.
fn here(sentence: &Sentence, token: Span) -> impl Iterator<Item = usize> {
    let from = sentence.claims.partition_point(|claim| claim.place.span.start() < token.start());
    let claims = sentence.claims[from..].iter().zip(from..);
    let inside = claims.take_while(move |(claim, _)| claim.place.span.start() < token.end());
    inside.map(|(_, index)| index)
}

type Part = (Decimal, usize, Option<Decimal>);

/// `five of the 38 plants`, and `of the 38 plants five`.
fn before(sentence: &Sentence, claim: &Claim) -> Option<Part> {
    let at = sentence.token_at(claim.place.span.start());
    let first = sentence.tokens().start;
    let nearest = at.saturating_sub(OWNER_WORDS_MAX).max(first);
    let of = (nearest..at).rev().find(|token| is(sentence, *token, "of"))?;
    let owned = (of + 1..at).all(|token| !sentence.gap(token, token + 1).contains([',', ';', ':']));
    owned.then_some(())?;
    if let Some(token) = of.checked_sub(1).filter(|token| *token >= first) {
        if let Some(part) = number(sentence, token) {
            return Some((part, token, None));
        }
        (!sentence.gap(token, of).trim().is_empty()).then_some(())?;
    }
    let end = end(sentence, claim);
    let small = |token: &usize| {
        ["only", "just", "about", "some", "but"].iter().any(|word| is(sentence, *token, word))
    };
    let next = (end..sentence.tokens().end).find(|token| !small(token))?;
    let near = sentence.gap(end - 1, end).trim_matches([',', ' ']).is_empty();
    near.then(|| Some((number(sentence, next)?, next, None))).flatten()
}

/// `14 plants, of which three`.
fn after(sentence: &Sentence, claim: &Claim) -> Option<Part> {
    let end = end(sentence, claim);
    let part = end + 2;
    let which = part < sentence.tokens().end
        && is(sentence, end, "of")
        && ["which", "whom"].iter().any(|word| is(sentence, end + 1, word));
    which.then(|| Some((number(sentence, part)?, part, None))).flatten()
}

/// `19 kilometres of 27`: the noun stands with the part.
fn bare(sentence: &Sentence, claim: &Claim, part: Decimal) -> Option<Part> {
    let of = end(sentence, claim);
    let the = of + 1 + usize::from(of + 1 < sentence.tokens().end && is(sentence, of + 1, "the"));
    (the < sentence.tokens().end && is(sentence, of, "of")).then_some(())?;
    let whole = number(sentence, the)?;
    let counts = here(sentence, sentence.text.tokens[the].span).any(|index| {
        !matches!(sentence.claims[index].value, Value::Amount { unit: Unit::None, .. })
    });
    (!counts).then(|| (part, sentence.token_at(claim.place.span.start()), Some(whole)))
}

/// `three of them`, after a number of things.
fn of_them(sentence: &Sentence, token: usize) -> Option<(Decimal, Whole)> {
    let them = token + 2;
    let refers =
        them < sentence.tokens().end && is(sentence, token + 1, "of") && is(sentence, them, "them");
    let part = refers.then(|| number(sentence, token)).flatten()?;
    let at = sentence.text.tokens[token].span.start();
    let paragraph = sentence.unit.paragraph;
    let upto = sentence.claims.partition_point(|claim| claim.place.span.start() < at);
    let near = sentence.claims[..upto]
        .iter()
        .rev()
        .take_while(|claim| sentence.text.units[claim.unit as usize].paragraph == paragraph);
    let mut counts = near.filter(|claim| claim.kind == Kind::Count);
    let claim = counts.next()?;
    let (number, noun) = things(claim)?;
    let counted = sentence.unit.span.contains(claim.place.span);
    Some((part, Whole { number, noun, counted }))
}

/// The token after a claim and its noun.
fn end(sentence: &Sentence, claim: &Claim) -> usize {
    let noun = claim.noun.unwrap_or(claim.place.span);
    sentence.token_at(claim.place.span.cover(noun).end())
}

fn is(sentence: &Sentence, token: usize, word: &str) -> bool {
    sentence.word(token).eq_ignore_ascii_case(word)
}

/// The number that a token is: `19`, `three`.
fn number(sentence: &Sentence, token: usize) -> Option<Decimal> {
    let word = sentence.tokens().contains(&token).then(|| sentence.word(token))?;
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let value = if digits { word.parse().ok() } else { cardinal(word).map(Decimal::from) };
    value.filter(|value| *value > Decimal::ZERO)
}

#[cfg(test)]
mod tests {
    use crate::claims::Options;
    use crate::claims::extract_with;
    use crate::fact::Answer;
    use crate::fact::Question;
    use crate::fact::facts;
    use crate::span::DocId;
    use crate::text::Text;

    /// `part of whole` of every part in `source`.
    fn shown(source: &str) -> Vec<String> {
        let text = Text::read(DocId(0), source);
        let claims = extract_with(&text, &Options::default());
        let told = facts(&text, &claims, None).into_iter().filter_map(|fact| {
            let (Question::Part(of), Answer::Number(part)) = (&fact.question, &fact.answer) else {
                return None;
            };
            Some(format!("{part} {of}"))
        });
        told.collect()
    }

    /// One row per wording.
    #[test]
    fn knows_parts_of_a_whole() {
        #[rustfmt::skip]
        let cases = [
            ("Five of the 38 plants are to close.",             vec!["5 of 38 factory"]),
            ("It will close five of its 38 factories.",         vec!["5 of 38 factory"]),
            ("Three of the fund’s seven trustees left.",        vec!["3 of 7 trustee"]),
            ("Of the 27 kilometres 19 are dug.",                vec!["19 of 27 length"]),
            ("They dug 19 kilometres of 27 in a year.",         vec!["19 of 27 length"]),
            ("It has 14 plants, of which three are to shut.",   vec!["3 of 14 factory"]),
            ("It has 14 plants. The firm will close three of them.", vec!["3 of 14 factory"]),
            ("It has 14 plants.\n\nThe firm will close three of them.", vec![]),
            ("It sent a list of 38 plants.",                    vec![]),
            ("The sale of five ships and 12 plants was off.",   vec![]),
            ("Forty of the 38 plants are to close.",            vec![]),
            ("Five of the about 38 plants are to close.",       vec![]),
        ];
        for (source, parts) in cases {
            assert_eq!(shown(source), parts, "{source}");
        }
    }

    /// A part beside its whole is no count of its own, which another text's whole would
    /// contradict; one of a whole told before is.
    #[test]
    fn a_part_beside_its_whole_is_not_counted() {
        let counts = |source: &str| {
            let text = Text::read(DocId(0), source);
            let claims = extract_with(&text, &Options::default());
            let facts = facts(&text, &claims, None);
            let count = |fact: &&crate::fact::Fact| matches!(fact.question, Question::Count(_));
            facts.iter().filter(count).count()
        };
        assert_eq!(counts("Eight children were in hospital, two of them for weeks."), 1);
        assert_eq!(counts("It has 14 plants, of which three are to shut."), 1);
        assert_eq!(counts("Eight children were in hospital. Two of them left."), 2);
    }
}
