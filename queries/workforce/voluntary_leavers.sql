-- metric:      voluntary_leavers
-- label:       Voluntary leavers
-- kind:        event
-- grain:       spell
-- additive:    yes
-- good:        neither
-- unit:        people
-- definition:  Leavers in the period whose recorded reason is a voluntary one, each on the leaving date.
-- exclusions:  Leavers whose reason is not known are not among them: see how many those are. The end of a
--              fixed term is not voluntary, nor is retirement.
-- source:      staywise; the grouping of the reasons is in docs/vocabulary.md.
select
    spell,
    leave as at
from spells
where leave is not null
  and reason_group = 'Voluntary'
