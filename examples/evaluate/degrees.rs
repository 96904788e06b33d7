//! Degrees: how well the program's degree of certainty agrees with a reader's.
//!
//! In:  a TOML file of batches, each with rows of `sentence | word | percent`: how likely a
//!      reader who trusts the text calls what the word names, 50 where nobody can tell.
//! Out: for each batch Pearson's r, the mean absolute error on a scale from -3 to 3, how often
//!      so, not so and open are told apart, and how well what is not certain is found.
#![expect(clippy::unwrap_used, reason = "a fault in the rows ends the run")]

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

/// The steps on the scale of event factuality, from -3 to 3.
const STEPS: f64 = 3.0;

/// From how many steps on something is called certain.
const CERTAIN: f64 = 1.5;

/// Mean absolute error in steps; the share of words that are rightly told to be so, not so or
/// open; precision, recall and F1 of what is not certain.
fn measures(rows: &[[f64; 2]]) -> [f64; 5] {
    let way = |degree: f64| match degree * STEPS {
        steps if steps >= CERTAIN => 1,
        steps if steps <= -CERTAIN => -1,
        _ => 0,
    };
    let share = |part: usize, all: usize| {
        #[expect(clippy::cast_precision_loss, reason = "some hundred rows")]
        let share = part as f64 / all.max(1) as f64;
        share
    };
    let count = |is: &dyn Fn(i32, i32) -> bool| {
        rows.iter().filter(|row| is(way(row[0]), way(row[1]))).count()
    };
    let error: f64 = rows.iter().map(|row| (row[0] - row[1]).abs() * STEPS).sum();
    let hits = count(&|gold, found| gold < 1 && found < 1);
    let precision = share(hits, count(&|_, found| found < 1));
    let recall = share(hits, count(&|gold, _| gold < 1));
    #[expect(clippy::cast_precision_loss, reason = "some hundred rows")]
    let mae = error / rows.len().max(1) as f64;
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    [mae, share(count(&|gold, found| gold == found), rows.len()), precision, recall, f1]
}

/// The measures of each batch, the rows that are far off, and Pearson's r of each batch.
pub(crate) fn table(source: &str) -> (String, BTreeMap<u32, f64>) {
    let grades: Grades = toml::from_str(source).unwrap();
    let mut all = BTreeMap::new();
    let mut table = "batch words    r  MAE 3-way  not-certain P    R   F1\n".to_owned();
    let mut far = String::new();
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
        let [mae, ways, precision, recall, f1] = measures(&pairs);
        writeln!(
            table,
            "{batch:5} {:5} {r:4.2} {mae:4.2} {ways:5.2} {precision:14.2} {recall:4.2} {f1:4.2}",
            rows.len()
        )
        .unwrap();
        all.insert(*batch, r);
    }
    (format!("{table}\n{far}"), all)
}
