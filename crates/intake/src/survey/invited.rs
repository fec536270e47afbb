//! Who was invited to which wave.

use super::respondents::Identifiers;
use super::waves::{Named, Waves, quarter};
use crate::data::stage::{Aside, Words};
use crate::data::{Invitations, Role, Stage, Table};
use crate::vocabulary::cells::moments;
use crate::vocabulary::text;
use staywise_core::domain::{Day, Severity};

/// An invitation before its wave has a number.
struct Invitation {
    wave: String,
    on: Option<Day>,
    identity: crate::data::workforce::Identity,
}

/// All invitations; the waves with those that only have invitations; and each
/// response's wave among them.
pub(super) fn add(
    invited: &[&Table],
    waves: Waves,
    as_at: Day,
    stage: &mut Stage,
) -> (Vec<String>, Vec<u32>, Invitations) {
    let mut read = Vec::new();
    for table in invited {
        read.extend(of_table(table, &waves, as_at, stage));
    }
    let mut named: Vec<(Day, String)> = waves
        .medians
        .iter()
        .copied()
        .zip(waves.names.iter().cloned())
        .collect();
    for invitation in &read {
        let key = text::fold(&invitation.wave);
        if !named.iter().any(|(_, name)| text::fold(name) == key) {
            named.push((invitation.on.unwrap_or(as_at), invitation.wave.clone()));
        }
    }
    named.sort();
    let keys: Vec<String> = named.iter().map(|(_, name)| text::fold(name)).collect();
    let place = |name: &str| {
        let key = text::fold(name);
        let at = keys.iter().position(|k| *k == key);
        at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
    };
    let moved: Vec<u32> = waves.names.iter().map(|name| place(name)).collect();
    let of = waves
        .of
        .iter()
        .map(|w| moved.get(*w as usize).copied().unwrap_or(0))
        .collect();
    let mut invitations = Invitations::default();
    let mut last: Option<(String, u32)> = None;
    for invitation in read {
        let wave = match &last {
            Some((name, wave)) if *name == invitation.wave => *wave,
            _ => place(&invitation.wave),
        };
        last = Some((invitation.wave, wave));
        invitations.wave.push(wave);
        invitations.invited_on.push(invitation.on);
        invitations.identities.push(invitation.identity);
    }
    (
        named.into_iter().map(|(_, name)| name).collect(),
        of,
        invitations,
    )
}

fn of_table(table: &Table, waves: &Waves, as_at: Day, stage: &mut Stage) -> Vec<Invitation> {
    let named = Named::of(table);
    let identifiers = Identifiers::new(table);
    let dates = table.column(&Role::InvitedOn).map(|c| (c, moments(c)));
    let on = |row: usize| {
        let (column, values) = dates.as_ref()?;
        values.get(*column.cells.codes.get(row)? as usize)?.day()
    };
    let (mut late, mut nobody, mut waveless) =
        (Aside::default(), Aside::default(), Aside::default());
    let mut read = Vec::with_capacity(table.rows());
    for row in 0..table.rows() {
        let (identity, on) = (identifiers.at(row), on(row));
        if on.is_some_and(|on| on > as_at) {
            late.add(row);
            continue;
        }
        if identity == crate::data::workforce::Identity::default() {
            nobody.add(row);
            continue;
        }
        let Some(wave) = named
            .at(row)
            .map(str::to_owned)
            .or_else(|| by_date(on, waves))
        else {
            waveless.add(row);
            continue;
        };
        read.push(Invitation { wave, on, identity });
    }
    for (aside, words) in [(late, LATE), (nobody, NOBODY), (waveless, WAVELESS)] {
        stage
            .findings
            .extend(aside.finding(&words, |row| table.origin(row, None)));
    }
    stage.count("invitation rows read", table.rows());
    read
}

/// The only wave; else the first whose median completion is on or after the
/// invitation; else, where all waves came before, the invitation's quarter.
fn by_date(on: Option<Day>, waves: &Waves) -> Option<String> {
    if let [only] = waves.names.as_slice() {
        return Some(only.clone());
    }
    let on = on?;
    let next = waves.medians.iter().position(|median| *median >= on);
    next.and_then(|at| waves.names.get(at).cloned())
        .or_else(|| Some(quarter(on)))
}

const LATE: Words = Words {
    rule: "invited-after-as-at",
    severity: Severity::Note,
    message: "Invitations are dated after the as-at date, and are set aside.",
    remedy: "",
};
const NOBODY: Words = Words {
    rule: "no-identifier",
    severity: Severity::Warning,
    message: "Invitations have no staff number or e-mail address, and are set aside.",
    remedy: "Fill in the identifier.",
};
const WAVELESS: Words = Words {
    rule: "no-wave",
    severity: Severity::Warning,
    message: "Invitations say neither their wave nor their date, and are set aside.",
    remedy: "Give the source a wave in staywise.toml, or put the wave into the file's name.",
};
