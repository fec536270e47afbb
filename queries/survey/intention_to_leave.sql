-- metric:     intention_to_leave
-- label:      Intention to leave
-- kind:       proportion
-- grain:      response
-- additive:   yes
-- good:       lower
-- definition: Responses that agree with the intention-to-leave item, over responses with a valid
--             answer to it. Over a period, the latest valid answer of each person. Not turnover:
--             nobody has left yet.
-- exclusions: Don't know, Prefer not to say and Not applicable are not valid answers.
-- source:     staywise; the NHS Staff Survey reports its leaving items the same way, agree and
--             strongly agree over valid answers.
select
    response,
    answered_on                   as at,
    intention_to_leave_favourable as hit
from responses
where intention_to_leave_favourable is not null
