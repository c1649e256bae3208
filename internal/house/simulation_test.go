package house_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/digest"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// Twenty-four months of an organisation of 200 people, half an hour at a time: everybody has a year of
// conversations with their manager, that lays itself out, promises something each quarter and asks for
// something each year. What was laid out is held against the rhythm; what came by mail against what an
// oracle of its own says should have come: each reminder and digest once, at the right hour where its
// receiver is.
const (
	simPeople   = 200
	simManagers = 20
)

var (
	simBegin = time.Date(2027, time.June, 7, 0, 0, 0, 0, time.UTC) // a Monday
	simEnd   = simBegin.AddDate(2, 0, 0)
	// The program stands still on the Monday after Europe's clocks went forward.
	downFrom = time.Date(2028, time.March, 27, 0, 0, 0, 0, time.UTC)
	downTo   = downFrom.Add(24 * time.Hour)
	simZones = []string{"Europe/Lisbon", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney"}
)

// came is a mail: to whom, what about, when.
type came struct {
	who  int
	what string
	at   time.Time
}

// stay is where somebody was from a time on.
type stay struct {
	from time.Time
	zone *time.Location
}

type simulation struct {
	t       *testing.T
	s       testkit.Store
	runner  *job.Runner
	actors  []org.Actor
	manager []int
	stays   [][]stay
	choice  []digest.Choice
	byMail  map[string]int
	now     time.Time
	got     []came
	later   map[time.Time][]func() // what people do then
	oracle  oracle
}

// Send keeps the reminders and digests.
func (sim *simulation) Send(_ context.Context, m mail.Message) error {
	sim.got = append(sim.got, came{sim.byMail[m.To], m.Subject, sim.now})
	return nil
}

func newSimulation(t *testing.T) *simulation {
	folder, err := os.MkdirTemp("/dev/shm", "ownward")
	if err != nil {
		folder = t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	sim := &simulation{t: t, s: testkit.Open(t, filepath.Join(folder, "ownward.db")), byMail: map[string]int{}, later: map[time.Time][]func(){}, now: simBegin}
	sim.runner = job.NewRunner(sim.s.DB, slog.New(slog.NewTextHandler(t.Output(), nil)), map[string]job.Do{
		notice.Job:             notice.Send(sim, func(thing event.Thing) string { return "https://own.example/" + string(thing.ID) }),
		digest.Due:             digest.Make,
		digest.Hours:           digest.FollowAll,
		digest.Mail:            digest.Send(sim, "https://own.example"),
		commitment.ReminderJob: commitment.SendReminder, conversation.ReminderJob: conversation.SendReminder,
		ask.ReminderJob: ask.SendReminder, ask.SilenceJob: ask.BreakSilence,
		conversation.YearJob: conversation.LayOutYear, invitation.YearJob: invitation.InviteToYear,
		invitation.Job: func(context.Context, *db.DB, db.ID, job.Args) error { return nil }, // looked at elsewhere
	})
	sim.runner.Rounds = []job.Round{{Kind: digest.Due, Next: digest.Next}, {Kind: digest.Hours, Next: job.Every(24 * time.Hour)}}
	sim.s.Clock.Move(simBegin.Add(-time.Hour).Sub(sim.s.Clock.Now()))
	sim.do(sim.hire)
	for who := 1; who < simPeople; who++ {
		sim.begins(who)
	}
	sim.do(sim.runner.Begin)
	return sim
}

func (sim *simulation) do(what func(tx *db.Tx) error) {
	sim.t.Helper()
	testkit.Do(sim.t, sim.s, what)
}

// hire adds a director, who leads twenty managers, who lead everybody else; each wants no other mail than
// reminders and digests.
func (sim *simulation) hire(tx *db.Tx) error {
	o, err := org.Found(tx, "Weir & Lock", "Europe/Lisbon", false)
	if err != nil {
		return err
	}
	by := org.Operator(o.ID)
	for i := range simPeople {
		zone := simZones[i%len(simZones)]
		address := fmt.Sprintf("p%d@weir.example", i)
		p, err := org.Add(tx, by, org.Details{Name: fmt.Sprint("Person ", i), Email: address, TimeZone: zone})
		if err != nil {
			return err
		}
		leads := 0
		if i > simManagers {
			leads = 1 + i%simManagers
		}
		if i > 0 {
			if err := org.SetManager(tx, by, p.ID, sim.actors[leads].Person); err != nil {
				return err
			}
		}
		me, err := org.UnscopedActor(tx, o.ID, p.ID)
		if err != nil {
			return err
		}
		if err := notice.Choose(tx, me, append(notice.Days.Of(), notice.Digest)); err != nil {
			return err
		}
		choice := []digest.Choice{digest.Usual, {Weekday: time.Tuesday, Hour: 17}, {Weekday: time.Friday, Hour: 6}}[i%3]
		if choice != digest.Usual {
			if err := digest.Choose(tx, me, choice); err != nil {
				return err
			}
		}
		sim.byMail[address] = i
		sim.actors, sim.manager, sim.choice = append(sim.actors, me), append(sim.manager, leads), append(sim.choice, choice)
		sim.stays = append(sim.stays, []stay{{time.Time{}, me.Zone}})
	}
	return nil
}

// run lets the two years pass.
func (sim *simulation) run() {
	sim.moves()
	for ; sim.now.Before(simEnd); sim.now = sim.now.Add(30 * time.Minute) {
		sim.s.Clock.Move(sim.now.Sub(sim.s.Clock.Now()))
		if sim.now.Before(downFrom) || !sim.now.Before(downTo) {
			if _, err := sim.runner.RunDue(sim.t.Context()); err != nil {
				sim.t.Fatal(err)
			}
		}
		if sim.now.Hour() == 12 && sim.now.Minute() == 0 {
			sim.do(func(tx *db.Tx) error { return sim.day(tx, civil.In(sim.now, time.UTC)) })
		}
		for _, act := range sim.later[sim.now] {
			act()
		}
	}
}

// day is what people begin on a day, at noon in UTC.
func (sim *simulation) day(tx *db.Tx, day civil.Date) error {
	for i := 1; i < simPeople; i++ {
		me, lead := sim.actors[i], sim.manager[i]
		if day.Day() == 1+(i*7)%27 && int(day.Month())%3 == i%3 { // once a quarter
			c, err := commitment.Make(tx, me, event.Thing{}, commitment.Input{By: me.Self(), To: sim.actors[lead].Self(), Words: "Do it", Due: day.AddDays(30), CheckIn: day.AddDays(60)})
			if err != nil {
				return err
			}
			sim.promised(i, lead, c)
		}
		if day.Day() == 1+(i*11)%27 && int(day.Month()) == 1+i%12 { // once a year
			if err := sim.ask(tx, i, lead, day); err != nil {
				return err
			}
		}
	}
	return nil
}

// begins lets somebody begin a year of conversations with their manager, as they are now.
func (sim *simulation) begins(who int) {
	from := sim.s.Clock.Now()
	sim.do(func(tx *db.Tx) error {
		_, err := conversation.Begin(tx, sim.actors[who], sim.actors[sim.manager[who]].Self(), conversation.Usual)
		return err
	})
	sim.oracle.years = append(sim.oracle.years, year{who, sim.manager[who], from, simEnd.AddDate(1, 0, 0)})
}

// promised has the promise done on the day it is due, or, of every second person, after the day to look
// back; and confirmed after that.
func (sim *simulation) promised(i, lead int, c commitment.Commitment) {
	done, confirmed := c.Due.At(13, 0, time.UTC), c.CheckIn.AddDays(2).At(13, 0, time.UTC)
	if i%2 == 0 {
		done = c.CheckIn.AddDays(1).At(13, 0, time.UTC)
	}
	sim.oracle.promises = append(sim.oracle.promises, promise{i, lead, sim.now, c.Due, c.CheckIn, done, confirmed})
	sim.later[done] = append(sim.later[done], func() {
		sim.do(func(tx *db.Tx) error { return commitment.SayItIsDone(tx, sim.actors[i], c.ID, "") })
	})
	sim.later[confirmed] = append(sim.later[confirmed], func() {
		sim.do(func(tx *db.Tx) error { return commitment.ConfirmDone(tx, sim.actors[lead], c.ID, "") })
	})
}

// ask sends an ask that is not answered in time and taken back after that.
func (sim *simulation) ask(tx *db.Tx, i, lead int, day civil.Date) error {
	by := day.AddDays(14)
	draft, err := ask.New(tx, sim.actors[i], event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Time, What: "A week", DecideBy: by}, Whom: sim.actors[lead].Self()})
	if err != nil {
		return err
	}
	if err := ask.Send(tx, sim.actors[i], draft.ID, draft.Revision); err != nil {
		return err
	}
	back := by.AddDays(3).At(13, 0, time.UTC)
	sim.oracle.asks = append(sim.oracle.asks, asked{i, lead, sim.now, by, back})
	sim.later[back] = append(sim.later[back], func() {
		sim.do(func(tx *db.Tx) error { return ask.Withdraw(tx, sim.actors[i], draft.ID) })
	})
	return nil
}

// moves lets people move to other zones, and to other managers.
func (sim *simulation) moves() {
	for n := range 24 {
		who := simManagers + 1 + n*7
		at := simBegin.AddDate(0, n, 9).Add(15 * time.Hour)
		for at.Weekday() != time.Wednesday { // no digest is due on one
			at = at.AddDate(0, 0, 1)
		}
		to := simZones[(who+1+n%3)%len(simZones)]
		sim.later[at] = append(sim.later[at], func() {
			sim.do(func(tx *db.Tx) error { return org.ChooseZone(tx, sim.actors[who], to) })
			sim.do(func(tx *db.Tx) (err error) {
				sim.actors[who], err = org.UnscopedActor(tx, sim.actors[who].Organisation, sim.actors[who].Person)
				return err
			})
			sim.stays[who] = append(sim.stays[who], stay{sim.now, org.Zone(to)})
		})
		changed, to2 := at.AddDate(0, 0, 5), 1+(who+3)%simManagers
		sim.later[changed] = append(sim.later[changed], func() {
			sim.do(func(tx *db.Tx) error {
				return org.SetManager(tx, org.Operator(sim.actors[who].Organisation), sim.actors[who].Person, sim.actors[to2].Person)
			})
			sim.oracle.ended(who, sim.manager[who], sim.now)
			sim.manager[who] = to2
			sim.begins(who)
		})
	}
}

func (sim *simulation) zone(i int, at time.Time) *time.Location {
	here := sim.stays[i][0].zone
	for _, s := range sim.stays[i] {
		if !s.from.After(at) {
			here = s.zone
		}
	}
	return here
}

func TestTwoYearsOfTwoHundredPeople(t *testing.T) {
	if testing.Short() {
		t.Skip("lets two years pass")
	}
	begin := time.Now()
	sim := newSimulation(t)
	sim.run()
	wrong := sim.laidOut()
	want := sim.oracle.expects(sim)
	wrong = append(wrong, differences(want, sim.got)...)
	t.Logf("%d mails in two years of %d people, in %v", len(sim.got), simPeople, time.Since(begin).Round(time.Second))
	for _, each := range wrong[:min(len(wrong), 20)] {
		t.Error(each)
	}
	if len(wrong) > 20 {
		t.Errorf("and %d more", len(wrong)-20)
	}
	if len(want) < 17_000 {
		t.Errorf("only %d mails were to come", len(want))
	}
	sim.faults(want)
}

// faults shows that the oracle sees what it is there to see.
func (sim *simulation) faults(want []came) {
	for name, spoil := range map[string]func([]came) []came{
		"one lost":         func(all []came) []came { return all[1:] },
		"one twice":        func(all []came) []came { return append(all, all[100]) },
		"an hour off":      func(all []came) []came { all[200].at = all[200].at.Add(time.Hour); return all },
		"to somebody else": func(all []came) []came { all[300].who++; return all },
	} {
		if len(differences(want, spoil(slices.Clone(sim.got)))) == 0 {
			sim.t.Errorf("a planted fault goes unseen: %s", name)
		}
	}
}

func differences(want, got []came) []string {
	count := map[came]int{}
	for _, each := range want {
		count[each]++
	}
	for _, each := range got {
		count[each]--
	}
	var wrong []string
	for each, n := range count {
		switch {
		case n > 0:
			wrong = append(wrong, fmt.Sprintf("%d of %q did not come to %d at %v", n, each.what, each.who, each.at))
		case n < 0:
			wrong = append(wrong, fmt.Sprintf("%d of %q came too often to %d at %v", -n, each.what, each.who, each.at))
		}
	}
	slices.Sort(wrong)
	return wrong
}
