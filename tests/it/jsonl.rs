//! The promised form, checked against its page, its schema and the files it speaks of.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

pub(crate) mod schema;

use crate::program::Said;
use crate::program::program;
use crate::program::run;
use crate::program::told;
use crate::program::words;
use crate::project::Project;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The schema that users get.
pub(crate) static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../schema/jsonl-1.schema.json")).unwrap()
});

/// Every command that writes lines, on the corpus of this repository.
const COMMANDS: [&str; 17] = [
    "verify",
    "audit",
    "audit --all",
    "audit drafts/weekend-explainer.md",
    "audit drafts/weekend-explainer.md --all --published 2025-11-10",
    "compare corpus/accords/harbour-wire.txt corpus/accords/lakeside-ledger.txt",
    "align",
    "align --all",
    "align --clusters",
    "align --clusters --boilerplate",
    "propositions",
    "claims",
    "claims drafts/weekend-explainer.md",
    "units",
    "quotes",
    "quotes drafts/weekend-explainer.md --all",
    "list",
];

/// The root of this repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `command` with `--format jsonl` and reads each line.
fn lines(folder: &Path, command: &str) -> Vec<Value> {
    let said = run(folder, &[words(command), vec!["--format", "jsonl"]].concat());
    parsed(&said)
}

fn parsed(said: &Said) -> Vec<Value> {
    assert_eq!(said.stderr, "");
    assert!(said.status < 3, "the run was not completed");
    assert!(said.stdout.ends_with('\n'));
    said.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A project whose findings speak of files and of lines, not of passages.
fn broken() -> Project {
    let documents: [(&str, &[u8]); 4] = [
        ("corpus/changed.txt", b"Astana signed 29 agreements.\n"),
        ("corpus/gone.txt", b"Astana signed 30 agreements.\n"),
        ("corpus/record.txt", b"Astana signed 31 agreements.\n"),
        ("corpus/latin.txt", b"Caf\xe9 society.\n"),
    ];
    let project = Project::with(&documents);
    project.edit("corpus/changed.txt", "29", "92");
    fs::remove_file(project.path("corpus/gone.txt")).unwrap();
    project.edit("manifests/record.txt.toml", "kind = ", "kidn = ");
    project.write("corpus/hidden.txt", "Astana signed \u{200b}29 agreements.\n");
    project
}

#[test]
fn every_line_of_every_command_fits_the_schema() {
    let broken = broken();
    let broken_commands = ["verify", "audit", "units"].map(|command| (broken.root(), command));
    for (folder, command) in
        COMMANDS.map(|command| (root(), command)).into_iter().chain(broken_commands)
    {
        let lines = lines(folder, command);
        for line in &lines {
            let faults = schema::faults(&SCHEMA, line);
            assert!(faults.is_empty(), "{command}: {faults:#?}");
        }
        assert_eq!(lines.first().unwrap()["type"], "run", "{command}");
        assert_eq!(lines.first().unwrap()["command"], words(command)[0]);
        assert_eq!(lines.last().unwrap()["type"], "summary", "{command}");
        assert!(lines.last().unwrap()["documents"].as_u64() > Some(0), "{command}");
    }
}

#[test]
fn the_checker_sees_what_does_not_fit() {
    #[rustfmt::skip]
    let cases = [
        (r#"{"schema":1}"#,                                                                    "$: "),
        (r#"{"type":"summary","documents":-1,"errors":0,"warnings":0,"notes":0}"#,             "$.documents: "),
        (r#"{"type":"summary","documents":"1","errors":0,"warnings":0,"notes":0}"#,            "$.documents: "),
        (r#"{"type":"summary","documents":1,"errors":0,"warnings":0}"#,                        "$: "),
        (r#"{"type":"summary","documents":1,"errors":0,"warnings":0,"notes":0,"more":0}"#,     "$.more "),
        (r#"{"type":"run","schema":2,"tool":"provenance","version":"1","command":"list"}"#,    "$.schema: "),
        (r#"{"type":"unit","role":"poem","place":{}}"#,                                        "$.place: "),
    ];
    for (line, fault) in cases {
        let faults = schema::faults(&SCHEMA, &serde_json::from_str(line).unwrap());
        assert!(faults.iter().any(|found| found.starts_with(fault)), "{line}: {faults:?}");
    }
}

/// What the page and the schema each promise: both list the same fields and lines.
#[test]
fn the_page_names_every_field_of_the_schema() {
    let page = include_str!("../../docs/jsonl.md");
    for (name, definition) in SCHEMA["$defs"].as_object().unwrap() {
        let heading = match name.as_str() {
            "path" | "mark" => continue,
            "place" => "## Places".to_owned(),
            "fixity" => "## Counts of a check".to_owned(),
            "base" => "## Comparison with a base".to_owned(),
            "seal" => "## Seal".to_owned(),
            "passage" => "## Passages of a change".to_owned(),
            "effect" => "## Effect of a change".to_owned(),
            "evidence" => "## Evidence".to_owned(),
            "elsewhere" => "## Elsewhere".to_owned(),
            line => format!("### `{line}`"),
        };
        let (_, section) = page.split_once(&heading).unwrap_or_else(|| panic!("no {heading}"));
        let section = section.split("\n##").next().unwrap();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        let listed: BTreeSet<&str> = rows
            .flat_map(|row| row[1..].split('|').next().unwrap().split(','))
            .map(|field| field.trim().trim_matches('`'))
            .collect();
        let fields = definition["properties"].as_object().unwrap();
        let promised: BTreeSet<&str> =
            fields.keys().map(String::as_str).filter(|field| *field != "type").collect();
        assert_eq!(listed, promised, "{heading}");
    }
}

#[test]
fn the_samples_of_the_page_fit_the_schema() {
    let page = include_str!("../../docs/jsonl.md");
    let (_, rest) = page.split_once("```jsonl\n").unwrap();
    let (sample, _) = rest.split_once("```").unwrap();
    for line in sample.lines() {
        let faults = schema::faults(&SCHEMA, &serde_json::from_str(line).unwrap());
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

/// Every object below `value` that is a passage.
fn passages<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            if value["exact"].is_string() && value["path"].is_string() {
                found.push(value);
            }
            fields.values().for_each(|field| passages(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| passages(item, found)),
        _ => {}
    }
}

#[test]
fn every_place_says_exactly_what_stands_in_the_file() {
    let mut count = 0;
    for command in COMMANDS {
        let lines = lines(root(), command);
        let mut places = Vec::new();
        for line in &lines {
            passages(line, &mut places);
        }
        count += places.len();
        for place in places {
            check_passage(place);
        }
    }
    assert!(count > 500, "{count} places were checked");
}

fn check_passage(place: &Value) {
    let source = fs::read_to_string(root().join(place["path"].as_str().unwrap())).unwrap();
    let offset = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let (start, end) = (offset(&place["start"]), offset(&place["end"]));
    let text = |field: &str| place[field].as_str().unwrap();

    assert_eq!(&source[start..end], text("exact"));
    assert!(source[..start].ends_with(text("prefix")), "{place}");
    assert!(source[end..].starts_with(text("suffix")), "{place}");
    assert_eq!(text("prefix").chars().count(), source[..start].chars().count().min(32), "{place}");
    assert_eq!(text("suffix").chars().count(), source[end..].chars().count().min(32), "{place}");
    for mark in place["marks"].as_array().into_iter().flatten() {
        let (from, to) = (offset(&mark["start"]), offset(&mark["end"]));
        assert!(start <= from && from <= to && to <= end, "{place}");
        assert_eq!(&source[from..to], mark["exact"].as_str().unwrap());
    }
}

#[test]
fn one_object_holds_what_the_lines_hold() {
    for command in COMMANDS {
        let said = run(root(), &[words(command), vec!["--format", "json"]].concat());
        assert_eq!(said.stdout.lines().count(), 1, "{command}");
        let object: Value = serde_json::from_str(&said.stdout).unwrap();
        let lines = lines(root(), command);

        for name in [
            "document",
            "unit",
            "alignment",
            "cluster",
            "proposition",
            "claim",
            "finding",
            "record",
        ] {
            let of_type = lines.iter().filter(|line| line["type"] == name).cloned();
            let of_type: Vec<Value> = of_type.collect();
            let listed = object[format!("{name}s")].as_array().cloned().unwrap_or_default();
            assert_eq!(listed.len(), of_type.len(), "{command}: {name}");
            for (item, line) in listed.iter().zip(&of_type) {
                let fields = item.as_object().unwrap().iter();
                assert!(
                    fields.clone().all(|(key, value)| line[key] == *value),
                    "{command}: {item}"
                );
                assert!(line.as_object().unwrap().len() <= fields.len() + 1, "{command}: {item}");
            }
        }
        let last = lines.last().unwrap();
        let summary = object["summary"].as_object().unwrap();
        assert!(summary.iter().all(|(key, value)| last[key] == *value), "{command}");
        assert_eq!(object["schema"], 1);
    }
}

#[test]
fn the_number_of_threads_and_the_run_change_no_byte() {
    for command in ["audit --all", "verify", "align --all", "align --clusters", "claims"] {
        let said = |threads: &str| {
            let mut program = program(root());
            program.args(words(command)).args(["--format", "jsonl"]);
            told(program.env("RAYON_NUM_THREADS", threads)).stdout
        };
        let once = said("1");
        assert_eq!(once, said("1"), "{command}");
        assert_eq!(once, said("2"), "{command}");
        assert_eq!(once, said("7"), "{command}");
    }
}

#[test]
fn the_order_of_the_files_changes_no_finding() {
    let files: Vec<String> = ["harbour-wire", "lakeside-ledger", "meridian-post", "steppe-courier"]
        .map(|name| format!("corpus/accords/{name}.txt"))
        .into();
    let findings = |order: [usize; 4]| -> BTreeSet<String> {
        let files: Vec<&str> = order.iter().map(|index| files[*index].as_str()).collect();
        let found = lines(root(), &format!("compare {}", files.join(" ")));
        found.iter().filter(|line| line["type"] == "finding").map(gist).collect()
    };
    let first = findings([0, 1, 2, 3]);
    assert!(first.len() > 5, "{first:#?}");
    for order in [[3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        assert_eq!(findings(order), first, "{order:?}");
    }
}

/// The rule of a finding and its places, in the order of their paths.
fn gist(finding: &Value) -> String {
    let places = finding["places"].as_array().unwrap().iter();
    let places: BTreeSet<String> = places
        .map(|place| {
            format!("{} {}-{} {}", place["path"], place["start"], place["end"], place["marks"])
        })
        .collect();
    format!("{} {places:#?}", finding["rule"])
}
