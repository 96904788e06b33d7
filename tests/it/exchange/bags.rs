//! Bags: what is a valid one, and that nothing is taken from any other.

use super::files;
use super::project;
use crate::program::Said;
use crate::program::run;
use crate::project::Project;
use provenance::corpus::Algorithm;
use provenance::corpus::Tree;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use tempfile::TempDir;

/// A bag that is built by hand, so that it can be built wrongly.
struct Bag {
    folder: TempDir,
}

impl Bag {
    /// A valid bag of the given version with two payload files.
    fn new(version: &str) -> Self {
        let bag = Self { folder: tempfile::tempdir().unwrap() };
        bag.write("data/a.txt", "alpha\n");
        bag.write("data/sub/b.txt", "beta\n");
        let text = format!("BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n");
        bag.write("bagit.txt", &text);
        bag.write("bag-info.txt", "Payload-Oxum: 11.2\nContact-Name: Jane Doe\n");
        bag.list("manifest-sha256.txt", &["data/a.txt", "data/sub/b.txt"]);
        bag.list("tagmanifest-sha256.txt", &["bagit.txt", "bag-info.txt", "manifest-sha256.txt"]);
        bag
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("bag").join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    /// Adds a line to a file, which the tag manifest then no longer lists.
    fn append(&self, path: &str, line: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap_or_default();
        self.write(path, format!("{text}{line}\n"));
        let _ = fs::remove_file(self.path("tagmanifest-sha256.txt"));
    }

    fn line(&self, algorithm: Algorithm, path: &str) -> String {
        let tree = Tree::read(&self.path("")).unwrap();
        format!("{}  {path}", tree.checksums(path, [algorithm]).unwrap()[&algorithm])
    }

    fn list(&self, manifest: &str, paths: &[&str]) {
        let name = manifest.trim_end_matches(".txt").rsplit('-').next().unwrap();
        let algorithm = Algorithm::named(name).unwrap();
        let lines = paths.iter().map(|path| self.line(algorithm, path) + "\n");
        self.write(manifest, lines.collect::<String>());
    }

    fn check(&self) -> Said {
        run(self.folder.path(), &["import", "bagit", "--check", "bag"])
    }
}

/// What a bag is made of in a test: a version, and one change.
type Case = (&'static str, &'static str, fn(&Bag), &'static str);

/// One row per way to be no valid bag: the change, and what is said of which file.
#[test]
#[rustfmt::skip]
fn every_fault_of_a_bag_is_named_with_its_file() {
    let cases: &[Case] = &[
        ("1.0", "no declaration", |bag| fs::remove_file(bag.path("bagit.txt")).unwrap(), "malformed: bagit.txt: is not there"),
        ("1.0", "no payload folder", |bag| fs::remove_dir_all(bag.path("data")).unwrap(), "malformed: data: is not there"),
        ("1.0", "no manifest", |bag| fs::remove_file(bag.path("manifest-sha256.txt")).unwrap(), "malformed: manifest-sha512.txt: is not there, nor one of another"),
        ("2.0", "newer version", |_| {}, "malformed: bagit.txt:1: declares version 2.0"),
        ("0.98", "no such draft", |_| {}, "malformed: bagit.txt:1: declares version 0.98"),
        ("1", "no version", |_| {}, "malformed: bagit.txt:1: `1` is not a version"),
        ("1.0", "declaration in the wrong order", |bag| bag.write("bagit.txt", "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n"), "malformed: bagit.txt:1: line 1 must be"),
        ("1.0", "declaration with a blank", |bag| bag.write("bagit.txt", "BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n"), "malformed: bagit.txt:1: has blanks"),
        ("1.0", "declaration of three lines", |bag| bag.write("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nx: y\n"), "malformed: bagit.txt:3: has more than two lines"),
        ("1.0", "unknown encoding", |bag| bag.write("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: KOI-9\n"), "malformed: bagit.txt:2: declares the encoding `KOI-9`"),
        ("1.0", "byte order mark", |bag| bag.write("bagit.txt", "\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), "malformed: bagit.txt: begins with a byte order mark"),
        ("1.0", "manifest in another encoding", |bag| bag.write("manifest-sha256.txt", b"\xff\xfe\xfd"), "malformed: manifest-sha256.txt: is not in the declared encoding"),
        ("1.0", "changed payload", |bag| bag.write("data/a.txt", "alphb\n"), "mismatch: data/a.txt: has sha256"),
        ("1.0", "changed tag file", |bag| bag.write("bag-info.txt", "Payload-Oxum: 11.2\nContact-Name: Joan Doe\n"), "mismatch: bag-info.txt: has sha256"),
        ("1.0", "missing payload", |bag| fs::remove_file(bag.path("data/sub/b.txt")).unwrap(), "incomplete: data/sub/b.txt: is not there; manifest-sha256.txt:2 lists it"),
        ("1.0", "missing tag file", |bag| fs::remove_file(bag.path("bag-info.txt")).unwrap(), "incomplete: bag-info.txt: is not there"),
        ("1.0", "stray payload", |bag| bag.write("data/c.txt", "gamma"), "incomplete: data/c.txt: is in the payload, and manifest-sha256.txt does not list it"),
        ("1.0", "in one manifest of two", |bag| bag.list("manifest-md5.txt", &["data/a.txt"]), "incomplete: data/sub/b.txt: is in the payload, and manifest-md5.txt does not list it"),
        ("1.0", "unlisted manifest", |bag| bag.list("manifest-md5.txt", &["data/a.txt", "data/sub/b.txt"]), "malformed: tagmanifest-sha256.txt: does not list manifest-md5.txt"),
        ("1.0", "unknown algorithm", |bag| bag.write("manifest-crc32.txt", "1234  data/a.txt\n"), "malformed: manifest-crc32.txt: uses `crc32`"),
        ("1.0", "short checksum", |bag| bag.append("manifest-sha256.txt", "abc  data/a.txt"), "malformed: manifest-sha256.txt:3: is not 64 hexadecimal digits"),
        ("1.0", "no path", |bag| bag.append("manifest-sha256.txt", &"a".repeat(64)), "malformed: manifest-sha256.txt:3: is not 64 hexadecimal digits"),
        ("1.0", "listed twice", |bag| bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "data/a.txt")), "malformed: manifest-sha256.txt:3: lists `data/a.txt` again, as line 1"),
        ("0.97", "listed twice, another sum", |bag| bag.append("manifest-sha256.txt", &format!("{}  data/a.txt", "a".repeat(64))), "malformed: manifest-sha256.txt:3: lists `data/a.txt` again, with another"),
        ("1.0", "tag file in the manifest", |bag| bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "bagit.txt")), "malformed: manifest-sha256.txt:3: lists `bagit.txt`, which is not in `data/`"),
        ("1.0", "payload in the tag manifest", |bag| bag.list("tagmanifest-sha256.txt", &["manifest-sha256.txt", "data/a.txt"]), "malformed: tagmanifest-sha256.txt:2: lists `data/a.txt`, a payload file"),
        ("1.0", "folder in the manifest", |bag| bag.append("manifest-sha256.txt", &format!("{}  data/sub", "a".repeat(64))), "malformed: manifest-sha256.txt:3: lists `data/sub`, a folder"),
        ("1.0", "another letter case", |bag| fs::rename(bag.path("data/a.txt"), bag.path("data/A.txt")).unwrap(), "incomplete: data/a.txt: is not there"),
        ("1.0", "size", |bag| bag.write("bag-info.txt", "payload-oxum: 12.2\n"), "mismatch: bag-info.txt:1: Payload-Oxum states 12 bytes in 2 files, and there are 11 in 2"),
        ("1.0", "number of files", |bag| bag.write("bag-info.txt", "Payload-Oxum: 11.3\n"), "incomplete: bag-info.txt:1: Payload-Oxum states 11 bytes in 3 files"),
        ("1.0", "size in words", |bag| bag.write("bag-info.txt", "Payload-Oxum: many\n"), "malformed: bag-info.txt:1: Payload-Oxum `many` is not bytes"),
        ("1.0", "size twice", |bag| bag.append("bag-info.txt", "Payload-Oxum: 11.2"), "malformed: bag-info.txt:3: states Payload-Oxum again, after line 1"),
        ("1.0", "no colon", |bag| bag.append("bag-info.txt", "Contact"), "malformed: bag-info.txt:3: is not a label, a colon and a value"),
        ("1.0", "blank before the colon", |bag| bag.append("bag-info.txt", "Contact : x"), "malformed: bag-info.txt:3: has blanks around its label"),
        ("1.0", "to be fetched", |bag| { fs::remove_file(bag.path("data/a.txt")).unwrap(); bag.write("fetch.txt", "https://example.org/a 6 data/a.txt\n"); }, "incomplete: data/a.txt: is not there; it is to be fetched (fetch.txt:1), and was not"),
        ("1.0", "fetched and not listed", |bag| bag.write("fetch.txt", "https://example.org/a - data/c.txt\n"), "malformed: fetch.txt:1: lists `data/c.txt`, which no payload manifest lists"),
        ("1.0", "fetched from nowhere", |bag| bag.write("fetch.txt", "a.txt - data/a.txt\n"), "malformed: fetch.txt:1: is not an address"),
        ("1.0", "fetched tag file", |bag| bag.write("fetch.txt", "https://example.org/a - bag-info.txt\n"), "malformed: fetch.txt:1: lists `bag-info.txt`, which is not in `data/`"),
        ("1.0", "fetched to elsewhere", |bag| bag.write("fetch.txt", "https://example.org/a - data/../../x\n"), "unsafe: fetch.txt:1: the path `data/../../x` goes up"),
        ("1.0", "listed elsewhere", |bag| bag.append("manifest-sha256.txt", &format!("{}  /etc/passwd", "a".repeat(64))), "unsafe: manifest-sha256.txt:3: the path `/etc/passwd` is absolute"),
        ("1.0", "escape codes in a name", |bag| bag.append("manifest-sha256.txt", &format!("{}  data/\u{1b}[31m", "a".repeat(64))), "incomplete: data/‹U+001B›[31m: is not there"),
    ];
    for (version, name, change, expected) in cases {
        let bag = Bag::new(version);
        change(&bag);
        let said = bag.check();
        assert_eq!(said.status, 1, "{name}: {}{}", said.stdout, said.stderr);
        assert!(said.stdout.contains(expected), "{name}: {}", said.stdout);
        let project = Project::new();
        let before = files(project.root());
        let path = bag.path("");
        let taken = run(project.root(), &["import", "bagit", path.to_str().unwrap()]);
        assert_eq!(taken.status, 2, "{name}: {}", taken.stderr);
        assert!(taken.stderr.contains("PE066"), "{name}: {}", taken.stderr);
        assert_eq!(files(project.root()), before, "{name}");
    }
}

/// One row per oddity that does not make a bag invalid: the change, and the warning.
#[test]
#[rustfmt::skip]
fn what_is_odd_and_valid_is_a_warning() {
    let cases: &[Case] = &[
        ("1.0", "nothing", |_| {}, ""),
        ("0.97", "nothing", |_| {}, ""),
        ("0.93", "nothing", |_| {}, ""),
        ("1.0", "fetched already", |bag| bag.write("fetch.txt", "https://example.org/a - data/a.txt\n"), ""),
        ("1.0", "no tag manifest", |bag| fs::remove_file(bag.path("tagmanifest-sha256.txt")).unwrap(), ""),
        ("1.0", "upper-case digits", |bag| { bag.write("manifest-sha256.txt", ["data/a.txt", "data/sub/b.txt"].map(|path| bag.line(Algorithm::Sha256, path).to_uppercase().replace(&path.to_uppercase(), path) + "\n").concat()); fs::remove_file(bag.path("tagmanifest-sha256.txt")).unwrap(); }, ""),
        ("1.0", "every known algorithm", |bag| for name in ["md5", "sha1", "sha224", "sha384", "sha512"] { bag.list(&format!("manifest-{name}.txt"), &["data/a.txt", "data/sub/b.txt"]); fs::remove_file(bag.path("tagmanifest-sha256.txt")).unwrap_or(()); }, ""),
        ("1.0", "line endings of Windows", |bag| { bag.append("bag-info.txt", "x: y"); bag.write("bag-info.txt", "Payload-Oxum: 11.2\r\nLong: one\r\n  two\r\n"); }, ""),
        ("1.0", "line feed in a name", |bag| { bag.write("data/c\nd", "gamma\n"); bag.write("bag-info.txt", "x: y\n"); bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "data/c\nd").replace('\n', "%0a")); }, ""),
        ("1.0", "percent sign in a name", |bag| { bag.write("data/9%.txt", "gamma\n"); bag.write("bag-info.txt", "x: y\n"); bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "data/9%.txt").replace('%', "%25")); }, ""),
        ("1.0", "percent sign not encoded", |bag| { bag.write("data/9%25.txt", "gamma\n"); bag.write("bag-info.txt", "x: y\n"); bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "data/9%25.txt")); }, "does not encode its percent sign"),
        ("0.97", "percent sign in a draft", |bag| { bag.write("data/9%25.txt", "gamma\n"); bag.write("bag-info.txt", "x: y\n"); bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "data/9%25.txt")); }, ""),
        ("0.97", "another letter case in a draft", |bag| fs::rename(bag.path("data/a.txt"), bag.path("data/A.txt")).unwrap(), "the same but for letter case"),
        ("1.0", "another Unicode form", |bag| { bag.write("data/e\u{301}", "gamma\n"); bag.write("bag-info.txt", "x: y\n"); bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "data/e\u{301}").replace("e\u{301}", "\u{e9}")); }, "the same in another Unicode form"),
        ("0.97", "listed twice in a draft", |bag| bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "data/a.txt")), "lists `data/a.txt` again"),
        ("1.0", "asterisks", |bag| bag.write("tagmanifest-sha256.txt", fs::read_to_string(bag.path("tagmanifest-sha256.txt")).unwrap().replace("  ", " *")), "an asterisk before the path"),
        ("0.97", "size twice in a draft", |bag| bag.append("bag-info.txt", "Payload-Oxum: 11.2"), "states Payload-Oxum again"),
        ("0.97", "in one manifest of two", |bag| bag.list("manifest-md5.txt", &["data/a.txt"]), "manifest-md5.txt does not list it"),
    ];
    for (version, name, change, expected) in cases {
        let bag = Bag::new(version);
        change(&bag);
        let said = bag.check();
        assert_eq!(said.status, 0, "{name}: {}{}", said.stdout, said.stderr);
        assert!(said.stdout.contains("complete and valid"), "{name}: {}", said.stdout);
        assert_eq!(said.stderr.is_empty(), expected.is_empty(), "{name}: {}", said.stderr);
        assert!(said.stderr.contains(expected), "{name}: {}", said.stderr);
    }
}

#[cfg(unix)]
#[test]
fn threat_09_links_and_pipes_in_a_bag_are_not_opened() {
    for what in ["file", "folder", "tag", "pipe"] {
        let bag = Bag::new("1.0");
        bag.write("../outside/a.txt", "alpha\n");
        let link =
            |target: &str, path: &str| std::os::unix::fs::symlink(target, bag.path(path)).unwrap();
        let path = match what {
            "file" => {
                fs::remove_file(bag.path("data/a.txt")).unwrap();
                link("../../outside/a.txt", "data/a.txt");
                "data/a.txt"
            }
            "folder" => {
                fs::rename(bag.path("data/sub"), bag.path("../sub")).unwrap();
                link("../../sub", "data/sub");
                "data/sub"
            }
            "tag" => {
                link("../outside/a.txt", "notes.txt");
                "notes.txt"
            }
            _ => {
                let made = std::process::Command::new("mkfifo").arg(bag.path("data/pipe")).status();
                assert!(made.unwrap().success());
                "data/pipe"
            }
        };
        let said = bag.check();
        assert_eq!(said.status, 1, "{what}: {}", said.stdout);
        assert!(said.stdout.contains(&format!("unsafe: {path}: is a")), "{what}: {}", said.stdout);
    }
}

#[test]
fn a_bag_of_ours_comes_back_without_loss() {
    let (sender, receiver) = (project(), Project::new());
    assert_eq!(run(sender.root(), &["export", "bagit", "-o", "bag"]).status, 0);
    let bag = sender.path("bag");

    let first = run(receiver.root(), &["import", "bagit", bag.to_str().unwrap()]);
    let again = run(receiver.root(), &["import", "bagit", bag.to_str().unwrap()]);

    assert_eq!((first.status, first.stderr.as_str()), (0, ""));
    assert!(first.stdout.contains("5 documents imported"), "{}", first.stdout);
    assert!(again.stdout.contains("0 documents imported, 5 there already"), "{}", again.stdout);
    assert_eq!(receiver.told(), [""; 0]);
    for folder in ["corpus", "manifests"] {
        assert_eq!(files(&sender.path(folder)), files(&receiver.path(folder)), "{folder}");
    }
    assert_eq!(run(receiver.root(), &["export", "bagit", "-o", "bag"]).status, 0);
    assert_eq!(files(&bag), files(&receiver.path("bag")));
}

/// Imports `bag` into a project that `prepare` made, and expects it to be as before.
fn refused(bag: &Path, more: &[&str], prepare: fn(&Project)) -> String {
    let project = Project::new();
    prepare(&project);
    let before = files(project.root());
    let said = run(project.root(), &[&["import", "bagit", bag.to_str().unwrap()], more].concat());
    assert_eq!(said.status, 2, "{}{}", said.stdout, said.stderr);
    assert_eq!(files(project.root()), before);
    said.stderr
}

#[test]
fn a_bag_is_taken_whole_or_not_at_all() {
    let bag = Bag::new("1.0");
    let place = bag.path("");

    let other = refused(&place, &[], |project| project.write("corpus/sub/b.txt", "other\n"));
    assert!(other.contains("PE062") && other.contains("corpus/sub/b.txt"), "{other}");
    let case = refused(&place, &[], |project| project.write("corpus/sub/B.TXT", "beta\n"));
    assert!(case.contains("PE063"), "{case}");
    let folder = refused(&place, &[], |project| project.write("corpus/a.txt/x", "folder\n"));
    assert!(folder.contains("PE009"), "{folder}");
    let escape = refused(&place, &["--into", "../elsewhere"], |_| {});
    assert!(escape.contains("PE064"), "{escape}");

    bag.write("data/aux.txt", "A name that Windows keeps for itself.\n");
    bag.write("bag-info.txt", "x: y\n");
    bag.append("manifest-sha256.txt", &bag.line(Algorithm::Sha256, "data/aux.txt"));
    assert_eq!(bag.check().status, 0, "a valid bag");
    let name = refused(&place, &[], |_| {});
    assert!(name.contains("PE064") && name.contains("data/aux.txt"), "{name}");
}

#[test]
fn documents_of_others_get_records_and_a_folder_of_their_own() {
    let bag = Bag::new("0.97");
    let project = Project::with(&[("corpus/a.txt", b"mine\n")]);
    let place = bag.path("");

    let said = run(
        project.root(),
        &["import", "bagit", place.to_str().unwrap(), "--into", "archive/2025"],
    );

    assert_eq!((said.status, said.stderr.as_str()), (0, ""));
    assert_eq!(project.read("corpus/archive/2025/sub/b.txt"), "beta\n");
    assert!(project.read("manifests/archive/2025/a.txt.toml").contains("id = \"archive/2025/a\""));
    assert_eq!(project.told(), [""; 0]);
}

#[test]
fn records_that_came_along_must_be_those_of_their_documents() {
    let sender = project();
    assert_eq!(run(sender.root(), &["export", "bagit", "-o", "bag"]).status, 0);
    let record = sender.path("bag/manifests/a.txt.toml");
    let text = fs::read_to_string(&record).unwrap();
    // Who changes a record can change the tag manifest as well.
    fs::remove_file(sender.path("bag/tagmanifest-sha256.txt")).unwrap();
    #[rustfmt::skip]
    let cases = [
        ("bytes = 33",               "bytes = 34",                 "states 34 bytes"),
        ("path = \"corpus/a.txt\"",  "path = \"corpus/b.txt\"",    "describes `corpus/b.txt`"),
        ("kind = \"article\"",       "kind = \"poem\"",            "cannot be read"),
        ("id = \"a\"",               "id = \"gone\"",              "the id `gone` is taken"),
    ];
    for (from, to, expected) in cases {
        assert!(text.contains(from), "{text}");
        fs::write(&record, text.replace(from, to)).unwrap();
        let told = refused(&sender.path("bag"), &[], |_| {});
        assert!(told.contains(expected), "{to}: {told}");
    }
    fs::write(&record, &text).unwrap();
    let into = refused(&sender.path("bag"), &["--into", "x"], |_| {});
    assert!(into.contains("leave out --into"), "{into}");
    let there = refused(&sender.path("bag"), &[], |project| {
        project.write("corpus/a.txt", "The council signed 29 contracts.\n");
        project.add("corpus/a.txt");
    });
    assert!(there.contains("PE062") && there.contains("another record"), "{there}");
}
