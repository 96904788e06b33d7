//! A newsroom's own words: `lexicon.toml` is read with the settings, each of its tables
//! changes what is found, and its mistakes are told with their place.

use crate::program::run;
use crate::program::words;
use crate::project::Project;

/// A text whose figures the lists of the tool do not know.
const TEXT: &str = "The road to Tarn is 12 versts long. It cost in the ballpark of \
    40 million tengelik, and the firm initialed it on Tuesday.\n";

const WORDS: &str = "[[unit]]\nname = \"verst\"\nwords = [\"verst\", \"versts\"]\n\
    measures = \"length\"\nbase = \"1066.8\"\n\n[[currency]]\ncode = \"KZT\"\n\
    words = [\"tengelik\"]\n\n[hedges]\nabout = [\"in the ballpark of\"]\n";

fn claims(lexicon: Option<&str>) -> String {
    let project = Project::with(&[("corpus/road.txt", TEXT.as_bytes())]);
    if let Some(lexicon) = lexicon {
        project.write("lexicon.toml", lexicon);
    }
    let said = run(project.root(), &words("claims"));
    assert_eq!(said.status, 0, "{}", said.stderr);
    said.stdout
}

#[test]
fn a_newsroom_adds_words_of_its_own() {
    let (without, with) = (claims(None), claims(Some(WORDS)));

    assert!(!without.contains("KZT") && without.contains("12 verst"), "{without}");
    assert!(with.contains("measure   12 verst"), "{with}");
    assert!(with.contains("money     40000000 KZT (about)"), "{with}");
}

/// One row per mistake, and what is said of it.
#[test]
fn mistakes_are_told_with_their_place() {
    #[rustfmt::skip]
    let cases = [
        ("[hedge]\n",                                      "line 1, column 2: unknown field `hedge`"),
        ("[[unit]]\nname = \"verst\"\nwords = []\n",       "line 2, column 8: `verst` is no unit of the tool"),
        ("[[unit]]\nname = \"verst\"\nwords = []\nmeasures = \"length\"\nbase = \"0\"\n",
                                                           "line 5, column 8: `0` is no number above zero"),
        ("[[currency]]\ncode = \"tenge\"\n",               "line 2, column 8: `tenge` is no code of a currency"),
        ("[[act]\n",                                       "line 1, column"),
        ("[[name]]\nname = \"X\"\nwords = 3\n",            "line 3, column 9: invalid type"),
        ("[certainty]\nlikely = [\"tipped to\"]\n",         "line 2, column 1: unknown field `likely`, expected one of `committed`"),
        ("[remove]\nverbs = [\"say\"]\n",                   "line 2, column 1: unknown field `verbs`"),
        ("[remove]\nmagnitude = [\"historical\"]\n",        "line 2, column 14: `historical` is in no list of `magnitude`"),
        ("[magnitude]\nminimise = [\"vast\"]\nmaximise = [\"Vast\"]\n",
                                                           "line 2, column 13: `vast` is in `maximise` and in `minimise`"),
        ("[sources]\ncrowds = [\" \"]\n",                   "line 2, column 11: a word is empty"),
        ("[residue]\nmarkers = \"[[\"\n",                   "line 2, column 11: invalid type"),
    ];
    for (lexicon, told) in cases {
        let project = Project::new();
        project.write("lexicon.toml", lexicon);
        let said = run(project.root(), &words("audit"));
        assert_eq!(said.status, 2, "{lexicon}");
        let stderr = said.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(stderr.contains("lexicon.toml` ") && stderr.contains(told), "{stderr}");
    }
}

/// What one edit of a list changes in the audit of a draft.
struct Edit {
    lexicon: &'static str,
    source: &'static str,
    draft: &'static str,
    /// The code that is told before, and after; empty for none of it.
    before: &'static str,
    after: &'static str,
}

/// One edit for each table of framing: a word more, a word moved, and a word less.
#[rustfmt::skip]
const EDITS: [Edit; 14] = [
    // A verb that the tool does not know hands the statement to somebody.
    Edit { lexicon: "[report-verbs]\nneutral = [\"aver\", \"averred\"]\n",
           source: "Dana Ruiz averred that the toll will empty the shops of the old town within a year.",
           draft: "The toll will empty the shops of the old town within a year.", before: "", after: "PV420" },
    Edit { lexicon: "[report-verbs]\nevaluative = [\"explain\"]\n",
           source: "Dana Ruiz said that the pilots never received the weather report of that morning.",
           draft: "Dana Ruiz explained that the pilots never received the weather report of that morning.",
           before: "", after: "PV423" },
    Edit { lexicon: "[remove]\nreport-verbs = [\"admit\", \"admitted\"]\n",
           source: "Dana Ruiz said that the pilots never received the weather report of that morning.",
           draft: "Dana Ruiz admitted that the pilots never received the weather report of that morning.",
           before: "PV423", after: "" },
    Edit { lexicon: "[certainty]\nexpected = [\"is pencilled in to\"]\n",
           source: "Port Ellery is pencilled in to join the coastal council before the end of the year.",
           draft: "Port Ellery joined the coastal council.", before: "", after: "PV425" },
    Edit { lexicon: "[certainty]\npossible = [\"will\"]\n",
           source: "Port Ellery is going to join the coastal council before the end of the year.",
           draft: "Port Ellery will join the coastal council.", before: "", after: "PV426" },
    Edit { lexicon: "[remove]\ncertainty = [\"hopes to\"]\n",
           source: "Port Ellery hopes to join the coastal council before the end of the year.",
           draft: "Port Ellery joins the coastal council.", before: "PV425", after: "" },
    // A vague source more: a crowd that the tool takes for a description.
    Edit { lexicon: "[sources]\ncrowds = [\"shopkeepers\"]\n[speakers]\npeople = [\"shopkeepers\"]\n",
           source: "Dana Ruiz said that the toll will empty the shops of the old town within a year.",
           draft: "Shopkeepers say that the toll will empty the shops of the old town within a year.",
           before: "", after: "PV422" },
    Edit { lexicon: "[remove]\nsources = [\"analysts\"]\n",
           source: "Dana Ruiz said that the toll will empty the shops of the old town within a year.",
           draft: "Analysts say that the toll will empty the shops of the old town within a year.",
           before: "PV422", after: "" },
    Edit { lexicon: "[sources]\nhearsay = [\"word is that\"]\n",
           source: "Dana Ruiz said that the toll will empty the shops of the old town within a year.",
           draft: "Word is that the toll will empty the shops of the old town within a year.",
           before: "PV420", after: "PV422" },
    // A noun for people is no name at the head of a sentence.
    Edit { lexicon: "[speakers]\npeople = [\"lamplighter\"]\n",
           source: "Dana Ruiz said that the toll will empty the shops of the old town within a year.",
           draft: "Lamplighters said that the toll will empty the shops of the old town within a year.",
           before: "PV421", after: "" },
    Edit { lexicon: "[residue]\nmarkers = [\"[[src\"]\n",
           source: "It rained.", draft: "The ferry will be taken out of service in April. [[src:4]]",
           before: "", after: "PV424" },
    Edit { lexicon: "[remove]\nresidue = [\"【\"]\n",
           source: "It rained.", draft: "The ferry 【Fähre】 will be taken out of service in April.",
           before: "PV424", after: "" },
    Edit { lexicon: "[magnitude]\nminimise = [\"a pinprick\"]\n",
           source: "It was a historic day for the coast.", draft: "The step is a pinprick.",
           before: "", after: "PV430" },
    Edit { lexicon: "[remove]\nmagnitude = [\"largely symbolic\", \"symbolic\"]\n",
           source: "It was a historic day for the coast.", draft: "The step is largely symbolic.",
           before: "PV430", after: "" },
];

const SHARED: &str = "Port Wenlow opened its customs house at a short ceremony on Tuesday afternoon, \
    the ninth town to do so since the guild was founded by the fishing towns of the bay.";

/// The codes of an audit of `draft` against three sources.
fn codes(edit: &Edit, lexicon: Option<&str>) -> String {
    let text = |words: &str| format!("News of the coast\n\n{SHARED}\n\n{words}\n");
    let source = text(edit.source);
    let sources = ["corpus/a.txt", "corpus/b.txt", "corpus/c.txt"];
    let project = Project::with(&sources.map(|path| (path, source.as_bytes())));
    project.write("drafts/ferry.md", text(edit.draft));
    if let Some(lexicon) = lexicon {
        project.write("lexicon.toml", lexicon);
    }
    let said = run(project.root(), &words("audit drafts/ferry.md --format jsonl --exit-zero"));
    assert_eq!(said.status, 0, "{}", said.stderr);
    said.stdout
}

#[test]
fn every_table_of_framing_can_be_edited() {
    for edit in &EDITS {
        for (lexicon, code, other) in
            [(None, edit.before, edit.after), (Some(edit.lexicon), edit.after, edit.before)]
        {
            let told = codes(edit, lexicon);
            assert!(told.contains(code), "{}: no {code}\n{told}", edit.lexicon);
            assert!(other.is_empty() || !told.contains(other), "{}: {other}", edit.lexicon);
        }
    }
}

/// An agency that the newsroom knows, and one whose short name means something else there.
#[test]
fn agencies_can_be_edited() {
    let wire = "The ferry, which has crossed the sound since 1931, ran 83 crossings a week last \
        winter and will be taken out of service in April, once the bridge has opened to lorries.";
    let credits = |mark: &str, lexicon: &str| {
        let text = |head: &str| format!("{head}Kelmouth looks ahead\n\n{wire}\n");
        let marked = format!("KELMOUTH ({mark}) - {wire}\n");
        let project = Project::with(&[
            ("corpus/a.txt", marked.as_bytes()),
            ("corpus/b.txt", text("").as_bytes()),
        ]);
        project.write("lexicon.toml", lexicon);
        let said = run(project.root(), &words("audit --format jsonl --exit-zero"));
        assert_eq!(said.status, 0, "{}", said.stderr);
        said.stdout
    };
    let own = "[agencies]\n\"Northern Wire\" = [\"NWX\", \"Northern Wire\"]\n";
    assert_ne!(credits("NWX", ""), credits("NWX", own));
    assert_ne!(
        credits("PA", ""),
        credits("PA", "[remove]\nagencies = [\"PA\", \"Press Association\", \"PA Media\"]\n")
    );
}

/// What `audit` finds in two texts, with and without a newsroom's own words.
fn found(texts: [&str; 2], lexicon: Option<&str>) -> String {
    let files = [("corpus/one.txt", texts[0].as_bytes()), ("corpus/two.txt", texts[1].as_bytes())];
    let project = Project::with(&files);
    if let Some(lexicon) = lexicon {
        project.write("lexicon.toml", lexicon);
    }
    let said = run(project.root(), &words("audit --exit-zero"));
    assert_eq!(said.status, 0, "{}", said.stderr);
    said.stdout
}

/// One row per table: two texts, the words, and the rule that is found with them alone, or
/// without them alone.
#[test]
fn own_names_acts_and_status_change_what_is_found() {
    #[rustfmt::skip]
    let cases = [
        // A name: a member that the tool does not know leaves the list open.
        ("PV305", true,
            ["The harbour pact has three members: Latvia, Norway and the Tarnish Isles.\n",
             "A party was held for the members, Latvia, Norway and Estonia.\n"],
            "[[name]]\nname = \"Tarnland\"\nwords = [\"Tarnish Isles\"]\n"),
        // An act: a verb that the tool does not know.
        ("PV308", true,
            ["Latvia has onboarded the Harbour Accords, the ministry in Riga told reporters.\n",
             "Diplomats in the town say that Latvia is set to onboard the Harbour Accords before summer.\n"],
            "[[act]]\nclass = \"join\"\nverbs = [\"onboard\"]\n"),
        // A status: a word that says that the act is still to come.
        ("PV308", true,
            ["Latvia has joined the Harbour Accords, the ministry in Riga told reporters.\n",
             "Diplomats in the town say that Latvia is pencilled to join the Harbour Accords before summer.\n"],
            "[status]\nplanned = [\"pencilled\"]\n"),
        // A noun: what the tool does not know to count the same thing.
        ("PV303", true,
            ["In Tarn the flood of the river left 140,000 hovels on its banks without power on Monday.\n",
             "In Tarn some 104,000 homes on the banks of the river were without power in the flood on Monday.\n"],
            "[nouns]\nhome = [\"hovel\"]\n"),
        // The same taken out: lorries are no trucks in this newsroom.
        ("PV303", false,
            ["In Tarn the flood of the river left 40 lorries on its banks without fuel on Monday.\n",
             "In Tarn exactly 60 trucks on the banks of the river were without fuel in the flood on Monday.\n"],
            "[remove]\nnouns = [\"lorry\"]\n"),
        // An office that the tool does not know.
        ("PV313", true,
            ["The town was led out of the flood by its reeve, Dana Ruiz, on Monday.\n",
             "Nobody slept that night in Tarn, not even Dana Ruiz, the mayor.\n"],
            "[offices]\nreeve = [\"reeve\"]\n"),
    ];
    for (rule, with, texts, lexicon) in cases {
        let (without, own) = (found(texts, None), found(texts, Some(lexicon)));
        assert_eq!(without.contains(rule), !with, "{lexicon}\n{without}");
        assert_eq!(own.contains(rule), with, "{lexicon}\n{own}");
    }
}
