//! Recall and precision of the archive engine on a made archive of known truth, pinned:
//! the generator and the measure are those of `cargo bench --bench reuse`.

use crate::newsroom::Newsroom;
use crate::pin::pin;
use crate::score::Found;
use crate::score::Recall;
use crate::score::Truth;
use crate::score::score;
use provenance::reuse::archive;
use provenance::reuse::archive::Document;
use provenance::span::Place;
use std::fmt::Write as _;

const DOCUMENTS: usize = 600;

#[test]
fn planted_reuse_is_found() {
    let newsroom = Newsroom::new(DOCUMENTS, 0);
    let mut truth = Truth::default();
    let mut documents = Vec::new();
    for number in 0..DOCUMENTS {
        let article = newsroom.article(number);
        documents.push(Document::read(article.name, &article.text));
        truth.planted.push(article.planted);
        truth.boilerplate.push(article.boilerplate);
    }
    let passages = archive::passages(&documents).expect("there are few words");
    let side = |place: Place| (place.doc.index(), place.span.start(), place.span.end());
    let found: Vec<Found> = passages
        .iter()
        .zip(archive::clusters(&passages))
        .map(|(passage, cluster)| Found {
            left: side(passage.left),
            right: side(passage.right),
            cluster: cluster as usize,
        })
        .collect();

    let scores = score(&truth, &found);

    let mut table = String::from("planted      cases    bytes    cases\n");
    let mut row = |name: &str, recall: &Recall| {
        let bytes = share(recall.found_bytes, recall.bytes);
        let cases = share(recall.found, recall.cases);
        writeln!(table, "{name:<12} {:>5} {bytes:>8} {cases:>8}", recall.cases)
            .expect("memory can be written");
    };
    let mut all = Recall::default();
    for (kind, recall) in &scores.recall {
        all.add(recall);
        row(&format!("{kind:?}"), recall);
    }
    row("all", &all);
    let precision = share(scores.true_bytes, scores.reported_bytes);
    let boilerplate = share(scores.boilerplate_bytes, scores.reported_bytes);
    let told = format!(
        "{table}byte precision {precision}, boilerplate {boilerplate}, granularity {:.3}\n\
         wire stories in one cluster: {} of {}\n",
        all.granularity(),
        scores.wire_in_one_cluster,
        scores.wire_stories
    );
    let question = "How much of what was planted in a made archive is found, and what else?";
    pin("", "scale", question, &told);
}

/// Four digits of a share, exactly: the same on every machine.
fn share(part: usize, whole: usize) -> String {
    let share = part * 10_000 / whole.max(1);
    format!("{}.{:04}", share / 10_000, share % 10_000)
}
