//! Contradictions inside one document (PV309): a headline against its text, a number
//! against the list beside it, a rank against the list of those before, a whole against
//! its parts.
//!
//! In:  the facts of each document.
//! Out: findings.
//! Not here: contradictions between documents (`divergence::parted`).

use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Value;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::relate;
use crate::divergence::relation::relate_counts;
use crate::fact::Answer;
use crate::fact::Fact;
use crate::fact::Question;
use crate::fact::act_form;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use crate::text::Form;
use crate::text::Text;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Every contradiction inside a document.
pub(crate) fn findings(material: &Material) -> Vec<Finding> {
    let mut findings = Vec::new();
    for facts in material.facts {
        for (index, fact) in facts.iter().enumerate() {
            findings.extend(headline(material, fact, &facts[index + 1..]));
            findings.extend(headline_number(material, fact, facts));
            findings.extend(length(material, fact));
        }
    }
    for text in material.texts {
        findings.extend(parts(material, text));
    }
    findings
}

/// A number in the headline that the text gives otherwise wherever it gives it.
fn headline_number(material: &Material, fact: &Fact, facts: &[Fact]) -> Option<Finding> {
    let Answer::Claim(index) = fact.answer else { return None };
    let doc = fact.place.doc;
    let claims = &material.claims[doc.index()];
    let printed = |index: usize| {
        let claim: &Claim = &claims[index];
        Printed { claim, text: &material.texts[doc.index()].source[claim.place.span.range()] }
    };
    let asks = |other: &&Fact| other.question == fact.question && !other.headline;
    let body: Vec<(&Fact, usize)> = facts
        .iter()
        .filter(asks)
        .filter_map(|other| match other.answer {
            Answer::Claim(index) => Some((other, index)),
            _ => None,
        })
        .collect();
    let relate = |index: usize, other: usize| match fact.question {
        Question::Toll(_) => relate_counts(printed(index), printed(other)),
        _ => relate(printed(index), printed(other)),
    };
    let (other, _) = body.first().filter(|_| fact.headline)?;
    let apart = body.iter().all(|(_, other)| relate(index, *other) == Relation::Disjoint);
    // "Three deals" in a text on 29 of them are others: the telling words must be the same.
    let alike = matches!(fact.question, Question::Toll(_))
        || shared_words(material, fact, other) >= HEADLINE_WORDS_MIN;
    let note = "the headline gives another number than the text";
    (apart && alike).then(|| finding(material, doc, &[fact, other], note))
}

/// Words of four letters and more that a headline and a sentence must share, beside their
/// figures, to count the same thing.
const HEADLINE_WORDS_MIN: usize = 3;

fn shared_words(material: &Material, one: &Fact, other: &Fact) -> usize {
    let words = |fact: &Fact| -> BTreeSet<Form> {
        let text = &material.texts[fact.place.doc.index()];
        let unit = text.unit_at(fact.place.span.start());
        let tokens = unit.map(|unit| text.unit_tokens(unit)).unwrap_or_default();
        let telling = tokens.iter().filter(|token| token.span.len() > 3);
        telling.map(|token| act_form(token.form)).collect()
    };
    words(one).intersection(&words(other)).count()
}

/// A whole that its parts do not add up to: `29 deals: 12 on ports and 16 on roads`.
fn parts(material: &Material, text: &Text) -> Vec<Finding> {
    let claims = &material.claims[text.doc.index()];
    let wrong = claims.chunk_by(|left, right| left.unit == right.unit).filter_map(|here| {
        let counts: Vec<&Claim> =
            here.iter().filter(|claim| matches!(claim.kind, Kind::Count | Kind::Money)).collect();
        let [whole, parts @ ..] = &counts[..] else { return None };
        let [first, .., last] = parts else { return None };
        let gap = |left: &Claim, right: &Claim| {
            let between = left.place.span.end()..right.place.span.start();
            text.source.get(between).unwrap_or_default()
        };
        let plain = counts.iter().all(|claim| claim.hedge.is_none() && !claim.denied)
            && parts.iter().all(|part| part.kind == whole.kind)
            && !counts.iter().any(|claim| claim.quoted);
        let opened = gap(whole, first).contains([':', '—']) && !gap(whole, first).contains('.');
        let close = parts.windows(2).all(|pair| !gap(pair[0], pair[1]).contains([';', ':', '—']));
        let before = &counts[counts.len() - 2];
        let joined = gap(before, last).split_whitespace().any(|word| word == "and");
        let open = gap(whole, first)
            .split_whitespace()
            .any(|word| matches!(word, "including" | "among" | "as" | "like" | "least"));
        let sum = parts.iter().map(|part| exact(part)).sum::<Option<Decimal>>()?;
        let whole_value = exact(whole)?;
        // Parts that are more than half of it, and not all: smaller ones are examples.
        let near = sum * Decimal::TWO > whole_value && sum < whole_value * Decimal::TWO;
        (plain && opened && close && joined && !open && near && sum != whole_value)
            .then(|| not_the_sum(material, whole, parts, sum))
    });
    wrong.collect()
}

/// The value of a claim that says one.
fn exact(claim: &Claim) -> Option<Decimal> {
    match claim.value {
        Value::Amount { low, high, .. } => Some(low).filter(|_| low == high),
        _ => None,
    }
}

fn not_the_sum(material: &Material, whole: &Claim, parts: &[&Claim], sum: Decimal) -> Finding {
    let doc = whole.place.doc;
    let text = &material.texts[doc.index()];
    let words = |claim: &Claim| &text.source[claim.place.span.range()];
    let marks = std::iter::once(whole).chain(parts.iter().copied());
    let unit = text.units[whole.unit as usize].span;
    let label = Label::passage(
        Place { doc, span: marks.clone().fold(unit, |span, claim| span.cover(claim.place.span)) },
        marks.map(|claim| claim.place.span).collect(),
        material.caption(doc),
    );
    let listed: Vec<String> = parts.iter().map(|part| format!("“{}”", words(part))).collect();
    Finding {
        labels: vec![label],
        message: format!("“{}” stands over parts of {}", words(whole), listed.join(", ")),
        ..finding(material, doc, &[], &format!("the parts add up to {}", sum.normalize()))
    }
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
