package account

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Notice is a kind of mail that Ownward sends by itself. Everyone has all of them until they say otherwise.
type Notice struct {
	Kind   string
	Words  string // when it comes
	Wanted bool
}

// The kinds of notices.
const (
	Shared   = "shared"
	Asked    = "asked"
	Answered = "answered"
	Proposed = "proposed"
	Reminder = "reminder"
)

var notices = []Notice{
	{Kind: Shared, Words: "Somebody shared something with you"},
	{Kind: Asked, Words: "Somebody asked you for something"},
	{Kind: Answered, Words: "Somebody answered what you asked"},
	{Kind: Proposed, Words: "Somebody proposed a conversation or a change to what you agreed"},
	{Kind: Reminder, Words: "A date of yours is near"},
}

// Notices lists the kinds, and which the actor wants.
func Notices(tx *db.Tx, me org.Actor) ([]Notice, error) {
	unwanted, err := db.List(tx, db.Scanned[string], `
		select kind from unwanted_notices where organisation_id = $1 and person_id = $2`, me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(notices)
	for i := range all {
		all[i].Wanted = !slices.Contains(unwanted, all[i].Kind)
	}
	return all, nil
}

// Choose turns a kind of notice on or off for the actor.
func Choose(tx *db.Tx, me org.Actor, kind string, wanted bool) error {
	if !slices.ContainsFunc(notices, func(n Notice) bool { return n.Kind == kind }) {
		return problem.NotFound
	}
	text := `
		insert into unwanted_notices (organisation_id, person_id, kind) values ($1, $2, $3)
		on conflict do nothing`
	if wanted {
		text = "delete from unwanted_notices where organisation_id = $1 and person_id = $2 and kind = $3"
	}
	_, err := tx.Exec(text, me.Organisation, me.Person, kind)
	return err
}

// Wanted tells whether a person wants a kind of notice.
func Wanted(tx *db.Tx, organisation, person db.ID, kind string) (bool, error) {
	var unwanted int64
	err := tx.Get(`
		select count(*) from unwanted_notices
		where organisation_id = $1 and person_id = $2 and kind = $3`, organisation, person, kind).Scan(&unwanted)
	return unwanted == 0, err
}
