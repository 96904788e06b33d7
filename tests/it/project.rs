//! A project in a temporary folder, for tests that write and damage files.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use provenance::corpus;
use provenance::corpus::AddRequest;
use provenance::corpus::Loaded;
use provenance::corpus::Options;
use provenance::corpus::Verification;
use provenance::finding::Finding;
use provenance::finding::Rule;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use tempfile::TempDir;

/// When everything in these tests happens.
pub(crate) const NOW: jiff::Timestamp = jiff::Timestamp::constant(1_762_768_800, 0);

/// A project in a temporary folder.
pub(crate) struct Project {
    root: PathBuf,
    /// Removed with the project, unless it lies in a folder of the caller's.
    _folder: Option<TempDir>,
}

impl Project {
    /// An empty project.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = Self::at(folder.path().to_owned());
        Self { _folder: Some(folder), ..project }
    }

    /// An empty project in a folder that is made for it.
    pub(crate) fn at(root: PathBuf) -> Self {
        fs::create_dir_all(&root).unwrap();
        corpus::init(&root).unwrap();
        Self { root, _folder: None }
    }

    /// A project with documents, all recorded.
    pub(crate) fn with(documents: &[(&str, &[u8])]) -> Self {
        let project = Self::new();
        for (path, content) in documents {
            project.write(path, content);
            project.add(path);
        }
        project
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), content).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{from} is not in {text}");
        self.write(path, text.replace(from, to));
    }

    pub(crate) fn add(&self, path: &str) {
        let request = AddRequest { path: path.into(), ..AddRequest::default() };
        corpus::add(self.root(), &request, NOW).unwrap();
    }

    pub(crate) fn verify(&self) -> Verification {
        let verification = corpus::verify(self.root(), &Options::default(), &|_, _| {}).unwrap();
        assert!(verification.counts.adds_up(), "{:?}", verification.counts);
        verification
    }

    pub(crate) fn load(&self, options: &Options) -> Loaded {
        corpus::load(self.root(), options, &|_, _| {}).unwrap()
    }

    /// What a check finds, as rule codes and messages.
    pub(crate) fn told(&self) -> Vec<String> {
        told(&self.verify().findings)
    }
}

/// Rule codes and messages, in order.
pub(crate) fn told(findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| format!("{} {}", finding.rule.info().code, finding.message);
    findings.iter().map(line).collect()
}

/// The one finding of a rule.
pub(crate) fn the(verification: &Verification, rule: Rule) -> &Finding {
    let mut found = verification.findings.iter().filter(|finding| finding.rule == rule);
    let first = found.next().unwrap_or_else(|| panic!("{:#?}", told(&verification.findings)));
    assert_eq!(found.next(), None, "{rule:?} is told twice");
    first
}
