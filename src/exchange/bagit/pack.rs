//! Packing: a bag by RFC 8493 with the documents as payload and the records as tag
//! files.
//!
//! In:  [`Holding`]s.
//! Out: the files of the bag.

use crate::corpus::Content;
use crate::corpus::Digest;
use crate::corpus::Item;
use crate::corpus::When;
use crate::exchange::Holding;
use crate::exchange::bagit::PAYLOAD;
use crate::exchange::bagit::name;
use crate::exchange::document;
use crate::exchange::file;
use crate::exchange::inside;
use std::fmt::Write as _;

/// The element of `bag-info.txt` that says that records came along, and in which
/// version of their schema.
pub const RECORDS: &str = "Provenance-Record-Schema";

/// The files of the bag. Without `dated` it states no day, so that the same corpus
/// gives the same bag.
pub fn bag(holdings: &[Holding], dated: Option<When>) -> Vec<Item> {
    let payload = Item { path: PAYLOAD.to_owned(), content: Content::Folder };
    let mut items = vec![payload];
    let mut manifest = String::new();
    let (mut bytes, mut files) = (0, 0);
    for holding in holdings {
        let record = &holding.record;
        let path = format!("{PAYLOAD}/{}", inside(&record.path));
        let spelled = name::encode(&path);
        if let Some(item) = document(record, path) {
            let _ = writeln!(manifest, "{}  {spelled}", record.hash.sha256);
            bytes += record.hash.bytes;
            files += 1;
            items.push(item);
        }
    }
    let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    let mut tags = vec![
        ("bag-info.txt".to_owned(), info(dated, bytes, files)),
        ("bagit.txt".to_owned(), declaration.to_owned()),
        ("manifest-sha256.txt".to_owned(), manifest),
    ];
    tags.extend(holdings.iter().map(|holding| (holding.place.clone(), holding.source.clone())));
    tags.sort();
    let mut list = String::new();
    for (path, text) in &tags {
        let _ = writeln!(list, "{}  {}", Digest::of(text.as_bytes()), name::encode(path));
    }
    tags.push(("tagmanifest-sha256.txt".to_owned(), list));
    items.extend(tags.into_iter().map(|(path, text)| file(path, text.into_bytes())));
    items.sort_by(|left, right| left.path.cmp(&right.path));
    items
}

fn info(dated: Option<When>, bytes: u64, files: u64) -> String {
    let dated = dated.map_or_else(String::new, |when| format!("Bagging-Date: {}\n", when.day()));
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "Bag-Software-Agent: provenance {version}\n{dated}External-Description: Source documents, \
         and for each a record in manifests/\nPayload-Oxum: {bytes}.{files}\n{RECORDS}: {}\n",
        crate::corpus::record::SCHEMA
    )
}
