-- metric:        published_joiners
-- label:         Published: joiners
-- kind:          sum
-- grain:         flow
-- additive:      yes
-- good:          neither
-- unit:          people
-- definition:    People who joined in the period, as published. Who moves from one organisation to
--                another joins there.
-- exclusions:    A count of which a part is hidden or not given by the publisher is not available.
--                Flows that are totals of others are never added to them.
-- source:        The publication itself, as given in its file.
select
    flow,
    period_end as at,
    joiners    as amount
from flows
