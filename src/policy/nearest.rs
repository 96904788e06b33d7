//! Nearest: the known word that a misspelled one most likely stands for.
//!
//! In:  a word, and the words that are known.
//! Out: one of them, or none when all are too far off.
//! Not here: who asked.

/// One letter in this many may be wrong: `reqire` is near `require`, `colour` is not.
const LETTERS_PER_ERROR: usize = 3;

/// The known word nearest to `word`, if one is near.
///
/// ```
/// use provenance::policy::nearest;
///
/// assert_eq!(nearest("reqire", ["require", "exclude"]), Some("require"));
/// assert_eq!(nearest("colour", ["require", "exclude"]), None);
/// ```
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let far = |known: &str| strsim::damerau_levenshtein(&word, &known.to_lowercase());
    let errors_max = (word.chars().count() / LETTERS_PER_ERROR).max(1);
    let near = known.into_iter().map(|known| (far(known), known));
    near.filter(|(errors, _)| *errors <= errors_max)
        .min_by_key(|(errors, _)| *errors)
        .map(|(_, known)| known)
}

/// `: did you mean `x`?`, or nothing when no known word is near.
pub(crate) fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    nearest(word, known).map_or_else(String::new, |known| format!(": did you mean `{known}`?"))
}
