//! The made questionnaire: what is asked, and how people answer. Wording is
//! the project's own.

use super::chance::Chance;
use super::places::{JOBS, SITES};
use super::truths::TRUTHS;
use std::borrow::Cow;

/// One question.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// Intention to stay.
    Stay,
    /// Intention to leave.
    Leave,
    /// Whether preceptorship had an influence on that.
    Influence,
    /// Belonging.
    Belonging,
    /// Quality of preceptorship.
    Quality,
    /// The preceptor's support.
    Support,
    /// Supernumerary time.
    Supernumerary,
    /// Workload.
    Workload,
    /// Confidence.
    Confidence,
    /// Confidence, asked a second time in the same words.
    ConfidenceAgain,
    /// What has helped: any number of options.
    Helped,
    /// Own ethnic group.
    Ethnic,
    /// Own staff group.
    StaffGroup,
    /// Own site.
    Site,
    /// Free text.
    Comment,
}

impl Ask {
    /// The words of the question.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Stay => "I intend to stay with this organisation for at least the next 12 months",
            Self::Leave => "I am thinking of leaving this organisation",
            Self::Influence => {
                "The quality of my preceptorship influenced whether I want to stay or leave"
            }
            Self::Belonging => "I feel that I belong in my team",
            Self::Quality => "How would you rate the quality of your preceptorship?",
            Self::Support => "My preceptor gives me the support I need",
            Self::Supernumerary => "I had the supernumerary time I was promised",
            Self::Workload => "My workload allows me to give good care",
            Self::Confidence | Self::ConfidenceAgain => "How confident do you feel in your role?",
            Self::Helped => "What has helped you most so far? (Tick all that apply)",
            Self::Ethnic => "What is your ethnic group?",
            Self::StaffGroup => "Which staff group are you in?",
            Self::Site => "Which site do you mainly work at?",
            Self::Comment => "Is there anything else you would like to tell us?",
        }
    }
}

/// The questionnaire of the sample's waves.
pub(super) const QUESTIONS: [Ask; 13] = [
    Ask::Stay,
    Ask::Leave,
    Ask::Influence,
    Ask::Belonging,
    Ask::Quality,
    Ask::Support,
    Ask::Supernumerary,
    Ask::Workload,
    Ask::Confidence,
    Ask::Ethnic,
    Ask::StaffGroup,
    Ask::Site,
    Ask::Comment,
];

/// The short questionnaire of a large study.
pub(super) const SHORT: [Ask; 8] = [
    Ask::Stay,
    Ask::Leave,
    Ask::Influence,
    Ask::Belonging,
    Ask::Quality,
    Ask::Ethnic,
    Ask::StaffGroup,
    Ask::Site,
];

/// Whoever answers, as far as the answers depend on it.
#[derive(Clone, Copy)]
pub(super) struct Answerer {
    /// Of an ethnic minority.
    pub(super) minority: bool,
    /// Label of the own ethnic category.
    pub(super) ethnic: &'static str,
    /// On the programme.
    pub(super) programme: bool,
    /// Index into `SITES`.
    pub(super) site: usize,
    /// Index into `JOBS`.
    pub(super) job: usize,
}

/// One person's answers, one a question.
pub(super) type Answers = Vec<Cow<'static, str>>;

const AGREE: [(&str, u32); 2] = [("Agree", 6), ("Strongly agree", 4)];
const NOT_AGREE: [(&str, u32); 3] = [
    ("Neither agree nor disagree", 50),
    ("Disagree", 32),
    ("Strongly disagree", 18),
];
const COMMENTS: [&str; 10] = [
    "Regular meetings made the difference.",
    "More protected time would help, please.",
    "My preceptor changed when I rotated; the handover could be better.",
    "The first weeks were busy, but the team was kind.",
    "I would like the study days \"in person\" again.",
    "Nothing to add",
    "Car parking is difficult on early shifts.\nOtherwise all fine.",
    "- clearer goals\n- more feedback",
    "The induction was well organised \u{2013} thank you!",
    "It helps to meet others who started at the same time.",
];
const HELPS: [&str; 5] = [
    "My preceptor",
    "Colleagues in my team",
    "Study days",
    "Protected time",
    "Clear goals",
];

/// Agrees with the given probability; now and then does not know, or leaves
/// the question out. The probability is among valid answers.
fn agreement(probability: f64, chance: &mut Chance) -> &'static str {
    match chance.weighed(&[9_450, 400, 150]) {
        1 => "Don't know",
        2 => "",
        _ if chance.happens(probability) => chance.pick(&AGREE),
        _ => chance.pick(&NOT_AGREE),
    }
}

/// Answers to all of `questions`.
pub(super) fn answer(questions: &[Ask], who: Answerer, chance: &mut Chance) -> Answers {
    let to_stay = if who.minority {
        TRUTHS.stay_ethnic_minority
    } else {
        TRUTHS.stay_white
    };
    let stays = agreement(to_stay, chance);
    let mut answers = Answers::with_capacity(questions.len());
    for ask in questions {
        answers.push(match ask {
            Ask::Stay => Cow::Borrowed(stays),
            Ask::Helped => Cow::Owned(helps(chance)),
            other => Cow::Borrowed(one(*other, who, stays, chance)),
        });
    }
    answers
}

fn one(ask: Ask, who: Answerer, stays: &str, chance: &mut Chance) -> &'static str {
    let favours_staying = stays == "Agree" || stays == "Strongly agree";
    let about_programme = matches!(
        ask,
        Ask::Influence | Ask::Quality | Ask::Support | Ask::Supernumerary
    );
    if about_programme && !who.programme {
        return "Not applicable";
    }
    match ask {
        Ask::Leave => agreement(if favours_staying { 0.10 } else { 0.55 }, chance),
        Ask::Influence => agreement(0.70, chance),
        Ask::Belonging => agreement(if who.minority { 0.66 } else { 0.75 }, chance),
        Ask::Support => agreement(0.74, chance),
        Ask::Workload => agreement(0.45, chance),
        Ask::Quality => chance.pick(&[
            ("Very poor", 4),
            ("Poor", 8),
            ("Fair", 20),
            ("Good", 40),
            ("Excellent", 28),
        ]),
        Ask::Supernumerary => chance.pick(&[("Yes", 62), ("No", 33), ("Don't know", 5)]),
        Ask::Confidence | Ask::ConfidenceAgain => chance.pick(&[
            ("Not at all confident", 4),
            ("Slightly confident", 14),
            ("Moderately confident", 34),
            ("Very confident", 36),
            ("Extremely confident", 12),
        ]),
        Ask::Ethnic if chance.happens(0.05) => "Prefer not to say",
        Ask::Ethnic => who.ethnic,
        Ask::StaffGroup => JOBS.get(who.job).map_or("", |job| job.group),
        Ask::Site => SITES.get(who.site).map_or("", |(name, _)| *name),
        Ask::Comment if chance.happens(0.35) => chance.pick(&COMMENTS.map(|text| (text, 1))),
        Ask::Comment | Ask::Stay | Ask::Helped => "",
    }
}

/// Some options, each followed by a semicolon, as Microsoft Forms writes them.
fn helps(chance: &mut Chance) -> String {
    let mut text = String::new();
    for option in HELPS {
        if chance.happens(0.4) {
            text.push_str(option);
            text.push(';');
        }
    }
    text
}
