//! How much of what was planted in the demonstration corpus is found.

#![expect(clippy::disallowed_methods, reason = "a test reads files")]

#[path = "../../examples/evaluate/own.rs"]
mod own;

use crate::pin::pin;
use std::path::Path;

#[test]
fn what_was_planted_is_found() {
    let table = own::table(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let question = "How much of what was planted in our own corpus is found, and what else?";
    pin("", "quality", question, &table);
}
