//! Contradictions inside one document (PV309): a headline against its text, a number
//! against the list beside it, a rank against the list of those before.
//!
//! In:  the facts of each document.
//! Out: findings.
//! Not here: contradictions between documents (`divergence::parted`).

use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Value;
use crate::divergence::Material;
use crate::fact::Answer;
use crate::fact::Fact;
use crate::fact::Question;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use rust_decimal::Decimal;

/// Every contradiction inside a document.
pub(crate) fn findings(material: &Material) -> Vec<Finding> {
    let mut findings = Vec::new();
    for facts in material.facts {
        for (index, fact) in facts.iter().enumerate() {
            findings.extend(headline(material, fact, &facts[index + 1..]));
            findings.extend(length(material, fact));
        }
    }
    findings
}

/// A headline that says an act is done, over a text that says it is still to come.
fn headline(material: &Material, fact: &Fact, rest: &[Fact]) -> Option<Finding> {
    let status = matches!(fact.question, Question::Status(..)) && fact.headline;
    let asks = |other: &&Fact| other.question == fact.question && !other.headline;
    let mut others = rest.iter().filter(asks).filter(|_| status);
    let body = others.next().filter(|body| body.answer != fact.answer)?;
    // A text that says both answers for itself.
    others.all(|other| other.answer != fact.answer).then_some(())?;
    let note = "the headline says that it is done, the text that it is still to come";
    Some(finding(material, fact.place.doc, &[fact, body], note))
}

/// A number or a rank that the list in the same sentence does not bear out.
fn length(material: &Material, fact: &Fact) -> Option<Finding> {
    let (Question::Members(of), Answer::Members(names, false)) = (&fact.question, &fact.answer)
    else {
        return None;
    };
    let doc = fact.place.doc;
    let text = &material.texts[doc.index()];
    let list = fact.marks.first()?;
    let unit = text.unit_at(list.start())?;
    let before = |claim: &&Claim| {
        unit.span.contains(claim.place.span) && claim.place.span.end() <= list.start()
    };
    let claims = &material.claims[doc.index()];
    let upto = claims.partition_point(|claim| claim.place.span.start() < list.start());
    let here = |claim: &&Claim| claim.place.span.start() >= unit.span.start();
    let claim = claims[..upto].iter().rev().take_while(here).find(before)?;
    let Value::Amount { low, high, .. } = claim.value else { return None };
    let count = Decimal::from(names.len());
    let noun = claim.unit_text().unwrap_or_default();
    let gap = text.source[claim.place.span.end()..list.start()].trim_end();
    let after = gap.ends_with(" after") || gap.ends_with(" follows") || gap.ends_with(" following");
    let wrong = match claim.kind {
        Kind::Count => {
            noun == *of && gap.ends_with([':', '—', ',']) && claim.hedge.is_none() && low != count
        }
        Kind::Ordinal => after && low != count + Decimal::ONE,
        _ => false,
    };
    (wrong && low == high).then_some(())?;
    let note = format!("the list has {} names", names.len());
    let label = Label::passage(
        Place { doc, span: unit.span.cover(*list) },
        vec![claim.place.span, *list],
        material.caption(doc),
    );
    Some(Finding {
        labels: vec![label],
        message: format!(
            "“{}” stands beside a list of {}",
            &text.source[claim.place.span.range()],
            names.len()
        ),
        ..finding(material, doc, &[], &note)
    })
}

fn finding(material: &Material, doc: DocId, facts: &[&Fact], note: &str) -> Finding {
    let source = material.texts[doc.index()].source;
    let words = |fact: &&Fact| {
        fact.marks.first().map_or(String::new(), |mark| format!("“{}”", &source[mark.range()]))
    };
    let label =
        |fact: &&Fact| Label::passage(fact.place, fact.marks.clone(), material.caption(doc));
    Finding {
        rule: Rule::FiguresContradict,
        subject: material.subject([doc]),
        message: facts.iter().map(words).collect::<Vec<_>>().join(" against "),
        labels: facts.iter().map(label).collect(),
        notes: vec![note.to_owned()],
        help: "make the text agree with itself, or say why both hold".to_owned(),
    }
}
