-- metric:      other_ends
-- label:       Other ends of time in post
-- kind:        event
-- grain:       spell
-- additive:    yes
-- good:        neither
-- unit:        people
-- definition:  Times in post that ended in the period in a way that the study does not count as leaving: by
--              itself transfers to another employer, merged records and moves inside the organisation that
--              the list has as leavings.
-- exclusions:  Leavers.
-- source:      staywise. Headcount at the start, plus starters, less leavers, less these, is headcount at
--              the end.
select
    spell,
    ended as at
from spells
where ended is not null
  and leave is null
