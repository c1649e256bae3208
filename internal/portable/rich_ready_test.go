package portable_test

import (
	"errors"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/share"
)

// preview shows Tomás what would be sent of an ask.
func (r rich) preview() {
	one := func(tx *db.Tx, me, viewer org.Actor, words string) (pitch.Preview, error) {
		a, err := ask.New(tx, me, org.Origin{}, ask.Input{Text: ask.Text{What: "Days in the test hall " + words}})
		if err != nil {
			return pitch.Preview{}, err
		}
		if err := pitch.Write(tx, me, a.ID, pitch.Exactly, []pitch.Typed{{Name: pitch.Smallest, Words: "Four days " + words}}); err != nil {
			return pitch.Preview{}, err
		}
		return pitch.MakePreview(tx, me, a.ID, viewer.Person, "Is it clear? "+words)
	}
	r.do(func(tx *db.Tx) error {
		mine, err := one(tx, r.Ines, r.Tomas, "would help")
		if err != nil {
			return err
		}
		if err := errors.Join(pitch.GivePreview(tx, r.Ines, mine.ID), pitch.TakePreviewBack(tx, r.Ines, mine.ID)); err != nil {
			return err
		}
		theirs, err := one(tx, r.Tomas, r.Ines, secret)
		return errors.Join(err, pitch.GivePreview(tx, r.Tomas, theirs.ID))
	})
}

// dates are days of Ines, of Tomás and of the organisation.
func (r rich) dates() {
	r.do(func(tx *db.Tx) error {
		away, err1 := dates.Add(tx, r.Ines, dates.Text{Kind: dates.Absence, Title: "Walking", Note: "No telephone there", From: today.AddDays(80), To: today.AddDays(90), Shows: dates.Words})
		_, err2 := dates.Add(tx, r.Ines, dates.Text{Kind: dates.Review, From: today.AddDays(100)})
		theirs, err3 := dates.Add(tx, r.Tomas, dates.Text{Kind: dates.Busy, Title: secret, From: today.AddDays(80)})
		_, err4 := dates.AddToOrganisation(tx, r.Ada, dates.Text{Kind: dates.Budget, Title: secret, From: today.AddDays(120)})
		week := dates.Week{1: {{From: 8 * 60, To: 12 * 60}, {From: 13 * 60, To: 18 * 60}}, 4: {{From: 7 * 60, To: 15*60 + 30}}}
		_, err5 := tx.Exec(`
			insert into calendars (organisation_id, id, person_id, kind, address, user_name, etag, busy, times, set_aside, failure, created_at)
			values ($1, $2, $3, 'caldav', 'https://calendars.example/ines', 'ines', '', $4, 0, 0, '', $5)`, r.Ines.Organisation, tx.NewID(), r.Ines.Person, []byte{}, tx.Now())
		return errors.Join(err1, err2, err3, err4, err5,
			dates.SetHours(tx, r.Ines, week), dates.SetContract(tx, r.Ines, 1_200), dates.ChooseHolidays(tx, r.Ines, dates.Holidays{Whose: dates.TheirOwn, Place: "DE-BY"}),
			share.WithManager(tx, r.Ines, share.What{Kind: "date", ID: away.ID}),
			share.WithPerson(tx, r.Tomas, share.What{Kind: "date", ID: theirs.ID}, r.Ines.Person))
	})
}
