//! Policy as a newsroom uses it: levels, waivers, a baseline, and their files.
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use crate::program::Said;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use proptest::prelude::*;
use provenance::analyse;
use provenance::corpus::Document;
use provenance::finding::Rule;
use provenance::finding::Site;
use provenance::policy;
use provenance::policy::Baseline;
use provenance::policy::Judged;
use provenance::policy::Policy;
use provenance::policy::Scope;
use provenance::policy::Verdict;
use provenance::policy::Waiver;
use provenance::policy::baseline::Known;
use provenance::policy::paths_of;
use provenance::policy::waiver;
use provenance::span::DocId;
use provenance::span::Position;
use serde_json::Value;
use std::collections::BTreeSet;

/// Two texts that differ in one figure of shared wording.
const WIRE: &str = "The council of Port Ellery signed 29 contracts worth $17 billion on Tuesday, \
    the mayor said.\n";

fn project() -> Project {
    let post = WIRE.replace("29", "38");
    Project::with(&[("corpus/a.txt", WIRE.as_bytes()), ("corpus/b.txt", post.as_bytes())])
}

fn said(project: &Project, line: &str) -> Said {
    run(project.root(), &words(line))
}

/// Runs a line with a reason that has blanks.
fn allow(project: &Project, line: &str) -> Said {
    let reason = ["--reason", "confirmed by phone"];
    run(project.root(), &[words(line).as_slice(), &reason].concat())
}

/// The findings of an audit, as codes with severity, and its summary.
fn audited(project: &Project, options: &str) -> (Vec<String>, Value) {
    let said = said(project, &format!("audit --format json {options}"));
    assert!(said.status < 2, "{}", said.stderr);
    let object: Value = serde_json::from_str(&said.stdout).unwrap();
    let findings = object["findings"].as_array().unwrap();
    let told = findings.iter().map(|finding| {
        format!("{} {}", finding["rule"].as_str().unwrap(), finding["severity"].as_str().unwrap())
    });
    (told.collect(), object["summary"].clone())
}

/// One row per setting and argument: what is found, and the exit status.
#[test]
fn a_newsroom_says_how_much_a_rule_matters() {
    #[rustfmt::skip]
    let cases: [(&str, &str, &[&str], i32); 12] = [
        ("",                                     "",                         &["PV301 warning"], 0),
        ("[rules]\nPV301 = \"error\"\n",         "",                         &["PV301 error"],   1),
        ("[rules]\nfigure-differs = \"note\"\n", "",                         &["PV301 note"],    0),
        ("[rules]\nPV301 = \"allow\"\n",         "",                         &[],                0),
        ("[rules]\nPV301 = \"allow\"\n",         "--deny pv301",             &["PV301 error"],   1),
        ("",                                     "--allow figure-differs",   &[],                0),
        ("[report]\nfail-on = \"warning\"\n",    "",                         &["PV301 warning"], 1),
        ("[report]\nfail-on = \"warning\"\n",    "--fail-on error",          &["PV301 warning"], 0),
        ("[profile.ci]\nfail-on = \"note\"\n",   "",                         &["PV301 warning"], 0),
        ("[profile.ci]\nfail-on = \"note\"\n",   "--profile ci",             &["PV301 warning"], 1),
        ("[[path]]\nglob = \"corpus/a.*\"\nrules = { PV301 = \"allow\" }\n", "", &["PV301 warning"], 0),
        ("[[path]]\nglob = \"corpus/*\"\nrules = { PV301 = \"allow\" }\n",   "", &[],                0),
    ];
    for (settings, options, expected, status) in cases {
        let project = project();
        project.write("provenance.toml", settings);
        assert_eq!(audited(&project, options).0, expected, "{settings} {options}");
        assert_eq!(said(&project, &format!("audit {options}")).status, status, "{settings}");
    }
}

#[test]
fn shared_wording_counts_from_the_words_that_are_asked_for() {
    let project = project();
    for (settings, found) in [("", false), ("[reuse]\nmin-words = 12\n", true)] {
        project.write("provenance.toml", settings);
        let reuse = audited(&project, "").0.iter().any(|told| told.starts_with("PV201"));
        assert_eq!(reuse, found, "{settings}");
    }
}

/// The life of a waiver: given, met, lapsed by its day, lapsed by a word.
#[test]
fn a_waiver_is_given_met_and_lapses() {
    let project = project();
    project.write("waivers.toml", "# Kept by the desk.\n\n# Nothing yet.");
    let given = allow(&project, "allow PV301:corpus/b.txt --until 2025-06-30 --today 2025-06-01");
    assert_eq!((given.status, given.stderr.as_str()), (0, ""), "{}", given.stdout);

    let file = project.read("waivers.toml");
    assert!(file.starts_with("# Kept by the desk.\n\n# Nothing yet.\n\n[[waiver]]\n"), "{file}");
    let (told, summary) = audited(&project, "--today 2025-06-30");
    assert_eq!((told.len(), &summary["waived"]), (0, &Value::from(1)));
    let text = said(&project, "audit --today 2025-06-30").stdout;
    assert!(text.ends_with("0 errors, 0 warnings, 0 notes; 1 waived\n"), "{text}");

    let over = audited(&project, "--today 2025-07-01").0;
    assert_eq!(over, ["PV301 warning", "PV902 warning"]);
    let strict = audited(&project, "--today 2025-07-01 --profile ci").0;
    assert_eq!(strict, ["PV902 error", "PV301 warning"]);

    project.edit("corpus/a.txt", "the mayor said", "the deputy said");
    assert_eq!(said(&project, "add corpus/a.txt --replace outlet-correction").status, 0);
    let reworded = audited(&project, "--today 2025-06-30").0;
    assert_eq!(reworded, ["PV301 warning", "PV902 warning"], "a word changed");
}

/// One row per waiver that makes no sense: the line, and what it says.
#[test]
fn a_waiver_that_makes_no_sense_is_refused_and_nothing_is_written() {
    let project = project();
    project.write("corpus/c.txt", "Not on record.\n");
    #[rustfmt::skip]
    let cases = [
        ("allow PV301:corpus/c.txt",                     "no finding is called"),
        ("allow 0000000",                                "no finding is called"),
        ("allow xyz",                                    "names no finding"),
        ("allow PV999:corpus/a.txt",                     "there is no rule"),
        ("allow PV004:corpus/c.txt",                     "cannot be waived"),
        ("allow PV301:corpus/a.txt --until 2020-01-01 --today 2025-01-01", "has passed"),
        ("allow PV301:corpus/a.txt nothing.txt",         "nothing.txt"),
    ];
    for (line, expected) in cases {
        let said = allow(&project, line);
        assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{line}");
        assert!(said.stderr.contains(expected), "{line}: {}", said.stderr);
        assert!(!project.path("waivers.toml").is_file(), "{line}");
    }
    assert_eq!(allow(&project, "allow PV301:corpus/a.txt").status, 0);
    let before = project.read("waivers.toml");
    let again = allow(&project, "allow PV301:corpus/a.txt");
    assert!(again.status == 2 && again.stderr.contains("already"), "{}", again.stderr);
    project.write("waivers.toml", "waiver = []\n");
    let inline = allow(&project, "allow PV301:corpus/a.txt");
    assert!(inline.status == 2 && inline.stderr.contains("[[waiver]]"), "{}", inline.stderr);
    assert_eq!(project.read("waivers.toml"), "waiver = []\n");
    assert_ne!(before, "");
}

#[test]
fn a_draft_is_known_by_its_path_from_wherever_it_is_named() {
    let project = project();
    project.write("drafts/story.md", WIRE.replace("29", "92"));
    let drafted = |folder: &str, line: &str| run(&project.path(folder), &words(line));

    assert_eq!(drafted("drafts", "audit story.md").status, 1);
    let given = run(
        &project.path("drafts"),
        &["allow", "PV301:story.md", "--reason", "the ministry corrected it"],
    );
    assert_eq!((given.status, given.stderr.as_str()), (0, ""));
    assert!(project.read("waivers.toml").contains("\"drafts/story.md\""));
    assert_eq!(drafted("drafts", "audit story.md").status, 0);
    assert_eq!(drafted(".", "audit drafts/story.md").status, 0);
    let alone = audited(&project, "").0;
    assert_eq!(alone, ["PV301 warning"], "not judged where no draft is");
}

#[test]
fn an_old_archive_is_taken_up_and_only_what_is_new_is_shown() {
    let project = project();
    let taken = said(&project, "audit --update-baseline --fail-on note");
    assert_eq!(
        (taken.status, taken.stderr.as_str()),
        (0, "baseline.toml: 1 finding, 1 new and 0 gone\n")
    );
    assert!(taken.stdout.ends_with("0 notes; 1 in the baseline\n"), "{}", taken.stdout);
    let first = project.read("baseline.toml");

    project.write("corpus/c.txt", WIRE.replace("$17", "$71"));
    project.add("corpus/c.txt");
    let found = audited(&project, "").0;
    // The new text joins the old finding, which thereby is another.
    assert_eq!(found, ["PV301 warning", "PV301 warning", "PV903 note"]);

    let again = said(&project, "audit --update-baseline --fail-on note");
    assert_eq!(again.status, 0, "{}", again.stdout);
    assert_eq!(audited(&project, "").0, Vec::<String>::new());
    let second = project.read("baseline.toml");
    said(&project, "audit --update-baseline");
    assert_eq!(project.read("baseline.toml"), second, "the same findings are the same bytes");
    assert!(first.lines().count() < second.lines().count());
}

#[test]
fn mistakes_in_the_files_are_told_with_their_place() {
    #[rustfmt::skip]
    let cases = [
        ("provenance.toml", "[rules]\nPV31 = \"note\"\n",               "line 2, column 1: there is no rule `PV31`: did you mean `PV031`?"),
        ("provenance.toml", "[rules]\nPV301 = \"eror\"\n",              "line 2, column 9: `eror` is none of allow, note, warning, error: did you mean `error`?"),
        ("provenance.toml", "[rules]\nPV301 = \"note\"\nfigure-differs = \"note\"\n", "two levels"),
        ("provenance.toml", "[rules]\nPV024 = \"allow\"\n",             "takes none"),
        ("provenance.toml", "[report]\nfail-on = \"allow\"\n",          "none of note, warning, error"),
        ("provenance.toml", "[reuse]\nmin-word = 3\n",                  "did you mean `min-words`?"),
        ("provenance.toml", "[[path]]\nglob = \"a/**b\"\n",             "line 2, column 8: `a/**b` is no glob"),
        ("provenance.toml", "[[path]]\nrules = {}\n",                   "missing field `glob`"),
        ("provenance.toml", "[profile.cli]\n",                          "did you mean `ci`?"),
        ("provenance.toml", "[profile.ci]\nfail_on = \"note\"\n",       "did you mean `fail-on`?"),
        ("waivers.toml",    "[[waiver]]\nfinding = \"x\"\n",            "missing field"),
        ("waivers.toml",    "[[waver]]\n",                              "did you mean `waiver`?"),
        ("baseline.toml",   "findings = 1\n",                           "line 1, column 12"),
    ];
    for (file, text, expected) in cases {
        let project = project();
        project.write(file, text);
        for command in ["verify", "audit", "list"] {
            let said = said(&project, command);
            assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{command}: {text}");
            let errors = said.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(errors.contains(file) && errors.contains(expected), "{text}: {errors}");
        }
    }
    for (line, expected) in [
        ("audit --deny figure-difers", "did you mean `figure-differs`?"),
        ("audit --allow unsafe-path", "takes none"),
        ("audit --deny PV301 --allow figure-differs", "two levels"),
        ("audit --profile cli", "corpus, draft, ci"),
        ("audit --today yesterday", "yesterday"),
        ("audit --update-baseline corpus/a.txt", "cannot be used with"),
    ] {
        let said = said(&project(), line);
        assert!(said.status == 2 && said.stderr.contains(expected), "{line}: {}", said.stderr);
    }
}

/// The page and the program know the same keys.
#[test]
fn the_page_explains_every_key_and_no_other() {
    let page = include_str!("../../docs/policy.md");
    let named = |prefix: &str| -> BTreeSet<String> {
        let cells = page.lines().filter_map(|line| line.strip_prefix("| `"));
        let keys = cells.filter_map(|line| line.split("` |").next());
        let keys = keys.flat_map(|cell| cell.split("`, `"));
        let ours = |key: &&str| {
            key.split_once('.')
                .map_or(*key == "findings", |(table, key)| table == prefix && key != "toml")
        };
        keys.filter(|key| key.starts_with(prefix)).filter(ours).map(str::to_owned).collect()
    };
    let known = |keys: &[(&str, &[&str])]| -> BTreeSet<String> {
        let path = |table: &str, key: &str| match table {
            "" => key.to_owned(),
            "profile.corpus" | "profile.draft" | "profile.ci" => format!("profile.NAME.{key}"),
            table => format!("{table}.{key}"),
        };
        let all: BTreeSet<String> = keys
            .iter()
            .flat_map(|(table, keys)| keys.iter().map(move |key| path(table, key)))
            .collect();
        let is_table = |key: &String| all.iter().any(|other| other.starts_with(&format!("{key}.")));
        all.iter().filter(|key| !is_table(key) || *key == "findings").cloned().collect()
    };
    let mut settings = known(policy::KEYS);
    assert!(settings.remove("rules") && settings.insert("rules.RULE".to_owned()));
    let prefixes = [
        "corpus", "metadata", "align", "reuse", "label", "seal", "report", "rules", "path",
        "profile",
    ];
    let told: BTreeSet<String> = prefixes.iter().flat_map(|prefix| named(prefix)).collect();
    assert_eq!(told, settings);
    assert_eq!(named("waiver"), known(waiver::KEYS));
    assert_eq!(named("findings"), known(policy::baseline::KEYS));
}

/// Every example of the page and every setting of a new project can be read.
#[test]
fn the_examples_are_valid() {
    let page = include_str!("../../docs/policy.md");
    let blocks = page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let blocks: Vec<&str> = blocks.collect();
    assert_eq!(Policy::parse(blocks[0]).unwrap().levels.paths.len(), 1);
    assert_eq!(waiver::read(blocks[1]).unwrap().len(), 1);

    // A setting in the template stands behind `# `, as does a table that is not always there.
    let uncommented = |line: &str| {
        let shown =
            line.strip_prefix("# ").filter(|rest| rest.contains(" = ") || rest.starts_with('['));
        format!("{}\n", shown.unwrap_or(line))
    };
    let template: String = provenance::corpus::POLICY_TEMPLATE.lines().map(uncommented).collect();
    let policy = Policy::parse(&template).unwrap_or_else(|fault| panic!("{fault}:\n{template}"));
    assert_eq!((policy.levels.paths.len(), policy.profiles.len()), (1, 2));
}

/// Pieces of settings, whole and broken.
const PIECES: [&str; 16] = [
    "[rules]\n",
    "PV301 = ",
    "\"note\"\n",
    "[[path]]\n",
    "glob = \"",
    "**",
    "\"\n",
    "[profile.ci]\n",
    "rules = { ",
    " }\n",
    "fail-on = \"error\"\n",
    "[[waiver]]\n",
    "finding = \"",
    "findings = [",
    "until = 2026-02-30\n",
    "\u{feff}é\u{202e}",
];

proptest! {
    /// Any text is settings or has a fault with a place in it.
    #[test]
    fn reading_settings_never_panics(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..9),
        noise in ".{0,12}",
    ) {
        let text = pieces.concat() + &noise;
        let faults = [
            Policy::parse(&text).err(),
            waiver::read(&text).err(),
            Baseline::parse(&text).err(),
        ];
        for fault in faults.into_iter().flatten() {
            prop_assert!(fault.position.line <= text.split(['\n', '\r']).count(), "{fault}: {text:?}");
        }
    }
}

/// What two texts say otherwise in the same wording.
const SENTENCES: [[&str; 2]; 4] = [
    [
        "The council of Port Ellery signed 29 contracts worth $17 billion on Tuesday. ",
        "The council of Port Ellery signed 38 contracts worth $17 billion on Tuesday. ",
    ],
    [
        "The new bridge across the sound opened on March 3, 2024, after long works. ",
        "The new bridge across the sound opened on March 5, 2024, after long works. ",
    ],
    [
        "The operator ran 83 crossings a week last winter, according to its timetable. ",
        "The operator ran 93 crossings a week last winter, according to its timetable. ",
    ],
    ["It rained for most of the afternoon. ", "It rained for most of the afternoon. "],
];

/// What each of two texts says alone, so that they are not nearly one text.
const OWN: [&str; 2] = [
    "\n\nAnglers on the northern shore counted fewer herring than in any spring that they \
     remember, and blamed warm currents. A biologist from the institute in Marlow wants nets \
     with wider meshes, shorter seasons and a fund for crews who stay ashore meanwhile.\n",
    "\n\nPassengers who commuted by boat will get vouchers for trains until Christmas. The \
     kiosk at the pier closes for good, its owner wrote on a board, and thanked schoolchildren \
     who bought liquorice there, some of whom came back as grandparents last weekend.\n",
];

/// Two documents with these sentences, in this order.
fn pair(order: &[usize]) -> Vec<Document> {
    let heads = ["Bridge opens over the sound\n\n", "Ferry makes its last crossing\n\n"];
    let body = |side: usize| order.iter().map(move |index| SENTENCES[*index][side]);
    let text = |side: usize| heads[side].to_owned() + &body(side).collect::<String>() + OWN[side];
    vec![
        Document::unrecorded(DocId(0), "corpus/a.txt", text(0)),
        Document::unrecorded(DocId(1), "corpus/b.txt", text(1)),
    ]
}

fn verdict(policy: &Policy, documents: &[Document]) -> Verdict {
    let findings = analyse(documents, policy).findings;
    policy.judge(findings, &Scope { documents, whole: true })
}

/// A baseline of everything that is found in these documents.
fn baseline(documents: &[Document]) -> Baseline {
    let known = |judged: &Judged| Known {
        path: paths_of(&judged.finding, documents)[0].to_owned(),
        rule: judged.finding.rule,
        finding: judged.fingerprint.to_string(),
    };
    Baseline { known: verdict(&Policy::default(), documents).findings.iter().map(known).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// After a baseline nothing is new, nor when lines are added above or wrapped.
    #[test]
    fn nothing_is_new_after_a_baseline(
        order in Just(vec![0, 1, 2, 3]).prop_shuffle(),
        above in "\n\nPlain [a-z ]{9,40} end\\.\n\n",
        wrapped: bool,
    ) {
        let documents = pair(&order);
        let baseline = baseline(&documents);
        prop_assert!(!baseline.known.is_empty());
        let read = Baseline::parse(&baseline.spelled()).unwrap();
        prop_assert_eq!(&read, &baseline);
        let policy = Policy { baseline: read, ..Policy::default() };
        let mut later = documents;
        later[0].source = later[0].source.replace("\n\n", &above);
        if wrapped {
            later[1].source = later[1].source.replace(" worth ", "\nworth ");
        }
        let verdict = verdict(&policy, &later);
        prop_assert_eq!(verdict.findings, vec![]);
    }

    /// A waived finding is back as soon as one word of its passages is another.
    #[test]
    fn one_changed_word_brings_a_waived_finding_back(
        order in Just(vec![0, 1, 2, 3]).prop_shuffle(),
        chosen: prop::sample::Index,
        word: prop::sample::Index,
        side in 0_usize..2,
    ) {
        let documents = pair(&order);
        let found = verdict(&Policy::default(), &documents).findings;
        let judged = &found[chosen.index(found.len())];
        let waiver = Waiver {
            finding: judged.fingerprint.to_string(),
            rule: judged.finding.rule,
            paths: paths_of(&judged.finding, &documents).into_iter().map(str::to_owned).collect(),
            message: judged.finding.message.clone(),
            reason: "checked".to_owned(),
            by: None,
            until: None,
            position: Position { line: 1, column: 1 },
            excerpt: String::new(),
        };
        let policy = Policy { waivers: vec![waiver], ..Policy::default() };
        prop_assert_eq!(verdict(&policy, &documents).waived.len(), 1);

        let Site::Passage(place) = judged.finding.labels[side].site else { unreachable!() };
        let mut later = documents.clone();
        let source = &documents[place.doc.index()].source;
        let words: Vec<&str> = source[place.span.range()].split(' ').filter(|word| !word.is_empty()).collect();
        let at = words[word.index(words.len())];
        let from = at.as_ptr() as usize - source.as_ptr() as usize;
        later[place.doc.index()].source.replace_range(from..from + at.len(), "otherwise");
        let after = verdict(&policy, &later);
        prop_assert_eq!(after.waived, vec![]);
        let told = after.findings.iter().any(|judged| judged.finding.rule >= Rule::WaiverUnused);
        prop_assert!(told, "the waiver met nothing, and that is told");
    }
}
