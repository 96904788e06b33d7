//! Signatures in the form of minisign.
//!
//! In:  public keys, as `minisign -G` prints them, a signature, and bytes.
//! Out: the key that signed.
//! Not here: making signatures; that is the affair of minisign.

use crate::signature::Broken;
use minisign_verify::Error;
use minisign_verify::PublicKey;
use minisign_verify::Signature;

/// The keys that may sign, as they stand in the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MinisignKeys(Vec<String>);

impl MinisignKeys {
    /// Reads keys, 56 characters each.
    ///
    /// # Errors
    /// The first text that is no key.
    pub fn parse(keys: &[String]) -> Result<Self, String> {
        match keys.iter().find(|key| PublicKey::from_base64(key).is_err()) {
            Some(bad) => Err(bad.clone()),
            None => Ok(Self(keys.to_vec())),
        }
    }

    /// The key that made `signature` of `message`; `None` when it is none of these.
    ///
    /// # Errors
    /// When the signature cannot be read, or is by one of these keys and of other bytes.
    pub fn signer(&self, signature: &str, message: &[u8]) -> Result<Option<&str>, Broken> {
        let signature =
            Signature::decode(signature).map_err(|_| Broken::Malformed { form: "minisign" })?;
        for text in &self.0 {
            let Ok(key) = PublicKey::from_base64(text) else { continue };
            // Signatures from before 2020 are of the bytes, not of their hash: as good.
            match key.verify(message, &signature, true) {
                Ok(()) => return Ok(Some(text)),
                Err(Error::UnexpectedKeyId) => {}
                Err(_) => return Err(Broken::OtherBytes),
            }
        }
        Ok(None)
    }
}
