//! A newsroom's own words: `lexicon.toml` is read with the settings, and its mistakes are
//! told with their place.

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
