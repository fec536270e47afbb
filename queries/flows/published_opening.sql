-- metric:        published_opening
-- label:         Published: in post at the start
-- kind:          sum
-- grain:         flow
-- additive:      yes
-- good:          neither
-- unit:          people
-- definition:    People in post at the start of the period, as published.
-- exclusions:    A count of which a part is hidden or not given by the publisher is not available.
--                Flows that are totals of others are never added to them.
-- source:        The publication itself, as given in its file.
select
    flow,
    period_end as at,
    opening    as amount
from flows
