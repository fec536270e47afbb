-- metric:      leaving_reason_known
-- label:       Leavers whose reason is known, 12 months
-- kind:        proportion
-- grain:       spell
-- additive:    yes
-- good:        higher
-- window:      12 months
-- definition:  Leavers of the 12 months that end with the period whose reason is recorded and recognised,
--              over all leavers of those months.
-- exclusions:  None.
-- source:      staywise.
select
    spell,
    leave as at,
    reason_group <> 'Not known' as hit
from spells
where leave is not null
