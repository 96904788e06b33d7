//! Pictures: what an editor puts where no page can stand.

use crate::pin::pin;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use std::path::Path;

fn drawn(arguments: &str) -> String {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = run(repository, &words(&format!("report --format svg -o - {arguments}")));
    assert_eq!(said.status, 0, "{}", said.stderr);
    said.stdout
}

/// The pictures of the demonstration corpus, without their styles.
#[test]
fn every_view_is_drawn() {
    let questions = [
        ("reuse-map", "Does each cell say how much two outlets share, in words and by number?"),
        (
            "lineage",
            "Does each line say which text came first, how much it is, and how that is known?",
        ),
        ("figures", "Does what differs stand out, above what agrees?"),
    ];
    for (view, question) in questions {
        let svg = drawn(&format!("--view {view}"));
        let (head, rest) = svg.split_once("<style>").unwrap();
        let (_, body) = rest.split_once("</style>").unwrap();
        pin("picture", view, question, &format!("{head}{body}"));
    }
    assert_eq!(drawn(""), drawn("--view reuse-map"));
}

#[test]
fn a_picture_replaces_an_earlier_picture_and_nothing_else() {
    let project = Project::new();
    let report = |line: &str| run(project.root(), &words(&format!("report {line}")));
    for _ in 0..2 {
        assert_eq!(report("--format svg --view lineage").status, 0);
    }
    assert!(project.read("lineage.svg").contains("No passage stands in several documents."));
    assert_eq!(report("").status, 0);

    for (line, words) in [
        ("--format svg -o report.html", "PE068"),
        ("-o lineage.svg", "PE068"),
        ("--view figures", "--format svg"),
    ] {
        let said = report(line);
        assert!(said.status > 1 && said.stderr.contains(words), "{line}: {}", said.stderr);
    }
}
