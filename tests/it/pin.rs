//! Named snapshots in the top-level `snapshots/`, one question each.

/// Compares `rendered` with `snapshots/<view>/<subject>.snap`.
///
/// `question` is shown above the snapshot in review: say what a reader should
/// check, not what the code does.
pub(crate) fn pin(view: &str, subject: &str, question: &str, rendered: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("../../snapshots/{view}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(question);
    settings.bind(|| insta::assert_snapshot!(subject, rendered));
}
