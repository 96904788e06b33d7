//! Coverage: how many changes of quotations between two reports of one event are found, and how
//! often there was nothing to find.
//!
//! In:  a TOML file of pairs of passages, as `tests/fixtures/coverage.toml` has them.
//! Out: the counts of each batch, and what is wrong.
#![expect(clippy::unwrap_used, reason = "a fault in the rows ends the run")]

use provenance::analyse;
use provenance::corpus::Document;
use provenance::policy::Policy;
use provenance::span::DocId;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Deserialize)]
struct Coverage {
    pair: Vec<Covered>,
}

/// One utterance as two outlets print it.
#[derive(Deserialize)]
struct Covered {
    batch: u32,
    change: String,
    #[serde(default)]
    why: String,
    source: String,
    draft: String,
}

/// A source and a draft.
pub(crate) struct Texts {
    pub(crate) source: String,
    pub(crate) draft: String,
}

/// The rule that must find a change.
pub(crate) fn rule(class: &str) -> &'static str {
    match class {
        "truncated" => "PV403",
        "speaker" => "PV404",
        "made" => "PV405",
        "unmarked" => "PV406",
        "light" => "PV402",
        _ => "PV401",
    }
}

/// The codes PV401 to PV406 that are found.
pub(crate) fn found(texts: &Texts) -> Vec<&'static str> {
    let text = |words: &str| format!("The council of Port Ellery met on Tuesday.\n\n{words}\n");
    let mut documents = [
        Document::unrecorded(DocId(0), "wire.txt", text(&texts.source)),
        Document::unrecorded(DocId(1), "draft.md", text(&texts.draft)),
    ];
    documents[1].draft = true;
    let findings = analyse(&documents, &Policy::default()).findings;
    let codes = findings.iter().map(|finding| finding.rule.info().code);
    codes.filter(|code| ("PV401"..="PV406").contains(code)).collect()
}

/// Of each batch: how many changes were made, found, and told where there were none.
pub(crate) fn table(source: &str) -> (String, BTreeMap<u32, [usize; 3]>) {
    let coverage: Coverage = toml::from_str(source).unwrap();
    let mut batches: BTreeMap<u32, [usize; 4]> = BTreeMap::new();
    let mut wrong = String::new();
    for pair in &coverage.pair {
        let texts = Texts { source: pair.source.clone(), draft: pair.draft.clone() };
        let codes = found(&texts);
        let silent = pair.change == "silent";
        let right = if silent { codes.is_empty() } else { codes.contains(&rule(&pair.change)) };
        let row = batches.entry(pair.batch).or_default();
        row[0] += usize::from(!silent);
        row[1] += usize::from(!silent && right);
        row[2] += usize::from(silent);
        row[3] += usize::from(silent && !right);
        if !right {
            writeln!(wrong, "{} {}: {} {codes:?}", pair.change, pair.why, pair.draft).unwrap();
        }
    }
    let mut table = "batch changed found silent told\n".to_owned();
    for (batch, [changed, hits, silent, told]) in &batches {
        writeln!(table, "{batch:5} {changed:7} {hits:5} {silent:6} {told:4}").unwrap();
    }
    writeln!(table, "\n{wrong}").unwrap();
    let rows = batches.into_iter().map(|(batch, row)| (batch, [row[0], row[1], row[3]]));
    (table, rows.collect())
}
