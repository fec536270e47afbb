//! The made organisation: its sites, jobs, ethnic categories and reasons for
//! leaving, with how common each is. Site and department names are invented;
//! codes and reasons are those of the NHS Data Dictionary and of published ESR
//! tables.

/// The organisation's name.
pub(super) const ORGANISATION: &str = "Example NHS Trust";

/// Sites, and how many people of 100 work there. The last is so small that
/// figures about it are hidden.
pub(super) const SITES: [(&str, u32); 6] = [
    ("Central Hospital", 36),
    ("North Hospital", 26),
    ("Riverside Community Hospital", 16),
    ("Hillside Unit", 12),
    ("Community Teams", 9),
    ("Meadow House", 1),
];

/// Departments, which every site may have.
pub(super) const DEPARTMENTS: [&str; 12] = [
    "Ward 1",
    "Ward 2",
    "Ward 3",
    "Ward 4",
    "Ward 5",
    "Ward 10",
    "Emergency Care",
    "Theatres",
    "Outpatients",
    "Therapies",
    "Maternity",
    "Community Nursing",
];

/// A job: staff group, role and pay grade.
#[derive(Clone, Copy)]
pub(super) struct Job {
    /// ESR staff group.
    pub(super) group: &'static str,
    /// Role.
    pub(super) role: &'static str,
    /// Pay grade.
    pub(super) grade: &'static str,
    /// How many people of 100 have it.
    pub(super) weight: u32,
}

const fn job(group: &'static str, role: &'static str, grade: &'static str, weight: u32) -> Job {
    Job {
        group,
        role,
        grade,
        weight,
    }
}

const NURSING: &str = "Nursing and Midwifery Registered";
const ALLIED: &str = "Allied Health Professionals";

/// Every job.
pub(super) const JOBS: [Job; 11] = [
    job(NURSING, "Staff Nurse", "Band 5", 36),
    job(NURSING, "Sister/Charge Nurse", "Band 6", 9),
    job(NURSING, "Midwife", "Band 5", 6),
    job(ALLIED, "Physiotherapist", "Band 5", 8),
    job(ALLIED, "Occupational Therapist", "Band 5", 7),
    job(ALLIED, "Radiographer", "Band 6", 5),
    job(
        "Additional Clinical Services",
        "Nursing Associate",
        "Band 4",
        10,
    ),
    job(
        "Additional Clinical Services",
        "Healthcare Assistant",
        "Band 3",
        5,
    ),
    job("Healthcare Scientists", "Biomedical Scientist", "Band 6", 5),
    job("Add Prof Scientific and Technic", "Pharmacist", "Band 6", 5),
    job(
        "Administrative and Clerical",
        "Clerical Worker",
        "Band 3",
        4,
    ),
];

/// NHS ethnic category codes with their labels and how common each is among
/// White people or among people of an ethnic minority.
pub(super) const CATEGORIES: [(&str, &str, u32); 16] = [
    ("A", "White - British", 84),
    ("B", "White - Irish", 4),
    ("C", "White - Any other White background", 12),
    ("D", "Mixed - White and Black Caribbean", 4),
    ("E", "Mixed - White and Black African", 3),
    ("F", "Mixed - White and Asian", 4),
    ("G", "Mixed - Any other mixed background", 4),
    ("H", "Asian or Asian British - Indian", 22),
    ("J", "Asian or Asian British - Pakistani", 9),
    ("K", "Asian or Asian British - Bangladeshi", 4),
    (
        "L",
        "Asian or Asian British - Any other Asian background",
        14,
    ),
    ("M", "Black or Black British - Caribbean", 7),
    ("N", "Black or Black British - African", 20),
    (
        "P",
        "Black or Black British - Any other Black background",
        2,
    ),
    ("R", "Other Ethnic Groups - Chinese", 3),
    ("S", "Other Ethnic Groups - Any other ethnic group", 4),
];

/// How many of `CATEGORIES`, from the first, are White.
pub(super) const WHITE: usize = 3;

/// Reasons for leaving, as ESR writes them.
pub(super) const REASONS: [(&str, u32); 13] = [
    ("Voluntary Resignation - Relocation", 14),
    ("Voluntary Resignation - Work Life Balance", 14),
    ("Voluntary Resignation - Promotion", 8),
    ("Voluntary Resignation - Pay and Reward Related", 4),
    ("Voluntary Resignation - Other/Not Known", 14),
    ("Voluntary Resignation - Health", 4),
    ("Voluntary Resignation - Child Dependants", 3),
    (
        "Voluntary Resignation - To undertake further education or training",
        4,
    ),
    ("Retirement Age", 5),
    ("End of Fixed Term Contract", 5),
    ("Employee Transfer", 2),
    ("Dismissal - Capability", 1),
    ("Unknown", 22),
];
