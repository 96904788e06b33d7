//! Parted: what the figure matrix shows to differ (PV303 to PV308).
//!
//! In:  the rows of the matrix, and what was said already about shared wording.
//! Out: one finding a row, however many documents it has.
//! Not here: contradictions inside one document (`divergence::inner`).

use crate::claims::Kind;
use crate::divergence::Material;
use crate::divergence::listed;
use crate::divergence::matrix::Cell;
use crate::divergence::matrix::Row;
use crate::divergence::relation::unit;
use crate::fact::Question;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Site;
use crate::finding::Subject;
use crate::span::DocId;
use crate::span::Span;
use std::collections::BTreeSet;

/// One finding for every row whose answers exclude each other, unless `known` findings
/// about shared wording show the same words already.
pub(crate) fn findings(material: &Material, rows: &[Row], known: &[Finding]) -> Vec<Finding> {
    let mut told: BTreeSet<(DocId, Span)> = known.iter().flat_map(marks).collect();
    let claim = |(doc, mark): &(DocId, Span)| said_by(material, *doc, *mark);
    let values: BTreeSet<Said> = told.iter().filter_map(claim).collect();
    let mut findings = Vec::new();
    for row in rows.iter().filter(|row| row.differs()) {
        if !is_told(row, &told) && !is_said(material, row, &values) {
            let finding = finding(material, row);
            told.extend(marks(&finding));
            findings.push(finding);
        }
    }
    findings
}

/// The marked words of a finding.
fn marks(finding: &Finding) -> Vec<(DocId, Span)> {
    let marks = |label: &Label| match label.site {
        Site::Passage(place) => label.marks.iter().map(|mark| (place.doc, *mark)).collect(),
        Site::File { .. } | Site::Line { .. } => Vec::new(),
    };
    finding.labels.iter().flat_map(marks).collect()
}

/// What a claim says in which document: its kind, unit and value.
type Said = (DocId, Kind, Option<String>, String);

/// What the claim in exactly these words says.
fn said_by(material: &Material, doc: DocId, words: Span) -> Option<Said> {
    let claims = &material.claims[doc.index()];
    let from = claims.partition_point(|claim| claim.place.span.start() < words.start());
    let here = claims[from..].iter().take_while(|claim| claim.place.span.start() == words.start());
    let claim = { here }.find(|claim| claim.place.span == words)?;
    Some((doc, claim.kind, unit(claim), claim.value_text()))
}

/// Whether shared wording was told to have every answer of a row, in whatever place: a
/// headline says it before the text does.
fn is_said(material: &Material, row: &Row, told: &BTreeSet<Said>) -> bool {
    let said = |cell: &Cell| {
        let said = cell.words.and_then(|words| said_by(material, cell.place.doc, words));
        said.is_some_and(|said| told.contains(&said))
    };
    row.answers.iter().all(|cells| cells.iter().any(said))
}

/// Whether a finding marks a word of every answer.
fn is_told(row: &Row, told: &BTreeSet<(DocId, Span)>) -> bool {
    // A rank is a mark by itself, and with its holder a longer one.
    let known = |cell: &Cell| {
        let doc = cell.place.doc;
        cell.marks.iter().any(|mark| {
            let from = (doc, Span::new(mark.start(), mark.start()));
            let near = told.range(from..);
            near.take_while(|(other, span)| *other == doc && span.start() < mark.end())
                .any(|(_, span)| mark.contains(*span))
        })
    };
    row.answers.iter().all(|cells| cells.iter().any(known))
}

fn rule(question: &Question) -> Rule {
    match question {
        Question::Count(_)
        | Question::Part(_)
        | Question::Vote
        | Question::Term
        | Question::Rank(_)
        | Question::Most(_)
        | Question::Toll(_)
        | Question::Amount(..)
        | Question::Standing(..) => Rule::FigureDiverges,
        Question::Title(_) => Rule::TitleDiverges,
        Question::Day(_)
        | Question::Year(_)
        | Question::When(_)
        | Question::Since
        | Question::Born(_) => Rule::DateDiverges,
        Question::Members(_) => Rule::ListDiverges,
        Question::Name(_) => Rule::NameDiverges,
        Question::Where(_) => Rule::PlaceDiverges,
        Question::Status(..) => Rule::StatusDiverges,
    }
}

/// The finding for one row. A draft is its subject when most sources contradict it.
fn finding(material: &Material, row: &Row) -> Finding {
    let drafted = |cell: &&Cell| material.documents[cell.place.doc.index()].draft;
    let with_draft: Vec<usize> = (0..row.answers.len())
        .filter(|index| row.answers[*index].iter().any(|cell| drafted(&cell)))
        .collect();
    let sources = |cells: &[Cell]| {
        let docs = cells.iter().filter(|cell| !drafted(cell)).map(|cell| cell.place.doc);
        docs.collect::<BTreeSet<DocId>>().len()
    };
    let all: usize = row.answers.iter().map(|cells| sources(cells)).sum();
    let against = with_draft.iter().any(|index| 2 * (all - sources(&row.answers[*index])) > all);
    let mut answers: Vec<&Vec<Cell>> = row.answers.iter().collect();
    answers.sort_by_key(|cells| !cells.iter().any(|cell| drafted(&cell)));
    let mut notes = vec![format!("the question: {}", row.question)];
    if against {
        let most = &row.answers[0];
        notes.push(format!("{} of {all} sources say {}", sources(most), most[0].value));
    }
    for cell in answers.iter().copied().flatten() {
        if let Some(reason) = &cell.reason {
            let words = wording(material, cell);
            notes.push(format!(
                "“{words}” ({}) is {}: {reason}",
                material.name(cell.place.doc),
                cell.value
            ));
        }
    }
    notes.dedup();
    Finding {
        rule: rule(&row.asked),
        subject: if against { Subject::Draft } else { Subject::Corpus },
        message: answers
            .iter()
            .map(|cells| said(material, cells))
            .collect::<Vec<_>>()
            .join(" against "),
        labels: answers.iter().copied().flatten().map(|cell| label(material, cell)).collect(),
        notes,
        help: help(against).to_owned(),
    }
}

/// "“November 6, 2025” (Harbour Wire and 2 others)".
fn said(material: &Material, cells: &[Cell]) -> String {
    let mut documents: Vec<DocId> = cells.iter().map(|cell| cell.place.doc).collect();
    documents.dedup();
    let names: Vec<&str> = documents.iter().map(|doc| material.name(*doc)).collect();
    format!("“{}” ({})", wording(material, &cells[0]), listed(&names))
}

fn wording<'m>(material: &Material<'m>, cell: &Cell) -> &'m str {
    cell.wording(material.texts[cell.place.doc.index()].source)
}

fn label(material: &Material, cell: &Cell) -> Label {
    Label::passage(cell.place, cell.marks.clone(), material.caption(cell.place.doc))
}

fn help(against_draft: bool) -> &'static str {
    if against_draft {
        "check this against the sources before publication"
    } else {
        "the texts tell it in their own words; find out what the original source says"
    }
}
