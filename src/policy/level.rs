//! Levels: how much each rule matters here, by rule and by path.
//!
//! The default of the rule comes first, then the levels of all paths, then those of
//! the profile, then those of single paths in their order, last those of the command
//! line. What comes later wins.
//!
//! In:  levels from `provenance.toml` and from the command line.
//! Out: the severity of a rule at some paths.
//! Not here: reading the settings (`settings`), and single findings (`waiver`).

use crate::finding::Ending;
use crate::finding::RULES;
use crate::finding::Rule;
use crate::finding::Severity;
use crate::policy::nearest::did_you_mean;
use glob::MatchOptions;
use glob::Pattern;
use std::collections::BTreeMap;

/// How much the findings of a rule matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not at all: they are counted and not shown.
    Allow,
    /// As much as this severity.
    Report(Severity),
}

/// Levels with their names, in order.
pub(crate) const LEVELS: [(&str, Level); 4] = [
    ("allow", Level::Allow),
    ("note", Level::Report(Severity::Note)),
    ("warning", Level::Report(Severity::Warning)),
    ("error", Level::Report(Severity::Error)),
];

/// The levels that a newsroom gives to rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Levels of rules wherever they fire.
    pub rules: BTreeMap<Rule, Level>,
    /// Levels of rules at some paths, in order.
    pub paths: Vec<PathLevels>,
    /// Levels that nothing else changes: those of the command line.
    pub forced: BTreeMap<Rule, Level>,
}

/// Levels of rules in some files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathLevels {
    /// The files: `*` stands for any part of a name, `**` for any folders.
    pub glob: Pattern,
    /// The levels there.
    pub rules: BTreeMap<Rule, Level>,
}

/// A `*` ends at a `/`, and a capital is another letter.
const MATCHING: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

impl PathLevels {
    fn covers(&self, path: &str) -> bool {
        self.glob.matches_with(path, MATCHING)
    }
}

impl Levels {
    /// The level of a finding of `rule`, which is at `default` unless something is
    /// said, that shows places in the files `paths`.
    ///
    /// A level for a path that raises holds when it covers one of the files, a level
    /// that lowers only when it covers all: an archive that is exempted does not hide
    /// what is found about a document outside it.
    pub fn of(&self, rule: Rule, default: Severity, paths: &[&str]) -> Level {
        if rule.info().ending != Ending::Findings {
            return Level::Report(default);
        }
        if let Some(level) = self.forced.get(&rule) {
            return *level;
        }
        let start = self.rules.get(&rule).copied().unwrap_or(Level::Report(default));
        self.paths.iter().fold(start, |known, at| match at.rules.get(&rule) {
            Some(level) if *level > known && paths.iter().any(|path| at.covers(path)) => *level,
            Some(level) if *level < known && paths.iter().all(|path| at.covers(path)) => *level,
            _ => known,
        })
    }
}

/// The rule that settings or arguments name, for which a level can be chosen.
///
/// # Errors
/// When there is none of this code or name, or its level cannot be chosen: what is
/// wrong, in a sentence.
pub fn rule_with_level(name: &str) -> Result<Rule, String> {
    let Some(rule) = Rule::named(name) else {
        let known = RULES.iter().flat_map(|info| [info.code, info.slug]);
        return Err(format!("there is no rule `{name}`{}", did_you_mean(name, known)));
    };
    let info = rule.info();
    match info.ending {
        Ending::Findings => Ok(rule),
        Ending::Schema | Ending::Incomplete => Err(format!(
            "{} {} ends the run whatever its level, so that it takes none",
            info.code, info.slug
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: Level = Level::Report(Severity::Note);
    const WARNING: Level = Level::Report(Severity::Warning);
    const ERROR: Level = Level::Report(Severity::Error);

    fn at(glob: &str, level: Level) -> PathLevels {
        let rules = [(Rule::FigureDiffers, level)].into();
        PathLevels { glob: Pattern::new(glob).unwrap(), rules }
    }

    /// One row per setting: the levels of paths, the files of the finding, its level.
    #[test]
    fn an_exempted_folder_hides_nothing_outside_it() {
        let (old, new) = ("corpus/old/a.txt", "corpus/new/b.txt");
        #[rustfmt::skip]
        let cases: [(Vec<PathLevels>, &[&str], Level); 9] = [
            (vec![],                                             &[old, new], WARNING),
            (vec![at("corpus/old/**", Level::Allow)],            &[old],      Level::Allow),
            (vec![at("corpus/old/**", Level::Allow)],            &[old, new], WARNING),
            (vec![at("corpus/old/**", ERROR)],                   &[old, new], ERROR),
            (vec![at("corpus/old/**", ERROR)],                   &[new],      WARNING),
            (vec![at("corpus/*", ERROR)],                        &[new],      WARNING),
            (vec![at("corpus/**/*.txt", NOTE)],                  &[old, new], NOTE),
            (vec![at("corpus/OLD/**", NOTE)],                    &[old],      WARNING),
            (vec![at("corpus/**", ERROR), at("**/a.txt", NOTE)], &[old],      NOTE),
        ];
        for (paths, files, expected) in cases {
            let levels = Levels { paths, ..Levels::default() };
            let found = levels.of(Rule::FigureDiffers, Severity::Warning, files);
            assert_eq!(found, expected, "{levels:?}");
        }
    }

    #[test]
    fn the_command_line_has_the_last_word() {
        let levels = Levels {
            rules: [(Rule::FigureDiffers, NOTE)].into(),
            paths: vec![at("**", ERROR)],
            forced: [(Rule::FigureDiffers, Level::Allow)].into(),
        };
        assert_eq!(levels.of(Rule::FigureDiffers, Severity::Warning, &["a"]), Level::Allow);
        assert_eq!(levels.of(Rule::DateDiffers, Severity::Warning, &["a"]), WARNING);
    }

    #[test]
    fn what_could_not_be_checked_keeps_its_level() {
        let levels = Levels { rules: [(Rule::Unstable, Level::Allow)].into(), ..Levels::default() };
        assert_eq!(levels.of(Rule::Unstable, Severity::Error, &["a"]), ERROR);
        assert!(rule_with_level("unstable").is_err_and(|message| message.contains("takes none")));
        assert_eq!(
            rule_with_level("figure-difers"),
            Err("there is no rule `figure-difers`: did you mean `figure-differs`?".to_owned())
        );
    }
}
