//! Queries: from a draft to the documents that share wording with it.
//!
//! In:  the words of a draft.
//! Out: [`Answer`].
//! Not here: what a word says for reuse (`evidence`).

use crate::corpus::Digest;
use crate::index::Error;
use crate::index::Index;
use crate::index::evidence::Common;
use crate::index::format;
use crate::index::format::Section;
use crate::index::postings;
use crate::index::postings::Hits;
use crate::reuse::archive::Seed;
use crate::reuse::archive::Shared;
use crate::reuse::archive::Words;
use crate::reuse::archive::compare;
use crate::reuse::archive::fingerprints;
use crate::reuse::archive::winnow;
use std::cmp::Reverse;
use std::collections::HashSet;

/// A shingle that stands more often in the index is common.
const RARE_HITS_MAX: usize = 24;

/// Places of a common shingle that are followed: enough to find a story that many
/// outlets carry in some of them.
const COMMON_HITS_MAX: usize = 8;

/// Documents whose words are compared with the draft's: those with most seeds.
const COMPARED_MAX: usize = 2_000;

/// Documents in an answer: those with most evidence. More are no reading for anybody.
const CANDIDATES_MAX: usize = 200;

/// The documents that share wording with a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The documents, those with the most shared wording first.
    pub candidates: Vec<Candidate>,
    /// How many more there are, with less.
    pub left_out: usize,
}

/// A document that shares wording with a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its path, relative to the root.
    pub path: String,
    /// The hash of the bytes that were indexed.
    pub digest: Digest,
    /// The passages: left is the draft, right the document, in positions of
    /// [`Words`]. They are found by word hashes, and not yet judged.
    pub passages: Vec<Shared>,
}

/// Where the shingles of a draft stand.
struct Found {
    /// Seeds with the number of their document.
    seeds: Vec<(u32, Seed)>,
    /// The fingerprints of common shingles.
    common: HashSet<u64>,
}

impl Index {
    /// The documents that share wording with `draft`.
    ///
    /// Certain to be found are runs of
    /// [`GUARANTEED_WORDS`](crate::reuse::archive::GUARANTEED_WORDS) words that at most
    /// 24 places of the corpus have, and runs of about a hundred words however many
    /// have them; of those that more have, the first few. The draft itself is found when
    /// it is in the index. The same index and draft give the same answer.
    ///
    /// # Errors
    /// When a part of the index that is needed is damaged.
    pub fn query(&self, draft: &Words) -> Result<Answer, Error> {
        let Found { mut seeds, common } = self.seeds(draft)?;
        seeds.sort_unstable();
        let mut documents: Vec<&[(u32, Seed)]> = seeds.chunk_by(|a, b| a.0 == b.0).collect();
        documents.sort_by_key(|seeds| Reverse(seeds.len()));
        documents.truncate(COMPARED_MAX);
        let common = Common::new(common);
        let mut found = Vec::new();
        for seeds in documents {
            let document = seeds[0].0;
            let seeds: Vec<Seed> = seeds.iter().map(|(_, seed)| *seed).collect();
            let words = self.hashes(document as usize)?;
            let passages = compare(draft.hashes(), &words, &seeds, &common);
            let evidence: u64 = passages.iter().map(|passage| u64::from(passage.evidence)).sum();
            if evidence > 0 {
                found.push((Reverse(evidence), document, passages));
            }
        }
        found.sort_unstable_by_key(|(evidence, document, _)| (*evidence, *document));
        let left_out = found.len().saturating_sub(CANDIDATES_MAX);
        found.truncate(CANDIDATES_MAX);
        let candidate = |(_, document, passages)| self.candidate(document, passages);
        let candidates = found.into_iter().map(candidate).collect::<Result<_, Error>>()?;
        Ok(Answer { candidates, left_out })
    }

    fn candidate(&self, document: u32, passages: Vec<Shared>) -> Result<Candidate, Error> {
        let entry = self.entry(document as usize)?;
        Ok(Candidate { path: entry.path, digest: entry.digest, passages })
    }

    /// Looks up the shingles of `draft`.
    fn seeds(&self, draft: &Words) -> Result<Found, Error> {
        let all: Vec<u64> = fingerprints(draft.hashes()).collect();
        let mut seeds = Vec::new();
        let mut common = HashSet::new();
        for left in winnow(&all) {
            let fingerprint = all[left as usize];
            let mut hits = self.lookup(fingerprint)?;
            if hits.count > RARE_HITS_MAX as u64 {
                common.insert(fingerprint);
                hits.positions.truncate(COMMON_HITS_MAX);
            }
            for position in hits.positions {
                let (document, right) = self.place(position)?;
                seeds.push((document, Seed { left, right }));
            }
        }
        Ok(Found { seeds, common })
    }

    fn lookup(&self, fingerprint: u64) -> Result<Hits, Error> {
        let bits = self.header.bucket_bits;
        let read = |range| self.file.read(range).map_err(|fault| self.refused(fault));
        let table = self.header.range(Section::Buckets).start;
        let range = postings::table_range(postings::bucket(fingerprint, bits));
        let ends = read(table + range.start..table + range.end)?;
        let mut ends = ends.as_slice();
        let (start, end) = format::take_u64(&mut ends)
            .zip(format::take_u64(&mut ends))
            .ok_or_else(|| self.damaged())?;
        let all = self.header.range(Section::Postings);
        if start > end || end > all.end - all.start {
            return Err(self.damaged());
        }
        let bucket = read(all.start + start..all.start + end)?;
        let hits = postings::lookup(&bucket, bits, fingerprint, RARE_HITS_MAX);
        hits.ok_or_else(|| self.damaged())
    }

    /// The document that holds a position, and the position in it.
    fn place(&self, position: u32) -> Result<(u32, u32), Error> {
        let after = self.starts.partition_point(|start| *start <= position);
        if after == 0 || after == self.starts.len() {
            return Err(self.damaged());
        }
        let document = u32::try_from(after - 1).map_err(|_| self.damaged())?;
        Ok((document, position - self.starts[after - 1]))
    }
}
