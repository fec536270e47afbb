-- metric:      leavers
-- label:       Leavers
-- kind:        event
-- grain:       spell
-- additive:    yes
-- good:        neither
-- unit:        people
-- definition:  Times in post that ended in the period by leaving, each on its leaving date. Which ends
--              count as leaving is a setting of the study.
-- exclusions:  The end of one post of several is no leaving. By itself a study does not count transfers to
--              another employer, merged records and moves inside the organisation as leaving; they stand
--              under other ends. Maternity leave and career breaks count only where the study says so.
-- source:      staywise.
select
    spell,
    leave as at
from spells
where leave is not null
