//! What the tool says about the demonstration corpus.
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use crate::pin::pin;
use provenance::Analysis;
use provenance::analyse;
use provenance::corpus;
use provenance::corpus::Document;
use provenance::finding::Finding;
use provenance::finding::Label;
use provenance::finding::Rule;
use provenance::finding::Site;
use provenance::paraphrase;
use provenance::policy::Policy;
use provenance::span::DocId;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The root of this repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn policy() -> Policy {
    Policy::parse(include_str!("../../provenance.toml")).unwrap()
}

fn options() -> corpus::Options {
    let policy = policy();
    corpus::Options {
        exclude: policy.corpus.exclude,
        require: policy.metadata.require,
        text_bytes_max: policy.corpus.text_bytes_max,
        ..corpus::Options::default()
    }
}

/// The documents of the corpus.
fn sources() -> Vec<Document> {
    let loaded = corpus::load(root(), &options(), &|_, _| {}).unwrap();
    assert!(loaded.verification.findings.is_empty(), "{:?}", loaded.verification.findings);
    loaded.documents
}

/// The documents of the corpus and the draft.
fn sources_and_draft() -> Vec<Document> {
    let mut documents = sources();
    let id = DocId(u32::try_from(documents.len()).unwrap());
    let path = root().join("drafts/weekend-explainer.md");
    let mut draft = corpus::read_file(&path, id, 1 << 20).unwrap();
    "drafts/weekend-explainer.md".clone_into(&mut draft.path);
    draft.draft = true;
    documents.push(draft);
    documents
}

/// The findings of some rules: the message, then each outlet's words.
fn rendered(documents: &[Document], analysis: &Analysis, rules: &[Rule]) -> String {
    let mut text = String::new();
    for finding in analysis.findings.iter().filter(|finding| rules.contains(&finding.rule)) {
        render(&mut text, documents, finding);
    }
    text
}

fn render(text: &mut String, documents: &[Document], finding: &Finding) {
    let info = finding.rule.info();
    writeln!(text, "{} {}: {}", info.code, info.slug, finding.message).unwrap();
    for label in &finding.labels {
        let (stem, wording) = wording(documents, label);
        writeln!(text, "  {stem:24} {wording}").unwrap();
    }
    for note in &finding.notes {
        writeln!(text, "  = {note}").unwrap();
    }
    text.push('\n');
}

/// The document's name and the passage, with the marked parts in brackets.
fn wording(documents: &[Document], label: &Label) -> (String, String) {
    let Site::Passage(place) = label.site else { panic!("these rules speak of passages") };
    let document = &documents[place.doc.index()];
    let mut wording = String::new();
    let mut end = place.span.start();
    for mark in &label.marks {
        wording += &document.source[end..mark.start()];
        write!(wording, "⟦{}⟧", &document.source[mark.range()]).unwrap();
        end = mark.end();
    }
    wording += &document.source[end..place.span.end()];
    let stem = Path::new(&document.path).file_stem().unwrap().to_string_lossy().into_owned();
    (stem, wording.replace('\n', " ⏎ "))
}

#[test]
fn documents() {
    let mut text = String::new();
    for document in sources() {
        let record = document.record.as_ref().unwrap();
        let published = document.published.map(|when| when.to_string()).unwrap_or_default();
        let outlet = document.outlet().unwrap_or_default();
        let digest = record.hash.sha256.to_string();
        writeln!(text, "{:32} {outlet:24} {published:26} {}", record.id.as_str(), &digest[..12])
            .unwrap();
    }
    pin("", "corpus", "Which documents are on record, of whom, and are these their bytes?", &text);
}

#[test]
fn shared_wording_of_the_corpus() {
    let documents = sources();
    let analysis = analyse(&documents, &policy());
    let rules = [
        Rule::QuotationShared,
        Rule::PassageRepeated,
        Rule::NearDuplicate,
        Rule::ReuseOwn,
        Rule::ReuseUncredited,
        Rule::ReuseCredited,
    ];
    pin(
        "reuse",
        "corpus",
        "Who carries whose words, and who credits them?",
        &rendered(&documents, &analysis, &rules),
    );
}

/// A passage in each text that carries it, and what is known of their order.
#[test]
fn clusters_of_the_corpus() {
    let documents = sources();
    let analysis = analyse(&documents, &policy());
    let mut text = String::new();
    for found in &analysis.clusters {
        writeln!(text, "{} of {} words", found.nature.name(), found.words).unwrap();
        for place in &found.places {
            let label = Label::passage(*place, Vec::new(), "");
            let (stem, wording) = wording(&documents, &label);
            writeln!(text, "  {stem:24} {wording}").unwrap();
        }
        let earlier = found.lineage.earlier.and_then(|doc| documents[doc.index()].outlet());
        writeln!(text, "  earlier: {}", earlier.unwrap_or("undetermined")).unwrap();
        for evidence in &found.lineage.evidence {
            writeln!(text, "  {:12} {}", evidence.basis.name(), evidence.text).unwrap();
        }
        text.push('\n');
    }
    let question = "Is each passage shown once, with every text that carries it and the first one?";
    pin("reuse", "clusters", question, &text);
}

#[test]
fn boilerplate_of_the_corpus() {
    let documents = sources();
    let analysis = analyse(&documents, &Policy::default());
    let mut text = String::new();
    analysis.boilerplate.iter().for_each(|finding| render(&mut text, &documents, finding));
    let question = "What does the corpus itself show to be boilerplate, when nothing is listed?";
    pin("reuse", "boilerplate", question, &text);
}

/// Words shared by each two outlets; a row shares with a column.
#[test]
fn words_shared_by_outlets() {
    let documents = sources();
    let analysis = analyse(&documents, &policy());
    let mut words: BTreeMap<[DocId; 2], usize> = BTreeMap::new();
    for found in &analysis.clusters {
        for (pair, shared) in &found.pairs {
            *words.entry(*pair).or_default() += shared;
        }
    }
    let name = |document: &Document| document.outlet().unwrap_or_default().to_owned();
    let mut text = format!("{:24}", "");
    for number in 1..=documents.len() {
        write!(text, "{number:>5}").unwrap();
    }
    for (row, document) in documents.iter().enumerate() {
        write!(text, "\n{} {:22}", row + 1, name(document)).unwrap();
        for other in &documents {
            let pair = [document.id.min(other.id), document.id.max(other.id)];
            let shared = words.get(&pair).map_or_else(|| "·".to_owned(), usize::to_string);
            write!(text, "{shared:>5}").unwrap();
        }
    }
    pin("reuse", "matrix", "How many words does each outlet share with each other one?", &text);
}

#[test]
fn figures_and_dates_of_the_corpus() {
    let documents = sources();
    let analysis = analyse(&documents, &policy());
    let rules = [Rule::FigureDiffers, Rule::DateDiffers, Rule::HedgeDiffers];
    pin(
        "divergence",
        "corpus-figures",
        "Where do the sources give another figure or date in the same wording?",
        &rendered(&documents, &analysis, &rules),
    );
}

#[test]
fn what_the_corpus_tells_otherwise_in_its_own_words() {
    let documents = sources();
    let analysis = analyse(&documents, &policy());
    let rules = [
        Rule::FigureDiverges,
        Rule::DateDiverges,
        Rule::ListDiverges,
        Rule::NameDiverges,
        Rule::PlaceDiverges,
        Rule::StatusDiverges,
        Rule::FiguresContradict,
    ];
    pin(
        "divergence",
        "corpus-facts",
        "Where do the sources part who tell the same in their own words?",
        &rendered(&documents, &analysis, &rules),
    );
}

/// One row a question, the answer of most outlets first.
#[test]
fn figure_matrix_of_the_corpus() {
    let documents = sources();
    let analysis = analyse(&documents, &policy());
    let mut text = String::new();
    for row in &analysis.matrix {
        writeln!(text, "{}{}", row.question, if row.differs() { "  differs" } else { "" }).unwrap();
        for cells in &row.answers {
            writeln!(text, "  {}", cells[0].value).unwrap();
            for cell in cells {
                let document = &documents[cell.place.doc.index()];
                let outlet = document.outlet().unwrap_or_default();
                let reason = cell.reason.as_ref().map_or(String::new(), |why| format!(" ({why})"));
                let words = cell.wording(&document.source);
                writeln!(text, "    {outlet:24} “{words}”{reason}").unwrap();
            }
        }
        text.push('\n');
    }
    let question = "Do the rows ask one question each, and is each outlet under its own answer?";
    pin("divergence", "matrix", question, &text);
}

#[test]
fn quotations_of_the_corpus() {
    let documents = sources();
    let analysis = analyse(&documents, &policy());
    pin(
        "divergence",
        "corpus-quotations",
        "Which quotations stand elsewhere with other words?",
        &rendered(&documents, &analysis, &[Rule::QuoteAltered]),
    );
}

#[test]
fn the_draft_against_the_corpus() {
    let documents = sources_and_draft();
    let analysis = analyse(&documents, &policy());
    let rules = [
        Rule::FigureDiffers,
        Rule::DateDiffers,
        Rule::ListDiverges,
        Rule::NameDiverges,
        Rule::PlaceDiverges,
        Rule::StatusDiverges,
        Rule::FiguresContradict,
        Rule::FigureUnsourced,
        Rule::FigureSingleSource,
        Rule::QuoteAltered,
        Rule::QuotationShared,
        Rule::ReuseUncredited,
        Rule::ReuseCredited,
    ];
    pin(
        "divergence",
        "draft",
        "What does the draft say otherwise than the sources, and what does it carry of them?",
        &rendered(&documents, &analysis, &rules),
    );
}

#[test]
fn propositions_of_the_corpus() {
    let documents = sources();
    let analysis = analyse(&documents, &policy());
    let mut text = String::new();
    for found in paraphrase::propositions(&analysis.paraphrases) {
        let _ = writeln!(text, "{} of {} texts", found.documents().len(), documents.len());
        for member in &found.members {
            let document = &documents[member.place.doc.index()];
            let outlet = document.outlet().unwrap_or_default();
            let _ = writeln!(text, "  {outlet:22} {}", &document.source[member.place.span.range()]);
        }
    }
    pin(
        "paraphrase",
        "propositions",
        "Does each row say one thing, and is no outlet missing?",
        &text,
    );
}
