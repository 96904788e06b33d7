//! `audit --input` of an archive: what is told, in any order and with any number of
//! threads, and what is refused.
#![expect(clippy::disallowed_methods, reason = "tests prepare files")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use crate::program::program;
use crate::program::run;
use crate::program::told;
use crate::program::words;
use serde_json::Value;
use serde_json::json;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ARCHIVE: &str = "audit --input in.jsonl --archive-above 0";

/// Sentences that no other number gives.
fn prose(number: usize, sentences: usize) -> String {
    const WORDS: [&str; 24] = [
        "harbour",
        "pilots",
        "council",
        "refused",
        "winter",
        "timetable",
        "ferry",
        "ministers",
        "signed",
        "bridge",
        "engineers",
        "warned",
        "village",
        "residents",
        "budget",
        "quietly",
        "teachers",
        "opened",
        "hospital",
        "inspectors",
        "railway",
        "delayed",
        "museum",
        "visitors",
    ];
    let mut state = number as u64;
    let mut word = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let chosen = WORDS[(state >> 33) as usize % WORDS.len()];
        format!("{chosen}{}", ["", "s", "ed", "ing", "er"][(state >> 40) as usize % 5])
    };
    let sentence = |_| {
        let words: Vec<String> = (0..14).map(|_| word()).collect();
        format!("The {} of {number}.", words.join(" "))
    };
    (0..sentences).map(sentence).collect::<Vec<_>>().join(" ")
}

fn line(id: &str, outlet: &str, day: usize, text: &str) -> Value {
    json!({ "id": id, "outlet": outlet, "published": format!("2025-03-{day:02}"), "text": text })
}

/// A story that two took over with another figure, a wire story in sixty outlets, and
/// documents that have nothing to do with either.
fn archive() -> Vec<Value> {
    let story = "The ferry to Kelmouth stops in April, the council of Port Ellery said on Tuesday \
                 night, and all 38 crossings a week will end because the old pier is no longer safe.";
    let wire = prose(1000, 20);
    let mut lines = vec![
        line("story/a", "Harbour Wire", 4, &format!("{} {story} {}", prose(1, 6), prose(2, 6))),
        line(
            "story/b",
            "Lakeside Ledger",
            5,
            &format!("{} {} {}", prose(3, 6), story.replace("38", "83"), prose(4, 6)),
        ),
        line("hidden", "Meridian Post", 6, &format!("{} zero\u{200b}width.", prose(5, 6))),
    ];
    lines.extend((0..60).map(|number| {
        let text = format!("{} {wire} {}", prose(10 + number, 3), prose(100 + number, 3));
        line(&format!("wire/{number}"), &format!("Outlet {number}"), 7, &text)
    }));
    lines.extend((0..40).map(|number| {
        line(&format!("other/{number}"), "Steppe Courier", 8, &prose(200 + number, 12))
    }));
    lines
}

fn folder(lines: &[Value]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    fs::write(folder.path().join("in.jsonl"), lines.join("\n")).unwrap();
    folder
}

/// The lines of a type in the output.
fn lines(folder: &Path, kind: &str) -> Vec<Value> {
    let said = run(folder, &words(&format!("{ARCHIVE} --format jsonl --exit-zero")));
    assert_eq!((said.status, said.stderr.as_str()), (0, ""));
    let all = said.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.filter(|line| line["type"] == kind).collect()
}

#[test]
fn an_archive_is_told_group_by_group() {
    let folder = folder(&archive());

    let findings = lines(folder.path(), "finding");

    let of = |rule: &str| -> Vec<&Value> {
        findings.iter().filter(|finding| finding["rule"] == rule).collect()
    };
    let [figure] = of("PV301")[..] else { panic!("{findings:#?}") };
    let paths = |finding: &Value| -> Vec<String> {
        let places = finding["places"].as_array().unwrap();
        places.iter().map(|place| place["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths(figure), ["story/a", "story/b"]);
    let reuse = of("PV201");
    let carriers: Vec<usize> = reuse.iter().map(|finding| paths(finding).len()).collect();
    assert_eq!(carriers, [2, 60], "a wire story is one finding");
    assert_eq!(of("PV030").len(), 1, "{findings:#?}");

    let documents = lines(folder.path(), "document");
    assert_eq!(documents.len(), 63, "each that is shown, once");
    let summary = &lines(folder.path(), "summary")[0];
    assert_eq!(summary["documents"], 103);
}

#[test]
fn neither_order_nor_threads_change_the_output() {
    let mut documents = archive();
    let expected = {
        let folder = folder(&documents);
        run(folder.path(), &words(&format!("{ARCHIVE} --format jsonl"))).stdout
    };
    documents.reverse();
    documents.rotate_left(17);
    let folder = folder(&documents);
    for threads in ["1", "2", "7"] {
        let mut command = program(folder.path());
        command.args(words(&format!("{ARCHIVE} --format jsonl")));
        let said = told(command.env("RAYON_NUM_THREADS", threads));
        assert!(said.stdout == expected, "{threads} threads: {}", said.stderr);
    }
}

#[test]
fn people_get_the_same_and_the_counts() {
    let folder = folder(&archive());

    let said = run(folder.path(), &words(&format!("{ARCHIVE} --fail-on warning")));

    assert_eq!(said.status, 1, "{}", said.stderr);
    assert!(said.stdout.contains("--> story/a:1:"), "{}", said.stdout);
    assert!(said.stdout.contains("103 documents, compared as an archive: "), "{}", said.stdout);
}

#[test]
fn a_draft_is_checked_against_an_archive_that_is_not_held() {
    let folder = folder(&archive());
    let draft = archive()[0]["text"].as_str().unwrap().replace("38", "39");
    fs::write(folder.path().join("draft.txt"), draft).unwrap();

    let said = run(folder.path(), &words(&format!("{ARCHIVE} draft.txt --format json")));

    let report: Value = serde_json::from_str(&said.stdout).unwrap();
    let rules: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    assert!(rules.contains(&"PV301"), "{rules:?}");
    assert_eq!(report["summary"]["indexed"], 103);
}

#[test]
fn what_an_archive_cannot_give_is_refused() {
    let folder = folder(&archive());
    for (more, told) in [("--format sarif", "one by one"), ("--boilerplate", "is not compared")] {
        let said = run(folder.path(), &words(&format!("{ARCHIVE} {more}")));
        assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{more}");
        assert!(said.stderr.contains("PE099") && said.stderr.contains(told), "{}", said.stderr);
    }
    let bad = format!("{}\nno object\n", archive()[0]);
    fs::write(folder.path().join("in.jsonl"), bad).unwrap();
    let said = run(folder.path(), &words(&format!("{ARCHIVE} --exit-zero")));
    assert_eq!(said.status, 3, "a line that was not read is not clean");
    assert!(said.stderr.contains("line 2"), "{}", said.stderr);
}

/// Waivers and the baseline of the project around hold in either way of comparing; those
/// about other documents are not called useless.
#[test]
fn what_was_accepted_stays_accepted() {
    let folder = folder(&archive());
    let finding = lines(folder.path(), "finding").into_iter().find(|one| one["rule"] == "PV301");
    let fingerprint = finding.unwrap()["fingerprint"].as_str().unwrap().to_owned();
    run(folder.path(), &["init"]);
    let waiver = |finding: &str, path: &str| {
        format!(
            "[[waiver]]\nfinding = \"{finding}\"\nrule = \"PV301\"\npaths = [\"{path}\"]\n\
             reason = \"checked\"\n"
        )
    };
    let other = waiver(&"0".repeat(32), "corpus/a.txt");
    let waivers = waiver(&fingerprint, "story/a") + &other;
    fs::write(folder.path().join("waivers.toml"), waivers).unwrap();

    for above in ["0", "16000000"] {
        let asked = format!("audit --input in.jsonl --archive-above {above} --format jsonl");
        let said = run(folder.path(), &words(&asked));
        let last: Value = serde_json::from_str(said.stdout.lines().last().unwrap()).unwrap();
        assert_eq!(
            (last["waived"].as_u64(), last["errors"].as_u64()),
            (Some(1), Some(0)),
            "{above}"
        );
        assert!(!said.stdout.contains("PV90"), "{}", said.stdout);
    }
}
