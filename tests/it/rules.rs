//! Rules: each has a page, a case that it must find and one that it must not.
//!
//! A case is one text file, `tests/fixtures/rules/PVnnn/bad.txt` or `good.txt`.
//! The good one is the nearest innocent twin of the bad one. Each is built in a
//! scratch folder and put to the real program:
//!
//! ```text
//! # One line: what this case shows.
//! run: audit drafts/d.md
//! git: init
//! -- corpus/a.txt --
//! Text up to the next header, with its last line feed.
//! -- meta corpus/a.txt --
//! --outlet "Harbour Wire" --published 2025-03-04
//! -- after write corpus/b.txt (escaped) --
//! Text with \xE9 bytes, \u{200B} characters, \r, \n, \t, \\, and a last \
//! backslash that joins two lines.
//! ```
//!
//! In this order: `provenance init`; the files and sizes; `provenance add` for
//! each file in `corpus/`, with the arguments of its `meta`; with `git: init`, a
//! first commit; the `after` steps; the command, with `--format jsonl`.
//!
//! The bad case is also the example on the rule's page: the block under `## Example`
//! is a finding as the program prints it. When a finding changes,
//! `UPDATE_PAGES=1 cargo test --test it rules` writes it into the page.
//!
//! | header | does |
//! |---|---|
//! | `PATH` | writes a file, overwriting what `init` wrote |
//! | `size PATH BYTES` | makes a file of that many zero bytes |
//! | `meta PATH` | gives arguments to `provenance add` |
//! | `after write PATH` | writes a file |
//! | `after replace PATH` | replaces the first line of the body, found once, by the rest |
//! | `after remove PATH` | removes a file |
//! | `after move FROM -> TO` | moves a file |
//! | `after symlink PATH -> TARGET` | makes a symbolic link |
//! | `after fifo PATH` | makes a named pipe |
//! | `after keep writing PATH` | rewrites the first byte while the command runs |
//! | `after key NAME` | writes an SSH key that depends on the name only, and `NAME.pub` |
//! | `after git ARGUMENTS` | runs git |
//! | `after provenance ARGUMENTS` | runs the program |

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test harness")]

mod case;
mod scratch;

use case::Case;
use provenance::corpus::Record;
use provenance::finding::Ending;
use provenance::finding::RULES;
use provenance::finding::Rule;
use provenance::finding::RuleInfo;
use rayon::prelude::*;
use scratch::Outcome;
use scratch::Scratch;
use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

/// The sections of a page, in order.
const SECTIONS: [&str; 5] =
    ["## What it finds", "## Why it matters", "## Example", "## What to do", "## Limits"];

/// Columns of a terminal that the page must fit without wrapping.
const PAGE_COLUMNS_MAX: usize = 80;

#[test]
fn every_rule_has_a_page_and_both_cases_and_there_are_no_others() {
    let codes: BTreeSet<String> = RULES.iter().map(|info| info.code.to_owned()).collect();
    let pages: BTreeSet<String> = codes.iter().map(|code| format!("{code}.md")).collect();

    assert_eq!(entries("docs/rules"), pages);
    assert_eq!(entries("tests/fixtures/rules"), codes);
    for code in &codes {
        let cases = ["bad.txt", "good.txt"].map(str::to_owned);
        assert_eq!(entries(&format!("tests/fixtures/rules/{code}")), cases.into(), "{code}");
    }
}

#[test]
fn every_page_has_its_title_and_its_sections() {
    for info in RULES {
        let title = format!("# {} {}", info.code, info.slug);
        let sections: Vec<_> = info.page.lines().filter(|line| line.starts_with("## ")).collect();

        assert_eq!(info.page.lines().next(), Some(title.as_str()));
        assert_eq!(sections, SECTIONS, "{}", info.code);
        for line in info.page.lines() {
            assert!(line.chars().count() <= PAGE_COLUMNS_MAX, "{}: {line}", info.code);
        }
    }
}

#[test]
fn the_record_on_the_page_of_invalid_records_is_a_valid_one() {
    let page = Rule::RecordInvalid.info().page;
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (record, _) = rest.split_once("```").unwrap();

    toml::from_str::<Record>(record).unwrap();
}

#[test]
fn every_case_can_be_read() {
    for info in RULES {
        for name in ["bad.txt", "good.txt"] {
            read(info, name);
        }
    }
}

#[test]
fn every_bad_case_yields_its_rule() {
    let faults = faults("bad.txt", |found| if found { None } else { Some("not found") });

    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_good_case_yields_its_rule() {
    let faults = faults("good.txt", |found| if found { Some("found without cause") } else { None });

    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_page_shows_what_its_bad_case_prints() {
    let update = std::env::var_os("UPDATE_PAGES").is_some();
    let faults: Vec<String> =
        RULES.par_iter().filter_map(|info| example_fault(info, update)).collect();

    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What is wrong with the example on a rule's page, unless this system cannot tell;
/// with `update` the example is replaced and nothing is wrong with it.
fn example_fault(info: &RuleInfo, update: bool) -> Option<String> {
    let case = read(info, "bad.txt");
    let printed = Scratch::build(&case)?.printed(&case);
    let head = format!("[{}] {}: ", info.code, info.slug);
    // A finding ends with an empty line, and has none inside.
    let Some(found) = printed.split("\n\n").find(|block| block.contains(&head)) else {
        return Some(format!("  {}: the bad case prints no such finding:\n{printed}", info.code));
    };
    let path = root().join("docs/rules").join(format!("{}.md", info.code));
    let page = fs::read_to_string(&path).unwrap();
    let example = example(&page).unwrap_or_else(|| panic!("{}: no example", info.code));
    if page[example.clone()].trim_end() == found {
        return None;
    }
    if update {
        let (before, after) = (&page[..example.start], &page[example.end..]);
        fs::write(path, format!("{before}{found}\n{after}")).unwrap();
        return None;
    }
    Some(format!("  {}: UPDATE_PAGES=1 changes the example to:\n{found}\n", info.code))
}

/// The text of the first block under `## Example`.
fn example(page: &str) -> Option<Range<usize>> {
    const OPEN: &str = "```text\n";
    let section = page.find("## Example\n")?;
    let start = section + page[section..].find(OPEN)? + OPEN.len();
    Some(start..start + page[start..].find("```")?)
}

/// Runs the case of this name of every rule that this system can build, and
/// tells which ones go wrong: `judge` is asked whether the rule fired.
fn faults(name: &str, judge: impl Fn(bool) -> Option<&'static str> + Sync) -> Vec<String> {
    RULES
        .par_iter()
        .filter_map(|info| {
            let case = read(info, name);
            let outcome = Scratch::build(&case)?.run(&case);
            let expected = expected_status(&outcome);
            let fault = judge(outcome.rules().contains(info.code))
                .or_else(|| (outcome.status != Some(expected)).then_some("wrong exit status"))?;
            Some(format!("{fault}: {}", told(info, &case, &outcome)))
        })
        .collect()
}

/// The exit status that the findings of a run ask for.
fn expected_status(outcome: &Outcome) -> i32 {
    let rules = outcome.rules();
    let ends = |ending| RULES.iter().any(|info| info.ending == ending && rules.contains(info.code));
    if ends(Ending::Incomplete) {
        3
    } else if ends(Ending::Schema) {
        2
    } else {
        i32::from(outcome.findings.iter().any(|finding| finding["severity"] == "error"))
    }
}

/// What a reader needs to see of a case that went wrong.
fn told(info: &RuleInfo, case: &Case, outcome: &Outcome) -> String {
    let found: Vec<_> = outcome
        .findings
        .iter()
        .map(|finding| format!("    {}: {}", finding["rule"], finding["message"]))
        .collect();
    format!(
        "  {} {}: {}\n    exit status {:?}\n{}\n{}",
        info.code,
        info.slug,
        case.about,
        outcome.status,
        found.join("\n"),
        outcome.stderr
    )
}

/// Reads a case of a rule.
fn read(info: &RuleInfo, name: &str) -> Case {
    let path = root().join("tests/fixtures/rules").join(info.code).join(name);
    let source =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Case::parse(&source).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// The names in a folder of the project.
fn entries(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
