-- metric:      fte
-- label:       Full-time equivalents in post
-- kind:        stock
-- grain:       post
-- additive:    yes
-- good:        neither
-- unit:        fte
-- definition:  The full-time equivalents of all posts held at the close of the last day of the period,
--              added up.
-- exclusions:  Posts of which the staff list does not say the full-time equivalent. Bank, agency and
--              honorary posts.
-- source:      staywise.
select
    post,
    start_day as from_day,
    end_day   as to_day,
    fte_milli as amount
from posts
where fte_milli is not null
  and contract = 'substantive'
