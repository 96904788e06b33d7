//! Dates of sentences: when something was or will be, whatever it is.
//!
//! Which act a date is of is known only where a listed word tells of it (`act`, `year`).
//! For sentences that say the same it need not be: the years of both, and the days of both
//! that are still to come, answer one question. Whether a date begins or ends what it is of
//! is part of the question.
//!
//! In:  a [`Sentence`].
//! Out: facts about years, and about times to come.
//! Not here: which sentences say the same (`divergence`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;
use super::act;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Value;
use jiff::civil::Date;

/// Days from which on a time is no day and no week.
const LONG_DAYS: i32 = 28;

/// Adds the dates of `sentence`.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    for claim in &sentence.claims[sentence.range.clone()] {
        let plain = claim.kind == Kind::Date && claim.hedge.is_none() && !claim.denied;
        let Some((first, end)) = claim.days().filter(|_| plain && !claim.quoted) else { continue };
        let to_come = sentence.published.is_some_and(|published| published < first);
        let long = first.until(end).is_ok_and(|span| span.get_days() >= LONG_DAYS);
        let told = act::is_dateline(sentence, claim) || act::is_said(sentence, claim);
        // "Last year" is the time of a figure as often as of an act.
        let named = matches!(claim.value, Value::Days { .. });
        if (to_come || (long && named)) && !told {
            let question = Question::When(role(sentence, claim, (first, end)).to_owned());
            let marks = vec![claim.place.span];
            facts.push(sentence.fact(marks, question, Answer::Days(first, end)));
        }
    }
}

/// Whether a time is the one at which, since which or until which something is, and
/// whether it is to come.
fn role(sentence: &Sentence, claim: &Claim, days: (Date, Date)) -> &'static str {
    let at = sentence.token_at(claim.place.span.start());
    let before = at.checked_sub(1).filter(|before| *before >= sentence.tokens().start);
    let word = before.map_or(String::new(), |before| sentence.word(before).to_lowercase());
    let to_come = sentence.published.is_some_and(|published| published < days.0);
    match word.as_str() {
        "since" => "since",
        "until" | "till" | "through" | "before" => "until",
        "to" => "to",
        "after" => "after",
        "from" | "between" if !to_come => "from",
        _ if to_come => "to come",
        _ => "in",
    }
}
