//! Shared words: what an alignment shares, word by word, and what of it counts.
//!
//! Anybody may quote, every text may carry boilerplate, and stories about one event
//! have names and titles in common. Only the other words say that wording was reused.
//!
//! In:  alignments, and the places of boilerplate.
//! Out: [`Shared`] for each alignment between two documents.
//! Not here: which phrases the corpus makes likely (`divergence::stock`).

use crate::align::Alignment;
use crate::divergence::Boilerplate;
use crate::divergence::Material;
use crate::span::DocId;
use crate::text::Text;
use rayon::prelude::*;
use std::ops::Range;

/// What two passages share.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    /// The documents, the lower number first.
    pub(crate) docs: [DocId; 2],
    /// The words that both have, in order, boilerplate left out; never empty.
    pub(crate) words: Vec<Word>,
}

/// One word that two passages share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its token in either text.
    pub(crate) tokens: [u32; 2],
    /// Whether it stands in quotation marks on either side.
    pub(crate) quoted: bool,
    /// Whether it is written small: neither a name nor a figure.
    pub(crate) plain: bool,
}

impl Shared {
    /// The tokens from the first to the last shared word, on side 0 or 1.
    pub(crate) fn range(&self, side: usize) -> Range<u32> {
        let (first, last) = (self.words[0], self.words[self.words.len() - 1]);
        first.tokens[side]..last.tokens[side] + 1
    }

    /// How many shared words satisfy `condition`.
    pub(crate) fn count(&self, condition: impl Fn(&Word) -> bool) -> usize {
        self.words.iter().filter(|word| condition(word)).count()
    }

    /// The same, without what stands before the first and after the last quoted word.
    pub(crate) fn quoted_part(&self) -> Option<Shared> {
        let first = self.words.iter().position(|word| word.quoted)?;
        let last = self.words.iter().rposition(|word| word.quoted)?;
        Some(Shared { docs: self.docs, words: self.words[first..=last].to_vec() })
    }
}

/// What each copied passage of two documents shares outside boilerplate. A passage that
/// was written anew shares what it says and not its wording.
pub(crate) fn shared(material: &Material, boilerplate: &Boilerplate) -> Vec<Shared> {
    let between = |found: &&Alignment| found.is_copied() && found.left.doc != found.right.doc;
    let found: Vec<&Alignment> = material.alignments.iter().filter(between).collect();
    found.into_par_iter().filter_map(|found| weigh(material, boilerplate, found)).collect()
}

fn weigh(material: &Material, boilerplate: &Boilerplate, found: &Alignment) -> Option<Shared> {
    let docs = [found.left.doc, found.right.doc];
    let [left, right] = docs.map(|doc| &material.texts[doc.index()]);
    let kept = found.edits.iter().filter(|edit| edit.kept);
    let words: Vec<Word> = kept
        .flat_map(|edit| edit.left.clone().zip(edit.right.clone()))
        .filter(|(l, r)| !boilerplate.covers(docs[0], *l) && !boilerplate.covers(docs[1], *r))
        .map(|(l, r)| Word {
            tokens: [l, r],
            quoted: is_quoted(left, l) || is_quoted(right, r),
            plain: is_plain(left, l) && is_plain(right, r),
        })
        .collect();
    (!words.is_empty()).then_some(Shared { docs, words })
}

/// Whether a token stands in quotation marks.
pub(crate) fn is_quoted(text: &Text, token: u32) -> bool {
    let span = text.tokens[token as usize].span;
    let before =
        text.quotations.partition_point(|quotation| quotation.outer.start() <= span.start());
    text.quotations[..before].iter().rev().take(2).any(|quotation| quotation.outer.contains(span))
}

/// Whether a token is written small: neither a name nor a figure.
pub(crate) fn is_plain(text: &Text, token: u32) -> bool {
    let word = text.word(&text.tokens[token as usize]);
    word.chars().any(char::is_alphabetic)
        && word.chars().all(|c| c.is_lowercase() || !c.is_alphabetic())
}
