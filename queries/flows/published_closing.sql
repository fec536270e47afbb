-- metric:        published_closing
-- label:         Published: in post at the end
-- kind:          sum
-- grain:         flow
-- additive:      yes
-- good:          neither
-- unit:          people
-- definition:    People in post at the end of the period, as published.
-- exclusions:    A count of which a part is hidden or not given by the publisher is not available.
--                Flows that are totals of others are never added to them.
-- source:        The publication itself, as given in its file.
select
    flow,
    period_end as at,
    closing    as amount
from flows
