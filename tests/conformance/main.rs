//! Conformance: the figures of others' specifications, read by our grammar.
//!
//! `tests/conformance/conformance.dev.jsonl` holds the English specifications of
//! Microsoft Recognizers-Text and the corpora of Duckling, one mention a line, under
//! their licences beside it. What does not fit news is waived in `waivers.toml`, each
//! line with a reason. The floors stand just under what is reached.

#![expect(clippy::disallowed_methods, reason = "reads the specifications beside the tests")]
#![expect(clippy::print_stdout, reason = "the table is what a run is for")]

mod mapping;

use mapping::Mention;
use mapping::mentions;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// One line of the specification: a mention, or that a text has none of a kind.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    text: String,
    start: Option<usize>,
    end: Option<usize>,
    kind: String,
    value: Option<String>,
    unit: Option<String>,
    pub(crate) ref_date: Option<String>,
    #[serde(default)]
    alt: Vec<String>,
    pub(crate) suite: String,
}

/// `waivers.toml`: a reason and the lines of the cases it holds for.
#[derive(Deserialize)]
struct Waivers {
    group: Vec<Waiver>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiver {
    reason: String,
    lines: Vec<usize>,
}

/// What is read in a text, by its suite and itself.
type Readings<'c> = BTreeMap<(&'c str, &'c str), Vec<Mention>>;

/// Kind, suite and text: what one reading is judged by.
type Judged<'c> = (&'c str, &'c str, &'c str);

/// How many mentions were expected, given, met and met with the right value.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    expected: usize,
    given: usize,
    met: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.expected += other.expected;
        self.given += other.given;
        self.met += other.met;
        self.right += other.right;
    }

    /// The harmonic mean of precision and recall, in thousandths.
    fn per_mille(self, hits: usize) -> usize {
        let sum = self.expected + self.given;
        (2000 * hits + sum / 2).checked_div(sum).unwrap_or_default()
    }
}

/// Value F of the cases that are not waived, in thousandths; a fall below is a step back.
const FLOORS: &[(&str, usize)] = &[
    ("age", 990),
    ("date", 895),
    ("daterange", 800),
    ("duration", 935),
    ("money", 980),
    ("number", 970),
    ("ordinal", 990),
    ("percent", 990),
    ("quantity", 950),
];

/// At most 12 in 100 cases of a kind may be waived.
const WAIVED_PER_CENT_MAX: usize = 12;

#[test]
fn figures_are_read_as_specified() {
    let cases = cases();
    let waived = waived();
    let read = readings(&cases);
    let mut failures = String::new();
    let all = score(&cases, &read, &BTreeSet::new(), &mut String::new());
    let kept = score(&cases, &read, &waived, &mut failures);
    if let Ok(path) = std::env::var("CONFORMANCE_FAILURES") {
        fs::write(path, failures).unwrap();
    }
    let table = table(&all, &kept);
    let low: Vec<_> = FLOORS
        .iter()
        .filter(|(kind, floor)| {
            kept.get(*kind).is_none_or(|tally| tally.per_mille(tally.right) < *floor)
        })
        .collect();
    assert!(low.is_empty(), "{table}\nbelow the floor: {low:?}");
    println!("{table}");
}

#[test]
fn few_cases_are_waived() {
    let cases = cases();
    let waived = waived();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate().filter(|(_, case)| case.start.is_some()) {
        let count = counts.entry(&case.kind).or_default();
        count.0 += usize::from(waived.contains(&(index + 1)));
        count.1 += 1;
    }
    for (kind, (waived, of)) in counts {
        println!("{kind:16} {waived:4} of {of}");
        let judged = FLOORS.iter().any(|(floored, _)| *floored == kind);
        assert!(!judged || waived * 100 <= of * WAIVED_PER_CENT_MAX, "{kind}: {waived} of {of}");
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

/// The cases of the shipped half, or of the file that `CONFORMANCE_CASES` names.
fn cases() -> Vec<Case> {
    let path = std::env::var("CONFORMANCE_CASES")
        .map_or_else(|_| folder().join("conformance.dev.jsonl"), Into::into);
    let lines = fs::read_to_string(path).expect("the cases are there");
    lines.lines().map(|line| serde_json::from_str(line).expect("a line is a case")).collect()
}

/// The line numbers of the waived cases; none for another file.
fn waived() -> BTreeSet<usize> {
    if std::env::var("CONFORMANCE_CASES").is_ok() {
        return BTreeSet::new();
    }
    let waivers = fs::read_to_string(folder().join("waivers.toml")).expect("the waivers are there");
    let waivers: Waivers = toml::from_str(&waivers).expect("the waivers are TOML");
    for waiver in &waivers.group {
        assert!(!waiver.reason.is_empty(), "a waiver without a reason");
    }
    waivers.group.into_iter().flat_map(|waiver| waiver.lines).collect()
}

/// What is read in each text of each suite.
fn readings(cases: &[Case]) -> Readings<'_> {
    let mut readings = Readings::new();
    for case in cases {
        readings.entry((&case.suite, &case.text)).or_insert_with(|| mentions(case));
    }
    readings
}

/// The tallies by kind; what failed is written to `failures`.
fn score(
    cases: &[Case],
    readings: &Readings,
    waived: &BTreeSet<usize>,
    failures: &mut String,
) -> BTreeMap<String, Tally> {
    let mut texts: BTreeMap<Judged, Vec<(usize, &Case)>> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        texts.entry((&case.kind, &case.suite, &case.text)).or_default().push((index + 1, case));
    }
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for ((kind, ..), rows) in texts {
        let read = &readings[&(rows[0].1.suite.as_str(), rows[0].1.text.as_str())];
        let given: Vec<&Mention> = read.iter().filter(|mention| mention.kind == kind).collect();
        let tally = judge(&rows, &given, waived, failures);
        tallies.entry(kind.to_owned()).or_default().add(tally);
    }
    tallies
}

/// Holds what is read in one text against what it should hold of one kind.
fn judge(
    rows: &[(usize, &Case)],
    given: &[&Mention],
    waived: &BTreeSet<usize>,
    failures: &mut String,
) -> Tally {
    let kind = &rows[0].1.kind;
    let wanted: Vec<_> = rows.iter().filter(|(_, case)| case.start.is_some()).collect();
    let pairs = pairs(&wanted, given);
    let mut tally = Tally { given: given.len(), ..Tally::default() };
    for (index, (line, case)) in wanted.iter().enumerate() {
        let met = pairs.iter().find(|pair| pair.0 == index).map(|pair| given[pair.1]);
        if waived.contains(line) {
            tally.given -= usize::from(met.is_some());
            continue;
        }
        let right = met.is_some_and(|mention| agrees(case, mention));
        tally.expected += 1;
        tally.met += usize::from(met.is_some());
        tally.right += usize::from(right);
        if !right {
            failures.push_str(&failure(*line, case, met));
        }
    }
    for (index, extra) in given.iter().enumerate() {
        // A waived text may hold more that is not judged.
        if rows.iter().any(|(line, _)| waived.contains(line)) && wanted.is_empty() {
            tally.given -= 1;
        } else if !pairs.iter().any(|pair| pair.1 == index) {
            let (line, case) = rows[0];
            let _ = writeln!(failures, "{line:5} {kind:10} extra {extra:?} | {}", case.text);
        }
    }
    tally
}

fn failure(line: usize, case: &Case, met: Option<&Mention>) -> String {
    let met = met.map_or("missed".to_owned(), |met| format!("{} {}", met.value, met.unit));
    let part: String = match (case.start, case.end) {
        (Some(start), Some(end)) => case.text.chars().skip(start).take(end - start).collect(),
        _ => String::new(),
    };
    format!(
        "{line:5} {:10} {:14} “{part}” is {:?} {:?}, read {met} | {}\n",
        case.kind, case.suite, case.value, case.alt, case.text
    )
}

/// Wanted and given mentions that overlap most, each once.
fn pairs(wanted: &[&(usize, &Case)], given: &[&Mention]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (i, (_, case)) in wanted.iter().enumerate() {
        let (Some(start), Some(end)) = (case.start, case.end) else { continue };
        for (j, mention) in given.iter().enumerate() {
            let common = mention.end.min(end).saturating_sub(mention.start.max(start));
            let apart = (mention.end - mention.start).abs_diff(end - start);
            if common > 0 {
                all.push((common, std::cmp::Reverse(apart), i, j));
            }
        }
    }
    all.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, _, i, j) in all.into_iter().rev() {
        if pairs.iter().all(|pair| pair.0 != i && pair.1 != j) {
            pairs.push((i, j));
        }
    }
    pairs
}

/// Whether a mention has a value that the case accepts.
fn agrees(case: &Case, mention: &Mention) -> bool {
    let wanted: Vec<&str> = case.value.iter().chain(&case.alt).map(String::as_str).collect();
    let unit = case.unit.as_deref().unwrap_or("");
    match case.kind.as_str() {
        "number" | "ordinal" | "percent" | "age" => {
            wanted.first().is_some_and(|value| same_number(value, &mention.value))
        }
        "money" => {
            wanted.first().is_some_and(|value| same_number(value, &mention.value))
                && (unit == "Unnamed"
                    || mapping::currency(unit) == mapping::currency(&mention.unit))
        }
        "quantity" | "temperature" => {
            wanted.first().is_some_and(|value| same_number(value, &mention.value))
                && mapping::unit(unit) == mapping::unit(&mention.unit)
        }
        "duration" => mapping::seconds(wanted.first().unwrap_or(&""), unit)
            .zip(mapping::seconds(&mention.value, &mention.unit))
            .is_some_and(|(a, b)| (a - b).abs() <= 0.02 * a.max(b)),
        "date" => wanted.iter().any(|value| value.get(..10) == mention.value.get(..10)),
        "daterange" => {
            wanted.iter().any(|value| mapping::days(value) == mapping::days(&mention.value))
        }
        _ => wanted.iter().any(|value| value.replace(' ', "T") == mention.value.replace(' ', "T")),
    }
}

/// Equal numbers up to a millionth; otherwise the same text.
fn same_number(wanted: &str, given: &str) -> bool {
    let number =
        |text: &str| text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(text)).ok();
    match (number(wanted), number(given)) {
        (Some(a), Some(b)) => (a - b).abs() <= a.abs() * Decimal::new(1, 6),
        _ => wanted == given,
    }
}

fn table(all: &BTreeMap<String, Tally>, kept: &BTreeMap<String, Tally>) -> String {
    let mut table =
        String::from("kind              cases  span F  value F | not waived  span F  value F\n");
    for (kind, tally) in all {
        let kept = kept.get(kind).copied().unwrap_or_default();
        let row = |tally: Tally| (tally.per_mille(tally.met), tally.per_mille(tally.right));
        let ((span, value), (kept_span, kept_value)) = (row(*tally), row(kept));
        let _ = writeln!(
            table,
            "{kind:16} {:6} {span:7} {value:8} | {:10} {kept_span:7} {kept_value:8}",
            tally.expected, kept.expected
        );
    }
    table
}
