package mentor

import (
	"errors"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// AlongProfile is what somebody offers, as they take it along. How many people they take is said anew
// where they come: until then it pauses there, and nobody sees it; the number stands in the form.
type AlongProfile struct {
	About     string             `json:"about,omitempty"`
	Skills    []AlongSkill       `json:"skills"`
	Topics    []string           `json:"topics,omitempty"`
	Formats   []Format           `json:"formats,omitempty"`
	Languages []string           `json:"languages,omitempty"`
	Hours     int64              `json:"hours"`
	Places    int64              `json:"places"`
	Who       Who                `json:"who"`
	Revision  int64              `json:"revision,omitempty"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// AlongSkill is a skill with a level.
type AlongSkill struct {
	Name  string `json:"name"`
	Level int64  `json:"level"`
}

// AlongRequest is what somebody asked a mentor, as one of the two takes it along to another
// installation, where it is a record.
type AlongRequest struct {
	ID        db.ID         `json:"id"`
	Of        org.Key       `json:"of"`
	Learn     string        `json:"learn"`
	Tried     string        `json:"tried,omitempty"`
	Skills    []AlongSkill  `json:"skills"`
	Rhythm    Rhythm        `json:"rhythm"`
	Until     civil.Date    `json:"until,omitzero"`
	State     RequestState  `json:"state"`
	CreatedAt time.Time     `json:"created_at"`
	ClosedAt  time.Time     `json:"closed_at,omitzero"`
	Choices   []AlongChoice `json:"choices,omitempty"`
}

// AlongChoice is whom it went to, and what they said.
type AlongChoice struct {
	Mentor     org.Key     `json:"mentor"`
	State      ChoiceState `json:"state"`
	AskedAt    time.Time   `json:"asked_at,omitzero"`
	InLineAt   time.Time   `json:"in_line_at,omitzero"` // since when it stood in line for a place, or was asked
	Answer     string      `json:"answer,omitempty"`
	Reply      string      `json:"reply,omitempty"`
	Pointer    org.Key     `json:"pointer,omitempty"`
	AgainOn    civil.Date  `json:"again_on,omitzero"`
	AnsweredAt time.Time   `json:"answered_at,omitzero"`
}

// TakeProfile is what the actor offers; nil where they offer nothing.
func TakeProfile(tx *db.Tx, me org.Actor) (*AlongProfile, error) {
	p, err := Mine(tx, me)
	if errors.Is(err, problem.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, p.Thing().Kind)
	return &AlongProfile{
		About: p.About, Skills: alongSkills(p.Skills), Topics: p.Topics, Formats: p.Formats, Languages: p.Languages, Hours: p.Hours, Places: max(p.Places, p.Brought), Who: p.Who,
		Revision: p.Revision, Earlier: earlier[p.Thing()],
	}, err
}

func alongSkills(all []Skill) []AlongSkill {
	var along []AlongSkill
	for _, k := range all {
		along = append(along, AlongSkill{k.Name, k.Level})
	}
	return along
}

// BringProfile takes over what somebody offered elsewhere, as a pause, unless they offer something here.
func BringProfile(tx *db.Tx, me org.Actor, in *AlongProfile) (org.Brought, error) {
	var b org.Brought
	if in == nil {
		return b, nil
	}
	_, err := Mine(tx, me)
	isNew := errors.Is(err, problem.NotFound)
	if err != nil && !isNew {
		return b, err
	}
	b.Count(isNew)
	if !isNew {
		return b, nil
	}
	text := Text{About: in.About, Topics: in.Topics, Formats: in.Formats, Languages: in.Languages, Hours: in.Hours, Who: in.Who}
	for _, k := range in.Skills {
		text.Skills = append(text.Skills, Skill{Name: k.Name, Level: k.Level})
	}
	const place = "/mentor_profile"
	if err := org.At(tx, place, Offer(tx, me, 0, text)); err != nil {
		return b, err
	}
	revision := max(1, in.Revision)
	if _, err := tx.Exec("update mentor_profiles set brought = $1, revision = $2 where organisation_id = $3 and person_id = $4", in.Places, revision, me.Organisation, me.Person); err != nil {
		return b, err
	}
	return b, org.BringEarlier(tx, me, place, profileOf(me.Person), revision, in.Earlier)
}

// TakeRequests are the requests of the actor's, and those in which they were asked.
func TakeRequests(tx *db.Tx, me org.Actor, others *org.Companions) ([]AlongRequest, error) {
	all, err := db.List(tx, scanRequest, selectRequest+`
		where r.organisation_id = $1 and r.id in (
			select id from mentor_requests where organisation_id = $1 and owner_id = $2
			union select c.request_id from mentor_choices c where c.organisation_id = $1 and c.mentor_id = $2 and `+asked+`)
		order by r.id`, me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	const atOnce = 200
	var along []AlongRequest
	for len(all) > 0 {
		some := all[:min(len(all), atOnce)]
		all = all[len(some):]
		if err := addToRequests(tx, me, some); err != nil {
			return nil, err
		}
		for _, r := range some {
			along = append(along, r.along(others))
		}
	}
	return along, nil
}

func (r Request) along(others *org.Companions) AlongRequest {
	a := AlongRequest{
		ID: r.ID, Of: others.Key(r.Owner), Learn: r.Learn, Tried: r.Tried, Skills: alongSkills(r.Skills), Rhythm: r.Rhythm, Until: r.Until, State: r.State, CreatedAt: r.CreatedAt, ClosedAt: r.ClosedAt,
	}
	for _, c := range r.Choices {
		one := AlongChoice{
			Mentor: others.Key(c.Mentor), State: c.State, AskedAt: c.AskedAt, InLineAt: c.InLineAt, Answer: c.Answer, Reply: c.Reply, AgainOn: c.AgainOn, AnsweredAt: c.Answered,
		}
		if c.Pointer.Person != "" {
			one.Pointer = others.Key(c.Pointer)
		}
		a.Choices = append(a.Choices, one)
	}
	return a
}

// Said is what a choice says in words.
func (c AlongChoice) Said() string { return strings.TrimSpace(c.Answer + "\n\n" + c.Reply) }

// Forget removes what the actor offers and asks. What they answered others stays with those.
func Forget(tx *db.Tx, me org.Actor) error {
	if err := settle(tx, me.Organisation, Withdrawn, "owner_id", me.Person); err != nil {
		return err
	}
	if err := nobodyAsks(tx, me.Organisation, me.Person); err != nil {
		return err
	}
	if err := tx.ExecEach([]string{
		"delete from mentor_choices where organisation_id = $1 and owner_id = $2",
		"delete from mentor_request_skills where organisation_id = $1 and owner_id = $2",
		"delete from mentor_requests where organisation_id = $1 and owner_id = $2",
	}, me.Organisation, me.Person); err != nil {
		return err
	}
	return removeProfile(tx, me)
}
