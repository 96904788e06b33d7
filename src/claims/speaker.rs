//! Who says it: the phrase beside a verb of saying.
//!
//! Without a parser, by position: `said Dana Ruiz, the mayor`, `Harbour officials told
//! reporters`, `Ruiz, who runs the port, called it`, `according to an aide`. Where
//! nobody stands beside the verb, the subject of its clause speaks.
//!
//! In:  the words directly before or after a quotation, as a [`Line`].
//! Out: [`Cue`].
//! Not here: which words are verbs of saying (`saying`), whose verb one is (`subject`), what
//! a phrase is (`phrase`), and whom a pronoun means (`people`).

use super::lex::Line;
use super::lexicon::lexicon;
use super::phrase;
use super::phrase::Phrase;
use super::saying::after_to;
use super::saying::is_be;
use super::saying::is_beside;
use super::saying::is_between;
use super::saying::is_determiner;
use super::saying::is_passive;
use super::saying::is_preposition;
use super::saying::is_verb;
use super::saying::names_only;
use super::subject::APPOSED_LEXEMES_MAX;
use super::subject::subject;
use super::subject::subject_of;
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
pub(super) const BEFORE_LEXEMES_MAX: usize = 32;

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
    // "she could not vote for a man who had called": another clause.
    let idiom = |at: usize| line.lower(verb - 1) == "to" && at + 3 >= verb;
    let far = |at: usize| !is_between(line.lower(at)) && !idiom(at);
    if matches!(who, Phrase::Pronoun(_)) && !apart && (who.end()..verb).any(far) {
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

/// The speaker behind a quotation in a headline: `“…”: union on pay`, `“…” – survivor`.
pub(super) fn headed(line: &Line) -> Option<Cue> {
    let opens = matches!(line.mark(0), Some(':' | '—' | '–' | '-' | '|'));
    let who = phrase::beginning(line, 1).filter(|_| opens)?;
    let verb = Some(who.end()).filter(|at| is_verb(line, *at)).map(|at| (at, at + 1));
    Some(Cue { who: Some(who), verb })
}

/// The subject behind the verb at `at`, right before a quotation: `Said Ruiz: “…”`,
/// `Not so, said her neighbour, Ana Poe: “…”`.
fn inverted(line: &Line, at: usize) -> Option<Cue> {
    let last = line.len().checked_sub(1)?;
    let opens = at == 0 || line.mark(at - 1) == Some(',');
    let who = phrase::beginning(line, at + 1).filter(|_| opens)?;
    let end = phrase::apposed(line, who).unwrap_or(who).end();
    (end == last && matches!(line.mark(last), Some(':' | ',')))
        .then(|| Cue::new(Some(who), at, at + 1))
}

/// The speaker and the verb in the words before a quotation.
pub(super) fn before(line: &Line) -> Option<Cue> {
    let said = lexicon().reports.verbs.contains_key(line.lower(0));
    if let Some(cue) = inverted(line, 0).filter(|_| said) {
        return Some(cue);
    }
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
            if let Some(cue) = inverted(line, at) {
                return Some(cue);
            }
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
        // "…, a study by the University of Narvik suggests"
        let near = |who: Phrase, verb: usize| {
            let plain = (who.end()..verb).all(|at| line.mark(at).is_none());
            verb < who.end() + 3
                || plain && is_preposition(line.lower(who.end())) && verb < who.end() + 8
        };
        if let Some(verb) = who.and_then(|who| verb_of(line, who).filter(|verb| near(who, *verb))) {
            return Some(Cue::new(who, verb, verb + 1));
        }
    }
    None
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
        // "who asked not to be named"
        let apart = line.lower(at + 1) == "not" && line.lower(at + 2) == "to";
        let says = is_verb(line, at) && !line.lower(at).ends_with("ing") && !apart;
        if closed && says && !after_to(line, at) {
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

/// Whether nothing but the phrase, and what it is, stands in the line: `— Dana Ruiz, mayor`.
fn ends_there(line: &Line, who: Phrase) -> bool {
    let end = who.end();
    let mut rest = end..line.len();
    let short = line.mark(end) == Some(',') && rest.len() <= APPOSED_LEXEMES_MAX;
    let verbs = |at: usize| is_verb(line, at) || is_be(line.lower(at));
    matches!(who, Phrase::Name(..))
        && (rest.clone().all(|at| line.mark(at).is_some()) || short && !rest.any(verbs))
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
