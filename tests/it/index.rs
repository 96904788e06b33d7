//! The index: it answers as the whole corpus would, notices what has changed, and is
//! refused when anything in it is not what was written.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use crate::program::program;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use provenance::corpus::Options;
use provenance::index;
use provenance::index::Answer;
use provenance::index::Index;
use provenance::reuse::archive::Words;
use std::fs;
use std::process::Stdio;
use std::time::Duration;

const INDEX: &str = ".provenance/index";

/// How long a file must be left alone until its stamp tells every later change.
const SETTLED: Duration = Duration::from_millis(3_200);

/// A story of invented words, of which no other number shares a few in a row.
fn story(number: usize) -> String {
    let syllables = ["ka", "lo", "min", "ter", "va", "sul", "ne", "dor", "pi", "gra", "hu", "bel"];
    let mut state = number as u64 + 1;
    let mut word = || {
        // Knuth's MMIX generator; its high bits are the random ones.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let pick = |shift: u32| syllables[usize::from((state >> shift).to_le_bytes()[0]) % 12];
        format!("{}{}{}{}", pick(33), pick(40), pick(47), pick(54))
    };
    let mut sentence = || {
        let words: Vec<String> = (0..24).map(|_| word()).collect();
        format!("The {} crates {}. ", words[..12].join(" "), words[12..].join(" "))
    };
    (0..12).map(|_| sentence()).collect::<String>() + "\n"
}

/// A project with so many stories in three folders.
fn project(stories: usize) -> Project {
    let project = Project::new();
    for number in 0..stories {
        let path = format!("corpus/f{}/d{number:04}.txt", number % 3);
        project.write(&path, story(number));
        project.add(&path);
    }
    project
}

fn made(project: &Project) -> index::Built {
    index::build(project.root(), &Options::default(), false, &|_, _| {}).unwrap()
}

fn open(project: &Project) -> Index {
    Index::open(project.root()).unwrap().unwrap()
}

fn answer(project: &Project, draft: &str) -> Result<Answer, index::Error> {
    let index = Index::open(project.root())?.expect("there is an index");
    index.query(&Words::read(draft))
}

/// A draft with a sentence of the stories 3 and 7.
fn draft() -> String {
    let sentence = |number| story(number).split_inclusive(". ").nth(4).unwrap().to_owned();
    format!("Something new came first.\n\n{}\n\n{}\n", sentence(3), sentence(7))
}

/// What `audit` says of a draft, without the last two lines, which count documents.
fn audited(project: &Project, options: &str) -> (i32, String) {
    let said = run(project.root(), &words(&format!("audit draft.txt {options}")));
    let lines: Vec<&str> = said.stdout.lines().collect();
    (said.status, lines[..lines.len().saturating_sub(2)].join("\n"))
}

#[test]
fn the_sources_of_a_draft_are_found() {
    let project = project(20);
    made(&project);

    let answer = answer(&project, &draft()).unwrap();

    let mut paths: Vec<&str> =
        answer.candidates.iter().map(|candidate| candidate.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["corpus/f0/d0003.txt", "corpus/f1/d0007.txt"]);
    let passage = &answer.candidates[0].passages[0];
    assert!(passage.words >= 24, "{passage:?}");
    assert_eq!(open(&project).query(&Words::read("")).unwrap(), Answer::default());
}

#[test]
fn a_story_that_many_carry_is_found_and_boilerplate_is_not() {
    let project = Project::new();
    let wire = story(1000);
    let stock =
        "Subscribe to our newsletter for more stories like this one, every day of the week.";
    for number in 0..60 {
        let path = format!("corpus/d{number:04}.txt");
        let carried = if number < 40 { wire.as_str() } else { "" };
        project.write(&path, format!("{}\n\n{carried}\n\n{stock}\n", story(number)));
    }
    made(&project);

    assert!(!answer(&project, &wire).unwrap().candidates.is_empty());
    assert!(answer(&project, stock).unwrap().candidates.is_empty());
}

#[test]
fn an_audit_by_the_index_says_what_one_of_everything_says() {
    let project = project(20);
    project.write("draft.txt", draft().replace("crates", "boxes"));
    let without = audited(&project, "");
    let said = run(project.root(), &["index"]);
    assert_eq!(said.status, 0, "{}", said.stderr);
    assert!(said.stdout.contains("20 documents read"), "{}", said.stdout);

    assert_eq!(audited(&project, ""), without);
    assert_eq!(audited(&project, "--no-index"), without);
    assert!(without.1.contains("corpus/f0/d0003.txt"), "{}", without.1);

    fs::remove_dir_all(project.path(".provenance")).unwrap();
    assert_eq!(audited(&project, ""), without, "the index can be deleted");
}

/// One row per way to change a corpus: whatever was done, the audit sees it.
#[test]
fn what_has_changed_is_noticed() {
    let project = project(20);
    // Mostly wording of its own: whether two texts are nearly one is another question.
    let own = [900, 901].map(story).join("\n\n");
    project.write("draft.txt", format!("{}\n\n{}\n\n{own}", draft(), story(500)));
    std::thread::sleep(SETTLED);
    made(&project);
    assert!(!made(&project).written, "nothing has changed");
    assert_eq!(run(project.root(), &words("index --check")).status, 0);
    let changes = || open(&project).changes(project.root(), &Options::default()).unwrap();
    assert!(changes().is_empty());

    let replace = |path: &str, text: &str| {
        project.write("new", text);
        fs::rename(project.path("new"), project.path(path)).unwrap();
    };
    #[rustfmt::skip]
    let cases: [(&str, &dyn Fn()); 5] = [
        ("added",            &|| project.write("corpus/f1/new.txt", story(500))),
        ("in a new folder",  &|| project.write("corpus/f1/a/b/new.txt", story(500))),
        ("replaced",         &|| replace("corpus/f2/d0002.txt", &story(500))),
        ("recorded anew",    &|| {
            project.write("corpus/f0/d0000.txt", story(500));
            let told = run(project.root(), &words("add corpus/f0/d0000.txt --replace recapture"));
            assert_eq!(told.status, 0, "{}", told.stderr);
        }),
        ("removed",          &|| fs::remove_file(project.path("corpus/f1/d0007.txt")).unwrap()),
    ];
    for (how, change) in cases {
        change();
        assert!(!changes().is_empty(), "{how}");
        assert_eq!(
            audited(&project, "").1.lines().filter(|line| line.contains("PV2")).count(),
            audited(&project, "--no-index").1.lines().filter(|line| line.contains("PV2")).count(),
            "{how}"
        );
        assert_eq!(run(project.root(), &words("index --check")).status, 1, "{how}");
    }
    let built = made(&project);
    assert!(built.read > 0 && built.read < built.documents, "{built:?}");
}

/// The limit that the help states: `--check` and an answer notice what folders do not.
#[test]
fn a_document_rewritten_in_place_is_read_when_it_is_part_of_an_answer() {
    let project = project(20);
    std::thread::sleep(SETTLED);
    made(&project);
    let path = "corpus/f0/d0003.txt";
    project.write(path, story(3).replace("crates", "sacks"));

    assert!(open(&project).changes(project.root(), &Options::default()).unwrap().is_empty());
    assert_eq!(run(project.root(), &words("index --check")).status, 1);
    project.write("draft.txt", draft());
    let said = audited(&project, "");
    assert!(said.1.contains("PV001") && said.1.contains("sacks"), "{}", said.1);
}

#[test]
fn other_settings_and_many_changes_read_everything() {
    let project = project(20);
    project.write("draft.txt", draft());
    made(&project);
    project.write("provenance.toml", "[corpus]\nexclude = [\"f2\"]\n");
    let said = run(project.root(), &words("audit draft.txt"));
    assert!(said.stderr.contains("made with other settings"), "{}", said.stderr);
    assert!(said.stdout.contains("against 20 documents"), "{}", said.stdout);

    fs::remove_file(project.path("provenance.toml")).unwrap();
    for number in 0..20 {
        project.write(&format!("corpus/more{number}.txt"), story(number).repeat(50));
    }
    let said = run(project.root(), &words("audit draft.txt"));
    assert!(said.stderr.contains("changed since the index was made"), "{}", said.stderr);
}

/// One row per fault: the code, and whether `index` makes a good one in its place.
#[test]
fn an_index_that_is_none_is_refused_and_replaced() {
    let project = project(6);
    project.write("draft.txt", draft());
    made(&project);
    let good = fs::read(project.path(INDEX)).unwrap();
    let mut other_version = good.clone();
    other_version[8] = 99;
    let mut damaged = good.clone();
    damaged[20] ^= 1;
    #[rustfmt::skip]
    let cases: [(&[u8], &str); 5] = [
        (b"",                       "PE044"),
        (b"No index at all.\n",     "PE044"),
        (&other_version,            "PE043"),
        (&damaged,                  "PE042"),
        (&good[..good.len() - 1],   "PE042"),
    ];
    for (content, code) in cases {
        fs::write(project.path(INDEX), content).unwrap();
        let said = run(project.root(), &words("audit draft.txt"));
        assert_eq!(said.status, 3, "{code}");
        assert!(
            said.stderr.contains(code) && said.stderr.contains("provenance index"),
            "{}",
            said.stderr
        );
        assert_eq!(run(project.root(), &words("index --check")).status, 3, "{code}");
        assert_eq!(run(project.root(), &["index"]).status, 0, "{code}");
        assert_eq!(run(project.root(), &words("audit draft.txt --exit-zero")).status, 0, "{code}");
    }
    let missing = Project::new();
    assert_eq!(run(missing.root(), &words("index --check")).status, 2);
}

#[test]
fn cut_off_anywhere_it_is_refused() {
    let project = project(6);
    made(&project);
    let good = fs::read(project.path(INDEX)).unwrap();
    for cut in (0..good.len()).step_by(1021) {
        fs::write(project.path(INDEX), &good[..cut]).unwrap();
        assert!(Index::open(project.root()).is_err(), "{cut} of {}", good.len());
    }
}

/// Whatever byte is damaged: the answer is refused, or it is the right one.
#[test]
fn a_flipped_bit_never_gives_another_answer() {
    let project = project(12);
    made(&project);
    let right = answer(&project, &draft()).unwrap();
    let good = fs::read(project.path(INDEX)).unwrap();
    let mut refused = 0;
    for at in (0..good.len()).step_by(131) {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        fs::write(project.path(INDEX), &bad).unwrap();
        match answer(&project, &draft()) {
            Ok(answer) => assert_eq!(answer, right, "byte {at}"),
            Err(_) => refused += 1,
        }
        let checked = Index::open(project.root()).and_then(|index| index.unwrap().check());
        assert!(checked.is_err(), "byte {at} is damaged, and a check did not see it");
    }
    assert!(refused > 50, "{refused}");
}

#[test]
fn killed_at_any_time_it_leaves_the_old_index() {
    let project = project(150);
    made(&project);
    let right = answer(&project, &draft()).unwrap();
    for round in 0..200_u64 {
        let mut child = program(project.root())
            .args(["index", "--rebuild"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(round * round * 37 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(answer(&project, &draft()).unwrap(), right, "round {round}");
    }
    assert_eq!(run(project.root(), &["index"]).status, 0);
    let left = fs::read_dir(project.path(".provenance")).unwrap().count();
    assert_eq!(left, 3, "the index, the lock and .gitignore: nothing temporary is left");
}

#[test]
fn two_runs_at_once_leave_one_index() {
    let project = project(60);
    let runs: Vec<_> = (0..2)
        .map(|_| program(project.root()).arg("index").stdout(Stdio::null()).spawn().unwrap())
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    open(&project).check().unwrap();
    assert_eq!(open(&project).documents(), 60);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_stops_the_making_and_not_the_asking() {
    use std::os::unix::fs::PermissionsExt;
    let project = project(6);
    project.write("draft.txt", draft());
    made(&project);
    let folder = project.path(".provenance");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    assert_eq!(run(project.root(), &words("audit draft.txt --exit-zero")).status, 0);
    // The superuser writes everywhere.
    if fs::write(folder.join("probe"), "").is_err() {
        let said = run(project.root(), &words("index --rebuild"));
        assert!(said.status == 3 && said.stderr.contains("PE004"), "{}", said.stderr);
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    project.write(".provenance", "a file in its place");
    let said = run(project.root(), &["index"]);
    assert!(said.status == 2 && said.stderr.contains("PE002"), "{}", said.stderr);
}

#[test]
fn strange_documents_do_no_harm() {
    let project = Project::with(&[
        ("corpus/empty.txt", b""),
        ("corpus/latin.txt", b"Caf\xe9 society"),
        ("corpus/short.txt", b"One two three."),
        ("corpus/same.txt", "again ".repeat(20_000).as_bytes()),
    ]);
    let built = made(&project);
    assert_eq!((built.documents, built.read), (4, 4));
    open(&project).check().unwrap();
    let answer = answer(&project, &"again ".repeat(500)).unwrap();
    assert!(answer.candidates.len() <= 1, "{answer:?}");
    assert_eq!(fs::read_to_string(project.path(".provenance/.gitignore")).unwrap(), "*\n");
}
