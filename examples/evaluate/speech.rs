//! Speech: of how many quotations the kind, the speaker and the cue are told right.
//!
//! In:  a TOML file of passages with their quotations, as `tests/fixtures/speech.toml` has them.
//! Out: the scores of each batch, and what is wrong.
#![expect(clippy::unwrap_used, reason = "a fault in the rows ends the run")]

use provenance::claims::Value;
use provenance::claims::quotations;
use provenance::span::DocId;
use provenance::span::Span;
use provenance::text::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Deserialize)]
struct Passages {
    passage: Vec<Passage>,
}

/// A piece of news, and what its quotations are.
#[derive(Deserialize)]
struct Passage {
    batch: u32,
    style: String,
    text: String,
    quotes: Vec<String>,
}

/// One expected quotation; nobody and nothing are empty.
struct Expected<'p> {
    kind: &'p str,
    speaker: &'p str,
    name: &'p str,
    cue: &'p str,
}

impl<'p> Expected<'p> {
    fn read(row: &'p str) -> Self {
        let nothing = |part: &'p str| if part.trim() == "-" { "" } else { part.trim() };
        let parts: Vec<&str> = row.split('|').map(nothing).collect();
        let (speaker, name) = parts[1].split_once(" = ").unwrap_or((parts[1], parts[1]));
        Self { kind: parts[0], speaker, name, cue: parts[2] }
    }
}

/// How many there are, and of how many something is right.
#[derive(Default)]
struct Score {
    all: usize,
    /// Whether it is speech.
    told: usize,
    /// Which kind it is.
    kind: usize,
    speech: usize,
    cue: usize,
    speaker: usize,
    both: usize,
    name: usize,
}

/// Whether `found` lies on an occurrence of `expected`; nothing agrees with nothing.
fn meets(text: &str, expected: &str, found: Option<Span>) -> bool {
    let Some(found) = found else { return expected.is_empty() };
    let mut at = text.match_indices(expected).filter(|_| !expected.is_empty());
    at.any(|(start, _)| start < found.end() && start + expected.len() > found.start())
}

/// Scores one passage, and writes what is wrong.
fn score(passage: &Passage, score: &mut Score, wrong: &mut String) {
    let source = passage.text.trim();
    let text = Text::read(DocId(0), source);
    let found = quotations(&text);
    let show = |span: Option<Span>| span.map_or("-", |span| &source[span.range()]);
    for (index, row) in passage.quotes.iter().enumerate() {
        let expected = Expected::read(row);
        let value = found.get(index).map(|claim| &claim.value);
        let (kind, cue, voice) = match value {
            Some(Value::Words { usage, cue, voice, .. }) => (usage.name(), *cue, *voice),
            _ => ("missing", None, None),
        };
        score.all += 1;
        let told = (kind == "speech") == (expected.kind == "speech");
        score.told += usize::from(told);
        score.kind += usize::from(kind == expected.kind);
        let mut right = kind == expected.kind;
        if expected.kind == "speech" {
            let cue = meets(source, expected.cue, cue);
            let speaker = meets(source, expected.speaker, voice.map(|voice| voice.said));
            let name = voice.is_some_and(|voice| source[voice.name.range()] == *expected.name);
            score.speech += 1;
            score.cue += usize::from(cue);
            score.speaker += usize::from(speaker);
            score.both += usize::from(told && cue && speaker);
            score.name += usize::from(name);
            right &= cue && speaker && name;
        }
        if !right {
            let (said, name) = (voice.map(|voice| voice.said), voice.map(|voice| voice.name));
            let (said, name, cue) = (show(said), show(name), show(cue));
            writeln!(wrong, "{}: {row}\n    {kind} | {said} = {name} | {cue}", passage.style)
                .unwrap();
        }
    }
    if found.len() > passage.quotes.len() {
        writeln!(wrong, "{}: {} pairs too many", passage.style, found.len()).unwrap();
    }
}

/// The scores of each batch, and what is wrong.
pub(crate) fn table(source: &str) -> (String, BTreeMap<u32, [usize; 2]>) {
    let passages: Passages = toml::from_str(source).unwrap();
    let mut scores: BTreeMap<u32, Score> = BTreeMap::new();
    let mut wrong = String::new();
    for passage in &passages.passage {
        score(passage, scores.entry(passage.batch).or_default(), &mut wrong);
    }
    let mut table =
        "batch pairs speech-or-not kind  speech  cue speaker cue-and-speaker name\n".to_owned();
    for (batch, row) in &scores {
        let Score { all, told, kind, speech, cue, speaker, both, name } = row;
        writeln!(
            table,
            "{batch:5} {all:5} {told:13} {kind:4} {speech:7} {cue:4} {speaker:7} {both:15} {name:4}"
        )
        .unwrap();
    }
    writeln!(table, "\n{wrong}").unwrap();
    (table, scores.into_iter().map(|(batch, row)| (batch, [row.both, row.speech])).collect())
}
