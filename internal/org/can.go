package org

// known narrows people to those the actor may know of: $1 the organisation, $3 whether they
// administer, $4 themselves, $5 whether they have left and so know of nobody else. Nobody knows of
// who deleted their account.
const known = "(p.id = $4 or not $5 and (p.left_at is null or $3 and p.forgotten_at is null))"
