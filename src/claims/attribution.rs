//! Attributions: whose statement a sentence is, where the text says so without marks.
//!
//! `According to Harbour Wire, …`; `…, the council said`; `Ruiz said that …`; `By
//! Harbour Wire's tally, …`; `reportedly`. What stands in quotation marks has speakers
//! of its own (`quotation`).
//!
//! In:  a [`Text`].
//! Out: [`Attribution`]s, at most one a sentence.
//! Not here: whether another text hands the same statement on otherwise (`divergence`).

use super::framing;
use super::lex::Line;
use super::lexicon::lexicon;
use super::phrase;
use super::phrase::Phrase;
use super::speaker;
use super::speaker::Cue;
use crate::span::Span;
use crate::span::any_contains;
use crate::text::Role;
use crate::text::Text;

/// How exactly a sentence names its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// By a name: `Dana Ruiz`, `Harbour Wire`.
    Named,
    /// By an office or a document: `the ministry`, `a list handed to reporters`.
    Described,
    /// By a crowd: `analysts`, `observers`; or not at all: `reportedly`.
    Vague,
}

/// Whose statement a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The sentence, as an index into [`Text::units`].
    pub unit: u32,
    /// The words that say so: `according to`, `said`.
    pub cue: Span,
    /// Who is named, if anybody.
    pub who: Option<Span>,
    /// How exactly.
    pub source: Source,
    /// The class of the verb of saying, when it is one.
    pub class: Option<&'static str>,
}

/// The attributions of `text`, in reading order.
pub fn attributions(text: &Text) -> Vec<Attribution> {
    let running = (0..)
        .zip(&text.units)
        .filter(|(_, unit)| matches!(unit.role, Role::Sentence | Role::Bullet));
    let stretches = text.quoted();
    let read = |(number, unit): (u32, &crate::text::Unit)| {
        let line = Line::new(text.unit_text(unit));
        let start = unit.span.start();
        let quoted = |at: usize| {
            let range = line.range(at, at + 1);
            let span = Span::new(start + range.start, start + range.end);
            any_contains(&stretches, span)
        };
        let (cue, source) = found(&line, &quoted)?;
        let place = |from: usize, to: usize| {
            let range = line.range(from, to);
            let last = line.text(to - 1);
            let owner =
                ["'s", "’s"].iter().find(|end| last.ends_with(**end)).map_or(0, |end| end.len());
            Span::new(start + range.start, start + range.end - owner)
        };
        let (from, to) = cue.verb?;
        let class = lexicon().reports.verbs.get(line.lower(from)).map(String::as_str);
        Some(Attribution {
            unit: number,
            cue: place(from, to),
            who: cue.who.map(|who| place(who.start(), who.end())),
            source,
            class,
        })
    };
    running.filter_map(read).collect()
}

/// The attribution of one sentence.
fn found(line: &Line, quoted: &dyn Fn(usize) -> bool) -> Option<(Cue, Source)> {
    let cue = according(line, quoted)
        .or_else(|| {
            speaker::trailing(line).filter(|cue| cue.verb.is_some_and(|(from, _)| !quoted(from)))
        })
        .or_else(|| reported(line, quoted))
        .or_else(|| tally(line))
        .or_else(|| hearsay(line, quoted))?;
    let source = match cue.who {
        Some(who) => exactness(line, who),
        None => Source::Vague,
    };
    Some((cue, source))
}

/// `according to X`, `citing X`, `as X reported`.
fn according(line: &Line, quoted: &dyn Fn(usize) -> bool) -> Option<Cue> {
    (0..line.len()).filter(|at| !quoted(*at)).find_map(|at| {
        let word = line.lower(at);
        let to = match word {
            "according" if line.lower(at + 1) == "to" => at + 2,
            "citing" | "quoting" => at + 1,
            _ => return None,
        };
        let who = speaker::named_or_open(line, to);
        Some(Cue { who, verb: Some((at, to)) })
    })
}

/// `Ruiz said that …`, `Kazakh officials say …`, `…, Harbour Wire reported, …`.
fn reported(line: &Line, quoted: &dyn Fn(usize) -> bool) -> Option<Cue> {
    for at in 1..line.len() {
        if quoted(at) || !is_saying(line, at) {
            continue;
        }
        let parenthesis = line.mark(at + 1) == Some(',');
        let that = line.lower(at + 1) == "that";
        let plain = matches!(
            line.lower(at),
            "said"
                | "says"
                | "say"
                | "believe"
                | "believes"
                | "warned"
                | "warn"
                | "warns"
                | "claim"
                | "claims"
                | "claimed"
                | "told"
        );
        if !(parenthesis || that || plain) {
            continue;
        }
        let Some(mut cue) = speaker::before_verb(line, at) else { continue };
        // "Analysts quoted in the press say", "Some say"
        if framing::lexicon().crowds.contains(line.lower(0)) {
            cue.who = Some(Phrase::Name(0, 1));
        }
        let begins = cue.who.is_some_and(|who| {
            who.start() == 0 || !parenthesis || line.mark(who.start().wrapping_sub(1)) == Some(',')
        });
        if begins {
            return Some(cue);
        }
    }
    None
}

/// Whether the verb at `at` reports what somebody holds.
fn is_saying(line: &Line, at: usize) -> bool {
    let class = lexicon().reports.verbs.get(line.lower(at)).map(String::as_str);
    class.is_some_and(|class| class != "beside")
        && !line.is_capitalised(at)
        && !line.lower(at).ends_with("ing")
}

/// `By Harbour Wire's tally`, `in the mayor's view`.
fn tally(line: &Line) -> Option<Cue> {
    if !matches!(line.lower(0), "by" | "in" | "on") {
        return None;
    }
    let at =
        (2..line.len().min(8)).find(|at| framing::lexicon().accounts.contains(line.lower(*at)))?;
    let before = line.lower(at - 1);
    let owned = before.ends_with("'s") || before.ends_with("s'");
    owned.then_some(Cue { who: Some(Phrase::Name(1, at)), verb: Some((at, at + 1)) })
}

/// `reportedly`, `is said to`.
fn hearsay(line: &Line, quoted: &dyn Fn(usize) -> bool) -> Option<Cue> {
    let lower: Vec<String> = (0..line.len()).map(|at| line.lower(at).to_owned()).collect();
    let all = framing::lexicon().hearsay.find(&lower);
    let (range, _) = all.into_iter().find(|(range, _)| !quoted(range.start))?;
    Some(Cue { who: None, verb: Some((range.start, range.end)) })
}

/// How exactly a phrase names its source.
fn exactness(line: &Line, who: Phrase) -> Source {
    let Phrase::Name(from, to) = who else { return Source::Described };
    // A capital at the head of the sentence is no name: "Analysts say".
    let capital = |at: usize| {
        let one = line.lower(at);
        phrase::is_proper(line, at) && !(phrase::is_speaking_noun(one) && at == 0)
    };
    let crowd = (from..to).any(|at| framing::lexicon().crowds.contains(line.lower(at)));
    match ((from..to).any(capital), crowd) {
        (true, false) => Source::Named,
        (_, true) => Source::Vague,
        (false, false) => Source::Described,
    }
}
