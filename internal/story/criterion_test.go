package story_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/story"
)

func TestAStoryStandsUnderWhatHadToBeShownWhereThatIsAskedFor(t *testing.T) {
	each(t, func(d *desk) {
		d.do(func(tx *db.Tx) error {
			a, err := ask.New(tx, d.Ines, org.Origin{}, ask.Input{Text: ask.Text{Kind: ask.Role, What: "Lead the next release", Why: "I know it best", DecideBy: civil.In(tx.Now(), d.Ines.Zone).AddDays(14)}, Whom: d.Tomas.Self()})
			if err != nil {
				return err
			}
			if err := ask.Send(tx, d.Ines, a.ID, a.Revision); err != nil {
				return err
			}
			says, err := ask.Reply{Says: ask.YesIf, Conditions: []string{"Run one incident", "Find cover"}}.Answer(civil.In(tx.Now(), d.Ines.Zone))
			if err != nil {
				return err
			}
			if err := ask.Decide(tx, d.Tomas, a.ID, says); err != nil {
				return err
			}
			criteria, err := ask.CriteriaOf(tx, d.Ines, a.ID)
			if err != nil || len(criteria) != 2 {
				return errors.Join(err, errors.New("no two criteria"))
			}
			return ask.Show(tx, d.Ines, criteria[0].ID, criteria[0].Revision, "In June", d.wins[2].ID)
		})
		for _, form := range []story.Form{story.Review, story.Promotion} {
			got := d.draft(story.Choice{Form: form, ByCriterion: true}).Words
			_, after, found := strings.Cut(got, "## Run one incident\n\nTo be shown: Run one incident.\n\n- Led the review of the outage!")
			if !found || strings.Contains(got, "Find cover") || !strings.Contains(after, "## Besides") || strings.Contains(after, "Led the review") {
				t.Errorf("%s:\n%s", form, got)
			}
		}
	})
}
