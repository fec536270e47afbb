-- metric:     starters
-- label:      Starters
-- kind:       event
-- grain:      spell
-- additive:   yes
-- good:       neither
-- unit:       people
-- definition: Times in post that began in the period. Someone who left and came back started twice.
-- exclusions: A further post beside one already held is no start. Starts before the date since which
--             the staff list shows leavers: of those people only who stayed is known.
-- source:     staywise.
select
    spell,
    start as at
from spells
