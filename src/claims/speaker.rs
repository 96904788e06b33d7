//! Who says it: the phrase beside a verb of saying.
//!
//! Without a parser, by position: `said Dana Ruiz, the mayor`, `Harbour officials told
//! reporters`, `Ruiz, who runs the port, called it`, `according to an aide`. Where
//! nobody stands beside the verb, the subject of its clause speaks.
//!
//! In:  the words directly before or after a quotation, as a [`Line`].
//! Out: [`Cue`].
//! Not here: what a phrase is (`phrase`), and whom a pronoun means (`people`).

use super::lex::Line;
use super::lexicon::lexicon;
use super::phrase;
use super::phrase::Phrase;

/// The words that hand a quotation to a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// Who speaks; `None` when the words beside the verb do not say.
    pub(super) who: Option<Phrase>,
    /// The verb, or `according to`: from the first lexeme up to and without the second.
    pub(super) verb: Option<(usize, usize)>,
}

impl Cue {
    fn new(who: Option<Phrase>, from: usize, to: usize) -> Self {
        Self { who, verb: Some((from, to)) }
    }
}

/// How far after a quotation its verb may stand, in lexemes: a name and what is said of it.
const AFTER_LEXEMES_MAX: usize = 40;

/// How far before a quotation its verb may stand, in lexemes.
const BEFORE_LEXEMES_MAX: usize = 32;

/// The same for verbs that report speech only beside it.
const BESIDE_LEXEMES_MAX: usize = 8;

/// From how far such a verb gives way to one that always reports speech, in lexemes.
const APART_LEXEMES: usize = 4;

/// The speaker and the verb in the words directly after a quotation.
///
/// Of a quotation that does not end as an utterance does, `ended`, only a verb right
/// behind its subject speaks.
pub(super) fn after(line: &Line, ended: bool) -> Option<Cue> {
    let dash = |at: usize| matches!(line.mark(at), Some('—' | '–' | '-' | '―'));
    let start = (0..line.len().min(4)).find(|at| !dash(*at) && line.mark(*at) != Some(','))?;
    let start = (start..line.len().min(start + 3)).find(|at| !is_between(line.lower(*at)))?;
    if line.lower(start) == "according" && line.lower(start + 1) == "to" {
        return Some(Cue::new(named_or_open(line, start + 2), start, start + 2));
    }
    if is_verb(line, start) && !line.lower(start).ends_with("ing") && !is_passive(line, start) {
        return Some(Cue::new(phrase::beginning(line, start + 1), start, start + 1));
    }
    let who = phrase::beginning(line, start).or_else(|| open_phrase(line, start))?;
    if dash(start.wrapping_sub(1)) && ends_there(line, who) {
        return Some(Cue { who: Some(who), verb: None });
    }
    let verb = verb_of(line, who)?;
    let apart = (who.end()..verb).any(|at| line.mark(at) == Some(','));
    let bare = !line.is_capitalised(start) && !is_determiner(line.lower(start));
    if !ended && (apart || bare && !phrase::is_pronoun(line, start)) {
        return None;
    }
    let who = match who {
        // "a senior official of the ministry said": the phrase ends where its verb begins.
        Phrase::Name(from, to) if !(to..verb).any(|at| line.mark(at).is_some()) => {
            let end = (to..verb).rev().find(|at| !is_between(line.lower(*at)));
            // "Ruiz remembered as the truck began to slide": another clause.
            if end.is_some() && !goes_on(line, to) {
                return None;
            }
            Phrase::Name(from, end.map_or(to, |end| end + 1))
        }
        other => other,
    };
    Some(Cue::new(Some(who), verb, verb + 1))
}

/// Whether the words at `at` say more of the phrase before: `of the ministry`, `led by Doe`.
fn goes_on(line: &Line, at: usize) -> bool {
    let (word, next) = (line.lower(at), line.lower(at + 1));
    let participle = word.ends_with("ed") || word.ends_with("ing");
    is_preposition(word)
        || matches!(word, "who" | "that")
        || participle && is_preposition(next)
        || line.is_capitalised(at)
}

/// The speaker and the verb in the words before a quotation.
pub(super) fn before(line: &Line) -> Option<Cue> {
    let nearest = line.len().saturating_sub(BEFORE_LEXEMES_MAX);
    // What an owner's noun of saying would say, if no verb does: "Ruiz's remarks were “…”".
    let mut owned = None;
    // What a verb that reports speech only beside it would say: "… noted that the port offers
    // a chance: “…”".
    let mut beside = None;
    let mut stated = false;
    for at in (nearest..line.len()).rev() {
        if matches!(line.mark(at), Some(';' | '!' | '?')) {
            return beside.or(owned);
        }
        let word = line.lower(at);
        if word == "to" && at > 0 && line.lower(at - 1) == "according" {
            return Some(Cue::new(named_or_open(line, at + 1), at - 1, at + 1));
        }
        if let Some(cue) = in_words_of(line, at) {
            return Some(cue);
        }
        if let Some(owner) = owner_of(line, at) {
            let cue = Cue::new(Some(owner), at, at + 1);
            if !stated {
                return Some(cue);
            }
            owned = owned.or(Some(cue));
        }
        stated |= matches!(word, "is" | "are" | "was" | "were" | "had" | "has");
        let near = line.len() - at <= BESIDE_LEXEMES_MAX || !is_beside(line, at);
        if near && is_verb(line, at) && !names_only(line, at) && !is_passive(line, at) {
            let cue = Cue::new(subject_of(line, at), at, at + 1);
            let apart = line.len() - at > APART_LEXEMES && line.lower(at + 1) != "that";
            // "Ruiz said it was late, and Doe demanded a “…”" has two clauses.
            let clause = (at..line.len()).all(|next| line.mark(next) != Some(','));
            if beside.is_some() && !clause {
                return beside;
            }
            if !is_beside(line, at) || !apart && beside.is_none() {
                return Some(cue);
            }
            beside = beside.or(Some(cue));
        }
    }
    if beside.or(owned).is_some() {
        return beside.or(owned);
    }
    let colon = line.len().checked_sub(1).filter(|last| line.mark(*last) == Some(':'))?;
    // "Ruiz: “…”", "The mayor was blunt: “…”"
    let who = subject(line).filter(|who| who.end() <= colon)?;
    Some(Cue { who: Some(who), verb: None })
}

/// `in the words of one marshal`.
fn in_words_of(line: &Line, at: usize) -> Option<Cue> {
    let words = matches!(line.lower(at), "words" | "phrase")
        && line.lower(at + 1) == "of"
        && at > 0
        && line.lower(at - 1) == "the";
    let who = phrase::beginning(line, at + 2).filter(|_| words)?;
    Some(Cue::new(Some(who), at, at + 1))
}

/// How many words `according to` may be followed by, if they name nobody.
const OPEN_LEXEMES_MAX: usize = 12;

/// Who or what stands after `according to`: `Ruiz`, `a list handed to reporters`.
pub(super) fn named_or_open(line: &Line, from: usize) -> Option<Phrase> {
    let known = phrase::beginning(line, from).filter(|who| {
        let next = line.lower(who.end());
        line.mark(who.end()).is_some()
            || next.is_empty()
            || line.is_capitalised(who.start())
            || is_preposition(next)
    });
    known.or_else(|| {
        let end = line.len().min(from + OPEN_LEXEMES_MAX);
        let closes = |at: &usize| line.mark(*at).is_some_and(|mark| mark != '-' && mark != '’');
        let to = (from..end).find(closes).unwrap_or(end);
        (to > from).then_some(Phrase::Name(from, to))
    })
}

/// The subject of the verb of saying at `at`.
pub(super) fn before_verb(line: &Line, at: usize) -> Option<Cue> {
    let speaks = is_verb(line, at) && !is_passive(line, at);
    speaks.then(|| Cue::new(subject_of(line, at), at, at + 1))
}

/// The verb of saying of a sentence that reports somebody, and its subject: `The captain said
/// the ship ignored three warnings.`
pub(super) fn reported(line: &Line) -> Option<Cue> {
    let end = line.len().min(BEFORE_LEXEMES_MAX);
    let at = (1..end).find(|at| {
        is_verb(line, *at)
            && !is_beside(line, *at)
            && !line.lower(*at).ends_with("ing")
            && !is_passive(line, *at)
            && !after_to(line, *at)
    })?;
    let who = subject_of(line, at)?;
    Some(Cue::new(Some(who), at, at + 1))
}

/// The speaker and the verb at the end of the sentence that a quotation stands in:
/// `the plan is “unfit” for the port, Ruiz said`.
pub(super) fn trailing(line: &Line) -> Option<Cue> {
    let end = (0..line.len()).find(|at| line.mark(*at) == Some('.') && !line.is_glued(at + 1));
    let commas = (0..end.unwrap_or(line.len())).rev().filter(|at| line.mark(*at) == Some(','));
    for comma in commas {
        let start = comma + 1;
        if line.lower(start) == "according" && line.lower(start + 1) == "to" {
            return Some(Cue::new(named_or_open(line, start + 2), start, start + 2));
        }
        if is_verb(line, start)
            && !line.lower(start).ends_with("ing")
            && let Some(who) = phrase::beginning(line, start + 1)
        {
            return Some(Cue::new(Some(who), start, start + 1));
        }
        let who = phrase::beginning(line, start);
        if let Some(verb) =
            who.and_then(|who| verb_of(line, who).filter(|verb| *verb < who.end() + 3))
        {
            return Some(Cue::new(who, verb, verb + 1));
        }
    }
    None
}

/// The phrase with which the sentence in `line` begins: the subject of most sentences.
pub(super) fn subject(line: &Line) -> Option<Phrase> {
    let first = line.lower(0);
    let small = lexicon().words.stop.contains(first) || first == "according";
    let small = small || opens_participle(line);
    if let Some(who) = phrase::beginning(line, 0).filter(|_| !small || is_determiner(first)) {
        return Some(who);
    }
    if phrase::is_pronoun(line, 0) {
        return Some(Phrase::Pronoun(0));
    }
    // "At the summit, the mayor …", "But the mayor …"
    let short = small && !is_preposition(first) && !opens_participle(line);
    let next = phrase::beginning(line, 1).filter(|_| short);
    let end = line.len().min(BEFORE_LEXEMES_MAX);
    let mut commas = (0..end).filter(|at| line.mark(*at) == Some(','));
    next.or_else(|| commas.find_map(|comma| phrase::beginning(line, comma + 1)))
}

/// Whether the sentence in `line` begins with a participle: `Asked whether …`, `Echoing Doe, …`.
fn opens_participle(line: &Line) -> bool {
    let first = line.lower(0);
    (first.ends_with("ed") || first.ends_with("ing")) && !line.is_capitalised(1) && line.is_word(1)
        || first.ends_with("ing") && lexicon().reports.verbs.contains_key(first)
}

/// The verb of saying that belongs to the phrase `who` before it, with what is said of
/// the phrase between commas left out.
fn verb_of(line: &Line, who: Phrase) -> Option<usize> {
    let end = line.len().min(who.start() + AFTER_LEXEMES_MAX);
    let mut commas = 0;
    for at in who.end()..end {
        match line.mark(at) {
            Some(',' | '—' | '–') => commas += 1,
            Some('-' | '(' | ')' | '’' | '\'' | '/' | '&') | None => {}
            Some('.') if phrase::is_short(line, at) => {}
            Some(_) => return None,
        }
        let closed = commas == 0 || (commas >= 2 && separated(line, at));
        if closed && is_verb(line, at) && !line.lower(at).ends_with("ing") && !after_to(line, at) {
            return Some(at);
        }
    }
    None
}

/// Whether a comma or dash stands before the verb at `at`, adverbs and auxiliaries aside.
fn separated(line: &Line, at: usize) -> bool {
    let before = (0..at).rev().find(|before| !is_between(line.lower(*before)));
    before.is_some_and(|before| matches!(line.mark(before), Some(',' | '—' | '–')))
}

/// Whether the verb at `at` follows `to`: `refused to say`.
fn after_to(line: &Line, at: usize) -> bool {
    at > 0 && line.lower(at - 1) == "to"
}

/// Who is the subject of the verb at `verb`.
fn subject_of(line: &Line, verb: usize) -> Option<Phrase> {
    let mut end = verb;
    while end > 0 && is_between(line.lower(end - 1)) {
        end -= 1;
    }
    let participle = line.lower(verb).ends_with("ing") || after_to(line, verb);
    let beside = phrase::ending(line, end);
    // "with the league saying"
    let with = beside.filter(|who| who.start() > 0 && line.lower(who.start() - 1) == "with");
    if let Some(who) = if participle { with } else { beside } {
        return Some(who);
    }
    // "Ruiz, who said", "a letter that says"
    if end > 1 && matches!(line.lower(end - 1), "who" | "which" | "that") {
        let comma = usize::from(line.mark(end - 2) == Some(','));
        let last = end - 1 - comma;
        // "Ruiz's second term, which has stressed"
        let owner = (last.saturating_sub(4)..last)
            .rev()
            .find(|at| phrase::is_proper(line, *at) && line.lower(*at).ends_with("'s"));
        let owner = owner.filter(|_| comma > 0).map(|at| Phrase::Name(at, at + 1));
        if let Some(who) = phrase::ending(line, last).or(owner) {
            return Some(who);
        }
    }
    apposed_subject(line, end)
        .filter(|_| !participle)
        .or_else(|| clause_subject(line, end))
        .or_else(|| determined(line, end).filter(|_| !participle))
}

/// The phrase before what is said of it between commas: `the coach` in
/// `as the coach, Dana Ruiz, put it`.
fn apposed_subject(line: &Line, end: usize) -> Option<Phrase> {
    let close = end.checked_sub(1).filter(|at| line.mark(*at) == Some(','))?;
    let nearest = close.saturating_sub(APPOSED_LEXEMES_MAX)..close;
    let mut commas = { nearest }.rev().filter(|at| line.mark(*at) == Some(','));
    commas.find_map(|open| {
        let who = phrase::ending(line, open)?;
        let Phrase::Name(from, _) = who else { return None };
        // The commas of a list: "in Bergen, Oslo, said".
        let begins = from == 0
            || line.mark(from - 1).is_some()
            || line.lower(from - 1) == "as"
            || !is_preposition(line.lower(from - 1)) && !line.is_capitalised(from - 1);
        begins.then_some(who)
    })
}

/// What is said of somebody between commas, in lexemes.
const APPOSED_LEXEMES_MAX: usize = 16;

/// A phrase whose noun is not in the list, right before its verb: `the old plumber said`,
/// `a sign at the gate reads`.
fn determined(line: &Line, end: usize) -> Option<Phrase> {
    let nearest = end.saturating_sub(9)..end.saturating_sub(1);
    let mut start = nearest.rev().find(|at| is_determiner(line.lower(*at)))?;
    let plain = |at: usize| {
        let word = line.is_word(at) && !is_preposition(line.lower(at));
        word || line.is_number(at) || line.mark(at) == Some('-')
    };
    if !(start + 1..end).all(plain) {
        return None;
    }
    while start > 1 && is_preposition(line.lower(start - 1)) {
        let head =
            (end.saturating_sub(12)..start - 1).rev().find(|at| is_determiner(line.lower(*at)));
        match head.filter(|head| *head + 1 < start - 1 && (head + 1..start - 1).all(plain)) {
            Some(head) => start = head,
            None => break,
        }
    }
    Some(Phrase::Name(start, end))
}

/// The phrase that begins the clause in which the lexeme at `end` stands, or the sentence.
fn clause_subject(line: &Line, end: usize) -> Option<Phrase> {
    for at in (1..end).rev() {
        let word = line.lower(at - 1);
        let and = matches!(word, "and" | "but" | "so") && at > 1 && line.mark(at - 2) == Some(',');
        let opens =
            and || matches!(
                word,
                "because"
                    | "while"
                    | "when"
                    | "although"
                    | "though"
                    | "if"
                    | "where"
                    | "whereas"
                    | "but"
            ) || matches!(line.mark(at - 1), Some(';' | ':' | '—'));
        if opens && let Some(who) = phrase::beginning(line, at).filter(|who| who.end() <= end) {
            return Some(who);
        }
    }
    subject(line).filter(|who| who.end() <= end)
}

/// Whose saying the noun at `at` names: `Ruiz's claim`, `her promise`.
fn owner_of(line: &Line, at: usize) -> Option<Phrase> {
    if at == 0 || !lexicon().reports.sayings.contains(line.lower(at)) {
        return None;
    }
    let before = line.lower(at - 1);
    let owner = match before {
        "his" | "her" | "their" => return Some(Phrase::Pronoun(at - 1)),
        _ if before.ends_with("'s") || before.ends_with("s'") => at,
        _ => return None,
    };
    if phrase::is_proper(line, owner - 1) {
        let start =
            (0..owner).rev().take_while(|before| phrase::is_proper(line, *before)).last()?;
        return Some(Phrase::Name(start, owner));
    }
    // "the archbishop's warning"
    let noun = line.lower(owner - 1);
    let noun = noun.trim_end_matches('\'').trim_end_matches("'s");
    let start = (owner.saturating_sub(4)..owner).rev().find(|at| is_determiner(line.lower(*at)))?;
    phrase::is_speaking_noun(noun).then_some(Phrase::Name(start, owner))
}

/// Whether the verb at `at` names a thing or a subject and hands no words to anybody:
/// `a plan called “X”`, `to discuss “new roads”`.
fn names_only(line: &Line, at: usize) -> bool {
    if line.lower(at).starts_with("discuss") {
        return true;
    }
    let naming = matches!(
        line.lower(at),
        "called"
            | "dubbed"
            | "named"
            | "titled"
            | "entitled"
            | "labelled"
            | "labeled"
            | "termed"
            | "nicknamed"
            | "headlined"
            | "read"
            | "reads"
            | "see"
            | "sees"
            | "saw"
    );
    let direct = (at + 1..line.len())
        .all(|next| line.mark(next).is_some() || matches!(line.lower(next), "the" | "a" | "an"));
    // "what Ruiz called “a gift”" does, and so does "which Ruiz has called “a gift”".
    let end = (0..at).rev().find(|before| !is_between(line.lower(*before)));
    let end = end.map_or(0, |last| last + 1);
    let relative = (at.saturating_sub(8)..at)
        .any(|before| matches!(line.lower(before), "what" | "which" | "whom"));
    let subject = || phrase::ending(line, end).is_some() || determined(line, end).is_some();
    let ends = matches!(line.mark(line.len() - 1), Some(':' | ','));
    naming && direct && !(relative && subject()) && !ends
}

/// Whether somebody else than the subject says it: `was called`, `is described as`.
fn is_passive(line: &Line, at: usize) -> bool {
    let mut before = at;
    while before > 0 && (line.lower(before - 1).ends_with("ly") || line.lower(before - 1) == "also")
    {
        before -= 1;
    }
    let be = before > 0 && (is_be(line.lower(before - 1)) || line.lower(before - 1) == "so");
    be && !line.lower(at).ends_with("ing")
}

/// Whether the word at `at` reports speech.
fn is_verb(line: &Line, at: usize) -> bool {
    let word = line.lower(at);
    let known = lexicon().reports.verbs.contains_key(word) && !line.is_capitalised(at);
    known && !is_noun(line, at, word) && !is_filler(line, at)
}

/// Whether the word at `at` that can be a verb is a noun there: `a one-word answer`.
fn is_noun(line: &Line, at: usize, word: &str) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| line.lower(at));
    let direct = matches!(
        before(1),
        "the" | "a" | "an" | "this" | "its" | "his" | "her" | "their" | "of" | "no" | "any"
    );
    let owned = before(1).ends_with("'s") || before(1).ends_with("s'");
    let base = !word.ends_with("ed") && !word.ends_with("ing") && !word.ends_with('s');
    let opened = (2..=NOUN_PHRASE_LEXEMES_MAX)
        .take_while(|back| at >= *back && line.mark(at - back + 1).is_none_or(|mark| mark == '-'))
        .any(|back| matches!(before(back), "a" | "an" | "his" | "her" | "their"));
    direct
        || owned
        || base
            && opened
            && !before(1).ends_with('s')
            && PLAIN_PASTS.iter().all(|past| *past != word)
}

/// How far before a noun its article may stand, in lexemes: `a one-word answer`.
const NOUN_PHRASE_LEXEMES_MAX: usize = 5;

/// Pasts that look like no past, and are no nouns.
const PLAIN_PASTS: [&str; 15] = [
    "said", "told", "wrote", "spoke", "put", "swore", "thought", "saw", "began", "taught", "read",
    "meant", "heard", "wept", "sang",
];

/// Whether the word at `at` is spoken as a mark: `she said, quote, “…”`.
fn is_filler(line: &Line, at: usize) -> bool {
    line.lower(at) == "quote"
        && at > 0
        && line.mark(at - 1) == Some(',')
        && matches!(line.mark(at + 1), Some(',' | ':'))
}

/// Whether the verb at `at` reports speech only beside a quotation.
fn is_beside(line: &Line, at: usize) -> bool {
    lexicon().reports.verbs.get(line.lower(at)).is_some_and(|class| class == "beside")
}

/// Whether nothing but the phrase, and what it is, stands in the line: `— Dana Ruiz, mayor`.
fn ends_there(line: &Line, who: Phrase) -> bool {
    let end = who.end();
    let mut rest = end..line.len();
    let short = line.mark(end) == Some(',') && rest.len() <= APPOSED_LEXEMES_MAX;
    let verbs = |at: usize| is_verb(line, at) || is_be(line.lower(at));
    matches!(who, Phrase::Name(..))
        && (rest.clone().all(|at| line.mark(at).is_some()) || short && !rest.any(verbs))
}

fn is_be(word: &str) -> bool {
    matches!(word, "is" | "was" | "were" | "are" | "be" | "been" | "being")
}

/// A phrase whose noun is not in the list, between a quotation and a verb: `the lawsuit says`.
fn open_phrase(line: &Line, at: usize) -> Option<Phrase> {
    if !is_determiner(line.lower(at)) {
        return None;
    }
    let verb = (at + 2..at + 10).find(|next| is_verb(line, *next))?;
    let plain = (at + 1..verb).all(|next| line.is_word(next) || line.is_number(next));
    plain.then_some(Phrase::Name(at, verb))
}

fn is_determiner(word: &str) -> bool {
    lexicon().reports.determiners.contains(word)
}

fn is_preposition(word: &str) -> bool {
    lexicon().reports.prepositions.contains(word)
}

/// Words that may stand between a subject and its verb: `has also reportedly said`.
fn is_between(word: &str) -> bool {
    lexicon().reports.between.contains(word) || (word.ends_with("ly") && word.len() > 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, found: Option<Cue>) -> String {
        let line = Line::new(text);
        let Some(cue) = found else { return String::new() };
        let who = cue.who.map_or("-", |who| &text[line.range(who.start(), who.end())]);
        let verb = cue.verb.map_or("-", |(from, to)| &text[line.range(from, to)]);
        format!("{who}: {verb}")
    }

    /// One row per pattern: the words after a quotation, its speaker and verb.
    #[test]
    fn names_the_speaker_after() {
        #[rustfmt::skip]
        let cases = [
            (" said Dana Ruiz, the mayor.",              "Dana Ruiz: said"),
            (", said Ruiz.",                             "Ruiz: said"),
            (" President Dana Ruiz said in a letter",    "President Dana Ruiz: said"),
            (" said an unnamed U.S. official.",          "an unnamed U.S. official: said"),
            (" according to a Harbour Ministry readout", "a Harbour Ministry readout: according to"),
            (" he added later",                          "he: added"),
            (" Ana-Maria Ruiz declared.",                "Ana-Maria Ruiz: declared"),
            (" said Friday.",                            "-: said"),
            (" a senior official of the ministry said",  "a senior official of the ministry: said"),
            (" Ruiz, who runs the port, later told reporters.", "Ruiz: told"),
            (" Ruiz, the head of the port, said.",       "Ruiz: said"),
            (" the lawsuit says.",                       "the lawsuit: says"),
            (" Rep. Ana Ruiz (D-Ellery) said.",          "Rep. Ana Ruiz: said"),
            ("\u{2014}Dana Ruiz",                        "Dana Ruiz: -"),
            (" once said the poet Dana Ruiz",            "the poet Dana Ruiz: said"),
            (" The ships left, and Ruiz said so.",       ""),
            (" on the quay",                             ""),
            (" and Ruiz said no.",                       ""),
        ];
        for (text, speaker) in cases {
            assert_eq!(shown(text, after(&Line::new(text), true)), speaker, "{text}");
        }
    }

    /// One row per pattern: the words before a quotation, its speaker and verb.
    #[test]
    fn names_the_speaker_before() {
        #[rustfmt::skip]
        let cases = [
            ("Ruiz said: ",                                      "Ruiz: said"),
            ("On Friday the Harbour Board stated, ",             "the Harbour Board: stated"),
            ("The White Tower described the step as ",           "The White Tower: described"),
            ("Ambassador Ana Ruiz, head of the port, noted that ", "Ambassador Ana Ruiz: noted"),
            ("Harbour Ministry officials said ",                 "Harbour Ministry officials: said"),
            ("Norse Ambassador to the UN Dana Ruiz stated, ",    "Norse Ambassador to the UN Dana Ruiz: stated"),
            ("Ruiz left the port, emphasizing ",                 "Ruiz: emphasizing"),
            ("Ruiz met envoys from Bergen and Oslo, and called it ", "Ruiz: called"),
            ("According to Ruiz, ",                              "Ruiz: According to"),
            ("But she told reporters that ",                     "she: told"),
            ("But Ruiz told reporters that ",                    "Ruiz: told"),
            ("The mayor spoke to Dana Ruiz, who called it ",     "Dana Ruiz: called"),
            ("A spokesman for the ministry said ",               "A spokesman for the ministry: said"),
            ("The launch of the ",                               ""),
            ("They bought a boat called ",                       ""),
            ("It is widely described as ",                       ""),
            ("They paid for what Ruiz called ",                  "Ruiz: called"),
            ("Critics rejected Ruiz's claim that ",              "Ruiz's: claim"),
            ("Ruiz met Doe while Poe went home and said ",       "Poe: said"),
            ("Ruiz: ",                                           "Ruiz: -"),
        ];
        for (text, speaker) in cases {
            assert_eq!(shown(text, before(&Line::new(text))), speaker, "{text}");
        }
    }

    /// One row per pattern: the rest of a sentence after a quotation inside it.
    #[test]
    fn names_the_speaker_at_the_end_of_the_sentence() {
        #[rustfmt::skip]
        let cases = [
            (" to sail in winter, Ruiz said.",           "Ruiz: said"),
            (" to sail, said Dana Ruiz.",                "Dana Ruiz: said"),
            (" to sail, according to the mayor. It was", "the mayor: according to"),
            (" to sail. Later, Ruiz said it was not.",   ""),
            (" to sail, and nobody minded.",             ""),
        ];
        for (text, speaker) in cases {
            assert_eq!(shown(text, trailing(&Line::new(text))), speaker, "{text}");
        }
    }
}
