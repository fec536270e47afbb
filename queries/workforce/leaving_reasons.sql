-- metric:      leaving_reasons
-- label:       Why people left, 12 months
-- kind:        distribution
-- grain:       spell
-- additive:    yes
-- good:        neither
-- window:      12 months
-- definition:  Leavers of the 12 months that end with the period by the group of their recorded reason.
--              Those whose reason is not known are a group of their own and stay in the base.
-- exclusions:  Ends that do not count as leaving.
-- source:      staywise; the grouping of the reasons is in docs/vocabulary.md.
select
    spell,
    leave        as at,
    reason_group as level
from spells
where leave is not null
