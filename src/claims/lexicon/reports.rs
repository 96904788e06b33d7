//! Verbs of saying, and the words for those who speak.
//!
//! In:  `reports.toml`.
//! Out: [`Reports`].
//! Not here: who says what (`speaker`, `quotation`).

use super::Table;
use super::edited;
use super::parse;
use crate::text::Form;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// `lexicon/reports.toml`, with the forms of its verbs.
pub(in crate::claims) struct Reports {
    /// Every form, with the class of its verb.
    pub(in crate::claims) verbs: FxHashMap<String, String>,
    pub(in crate::claims) nouns: FxHashSet<String>,
    /// Those of the nouns that are no person: `ministry`.
    pub(in crate::claims) bodies: FxHashSet<String>,
    pub(in crate::claims) pronouns: FxHashSet<String>,
    pub(in crate::claims) titles: FxHashSet<String>,
    /// The forms of those nouns, in singular and plural, and of the titles.
    pub(in crate::claims) person_words: FxHashSet<Form>,
    pub(in crate::claims) clausal: FxHashSet<String>,
    /// Nouns for what somebody said: `claim` in `Ruiz's claim`.
    pub(in crate::claims) sayings: FxHashSet<String>,
    /// Nouns for what something means without anybody saying it: `the lesson is: “…”`.
    pub(in crate::claims) meanings: FxHashSet<String>,
    /// Words before speech that nobody uttered.
    pub(in crate::claims) imagined: Vec<String>,
    /// Words that may stand between a subject and its verb.
    pub(in crate::claims) between: FxHashSet<String>,
    pub(in crate::claims) prepositions: FxHashSet<String>,
    /// Words with which a phrase that speaks may begin.
    pub(in crate::claims) determiners: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportsFile {
    #[serde(rename = "verbs")]
    _verbs: Vec<toml::Table>,
    speaker: SpeakerWords,
    speech: SpeechWords,
    clause: ClauseWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeakerWords {
    nouns: FxHashSet<String>,
    bodies: FxHashSet<String>,
    pronouns: FxHashSet<String>,
    #[serde(rename = "titles")]
    _titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseWords {
    between: FxHashSet<String>,
    prepositions: FxHashSet<String>,
    determiners: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechWords {
    clausal: FxHashSet<String>,
    sayings: FxHashSet<String>,
    meanings: FxHashSet<String>,
    imagined: Vec<String>,
}

pub(super) fn load() -> Reports {
    let read: ReportsFile = parse(include_str!("reports.toml"));
    let classes = edited(Table::ReportVerbs).into_iter();
    let verbs = classes.flat_map(|(class, forms)| {
        forms.into_iter().map(move |form| (form, class.clone())).collect::<Vec<_>>()
    });
    let mut speakers = edited(Table::Speakers);
    let mut list = |name: &str| speakers.remove(name).unwrap_or_default().into_iter();
    let (people, titles) = (list("people"), list("titles").collect());
    let bodies: FxHashSet<String> = list("bodies").collect();
    // "City" ends a name that is no person, and "the city" does not speak.
    let SpeakerWords { nouns, bodies: of_tool, pronouns, .. } = read.speaker;
    let speak = |body: &&String| nouns.contains(*body) || !of_tool.contains(*body);
    let nouns: FxHashSet<String> = people.chain(bodies.iter().filter(speak).cloned()).collect();
    let titles: FxHashSet<String> = titles;
    let person_words = nouns.iter().flat_map(|noun| [noun.clone(), format!("{noun}s")]);
    let person_words = person_words.chain(titles.iter().cloned());
    Reports {
        verbs: verbs.collect(),
        person_words: person_words.map(|word| Form::of(&word)).collect(),
        nouns,
        bodies,
        pronouns,
        titles,
        clausal: read.speech.clausal,
        sayings: read.speech.sayings,
        meanings: read.speech.meanings,
        imagined: read.speech.imagined,
        between: read.clause.between,
        prepositions: read.clause.prepositions,
        determiners: read.clause.determiners,
    }
}

/// The four forms of a regular verb: `reply`, `replies`, `replied`, `replying`.
pub(super) fn verb_forms(verb: &str) -> [String; 4] {
    let own = verb.to_owned();
    if let Some(stem) = verb.strip_suffix('e') {
        return [own, format!("{verb}s"), format!("{verb}d"), format!("{stem}ing")];
    }
    let after_vowel = ["ay", "ey", "oy", "uy"].iter().any(|end| verb.ends_with(end));
    if let Some(stem) = verb.strip_suffix('y').filter(|_| !after_vowel) {
        return [own, format!("{stem}ies"), format!("{stem}ied"), format!("{verb}ing")];
    }
    let hissing = ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| verb.ends_with(end));
    let third = if hissing { format!("{verb}es") } else { format!("{verb}s") };
    // "slam", "slammed": one vowel before the last consonant of the only syllable.
    let letters: Vec<char> = verb.replace("qu", "k").chars().collect();
    let vowel = |letter: &char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    let doubled = match letters.as_slice() {
        [first @ .., middle, last] => {
            vowel(middle)
                && !vowel(last)
                && !matches!(last, 'w' | 'x' | 'y')
                && !first.iter().any(vowel)
        }
        _ => false,
    };
    let stem = match verb.chars().last().filter(|_| doubled) {
        Some(last) => format!("{verb}{last}"),
        None => own.clone(),
    };
    [own, third, format!("{stem}ed"), format!("{stem}ing")]
}

#[cfg(test)]
mod tests {
    use super::verb_forms;
    use crate::claims::lexicon::lexicon;

    #[test]
    fn regular_verbs_have_four_forms() {
        for (verb, past) in [
            ("announce", "announced"),
            ("reply", "replied"),
            ("stress", "stressed"),
            ("slam", "slammed"),
        ] {
            assert_eq!(verb_forms(verb)[2], past);
            assert!(lexicon().reports.verbs.contains_key(past), "{past}");
        }
    }
}
