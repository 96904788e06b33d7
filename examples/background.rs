//! Makes `src/reuse/background.txt`, the table of common words.
//!
//! ```text
//! cargo run --release --example background -- pstatic-en-256-q4.bin > src/reuse/background.txt
//! ```
//!
//! In:  a model file in the format PSTATIC1, which lists, for words of one piece,
//!      how many of 66,396 sentences hold them.
//! Out: lines of words in a million and the word, the most common first.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program of its own, not part of the library"
)]

use std::error::Error;

/// Sentences that the model's frequencies were counted over.
const SENTENCES: f64 = 66_396.0;

/// Words in a sentence of the counted text, about.
const SENTENCE_WORDS: f64 = 20.0;

/// Rarer words tell nothing that absence does not.
const PER_MILLION_MIN: f64 = 10.0;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: background MODEL")?;
    let model = std::fs::read(path)?;
    let number = |at: usize| -> Result<usize, Box<dyn Error>> {
        let bytes: [u8; 4] = model.get(at..at + 4).ok_or("truncated")?.try_into()?;
        Ok(usize::try_from(u32::from_le_bytes(bytes))?)
    };
    if !model.starts_with(b"PSTATIC1") {
        return Err("not a PSTATIC1 file".into());
    }
    let (words, vocabulary) = (number(8)?, number(20)?);
    let list = std::str::from_utf8(model.get(24..24 + vocabulary).ok_or("truncated")?)?;
    let after_scales = 24 + vocabulary + 4 * words;
    let idf = model.get(after_scales..after_scales + words).ok_or("truncated")?;
    let mut rows: Vec<(f64, &str)> = list
        .split('\n')
        .zip(idf)
        .filter(|(word, _)| word.chars().all(char::is_alphanumeric))
        .map(|(word, idf)| (per_million(*idf), word))
        .filter(|(count, _)| *count >= PER_MILLION_MIN)
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    for (count, word) in rows {
        println!("{count:.0} {word}");
    }
    Ok(())
}

/// The file holds `20 ln((N + 1) / (df + 0.5))`.
fn per_million(idf: u8) -> f64 {
    let sentences = (SENTENCES + 1.0) * (-f64::from(idf) / 20.0).exp() - 0.5;
    1e6 * sentences / (SENTENCES * SENTENCE_WORDS)
}
