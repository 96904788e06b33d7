//! The words that a user reads: help, and every kind of error with its next step.

use super::CLEAN;
use super::project;
use crate::pin::pin;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use std::fmt::Write;

/// Every command, with what its help should tell.
#[rustfmt::skip]
const COMMANDS: &[(&str, &str)] = &[
    ("",        "Can a new user see what this does and where to start?"),
    ("init",    "Is it plain what will be made, and where?"),
    ("add",     "Is it plain how to record a document, and what to do when its bytes changed?"),
    ("list",    "Is it plain how a program gets the list?"),
    ("show",    "Is it plain how a document is named?"),
    ("fmt",     "Is it plain that --check changes nothing?"),
    ("retire",  "Is it plain that a reason is needed?"),
    ("seal",    "Is it plain what is written, and with which key it is signed?"),
    ("verify",  "Is it plain what makes the check fail?"),
    ("audit",   "Is it plain what happens with and without drafts?"),
    ("allow",   "Is it plain how a finding is named, and when the acceptance ends?"),
    ("attest",  "Is it plain what is attested, and how it is checked?"),
    ("index",   "Is it plain what the index may miss, and that it can be deleted?"),
    ("diff",    "Is it plain which two states are compared, and what fails?"),
    ("compare", "Is it plain that no corpus is needed?"),
    ("align",   "Is it plain what is shown, and of which files?"),
    ("propositions", "Is it plain what a row and a column are?"),
    ("claims",  "Is it plain what is shown, and of which files?"),
    ("quotes",  "Is it plain what is listed, and what a file is compared with?"),
    ("figures", "Is it plain what a row is, and of which files?"),
    ("report", "Is it plain where the page goes and what is written over?"),
    ("units",   "Is it plain what is shown, and of which files?"),
    ("export",  "Is it plain what each form is, and where it goes?"),
    ("import",  "Is it plain what can be taken in?"),
    ("import bagit", "Is it plain what --check does, and what happens to an invalid bag?"),
    ("completions", "Is it plain which shells there are?"),
    ("man",     "Is it plain what is written, and where?"),
    ("explain", "Is it plain that a code or a name will do?"),
];

#[test]
fn help() {
    let project = Project::new();
    for (command, question) in COMMANDS {
        let said = run(project.root(), &[words(command), vec!["--help"]].concat());
        let subject = if command.is_empty() {
            "help"
        } else {
            &format!("help-{}", command.replace(' ', "-"))
        };
        pin("cli", subject, question, &said.stdout);
    }
}

#[test]
fn every_command_has_a_line_in_the_help() {
    let help = run(Project::new().root(), &["--help"]).stdout;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.is_empty());
    let names: Vec<_> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    let known = COMMANDS.iter().map(|(name, _)| *name).skip(1).filter(|name| !name.contains(' '));
    let known: Vec<_> = known.chain(["help"]).collect();
    assert_eq!(names, known);
}

/// Runs each line and keeps what a user would see on a terminal.
fn session(project: &Project, lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        let said = run(project.root(), &words(line));
        let shown = format!("{}{}", said.stdout, said.stderr);
        let root = project.root().canonicalize().unwrap();
        let shown = shown.replace(root.to_str().unwrap(), "/PROJECT");
        let shown = shown.replace(project.root().to_str().unwrap(), "/PROJECT");
        writeln!(text, "$ provenance {line}\n{shown}[{}]\n", said.status).unwrap();
    }
    text
}

#[test]
fn errors_about_files() {
    let project = project("clean");
    project.write("latin.txt", b"Caf\xe9\n");
    project.write("outside.txt", "Not in the corpus.\n");
    project.write("corpus/b.txt", "Not on record.\n");
    std::fs::File::create(project.path("huge.txt")).unwrap().set_len(40_000_000).unwrap();
    let text = session(
        &project,
        &[
            "compare nothing.txt corpus/a.txt",
            "compare corpus corpus/a.txt",
            "compare latin.txt corpus/a.txt",
            "compare huge.txt corpus/a.txt",
            "add corpus/a.txt",
            "add corpus/a.txt --replace cleanup",
            "add outside.txt",
            "add corpus/nothing.txt",
            "add corpus/b.txt --id a",
            "retire corpus/b.txt --reason withdrawn",
            "show nothing",
            "-C nowhere verify",
        ],
    );
    let question = "Does each error say what happened, where, and what to do next?";
    pin("cli", "errors-files", question, &text);
}

#[test]
fn errors_about_usage() {
    let lines = [
        "bogus",
        "verfy",
        "verify --fail-on never",
        "compare one.txt",
        "compare one.txt two.txt --published soon",
        "add corpus/a.txt --url ftp://example.org/a",
        "add corpus/a.txt --kind poem",
        "explain PV999",
        "add corpus/a.txt corpus/b.txt --id b",
    ];
    let text = session(&project("clean"), &lines);
    let question = "Does each usage error name the mistake and what would be right?";
    pin("cli", "errors-usage", question, &text);
}

#[test]
fn errors_in_the_settings() {
    let settings = [
        "[metadata]\nrequires = [\"outlet\"]\n",
        "[metadata]\nrequire = [\"colour\"]\n",
        "[corpus]\nmax-text-bytes = \"many\"\n",
        "[reuse\n",
        "[reuse]\nboilerplate = [1]\n",
    ];
    let mut text = String::new();
    for setting in settings {
        let project = project("clean");
        project.write("provenance.toml", setting);
        write!(text, "{setting}{}", session(&project, &["verify"])).unwrap();
    }
    let question = "Does each error in provenance.toml say where it is and what would be right?";
    pin("cli", "errors-settings", question, &text);
}

#[test]
fn errors_in_a_record() {
    #[rustfmt::skip]
    let cases = [
        ("schema = 1",             "schema = 2"),
        ("kind = \"article\"",     "kind = \"poem\""),
        ("kind = \"article\"",     "knid = \"article\""),
        ("path = \"corpus/a.txt\"", "path = \"../a.txt\""),
        ("[hash]",                 "[hash"),
    ];
    let mut text = String::new();
    for (from, to) in cases {
        let project = project("clean");
        project.edit("manifests/a.txt.toml", from, to);
        write!(text, "{to}\n{}", session(&project, &["verify", "list"])).unwrap();
    }
    let question = "Does each fault in a record say where it is and what would be right?";
    pin("cli", "errors-record", question, &text);
}

#[test]
fn a_check_of_each_outcome() {
    let clean = session(&project("clean"), &["verify", "list", "explain reuse-credited"]);
    let noted = session(&project("note"), &["audit", "audit --fail-on note --exit-zero"]);
    let failed = session(&project("error"), &["verify"]);
    let compared = session(&Project::with(&[CLEAN]), &["compare corpus/a.txt corpus/a.txt"]);
    let text = format!("{clean}{noted}{failed}{compared}");
    pin("cli", "outcomes", "Does a user see at once how the run ended, and why?", &text);
}
