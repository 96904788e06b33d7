//! Scores the engine on published gold data, which is not part of this project.
//!
//! ```text
//! cargo run --release --example evaluate -- pan FOLDER
//! ```
//!
//! `pan`: a text-alignment corpus of PAN 2012 to 2014. `FOLDER` holds `susp/` and
//! `src/` with texts and a folder for each sub-corpus with XML files that name the
//! passages. Prints plagdet and its parts for each sub-corpus, the pairs without a
//! passage in which one was found, and the time.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program of its own, not part of the library"
)]

#[path = "evaluate/pan.rs"]
mod pan;
#[path = "evaluate/plagdet.rs"]
mod plagdet;

use std::error::Error;
use std::path::Path;

const USAGE: &str = "usage: evaluate pan FOLDER";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, folder] = arguments.as_slice() else { return Err(USAGE.into()) };
    match task.as_str() {
        "pan" => pan::evaluate(Path::new(folder)),
        _ => Err(USAGE.into()),
    }
}
