//! Hostile text: nothing in a document, record, path or argument acts on the reader.

use super::said;
use crate::program::Said;
use crate::program::program;
use crate::program::told;
use crate::project::Project;
use serde_json::Value;

/// Text that repaints a terminal, hides or reorders words, or leaves a script element.
const HOSTILE: &str = "x\u{1b}[31m\u{1b}]0;t\u{7}\u{9b}2J\u{90}\u{202e}gpj\u{2066}\u{200b}\u{200d}\
    \u{feff}\u{e0041}\r\u{2028}\u{2029}\u{85}\u{8}\u{7f}\u{ad}\u{1d173}</script><!--&amp;y";

/// The same as TOML takes it between quotation marks: what is not a control character.
const IN_TOML: &str = "x\u{202e}gpj\u{2066}\u{200b}\u{200d}\u{feff}\u{e0041}</script>&y";

/// Whether a character acts on a terminal or hides from a reader. Written down here
/// again, by Unicode's lists, so that a hole in the program's own list shows.
fn acts(c: char) -> bool {
    matches!(u32::from(c),
        0..=9 | 0xb..=0x1f | 0x7f..=0x9f                          // C0 but line feed, DEL, C1
        | 0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 // default ignorable
        | 0x180b..=0x180f | 0x200b..=0x200f | 0x2028..=0x202e
        | 0x2060..=0x206f | 0x3164 | 0xfeff | 0xffa0 | 0xfff0..=0xfffb
        | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
}

/// No stream holds a character that acts.
fn assert_inert(said: &Said, what: &str) {
    for (name, stream) in [("stdout", &said.stdout), ("stderr", &said.stderr)] {
        let found = stream.char_indices().find(|(_, c)| acts(*c));
        assert_eq!(found, None, "{name} of {what}: {:?}", stream.as_bytes());
    }
}

/// A project of two texts with the same hostile wording, other figures, and hostile
/// metadata.
fn project() -> Project {
    let project = Project::new();
    for (name, figure) in [("a", "29"), ("b", "92")] {
        let body = format!(
            "Headline {HOSTILE} of the day\n\nThe council {HOSTILE} of Port Ellery signed {figure} \
             contracts worth $17 billion with the operator of the ferry on Tuesday, the mayor said. \
             “We {HOSTILE} will build the bridge in {figure} days,” Jane {HOSTILE} Doe said.\n"
        );
        let path = format!("corpus/{name}.txt");
        project.write(&path, body);
        project.add(&path);
        let record = format!("manifests/{name}.txt.toml");
        let fields =
            format!("outlet = \"{IN_TOML}\"\ntitle = \"{IN_TOML}\"\nauthor = [\"{IN_TOML}\"]\n");
        project.edit(&record, "\n[hash]", &format!("{fields}\n[hash]"));
    }
    project
}

#[test]
fn text_for_people_shows_what_would_act() {
    let project = project();
    for line in [
        "verify",
        "audit --all",
        "audit corpus/a.txt --all",
        "compare corpus/a.txt corpus/b.txt --all",
        "align --all",
        "claims",
        "units",
        "list",
        "show a",
        "fmt --check",
        "fmt",
    ] {
        let said = said(&project, line);
        assert!(said.status < 2, "{line}: {}", said.stderr);
        assert_inert(&said, line);
    }
    let shown = said(&project, "units").stdout;
    assert!(shown.contains("‹U+001B›[31m") && shown.contains("‹U+202E›gpj"), "{shown}");
    assert!(said(&project, "audit").stdout.contains("PV301"), "the figures were compared");
}

#[test]
fn programs_get_the_exact_text_in_inert_bytes() {
    let project = project();
    let mut exact = 0;
    for form in ["json", "jsonl"] {
        for line in ["verify", "audit --all", "align --all", "claims", "units", "list"] {
            let said = said(&project, &format!("{line} --format {form}"));
            assert_inert(&said, line);
            assert!(!said.stdout.contains(['<', '>', '&']), "{line}");
            for object in said.stdout.lines() {
                let object: Value = serde_json::from_str(object).unwrap();
                exact += strings(&object).filter(|text| text.contains(HOSTILE)).count();
                exact += strings(&object).filter(|text| text.contains(IN_TOML)).count();
            }
        }
    }
    assert!(exact > 20, "the text comes back exactly, {exact} times");
}

/// Every string in `value`.
fn strings(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(std::iter::once(text.as_str())),
        Value::Array(items) => Box::new(items.iter().flat_map(strings)),
        Value::Object(fields) => Box::new(fields.values().flat_map(strings)),
        _ => Box::new(std::iter::empty()),
    }
}

/// Arguments are repeated in errors, by the argument parser too.
#[test]
fn errors_repeat_no_argument_raw() {
    let project = Project::new();
    project.write("a.txt", "Text.\n");
    #[rustfmt::skip]
    let cases: [&[&str]; 16] = [
        &[HOSTILE],
        &["verify", HOSTILE],
        &["verify", "--format", HOSTILE],
        &["verify", &format!("--{HOSTILE}")],
        &["compare", HOSTILE, "a.txt"],
        &["compare", "a.txt", "a.txt", "--published", HOSTILE],
        &["audit", HOSTILE],
        &["units", HOSTILE],
        &["explain", HOSTILE],
        &["show", HOSTILE],
        &["add", HOSTILE],
        &["add", "a.txt", "--url", HOSTILE],
        &["add", "a.txt", "--kind", HOSTILE],
        &["add", "a.txt", "--id", HOSTILE],
        &["retire", HOSTILE, "--reason", "x"],
        &["-C", HOSTILE, "verify"],
    ];
    for arguments in cases {
        let said = told(program(project.root()).args(arguments));
        assert_eq!(said.status, 2, "{arguments:?}");
        assert_inert(&said, &format!("{arguments:?}"));
    }
}

#[test]
fn errors_in_settings_and_records_show_no_raw_excerpt() {
    #[rustfmt::skip]
    let settings = [
        format!("[metadata]\n\"{IN_TOML}\" = 1\n"),
        format!("[metadata]\nrequire = [\"{IN_TOML}\"]\n"),
        format!("[metadata]\nrequire = [\"{HOSTILE}\"]\n"),
        "[metadata]\n\"\\u001b[31m\" = 1\n".to_owned(),
        format!("# {HOSTILE}\n[[["),
    ];
    for setting in settings {
        let project = Project::new();
        project.write("provenance.toml", &setting);
        let said = said(&project, "verify");
        assert_eq!(said.status, 2, "{setting:?}");
        assert_inert(&said, &setting);
    }
    #[rustfmt::skip]
    let records = [
        format!("outlet = \"{HOSTILE}\""),
        "outlet = \"\\u001b[31m\"".to_owned(),
        format!("\"{IN_TOML}\" = 1"),
        format!("language = \"{IN_TOML}\""),
        format!("url = \"{IN_TOML}\""),
        format!("published = {HOSTILE}"),
        format!("[\"{IN_TOML}\"]"),
    ];
    for line in records {
        let project = Project::with(&[super::CLEAN]);
        project.edit("manifests/a.txt.toml", "\n[hash]", &format!("{line}\n\n[hash]"));
        for command in ["verify", "audit", "list", "show a", "fmt --check"] {
            let said = said(&project, command);
            assert_eq!(said.status, 2, "{command} with {line:?}");
            assert_inert(&said, &line);
        }
    }
}

/// Names that Linux allows and the path grammar does not: told, and not opened.
#[cfg(target_os = "linux")]
#[test]
fn file_names_are_shown_and_not_sent() {
    let name: String = HOSTILE.replace('/', "");
    let project = Project::with(&[super::CLEAN]);
    project.write(&format!("corpus/{name}.txt"), "Text.\n");
    project.write(&format!("drafts/{name}.md"), "Text with 29 contracts.\n");
    project.write(&format!("manifests/{name}.toml"), "schema = 1\n");
    let draft = format!("drafts/{name}.md");
    let arguments: [&[&str]; 7] = [
        &["verify"],
        &["audit"],
        &["audit", &draft],
        &["compare", &draft, &draft],
        &["units", &draft],
        &["claims", &draft],
        &["add", &format!("corpus/{name}.txt")],
    ];
    for arguments in arguments {
        let said = told(program(project.root()).args(arguments));
        assert_inert(&said, &format!("{arguments:?}"));
    }
    let lines = said(&project, "verify --format jsonl");
    assert_inert(&lines, "verify as lines");
    assert_eq!(lines.status, 2, "an unsafe path");
}
