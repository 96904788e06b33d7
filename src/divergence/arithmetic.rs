//! Contradictions that a calculation shows inside one sentence (PV309): a day that is
//! another day of the week, a measure and its conversion, a whole and its parts, a change
//! and the figures it leads from and to.
//!
//! `Friday, March 6, 2025`, `5 miles (12 km)`, `29 deals: 12 on ports and 16 on roads`,
//! `doubled from 20 to 45`. Values are allowed what hedges and rounding allow.
//!
//! In:  the claims of each text.
//! Out: findings, each with the calculation.
//! Not here: sentences that contradict each other (`inner`).

use crate::claims::Claim;
use crate::claims::Hedge;
use crate::claims::Kind;
use crate::claims::Value;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::relate;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::Place;
use crate::text::Text;
use jiff::civil::Weekday;
use rust_decimal::Decimal;

/// Everything that does not add up in `text`.
pub(super) fn findings(material: &Material, text: &Text) -> Vec<Finding> {
    let claims = &material.claims[text.doc.index()];
    let mut wrong = Vec::new();
    for here in claims.chunk_by(|left, right| left.unit == right.unit) {
        let sentence = Sentence { text, claims: here };
        wrong.extend(here.iter().filter_map(|claim| sentence.weekday(claim)));
        wrong.extend(here.windows(2).filter_map(|pair| sentence.conversion(&pair[0], &pair[1])));
        wrong.extend(sentence.parts_after().or_else(|| sentence.parts_before()));
        wrong.extend(sentence.change());
    }
    wrong.into_iter().map(|wrong| finding(material, text, wrong)).collect()
}

/// What does not add up: the claims, what is said of them, and the calculation.
struct Wrong<'c> {
    claims: Vec<&'c Claim>,
    message: String,
    note: String,
}

/// The claims of one unit.
struct Sentence<'t, 'c> {
    text: &'t Text<'c>,
    claims: &'t [Claim],
}

/// Bytes between a date and the day of the week beside it: `Friday, `, ` (`.
const WEEKDAY_GAP: usize = 3;

/// Bytes between a measure and its conversion: ` (about `, `, or nearly `.
const CONVERSION_GAP: usize = 12;

/// A change is another one when it is more than this part off, in hundredths: writers round.
const CHANGE_SLACK: i64 = 25;

impl<'t> Sentence<'t, '_> {
    fn words(&self, claim: &Claim) -> &'t str {
        &self.text.source[claim.place.span.range()]
    }

    fn gap(&self, left: &Claim, right: &Claim) -> &'t str {
        let between = left.place.span.end()..right.place.span.start();
        self.text.source.get(between).unwrap_or_default()
    }

    /// `Friday, March 6, 2025`, where that was a Thursday.
    fn weekday(&self, claim: &'t Claim) -> Option<Wrong<'t>> {
        let (first, end) = claim.days()?;
        let whole = matches!(claim.value, Value::Days { .. } | Value::MonthDay { .. });
        (whole && first.tomorrow().ok() == Some(end)).then_some(())?;
        let beside = |other: &&Claim| {
            let before = other.place.span.end() <= claim.place.span.start();
            let gap = if before { self.gap(other, claim) } else { self.gap(claim, other) };
            matches!(gap, ", " | " " | " (")
        };
        let inside = named_weekday(self.words(claim).split([',', ' ']).next().unwrap_or_default());
        let other = self
            .claims
            .iter()
            .find(|other| matches!(other.value, Value::Weekday { .. }) && beside(other));
        let before = self.text.source[..claim.place.span.start()].trim_end_matches([' ', ',']);
        let near = claim.place.span.start() - before.len() <= WEEKDAY_GAP;
        let last = before.rsplit([' ', '\n', '\u{a0}']).next().unwrap_or_default();
        let said = match other.map(|other| &other.value) {
            Some(Value::Weekday { weekday }) => Weekday::from_monday_one_offset(*weekday).ok(),
            _ => inside.or_else(|| named_weekday(last).filter(|_| near)),
        }?;
        let is = first.weekday();
        (is != said).then(|| Wrong {
            claims: other.into_iter().chain([claim]).collect(),
            message: format!("“{}” was no {}", self.words(claim), name(said)),
            note: format!("{first} was a {}", name(is)),
        })
    }

    /// `5 miles (12 km)`.
    fn conversion(&self, one: &'t Claim, other: &'t Claim) -> Option<Wrong<'t>> {
        let gap = self.gap(one, other);
        let after = &self.text.source[other.place.span.end()..];
        let bracketed = gap.trim_start().starts_with('(') && after.starts_with([')', ',', ';']);
        let opens = bracketed || gap.starts_with(", or ") || gap == "/";
        let units = (one.unit_text(), other.unit_text());
        let converts = opens
            && gap.len() <= CONVERSION_GAP
            && matches!((one.kind, other.kind), (Kind::Measure, Kind::Measure))
            && units.0 != units.1;
        let printed = |claim: &'t Claim| Printed { claim, text: self.words(claim) };
        let apart = converts && relate(printed(one), printed(other)) == Relation::Disjoint;
        apart.then(|| Wrong {
            claims: vec![one, other],
            message: format!("“{}” is not “{}”", self.words(one), self.words(other)),
            note: "the one is not the other, converted and rounded".to_owned(),
        })
    }

    /// The counts and sums that can be added up, if all can.
    fn counts(&self) -> Option<Vec<&'t Claim>> {
        let counts: Vec<&Claim> = self
            .claims
            .iter()
            .filter(|claim| matches!(claim.kind, Kind::Count | Kind::Money))
            .collect();
        let plain = counts.iter().all(|claim| {
            claim.hedge.is_none() && !claim.denied && !claim.quoted && claim.kind == counts[0].kind
        });
        (plain && counts.len() > 2).then_some(counts)
    }

    /// `29 deals: 12 on ports and 16 on roads`.
    fn parts_after(&self) -> Option<Wrong<'t>> {
        let counts = self.counts()?;
        let (whole, parts) = counts.split_first()?;
        let (first, last) = (parts.first()?, parts.last()?);
        let opening = self.gap(whole, first);
        let opened = opening.contains([':', '—']) && !opening.contains('.');
        let close =
            parts.windows(2).all(|pair| !self.gap(pair[0], pair[1]).contains([';', ':', '—']));
        let joined = self.gap(counts[counts.len() - 2], last);
        let joined = joined.split_whitespace().any(|word| word == "and");
        let open = opening
            .split_whitespace()
            .any(|word| matches!(word, "including" | "among" | "as" | "like" | "least"));
        (opened && close && joined && !open).then(|| self.sum(whole, parts))?
    }

    /// `12 on ports and 16 on roads, 29 in all`.
    fn parts_before(&self) -> Option<Wrong<'t>> {
        let counts = self.counts()?;
        let (whole, parts) = counts.split_last()?;
        let source = self.text.source;
        let after = source[whole.noun.unwrap_or(whole.place.span).end()..].trim_start();
        let before = source[..whole.place.span.start()].trim_end();
        let total = ["in all", "in total", "altogether"].iter().any(|end| after.starts_with(end))
            || ["a total of", "for a total of", "altogether"]
                .iter()
                .any(|end| before.ends_with(end));
        let joined = parts
            .windows(2)
            .any(|pair| self.gap(pair[0], pair[1]).split_whitespace().any(|word| word == "and"));
        let close = counts.windows(2).all(|pair| !self.gap(pair[0], pair[1]).contains([';', ':']));
        (total && joined && close).then(|| self.sum(whole, parts))?
    }

    fn sum(&self, whole: &'t Claim, parts: &[&'t Claim]) -> Option<Wrong<'t>> {
        let sum = parts.iter().map(|part| exact(part)).sum::<Option<Decimal>>()?;
        let value = exact(whole)?;
        // Parts that are more than half of it, and not all: smaller ones are examples.
        let near = sum * Decimal::TWO > value && sum < value * Decimal::TWO;
        (near && sum != value).then(|| {
            let listed: Vec<String> =
                parts.iter().map(|part| format!("“{}”", self.words(part))).collect();
            Wrong {
                claims: [whole].into_iter().chain(parts.iter().copied()).collect(),
                message: format!(
                    "“{}” stands over parts of {}",
                    self.words(whole),
                    listed.join(", ")
                ),
                note: format!("the parts add up to {}", sum.normalize()),
            }
        })
    }

    /// `doubled from 20 to 45`, `rose by 50 percent to 40 from 20`.
    fn change(&self) -> Option<Wrong<'t>> {
        let is_change = |claim: &&Claim| matches!(claim.kind, Kind::Multiple | Kind::Percent);
        let mut changes = self.claims.iter().filter(is_change);
        let change = changes.next().filter(|_| changes.next().is_none())?;
        let after = |words: &[&str]| {
            let mut found = self.claims.iter().filter(|claim| {
                let before = self.text.source[..claim.place.span.start()].trim_end();
                let word = before.rsplit([' ', '\n', '\u{a0}', ',']).next().unwrap_or_default();
                matches!(claim.kind, Kind::Count | Kind::Money | Kind::Measure)
                    && words.contains(&word)
            });
            found.next().filter(|_| found.next().is_none())
        };
        let (from, to) = (after(&["from"])?, after(&["to"])?);
        // "from 20 ships to $40 million"
        let loose = from.unit_text().is_some() && to.unit_text().is_some();
        (from.kind == to.kind && !(loose && from.unit_text() != to.unit_text())).then_some(())?;
        let (base, level) = (exact(from)?, exact(to)?);
        let factor = level.checked_div(base)?;
        let Value::Amount { low, high, .. } = change.value else { return None };
        let (low, high) = match change.kind {
            Kind::Percent => self.percent(change, factor, (low, high))?,
            _ => (low, high),
        };
        let slack = Decimal::new(CHANGE_SLACK, 2);
        let (one, more) =
            (Decimal::ONE, matches!(change.hedge, Some(Hedge::MoreThan | Hedge::AtLeast)));
        let less = matches!(change.hedge, Some(Hedge::LessThan | Hedge::UpTo));
        let hedged = [from.hedge, to.hedge].iter().any(Option::is_some);
        let fits =
            (less || factor >= low * (one - slack)) && (more || factor <= high * (one + slack));
        (!fits && !hedged).then(|| Wrong {
            claims: vec![change, from, to],
            message: format!(
                "“{}” does not lead from “{}” to “{}”",
                self.words(change),
                self.words(from),
                self.words(to)
            ),
            note: format!(
                "{} is {} times {}",
                level.normalize(),
                factor.round_dp(2).normalize(),
                base.normalize()
            ),
        })
    }

    /// The factors that a change in per cent names, where a verb before it says that it is
    /// one: `rose by 50 percent`.
    fn percent(
        &self,
        change: &Claim,
        factor: Decimal,
        (low, high): (Decimal, Decimal),
    ) -> Option<(Decimal, Decimal)> {
        let unit = self.text.unit_at(change.place.span.start())?;
        let before = &self.text.source[unit.span.start()..change.place.span.start()];
        let words =
            before.split(|c: char| !c.is_alphanumeric()).rev().filter(|word| !word.is_empty());
        let mut words = words.filter(|word| !matches!(*word, "by" | "about" | "some" | "nearly"));
        let verb = words.next()?;
        let hundred = Decimal::ONE_HUNDRED;
        let rises = ["rose", "grew", "climbed", "jumped", "increased", "up", "soared", "gained"];
        let falls = ["fell", "dropped", "declined", "decreased", "down", "shrank", "slipped"];
        if rises.contains(&verb) && factor > Decimal::ONE {
            Some((Decimal::ONE + low / hundred, Decimal::ONE + high / hundred))
        } else if falls.contains(&verb) && factor < Decimal::ONE {
            Some((Decimal::ONE - high / hundred, Decimal::ONE - low / hundred))
        } else {
            None
        }
    }
}

/// The value of a claim that says one.
fn exact(claim: &Claim) -> Option<Decimal> {
    match claim.value {
        Value::Amount { low, high, .. } => Some(low).filter(|_| low == high),
        _ => None,
    }
}

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];

fn named_weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(_, name)| *name == word).map(|(weekday, _)| *weekday)
}

fn name(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(other, _)| *other == weekday).map_or("", |(_, name)| name)
}

fn finding(material: &Material, text: &Text, wrong: Wrong) -> Finding {
    let doc = text.doc;
    let unit = wrong.claims.first().map_or(0, |claim| claim.unit);
    let whole = text.units[unit as usize].span;
    let mut marks: Vec<_> = wrong.claims.iter().map(|claim| claim.place.span).collect();
    marks.sort();
    let span = marks.iter().fold(whole, |span, mark| span.cover(*mark));
    Finding {
        rule: Rule::FiguresContradict,
        subject: material.subject([doc]),
        message: wrong.message,
        labels: vec![Label::passage(Place { doc, span }, marks, material.caption(doc))],
        notes: vec![wrong.note],
        help: super::inner::HELP.to_owned(),
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

    /// One row per calculation: a sentence that does not add up, the same with what does, and
    /// how its message begins.
    #[test]
    fn what_does_not_add_up_is_told_and_its_twin_is_not() {
        #[rustfmt::skip]
        let cases = [
            ("It met on Friday, March 6, 2025, in Riga.", "It met on Thursday, March 6, 2025, in Riga.",
                "“"),
            ("It met on March 6, 2025 (Friday) in Riga.", "It met on March 6, 2025 (Thursday) in Riga.",
                "“March 6, 2025” was no Friday"),
            ("The road is 5 miles (12 km) long.", "The road is 5 miles (8 km) long.",
                "“5 miles” is not “12 km”"),
            ("It reached 30 degrees Celsius (98 degrees Fahrenheit).", "It reached 30 degrees Celsius (86 degrees Fahrenheit).",
                "“30 degrees Celsius” is not “98 degrees Fahrenheit”"),
            ("They signed 29 deals: 12 on ports and 16 on roads.", "They signed 28 deals: 12 on ports and 16 on roads.",
                "“29” stands over parts of “12”, “16”"),
            ("They sent 12 lorries and 16 buses, 29 vehicles in all.", "They sent 12 lorries and 16 buses, 28 vehicles in all.",
                "“29” stands over parts of “12”, “16”"),
            ("The fleet doubled from 20 ships to 55 ships.", "The fleet doubled from 20 ships to 41 ships.",
                "“doubled” does not lead from “20” to “55”"),
            ("Trade tripled to $90 million from $20 million.", "Trade more than tripled to $90 million from $20 million.",
                "“tripled” does not lead from “$20 million” to “$90 million”"),
            ("It saw a five-fold rise from 20,000 guests to 60,000 guests.", "It saw a three-fold rise from 20,000 guests to 60,000 guests.",
                "“five-fold” does not lead from “20,000” to “60,000”"),
            ("Trade rose by 10 percent to $30 million from $20 million.", "Trade rose by 50 percent to $30 million from $20 million.",
                "“10 percent” does not lead from “$20 million” to “$30 million”"),
        ];
        for (wrong, right, begins) in cases {
            let found = told(wrong);
            assert_eq!(found.len(), 1, "{wrong}: {found:?}");
            assert!(found[0].starts_with(begins), "{wrong}: {found:?}");
            assert_eq!(told(right), Vec::<String>::new(), "{right}");
        }
    }

    #[test]
    fn what_may_add_up_is_left_alone() {
        for text in [
            "They signed 29 deals, among them 12 on ports and 16 on roads.",
            "The fleet doubled from about 20 ships to 55 ships.",
            "The fleet doubled to 55 ships, and 20 lorries came from Riga.",
            "Trade rose by 10 percent, from 20 ships to $30 million.",
            "The road is 5 miles (about 12 km from Riga) long.",
            "It met on Friday. On March 6, 2025, it had closed.",
            "It lies 5 miles from Riga and 12 km from Tarn.",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }
}
