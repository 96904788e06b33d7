//! The forms for CI systems: what each says of the same findings, and that nothing
//! in a text acts where it lands.
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

mod review;

use crate::pin::pin;
use crate::program::Said;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use provenance::corpus::Document;
use provenance::finding::Finding;
use provenance::finding::Label;
use provenance::finding::Rule;
use provenance::finding::Severity;
use provenance::finding::Subject;
use provenance::policy::Level;
use provenance::policy::Policy;
use provenance::policy::Scope;
use provenance::render::csv;
use provenance::render::github;
use provenance::render::gitlab;
use provenance::render::json::Run;
use provenance::render::junit;
use provenance::render::markdown;
use provenance::render::markdown::Page;
use provenance::render::rdjson;
use provenance::render::sarif;
use provenance::report::Report;
use provenance::span::DocId;
use provenance::span::Place;
use provenance::span::Span;
use serde_json::Value;

/// Every form, with what a reader of its snapshot should check.
const FORMS: [(&str, &str); 8] = [
    ("sarif", "Does each result open at the right words, with the others as related places?"),
    ("github", "Does each annotation name file, line and both wordings?"),
    ("github-summary", "Can an editor see in the job's summary what blocks?"),
    ("markdown", "Can an editor see in a comment what blocks, and is it marked for its job?"),
    ("rdjson", "Do the columns count bytes?"),
    ("gitlab", "Does each entry have a line, a name and a fingerprint of its own?"),
    ("junit", "Do errors fail, warnings pass, and waived findings count as skipped?"),
    ("csv", "Does each row stand for one finding?"),
];

/// A project with one finding of each level, one waived, and letters that take more
/// than one byte, or more than one unit of UTF-16, before the places.
fn project() -> Project {
    let wire = "😀 Қазақстан: the council of Port Ellery signed 29 contracts worth $17 billion on \
                Tuesday, the mayor said. The new bridge opened on March 3, 2024, after long works.\n";
    let post = wire.replace("29", "38").replace("March 3", "March 5");
    let hidden = "The ferry\u{200b} stops.\n";
    let project = Project::with(&[
        ("corpus/a.txt", wire.as_bytes()),
        ("corpus/b.txt", post.as_bytes()),
        ("corpus/c d.txt", hidden.as_bytes()),
    ]);
    project.write("provenance.toml", "[rules]\nPV301 = \"error\"\nPV201 = \"note\"\n");
    let waive = ["allow", "PV030:corpus/c d.txt", "--reason", "the outlet's <own> [mark] & more"];
    let said = run(project.root(), &waive);
    assert_eq!((said.status, said.stderr.as_str()), (0, ""));
    project
}

fn said(project: &Project, form: &str) -> Said {
    run(project.root(), &words(&format!("audit --format {form}")))
}

#[test]
fn every_form_says_the_same_in_its_own_way() {
    let project = project();
    for (form, question) in FORMS {
        let said = said(&project, form);
        assert_eq!((said.status, said.stderr.as_str()), (1, ""), "{form}");
        let shown = match serde_json::from_str::<Value>(&said.stdout) {
            Ok(mut value) => {
                shorten_pages(&mut value);
                serde_json::to_string_pretty(&value).unwrap()
            }
            Err(_) => said.stdout,
        };
        pin("render", form, question, &shown.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
}

/// The pages of rules stand in `docs/rules`; a snapshot need not repeat them.
pub(crate) fn shorten_pages(log: &mut Value) {
    if let Some(rules) = log.pointer_mut("/runs/0/tool/driver/rules") {
        for rule in rules.as_array_mut().unwrap() {
            assert_eq!(rule["help"]["text"], rule["help"]["markdown"]);
            rule["help"] = "the page of the rule".into();
        }
    }
}

/// What SARIF and rdjson point at, cut out of the file by their own units.
#[test]
fn columns_cut_the_right_words_out_of_the_file() {
    let project = project();
    let source = project.read("corpus/a.txt");
    let log: Value = serde_json::from_str(&said(&project, "sarif").stdout).unwrap();
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    let column = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap() - 1;
    let (start, end) = (column("startColumn"), column("endColumn"));
    let cut: String = source.chars().skip(start).take(end - start).collect();
    assert_eq!((cut.as_str(), &region["snippet"]["text"]), ("29", &Value::from("29")));

    let found: Value = serde_json::from_str(&said(&project, "rdjson").stdout).unwrap();
    let range = &found["diagnostics"][0]["location"]["range"];
    let byte = |end: &str| usize::try_from(range[end]["column"].as_u64().unwrap()).unwrap() - 1;
    assert_eq!(&source[byte("start")..byte("end")], "29");
}

/// What GitHub and the others demand of a log.
#[test]
fn sarif_is_what_code_scanning_takes() {
    let project = project();
    let log: Value = serde_json::from_str(&said(&project, "sarif").stdout).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut suppressed = 0;
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        assert_eq!(result["partialFingerprints"]["provenance/v1"].as_str().unwrap().len(), 32);
        suppressed += result["suppressions"].as_array().unwrap().len();
        let steps = result.pointer("/codeFlows/0/threadFlows/0/locations");
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        assert_eq!(steps.map_or(1, |steps| steps.as_array().unwrap().len()), related + 1);
    }
    assert_eq!(suppressed, 1, "the waived finding");
    assert_eq!(run["automationDetails"]["id"], "provenance/audit/");
    let levels: Vec<_> = results.iter().map(|result| result["level"].as_str().unwrap()).collect();
    assert_eq!(levels.first(), Some(&"error"), "most severe first");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

/// What each form makes of a report.
fn written(form: &str, report: &Report) -> String {
    let run = Run { command: "audit", all: false, documents: report.documents.len() };
    let mut out = Vec::new();
    match form {
        "sarif" => sarif::write(&mut out, &run, report),
        "github" => github::write(&mut out, &run, report),
        "github-summary" => markdown::write(&mut out, &run, report, Page::Summary),
        "markdown" => markdown::write(&mut out, &run, report, Page::Comment),
        "rdjson" => rdjson::write(&mut out, &run, report),
        "gitlab" => gitlab::write(&mut out, &run, report),
        "junit" => junit::write(&mut out, &run, report, Severity::Error),
        "csv" => csv::write(&mut out, &run, report),
        _ => unreachable!("a form"),
    }
    .unwrap();
    String::from_utf8(out).unwrap()
}

/// A report with `count` findings of each level that say `text` wherever they can.
fn report<'a>(documents: &'a [Document], text: &str, count: usize) -> Report<'a> {
    let label = |document: &Document| {
        let span = Span::new(0, document.source.len());
        Label::passage(Place { doc: document.id, span }, vec![span], text)
    };
    let finding = |rule| Finding {
        rule,
        subject: Subject::Draft,
        message: text.to_owned(),
        labels: documents.iter().map(label).chain([Label::file(text, text)]).collect(),
        notes: vec![text.to_owned()],
        help: text.to_owned(),
    };
    let rules = [Rule::FigureDiffers, Rule::ReuseUncredited, Rule::ReuseCredited];
    let findings = (0..count).flat_map(|_| rules.map(finding)).collect();
    let mut policy = Policy::default();
    policy.levels.rules.insert(Rule::FigureDiffers, Level::Report(Severity::Error));
    let verdict = policy.judge(findings, &Scope { documents, whole: false });
    let unchecked = vec![text.to_owned()];
    Report { documents, findings: verdict.findings, unchecked, ..Report::default() }
}

fn document(path: &str, text: &str) -> Document {
    Document::unrecorded(DocId(0), path, text)
}

/// Texts that act where they land: on a terminal, in a page, in a workflow, in a
/// spreadsheet.
const HOSTILE: [&str; 24] = [
    "@everyone",
    "#123",
    "owner/name#1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "<img src=x onerror=alert(1)>",
    "</details><script>",
    "<!-- provenance:audit -->",
    "--> x",
    "[here](http://example.org)",
    "![x](http://example.org/x.png)",
    "http://example.org",
    "``` \n# heading",
    "`````````",
    "::error::x\n::stop-commands::x",
    "##[error]x",
    "%0A::warning::",
    "\u{1b}[31m\u{9b}2J\u{7}",
    "\u{202e}gpj\u{2066}\u{200b}\u{feff}\u{e0041}",
    "]]>&#0;\u{0}\u{fffe}",
    "a\",\"b\r\n\"=1",
];

/// One row per hostile text and form: nothing of it acts.
#[test]
fn hostile_text_is_inert_in_every_form() {
    for hostile in HOSTILE {
        let documents = [document(hostile, hostile)];
        let report = report(&documents, hostile, 1);
        for (form, _) in FORMS {
            let text = written(form, &report);
            let acting = text.chars().find(|c| *c != '\n' && *c != '\r' && acts(*c));
            assert_eq!(acting, None, "{form}: {hostile:?}\n{text}");
            assert_eq!(fault(form, &text), None, "{form}: {hostile:?}\n{text}");
        }
    }
}

/// Whether a character acts on a terminal or hides from a reader.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
        0xad | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfffe..=0xffff
        | 0xe0000..=0xe0fff)
}

/// What in the text of a form would act on its reader.
fn fault(form: &str, text: &str) -> Option<String> {
    match form {
        "sarif" | "rdjson" | "gitlab" => {
            let value: Value = serde_json::from_str(text).ok()?;
            let markup = text.contains(['<', '>', '&']).then(|| "markup".to_owned());
            let link = |text: &str| text.contains("[here](") || text.contains("![x](");
            let linked = form == "sarif" && messages(&value).iter().any(|text| link(text));
            markup.or_else(|| linked.then(|| "a link".to_owned()))
        }
        "github" => {
            let known = ["::error ", "::warning ", "::notice "];
            let line = text.lines().filter(|line| !is_count(line)).find(|line| {
                let Some(start) = known.iter().find(|start| line.starts_with(**start)) else {
                    return true;
                };
                // The properties end at the first `::`, and none was added.
                let properties = line[start.len()..].split("::").next().unwrap();
                let names = properties.split(',').map(|pair| pair.split('=').next().unwrap());
                !names.clone().all(|name| {
                    ["file", "line", "endLine", "col", "endColumn", "title"].contains(&name)
                })
            });
            line.map(str::to_owned)
        }
        "markdown" | "github-summary" => outside_fences(text),
        "junit" => {
            let tags = [
                "testsuites",
                "testsuite",
                "testcase",
                "failure",
                "skipped",
                "error",
                "system-out",
                "?xml",
            ];
            let mut names = text
                .split('<')
                .skip(1)
                .map(|rest| rest.trim_start_matches('/').split([' ', '>', '\n']).next().unwrap());
            names.find(|name| !tags.contains(name)).map(str::to_owned)
        }
        _ => {
            // Cells that begin with a sign, after the quotation mark.
            let mut cells = text.split("\r\n").flat_map(|row| row.split("\",\""));
            let begins = |cell: &&str| {
                // Two quotation marks are one that belongs to the text.
                let begun = cell.strip_prefix('"').filter(|rest| !rest.starts_with('"'));
                begun.unwrap_or(cell).trim_start().starts_with(['=', '+', '-', '@'])
            };
            cells.find(begins).map(str::to_owned)
        }
    }
}

/// Whether a line is one of those that sum up: of numbers and our own words.
fn is_count(line: &str) -> bool {
    let words = [
        "error",
        "errors",
        "warning",
        "warnings",
        "note",
        "notes",
        "document",
        "documents",
        "changed",
        "added",
        "moved",
        "metadata",
        "only",
        "and",
        "content",
        "findings",
        "new",
        "fixed",
        "unchanged",
        "agreements",
        "gained",
        "lost",
    ];
    let plain = |word: &str| words.contains(&word) || word.parse::<usize>().is_ok();
    line.split([' ', ',', ':']).filter(|word| !word.is_empty()).all(plain)
}

/// The message texts of a log.
fn messages(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("message").and_then(|message| message["text"].as_str());
            fields.values().flat_map(messages).chain(own).collect()
        }
        Value::Array(items) => items.iter().flat_map(messages).collect(),
        _ => Vec::new(),
    }
}

/// The first line outside of every fence that is not one of our own.
fn outside_fences(text: &str) -> Option<String> {
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            // A fence closes with as many backticks as it opened with, or more, alone.
            Some(open) if ticks.len() >= open.len() && ticks.len() == line.len() => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                let own = [
                    "### provenance audit: ",
                    "### provenance diff: ",
                    "#### ",
                    "| ",
                    "|---",
                    "**Not everything",
                    "<details><summary>",
                    "</details>",
                ];
                let marker =
                    line == "<!-- provenance:audit -->" || line == "<!-- provenance:diff -->";
                let more =
                    [" more findings: run provenance audit --all", " run provenance diff --all"];
                let more = more.iter().any(|more| line.ends_with(more));
                if !line.is_empty()
                    && !marker
                    && !more
                    && !line.strip_prefix("- ").is_some_and(is_count)
                    && !own.iter().any(|own| line.starts_with(own))
                {
                    return Some(line.to_owned());
                }
                if line.contains('@') || line.contains("http") {
                    return Some(line.to_owned());
                }
            }
        }
    }
    fence.map(|open| format!("{open} is not closed"))
}

/// One row per form: bytes at most; of a comment, units of UTF-16.
#[rustfmt::skip]
const LIMITS: [(&str, usize); 7] = [
    ("sarif",          10_000_000),
    ("github",            200_000),
    ("github-summary",  1_048_576),
    ("markdown",           60_000),
    ("rdjson",          4_100_000),
    ("gitlab",          5_100_000),
    ("junit",          10_100_000),
];

/// Each form keeps its limit, and says at its end how many are left.
#[test]
fn a_form_ends_in_time_and_says_how_many_are_left() {
    let long = "Қазақстан 😀 ".repeat(3);
    let documents = [document("corpus/a.txt", &long)];
    let report = report(&documents, &long, 1_700);
    for (form, limit) in LIMITS {
        let text = written(form, &report);
        let size = if form == "markdown" { text.encode_utf16().count() } else { text.len() };
        assert!(size <= limit, "{form}: {size}");
        assert!(text.contains(" more findings: run provenance audit --all"), "{form}");
        assert_eq!(fault(form, &text), None, "{form}");
    }
    let whole: Value = serde_json::from_str(&written("sarif", &report)).unwrap();
    let results = whole["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() <= 5_000, "code scanning keeps so many");
    assert!(results.iter().take(1_000).all(|result| result["level"] == "error"));
    let annotations = written("github", &report);
    for level in ["::error ", "::warning ", "::notice "] {
        let count = annotations.lines().filter(|line| line.starts_with(level)).count();
        assert_eq!(count, 10, "{level}: GitHub shows ten");
    }
}

#[test]
fn what_was_not_checked_is_told_in_every_form() {
    let report = report(&[], "the submodule `x`", 0);
    for (form, _) in FORMS {
        let text = written(form, &report);
        assert!(text.contains("the submodule `x`"), "{form}: {text}");
    }
    let log: Value = serde_json::from_str(&written("sarif", &report)).unwrap();
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn nothing_found_is_still_a_whole_file() {
    let report = Report::default();
    for (form, _) in FORMS {
        let text = written(form, &report);
        assert!(text.ends_with('\n'), "{form}: {text:?}");
        assert_eq!(fault(form, &text), None, "{form}");
    }
    assert!(written("junit", &report).contains("tests=\"1\" failures=\"0\""));
}

/// The page tells of every form, and its budgets are those of the tests above.
#[test]
fn the_page_tells_of_every_form() {
    let page = include_str!("../../docs/formats.md");
    for (form, _) in FORMS {
        assert!(page.contains(&format!("## `{form}`")), "{form}");
        assert!(page.contains(&format!("| [`{form}`]")), "{form}");
    }
}
