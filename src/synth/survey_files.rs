//! The made survey waves as their tools export them: Qualtrics CSV with three
//! header rows, and Microsoft Forms workbooks with real dates.

use super::NotMade;
use super::people::email;
use super::questions::Ask;
use super::sheet::{Cell, Ending, line, text, workbook};
use super::waves::{Moment, Response, Round, Signed, Sort, Wave};
use std::borrow::Cow;

/// Qualtrics' own columns: variable name, label, import id.
const QUALTRICS: [(&str, &str, &str); 17] = [
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("IPAddress", "IP Address", "ipAddress"),
    ("Progress", "Progress", "progress"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    (
        "RecipientLastName",
        "Recipient Last Name",
        "recipientLastName",
    ),
    (
        "RecipientFirstName",
        "Recipient First Name",
        "recipientFirstName",
    ),
    ("RecipientEmail", "Recipient Email", "recipientEmail"),
    (
        "ExternalReference",
        "External Data Reference",
        "externalDataReference",
    ),
    ("LocationLatitude", "Location Latitude", "locationLatitude"),
    (
        "LocationLongitude",
        "Location Longitude",
        "locationLongitude",
    ),
    (
        "DistributionChannel",
        "Distribution Channel",
        "distributionChannel",
    ),
    ("UserLanguage", "User Language", "userLanguage"),
];

/// A wave as Qualtrics exports it, times in `zone`.
pub(super) fn qualtrics(wave: &Wave, round: &Round, zone: &str) -> Vec<u8> {
    let mut out = String::new();
    let questions = || wave.questions.iter().zip(1..);
    let names = questions().map(|(_, nth)| Cow::Owned(format!("Q{nth}")));
    let own = QUALTRICS.map(|(name, _, _)| Cow::Borrowed(name));
    line(&mut out, Ending::Feed, own.into_iter().chain(names));
    let texts = questions().map(|(ask, _)| Cow::Borrowed(ask.text()));
    let own = QUALTRICS.map(|(_, label, _)| Cow::Borrowed(label));
    line(&mut out, Ending::Feed, own.into_iter().chain(texts));
    let ids = questions().map(|(ask, nth)| match ask {
        Ask::Comment => Cow::Owned(format!("{{\"ImportId\":\"QID{nth}_TEXT\"}}")),
        _ => Cow::Owned(format!("{{\"ImportId\":\"QID{nth}\"}}")),
    });
    let own = QUALTRICS.map(|(_, _, id)| {
        Cow::Owned(if id.ends_with("Date") {
            format!("{{\"ImportId\":\"{id}\",\"timeZone\":\"{zone}\"}}")
        } else {
            format!("{{\"ImportId\":\"{id}\"}}")
        })
    });
    line(&mut out, Ending::Feed, own.into_iter().chain(ids));
    for (nth, response) in round.responses.iter().enumerate() {
        let answers = response.answers.iter().map(|a| Cow::Borrowed(a.as_ref()));
        let own = qualtrics_own(wave, response, nth);
        line(&mut out, Ending::Feed, own.into_iter().chain(answers));
    }
    out.into_bytes()
}

fn qualtrics_own(wave: &Wave, response: &Response, nth: usize) -> [Cow<'static, str>; 17] {
    let reference = match response.signed {
        Signed::Number(number) => format!("E{number}"),
        Signed::OtherCase(number) => format!("e{number}"),
        Signed::Padded(number) => format!("E{number} "),
        Signed::Nobody => String::new(),
    };
    let (status, channel) = match (response.sort, response.signed) {
        (Sort::Preview, _) => ("Survey Preview", "preview"),
        (Sort::Test, _) => ("Survey Test", "test"),
        (_, Signed::Nobody) => ("IP Address", "anonymous"),
        _ => ("IP Address", "email"),
    };
    let finished = response.sort != Sort::Unfinished;
    let recorded = iso(response.completed);
    let taken = response
        .completed
        .second
        .saturating_sub(response.began.second);
    [
        iso(response.began).into(),
        recorded.clone().into(),
        status.into(),
        // 192.0.2.0/24 is set aside for documentation (RFC 5737).
        format!("192.0.2.{}", nth % 250 + 1).into(),
        if finished { "100" } else { "35" }.into(),
        taken.to_string().into(),
        if finished { "True" } else { "False" }.into(),
        recorded.into(),
        format!("R_{}{nth:07}", wave.name.replace('-', "")).into(),
        "".into(),
        "".into(),
        "".into(),
        reference.into(),
        "".into(),
        "".into(),
        channel.into(),
        "EN-GB".into(),
    ]
}

fn iso(moment: Moment) -> String {
    let (hour, rest) = (moment.second / 3_600, moment.second % 3_600);
    let (minute, second) = (rest / 60, rest % 60);
    format!("{} {hour:02}:{minute:02}:{second:02}", moment.day.iso())
}

/// A wave as Microsoft Forms exports it.
///
/// # Errors
/// Where there are more rows than a sheet holds.
pub(super) fn forms(wave: &Wave, round: &Round) -> Result<Vec<u8>, NotMade> {
    const OWN: [&str; 5] = ["ID", "Start time", "Completion time", "Email", "Name"];
    workbook("Sheet1", wave.closes, |sheet| {
        let texts = wave.questions.iter().map(|ask| text(ask.text()));
        sheet.row(OWN.map(text).into_iter().chain(texts))?;
        for (response, id) in round.responses.iter().zip(1_u32..) {
            let address = match response.signed {
                Signed::Number(number) => email(number),
                Signed::OtherCase(number) => email(number).to_uppercase(),
                Signed::Padded(number) => format!(" {} ", email(number)),
                Signed::Nobody => "anonymous".to_owned(),
            };
            let own = [
                Cell::Number(f64::from(id)),
                Cell::Moment(response.began.day, response.began.second),
                Cell::Moment(response.completed.day, response.completed.second),
                text(address),
                Cell::Blank,
            ];
            let answers = response.answers.iter().map(|answer| text(answer.clone()));
            sheet.row(own.into_iter().chain(answers))?;
        }
        Ok(())
    })
}
