//! Quotations: how many of the changes in `tests/fixtures/quotations.toml` are found, and
//! how often nothing was there to find.
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

#[path = "../../examples/evaluate/coverage.rs"]
mod coverage;

use crate::pin::pin;
use coverage::Texts;
use coverage::found;
use coverage::rule;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Deserialize)]
struct Pairs {
    pair: Vec<Pair>,
}

/// One quotation and what became of it.
#[derive(Deserialize)]
struct Pair {
    class: String,
    said: String,
    draft: String,
    silent: String,
    #[serde(default = "mayor")]
    by: String,
}

fn mayor() -> String {
    "Dana Ruiz".to_owned()
}

impl Pair {
    /// The rule that must find the change.
    fn rule(&self) -> &'static str {
        rule(&self.class)
    }

    fn whole(&self) -> String {
        self.said.replace('|', "")
    }

    fn cut(&self) -> &str {
        self.said.split('|').next().unwrap()
    }

    fn source(&self) -> String {
        match self.class.as_str() {
            "made" => format!("Dana Ruiz spoke for an hour. She said that {}.", self.whole()),
            _ => format!("“{},” said Dana Ruiz, the mayor.", self.whole()),
        }
    }

    fn altered(&self) -> Texts {
        let draft = match self.class.as_str() {
            "unmarked" => format!("{}, and that was that.", self.draft),
            _ => quoted(&self.draft, &self.by),
        };
        Texts { source: self.source(), draft }
    }

    fn innocent(&self) -> [Texts; 3] {
        let ruiz = "Dana Ruiz";
        let typeset = self.whole().replacen(' ', "\u{a0}", 1).replace('’', "'");
        let typeset = format!("\"{typeset},\" said {ruiz}.");
        let (source, draft) = (self.source(), self.silent.clone());
        match self.class.as_str() {
            "made" => [
                Texts { source, draft: format!("{ruiz} said that {draft}.") },
                Texts {
                    source: self.source(),
                    draft: format!("{ruiz} said that {}.", self.whole()),
                },
                Texts { source: quoted(&self.whole(), ruiz), draft: typeset },
            ],
            "unmarked" => [
                Texts { source, draft: format!("{draft}, people say.") },
                Texts { source: self.source(), draft: quoted(self.cut(), ruiz) },
                Texts { source: self.source(), draft: typeset },
            ],
            // The cut that takes the condition away is what `draft` is about.
            "truncated" => [
                Texts { source, draft: quoted(&draft, ruiz) },
                Texts { source: self.source(), draft: quoted(&self.whole(), "the mayor") },
                Texts { source: self.source(), draft: typeset },
            ],
            _ => [
                Texts { source, draft: quoted(&draft, ruiz) },
                Texts { source: self.source(), draft: quoted(self.cut(), ruiz) },
                Texts { source: self.source(), draft: typeset },
            ],
        }
    }
}

fn quoted(words: &str, speaker: &str) -> String {
    format!("“{words},” said {speaker}.")
}

#[test]
fn changes_of_quotations_are_found_and_nothing_else() {
    let source = include_str!("../fixtures/quotations.toml");
    let pairs: Pairs = toml::from_str(source).unwrap();
    assert!(pairs.pair.len() >= 80);
    let mut classes: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut wrong = String::new();
    for pair in &pairs.pair {
        let row = classes.entry(&pair.class).or_default();
        let codes = found(&pair.altered());
        let hit = codes.contains(&pair.rule());
        row[0] += 1;
        row[1] += usize::from(hit);
        if !hit {
            writeln!(wrong, "missed {}: {} {codes:?}", pair.class, pair.draft).unwrap();
        }
        for texts in pair.innocent() {
            let codes = found(&texts);
            row[2] += usize::from(!codes.is_empty());
            if !codes.is_empty() {
                writeln!(wrong, "told of {}: {} {codes:?}", pair.class, texts.draft).unwrap();
            }
        }
    }
    let [all, hits, noise] = classes
        .values()
        .fold([0; 3], |sum, row| [sum[0] + row[0], sum[1] + row[1], sum[2] + row[2]]);
    let mut table = format!("{:12} pairs found silent-told\n", "class");
    for (class, [all, hits, noise]) in classes {
        writeln!(table, "{class:12} {all:5} {hits:5} {noise:11}").unwrap();
    }
    writeln!(table, "{:12} {all:5} {hits:5} {noise:11}\n\n{wrong}", "all").unwrap();
    pin(
        "",
        "quotations",
        "Which changes of a quotation are found, and what is told for nothing?",
        &table,
    );
    assert!(hits * 100 >= all * 92, "recall");
    assert!(hits * 100 >= (hits + noise) * 97, "precision");
}

#[test]
fn changes_are_found_in_coverage_as_outlets_print_it() {
    let (table, batches) = coverage::table(include_str!("../fixtures/coverage.toml"));
    pin("", "coverage", "Which changes are found between two reports of one event?", &table);
    for [changed, hits, told] in batches.into_values() {
        assert!(hits * 100 >= changed * 88, "recall");
        assert!(hits * 100 >= (hits + told) * 95, "precision");
    }
}
