//! `provenance diff`: what a change of the corpus does, with the real git.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

mod forms;
mod large;
mod refusals;

use crate::base::commit;
use crate::base::git;
use crate::jsonl::SCHEMA;
use crate::jsonl::schema;
use crate::pin::pin;
use crate::program::Said;
use crate::program::run;
use crate::program::words;
use crate::project::NOW;
use crate::project::Project;
use provenance::corpus;
use provenance::corpus::AddRequest;
use provenance::corpus::record::Reason;
use serde_json::Value;
use std::fs;

const WIRE: &str = "corpus/wire/ferry.txt";
const LEDGER: &str = "corpus/ledger/ferry.txt";
const COLUMN: &str = "corpus/column.txt";
const NOTICE: &str = "corpus/notice.txt";
const BRIEF: &str = "corpus/brief.txt";

const SHARED: &str = "The two ports signed 29 agreements worth about $17 million at a short ceremony \
on Thursday. According to a list handed to reporters, the work runs from new piers to shared \
pilots and a common timetable for the winter, which both harbour masters called overdue.";

const QUOTED: &str = "“The line will carry every passenger who asks for it, in any weather that \
lets a boat out,” said Dana Ruiz, the mayor of Port Ellery.";

const REST: [&str; 3] = [
    "Port Ellery is set to join the coastal council before the end of the year.",
    "Tickets will be sold from the old customs house on the quay.",
    "No ferry has called at the outer pier since the storm of last winter.",
];

fn wire() -> String {
    format!("Ferry line to open\n\n{SHARED}\n\n{QUOTED}\n\n{}\n", REST.join("\n\n"))
}

/// A project in which two outlets share wording, with one commit.
fn before() -> Project {
    let project = Project::new();
    let documents = [
        (WIRE, wire(), "Harbour Wire"),
        (LEDGER, format!("Ports agree\n\n{SHARED}\n\n{QUOTED}\n"), "Lakeside Ledger"),
        (
            COLUMN,
            "The gulls came back to the pier, and nobody had asked them to.\n".into(),
            "Column",
        ),
        (
            NOTICE,
            "The pier is closed for painting until the first of the month.\n".into(),
            "Council",
        ),
        (BRIEF, "A short note on tides and nothing else.\n".into(), "Council"),
    ];
    for (path, text, outlet) in documents {
        project.write(path, text);
        let request = AddRequest {
            path: path.into(),
            outlet: Some(outlet.parse().unwrap()),
            ..AddRequest::default()
        };
        corpus::add(project.root(), &request, NOW).unwrap();
    }
    git(project.root(), "init --quiet");
    commit(&project);
    project
}

/// Everything that the acceptance line names: a figure, a quotation, certainty, the
/// order of paragraphs, line breaks, a document withdrawn; and one that moved.
fn change(project: &Project) {
    let text = wire()
        .replace("29 agreements", "38 agreements")
        .replace("every passenger", "any passenger")
        .replace("is set to join", "has joined")
        .replace(&format!("{}\n\n{}", REST[1], REST[2]), &format!("{}\n\n{}", REST[2], REST[1]));
    replace(project, WIRE, &text, Reason::OutletCorrection);
    let wrapped = project.read(COLUMN).replace("pier, and", "pier,\nand");
    replace(project, COLUMN, &wrapped, Reason::Cleanup);
    corpus::retire(
        project.root(),
        &project.path(NOTICE),
        "the council took it down".parse().unwrap(),
        None,
        NOW,
    )
    .unwrap();
    fs::remove_file(project.path(NOTICE)).unwrap();
    let (document, record) = ("corpus/tides.txt", "manifests/tides.txt.toml");
    fs::rename(project.path(BRIEF), project.path(document)).unwrap();
    fs::rename(project.path("manifests/brief.txt.toml"), project.path(record)).unwrap();
    project.edit(record, &format!("path = \"{BRIEF}\""), &format!("path = \"{document}\""));
    project.edit(record, "outlet = \"Council\"", "outlet = \"Harbour Council\"");
}

fn replace(project: &Project, path: &str, text: &str, reason: Reason) {
    project.write(path, text);
    let request = AddRequest { path: path.into(), replace: Some(reason), ..AddRequest::default() };
    corpus::add(project.root(), &request, NOW).unwrap();
}

/// What the program says, with names of commits made one.
fn told(project: &Project, arguments: &str) -> (String, i32) {
    let Said { status, stdout, stderr } = run(project.root(), &words(arguments));
    assert_eq!(stderr, "", "{arguments}");
    (masked(&stdout), status)
}

/// Every run of twelve hexadecimal digits in brackets is a commit.
fn masked(text: &str) -> String {
    let mut parts = text.split('(');
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_commit =
            part.find(')') == Some(12) && part[..12].bytes().all(|byte| byte.is_ascii_hexdigit());
        masked += "(";
        masked += if is_commit { "COMMIT" } else { &part[..part.find(')').unwrap_or(part.len())] };
        masked += &part[part.find(')').unwrap_or(part.len())..];
    }
    masked
}

fn json(project: &Project, arguments: &str) -> Value {
    let (text, _) = told(project, &format!("{arguments} --format json"));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_review_says_exactly_what_changed() {
    let project = before();
    change(&project);
    commit(&project);

    let (text, status) = told(&project, "diff HEAD~1..HEAD");

    assert_eq!(text.matches("rewrapped").count(), 1);
    pin(
        "diff",
        "terminal",
        "Does each change stand there once, as what it is: figure, quotation, certainty, order, \
         line breaks (one line), withdrawal, move? And what it does to the other text?",
        &text,
    );
    let samples = include_str!("../../README.md").split("<!-- sample of a review -->\n```text\n");
    for sample in samples.skip(1) {
        let (sample, _) = sample.split_once("```").unwrap();
        assert!(text.contains(sample), "`provenance diff` no longer prints:\n{sample}");
    }
    assert_eq!(status, 0, "a difference between two sources is a warning");
    assert_eq!(told(&project, "diff HEAD~1..HEAD --fail-on warning").1, 1);
}

#[test]
fn a_review_says_the_same_to_programs() {
    let project = before();
    change(&project);
    commit(&project);

    let mut told = json(&project, "diff HEAD~1..HEAD");

    told["version"] = "0.0.0".into();
    let pretty = serde_json::to_string_pretty(&told).unwrap();
    pin("diff", "json", "Is everything that the terminal shows in here, place by place?", &pretty);
}

#[test]
fn every_line_of_a_review_fits_the_schema() {
    let project = before();
    change(&project);
    for arguments in ["diff --format jsonl", "diff --no-effect --format jsonl"] {
        let (text, _) = told(&project, arguments);
        let lines: Vec<Value> = text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
        for line in &lines {
            let faults = schema::faults(&SCHEMA, line);
            assert!(faults.is_empty(), "{arguments}: {faults:#?}");
        }
        assert_eq!((&lines[0]["type"], &lines[0]["command"]), (&"run".into(), &"diff".into()));
        assert_eq!(lines.last().unwrap()["type"], "summary");
    }
}

/// Two commits, the files, what is staged: the same documents and the same effect.
#[test]
fn every_way_to_name_two_states_shows_the_same() {
    let project = before();
    change(&project);
    let rest = |arguments: &str| {
        let (text, status) = told(&project, arguments);
        (text.split_once('\n').unwrap().1.to_owned(), status)
    };

    let files = rest("diff");
    assert_eq!(rest("diff HEAD"), files);
    git(project.root(), "add --all");
    assert_eq!(rest("diff"), files, "staged and in the files");
    assert_eq!(rest("diff --staged"), files);
    commit(&project);
    git(project.root(), "branch later");
    assert!(rest("diff").0.ends_with("0 documents changed\n"));
    let ways = [
        "diff HEAD~1",
        "diff HEAD~1..HEAD",
        "diff HEAD~1..",
        "diff HEAD~1 HEAD",
        "diff HEAD~1...later",
        "diff HEAD~1 --staged",
        "diff HEAD~1...",
    ];
    for arguments in ways {
        assert_eq!(rest(arguments), files, "{arguments}");
    }
}

/// What both branches did since they parted is told of one only.
#[test]
fn three_dots_look_at_one_side_of_a_merge() {
    let project = before();
    git(project.root(), "checkout --quiet -b desk");
    replace(&project, BRIEF, "A short note on tides and gulls.\n", Reason::Recapture);
    commit(&project);
    git(project.root(), "checkout --quiet main");
    replace(&project, NOTICE, "The pier is open again.\n", Reason::Recapture);
    commit(&project);

    let paths = |arguments: &str| -> Vec<String> {
        let told = json(&project, arguments);
        let changes = told["changes"].as_array().unwrap();
        changes.iter().map(|change| change["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths("diff main...desk"), [BRIEF]);
    assert_eq!(paths("diff desk...main"), [NOTICE]);
    assert_eq!(paths("diff main..desk"), [BRIEF, NOTICE]);
    git(project.root(), "merge --quiet --no-edit desk");
    assert_eq!(paths("diff HEAD~1..HEAD"), [BRIEF], "a merge, against its first parent");
    assert_eq!(paths("diff HEAD^2..HEAD"), [NOTICE], "and against its second");
    git(project.root(), "checkout --quiet --detach");
    assert_eq!(paths("diff HEAD~1"), [BRIEF], "from a commit that is no branch");
}

/// One row per thing that can happen to a document: what is done, and what is told.
#[test]
fn every_fate_of_a_document_has_its_name() {
    type Step = fn(&Project);
    #[rustfmt::skip]
    let cases: [(Step, &str); 12] = [
        (|p| p.write(BRIEF, "A long note on tides.\n"),                                   "content stale -"),
        (|p| replace(p, BRIEF, "A long note on tides.\n", Reason::Cleanup),               "content history -"),
        (|p| { p.write(BRIEF, "A long note.\n"); rerecord(p); },                          "content missing -"),
        (|p| p.write(BRIEF, "A short note\non tides and nothing else.\n"),                "content stale wrapping"),
        (|p| p.write(BRIEF, "A short note on tides and nothing else.\r\n"),               "content stale line-endings"),
        (|p| p.write(BRIEF, "A short  note on tides and nothing else.\n\n"),              "content stale wrapping"),
        (|p| p.edit("manifests/brief.txt.toml", "Council", "Harbour Council"),            "metadata not-needed -"),
        (|p| fs::remove_file(p.path(BRIEF)).unwrap(),                                     "missing not-needed -"),
        (|p| { fs::remove_file(p.path(BRIEF)).unwrap(); fs::remove_file(p.path("manifests/brief.txt.toml")).unwrap(); }, "removed not-needed -"),
        (|p| p.write("corpus/new.txt", "New.\n"),                                         "added unrecorded -"),
        (|p| { p.write("corpus/new.txt", "New.\n"); p.add("corpus/new.txt"); },           "added not-needed -"),
        (|p| p.write(BRIEF, b"caf\xe9\n"),                                                "content stale -"),
    ];
    for (index, (step, expected)) in cases.into_iter().enumerate() {
        let project = before();
        step(&project);
        let changes = json(&project, "diff")["changes"].clone();
        let [change] = changes.as_array().unwrap().as_slice() else { panic!("row {index}") };
        let status: Vec<&str> =
            change["status"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        let explanation = change["explanation"].as_str().unwrap();
        let told = [&status.join("+"), explanation, change["fold"].as_str().unwrap_or("-")];
        assert_eq!(told.join(" "), expected, "row {index}");
    }
}

/// Writes the record of the brief anew, as one does who forgets the history.
fn rerecord(project: &Project) {
    fs::remove_file(project.path("manifests/brief.txt.toml")).unwrap();
    project.add(BRIEF);
}

/// Only the findings that a change brings decide how the run ends.
#[test]
fn findings_are_known_again_after_lines_have_moved() {
    let project = before();
    replace(&project, LEDGER, &project.read(LEDGER).replace("29", "92"), Reason::Cleanup);
    commit(&project);
    let mut text = project.read(WIRE);
    for round in 0..20 {
        let line = format!("Line {round} has {} gulls on it.\n\n", "very ".repeat(round * 7 % 13));
        text.insert_str(0, &line);
    }
    replace(&project, WIRE, &text, Reason::Recapture);

    let told = json(&project, "diff");
    let effect = &told["summary"]["effect"];
    assert_eq!((effect["new"].as_u64(), effect["fixed"].as_u64()), (Some(0), Some(0)), "{told:#}");
    assert_eq!(effect["changed"].as_u64(), Some(0), "{told:#}");
    assert!(effect["unchanged"].as_u64() > Some(1), "{told:#}");
    assert_eq!(self::told(&project, "diff --fail-on note").1, 0);
    commit(&project);

    // The figure that differed is put right, and another is put wrong.
    let text = project.read(LEDGER).replace("92", "29").replace("$17 million", "$71 million");
    replace(&project, LEDGER, &text, Reason::OutletCorrection);
    let told = json(&project, "diff");
    let found = told["findings"].as_array().unwrap();
    let outcomes = |rule: &str| -> Vec<&str> {
        let mut outcomes: Vec<&str> = found
            .iter()
            .filter(|found| found["rule"] == rule)
            .map(|found| found["outcome"].as_str().unwrap())
            .collect();
        outcomes.sort_unstable();
        outcomes
    };
    assert!(
        ["new", "fixed"].iter().all(|it| outcomes("PV301").contains(it))
            || outcomes("PV301") == ["changed"],
        "{told:#}"
    );
    assert_eq!(self::told(&project, "diff --fail-on warning").1, 1);
    assert_eq!(self::told(&project, "diff --fail-on warning --exit-zero").1, 0);
}

/// Nothing that a text, a record or a name holds acts on a terminal or hides there.
#[test]
fn hostile_text_is_inert() {
    let project = before();
    let hostile = "\u{1b}[31mred\u{202e}gpj \u{9b}2J\u{7}";
    project.write(BRIEF, format!("A short note on {hostile} and nothing else.\n"));
    project.write("corpus/new.txt", format!("New {hostile}.\n"));
    let record = "manifests/brief.txt.toml";
    project.edit(record, "outlet = \"Council\"", "outlet = \"Coun\\u001B[31mcil\\u202E\"");

    for arguments in ["diff", "diff --all", "diff --format json", "diff --format jsonl"] {
        let said = run(project.root(), &words(arguments));
        let acts = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!said.stdout.chars().any(acts), "{arguments}: {:?}", said.stdout);
        assert!(said.stdout.contains("gpj"), "{arguments}");
    }
    assert!(run(project.root(), &["diff"]).stdout.contains("HIDDEN"));
}
