-- metric:      retention_6m
-- label:       Still in post at 6 months
-- kind:        proportion
-- grain:       spell
-- additive:    yes
-- good:        higher
-- horizon:     6 months
-- definition:  Times in post that had not ended by leaving by the close of day 183 after the clock started,
--              over times in post whose day 183 has come. Each counts on its day 183. The clock starts as
--              the study says: by itself, with the time in post.
-- exclusions:  Those whose day 183 has not come, leavers among them. Those that the staff list follows only
--              from a date after their start, as whoever left before that date is not in it. Those whose
--              time in post ended before day 183 in a way that does not count as leaving, as a transfer to
--              another employer.
-- source:      staywise; fixed-horizon retention with complete follow-up.
select
    spell,
    due_6m as at,
    (leave_day is null or leave_day > due_6m_day) as hit
from spells
where entry_day = 0
  and time_zero_day <= followed_to_day
  and (leave_day is not null or ended_day is null or ended_day > due_6m_day)
