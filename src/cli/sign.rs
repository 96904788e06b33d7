//! Signing, by the `ssh-keygen` of this machine: it asks for passphrases, and speaks
//! to agents and security keys. No secret key passes through this program.

use crate::cli::error::Error;
use crate::signature;
use crate::signature::Key;
use std::io;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

/// Has `message` signed with `key` for `namespace`. Gives the public key and the
/// armoured signature, which was checked.
pub(crate) fn ssh_keygen(
    key: &Path,
    namespace: &str,
    message: &[u8],
) -> Result<(Key, String), Error> {
    let armoured = run(key, namespace, message).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::signing(
            "there is no `ssh-keygen` on this machine",
            "install OpenSSH; or seal without --sign, then: minisign -Sm provenance.sums",
        ),
        _ => Error::signing(
            format!("ssh-keygen did not sign with `{}`: {error}", key.display()),
            "name a key that OpenSSH can use: --sign ~/.ssh/id_ed25519",
        ),
    })?;
    match signature::signer(&armoured, namespace, message) {
        Ok(signer) => Ok((signer, armoured)),
        Err(broken) => Err(Error::signing(
            format!("the signature with `{}` {broken}", key.display()),
            "sign with an Ed25519 or ECDSA key: ssh-keygen -t ed25519",
        )),
    }
}

fn run(key: &Path, namespace: &str, message: &[u8]) -> io::Result<String> {
    let mut child = Command::new("ssh-keygen")
        .args(["-q", "-Y", "sign", "-n", namespace, "-f"])
        .arg(key)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    // It may end without reading all, and its status tells more than a broken pipe.
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(message));
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(io::Error::other(output.status.to_string()));
    }
    written.unwrap_or(Ok(()))?;
    String::from_utf8(output.stdout).map_err(io::Error::other)
}
