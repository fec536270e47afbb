-- metric:      retention_3m
-- label:       Still in post at 3 months
-- kind:        proportion
-- grain:       spell
-- additive:    yes
-- good:        higher
-- horizon:     3 months
-- definition:  Times in post that had not ended by leaving by the close of day 91 after the clock started,
--              over times in post whose day 91 has come. Each counts on its day 91. The clock starts as the
--              study says: by itself, with the time in post.
-- exclusions:  Those whose day 91 has not come, leavers among them. Those that the staff list follows only
--              from a date after their start, as whoever left before that date is not in it. Those whose
--              time in post ended before day 91 in a way that does not count as leaving, as a transfer to
--              another employer.
-- source:      staywise; fixed-horizon retention with complete follow-up.
select
    spell,
    due_3m as at,
    (leave_day is null or leave_day > due_3m_day) as hit
from spells
where entry_day = 0
  and time_zero_day <= followed_to_day
  and (leave_day is not null or ended_day is null or ended_day > due_3m_day)
