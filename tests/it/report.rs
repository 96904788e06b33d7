//! The page: what stands in it is what `audit` finds, nothing in it acts, and nothing else
//! is overwritten.
#![expect(clippy::disallowed_methods, reason = "tests look at what is on the disk")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

mod page;

use crate::pin::pin;
use crate::program::Said;
use crate::program::program;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use base64ct::Base64;
use base64ct::Encoding;
use page::Element;
use page::Node;
use serde_json::Value;
use sha2::Digest;
use sha2::Sha256;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const WIRE: &str = "Ferry Deal Signed\n\nPORT ELLERY, March 4 — The two ports signed 29 agreements worth $17 million at a short ceremony on Thursday.\n\n“The door stays open for every line that calls here,” said Dana Ruiz, the mayor.\n";
const POST: &str = "Ports Agree\n\nThe two ports signed 38 agreements worth $17 million at a short ceremony on Thursday.\n\n“The door stays open for any line that calls here,” said Dana Ruiz, the mayor.\n";

fn project() -> Project {
    Project::with(&[("corpus/post.txt", POST.as_bytes()), ("corpus/wire.txt", WIRE.as_bytes())])
}

fn said(project: &Project, line: &str) -> Said {
    run(project.root(), &words(line))
}

/// The page of a project, as text.
fn written(project: &Project, arguments: &str) -> String {
    let said = said(project, &format!("report -o - {arguments}"));
    assert_eq!(said.status, 0, "{}", said.stderr);
    said.stdout
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a program reads of a finding: code, level, name, sentence, and its places.
type Told = (String, String, String, String, Vec<String>);

fn in_json(finding: &Value) -> Told {
    let text = |key: &str| finding[key].as_str().unwrap().to_owned();
    let place = |place: &Value| {
        let number = |key: &str| place[key].as_u64().map_or_else(String::new, |at| at.to_string());
        format!("{} {} {}", place["path"].as_str().unwrap(), number("start"), number("end"))
    };
    let places = finding["places"].as_array().unwrap().iter().map(place).collect();
    (text("rule"), text("severity"), text("fingerprint"), text("message"), places)
}

fn in_page(finding: &Element) -> Told {
    let data = |key: &str| finding.get(&format!("data-{key}")).to_owned();
    let place = |place: &&Element| {
        let path = place.of("bdi", "path")[0].text();
        format!("{path} {} {}", place.get("data-start"), place.get("data-end"))
    };
    let message = finding.of("h3", "message")[0].text();
    let lists = finding.of("ul", "places");
    let places = lists[0].find(|one| one.name == "li").iter().map(place).collect();
    (data("rule"), data("severity"), data("fingerprint"), message, places)
}

#[test]
fn the_findings_are_those_of_audit() {
    for draft in ["", "drafts/weekend-explainer.md"] {
        let page = run(repository(), &words(&format!("report -o - {draft}")));
        let json = run(repository(), &words(&format!("audit --exit-zero --format json {draft}")));
        let json: Value = serde_json::from_str(&json.stdout).unwrap();
        let page = Element::read(&page.stdout);
        let told: Vec<Told> = json["findings"].as_array().unwrap().iter().map(in_json).collect();
        let list = page.by_id("finding-list");
        let shown: Vec<Told> = list.of("li", "finding").into_iter().map(in_page).collect();

        assert!(told.len() > 20, "{}", told.len());
        assert_eq!(shown, told);
    }
}

/// The policy of the page allows exactly its own styles and its own script.
#[test]
fn the_page_allows_nothing_but_itself() {
    let page = Element::read(&written(&project(), ""));
    let policy = page.find(|one| one.get("http-equiv") == "Content-Security-Policy");
    let policy = policy[0].get("content");
    let hash = |text: &str| Base64::encode_string(&Sha256::digest(text));
    let style = page.of("style", "");
    let script = page.find(|one| one.name == "script" && one.get("type").is_empty());

    assert_eq!((style.len(), script.len()), (1, 1));
    let expected = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(&style[0].text()),
        hash(&script[0].text())
    );
    assert_eq!(policy, expected);
    for element in page.all() {
        for (key, value) in &element.attributes {
            let loads = ["src", "srcset", "action", "data", "background"].contains(&key.as_str());
            assert!(!key.starts_with("on") && key != "style" && !loads, "{key}={value}");
            if key == "href" {
                let is_address = value.starts_with('#') || value.starts_with("https://");
                assert!(is_address, "{value}");
            }
        }
    }
}

/// Every link inside the page leads somewhere, and no name is given twice.
#[test]
fn every_link_leads_to_one_place() {
    for draft in ["", "drafts/weekend-explainer.md"] {
        let said = run(repository(), &words(&format!("report -o - {draft}")));
        let page = Element::read(&said.stdout);
        let mut ids: Vec<&str> = page.all().iter().map(|one| one.get("id")).collect();
        ids.retain(|id| !id.is_empty());
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for link in page.find(|one| one.name == "a" && one.get("href").starts_with('#')) {
            let target = link.get("href")[1..].split('?').next().unwrap();
            assert!(ids.binary_search(&target).is_ok(), "{target}");
        }
    }
}

const HOSTILE: &str = "</title></style><script>alert(1)</script> &amp; \"'<!-- \u{202e}gpj\u{200b}";

/// A name that a document cannot have, and a draft can.
const HOSTILE_NAME: &str = "<img src=x onerror=alert(1)>\u{202e}&.txt";

#[test]
fn hostile_words_are_inert_and_visible() {
    let project = Project::new();
    let quoted = format!("“{HOSTILE} is what we stand for today,” said Dana Ruiz. {WIRE}");
    let text = format!("{HOSTILE}\n\n{quoted}");
    project.write("corpus/a.txt", &text);
    let added = ["add", "corpus/a.txt", "--outlet", HOSTILE, "--title", HOSTILE];
    assert_eq!(run(project.root(), &added).status, 0);
    project.write(HOSTILE_NAME, text.replace("29", "38").replace("what we", "all we"));
    let html = run(project.root(), &["report", "-o", "-", HOSTILE_NAME]).stdout;
    let page = Element::read(&html);

    assert_eq!(page.find(|one| ["img", "iframe", "object"].contains(&&*one.name)).len(), 0);
    assert_eq!((page.of("script", "").len(), page.of("style", "").len()), (2, 1));
    assert!(!html.contains(['\u{202e}', '\u{200b}']));
    for id in ["overview", "draft", "findings", "documents"] {
        let text = page.by_id(id).text();
        assert!(text.contains("<script>alert(1)</script> &amp; \"'<!-- U+202Egpj"), "{id}: {text}");
        let name = text.contains("<img src=x onerror=alert(1)>U+202E&.txt");
        assert!(name || id == "documents", "{id}: {text}");
    }
    assert_eq!(page.of("span", "ch")[0].get("title"), "bidi embedding or override");
}

/// The visible text of a document, as the page's script counts it.
fn visible(text: &Element) -> Vec<u16> {
    fn push(element: &Element, shown: &mut String) {
        for child in &element.children {
            match child {
                Node::Text(text) => shown.push_str(text),
                Node::Element(one) if one.has_class("ref") || one.has_class("margin") => {}
                Node::Element(one) => push(one, shown),
            }
        }
    }
    let mut shown = String::new();
    push(text, &mut shown);
    shown.encode_utf16().collect()
}

/// The passages that the reader draws are those of `align`, in the same words.
#[test]
fn the_passages_are_those_of_align() {
    let page = Element::read(&run(repository(), &["report", "-o", "-"]).stdout);
    let json = run(repository(), &["align", "--format", "json"]).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let rows: Value = serde_json::from_str(&page.by_id("passages").text()).unwrap();
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    // Between two paragraphs of the page there is no blank.
    let flat = |text: &str| text.split_whitespace().collect::<String>();
    let drawn = |row: &Value, from: usize| {
        let text = visible(page.by_id(&format!("text-{}", number(&row[from]) + 1)));
        let places = number(&row[from + 1])..number(&row[from + 2]);
        flat(&String::from_utf16(&text[places]).unwrap())
    };
    let kinds = ["verbatim", "near-verbatim", "obfuscated", "summary", "paraphrase"];
    let shown: Vec<[String; 3]> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| [drawn(row, 0), drawn(row, 3), kinds[number(&row[6])].to_owned()])
        .collect();
    let exact = |found: &Value, side: &str| flat(found[side]["exact"].as_str().unwrap());
    let found = json["alignments"].as_array().unwrap();
    let told: Vec<[String; 3]> = found
        .iter()
        .map(|one| {
            [exact(one, "left"), exact(one, "right"), one["kind"].as_str().unwrap().to_owned()]
        })
        .collect();

    assert!(told.len() > 50, "{}", told.len());
    let other = shown.iter().zip(&told).find(|(shown, told)| shown != told);
    assert!(shown.len() == told.len() && other.is_none(), "{other:?}");
}

/// Words that only one side has are marked in the reader, and no others.
#[test]
fn the_words_that_differ_are_marked() {
    let page = Element::read(&written(&project(), ""));
    let rows: Value = serde_json::from_str(&page.by_id("passages").text()).unwrap();
    let [row] = rows.as_array().unwrap().as_slice() else { panic!("one passage: {rows}") };
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let marks: Vec<usize> = row[8].as_array().unwrap().iter().map(number).collect();
    let word = |side: usize, mark: &[usize]| {
        let text = visible(page.by_id(&format!("text-{}", number(&row[3 * side]) + 1)));
        let start = number(&row[3 * side + 1]);
        let place = start + mark[2 * side]..start + mark[2 * side + 1];
        String::from_utf16(&text[place]).unwrap()
    };
    let words: Vec<[String; 2]> =
        marks.chunks(4).map(|mark| [0, 1].map(|side| word(side, mark))).collect();

    assert_eq!(words, [["Ports Agree", "PORT ELLERY, March 4"], ["38", "29"], ["any", "every"]]);
}

#[test]
fn every_view_stands_in_the_page() {
    let draft = run(repository(), &words("report -o - drafts/weekend-explainer.md"));
    let page = Element::read(&draft.stdout);
    let views: Vec<&str> = page.of("section", "view").iter().map(|view| view.get("id")).collect();
    let expected =
        ["overview", "draft", "findings", "reuse", "figures", "quotations", "reader", "documents"];
    assert_eq!(views, expected);
    let links = page.of("nav", "")[0].of("a", "");
    assert_eq!(links.iter().map(|link| &link.get("href")[1..]).collect::<Vec<_>>(), expected);

    for view in page.of("section", "view") {
        let heading = page.by_id(view.get("aria-labelledby"));
        assert!(heading.name == "h1" || heading.name == "h2", "{heading:?}");
    }
}

/// The text of a draft carries a note for each finding that shows it.
#[test]
fn a_draft_has_its_findings_beside_it() {
    let draft = run(repository(), &words("report -o - drafts/weekend-explainer.md"));
    let page = Element::read(&draft.stdout);
    let view = page.by_id("draft");
    let number = view.of("article", "draft")[0].get("id").trim_start_matches("doc-");
    let of_draft = |one: &&&Element| one.get("data-docs").split(' ').any(|doc| doc == number);
    let list = page.by_id("finding-list").of("li", "finding");
    let findings: BTreeSet<&str> =
        list.iter().filter(of_draft).map(|finding| finding.get("id")).collect();
    let targets = |elements: Vec<&'_ Element>| -> Vec<String> {
        elements.iter().map(|one| one.get("href")[1..].to_owned()).collect()
    };
    let margins = view.of("aside", "margin");
    let noted = targets(margins.iter().flat_map(|margin| margin.of("a", "")).collect());
    let flagged = targets(view.of("a", "flag"));

    assert!(findings.len() > 15, "{}", findings.len());
    assert_eq!(noted, flagged);
    assert_eq!(noted.iter().map(String::as_str).collect::<BTreeSet<_>>(), findings);
}

#[test]
fn outlets_figures_and_quotations_are_told_in_words() {
    let page = Element::read(&written(&project(), ""));
    let lines = |id: &str| {
        let text = page.by_id(id).text();
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let views = ["reuse", "figures", "quotations"].map(lines).join("\n\n");
    pin(
        "render",
        "page-views",
        "Who shares wording, which answers part, and who quotes whom?",
        &views,
    );
}

#[test]
fn the_same_corpus_gives_the_same_page() {
    let project = project();
    assert_eq!(written(&project, ""), written(&project, ""));
}

#[test]
fn a_small_page_is_read_from_top_to_bottom() {
    let page = Element::read(&written(&project(), ""));
    let lines = page.of("main", "")[0].text();
    let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let until = lines.iter().position(|line| *line == "What the rules mean").unwrap();
    pin(
        "render",
        "page",
        "Does the page say who parts from whom, and in which words?",
        &lines[..until].join("\n"),
    );
}

/// One row per thing that a page must not replace: where it would go, and the code.
#[test]
fn nothing_else_is_overwritten() {
    let project = project();
    project.write("story.md", "A draft.");
    fs::create_dir(project.path("folder")).unwrap();
    for (output, code) in [
        ("corpus/new.html", "PE067"),
        ("corpus/wire.txt", "PE067"),
        ("manifests/report.html", "PE067"),
        ("story.md", "PE068"),
        ("provenance.toml", "PE068"),
        ("folder", "PE068"),
        ("nowhere/report.html", "PE004"),
    ] {
        let said = said(&project, &format!("report -o {output}"));
        assert!(said.status > 1 && said.stderr.contains(code), "{output}: {}", said.stderr);
    }
    assert_eq!(project.read("story.md"), "A draft.");
    assert_eq!(project.read("corpus/wire.txt"), WIRE);
}

#[test]
fn an_earlier_page_is_replaced_and_findings_fail_only_when_asked() {
    let project = project();
    for (arguments, status) in [("", 0), ("--fail-on warning", 1), ("--fail-on error", 0)] {
        let said = said(&project, &format!("report {arguments}"));
        assert_eq!(said.status, status, "{}", said.stderr);
        assert!(said.stdout.starts_with("report.html: 0 errors, "), "{}", said.stdout);
    }
    assert!(project.read("report.html").starts_with("<!doctype html>"));
    assert_eq!(said(&project, "verify").status, 0);
}

#[test]
fn stdout_can_be_neither_opened_nor_watched() {
    for flag in ["--open", "--watch"] {
        let said = said(&project(), &format!("report -o - {flag}"));
        assert_eq!(said.status, 2, "{}", said.stderr);
        assert!(said.stdout.is_empty() && said.stderr.contains("--output"), "{}", said.stderr);
    }
}

/// Texts without a project, without records, without anything.
#[test]
fn nothing_need_be_known_of_a_text() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.txt", WIRE), ("b.txt", POST), ("empty.txt", "")] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let said = run(folder.path(), &words("report -o - a.txt b.txt empty.txt"));
    let page = Element::read(&said.stdout);

    assert_eq!(said.status, 0, "{}", said.stderr);
    assert!(!page.of("li", "finding").is_empty());
    assert!(page.by_id("overview").text().contains("not known"));
    assert_eq!(said_of_empty(&Project::new()), 0);
}

fn said_of_empty(project: &Project) -> usize {
    Element::read(&written(project, "")).of("li", "finding").len()
}

/// Reads lines until one holds `words`; the test ends when there are no more.
fn await_line(lines: &mut impl Iterator<Item = std::io::Result<String>>, words: &str) {
    let mut said = Vec::new();
    for line in lines {
        let line = line.unwrap();
        if line.contains(words) {
            return;
        }
        said.push(line);
    }
    panic!("{words} was not said: {said:?}");
}

/// A program that does not outlive the test.
struct Running(std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It has most often ended by itself.
        let _ = self.0.kill();
    }
}

/// The page follows the corpus, outlives a record that cannot be read, and ends with Ctrl-C.
#[cfg(unix)]
#[test]
fn a_watch_follows_changes_until_it_is_interrupted() {
    use std::io::BufRead;
    use std::io::BufReader;
    use std::process::Stdio;

    let project = project();
    let mut command = program(project.root());
    command.args(["report", "--watch"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut watch = Running(command.spawn().unwrap());
    let mut told = BufReader::new(watch.0.stdout.take().unwrap()).lines();
    let mut noted = BufReader::new(watch.0.stderr.take().unwrap()).lines();
    await_line(&mut noted, "end with Ctrl-C");
    await_line(&mut told, "report.html: 0 errors, 3 warnings");

    project.edit("corpus/post.txt", "38", "47");
    await_line(&mut told, "report.html: 1 error, ");
    assert!(project.read("report.html").contains("“47 agreements”"));

    // Writing the page reads the corpus, which must not count as a change of it.
    std::thread::sleep(std::time::Duration::from_secs(2));
    fs::rename(project.path("manifests"), project.path("away")).unwrap();
    fs::write(project.path("manifests"), "").unwrap();
    await_line(&mut noted, "still watching");
    assert!(project.read("report.html").contains("“47 agreements”"));

    let interrupt =
        std::process::Command::new("kill").args(["-INT", &watch.0.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    assert_eq!(watch.0.wait().unwrap().code(), Some(0));
    assert_eq!(told.count(), 0, "the page was written again although nothing changed");
    let leftovers = fs::read_dir(project.root()).unwrap().map(|entry| entry.unwrap().file_name());
    let is_temporary = |name: &std::ffi::OsString| name.to_string_lossy().contains("tmp");
    assert_eq!(leftovers.filter(is_temporary).count(), 0);
}
