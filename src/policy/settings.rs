//! Settings: `provenance.toml`, read key by key.
//!
//! In:  the text of the file.
//! Out: [`Policy`], or the first [`Fault`].
//! Not here: reading the file (`corpus`), and single findings (`waiver`, `baseline`).

use crate::finding::Rule;
use crate::finding::Severity;
use crate::policy::AlignPolicy;
use crate::policy::CorpusPolicy;
use crate::policy::Fault;
use crate::policy::LabelPolicy;
use crate::policy::Level;
use crate::policy::Levels;
use crate::policy::MetadataPolicy;
use crate::policy::PathLevels;
use crate::policy::Policy;
use crate::policy::Profile;
use crate::policy::ProfilePolicy;
use crate::policy::ReusePolicy;
use crate::policy::SealPolicy;
use crate::policy::fault;
use crate::policy::fault::Keys;
use crate::policy::level::LEVELS;
use crate::policy::level::rule_with_level;
use crate::policy::nearest::did_you_mean;
use glob::Pattern;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Every key of `provenance.toml`, by its table; `docs/policy.md` explains each.
///
/// In the tables called `rules` any code or name of a rule may stand.
pub const KEYS: &Keys = &[
    (
        "",
        &[
            "corpus", "metadata", "align", "reuse", "label", "seal", "report", "rules", "path",
            "profile",
        ],
    ),
    ("corpus", &["exclude", "max-text-bytes"]),
    ("metadata", &["require"]),
    ("align", &["model", "tokenizer"]),
    ("reuse", &["boilerplate", "min-words", "aliases"]),
    ("label", &["referent", "names"]),
    ("seal", &["require", "allowed-signers", "minisign-keys"]),
    ("report", &["fail-on"]),
    ("path", &["glob", "rules"]),
    ("profile", &["corpus", "draft", "ci"]),
    ("profile.corpus", &["fail-on", "rules"]),
    ("profile.draft", &["fail-on", "rules"]),
    ("profile.ci", &["fail-on", "rules"]),
];

/// The file as it is written, before its names are looked up.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    corpus: CorpusPolicy,
    metadata: MetadataPolicy,
    align: AlignPolicy,
    reuse: ReusePolicy,
    #[serde(rename = "label")]
    labels: Vec<Spanned<LabelPolicy>>,
    seal: SealPolicy,
    report: Report,
    rules: Rules,
    path: Vec<Path>,
    profile: BTreeMap<Spanned<String>, ProfileTable>,
}

/// A level, by the code or name of a rule.
type Rules = BTreeMap<Spanned<String>, Spanned<String>>;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Report {
    fail_on: Option<Spanned<String>>,
}

#[derive(Deserialize)]
struct Path {
    glob: Spanned<String>,
    #[serde(default)]
    rules: Rules,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct ProfileTable {
    fail_on: Option<Spanned<String>>,
    rules: Rules,
}

/// Reads the settings from the text of `provenance.toml`.
pub(crate) fn read(source: &str) -> Result<Policy, Fault> {
    fault::table(source, KEYS)?;
    let file: File = toml::from_str(source).map_err(|error| Fault::parser(source, &error))?;
    let reader = Reader { source };
    let mut profiles = BTreeMap::new();
    for (name, table) in &file.profile {
        let known = Profile::named(name.get_ref()).expect("the keys were checked");
        let rules = reader.rules(&table.rules)?;
        let fail_on = reader.severity(table.fail_on.as_ref())?;
        profiles.insert(known, ProfilePolicy { fail_on, rules });
    }
    Ok(Policy {
        corpus: file.corpus,
        metadata: file.metadata,
        align: file.align,
        reuse: file.reuse,
        labels: file.labels.iter().map(|label| reader.label(label)).collect::<Result<_, _>>()?,
        seal: file.seal,
        fail_on: reader.severity(file.report.fail_on.as_ref())?,
        levels: Levels {
            rules: reader.rules(&file.rules)?,
            paths: file.path.iter().map(|path| reader.path(path)).collect::<Result<_, _>>()?,
            forced: BTreeMap::new(),
        },
        profiles,
        ..Policy::default()
    })
}

/// Looks up names, and says where one is not known.
struct Reader<'s> {
    source: &'s str,
}

impl Reader<'_> {
    fn fault<T>(&self, at: &Spanned<T>, message: impl Into<String>) -> Fault {
        Fault::at(self.source, &at.span(), message)
    }

    /// A thing with two names at least, none of them empty.
    fn label(&self, label: &Spanned<LabelPolicy>) -> Result<LabelPolicy, Fault> {
        let names = &label.get_ref().names;
        let empty = |forms: &Vec<String>| {
            forms.is_empty() || forms.iter().any(|form| form.trim().is_empty())
        };
        if names.len() < 2 || names.iter().any(empty) {
            let what = &label.get_ref().referent;
            let message = format!("`{what}` needs two names or more, each with a form or more");
            return Err(self.fault(label, message));
        }
        Ok(label.get_ref().clone())
    }

    fn rules(&self, rules: &Rules) -> Result<BTreeMap<Rule, Level>, Fault> {
        let mut levels = BTreeMap::new();
        for (name, level) in rules {
            let rule =
                rule_with_level(name.get_ref()).map_err(|message| self.fault(name, message))?;
            if levels.insert(rule, self.level(level)?).is_some() {
                let info = rule.info();
                let message = format!("{} {} has two levels here", info.code, info.slug);
                return Err(self.fault(name, message));
            }
        }
        Ok(levels)
    }

    fn level(&self, name: &Spanned<String>) -> Result<Level, Fault> {
        let known = LEVELS.iter().find(|(known, _)| known == name.get_ref());
        known.map(|(_, level)| *level).ok_or_else(|| self.not_one_of(name, &LEVELS))
    }

    fn severity(&self, name: Option<&Spanned<String>>) -> Result<Option<Severity>, Fault> {
        let Some(name) = name else { return Ok(None) };
        match self.level(name) {
            Ok(Level::Report(severity)) => Ok(Some(severity)),
            _ => Err(self.not_one_of(name, &LEVELS[1..])),
        }
    }

    fn not_one_of(&self, name: &Spanned<String>, known: &[(&str, Level)]) -> Fault {
        let names = || known.iter().map(|(name, _)| *name);
        let hint = did_you_mean(name.get_ref(), names());
        let all = names().collect::<Vec<_>>().join(", ");
        self.fault(name, format!("`{}` is none of {all}{hint}", name.get_ref()))
    }

    fn path(&self, path: &Path) -> Result<PathLevels, Fault> {
        let name = &path.glob;
        let glob = Pattern::new(name.get_ref()).map_err(|error| {
            self.fault(name, format!("`{}` is no glob: {}", name.get_ref(), error.msg))
        })?;
        Ok(PathLevels { glob, rules: self.rules(&path.rules)? })
    }
}
