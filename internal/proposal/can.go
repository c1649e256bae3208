package proposal

// mine narrows proposals to those of which the actor is a side: $1 the organisation, $2 the
// actor. One that was not answered is gone with its reporting line, see LineEnded.
const mine = "p.organisation_id = $1 and (p.owner_id = $2 or p.by_id = $2)"
