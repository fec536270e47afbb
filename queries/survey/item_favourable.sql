-- metric:     item_favourable
-- label:      Favourable answers to each question
-- kind:       proportion
-- grain:      answer
-- additive:   yes
-- good:       higher
-- definition: Answers that favour what an item asks about, over valid answers to that item. Over a
--             period, the latest valid answer of each person to that item.
-- exclusions: Don't know, Prefer not to say and Not applicable are not valid answers. Questions
--             about what nobody wishes for, as intention to leave and experience of
--             discrimination, are left out, for to agree there is not favourable; so are questions
--             on a scale that has no favourable answer.
-- source:     staywise; what is favourable is set by the item's scale.
select
    answer,
    item,
    answered_on as at,
    favourable  as hit
from answers
where favourable is not null
  -- The same question on another scale in another file is a second item.
  and item not in (
    'intention_to_leave', 'intention_to_leave_2', 'intention_to_leave_3',
    'discrimination', 'discrimination_2', 'discrimination_3'
  )
