//! What gives a sentence its vector: the table, or a model that the user supplies.

use super::Vector;
#[cfg(feature = "accurate")]
use super::transformer::Transformer;
#[cfg(feature = "accurate")]
use std::sync::Arc;

/// What gives a sentence its vector.
#[derive(Clone, Debug, Default)]
pub enum Encoder {
    /// The table that is part of the program.
    #[default]
    Table,
    /// A sentence transformer that the user supplies.
    #[cfg(feature = "accurate")]
    Model(Arc<Transformer>),
}

/// Which model it is, for the record: another one gives other findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name of its file.
    pub name: String,
    /// The SHA-256 of its file, in hexadecimal.
    pub sha256: String,
}

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelFault {
    /// This build has no runtime for models.
    #[error("a model is named, and this build cannot run one")]
    NotBuilt,
    /// It is no ONNX file, or one with operators that are not known.
    #[error("the model cannot be read: {0}")]
    Model(String),
    /// It is no `tokenizer.json`.
    #[error("the tokenizer cannot be read: {0}")]
    Tokenizer(String),
    /// It does not make one vector of a sentence, or not with this tokenizer.
    #[error("the model is none of sentences, or not of this tokenizer: {0}")]
    NotOfSentences(String),
}

impl Encoder {
    /// The model in the bytes of an ONNX file, with the text of its `tokenizer.json`.
    ///
    /// # Errors
    /// When either cannot be read, when they do not fit together, or when this build is
    /// without the feature `accurate`.
    #[cfg(feature = "accurate")]
    pub fn model(identity: Identity, model: Vec<u8>, tokenizer: &str) -> Result<Self, ModelFault> {
        Transformer::read(identity, model, tokenizer).map(|model| Self::Model(Arc::new(model)))
    }

    /// The model in the bytes of an ONNX file, which this build cannot run.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(feature = "accurate"))]
    pub fn model(_: Identity, _: Vec<u8>, _: &str) -> Result<Self, ModelFault> {
        Err(ModelFault::NotBuilt)
    }

    /// Which model it is; `None` for the table.
    pub fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Table => None,
            #[cfg(feature = "accurate")]
            Self::Model(model) => Some(model.identity()),
        }
    }

    /// The directions of `sentences` by the model, as far as it gives one; `None` where the
    /// table gives them.
    #[cfg_attr(
        not(feature = "accurate"),
        expect(unused_variables, reason = "there is no model in this build")
    )]
    pub fn vectors(&self, sentences: &[&str]) -> Option<Vec<Option<Vector>>> {
        match self {
            Self::Table => None,
            #[cfg(feature = "accurate")]
            Self::Model(model) => Some(model.vectors(sentences)),
        }
    }
}

impl PartialEq for Encoder {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Encoder {}
