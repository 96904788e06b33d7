//! BagIt: bags by RFC 8493 (Kunze and others, 2018), version 1.0, and by the drafts
//! before it from 0.93 on.
//!
//! A bag of ours has the documents as its payload and the records as tag files, so
//! that nothing is lost on the way back.
//!
//! In:  [`Holding`](crate::exchange::Holding)s, or a folder that may be a bag.
//! Out: the files of a bag; a [`Verdict`] that names every file and every reason.
//! Not here: files that a bag says are to be fetched: they are reported as missing.

mod declaration;
mod info;
mod judge;
mod manifest;
mod name;
mod pack;
mod tag;
mod verdict;

pub use judge::judge;
pub use pack::RECORDS;
pub use pack::bag;
pub use verdict::Fault;
pub use verdict::Payload;
pub use verdict::Problem;
pub use verdict::Verdict;

/// The folder that holds the payload.
pub const PAYLOAD: &str = "data";

/// The bag declaration.
const DECLARATION: &str = "bagit.txt";

/// The list of what is to be fetched.
const FETCH: &str = "fetch.txt";

/// What the bag says of itself, by its name in each version.
const INFO: [&str; 2] = ["bag-info.txt", "package-info.txt"];

/// A version of BagIt: major and minor.
type Version = (u32, u32);

/// From here on RFC 8493 holds, which forbids what the drafts left open.
const RFC: Version = (1, 0);
