//! Acts: who did what, when, where, and whether it is done.
//!
//! In:  a [`Sentence`].
//! Out: facts about the day, the place and the status of the acts that it tells of.
//! Not here: how sure the text is of it.

use super::Answer;
use super::Entity;
use super::Fact;
use super::Question;
use super::Sentence;
use super::Status;
use super::lexicon::Tense;
use super::lexicon::lexicon;
use super::place;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::report_class;
use crate::span::Span;
use crate::text::Role;
use jiff::civil::Date;

/// How far from an act its day may stand, in tokens.
const DAY_REACH: usize = 14;

/// How far before a day the verb of saying may stand that it belongs to, in tokens: "said
/// in a statement late on Thursday".
const SAID_REACH: usize = 6;

/// How far before an act the word may stand that says whether it is done, in tokens.
const STATUS_REACH: usize = 9;

/// How far after an act its object may stand, in tokens.
const OBJECT_REACH: usize = 7;

/// The day that the first words of a paragraph set for the rest of it.
#[derive(Default)]
pub(super) struct Frame {
    paragraph: u32,
    day: Option<(Date, Date, Span)>,
}

impl Frame {
    /// Takes the frame of the paragraph of `sentence`, which its first words may set.
    pub(super) fn enter(&mut self, sentence: &Sentence) {
        let unit = sentence.unit;
        if unit.paragraph == self.paragraph && self.day.is_some() {
            return;
        }
        let opens = |claim: &&Claim| claim.place.span.start() <= unit.span.start() + FRAME_BYTES;
        let dated = |claim: &&Claim| !is_dateline(sentence, claim);
        let first = sentence.claims[sentence.range.clone()].iter().find(opens).filter(dated);
        let alone =
            first.is_some_and(|claim| claim.place.span.end() + FRAME_BYTES > unit.span.end());
        let fresh = unit.paragraph != self.paragraph;
        self.paragraph = unit.paragraph;
        self.day = first.filter(|_| fresh && !alone).and_then(|claim| {
            let (from, end) = day(claim)?;
            Some((from, end, claim.place.span))
        });
    }
}

/// Bytes before a date that opens a sentence: `On`.
const FRAME_BYTES: usize = 4;

/// The day of a date that means one day.
fn day(claim: &Claim) -> Option<(Date, Date)> {
    let (first, end) = claim.days()?;
    (claim.kind == Kind::Date && claim.hedge.is_none() && first.tomorrow().ok() == Some(end))
        .then_some((first, end))
}

/// Adds the facts about every act of `sentence`.
pub(super) fn read(sentence: &Sentence, frame: &Frame, facts: &mut Vec<Fact>) {
    let acts: Vec<Act> = sentence.tokens().filter_map(|token| act_at(sentence, token)).collect();
    let days = days(sentence, &acts);
    for (index, act) in acts.iter().enumerate() {
        when(sentence, act, (&days, index), frame, facts);
        if act.class == "sign" {
            signing(sentence, act, facts);
        }
        status(sentence, act, facts);
    }
}

/// A word that tells of an act.
struct Act<'l> {
    class: &'l str,
    tense: Tense,
    token: usize,
}

/// The act that a token tells of, unless it is part of a name or of somebody's speech.
fn act_at(sentence: &Sentence, token: usize) -> Option<Act<'static>> {
    let (class, tense) = lexicon().acts.get(&sentence.text.tokens[token].form)?;
    let named = sentence.entities.iter().any(|entity| entity.tokens.contains(&token));
    (!named && !sentence.is_spoken(token)).then_some(Act { class, tense: *tense, token })
}

/// A day of a sentence, with the act nearest to it.
struct Dated {
    act: usize,
    away: usize,
    first: Date,
    end: Date,
    span: Span,
}

/// The days of a sentence, each with the act nearest to it: in "will join, Ruiz announced
/// on Thursday" the announcement was on Thursday.
fn days(sentence: &Sentence, acts: &[Act]) -> Vec<Dated> {
    // "Officials said on Thursday": the day they spoke is no day of an act.
    let said = |at: usize| {
        let verb = report_before(sentence, at);
        verb.is_some_and(|token| acts.iter().all(|act| act.token != token))
    };
    let dated = sentence.claims[sentence.range.clone()].iter().filter_map(|claim| {
        let (first, end) = day(claim).filter(|_| !is_dateline(sentence, claim))?;
        let span = claim.place.span;
        let at = sentence.token_at(span.start());
        if said(at) {
            return None;
        }
        let nearest = acts.iter().enumerate().min_by_key(|(_, act)| at.abs_diff(act.token))?;
        let away = at.abs_diff(nearest.1.token);
        (away <= DAY_REACH).then_some(Dated { act: nearest.0, away, first, end, span })
    });
    dated.collect()
}

/// The verb of saying that the day at the token `at` belongs to, with nothing but small
/// words between the two.
fn report_before(sentence: &Sentence, at: usize) -> Option<usize> {
    let near = at.saturating_sub(SAID_REACH).max(sentence.tokens().start)..at;
    let mut words = near.rev().filter(|token| {
        let word = sentence.word(*token);
        !matches!(word, "on" | "late" | "early" | "in" | "a" | "statement")
    });
    words.next().filter(|token| report_class(sentence.word(*token)).is_some())
}

/// Whether a date is that of the saying: `told reporters on Thursday`.
pub(super) fn is_said(sentence: &Sentence, claim: &Claim) -> bool {
    report_before(sentence, sentence.token_at(claim.place.span.start())).is_some()
}

/// Whether a date stands in a dateline: "ASTANA, Nov. 7 — …".
pub(super) fn is_dateline(sentence: &Sentence, claim: &Claim) -> bool {
    let near = claim.place.span.start() - sentence.unit.span.start() <= DATELINE_BYTES_MAX;
    let after = &sentence.text.source[claim.place.span.end()..];
    let after = after.trim_start_matches([' ', '(', ')', '.', ',']);
    near && (after.starts_with(['—', '–', '|'])
        || after.starts_with("--")
        || after.starts_with("- "))
}

/// Bytes of a dateline before its date: a city, a country and an agency.
const DATELINE_BYTES_MAX: usize = 60;

/// The day of an act: the nearest in its sentence, else the one its paragraph begins with.
fn when(
    sentence: &Sentence,
    act: &Act,
    (days, index): (&[Dated], usize),
    frame: &Frame,
    facts: &mut Vec<Fact>,
) {
    let word = sentence.text.tokens[act.token].span;
    // "ready to join" has no day yet.
    let infinitive = act.tense != Tense::Noun
        && act.token > sentence.tokens().start
        && sentence.word(act.token - 1).eq_ignore_ascii_case("to");
    if infinitive || matches!(come(sentence, act), Come::Open) {
        return;
    }
    let nearest = days.iter().filter(|dated| dated.act == index).min_by_key(|dated| dated.away);
    let found = match nearest {
        Some(dated) => Some((dated.first, dated.end, dated.span)),
        None if days.is_empty() && act.tense == Tense::Past => frame.day,
        None => None,
    };
    if let Some((first, end, span)) = found {
        let question = Question::Day(act.class.to_owned());
        let marks = vec![span.min(word), span.max(word)];
        facts.push(sentence.fact(marks, question, Answer::Days(first, end)));
    }
}

/// How far an act has come, as the words before it tell.
enum Come {
    /// The words leave it open: `if`, `may`, `not`.
    Open,
    /// They tell it, from this token on.
    Told(Status, usize),
    /// They say nothing of it.
    Unsaid,
}

fn come(sentence: &Sentence, act: &Act) -> Come {
    let lexicon = lexicon();
    let first = sentence.tokens().start;
    let from = act.token.saturating_sub(STATUS_REACH).max(first);
    let mut done = Come::Unsaid;
    for token in (from..act.token).rev() {
        if sentence.gap(token, token + 1).contains([';', ':', '—', '.', '(', '“', '”', '"']) {
            break;
        }
        let form = sentence.text.tokens[token].form;
        if lexicon.open.contains(&form) {
            return Come::Open;
        }
        // "sets a precedent" plans nothing.
        let next = sentence.word(token + 1).to_lowercase();
        let sets =
            sentence.word(token).eq_ignore_ascii_case("set") && next != "to" && next != "for";
        if lexicon.planned.contains(&form) && !sets {
            return Come::Told(Status::Planned, token);
        }
        let finite = act.tense == Tense::Past && act.token - token <= DONE_REACH;
        let noun = act.class == "sign" && act.tense != Tense::Past;
        let words = sentence.word(token).to_lowercase();
        let during = matches!(words.as_str(), "during" | "after");
        // "has become a member"
        let becomes = act.tense == Tense::Noun
            && act.token - token <= DONE_REACH
            && (words == "became"
                || (token > from && words == "become" && is_have(sentence, token - 1)));
        if becomes {
            done = Come::Told(Status::Done, token);
        }
        if lexicon.done.contains(&form) && ((finite && !during) || (noun && during)) {
            done = Come::Told(Status::Done, token);
        }
    }
    done
}

fn is_have(sentence: &Sentence, token: usize) -> bool {
    matches!(sentence.word(token).to_lowercase().as_str(), "has" | "have")
}

/// How far before a finite verb its auxiliary may stand, in tokens: `has formally joined`.
const DONE_REACH: usize = 3;

/// Whether the signing that a text speaks of is done, and where.
fn signing(sentence: &Sentence, act: &Act, facts: &mut Vec<Fact>) {
    let word = sentence.word(act.token).to_lowercase();
    let nominal = matches!(word.as_str(), "signing" | "ceremony" | "signature");
    let next = act.token + 1;
    let follows = next < sentence.tokens().end && matches!(sentence.word(next), "ceremony");
    let passive = act.tense == Tense::Past && place::after(sentence, act.token).is_some();
    // A day of its own makes it another signing.
    let dated = sentence.claims[sentence.range.clone()]
        .iter()
        .any(|claim| claim.kind == Kind::Date && claim.days().is_some());
    if !(nominal || passive) || follows || dated {
        return;
    }
    let span = sentence.text.tokens[act.token].span;
    let place = place::after(sentence, act.token);
    if let Some(place) = place
        && let Some(name) = &place.place
    {
        let marks = vec![span.cover(sentence.span(place.tokens.start, place.tokens.end))];
        let question = Question::Where(act.class.to_owned());
        facts.push(sentence.fact(marks, question, Answer::Place(name.clone())));
    }
    if let Come::Told(status, from) = come(sentence, act) {
        let end = place.map_or(act.token + 1, |place| place.tokens.end);
        let marks = vec![sentence.span(from, end)];
        let none = String::new();
        let question = Question::Status(act.class.to_owned(), none.clone(), none);
        facts.push(sentence.fact(marks, question, Answer::Status(status)));
    }
}

/// Whether somebody has done something to something: `Latvia will join the accords`.
fn status(sentence: &Sentence, act: &Act, facts: &mut Vec<Fact>) {
    let object = sentence.entities.iter().find(|entity| {
        entity.tokens.start > act.token && entity.tokens.start <= act.token + OBJECT_REACH
    });
    let subject = sentence.entities.iter().rfind(|entity| entity.tokens.end <= act.token);
    let (Some(subject), Some(object)) = (subject, object) else { return };
    let told = come(sentence, act);
    let heading = sentence.unit.role == Role::Headline
        && act.tense == Tense::Present
        && subject.tokens.end == act.token;
    let (status, from) = match told {
        Come::Told(status, from) => (status, from),
        Come::Unsaid if heading || is_plain_past(sentence, act, subject) => {
            (Status::Done, act.token)
        }
        Come::Unsaid | Come::Open => return,
    };
    if sentence.gap(act.token, object.tokens.start).contains(['.', ';', ':']) {
        return;
    }
    let question =
        Question::Status(act.class.to_owned(), subject.name.clone(), object.name.clone());
    let marks = vec![sentence.span(from.max(subject.tokens.end), act.token + 1)];
    facts.push(sentence.fact(marks, question, Answer::Status(status)));
}

/// `Latvia joined`: the subject directly before a finite past.
fn is_plain_past(sentence: &Sentence, act: &Act, subject: &Entity) -> bool {
    act.tense == Tense::Past
        && subject.tokens.end == act.token
        && sentence.gap(act.token - 1, act.token).trim().is_empty()
}
