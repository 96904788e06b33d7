//! Layout: the documents of an archive in one order, as one long row of words.
//!
//! Documents are ranked by name, so that the order in which they were read does not
//! matter, and a word is known by its position in the row of all words. The row is
//! cut into blocks of whole documents, the units of parallel work; neither depends
//! on the number of threads.
//!
//! In:  the documents.
//! Out: [`Layout`].
//! Not here: what is done with the blocks.

use super::Document;
use std::ops::Range;

/// Words in a block: half a megabyte of hashes, which a core's cache holds.
const BLOCK_WORDS: u32 = 1 << 17;

/// Positions that one hint serves: about a third of a document.
const HINT_BITS: u32 = 8;

/// The archive has more than 2³² words, some 25 GB of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {} words in one archive: compare it in parts", u32::MAX)]
pub struct TooManyWords;

/// The documents, ranked and laid out.
pub(super) struct Layout<'a> {
    documents: &'a [Document],
    /// The index of each document, by rank.
    order: Vec<u32>,
    /// Where each document begins in the row of all words, by rank, and where the row ends.
    starts: Vec<u32>,
    /// The document that holds every 256th word.
    hints: Vec<u32>,
    blocks: Vec<Range<u32>>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(documents: &'a [Document]) -> Result<Self, TooManyWords> {
        let count = u32::try_from(documents.len()).map_err(|_| TooManyWords)?;
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_by_key(|index| documents[*index as usize].name());
        let mut starts = Vec::with_capacity(documents.len() + 1);
        let mut end = 0_u32;
        starts.push(0);
        for index in &order {
            let words = documents[*index as usize].words().hashes().len();
            let words = u32::try_from(words).map_err(|_| TooManyWords)?;
            end = end.checked_add(words).ok_or(TooManyWords)?;
            starts.push(end);
        }
        let mut hints = Vec::with_capacity((end >> HINT_BITS) as usize + 1);
        for (rank, bounds) in (0..).zip(starts.windows(2)) {
            while (hints.len() << HINT_BITS) < bounds[1] as usize {
                hints.push(rank);
            }
        }
        let blocks = blocks(&starts);
        Ok(Self { documents, order, starts, hints, blocks })
    }

    /// Ranges of ranks that are worked on together.
    pub(super) fn blocks(&self) -> &[Range<u32>] {
        &self.blocks
    }

    /// The words of all documents.
    pub(super) fn total_words(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    pub(super) fn document(&self, rank: u32) -> &'a Document {
        &self.documents[self.index(rank) as usize]
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.order.len()).expect("was counted so")
    }

    /// The index of the document in the order of the caller.
    pub(super) fn index(&self, rank: u32) -> u32 {
        self.order[rank as usize]
    }

    pub(super) fn words(&self, rank: u32) -> &'a [u32] {
        self.document(rank).words().hashes()
    }

    /// Where the document begins in the row of all words.
    pub(super) fn start(&self, rank: u32) -> u32 {
        self.starts[rank as usize]
    }

    /// The rank of the document that holds the word at `position`.
    pub(super) fn rank_at(&self, position: u32) -> u32 {
        let mut rank = self.hints[(position >> HINT_BITS) as usize];
        while self.starts[rank as usize + 1] <= position {
            rank += 1;
        }
        rank
    }
}

fn blocks(starts: &[u32]) -> Vec<Range<u32>> {
    let mut blocks: Vec<Range<u32>> = Vec::new();
    let mut first = 0;
    for (rank, bounds) in (0_u32..).zip(starts.windows(2)) {
        if bounds[1] - starts[first as usize] >= BLOCK_WORDS {
            blocks.push(first..rank + 1);
            first = rank + 1;
        }
    }
    let count = u32::try_from(starts.len() - 1).expect("was counted so");
    if first < count {
        blocks.push(first..count);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(texts: &[(&str, &str)]) -> Vec<Document> {
        texts.iter().map(|(name, text)| Document::read((*name).to_owned(), text)).collect()
    }

    #[test]
    fn every_word_knows_its_document() {
        let long = "word ".repeat(700);
        let documents = documents(&[("c", "one two"), ("a", ""), ("b", &long), ("d", "")]);

        let layout = Layout::new(&documents).unwrap();

        assert_eq!(layout.total_words(), 702);
        assert_eq!((0..4).map(|rank| layout.index(rank)).collect::<Vec<_>>(), [1, 2, 0, 3]);
        assert_eq!(layout.blocks().len(), 1);
        for position in 0..702 {
            assert_eq!(layout.rank_at(position), if position < 700 { 1 } else { 2 });
        }
    }

    #[test]
    fn an_empty_archive_has_no_blocks() {
        assert!(Layout::new(&[]).unwrap().blocks().is_empty());
    }
}
