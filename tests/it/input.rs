//! Bulk input: what is read, what is told, and what ends the run.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use crate::program::run;
use crate::program::words;
use flate2::Compression;
use flate2::write::GzEncoder;
use provenance::corpus::Document;
use provenance::corpus::Error;
use provenance::corpus::Input;
use provenance::corpus::Skipped;
use ruzstd::encoding::CompressionLevel;
use ruzstd::encoding::compress_to_vec;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use tempfile::TempDir;

const TEXT_BYTES_MAX: u64 = 1000;

const WIRE: &str = r#"{"id":"wire/1","text":"The ferry to Kelmouth stops in April, the council of Port Ellery said on Tuesday, and all 38 crossings a week end.","outlet":"Harbour Wire","published":"2025-03-04","url":"https://example.org/1","section":{"a":[1]}}"#;

const POST: &str = r#"{"id":2,"text":"The ferry to Kelmouth stops in April, the council of Port Ellery said on Tuesday, and all 83 crossings a week end.","outlet":" ","published":null}"#;

/// A folder with one file.
fn folder(name: &str, content: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    folder
}

fn read(path: &Path) -> Result<(Vec<Document>, Skipped), Error> {
    let mut input = Input::open(path, TEXT_BYTES_MAX)?;
    let documents = input.by_ref().collect::<Result<Vec<_>, _>>()?;
    Ok((documents, input.skipped().clone()))
}

fn read_bytes(content: &[u8]) -> Result<(Vec<Document>, Skipped), Error> {
    let folder = folder("in.jsonl", content);
    read(&folder.path().join("in.jsonl"))
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zstd(content: &[u8]) -> Vec<u8> {
    compress_to_vec(content, CompressionLevel::Fastest)
}

/// A frame that readers pass over.
fn skippable(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    [&[0x53, 0x2a, 0x4d, 0x18], length.to_le_bytes().as_slice(), content].concat()
}

#[test]
fn a_line_gives_a_document_with_what_is_known_of_it() {
    let (documents, skipped) =
        read_bytes(format!("\u{feff}{WIRE}\r\n\n{POST}").as_bytes()).unwrap();

    assert_eq!(skipped, Skipped::default());
    let [wire, post] = documents.as_slice() else { panic!("{documents:?}") };
    assert_eq!((wire.path.as_str(), wire.outlet(), wire.id.0), ("wire/1", Some("Harbour Wire"), 0));
    assert_eq!(wire.published.unwrap().to_string(), "2025-03-04");
    assert_eq!(wire.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(
        (post.path.as_str(), post.outlet(), post.published, post.id.0),
        ("2", None, None, 1)
    );
    assert!(post.source.starts_with("The ferry"));
}

/// One row per way in which the same two lines may be packed.
#[test]
fn packed_lines_are_the_same_lines() {
    let lines = format!("{WIRE}\n{POST}\n");
    let (one, two) = lines.as_bytes().split_at(100);
    let plain = read_bytes(lines.as_bytes()).unwrap();
    #[rustfmt::skip]
    let cases = [
        ("gzip",                    gzip(lines.as_bytes())),
        ("two members",             [gzip(one), gzip(two)].concat()),
        ("zstd",                    zstd(lines.as_bytes())),
        ("two frames",              [zstd(one), zstd(two)].concat()),
        ("an empty frame between",  [zstd(one), zstd(b""), zstd(two)].concat()),
        ("skippable frames",        [skippable(b"x"), zstd(one), skippable(b""), zstd(two), skippable(b"end")].concat()),
    ];
    for (how, packed) in cases {
        assert_eq!(read_bytes(&packed).unwrap(), plain, "{how}");
    }
}

#[test]
fn packed_bytes_that_are_cut_off_or_damaged_end_the_run() {
    let lines = format!("{WIRE}\n{POST}\n").repeat(50);
    for packed in [gzip(lines.as_bytes()), zstd(lines.as_bytes())] {
        for cut in (10..packed.len()).step_by(7) {
            let error = read_bytes(&packed[..cut]).unwrap_err();
            assert_eq!(error.code(), "PE040", "{cut} of {}: {error}", packed.len());
        }
        let mut damaged = packed.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x10;
        assert_eq!(read_bytes(&damaged).unwrap_err().code(), "PE040");
        let followed = [packed, b"more".to_vec()].concat();
        assert_eq!(read_bytes(&followed).unwrap_err().code(), "PE040");
    }
}

#[test]
fn other_packers_are_named() {
    #[rustfmt::skip]
    let cases: [(&[u8], &str); 4] = [
        (b"BZh91AY&SY",     "bzip2"),
        (b"\xfd7zXZ\0\0",   "xz"),
        (b"PK\x03\x04",     "zip"),
        (b"\x04\x22\x4d\x18", "lz4"),
    ];
    for (start, packer) in cases {
        let error = read_bytes(start).unwrap_err();
        assert_eq!(error.code(), "PE041");
        assert!(error.to_string().contains(packer), "{error}");
    }
}

/// One row per line that gives no document, and what is said of it.
#[test]
fn a_line_that_is_no_document_is_told_with_its_place() {
    let long = format!(r#"{{"id":"l","text":"{}"}}"#, "x".repeat(1001));
    let huge = "x".repeat(2_000_000);
    #[rustfmt::skip]
    let cases: [(&[u8], &str); 14] = [
        (b"not json",                           "not a JSON object"),
        (br#"["a","b"]"#,                       "not a JSON object"),
        (b"\"text\"",                           "not a JSON object"),
        (br#"{"id":"a""#,                       "column 9: EOF"),
        (br#"{"id":"a"}"#,                      "missing field `text`"),
        (br#"{"text":"a"}"#,                    "missing field `id`"),
        (br#"{"id":" ","text":"a"}"#,           "the id is blank"),
        (br#"{"id":1.5,"text":"a"}"#,           "a name or a whole number"),
        (br#"{"id":"a","text":"a"} {}"#,        "trailing characters"),
        (br#"{"id":"a","text":"\ud800"}"#,      "column 25: unexpected end of hex escape"),
        (b"{\"id\":\"a\",\"text\":\"\xff\"}",   "not UTF-8: byte 18"),
        (br#"{"id":"wire/1","text":"again"}"#,  "the id `wire/1` stands in line 1 already"),
        (long.as_bytes(),                       "the text has 1001 bytes, over the limit of 1000"),
        (huge.as_bytes(),                       "it has over 1051576 bytes"),
    ];
    for (line, said) in cases {
        let content = [WIRE.as_bytes(), b"\n", line, b"\n", POST.as_bytes()].concat();
        let (documents, skipped) = read_bytes(&content).unwrap();
        assert_eq!((documents.len(), skipped.documents), (2, 1), "{skipped:?}");
        let told = &skipped.told[0];
        assert!(told.contains("in.jsonl` line 2: ") && told.contains(said), "{told}: {said}");
        assert!(told.contains("; "), "{told} has no next step");
    }
}

#[test]
fn a_time_that_is_not_understood_costs_no_document() {
    let line = br#"{"id":"a","text":"a","published":"Nov 7, 2025"}"#;
    let (documents, skipped) = read_bytes(line).unwrap();

    assert_eq!((documents.len(), documents[0].published), (1, None));
    assert_eq!((skipped.documents, skipped.values), (0, 1));
    assert!(skipped.told[0].contains("`Nov 7, 2025` is not understood"), "{skipped:?}");
}

#[test]
fn many_bad_lines_are_counted_and_a_few_told() {
    let (documents, skipped) = read_bytes("{\n".repeat(1000).as_bytes()).unwrap();

    assert_eq!((documents.len(), skipped.documents, skipped.told.len()), (0, 1000, 20));
    assert_eq!(skipped.untold(), 980);
}

#[test]
fn a_folder_gives_its_texts_in_order() {
    let folder = folder("b.txt", b"Two.");
    let root = folder.path();
    fs::create_dir_all(root.join("a/.git")).unwrap();
    fs::write(root.join("a/one.txt"), "One.").unwrap();
    fs::write(root.join("a/.git/config"), "no document").unwrap();
    fs::write(root.join("c.bin"), b"\xff\xfe").unwrap();
    fs::write(root.join("d.txt"), "x".repeat(1001)).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("b.txt", root.join("link.txt")).unwrap();

    let (documents, skipped) = read(root).unwrap();

    let texts: Vec<_> = documents.iter().map(|document| document.source.as_str()).collect();
    assert_eq!(texts, ["One.", "Two."]);
    assert!(documents[0].path.ends_with("/a/one.txt"), "{}", documents[0].path);
    assert_eq!(skipped.documents, if cfg!(unix) { 3 } else { 2 }, "{skipped:?}");
    assert!(skipped.told[0].contains("c.bin` is not UTF-8"), "{skipped:?}");
}

#[test]
fn an_archive_is_audited_without_a_project() {
    let archive = folder("in.jsonl.gz", &gzip(format!("{WIRE}\n{POST}\n").as_bytes()));

    let said = run(archive.path(), &words("audit --input in.jsonl.gz --exit-zero"));

    assert_eq!(said.status, 0, "{}", said.stderr);
    assert!(
        said.stdout.contains("PV301") && said.stdout.contains("--> wire/1:1:"),
        "{}",
        said.stdout
    );

    let bad = format!("{WIRE}\n{{\u{1b}[31m\n");
    fs::write(archive.path().join("bad.jsonl"), bad).unwrap();
    let said = run(archive.path(), &words("audit --input bad.jsonl --exit-zero"));
    assert_eq!(said.status, 3, "a line that was not read is not clean");
    assert!(said.stderr.contains("line 2") && !said.stderr.contains('\u{1b}'), "{}", said.stderr);
}

#[test]
fn a_draft_is_checked_against_an_archive() {
    let archive = folder("in.jsonl", WIRE.as_bytes());
    let draft = WIRE.split("\"text\":\"").nth(1).unwrap().split('"').next().unwrap();
    fs::write(archive.path().join("draft.txt"), draft.replace("38", "83")).unwrap();

    let said = run(archive.path(), &words("audit --input in.jsonl draft.txt"));

    assert_eq!(said.status, 1, "{}", said.stdout);
    assert!(said.stdout.contains("--> draft.txt:1:"), "{}", said.stdout);
    assert!(said.stdout.contains("1 draft against 1 document"), "{}", said.stdout);
}
