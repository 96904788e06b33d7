//! What holds for every text: the whole pipeline on arbitrary documents.
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use proptest::prelude::*;
use provenance::Analysis;
use provenance::analyse;
use provenance::corpus::Document;
use provenance::divergence::Nature;
use provenance::finding::Finding;
use provenance::finding::Rule;
use provenance::finding::Site;
use provenance::policy::Policy;
use provenance::render::json;
use provenance::render::json::Part;
use provenance::render::json::Run;
use provenance::render::terminal;
use provenance::render::terminal::Look;
use provenance::report::Report;
use provenance::span::DocId;
use provenance::span::Place;
use std::collections::BTreeMap;

/// Pieces of news, so that texts share wording and differ in figures, dates and quotations.
const NEWS: [&str; 14] = [
    "The council of Port Ellery voted on Tuesday evening to close the old ferry",
    "and signed 29 contracts worth $17 billion with the operator. ",
    "and signed 92 contracts worth €1.7 million with the operator. ",
    "The bridge opened on September 15, 2020, after 33 years of hearings. ",
    "The bridge opened on September 13, 2020, after twenty-three years of hearings. ",
    "“We will get certain savings from the first winter onwards,” Jane Doe said. ",
    "“We will get possible savings from the last winter onwards,” Jane Doe said. ",
    "According to Harbour Wire, the ferry ran 83 crossings a week last winter. ",
    "the ferry ran about 38 per cent more crossings a week last winter, he said. ",
    "\n\n",
    "\n- ",
    "\r\n",
    " said ",
    "# Heading\n\n",
];

/// News of which each has another in `OTHERS` that says the same with another value.
const ONES: [&str; 4] = [NEWS[1], NEWS[3], NEWS[5], NEWS[7]];

/// The others.
const OTHERS: [&str; 4] = [NEWS[2], NEWS[4], NEWS[6], NEWS[8]];

/// Pieces that break careless code: at edges of characters, marks and numbers.
const NASTY: [&str; 28] = [
    "",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\u{2011}",
    "\t",
    "\r",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{202e}",
    "\u{200d}",
    "e\u{301}",
    "ﬁ",
    "İ",
    "ß",
    "😀",
    "“",
    "”",
    "\"",
    "‘",
    "'",
    "$",
    "1,",
    ".",
    "9999999999999999999999999999999999999",
    "U.S.",
];

/// A text of some hundred characters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&NEWS[..]).prop_map(str::to_owned),
        2 => prop::sample::select(&NASTY[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[ -~]{0,12}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// A text that says nothing twice: any of `NEWS` but those in `left_out`, in any order.
fn told_once(left_out: [&'static str; 4]) -> impl Strategy<Value = String> {
    let news: Vec<&str> = NEWS.into_iter().filter(|piece| !left_out.contains(piece)).collect();
    let count = news.len();
    let nasty = prop::collection::vec(prop::sample::select(&NASTY[..]), count);
    let chosen = prop::sample::subsequence(news, 0..=count).prop_shuffle();
    (chosen, nasty).prop_map(|(chosen, nasty)| {
        let pieces = chosen.into_iter().zip(nasty).flat_map(|(piece, nasty)| [piece, nasty]);
        pieces.collect()
    })
}

fn documents(texts: &[String]) -> Vec<Document> {
    let named = |(index, text): (usize, &String)| {
        Document::unrecorded(DocId(u32::try_from(index).unwrap()), format!("{index}.txt"), text)
    };
    texts.iter().enumerate().map(named).collect()
}

/// Everything that can be printed, as one text.
fn rendered(report: &Report) -> String {
    let mut out = Vec::new();
    for width in [0, 40, 100] {
        for colour in [false, true] {
            let look = Look { colour, width };
            terminal::write_findings(&mut out, report, look, true).unwrap();
            terminal::write_alignments(&mut out, report, look, true).unwrap();
            terminal::write_clusters(&mut out, report, look).unwrap();
            terminal::write_claims(&mut out, report, look).unwrap();
            terminal::write_units(&mut out, report, look).unwrap();
        }
    }
    let run = Run { command: "audit", all: true, documents: report.documents.len() };
    let parts = [
        Part::Documents,
        Part::Units,
        Part::Alignments,
        Part::Clusters,
        Part::Claims,
        Part::Findings,
    ];
    json::write_lines(&mut out, &run, report, &parts).unwrap();
    json::write_object(&mut out, &run, report, &parts).unwrap();
    String::from_utf8(out).unwrap()
}

/// Every span lies in its text and on its characters, every mark in its passage.
fn check_spans(documents: &[Document], analysis: &Analysis) {
    for finding in &analysis.findings {
        assert!(!finding.labels.is_empty(), "{finding:?}");
        for label in &finding.labels {
            let Site::Passage(place) = &label.site else { continue };
            let source = &documents[place.doc.index()].source;
            assert!(source.get(place.span.range()).is_some(), "{finding:?}");
            for mark in &label.marks {
                assert!(source.get(mark.range()).is_some(), "{finding:?}");
                assert!(place.span.contains(*mark), "{finding:?}");
            }
            assert!(label.marks.is_sorted_by_key(|mark| mark.start()), "{finding:?}");
        }
    }
    for found in &analysis.alignments {
        for place in [found.left, found.right] {
            let source = &documents[place.doc.index()].source;
            assert!(source.get(place.span.range()).is_some_and(|text| !text.is_empty()));
        }
        assert!((0.0..=1.0).contains(&found.similarity), "{found:?}");
    }
    for claim in analysis.claims.iter().flatten() {
        let source = &documents[claim.place.doc.index()].source;
        assert!(source.get(claim.place.span.range()).is_some_and(|text| !text.is_empty()));
    }
}

/// Findings as a multiset that does not know the order of the documents: rule, and
/// the wordings with their marks.
fn gists(documents: &[Document], findings: &[Finding]) -> BTreeMap<String, usize> {
    let mut gists = BTreeMap::new();
    for finding in findings {
        let mut wordings: Vec<String> = Vec::new();
        for label in &finding.labels {
            let Site::Passage(place) = &label.site else { continue };
            let document = &documents[place.doc.index()];
            let marks: Vec<_> = label.marks.iter().map(|mark| mark.range()).collect();
            wordings.push(format!("{} {:?} {marks:?}", document.path, place.span));
        }
        wordings.sort();
        *gists.entry(format!("{:?} {wordings:?}", finding.rule)).or_default() += 1;
    }
    gists
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_the_pipeline(texts in prop::collection::vec(text(), 2..4)) {
        let documents = documents(&texts);
        let policy = Policy::default();
        let analysis = analyse(&documents, &policy);
        check_spans(&documents, &analysis);
        let report = analysis.report(&documents, &policy, Vec::new());
        let once = rendered(&report);
        let again = analyse(&documents, &policy);
        prop_assert_eq!(once, rendered(&again.report(&documents, &policy, Vec::new())));
    }

    #[test]
    fn a_copy_differs_in_nothing(text in told_once(OTHERS)) {
        let documents = documents(&[text.clone(), text]);
        let analysis = analyse(&documents, &Policy::default());
        for finding in &analysis.findings {
            let code = finding.rule.info().code;
            prop_assert!(!code.starts_with("PV3") && !code.starts_with("PV4"), "{:?}", finding);
        }
    }

    #[test]
    fn the_order_of_documents_decides_nothing(left in told_once(ONES), right in told_once(OTHERS)) {
        let forward = documents(&[left.clone(), right.clone()]);
        let mut backward = documents(&[right, left]);
        for (document, path) in backward.iter_mut().zip(["1.txt", "0.txt"]) {
            path.clone_into(&mut document.path);
        }
        let found = |documents: &[Document]| {
            gists(documents, &analyse(documents, &Policy::default()).findings)
        };
        prop_assert_eq!(found(&forward), found(&backward));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// No word of a document is in two clusters of one nature, and each cluster has
    /// several documents.
    #[test]
    fn clusters_are_apart(texts in prop::collection::vec(text(), 2..6)) {
        let documents = documents(&texts);
        let mut places: Vec<(Nature, Place)> = Vec::new();
        for found in analyse(&documents, &Policy::default()).clusters {
            prop_assert!(found.documents().len() > 1, "{found:?}");
            places.extend(found.places.iter().map(|place| (found.nature, *place)));
        }
        places.sort_by_key(|(nature, place)| (*nature, *place));
        for pair in places.windows(2) {
            let ((nature, before), (other, after)) = (pair[0], pair[1]);
            let apart = !before.span.overlaps(after.span);
            prop_assert!(nature != other || before.doc != after.doc || apart, "{pair:?}");
        }
    }

    /// A document and its copy are one text, whatever stands in it.
    #[test]
    fn a_copy_is_a_near_duplicate_and_no_list_of_passages(words in prop::collection::vec("[a-z]{4,9}", 60..90)) {
        let text = format!("The {}.\n", words.chunks(15).map(|s| s.join(" ")).collect::<Vec<_>>().join(". The "));
        let documents = documents(&[text.clone(), text]);
        let findings = analyse(&documents, &Policy::default()).findings;
        let rules: Vec<Rule> = findings.iter().map(|finding| finding.rule).collect();
        prop_assert_eq!(rules, [Rule::NearDuplicate]);
    }
}

/// A text that says something twice is not two texts.
#[test]
fn a_message_counts_texts_and_not_places() {
    let documents = documents(&[[NEWS[3], NEWS[3]].concat(), [NEWS[4], NEWS[4]].concat()]);

    let analysis = analyse(&documents, &Policy::default());

    let messages: Vec<&str> =
        analysis.findings.iter().map(|found| found.message.as_str()).collect();
    let expected = "“September 15, 2020” (0.txt) against “September 13, 2020” (1.txt)";
    assert!(messages.contains(&expected), "{messages:?}");
}

/// A table has one wording and many values; its copy has the same ones.
#[test]
fn a_copy_of_a_text_that_repeats_itself_does_not_part_from_it() {
    let text = [NEWS[3], NEWS[4]].concat();
    let documents = documents(&[text.clone(), text]);

    let analysis = analyse(&documents, &Policy::default());

    assert!(!analysis.findings.iter().any(|found| found.rule == Rule::DateDiffers));
}
