//! Stems: what the forms of a word share.
//!
//! In:  a word in lower case.
//! Out: its stem; equal stems are taken for one word.
//! Not here: which words carry content (`statement`).

use super::framing::lexicon;

/// The stem that the forms of a word share: that of `join` for `joined`, of `buy` for `bought`.
pub(super) fn stem(word: &str) -> String {
    cut(lexicon().irregular.get(word).map_or(word, String::as_str))
}

/// `word` without the endings that English forms have.
pub(super) fn cut(word: &str) -> String {
    let of_y = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied"));
    if let Some(stem) = of_y.filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let stem = ["ing", "ed", "es", "s", "e"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|stem| stem.chars().count() > 2))
        .unwrap_or(word);
    let mut letters: Vec<char> = stem.chars().collect();
    if let [.., one, two] = letters.as_slice()
        && one == two
        && letters.len() > 3
        && !matches!(two, 's' | 'e')
    {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            ["join", "joins", "joined", "joining"],
            ["close", "closes", "closed", "closing"],
            ["carry", "carries", "carried", "carries"],
            ["ban", "bans", "banned", "banning"],
            ["buy", "buys", "bought", "buying"],
            ["lose", "loses", "lost", "losing"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
    }
}
