//! One test per threat to a corpus, named after its row in the threat table.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use crate::project::NOW;
use crate::project::Project;
use crate::project::the;
use crate::project::told;
use provenance::corpus;
use provenance::corpus::AddRequest;
use provenance::corpus::Error;
use provenance::corpus::Options;
use provenance::corpus::record::Reason;
use provenance::finding::Ending;
use provenance::finding::Rule;
use provenance::finding::Site;
use provenance::span::DocId;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;

const DEAL: (&str, &[u8]) = ("corpus/kz/004.txt", b"Astana signed\n29 agreements.\n");
const RECORD: &str = "manifests/kz/004.txt.toml";

#[test]
fn a_sound_corpus_has_no_findings() {
    let project = Project::with(&[DEAL, ("corpus/a.txt", b""), ("corpus/kz/a.html", b"<p>")]);

    let verification = project.verify();

    assert_eq!(told(&verification.findings), [""; 0]);
    assert_eq!((verification.counts.verified, verification.counts.bytes), (3, 32));
}

#[test]
fn threat_01_line_endings_that_git_rewrote_are_told_apart() {
    let project = Project::with(&[DEAL]);
    project.write(DEAL.0, "Astana signed\r\n29 agreements.\r\n");

    let verification = project.verify();

    let finding = the(&verification, Rule::LineEndingsRewritten);
    assert_eq!(verification.findings.len(), 1);
    assert!(
        finding.help.ends_with("rm corpus/kz/004.txt && git checkout -- corpus/kz/004.txt"),
        "{}",
        finding.help
    );
    assert!(
        finding.notes[0].starts_with("recorded sha256 ") && finding.notes[0].ends_with("29 bytes")
    );
}

#[test]
fn threat_01_attributes_that_let_git_rewrite_are_told_once() {
    let project = Project::with(&[DEAL, ("corpus/a.html", b"<p>"), ("corpus/b.html", b"<p>")]);
    assert_eq!(project.told(), [""; 0], "without git there is nothing to say");

    git2::Repository::init(project.root()).unwrap();
    assert_eq!(project.told(), [""; 0], "`init` wrote the attributes");

    project.write(".gitattributes", "corpus/** -text\n*.html text\n*.txt ident\n");
    let verification = project.verify();
    let finding = the(&verification, Rule::GitattributesMissing);
    let notes = ["corpus/a.html: `text` is not unset", "corpus/kz/004.txt: `ident` is set"];
    assert_eq!(finding.notes, notes);
    assert_eq!(verification.counts.verified, 3);
}

/// The help of the finding, followed to the letter, must work with the real git.
#[test]
fn threat_01_the_advice_restores_the_recorded_bytes() {
    let project = Project::with(&[DEAL]);
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "core.autocrlf=true", "-c", "user.name=x", "-c", "user.email=x@y"]);
        command
            .args(arguments)
            .current_dir(project.root())
            .output()
            .is_ok_and(|run| run.status.success())
    };
    project.write(".gitattributes", "");
    if !git(&["init"]) || !git(&["add", "."]) || !git(&["commit", "-m", "x"]) {
        return; // No git here: nothing to learn.
    }
    fs::remove_file(project.path(DEAL.0)).unwrap();
    assert!(git(&["checkout", "--", DEAL.0]));
    let rules: Vec<_> = project.verify().findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [Rule::GitattributesMissing, Rule::LineEndingsRewritten]);

    corpus::init(project.root()).unwrap();
    fs::remove_file(project.path(DEAL.0)).unwrap();
    assert!(git(&["checkout", "--", DEAL.0]));

    assert_eq!(project.told(), [""; 0]);
}

#[test]
fn threat_02_an_edited_document_is_shown_with_the_line_that_git_remembers() {
    let project = Project::with(&[DEAL]);
    commit(&project);
    project.write(DEAL.0, "Astana signed\n30 agreements.\n");

    let verification = project.verify();

    let finding = the(&verification, Rule::ContentChanged);
    assert_eq!(verification.counts.changed, 1);
    assert_eq!(
        finding.notes[2..],
        [
            "first difference in line 2, at byte 14",
            "recorded: 29 agreements.",
            "found:    30 agreements.",
        ]
    );
    let Site::Line { path, position, excerpt } = &finding.labels[0].site else { panic!() };
    assert_eq!(
        (path.as_str(), position.line, position.column, excerpt.as_str()),
        (DEAL.0, 2, 1, "30 agreements.")
    );

    project.write(DEAL.0, "Astana signed\n29 ag");
    let verification = project.verify();
    let finding = the(&verification, Rule::ContentChanged);
    assert_eq!(finding.notes[2], "likely cause: the file was cut off after 19 of 29 bytes");
}

#[test]
fn threat_02_every_changed_document_is_told_in_one_pass() {
    let project = Project::with(&[("corpus/b.txt", b"one"), ("corpus/a.txt", b"two"), DEAL]);
    for path in ["corpus/a.txt", "corpus/b.txt", DEAL.0] {
        project.write(path, "other words");
    }

    assert_eq!(
        project.told(),
        [
            "PV001 `corpus/a.txt` does not have the recorded bytes",
            "PV001 `corpus/b.txt` does not have the recorded bytes",
            "PV001 `corpus/kz/004.txt` does not have the recorded bytes",
        ]
    );
}

#[test]
fn threat_04_missing_and_unrecorded_files_are_told() {
    let project = Project::with(&[DEAL]);
    fs::remove_file(project.path(DEAL.0)).unwrap();
    project.write("corpus/new.txt", "new words");
    project.write("corpus/.gitignore", "*");
    project.write("corpus/kz/004.txt~", "an editor's copy");

    let verification = project.verify();

    assert_eq!(
        told(&verification.findings),
        [
            "PV004 `corpus/.gitignore` has no record",
            "PV004 `corpus/kz/004.txt~` has no record",
            "PV004 `corpus/new.txt` has no record",
            "PV005 `manifests/kz/004.txt.toml` describes `corpus/kz/004.txt`, but there is no such file",
        ]
    );
    assert_eq!((verification.counts.unrecorded, verification.counts.missing), (3, 1));
}

#[test]
fn threat_04_a_moved_document_is_told_once_with_the_commands() {
    let project = Project::with(&[DEAL]);
    project.write("corpus/deal.txt", DEAL.1);
    fs::remove_file(project.path(DEAL.0)).unwrap();

    let verification = project.verify();

    let finding = the(&verification, Rule::Moved);
    assert_eq!(verification.findings.len(), 1);
    assert_eq!(
        finding.help,
        "to keep the new place: git mv manifests/kz/004.txt.toml manifests/deal.txt.toml and write \
         `path = \"corpus/deal.txt\"` in it; to undo it: git mv corpus/deal.txt corpus/kz/004.txt"
    );
    assert_eq!((verification.counts.moved, verification.counts.unrecorded), (1, 0));
}

#[test]
fn threat_04_only_exclusions_hide_a_file_and_never_a_recorded_one() {
    let project = Project::with(&[DEAL, ("corpus/README.md", b"recorded")]);
    project.write("corpus/kz/README.md", "not recorded");
    project.write("corpus/notes/deep/a.txt", "not recorded");
    project.write("corpus/notesbook.txt", "not recorded");
    project.write("corpus/README.md", "changed");
    let exclude = ["README.md", "kz/README.md", "notes/"].map(str::to_owned).to_vec();

    let options = Options { exclude, ..Options::default() };
    let verification = corpus::verify(project.root(), &options, &|_, _| {}).unwrap();

    assert_eq!(
        told(&verification.findings),
        [
            "PV001 `corpus/README.md` does not have the recorded bytes",
            "PV004 `corpus/notesbook.txt` has no record",
        ]
    );
    assert_eq!(verification.counts.excluded, 2);
    assert!(verification.counts.adds_up());
}

#[test]
fn threat_05_control_characters_in_a_record_are_refused() {
    let project = Project::with(&[DEAL]);
    project.edit(RECORD, "kind =", "title = \"\\u001b[2Jgone\"\nkind =");

    let verification = project.verify();

    let finding = the(&verification, Rule::RecordInvalid);
    assert_eq!(finding.message, "`title`: `\\u{1b}[2Jgone` holds a control character");
}

#[test]
fn threat_06_hidden_text_is_told_when_texts_are_read() {
    let project = Project::with(&[
        ("corpus/a.txt", "paid\u{202e}000,1\nand \u{200b}then\u{200b}\n".as_bytes()),
        ("corpus/b.txt", "no deal\n".as_bytes()),
    ]);

    let loaded = project.load(&Options::default());

    let finding = the(&loaded.verification, Rule::HiddenCharacters);
    assert_eq!(finding.message, "`corpus/a.txt` holds characters that no reader sees, in 3 places");
    assert_eq!(finding.notes[0], "line 1, column 5, byte 4: U+202E bidi embedding or override");
    assert_eq!(finding.notes[1], "line 2, column 5, byte 17: U+200B zero width space");
    assert_eq!((finding.labels.len(), finding.labels[1].marks.len()), (2, 2));
    assert_eq!(loaded.documents[0].source.len(), 28, "the text itself is left as it is");
}

#[test]
fn threat_06_a_c2pa_manifest_is_a_note_of_its_own() {
    let header = b"C2PATXT\0\x01\0\0\0\x02ok";
    let selector = |byte: &u8| match byte {
        0..16 => char::from_u32(0xfe00 + u32::from(*byte)).unwrap(),
        _ => char::from_u32(0xe0100 + u32::from(*byte) - 16).unwrap(),
    };
    let text: String =
        "Deal.".chars().chain(['\u{feff}']).chain(header.iter().map(selector)).collect();
    let project = Project::with(&[("corpus/a.txt", text.as_bytes())]);

    let loaded = project.load(&Options::default());

    let finding = the(&loaded.verification, Rule::C2paPresent);
    assert_eq!(loaded.verification.findings.len(), 1);
    assert_eq!(finding.notes, ["line 1, column 6, byte 5: C2PA manifest, 2 bytes"]);
}

#[test]
fn threat_08_no_path_in_a_record_leads_out_of_the_project() {
    let project = Project::with(&[DEAL]);
    project.edit(RECORD, "path = \"corpus/kz/004.txt\"", "path = \"../../etc/passwd\"");
    let more = "\n[capture]\nwarc = { path = \"/tmp/x.warc\" }\n\n[[derived]]\nfrom = { path = \"C:/x\" }\n";
    project.write(RECORD, project.read(RECORD) + more);

    let verification = project.verify();

    assert_eq!(
        told(&verification.findings),
        [
            "PV020 the path `../../etc/passwd` has a `.` or `..` component",
            "PV020 the path `/tmp/x.warc` is absolute",
            "PV020 the path `C:/x` is absolute",
        ]
    );
    let line = |index: usize| match &verification.findings[index].labels[0].site {
        Site::Line { excerpt, .. } => excerpt.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(line(0), "path = \"../../etc/passwd\"");
    assert_eq!(line(2), "from = { path = \"C:/x\" }");
    assert_eq!(Rule::UnsafePath.info().ending, Ending::Schema);
}

#[cfg(unix)]
#[test]
fn threat_08_an_unsafe_file_name_is_refused_and_not_opened() {
    use std::os::unix::ffi::OsStrExt as _;
    let project = Project::with(&[DEAL]);
    project.write("corpus/nul.txt", "a device on Windows");
    project.write("corpus/a\nb.txt", "a line feed");
    project.write("manifests/con.txt.toml", "not read");
    fs::write(project.path("corpus").join(std::ffi::OsStr::from_bytes(b"\xff.txt")), "x").unwrap();

    let verification = project.verify();

    assert_eq!(
        told(&verification.findings),
        [
            "PV020 the path `corpus/a\\nb.txt` holds a control character",
            "PV020 the path `corpus/nul.txt` has a component that is a device name on Windows",
            "PV020 the path `corpus/\u{fffd}.txt` is not UTF-8",
            "PV020 the path `manifests/con.txt.toml` has a component that is a device name on Windows",
        ]
    );
    assert_eq!(verification.counts.refused, 3);
}

#[cfg(unix)]
#[test]
fn threat_09_a_symlink_is_refused_and_not_opened() {
    use std::os::unix::fs::symlink;
    let project = Project::with(&[DEAL]);
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.txt"), "secret").unwrap();
    symlink(outside.path().join("secret.txt"), project.path("corpus/link.txt")).unwrap();
    symlink(outside.path(), project.path("corpus/folder")).unwrap();
    symlink(outside.path().join("secret.txt"), project.path("manifests/link.txt.toml")).unwrap();
    // A recorded document that became a link to a copy of its bytes.
    fs::write(outside.path().join("copy.txt"), DEAL.1).unwrap();
    fs::remove_file(project.path(DEAL.0)).unwrap();
    symlink(outside.path().join("copy.txt"), project.path(DEAL.0)).unwrap();

    let verification = project.verify();

    assert_eq!(
        told(&verification.findings),
        [
            "PV021 `corpus/folder` is a symbolic link",
            "PV021 `corpus/kz/004.txt` is a symbolic link",
            "PV021 `corpus/link.txt` is a symbolic link",
            "PV021 `manifests/link.txt.toml` is a symbolic link",
        ]
    );
    assert_eq!((verification.counts.bytes, verification.counts.blocked), (0, 1));
    let error = corpus::read_file(&project.path("corpus/link.txt"), DocId(0), 99).unwrap_err();
    assert!(error.to_string().ends_with("link.txt` is a symbolic link, not a file"), "{error}");
}

#[cfg(unix)]
#[test]
fn threat_09_a_linked_corpus_folder_is_not_entered_nor_written_through() {
    use std::os::unix::fs::symlink;
    let project = Project::with(&[DEAL]);
    let outside = tempfile::tempdir().unwrap();
    symlink(outside.path(), project.path("manifests/linked")).unwrap();
    project.write("corpus/linked/a.txt", "words");
    let request = AddRequest { path: "corpus/linked/a.txt".into(), ..AddRequest::default() };
    let error = corpus::add(project.root(), &request, NOW).unwrap_err();
    assert_eq!(error.code(), "PE002", "{error}");

    fs::rename(project.path("corpus"), outside.path().join("corpus")).unwrap();
    symlink(outside.path().join("corpus"), project.path("corpus")).unwrap();
    let error = corpus::verify(project.root(), &Options::default(), &|_, _| {}).unwrap_err();
    assert_eq!(error.code(), "PE002", "{error}");
}

#[cfg(unix)]
#[test]
fn threat_09_a_pipe_is_refused_and_nobody_waits_for_its_writer() {
    let project = Project::with(&[DEAL]);
    let pipe = project.path("corpus/pipe.txt");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();

    assert_eq!(project.told(), ["PV021 `corpus/pipe.txt` is a device, pipe or socket"]);
    let error = corpus::read_file(&pipe, DocId(0), 99).unwrap_err();
    assert!(error.to_string().ends_with("is a pipe, not a file"), "{error}");
    let folder = corpus::read_file(project.root(), DocId(0), 99).unwrap_err();
    assert!(folder.to_string().ends_with("is a folder, not a file"), "{folder}");
}

#[cfg(target_os = "linux")]
#[test]
fn threat_12_paths_that_are_one_elsewhere_collide() {
    let project = Project::with(&[("corpus/Doc.txt", b"a"), ("corpus/doc.txt", b"b")]);
    project.write("corpus/caf\u{e9}.txt", "composed");
    project.write("corpus/cafe\u{301}.txt", "decomposed");

    let verification = project.verify();
    let told = told(&verification.findings);

    assert!(told.contains(&"PV022 `corpus/Doc.txt` and `corpus/doc.txt` are one path on file systems that ignore letter case or composition".to_owned()), "{told:#?}");
    assert_eq!(
        told.iter().filter(|line| line.starts_with("PV022 `corpus/cafe")).count(),
        1,
        "{told:#?}"
    );
    assert_eq!(told.iter().filter(|line| line.starts_with("PV020")).count(), 1, "{told:#?}");
}

#[test]
fn threat_12_ids_that_differ_in_letter_case_only_collide() {
    let project = Project::with(&[("corpus/a.txt", b"a"), ("corpus/b.txt", b"b")]);
    project.edit("manifests/b.txt.toml", "id = \"b\"", "id = \"A\"");

    assert_eq!(project.told(), ["PV022 the ids `A` and `a` differ in letter case only"]);
}

#[test]
fn threat_13_an_lfs_pointer_is_not_the_document() {
    let project = Project::with(&[DEAL]);
    let digest = corpus::Digest::of(DEAL.1);
    let pointer = |oid: &str| {
        format!("version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 29\n")
    };
    project.write(DEAL.0, pointer(&digest.to_string()));

    let verification = project.verify();

    let finding = the(&verification, Rule::LfsPointer);
    assert_eq!(
        (verification.findings.len(), finding.notes.as_slice()),
        (1, ["it points to the recorded bytes".to_owned()].as_slice())
    );
    assert_eq!(project.load(&Options::default()).documents, [], "a pointer is not analysed");

    let other = corpus::Digest::of(b"other");
    project.write(DEAL.0, pointer(&other.to_string()));
    let notes = the(&project.verify(), Rule::LfsPointer).notes.clone();
    assert_eq!(
        notes,
        [format!("it points to {}, and the record says {}", other.short(), digest.short())]
    );
}

#[test]
fn threat_13_a_submodule_in_the_corpus_is_told() {
    let project = Project::with(&[DEAL]);
    project.write("corpus/sub/.git", "gitdir: ../../.git/modules/sub\n");
    project.write("corpus/own/.git/config", "[core]\n");

    let verification = project.verify();

    assert_eq!(
        told(&verification.findings),
        [
            "PV008 `corpus/own` is a git repository of its own",
            "PV008 `corpus/sub` is a git repository of its own",
        ]
    );
}

#[test]
fn threat_13_a_submodule_that_is_not_checked_out_is_told() {
    let project = Project::with(&[DEAL]);
    let head = commit(&project);
    let repository = git2::Repository::open(project.root()).unwrap();
    let mut index = repository.index().unwrap();
    let entry = git2::IndexEntry {
        ctime: git2::IndexTime::new(0, 0),
        mtime: git2::IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o160_000,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: head,
        flags: 0,
        flags_extended: 0,
        path: b"corpus/sub".to_vec(),
    };
    index.add(&entry).unwrap();
    index.write().unwrap();

    assert_eq!(project.told(), ["PV008 `corpus/sub` is a git repository of its own"]);
}

#[test]
fn threat_14_records_that_disagree_with_their_place_or_each_other_are_told() {
    let project =
        Project::with(&[("corpus/a.txt", b"a"), ("corpus/b.txt", b"b"), ("corpus/c.txt", b"c")]);
    project.edit("manifests/b.txt.toml", "id = \"b\"", "id = \"a\"");
    project.edit("manifests/c.txt.toml", "corpus/c.txt", "corpus/a.txt");
    fs::rename(project.path("manifests/a.txt.toml"), project.path("manifests/z.txt.toml")).unwrap();

    let verification = project.verify();

    assert_eq!(
        told(&verification.findings),
        [
            "PV023 2 records have the id `a`",
            "PV023 the record describes `corpus/a.txt`, but it stands where the record of `corpus/c.txt` belongs",
            "PV023 the record describes `corpus/a.txt`, but it stands where the record of `corpus/z.txt` belongs",
        ]
    );
    assert_eq!(
        verification.findings[2].help,
        "write `path = \"corpus/z.txt\"`, or move the record: git mv manifests/z.txt.toml manifests/a.txt.toml"
    );
    assert_eq!(verification.counts.verified, 3, "the misplaced record still vouches for its bytes");
}

#[test]
fn threat_14_a_second_record_for_one_document_is_told() {
    let project = Project::with(&[("corpus/a.txt", b"a")]);
    let copy = project.read("manifests/a.txt.toml").replace("id = \"a\"", "id = \"copy\"");
    project.write("manifests/copy.txt.toml", copy);

    let verification = project.verify();

    assert_eq!(
        told(&verification.findings),
        [
            "PV023 the record describes `corpus/a.txt`, but it stands where the record of `corpus/copy.txt` belongs",
        ]
    );
    assert_eq!((verification.counts.verified, verification.counts.conflicting), (1, 1));
}

#[test]
fn threat_15_an_oversized_record_is_refused_before_it_is_parsed() {
    let project = Project::with(&[DEAL]);
    project.write(RECORD, "a = 1\n".repeat(200_000));

    assert_eq!(
        project.told(),
        ["PV024 `manifests/kz/004.txt.toml` is over 1 MiB, too large for a record"]
    );
}

#[test]
fn threat_15_every_problem_of_a_record_is_told_with_its_line() {
    let project = Project::with(&[DEAL]);
    project.edit(
        RECORD,
        "kind = \"article\"",
        "kind = \"novel\"\noutlett = \"x\"\npublished = \"2025-11-07\"",
    );

    let verification = project.verify();

    let lines = verification.findings.iter().map(|finding| match &finding.labels[0].site {
        Site::Line { position, excerpt, .. } => (position.line, position.column, excerpt.as_str()),
        other => panic!("{other:?}"),
    });
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            (4, 8, "kind = \"novel\""),
            (5, 1, "outlett = \"x\""),
            (6, 13, "published = \"2025-11-07\""),
        ]
    );
    assert!(verification.findings.iter().all(|finding| finding.rule == Rule::RecordInvalid));
    assert_eq!((verification.counts.invalid, verification.counts.unjudged), (1, 1));
}

#[test]
fn threat_16_a_large_text_is_checked_and_not_analysed() {
    let project = Project::with(&[DEAL, ("corpus/small.txt", b"words")]);
    let options = Options { text_bytes_max: 10, ..Options::default() };

    assert_eq!(
        told(&corpus::verify(project.root(), &options, &|_, _| {}).unwrap().findings),
        [""; 0]
    );
    let loaded = project.load(&options);
    assert_eq!(
        told(&loaded.verification.findings),
        ["PV032 `corpus/kz/004.txt` has 29 bytes and was not analysed: the limit is 10",]
    );
    assert_eq!(loaded.documents.len(), 1);
    assert_eq!(loaded.verification.counts.verified, 2);
    let error = corpus::read_file(&project.path(DEAL.0), DocId(0), 10).unwrap_err();
    assert!(error.to_string().ends_with("has 29 bytes, over the limit of 10"), "{error}");
}

#[test]
fn threat_17_bytes_that_are_no_text_are_checked_and_not_analysed() {
    let project = Project::with(&[("corpus/latin.txt", b"caf\xe9"), ("corpus/a.txt", b"words")]);

    assert_eq!(project.told(), [""; 0]);
    let loaded = project.load(&Options::default());
    assert_eq!(
        told(&loaded.verification.findings),
        [
            "PV033 `corpus/latin.txt` is not UTF-8 and was not analysed: byte 3 is not part of a character",
        ]
    );
    assert_eq!(loaded.documents.len(), 1);
    let error = corpus::read_file(&project.path("corpus/latin.txt"), DocId(0), 99).unwrap_err();
    assert_eq!(error.code(), "PE010", "{error}");
}

#[test]
fn threat_18_a_second_writer_waits_for_the_first() {
    let project = Project::with(&[DEAL]);
    let lock = fs::File::options().append(true).open(project.path("manifests/.lock")).unwrap();
    lock.lock().unwrap();
    project.write("corpus/b.txt", "words");
    let request = AddRequest { path: "corpus/b.txt".into(), ..AddRequest::default() };

    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| corpus::add(project.root(), &request, NOW));
        std::thread::sleep(Duration::from_millis(300));
        assert!(!waiting.is_finished());
        lock.unlock().unwrap();
        assert_eq!(waiting.join().unwrap().unwrap().path, "corpus/b.txt");
    });
}

#[test]
fn threat_18_what_an_interrupted_writer_left_is_ignored_and_swept() {
    let project = Project::with(&[DEAL]);
    project.write("manifests/kz/.provenance-abc.tmp", "half a rec");

    assert_eq!(project.told(), [""; 0]);
    project.write("corpus/kz/005.txt", "words");
    project.add("corpus/kz/005.txt");

    assert!(!project.path("manifests/kz/.provenance-abc.tmp").exists());
}

#[cfg(unix)]
#[test]
fn threat_18_a_read_only_folder_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = Project::with(&[DEAL]);
    project.write("corpus/kz/005.txt", "words");
    let folder = project.path("manifests/kz");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        return; // This user may write anywhere.
    }
    let request = AddRequest { path: "corpus/kz/005.txt".into(), ..AddRequest::default() };

    let error = corpus::add(project.root(), &request, NOW).unwrap_err();

    assert_eq!((error.code(), error.ending()), ("PE004", Ending::Incomplete));
    assert!(error.to_string().ends_with("manifests/kz/005.txt.toml`"), "{error}");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Kills a writer at many moments; the record must be whole each time.
#[test]
fn threat_18_a_killed_writer_leaves_the_old_record_or_the_new() {
    let project = Project::with(&[DEAL]);
    let long = "A headline that takes a while to write. ".repeat(10_000);
    project.edit(RECORD, "kind =", &format!("title = \"{long}\"\nkind ="));
    for round in 0..8 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "threats::writes_until_it_is_killed", "--ignored"])
            .env("PROVENANCE_TEST_ROOT", project.root())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(150 + 7 * round));
        writer.kill().unwrap();
        writer.wait().unwrap();

        let records = corpus::records(project.root(), &Options::default()).unwrap();
        assert_eq!(
            records[0].1.title.as_ref().unwrap().as_str(),
            long.as_str().trim_end_matches('\n')
        );
    }
    project.write(DEAL.0, "the end");
    replace(project.root(), DEAL.0).unwrap();
    assert!(!corpus::records(project.root(), &Options::default()).unwrap()[0].1.history.is_empty());
}

#[test]
#[ignore = "is run, and killed, by the test above"]
fn writes_until_it_is_killed() {
    let Some(root) = std::env::var_os("PROVENANCE_TEST_ROOT") else { return };
    let root = Path::new(&root);
    for round in 0.. {
        fs::write(root.join(DEAL.0), format!("round {round}\n")).unwrap();
        match replace(root, DEAL.0) {
            Ok(_) | Err(Error::Unchanged { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn threat_19_a_file_that_keeps_changing_is_not_vouched_for() {
    let project = Project::with(&[("corpus/big.txt", &vec![b'x'; 9 * 1024 * 1024])]);
    let path = project.path("corpus/big.txt");
    let grow = |done: u64, _| {
        if done > 0 {
            use std::io::Write as _;
            fs::File::options().append(true).open(&path).unwrap().write_all(b"more").unwrap();
        }
    };

    let verification = corpus::verify(project.root(), &Options::default(), &grow).unwrap();

    let finding = the(&verification, Rule::Unstable);
    assert_eq!(finding.message, "`corpus/big.txt` changed while it was read, twice");
    assert_eq!((finding.rule.info().ending, verification.counts.unstable), (Ending::Incomplete, 1));
}

#[test]
fn threat_19_a_file_that_changed_once_is_read_again() {
    let project = Project::with(&[("corpus/big.txt", &vec![b'x'; 9 * 1024 * 1024])]);
    let path = project.path("corpus/big.txt");
    let touched = AtomicBool::new(false);
    let touch = |done: u64, _| {
        if done > 0 && !touched.swap(true, Ordering::SeqCst) {
            let file = fs::File::options().append(true).open(&path).unwrap();
            file.set_modified(std::time::UNIX_EPOCH).unwrap();
        }
    };

    let verification = corpus::verify(project.root(), &Options::default(), &touch).unwrap();

    assert_eq!(told(&verification.findings), [""; 0]);
    assert!(touched.into_inner());
}

#[test]
fn threat_22_only_sha256_is_an_identity() {
    let project = Project::with(&[DEAL]);
    let digest = corpus::Digest::of(DEAL.1);
    project.edit(
        RECORD,
        &format!("sha256 = \"{digest}\""),
        "md5 = \"d41d8cd98f00b204e9800998ecf8427e\"",
    );

    let verification = project.verify();

    assert_eq!(
        told(&verification.findings),
        ["PV024 the key `sha256` is missing", "PV024 there is no key `md5` here",]
    );
    assert!(verification.findings[1].help.starts_with("only `sha256` is a document's identity"));
}

#[test]
fn threat_22_a_digest_of_another_text_is_told_when_texts_are_read() {
    let project = Project::with(&[DEAL]);
    let text = format!("pv-text-1:{}", corpus::Digest::of(b"other words\n"));
    let own = project
        .read(RECORD)
        .lines()
        .find_map(|line| line.strip_prefix("text = "))
        .unwrap()
        .to_owned();
    project.edit(RECORD, &own, &format!("\"{text}\""));

    let loaded = project.load(&Options::default());

    assert!(the(&loaded.verification, Rule::RecordConflict).help.contains(&own));
}

#[test]
fn threat_23_dates_that_contradict_each_other_are_told() {
    let project = Project::with(&[DEAL]);
    project.edit(RECORD, "kind =", "published = 2025-11-07\nmodified = 2025-11-06\nkind =");
    project.write(RECORD, project.read(RECORD) + "\n[capture]\nretrieved = 2025-11-05T12:00:00Z\n");

    assert_eq!(
        project.told(),
        [
            "PV105 modified (2025-11-06) is before published (2025-11-07)",
            "PV105 retrieved (2025-11-05T12:00:00Z) is before published (2025-11-07)",
        ]
    );
}

/// Puts everything into a first commit.
fn commit(project: &Project) -> git2::Oid {
    let repository = git2::Repository::init(project.root()).unwrap();
    let mut index = repository.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let author = git2::Signature::new("x", "x@example.org", &git2::Time::new(0, 0)).unwrap();
    repository.commit(Some("HEAD"), &author, &author, "first", &tree, &[]).unwrap()
}

fn replace(root: &Path, path: &str) -> Result<corpus::Added, Error> {
    let replace = Some(Reason::OutletCorrection);
    let request = AddRequest { path: path.into(), replace, ..AddRequest::default() };
    corpus::add(root, &request, NOW)
}
