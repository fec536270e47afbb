use super::read_bytes;
use std::fmt::Write;
#[test]
#[ignore = "speed"]
fn csv() {
    let mut s=String::from("StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,DistributionChannel,UserLanguage,Q1,Q2,Q3,Q4,Q5,Q6,Q7,Site\n");
    s.push_str("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,I will stay,q2,q3,q4,q5,q6,q7,Site\n");
    let ids=["startDate","endDate","status","ipAddress","progress","duration","finished","recordedDate","_recordId","recipientLastName","recipientFirstName","recipientEmail","externalDataReference","locationLatitude","locationLongitude","distributionChannel","userLanguage","QID1","QID2","QID3","QID4","QID5","QID6","QID7","Site"];
    s.push_str(&ids.map(|i| format!("\"{{\"\"ImportId\"\":\"\"{i}\"\"}}\"")).join(","));
    s.push('\n');
    let l=["Strongly agree","Agree","Neither agree nor disagree","Disagree","Strongly disagree"];
    for i in 0..400_000u32 {
        let t=format!("2026-0{}-{:02} {:02}:{:02}:{:02}",1+i%6,1+i%28,i%24,i%60,(i/60)%60);
        writeln!(s,"{t},{t},IP Address,10.0.{}.{},100,{},True,{t},R_{:x},,,,{},51.{},-0.{},email,EN,{},{},{},{},{},{},{},Site {}",i%256,(i/256)%256,i%900,i.wrapping_mul(2654435761),20_000_000+i,i%9999,i%9999,l[i as usize%5],l[(i/5) as usize%5],l[(i/7) as usize%5],l[(i/3) as usize%5],l[(i/2) as usize%5],l[(i/11) as usize%5],i%11,i%20).unwrap();
    }
    println!("{} MB", s.len()/1_000_000);
    let c=std::time::Instant::now();
    let d=crate::ingest::delimited::read(&s).unwrap();
    println!("grid {:?}",c.elapsed());
    drop(d);
    let c=std::time::Instant::now();
    let r=read_bytes("w.csv",s.as_bytes());
    println!("{:?} rows {:?} {:?}",c.elapsed(),r.report.rows_read,r.findings.iter().map(|f|f.rule).collect::<Vec<_>>());
}
#[test]
#[ignore = "speed"]
fn xlsx() {
    let mut s=String::from("Employee Number\tStart Date\tTermination Date\tFTE\tSite\tWard\tStaff Group\tBand\tEthnic Origin\tGender\tAge\tLeaving Reason\tEmail\tAssignment Number");
    let mut rows=vec![(1u32,s.clone())];
    for i in 0..200_000u32 {
        s.clear();
        write!(s,"n:{}\td:{}\t{}\tn:1\tSite {}\tWard {}\tNursing and Midwifery Registered\tBand {}\tA White - British\tFemale\tn:{}\t\te{i}@nhs.net\t{i}-2",20_000_000+i,40_000+i%6000,if i%4==0 {format!("d:{}",46_000+i%90)} else {String::new()},i%20,i%300,i%9,20+i%50).unwrap();
        rows.push((i+2,s.clone()));
    }
    let refs: Vec<(u32,&str)>=rows.iter().map(|(r,s)|(*r,s.as_str())).collect();
    let b=super::books::book("hidden",[super::books::sheet(&refs),super::books::sheet(&[])]);
    println!("{} MB", b.len()/1_000_000);
    let c=std::time::Instant::now();
    use calamine::Reader;
    let mut bk: calamine::Xlsx<_>=calamine::open_workbook_from_rs(std::io::Cursor::new(&b[..])).unwrap();
    let _=bk.sheets_metadata();
    let mut rd=bk.worksheet_cells_reader("Staff").unwrap();
    let mut n=0;
    while let Some(_)=rd.next_cell().unwrap() {n+=1;}
    println!("calamine alone {:?} {n}",c.elapsed());
    let c=std::time::Instant::now();
    let w=crate::ingest::workbook::read(&b,crate::ingest::container::Book::Xlsx,None,crate::ingest::header::score);
    println!("grid {:?} {}",c.elapsed(), w.is_ok());
    let c=std::time::Instant::now();
    let r=read_bytes("w.xlsx",&b);
    println!("{:?} rows {:?} {:?}",c.elapsed(),r.report.rows_read,r.findings.iter().map(|f|(f.rule,f.message.clone())).collect::<Vec<_>>());
}
