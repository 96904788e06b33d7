//! Mutations: a copy of each text of the corpus is changed in one place and held against
//! the original. A change of meaning must be reported there, another spelling must not.

use provenance::analyse;
use provenance::claims::Claim;
use provenance::claims::Hedge;
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
const RULES: [Rule; 9] = [
    Rule::FigureDiffers,
    Rule::DateDiffers,
    Rule::FigureDiverges,
    Rule::DateDiverges,
    Rule::ListDiverges,
    Rule::NameDiverges,
    Rule::PlaceDiverges,
    Rule::StatusDiverges,
    Rule::FiguresContradict,
];

/// Words with others that mean something else.
#[rustfmt::skip]
const OTHERS: &[(&str, &str)] = &[
    ("Morocco", "Jordan"),
    ("Uzbekistan", "Mongolia"),
    ("Saudi Arabia", "Qatar"),
    ("Bahrain", "Kuwait"),
    ("Syria", "Lebanon"),
    ("China", "India"),
    ("in Astana", "in Tashkent"),
    ("in Washington", "in Moscow"),
    ("will join", "has joined"),
    ("is set to join", "has joined"),
    ("has joined", "will join"),
    ("will become a member", "has become a member"),
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
];

/// A text with one place changed.
struct Mutation {
    text: usize,
    range: Range<usize>,
    words: String,
}

/// A change of every figure and date, and of every listed word.
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
    let found = |(from, to): &(&str, &str)| -> Vec<Mutation> {
        let at = TEXTS[text].match_indices(*from);
        // Words about words state nothing.
        let at = at.filter(|(at, _)| !TEXTS[text][..*at].ends_with(['"', '“']));
        at.map(|(at, _)| Mutation { text, range: at..at + from.len(), words: (*to).to_owned() })
            .collect()
    };
    pairs.iter().flat_map(found).collect()
}

/// Another value for a claim in digits, if it says one value.
fn other_value(source: &str, claim: &Claim) -> Option<(Range<usize>, String)> {
    let span = claim.place.span;
    let printed = &source[span.range()];
    let weekday = claim.kind == Kind::Date && printed == "Thursday";
    if weekday {
        return Some((span.range(), "Tuesday".to_owned()));
    }
    // When a text was written is no fact that another one could have otherwise.
    let line = source[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let rest = source[line..].lines().next().unwrap_or_default();
    let after = source[span.end()..].trim_start();
    if claim.kind == Kind::Date && (!rest.trim_end().ends_with('.') || after.starts_with('—')) {
        return None;
    }
    let loose = claim.hedge.is_some_and(|hedge| hedge != Hedge::About);
    let told = !matches!(claim.kind, Kind::Quotation | Kind::Mention | Kind::Time);
    let at = printed.find(|c: char| c.is_ascii_digit()).filter(|_| told && !loose)?;
    let end = printed[at..].find(|c: char| !c.is_ascii_digit()).map_or(printed.len(), |to| at + to);
    let number: u32 = printed[at..end].parse().ok()?;
    let other = match claim.kind {
        // The day after, a year before.
        Kind::Date if number > 31 => number - 1,
        Kind::Date if number < 28 => number + 1,
        Kind::Date => number - 1,
        _ if number < 10 => number % 9 + 1,
        _ => number + 10_u32.pow(number.ilog10()),
    };
    Some((span.start() + at..span.start() + end, other.to_string()))
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
    let told = analysis.findings.into_iter().filter(|finding| RULES.contains(&finding.rule));
    told.filter(marks).collect()
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
    assert!(count >= 110, "{count} changes");
    assert!(
        missed.len() * 100 <= count * 5,
        "{} of {count} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn another_spelling_is_not_reported() {
    let rewrites: Vec<Mutation> = (0..TEXTS.len()).flat_map(|text| replaced(text, SAME)).collect();
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
    assert!(count >= 40, "{count} rewrites");
    assert!(told.len() * 100 <= count * 2, "{} of {count} told:\n{}", told.len(), told.join("\n"));
}
