-- metric:         leaver_rate_start_12m
-- label:          Leaver rate on the headcount at the start, 12 months
-- kind:           proportion
-- grain:          spell
-- additive:       yes
-- good:           lower
-- definition_id:  nhs_scotland_start
-- window:         12 months
-- definition:     People in post at the start of the 12 months that end with the period and not in post at
--                 their end, over people in post at their start. Two snapshots are compared.
-- exclusions:     People who joined and left within the 12 months are in neither snapshot. Whoever left and
--                 came back counts as still there. Every end counts, whatever the reason.
-- source:         NHS Education for Scotland's turnover: outflow over the staff employed at the start of
--                 the year.
select
    spell,
    start_day as from_day,
    ended_day as to_day,
    false     as there
from spells
