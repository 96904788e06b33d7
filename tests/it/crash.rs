//! Writers that are killed, and writers that meet: no half-written file, no lost work.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use crate::program::program;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use crate::project::told;
use crate::seal::allow;
use std::fs;
use std::process::Child;
use std::process::Stdio;
use std::time::Instant;

/// So often is each writer killed.
const KILLS: u32 = 200;

/// So many documents one `add` records: enough that most kills hit it at work.
const DOCUMENTS: usize = 12;

fn start(project: &Project, arguments: &[&str]) -> Child {
    let mut command = program(project.root());
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Runs `arguments` `KILLS` times and kills each run a little later than the one
/// before; `prepare` comes before and `check` after each. Returns how many runs were
/// killed before their end.
fn kill(project: &Project, arguments: &[&str], prepare: impl Fn(u32), check: impl Fn(u32)) -> u32 {
    prepare(0);
    let begun = Instant::now();
    assert!(start(project, arguments).wait().unwrap().success());
    let whole = begun.elapsed();
    let mut killed = 0;
    for round in 0..KILLS {
        prepare(round);
        let mut child = start(project, arguments);
        std::thread::sleep(whole * round / KILLS);
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        check(round);
    }
    killed
}

fn paths() -> Vec<String> {
    (0..DOCUMENTS).map(|number| format!("corpus/d{number:02}.txt")).collect()
}

/// Every record that is there is whole, and the next run finishes the work.
#[test]
fn threat_18_an_add_that_is_killed_leaves_whole_records_only() {
    let project = Project::new();
    for path in paths() {
        project.write(&path, format!("The text of {path}.\n"));
    }
    let paths = paths();
    let arguments: Vec<&str> =
        ["add"].into_iter().chain(paths.iter().map(String::as_str)).collect();
    let clear = |_| {
        for entry in fs::read_dir(project.path("manifests")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                fs::remove_file(path).unwrap();
            }
        }
    };
    let check = |round: u32| {
        let found = told(&project.verify().findings);
        let torn: Vec<_> = found.iter().filter(|line| !line.starts_with("PV004")).collect();
        assert!(torn.is_empty(), "round {round}: {torn:?}");
        // Each fifth time the work is finished; nothing temporary stays.
        if round.is_multiple_of(5) {
            for path in &paths {
                if !project.path(&format!("manifests/{}.toml", &path[7..])).exists() {
                    project.add(path);
                }
            }
            project.write("corpus/last.txt", "Last.\n");
            project.add("corpus/last.txt");
            assert_eq!(project.told(), [""; 0], "round {round}");
            assert_eq!(temporary(&project), 0, "round {round}");
            fs::remove_file(project.path("corpus/last.txt")).unwrap();
        }
    };

    let killed = kill(&project, &arguments, clear, check);

    assert!(killed > KILLS / 3, "only {killed} of {KILLS} runs were killed at work");
}

/// The seal is the old one or the new one, never with the signature of the other.
#[test]
fn threat_18_a_seal_that_is_killed_leaves_a_sound_one() {
    let project = Project::with(&[("corpus/a.txt", b"One.\n")]);
    allow(&project, "desk@a.example KEY");
    // Each round has another text, so that each seal differs from the one before.
    let renew = |round: u32| {
        fs::remove_file(project.path("manifests/a.txt.toml")).unwrap();
        project.write("corpus/a.txt", format!("Round {round}.\n"));
        project.add("corpus/a.txt");
    };
    let check = |round: u32| {
        let said = run(project.root(), &["verify"]).stdout;
        for code in ["PV014", "PV017", "PV018"] {
            assert!(!said.contains(code), "round {round}: {said}");
        }
        if round.is_multiple_of(20) {
            assert_eq!(run(project.root(), &words("seal --sign desk")).status, 0);
            assert_eq!(run(project.root(), &["verify"]).status, 0, "round {round}");
            assert_eq!(temporary(&project), 0, "round {round}");
        }
    };

    let killed = kill(&project, &["seal", "--sign", "desk"], renew, check);

    assert!(killed > KILLS / 3, "only {killed} of {KILLS} runs were killed at work");
}

/// Files that an interrupted writer left.
fn temporary(project: &Project) -> usize {
    let folders = [project.root().to_owned(), project.path("manifests")];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".provenance-")).count()
}

/// Two writers at once: each record is there, each seal has its own signature.
#[test]
fn threat_18_two_writers_do_not_lose_each_others_work() {
    let project = Project::new();
    for path in paths() {
        project.write(&path, format!("The text of {path}.\n"));
    }
    let paths = paths();
    let writers: Vec<Child> = paths
        .chunks(DOCUMENTS / 4)
        .map(|part| {
            let arguments: Vec<&str> =
                ["add"].into_iter().chain(part.iter().map(String::as_str)).collect();
            start(&project, &arguments)
        })
        .collect();
    for mut writer in writers {
        assert!(writer.wait().unwrap().success());
    }
    assert_eq!(project.told(), [""; 0]);
    assert_eq!(project.verify().counts.verified, DOCUMENTS as u64);

    // Two replacements of one document: both are in its history, or one was told no.
    let mut told_no = 0;
    let replace = words("add corpus/d00.txt --replace recapture");
    project.write("corpus/d00.txt", "Other.\n");
    for mut writer in [start(&project, &replace), start(&project, &replace)] {
        told_no += usize::from(!writer.wait().unwrap().success());
    }
    let entries = project.read("manifests/d00.txt.toml").matches("[[history]]").count();
    assert_eq!(entries + told_no, 2);
    assert_eq!(project.told(), [""; 0]);

    allow(&project, "desk@a.example KEY");
    for _ in 0..5 {
        let seal = words("seal --sign desk");
        for mut writer in [start(&project, &seal), start(&project, &seal)] {
            assert!(writer.wait().unwrap().success());
        }
        assert_eq!(run(project.root(), &["verify"]).status, 0);
    }
}
