//! Alignments on a terminal: two passages under each other, with what they share or where
//! they part.

use super::Extent;
use super::address;
use super::excerpt::CARET;
use super::excerpt::Mark;
use super::style::Look;
use super::style::Role;
use super::write_passage;
use crate::align::Alignment;
use crate::divergence::contrast;
use crate::paraphrase::Paraphrase;
use crate::render::lines::Lines;
use crate::report::Report;
use crate::span::Place;
use std::io;
use std::io::Write;

/// The sign under a word that the other passage has too.
const SAME: char = '=';

/// The sign under a word to which one of like meaning answers.
const LIKE: char = '~';

/// What the signs under paraphrases mean.
const LEGEND: &str =
    "under a paraphrase: = shared word, ~ word of like meaning, ^ figure or date that differs";

/// Passages that are aligned by their wording or by what they say.
enum Aligned<'r> {
    Wording(&'r Alignment),
    Paraphrase(&'r Paraphrase),
}

/// Writes the aligned passages one under the other in reading order.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_alignments(
    out: &mut impl Write,
    report: &Report,
    look: Look,
    all: bool,
) -> io::Result<()> {
    let lines = Lines::of(report.documents);
    let wording = report.alignments.iter().filter(|found| all || found.reported);
    let paraphrases = shown(report, all);
    let is_paraphrased = !paraphrases.is_empty();
    let mut aligned: Vec<([Place; 2], Aligned)> = wording
        .map(|found| ([found.left, found.right], Aligned::Wording(found)))
        .chain(
            paraphrases
                .into_iter()
                .map(|found| ([found.left, found.right], Aligned::Paraphrase(found))),
        )
        .collect();
    aligned.sort_by_key(|(places, _)| (places.map(|place| place.doc), *places));
    for (_, found) in aligned {
        match found {
            Aligned::Wording(found) => write_alignment(out, report, &lines, found, look)?,
            Aligned::Paraphrase(found) => write_paraphrase(out, report, &lines, found, look)?,
        }
    }
    if is_paraphrased {
        writeln!(out, "{}", look.paint(Role::Dim, LEGEND))?;
    }
    Ok(())
}

/// The paraphrases that are shown; what wording aligns is shown there.
fn shown<'r>(report: &'r Report, all: bool) -> Vec<&'r Paraphrase> {
    let is_shown = |found: &&Paraphrase| !found.copied && (all || found.is_reported());
    report.paraphrases.iter().filter(is_shown).collect()
}

fn write_alignment(
    out: &mut impl Write,
    report: &Report,
    lines: &Lines,
    found: &Alignment,
    look: Look,
) -> io::Result<()> {
    let percent = format!("{:.0} %", found.similarity * 100.0);
    let head =
        format!("{} {percent} of the words shared{}", found.kind.name(), below(found.reported));
    let edited = || found.edits.iter().filter(|edit| !edit.kept);
    let text = |place: Place| &report.texts[place.doc.index()];
    let left = edited().filter_map(|edit| text(found.left).span_of(&edit.left));
    let right = edited().filter_map(|edit| text(found.right).span_of(&edit.right));
    let sides = [
        (found.left, left.map(|span| (span, CARET)).collect()),
        (found.right, right.map(|span| (span, CARET)).collect()),
    ];
    write_sides(out, report, lines, (&head, &sides), look)
}

fn write_paraphrase(
    out: &mut impl Write,
    report: &Report,
    lines: &Lines,
    found: &Paraphrase,
    look: Look,
) -> io::Result<()> {
    let percent = format!("{:.0} %", found.probability * 100.0);
    let head = format!("paraphrase, probability {percent}{}", below(found.is_reported()));
    let mut sides = [(found.left, Vec::new()), (found.right, Vec::new())];
    for (side, differing) in contrast(report.texts, report.claims, found).into_iter().enumerate() {
        sides[side].1.extend(differing.into_iter().map(|span| (span, CARET)));
    }
    for pair in &found.words {
        let sign = if pair.is_same { SAME } else { LIKE };
        sides[0].1.push((pair.left, sign));
        sides[1].1.push((pair.right, sign));
    }
    write_sides(out, report, lines, (&head, &sides), look)
}

fn below(reported: bool) -> &'static str {
    if reported { "" } else { " (below the reporting threshold)" }
}

fn write_sides(
    out: &mut impl Write,
    report: &Report,
    lines: &Lines,
    (head, sides): (&str, &[(Place, Vec<Mark>); 2]),
    look: Look,
) -> io::Result<()> {
    writeln!(out, "{}", look.paint(Role::Strong, head))?;
    for (place, marks) in sides {
        writeln!(out, "  {} {}", look.paint(Role::Dim, "-->"), address(report, lines, *place))?;
        write_passage(out, report, lines, (*place, marks, Extent::Whole), look)?;
    }
    writeln!(out)
}
