package brief

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/proposal"
)

// mostShown is how many of each are looked at.
const mostShown = 10

// findShown finds what one side put before the other and is not settled: proposals that wait,
// comments that are open, copies that are read at present.
func (f *facts) findShown(tx *db.Tx) error {
	if f.other.Person == "" {
		return nil
	}
	proposed, err := proposal.WaitingBetween(tx, f.me, f.other.Person, mostShown)
	if err != nil {
		return err
	}
	for _, p := range proposed {
		reason := "You have not answered it yet."
		if p.By.Is(f.me) {
			reason = "It waits for " + f.other.Name + "’s answer."
		}
		f.asks = append(f.asks, suggestion(p.Thing(), waitingAnswer, "A "+string(p.Kind)+" that "+p.By.Name+" proposed", p.Text.Words, reason))
	}
	said, err := comment.OpenBetween(tx, f.me, f.other.Person, mostShown)
	if err != nil {
		return err
	}
	for _, c := range said {
		reason := "It is open still."
		if c.Owner.Is(f.me) {
			reason = "You have not resolved it."
		}
		f.shown = append(f.shown, suggestion(c.Thing(), openQuestion, "A comment of "+c.By.Name, c.Words, reason))
	}
	copies, err := frozen.GivenBetween(tx, f.me, f.other.Person, mostShown)
	for _, c := range copies {
		f.shown = append(f.shown, suggestion(c.Thing(), draft, "A copy of the plan of "+c.Owner.Name, "as it stood on "+f.day(civil.In(c.CreatedAt, f.me.Zone)), c.Viewer.Name+" reads it until "+f.day(c.Until)+"."))
	}
	return err
}
