//! Signatures: which key signed these bytes, and who may sign with it.
//!
//! Two forms are read: those of OpenSSH (`ssh-keygen -Y sign`; PROTOCOL.sshsig) and
//! those of minisign. Who may sign stands in a list of allowed signers, in the form
//! that `ssh-keygen -Y verify` and git read (ssh-keygen(1), ALLOWED SIGNERS).
//!
//! In:  the text of signatures, keys and lists, and the bytes that were signed.
//! Out: a [`Key`] that signed, or why none did; a name for it, or why it may not.
//! Not here: files (`corpus`), the clock and `ssh-keygen` (`cli`).

mod allowed;
mod minisign;
mod ssh;

pub use allowed::AllowedSigners;
pub use allowed::BadLine;
pub use allowed::NotAllowed;
pub use minisign::MinisignKeys;
pub use ssh::Key;
pub use ssh::SecretKey;
pub use ssh::signer;
pub use ssh::verify_raw;

#[cfg(test)]
pub(crate) use ssh::tests;

/// Why a signature vouches for nothing, as a clause that follows the signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Broken {
    /// It cannot be read.
    #[error("is no signature in the form of {form}")]
    Malformed {
        /// The form that was expected.
        form: &'static str,
    },
    /// It was made for another purpose.
    #[error("was made for `{namespace}`, not for this purpose")]
    OtherPurpose {
        /// What it was made for.
        namespace: String,
    },
    /// It is of a kind that this version cannot check.
    #[error("is of the kind {kind}, which this version cannot check")]
    Unsupported {
        /// The kind of key.
        kind: String,
    },
    /// It is not a signature of these bytes.
    #[error("does not fit these bytes")]
    OtherBytes,
}
