//! Scores the engine on published gold data, which is not part of this project, and on
//! our own corpus.
//!
//! ```text
//! cargo run --release --example evaluate -- pan FOLDER [FLOOR]
//! ```
//!
//! - `pan`: a text-alignment corpus of PAN 2012 to 2014. `FOLDER` holds `susp/` and
//!   `src/` with texts and a folder for each sub-corpus with XML files that name the
//!   passages. Prints plagdet and its parts for each sub-corpus, the pairs without a
//!   passage in which one was found, and the CPU time. Fails below `FLOOR`.
//! - `together`: the same with all texts compared as one corpus.
//! - `articles`: a folder of texts with `align.jsonl`, the units that editors aligned. Prints
//!   how well paraphrase is found by weights that never saw the pair of texts.
//! - `train`: the same folder; writes `src/paraphrase/weights.toml`.
//! - `superpal`, `mtref`: a file of pairs that say the same in other words.
//! - `speech`, `coverage`, `degrees`: a file of passages, of pairs or of sentences in the form of
//!   those in `tests/fixtures/` (`speech.toml`, `coverage.toml`, `grades.toml`), or these. Print
//!   cue and speaker, altered quotations, and degrees of certainty against a reader's.
//! - `own`: what was planted in `corpus/`; run in the root of this repository.
//! - `speed`: how many MB a second the pass over quotations and framing reads.
//! - `growth`: how CPU time grows with the number of documents, made up on the spot.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program of its own, not part of the library"
)]

#[path = "evaluate/articles.rs"]
mod articles;
#[path = "evaluate/cost.rs"]
mod cost;
#[path = "evaluate/coverage.rs"]
mod coverage;
#[path = "evaluate/degrees.rs"]
mod degrees;
#[path = "evaluate/gold.rs"]
mod gold;
#[path = "evaluate/growth.rs"]
mod growth;
#[path = "evaluate/logistic.rs"]
mod logistic;
#[path = "evaluate/mtref.rs"]
mod mtref;
#[path = "evaluate/own.rs"]
mod own;
#[path = "evaluate/pan.rs"]
mod pan;
#[path = "evaluate/plagdet.rs"]
mod plagdet;
#[path = "evaluate/speech.rs"]
mod speech;
#[path = "evaluate/speed.rs"]
mod speed;
#[path = "evaluate/superpal.rs"]
mod superpal;

use std::error::Error;
use std::path::Path;

const USAGE: &str = "usage: evaluate pan FOLDER [FLOOR] | together FOLDER | articles FOLDER | \
    train FOLDER | superpal FILE | mtref FILE | speech [FILE] | coverage [FILE] | degrees [FILE] | \
    own | speed | growth";

fn main() -> Result<(), Box<dyn Error>> {
    // One thread: those that wait for work would be counted too.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["pan", folder] => pan::evaluate(Path::new(folder), 0.0),
        ["pan", folder, floor] => pan::evaluate(Path::new(folder), floor.parse()?),
        ["together", folder] => pan::together(Path::new(folder)),
        ["articles", folder] => articles::evaluate(Path::new(folder)),
        ["train", folder] => articles::train(Path::new(folder)),
        ["superpal", file] => superpal::evaluate(Path::new(file)),
        ["mtref", file] => mtref::evaluate(Path::new(file)),
        [kind @ ("speech" | "coverage" | "degrees"), file @ ..] if file.len() < 2 => {
            let own = match *kind {
                "speech" => "tests/fixtures/speech.toml",
                "coverage" => "tests/fixtures/coverage.toml",
                _ => "tests/fixtures/grades.toml",
            };
            let source = std::fs::read_to_string(file.first().unwrap_or(&own))?;
            let table = match *kind {
                "speech" => speech::table(&source).0,
                "coverage" => coverage::table(&source).0,
                _ => degrees::table(&source).0,
            };
            print!("{table}");
            Ok(())
        }
        ["own"] => own::table(Path::new(".")).map(|table| print!("{table}")),
        ["speed"] => speed::evaluate(Path::new(".")),
        ["growth"] => {
            growth::evaluate();
            Ok(())
        }
        _ => Err(USAGE.into()),
    }
}
