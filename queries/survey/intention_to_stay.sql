-- metric:     intention_to_stay
-- label:      Intention to stay
-- kind:       proportion
-- grain:      response
-- additive:   yes
-- good:       higher
-- definition: Responses that favour staying on the intention-to-stay item, over responses with a
--             valid answer to it. Over a period, the latest valid answer of each person.
-- exclusions: Don't know, Prefer not to say and Not applicable are not valid answers.
-- source:     staywise; what favours staying is set by the item's scale.
select
    response,
    answered_on                  as at,
    intention_to_stay_favourable as hit
from responses
where intention_to_stay_favourable is not null
