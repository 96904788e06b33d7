//! The README shows what the tool prints, word for word.

use std::path::Path;
use std::process::Command;

/// A sample in the README: the arguments, and the output it shows a part of.
struct Sample {
    arguments: String,
    shown: String,
}

#[test]
fn the_samples_of_the_readme_are_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = samples(include_str!("../../README.md"));
    assert!(samples.len() >= 3, "the README shows what the tool prints");
    for sample in samples {
        let output = Command::new(env!("CARGO_BIN_EXE_provenance"))
            .args(sample.arguments.split(' '))
            .current_dir(root)
            .env("COLUMNS", "100")
            .output()
            .expect("the program runs");
        let printed = String::from_utf8(output.stdout).expect("output is UTF-8");
        assert!(
            printed.contains(&sample.shown),
            "`provenance {}` no longer prints:\n{}",
            sample.arguments,
            sample.shown
        );
    }
}

/// The blocks after `<!-- sample: ARGUMENTS -->`.
fn samples(readme: &str) -> Vec<Sample> {
    readme
        .split("<!-- sample: ")
        .skip(1)
        .map(|rest| {
            let (arguments, rest) = rest.split_once(" -->\n```text\n").expect("a block follows");
            let (shown, _) = rest.split_once("```").expect("the block ends");
            assert!(shown.len() > 80, "a sample shows something");
            Sample { arguments: arguments.to_owned(), shown: shown.to_owned() }
        })
        .collect()
}
