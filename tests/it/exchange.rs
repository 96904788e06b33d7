//! Handing a corpus over and taking one in: what is written, and what is refused.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

mod bags;
mod forms;

use crate::project::Project;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// Every file below `folder`, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A project with a document in each state that a record knows.
fn project() -> Project {
    let project = Project::with(&[
        ("corpus/a.txt", b"The council signed 29 contracts.\n"),
        ("corpus/deep/b 100%.txt", b"No final newline"),
        ("corpus/empty.txt", b""),
        ("corpus/gone.txt", b"Withdrawn.\n"),
        ("corpus/\u{49a}.txt", "Қазақстан\r\n".as_bytes()),
    ]);
    let record = project.read("manifests/a.txt.toml");
    let told = "title = \"Quotes \\\" and \\\\ and a\\nline\"\noutlet = \"<b>Harbour & Wire</b>\"\n\
        author = [\n  \"Jane \\u202E Doe\",\n]\npublished = 2025-11-07\n# Seen by the desk.\n";
    let record = record.replace("kind = \"article\"\n", &format!("kind = \"article\"\n{told}"));
    project.write("manifests/a.txt.toml", record);
    let reason = "no longer kept".parse().unwrap();
    let gone = Path::new("corpus/gone.txt");
    provenance::corpus::retire(project.root(), gone, reason, None, crate::project::NOW).unwrap();
    fs::remove_file(project.path("corpus/gone.txt")).unwrap();
    project
}
