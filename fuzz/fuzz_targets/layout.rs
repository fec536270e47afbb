//! Header rows of the tools that are known, cut, mixed and followed by any
//! text, so that every recogniser sees nearly its own file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use staywise_fuzz::{end_at_our_own_panics, read_and_hold, split};

const HEADS: [&str; 14] = [
    "StartDate,EndDate,Status,Finished,ResponseId,Q1\nStart Date,End Date,Response Type,Finished,Response ID,I stay\n\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"endDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"finished\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n",
    "V1,V2,V3\nResponseID,ResponseSet,Q\n",
    "ID,Start time,Completion time,Email,Name,How?,How?2\n",
    "Timestamp,Email Address,Rate [Row 1],Rate [Row 2]\n",
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Which?,,,Other\n,,,,,A,B,C,Open-Ended Response\n",
    "Unique Response Number,1. How?,2.a. Which? - A,2.b.\n",
    "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,a___1,a___2,form_complete\n",
    "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\"\n",
    "id. Response ID,submitdate. Date submitted,lastpage. Last page,startlanguage. Start language,Q1[SQ001]. How? [A]\n",
    "LOCALESTID,UNIQUEWORKERID,STATUS,DISPLAYID,NINUMBER,POSTCODE,DOB,GENDER,ETHNICITY\n",
    "LOCALESTID,STATUS,ESTNAME,TOTALPERMTEMP,ALLJOBROLES,STARTERS,LEAVERS,VACANCIES,REASONS,REASONNOS\n",
    "EMPLOYEE_NUMBER,EMPLOYING_ORG_CODE,CONTRACTED_FTE,END_DATE_ORG,DATE_OF_BIRTH\n",
    "PERIOD,NHSE_REGION_NAME,STAFF_GROUP,TYPE,FTE\n",
    "#,How?,A,B,Start Date (UTC),Submit Date (UTC),Network ID\n",
];

fuzz_target!(init: end_at_our_own_panics(), |data: &[u8]| {
    let [first, second, cut, body @ ..] = data else {
        return;
    };
    let head = HEADS[usize::from(*first) % HEADS.len()];
    let other = HEADS[usize::from(*second) % HEADS.len()];
    let mut bytes = Vec::new();
    let (begin, _) = split(head.as_bytes(), head.len() - usize::from(*cut) % head.len());
    bytes.extend_from_slice(begin);
    if *second > 200 {
        bytes.extend_from_slice(other.as_bytes());
    }
    bytes.extend_from_slice(body);
    read_and_hold("export.csv", &bytes);
});
