//! Shared wording in archives: a hundred thousand documents and more.
//!
//! In:  the texts of many documents, one after another.
//! Out: the passages that any two of them share.
//! Not here: files, which the caller reads.

mod compare;
mod fingerprint;
mod places;
mod words;

pub use compare::BIT;
pub use compare::Evidence;
pub use compare::Seed;
pub use compare::Shared;
pub use compare::compare;
pub use fingerprint::GUARANTEED_WORDS;
pub use fingerprint::SHINGLE_WORDS;
pub use fingerprint::WINDOW;
pub use fingerprint::fingerprint;
pub use fingerprint::fingerprints;
pub use fingerprint::winnow;
pub use places::Places;
pub use places::Spans;
pub use words::Scratch;
pub use words::Words;
