//! Kin: which quotations of a corpus are of one utterance.
//!
//! Equal wordings are put together first; different ones meet where they have four
//! words in a row in common, so that the cost grows with the quotations and not with
//! their pairs.
//!
//! In:  texts and claims.
//! Out: [`Kin`]: the different wordings, and how those of one utterance differ.
//! Not here: what is reported (`altered`, `cut`, `credit`).

use super::change::Pair;
use super::change::Side;
use super::change::Speakers;
use super::change::compare;
use super::wording;
use super::wording::Word;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Value;
use crate::claims::Voice;
use crate::claims::is_person_noun;
use crate::divergence::cluster::clusters;
use crate::divergence::slot::ClaimId;
use crate::divergence::slot::tokens_in;
use crate::span::DocId;
use crate::span::Span;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;

/// Words below which a quotation is compared with nothing: "a very good day".
const WORDS_MIN: usize = 4;

/// Words in a row by which wordings meet.
const RUN_WORDS: usize = 4;

/// Wordings that may have the same run: what more have is a phrase of the trade.
const CARRIERS_MAX: usize = 64;

/// One wording, and the quotations that have it.
#[derive(Clone, Debug)]
pub(super) struct Wording {
    /// In the order of documents.
    pub(super) ids: Vec<ClaimId>,
    /// The words of the first.
    pub(super) words: Vec<Word>,
}

/// The wordings of a corpus.
#[derive(Debug)]
pub(super) struct Kin<'a> {
    pub(super) texts: &'a [Text<'a>],
    pub(super) claims: &'a [Vec<Claim>],
    pub(super) wordings: Vec<Wording>,
    /// Two wordings of one utterance, the lower number first, in order.
    pub(super) pairs: BTreeMap<(usize, usize), Pair>,
}

impl<'a> Kin<'a> {
    /// The wordings in `texts`, whose claims are `claims`.
    pub(super) fn find(texts: &'a [Text<'a>], claims: &'a [Vec<Claim>]) -> Self {
        let mut kin = Self { texts, claims, wordings: Vec::new(), pairs: BTreeMap::new() };
        kin.wordings = kin.read();
        let met: Vec<(usize, usize)> = kin.meeting().into_iter().collect();
        let compared = met.into_par_iter().filter_map(|(left, right)| {
            let same = kin.speakers(left, right);
            Some(((left, right), compare(kin.side(left), kin.side(right), same)?))
        });
        kin.pairs = compared.collect();
        kin
    }

    /// The different wordings, in the order of their first quotations.
    fn read(&self) -> Vec<Wording> {
        let of_text = |(text, claims): (&Text, &Vec<Claim>)| -> Vec<(ClaimId, Vec<Word>)> {
            let quotations =
                claims.iter().enumerate().filter(|(_, claim)| claim.kind == Kind::Quotation);
            quotations
                .filter_map(|(index, claim)| {
                    let words = wording::words(text, tokens_in(text, inner(claim)?));
                    (words.len() >= WORDS_MIN).then_some((ClaimId { doc: text.doc, index }, words))
                })
                .collect()
        };
        let all: Vec<_> = self.texts.par_iter().zip(self.claims).map(of_text).collect();
        let mut known: HashMap<(String, bool), usize> = HashMap::new();
        let mut wordings: Vec<Wording> = Vec::new();
        for (id, words) in all.into_iter().flatten() {
            let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
            let key = (forms.join(" "), self.has_mark(id));
            let next = wordings.len();
            let at = *known.entry(key).or_insert(next);
            if at == next {
                wordings.push(Wording { ids: vec![id], words });
            } else {
                wordings[at].ids.push(id);
            }
        }
        wordings
    }

    /// Whether a quotation shows by a bracket or an ellipsis that it was changed.
    fn has_mark(&self, id: ClaimId) -> bool {
        let words =
            inner(self.claim(id)).map_or("", |inner| &self.text(id.doc).source[inner.range()]);
        words.contains(['[', '…', '(']) || words.contains("..") || words.contains(". . .")
    }

    /// The wordings that have a run of words in common.
    fn meeting(&self) -> BTreeSet<(usize, usize)> {
        let mut carriers: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
        for (number, wording) in self.wordings.iter().enumerate() {
            for run in wording.words.windows(RUN_WORDS) {
                let run: Vec<&str> = run.iter().map(|word| word.form.as_str()).collect();
                let known = carriers.entry(run).or_default();
                if known.last() != Some(&number) && known.len() <= CARRIERS_MAX {
                    known.push(number);
                }
            }
        }
        let mut met = BTreeSet::new();
        // The pairs are a set: the order of the map decides nothing.
        for known in carriers.values().filter(|known| known.len() <= CARRIERS_MAX) {
            for (index, left) in known.iter().enumerate() {
                met.extend(known[index + 1..].iter().map(|right| (*left, *right)));
            }
        }
        met
    }

    /// The wordings that belong together, in groups.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        let links: Vec<(usize, usize)> = self.pairs.keys().copied().collect();
        clusters(self.wordings.len(), &links)
    }

    pub(super) fn side(&self, wording: usize) -> Side<'_, 'a> {
        let wording = &self.wordings[wording];
        Side { text: self.text(wording.ids[0].doc), words: &wording.words }
    }

    pub(super) fn text(&self, doc: DocId) -> &'a Text<'a> {
        &self.texts[doc.index()]
    }

    pub(super) fn claim(&self, id: ClaimId) -> &'a Claim {
        &self.claims[id.doc.index()][id.index]
    }

    /// The bytes of some words of a wording, as the quotation `id` prints them.
    pub(super) fn place(&self, id: ClaimId, words: &Range<u32>) -> Option<Span> {
        let text = self.text(id.doc);
        let all = wording::words(text, tokens_in(text, inner(self.claim(id))?));
        let words = all.get(words.start as usize..words.end as usize)?;
        let token = |word: &Word| text.tokens[word.token as usize].span;
        words.first().zip(words.last()).map(|(first, last)| token(first).cover(token(last)))
    }

    /// Whether one person is named as the speaker of two wordings, or different ones.
    fn speakers(&self, left: usize, right: usize) -> Speakers {
        let named = |wording: usize| -> BTreeSet<String> {
            let ids = self.wordings[wording].ids.iter();
            ids.filter_map(|id| self.surname(*id)).collect()
        };
        let (one, other) = (named(left), named(right));
        if !one.is_disjoint(&other) {
            return Speakers::Same;
        }
        // "The ministry's statement" may be the minister's words: only names part from names,
        // and offices from offices.
        let heads = |wording: usize| -> Option<BTreeSet<(bool, String)>> {
            self.wordings[wording].ids.iter().map(|id| self.speaker_head(*id)).collect()
        };
        let kinds =
            |heads: &BTreeSet<(bool, String)>| heads.iter().map(|head| head.0).collect::<Vec<_>>();
        // What a crowd or a sign says is anybody's slogan.
        let crowd = |heads: &Option<BTreeSet<(bool, String)>>| {
            heads.iter().flatten().any(|(named, head)| !named && is_crowd(head))
        };
        let (one, other) = (heads(left), heads(right));
        if crowd(&one) != crowd(&other) {
            return Speakers::Different;
        }
        match (one, other) {
            (Some(one), Some(other)) if one.is_disjoint(&other) && kinds(&one) == kinds(&other) => {
                Speakers::Different
            }
            _ => Speakers::Unknown,
        }
    }

    /// The last word of whom a quotation is handed to, a name or a noun for a person, and
    /// whether it is a name.
    fn speaker_head(&self, id: ClaimId) -> Option<(bool, String)> {
        let voice = voice(self.claim(id))?;
        let name = &self.text(id.doc).source[voice.name.range()];
        let last = name.rsplit([' ', '\u{a0}']).next()?;
        let named = last.starts_with(char::is_uppercase);
        let last = last.to_lowercase();
        (named || is_person_noun(&last)).then_some((named, last))
    }

    /// The last word of the speaker's name, in lower case, when it is a name.
    fn surname(&self, id: ClaimId) -> Option<String> {
        let name = &self.text(id.doc).source[voice(self.claim(id))?.name.range()];
        let last = name.rsplit([' ', '\u{a0}', '-']).next()?;
        last.starts_with(char::is_uppercase).then(|| last.to_lowercase())
    }
}

/// Whether a noun stands for many at once, or for what they hold up.
fn is_crowd(noun: &str) -> bool {
    let one = noun.strip_suffix('s').unwrap_or(noun);
    matches!(
        one,
        "sign"
            | "banner"
            | "placard"
            | "poster"
            | "slogan"
            | "chant"
            | "crowd"
            | "marcher"
            | "protester"
            | "protestor"
            | "demonstrator"
            | "fan"
            | "supporter"
    )
}

/// The quoted words of a quotation.
pub(super) fn inner(claim: &Claim) -> Option<Span> {
    match claim.value {
        Value::Words { inner, .. } => Some(inner),
        _ => None,
    }
}

/// Who says a quotation.
pub(super) fn voice(claim: &Claim) -> Option<Voice> {
    match claim.value {
        Value::Words { voice, .. } => voice,
        _ => None,
    }
}
