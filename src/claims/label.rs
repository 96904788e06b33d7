//! Labels: names for one thing of which the choice is itself disputed.
//!
//! In:  the names that a newsroom lists, and a [`Text`].
//! Out: where the text uses one of them, in its own voice.
//! Not here: which of them other texts use (`divergence`).

use super::framing::Phrases;
use super::framing::lexicon;
use crate::span::Span;
use crate::span::any_contains;
use crate::text::Text;

/// One use of a disputed name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelUse {
    /// Which thing, as an index into the lists.
    pub referent: usize,
    /// Which of its names.
    pub variant: usize,
    /// Where it stands.
    pub span: Span,
}

/// The names that are looked for where a newsroom lists none.
pub fn default_labels() -> &'static [Vec<Vec<String>>] {
    &lexicon().label_lists
}

/// Where `text` uses one of the names in `labels`, outside quotation marks. For each thing
/// the names are listed, and for each name its forms.
pub fn label_uses(text: &Text, labels: &[Vec<Vec<String>>]) -> Vec<LabelUse> {
    let listed = labels.iter().enumerate().flat_map(|(referent, names)| {
        names.iter().enumerate().flat_map(move |(variant, forms)| {
            forms.iter().map(move |form| (form.clone(), (referent, variant)))
        })
    });
    let phrases = Phrases::new(listed);
    let words: Vec<String> = text
        .tokens
        .iter()
        .map(|token| text.word(token).trim_end_matches("'s").to_lowercase())
        .collect();
    let found = phrases.find(&words).into_iter().map(|(range, (referent, variant))| LabelUse {
        referent,
        variant,
        span: text.tokens[range.start].span.cover(text.tokens[range.end - 1].span),
    });
    let stretches = text.quoted();
    found.filter(|found| !any_contains(&stretches, found.span)).collect()
}
