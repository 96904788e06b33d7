//! Word and sentence vectors from a small table that is part of the program.
//!
//! The table gives each piece of a word (Schuster and Nakajima, "Japanese and Korean voice
//! search", ICASSP 2012) a vector of 256 numbers; a sentence is the sum of its pieces.
//! It was fitted to the vectors of two sentence transformers, after Tulkens and van
//! Dongen's `Model2Vec`; `model/README.md` says from what, and how well it does.
//!
//! The vectors are of English, and blind to word order, to negation and to which number
//! is meant: they propose that two passages say the same, and never that two claims agree.
//!
//! With the feature `accurate` a sentence transformer that the user supplies gives the
//! vectors of sentences in its place.
//!
//! In:  folded words, or sentences.
//! Out: vectors of length one, and how rare a word is.
//! Not here: what two similar vectors mean (`paraphrase`).

mod encoder;
mod table;
#[cfg(feature = "accurate")]
mod transformer;
mod vector;

pub use encoder::Encoder;
pub use encoder::Identity;
pub use encoder::ModelFault;
pub use table::Table;
#[cfg(feature = "accurate")]
pub use transformer::Transformer;
pub use vector::Sketch;
pub use vector::Vector;
