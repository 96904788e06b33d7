//! Rendering: one report, many forms.
//!
//! In:  a [`Report`](crate::report::Report), or a [`Review`](crate::review::Review).
//! Out: bytes on a writer.
//! Not here: analysis of any kind, and deciding where the bytes go (`cli`).

pub mod csv;
pub mod github;
pub mod gitlab;
pub mod html;
mod item;
pub mod json;
pub mod junit;
mod lines;
pub mod markdown;
pub mod matrix;
pub mod rdjson;
mod review;
pub mod sanitize;
pub mod sarif;
pub mod sentences;
pub mod svg;
pub mod terminal;
