//! Quotations for people: who says them, and where else they stand.

use super::Lead;
use super::Look;
use super::address;
use super::style::Role;
use super::write_wrapped;
use crate::claims::Claim;
use crate::claims::Usage;
use crate::claims::Value;
use crate::render::lines::Lines;
use crate::render::sanitize;
use crate::report::Quoted;
use crate::report::Report;
use crate::span::Span;
use std::io;
use std::io::Write;

/// Columns by which the rows under a place stand in.
const HANG: usize = 4;

/// Writes each quotation with its speaker and where else it stands.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_quotations(
    out: &mut impl Write,
    report: &Report,
    quoted: &Quoted,
    look: Look,
) -> io::Result<()> {
    let lines = Lines::of(report.documents);
    for claim in quoted.shown(report) {
        let Value::Words { usage, .. } = claim.value else { continue };
        let head = look.paint(Role::Strong, &address(report, &lines, claim.place));
        let kind =
            if usage == Usage::Speech { String::new() } else { format!("  {}", usage.name()) };
        writeln!(out, "{head}{}", look.paint(Role::Dim, &kind))?;
        let source = &report.documents[claim.place.doc.index()].source;
        let plain = Lead { before: "    ", word: "", role: Role::Dim, after: "" };
        write_wrapped(out, &plain, (&source[claim.place.span.range()], None, HANG), look)?;
        let told = speaker(report, claim);
        let lead = Lead { before: "  ", word: "=", role: Role::Dim, after: " " };
        write_wrapped(out, &lead, (&told, None, HANG), look)?;
        for (other, likeness) in quoted.elsewhere(claim.place) {
            let caption = report.documents[other.doc.index()].caption();
            let text =
                format!("{}: {}  {caption}", likeness.name(), address(report, &lines, *other));
            let lead = Lead { before: "  ", word: "-->", role: Role::Dim, after: " " };
            write_wrapped(out, &lead, (&text, None, HANG), look)?;
        }
        writeln!(out)?;
    }
    let counts = counts(report, quoted);
    writeln!(out, "{}", sanitize::line(&counts))
}

/// "Dana Ruiz, the mayor (“she”, “said”)".
fn speaker(report: &Report, claim: &Claim) -> String {
    let Value::Words { cue, voice, .. } = claim.value else { return String::new() };
    let source = &report.documents[claim.place.doc.index()].source;
    let words = |span: Span| &source[span.range()];
    let Some(voice) = voice else { return "no speaker named".to_owned() };
    let role = voice.role.map_or_else(String::new, |role| format!(", {}", words(role)));
    let beside: Vec<String> = [(voice.said != voice.name).then_some(voice.said), cue]
        .into_iter()
        .flatten()
        .map(|span| format!("“{}”", words(span)))
        .collect();
    let beside =
        if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
    format!("{}{role}{beside}", words(voice.name))
}

/// "3 quotations: 2 with a speaker, 1 also elsewhere, 0 of these changed".
fn counts(report: &Report, quoted: &Quoted) -> String {
    let all = quoted.shown(report);
    let named = all
        .iter()
        .filter(|claim| matches!(claim.value, Value::Words { voice: Some(_), .. }))
        .count();
    let elsewhere = all.iter().filter(|claim| !quoted.elsewhere(claim.place).is_empty()).count();
    let changed = all
        .iter()
        .filter(|claim| {
            quoted.elsewhere(claim.place).iter().any(|(_, likeness)| likeness.is_changed())
        })
        .count();
    let noun = if all.len() == 1 { "quotation" } else { "quotations" };
    format!(
        "{} {noun}: {named} with a speaker, {elsewhere} also elsewhere, {changed} with other words",
        all.len()
    )
}
