//! Vouching: who signed a seal, and may they?
//!
//! In:  the list and its signatures, and who may sign.
//! Out: signers, and findings.
//! Not here: whether the list fits the corpus (`check`).

use crate::corpus::find::found;
use crate::corpus::seal::AGAIN;
use crate::corpus::seal::MINISIGN_SIGNATURE;
use crate::corpus::seal::SEAL_NAMESPACE;
use crate::corpus::seal::SSH_SIGNATURE;
use crate::corpus::seal::SUMS;
use crate::corpus::seal::SealOptions;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::signature;
use crate::signature::NotAllowed;

/// Who signed: one kind of signature after the other.
pub(crate) struct Desk<'d> {
    /// The list that is signed.
    pub(crate) bytes: &'d [u8],
    /// Who may sign.
    pub(crate) options: &'d SealOptions,
    /// Who signed and may.
    pub(crate) signers: Vec<String>,
    /// What is wrong with the signatures.
    pub(crate) findings: &'d mut Vec<Finding>,
}

impl Desk<'_> {
    /// Checks the signature by an SSH key, if there is one.
    pub(crate) fn ssh(&mut self, armoured: Option<&[u8]>) {
        let Some(armoured) = armoured else { return };
        let armoured = String::from_utf8_lossy(armoured);
        let key = match signature::signer(&armoured, SEAL_NAMESPACE, self.bytes) {
            Ok(key) => key,
            Err(broken) => return self.findings.push(bad_signature(SSH_SIGNATURE, &broken)),
        };
        let list = self.options.allowed.clone().unwrap_or_default();
        // Without a clock, no key is too old: that is said beside the findings.
        let at = self.options.now.unwrap_or_default();
        match list.principals(&key, SEAL_NAMESPACE, at) {
            Ok(principals) => self.signers.push(format!("{principals} ({key})")),
            Err(NotAllowed::NotYet { principals, .. } | NotAllowed::Expired { principals, .. })
                if self.options.now.is_none() =>
            {
                self.signers.push(format!("{principals} ({key})"));
            }
            Err(NotAllowed::Unknown) => {
                let line = format!("PRINCIPAL namespaces=\"{SEAL_NAMESPACE}\" {}", key.line());
                let finding = self.unknown(SSH_SIGNATURE, &key.to_string(), &line);
                self.findings.push(finding);
            }
            Err(fault) => {
                let message = format!("the key that signed `{SUMS}` {fault}");
                let label = Label::file(SSH_SIGNATURE, "signed with that key");
                let help = format!(
                    "let somebody sign who may: {AGAIN}; or correct the list of allowed signers"
                );
                let mut finding = found(Rule::SignerNotAllowed, message, label, help);
                finding.notes.push(format!("the key: {key}"));
                finding.notes.extend(whose(&fault));
                self.findings.push(finding);
            }
        }
    }

    /// Checks the signature by minisign, if there is one.
    pub(crate) fn minisign(&mut self, signature: Option<&[u8]>) {
        let Some(signature) = signature else { return };
        let signature = String::from_utf8_lossy(signature);
        match self.options.minisign.signer(&signature, self.bytes) {
            Ok(Some(key)) => self.signers.push(format!("minisign key {key}")),
            Ok(None) => {
                let line = "minisign-keys = [\"KEY\"]";
                let finding = self.unknown(MINISIGN_SIGNATURE, "a minisign key", line);
                self.findings.push(finding);
            }
            Err(broken) => self.findings.push(bad_signature(MINISIGN_SIGNATURE, &broken)),
        }
    }

    fn unknown(&self, path: &str, key: &str, line: &str) -> Finding {
        let none = self.options.allowed.is_none() && path == SSH_SIGNATURE;
        let message = if none {
            format!("`{SUMS}` is signed, and nothing says who may sign it")
        } else {
            format!("`{SUMS}` is signed with a key that is not among the allowed signers")
        };
        let help = if path == SSH_SIGNATURE {
            "if you know whose key it is, add the line above to the file that `allowed-signers` \
             in [seal] of provenance.toml names"
        } else {
            "if you know whose key it is, add it to `minisign-keys` in [seal] of provenance.toml"
        };
        let mut finding =
            found(Rule::SignerUnknown, message, Label::file(path, "vouches for nothing"), help);
        finding.notes.push(format!("the key: {key}"));
        finding.notes.push(format!("a line that allows it: {line}"));
        finding
    }

    /// What the policy demands of the signatures.
    pub(crate) fn demand(&mut self, signed: bool) {
        if !self.options.require || signed {
            return;
        }
        let message = format!("`{SUMS}` is not signed, and the policy demands that it is");
        let label = Label::file(SUMS, "no signature lies beside it");
        self.findings.push(found(Rule::SealMissing, message, label, format!("sign it: {AGAIN}")));
    }
}

fn whose(fault: &NotAllowed) -> Option<String> {
    match fault {
        NotAllowed::OtherPurpose { principals, .. }
        | NotAllowed::NotYet { principals, .. }
        | NotAllowed::Expired { principals, .. } => Some(format!("whose it is: {principals}")),
        _ => None,
    }
}

fn bad_signature(path: &str, broken: &signature::Broken) -> Finding {
    let message = format!("`{path}` {broken}");
    let help = format!("do not rely on `{SUMS}`: restore both files, or seal again: {AGAIN}");
    found(Rule::SignatureInvalid, message, Label::file(path, "vouches for nothing"), help)
}
