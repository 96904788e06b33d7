//! SSH keys that are the same on every machine, so that no secret key lies in the
//! repository and every message can be pinned.
#![expect(clippy::disallowed_methods, reason = "tests prepare files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use ssh_key::LineEnding;
use ssh_key::PrivateKey;
use ssh_key::private::Ed25519Keypair;
use std::fs;
use std::path::Path;

/// Writes the key `name`, and `name.pub`, into `folder`.
pub(crate) fn write(folder: &Path, name: &str) {
    let path = folder.join(name);
    fs::write(&path, key(name).to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
    fs::write(folder.join(format!("{name}.pub")), public(name) + "\n").unwrap();
    // OpenSSH refuses a secret key that others may read.
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

/// The public key `name`, as a list of allowed signers has it.
pub(crate) fn public(name: &str) -> String {
    key(name).public_key().to_openssh().unwrap()
}

fn key(name: &str) -> PrivateKey {
    let mut seed = [0; 32];
    seed[..name.len()].copy_from_slice(name.as_bytes());
    PrivateKey::from(Ed25519Keypair::from_seed(&seed))
}
