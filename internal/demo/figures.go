package demo

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/org"
)

// figures plans that the figures of each month are made when they would have been.
func (t *telling) figures(now time.Time) {
	t.of = "figures"
	first := t.date(t.Founded)
	for month := civil.On(first.Year(), first.Month(), 1); !month.After(insight.Last(now)); month = month.AddMonths(1) {
		at := month.AddMonths(1).AddDays(insight.MadeOn-1).At(2, 0, time.UTC)
		t.does("", at, month.String(), func(tx *db.Tx, me org.Actor) error {
			o, err := org.Of(tx, me)
			if err != nil {
				return err
			}
			return insight.UnscopedMake(tx, o, month)
		})
	}
}
