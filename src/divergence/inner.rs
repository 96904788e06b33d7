//! Contradictions inside one document (PV309): a headline against its text, a number
//! against the list beside it, a rank against the list of those before, a length of time
//! against the year it began in, an age against the year of birth.
//!
//! In:  the facts of each document.
//! Out: findings.
//! Not here: what a calculation in one sentence shows (`arithmetic`), and contradictions
//! between documents (`parted`).

use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Value;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::arithmetic;
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
use crate::span::Span;
use crate::text::Form;
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
            findings.extend(time(material, fact, &facts[index + 1..]));
        }
    }
    for text in material.texts {
        findings.extend(arithmetic::findings(material, text));
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

/// `Since 1992`, and `for 20 years` in a text of 2025; an age that no birth in the year the
/// text gives leads to.
fn time(material: &Material, fact: &Fact, rest: &[Fact]) -> Option<Finding> {
    let Answer::Days(first, end) = fact.answer else { return None };
    let asked = |other: &&Fact| match fact.question {
        Question::Born(_) => other.question == fact.question,
        Question::Since => {
            other.question == fact.question
                && other.rule.is_some() != fact.rule.is_some()
                && !other.place.span.overlaps(fact.place.span)
                && fact.about.intersection(&other.about).count() >= NAMES_MIN
                && shared_words(material, fact, other) >= SINCE_WORDS_MIN
        }
        _ => false,
    };
    let apart = |other: &&Fact| match other.answer {
        Answer::Days(from, to) => end <= from || to <= first,
        _ => false,
    };
    let other = rest.iter().filter(asked).find(apart)?;
    let note = match fact.question {
        Question::Born(_) => "the age and the year of birth do not fit",
        _ => "the length of time and the year it began in do not fit",
    };
    let mut found = finding(material, fact.place.doc, &[fact, other], note);
    found.notes.extend([fact, other].iter().filter_map(|fact| fact.rule.clone()));
    Some(found)
}

/// Names, and words of four letters and more, that two sentences must share to tell how
/// long one thing has lasted.
const NAMES_MIN: usize = 2;
const SINCE_WORDS_MIN: usize = 2;

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
    (!fact.question.is_of_any()).then_some(())?;
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

/// What to do with a text that contradicts itself.
pub(super) const HELP: &str = "make the text agree with itself, or say why both hold";

fn finding(material: &Material, doc: DocId, facts: &[&Fact], note: &str) -> Finding {
    let source = material.texts[doc.index()].source;
    let claims = &material.claims[doc.index()];
    let words = |fact: &&Fact| {
        let figure = |mark: &&Span| claims.iter().any(|claim| claim.place.span == **mark);
        let mark = fact.marks.iter().find(figure).or(fact.marks.first());
        mark.map_or(String::new(), |mark| format!("“{}”", &source[mark.range()]))
    };
    let label =
        |fact: &&Fact| Label::passage(fact.place, fact.marks.clone(), material.caption(doc));
    Finding {
        rule: Rule::FiguresContradict,
        subject: material.subject([doc]),
        message: facts.iter().map(words).collect::<Vec<_>>().join(" against "),
        labels: facts.iter().map(label).collect(),
        notes: vec![note.to_owned()],
        help: HELP.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse;
    use crate::corpus::Document;
    use crate::corpus::When;
    use crate::finding::Rule;
    use crate::policy::Policy;
    use crate::span::DocId;

    /// The messages of what `source` contradicts itself in.
    fn told(source: &str) -> Vec<String> {
        let mut document = Document::unrecorded(DocId(0), "text.txt".to_owned(), source);
        document.published = "2025-03-10".parse::<When>().ok();
        let findings = analyse(&[document], &Policy::default()).findings;
        let wrong = findings.into_iter().filter(|found| found.rule == Rule::FiguresContradict);
        wrong.map(|found| found.message).collect()
    }

    /// One row per kind of contradiction: the message, the text, and its twin without one.
    #[test]
    fn a_contradiction_is_told_and_its_twin_is_not() {
        #[rustfmt::skip]
        let cases = [
            ("“joins” against “set to join”",
                "Latvia joins Harbour Accords\n\nLatvia is set to join the Harbour Accords next year, diplomats in Riga said.\n",
                "Latvia joins Harbour Accords\n\nLatvia has joined the Harbour Accords, diplomats in Riga said.\n"),
            ("“40” against “14”",
                "Fire kills 40 in Tarn harbour hall\n\nThe fire in the harbour hall of Tarn killed 14 people on Monday.\n",
                "Fire kills 14 in Tarn harbour hall\n\nThe fire in the harbour hall of Tarn killed 14 people on Monday.\n"),
            ("“Four” stands beside a list of 3",
                "Four ministers: Dana Ruiz, Olaf Brandt and Marta Lind. They all came to the ministry by boat.\n",
                "Three ministers: Dana Ruiz, Olaf Brandt and Marta Lind. They all came to the ministry by boat.\n"),
            ("“seventh” stands beside a list of 3",
                "Latvia is the seventh country to join the accords after Norway, Sweden and Denmark.\n",
                "Latvia is the fourth country to join the accords after Norway, Sweden and Denmark.\n"),
            ("“1992” against “20 years”",
                "Latvia and Norway have had a ferry treaty since 1992. It was signed in Riga.\n\nThe ferry treaty of Latvia and Norway has been in force for 20 years.\n",
                "Latvia and Norway have had a ferry treaty since 1992. It was signed in Riga.\n\nThe ferry treaty of Latvia and Norway has been in force for 33 years.\n"),
            ("“58” against “1977”",
                "The mayor is Dana Ruiz, 58, said the council of Tarn.\n\nDana Ruiz was born in 1977 on a boat off the coast.\n",
                "The mayor is Dana Ruiz, 47, said the council of Tarn.\n\nDana Ruiz was born in 1977 on a boat off the coast.\n"),
        ];
        for (message, wrong, right) in cases {
            assert_eq!(told(wrong), [message], "{wrong}");
            assert_eq!(told(right), Vec::<String>::new(), "{right}");
        }
    }
}
