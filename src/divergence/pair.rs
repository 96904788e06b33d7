//! Pairs: whether two facts of two documents answer the same question.
//!
//! Each kind of question wants something else to be the same: names, telling words, the
//! whole sentence, or that nothing else in either text answers it.
//!
//! In:  two facts that ask the same, with what they have in common.
//! Out: whether they answer each other.
//! Not here: which of several likely pairs is meant (`divergence::same`).

use crate::claims::Kind;
use crate::divergence::common::Common;
use crate::divergence::common::Words;
use crate::divergence::same::Apart;
use crate::divergence::same::Told;
use crate::divergence::same::is_figure;
use crate::divergence::timing::are_of_one_time;
use crate::divergence::timing::is_one_time;
use crate::divergence::timing::near;
use crate::fact::Answer;
use crate::fact::Question;
use crate::span::DocId;
use std::collections::BTreeSet;

/// Names that two facts must share to be about the same thing.
const NAMES_MIN: usize = 2;

/// Words that two sentences must share to count the same thing, beside the noun.
const WORDS_MIN: usize = 3;

/// What two facts have in common.
#[derive(Clone, Copy)]
pub(super) struct Share {
    pub(super) names: usize,
    /// Telling words of both sentences, and of the shorter one.
    pub(super) words: usize,
    few: usize,
}

impl Share {
    /// What the words of two facts share.
    pub(super) fn of((one, other): (Told, Told), [left, right]: [&Words; 2]) -> Self {
        Self {
            names: one.fact.about.intersection(&other.fact.about).count(),
            words: left.intersection(right).count(),
            few: left.len().min(right.len()),
        }
    }

    /// Whether two sentences tell of the same act.
    fn is_of_one_act(self) -> bool {
        self.names >= NAMES_MIN
            || (self.names > 0 && self.words >= WORDS_MIN && 5 * self.words >= 2 * self.few)
    }
}

/// Two facts of two documents that ask the same.
pub(super) struct Pair<'p, 'm, 'a> {
    common: &'p Common<'m, 'a>,
    one: Told<'m>,
    other: Told<'m>,
    share: Share,
    /// Whether they exclude each other.
    apart: bool,
    /// Whether their sentences say the same, and they answer each other there.
    restated: bool,
}

impl<'p, 'm, 'a> Pair<'p, 'm, 'a> {
    pub(super) fn of(
        common: &'p Common<'m, 'a>,
        (one, other): (Told<'m>, Told<'m>),
        share: Share,
        apart: &Apart,
    ) -> Self {
        let restated = common.restate(one, other, apart);
        Self { common, one, other, share, apart: apart(one, other), restated }
    }

    /// Whether they answer `question` together.
    pub(super) fn is_same(&self, question: &Question) -> bool {
        // Two fires in two towns: each names names, and none of the other's.
        let strangers = self.share.names == 0
            && [self.one, self.other].iter().all(|told| !told.fact.about.is_empty())
            && !self.is_kin(question);
        let named = matches!(
            question,
            Question::Members(_)
                | Question::Born(_)
                | Question::Status(..)
                | Question::Standing(..)
                | Question::Title(_)
        );
        if strangers && !named {
            return false;
        }
        if is_figure(question) {
            self.is_same_figure(question)
        } else {
            self.is_same_fact(question)
        }
    }

    /// Whether both texts tell of one event. Every text on one gives several sums, of many
    /// things, so that of sums more must be the same.
    fn is_kin(&self, question: &Question) -> bool {
        let sum = matches!(question, Question::Amount(Kind::Money, _));
        (!sum || self.is_restated(question)) && self.common.are_kin(self.one.doc, self.other.doc)
    }

    fn is_restated(&self, question: &Question) -> bool {
        let sum = matches!(question, Question::Amount(Kind::Money, _));
        self.restated && (!sum || self.common.are_near(self.one, self.other))
    }

    /// Whether nothing says that the two are of two times.
    fn is_one_time(&self) -> bool {
        is_one_time(self.common.material, self.one.time(), self.other.time())
    }

    /// Whether each text answers the question once.
    fn is_alone(&self) -> bool {
        self.common.are_alone(self.one, self.other)
    }

    fn is_same_figure(&self, question: &Question) -> bool {
        let Share { names, words, few } = self.share;
        let (kin, restated) = (self.is_kin(question), self.is_restated(question));
        if [self.one, self.other].iter().any(|told| self.common.is_of_two_times(*told)) {
            return false;
        }
        match question {
            // Everybody who tells of a disaster tells how many were killed.
            Question::Toll(_) => names + words >= WORDS_MIN && words >= 1 && self.is_one_time(),
            // Sums and shares have no noun that they count, so that more must be the same.
            Question::Amount(..) => {
                let enough = words >= WORDS_MIN && 2 * words >= few;
                // "Turnout was 67 percent" has one telling word.
                let most = words > 1 && 5 * words >= 2 * few;
                let kindred = kin && (most || (words == 1 && few == 1));
                (enough || kindred || restated) && self.is_one_time()
            }
            // The same whole in texts on one event.
            Question::Part(_) => (restated || (kin && words >= 1)) && self.is_alone(),
            Question::Most(_) => {
                let unnamed = [self.one, self.other].iter().any(|told| told.fact.about.is_empty());
                restated && (names >= 1 || unnamed) && self.is_alone()
            }
            // One sentence in each text, of the same case.
            Question::Term => {
                let named = names >= NAMES_MIN || (kin && names >= 1);
                (restated || (named && words >= 1)) && self.is_alone() && self.is_one_time()
            }
            _ => {
                let alike = words >= WORDS_MIN && 5 * words >= 2 * few;
                // A match has many minutes.
                let ranked = matches!(question, Question::Rank(_));
                let restated = restated && (!ranked || self.is_alone());
                let large =
                    names >= NAMES_MIN && self.common.are_large_and_alone(self.one, self.other);
                // "Five schools are shut": nothing else is said of them.
                let whole = kin && !ranked && few >= 1 && words == few && self.is_alone();
                (alike || restated || large || whole) && self.is_one_time()
            }
        }
    }

    fn is_same_fact(&self, question: &Question) -> bool {
        let Self { common, one, other, share, restated, .. } = *self;
        match (question, &one.fact.answer, &other.fact.answer) {
            (Question::Day(_), Answer::Days(a, _), Answer::Days(b, _)) => {
                (restated || share.is_of_one_act()) && near(*a, *b)
            }
            (Question::Where(_), ..) => restated || share.is_of_one_act(),
            (Question::Status(_, who, _), ..) => !who.is_empty() || share.names >= NAMES_MIN,
            (Question::Members(of), Answer::Members(a, _), Answer::Members(b, _)) => {
                let both = a.intersection(b).count();
                let known = both >= NAMES_MIN && 2 * both >= a.len().min(b.len());
                if of.is_empty() { self.is_same_list(question, [a, b]) } else { known }
            }
            (Question::Name(_), ..) => share.names >= 1,
            // The scope is the same; where it names nobody it must tell more.
            (Question::Standing(_, scope), ..) => {
                (share.names >= 1 || scope.len() >= NAMES_MIN) && self.is_one_time()
            }
            (Question::Title(_), ..) => are_of_one_time(common.material, one.doc, other.doc),
            (Question::Born(_), ..) => true,
            (Question::Since, Answer::Days(a, b), Answer::Days(c, d)) => {
                share.names >= NAMES_MIN && a < d && c < b
            }
            // Of one event, and told once in each text.
            (Question::Year(_), ..) => {
                let named = share.names >= 1 || share.words >= 1;
                (restated || (self.is_kin(question) && named)) && self.is_alone()
            }
            (Question::When(_), ..) => {
                let known = common.has_day(one, other) || common.has_day(other, one);
                let others =
                    || common.are_other_acts(one, other) || common.are_other_figures(one, other);
                restated && (!self.apart || !(known || others()))
            }
            (Question::Vote, ..) => {
                let voters = [one, other].map(|told| common.voters(told));
                let same = !voters[0].is_disjoint(&voters[1]);
                let unsaid = voters.iter().any(BTreeSet::is_empty);
                let kin = self.is_kin(question);
                ((kin && same) || (restated && (same || unsaid))) && self.is_alone()
            }
            _ => false,
        }
    }

    /// Whether two lists are one, where nothing but their sentences and members says so. Who
    /// is in one of them alone is not named in the other text at all.
    fn is_same_list(&self, question: &Question, [a, b]: [&BTreeSet<String>; 2]) -> bool {
        let both = a.intersection(b).count();
        let Share { words, few, .. } = self.share;
        let one_other = a.len() == b.len() && both + 1 == a.len();
        let alike = words >= WORDS_MIN && 2 * words >= few;
        let same = (self.restated && 2 * both >= a.len().max(b.len()))
            || (self.is_kin(question) && one_other && alike);
        let named = |names: BTreeSet<String>, doc: DocId| {
            names.iter().any(|name| self.common.is_named(doc, name))
        };
        same && !named(a - b, self.other.doc) && !named(b - a, self.one.doc)
    }
}
