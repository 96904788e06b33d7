//! The seal: one list of every document and record with its hash, and who signed it.
//!
//! `provenance.sums` lists what stood in the corpus at one moment, in the form that
//! `sha256sum -c` reads. A signature beside it says who vouches for the list. The
//! seal is made when a newsroom publishes or hands over its corpus; between two
//! seals, git is the witness.
//!
//! In:  what a check read, and the files beside the corpus.
//! Out: the text of a new seal; findings about the one that is there; [`Sealed`].
//! Not here: making signatures (`cli` asks `ssh-keygen`), and what a signature is
//! (`signature`).

mod check;
mod make;
mod sums;
mod vouch;

pub(crate) use check::Paper;
pub(crate) use check::check;
pub use make::SealText;
pub use make::Written;
pub use make::draw_seal;
pub use make::put_seal;

use crate::corpus::digest::Digest;
use crate::signature::AllowedSigners;
use crate::signature::MinisignKeys;
use jiff::Timestamp;

/// The seal, relative to the root.
pub const SUMS: &str = "provenance.sums";

/// Its signature by an SSH key.
pub const SSH_SIGNATURE: &str = "provenance.sums.sig";

/// Its signature by minisign.
pub const MINISIGN_SIGNATURE: &str = "provenance.sums.minisig";

/// What the signature of a seal is made for: a key that signs commits as well must
/// not have signed a seal by that.
pub const SEAL_NAMESPACE: &str = "provenance-seal-v1";

/// What to do when the corpus is right and the seal is old.
const AGAIN: &str = "provenance seal --sign KEY";

/// Timestamps that may lie beside the seal, and what they are.
const TOKENS: [(&str, &str); 2] = [
    ("provenance.sums.tsr", "an RFC 3161 timestamp"),
    ("provenance.sums.ots", "an OpenTimestamps proof"),
];

/// What a check asks of the seal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealOptions {
    /// Whether everything must be under a seal that an allowed signer signed.
    pub require: bool,
    /// Who may sign with an SSH key; `None` when nobody wrote a list.
    pub allowed: Option<AllowedSigners>,
    /// Keys of minisign that may sign.
    pub minisign: MinisignKeys,
    /// The moment at which keys must be valid; without it their validity in time is
    /// not checked.
    pub now: Option<Timestamp>,
}

/// A seal that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The SHA-256 of the list, which is what is signed.
    pub digest: Digest,
    /// How many files it lists.
    pub files: u64,
    /// Who signed it and may: principals and key, as they are told to people.
    pub signers: Vec<String>,
    /// Timestamps that lie beside it; they are hashed and not verified.
    pub tokens: Vec<Token>,
}

/// A timestamp beside the seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The file.
    pub path: &'static str,
    /// What it is.
    pub kind: &'static str,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// How many there are.
    pub bytes: u64,
}
