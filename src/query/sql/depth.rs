//! How deep a query goes, before the engine goes down it. Only counts.

use super::{Placed, Refusal, Token};

/// How many operators may hang on one another: the engine goes down a step
/// for each, and ends the program when its stack does.
const DEEPEST: usize = 100;
/// How many joins, and how many SELECTs inside one another or side by side.
const MOST_PARTS: usize = 30;
const TOO_LONG: &str = "Write it shorter, or as several metrics.";

/// Refuses an expression or a query that the engine could not get to the
/// bottom of. Only counts: brackets add to what they stand in.
pub(super) fn too_deep(tokens: &[Placed]) -> Option<Refusal> {
    let mut levels = vec![0_usize];
    let (mut joins, mut selects) = (0, 0);
    let mut before: Option<&Placed> = None;
    for placed in tokens {
        let mut step = false;
        match &placed.token {
            Token::Sign('(') => levels.push(1),
            Token::Sign(')') if levels.len() > 1 => {
                levels.pop();
            }
            Token::Sign(',') => levels.last_mut().into_iter().for_each(|n| *n = 1),
            Token::Sign('+' | '-' | '*' | '%' | '=' | '<' | '>' | '!' | '|' | ':') => {
                step = !before.is_some_and(|b| matches!(b.token, Token::Sign('<' | '>' | '!')));
            }
            Token::Word(word) => match word.as_str() {
                "select" | "from" | "where" | "having" | "on" | "group" | "order" => {
                    selects += usize::from(word == "select");
                    levels.last_mut().into_iter().for_each(|n| *n = 1);
                }
                "join" => joins += 1,
                "and" | "or" | "not" | "when" | "in" | "is" | "like" | "between" => step = true,
                _ => {}
            },
            _ => {}
        }
        levels
            .last_mut()
            .into_iter()
            .for_each(|n| *n += usize::from(step));
        before = Some(placed);
        let deep = levels.iter().sum::<usize>() > DEEPEST;
        if deep || joins > MOST_PARTS || selects > MOST_PARTS {
            return Some(Refusal {
                line: placed.line,
                message: "so long or deep an expression".to_owned(),
                remedy: TOO_LONG,
            });
        }
    }
    None
}
