-- metric:     duration_curve
-- label:      Still in post, of people followed without dates
-- kind:       survival
-- grain:      followed
-- additive:   yes
-- good:       higher
-- definition: The share of people followed who have not left, by time since they were first followed
--             (Kaplan-Meier). Each is followed for the time that the table gives, and then left or was
--             still there. A whole month counts as that month, whatever its days.
-- exclusions: Rows without a time, or that do not say whether the person left. There are no dates, so
--             that there are no periods, and nobody here is linked to anybody else.
-- source:     Kaplan and Meier 1958.
select
    followed,
    params.as_at  as at,
    0             as entry_day,
    exit_day,
    has_left      as event
from durations cross join params
