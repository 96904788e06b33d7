//! The command that says what a code means: explain.

use crate::cli::args::ExplainArgs;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::finding::RULES;
use crate::finding::Rule;
use std::io::Write;

/// The table of errors, which is their documentation.
const ERRORS: &str = include_str!("../../docs/errors.md");

/// One row of the table.
struct Row {
    code: &'static str,
    happened: &'static str,
    exit: &'static str,
    /// May be empty.
    to_do: &'static str,
}

pub(crate) fn explain(args: &ExplainArgs, output: &Output) -> Result<u8, Error> {
    let Some(name) = &args.rule else {
        output.write(|out, _| {
            for info in RULES {
                writeln!(out, "{}  {:24} {}", info.code, info.slug, info.summary)?;
            }
            writeln!(out)?;
            rows().try_for_each(|row| writeln!(out, "{}  {}", row.code, row.happened))
        })?;
        return Ok(0);
    };
    if let Some(rule) = Rule::named(name) {
        output.write(|out, _| out.write_all(rule.info().page.as_bytes()))?;
        return Ok(0);
    }
    let Some(row) = rows().find(|row| row.code.eq_ignore_ascii_case(name)) else {
        return Err(Error::usage(
            format!("there is no rule or error `{name}`"),
            "list all: provenance explain",
        ));
    };
    output.write(|out, _| write_row(out, &row))?;
    Ok(0)
}

fn write_row(out: &mut impl Write, row: &Row) -> std::io::Result<()> {
    writeln!(out, "# {}: {}\n", row.code, row.happened)?;
    let meaning = match row.exit {
        "3" => "the system stood in the way, and what was not checked is not known to be right",
        _ => "what was asked cannot be done",
    };
    writeln!(out, "An error: it stops the run. Exit status {}: {meaning}.", row.exit)?;
    if !row.to_do.is_empty() {
        writeln!(out, "\nWhat to do: {}.", row.to_do)?;
    }
    Ok(())
}

fn rows() -> impl Iterator<Item = Row> {
    ERRORS.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| PE")?.trim_end_matches('|').split(" | ");
        let (_, happened, exit) = (cells.next()?, cells.next()?.trim(), cells.next()?.trim());
        let to_do = cells.next().unwrap_or_default().trim();
        Some(Row { code: line.get(2..7)?, happened, exit, to_do })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_a_row_that_says_what_to_do() {
        assert_eq!(rows().count(), ERRORS.matches("\n| PE").count());
        for row in rows() {
            assert!(["2", "3"].contains(&row.exit), "{}", row.code);
            assert!(!row.happened.is_empty() && !row.to_do.is_empty(), "{}", row.code);
        }
    }
}
