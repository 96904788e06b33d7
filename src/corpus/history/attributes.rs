//! Attributes and submodules: what git would do to documents.
//!
//! In:  the documents.
//! Out: findings, and what could not be checked.

use crate::corpus::Refusal;
use crate::corpus::find::found;
use crate::corpus::history::repository::Project;
use crate::corpus::path::CORPUS;
use crate::corpus::source::Source;
use crate::corpus::walk::submodule;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use git2::AttrCheckFlags;
use git2::AttrValue;
use std::collections::BTreeSet;
use std::path::Path;

/// The mode of a submodule in the index.
const GITLINK: u32 = 0o160_000;

/// This many paths are named as examples.
const EXAMPLES_MAX: usize = 3;

/// Adds what git's attributes and index say about `documents`. Returns what could
/// not be checked.
///
/// A commit has no attributes of its own to ask: those of the index are asked when
/// that is checked, those of the work tree otherwise.
pub(crate) fn check(
    source: Source<'_>,
    documents: &[String],
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let flags = match source {
        Source::Folder(_) => AttrCheckFlags::FILE_THEN_INDEX,
        Source::Snapshot(snapshot) if snapshot.commit().is_none() => AttrCheckFlags::INDEX_ONLY,
        Source::Snapshot(_) => return Vec::new(),
    };
    let project = match Project::around(source.root()) {
        Ok(project) if project.repository.is_bare() => return Vec::new(),
        Ok(project) => project,
        Err(Refusal::NotARepository { .. }) => return Vec::new(),
        Err(refusal) => return vec![unchecked(&refusal)],
    };
    let attributes =
        project.attributes(documents, flags).map(|rewritten| findings.extend(missing(&rewritten)));
    let submodules = project.submodules().map(|folders| {
        for folder in folders {
            let finding = submodule(&folder);
            let known = findings
                .iter()
                .any(|known| known.rule == finding.rule && known.labels == finding.labels);
            findings.extend((!known).then_some(finding));
        }
    });
    [attributes, submodules]
        .into_iter()
        .filter_map(Result::err)
        .map(|error| unchecked(&project.broken(&error)))
        .collect()
}

impl Project {
    /// Of each kind of document, by folder and extension, one that git may rewrite,
    /// with the attribute that lets it.
    fn attributes(
        &self,
        documents: &[String],
        flags: AttrCheckFlags,
    ) -> Result<Vec<(String, String)>, git2::Error> {
        let mut seen = BTreeSet::new();
        let mut rewritten = Vec::new();
        for document in documents {
            let (folder, name) = document.rsplit_once('/').unwrap_or_default();
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            if seen.insert((folder, extension)) {
                let attribute = self.rewriting_attribute(document, flags)?;
                rewritten.extend(attribute.map(|attribute| (document.clone(), attribute)));
            }
        }
        Ok(rewritten)
    }

    fn rewriting_attribute(
        &self,
        document: &str,
        flags: AttrCheckFlags,
    ) -> Result<Option<String>, git2::Error> {
        let path = format!("{}{document}", self.prefix);
        let value = |name| {
            self.repository.get_attr(Path::new(&path), name, flags).map(AttrValue::from_string)
        };
        if value("text")? != AttrValue::False {
            return Ok(Some("`text` is not unset".to_owned()));
        }
        for name in ["ident", "working-tree-encoding", "filter"] {
            match value(name)? {
                // LFS gives back the bytes it was given.
                AttrValue::Unspecified | AttrValue::False | AttrValue::String("lfs") => {}
                _ => return Ok(Some(format!("`{name}` is set"))),
            }
        }
        Ok(None)
    }

    fn submodules(&self) -> Result<Vec<String>, git2::Error> {
        let index = self.repository.index()?;
        let links = index.iter().filter(|entry| entry.mode == GITLINK);
        let folders = links.filter_map(|entry| {
            let path = String::from_utf8(entry.path).ok()?;
            let inside = path.strip_prefix(&self.prefix)?;
            let corpus = inside
                .strip_prefix(CORPUS)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            corpus.then(|| inside.to_owned())
        });
        Ok(folders.collect())
    }
}

fn missing(rewritten: &[(String, String)]) -> Option<Finding> {
    let (first, _) = rewritten.first()?;
    let message = format!("git may rewrite the bytes of `{first}` and others like it");
    let help = "run `provenance init`, which adds `corpus/** -text`, and take out later lines that undo it";
    let label = Label::file(".gitattributes", "does not keep git from it");
    let mut finding = found(Rule::GitattributesMissing, message, label, help);
    let examples = rewritten.iter().take(EXAMPLES_MAX);
    finding.notes.extend(examples.map(|(path, attribute)| format!("{path}: {attribute}")));
    Some(finding)
}

fn unchecked(refusal: &Refusal) -> String {
    let help = refusal.help();
    format!("git attributes and submodules were not checked: {refusal}; {help}")
}
