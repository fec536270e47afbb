-- metric:     response_rate
-- label:      Response rate
-- kind:       proportion
-- grain:      invitation
-- additive:   yes
-- good:       higher
-- definition: Invitations that were answered, over invitations. An invitation counts on the day it
--             was sent; where that is not known, on the first day that anyone answered its wave.
-- exclusions: Invitations to a wave of whose responses more than 5% carry no identifier, as nobody
--             can say which of those invitations were answered.
-- source:     staywise.
select
    invitation,
    counts_on as at,
    answered  as hit
from invited
where answered is not null
