//! Baseline: the findings that stood here when a newsroom took up the tool.
//!
//! An old archive may have thousands. They are listed once, so that only what comes
//! after is shown; each leaves the list by itself when its wording changes.
//!
//! In:  the text of `baseline.toml`, and findings.
//! Out: [`Baseline`], and the text of the file: one line a finding, sorted, so that
//! a change of one finding is a change of one line.
//! Not here: which findings it meets (`judge`), and the file (`corpus`, `cli`).

use crate::corpus::quoted;
use crate::finding::Rule;
use crate::policy::Fault;
use crate::policy::fault;
use crate::policy::fault::Keys;
use crate::policy::level::rule_with_level;
use crate::policy::waiver::is_fingerprint;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// Every key of `baseline.toml`, by its table; `docs/policy.md` explains each.
pub const KEYS: &Keys = &[("", &["findings"]), ("findings", &["path", "rule", "finding"])];

/// What the file begins with.
const HEAD: &str = "\
# Findings that stood here before: they are counted and not shown. Written by
# `provenance audit --update-baseline`; a line may be removed by hand.
";

/// The findings that stood here before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// One for each, in the order of the file: by path, rule and fingerprint.
    pub known: BTreeSet<Known>,
}

/// A finding that stood here before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The first of the files that it shows.
    pub path: String,
    /// Its rule.
    pub rule: Rule,
    /// Its fingerprint.
    pub finding: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    findings: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    rule: Spanned<String>,
    finding: Spanned<String>,
}

impl Baseline {
    /// Reads the baseline from the text of `baseline.toml`.
    ///
    /// # Errors
    /// When the text is not TOML, or an entry has a key or value that the tool does
    /// not know.
    pub fn parse(source: &str) -> Result<Self, Fault> {
        fault::table(source, KEYS)?;
        let file: File = toml::from_str(source).map_err(|error| Fault::parser(source, &error))?;
        let known = |entry: Entry| {
            let at = |name: &Spanned<String>, message| Fault::at(source, &name.span(), message);
            let rule = rule_with_level(entry.rule.get_ref())
                .map_err(|message| at(&entry.rule, message))?;
            if !is_fingerprint(entry.finding.get_ref()) {
                let message = format!("`{}` is no fingerprint", entry.finding.get_ref());
                return Err(at(&entry.finding, message));
            }
            Ok(Known { path: entry.path, rule, finding: entry.finding.into_inner() })
        };
        Ok(Self { known: file.findings.into_iter().map(known).collect::<Result<_, _>>()? })
    }

    /// Whether the finding with this fingerprint stood here before.
    pub fn has(&self, finding: &str) -> bool {
        self.known.iter().any(|known| known.finding == finding)
    }

    /// The text of `baseline.toml`.
    pub fn spelled(&self) -> String {
        let mut text = format!("{HEAD}findings = [\n");
        for known in &self.known {
            let (path, finding) = (quoted(&known.path), quoted(&known.finding));
            let code = quoted(known.rule.info().code);
            text.push_str("  { path = ");
            text.push_str(&[&path, ", rule = ", &code, ", finding = ", &finding].concat());
            text.push_str(" },\n");
        }
        text.push_str("]\n");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(path: &str, digit: char) -> Known {
        let finding = String::from(digit).repeat(32);
        Known { path: path.to_owned(), rule: Rule::FigureDiffers, finding }
    }

    #[test]
    fn the_file_is_sorted_and_reads_back() {
        let all =
            [known("corpus/b.txt", '1'), known("corpus/a.txt", '2'), known("a \"\u{1b}", '0')];
        let baseline = Baseline { known: all.into() };
        let text = baseline.spelled();
        let paths: Vec<_> = text.lines().filter_map(|line| line.split('"').nth(1)).collect();

        assert_eq!(Baseline::parse(&text), Ok(baseline.clone()), "{text}");
        assert_eq!(paths, ["a \\", "corpus/a.txt", "corpus/b.txt"]);
        assert!(baseline.has(&"1".repeat(32)) && !baseline.has(&"3".repeat(32)));
    }

    #[test]
    fn one_finding_more_is_one_line_more() {
        let mut baseline =
            Baseline { known: ['1', '3', '5'].map(|digit| known("a", digit)).into() };
        let before = baseline.spelled();
        baseline.known.insert(known("a", '4'));
        let after = baseline.spelled();

        let lost = before.lines().filter(|line| !after.contains(line)).count();
        assert_eq!((lost, after.lines().count() - before.lines().count()), (0, 1));
    }

    #[test]
    fn says_what_it_does_not_know() {
        #[rustfmt::skip]
        let cases = [
            ("findings = [1]",                                       "line 1, column 13"),
            ("finding = []",                                         "did you mean `findings`?"),
            ("findings = [{ path = \"a\", rule = \"PV301\", finding = \"x\" }]", "no fingerprint"),
            ("findings = [{ path = \"a\", rule = \"PV301\" }]",      "missing field `finding`"),
            ("findings = [{ path = \"a\", rull = \"PV301\" }]",      "did you mean `rule`?"),
        ];
        for (source, expected) in cases {
            let fault = Baseline::parse(source).unwrap_err();
            assert!(fault.to_string().contains(expected), "{source}: {fault}");
        }
    }
}
