//! How fast the rule pass over quotations and framing is, in MB of text a CPU second.
//!
//! In:  the texts of this repository, repeated.
//! Out: a line for each stage.

use crate::cost::cpu_seconds;
use provenance::claims;
use provenance::divergence::recurrences;
use provenance::span::DocId;
use provenance::text::Text;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Text to read.
const MEGABYTES: usize = 20;

/// Prints the rate of each stage.
pub(crate) fn evaluate(root: &Path) -> Result<(), Box<dyn Error>> {
    let mut names: Vec<_> = fs::read_dir(root.join("corpus/accords"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    names.sort();
    let sources: Vec<String> = names.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
    let bytes: usize = sources.iter().map(String::len).sum();
    let rounds = MEGABYTES * 1_000_000 / bytes;
    let copies: Vec<&String> = (0..rounds).flat_map(|_| &sources).collect();
    let mut last = cpu_seconds();
    let mut rate = |stage: &str| {
        let now = cpu_seconds();
        #[expect(clippy::cast_precision_loss, reason = "some megabytes")]
        let megabytes = (rounds * bytes) as f64 / 1e6;
        println!("{stage:44} {:8.1} MB/s", megabytes / (now - last).max(0.01));
        last = now;
    };
    let texts: Vec<Text> =
        (0..).map(DocId).zip(&copies).map(|(id, source)| Text::read(id, source)).collect();
    rate("reading texts, as a baseline");
    let quotations: usize = texts.iter().map(|text| claims::quotations(text).len()).sum();
    rate("quotations with speakers");
    let statements: usize = texts.iter().map(|text| claims::statements(text).len()).sum();
    rate("statements with certainty");
    let attributions: usize = texts.iter().map(|text| claims::attributions(text).len()).sum();
    rate("attributions");
    let claims: Vec<_> = texts.iter().map(claims::quotations).collect();
    let kin = recurrences(&texts[..sources.len()], &claims[..sources.len()]).len();
    println!(
        "{quotations} quotations, {statements} statements, {attributions} attributions, {kin} kin"
    );
    Ok(())
}
