//! Waivers: findings that an editor has looked at and accepted, from `waivers.toml`.
//!
//! A waiver names a finding by its fingerprint, so by the wording of its places. It
//! lapses by itself: when a word of them changes, or when its last day has passed.
//!
//! In:  the text of `waivers.toml`.
//! Out: [`Waiver`]s, and the text of a new entry.
//! Not here: which findings they meet (`judge`), and the file (`corpus`, `cli`).

use crate::corpus::quoted;
use crate::finding::Rule;
use crate::policy::Fault;
use crate::policy::fault;
use crate::policy::fault::Keys;
use crate::policy::level::rule_with_level;
use crate::span::LineIndex;
use crate::span::Position;
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

/// Hexadecimal digits of a fingerprint.
const FINGERPRINT_DIGITS: usize = 32;

/// Every key of `waivers.toml`, by its table; `docs/policy.md` explains each.
pub const KEYS: &Keys = &[
    ("", &["waiver"]),
    ("waiver", &["finding", "rule", "paths", "message", "reason", "by", "until"]),
];

/// A finding that an editor has looked at and accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The fingerprint of the finding.
    pub finding: String,
    /// Its rule.
    pub rule: Rule,
    /// The files that it shows, sorted, each once.
    pub paths: Vec<String>,
    /// What the finding said; for whoever reviews the entry.
    pub message: String,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub by: Option<String>,
    /// The last day on which it holds; without one it holds until the wording changes.
    pub until: Option<Date>,
    /// Where the entry names the finding in `waivers.toml`; of no meaning in a new one.
    pub position: Position,
    /// The line there.
    pub excerpt: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    waiver: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    finding: Spanned<String>,
    rule: Spanned<String>,
    paths: Vec<String>,
    #[serde(default)]
    message: String,
    reason: Spanned<String>,
    by: Option<String>,
    until: Option<Spanned<toml::value::Datetime>>,
}

/// Reads the waivers from the text of `waivers.toml`, in its order.
///
/// # Errors
/// When the text is not TOML, an entry lacks its finding, rule, paths or reason, or
/// has a key or value that the tool does not know.
pub fn read(source: &str) -> Result<Vec<Waiver>, Fault> {
    fault::table(source, KEYS)?;
    let file: File = toml::from_str(source).map_err(|error| Fault::parser(source, &error))?;
    let lines = LineIndex::new(source);
    file.waiver.into_iter().map(|entry| waiver(source, &lines, entry)).collect()
}

fn waiver(source: &str, lines: &LineIndex, entry: Entry) -> Result<Waiver, Fault> {
    let at = |span, message: String| Fault::at(source, &span, message);
    let finding = entry.finding.get_ref();
    if !is_fingerprint(finding) {
        let message = format!("`{finding}` is no fingerprint: {FINGERPRINT_DIGITS} digits, 0 to f");
        return Err(at(entry.finding.span(), message));
    }
    let rule =
        rule_with_level(entry.rule.get_ref()).map_err(|message| at(entry.rule.span(), message))?;
    if entry.reason.get_ref().trim().is_empty() {
        return Err(at(entry.reason.span(), "a waiver gives its reason".to_owned()));
    }
    let day = |until: &Spanned<toml::value::Datetime>| {
        let wrong = || at(until.span(), format!("`{}` is no day", until.get_ref()));
        until.get_ref().to_string().parse::<Date>().map_err(|_| wrong())
    };
    let position = lines.position(entry.finding.span().start);
    Ok(Waiver {
        rule,
        paths: entry.paths,
        message: entry.message,
        reason: entry.reason.get_ref().clone(),
        by: entry.by,
        until: entry.until.as_ref().map(day).transpose()?,
        excerpt: source[lines.line_span(position.line).range()].to_owned(),
        position,
        finding: entry.finding.into_inner(),
    })
}

pub(crate) fn is_fingerprint(text: &str) -> bool {
    text.len() == FINGERPRINT_DIGITS
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl Waiver {
    /// Whether its last day has passed; without knowing the day it has not.
    pub fn is_over(&self, today: Option<Date>) -> bool {
        matches!((self.until, today), (Some(until), Some(today)) if until < today)
    }

    /// The entry as it stands in `waivers.toml`, an empty line in front.
    pub fn entry(&self) -> String {
        let info = self.rule.info();
        let mut lines = vec![
            String::new(),
            "[[waiver]]".to_owned(),
            format!("finding = {}", quoted(&self.finding)),
            format!("rule = {} # {}", quoted(info.code), info.slug),
        ];
        let paths: Vec<String> = self.paths.iter().map(|path| quoted(path)).collect();
        lines.push(format!("paths = [{}]", paths.join(", ")));
        lines.push(format!("message = {}", quoted(&self.message)));
        lines.push(format!("reason = {}", quoted(&self.reason)));
        lines.extend(self.by.as_ref().map(|by| format!("by = {}", quoted(by))));
        lines.extend(self.until.map(|until| format!("until = {until}")));
        lines.push(String::new());
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Waiver {
        Waiver {
            finding: "0123456789abcdef0123456789abcdef".to_owned(),
            rule: Rule::FigureDiffers,
            paths: vec!["corpus/a.txt".to_owned(), "corpus/b \"c\".txt".to_owned()],
            message: "“29” against “38”\u{202e}\u{1b}[0m \\ \u{e0041}".to_owned(),
            reason: "the ministry\nconfirmed 29".to_owned(),
            by: Some("A. Editor".to_owned()),
            until: Some(Date::constant(2026, 12, 31)),
            position: Position { line: 3, column: 11 },
            excerpt: "finding = \"0123456789abcdef0123456789abcdef\"".to_owned(),
        }
    }

    #[test]
    fn an_entry_reads_back_as_it_was() {
        let bare = Waiver { by: None, until: None, ..sample() };
        for waiver in [sample(), bare] {
            let entry = waiver.entry();

            assert_eq!(read(&entry), Ok(vec![waiver]), "{entry}");
            assert!(!entry.contains(['\u{202e}', '\u{1b}', '\u{e0041}']), "{entry}");
        }
    }

    #[test]
    fn holds_on_its_last_day_and_not_after() {
        let day = |day| Some(Date::constant(2026, 12, day));
        let over = [None, day(30), day(31), Some(Date::constant(2027, 1, 1))]
            .map(|today| sample().is_over(today));

        assert_eq!(over, [false, false, false, true]);
        assert!(!Waiver { until: None, ..sample() }.is_over(day(31)));
    }

    /// One row per mistake: what is written instead of what, and what is said.
    #[test]
    fn every_mistake_has_its_place_and_its_words() {
        #[rustfmt::skip]
        let cases = [
            ("finding = ",            "findnig = ",             "line 3, column 1: unknown key `findnig` in `waiver`: did you mean `finding`?"),
            ("\"0123",                "\"xyz",                  "no fingerprint"),
            ("\"PV301\"",             "\"PV319\"",              "line 4, column 8: there is no rule `PV319`: did you mean `PV019`?"),
            ("\"PV301\"",             "\"PV009\"",              "takes none"),
            ("\"the ministry\\nconfirmed 29\"", "\" \"",        "a waiver gives its reason"),
            ("until = 2026-12-31",    "until = 12:00:00",       "`12:00:00` is no day"),
            ("[[waiver]]",            "[waiver]",               "sequence"),
            ("[[waiver]]",            "[[waivers]]",            "did you mean `waiver`?"),
            ("reason = ",             "# ",                     "missing field `reason`"),
        ];
        for (from, to, expected) in cases {
            let entry = sample().entry();
            assert!(entry.contains(from), "{from}");
            let fault = read(&entry.replacen(from, to, 1)).unwrap_err();
            assert!(fault.to_string().contains(expected), "{to}: {fault}");
        }
    }
}
