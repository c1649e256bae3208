package story

// seen says who sees a story: its owner, and whom it is shared with. $1 is the organisation, $2 the
// actor, and $3 the id under which shares reach the actor.
const seen = "(s.owner_id = $2 or exists (select 1 from live_shares g where g.organisation_id = $1 and g.viewer_id = $3" +
	" and g.owner_id = s.owner_id and g.thing_kind = 'story' and g.thing_id = s.id))"
