//! Contrasts: how many shifts of certainty and attribution in `tests/fixtures/contrasts.toml`
//! are found, and how often a near miss is told of.
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use crate::pin::pin;
use provenance::analyse;
use provenance::corpus::Document;
use provenance::policy::Policy;
use provenance::span::DocId;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Deserialize)]
struct Contrasts {
    certainty: Vec<Contrast>,
    attribution: Vec<Contrast>,
}

#[derive(Deserialize)]
struct Contrast {
    kind: String,
    source: String,
    draft: String,
    near: String,
}

impl Contrast {
    fn rule(&self) -> &'static str {
        match self.kind.as_str() {
            "raised" => "PV425",
            "lowered" => "PV426",
            "dropped" => "PV420",
            "changed" => "PV421",
            "vague" => "PV422",
            _ => "PV423",
        }
    }
}

/// The codes PV420 to PV429 that a draft yields against a source.
fn found(source: &str, draft: &str) -> Vec<&'static str> {
    let text = |words: &str| {
        format!(
            "News of the coast\n\nIt rained in Port Ellery on Tuesday.\n\n{words}\n\nMore rain is near.\n"
        )
    };
    codes(text(source), text(draft))
}

/// The same of texts that share nothing around the passages.
fn found_apart(source: &str, draft: &str) -> Vec<&'static str> {
    let source = format!("News of the coast\n\nIt rained on Tuesday.\n\n{source}\n");
    let draft = format!("From the hall\n\nThe old clock is blue now.\n\n{draft}\n");
    codes(source, draft)
}

fn codes(source: String, draft: String) -> Vec<&'static str> {
    let mut documents = [
        Document::unrecorded(DocId(0), "wire.txt", source),
        Document::unrecorded(DocId(1), "draft.md", draft),
    ];
    documents[1].draft = true;
    let findings = analyse(&documents, &Policy::default()).findings;
    let codes = findings.iter().map(|finding| finding.rule.info().code);
    codes.filter(|code| ("PV420"..="PV429").contains(code)).collect()
}

/// How two passages are compared.
type Found = fn(&str, &str) -> Vec<&'static str>;

/// The table of one family; its recall and precision, in percent.
fn table(contrasts: &[Contrast], found: Found) -> (String, usize, usize) {
    let mut kinds: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut wrong = String::new();
    for contrast in contrasts {
        let row = kinds.entry(&contrast.kind).or_default();
        let (codes, near) =
            (found(&contrast.source, &contrast.draft), found(&contrast.source, &contrast.near));
        let hit = codes.contains(&contrast.rule());
        row[0] += 1;
        row[1] += usize::from(hit);
        row[2] += usize::from(!near.is_empty());
        if !hit {
            writeln!(wrong, "missed {}: {} {codes:?}", contrast.kind, contrast.draft).unwrap();
        }
        if !near.is_empty() {
            writeln!(wrong, "told of {}: {} {near:?}", contrast.kind, contrast.near).unwrap();
        }
    }
    let [all, hits, noise] =
        kinds.values().fold([0; 3], |sum, row| [sum[0] + row[0], sum[1] + row[1], sum[2] + row[2]]);
    let mut table = format!("{:12} pairs found near-told\n", "kind");
    for (kind, [all, hits, noise]) in kinds {
        writeln!(table, "{kind:12} {all:5} {hits:5} {noise:9}").unwrap();
    }
    writeln!(table, "{:12} {all:5} {hits:5} {noise:9}\n\n{wrong}", "all").unwrap();
    (table, hits * 100 / all, hits * 100 / (hits + noise).max(1))
}

/// Holds the two families of `source` to the bars.
fn score(source: &str, least: usize, suffix: &str, found: Found) {
    let contrasts: Contrasts = toml::from_str(source).unwrap();
    assert!(contrasts.certainty.len() >= least && contrasts.attribution.len() >= least);
    let families = [("certainty", &contrasts.certainty), ("attribution", &contrasts.attribution)];
    let tables = families.map(|(name, family)| (name, table(family, found)));
    let mut all = String::new();
    for (name, (table, ..)) in &tables {
        writeln!(all, "{name}\n{table}").unwrap();
    }
    let question = "Which contrasts are found, and what is told of near misses?";
    pin("", &format!("contrasts{suffix}"), question, &all);
    for (name, (_, recall, precision)) in tables {
        assert!(recall >= 80, "{name}: recall {recall}");
        assert!(precision >= 90, "{name}: precision {precision}");
    }
}

#[test]
fn contrasts_of_framing_are_found_and_near_misses_are_not() {
    score(include_str!("../fixtures/contrasts.toml"), 40, "", found);
}

/// The same where the passages share little wording.
#[test]
fn contrasts_in_other_words_are_found_and_near_misses_are_not() {
    score(include_str!("../fixtures/reworded.toml"), 20, "-reworded", found_apart);
}

/// Whoever is surer in one order is less sure in the other.
#[test]
fn swapped_sides_swap_raised_and_lowered() {
    let contrasts: Contrasts = toml::from_str(include_str!("../fixtures/contrasts.toml")).unwrap();
    for contrast in &contrasts.certainty {
        let (one, other) =
            (found(&contrast.source, &contrast.draft), found(&contrast.draft, &contrast.source));
        for (there, here) in [("PV425", "PV426"), ("PV426", "PV425")] {
            assert_eq!(one.contains(&there), other.contains(&here), "{}", contrast.draft);
        }
    }
}

/// What stands in quotation marks changes nothing outside them.
#[test]
fn a_masked_quotation_changes_no_finding_outside_it() {
    let contrasts: Contrasts = toml::from_str(include_str!("../fixtures/contrasts.toml")).unwrap();
    let words = "Port Ellery may have joined nothing, analysts say, and never will.";
    for contrast in contrasts.certainty.iter().chain(&contrasts.attribution) {
        let with = |quoted: &str| {
            let draft = format!("{}\n\n“{quoted}” Ana Poe told reporters.", contrast.draft);
            found(&contrast.source, &draft)
        };
        let mask: String = words.chars().map(|c| if c.is_alphabetic() { 'x' } else { c }).collect();
        assert_eq!(with(words), with(&mask), "{}", contrast.draft);
    }
}

/// A text parts from itself in nothing.
#[test]
fn a_text_against_itself_yields_nothing() {
    let contrasts: Contrasts = toml::from_str(include_str!("../fixtures/contrasts.toml")).unwrap();
    for contrast in contrasts.certainty.iter().chain(&contrasts.attribution) {
        for text in [&contrast.source, &contrast.draft] {
            assert_eq!(found(text, text), Vec::<&str>::new(), "{text}");
        }
    }
}
