-- metric:     leavers
-- label:      Leavers
-- kind:       event
-- grain:      spell
-- additive:   yes
-- good:       neither
-- unit:       people
-- definition: Times in post that ended in the period, whatever the reason, each on its leaving date.
-- exclusions: The end of one post of several is no leaving. Maternity leave and career breaks count
--             only where the staff list gives them a leaving date.
-- source:     staywise.
select
    spell,
    leave as at
from spells
where leave is not null
