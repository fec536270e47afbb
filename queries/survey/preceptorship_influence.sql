-- metric:     preceptorship_influence
-- label:      Preceptorship influenced the decision
-- kind:       proportion
-- grain:      response
-- additive:   yes
-- good:       neither
-- definition: Responses that said preceptorship influenced their decision, whichever way they then
--             decided, over responses with a valid answer to the item. Over a period, the latest
--             valid answer of each person.
-- exclusions: Don't know, Prefer not to say and Not applicable are not valid answers. The figure has
--             no direction; it must not be read as a share of people who will remain.
-- source:     staywise; the item asks about influence and not about its direction.
select
    response,
    answered_on                        as at,
    preceptorship_influence_favourable as hit
from responses
where preceptorship_influence_favourable is not null
