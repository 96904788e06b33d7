//! What shared words are worth in an archive.
//!
//! A word counts by how surprising it is, less where the shingle it stands in is in
//! more documents, and nothing where it is in too many: names and titles of one event,
//! stock phrases and boilerplate are common as a whole though their words are rare. A
//! quotation that several documents have is longer than a name or a phrase.
//!
//! In:  the census and the frequencies of an archive.
//! Out: [`Archival`] and [`Wire`], which weigh runs of shared words.
//! Not here: which words are shared (`compare`).

use super::census::Census;
use super::census::Class;
use super::compare::BIT;
use super::compare::Evidence;
use super::fingerprint::SHINGLE_WORDS;
use super::fingerprint::fingerprints;
use super::frequency::Frequencies;

/// What a passage needs.
///
/// Measured on made archives (`benches/reuse`): on 100,000 documents 46 bits find .992 of
/// the quoted sentences at a byte precision of .988, 42 bits .988 at .980. Chance gives a
/// best match of log₂ n² bits between two texts of n words (Karlin and Altschul, PNAS 87,
/// 1990), 19 between two articles. Ten usual words have 70.
const PASSAGE_BITS: u32 = 46;

/// Words in a row that several documents have and that may be a name with its title, or
/// a stock phrase. What goes on for longer is quoted.
const PHRASE_WORDS: usize = 8;

/// Words of a stock phrase that count: not what it says, but that it stands in the same
/// place of both texts. Without them one quoted sentence in thirty is lost.
const LEAD_WORDS: usize = 3;

/// What a passage of a wire story needs: about twenty words.
const WIRE_PASSAGE_BITS: u32 = 120;

/// Evidence for reuse that is no boilerplate.
#[derive(Clone, Copy)]
pub struct Archival<'a> {
    /// In how many documents each shingle stands.
    pub census: &'a Census,
    /// How surprising each word is.
    pub frequencies: &'a Frequencies,
}

impl Archival<'_> {
    /// What each word of a document says at most, whoever shares it: nothing where no
    /// other document has a shingle that it stands in.
    pub(super) fn most(&self, words: &[u32], classes: &[Class], most: &mut Vec<u32>) {
        let mut cover = Cover::default();
        let mut shared_to = 0;
        let classes = classes.iter().copied().chain(std::iter::repeat(Class::Single));
        for ((at, word), class) in words.iter().enumerate().zip(classes) {
            if class > Class::Single {
                shared_to = at + SHINGLE_WORDS;
            }
            let share = cover.share(at, class);
            let is_shared = at < shared_to && share > 0;
            most.push(if is_shared { self.frequencies.surprise(*word) * share / 16 } else { 0 });
        }
    }
}

impl Evidence for Archival<'_> {
    fn weigh(&self, run: &[u32], weights: &mut Vec<u32>) {
        let first = weights.len();
        weights.extend(run.iter().map(|word| self.frequencies.surprise(*word)));
        let weights = &mut weights[first..];
        let mut cover = Cover::default();
        let mut fingerprints = fingerprints(run);
        for (at, weight) in weights.iter_mut().enumerate() {
            let here = fingerprints.next().map_or(Class::Single, |one| self.census.class(one));
            *weight = *weight * cover.share(at, here) / 16;
        }
    }

    fn needed(&self) -> u32 {
        PASSAGE_BITS * BIT
    }
}

/// How common the words are up to here.
struct Cover {
    /// The class of the most common shingle that reaches up to here, and to where.
    class: Class,
    reach: usize,
    /// How many words in a row are as common, roughly.
    row: usize,
}

impl Default for Cover {
    fn default() -> Self {
        Self { class: Class::Single, reach: 0, row: 0 }
    }
}

impl Cover {
    /// How much of its evidence the next word keeps, in sixteenths; it stands at `at`,
    /// where a shingle of this class begins.
    #[inline]
    fn share(&mut self, at: usize, class: Class) -> u32 {
        let rarity = |class| match class {
            Class::Single | Class::Pair | Class::Few => 0,
            Class::Several | Class::Many => 1,
            Class::Common | Class::Ubiquitous => 2,
        };
        let before = rarity(self.class);
        if class >= self.class || at >= self.reach {
            self.class = class;
            self.reach = at + SHINGLE_WORDS;
        }
        self.row = if rarity(self.class) == before { self.row + 1 } else { 0 };
        match self.class {
            Class::Single | Class::Pair => 16,
            Class::Several if self.row < PHRASE_WORDS => 11,
            Class::Many if self.row < PHRASE_WORDS => 6,
            Class::Few | Class::Several | Class::Many => 14,
            Class::Common | Class::Ubiquitous if self.row < LEAD_WORDS => 16,
            Class::Common | Class::Ubiquitous => 0,
        }
    }
}

/// Evidence for a wire story, whose shingles are common because so many outlets carry it.
#[derive(Clone, Copy)]
pub(super) struct Wire<'a> {
    pub(super) frequencies: &'a Frequencies,
}

impl Evidence for Wire<'_> {
    fn weigh(&self, run: &[u32], weights: &mut Vec<u32>) {
        weights.extend(run.iter().map(|word| self.frequencies.surprise(*word)));
    }

    fn needed(&self) -> u32 {
        WIRE_PASSAGE_BITS * BIT
    }
}
