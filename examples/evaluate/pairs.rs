//! Pairs of sentences that say the same, often in other words.
//!
//! Each is compared by itself, and its first side with the second side of the next
//! pair, which says something else. The engine looks for reused wording, so that what
//! it finds here is the share of such pairs that also share words.

use provenance::align;
use provenance::reuse;
use provenance::span::DocId;
use provenance::text::Text;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Two sentences.
pub(crate) type Sentences = (String, String);

/// Prints how many pairs are aligned, and how many that do not belong together.
pub(crate) fn evaluate(pairs: &[Sentences]) {
    let next = pairs.iter().cycle().skip(1);
    let right = pairs.iter().filter(|(one, other)| is_aligned(one, other)).count();
    let apart = pairs.iter().zip(next).filter(|(pair, next)| pair.1 != next.1);
    let wrong = apart.filter(|(pair, next)| is_aligned(&pair.0, &next.1)).count();
    println!("aligned {right} of {} pairs, and {wrong} that do not belong together", pairs.len());
}

fn is_aligned(one: &str, other: &str) -> bool {
    let texts = [Text::read(DocId(0), one), Text::read(DocId(1), other)];
    align::passages(&texts, &reuse::chains(&texts))
        .iter()
        .any(|found| found.reported && found.left.doc != found.right.doc)
}

/// Tab-separated lines with the sentences in the second and fourth column.
pub(crate) fn mtref(file: &Path) -> Result<Vec<Sentences>, Box<dyn Error>> {
    let content = fs::read_to_string(file)?;
    let sentences = |line: &str| {
        let mut columns = line.split('\t').skip(1);
        Some((columns.next()?.to_owned(), columns.nth(1)?.to_owned()))
    };
    Ok(content.lines().filter_map(sentences).collect())
}

/// Comma-separated lines with the passages of a document and of its summary in the
/// last two columns.
pub(crate) fn superpal(file: &Path) -> Result<Vec<Sentences>, Box<dyn Error>> {
    let rows = rows(&fs::read_to_string(file)?);
    let sentences = |row: &Vec<String>| Some((row.get(12)?.clone(), row.get(13)?.clone()));
    Ok(rows.iter().skip(1).filter_map(sentences).collect())
}

/// The fields of comma-separated lines; quoted ones may hold commas and line ends.
fn rows(content: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for (at, c) in content.char_indices() {
        let row = rows.last_mut().expect("there is always a row");
        match c {
            '"' => {
                // A doubled quotation mark stands for one.
                if !quoted && content[..at].ends_with('"') {
                    row.last_mut().expect("there is always a field").push('"');
                }
                quoted = !quoted;
            }
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            _ => row.last_mut().expect("there is always a field").push(c),
        }
    }
    rows
}
