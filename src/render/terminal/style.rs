//! Colours by meaning, and none at all when the output is not a terminal.

use crate::finding::Severity;
use anstyle::AnsiColor;
use anstyle::Style;

/// How the output looks: decided by `cli`, obeyed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to write colour codes.
    pub colour: bool,
    /// Width of the output in columns.
    pub width: usize,
}

/// What a piece of output is, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Error,
    Warning,
    Note,
    Strong,
    Dim,
    Mark,
    Help,
}

impl Role {
    pub(crate) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Error => AnsiColor::Red.on_default().bold(),
            Self::Warning => AnsiColor::Yellow.on_default().bold(),
            Self::Note => AnsiColor::Cyan.on_default().bold(),
            Self::Strong => Style::new().bold(),
            Self::Dim => AnsiColor::BrightBlack.on_default(),
            Self::Mark => AnsiColor::Magenta.on_default().bold(),
            Self::Help => AnsiColor::Green.on_default(),
        }
    }
}

impl Look {
    /// `text` in the colour of its role, or unchanged without colour.
    pub(crate) fn paint(self, role: Role, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let style = role.style();
        format!("{}{text}{}", style.render(), style.render_reset())
    }
}
