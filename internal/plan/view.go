package plan

import (
	"cmp"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// SkillView is how somebody else sees one skill of a person, who asked them: a colleague on a page of their own, or
// somebody outside by a link. Its owner alone reads it, beside what they say of themselves: it is added to nothing,
// and nothing is made of several.
type SkillView struct {
	ID           db.ID
	Skill        db.ID
	SkillName    string // as it was asked about
	Person       db.ID  // the colleague; empty for somebody outside
	Name         string // of whoever is asked
	Note         string // what the owner wrote with it
	AskedAt      time.Time
	ExpiresAt    time.Time
	Level        int64 // 0 to 5; -1: they could not say
	Words        string
	AnsweredAt   time.Time // zero: not answered
	ByLink       bool
	BroughtAlong bool
}

// CannotSay stands for the level where somebody could not say.
const CannotSay = -1

// ViewByLink is the purpose of the links that ask for a view of a skill.
const ViewByLink link.Purpose = "skill view"

// How many people can be asked about one skill, how many of one person's questions may wait, how many they ask within a day, and
// for how many days a colleague is asked.
const (
	mostViews        = 20
	mostViewsWaiting = 30
	mostViewsADay    = 10
	viewDays         = 30
)

// Thing is the view as something that a link opens.
func (v SkillView) Thing() event.Thing { return event.Thing{Kind: "skill view", ID: v.ID} }

// Answered tells whether they answered.
func (v SkillView) Answered() bool { return !v.AnsweredAt.IsZero() }

// AskForView asks a person of the organisation how they see a skill of the actor's.
//
// Errors: problem.NotFound, problem.Invalid by field, problem.Refused when too many are asked.
func AskForView(tx *db.Tx, me org.Actor, skill, whom db.ID, note string) (SkillView, error) {
	v := SkillView{Skill: skill, Person: whom, Note: note, ExpiresAt: tx.Now().AddDate(0, 0, viewDays)}
	if err := colleagueToAsk(tx, me, whom, "whom", "How you see it stands there already. Choose somebody else."); err != nil {
		return v, err
	}
	if err := v.begin(tx, me); err != nil {
		return v, err
	}
	return v, notice.Tell(tx, me.Organisation, whom, notice.Asked, v.Thing(), string(v.ID))
}

// AskForViewByLink asks somebody outside how they see a skill of the actor's, by a link.
//
// Errors: those of AskForView and of link.Make.
func AskForViewByLink(tx *db.Tx, me org.Actor, skill db.ID, name, note string, in link.Input) (SkillView, link.Link, link.Token, error) {
	days := cmp.Or(in.Days, link.UsualDays)
	v := SkillView{Skill: skill, Name: name, Note: note, ByLink: true, ExpiresAt: tx.Now().AddDate(0, 0, days)}
	if err := v.begin(tx, me); err != nil {
		return v, link.Link{}, "", err
	}
	l, token, err := link.Make(tx, me, ViewByLink, v.Thing(), in)
	return v, l, token, err
}

func (v *SkillView) begin(tx *db.Tx, me org.Actor) error {
	k, err := mySkill(tx, me, v.Skill)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	v.Note = tidy(wrong, "note", v.Note, mostText)
	v.Name = nameToAsk(wrong, "view_name", v.Name, v.ByLink)
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := v.notTooMany(tx, me); err != nil {
		return err
	}
	v.ID, v.SkillName, v.AskedAt, v.Level = tx.NewID(), k.Name, tx.Now(), CannotSay
	if _, err := tx.Exec(`
		insert into skill_views (organisation_id, id, owner_id, skill_id, skill, person_id, name, note, asked_at, expires_at, level, words, by_link, brought_along)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, -1, '', $11, $12)`,
		me.Organisation, v.ID, me.Person, v.Skill, v.SkillName, v.Person, v.Name, v.Note, v.AskedAt, v.ExpiresAt, v.ByLink, false); err != nil {
		return err
	}
	return happened(tx, me, "skill view asked", v.Thing())
}

func (v SkillView) notTooMany(tx *db.Tx, me org.Actor) error {
	var ofSkill, waiting, same, today int64
	err := tx.Get(`
		select count(case when skill_id = $3 then 1 end), count(case when answered_at is null and expires_at > $5 then 1 end),
			count(case when skill_id = $3 and person_id = $4 and answered_at is null and expires_at > $5 then 1 end),
			count(case when asked_at > $6 then 1 end)
		from skill_views where organisation_id = $1 and owner_id = $2 and not brought_along`,
		me.Organisation, me.Person, v.Skill, v.Person, tx.Now(), tx.Now().AddDate(0, 0, -1)).Scan(&ofSkill, &waiting, &same, &today)
	switch {
	case err != nil:
		return err
	case same > 0:
		return problem.Invalid{"whom": "They were asked about this skill already."}
	case ofSkill >= mostViews:
		return problem.Refuse("%d people were asked about this skill: that is enough for any skill.", ofSkill)
	case waiting >= mostViewsWaiting:
		return problem.Refuse("%d of your questions about skills wait for an answer. Take some back before you ask again.", waiting)
	case today >= mostViewsADay:
		return problem.Refuse("You asked %d times within a day how somebody sees a skill. Go on tomorrow.", today)
	}
	return nil
}

// RemoveView takes back what somebody was asked about a skill of the actor's, or removes what they answered. From the same
// moment neither they nor a link finds it.
func RemoveView(tx *db.Tx, me org.Actor, id db.ID) error {
	v, err := myView(tx, me, id)
	if err != nil {
		return err
	}
	return v.remove(tx, me)
}

func (v SkillView) remove(tx *db.Tx, me org.Actor) error {
	if err := link.TakeBackOf(tx, me, v.Thing()); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from skill_views where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, v.ID, me.Person); err != nil {
		return err
	}
	return happened(tx, me, "skill view removed", v.Thing())
}

// removeViews goes with a skill that is removed: nobody is asked about it any more.
func (k Skill) removeViews(tx *db.Tx, me org.Actor) error {
	views, err := ViewsOf(tx, me, k.ID)
	if err != nil {
		return err
	}
	for _, v := range views {
		if err := v.remove(tx, me); err != nil {
			return err
		}
	}
	return nil
}

// ViewReply is an answer to somebody who asks for a view of their skill.
type ViewReply struct {
	Level int64 // CannotSay: they cannot
	Words string
	Name  string // of who answers by a link; they write it themselves
}

// GiveView answers what the actor was asked.
//
// Errors: problem.NotFound for what waits for no answer of the actor's, problem.Invalid by field.
func GiveView(tx *db.Tx, me org.Actor, id db.ID, in ViewReply) error {
	asked, err := AskedForView(tx, me, id)
	if err != nil {
		return err
	}
	if me.Left || asked.Answered() {
		return problem.NotFound
	}
	in.Name = ""
	return asked.give(tx, me.Organisation, me.Person, in)
}

// GiveViewByLink answers what a link asks.
//
// Errors: those of GiveView.
func GiveViewByLink(tx *db.Tx, o link.Opened, in ViewReply) error {
	asked, err := ViewAskedByLink(tx, o)
	if err != nil {
		return err
	}
	if in.Name, err = ownName(in.Name); err != nil {
		return err
	}
	return asked.give(tx, o.Organisation, "", in)
}

func (a ViewAsked) give(tx *db.Tx, organisation, by db.ID, in ViewReply) error {
	wrong := problem.Invalid{}
	in.Words = tidy(wrong, "words", in.Words, mostText)
	wrong.Check(in.Level >= CannotSay && in.Level <= TopLevel, "level", "Please choose one of them.")
	if err := wrong.Err(); err != nil {
		return err
	}
	answered, err := tx.Exec(`
		update skill_views set level = $1, words = $2, answered_at = $3, name = $4
		where organisation_id = $5 and id = $6 and answered_at is null and ended_at is null`,
		in.Level, in.Words, tx.Now(), in.Name, organisation, a.ID)
	if err != nil {
		return err
	}
	if answered == 0 {
		return problem.NotFound
	}
	if err := happened(tx, org.Actor{Organisation: organisation, Person: by}, "skill view given", a.Thing()); err != nil {
		return err
	}
	return notice.Tell(tx, organisation, a.Owner, notice.Answered, Skill{ID: a.Skill}.Thing(), string(a.ID))
}

// DeclineView takes what the actor was asked off their list. Nobody is told.
func DeclineView(tx *db.Tx, me org.Actor, id db.ID) error {
	asked, err := AskedForView(tx, me, id)
	if err != nil {
		return err
	}
	if me.Left || asked.Answered() {
		return problem.NotFound
	}
	_, err = tx.Exec("update skill_views set ended_at = $1 where organisation_id = $2 and id = $3 and person_id = $4 and answered_at is null",
		tx.Now(), me.Organisation, id, me.Person)
	return err
}
