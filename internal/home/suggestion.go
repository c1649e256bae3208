package home

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/relationship"
)

// Suggestion is one card of the library, with the fact that speaks for it. Its zero value is
// none.
type Suggestion struct {
	Fact   question.Fact
	Words  string // what the fact is about, in the words of who wrote it, or a name
	About  string // the goal or step that the question can name, as its page takes it; or ""
	Card   question.Card
	Near   db.ID // no card: somebody who matters, with whom the actor meant to be in touch about now; Words is the name
	NearOn civil.Date
}

// For how many days a fact speaks for a question.
const (
	afterNo     = 14
	newLine     = 30
	stuckSince  = 30
	afterReview = 5
	lateStep    = 14
	beforeTalk  = 7
)

// Suggest finds at most one question that fits what has just happened to the actor, or is about
// to, of all that the page knows already and of one look at the rest; without one, somebody with whom they
// meant to be in touch. A question that was asked
// since does its fact; what was let go of does not come back for that fact.
func (h Home) Suggest(tx *db.Tx, me org.Actor, lib *question.Library) (Suggestion, error) {
	if me.Left {
		return Suggestion{}, nil
	}
	found, letGo, asked, err := lately(tx, me)
	if err != nil {
		return Suggestion{}, err
	}
	facts := append(h.standing(me), found...)
	slices.SortStableFunc(facts, func(a, b Suggestion) int {
		return slices.Index(firstComes, kindOf(a.Fact.Moment)) - slices.Index(firstComes, kindOf(b.Fact.Moment))
	})
	var near Suggestion
	for _, f := range facts {
		if f.Near != "" {
			near = f.sooner(near)
			continue
		}
		if letGo[letGoKey{f.Fact.Moment, f.Fact.Thing}] || askedSince(lib, asked, f.Fact) {
			continue
		}
		var ok bool
		if f.Card, ok = lib.Fitting(f.Fact); ok {
			return f, nil
		}
	}
	return near, nil
}

// sooner is who of the two is meant for a day that comes first. The same one all week: who they are
// depends on nothing that a day changes.
func (s Suggestion) sooner(other Suggestion) Suggestion {
	if other.Near == "" || s.NearOn.Before(other.NearOn) || s.NearOn == other.NearOn && s.Near < other.Near {
		return s
	}
	return other
}

// monday is the first day of the week of a day.
func monday(day civil.Date) civil.Date { return day.AddDays(-(int(day.Weekday()) + 6) % 7) }

// firstComes is which facts come before which. A conversation of any kind is one of them.
var firstComes = []question.Moment{
	question.AfterNo, question.NewManager, "conversation", question.BeforeCheckIn, question.WhenStuck, question.AfterReview,
}

func kindOf(m question.Moment) question.Moment {
	if slices.Contains(firstComes, m) {
		return m
	}
	return "conversation"
}

// standing are the facts among what the page shows anyway.
func (h Home) standing(me org.Actor) (facts []Suggestion) {
	for _, a := range h.ComingBack {
		if h.Today.DaysSince(civil.In(a.DecidedAt, me.Zone)) <= afterNo && !a.BroughtAlong {
			facts = append(facts, Suggestion{Fact: question.Fact{Moment: question.AfterNo, Thing: a.ID, Since: a.DecidedAt}, Words: a.What})
		}
	}
	if c := h.Next; c.ID != "" && civil.In(c.At, me.Zone).DaysSince(h.Today) <= beforeTalk {
		facts = append(facts, Suggestion{Fact: BeforeTalk(me, c), Words: c.Other(me).Name})
	}
	for _, p := range h.Promises {
		if days := p.CheckIn.DaysSince(h.Today); days >= 0 && days <= soon && p.To.Is(me) && !p.AgreedAt.IsZero() {
			fact := question.Fact{Moment: question.BeforeCheckIn, Thing: p.ID, Since: p.AgreedAt}
			facts = append(facts, Suggestion{Fact: fact, Words: p.Words})
		}
	}
	for _, s := range h.Steps {
		if !s.Due.IsZero() && h.Today.DaysSince(s.Due) > lateStep {
			fact := question.Fact{Moment: question.WhenStuck, Thing: s.ID, Since: s.Due.At(0, 0, me.Zone)}
			facts = append(facts, Suggestion{Fact: fact, Words: s.Words, About: "step:" + string(s.ID)})
		}
	}
	return facts
}

// BeforeTalk is the fact that a conversation comes. Who leads the other side is given a question
// that managers ask.
func BeforeTalk(me org.Actor, c conversation.Conversation) question.Fact {
	f := question.Fact{Moment: question.BeforeConversation(string(c.Kind)), Thing: c.ID, Since: c.CreatedAt}
	switch {
	case c.Line != "" && c.Partner.Is(me):
		f.By = question.ByManager
	case c.Line != "":
		f.Of = []question.Audience{question.ForManager}
	default:
		f.Of = []question.Audience{question.ForMentor, question.ForColleague}
	}
	return f
}

type letGoKey struct {
	moment question.Moment
	thing  db.ID
}

// lately looks up what the page does not show: goals that were looked back at, new reporting
// lines, which suggestions were let go of, and which cards were asked.
func lately(tx *db.Tx, me org.Actor) (facts []Suggestion, letGo map[letGoKey]bool, asked map[string]time.Time, err error) {
	letGo, asked = map[letGoKey]bool{}, map[string]time.Time{}
	now := tx.Now()
	week := monday(civil.In(now, me.Zone))
	answered := false // the line on somebody who matters, this week
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var what, words, how, goal string
		var thing db.ID
		var at time.Time
		if err := row.Scan(&what, &thing, &words, &how, &goal, &at); err != nil {
			return struct{}{}, err
		}
		fact := question.Fact{Thing: thing, Since: at}
		switch {
		case what == "let go":
			letGo[letGoKey{question.Moment(words), thing}] = true
			answered = answered || question.Moment(words) == question.NearAnswered && !civil.In(at, me.Zone).Before(week)
			return struct{}{}, nil
		case what == "asked":
			asked[words] = at
			return struct{}{}, nil
		case what == "near":
			day, err := civil.Parse(how)
			facts = append(facts, Suggestion{Near: thing, Words: words, NearOn: day})
			return struct{}{}, err
		case what == "line":
			fact.Moment = question.NewManager
		case what == "led":
			fact.Moment, fact.By = question.NewManager, question.ByManager
		case how == string(plan.Stuck):
			fact.Moment = question.WhenStuck
		case now.Sub(at) < afterReview*24*time.Hour:
			fact.Moment = question.AfterReview
		default:
			return struct{}{}, nil
		}
		found := Suggestion{Fact: fact, Words: words}
		if goal != "" {
			found.About = "goal:" + goal
		}
		facts = append(facts, found)
		return struct{}{}, nil
	}, latelySQL, me.Organisation, me.Person,
		now.AddDate(0, 0, -stuckSince), now.AddDate(0, 0, -newLine), now.AddDate(0, 0, -question.FactsLast),
		week.AddDays(-relationship.Near), week.AddDays(6+relationship.Near))
	if answered {
		facts = slices.DeleteFunc(facts, func(f Suggestion) bool { return f.Near != "" })
	}
	return facts, letGo, asked, err
}

// latelySQL is one statement over what five packages keep, since the start page asks for it as
// often as for anything: each part goes through an index on the actor.
const latelySQL = `
	select 'review' what, r.id, g.title words, r.how, g.id goal, r.created_at at from goal_reviews r
		join goals g on g.organisation_id = r.organisation_id and g.id = r.goal_id
		where r.organisation_id = $1 and r.owner_id = $2 and r.created_at > $3 and g.state = 'open' and not exists (
			select 1 from goal_reviews later where later.organisation_id = $1 and later.goal_id = r.goal_id and later.created_at > r.created_at)
	union all
	select 'line', l.id, p.first_name, '', '', l.began_at from reporting_lines l
		join people p on p.organisation_id = l.organisation_id and p.id = l.manager_id
		where l.organisation_id = $1 and l.person_id = $2 and l.ended_at is null and l.began_at > $4 and exists (
			select 1 from reporting_lines before where before.organisation_id = $1 and before.person_id = $2 and before.ended_at is not null)
	union all
	select 'led', l.id, p.first_name, '', '', l.began_at from reporting_lines l
		join people p on p.organisation_id = l.organisation_id and p.id = l.person_id
		where l.organisation_id = $1 and l.manager_id = $2 and l.ended_at is null and l.began_at > $4 and exists (
			select 1 from reporting_lines before where before.organisation_id = $1 and before.person_id = l.person_id and before.ended_at is not null)
	union all
	select 'near', r.id, coalesce(p.name, k.name, ''), r.next_on, '', r.created_at from relationships r
		left join people p on p.organisation_id = r.organisation_id and p.id = r.person_id
		left join contacts k on k.organisation_id = r.organisation_id and k.id = r.contact_id
		where r.organisation_id = $1 and r.owner_id = $2 and r.next_on >= $6 and r.next_on <= $7 and p.left_at is null
	union all
	select 'let go', thing_id, moment, '', '', let_go_at from suggestions_let_go where organisation_id = $1 and owner_id = $2
	union all
	select 'asked', max(id), card_id, '', '', max(created_at) from askings
		where organisation_id = $1 and owner_id = $2 and card_id <> '' and created_at > $5 group by card_id
	order by at desc limit 700`

// askedSince tells whether a question for that moment was asked since the fact.
func askedSince(lib *question.Library, asked map[string]time.Time, f question.Fact) bool {
	for id, at := range asked {
		if card, ok := lib.ByID(id); ok && at.After(f.Since) && card.Suits(f.Moment) {
			return true
		}
	}
	return false
}
