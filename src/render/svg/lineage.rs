//! The lineage graph as a picture: a line an outlet, from first to last.

use super::STYLE;
use super::Setting;
use super::label::Label;
use super::label::counted;
use super::label::pixels;
use crate::corpus::When;
use crate::render::sanitize;
use crate::report::Edge;
use crate::report::LineageGraph;
use crate::report::Report;
use crate::report::Shared;
use crate::span::DocId;
use askama::Template;
use std::collections::BTreeMap;

/// Columns of an outlet's name.
const NAME_COLUMNS: usize = 28;

/// Pixels between two documents, of a few and of many.
const STEPS: [usize; 2] = [90, 28];

/// Documents that are few.
const FEW_MAX: usize = 12;

const LANE: usize = 44;
const MARGIN: usize = 12;
const LINE: usize = 16;

/// Where the first lane begins.
const TOP: usize = MARGIN + LINE;

/// Pixels around the centre of a node where an edge ends.
const RADIUS: usize = 9;

#[derive(Template)]
#[template(path = "picture/lineage.svg", escape = "html")]
struct Drawing<'s> {
    width: usize,
    height: usize,
    title: String,
    style: Option<&'s str>,
    linked: bool,
    days: Vec<Day>,
    lanes: Vec<Lane>,
    edges: Vec<Line>,
    nodes: Vec<Node>,
    legend: Vec<Label>,
}

struct Day {
    x: usize,
    y: usize,
    top: usize,
    bottom: usize,
    text: String,
}

struct Lane {
    x: usize,
    y: usize,
    from: usize,
    to: usize,
    line: usize,
    text: String,
    whole: String,
}

struct Line {
    path: String,
    heat: usize,
    directed: bool,
    title: String,
}

struct Node {
    /// Its number in the page, counted from one.
    doc: u32,
    x: usize,
    y: usize,
    draft: bool,
    title: String,
}

/// Where everything stands.
struct Plan<'r> {
    report: &'r Report<'r>,
    graph: LineageGraph,
    /// The lane of each outlet, by name.
    lanes: BTreeMap<&'r str, usize>,
    left: usize,
    step: usize,
}

pub(super) fn draw(report: &Report, setting: Setting) -> String {
    let plan = Plan::of(report);
    let (lanes, bottom) = (plan.lanes(), plan.bottom());
    let legend = plan.legend();
    let widest = pixels(legend.iter().copied(), usize::MAX);
    let drawing = Drawing {
        width: plan.right().max(widest + MARGIN) + MARGIN,
        height: bottom + (1 + legend.len()) * LINE + MARGIN,
        title: format!("Lineage of {}", counted(plan.graph.documents.len(), "document")),
        style: (setting == Setting::File).then_some(STYLE),
        linked: setting == Setting::Page,
        days: plan.days(),
        lanes,
        edges: plan.graph.edges.iter().map(|edge| plan.edge(edge)).collect(),
        nodes: plan.graph.documents.iter().map(|doc| plan.node(*doc)).collect(),
        legend: (legend.iter().enumerate())
            .map(|(at, text)| Label::new((MARGIN, bottom + (1 + at) * LINE), text, usize::MAX))
            .collect(),
    };
    drawing.render().expect("a picture is drawn in memory")
}

impl<'r> Plan<'r> {
    fn of(report: &'r Report<'r>) -> Self {
        let graph = LineageGraph::of(report);
        let mut lanes: BTreeMap<&str, usize> = BTreeMap::new();
        for doc in &graph.documents {
            let next = lanes.len();
            lanes.entry(outlet(report, *doc)).or_insert(next);
        }
        let left = MARGIN * 3 + pixels(lanes.keys().copied(), NAME_COLUMNS);
        let step = STEPS[usize::from(graph.documents.len() > FEW_MAX)];
        Self { report, graph, lanes, left, step }
    }

    /// The centre of a document.
    fn at(&self, doc: DocId) -> (usize, usize) {
        let documents = &self.graph.documents;
        let column = documents.iter().position(|other| *other == doc).unwrap_or_default();
        let lane = self.lanes[outlet(self.report, doc)];
        (self.left + self.step / 2 + column * self.step, TOP + lane * LANE + LANE / 2)
    }

    fn bottom(&self) -> usize {
        TOP + self.lanes.len() * LANE
    }

    fn right(&self) -> usize {
        self.left + self.graph.documents.len() * self.step
    }

    /// A line before the first document of each day.
    fn days(&self) -> Vec<Day> {
        let mut days: Vec<Day> = Vec::new();
        for doc in &self.graph.documents {
            let document = &self.report.documents[doc.index()];
            let published = document.published.map(|when| when.day().to_string());
            let text = match published {
                _ if document.draft => "draft".to_owned(),
                Some(day) => day,
                None => "no date".to_owned(),
            };
            if days.last().is_none_or(|last| last.text != text) {
                let x = self.at(*doc).0 - self.step / 2;
                days.push(Day {
                    x,
                    y: MARGIN + LINE / 2,
                    top: MARGIN,
                    bottom: self.bottom(),
                    text,
                });
            }
        }
        days
    }

    fn lanes(&self) -> Vec<Lane> {
        let mut lanes: Vec<(&&str, &usize)> = self.lanes.iter().collect();
        lanes.sort_by_key(|(_, lane)| **lane);
        let lane = |(name, lane): (&&str, &usize)| {
            let line = TOP + lane * LANE + LANE / 2;
            let Label { x, y, text, whole } =
                Label::new((self.left - MARGIN, line + 4), name, NAME_COLUMNS);
            Lane { x, y, from: self.left, to: self.right(), line, text, whole }
        };
        lanes.into_iter().map(lane).collect()
    }

    /// A curve between two documents, which ends before it touches them, so that its head is
    /// seen. It leaves up or down, where nothing else of that time stands, and arrives along
    /// the line of the later one.
    fn edge(&self, edge: &Edge) -> Line {
        let ((x, y), (to, down)) = (self.at(edge.from), self.at(edge.to));
        let end = if to < x { to + RADIUS } else { to - RADIUS };
        let path = if y == down {
            let (middle, over) = (usize::midpoint(x, to), y - LANE / 2);
            format!("M{x} {}Q{middle} {over} {end} {}", y - RADIUS, down - RADIUS / 2)
        } else {
            let begin = if down < y { y - RADIUS } else { y + RADIUS };
            format!("M{x} {begin}Q{x} {down} {end} {down}")
        };
        let shared = Shared { words: edge.words, ..Shared::default() };
        Line { path, heat: shared.heat(), directed: edge.directed, title: self.title(edge) }
    }

    fn title(&self, edge: &Edge) -> String {
        let [from, to] = [edge.from, edge.to].map(|doc| self.name(doc));
        let sign = if edge.directed { "→" } else { "and" };
        let mut title = format!("{from} {sign} {to}: {}", counted(edge.words, "word"));
        if !edge.directed {
            title.push_str("; which came first is undetermined");
        }
        for fact in &edge.evidence {
            title.push_str("; ");
            title.push_str(&sanitize::line(&fact.text));
        }
        title
    }

    /// The outlet of a document and its path.
    fn name(&self, doc: DocId) -> String {
        let document = &self.report.documents[doc.index()];
        let path = sanitize::line(&document.path);
        match document.outlet() {
            Some(outlet) => format!("{} ({path})", sanitize::line(outlet)),
            None => path.into_owned(),
        }
    }

    fn node(&self, doc: DocId) -> Node {
        let document = &self.report.documents[doc.index()];
        let (x, y) = self.at(doc);
        let when = document.published.map_or_else(
            || "no date of publication".to_owned(),
            |when: When| format!("published {when}"),
        );
        let title = format!("{}, {when}", self.name(doc));
        Node { doc: doc.0 + 1, x, y, draft: document.draft, title }
    }

    fn legend(&self) -> Vec<&'static str> {
        if self.graph.edges.is_empty() {
            return vec!["No passage stands in several documents."];
        }
        vec![
            "Arrow: the passage appeared first where it begins. Dashed: it is not known which came first.",
            "The wider a line, the more words. No line says who copied.",
        ]
    }
}

fn outlet<'r>(report: &'r Report, doc: DocId) -> &'r str {
    let document = &report.documents[doc.index()];
    document.outlet().unwrap_or(&document.path)
}
