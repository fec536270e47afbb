-- metric:        published_leavers
-- label:         Published: leavers
-- kind:          sum
-- grain:         flow
-- additive:      yes
-- good:          neither
-- unit:          people
-- definition:    People who left in the period, as published, by the publisher's own rule: NHS England
--                counts leavers of active service, those who start maternity leave or a career break
--                among them.
-- exclusions:    A count of which a part is hidden or not given by the publisher is not available.
--                Flows that are totals of others are never added to them.
-- source:        The publication itself, as given in its file.
select
    flow,
    period_end as at,
    leavers    as amount
from flows
