//! The forms: complete, the same every time, and never half-written.

use super::files;
use super::project;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use serde_json::Value;
use std::fs;

const FOLDERS: [&str; 4] = ["bagit", "ro-crate", "ninjs", "frictionless"];
const FILES: [&str; 3] = ["prov-json", "jsonld", "csl-json"];

fn said(project: &Project, line: &str) -> crate::program::Said {
    run(project.root(), &words(line))
}

#[test]
fn every_form_is_the_same_every_time_and_valid_json() {
    let project = project();
    for form in FOLDERS.into_iter().chain(FILES) {
        for out in ["one", "two"] {
            let said = said(&project, &format!("export {form} --output {out}-{form}"));
            assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{form}");
        }
    }
    for form in FILES {
        let bytes = fs::read(project.path(&format!("one-{form}"))).unwrap();
        assert_eq!(bytes, fs::read(project.path(&format!("two-{form}"))).unwrap(), "{form}");
        assert_eq!(bytes, said(&project, &format!("export {form}")).stdout.as_bytes(), "{form}");
        serde_json::from_slice::<Value>(&bytes).unwrap();
    }
    for form in FOLDERS {
        let one = files(&project.path(&format!("one-{form}")));
        assert_eq!(one, files(&project.path(&format!("two-{form}"))), "{form}");
        for (path, bytes) in one.iter().filter(|(path, _)| path.ends_with("json")) {
            assert!(serde_json::from_slice::<Value>(bytes).is_ok(), "{form}: {path}");
        }
    }
}

#[test]
fn what_people_wrote_comes_out_as_they_wrote_it() {
    let project = project();
    let (title, outlet) = ("Quotes \" and \\ and a\nline", "<b>Harbour & Wire</b>");
    let read = |form: &str| -> Value {
        serde_json::from_str(&said(&project, &format!("export {form}")).stdout).unwrap()
    };

    let csl = read("csl-json");
    assert_eq!((&csl[0]["title"], &csl[0]["publisher"]), (&title.into(), &outlet.into()));
    assert_eq!(csl[0]["author"][0]["literal"], "Jane \u{202e} Doe");
    assert_eq!(csl[0]["issued"]["date-parts"], serde_json::json!([[2025, 11, 7]]));
    let jsonld = read("jsonld");
    assert_eq!(jsonld["@graph"][0]["headline"], title);
    assert_eq!(jsonld["@graph"][0]["publisher"]["name"], outlet);
    let prov = read("prov-json");
    assert_eq!(prov["entity"]["pv:document:a"]["prov:label"], title);
    assert_eq!(prov["entity"]["pv:document:gone"]["pv:retired"], "no longer kept");
    assert_eq!(prov["wasInvalidatedBy"].as_object().unwrap().len(), 1);
}

#[test]
fn what_is_there_is_never_replaced() {
    let project = project();
    project.write("there", "mine");
    fs::create_dir(project.path("folder")).unwrap();
    for (form, output) in [("bagit", "there"), ("bagit", "folder"), ("prov-json", "there")] {
        let said = said(&project, &format!("export {form} --output {output}"));
        assert_eq!(said.status, 2, "{form} {output}");
        assert!(said.stderr.contains("PE060"), "{}", said.stderr);
    }
    assert_eq!(project.read("there"), "mine");
    assert!(files(&project.path("folder")).is_empty());
    let lost = said(&project, "export ro-crate");
    assert!(lost.status == 2 && lost.stderr.contains("--output"), "{}", lost.stderr);
    assert_eq!(said(&project, "export bagit --output no/such/folder").status, 3);
}

#[test]
fn a_document_that_is_not_as_recorded_stops_the_export_and_leaves_nothing() {
    let project = project();
    let before = files(project.root());
    project.write("corpus/a.txt", "The council signed 92 contracts.\n");
    for form in ["bagit", "ro-crate", "frictionless"] {
        let said = said(&project, &format!("export {form} --output out"));
        assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{form}");
        assert!(said.stderr.contains("PE061") && said.stderr.contains("corpus/a.txt"));
    }
    let after = files(project.root());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
}

#[test]
fn an_empty_corpus_is_exported_too() {
    let project = Project::new();
    for form in ["bagit", "ninjs", "frictionless"] {
        assert_eq!(said(&project, &format!("export {form} -o {form}")).status, 0, "{form}");
    }
    assert_eq!(said(&project, "import bagit bagit").status, 0);
    let undated = said(&project, "export ro-crate -o crate");
    assert!(undated.status == 2 && undated.stderr.contains("--dated"), "{}", undated.stderr);
    assert_eq!(said(&project, "export ro-crate -o crate --dated 2025-11-07").status, 0);
}
