-- metric:     item_distribution
-- label:      Answers to each question
-- kind:       distribution
-- grain:      answer
-- additive:   yes
-- good:       neither
-- definition: Valid answers at each level of an item's scale, over valid answers to that item. Over a
--             period, the latest valid answer of each person to that item.
-- exclusions: Don't know, Prefer not to say and Not applicable are not valid answers.
-- source:     staywise.
select
    answer,
    item,
    answered_on as at,
    level
from answers
