-- metric:         leaving_rate_12m
-- label:          Leavers per 100 person-years, 12 months
-- kind:           exposure
-- grain:          spell
-- additive:       yes
-- good:           lower
-- definition_id:  person_years
-- window:         12 months
-- definition:     Leavers in the 12 months that end with the period, for each 100 years that people spent
--                 in post in those 12 months. Each time in post counts where the person was at the start of
--                 the 12 months, or when it began.
-- exclusions:     Ends that do not count as leaving end the time in post and are no leavings.
-- source:         The exact rate: events over person-time.
select
    spell,
    start_day             as from_day,
    ended_day             as to_day,
    leave_day is not null as event
from spells
