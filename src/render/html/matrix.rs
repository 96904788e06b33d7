//! The figure matrix on the page: a row a question, a column an outlet.
//!
//! In:  the rows of a report.
//! Out: [`MatrixView`].
//! Not here: which answers exclude each other (`divergence`).

use super::finding::excerpt;
use super::finding::href;
use super::name;
use super::shown::Markup;
use super::shown::Shown;
use crate::divergence::Cell;
use crate::divergence::Row;
use crate::report::Outlet;
use crate::report::Report;
use crate::report::ReuseMap;

/// Questions that the page shows, those on which texts differ first.
const ROWS_MAX: usize = 500;

/// The matrix.
pub(super) struct MatrixView<'a> {
    pub(super) outlets: Vec<Shown<'a>>,
    /// Those on which texts exclude each other first.
    pub(super) rows: Vec<FactView<'a>>,
    pub(super) differing: usize,
    /// Questions that are not shown.
    pub(super) more: usize,
}

/// One question.
pub(super) struct FactView<'a> {
    pub(super) number: usize,
    pub(super) question: Shown<'a>,
    pub(super) differs: bool,
    /// What the documents of each outlet say.
    pub(super) cells: Vec<Vec<AnswerView<'a>>>,
    /// The answers that exclude each other, with who gives them.
    pub(super) answers: Vec<(Shown<'a>, Vec<AnswerView<'a>>)>,
}

/// What one document says.
pub(super) struct AnswerView<'a> {
    pub(super) name: Shown<'a>,
    pub(super) words: Shown<'a>,
    pub(super) reason: Option<Shown<'a>>,
    /// Whether another answer is given by more texts, or by as many.
    pub(super) is_outlier: bool,
    pub(super) href: String,
    pub(super) sentence: Markup,
}

impl<'a> MatrixView<'a> {
    pub(super) fn of(report: &'a Report<'a>, map: &'a ReuseMap) -> Self {
        let mut rows: Vec<&Row> = report.matrix.iter().collect();
        rows.sort_by_key(|row| !row.differs());
        let more = rows.len().saturating_sub(ROWS_MAX);
        let differing = rows.iter().filter(|row| row.differs()).count();
        rows.truncate(ROWS_MAX);
        let answers = |outlet: &Outlet| {
            let cells = rows.iter().flat_map(|row| row.answers.iter().flatten());
            cells.into_iter().any(|cell| outlet.documents.contains(&cell.place.doc))
        };
        let outlets: Vec<_> = map.outlets.iter().filter(|outlet| answers(outlet)).collect();
        let view = |(index, row): (usize, &&'a Row)| {
            let of_outlet = |outlet: &&Outlet| {
                let groups = row.answers.iter().enumerate();
                let all = groups.flat_map(|(at, cells)| cells.iter().map(move |cell| (at, cell)));
                let own = all.filter(|(_, cell)| outlet.documents.contains(&cell.place.doc));
                own.map(|(at, cell)| AnswerView::of(report, cell, row.stands_out(at), false))
                    .collect()
            };
            FactView {
                number: index + 1,
                question: Shown(&row.question),
                differs: row.differs(),
                cells: outlets.iter().map(of_outlet).collect(),
                answers: (0..row.answers.len()).map(|at| told(report, row, at)).collect(),
            }
        };
        Self {
            rows: rows.iter().enumerate().map(view).collect(),
            outlets: outlets.iter().map(|outlet| Shown(&outlet.name)).collect(),
            differing,
            more,
        }
    }
}

/// One answer with the sentences that give it.
fn told<'a>(report: &'a Report<'a>, row: &'a Row, at: usize) -> (Shown<'a>, Vec<AnswerView<'a>>) {
    let cells = &row.answers[at];
    let view = |cell| AnswerView::of(report, cell, row.stands_out(at), true);
    (Shown(&cells[0].value), cells.iter().map(view).collect())
}

impl<'a> AnswerView<'a> {
    fn of(report: &'a Report<'a>, cell: &'a Cell, is_outlier: bool, is_told: bool) -> Self {
        let document = &report.documents[cell.place.doc.index()];
        let looked = cell.words.or(cell.marks.first().copied()).unwrap_or(cell.place.span);
        let sentence = || excerpt(&document.source, cell.place.span, &cell.marks);
        Self {
            name: Shown(name(document)),
            words: Shown(cell.wording(&document.source)),
            reason: cell.reason.as_deref().map(Shown),
            is_outlier,
            href: href(report, cell.place, looked),
            sentence: Markup(if is_told { sentence() } else { String::new() }),
        }
    }
}
