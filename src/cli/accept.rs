//! Accepting findings: one with a reason (`allow`), or all that stand here when the
//! tool is taken up (`audit --update-baseline`).

use crate::analyse;
use crate::cli::args::AllowArgs;
use crate::cli::args::PolicyArgs;
use crate::cli::commands::counted;
use crate::cli::commands::gather;
use crate::cli::error::Error;
use crate::cli::model::with_model;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::cli::records::now;
use crate::corpus;
use crate::corpus::Document;
use crate::finding::Rule;
use crate::policy::Acceptance;
use crate::policy::BASELINE;
use crate::policy::Baseline;
use crate::policy::Judged;
use crate::policy::Level;
use crate::policy::Policy;
use crate::policy::Profile;
use crate::policy::WAIVERS;
use crate::policy::Waiver;
use crate::policy::baseline::Known;
use crate::policy::is_waivable;
use crate::policy::paths_of;
use crate::policy::rule_with_level;
use crate::policy::waiver;
use crate::render::sanitize::line;
use crate::report::Report;
use crate::span::Position;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// What a new `waivers.toml` begins with.
const WAIVERS_HEAD: &str = "\
# Findings that an editor has looked at and accepted. `provenance allow` adds an entry;
# it lapses when the wording changes or its last day has passed.
";

/// Today, by the clock of this machine and in UTC, so that a run in another time zone
/// on the same day says the same.
pub(crate) fn today() -> Date {
    now().to_zoned(TimeZone::UTC).date()
}

impl PolicyArgs {
    /// The policy of this run: the settings, for this kind of run unless another is
    /// named, and what the arguments change.
    pub(crate) fn of(&self, settings: Policy, profile: Profile) -> Result<Policy, Error> {
        let mut policy = settings.in_profile(self.profile.unwrap_or(profile));
        policy.today = Some(self.today.unwrap_or_else(today));
        policy.levels.forced = self.levels()?;
        Ok(policy)
    }

    /// The level of each rule that is named.
    fn levels(&self) -> Result<BTreeMap<Rule, Level>, Error> {
        use crate::finding::Severity;

        let named = [
            (&self.deny, Level::Report(Severity::Error)),
            (&self.warn, Level::Report(Severity::Warning)),
            (&self.allow, Level::Allow),
        ];
        let mut levels = BTreeMap::new();
        for (rule, level) in named
            .into_iter()
            .flat_map(|(rules, level)| rules.iter().map(move |rule| (*rule, level)))
        {
            if levels.insert(rule, level).is_some_and(|other| other != level) {
                let code = rule.info().code;
                return Err(Error::usage(
                    format!("{code} has two levels on this command line"),
                    "name each rule with one of --deny, --warn and --allow",
                ));
            }
        }
        Ok(levels)
    }
}

pub(crate) fn allow(root: Option<&Path>, args: &AllowArgs, output: &Output) -> Result<u8, Error> {
    let mut project = Root::find(root)?;
    let today = args.today.unwrap_or_else(today);
    if let Some(until) = args.until.filter(|until| *until < today) {
        return Err(Error::usage(format!("{until} has passed"), "give a day to come"));
    }
    project.policy = with_model(&project.path, project.policy)?;
    project.policy.today = Some(today);
    let wanted = Wanted::read(&args.finding, root, &project)?;
    let drafts = match &wanted {
        Wanted::At { draft: Some(draft), .. } if args.drafts.is_empty() => vec![draft.clone()],
        _ => args.drafts.clone(),
    };
    let loaded = gather(root, &project, (&drafts, args.published))?;
    let analysis = analyse(&loaded.documents, &project.policy);
    let report =
        analysis.report(&loaded.documents, &project.policy, loaded.verification.findings.clone());
    let judged = wanted.among(&report, &args.finding)?;
    check(judged, &project.policy)?;
    let new = Waiver {
        finding: judged.fingerprint.to_string(),
        rule: judged.finding.rule,
        paths: paths_of(&judged.finding, &loaded.documents)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        message: judged.finding.message.clone(),
        reason: args.reason.to_string(),
        by: args.by.as_ref().map(ToString::to_string),
        until: args.until,
        position: Position { line: 0, column: 0 },
        excerpt: String::new(),
    };
    corpus::change_settings(&project.path, WAIVERS, |old| extended(old, &new))?;
    output.write(|out, _| {
        let info = new.rule.info();
        let until = new.until.map_or_else(
            || "until its wording changes".to_owned(),
            |until| format!("until {until}, or until its wording changes"),
        );
        writeln!(
            out,
            "{} {} {}: accepted {until}",
            info.code,
            info.slug,
            judged.fingerprint.short()
        )?;
        writeln!(out, "  {}", line(&new.message))?;
        writeln!(out, "  recorded in {WAIVERS}")
    })?;
    Ok(0)
}

/// The text of `waivers.toml` with one entry more, and otherwise as it was.
fn extended(old: Option<String>, new: &Waiver) -> Result<String, Error> {
    let mut text = old.unwrap_or_else(|| WAIVERS_HEAD.to_owned());
    let before = waiver::read(&text).map_or(0, |waivers| waivers.len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&new.entry());
    match waiver::read(&text) {
        Ok(waivers) if waivers.len() == before + 1 => Ok(text),
        _ => Err(Error::usage(
            format!("an entry cannot be added to `{WAIVERS}`"),
            "write each waiver as a table of its own: [[waiver]]",
        )),
    }
}

/// What the user calls a finding.
enum Wanted {
    /// The first digits of its fingerprint.
    Digits(String),
    /// Its rule and one of the files that it shows.
    At {
        rule: Rule,
        path: String,
        /// The file, when it is no part of the corpus.
        draft: Option<PathBuf>,
    },
}

impl Wanted {
    fn read(name: &str, root: Option<&Path>, project: &Root) -> Result<Self, Error> {
        if let Some((rule, typed)) = name.split_once(':') {
            let rule = rule_with_level(rule)
                .map_err(|message| Error::usage(message, "list all rules: provenance explain"))?;
            let path = project.named(root, Path::new(typed));
            let kept = path.starts_with("corpus/") || path.starts_with("manifests/");
            let draft = (!kept && project.path.join(&path).is_file()).then(|| PathBuf::from(typed));
            return Ok(Self::At { rule, path, draft });
        }
        let digits = name.to_lowercase();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::usage(
                format!("`{name}` names no finding"),
                "give the digits that audit shows behind `= finding`, or RULE:PATH",
            ));
        }
        Ok(Self::Digits(digits))
    }

    /// The one finding of the report that is meant.
    fn among<'r>(&self, report: &'r Report, name: &str) -> Result<&'r Judged, Error> {
        let accepted = report.waived.iter().map(|waived| &waived.judged);
        let all = report.findings.iter().chain(accepted);
        let found: Vec<&Judged> =
            all.filter(|judged| self.is_meant(judged, report.documents)).collect();
        match found.as_slice() {
            [only] => Ok(only),
            [] => Err(Error::usage(
                format!("no finding is called `{name}`"),
                "list them: provenance audit --all, with the draft if it is about one",
            )),
            several => {
                let shorts: Vec<&str> =
                    several.iter().map(|judged| judged.fingerprint.short()).collect();
                Err(Error::usage(
                    format!("`{name}` names {} findings: {}", several.len(), shorts.join(", ")),
                    "give the digits of one of them",
                ))
            }
        }
    }

    fn is_meant(&self, judged: &Judged, documents: &[Document]) -> bool {
        match self {
            Self::Digits(digits) => judged.fingerprint.as_str().starts_with(digits),
            Self::At { rule, path, .. } => {
                judged.finding.rule == *rule
                    && paths_of(&judged.finding, documents).contains(&path.as_str())
            }
        }
    }
}

/// Whether a new waiver of the finding makes sense.
fn check(judged: &Judged, policy: &Policy) -> Result<(), Error> {
    let info = judged.finding.rule.info();
    if !is_waivable(judged.finding.rule) {
        return Err(Error::usage(
            format!("{} {} cannot be waived: it is settled where it stands", info.code, info.slug),
            judged.finding.help.clone(),
        ));
    }
    let known = |waiver: &&Waiver| waiver.finding == judged.fingerprint.as_str();
    if let Some(waiver) = policy.waivers.iter().find(known) {
        return Err(Error::usage(
            format!("`{WAIVERS}` line {} names this finding already", waiver.position.line),
            "change the entry there",
        ));
    }
    Ok(())
}

/// Writes `baseline.toml` anew: what is found now, and what this run could not find.
pub(crate) fn update_baseline(
    root: &Path,
    policy: &Policy,
    found: &Report,
) -> Result<Baseline, Error> {
    let listed = found.waived.iter().filter(|waived| waived.by == Acceptance::Baseline);
    let listed = listed.map(|waived| &waived.judged);
    let open = found.findings.iter().filter(|judged| is_waivable(judged.finding.rule));
    let known = |judged: &Judged| Known {
        path: paths_of(&judged.finding, found.documents)[0].to_owned(),
        rule: judged.finding.rule,
        finding: judged.fingerprint.to_string(),
    };
    let new = Baseline { known: open.chain(listed).map(known).collect() };
    let (added, gone) = (
        new.known.difference(&policy.baseline.known).count(),
        policy.baseline.known.difference(&new.known).count(),
    );
    corpus::change_settings(root, BASELINE, |_| Ok::<_, Error>(new.spelled()))?;
    // On stderr, so that the form of the output stays whole.
    Output::note(&format!(
        "{BASELINE}: {}, {added} new and {gone} gone",
        counted(new.known.len(), "finding")
    ));
    Ok(new)
}
