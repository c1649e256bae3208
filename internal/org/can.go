package org

// known narrows people to those the actor may know of: $1 the organisation, $3 whether they
// administer, $4 themselves.
const known = "(p.left_at is null or $3 or p.id = $4)"
