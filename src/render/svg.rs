//! SVG: static pictures, for places that show no HTML.
//!
//! A picture is one file, without links to others, light or dark as the reader's screen
//! is. What a colour tells stands in a number, a sign or a line style too, and the whole
//! of a clipped name in a title. Everything from a document or a record is sanitised
//! before it is escaped.
//!
//! In:  a [`Report`].
//! Out: one SVG document.
//! Not here: what the pictures tell (`report`), the page that holds them (`html`).

mod figures;
mod label;
mod lineage;
mod reuse_map;

use crate::report::Report;
use std::io;
use std::io::Write;

/// How pictures look, in a file of their own and in a page.
pub(crate) const STYLE: &str = include_str!("../../templates/picture/picture.css");

/// What every picture begins with, by which an earlier one is known.
pub const BEGINNING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" class="picture""#;

/// A picture of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// How much wording each two outlets share.
    ReuseMap,
    /// Which documents carry the same passages, over time.
    Lineage,
    /// What the documents say on the same questions.
    Figures,
}

/// Writes one picture.
///
/// ```
/// use provenance::render::svg;
/// use provenance::render::svg::Picture;
/// use provenance::report::Report;
///
/// let mut picture = Vec::new();
/// svg::write(&mut picture, &Report::default(), Picture::ReuseMap)?;
///
/// assert!(picture.starts_with(b"<svg "));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, report: &Report, picture: Picture) -> io::Result<()> {
    let drawn = match picture {
        Picture::ReuseMap => reuse_map::draw(report, Some(STYLE)),
        Picture::Lineage => lineage::draw(report, Setting::File),
        Picture::Figures => figures::draw(report, Some(STYLE)),
    };
    writeln!(out, "{drawn}")
}

/// The lineage graph for a page that has [`STYLE`], with links to the documents `#doc-N`.
pub(crate) fn lineage_in_page(report: &Report) -> String {
    lineage::draw(report, Setting::Page)
}

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    File,
    Page,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse;
    use crate::corpus::Document;
    use crate::policy::Policy;
    use crate::span::DocId;

    /// Names that would act, hide or end something in a picture.
    const HOSTILE: [&str; 3] =
        ["<script>alert(1)</script>", "]]></title></style>&amp;\"'", "a\u{202e}b\u{200b}\u{0}"];

    #[test]
    fn what_is_hostile_is_inert_and_visible_in_every_picture() {
        let text = "The harbour board voted on Tuesday to close the northern pier for eleven \
            months while divers replace its rusted piles, a step that shipowners had resisted.";
        let mut documents = Vec::new();
        for (id, name) in (0..).zip(HOSTILE) {
            let source = text.replace("eleven", ["eleven", "nine", "eleven"][id as usize]);
            let mut document = Document::unrecorded(DocId(id), name, source);
            document.outlet = Some(name.to_owned());
            documents.push(document);
        }
        let policy = Policy::default();
        let analysis = analyse(&documents, &policy);
        let report = analysis.report(&documents, &policy, Vec::new());
        for picture in [Picture::ReuseMap, Picture::Lineage, Picture::Figures] {
            let mut out = Vec::new();
            write(&mut out, &report, picture).unwrap();
            let svg = String::from_utf8(out).unwrap();

            assert!(svg.contains("&#60;script&#62;"), "{picture:?}");
            assert!(svg.contains("‹U+202E›b‹U+200B›‹U+0000›"), "{picture:?}");
            assert!(!svg.contains("<script") && !svg.contains("]]>"), "{picture:?}");
            assert_eq!(svg.matches("</style>").count(), 1, "{picture:?}");
        }
    }
}
