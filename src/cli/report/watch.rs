//! Watching: the page written anew while an editor works.
//!
//! In:  what changes in the corpus, its records, the settings and the drafts.
//! Out: the page, and a line on stderr for each time.
//! Not here: what the page shows (`report`).

use super::ReportArgs;
use super::write;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::cli::records::from_here;
use crate::corpus::POLICY;
use crate::corpus::resolved;
use crate::policy::BASELINE;
use crate::policy::WAIVERS;
use notify::EventKind;
use notify::RecursiveMode;
use notify::Watcher;
use std::path::Path;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::sync::mpsc::channel;
use std::time::Duration;

/// How long nothing must happen before the page is written: editors save in several steps.
const QUIET: Duration = Duration::from_millis(200);

/// What the watch waits for.
enum Event {
    Changed,
    Failed(String),
    Interrupted,
}

/// What is looked at.
struct Watched {
    /// Folders, with all that is in them.
    folders: Vec<PathBuf>,
    /// Files, by way of the folders they lie in: an editor may replace them.
    files: Vec<PathBuf>,
}

impl Watched {
    fn of(root: Option<&Path>, args: &ReportArgs) -> Self {
        let mut files: Vec<PathBuf> =
            args.drafts.iter().map(|draft| resolved(&from_here(root, draft))).collect();
        let Ok(project) = Root::find(root) else { return Self { folders: Vec::new(), files } };
        let path = resolved(&from_here(None, &project.path));
        files.extend([POLICY, WAIVERS, BASELINE, "lexicon.toml"].map(|name| path.join(name)));
        Self { folders: ["corpus", "manifests"].map(|name| path.join(name)).to_vec(), files }
    }

    /// Whether an event is a change, and of something that is looked at. To read a file is an
    /// event as well, and the page is made by reading.
    fn concerns(&self, event: &notify::Event) -> bool {
        let is_own = |path: &PathBuf| {
            self.files.contains(path) || self.folders.iter().any(|folder| path.starts_with(folder))
        };
        !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(is_own)
    }
}

/// Writes the page whenever something changed, until Ctrl-C. What is wrong meanwhile is
/// told, and the last page stays.
pub(super) fn watch(root: Option<&Path>, args: &ReportArgs, output: &Output) -> Result<u8, Error> {
    let (sender, events) = channel();
    let interrupt = sender.clone();
    // Nobody listens any more when the watch has ended.
    ctrlc::set_handler(move || _ = interrupt.send(Event::Interrupted))
        .map_err(|error| failed(&error))?;
    let watched = Watched::of(root, args);
    let folders: Vec<(PathBuf, RecursiveMode)> = places(&watched);
    let forward = move |result| forward(&sender, &watched, result);
    let mut system = notify::recommended_watcher(forward).map_err(|error| failed(&error))?;
    for (folder, mode) in folders {
        system.watch(&folder, mode).map_err(|error| failed(&error))?;
    }
    Output::note("watching; reload the page to see what changed, end with Ctrl-C");
    while let Ok(event) = events.recv() {
        match event {
            Event::Interrupted => break,
            Event::Changed if !is_quiet(&events) => break,
            Event::Failed(fault) => tell_fault(&fault),
            Event::Changed => {
                if let Err(error) = write(root, args, output) {
                    // The exit status is that of the watch.
                    let _ = error.report(output);
                    Output::note("the page is as it was; still watching");
                }
            }
        }
    }
    Ok(0)
}

/// Waits until nothing has happened for a while; false when the watch is to end.
fn is_quiet(events: &Receiver<Event>) -> bool {
    while let Ok(event) = events.recv_timeout(QUIET) {
        match event {
            Event::Interrupted => return false,
            Event::Failed(fault) => tell_fault(&fault),
            Event::Changed => {}
        }
    }
    true
}

fn tell_fault(fault: &str) {
    Output::note(&format!("not everything is watched: {fault}"));
}

/// The folders to look at, each once.
fn places(watched: &Watched) -> Vec<(PathBuf, RecursiveMode)> {
    let parents = watched.files.iter().filter_map(|file| file.parent());
    let mut parents: Vec<PathBuf> = parents.map(Path::to_owned).collect();
    parents.sort();
    parents.dedup();
    // A recursive look at a folder covers it already.
    parents.retain(|parent| !watched.folders.iter().any(|folder| parent.starts_with(folder)));
    let folders = watched.folders.iter().map(|folder| (folder.clone(), RecursiveMode::Recursive));
    folders.chain(parents.into_iter().map(|parent| (parent, RecursiveMode::NonRecursive))).collect()
}

/// Tells the watch of a change that concerns it.
fn forward(sender: &Sender<Event>, watched: &Watched, result: notify::Result<notify::Event>) {
    let event = match result {
        Ok(event) if watched.concerns(&event) => Event::Changed,
        Ok(_) => return,
        Err(error) => Event::Failed(error.to_string()),
    };
    // Nobody listens any more when the watch has ended.
    let _ = sender.send(event);
}

fn failed(error: &dyn std::error::Error) -> Error {
    Error::Watching(error.to_string())
}
