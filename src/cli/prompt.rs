//! Questions about a document, asked on a terminal only; an empty answer is "not known".

use crate::corpus::AddRequest;
use std::io::BufRead;
use std::io::IsTerminal;
use std::io::Write;
use std::str::FromStr;

/// Asks for what a newsroom needs first and the arguments did not give.
pub(crate) fn complete(request: &mut AddRequest) {
    let interactive = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !interactive || request.replace.is_some() {
        return;
    }
    ask("outlet", &mut request.outlet);
    ask("title", &mut request.title);
    ask("url", &mut request.url);
    ask("published (2025-11-07 or 2025-11-07T18:00:00+05:00)", &mut request.published);
}

/// Asks until the answer is empty or can be read.
fn ask<T: FromStr<Err: std::fmt::Display>>(what: &str, value: &mut Option<T>) {
    while value.is_none() {
        let mut answer = String::new();
        let mut stderr = std::io::stderr().lock();
        // A prompt that cannot be shown or answered is an unanswered one.
        let asked = write!(stderr, "{what}? ").and_then(|()| stderr.flush());
        if asked.is_err() || std::io::stdin().lock().read_line(&mut answer).is_err() {
            return;
        }
        let answer = answer.trim();
        if answer.is_empty() {
            return;
        }
        match answer.parse() {
            Ok(parsed) => *value = Some(parsed),
            Err(problem) => {
                let _ = writeln!(stderr, "  {problem}");
            }
        }
    }
}
