//! The corpus: what lies on disk, and whether it is what the records say.
//!
//! Documents lie in `corpus/`, one record for each in `manifests/`. A document is
//! its bytes: SHA-256 of them is its identity, and nothing here ever changes them.
//!
//! In:  a root folder, [`Options`], and the time where one is written.
//! Out: [`Verification`], [`Loaded`] documents, written records; [`Error`] when
//! the run cannot go on.
//! Not here: reading the text (`text`), levels (`policy`), printing (`render`),
//! arguments, environment and clock (`cli`).

mod add;
mod base;
mod blocks;
mod canonical;
mod changes;
mod check;
mod checksum;
mod clash;
mod comments;
mod counts;
mod deliver;
mod derived;
mod diagnose;
pub mod digest;
mod document;
mod encoding;
mod error;
mod examine;
mod facts;
mod find;
mod format;
pub mod hidden;
mod history;
mod hunk;
mod import;
mod init;
mod input;
mod judge;
mod listing;
mod load;
mod merge;
mod obstacle;
mod open;
mod pair;
pub mod path;
mod problems;
mod progress;
pub mod record;
mod refusal;
mod retire;
mod rewrite;
mod root;
mod scan;
mod seal;
mod source;
mod sources;
mod store;
mod survey;
mod target;
mod tree;
mod value;
mod verify;
mod walk;
mod when;

pub use add::AddRequest;
pub use add::Added;
pub use add::Ids;
pub use add::add;
pub use add::add_next;
pub use base::Compared;
pub(crate) use blocks::BlockFault;
pub(crate) use blocks::BlockFile;
pub(crate) use blocks::BlockWriter;
pub(crate) use blocks::Kind as BlockKind;
pub(crate) use canonical::quoted;
pub use changes::Body;
pub use changes::Changed;
pub use changes::Changes;
pub use changes::Version;
pub use changes::changes;
pub use checksum::Algorithm;
pub use checksum::Checksums;
pub use counts::Counts;
pub use deliver::Content;
pub use deliver::Item;
pub use deliver::deliver_file;
pub use deliver::deliver_folder;
pub use deliver::may_write_page;
pub use deliver::replace_file;
pub use deliver::resolved;
pub(crate) use derived::Writing;
pub(crate) use derived::open as open_derived;
pub use digest::Digest;
pub use document::Document;
pub use error::Error;
pub use examine::examine;
pub use facts::facts;
pub use format::format_records;
pub use history::ObjectId;
pub use hunk::Hunk;
pub use hunk::hunks;
pub use import::Arrival;
pub use import::Imported;
pub use import::Incoming;
pub use import::arrival_path;
pub use import::import;
pub use init::Created;
pub use init::POLICY;
pub use init::POLICY_TEMPLATE;
pub use init::init;
pub use init::init_drivers;
pub use input::Input;
pub use input::InputFault;
pub use input::Skipped;
pub use input::Spool;
pub use input::Spooled;
pub use listing::listing;
pub use load::Loaded;
pub use load::load;
pub use load::load_some;
pub use load::load_state;
pub use load::read_bytes;
pub use load::read_file;
pub use load::read_lossy;
pub use load::records;
pub use merge::Merged;
pub use merge::merge_records;
pub use obstacle::Obstacle;
pub(crate) use open::Reader;
pub(crate) use open::Sort;
pub(crate) use open::Stamp;
pub use record::Record;
pub use refusal::Refusal;
pub use retire::Withdrawal;
pub use retire::retire;
pub use rewrite::respell;
pub use root::change_settings;
pub use root::find_root;
pub use root::read_policy;
pub use root::read_record;
pub use root::read_secret;
pub use root::read_settings_of;
pub use seal::MINISIGN_SIGNATURE;
pub use seal::SEAL_NAMESPACE;
pub use seal::SSH_SIGNATURE;
pub use seal::SUMS;
pub use seal::SealOptions;
pub use seal::SealText;
pub use seal::Sealed;
pub use seal::Token;
pub use seal::Written;
pub use seal::draw_seal;
pub use seal::put_seal;
pub(crate) use survey::Survey;
pub(crate) use survey::folder_of_records;
pub(crate) use survey::list;
pub(crate) use survey::read as read_document;
pub(crate) use survey::state;
pub(crate) use survey::survey;
pub use target::Range;
pub use target::State;
pub use target::Target;
pub use tree::Kind;
pub use tree::Tree;
pub use verify::Verification;
pub use verify::verify;
pub use verify::verify_target;
pub use when::Moment;
pub use when::When;

/// Texts over this many bytes are checked and not analysed, unless told otherwise.
pub const TEXT_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// What a check looks at and asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Files and folders in `corpus/` that are no documents, relative to it, such
    /// as `README.md`. A file that has a record is never excluded.
    pub exclude: Vec<String>,
    /// Names of fields that every record must state.
    pub require: Vec<String>,
    /// Larger texts are checked and not analysed.
    pub text_bytes_max: u64,
    /// What is asked of the seal.
    pub seal: SealOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            exclude: Vec::new(),
            require: Vec::new(),
            text_bytes_max: TEXT_BYTES_MAX,
            seal: SealOptions::default(),
        }
    }
}

impl Options {
    /// Whether `path`, relative to the root, is one of the excluded, or below one.
    fn excludes(&self, path: &str) -> bool {
        let inside = path.strip_prefix(path::CORPUS).and_then(|rest| rest.strip_prefix('/'));
        inside.is_some_and(|inside| {
            self.exclude.iter().any(|excluded| {
                let rest = inside.strip_prefix(excluded.trim_end_matches('/'));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        })
    }
}
