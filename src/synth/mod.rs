//! A made study: staff, surveys, register and invitations of an organisation
//! that does not exist, with known truths and known defects. Made with a seed
//! and nothing else: no clock, no file, no network; the same bytes each time.

mod chance;
mod lists;
mod people;
mod places;
mod questions;
mod readme;
mod sheet;
mod staff_list;
mod survey_files;
mod truths;
mod waves;

pub use truths::{AS_AT, DEFECTS, Defects, LIST_FROM, TRUTHS, Truths, WaveDefects};

use chance::Chance;
use people::Person;
use questions::{Ask, QUESTIONS, SHORT};
use staywise_core::domain::Day;
use waves::{Round, Tool, Wave};

/// How large the study is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// People in the staff list, leavers included.
    pub staff: u32,
    /// Survey responses after cleaning, over all waves; fewer where not so
    /// many people are in post.
    pub responses: u32,
}

impl Default for Size {
    /// The sample: 1,200 staff over three years, 1,800 responses.
    fn default() -> Self {
        Self {
            staff: 1_200,
            responses: 1_800,
        }
    }
}

impl Size {
    /// From this many staff on, the study is made to measure speed: one staff
    /// list of 14 columns and four Qualtrics waves of 25, nothing else.
    pub const LARGE: u32 = 20_000;

    fn is_large(self) -> bool {
        self.staff >= Self::LARGE
    }
}

/// The seed of the sample in `sample-data/`: the first from 2026 on with which
/// every planted truth lies inside its 95% interval.
pub const SEED: u64 = 2_027;

/// One file of the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeFile {
    /// Its name in the study's folder.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A study that cannot be made: more staff than a sheet has rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotMade(String);

impl std::fmt::Display for NotMade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the study cannot be made: {}", self.0)
    }
}

impl std::error::Error for NotMade {}

/// Makes a study: the staff list, four quarterly waves, and, unless it is
/// large, the register, the lists of those invited, two files that are no data
/// and a README that says what is true and what is spoilt.
///
/// # Errors
/// `NotMade` where a workbook would have more rows than Excel allows.
pub fn make(size: &Size, seed: u64) -> Result<Vec<MadeFile>, NotMade> {
    let people = people::people(size.staff, seed);
    let columns: &[staff_list::Column] = if size.is_large() {
        &staff_list::SHORT
    } else {
        &staff_list::ALL
    };
    let mut files = vec![MadeFile {
        path: "staff-list.xlsx".to_owned(),
        bytes: staff_list::write(&people, columns)?,
    }];
    let mut chance = Chance::new(seed, 2);
    for (nth, wave) in waves(*size).iter().enumerate() {
        let round = wave.run(&people, share(size.responses, nth), &mut chance);
        add_wave(wave, &round, *size, &mut files)?;
    }
    if !size.is_large() {
        add_lists(&people, seed, &mut files);
        files.push(MadeFile {
            path: "README.md".to_owned(),
            bytes: readme::write(size, &files).into_bytes(),
        });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// A quarter of the responses; the last wave takes what is left over.
fn share(responses: u32, nth: usize) -> usize {
    let part = responses / 4;
    let share = if nth == 3 { responses - 3 * part } else { part };
    usize::try_from(share).unwrap_or(0)
}

/// The four waves. In the sample the first and third are Microsoft Forms, the
/// others Qualtrics; the third runs on into the next quarter, as a wave is not
/// a period.
fn waves(size: Size) -> Vec<Wave> {
    let zones = ["", "America/Denver", "", "Europe/London"];
    let days = [
        ((2025, 9, 1), 26),
        ((2025, 11, 17), 26),
        ((2026, 3, 9), 31),
        ((2026, 5, 18), 26),
    ];
    let plans = DEFECTS.waves.into_iter().zip(zones).zip(days).enumerate();
    plans
        .map(|(nth, ((defects, zone), ((year, month, day), length)))| {
            let opens = Day::from_ymd(year, month, day).unwrap_or(AS_AT);
            let tool = match zone {
                _ if size.is_large() => Tool::Qualtrics("Europe/London"),
                "" => Tool::Forms,
                zone => Tool::Qualtrics(zone),
            };
            Wave {
                name: defects.wave,
                tool,
                opens,
                closes: opens.plus(length - 1),
                questions: questionnaire(size, nth, tool),
                defects,
            }
        })
        .collect()
}

fn questionnaire(size: Size, nth: usize, tool: Tool) -> Vec<Ask> {
    if size.is_large() {
        return SHORT.to_vec();
    }
    let mut questions = QUESTIONS.to_vec();
    let before_comment = questions.len() - 1;
    if nth == 1 {
        let again = [Ask::ConfidenceAgain; DEFECTS.same_question];
        questions.splice(before_comment..before_comment, again);
    }
    if tool == Tool::Forms {
        questions.insert(before_comment, Ask::Helped);
    }
    questions
}

fn add_wave(
    wave: &Wave,
    round: &Round,
    size: Size,
    files: &mut Vec<MadeFile>,
) -> Result<(), NotMade> {
    let (path, bytes) = match wave.tool {
        Tool::Qualtrics(zone) => (
            format!("feedback-{}-qualtrics.csv", wave.name),
            survey_files::qualtrics(wave, round, zone),
        ),
        Tool::Forms => (
            format!("feedback-{}-forms.xlsx", wave.name),
            survey_files::forms(wave, round)?,
        ),
    };
    files.push(MadeFile { path, bytes });
    if !size.is_large() {
        files.push(MadeFile {
            path: format!("invited-{}.csv", wave.name),
            bytes: lists::invited(wave, round),
        });
    }
    Ok(())
}

/// The length of the lock file that Excel leaves beside an open workbook.
const LOCK_FILE_LENGTH: usize = 165;

fn add_lists(people: &[Person], seed: u64, files: &mut Vec<MadeFile>) {
    files.push(MadeFile {
        path: "preceptorship-register.csv".to_owned(),
        bytes: lists::register(people, seed),
    });
    files.push(MadeFile {
        path: "~$staff-list.xlsx".to_owned(),
        bytes: vec![b' '; LOCK_FILE_LENGTH],
    });
    let first_wave = files.iter().find(|file| file.path.contains("feedback-"));
    if let Some(copy) = first_wave.map(|file| MadeFile {
        path: format!("copy of {}", file.path),
        bytes: file.bytes.clone(),
    }) {
        files.push(copy);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Size, make};

    fn paths(size: &Size) -> Vec<String> {
        make(size, 1).unwrap().into_iter().map(|f| f.path).collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_bytes() {
        let size = Size {
            staff: 300,
            responses: 200,
        };
        assert_eq!(make(&size, 5), make(&size, 5));
        assert_ne!(make(&size, 5), make(&size, 6));
    }

    #[test]
    fn a_small_study_is_whole_however_small() {
        for (staff, responses) in [(0, 0), (1, 100), (12, 40)] {
            let size = Size { staff, responses };
            assert_eq!(paths(&size).len(), 13, "{size:?}");
        }
    }

    #[test]
    fn a_large_study_is_one_list_and_four_waves() {
        let size = Size {
            staff: Size::LARGE,
            responses: 2_000,
        };
        let paths = paths(&size);
        assert_eq!(paths.len(), 5, "{paths:?}");
        assert_eq!(
            paths
                .iter()
                .filter(|p| p.ends_with("qualtrics.csv"))
                .count(),
            4
        );
    }
}
