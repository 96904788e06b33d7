//! Who says it: the name beside a verb of saying.
//!
//! Without a parser, by position and capitals: `said Dana Ruiz, the mayor`, `Harbour
//! officials told reporters`, `said an unnamed aide`. A verb in `-ing` has the subject
//! of its sentence for a speaker.
//!
//! In:  the words directly before or after a quotation, as a [`Line`].
//! Out: [`Who`], and the verb.
//! Not here: whom a pronoun means (`quotation`, which sees the paragraph).

use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;

/// Who speaks, as the words beside the verb name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// The lexemes from the first up to and without the second.
    Named(usize, usize),
    /// `he`, `she`, `they`.
    Pronoun,
    /// The subject of the sentence.
    Subject,
    /// The verb stands alone.
    Unknown,
}

/// How many lexemes may stand between the verb and the quotation: "told reporters that the
/// accords “".
const CUE_DISTANCE_MAX: usize = 14;

/// How many lexemes a speaker may have: "the head of the EU Delegation to Latvia".
const NAME_LEXEMES_MAX: usize = 9;

/// The speaker and the verb in the words after a quotation.
pub(super) fn after(line: &Line) -> Option<(Who, usize)> {
    let start =
        (0..line.len().min(3)).find(|at| !matches!(line.mark(*at), Some(',' | '—' | '–' | '-')))?;
    if line.lower(start) == "according" && line.lower(start + 1) == "to" {
        return Some((name_after(line, start + 2), start));
    }
    if is_verb(line, start) && !line.lower(start).ends_with("ing") {
        return Some((name_after(line, start + 1), start));
    }
    let cue = (start..line.len().min(start + NAME_LEXEMES_MAX))
        .take_while(|at| line.mark(*at).is_none_or(|mark| matches!(mark, '-' | '.' | '’')))
        .find(|at| is_verb(line, *at))?;
    let who = name_before(line, cue);
    // Only "” X said": a verb further on belongs to the next sentence.
    let adjacent = match who {
        Who::Named(from, _) => from == start,
        Who::Pronoun => true,
        Who::Subject | Who::Unknown => false,
    };
    adjacent.then_some((who, cue))
}

/// The speaker and the verb in the words before a quotation.
pub(super) fn before(line: &Line) -> Option<(Who, usize)> {
    let nearest = line.len().saturating_sub(CUE_DISTANCE_MAX);
    for at in (nearest..line.len()).rev() {
        if matches!(line.mark(at), Some(';' | '!' | '?')) {
            return None;
        }
        if line.lower(at) == "to" && at > 0 && line.lower(at - 1) == "according" {
            return Some((name_after(line, at + 1), at - 1));
        }
        if is_verb(line, at) {
            let participle = line.lower(at).ends_with("ing");
            let who = if participle { Who::Subject } else { name_before(line, at) };
            return Some((who, at));
        }
    }
    None
}

/// The name with which the sentence in `line` begins.
pub(super) fn subject(line: &Line) -> Who {
    let first = line.lower(0);
    let words = lexicon();
    if words.reports.pronouns.contains(&first) {
        return Who::Pronoun;
    }
    let article = matches!(first.as_str(), "the" | "a" | "an");
    let start = if words.words.stop.contains(&first) && !article || first == "according" {
        // "At the summit, the mayor …"
        let comma = (0..line.len().min(CUE_DISTANCE_MAX)).find(|at| line.mark(*at) == Some(','));
        comma.map_or(line.len(), |comma| comma + 1)
    } else {
        0
    };
    if words.reports.pronouns.contains(&line.lower(start)) {
        return Who::Pronoun;
    }
    proper_after(line, start)
}

/// Whether the word at `at` reports speech.
fn is_verb(line: &Line, at: usize) -> bool {
    let noun = at > 0
        && matches!(
            line.lower(at - 1).as_str(),
            "the" | "a" | "an" | "this" | "its" | "his" | "her" | "their" | "of"
        );
    !noun && lexicon().reports.verbs.contains_key(&line.lower(at))
}

/// The name that begins at `at`: capitals, or a common noun that can speak.
fn name_after(line: &Line, at: usize) -> Who {
    if lexicon().reports.pronouns.contains(&line.lower(at)) {
        return Who::Pronoun;
    }
    if let named @ Who::Named(..) = proper_after(line, at) {
        return extended(line, named);
    }
    common_after(line, at)
}

/// `Ruiz`, `the White House`, `Secretary of State Ruiz`.
fn proper_after(line: &Line, at: usize) -> Who {
    let start = at;
    let mut to = at + usize::from(matches!(line.lower(at).as_str(), "the" | "a" | "an"));
    let mut end = None;
    while to < start + NAME_LEXEMES_MAX {
        let joint = matches!(
            line.lower(to).as_str(),
            "of" | "the" | "for" | "al" | "bin" | "bint" | "de" | "van" | "von"
        );
        let hyphen = line.glued_mark(to) == Some('-') && line.is_glued(to + 1);
        let point = is_short(line, to) && line.is_capitalised(to + 1);
        if is_proper(line, to) {
            end = Some(to + 1);
        } else if !((joint && end.is_some()) || hyphen || point) {
            break;
        }
        to += 1;
    }
    end.map_or(Who::Unknown, |end| Who::Named(start, end))
}

/// Takes in the common noun of `Harbour Ministry officials`.
fn extended(line: &Line, named: Who) -> Who {
    let Who::Named(from, to) = named else { return named };
    let noun = lexicon().reports.nouns.contains(&line.lower(to));
    Who::Named(from, if noun { to + 1 } else { to })
}

/// `an unnamed U.S. official`.
fn common_after(line: &Line, at: usize) -> Who {
    let stop = |word: &str| lexicon().words.stop.contains(word);
    let article =
        usize::from(matches!(line.lower(at).as_str(), "the" | "a" | "an" | "one" | "another"));
    let words = (at + article..at + NAME_LEXEMES_MAX).take_while(|next| {
        (line.is_word(*next) && !stop(&line.lower(*next))) || line.glued_mark(*next) == Some('-')
    });
    let noun = words.filter(|word| lexicon().reports.nouns.contains(&line.lower(*word))).last();
    noun.map_or(Who::Unknown, |noun| Who::Named(at, noun + 1))
}

/// The name that ends before the verb at `verb`.
fn name_before(line: &Line, verb: usize) -> Who {
    let mut to = verb;
    while to > 0 && is_between(&line.lower(to - 1)) {
        to -= 1;
    }
    let Some(last) = to.checked_sub(1) else { return Who::Unknown };
    let word = line.lower(last);
    if lexicon().reports.pronouns.contains(&word) {
        return Who::Pronoun;
    }
    // "Ruiz, head of the port, said": the subject stands before the commas.
    if line.mark(last) == Some(',') {
        return subject(line);
    }
    let common = lexicon().reports.nouns.contains(&word);
    if !common && (!is_proper(line, last) || word.ends_with("'s")) {
        return Who::Unknown;
    }
    Who::Named(name_start(line, last), to)
}

/// Where the name that ends with the word at `last` begins.
fn name_start(line: &Line, last: usize) -> usize {
    let mut from = last;
    let stop = |at: usize| lexicon().words.stop.contains(&line.lower(at));
    while from > 0 && last - from < NAME_LEXEMES_MAX {
        let before = from - 1;
        let hyphen = line.glued_mark(before) == Some('-') && before > 0;
        let point = is_short(line, before);
        let common = !line.is_capitalised(last) && line.is_word(before) && !stop(before);
        let joint = matches!(line.lower(before).as_str(), "of" | "for")
            && before > 0
            && is_proper(line, before - 1);
        if !(is_proper(line, before) || hyphen || point || common || joint) {
            break;
        }
        from = before;
    }
    let article = from > 0 && matches!(line.lower(from - 1).as_str(), "the" | "a" | "an");
    // "Ambassador to the UN Dana Ruiz" is one name.
    let title = from >= 3 && article && line.lower(from - 2) == "to" && is_proper(line, from - 3);
    match (title, article) {
        (true, _) => name_start(line, from - 3),
        (false, true) => from - 1,
        (false, false) => from,
    }
}

/// Whether the point at `at` shortens a title or a name: `Sen.`, `J.`
fn is_short(line: &Line, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| line.glued_mark(at) == Some('.')) else {
        return false;
    };
    let initial = line.is_capitalised(before) && line.text(before).chars().count() == 1;
    initial || lexicon().reports.titles.contains(&line.lower(before))
}

/// Words that may stand between a subject and its verb: `has also reportedly said`.
fn is_between(word: &str) -> bool {
    matches!(
        word,
        "has"
            | "have"
            | "had"
            | "also"
            | "then"
            | "later"
            | "once"
            | "further"
            | "earlier"
            | "is"
            | "was"
            | "again"
    ) || (word.ends_with("ly") && word.len() > 4)
}

/// A capitalised word that is no weekday, month or small word at the head of a sentence.
fn is_proper(line: &Line, at: usize) -> bool {
    let dated = matches!(line.trigger(at), Trigger::Weekday(_))
        || (matches!(line.trigger(at), Trigger::Month(_)) && line.is_number(at + 1));
    line.is_capitalised(at) && !dated && !lexicon().words.stop.contains(&line.lower(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, found: Option<(Who, usize)>) -> String {
        let line = Line::new(text);
        match found {
            Some((Who::Named(from, to), cue)) => {
                format!("{}: {}", &text[line.range(from, to)], line.text(cue))
            }
            Some((who, cue)) => format!("{who:?}: {}", line.text(cue)),
            None => String::new(),
        }
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
            (" according to a Harbour Ministry readout", "a Harbour Ministry readout: according"),
            (" he added later",                          "Pronoun: added"),
            (" Ana-Maria Ruiz declared.",                "Ana-Maria Ruiz: declared"),
            (" said Friday.",                            "Unknown: said"),
            (" The ships left, and Ruiz said so.",       ""),
            (" on the quay",                             ""),
        ];
        for (text, speaker) in cases {
            assert_eq!(shown(text, after(&Line::new(text))), speaker, "{text}");
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
            ("Ruiz left the port, emphasizing ",                 "Subject: emphasizing"),
            ("According to Ruiz, ",                              "Ruiz: According"),
            ("But she told reporters that ",                     "Pronoun: told"),
            ("The launch of the ",                               ""),
        ];
        for (text, speaker) in cases {
            assert_eq!(shown(text, before(&Line::new(text))), speaker, "{text}");
        }
    }
}
