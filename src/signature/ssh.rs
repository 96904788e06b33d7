//! Signatures in the form of OpenSSH, and bare Ed25519 ones by the same keys.
//!
//! In:  armoured signatures, keys as OpenSSH writes them, bytes.
//! Out: [`Key`], [`Broken`], signatures.
//! Not here: who may sign (`allowed`).

use crate::signature::Broken;
use signature::Signer as _;
use signature::Verifier as _;
use ssh_key::Algorithm;
use ssh_key::HashAlg;
use ssh_key::PrivateKey;
use ssh_key::PublicKey;
use ssh_key::Signature;
use ssh_key::SshSig;
use std::fmt;

/// The form of a signature by OpenSSH, for messages.
const FORM: &str = "OpenSSH (ssh-keygen -Y sign)";

/// A public key. Two keys are equal when their numbers are; comments do not count.
#[derive(Clone, Debug)]
pub struct Key(PublicKey);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.key_data() == other.0.key_data()
    }
}

impl Eq for Key {}

/// The fingerprint, as `ssh-keygen -l` prints it.
impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fingerprint(HashAlg::Sha256).fmt(formatter)
    }
}

impl Key {
    /// Reads a key as it stands in a `.pub` file: kind, numbers, comment.
    pub fn parse(text: &str) -> Option<Self> {
        PublicKey::from_openssh(text.trim()).ok().map(Self)
    }

    /// Kind and numbers, as a list of allowed signers has them.
    ///
    /// # Panics
    /// Never: a key that was read can be written.
    pub fn line(&self) -> String {
        let bare = PublicKey::from(self.0.key_data().clone());
        bare.to_openssh().expect("a key that was read can be written")
    }

    /// What begins a certificate, which is no key.
    pub(crate) fn is_kind(word: &str) -> bool {
        Algorithm::new(word).is_ok() || Algorithm::new_certificate(word).is_ok()
    }
}

/// The key that made `armoured`, a signature of `message` for `namespace`.
///
/// # Errors
/// When it cannot be read, was made for another purpose, by a key of a kind that
/// cannot be checked, or of other bytes.
pub fn signer(armoured: &str, namespace: &str, message: &[u8]) -> Result<Key, Broken> {
    let signature: SshSig =
        armoured.trim().parse().map_err(|_| Broken::Malformed { form: FORM })?;
    if signature.namespace() != namespace {
        return Err(Broken::OtherPurpose { namespace: signature.namespace().to_owned() });
    }
    let key = PublicKey::from(signature.public_key().clone());
    if !is_supported(&key.algorithm()) {
        return Err(Broken::Unsupported { kind: key.algorithm().to_string() });
    }
    key.verify(namespace, message, &signature).map_err(|_| Broken::OtherBytes)?;
    Ok(Key(key))
}

/// RSA is left out: the one crate for it is known to leak secret keys by timing,
/// and OpenSSH makes Ed25519 keys unless told otherwise.
fn is_supported(algorithm: &Algorithm) -> bool {
    matches!(
        algorithm,
        Algorithm::Ed25519
            | Algorithm::Ecdsa { .. }
            | Algorithm::SkEd25519
            | Algorithm::SkEcdsaSha2NistP256
    )
}

/// Whether `signature` is the bare Ed25519 signature of `message` by `key`.
///
/// # Errors
/// When the key is of another kind, or the signature is not of these bytes.
pub fn verify_raw(key: &Key, message: &[u8], signature: &[u8]) -> Result<(), Broken> {
    if key.0.algorithm() != Algorithm::Ed25519 {
        return Err(Broken::Unsupported { kind: key.0.algorithm().to_string() });
    }
    let signature = Signature::new(Algorithm::Ed25519, signature.to_vec())
        .map_err(|_| Broken::Malformed { form: "Ed25519" })?;
    key.0.key_data().verify(message, &signature).map_err(|_| Broken::OtherBytes)
}

/// A secret Ed25519 key that no passphrase protects.
pub struct SecretKey(PrivateKey);

impl SecretKey {
    /// Reads a key as OpenSSH writes it; `None` when it is of another kind, or
    /// protected by a passphrase.
    pub fn parse(text: &str) -> Option<Self> {
        let key = PrivateKey::from_openssh(text).ok()?;
        let usable = key.algorithm() == Algorithm::Ed25519 && !key.is_encrypted();
        usable.then_some(Self(key))
    }

    /// The public half.
    pub fn public(&self) -> Key {
        Key(self.0.public_key().clone())
    }

    /// The bare Ed25519 signature of `message`: 64 bytes.
    ///
    /// # Panics
    /// Never: such a key signs everything.
    pub fn sign_raw(&self, message: &[u8]) -> Vec<u8> {
        let signature = self.0.key_data().try_sign(message);
        signature.expect("an Ed25519 key in memory signs everything").as_bytes().to_vec()
    }
}

/// Only the public half is shown.
impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SecretKey({})", self.public())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use ssh_key::private::Ed25519Keypair;

    /// The same key on every machine.
    pub(crate) fn example(seed: u8) -> SecretKey {
        SecretKey(PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32])))
    }

    fn sealed(key: &SecretKey, namespace: &str, message: &[u8]) -> String {
        let signature = key.0.sign(namespace, HashAlg::Sha512, message).unwrap();
        signature.to_pem(ssh_key::LineEnding::LF).unwrap()
    }

    #[test]
    fn a_signature_fits_its_bytes_and_its_purpose_only() {
        let key = example(1);
        let armoured = sealed(&key, "a", b"words");

        assert_eq!(signer(&armoured, "a", b"words"), Ok(key.public()));
        assert_eq!(signer(&armoured, "a", b"word"), Err(Broken::OtherBytes));
        let other = Broken::OtherPurpose { namespace: "a".to_owned() };
        assert_eq!(signer(&armoured, "b", b"words"), Err(other));
        let cut = &armoured[..armoured.len() / 2];
        assert_eq!(signer(cut, "a", b"words"), Err(Broken::Malformed { form: FORM }));
        assert_eq!(signer("", "a", b"words"), Err(Broken::Malformed { form: FORM }));
    }

    #[test]
    fn a_bare_signature_fits_its_bytes_and_its_key_only() {
        let (key, other) = (example(1), example(2));
        let signature = key.sign_raw(b"words");

        assert_eq!(verify_raw(&key.public(), b"words", &signature), Ok(()));
        assert_eq!(verify_raw(&key.public(), b"word", &signature), Err(Broken::OtherBytes));
        assert_eq!(verify_raw(&other.public(), b"words", &signature), Err(Broken::OtherBytes));
        assert!(verify_raw(&key.public(), b"words", &signature[1..]).is_err());
    }

    #[test]
    fn a_key_says_nothing_of_its_secret() {
        let shown = format!("{:?}", example(1));

        assert!(shown.starts_with("SecretKey(SHA256:"), "{shown}");
    }
}
