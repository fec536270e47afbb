-- metric:         stability_12m
-- label:          Stability, 12 months
-- kind:           proportion
-- grain:          spell
-- additive:       yes
-- good:           higher
-- definition_id:  stability_by_person
-- window:         12 months
-- definition:     People in post at the start of the 12 months that end with the period who are in post at
--                 their end too, over people in post at their start. Followed person by person.
-- exclusions:     People who joined within the 12 months. Whoever left and came back counts as still there.
-- source:         The stability index; NHS England publishes one beside its leaver rate.
select
    spell,
    start_day as from_day,
    ended_day as to_day,
    true      as there
from spells
