//! A page as a browser reads it: elements with their attributes and text. Enough of HTML for
//! the pages that this program writes, and strict: what it does not know fails the test.

use std::collections::BTreeMap;

/// One element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// Elements without an end tag.
const VOID: [&str; 6] = ["meta", "br", "input", "hr", "img", "link"];

/// Elements whose text is no markup.
const RAW: [&str; 3] = ["script", "style", "title"];

impl Element {
    /// Reads a page.
    pub(crate) fn read(page: &str) -> Self {
        let mut rest = page.strip_prefix("<!doctype html>").expect("the page begins as HTML");
        let mut open = vec![Self::default()];
        while let Some(at) = rest.find('<') {
            push_text(&mut open, &rest[..at]);
            rest = &rest[at..];
            let end = tag_end(rest);
            let tag = &rest[1..end];
            rest = &rest[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                close(&mut open, name);
                continue;
            }
            let element = Self::of_tag(tag.trim_end_matches('/'));
            let is_closed = tag.ends_with('/') || VOID.contains(&element.name.as_str());
            if is_closed {
                open.last_mut().expect("the root is open").children.push(Node::Element(element));
            } else if RAW.contains(&element.name.as_str()) {
                let name = element.name.clone();
                let until = rest.find(&format!("</{name}")).expect("it ends");
                open.push(element);
                let text = rest[..until].to_owned();
                open.last_mut().expect("it is open").children.push(Node::Text(text));
                rest = &rest[until..];
            } else {
                open.push(element);
            }
        }
        assert_eq!(
            open.len(),
            1,
            "elements are not closed: {:?}",
            open.last().map(|one| &one.name)
        );
        open.remove(0)
    }

    fn of_tag(tag: &str) -> Self {
        let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "no element: <{tag}>");
        let mut attributes = BTreeMap::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                break;
            }
            let end = rest.find(['=', ' ']).unwrap_or(rest.len());
            let key = rest[..end].to_owned();
            assert!(
                key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ':'),
                "no attribute: {key} in <{tag}>"
            );
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let until = quoted.find('"').expect("a value ends");
                value = unescaped(&quoted[..until]);
                rest = &quoted[until + 1..];
            }
            assert!(attributes.insert(key, value).is_none(), "an attribute stands twice: <{tag}>");
        }
        Self { name: name.to_owned(), attributes, children: Vec::new() }
    }

    /// An attribute, or nothing.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.get("class").split(' ').any(|one| one == class)
    }

    /// This and every element in it, in the order of the page.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        for child in &self.children {
            if let Node::Element(element) = child {
                found.extend(element.all());
            }
        }
        found
    }

    /// The elements that `wanted` is true of.
    pub(crate) fn find(&self, wanted: impl Fn(&Self) -> bool) -> Vec<&Self> {
        self.all().into_iter().filter(|element| wanted(element)).collect()
    }

    /// The element with this id.
    pub(crate) fn by_id(&self, id: &str) -> &Self {
        let found = self.find(|element| element.get("id") == id);
        assert_eq!(found.len(), 1, "elements with the id {id}");
        found[0]
    }

    /// The elements of this name and class.
    pub(crate) fn of(&self, name: &str, class: &str) -> Vec<&Self> {
        self.find(|element| element.name == name && (class.is_empty() || element.has_class(class)))
    }

    /// What a reader sees.
    pub(crate) fn text(&self) -> String {
        let texts = self.children.iter().map(|child| match child {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        });
        texts.collect()
    }
}

fn push_text(open: &mut [Element], text: &str) {
    if !text.is_empty() {
        open.last_mut().expect("the root is open").children.push(Node::Text(unescaped(text)));
    }
}

/// Where the tag ends that `rest` begins with: `>` may stand in a value.
fn tag_end(rest: &str) -> usize {
    let mut is_quoted = false;
    let end = rest.char_indices().find(|(_, c)| {
        is_quoted ^= *c == '"';
        *c == '>' && !is_quoted
    });
    end.expect("a tag ends").0
}

fn close(open: &mut Vec<Element>, name: &str) {
    let element = open.pop().expect("the root is open");
    assert_eq!(element.name, name, "elements are closed in the order in which they stand");
    open.last_mut().expect("the root is open").children.push(Node::Element(element));
}

fn unescaped(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        shown.push_str(&rest[..at]);
        let end = rest[at..].find(';').expect("a sign ends") + at;
        let name = &rest[at + 1..end];
        shown.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => {
                let code = name.strip_prefix('#').and_then(|code| code.parse().ok());
                code.and_then(char::from_u32).expect("a sign is known")
            }
        });
        rest = &rest[end + 1..];
    }
    shown + rest
}
