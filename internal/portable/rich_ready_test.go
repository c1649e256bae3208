package portable_test

import (
	"errors"

	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/share"
)

// dates are days of Ines, of Tomás and of the organisation.
func (r rich) dates() {
	r.do(func(tx *db.Tx) error {
		away, err1 := dates.Add(tx, r.Ines, dates.Text{Kind: dates.Absence, Title: "Walking", Note: "No telephone there", From: today.AddDays(80), To: today.AddDays(90), Shows: dates.Words})
		_, err2 := dates.Add(tx, r.Ines, dates.Text{Kind: dates.Review, From: today.AddDays(100)})
		theirs, err3 := dates.Add(tx, r.Tomas, dates.Text{Kind: dates.Busy, Title: secret, From: today.AddDays(80)})
		_, err4 := dates.AddToOrganisation(tx, r.Ada, dates.Text{Kind: dates.Budget, Title: secret, From: today.AddDays(120)})
		return errors.Join(err1, err2, err3, err4, share.WithManager(tx, r.Ines, share.What{Kind: "date", ID: away.ID}),
			share.WithPerson(tx, r.Tomas, share.What{Kind: "date", ID: theirs.ID}, r.Ines.Person))
	})
}
