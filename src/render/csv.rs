//! CSV: findings or propositions as rows of a table, for a spreadsheet (RFC 4180).
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and
//! runs it. Such a cell gets an apostrophe in front, which shows that it is text.
//!
//! In:  a [`Report`], or a [`Review`].
//! Out: a header and a row a finding or proposition, in UTF-8, every cell between
//! quotation marks.
//! Not here: other tables than this one.

use crate::render::item::Item;
use crate::render::item::Listing;
use crate::render::item::Spot;
use crate::render::item::fitting;
use crate::render::json::Run;
use crate::render::sanitize;
use crate::report::Report;
use crate::review::Review;
use std::io;
use std::io::Write;

/// Rows: what every spreadsheet holds is a million.
const ROWS_MAX: usize = 1_000_000;

/// Bytes of all rows.
const BYTES_MAX: usize = 50_000_000;

/// Between two sentences of one document that say one thing.
const WORDINGS_BREAK: &str = " | ";

/// The columns, in order.
const COLUMNS: [&str; 11] = [
    "severity",
    "rule",
    "name",
    "message",
    "path",
    "line",
    "column",
    "wording",
    "other places",
    "help",
    "finding",
];

/// Writes the findings as rows.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, run: &Run, report: &Report) -> io::Result<()> {
    write_listing(out, Listing::of_report(run, report))
}

/// Writes what a change brings; see [`write()`].
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review(out: &mut impl Write, review: &Review) -> io::Result<()> {
    write_listing(out, Listing::of_review(review))
}

fn write_listing(out: &mut impl Write, mut listing: Listing) -> io::Result<()> {
    out.write_all(row(&COLUMNS.map(str::to_owned)).as_bytes())?;
    let about_run = |severity: &str, message: &str| {
        let cells = COLUMNS.map(|column| match column {
            "severity" => severity.to_owned(),
            "message" => sanitize::line(message).into_owned(),
            _ => String::new(),
        });
        row(&cells)
    };
    for line in listing.unchecked {
        out.write_all(about_run("error", &format!("not checked: {line}")).as_bytes())?;
    }
    let rows = listing.items.by_ref().map(|item| row(&cells(&item)));
    let (rows, hidden) = fitting(rows, (ROWS_MAX, BYTES_MAX), String::len);
    rows.iter().try_for_each(|row| out.write_all(row.as_bytes()))?;
    if hidden > 0 {
        out.write_all(about_run("note", &listing.more(hidden)).as_bytes())?;
    }
    Ok(())
}

fn cells(item: &Item) -> [String; COLUMNS.len()] {
    let first = &item.spots[0];
    let region = first.region.as_ref();
    let number =
        |number: Option<usize>| number.map_or_else(String::new, |number| number.to_string());
    let exact = region.and_then(|region| region.exact.as_ref());
    let others: Vec<String> = item.spots.iter().skip(1).map(Spot::told).collect();
    [
        item.severity.name().to_owned(),
        item.topic.code.to_owned(),
        item.topic.slug.to_owned(),
        item.message.clone(),
        sanitize::line(&first.path).into_owned(),
        number(region.map(|region| region.start.line)),
        number(region.map(|region| region.start.column)),
        exact.map_or_else(String::new, |exact| sanitize::line(exact).into_owned()),
        others.join("; "),
        item.help.clone(),
        item.fingerprint.to_string(),
    ]
}

/// Writes the matrix of propositions: a row each, and a column for each document with
/// what it says.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_propositions(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let heads = ["proposition".to_owned(), "documents".to_owned()].into_iter();
    let names = report.documents.iter().map(|document| match document.outlet() {
        Some(outlet) => format!("{} ({})", sanitize::line(outlet), sanitize::line(&document.path)),
        None => sanitize::line(&document.path).into_owned(),
    });
    out.write_all(row(&heads.chain(names).collect::<Vec<_>>()).as_bytes())?;
    for (number, found) in (1..).zip(&report.propositions) {
        let mut cells = vec![format!("{number}"), found.documents().len().to_string()];
        cells.extend(report.documents.iter().map(|document| {
            let own = found.members.iter().filter(|member| member.place.doc == document.id);
            let wordings = own.map(|member| {
                sanitize::line(&document.source[member.place.span.range()]).into_owned()
            });
            wordings.collect::<Vec<_>>().join(WORDINGS_BREAK)
        }));
        out.write_all(row(&cells).as_bytes())?;
    }
    Ok(())
}

/// A row with its end.
pub(crate) fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A sanitised text as a cell that no spreadsheet runs. Blanks in front do not make a
/// formula harmless, nor do the wide signs of Asian keyboards.
fn cell(text: &str) -> String {
    let begins = text.trim_start().chars().next();
    let formula = matches!(begins, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_ends_early() {
        #[rustfmt::skip]
        let cases = [
            ("29 deals",           "\"29 deals\""),
            ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
            ("  +1",               "\"'  +1\""),
            ("\u{a0}-1",           "\"'\u{a0}-1\""),
            ("@SUM(A1)",           "\"'@SUM(A1)\""),
            ("＝1",                "\"'＝1\""),
            ("a\",\"=1",           "\"a\"\",\"\"=1\""),
            ("",                   "\"\""),
        ];
        for (text, expected) in cases {
            assert_eq!(cell(text), expected);
        }
    }
}
