-- metric:      headcount
-- label:       Headcount
-- kind:        stock
-- grain:       spell
-- additive:    yes
-- good:        neither
-- unit:        people
-- definition:  People in post at the close of the last day of the period. Someone whose last day is that
--              day is not in post at its close.
-- exclusions:  Bank and agency work, where the staff list tells it and the study does not count it. A
--              person with several posts counts once.
-- source:      staywise.
select
    spell,
    start_day as from_day,
    ended_day as to_day
from spells
