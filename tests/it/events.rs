//! Events: two texts tell of one event in their own words. What differs must be found,
//! whatever the event, and nothing else may be.

use crate::mutations::RULES;
use provenance::analyse;
use provenance::corpus::Document;
use provenance::corpus::When;
use provenance::policy::Policy;
use provenance::span::DocId;
use serde::Deserialize;

#[derive(Deserialize)]
struct Events {
    event: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    name: String,
    published: String,
    /// When the second text appeared, where it was later.
    later: Option<String>,
    differ: Vec<[String; 2]>,
    texts: [String; 2],
}

/// The messages of all findings about figures and facts in the texts of an event.
fn messages(event: &Event) -> Vec<String> {
    let document = |id: u32, name: &str, source: &str, published: &str| {
        let mut document = Document::unrecorded(DocId(id), format!("{name}.txt"), source);
        document.outlet = Some(name.to_owned());
        document.published = published.parse::<When>().ok();
        document
    };
    let [one, other] = &event.texts;
    let later = event.later.as_ref().unwrap_or(&event.published);
    let documents = [document(0, "one", one, &event.published), document(1, "other", other, later)];
    let found = analyse(&documents, &Policy::default()).findings;
    let told = found.into_iter().filter(|finding| RULES.contains(&finding.rule));
    told.map(|finding| finding.message).collect()
}

#[test]
fn what_differs_is_found_whatever_the_event() {
    let events: Events = toml::from_str(include_str!("../fixtures/events.toml")).unwrap();
    let mut wrong = Vec::new();
    for event in &events.event {
        let mut messages = messages(event);
        for [one, other] in &event.differ {
            let marked = |words: &String| format!("“{words}”");
            let tells = |message: &String| {
                [one, other].iter().all(|words| message.contains(&marked(words)))
            };
            match messages.iter().position(tells) {
                Some(at) => drop(messages.remove(at)),
                None => wrong.push(format!("{}: missed {one} against {other}", event.name)),
            }
        }
        wrong.extend(messages.iter().map(|message| format!("{}: told {message}", event.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
