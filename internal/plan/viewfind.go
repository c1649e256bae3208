package plan

import (
	"cmp"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const selectView = `
	select v.id, v.skill_id, v.skill, v.person_id, coalesce(b.name, v.name), v.note, v.asked_at, v.expires_at, v.level, v.words,
		v.answered_at, v.by_link, v.brought_along
	from skill_views v
	left join people b on b.organisation_id = v.organisation_id and b.id = v.person_id
`

func scanView(row db.Row) (SkillView, error) {
	var v SkillView
	err := row.Scan(&v.ID, &v.Skill, &v.SkillName, &v.Person, &v.Name, &v.Note, &v.AskedAt, &v.ExpiresAt, &v.Level, &v.Words,
		&v.AnsweredAt, &v.ByLink, &v.BroughtAlong)
	return v, err
}

// ViewsOf lists how others see a skill of the actor's own, the first asked first. Nobody else reads them.
func ViewsOf(tx *db.Tx, me org.Actor, skill db.ID) ([]SkillView, error) {
	return db.List(tx, scanView, selectView+`
		where v.organisation_id = $1 and v.owner_id = $2 and v.skill_id = $3
		order by v.asked_at, v.id`, me.Organisation, me.Person, skill)
}

// MyView finds what the actor asked of somebody about a skill of theirs.
func MyView(tx *db.Tx, me org.Actor, id db.ID) (SkillView, error) {
	return db.One(tx, scanView, selectView+"where v.organisation_id = $1 and v.owner_id = $2 and v.id = $3", me.Organisation, me.Person, id)
}

func myView(tx *db.Tx, me org.Actor, id db.ID) (SkillView, error) {
	if err := mayWrite(me); err != nil {
		return SkillView{}, err
	}
	return MyView(tx, me, id)
}

// ViewAsked is what somebody is asked: how they see one skill. They see its name and what the owner wrote to them, and
// neither the level that the owner gives themselves nor anything else.
type ViewAsked struct {
	SkillView
	Owner       db.ID
	OwnerName   string
	OwnerCalled string
}

const selectViewAsked = `
	select v.id, v.skill_id, v.skill, v.person_id, v.name, v.note, v.asked_at, v.expires_at, v.level, v.words, v.answered_at, v.by_link,
		p.id, p.name, p.first_name
	from skill_views v
	join people p on p.organisation_id = v.organisation_id and p.id = v.owner_id
`

func scanViewAsked(row db.Row) (ViewAsked, error) {
	var a ViewAsked
	var first string
	err := row.Scan(&a.ID, &a.Skill, &a.SkillName, &a.Person, &a.Name, &a.Note, &a.AskedAt, &a.ExpiresAt, &a.Level, &a.Words, &a.AnsweredAt, &a.ByLink,
		&a.Owner, &a.OwnerName, &first)
	a.OwnerCalled = cmp.Or(first, a.OwnerName)
	return a, err
}

// AskedForView finds what the actor was asked, or has answered: they alone see it, while its owner is here and, unanswered, while
// it stands.
func AskedForView(tx *db.Tx, me org.Actor, id db.ID) (ViewAsked, error) {
	return db.One(tx, scanViewAsked, selectViewAsked+`
		where v.organisation_id = $1 and v.id = $2 and `+viewAskedSeen, me.Organisation, id, me.Viewer(), tx.Now())
}

// ViewAskedByLink finds what a link asks: that, and nothing else.
//
// Errors: problem.NotFound when it is asked no more.
func ViewAskedByLink(tx *db.Tx, o link.Opened) (ViewAsked, error) {
	a, err := db.One(tx, scanViewAsked, selectViewAsked+`
		where v.organisation_id = $1 and v.id = $2 and v.owner_id = $3 and v.by_link and v.answered_at is null and v.ended_at is null`,
		o.Organisation, o.Thing.ID, o.Owner)
	if err == nil && (o.Purpose != ViewByLink || o.Thing != a.Thing()) {
		return ViewAsked{}, problem.NotFound
	}
	return a, err
}
