package conversation

import (
	"context"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/cadence"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
)

// YearJob is the kind of the jobs that lay out the next year, one for each partner.
const YearJob = "year of conversations"

// LayOutYear does the jobs of the kind YearJob: what stands with one partner is laid out to the end of
// the year that comes. What is laid out already stays as it is.
func LayOutYear(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		list, err := db.List(tx, scanCadence, selectCadence+`
			where g.organisation_id = $1 and (g.partner_id = $2 or g.partner_contact_id = $2) and g.state = 'standing' and not g.brought_along
			order by g.id`, args["organisation"], args["partner"])
		if err != nil || len(list) == 0 {
			return err
		}
		return (&laying{tx: tx, organisation: args["organisation"]}).all(list)
	})
}

// layOut lays out what is ahead of one cadence, in the name of somebody; what is as it was laid out before
// is laid out anew.
func layOut(tx *db.Tx, organisation, id, by db.ID) error {
	c, err := db.One(tx, scanCadence, selectCadence+"where g.organisation_id = $1 and g.id = $2", organisation, id)
	if err != nil {
		return err
	}
	return (&laying{tx: tx, organisation: organisation, by: by, anew: true}).all([]Cadence{c})
}

// laying is the work of laying out what stands with one partner.
type laying struct {
	tx           *db.Tx
	organisation db.ID
	by           db.ID // empty: the program
	anew         bool  // what is as it was laid out gets a new time
	until        civil.Date

	list  []Cadence
	sides map[db.ID]cadence.Side
	other map[db.ID][]cadence.Interval // what stands of each person, but for the cadences that are laid out
	have  map[db.ID][]laid             // what there is of each cadence
	apart map[[2]db.ID][]standing      // what two asked for by itself, by owner and partner

	rows, gaps [][]any
	events     []event.Event
	reminders  []job.Wanted
}

// laid is a conversation that a cadence has already.
type laid struct {
	Conversation
	month    civil.Date
	prepared bool
}

// untouched tells whether it still is as it was laid out, and ahead.
func (l laid) untouched(now time.Time) bool {
	return l.State == Planned && l.Revision == 1 && !l.prepared && l.At.After(now)
}

// turn is from which day of a year on the next year is laid out too.
const (
	turnMonth = time.November
	turnDay   = 15
)

// horizon is the last day for which a year is laid out at present.
func horizon(today civil.Date) civil.Date {
	year := today.Year()
	if !today.Before(civil.On(year, turnMonth, turnDay)) {
		year++
	}
	return civil.On(year, time.December, 31)
}

// all lays out cadences that have one partner.
func (l *laying) all(list []Cadence) error {
	l.list, l.until = list, horizon(civil.In(l.tx.Now(), time.UTC))
	for _, read := range []func() error{l.readHave, l.readSides} {
		if err := read(); err != nil {
			return err
		}
	}
	pairs := make([]cadence.Pair, len(list))
	for n, c := range list {
		pairs[n] = l.pair(c)
	}
	years := cadence.LayOut(l.partner(), l.other[list[0].Partner.Person], pairs)
	for n, c := range list {
		if err := l.keep(c, years[n]); err != nil {
			return err
		}
	}
	return l.write()
}

// partner is the side that all of them meet with. Of a contact nothing is known: the owner's own hours count.
func (l *laying) partner() cadence.Side {
	if c := l.list[0]; !c.Alone() {
		return l.sides[c.Partner.Person]
	}
	return l.sides[l.list[0].Owner.Person]
}

// pair is a cadence as it is to be laid out.
func (l *laying) pair(c Cadence) cadence.Pair {
	p := cadence.Pair{Key: string(c.ID), Owner: l.sides[c.Owner.Person]}
	p.Owner.Busy = append(slices.Clone(p.Owner.Busy), l.other[c.Owner.Person]...)
	taken := map[civil.Date]bool{}
	for _, h := range l.have[c.ID] {
		if !h.At.IsZero() && h.State != Cancelled {
			here := h.At.In(c.OwnerZone)
			p.Habit = cadence.Habit{Weekday: here.Weekday(), Minute: here.Hour()*60 + here.Minute()}
		}
		if l.anew && h.untouched(l.tx.Now()) {
			continue
		}
		taken[h.month] = true
		if h.State != Cancelled {
			p.Fixed = append(p.Fixed, cadence.Interval{From: h.At, To: h.EndsAt()})
		}
	}
	for _, s := range l.apart[[2]db.ID{c.Owner.Person, c.Partner.Person}] {
		if s.kind != Free { // it stands for its month
			day := civil.In(s.From, c.OwnerZone)
			taken[civil.On(day.Year(), day.Month(), 1)] = true
			p.Fixed = append(p.Fixed, s.Interval)
		}
	}
	today := civil.In(l.tx.Now(), c.OwnerZone)
	for _, w := range c.Rhythm.plain().Wishes(c.Since, civil.Span{From: today.AddDays(2), To: l.until}, cadence.Best(string(c.ID))) {
		if !taken[w.Month] {
			p.Wishes = append(p.Wishes, w)
		}
	}
	return p
}

// keep notes what was found for a cadence: what is new, what gets another time, what has none any more.
func (l *laying) keep(c Cadence, y cadence.Year) error {
	again := map[civil.Date]Conversation{}
	for _, h := range l.have[c.ID] {
		if l.anew && h.untouched(l.tx.Now()) {
			again[h.month] = h.Conversation
		}
	}
	for _, p := range y.Placed {
		was, there := again[p.Month]
		delete(again, p.Month)
		if err := l.place(c, p, was, there); err != nil {
			return err
		}
	}
	for _, month := range slices.SortedFunc(maps.Keys(again), func(a, b civil.Date) int { return a.Time().Compare(b.Time()) }) {
		if err := l.off(again[month]); err != nil {
			return err
		}
	}
	for _, g := range y.Gaps {
		l.gaps = append(l.gaps, []any{l.organisation, c.ID, g.Month, g.Kind, g.Minutes, string(g.Why)})
	}
	return nil
}

// place gives a conversation its time: a new one, or one that is there under its id.
func (l *laying) place(c Cadence, p cadence.Placed, was Conversation, there bool) error {
	if there && was.At.Equal(p.At) && was.Kind == Kind(p.Kind) && was.Minutes == int64(p.Minutes) {
		return nil
	}
	one := Conversation{
		ID: was.ID, Owner: c.Owner, Partner: c.Partner, Line: c.Line, Kind: Kind(p.Kind), State: Planned, At: p.At, Minutes: int64(p.Minutes),
		ProposedBy: c.By, Cadence: c.ID, Month: p.Month, Revision: 1, CreatedAt: l.tx.Now(),
	}
	if there {
		if _, err := l.tx.Exec("update conversations set at = $1, minutes = $2, kind = $3 where organisation_id = $4 and id = $5",
			one.At, one.Minutes, string(one.Kind), l.organisation, one.ID); err != nil {
			return err
		}
		l.reminders = append(l.reminders, one.reminders(l.organisation, l.tx.Now())...)
		return one.happened(l.tx, l.me(), "conversation moved")
	}
	one.ID = l.tx.NewID()
	l.rows = append(l.rows, one.row(l.organisation))
	l.events = append(l.events, one.event(l.me(), "conversation laid out"))
	l.reminders = append(l.reminders, one.reminders(l.organisation, l.tx.Now())...)
	return nil
}

// me is in whose name it is done.
func (l *laying) me() org.Actor { return org.Actor{Organisation: l.organisation, Person: l.by} }

// off takes off what no longer has a place in the rhythm.
func (l *laying) off(c Conversation) error {
	c.State, c.CancelledBecause = Cancelled, ByRhythm
	return c.arrange(l.tx, l.me(), "conversation cancelled")
}

// write keeps all that was found, and asks for the next year in its time.
func (l *laying) write() error {
	if err := db.Insert(l.tx, "insert into conversations ("+columns+") values", l.rows); err != nil {
		return err
	}
	if err := event.RecordAll(l.tx, l.events); err != nil {
		return err
	}
	if err := job.EnqueueAll(l.tx, ReminderJob, l.reminders); err != nil {
		return err
	}
	these, args := among("id", l.ids(), 3)
	args = append([]any{l.until, l.organisation}, args...)
	if _, err := l.tx.Exec("update cadences set laid_until = $1 where organisation_id = $2 and "+these, args...); err != nil {
		return err
	}
	these, args = among("cadence_id", l.ids(), 2)
	if _, err := l.tx.Exec("delete from cadence_gaps where organisation_id = $1 and "+these, append([]any{l.organisation}, args...)...); err != nil {
		return err
	}
	for _, c := range l.list {
		if err := c.happened(l.tx, l.me(), "year laid out"); err != nil {
			return err
		}
	}
	if err := db.Insert(l.tx, "insert into cadence_gaps (organisation_id, cadence_id, month, kind, minutes, why) values", l.gaps); err != nil {
		return err
	}
	return l.askForNext()
}

// takeOff takes off what is ahead of a cadence and still as it was laid out.
func takeOff(tx *db.Tx, me org.Actor, c Cadence) error {
	l := laying{tx: tx, organisation: me.Organisation, by: me.Person, list: []Cadence{c}}
	if err := l.readHave(); err != nil {
		return err
	}
	for _, h := range l.have[c.ID] {
		if h.untouched(tx.Now()) {
			if err := l.off(h.Conversation); err != nil {
				return err
			}
		}
	}
	_, err := tx.Exec("delete from cadence_gaps where organisation_id = $1 and cadence_id = $2", me.Organisation, c.ID)
	return err
}

// askForNext asks for the year after, once for each partner: on one of the days after the turn, so that
// not everybody's is laid out at once.
func (l *laying) askForNext() error {
	partner := l.list[0].Partner.Person + l.list[0].Partner.Contact
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(partner))
	at := civil.On(l.until.Year(), turnMonth, turnDay).At(2, 0, time.UTC).Add(time.Duration(sum.Sum32()%(10*24*60)) * time.Minute)
	return job.Enqueue(l.tx, YearJob, string(partner)+" "+strconv.Itoa(l.until.Year()), at, job.Args{"organisation": l.organisation, "partner": partner})
}

func (l *laying) ids() []db.ID {
	ids := make([]db.ID, len(l.list))
	for n, c := range l.list {
		ids[n] = c.ID
	}
	return ids
}

// readHave reads what the cadences have: of the last two months, and ahead.
func (l *laying) readHave() error {
	condition, args := among("c.cadence_id", l.ids(), 3)
	l.have = map[db.ID][]laid{}
	_, err := db.List(l.tx, func(row db.Row) (struct{}, error) {
		var h laid
		var state string
		var planned bool
		err := row.Scan(&h.ID, &h.Cadence, &h.month, &h.Owner.Person, &h.Partner.Person, &h.Partner.Contact, &h.Kind, &state, &planned, &h.At, &h.Minutes,
			&h.ProposedBy, &h.Revision, &h.prepared)
		h.State = State(state)
		if planned {
			h.State = Planned
		}
		l.have[h.Cadence] = append(l.have[h.Cadence], h)
		return struct{}{}, err
	}, `
		select c.id, c.cadence_id, c.month, c.owner_id, c.partner_id, c.partner_contact_id, c.kind, c.state, c.planned, c.at, c.minutes,
			c.proposed_by_id, c.revision,
			exists (select 1 from agenda_items i where i.organisation_id = c.organisation_id and i.conversation_id = c.id)
			or exists (select 1 from conversation_texts t where t.organisation_id = c.organisation_id and t.conversation_id = c.id)
		from conversations c
		where c.organisation_id = $1 and `+condition+` and c.cadence_id is not null and not c.brought_along and c.cancelled_because <> 'rhythm' and c.at >= $2
		order by c.at, c.id`, append([]any{l.organisation, l.tx.Now().AddDate(0, -2, 0)}, args...)...)
	return err
}

// readSides reads when each of the people can meet, and what else stands between them and others.
func (l *laying) readSides() error {
	var people []db.ID
	for _, c := range l.list {
		people = append(people, c.Owner.Person)
	}
	if p := l.list[0].Partner.Person; p != "" {
		people = append(people, p)
	}
	slices.Sort(people)
	people = slices.Compact(people)
	ours := map[db.ID]bool{}
	for _, c := range l.list {
		ours[c.ID] = true
	}
	var err error
	l.apart = map[[2]db.ID][]standing{}
	l.sides, l.other, err = sidesOf(l.tx, l.organisation, people, l.tx.Now(), l.until.AddDays(1).Time(), func(s standing) bool {
		if s.cadence == "" && s.partner != "" {
			l.apart[[2]db.ID{s.owner, s.partner}] = append(l.apart[[2]db.ID{s.owner, s.partner}], s)
		}
		return ours[s.cadence]
	})
	return err
}

// standing is a conversation that stands, or that waits for an answer.
type standing struct {
	cadence.Interval
	id, cadence, owner, partner db.ID
	kind                        Kind
}

// sidesOf tells when people can meet between two times, and the conversations that stand with each, but
// for those that are passed over.
func sidesOf(tx *db.Tx, organisation db.ID, people []db.ID, from, to time.Time, pass func(standing) bool) (map[db.ID]cadence.Side, map[db.ID][]cadence.Interval, error) {
	known, err := dates.UnscopedAvailability(tx, organisation, people, from, to)
	if err != nil {
		return nil, nil, err
	}
	sides := make(map[db.ID]cadence.Side, len(known))
	for id, a := range known {
		sides[id] = sideOf(a)
	}
	stand := map[db.ID][]cadence.Interval{}
	owners, args := among("c.owner_id", people, 4)
	partners, _ := among("c.partner_id", people, 4)
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var s standing
		var minutes int64
		err := row.Scan(&s.id, &s.owner, &s.partner, &s.cadence, &s.kind, &s.From, &minutes)
		s.To = s.From.Add(time.Duration(minutes) * time.Minute)
		if err == nil && !pass(s) {
			stand[s.owner] = append(stand[s.owner], s.Interval)
			if s.partner != "" {
				stand[s.partner] = append(stand[s.partner], s.Interval)
			}
		}
		return struct{}{}, err
	}, `
		select c.id, c.owner_id, c.partner_id, c.cadence_id, c.kind, c.at, c.minutes from conversations c
		where c.organisation_id = $1 and c.at >= $2 and c.at < $3 and (`+owners+` or `+partners+`)
			and c.state in ('requested', 'agreed') and not c.brought_along
		order by c.at, c.id`, append([]any{organisation, from.Add(-8 * time.Hour), to}, args...)...)
	return sides, stand, err
}

func sideOf(a dates.Availability) cadence.Side {
	s := cadence.Side{Zone: a.Zone, Away: a.Away}
	for day, hours := range a.Hours {
		for _, h := range hours {
			s.Hours[day] = append(s.Hours[day], cadence.Clock(h))
		}
	}
	for _, b := range a.Busy {
		s.Busy = append(s.Busy, cadence.Interval(b))
	}
	return s
}

// among narrows a column to ids, with the arguments from $n on. There are few texts of it: the last id
// fills up.
func among(column string, ids []db.ID, n int) (condition string, args []any) {
	places := 4
	for places < len(ids) {
		places *= 4
	}
	for i := range places {
		args = append(args, string(ids[min(i, len(ids)-1)]))
	}
	return column + " in (" + db.Places(n, places) + ")", args
}
