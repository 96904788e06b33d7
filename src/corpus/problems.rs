//! Reading a record, and saying everything that is wrong with it.
//!
//! A sound record is read by serde in one go. Only when that fails is the file
//! walked key by key, so that every problem is told at once, each with its place.
//!
//! In:  the source of one record.
//! Out: a [`Record`], or its [`Problem`]s in the order of the file.
//! Not here: whether a readable record contradicts itself or its place (`check`).

use crate::corpus::digest::Digest;
use crate::corpus::record::Field;
use crate::corpus::record::Id;
use crate::corpus::record::Kind;
use crate::corpus::record::Language;
use crate::corpus::record::Method;
use crate::corpus::record::Reason;
use crate::corpus::record::Record;
use crate::corpus::record::Schema;
use crate::corpus::record::Text;
use crate::corpus::record::TextDigest;
use crate::corpus::record::Url;
use crate::corpus::record::Was;
use crate::corpus::when::Moment;
use crate::corpus::when::When;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;
use toml::de::ValueDeserializer;

/// A record with more problems than this is not a record; the rest is noise.
pub(crate) const PROBLEMS_MAX: usize = 20;

/// So many are gathered before the first of them in the file are chosen.
const GATHERED_MAX: usize = 1000;

/// What is wrong at one place of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where, in bytes.
    pub(crate) span: Range<usize>,
    /// What.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

/// Reads a record.
///
/// # Errors
/// Every problem, in the order of the file, and at most [`PROBLEMS_MAX`].
pub(crate) fn read(source: &str) -> Result<Record, Vec<Problem>> {
    toml::from_str(source).map_err(|error| {
        let mut problems = problems(source);
        if problems.is_empty() {
            problems.push(problem(&error, String::new()));
        }
        problems.sort_by_key(|problem| problem.span.start);
        problems.truncate(PROBLEMS_MAX);
        problems
    })
}

/// What a key holds.
enum Shape {
    /// One value.
    One(Checker),
    /// A list of values.
    Many(Checker),
    /// A table with these keys.
    Table(&'static [Key]),
    /// Several tables with these keys.
    Tables(&'static [Key]),
    /// A table with any keys.
    Open,
}

/// Tries to read a value as one type.
type Checker = for<'i> fn(Spanned<DeValue<'i>>) -> Option<toml::de::Error>;

/// A key of the schema.
struct Key {
    name: &'static str,
    required: bool,
    shape: Shape,
    help: &'static str,
}

const fn must(name: &'static str, shape: Shape, help: &'static str) -> Key {
    Key { name, required: true, shape, help }
}

const fn may(name: &'static str, shape: Shape, help: &'static str) -> Key {
    Key { name, required: false, shape, help }
}

const WORDS: Shape = Shape::One(reads::<Text>);
const NUMBER: Shape = Shape::One(reads::<u64>);
const DIGEST: Shape = Shape::One(reads::<Digest>);
const DAY: Shape = Shape::One(reads::<When>);
const MOMENT: Shape = Shape::One(reads::<Moment>);
const TEXT_HELP: &str = "write words between quotation marks, or leave the key out";
const DAY_HELP: &str =
    "write a date such as 2025-11-07 or 2025-11-07T18:00:00Z, without quotation marks";
const MOMENT_HELP: &str = "write a moment such as 2025-11-07T18:00:00Z, without quotation marks";
const DIGEST_HELP: &str = "write what `sha256sum` prints: 64 hexadecimal digits in lower case";
const BYTES_HELP: &str = "write the size in bytes, without quotation marks";
const URL_HELP: &str = "write the full address, beginning with https:// or http://";
const PATH_HELP: &str = "write the path from the root of the project, with `/` between folders";
const FIELD_HELP: &str = "name fields of the record, such as \"outlet\", \"url\" or \"published\"";

/// The keys of a record, in canonical order.
#[rustfmt::skip]
const RECORD: &[Key] = &[
    must("schema", Shape::One(reads::<Schema>), "install the newer version, or write `schema = 1`"),
    must("id", Shape::One(reads::<Id>), "use letters a to z, digits, `.`, `_`, `-`, and `/` between parts"),
    must("path", Shape::One(reads::<String>), PATH_HELP),
    must("kind", Shape::One(reads::<Kind>), "use one of: article, press-release, transcript, statement, wire, assistant-output, draft"),
    may("title", WORDS, TEXT_HELP),
    may("outlet", WORDS, TEXT_HELP),
    may("author", Shape::Many(reads::<Text>), "write a list, such as [\"First Author\", \"Second Author\"]"),
    may("url", Shape::One(reads::<Url>), URL_HELP),
    may("published", DAY, DAY_HELP),
    may("modified", DAY, DAY_HELP),
    may("language", Shape::One(reads::<Language>), "write a language tag, such as \"en\" or \"pt-BR\""),
    may("licence", WORDS, "write an SPDX licence expression, or leave the key out"),
    may("rights", WORDS, TEXT_HELP),
    may("digital-source-type", WORDS, "write a term of the IPTC digital source types, or leave the key out"),
    may("unknown", Shape::Many(reads::<Field>), FIELD_HELP),
    may("claims-from", Shape::Many(reads::<Id>), "write a list of the ids of other records"),
    must("hash", Shape::Table(HASH), "let `provenance add` write the table"),
    may("capture", Shape::Table(CAPTURE), "write a table `[capture]`"),
    may("derived", Shape::Tables(DERIVED), "write tables `[[derived]]`"),
    may("history", Shape::Tables(HISTORY), "write tables `[[history]]`"),
    may("retired", Shape::Table(RETIRED), "let `provenance retire` write the table"),
    may("evidence", Shape::Tables(EVIDENCE), "write tables `[[evidence]]`"),
    may("extra", Shape::Open, "write a table `[extra]`"),
];
const HASH: &[Key] = &[
    must("sha256", DIGEST, DIGEST_HELP),
    must("bytes", NUMBER, BYTES_HELP),
    may(
        "text",
        Shape::One(reads::<TextDigest>),
        "let `provenance add` write it, or leave the key out",
    ),
];
#[rustfmt::skip]
const CAPTURE: &[Key] = &[
    may("retrieved", DAY, DAY_HELP),
    may("method", Shape::One(reads::<Method>), "use one of: http, browser-save, warc, scrape, pdf-text, ocr, paste, api, email"),
    may("tool", WORDS, TEXT_HELP),
    may("by", WORDS, TEXT_HELP),
    may("archive", Shape::One(reads::<Url>), URL_HELP),
    may("warc", Shape::Table(WARC), "write { path = \"…\", offset = 0 }"),
];
const WARC: &[Key] = &[
    must("path", Shape::One(reads::<String>), PATH_HELP),
    may("offset", NUMBER, BYTES_HELP),
    may("digest", WORDS, "write the digest as the WARC record has it"),
];
const DERIVED: &[Key] = &[
    must("from", Shape::Table(ORIGIN), "write { path = \"…\", sha256 = \"…\", bytes = 0 }"),
    may("by", WORDS, TEXT_HELP),
    may("note", WORDS, TEXT_HELP),
];
const ORIGIN: &[Key] = &[
    must("path", Shape::One(reads::<String>), PATH_HELP),
    may("sha256", DIGEST, DIGEST_HELP),
    may("bytes", NUMBER, BYTES_HELP),
];
#[rustfmt::skip]
const HISTORY: &[Key] = &[
    must("at", MOMENT, MOMENT_HELP),
    must("was", Shape::One(reads::<Was>), "write `sha256:` and the earlier digest"),
    may("by", WORDS, TEXT_HELP),
    must("reason", Shape::One(reads::<Reason>), "use one of: outlet-correction, recapture, redaction, cleanup, withdrawn"),
];
const RETIRED: &[Key] = &[
    must("at", MOMENT, MOMENT_HELP),
    may("by", WORDS, TEXT_HELP),
    must("reason", WORDS, "say in words why the document is no longer kept"),
];
const EVIDENCE: &[Key] = &[
    must("field", Shape::One(reads::<Field>), FIELD_HELP),
    must("quote", WORDS, TEXT_HELP),
    may("by", WORDS, TEXT_HELP),
];

fn problems(source: &str) -> Vec<Problem> {
    let (document, errors) = DeTable::parse_recoverable(source);
    if !errors.is_empty() {
        let help = "correct the TOML; `provenance explain PV024` shows a whole record";
        let first = errors.iter().take(PROBLEMS_MAX);
        return first.map(|error| problem(error, help.to_owned())).collect();
    }
    if let Some(newer) = newer_schema(document.get_ref()) {
        return vec![newer];
    }
    let mut found = Vec::new();
    check_table(document.into_inner(), 0..0, RECORD, &mut found);
    found
}

/// A record of a newer schema may hold anything: only that is worth saying.
fn newer_schema(table: &DeTable<'_>) -> Option<Problem> {
    let value = table.get("schema")?;
    let newer = matches!(value.get_ref(), DeValue::Integer(number)
        if number.as_str().parse::<i64>().is_ok_and(|number| number > 1));
    let error = newer.then(|| reads::<Schema>(value.clone()))??;
    Some(problem(&error, RECORD[0].help.to_owned()))
}

fn check_table(table: DeTable<'_>, span: Range<usize>, keys: &[Key], found: &mut Vec<Problem>) {
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in table {
        if found.len() > GATHERED_MAX {
            return;
        }
        let at = name.span();
        match keys.iter().find(|key| key.name == current_spelling(name.get_ref())) {
            None => found.push(unknown_key(name.get_ref(), at, keys)),
            Some(key) if seen.contains(&key.name) => found.push(Problem {
                span: at,
                message: format!("`{}` stands twice, as `license` and as `licence`", key.name),
                help: "keep one of the two".to_owned(),
            }),
            Some(key) => {
                seen.push(key.name);
                check_value(key, value, found);
            }
        }
    }
    for key in keys.iter().filter(|key| key.required && !seen.contains(&key.name)) {
        let message = format!("the key `{}` is missing", key.name);
        found.push(Problem { span: span.clone(), message, help: key.help.to_owned() });
    }
}

fn check_value(key: &Key, value: Spanned<DeValue<'_>>, found: &mut Vec<Problem>) {
    let span = value.span();
    match (&key.shape, value.get_ref()) {
        (Shape::One(read), _) => {
            found.extend(read(value).map(|error| value_problem(key, &error, span)));
        }
        (Shape::Table(keys), DeValue::Table(_)) => {
            if let DeValue::Table(table) = value.into_inner() {
                check_table(table, span, keys, found);
            }
        }
        (Shape::Many(_) | Shape::Tables(_), DeValue::Array(_)) => {
            if let DeValue::Array(items) = value.into_inner() {
                items.into_iter().for_each(|item| check_item(key, item, found));
            }
        }
        (Shape::Open, DeValue::Table(_)) => {}
        (Shape::Many(_), _) => found.push(wrong_shape(key, "a list", span)),
        (Shape::Table(_) | Shape::Open, _) => found.push(wrong_shape(key, "a table", span)),
        (Shape::Tables(_), _) => found.push(wrong_shape(key, "a list of tables", span)),
    }
}

fn check_item(key: &Key, item: Spanned<DeValue<'_>>, found: &mut Vec<Problem>) {
    let span = item.span();
    match (&key.shape, item.get_ref()) {
        (Shape::Tables(keys), DeValue::Table(_)) => {
            if let DeValue::Table(table) = item.into_inner() {
                check_table(table, span, keys, found);
            }
        }
        (Shape::Many(read), _) => {
            found.extend(read(item).map(|error| value_problem(key, &error, span)));
        }
        _ => found.push(wrong_shape(key, "a list of tables", span)),
    }
}

fn reads<T: DeserializeOwned>(value: Spanned<DeValue<'_>>) -> Option<toml::de::Error> {
    T::deserialize(ValueDeserializer::from(value)).err()
}

fn current_spelling(name: &str) -> &str {
    if name == "license" { "licence" } else { name }
}

fn problem(error: &toml::de::Error, help: String) -> Problem {
    let message = error.message().lines().collect::<Vec<_>>().join(", ");
    Problem { span: error.span().unwrap_or(0..0), message, help }
}

fn value_problem(key: &Key, error: &toml::de::Error, span: Range<usize>) -> Problem {
    let message = format!("`{}`: {}", key.name, error.message());
    Problem { span, message, help: key.help.to_owned() }
}

fn wrong_shape(key: &Key, expected: &str, span: Range<usize>) -> Problem {
    let message = format!("`{}` is not {expected}", key.name);
    Problem { span, message, help: key.help.to_owned() }
}

fn unknown_key(name: &str, span: Range<usize>, keys: &[Key]) -> Problem {
    let message = format!("there is no key `{}` here", name.escape_debug());
    let near = keys.iter().map(|key| (distance(name, key.name), key.name)).min();
    let help = match near {
        _ if ["md5", "sha1", "sha512", "blake3"].contains(&name) => {
            "only `sha256` is a document's identity; keep other digests under [extra]".to_owned()
        }
        Some((0..=2, meant)) => format!("write `{meant}`, or move the key under [extra]"),
        _ => "move the key under [extra], which holds anything".to_owned(),
    };
    Problem { span, message, help }
}

/// How many letters must be typed, dropped or changed to come from one to the other.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.chars().take(2 * right.len() + 2).enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, to) in right.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "schema = 1\nid = \"a\"\npath = \"corpus/a.txt\"\nkind = \"article\"\n";
    const HASH: &str = "[hash]\nsha256 = \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"\nbytes = 0\n";

    fn told(source: &str) -> Vec<String> {
        let problems = read(source).unwrap_err();
        let place = |problem: &Problem| source[..problem.span.start].matches('\n').count() + 1;
        problems.iter().map(|problem| format!("{}: {}", place(problem), problem.message)).collect()
    }

    #[test]
    fn reads_a_sound_record() {
        let record = read(&format!("{SOUND}license = \"MIT\"\n{HASH}[extra]\nanything = [1]\n"));

        assert_eq!(record.unwrap().licence.unwrap().as_str(), "MIT");
    }

    #[test]
    fn tells_every_problem_of_a_record_at_once() {
        let source = format!(
            "{SOUND}outlett = \"x\"\npublished = \"2025-11-07\"\nurl = \"javascript:x\"\n\
             unknown = [\"url\", \"mood\"]\ntitle = \"\"\n[hash]\nsha256 = \"ABC\"\nmd5 = \"x\"\n"
        );
        let told = told(&source);

        assert_eq!(told.len(), 8, "{told:#?}");
        assert_eq!(told[0], "5: there is no key `outlett` here");
        assert!(told[1].starts_with("6: `published`: invalid type: string"), "{told:#?}");
        assert!(told[2].starts_with("7: `url`: `javascript:x` is not an address"), "{told:#?}");
        assert!(told[3].starts_with("8: `unknown`: unknown variant `mood`"), "{told:#?}");
        assert!(told[4].starts_with("9: `title`: `` is blank"), "{told:#?}");
        assert_eq!(told[5], "10: the key `bytes` is missing");
        assert!(told[6].starts_with("11: `sha256`: not a SHA-256"), "{told:#?}");
        assert_eq!(told[7], "12: there is no key `md5` here");
    }

    #[test]
    fn offers_the_key_that_was_meant() {
        let problems = read(&format!("{SOUND}outlett = \"x\"\n{HASH}")).unwrap_err();

        assert_eq!(problems[0].help, "write `outlet`, or move the key under [extra]");
    }

    #[test]
    fn of_a_newer_schema_only_that_is_told() {
        let told = told("schema = 2\nweather = \"fine\"\n");

        assert_eq!(told.len(), 1);
        assert!(told[0].contains("written by a newer version of provenance: schema 2"), "{told:?}");
    }

    #[test]
    fn threat_14_a_key_that_stands_twice_is_refused() {
        let twice = format!("{SOUND}id = \"b\"\n{HASH}");
        assert!(told(&twice)[0].starts_with("5: duplicate key"), "{:?}", told(&twice));

        let aliased = format!("{SOUND}licence = \"MIT\"\nlicense = \"MIT\"\n{HASH}");
        assert_eq!(told(&aliased), ["6: `licence` stands twice, as `license` and as `licence`"]);
    }

    /// None may overflow the stack, run long or be read as a record.
    #[test]
    fn threat_15_toml_bombs_end_in_an_error() {
        let bombs = [
            format!("a = {}", "[".repeat(20_000)),
            format!("a{} = 1", ".a".repeat(20_000)),
            format!("a = {}1", "-".repeat(200_000)),
            format!("a = {}", "{a=".repeat(20_000)),
            (0..50_000).fold(String::new(), |lines, n| lines + &format!("k{n} = 1\n")),
        ];
        for bomb in bombs {
            let problems = read(&bomb).unwrap_err();
            assert!(problems.len() <= PROBLEMS_MAX);
        }
    }

    /// The table above and the serde types must know the same keys.
    #[test]
    fn the_keys_are_those_of_the_types() {
        let error = toml::from_str::<Record>("zzz = 1").unwrap_err().to_string();
        for key in RECORD {
            assert!(error.contains(&format!("`{}`", key.name)), "{} is not in {error}", key.name);
        }
        assert_eq!(error.matches('`').count() / 2, RECORD.len() + 2, "{error}");
    }
}
