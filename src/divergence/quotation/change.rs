//! Changes: how two wordings of one utterance differ, and whether a text says so.
//!
//! In:  two quotations, as tokens of their texts.
//! Out: [`Pair`], or nothing when they are not of one utterance.
//! Not here: which quotations are compared (`kin`), and what is reported (`altered`).

use super::wording;
use super::wording::Word;
use crate::align::Edit;
use crate::align::steps;
use crate::span::Span;
use crate::text::Text;
use std::ops::Range;

/// What a change does to a quotation, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A `not` more or less, or another word that turns the statement round.
    Negation,
    /// Another number.
    Number,
    /// Another word for how sure it is: `will`, `may`.
    Modal,
    /// Other words.
    Substituted,
    /// Several words or a sentence left out inside.
    Spliced,
    /// A word left out.
    Dropped,
    /// A word put in.
    Added,
    /// Another form of a word, or a word without content.
    Light,
}

impl Class {
    /// The words used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Negation => "negation changed",
            Self::Number => "number changed",
            Self::Modal => "certainty changed",
            Self::Substituted => "words replaced",
            Self::Spliced => "words left out inside",
            Self::Dropped => "a word left out",
            Self::Added => "a word added",
            Self::Light => "a small word changed",
        }
    }
}

/// One change that no mark shows, with the words on either side by their positions in
/// the wording; one side may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) class: Class,
    pub(super) left: Range<u32>,
    pub(super) right: Range<u32>,
}

/// Two quotations of one utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// What differs without a mark.
    pub(super) changes: Vec<Change>,
    /// Whether a bracket or an ellipsis shows a change.
    pub(super) marked: bool,
    /// Words of the left quotation before and after what both have.
    pub(super) left_cut: [usize; 2],
    /// Words of the right quotation before and after what both have.
    pub(super) right_cut: [usize; 2],
    /// How many words both have.
    pub(super) kept: usize,
}

/// A quotation with its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'a, 'c> {
    pub(super) text: &'a Text<'c>,
    pub(super) words: &'a [Word],
}

impl Side<'_, '_> {
    fn form(&self, at: u32) -> &str {
        &self.words[at as usize].form
    }

    fn forms(&self, range: &Range<u32>) -> Vec<&str> {
        self.words[range.start as usize..range.end as usize]
            .iter()
            .map(|word| word.form.as_str())
            .collect()
    }

    /// Whether the word before an empty `range` says `missing` with an `'s`: `the crew's
    /// said so`.
    fn contracts(&self, range: &Range<u32>, missing: &[&str]) -> bool {
        let Some(before) = range.start.checked_sub(1).filter(|_| range.is_empty()) else {
            return false;
        };
        let token = &self.text.tokens[self.words[before as usize].token as usize];
        matches!(missing, ["has" | "is"]) && self.text.word(token).ends_with("'s")
    }

    /// Whether the words in `range` stand for a `'d` that can be read as `other`: `I'd seen`.
    fn clips(&self, range: &Range<u32>, other: &[&str]) -> bool {
        let printed = |at: u32| {
            let token = &self.text.tokens[self.words[at as usize].token as usize];
            self.text.word(token)
        };
        range.len() == 1
            && self.form(range.start) == "would"
            && printed(range.start).ends_with("'d")
            && matches!(other, ["had"])
    }

    /// What stands in the text from the word before to the word after `range`.
    fn around(&self, range: &Range<u32>) -> &str {
        let span = |at: u32| self.text.tokens[self.words[at as usize].token as usize].span;
        let start = match range.start.checked_sub(1) {
            Some(before) => span(before).end(),
            None => self.words.first().map_or(0, |_| span(0).start()),
        };
        let last = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let end = if range.end < last { span(range.end).start() } else { span(last - 1).end() };
        self.text.source.get(start..end.max(start)).unwrap_or("")
    }

    /// Whether the text marks a change there, with brackets or an ellipsis.
    fn is_marked(&self, range: &Range<u32>) -> bool {
        let around = self.around(range);
        let cut = around.contains(['[', ']', '…', '(']) || around.contains("..");
        // "g------", "s**t": what an editor would not print.
        cut || around.contains(". . .") || around.contains("---") || around.contains("**")
    }
}

/// Share of the shorter quotation that both must have in common: measured on pairs
/// of quotations in news, .8 finds most alterations and hardly any other utterance.
const SHARED_PERCENT_MIN: usize = 80;

/// The share that is enough when both name the same speaker.
const SHARED_PERCENT_SAME: usize = 65;

/// The share that it takes when they name different ones, and the words of the shorter:
/// formulas are everybody's.
const SHARED_PERCENT_OTHER: usize = 90;
const OTHER_WORDS_MIN: usize = 12;

/// Words in a row that both must have in common.
const RUN_WORDS_MIN: usize = 4;

/// Whether two quotations name the same speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speakers {
    Same,
    Different,
    Unknown,
}

/// Words of the shorter quotation that may differ at an end where the longer goes on too.
const END_WORDS_MAX: usize = 3;

/// Words from which what was left out inside is a splice.
const SPLICE_WORDS_MIN: usize = 4;

/// What differs between two quotations, if they are of one utterance.
pub(super) fn compare(left: Side, right: Side, speakers: Speakers) -> Option<Pair> {
    let all = joined(&left, &right);
    let shorter = left.words.len().min(right.words.len());
    let kept: usize = all.iter().map(Edit::kept_words).sum();
    let run = all.iter().map(Edit::kept_words).max()?;
    let percent = match speakers {
        Speakers::Same => SHARED_PERCENT_SAME,
        Speakers::Different => SHARED_PERCENT_OTHER,
        Speakers::Unknown => SHARED_PERCENT_MIN,
    };
    if kept * 100 < shorter * percent || run < RUN_WORDS_MIN {
        return None;
    }

    let first = all.iter().position(|edit| edit.kept)?;
    let last = all.iter().rposition(|edit| edit.kept)?;
    let mut pair =
        Pair { changes: Vec::new(), marked: false, left_cut: [0, 0], right_cut: [0, 0], kept };
    for (index, edit) in all.iter().enumerate().filter(|(_, edit)| !edit.kept) {
        let end = if index < first { Some(0) } else { (index > last).then_some(1) };
        let ends_differ = edit.left.len().min(edit.right.len());
        if let Some(end) = end
            && (ends_differ == 0 || ends_differ > END_WORDS_MAX)
        {
            pair.left_cut[end] = edit.left.len();
            pair.right_cut[end] = edit.right.len();
        } else if is_marked(&left, &right, edit) {
            pair.marked = true;
        } else if let Some(class) = class(&left, &right, edit, end.is_some()) {
            let (left, right) = (edit.left.clone(), edit.right.clone());
            pair.changes.push(Change { class, left, right });
        }
    }
    // Words that two people share to the last are one utterance at any length (PV404).
    let formula = shorter < OTHER_WORDS_MIN || all.iter().any(|edit| renames(&left, &right, edit));
    let other = speakers == Speakers::Different && !pair.changes.is_empty() && formula;
    (!other).then_some(pair)
}

/// Whether an edit puts one name for another: `the people of Tarn`, `the people of Ostrova`.
fn renames(left: &Side, right: &Side, edit: &Edit) -> bool {
    let named = |side: &Side, range: &Range<u32>| {
        let printed = |at: u32| {
            let token = &side.text.tokens[side.words[at as usize].token as usize];
            side.text.word(token)
        };
        range.clone().any(|at| at > 0 && printed(at).starts_with(char::is_uppercase))
    };
    !edit.kept && named(left, &edit.left) && named(right, &edit.right)
}

/// Whether one of the texts marks the change. Words left out may be told off at several
/// places, `We saw. [We heard.] We came` or `We saw. We [heard. We] came`: each counts.
fn is_marked(left: &Side, right: &Side, edit: &Edit) -> bool {
    let mut edit = edit.clone();
    loop {
        if left.is_marked(&edit.left) || right.is_marked(&edit.right) {
            return true;
        }
        let (side, long) = match (edit.left.is_empty(), edit.right.is_empty()) {
            (false, true) => (left, &edit.left),
            (true, false) => (right, &edit.right),
            _ => return false,
        };
        let slides = edit.left.start > 0
            && edit.right.start > 0
            && side.form(long.start - 1) == side.form(long.end - 1);
        if !slides {
            return false;
        }
        edit.left = edit.left.start - 1..edit.left.end - 1;
        edit.right = edit.right.start - 1..edit.right.end - 1;
    }
}

/// The edits between two wordings. A whole quotation inside the other one is a cut,
/// and a few words that happen to stand far from the rest are no anchor.
fn joined(left: &Side, right: &Side) -> Vec<Edit> {
    let (one, other) = (left.forms(&all(left)), right.forms(&all(right)));
    if let Some(edits) = contained(&one, &other) {
        return edits;
    }
    if let Some(edits) = contained(&other, &one) {
        let swapped = |edit: Edit| Edit { left: edit.right, right: edit.left, ..edit };
        return edits.into_iter().map(swapped).collect();
    }
    without_islands(&steps(&one, &other))
}

fn all(side: &Side) -> Range<u32> {
    0..u32::try_from(side.words.len()).expect("documents are under 4 GiB")
}

/// The edits when all of `short` stands in a row in `long`.
fn contained(long: &[&str], short: &[&str]) -> Option<Vec<Edit>> {
    let at = long.windows(short.len().max(1)).position(|words| words == short)?;
    let position = |index: usize| u32::try_from(index).expect("documents are under 4 GiB");
    let (start, end) = (position(at), position(at + short.len()));
    let short = position(short.len());
    let edits = [
        Edit { kept: false, left: 0..start, right: 0..0 },
        Edit { kept: true, left: start..end, right: 0..short },
        Edit { kept: false, left: end..position(long.len()), right: short..short },
    ];
    Some(edits.into_iter().filter(|edit| !edit.left.is_empty()).collect())
}

/// Words that an end of both wordings has by chance, far from the rest.
const ISLAND_WORDS_MAX: usize = 2;

/// How far, in words of one side that has no counterpart.
const ISLAND_GAP_MIN: usize = 6;

/// `edits` without one or two words in common that stand far from the others at an end.
fn without_islands(edits: &[Edit]) -> Vec<Edit> {
    let island = |near: &Edit, gap: &Edit| {
        near.kept
            && near.kept_words() <= ISLAND_WORDS_MAX
            && gap.left.len().max(gap.right.len()) >= ISLAND_GAP_MIN
    };
    let mut edits = edits.to_vec();
    if let [near, gap, _, ..] = edits.as_slice()
        && island(near, gap)
    {
        let merged = merge(near, gap);
        edits.splice(0..2, [merged]);
    }
    if let [.., _, gap, near] = edits.as_slice()
        && island(near, gap)
    {
        let merged = merge(gap, near);
        let end = edits.len();
        edits.splice(end - 2..end, [merged]);
    }
    edits
}

fn merge(one: &Edit, two: &Edit) -> Edit {
    Edit { kept: false, left: one.left.start..two.left.end, right: one.right.start..two.right.end }
}

/// What an edit does; nothing where only spelling differs.
fn class(left: &Side, right: &Side, edit: &Edit, at_end: bool) -> Option<Class> {
    let (one, other) = (left.forms(&edit.left), right.forms(&edit.right));
    let contracted = left.contracts(&edit.left, &other) || right.contracts(&edit.right, &one);
    let clipped = left.clips(&edit.left, &other) || right.clips(&edit.right, &one);
    if one.concat() == other.concat() || contracted || clipped {
        return None;
    }
    let differ = |is: fn(&str) -> bool| {
        let of = |words: &[&str]| {
            let mut found: Vec<String> =
                words.iter().filter(|word| is(word)).map(|word| (*word).to_owned()).collect();
            found.sort_unstable();
            found
        };
        of(&one) != of(&other)
    };
    let spliced = |side: &Side, range: &Range<u32>| {
        range.len() >= SPLICE_WORDS_MIN || side.around(range).contains(['.', '!', '?', ';'])
    };
    if !at_end && other.is_empty() && spliced(left, &edit.left)
        || !at_end && one.is_empty() && spliced(right, &edit.right)
    {
        return Some(Class::Spliced);
    }
    if differ(wording::is_negator) {
        return Some(Class::Negation);
    }
    if differ(wording::is_number) {
        return Some(Class::Number);
    }
    let light = is_light(&one, &other);
    if light && differ(wording::is_modal) {
        return Some(Class::Modal);
    }
    if light {
        return Some(Class::Light);
    }
    Some(match (one.is_empty(), other.is_empty()) {
        (false, true) => Class::Dropped,
        (true, false) => Class::Added,
        _ if differ(wording::is_modal) && one.len() == 1 => Class::Modal,
        _ => Class::Substituted,
    })
}

/// Whether only small words, or other forms of the same ones, differ.
fn is_light(one: &[&str], other: &[&str]) -> bool {
    let small = |word: &&&str| wording::is_function(word) || wording::is_modal(word);
    let left: Vec<&&str> = one.iter().filter(|word| !small(word)).collect();
    let right: Vec<&&str> = other.iter().filter(|word| !small(word)).collect();
    left.len() == right.len()
        && left.iter().zip(&right).all(|(left, right)| wording::is_inflected(left, right))
}

/// Whether the words that a cut takes from the same sentence restrict the rest: `if`,
/// `only`, `not`. `before` and `after` are words of the longer quotation.
pub(super) fn restricts(side: Side, range: &Range<u32>, at_start: bool) -> Option<Span> {
    let ends = |index: u32| {
        let token = &side.text.tokens[side.words[index as usize].token as usize];
        side.text.source[token.span.end()..].starts_with(['.', '!', '?', ';'])
    };
    // A cut between sentences takes nothing from the one that is left.
    if !at_start && range.start.checked_sub(1).is_some_and(ends) {
        return None;
    }
    let mut indices: Vec<u32> = range.clone().collect();
    if at_start {
        indices.reverse();
    }
    for index in indices {
        // What stands behind the end of a sentence belongs to another one.
        if at_start && ends(index) {
            return None;
        }
        if wording::is_condition(side.form(index)) {
            let token = side.words[index as usize].token;
            return Some(side.text.tokens[token as usize].span);
        }
        if ends(index) {
            return None;
        }
    }
    None
}
