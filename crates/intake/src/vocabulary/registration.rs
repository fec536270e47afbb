//! What a registration number tells without its holder: of an NMC PIN the
//! month of registration, the country and whether somebody returned to
//! practice; of an HCPC number the profession. Keeps no number, and guesses
//! nothing of one that is not well formed.
//!
//! source: an NMC PIN is two figures of the year, a letter for the month (A
//! to L; Y for a return to practice), four figures, and a letter for where
//! the holder qualified (E, S, W, I; O overseas), in either case. HCPC numbers
//! begin with the letters of the profession, as the HCPC's register has them.

use super::text;
use staywise_core::domain::Day;

/// What a number tells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Registration {
    /// The first day of the month of registration.
    pub month: Option<Day>,
    /// Where the holder qualified: a nation, or `Overseas`.
    pub country: Option<&'static str>,
    /// Whether the holder returned to practice; nothing where the number
    /// cannot tell.
    pub returned: Option<bool>,
    /// The profession, of an HCPC number.
    pub profession: Option<&'static str>,
}

/// Where the holder of a PIN qualified, by its last letter.
const COUNTRIES: [(char, &str); 5] = [
    ('E', "England"),
    ('S', "Scotland"),
    ('W', "Wales"),
    ('I', "Northern Ireland"),
    ('O', "Overseas"),
];

/// Letters before an HCPC number and the profession, longest first.
const PROFESSIONS: [(&str, &str); 15] = [
    ("HAD", "Hearing aid dispenser"),
    ("ODP", "Operating department practitioner"),
    ("PYL", "Practitioner psychologist"),
    ("AS", "Arts therapist"),
    ("BS", "Biomedical scientist"),
    ("CH", "Chiropodist or podiatrist"),
    ("CS", "Clinical scientist"),
    ("DT", "Dietitian"),
    ("OR", "Orthoptist"),
    ("OT", "Occupational therapist"),
    ("PA", "Paramedic"),
    ("PH", "Physiotherapist"),
    ("PO", "Prosthetist or orthotist"),
    ("RA", "Radiographer"),
    ("SL", "Speech and language therapist"),
];

/// Reads a number; nothing where it is no PIN and no HCPC number. A year of
/// two figures that would lie after `latest` is of the last century.
#[must_use]
pub fn read(number: &str, latest: Day) -> Option<Registration> {
    let plain: String = text::tidy(number)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect::<String>()
        .to_uppercase();
    nmc(&plain, latest).or_else(|| hcpc(&plain))
}

fn nmc(pin: &str, latest: Day) -> Option<Registration> {
    let letters: Vec<char> = pin.chars().collect();
    let [y1, y2, month, n1, n2, n3, n4, country] = letters.as_slice() else {
        return None;
    };
    let figures = [n1, n2, n3, n4].iter().all(|c| c.is_ascii_digit());
    let year = y1.to_digit(10)? * 10 + y2.to_digit(10)?;
    let country = COUNTRIES.iter().find(|(letter, _)| letter == country)?.1;
    if !figures {
        return None;
    }
    if *month == 'Y' {
        return Some(Registration {
            month: None,
            country: Some(country),
            returned: Some(true),
            profession: None,
        });
    }
    let month = "ABCDEFGHIJKL".find(*month)? + 1;
    let in_century = |century: u32| {
        Day::from_ymd(
            i32::try_from(century + year).ok()?,
            u32::try_from(month).ok()?,
            1,
        )
    };
    let first = in_century(2000)?;
    let latest_year = chrono::Datelike::year(&latest.date());
    let first = if first <= latest {
        first
    } else if chrono::Datelike::year(&first.date()) > latest_year {
        in_century(1900)?
    } else {
        return None;
    };
    Some(Registration {
        month: Some(first),
        country: Some(country),
        returned: Some(false),
        profession: None,
    })
}

fn hcpc(number: &str) -> Option<Registration> {
    let (prefix, profession) = PROFESSIONS
        .iter()
        .find(|(prefix, _)| number.starts_with(prefix))?;
    let figures = number.strip_prefix(prefix)?;
    let sound = (4..=6).contains(&figures.len()) && figures.bytes().all(|b| b.is_ascii_digit());
    sound.then_some(Registration {
        month: None,
        country: None,
        returned: None,
        profession: Some(profession),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Registration, read};
    use staywise_core::domain::Day;

    fn of(number: &str) -> Option<Registration> {
        read(number, Day::from_ymd(2026, 3, 31).unwrap())
    }

    #[test]
    fn t31_a_pin_tells_month_and_country() {
        let pin = of("24c1234o").unwrap();
        assert_eq!(pin.month, Day::from_ymd(2024, 3, 1));
        assert_eq!((pin.country, pin.returned), (Some("Overseas"), Some(false)));
        assert_eq!(of("98 L 0001 W").unwrap().month, Day::from_ymd(1998, 12, 1));
        assert_eq!(of("19I1234I").unwrap().country, Some("Northern Ireland"));
        let back = of("21Y1234S").unwrap();
        assert_eq!((back.month, back.returned), (None, Some(true)));
    }

    #[test]
    fn an_hcpc_number_tells_the_profession() {
        let of_number = |number: &str| of(number).and_then(|r| r.profession);
        assert_eq!(of_number("PH123456"), Some("Physiotherapist"));
        assert_eq!(of_number("pa 01234"), Some("Paramedic"));
        assert_eq!(
            of_number("ODP12345"),
            Some("Operating department practitioner")
        );
    }

    #[test]
    fn what_is_malformed_is_nothing() {
        for number in [
            "C1A1234E",
            "19M1234E",
            "19I123E",
            "19I12345E",
            "19I1234X",
            "PH",
            "PH12X456",
            "ZZ12345",
            "",
            "12345678",
            "pending",
            "26D0001E",
        ] {
            assert_eq!(of(number), None, "{number}");
        }
    }
}
