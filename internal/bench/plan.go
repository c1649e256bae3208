package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// What a full plan holds.
const (
	fullWins   = 500
	fullSkills = 60
	fullGoals  = 40
)

// plan measures the page of a full plan, in the installation that pages has made: how fast it is
// on the server at 20 requests a second, and what goes over the wire.
func (b *Bench) plan(ctx context.Context) (err error) {
	token, feed, err := b.fillPlan(ctx)
	if err != nil {
		return err
	}
	p, _, err := b.launch(ctx, token)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	for _, path := range []string{"/plan", "/timeline"} {
		page := asBrowser(p.address+path, token)
		body, err := fetch(ctx, page)
		if err != nil {
			return err
		}
		times, err := steady(ctx, page, 20, 8*time.Second)
		if err != nil {
			return err
		}
		b.say(fmt.Sprintf("%s of %d wins, %d skills, %d goals, 20 a second", path, fullWins, fullSkills, fullGoals),
			"p50 %.2f ms, p99 %.2f ms, %.1f KB over the wire", ms(times, 0.5), ms(times, 0.99), float64(len(body))/1000)
	}
	return b.feed(ctx, p.address+"/feed/"+string(feed)+".ics")
}

// feed measures what a calendar program reads of the same person.
func (b *Bench) feed(ctx context.Context, address string) error {
	page := asBrowser(address, "")
	body, err := fetch(ctx, page)
	if err != nil {
		return err
	}
	times, err := steady(ctx, page, 10, 8*time.Second) // below what one address may
	if err != nil {
		return err
	}
	b.say("their calendar feed, 10 a second", "p50 %.2f ms, p99 %.2f ms, %.1f KB over the wire", ms(times, 0.5), ms(times, 0.99), float64(len(body))/1000)
	return nil
}

// fillPlan gives somebody a full plan, and gives their session and their calendar feed.
func (b *Bench) fillPlan(ctx context.Context) (token string, feed invitation.Token, err error) {
	store, err := b.config().OpenStore(ctx)
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	token, err = db.Write(ctx, store, func(tx *db.Tx) (string, error) {
		organisation, err := db.One(tx, db.Scanned[db.ID], "select id from organisations")
		if err != nil {
			return "", err
		}
		found, err := org.Search(tx, org.Operator(organisation), "p6000@", org.Place{}, 1)
		if err != nil || len(found) != 1 {
			return "", fmt.Errorf("the owner of a full plan is not there: %d found, %w", len(found), err)
		}
		me, err := org.UnscopedActor(tx, organisation, found[0].ID)
		if err != nil {
			return "", err
		}
		if err := fullPlan(tx, me); err != nil {
			return "", err
		}
		if feed, err = invitation.MakeFeed(tx, me); err != nil {
			return "", err
		}
		t, err := account.UnscopedSignIn(tx, me.Organisation, me.Person, "bench")
		return string(t), err
	})
	return token, feed, err
}

// fullPlan writes a plan as full as one gets in some years.
func fullPlan(tx *db.Tx, me org.Actor) error {
	today := civil.In(tx.Now(), me.Zone)
	for _, section := range []plan.Section{plan.Purpose, plan.Hard, plan.VisionIn1, plan.VisionIn3, plan.VisionIn5} {
		if _, err := plan.Write(tx, me, plan.Text{Section: section, Words: "Make systems that people can rely on at three in the morning, and leave them simpler than I found them."}); err != nil {
			return err
		}
	}
	if err := plan.ChangeValues(tx, me, []plan.Value{{Word: "Craft"}, {Word: "Calm"}, {Word: "Candour", Meaning: "say it early"}}); err != nil {
		return err
	}
	var backed []event.Thing
	for i := range fullSkills {
		k, err := plan.AddSkill(tx, me, plan.Skill{Name: fmt.Sprintf("Leading a review of kind %d", i), Level: int64(i % 4), Wanted: int64(2 + i%4), Note: "Three so far, one alone"})
		if err != nil {
			return err
		}
		backed = append(backed, k.Thing())
	}
	for i := range fullGoals {
		g, err := fullGoal(tx, me, i, today)
		if err != nil {
			return err
		}
		backed = append(backed, g.Thing())
	}
	for i := range fullWins {
		w, err := plan.AddWin(tx, me, plan.WinText{Day: today.AddDays(-3 * i), What: fmt.Sprintf("The release %d went out early, and nobody was woken", i),
			Effect: "The night shift slept", Figure: "from 40 to 6 minutes"}, event.Thing{})
		if err != nil {
			return err
		}
		if err := plan.LinkWin(tx, me, w.ID, []event.Thing{backed[i%len(backed)]}); err != nil {
			return err
		}
	}
	return nil
}

func fullGoal(tx *db.Tx, me org.Actor, i int, today civil.Date) (plan.Goal, error) {
	g, err := plan.AddGoal(tx, me, plan.GoalText{
		Title: fmt.Sprintf("Lead a service end to end, part %d", i), Area: plan.Professional, Due: today.AddDays(10 * i),
		Specific: "From the first sketch to the first year of running it", Measured: "Two releases that I led", Relevant: "It is what I want to be asked for",
	}, event.Thing{})
	if err != nil {
		return g, err
	}
	for step := range 4 {
		if _, err := plan.AddStep(tx, me, g.ID, plan.StepText{Words: fmt.Sprintf("Shadow the release of week %d", step), Activity: "shadowing", Due: today.AddDays(7*step + i)}); err != nil {
			return g, err
		}
	}
	if i%4 == 3 {
		err = plan.CloseGoal(tx, me, g.ID, g.Revision, plan.Done, "Small steps, every week.")
	}
	return g, err
}
