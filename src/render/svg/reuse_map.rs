//! The reuse map as a picture: outlets by outlets.

use super::label::Label;
use super::label::counted;
use super::label::pixels;
use crate::report::Outlet;
use crate::report::Report;
use crate::report::ReuseMap;
use crate::report::Shared;
use askama::Template;

/// Columns of an outlet's name.
const NAME_COLUMNS: usize = 28;

/// Outlets up to which the cells have room for numbers.
const NUMBERED_MAX: usize = 40;

/// Pixels of a cell with numbers, and of one without.
const CELLS: [usize; 2] = [52, 16];

const GAP: usize = 2;
const MARGIN: usize = 12;
const LINE: usize = 16;

#[derive(Template)]
#[template(path = "picture/reuse-map.svg", escape = "html")]
struct Drawing<'s> {
    width: usize,
    height: usize,
    title: String,
    style: Option<&'s str>,
    columns: Vec<Label>,
    rows: Vec<Label>,
    cells: Vec<Cell>,
    /// Pixels of a cell without the gap.
    inner: usize,
    legend: Vec<Label>,
}

struct Cell {
    x: usize,
    y: usize,
    middle: usize,
    heat: usize,
    /// Whether it is about one outlet.
    own: bool,
    title: String,
    lines: Vec<Label>,
}

pub(super) fn draw(report: &Report, style: Option<&str>) -> String {
    let map = ReuseMap::of(report);
    let outlets = &map.outlets;
    let numbered = outlets.len() <= NUMBERED_MAX;
    let size = CELLS[usize::from(!numbered)];
    let names = pixels(outlets.iter().map(|outlet| &*outlet.name), NAME_COLUMNS);
    // A name at an angle of 45 degrees is as high as it is wide.
    let slanted = names * 71 / 100 + LINE;
    let (left, top) = (MARGIN + names + GAP * 4, MARGIN + slanted);
    let edge = |index: usize, from: usize| from + index * size;
    let name = |outlet: &Outlet, at| Label::new(at, &outlet.name, NAME_COLUMNS);
    let centre = size / 2;
    let column = |(index, outlet)| name(outlet, (edge(index, left) + centre, top - GAP * 2));
    let row = |(index, outlet)| name(outlet, (left - GAP * 4, edge(index, top) + centre + 4));
    let mut cells = Vec::new();
    for line in 0..outlets.len() {
        for across in 0..outlets.len() {
            let shared = map.shared(line, across);
            let (x, y) = (edge(across, left), edge(line, top));
            if shared.is_none() && !numbered {
                continue;
            }
            cells.push(Cell {
                x,
                y,
                middle: x + (size - GAP) / 2,
                heat: shared.map_or(0, Shared::heat),
                own: line == across,
                title: title([&outlets[line], &outlets[across]], shared),
                lines: shared.filter(|_| numbered).map_or_else(Vec::new, |s| numbers(s, y)),
            });
        }
    }
    let bottom = edge(outlets.len(), top) + LINE;
    let legend = legend(&map, numbered);
    let widest = pixels(legend.iter().copied(), usize::MAX);
    let drawing = Drawing {
        width: (edge(outlets.len(), left) + slanted).max(widest + MARGIN) + MARGIN,
        height: bottom + legend.len() * LINE + MARGIN,
        title: format!("Reuse map of {}", counted(outlets.len(), "outlet")),
        style,
        columns: outlets.iter().enumerate().map(column).collect(),
        rows: outlets.iter().enumerate().map(row).collect(),
        cells,
        inner: size - GAP,
        legend: (legend.iter().enumerate())
            .map(|(at, text)| Label::new((MARGIN, bottom + at * LINE), text, usize::MAX))
            .collect(),
    };
    drawing.render().expect("a picture is drawn in memory")
}

/// The two counts of a cell.
fn numbers(shared: &Shared, top: usize) -> Vec<Label> {
    let label = |down, text: &str| Label::new((0, top + down), text, usize::MAX);
    let sentences = format!("≈{}", shared.sentences);
    match (shared.words, shared.sentences) {
        (words, 0) => vec![label(30, &words.to_string())],
        (0, _) => vec![label(30, &sentences)],
        (words, _) => vec![label(22, &words.to_string()), label(38, &sentences)],
    }
}

fn title([one, other]: [&Outlet; 2], shared: Option<&Shared>) -> String {
    let [one, other] = [one, other].map(|o| crate::render::sanitize::line(&o.name));
    let Some(shared) = shared else { return format!("{one} and {other}: nothing found") };
    format!(
        "{one} and {other}: {} in {}, {} in other words",
        counted(shared.words, "word"),
        counted(shared.passages, "passage"),
        counted(shared.sentences, "sentence"),
    )
}

fn legend(map: &ReuseMap, numbered: bool) -> Vec<&'static str> {
    if map.is_empty() {
        return vec!["No shared wording was found."];
    }
    let mut lines = vec!["Dashed: texts of one outlet with each other."];
    if numbered {
        lines.insert(0, "Number: words that two outlets share. ≈: sentences in other words.");
    }
    lines.push("Who came first is no part of this picture.");
    lines
}
