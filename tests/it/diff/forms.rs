//! A review in the forms of CI systems.

use super::COLUMN;
use super::LEDGER;
use super::NOTICE;
use super::WIRE;
use super::before;
use super::change;
use super::masked;
use super::replace;
use super::told;
use crate::base::commit;
use crate::base::git;
use crate::formats::shorten_pages;
use crate::pin::pin;
use crate::project::Project;
use provenance::corpus::record::Reason;
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

fn changed() -> Project {
    let project = before();
    change(&project);
    commit(&project);
    project
}

fn sarif(project: &Project, arguments: &str) -> Value {
    let (text, _) = told(project, &format!("{arguments} --format sarif"));
    serde_json::from_str(&text).unwrap()
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

fn line(result: &Value, end: &str) -> usize {
    let region = &result["locations"][0]["physicalLocation"]["region"];
    usize::try_from(region[end].as_u64().unwrap()).unwrap()
}

fn uri(result: &Value) -> &str {
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap()
}

#[test]
fn a_comment_says_exactly_what_changed() {
    let (text, status) = told(&changed(), "diff HEAD~1..HEAD --format markdown");

    assert_eq!((status, text.matches("rewrapped").count()), (0, 2), "in the table and below");
    pin(
        "diff",
        "markdown",
        "Can a reviewer see what blocks, what changed in each text, and what became of the rest?",
        &text,
    );
}

#[test]
fn code_scanning_gets_exactly_what_changed() {
    let mut log = sarif(&changed(), "diff HEAD~1..HEAD");

    let rewrapped = log.to_string().matches("rewrapped").count();
    assert_eq!(rewrapped, 1);
    shorten_pages(&mut log);
    let pretty = serde_json::to_string_pretty(&log).unwrap();
    pin(
        "diff",
        "sarif",
        "Is each change one result, at the words that changed, and each finding at its new side?",
        &pretty.replace(env!("CARGO_PKG_VERSION"), "VERSION"),
    );
}

/// The lines that git itself shows as added, by file.
fn added(project: &Project, range: &str) -> BTreeMap<String, Vec<Range<usize>>> {
    let mut added: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    let diff = git(project.root(), &format!("diff --unified=0 --no-renames {range}"));
    let mut file = String::new();
    for row in diff.lines() {
        if let Some(path) = row.strip_prefix("+++ b/") {
            path.clone_into(&mut file);
        } else if row.starts_with("@@ ") {
            let (_, rest) = row.split_once(" +").unwrap();
            let (start, count) = rest
                .split_once(' ')
                .unwrap()
                .0
                .split_once(',')
                .unwrap_or((rest.split_once(' ').unwrap().0, "1"));
            let (start, count): (usize, usize) = (start.parse().unwrap(), count.parse().unwrap());
            added.entry(file.clone()).or_default().push(start..start + count);
        }
    }
    added
}

/// What services hide is of no use: every result lies in a line that git shows as added.
#[test]
fn every_result_lies_in_the_diff() {
    let project = changed();
    let added = added(&project, "HEAD~1..HEAD");
    let log = sarif(&project, "diff HEAD~1..HEAD");
    assert!(results(&log).len() > 8);
    for result in results(&log) {
        let (start, end) = (line(result, "startLine"), line(result, "startLine"));
        let inside = |lines: &Range<usize>| lines.contains(&start) && lines.contains(&end);
        let file = added.get(uri(result)).unwrap_or_else(|| panic!("{result:#}"));
        assert!(file.iter().any(inside), "{file:?} {result:#}");
    }
    let findings =
        results(&log).iter().filter(|it| it["ruleId"].as_str().unwrap().starts_with("PV"));
    for found in findings {
        assert_eq!(uri(found), WIRE, "the file that changed, and not its counterpart");
        let steps = found.pointer("/codeFlows/0/threadFlows/0/locations").unwrap();
        assert!(steps.to_string().contains(LEDGER), "{steps}");
        assert!(found["relatedLocations"].to_string().contains(LEDGER));
    }
}

/// The fingerprints of all results.
fn names(log: &Value) -> BTreeSet<(String, String)> {
    let name = |result: &Value| {
        let print = result["partialFingerprints"]["provenance/v1"].as_str().unwrap();
        (result["ruleId"].as_str().unwrap().to_owned(), print.to_owned())
    };
    results(log).iter().filter(|it| it["ruleId"] != "DOCUMENT").map(name).collect()
}

#[test]
fn a_change_is_known_again_after_lines_have_moved() {
    let project = before();
    replace(
        &project,
        WIRE,
        &super::wire().replace("29 agreements", "38 agreements"),
        Reason::Cleanup,
    );
    let known = names(&sarif(&project, "diff"));
    assert!(known.iter().any(|(rule, _)| rule == "FIGURE"), "{known:?}");

    let mut text = project.read(WIRE);
    for round in 0..20 {
        text.insert_str(0, &format!("Line {round} has gulls on it.\n\n"));
    }
    replace(&project, WIRE, &text, Reason::Cleanup);
    let log = sarif(&project, "diff");
    assert!(names(&log).is_superset(&known), "{:#?} {known:#?}", names(&log));
    let figure = results(&log).iter().find(|result| result["ruleId"] == "FIGURE").unwrap();
    assert_eq!(line(figure, "startLine"), 43);
}

/// One row per form: what stands in it of the figure, the finding and the document that
/// is gone; and nothing of what was there before.
#[test]
fn every_form_says_it_in_its_own_way() {
    let project = changed();
    #[rustfmt::skip]
    let cases = [
        ("github",         "::notice file=corpus/wire/ferry.txt,line=3,endLine=3,col=22,endColumn=24,title=FIGURE::“29” is now “38”"),
        ("github",         "::warning file=corpus/wire/ferry.txt,line=3,endLine=3,col=22,endColumn=24,title=PV301 figure-differs::"),
        ("github",         "::notice file=manifests/notice.txt.toml"),
        ("github-summary", "### provenance diff: 4 documents changed"),
        ("rdjson",         "\"message\":\"“29” is now “38”\""),
        ("gitlab",         "\"description\":\"FIGURE: “29” is now “38”\""),
        ("junit",          "<testcase classname=\"CERTAINTY\""),
        ("csv",            "\"note\",\"QUOTE\",\"\",\"“every” is now “any”\""),
    ];
    for (form, part) in cases {
        let (text, status) = told(&project, &format!("diff HEAD~1..HEAD --format {form}"));
        assert!(text.contains(part), "{form}: {part}\n{text}");
        assert_eq!(status, 0);
        let (text, status) = told(&project, &format!("diff HEAD..HEAD --format {form}"));
        assert!(!text.contains("PV301") && status == 0, "{form}: {text}");
    }
    let (text, status) = told(&project, "diff HEAD~1..HEAD --format junit --fail-on warning");
    assert_eq!((text.matches("<failure").count(), status), (2, 1), "the new, not the changed");
}

/// What has no line in the later state stands at its file.
#[test]
fn what_is_gone_has_a_place_all_the_same() {
    let project = before();
    for path in [NOTICE, "manifests/notice.txt.toml"] {
        std::fs::remove_file(project.path(path)).unwrap();
    }
    project.write(COLUMN, "");
    let log = sarif(&project, "diff --no-effect");
    let place = |result: &Value| (uri(result).to_owned(), line(result, "startLine"));
    let places: BTreeSet<_> = results(&log).iter().map(place).collect();
    assert_eq!(places, [(COLUMN.to_owned(), 1), (NOTICE.to_owned(), 1)].into());
    for form in ["markdown", "github", "csv"] {
        let (text, _) = told(&project, &format!("diff --no-effect --format {form}"));
        assert!(masked(&text).contains("removed"), "{form}: {text}");
    }
}
