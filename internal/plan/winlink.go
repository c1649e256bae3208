package plan

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Link is an address on the web that shows a win. Who sees the win sees its links.
type Link struct {
	ID     db.ID
	URL    string
	MadeAt time.Time
}

// MostLinks is how many links a win has.
const MostLinks = 10

const mostAddress = 2000 // characters

// AddLink adds a link to a win of the actor's. One that is there already is not added again.
//
// Errors: problem.Invalid at "link" when it is not an address of http or https.
func AddLink(tx *db.Tx, me org.Actor, win db.ID, address string) error {
	w, err := myWin(tx, me, win)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	address = checkAddress(wrong, address)
	if err := wrong.Err(); err != nil {
		return err
	}
	stand, err := linksOf(tx, me, win)
	if err != nil {
		return err
	}
	for _, link := range stand {
		if link.URL == address {
			return nil
		}
	}
	wrong.Check(len(stand) < MostLinks, "link", "A win holds ten links. Remove one that says less.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		insert into win_links (organisation_id, id, owner_id, win_id, url, made_at)
		values ($1, $2, $3, $4, $5, $6)`, me.Organisation, tx.NewID(), me.Person, win, address, tx.Now()); err != nil {
		return err
	}
	return happened(tx, me, "win changed", w.Thing())
}

// unshown tells of what does not show in an address, or shows it in another order: it could pass
// for another.
func unshown(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// checkAddress gives the address as it is kept. One without a scheme is taken for https.
func checkAddress(wrong problem.Invalid, address string) string {
	address = tidy(wrong, "link", address, mostAddress)
	if address != "" && !strings.Contains(address, ":") {
		address = "https://" + address
	}
	at, err := url.Parse(address)
	good := err == nil && (at.Scheme == "http" || at.Scheme == "https") && at.Hostname() != "" && at.User == nil && !strings.ContainsFunc(address, unshown)
	wrong.Check(good, "link", "Please give a whole address that begins with https:// or http://.")
	if !good {
		return address
	}
	return at.String()
}

// RemoveLink removes a link from a win of the actor's.
func RemoveLink(tx *db.Tx, me org.Actor, win, link db.ID) error {
	w, err := myWin(tx, me, win)
	if err != nil {
		return err
	}
	removed, err := tx.Exec("delete from win_links where organisation_id = $1 and win_id = $2 and id = $3 and owner_id = $4", me.Organisation, win, link, me.Person)
	if err != nil {
		return err
	}
	if removed == 0 {
		return problem.NotFound
	}
	return happened(tx, me, "win changed", w.Thing())
}

// linksOf lists the links of a win that the actor may see, the first first.
func linksOf(tx *db.Tx, me org.Actor, win db.ID) ([]Link, error) {
	return db.List(tx, func(row db.Row) (Link, error) {
		var l Link
		err := row.Scan(&l.ID, &l.URL, &l.MadeAt)
		return l, err
	}, `
		select l.id, l.url, l.made_at
		from win_links l join wins w on w.organisation_id = l.organisation_id and w.id = l.win_id
		where l.organisation_id = $1 and l.win_id = $4 and `+winSeen+`
		order by l.id`, me.Organisation, me.Person, me.Viewer(), win)
}

// Show is a link or a file of a win: what stands beside it, without its content.
type Show struct {
	File
	Win db.ID
	URL string // of a link
}

// ShowsOf lists the links and files of wins of the actor's own, by win.
func ShowsOf(tx *db.Tx, me org.Actor, wins []db.ID) ([]Show, error) {
	if len(wins) == 0 {
		return nil, nil
	}
	args := []any{me.Organisation, me.Person}
	for _, id := range wins {
		args = append(args, id)
	}
	among := " in (" + db.Places(3, len(wins)) + ")"
	return db.List(tx, func(row db.Row) (Show, error) {
		var s Show
		err := row.Scan(&s.ID, &s.Win, &s.URL, &s.Name, &s.MediaType, &s.Size, &s.Digest)
		return s, err
	}, `
		select id, win_id, url, '', '', 0, '' from win_links where organisation_id = $1 and owner_id = $2 and win_id`+among+`
		union all
		select id, win_id, '', name, media_type, size, digest from win_files where organisation_id = $1 and owner_id = $2 and win_id`+among+`
		order by 2, 1`, args...)
}
