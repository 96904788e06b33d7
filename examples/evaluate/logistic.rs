//! Logistic regression by Newton's method, with a ridge.

use crate::gold::Item;
use crate::gold::Set;
use provenance::paraphrase::Signs;
use provenance::paraphrase::Weights;

const SIGNS: usize = Signs::NAMES.len();
const COLUMNS: usize = SIGNS + 1;

/// Strength of the ridge on standardised signs: fifty pairs are few for eight weights.
const RIDGE: f64 = 15.0;

const STEPS: usize = 30;

/// The weights that explain the items that are `wanted` best.
pub(crate) fn fit(set: &Set, wanted: &dyn Fn(&Item) -> bool) -> Weights {
    let row = |item: &Item| {
        let (label, weight) = set.example(item);
        (item.signs.values(), label, weight)
    };
    let rows: Vec<([f64; SIGNS], f64, f64)> =
        set.items.iter().filter(|item| wanted(item)).map(row).collect();
    let total: f64 = rows.iter().map(|row| row.2).sum();
    let mean = |of: &dyn Fn(&[f64; SIGNS]) -> f64| {
        rows.iter().map(|(signs, _, weight)| weight * of(signs)).sum::<f64>() / total
    };
    let means: [f64; SIGNS] = std::array::from_fn(|sign| mean(&|signs| signs[sign]));
    let spreads: [f64; SIGNS] = std::array::from_fn(|sign| {
        mean(&|signs| (signs[sign] - means[sign]).powi(2)).sqrt().max(1e-9)
    });
    let mut weights = [0.0; COLUMNS];
    for _ in 0..STEPS {
        let mut gradient = [0.0; COLUMNS];
        let mut hessian = [[0.0; COLUMNS]; COLUMNS];
        for (signs, label, weight) in &rows {
            let column = |index: usize| match signs.get(index) {
                Some(value) => (value - means[index]) / spreads[index],
                None => 1.0,
            };
            let x: [f64; COLUMNS] = std::array::from_fn(column);
            let nats: f64 = x.iter().zip(weights).map(|(x, weight)| x * weight).sum();
            let probability = 1.0 / (1.0 + (-nats).exp());
            for row in 0..COLUMNS {
                gradient[row] += weight * (probability - label) * x[row];
                for column in 0..COLUMNS {
                    hessian[row][column] +=
                        weight * probability * (1.0 - probability) * x[row] * x[column];
                }
            }
        }
        for sign in 0..SIGNS {
            gradient[sign] += RIDGE * weights[sign];
            hessian[sign][sign] += RIDGE;
        }
        let step = solve(hessian, gradient);
        (0..COLUMNS).for_each(|index| weights[index] -= step[index]);
    }
    let signs = Signs::from(std::array::from_fn(|sign| weights[sign] / spreads[sign]));
    let shift: f64 = signs.values().iter().zip(means).map(|(weight, mean)| weight * mean).sum();
    Weights { bias: weights[SIGNS] - shift, signs }
}

/// Solves a positive definite system by elimination.
fn solve(mut matrix: [[f64; COLUMNS]; COLUMNS], mut right: [f64; COLUMNS]) -> [f64; COLUMNS] {
    for pivot in 0..COLUMNS {
        for row in pivot + 1..COLUMNS {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let above = matrix[pivot];
            for (value, above) in matrix[row].iter_mut().zip(above).skip(pivot) {
                *value -= factor * above;
            }
            right[row] -= factor * right[pivot];
        }
    }
    let mut solution = [0.0; COLUMNS];
    for row in (0..COLUMNS).rev() {
        let known: f64 =
            (row + 1..COLUMNS).map(|column| matrix[row][column] * solution[column]).sum();
        solution[row] = (right[row] - known) / matrix[row][row];
    }
    solution
}
