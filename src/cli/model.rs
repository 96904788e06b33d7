//! The sentence transformer that the settings name, read before texts are compared.

use crate::cli::error::Error;
use crate::corpus;
use crate::embedding::Encoder;
use crate::embedding::Identity;
use crate::policy::Policy;
use std::path::Path;

/// The largest file of a model or of its tokenizer that is read.
const BYTES_MAX: u64 = 2 << 30;

/// What the tokenizer is called that lies beside a model.
const TOKENIZER: &str = "tokenizer.json";

/// The policy with the model that it names, relative to `root`.
pub(crate) fn with_model(root: &Path, mut policy: Policy) -> Result<Policy, Error> {
    let Some(named) = &policy.align.model else { return Ok(policy) };
    let path = root.join(named);
    let beside = path.with_file_name(TOKENIZER);
    let tokenizer = policy.align.tokenizer.as_ref().map_or(beside, |named| root.join(named));
    if !cfg!(feature = "accurate") {
        return Err(Error::Model { path, fault: crate::embedding::ModelFault::NotBuilt });
    }
    let (model, sha256) = corpus::read_bytes(&path, BYTES_MAX)?;
    let (words, _) = corpus::read_bytes(&tokenizer, BYTES_MAX)?;
    let words = String::from_utf8_lossy(&words);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    policy.align.encoder = Encoder::model(Identity { name, sha256 }, model, &words)
        .map_err(|fault| Error::Model { path, fault })?;
    Ok(policy)
}
