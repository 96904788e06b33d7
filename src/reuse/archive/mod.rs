//! Shared wording in archives: a hundred thousand documents and more.
//!
//! In:  the texts of many documents, one after another.
//! Out: the passages that any two of them share.
//! Not here: files, which the caller reads.

mod census;
mod cluster;
mod compare;
mod evidence;
mod fingerprint;
mod frequency;
mod gate;
mod group;
mod join;
mod layout;
mod partition;
mod passages;
mod places;
mod words;

pub use census::CARRIERS_MAX;
pub use census::Census;
pub use census::Class;
pub use cluster::clusters;
pub use compare::BIT;
pub use compare::Evidence;
pub use compare::Seed;
pub use compare::Shared;
pub use compare::compare;
pub use evidence::Archival;
pub use fingerprint::GUARANTEED_WORDS;
pub use fingerprint::SHINGLE_WORDS;
pub use fingerprint::WINDOW;
pub use fingerprint::fingerprint;
pub use fingerprint::fingerprints;
pub use fingerprint::winnow;
pub use frequency::Frequencies;
pub use group::Groups;
pub use layout::TooManyWords;
pub use passages::SharedPassage;
pub use passages::passages;
pub use places::Places;
pub use places::Spans;
pub use words::Scratch;
pub use words::Words;

/// One document of an archive: its name and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    name: Box<str>,
    words: Words,
}

impl Document {
    /// Reads the words of `text`, which is not needed any more afterwards.
    pub fn read(name: String, text: &str) -> Self {
        Self { name: name.into(), words: Words::read(text) }
    }

    /// The name, which orders the documents of an archive.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words.
    pub fn words(&self) -> &Words {
        &self.words
    }
}
