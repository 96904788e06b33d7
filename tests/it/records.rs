//! What the operations on records write, and what they refuse.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use crate::project::NOW;
use crate::project::Project;
use crate::project::the;
use crate::project::told;
use provenance::corpus;
use provenance::corpus::AddRequest;
use provenance::corpus::Options;
use provenance::corpus::record::Field;
use provenance::corpus::record::Reason;
use provenance::finding::Rule;
use provenance::span::DocId;
use std::fs;
use std::path::Path;

const RECORD: &str = "manifests/kz/004.txt.toml";

fn request(path: &str) -> AddRequest {
    AddRequest { path: path.into(), ..AddRequest::default() }
}

/// Everything that a user can state, stated.
fn full_request() -> AddRequest {
    AddRequest {
        kind: Some("wire".parse().unwrap()),
        title: Some("Kazakhstan “joins” the \"Accords\"".parse().unwrap()),
        outlet: Some("The Washington Stand".parse().unwrap()),
        author: vec!["Joshua Arnold".parse().unwrap(), "A\u{202e}B".parse().unwrap()],
        url: Some("https://example.org/kz?a=1".parse().unwrap()),
        published: Some("2025-11-07".parse().unwrap()),
        modified: Some("2025-11-07T18:00:00+05:00".parse().unwrap()),
        language: Some("en".parse().unwrap()),
        unknown: vec![Field::Rights, Field::Outlet],
        claims_from: vec!["kz/wire-1".parse().unwrap()],
        retrieved: Some("2025-11-08T09:30:00Z".parse().unwrap()),
        method: Some("browser-save".parse().unwrap()),
        by: Some("desk@example.org".parse().unwrap()),
        ..request("corpus/kz/004.txt")
    }
}

#[test]
fn a_new_record_is_canonical_and_states_what_was_given() {
    let project = Project::new();
    project.write("corpus/kz/004.txt", "Astana signed.\n");

    let added = corpus::add(project.root(), &full_request(), NOW).unwrap();

    let expected = r#"schema = 1
id = "kz/004"
path = "corpus/kz/004.txt"
kind = "wire"
title = "Kazakhstan “joins” the \"Accords\""
outlet = "The Washington Stand"
author = [
  "Joshua Arnold",
  "A\u202EB",
]
url = "https://example.org/kz?a=1"
published = 2025-11-07
modified = 2025-11-07T18:00:00+05:00
language = "en"
unknown = [
  "rights",
]
claims-from = [
  "kz/wire-1",
]

[hash]
sha256 = "2427bd49c0b60efe2bf5e8a48f4c06b0e9ee02f3e0ea83cdac25e2dfb8ad3c9f"
bytes = 15
text = "pv-text-1:2427bd49c0b60efe2bf5e8a48f4c06b0e9ee02f3e0ea83cdac25e2dfb8ad3c9f"

[capture]
retrieved = 2025-11-08T09:30:00Z
method = "browser-save"
by = "desk@example.org"
"#;
    let digest = corpus::Digest::of(b"Astana signed.\n").to_string();
    let expected = expected.replace(&expected[expected.find("2427").unwrap()..][..64], &digest);
    assert_eq!(project.read(RECORD), expected);
    assert_eq!((added.record.as_str(), added.id.as_str(), added.bytes), (RECORD, "kz/004", 15));
    let unknown =
        [Field::Licence, Field::Rights, Field::DigitalSourceType, Field::Tool, Field::Archive];
    assert_eq!(added.unknown, unknown);
    assert_eq!(corpus::format_records(project.root(), true).unwrap(), [""; 0]);
}

#[test]
fn a_recorded_document_is_replaced_only_with_a_reason_that_is_kept() {
    let project = Project::with(&[("corpus/kz/004.txt", b"29 deals")]);
    let was = corpus::Digest::of(b"29 deals");
    let error = corpus::add(project.root(), &request("corpus/kz/004.txt"), NOW).unwrap_err();
    assert_eq!(error.code(), "PE013");
    assert!(error.help().ends_with("provenance add corpus/kz/004.txt --replace REASON"));

    let replace = AddRequest {
        replace: Some(Reason::OutletCorrection),
        by: Some("desk".parse().unwrap()),
        ..request("corpus/kz/004.txt")
    };
    assert_eq!(corpus::add(project.root(), &replace, NOW).unwrap_err().code(), "PE014");

    project.write("corpus/kz/004.txt", "30 deals");
    let added = corpus::add(project.root(), &replace, NOW).unwrap();

    assert_eq!(added.was, Some(was));
    let history = format!(
        "\n[[history]]\nat = 2025-11-10T10:00:00Z\nwas = \"sha256:{was}\"\nby = \"desk\"\nreason = \"outlet-correction\"\n"
    );
    assert!(project.read(RECORD).ends_with(&history), "{}", project.read(RECORD));
    assert_eq!(project.told(), [""; 0]);
    let new = AddRequest { replace: Some(Reason::Cleanup), ..request("corpus/new.txt") };
    project.write("corpus/new.txt", "x");
    assert_eq!(corpus::add(project.root(), &new, NOW).unwrap_err().code(), "PE015");
}

#[test]
fn a_file_outside_the_corpus_is_refused_with_the_command_to_copy_it() {
    let project = Project::new();
    let outside = project.path("drafts/it's.txt");
    for path in [outside.as_path(), Path::new("drafts/it's.txt"), Path::new("corpus")] {
        let request = AddRequest { path: path.to_owned(), ..AddRequest::default() };
        assert_eq!(
            corpus::add(project.root(), &request, NOW).unwrap_err().code(),
            "PE006",
            "{path:?}"
        );
    }
    let error = corpus::add(project.root(), &request("drafts/it's.txt"), NOW).unwrap_err();
    assert_eq!(error.help(), r"copy it first: cp 'drafts/it'\''s.txt' 'corpus/it'\''s.txt'");
    assert_eq!(
        corpus::add(project.root(), &request("corpus/../x"), NOW).unwrap_err().code(),
        "PE007"
    );
    assert_eq!(
        corpus::add(project.root(), &request("corpus/none.txt"), NOW).unwrap_err().code(),
        "PE008"
    );
}

#[test]
fn ids_are_made_from_paths_and_never_taken_twice() {
    let project = Project::new();
    let cases = [
        ("corpus/kz/004.txt", "kz/004"),
        ("corpus/kz/004.html", "kz/004.html"),
        ("corpus/My Story (1).txt", "My-Story--1"),
        ("corpus/archive.tar.gz", "archive.tar"),
        ("corpus/caf\u{e9}.txt", "cafe"),
    ];
    for (path, id) in cases {
        project.write(path, path);
        assert_eq!(corpus::add(project.root(), &request(path), NOW).unwrap().id.as_str(), id);
    }
    project.write("corpus/Қазақстан.txt", "x");
    let made = corpus::add(project.root(), &request("corpus/Қазақстан.txt"), NOW).unwrap().id;
    assert_eq!(made.as_str(), format!("sha256-{}", corpus::Digest::of(b"x").short()));
    project.write("corpus/other.txt", "y");
    let taken = AddRequest { id: Some("KZ/004".parse().unwrap()), ..request("corpus/other.txt") };
    let error = corpus::add(project.root(), &taken, NOW).unwrap_err();
    assert_eq!(error.to_string(), format!("the id `KZ/004` is taken, in `{RECORD}`"));
}

#[test]
fn a_retired_document_leaves_its_record() {
    let project = Project::with(&[("corpus/kz/004.txt", b"29 deals")]);
    let path = Path::new("corpus/kz/004.txt");
    let reason = || "withdrawn by the outlet".parse().unwrap();

    let withdrawal = corpus::retire(project.root(), path, reason(), None, NOW).unwrap();

    assert_eq!(withdrawal.record, RECORD);
    let verification = project.verify();
    assert_eq!(
        the(&verification, Rule::RecordConflict).message,
        "`corpus/kz/004.txt` is retired, and the file is still there"
    );
    assert_eq!(verification.counts.withdrawn, 1);
    assert_eq!(project.load(&Options::default()).documents, []);

    fs::remove_file(project.path("corpus/kz/004.txt")).unwrap();
    let verification = project.verify();
    assert_eq!(told(&verification.findings), [""; 0]);
    assert_eq!((verification.counts.retired, verification.counts.records), (1, 1));
    let record = project.read(RECORD);
    assert!(record.contains("reason = \"withdrawn\"\n\n[retired]\nat = 2025-11-10T10:00:00Z\nreason = \"withdrawn by the outlet\"\n"), "{record}");

    assert_eq!(
        corpus::retire(project.root(), path, reason(), None, NOW).unwrap_err().code(),
        "PE016"
    );
    assert_eq!(
        corpus::retire(project.root(), Path::new("corpus/x"), reason(), None, NOW)
            .unwrap_err()
            .code(),
        "PE015"
    );
}

#[test]
fn init_makes_what_is_missing_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".gitattributes"), "*.png binary\ncorpus/** -text").unwrap();

    let created = corpus::init(folder.path()).unwrap();

    let paths: Vec<_> =
        created.iter().map(|created| (created.path.as_str(), created.extended)).collect();
    assert_eq!(
        paths,
        [
            ("corpus/", false),
            ("manifests/", false),
            ("manifests/.gitignore", false),
            (".gitattributes", true),
            ("provenance.toml", false),
        ]
    );
    let attributes = fs::read_to_string(folder.path().join(".gitattributes")).unwrap();
    assert_eq!(attributes, "*.png binary\ncorpus/** -text\nmanifests/** text eol=lf\n");
    assert_eq!(corpus::init(folder.path()).unwrap(), []);
}

#[test]
fn formatting_keeps_every_value_and_every_comment() {
    let project = Project::with(&[("corpus/kz/004.txt", b"29 deals")]);
    let (head, hash) = project
        .read(RECORD)
        .split_once("\n[hash]")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let messy = format!(
        "# About this record\n{head}license   =   'MIT'  # as printed # twice\n\
         author = [ 'A', # the first\n  # then\n  'B' ]\n[extra]\nz.y = 1.5\n\"odd key\" = [1979-05-27, {{ a = '#' }}]\n\
         # The identity\n[hash]{hash}# Changed\n[[history]]\nreason = 'cleanup'\nwas = 'sha256:{digest}'\nat = 2025-11-09 10:00:00Z\n\
         # Again\n[[history]]\nat = 2025-11-10T10:00:00Z # now\nwas = 'sha256:{digest}'\nreason = 'recapture'\n# The end",
        digest = corpus::Digest::of(b"")
    );
    project.write(RECORD, &messy);
    let before = corpus::records(project.root(), &Options::default()).unwrap();

    assert_eq!(corpus::format_records(project.root(), true).unwrap(), [RECORD]);
    assert_eq!(project.read(RECORD), messy, "a check writes nothing");
    assert_eq!(corpus::format_records(project.root(), false).unwrap(), [RECORD]);

    assert_eq!(corpus::records(project.root(), &Options::default()).unwrap(), before);
    let digest = corpus::Digest::of(b"");
    let own = corpus::Digest::of(b"29 deals");
    let text = corpus::Digest::of(b"29 deals\n");
    assert_eq!(
        project.read(RECORD),
        format!(
            "# About this record\n{head}author = [\n  \"A\", # the first\n  # then\n  \"B\",\n]\n\
             licence = \"MIT\" # as printed # twice\n\n# The identity\n[hash]\nsha256 = \"{own}\"\nbytes = 8\n\
             text = \"pv-text-1:{text}\"\n\n# Changed\n[[history]]\nat = 2025-11-09T10:00:00Z\n\
             was = \"sha256:{digest}\"\nreason = \"cleanup\"\n\n# Again\n[[history]]\nat = 2025-11-10T10:00:00Z # now\n\
             was = \"sha256:{digest}\"\nreason = \"recapture\"\n\n[extra]\n\"odd key\" = [1979-05-27, {{ a = \"#\" }}]\n\
             z = {{ y = 1.5 }}\n# The end\n"
        )
    );
    assert_eq!(corpus::format_records(project.root(), false).unwrap(), [""; 0]);
}

#[test]
fn formatting_stops_at_what_it_would_lose() {
    let project = Project::with(&[("corpus/kz/004.txt", b"29 deals")]);
    let record = project.read(RECORD) + "[extra.a]\n# one\nb = 1\n";
    project.write(RECORD, &record);

    let error = corpus::format_records(project.root(), false).unwrap_err();

    assert_eq!(
        error.to_string(),
        format!("`{RECORD}` cannot be rewritten without losing a comment")
    );
    assert_eq!(project.read(RECORD), record);
    project.write(RECORD, "schema = 1\n\nid = 5\n");
    let error = corpus::format_records(project.root(), false).unwrap_err();
    assert!(error.to_string().starts_with(&format!("`{RECORD}` line ")), "{error}");
}

#[test]
fn required_fields_are_unknown_or_missing() {
    let project = Project::with(&[("corpus/a.txt", b"a")]);
    project.edit("manifests/a.txt.toml", "kind =", "unknown = [\"url\"]\nkind =");
    let require = ["url", "outlet"].map(str::to_owned).to_vec();
    let options = Options { require, ..Options::default() };

    let verification = corpus::verify(project.root(), &options, &|_, _| {}).unwrap();

    assert_eq!(
        told(&verification.findings),
        ["PV101 `url` was looked for and is not known", "PV102 the record does not state `outlet`",]
    );
    let options = Options { require: vec!["mood".to_owned()], ..options };
    let error = corpus::verify(project.root(), &options, &|_, _| {}).unwrap_err();
    assert_eq!(error.to_string(), "`require`: there is no field `mood` that can be required");
}

#[test]
fn documents_are_loaded_in_byte_order_with_their_records() {
    let project = Project::with(&[
        ("corpus/b.txt", b"two"),
        ("corpus/a/z.txt", b"one"),
        ("corpus/a.txt", b"zero"),
    ]);
    project.edit("manifests/b.txt.toml", "kind = \"article\"", "kind = \"draft\"");
    project.write("corpus/c.txt", "not recorded");

    let loaded = project.load(&Options::default());

    let all: Vec<_> = loaded
        .documents
        .iter()
        .map(|document| {
            (
                document.id,
                document.path.as_str(),
                document.source.as_str(),
                document.draft,
                document.record.is_some(),
            )
        })
        .collect();
    assert_eq!(
        all,
        [
            (DocId(0), "corpus/a.txt", "zero", false, true),
            (DocId(1), "corpus/a/z.txt", "one", false, true),
            // What lies in the corpus is a source, whatever kind its record states.
            (DocId(2), "corpus/b.txt", "two", false, true),
            (DocId(3), "corpus/c.txt", "not recorded", false, false),
        ]
    );
}

#[test]
fn a_folder_that_is_no_project_is_refused() {
    let folder = tempfile::tempdir().unwrap();

    let error = corpus::verify(folder.path(), &Options::default(), &|_, _| {}).unwrap_err();

    assert_eq!(
        (error.code(), error.help().as_str()),
        ("PE001", "run `provenance init` at the root of the project")
    );
}

/// Progress begins at nothing, ends at everything, and never exceeds it.
#[test]
fn progress_reaches_its_total() {
    let project = Project::with(&[("corpus/a.txt", &vec![b'x'; 9 * 1024 * 1024])]);
    let told = std::sync::Mutex::new(Vec::new());

    corpus::verify(project.root(), &Options::default(), &|done, total| {
        told.lock().unwrap().push((done, total));
    })
    .unwrap();

    let told = told.into_inner().unwrap();
    let total = 9 * 1024 * 1024;
    assert_eq!((told.first(), told.last()), (Some(&(0, total)), Some(&(total, total))));
    assert!(told.len() > 3 && told.iter().all(|(done, total)| done <= total));
}
