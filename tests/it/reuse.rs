//! Shared wording over many documents, and in long ones.

use provenance::analyse;
use provenance::corpus::Document;
use provenance::finding::Rule;
use provenance::policy::Policy;
use provenance::span::DocId;
use provenance::span::Place;
use std::collections::BTreeSet;

/// Sentences whose words depend on `seed`, so that two seeds share no run of words.
fn sentences(seed: usize, count: usize) -> String {
    let word = |n: usize| format!("w{}q{}", (n * 7919 + seed * 104_729) % 9_973, seed % 97);
    let sentence = |s: usize| {
        let words: Vec<String> = (0..15).map(|w| word(s * 15 + w)).collect();
        format!("The {}.", words.join(" "))
    };
    (0..count).map(sentence).collect::<Vec<_>>().join(" ")
}

fn documents(texts: impl IntoIterator<Item = String>) -> Vec<Document> {
    let document = |(id, text)| Document::unrecorded(DocId(id), format!("{id:03}.txt"), text);
    (0..).zip(texts).map(document).collect()
}

#[test]
fn a_wire_story_in_sixty_outlets_is_one_finding() {
    let wire = sentences(1, 8);
    let texts =
        (0..60).map(|n| format!("{}\n\n{wire}\n\n{}", sentences(n + 2, 5), sentences(n + 62, 3)));
    let documents = documents(texts);

    let analysis = analyse(&documents, &Policy::default());

    let reuse: Vec<_> =
        analysis.findings.iter().filter(|found| found.rule == Rule::ReuseUncredited).collect();
    assert_eq!(reuse.len(), 1, "{:?}", reuse.iter().map(|f| &f.message).collect::<Vec<_>>());
    assert_eq!(reuse[0].labels.len(), 60);
}

/// Two long copies with many edits are compared piece by piece; every piece is found.
#[test]
fn long_copies_are_compared_in_pieces() {
    let text = sentences(1, 800);
    let edited: Vec<&str> = text.split(' ').collect();
    let edited: Vec<String> = edited
        .iter()
        .enumerate()
        .map(|(n, word)| if n % 12 == 5 { format!("x{n}") } else { (*word).to_owned() })
        .collect();
    let documents = documents([text.clone(), edited.join(" ")]);

    let analysis = analyse(&documents, &Policy::default());

    let covered: usize = analysis.alignments.iter().map(|found| found.left.span.len()).sum();
    assert!(analysis.alignments.len() > 1);
    assert!(covered * 100 > text.len() * 98, "{covered} of {}", text.len());
}

/// What was aligned, by the words on both sides and in an order of its own.
fn aligned(documents: &[Document]) -> BTreeSet<String> {
    let analysis = analyse(documents, &Policy::default());
    let words = |place: Place| documents[place.doc.index()].source[place.span.range()].to_owned();
    let described = analysis.alignments.iter().map(|found| {
        let mut sides = [(found.left, words(found.left)), (found.right, words(found.right))]
            .map(|(place, words)| (documents[place.doc.index()].path.clone(), place.span, words));
        sides.sort();
        let kept: usize = found.edits.iter().filter(|edit| edit.kept).map(|e| e.left.len()).sum();
        format!("{sides:?} {:?} {kept} {} {}", found.kind, found.reported, found.part)
    });
    described.collect()
}

/// Texts that repeat their own sentences and each other's, in every turn of their order.
#[test]
fn the_order_of_documents_changes_no_alignment() {
    let (one, two, three) = (sentences(1, 6), sentences(2, 6), sentences(3, 4));
    let mut texts = documents([
        format!("{one} {two} {one}"),
        format!("{two} {one} {three} {one}"),
        format!("{three} {three} {two}"),
        one.replace("q1 ", "q9 ") + &two,
    ]);
    let expected = aligned(&texts);
    assert!(expected.len() > 5);
    for _ in 1..texts.len() {
        texts.rotate_left(1);
        for (id, document) in (0..).map(DocId).zip(&mut texts) {
            document.id = id;
        }
        assert_eq!(aligned(&texts), expected);
    }
}

#[test]
fn the_number_of_threads_changes_no_alignment() {
    let (one, two) = (sentences(1, 6), sentences(2, 6));
    let texts = documents([format!("{one} {two}"), format!("{two} {one}"), one, two]);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| analyse(&texts, &Policy::default()).alignments)
    };
    assert_eq!(with(1), with(3));
}
