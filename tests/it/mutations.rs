//! Mutations: a copy of each text of the corpus is changed in one place and held against
//! the original. A change of meaning must be reported there, another spelling must not.

#![expect(clippy::print_stdout, reason = "what was missed is what a run is for")]

use provenance::analyse;
use provenance::claims::Claim;
use provenance::claims::Kind;
use provenance::corpus::Document;
use provenance::corpus::When;
use provenance::finding::Finding;
use provenance::finding::Rule;
use provenance::finding::Site;
use provenance::policy::Policy;
use provenance::span::DocId;
use provenance::span::Span;
use provenance::text::Text;
use rayon::prelude::*;
use std::ops::Range;

const TEXTS: [&str; 8] = [
    include_str!("../../corpus/accords/atlas-desk.txt"),
    include_str!("../../corpus/accords/capital-docket.txt"),
    include_str!("../../corpus/accords/caravan-business-daily.txt"),
    include_str!("../../corpus/accords/harbour-wire.txt"),
    include_str!("../../corpus/accords/lakeside-ledger.txt"),
    include_str!("../../corpus/accords/meridian-post.txt"),
    include_str!("../../corpus/accords/ministry-press-office.txt"),
    include_str!("../../corpus/accords/steppe-courier.txt"),
];

/// Rules that say that a figure, date, list, name, place or status differs.
pub(crate) const RULES: [Rule; 10] = [
    Rule::FigureDiffers,
    Rule::DateDiffers,
    Rule::FigureDiverges,
    Rule::DateDiverges,
    Rule::ListDiverges,
    Rule::NameDiverges,
    Rule::PlaceDiverges,
    Rule::StatusDiverges,
    Rule::FiguresContradict,
    Rule::TitleDiverges,
];

/// Rules that say the same of words in quotation marks.
const QUOTED: [Rule; 2] = [Rule::QuoteAltered, Rule::QuoteEdited];

/// Names, places and states of an act, with others that mean something else. Each is put
/// in place of the first wherever that stands.
#[rustfmt::skip]
const OTHERS: &[(&str, &str)] = &[
    ("Bahrain", "Kuwait"),
    ("China", "India"),
    ("Iran", "Turkey"),
    ("Kyrgyzstan", "Armenia"),
    ("Morocco", "Jordan"),
    ("Oman", "Qatar"),
    ("Russia", "Ukraine"),
    ("Saudi Arabia", "Qatar"),
    ("Sudan", "Egypt"),
    ("Syria", "Lebanon"),
    ("Tajikistan", "Georgia"),
    ("Turkmenistan", "Azerbaijan"),
    ("Uzbekistan", "Mongolia"),
    ("United Arab Emirates", "Republic of Korea"),
    ("Netanyahu", "Herzog"),
    ("Rubio", "Blinken"),
    ("Tokayev", "Nazarbayev"),
    ("in Astana", "in Tashkent"),
    ("in Washington", "in Moscow"),
    ("at the White House", "at the Kremlin"),
    ("Secretary of State Marco Rubio", "Treasury Secretary Marco Rubio"),
    ("the secretary of state", "the defence secretary"),
    ("the Israeli prime minister", "the Israeli president"),
    ("President Kassym-Jomart Tokayev", "Prime Minister Kassym-Jomart Tokayev"),
    ("will join", "has joined"),
    ("is set to join", "has joined"),
    ("has joined", "will join"),
    ("will become a member", "has become a member"),
    ("will be the next member", "is the newest member"),
];

/// Number words and words of time with others.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("one", "three"), ("two", "four"), ("three", "two"), ("four", "three"), ("five", "seven"),
    ("six", "nine"), ("seven", "five"), ("ten", "twelve"), ("twelve", "fifteen"),
    ("twenty", "thirty"), ("first", "third"), ("second", "fourth"), ("seventh", "sixth"),
    ("monday", "Wednesday"), ("tuesday", "Friday"), ("wednesday", "Monday"),
    ("thursday", "Tuesday"), ("friday", "Monday"), ("saturday", "Tuesday"), ("sunday", "Tuesday"),
    ("november", "March"), ("december", "June"), ("september", "May"), ("january", "August"),
    ("last year", "this year"), ("this year", "last year"), ("this week", "last week"),
    ("yesterday", "today"), ("largest", "smallest"), ("quickest", "slowest"), ("daily", "weekly"),
    ("every year", "every three years"), ("both", "three"), ("twice", "three times"),
    ("doubled", "halved"), ("half", "a quarter"),
];

/// Words with others that mean the same.
#[rustfmt::skip]
const SAME: &[(&str, &str)] = &[
    ("$17 billion", "17 billion dollars"),
    ("$17 billion", "$17,000 million"),
    ("17,000 million dollars", "$17 billion"),
    ("US$17bn", "$17 billion"),
    ("17 billion dollars", "$17bn"),
    ("$1.1 billion", "$1,100 million"),
    ("$1,100 million", "$1.1bn"),
    ("46 percent", "46%"),
    ("20 percent", "20 per cent"),
    ("46%", "46 percent"),
    ("1.1 percent", "1.1%"),
    ("the United Arab Emirates", "the UAE"),
    ("the UAE", "the United Arab Emirates"),
    ("United States", "U.S."),
    ("November 6, 2025", "6 November 2025"),
    ("6 November 2025", "Nov. 6, 2025"),
    ("September 15, 2020", "15 September 2020"),
    ("December 1, 2025", "1 December 2025"),
    ("1 December 2025", "December 1, 2025"),
    ("January 2021", "Jan. 2021"),
    ("on Thursday", "on Thursday evening"),
    ("since 1992", "for 33 years"),
    ("for 33 years", "since 1992"),
    ("twenty-nine", "29"),
    ("29 agreements", "twenty-nine agreements"),
    ("20,000", "20\u{202f}000"),
    ("five Central Asian leaders", "the 5 Central Asian leaders"),
    ("19 items", "nineteen items"),
    ("12 specialists", "twelve specialists"),
    ("normal relations", "normal ties"),
    ("largest", "biggest"),
    ("four to five times", "four- to five-fold"),
    ("every year", "once a year"),
    ("Secretary of State Marco Rubio", "Marco Rubio, the secretary of state,"),
];

/// A text with one place changed.
struct Mutation {
    text: usize,
    range: Range<usize>,
    words: String,
}

/// A change of every figure and date, and of every listed name, place and status.
///
/// Left out is what an editor would not want reported: the day in a dateline, a byline or a
/// caption, which says when this text was written; and names in quotation marks that a
/// text gives as words to use, such as: write "will join".
fn changes() -> Vec<Mutation> {
    let mut changes = Vec::new();
    for (text, source) in TEXTS.iter().enumerate() {
        let read = Text::read(DocId(0), source);
        for claim in provenance::claims::extract(&read) {
            if let Some((range, words)) = other_value(source, &claim) {
                changes.push(Mutation { text, range, words });
            }
        }
        changes.extend(replaced(text, OTHERS));
    }
    changes
}

fn replaced(text: usize, pairs: &[(&str, &str)]) -> Vec<Mutation> {
    let whole = |at: usize, from: &str| {
        let rest = &TEXTS[text][at + from.len()..];
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\u{2011}');
        let part = TEXTS[text][..at].ends_with(inside) || rest.starts_with(inside);
        !part || from.starts_with('$')
    };
    // A text that says which words to use states nothing by them.
    let named = |at: usize| TEXTS[text][..at].ends_with(['"', '“']);
    let found = |(from, to): &(&str, &str)| -> Vec<Mutation> {
        let at = TEXTS[text].match_indices(*from);
        let at = at.filter(|(at, _)| whole(*at, from) && !named(*at));
        at.map(|(at, _)| Mutation { text, range: at..at + from.len(), words: (*to).to_owned() })
            .collect()
    };
    pairs.iter().flat_map(found).collect()
}

/// Another value for a figure or a date.
fn other_value(source: &str, claim: &Claim) -> Option<(Range<usize>, String)> {
    let span = claim.place.span;
    let printed = &source[span.range()];
    if matches!(claim.kind, Kind::Quotation | Kind::Mention) {
        return None;
    }
    let line = source[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let rest = source[line..].lines().next().unwrap_or_default();
    let after = source[span.end()..].trim_start();
    if claim.kind == Kind::Date && (!rest.trim_end().ends_with('.') || after.starts_with('—')) {
        return None;
    }
    let Some(at) = printed.find(|c: char| c.is_ascii_digit()) else {
        return other_word(printed).map(|(range, word)| {
            (span.start() + range.start..span.start() + range.end, word.to_owned())
        });
    };
    let end = printed[at..].find(|c: char| !c.is_ascii_digit()).map_or(printed.len(), |to| at + to);
    let number: u32 = printed[at..end].parse().ok()?;
    let other = match claim.kind {
        // The day after, a year before.
        Kind::Date if number > 31 => number - 1,
        Kind::Date if number < 28 => number + 1,
        Kind::Date | Kind::Time => number - 1,
        _ if number < 10 => number % 9 + 1,
        _ => number + 10_u32.pow(number.ilog10()),
    };
    Some((span.start() + at..span.start() + end, other.to_string()))
}

/// A word of `printed` with one that means something else.
fn other_word(printed: &str) -> Option<(Range<usize>, &'static str)> {
    let lower = printed.to_ascii_lowercase();
    let inside = |c: char| c.is_ascii_alphanumeric();
    WORDS.iter().find_map(|(from, to)| {
        let at = lower.find(from)?;
        let end = at + from.len();
        let whole = !lower[..at].ends_with(inside) && !lower[end..].starts_with(inside);
        whole.then_some((at..end, *to))
    })
}

/// Every date, sum and small count in another spelling, and the listed words.
fn spellings() -> Vec<Mutation> {
    let mut rewrites = Vec::new();
    for (text, source) in TEXTS.iter().enumerate() {
        for claim in provenance::claims::extract(&Text::read(DocId(0), source)) {
            let range = claim.place.span.range();
            let others = other_spellings(&source[range.clone()]);
            let rewrite = |words| Mutation { text, range: range.clone(), words };
            rewrites.extend(others.into_iter().map(rewrite));
        }
        rewrites.extend(replaced(text, SAME));
    }
    rewrites
}

/// Other ways to print the same date, sum or count.
fn other_spellings(printed: &str) -> Vec<String> {
    const SMALL: [&str; 10] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
    let words: Vec<&str> = printed.split([' ', '\u{a0}']).collect();
    match words[..] {
        [month, day, year] if day.ends_with(',') && month.len() > 2 => {
            vec![format!("{} {month} {year}", day.trim_end_matches(','))]
        }
        [sum, "billion"] if sum.starts_with('$') => {
            let bare = &sum[1..];
            vec![
                format!("US${bare} billion"),
                format!("{sum}bn"),
                format!("{bare} billion dollars"),
            ]
        }
        [share, "percent"] => vec![format!("{share}%"), format!("{share} per cent")],
        [one] => {
            let spelled = SMALL.iter().position(|word| *word == one);
            let digits = one.parse::<usize>().ok().filter(|value| (2..12).contains(value));
            let other = spelled.map(|at| (at + 2).to_string());
            other.or(digits.map(|value| SMALL[value - 2].to_owned())).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn document(id: u32, outlet: &str, source: &str) -> Document {
    let mut document = Document::unrecorded(DocId(id), format!("{outlet}.txt"), source);
    document.outlet = Some(outlet.to_owned());
    document.published = "2025-11-07".parse::<When>().ok();
    document
}

/// The findings about a text and its changed copy that mark the changed place.
fn marking(mutation: &Mutation) -> Vec<Finding> {
    let source = TEXTS[mutation.text];
    let Range { start, end } = mutation.range;
    let copy = format!("{}{}{}", &source[..start], mutation.words, &source[end..]);
    let documents = [document(0, "original", source), document(1, "copy", &copy)];
    let changed = Span::new(start, start + mutation.words.len());
    let marks = |finding: &Finding| {
        finding.labels.iter().any(|label| match label.site {
            Site::Passage(place) if place.doc == DocId(1) => {
                label.marks.iter().any(|mark| mark.overlaps(changed))
            }
            _ => false,
        })
    };
    let analysis = analyse(&documents, &Policy::default());
    let told = |finding: &Finding| RULES.contains(&finding.rule) || QUOTED.contains(&finding.rule);
    analysis.findings.into_iter().filter(told).filter(marks).collect()
}

fn shown(mutation: &Mutation) -> String {
    let source = TEXTS[mutation.text];
    let before = source[..mutation.range.start].chars().rev().take(40).collect::<Vec<_>>();
    let before: String = before.into_iter().rev().collect();
    format!("…{before}[{} > {}]", &source[mutation.range.clone()], mutation.words)
}

#[test]
fn a_change_of_meaning_is_reported_where_it_is() {
    let changes = changes();
    let missed: Vec<String> =
        changes.par_iter().filter(|change| marking(change).is_empty()).map(shown).collect();
    let count = changes.len();
    println!("{} of {count} changes missed", missed.len());
    assert!(count >= 200, "{count} changes");
    assert!(
        missed.len() * 100 <= count * 5,
        "{} of {count} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn another_spelling_is_not_reported() {
    let rewrites = spellings();
    let told: Vec<String> = rewrites
        .par_iter()
        .flat_map(|rewrite| {
            let told = marking(rewrite);
            told.into_iter()
                .map(|finding| format!("{}: {}", shown(rewrite), finding.message))
                .collect::<Vec<_>>()
        })
        .collect();
    let count = rewrites.len();
    println!("{} of {count} rewrites told", told.len());
    assert!(count >= 90, "{count} rewrites");
    assert!(told.len() * 100 <= count * 2, "{} of {count} told:\n{}", told.len(), told.join("\n"));
}
