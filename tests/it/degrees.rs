//! Degrees: how well the program's degree of certainty agrees with a reader's, on the
//! sentences of `tests/fixtures/grades.toml`.
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use crate::pin::pin;
use provenance::claims::degree;
use provenance::span::DocId;
use provenance::span::Span;
use provenance::text::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Deserialize)]
struct Grades {
    grade: Vec<Batch>,
}

/// Rows of `sentence | word | percent`.
#[derive(Deserialize)]
struct Batch {
    batch: u32,
    rows: Vec<String>,
}

/// Pearson's correlation of two columns.
fn pearson(rows: &[[f64; 2]]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "some hundred rows")]
    let count = rows.len() as f64;
    let mean = |at: usize| rows.iter().map(|row| row[at]).sum::<f64>() / count;
    let (one, other) = (mean(0), mean(1));
    let sum = |left: usize, right: usize| {
        let means = [one, other];
        rows.iter().map(|row| (row[left] - means[left]) * (row[right] - means[right])).sum::<f64>()
    };
    sum(0, 1) / (sum(0, 0) * sum(1, 1)).sqrt()
}

/// Pearson's r of each batch, in thousandths, and the rows that are far off.
pub(crate) fn table(source: &str) -> (String, BTreeMap<u32, f64>) {
    let grades: Grades = toml::from_str(source).unwrap();
    let mut all = BTreeMap::new();
    let (mut table, mut far) = (String::new(), String::new());
    for Batch { batch, rows } in &grades.grade {
        let mut pairs = Vec::new();
        for row in rows {
            let parts: Vec<&str> = row.split(" | ").collect();
            let (sentence, word, percent) = (parts[0], parts[1], parts[2]);
            let expected = percent.parse::<f64>().unwrap() / 50.0 - 1.0;
            // The last one: "She remembered that she remembered".
            let start = sentence.rfind(word).unwrap();
            let text = Text::read(DocId(0), sentence);
            let found = degree(&text, Span::new(start, start + word.len()));
            pairs.push([expected, found]);
            if (found - expected).abs() > 0.5 {
                writeln!(far, "{found:5.2} for {expected:5.2}: {row}").unwrap();
            }
        }
        let r = pearson(&pairs);
        writeln!(table, "batch {batch}: {} sentences, r {r:.2}", rows.len()).unwrap();
        all.insert(*batch, r);
    }
    (format!("{table}\n{far}"), all)
}

#[test]
fn degrees_of_certainty_follow_a_reader() {
    let (table, all) = table(include_str!("../fixtures/grades.toml"));
    pin("", "degrees", "How sure is each sentence of its event?", &table);
    for (batch, r) in all {
        assert!(r >= 0.66, "batch {batch}");
    }
}
