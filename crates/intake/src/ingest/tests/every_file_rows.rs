//! What each real file gives, a line a file: path, layout's word or
//! `none: rule`, data rows, columns, header row (0: none), and the encoding of
//! a text or the sheet of a workbook.

pub(super) const FILES: &str = "\
asc-wds/ethnicity_codes.csv | table | 20 | 2 | 1 | UTF-8
asc-wds/training_headers_only.csv | asc_wds_training | 0 | 12 | 1 | UTF-8
asc-wds/worker.csv | asc_wds_worker | 1 | 44 | 1 | UTF-8
asc-wds/worker_old_format.csv | asc_wds_worker | 1 | 42 | 1 | UTF-8
asc-wds/workplace.csv | asc_wds_workplace | 1 | 44 | 1 | UTF-8
gov-people-survey/Civil-Service-People-Survey-2018-results-by-all-demographic-groups.xlsx | people_survey | 88 | 169 | 2 | 2018
gov-people-survey/Civil_Service_People_Survey_2024_-_Results_Highlights_Data_Companion.ods | people_survey | 160 | 5 | 3 | Table_2
gov-people-survey/csps2014_demographics.csv | people_survey | 85 | 146 | 3 | UTF-8
gov-people-survey/csps2014_demographics.xlsx | people_survey | 85 | 146 | 2 | 2014
hr-ibm/WA_Fn-UseC_-HR-Employee-Attrition.csv | durations | 1470 | 35 | 1 | UTF-8
hr-ibm/WA_Fn-UseC_-HR-Employee-Attrition.xlsx | durations | 1470 | 35 | 1 | WA_Fn-UseC_-HR-Employee-Attriti
hr-ibm/ibm_hr_attrition_original.csv | durations | 1470 | 35 | 1 | UTF-8 with BOM
hr-mcnulty/absenteeism.csv | table | 865 | 4 | 1 | UTF-8
hr-mcnulty/employee_survey.csv | table | 2833 | 14 | 1 | UTF-8
hr-mcnulty/job_retention.csv | durations | 3770 | 7 | 1 | UTF-8
likert-r/MathAnxiety_published_summary.csv | table | 14 | 6 | 1 | UTF-8
likert-r/mass_math_anxiety_raw.csv | plain | 20 | 15 | 1 | UTF-8
nasty-calamine/any_sheets.ods | none: header-row | 0 | 0 | 0 | Visible
nasty-calamine/any_sheets.xls | none: header-row | 0 | 0 | 0 | Visible
nasty-calamine/any_sheets.xlsb | none: header-row | 0 | 0 | 0 | Visible
nasty-calamine/any_sheets.xlsx | none: header-row | 0 | 0 | 0 | Visible
nasty-calamine/date.ods | none: header-row | 0 | 0 | 0 | Sheet1
nasty-calamine/date.xls | none: header-row | 0 | 0 | 0 | Sheet1
nasty-calamine/date.xlsb | none: header-row | 0 | 0 | 0 | Sheet1
nasty-calamine/date.xlsx | none: header-row | 0 | 0 | 0 | Sheet1
nasty-calamine/date_1904.xls | none: header-row | 0 | 0 | 0 | Sheet1
nasty-calamine/date_1904.xlsb | none: header-row | 0 | 0 | 0 | Sheet1
nasty-calamine/date_1904.xlsx | none: header-row | 0 | 0 | 0 | Sheet1
nasty-calamine/date_iso.xlsx | none: header-row | 0 | 0 | 0 | Sheet
nasty-calamine/date_quoted_format.xlsx | none: header-row | 0 | 0 | 0 | Sheet1
nasty-calamine/errors.xlsx | none: header-row | 0 | 0 | 0 | Feuil1
nasty-calamine/header-row.xlsx | table | 1 | 4 | 9 | Sheet1
nasty-calamine/merge_cells.xls | table | 1 | 3 | 1 | Sheet1
nasty-calamine/merge_cells.xlsx | table | 1 | 3 | 1 | Sheet1
nasty-calamine/merged_cells.ods | table | 1 | 3 | 2 | Sheet1
nasty-calamine/merged_range.xls | table | 2 | 7 | 1 | Sheet1
nasty-calamine/merged_range.xlsx | table | 2 | 7 | 1 | Sheet1
nasty-calamine/pass_protected.xlsx | none: password-protected | 0 | 0 | 0 |
nasty-calamine/temperature-fallible.xlsx | table | 4 | 3 | 1 | Sheet1
nasty-calamine/temperature-in-middle.xlsx | table | 2 | 2 | 4 | Sheet1
nasty-calamine/temperature-table.xlsx | table | 2 | 2 | 1 | Sheet1
nasty-calamine/temperature.xlsx | table | 2 | 2 | 1 | Sheet1
nasty-csvkit/Datagov_FY10_EDU_recp_by_State.csv | table | 53 | 9 | 3 | UTF-8
nasty-csvkit/FY09_EDU_Recipients_by_State.csv | table | 52 | 9 | 1 | UTF-8
nasty-csvkit/bad.csv | table | 3 | 4 | 1 | UTF-8
nasty-csvkit/bad_skip_lines.csv | table | 3 | 4 | 4 | UTF-8
nasty-csvkit/blanks.csv | table | 1 | 6 | 1 | UTF-8
nasty-csvkit/date_like_number.csv | table | 1 | 1 | 1 | UTF-8
nasty-csvkit/dummy_col_shuffled_ragged.csv | table | 1 | 4 | 1 | UTF-8
nasty-csvkit/empty.csv | none: empty-file | 0 | 0 | 0 |
nasty-csvkit/join_a.csv | table | 3 | 3 | 1 | UTF-8
nasty-csvkit/join_b.csv | table | 3 | 3 | 1 | UTF-8
nasty-csvkit/join_short.csv | table | 2 | 5 | 1 | UTF-8
nasty-csvkit/ks_1033_data.csv | table | 1575 | 14 | 1 | UTF-8
nasty-csvkit/mac_newlines.csv | table | 2 | 3 | 1 | UTF-8
nasty-csvkit/ne_1033_data.xlsx | table | 1036 | 14 | 1 | NE data
nasty-csvkit/no_header_row.csv | none: header-row | 0 | 0 | 0 | UTF-8
nasty-csvkit/null_byte.csv | table | 1 | 3 | 1 | UTF-8
nasty-csvkit/optional_quote_characters.csv | table | 1 | 3 | 1 | UTF-8
nasty-csvkit/sheets.xlsx | table | 5 | 8 | 1 | data
nasty-csvkit/sniff_limit.csv | table | 1 | 3 | 1 | UTF-8
nasty-csvkit/test_date_format.csv | table | 2 | 1 | 1 | UTF-8
nasty-csvkit/test_empty_columns.csv | table | 2 | 3 | 1 | UTF-8
nasty-csvkit/test_empty_columns_long_row.csv | table | 0 | 3 | 1 | UTF-8
nasty-csvkit/test_empty_columns_short_row.csv | table | 0 | 3 | 1 | UTF-8
nasty-csvkit/test_extra_header.csv | table | 1 | 4 | 1 | UTF-8
nasty-csvkit/test_header_newline.csv | table | 1 | 3 | 1 | UTF-8
nasty-csvkit/test_latin1.csv | table | 2 | 3 | 1 | Windows-1252
nasty-csvkit/test_locale.csv | table | 1 | 3 | 1 | UTF-8
nasty-csvkit/test_no_leading_zeroes.csv | table | 1 | 3 | 1 | UTF-8
nasty-csvkit/test_numeric_date_format.csv | table | 2 | 1 | 1 | UTF-8
nasty-csvkit/test_precision.csv | table | 1 | 1 | 1 | UTF-8
nasty-csvkit/test_skip_lines.csv | table | 1 | 3 | 4 | UTF-8
nasty-csvkit/test_skip_lines.xls | table | 5 | 8 | 4 | testfixed_converted.csv
nasty-csvkit/test_skip_lines.xlsx | table | 5 | 8 | 4 | Sheet1
nasty-csvkit/test_utf16_big.csv | table | 2 | 3 | 1 | UTF-16BE
nasty-csvkit/test_utf16_little.csv | table | 2 | 3 | 1 | UTF-16LE
nasty-csvkit/test_utf8.csv | table | 2 | 3 | 1 | UTF-8
nasty-csvkit/test_utf8_bom.csv | table | 2 | 3 | 1 | UTF-8 with BOM
nasty-fastexcel/fixture-changing-header-location.xlsx | table | 2 | 2 | 2 | Sheet1
nasty-fastexcel/fixture-sheets-different-visibilities.xlsx | table | 0 | 2 | 1 | Visible
nasty-janitor/dirty_data.xlsx | table | 12 | 11 | 2 | Sheet1
nasty-ons/ashe_8_7a_gross_2019.xls | table | 418 | 19 | 5 | All
nasty-pollock-real/csv/Note_4_Staff_costs_-_Average_number_of_persons_employed_13-14.csv | table | 11 | 8 | 4 | UTF-8
nasty-pollock-real/csv/mos-oct-dec-2014.csv | table | 35 | 9 | 2 | UTF-8
nasty-pollock-real/csv/scottish_law_commission-2011-03-31-organogram-junior.csv | table | 0 | 10 | 1 | UTF-8
nasty-pollock-real/csv/trinity-house__31-03-2015__dft_310315-Trinity-House-Organogram-ver-1-junior.csv | table | 127 | 10 | 1 | UTF-8
nasty-readxl/datasets.xls | table | 32 | 11 | 1 | mtcars
nasty-readxl/datasets.xlsx | table | 32 | 11 | 1 | mtcars
nasty-readxl/dates-1900-LibreOffice.xlsx | none: header-row | 0 | 0 | 0 | Sheet1
nasty-readxl/dates-1900.xls | none: header-row | 0 | 0 | 0 | Sheet1
nasty-readxl/dates-1904.xls | none: header-row | 0 | 0 | 0 | Sheet1
nasty-readxl/deaths.xls | table | 10 | 6 | 5 | arts
nasty-readxl/deaths.xlsx | table | 10 | 6 | 5 | arts
nhs-apha-cpd/apha_cpd_survey.csv | plain | 237 | 38 | 1 | UTF-8
nhs-hchs-nationality/HCHS_staff_with_an_EU_or_UK_nationality__by_staff_group_and_organisation.xls | workforce_pack | 443 | 12 | 5 | final
nhs-sickness/dim_organisation.csv | table | 148 | 15 | 1 | UTF-8 with BOM
nhs-sickness/nhs_sickness_absence_2024-04.csv | workforce_pack | 285 | 11 | 1 | UTF-8
nhs-staff-survey/ST18_job1_sheet1_religion.xls | staff_survey_benchmark | 10 | 101 | 4 | job1_sheet1_mean
nhs-staff-survey/data_trusts_burnout.csv | table | 135 | 34 | 1 | UTF-8
nhs-turnover-benchmark/turnover_benchmarking_2_monthly_Oct-25.csv | turnover_pack | 9450 | 13 | 1 | UTF-8
survey-carpentries/2020_carpentryconhome_raw.csv | table | 124 | 17 | 1 | UTF-8
survey-msforms/surveyEng.csv | microsoft_forms | 55 | 14 | 1 | UTF-8 with BOM
survey-msforms/surveyEng.xlsx | microsoft_forms | 28 | 14 | 1 | Sheet1
survey-osmi/osmi_2014_survey.csv | google_forms | 1259 | 27 | 1 | UTF-8
survey-qualtrics-tools/MAMC_Insights.csv | qualtrics | 5 | 20 | 1 | UTF-8
survey-qualtrics-tools/MAMC_Legacy.csv | qualtrics | 5 | 19 | 1 | UTF-8 with BOM
survey-qualtrics-tools/SAMC_Insights.csv | qualtrics | 5 | 20 | 1 | UTF-8
survey-qualtrics-tools/SAMC_Legacy.csv | qualtrics | 5 | 19 | 1 | UTF-8 with BOM
survey-qualtrics-tools/SAMatrix_Insights.csv | qualtrics | 5 | 30 | 1 | UTF-8
survey-qualtrics-tools/SAMatrix_Legacy.csv | qualtrics | 5 | 29 | 1 | UTF-8 with BOM
survey-qualtrics/qualtRics_sample.csv | qualtrics | 1 | 20 | 1 | UTF-8
survey-qualtrics/qualtRics_sample_legacy.csv | qualtrics | 1 | 15 | 1 | UTF-8 with BOM
survey-redcap/checkboxes_data.csv | redcap | 4 | 6 | 1 | UTF-8
survey-redcap/checkboxes_dictionary.csv | redcap_dictionary | 4 | 18 | 1 | UTF-8
survey-redcap/repeating_data.csv | redcap | 2 | 15 | 1 | UTF-8
survey-redcap/repeating_dictionary.csv | redcap_dictionary | 11 | 18 | 1 | UTF-8
survey-redcap/simple_data.csv | redcap | 5 | 19 | 1 | UTF-8
survey-redcap/simple_dictionary.csv | redcap_dictionary | 16 | 18 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_affSat1_2_3.csv | table | 5 | 4 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_affSat4.csv | table | 5 | 2 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_affSat4[PERC].csv | table | 5 | 2 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_currentEmp12.csv | table | 3 | 2 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_currentEmp12[PERC].csv | table | 2 | 2 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_socio2.csv | table | 4 | 2 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_socio2[PERC].csv | table | 3 | 2 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_socio3.csv | table | 6 | 2 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_socio3[PERC].csv | table | 5 | 2 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_turnOver1_2.csv | table | 5 | 3 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_turnOver3_4.csv | table | 5 | 3 | 1 | UTF-8
survey-rse-limesurvey/published_outputs/2016_uk_turnOver5_6.csv | table | 5 | 3 | 1 | UTF-8
survey-rse-limesurvey/rse_2016_uk.csv | limesurvey | 273 | 67 | 1 | UTF-8
survey-spss-sav/sample.csv | table | 5 | 7 | 1 | UTF-8 with BOM
survey-spss-sav/sample.sav | none: spss-file | 0 | 0 | 0 |
survey-surveymonkey-538/StarWars.csv | surveymonkey | 1186 | 33 | 1 | Windows-1252
survey-surveymonkey-538/steak-risk-survey.csv | surveymonkey | 550 | 15 | 1 | UTF-8
";

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct File {
    pub(super) path: &'static str,
    pub(super) layout: &'static str,
    pub(super) rows: u64,
    pub(super) columns: usize,
    pub(super) header: u32,
    pub(super) source: &'static str,
}

pub(super) fn files() -> Vec<File> {
    let file = |line: &'static str| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [path, layout, rows, columns, header, source] = parts[..] else {
            panic!("{line}");
        };
        File {
            path,
            layout,
            rows: rows.parse().unwrap(),
            columns: columns.parse().unwrap(),
            header: header.parse().unwrap(),
            source,
        }
    };
    FILES
        .lines()
        .filter(|line| !line.is_empty())
        .map(file)
        .collect()
}
