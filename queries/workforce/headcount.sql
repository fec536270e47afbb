-- metric:     headcount
-- label:      Headcount
-- kind:       stock
-- grain:      spell
-- additive:   yes
-- good:       neither
-- unit:       people
-- definition: People in post at the close of the last day of the period. Someone whose leaving date
--             is that day is not in post at its close.
-- exclusions: None. A person with several posts counts once.
-- source:     staywise.
select
    spell,
    start_day as from_day,
    leave_day as to_day
from spells
