//! Sentences of summaries and the news sentences that say the same (Ernst et al.,
//! "Summary-Source Proposition-level Alignment", `CoNLL` 2021), as a pair task: within a
//! topic, every sentence of the summary with every sentence of the news.

use crate::gold::Class;
use crate::gold::HEADER;
use crate::gold::Item;
use crate::gold::Set;
use crate::gold::encoder;
use provenance::paraphrase::Candidate;
use provenance::paraphrase::Scope;
use provenance::paraphrase::Signs;
use provenance::paraphrase::candidates;
use provenance::span::DocId;
use provenance::text::Form;
use provenance::text::Text;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;

/// The sentences of a document, a paragraph each, and where each begins.
type Source<'t> = (String, Vec<(usize, &'t Key)>);

/// A document of a topic and where in it a sentence begins; the summary has no name.
type Key = (String, usize);

#[derive(Default)]
struct Topic {
    sentences: BTreeMap<Key, String>,
    pairs: BTreeSet<[Key; 2]>,
}

/// Prints how well the weights of the program do, beside isf containment.
pub(crate) fn evaluate(file: &Path) -> Result<(), Box<dyn Error>> {
    let set = read(file)?;
    println!("{HEADER}");
    set.print("weights of the program", &set.scored_by_program(), &|_| true);
    set.print("isf containment", &set.scored(|item| item.containment), &|_| true);
    set.print("weights without the topic", &set.scored_unseen(), &|_| true);
    for (index, name) in Signs::NAMES.iter().enumerate() {
        let scores = set.scored(|item| item.signs.values()[index]);
        set.print(&format!("  {name} alone"), &scores, &|_| true);
    }
    Ok(())
}

fn read(file: &Path) -> Result<Set, Box<dyn Error>> {
    let rows = rows(&fs::read_to_string(file)?);
    let (head, rows) = rows.split_first().ok_or("an empty file")?;
    let mut topics: BTreeMap<&str, Topic> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.len() == head.len()) {
        let field = |name: &str| {
            let column = head.iter().position(|known| known == name);
            column.map(|column| row[column].as_str()).ok_or_else(|| format!("no column {name}"))
        };
        let topic = topics.entry(field("topic")?).or_default();
        let summary = (String::new(), field("scuSentCharIdx")?.parse()?);
        let news = (field("documentFile")?.to_owned(), field("docSentCharIdx")?.parse()?);
        topic.sentences.insert(summary.clone(), one_line(field("scuSentence")?));
        topic.sentences.insert(news.clone(), one_line(field("docSentText")?));
        topic.pairs.insert([summary, news]);
    }
    let mut set = Set::default();
    for (name, topic) in topics {
        set.groups.push(name.to_owned());
        add(&topic, &mut set);
    }
    Ok(set)
}

fn one_line(sentence: &str) -> String {
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds the pairs of one topic, of which all sentences are compared at once.
fn add(topic: &Topic, set: &mut Set) {
    let group = set.groups.len() - 1;
    let first = set.gold.len();
    set.gold.extend(topic.pairs.iter().map(|_| (Class::Core, group)));
    let weights = isf(topic);
    let mut keys = topic.sentences.keys().collect::<Vec<_>>();
    let summaries = keys.iter().take_while(|key| key.0.is_empty()).count();
    let news = keys.split_off(summaries);
    let signs = compared(topic);
    for [left, right] in keys.iter().flat_map(|left| news.iter().map(move |right| [*left, *right]))
    {
        let pair = [left.clone(), right.clone()];
        let hits = (first..).zip(&topic.pairs).filter(|(_, known)| **known == pair);
        set.items.push(Item {
            signs: signs.get(&pair).copied().unwrap_or_default(),
            containment: containment(
                &[left, right].map(|key| forms(&topic.sentences[key])),
                &weights,
            ),
            hits: hits.map(|(number, _)| number).collect(),
            kind: 0,
            group,
            rows: [0; 2],
        });
    }
}

/// The signs between the sentences of the summary and of the news.
fn compared(topic: &Topic) -> HashMap<[Key; 2], Signs> {
    let mut documents: BTreeMap<&str, Source> = BTreeMap::new();
    for (key, sentence) in &topic.sentences {
        let (source, starts) = documents.entry(&key.0).or_default();
        starts.push((source.len(), key));
        // A sentence a paragraph.
        source.push_str(sentence);
        source.push_str("\n\n");
    }
    let documents: Vec<Source> = documents.into_values().collect();
    let sources = documents.iter().map(|(source, _)| source);
    let texts: Vec<Text> =
        (0..).map(DocId).zip(sources).map(|(doc, source)| Text::read(doc, source)).collect();
    let mut best: HashMap<[Key; 2], Candidate> = HashMap::new();
    for candidate in candidates(&texts, &Scope { encoder: encoder(), ..Scope::default() })
        .into_iter()
        .filter(|candidate| candidate.texts[0] == 0)
    {
        let spans = candidate.spans(&texts);
        let keys = [0, 1].map(|side| {
            let starts = &documents[candidate.texts[side]].1;
            let upto = starts.partition_point(|(begin, _)| *begin <= spans[side].start());
            starts[upto - 1].1.clone()
        });
        let known = best.get(&keys).map_or(f64::MIN, |known| known.signs.evidence);
        if candidate.signs.evidence > known {
            best.insert(keys, candidate);
        }
    }
    best.into_iter().map(|(keys, candidate)| (keys, candidate.signs)).collect()
}

fn forms(sentence: &str) -> BTreeSet<Form> {
    let text = Text::read(DocId(0), sentence);
    text.tokens.iter().map(|token| token.form).collect()
}

/// Inverse sentence frequency of each word of a topic.
fn isf(topic: &Topic) -> HashMap<Form, f64> {
    let mut counts: HashMap<Form, u32> = HashMap::new();
    for sentence in topic.sentences.values() {
        for form in forms(sentence) {
            *counts.entry(form).or_default() += 1;
        }
    }
    let all = f64::from(u32::try_from(topic.sentences.len()).expect("topics are small"));
    counts.into_iter().map(|(form, count)| (form, (all / f64::from(count)).ln())).collect()
}

/// The share of the lighter side's weight that the other has too.
fn containment(sides: &[BTreeSet<Form>; 2], weights: &HashMap<Form, f64>) -> f64 {
    let mass =
        |forms: &mut dyn Iterator<Item = &Form>| forms.map(|form| weights[form]).sum::<f64>();
    let shared = mass(&mut sides[0].intersection(&sides[1]));
    let lighter = mass(&mut sides[0].iter()).min(mass(&mut sides[1].iter()));
    shared / lighter.max(1e-9)
}

/// The fields of comma-separated lines; quoted ones may hold commas and line ends.
fn rows(content: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for (at, c) in content.char_indices() {
        let row = rows.last_mut().expect("there is always a row");
        match c {
            '"' => {
                // A doubled quotation mark stands for one.
                if !quoted && content[..at].ends_with('"') {
                    row.last_mut().expect("there is always a field").push('"');
                }
                quoted = !quoted;
            }
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            _ => row.last_mut().expect("there is always a field").push(c),
        }
    }
    rows
}
