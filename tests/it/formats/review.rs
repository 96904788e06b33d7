//! The same forms of a review.

use super::FORMS;
use super::HOSTILE;
use super::LIMITS;
use super::acts;
use super::document;
use super::fault;
use super::report;
use provenance::corpus::Body;
use provenance::corpus::Changed;
use provenance::corpus::Changes;
use provenance::corpus::Digest;
use provenance::corpus::Version;
use provenance::finding::Severity;
use provenance::render::csv;
use provenance::render::github;
use provenance::render::gitlab;
use provenance::render::junit;
use provenance::render::markdown;
use provenance::render::markdown::Page;
use provenance::render::rdjson;
use provenance::render::sarif;
use provenance::report::Report;
use provenance::review::Review;
use provenance::review::effect;
use serde_json::Value;

/// What each form makes of a review.
fn written(form: &str, review: &Review) -> String {
    let mut out = Vec::new();
    match form {
        "sarif" => sarif::write_review(&mut out, review),
        "github" => github::write_review(&mut out, review),
        "github-summary" => markdown::write_review(&mut out, review, Page::Summary),
        "markdown" => markdown::write_review(&mut out, review, Page::Comment),
        "rdjson" => rdjson::write_review(&mut out, review),
        "gitlab" => gitlab::write_review(&mut out, review),
        "junit" => junit::write_review(&mut out, review, Severity::Error),
        "csv" => csv::write_review(&mut out, review),
        _ => unreachable!("a form"),
    }
    .unwrap();
    String::from_utf8(out).unwrap()
}

fn version(path: &str, source: &str) -> Version {
    Version {
        path: path.to_owned(),
        body: Body::Text { digest: Digest::of(source.as_bytes()), source: source.to_owned() },
        record: None,
        record_text: String::new(),
        fault: None,
    }
}

/// A document at `path` in which `text` came, went, gave way to something and to which
/// something gave way.
fn changes(path: &str, text: &str) -> Changes {
    let around = |first: &str, second: &str, rest: &str| {
        format!(
            "The ferry {first} left the pier at noon.\n\nThe boat came back {second} in the \
                 rain.\n\n{rest}\n"
        )
    };
    let was = around(text, "at once", &format!("Nothing of {text} is left."));
    let is = around("slowly", text, &format!("There is a new line with {text} in it."));
    let fault = Some(format!("its key is {text}"));
    let changed = Changed {
        earlier: Some(Version { fault: fault.clone(), ..version(text, &was) }),
        later: Some(Version { fault, ..version(path, &is) }),
    };
    let added = Changed { earlier: None, later: Some(version(&format!("{text}+"), text)) };
    Changes {
        base: text.to_owned(),
        head: text.to_owned(),
        documents: vec![changed, added],
        unchecked: vec![text.to_owned()],
        ..Changes::default()
    }
}

/// One row per hostile text and form: nothing of it acts.
#[test]
fn hostile_text_is_inert_in_every_form() {
    for hostile in HOSTILE {
        let documents = [document(hostile, hostile)];
        let (was, is) = (Report::default(), report(&documents, hostile, 1));
        let changes = changes(hostile, hostile);
        for (earlier, later) in [(&was, &is), (&is, &was)] {
            let mut review = Review::of(&changes);
            review.effect = Some(effect(&changes, earlier, later));
            for (form, _) in FORMS {
                let text = written(form, &review);
                let acting = text.chars().find(|c| *c != '\n' && *c != '\r' && acts(*c));
                assert_eq!(acting, None, "{form}: {hostile:?}\n{text}");
                assert_eq!(fault(form, &text), None, "{form}: {hostile:?}\n{text}");
            }
        }
    }
}

/// One row per form: bytes or units of UTF-16 at most, and what it says at its end.
#[test]
fn a_form_ends_in_time_and_says_how_many_are_left() {
    let long = "Қазақстан 😀 ".repeat(3);
    let documents = [document("corpus/a.txt", &long)];
    let (was, is) = (Report::default(), report(&documents, &long, 1_700));
    let sentence = |n: usize| format!("Pier {n} has {n} boats of the {n}th kind in it.\n\n");
    let mut changes = changes("corpus/a.txt", &long);
    for number in 0..60 {
        let source: String = (0..40).map(|n| sentence(n + number)).collect();
        let path = format!("corpus/{number}.txt");
        changes.documents.push(Changed {
            earlier: Some(version(&path, &source)),
            later: Some(version(&path, &source.replace("has 1", "had 2"))),
        });
    }
    let mut review = Review::of(&changes);
    review.effect = Some(effect(&changes, &was, &is));
    for (form, limit) in LIMITS {
        let text = written(form, &review);
        let size = if form == "markdown" { text.encode_utf16().count() } else { text.len() };
        assert!(size <= limit, "{form}: {size}");
        assert!(text.contains(" more entries: run provenance diff --all"), "{form}");
        assert_eq!(fault(form, &text), None, "{form}");
    }
}

#[test]
fn nothing_changed_is_still_a_whole_file() {
    let changes = Changes::default();
    let review = Review::of(&changes);
    for (form, _) in FORMS {
        let text = written(form, &review);
        assert!(text.ends_with('\n'), "{form}: {text:?}");
        assert_eq!(fault(form, &text), None, "{form}");
    }
    assert!(written("junit", &review).contains("tests=\"1\" failures=\"0\""));
}

#[test]
fn what_was_not_checked_is_told_in_every_form() {
    let changes = Changes { unchecked: vec!["the submodule `x`".to_owned()], ..Changes::default() };
    let review = Review::of(&changes);
    for (form, _) in FORMS {
        let text = written(form, &review);
        assert!(text.contains("the submodule `x`"), "{form}: {text}");
    }
    let log: Value = serde_json::from_str(&written("sarif", &review)).unwrap();
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}
