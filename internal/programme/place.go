package programme

import (
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Place is somebody who takes part in a programme, would like to, or did.
type Place struct {
	ID        db.ID
	Programme db.ID
	Name      string // of the programme
	Person    org.Party
	Hopes     string  // what they want to learn
	Stated    []Skill // what they say of themselves in the skills that it builds on
	State     PlaceState
	AskedAt   time.Time
	DecidedBy org.Party
	DecidedAt time.Time
	Words     string // of whoever decided
	AnswerBy  time.Time
	EndedAt   time.Time
	Origin    org.Origin

	Yours      bool      // the reader's own; otherwise they decide it, did, or were told what came of it
	ReadsWords bool      // the reader reads what was written with it
	WrittenFor org.Party // who was named to its person as the one who reads it; shown to them alone
	waitsFor   string
}

// PlaceState is where it stands with a place.
type PlaceState string

// The states of a place.
const (
	Asked     PlaceState = "asked"   // waits for a yes
	Waiting   PlaceState = "waiting" // in line for a seat
	Offered   PlaceState = "offered" // a seat is kept for them until a day
	Placed    PlaceState = "placed"
	Done      PlaceState = "done"
	Declined  PlaceState = "declined"
	Withdrawn PlaceState = "withdrawn" // they gave it up
	Lapsed    PlaceState = "lapsed"    // not answered in time, or not reached
	CalledOff PlaceState = "cancelled"
)

// Seated tells whether a seat is kept for them.
func (p Place) Seated() bool { return p.State == Offered || p.State == Placed }

// Live tells whether something is still to come of it.
func (p Place) Live() bool { return p.State == Asked || p.State == Waiting || p.Seated() }

// Thing is the place as something that has a page.
func (p Place) Thing() event.Thing { return placeThing(p.ID) }

func placeThing(id db.ID) event.Thing { return event.Thing{Kind: "programme place", ID: id} }

// SignUpInput is what somebody says who would like to take part.
type SignUpInput struct {
	Hopes  string
	Stated []Skill // in the order of what the programme builds on
	Origin org.Origin
}

const (
	mostPlaces      = 20 // of one person, of which something is still to come
	answerWithin    = 5 * 24 * time.Hour
	programmeOwners = "programme owners" // for whom what waits for no one person waits
)

// SignUp asks for a seat. Where nobody decides and one is free, it is theirs; where none is, they
// stand in line.
//
// Errors: problem.NotFound, problem.Refused where nobody signs up any more, where it is not for their
// kind of employment, and where they signed up already; problem.Invalid by field.
func SignUp(tx *db.Tx, me org.Actor, id db.ID, in SignUpInput) (Place, error) {
	if me.Left {
		return Place{}, youHaveLeft
	}
	p, err := forSignUp(tx, me, id)
	if err != nil {
		return Place{}, err
	}
	if err := p.takes(tx, me); err != nil {
		return Place{}, err
	}
	if err := in.check(p); err != nil {
		return Place{}, err
	}
	return p.signUp(tx, me, in)
}

// forSignUp finds a programme with who stands in line where that matters alone: two hundred who sign up at once
// hinder each other as little as can be.
func forSignUp(tx *db.Tx, me org.Actor, id db.ID) (Programme, error) {
	p, err := db.One(tx, scanProgramme, strings.NewReplacer(countWaiting, "case when p.taken < p.seats then "+countWaiting+" else 0 end", countAsked, "0").Replace(selectProgramme)+
		"where "+known+" and p.id = $4", me.Organisation, string(me.Viewer()), me.KeepsProgrammes(), id)
	if err != nil {
		return p, err
	}
	all := []Programme{p}
	err = addSkills(tx, me.Organisation, all)
	return all[0], err
}

func (p Programme) signUp(tx *db.Tx, me org.Actor, in SignUpInput) (Place, error) {
	whom, err := p.deciders(tx, me)
	if err != nil {
		return Place{}, err
	}
	place := Place{ID: tx.NewID(), Programme: p.ID, Person: me.Self(), State: Waiting}
	switch {
	case p.Decides != Nobody:
		place.State = Asked
	case p.Free() > 0 && p.InLine == 0:
		place.State = Placed
	}
	if place.State == Placed {
		if err := p.takeSeat(tx, me.Organisation); err != nil {
			return place, err
		}
	}
	if p.answeredByOwners(me) {
		place.waitsFor = programmeOwners
	} else if len(whom) > 0 {
		place.WrittenFor.Person = whom[0]
	}
	if err := place.insert(tx, me, in); err != nil {
		return place, err
	}
	if err := happened(tx, me.Organisation, me.Person, "programme signed up", p.ID, map[string]string{"place": string(place.ID), "state": string(place.State)}); err != nil {
		return place, err
	}
	return place, tellAll(tx, me.Organisation, whom, notice.Asked, place.ID)
}

func (p Place) insert(tx *db.Tx, me org.Actor, in SignUpInput) error {
	if err := db.Put(tx, "programme_places", "organisation_id, id, programme_id, person_id, hopes, state, asked_at, words, origin_kind, origin_id, waits_for, written_for_id",
		me.Organisation, p.ID, p.Programme, me.Person, in.Hopes, string(p.State), tx.Now(), "", in.Origin.Kind, in.Origin.ID, p.waitsFor, p.WrittenFor.Person); err != nil {
		return err
	}
	var rows [][]any
	for n, k := range in.Stated {
		rows = append(rows, []any{me.Organisation, p.ID, n, k.Name, k.Level})
	}
	return db.Insert(tx, "insert into programme_stated (organisation_id, place_id, position, name, level) values", rows)
}

// takes refuses whoever may not sign up now.
func (p Programme) takes(tx *db.Tx, me org.Actor) error {
	if why, err := p.WhyNot(tx, me); err != nil || why != "" {
		if err == nil {
			err = problem.Refused(why)
		}
		return err
	}
	var had, all int64
	if err := tx.Get(`
		select count(case when programme_id = $3 then 1 end), count(*) from programme_places
		where organisation_id = $1 and person_id = $2 and ended_at is null`, me.Organisation, me.Person, p.ID).Scan(&had, &all); err != nil {
		return err
	}
	switch {
	case had > 0:
		return problem.Refused("You signed up already.")
	case all >= mostPlaces:
		return problem.Refuse("You signed up to %d programmes. Give one back first: somebody may wait for it.", all)
	}
	return nil
}

// WhyNot says in words why the actor cannot sign up, whatever they say; empty where they can.
func (p Programme) WhyNot(tx *db.Tx, me org.Actor) (string, error) {
	switch {
	case p.State == Draft:
		return "This is a draft yet. Nobody can sign up before it is open.", nil
	case p.Over():
		return "This programme is over.", nil
	case p.State != Open:
		return "Nobody can sign up any more.", nil
	case !p.ApplyUntil.IsZero() && p.ApplyUntil.Before(civil.In(tx.Now(), me.Zone)):
		return "The last day to sign up has passed.", nil
	case len(p.Employment) == 0:
		return "", nil
	}
	who, err := org.Me(tx, me)
	if err != nil || p.isFor(who.Employment) {
		return "", err
	}
	return "This is for other kinds of employment than yours.", nil
}

// isFor tells whether a kind of employment may take part. Of whom none is known may: nothing speaks against it.
func (p Programme) isFor(employment string) bool {
	if len(p.Employment) == 0 || employment == "" {
		return true
	}
	for _, each := range p.Employment {
		if org.Fold(each) == org.Fold(employment) {
			return true
		}
	}
	return false
}

// check matches what somebody states against what the programme builds on. Where somebody decides, less is no
// hindrance: they see it.
func (in *SignUpInput) check(p Programme) error {
	wrong := problem.Invalid{}
	in.Hopes = tidy(wrong, "hopes", in.Hopes, mostWords)
	var stated []Skill
	for n, needed := range p.Builds {
		field := "level" + number(int64(n+1))
		level := int64(-1)
		if n < len(in.Stated) {
			level = in.Stated[n].Level
		}
		wrong.Check(level >= 0 && level <= 5, field, "Please say where you see yourself, from 0 to 5.")
		wrong.Check(p.Decides != Nobody || level < 0 || level >= needed.Level, field,
			"This builds on "+needed.Name+" at "+number(needed.Level)+". What comes before it is in the catalogue too.")
		stated = append(stated, Skill{Name: needed.Name, Level: level})
	}
	in.Stated = stated
	return wrong.Err()
}

// takeSeat counts one more seat as given: never more than there are. This is the only place at which
// their number grows.
func (p Programme) takeSeat(tx *db.Tx, organisation db.ID) error {
	took, err := tx.Exec("update programmes set taken = taken + 1 where organisation_id = $1 and id = $2 and taken < seats", organisation, p.ID)
	if err == nil && took == 0 {
		err = problem.Refused("The last seat was taken a moment ago.")
	}
	return err
}

// GiveUp takes back a sign-up, or gives up a seat: it is offered to the next in line, and the money
// goes back to the budget.
func GiveUp(tx *db.Tx, me org.Actor, id db.ID) error {
	place, err := own(tx, me, id)
	if err != nil {
		return err
	}
	if !place.Live() {
		return problem.Refused("There is nothing to give up here any more.")
	}
	if err := happened(tx, me.Organisation, me.Person, "programme given up", place.Programme, map[string]string{"place": string(id)}); err != nil {
		return err
	}
	return place.leaves(tx, me.Organisation, Withdrawn)
}

// leaves ends a place of which something was to come.
func (p Place) leaves(tx *db.Tx, organisation db.ID, how PlaceState) error {
	if _, err := tx.Exec("update programme_places set state = $1, ended_at = $2, answer_by = null where organisation_id = $3 and id = $4", string(how), tx.Now(), organisation, p.ID); err != nil {
		return err
	}
	if !p.Seated() {
		return nil
	}
	return freeSeat(tx, organisation, p)
}

// Finish notes that the actor has been through it, where its days do not say so by themselves.
func Finish(tx *db.Tx, me org.Actor, id db.ID) error {
	place, err := own(tx, me, id)
	if err != nil {
		return err
	}
	p, err := ByID(tx, me, place.Programme)
	if err != nil {
		return err
	}
	if place.State != Placed || !p.Begun(civil.In(tx.Now(), me.Zone)) {
		return problem.Refused("This has not begun yet.")
	}
	if err := happened(tx, me.Organisation, me.Person, "programme finished", p.ID, map[string]string{"place": string(id)}); err != nil {
		return err
	}
	return p.finish(tx, me.Organisation, "", []Place{place})
}

// Begun tells whether the programme has begun: it runs, or its first day has come or was never said.
func (p Programme) Begun(today civil.Date) bool {
	return p.State == Running || !p.Over() && p.State != Draft && !p.Begins.After(today)
}

// own finds a place of the actor's.
func own(tx *db.Tx, me org.Actor, id db.ID) (Place, error) {
	if me.Left {
		return Place{}, youHaveLeft
	}
	p, err := PlaceByID(tx, me, id)
	if err == nil && !p.Yours {
		err = problem.NotFound
	}
	return p, err
}
