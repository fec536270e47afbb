-- metric:     belonging
-- label:      Belonging
-- kind:       proportion
-- grain:      response
-- additive:   yes
-- good:       higher
-- definition: Responses that favour belonging on the belonging item, over responses with a valid
--             answer to it. Over a period, the latest valid answer of each person.
-- exclusions: Don't know, Prefer not to say and Not applicable are not valid answers.
-- source:     staywise; what favours belonging is set by the item's scale.
select
    response,
    answered_on          as at,
    belonging_favourable as hit
from responses
where belonging_favourable is not null
