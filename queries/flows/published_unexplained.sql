-- metric:        published_unexplained
-- label:         Published: change that joiners and leavers do not explain
-- kind:          sum
-- grain:         flow
-- additive:      yes
-- good:          neither
-- unit:          people
-- definition:    People in post at the end, less those at the start and the joiners, plus the leavers,
--                as published: people who changed group, corrections, rounding. Shown as it is, never
--                spread over the others and never an error.
-- exclusions:    A count of which a part is hidden or not given by the publisher is not available.
--                Flows that are totals of others are never added to them.
-- source:        The publication itself, as given in its file.
select
    flow,
    period_end  as at,
    unexplained as amount
from flows
