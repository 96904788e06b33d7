//! Lists: who belongs together.
//!
//! `the members Latvia, Estonia and Finland`: names with nothing but commas and a joint
//! between them. A list is asked about by the noun over it, or by the act that holds for
//! its members. `Such as` and the like leave it open: it may go on.
//!
//! In:  a [`Sentence`].
//! Out: facts about members.
//! Not here: whether a count before it is its length (`divergence`).

use super::Answer;
use super::Entity;
use super::Fact;
use super::Question;
use super::Sentence;
use super::lexicon::lexicon;
use crate::claims::Kind;
use std::collections::BTreeSet;

/// How far from a list the act may stand that holds for its members, in tokens.
const ACT_REACH: usize = 12;

/// Adds the lists of `sentence`.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    let mut at = 0;
    while at < sentence.entities.len() {
        let end = run_end(sentence, at);
        if end - at >= 2 && !goes_on(sentence, &sentence.entities[at..end]) {
            list(sentence, &sentence.entities[at..end], facts);
        }
        at = end.max(at + 1);
    }
}

/// Where the run of joined names ends that begins with the name at `at`.
fn run_end(sentence: &Sentence, at: usize) -> usize {
    let entities = sentence.entities;
    let mut end = at + 1;
    while let Some(next) = entities.get(end)
        && entities[at].country == next.country
        && is_joint(sentence, &entities[end - 1], next)
    {
        end += 1;
    }
    end
}

/// Whether a list without `and` has it after its last name: `Latvia, Norway and the isles`
/// has a member more than its names.
fn goes_on(sentence: &Sentence, members: &[Entity]) -> bool {
    let joint =
        |at: usize| at < sentence.tokens().end && matches!(sentence.word(at), "and" | "or" | "&");
    let ends = members.last().map_or(0, |last| last.tokens.end);
    let before =
        members.windows(2).any(|pair| (pair[0].tokens.end..pair[1].tokens.start).any(joint));
    !before && joint(ends) && sentence.gap(ends - 1, ends).trim_matches([',', ' ']).is_empty()
}

/// Whether nothing but a comma, `and`, `or` and `the` stands between two names.
fn is_joint(sentence: &Sentence, left: &Entity, right: &Entity) -> bool {
    let from = sentence.text.tokens[left.tokens.end - 1].span.end();
    let to = sentence.text.tokens[right.tokens.start].span.start();
    let gap = sentence.text.source.get(from..to).unwrap_or_default();
    let words: Vec<&str> =
        gap.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let joined =
        gap.contains(',') || words.first().is_some_and(|word| matches!(*word, "and" | "or"));
    joined && words.iter().all(|word| matches!(*word, "and" | "or" | "the"))
}

/// Names from which on a list is asked about whatever it is of.
const ANY_MIN: usize = 3;

fn list(sentence: &Sentence, members: &[Entity], facts: &mut Vec<Fact>) {
    let (start, end) = (members[0].tokens.start, members[members.len() - 1].tokens.end);
    let names: BTreeSet<String> = members.iter().map(|member| member.name.clone()).collect();
    if names.len() < members.len() {
        return;
    }
    let of =
        head(sentence, start).or_else(|| act(sentence, start, end).filter(|_| names.len() > 2));
    let open = is_open(sentence, start, end);
    let any = Some(String::new()).filter(|_| names.len() >= ANY_MIN && !open);
    for of in [of, any].into_iter().flatten() {
        let marks = vec![sentence.span(start, end)];
        let answer = Answer::Members(names.clone(), open);
        facts.push(sentence.fact(marks, Question::Members(of), answer));
    }
}

/// The plural noun directly before a list, in the singular: `its neighbours, Russia and China`.
fn head(sentence: &Sentence, start: usize) -> Option<String> {
    let the = usize::from(start > 0 && sentence.word(start - 1).eq_ignore_ascii_case("the"));
    let at = start.checked_sub(1 + the).filter(|at| *at >= sentence.tokens().start)?;
    let gap = sentence.gap(at, at + 1);
    let word = sentence.word(at);
    let noun = word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s'))?;
    let name = word.starts_with(char::is_uppercase);
    let plain = gap.trim().is_empty() || gap.trim_start().starts_with([',', ':', '—', '–']);
    let verb = matches!(noun, "include" | "follow" | "join" | "say" | "see" | "unite" | "balance");
    // One letter tells the spellings apart.
    (plain && !name && !verb).then(|| noun.replace("our", "or"))
}

/// The class of the nearest act, which holds for the members of a list.
fn act(sentence: &Sentence, start: usize, end: usize) -> Option<String> {
    let first = sentence.tokens().start;
    let lexicon = lexicon();
    let near =
        start.saturating_sub(ACT_REACH).max(first)..(end + ACT_REACH).min(sentence.tokens().end);
    let away =
        |token: &usize| if *token < start { start - token } else { token.saturating_sub(end) };
    let told = near
        .filter(|token| !(start..end).contains(token))
        .filter(|token| lexicon.acts.contains_key(&sentence.text.tokens[*token].form))
        .min_by_key(away);
    if let Some(token) = told {
        let (class, _) = &lexicon.acts[&sentence.text.tokens[token].form];
        return Some(lexicon.kin.get(class).unwrap_or(class).clone());
    }
    // "the seventh country in the accords after …"
    let ranked =
        sentence.claims[sentence.range.clone()].iter().any(|claim| claim.kind == Kind::Ordinal);
    let after = start > first && matches!(sentence.word(start - 1), "after");
    (ranked && after).then(|| "join".to_owned())
}

/// Whether the words before a list leave it open, or `or` joins it.
fn is_open(sentence: &Sentence, start: usize, end: usize) -> bool {
    let first = sentence.tokens().start;
    let tokens = &sentence.text.tokens;
    let opens = |token: usize| lexicon().open_lists.contains(&tokens[token].form);
    let denied = |token: usize| lexicon().open.contains(&tokens[token].form);
    (start.saturating_sub(3).max(first)..end).any(opens)
        || (start.saturating_sub(6).max(first)..(end + 4).min(sentence.tokens().end)).any(denied)
}
