-- metric:      retention_curve
-- label:       Still in post, by time since starting
-- kind:        survival
-- grain:       spell
-- additive:    yes
-- good:        higher
-- definition:  The share of times in post that have not ended by leaving, by days since the clock started
--              (Kaplan-Meier). Everyone is followed until leaving, until an end that does not count as
--              leaving, or until the as-at date, whichever is first.
-- exclusions:  Those that the staff list follows only from a later date enter on that date and not at their
--              start; those never followed at all are left out.
-- source:      Kaplan and Meier 1958, with late entry.
select
    spell,
    time_zero as at,
    entry_day,
    followed_to_day - time_zero_day as exit_day,
    leave_day is not null as event
from spells
where time_zero_day <= followed_to_day
  and (entry_day = 0 or followed_to_day - time_zero_day > entry_day)
