-- metric:      leavers_fte
-- label:       Full-time equivalents of leavers
-- kind:        sum
-- grain:       spell
-- additive:    yes
-- good:        neither
-- unit:        fte
-- definition:  The full-time equivalents that those who left in the period held on the day before, added
--              up.
-- exclusions:  Leavers of whom the staff list does not say the full-time equivalent. Ends that do not count
--              as leaving.
-- source:      staywise.
select
    spell,
    leave        as at,
    end_fte_milli as amount
from spells
where leave is not null
  and end_fte_milli is not null
