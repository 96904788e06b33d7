//! Drivers: how git is told to show documents and to merge records.
//!
//! In:  the root.
//! Out: entries in the repository's own settings, the only thing written here.

use crate::corpus::Refusal;
use crate::corpus::history::repository::Project;
use git2::ConfigLevel;
use git2::MergeFileInput;
use git2::MergeFileOptions;
use git2::Repository;
use std::path::Path;

/// The settings, and what each is for.
const SETTINGS: [(&str, &str); 4] = [
    ("diff.provenance.textconv", "provenance git textconv"),
    ("diff.provenance.command", "provenance git diff"),
    ("merge.provenance-record.name", "merges records of provenance by their fields"),
    ("merge.provenance-record.driver", "provenance git merge %O %A %B"),
];

/// Writes the settings of the repository around `root` that it lacks; gives the names
/// of those written.
pub(crate) fn install(root: &Path) -> Result<Vec<&'static str>, Refusal> {
    let project = Project::around(root)?;
    write(&project.repository).map_err(|error| project.broken(&error))
}

fn write(repository: &Repository) -> Result<Vec<&'static str>, git2::Error> {
    let mut config = repository.config()?.open_level(ConfigLevel::Local)?;
    let mut written = Vec::new();
    for (name, value) in SETTINGS {
        if config.get_string(name).is_ok_and(|set| set == value) {
            continue;
        }
        config.set_str(name, value)?;
        written.push(name);
    }
    Ok(written)
}

/// The three texts merged line by line, and whether without a conflict. Git's marks
/// stand around what is in conflict.
pub(crate) fn merge(base: &str, ours: &str, theirs: &str) -> Option<(String, bool)> {
    // Alone among git2's functions, `merge_file` does not start libgit2; this does.
    drop(git2::Config::new().ok()?);
    let mut options = MergeFileOptions::new();
    options.our_label("ours").their_label("theirs");
    let merged = git2::merge_file(&input(base), &input(ours), &input(theirs), Some(&mut options));
    let merged = merged.ok()?;
    let text = String::from_utf8(merged.content().to_vec()).ok()?;
    Some((text, merged.is_automergeable()))
}

fn input(text: &str) -> MergeFileInput<'_> {
    let mut input = MergeFileInput::new();
    input.content(text.as_bytes());
    input
}
