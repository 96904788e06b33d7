//! Rendering: one report, many forms.
//!
//! In:  a [`Report`](crate::report::Report).
//! Out: bytes on a writer.
//! Not here: analysis of any kind, and deciding where the bytes go (`cli`).

pub mod json;
pub mod sanitize;
pub mod terminal;
