package proposal

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

const selectProposal = `
	select p.id, p.owner_id, o.name, p.by_id, b.name, p.kind, p.goal_id, p.words, p.measured, p.due, p.why,
		p.state, p.answer, p.answered_at, case when p.owner_id = $2 then p.made_id end, p.created_at
	from proposals p
	join people o on o.organisation_id = p.organisation_id and o.id = p.owner_id
	join people b on b.organisation_id = p.organisation_id and b.id = p.by_id
`

func scanProposal(row db.Row) (Proposal, error) {
	var p Proposal
	err := row.Scan(&p.ID, &p.Owner.Person, &p.Owner.Name, &p.By.Person, &p.By.Name, &p.Kind, &p.Goal,
		&p.Text.Words, &p.Text.Measured, &p.Text.Due, &p.Text.Why, &p.State, &p.Answer, &p.AnsweredAt, &p.Made, &p.CreatedAt)
	return p, err
}

// ByID finds a proposal of which the actor is a side.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Proposal, error) {
	return db.One(tx, scanProposal, selectProposal+"where p.id = $3 and "+mine, me.Organisation, me.Person, id)
}

// ToMe lists what waits for the actor's answer, the oldest first. It is no more than a few.
func ToMe(tx *db.Tx, me org.Actor) ([]Proposal, error) {
	return db.List(tx, scanProposal, selectProposal+`
		where p.organisation_id = $1 and p.owner_id = $2 and p.state = 'waiting'
		order by p.id`, me.Organisation, me.Person)
}

// To lists what the actor proposed to a person, the newest first.
func To(tx *db.Tx, me org.Actor, person db.ID, most int) ([]Proposal, error) {
	return db.List(tx, scanProposal, selectProposal+`
		where p.organisation_id = $1 and p.by_id = $2 and p.owner_id = $3
		order by p.id desc limit $4`, me.Organisation, me.Person, person, most)
}

// All lists the proposals to and by the actor, the newest first, before a place in that list.
func All(tx *db.Tx, me org.Actor, before db.ID, most int) ([]Proposal, error) {
	return db.List(tx, scanProposal, selectProposal+"where "+mine+`
			and (cast($3 as text) = '' or p.id < $3)
		order by p.id desc limit $4`, me.Organisation, me.Person, string(before), most)
}

// WaitingBetween lists what waits for an answer between the actor and another person, the oldest first.
func WaitingBetween(tx *db.Tx, me org.Actor, other db.ID, most int) ([]Proposal, error) {
	return db.List(tx, scanProposal, selectProposal+"where "+mine+`
			and (p.owner_id = $3 or p.by_id = $3) and p.state = 'waiting'
		order by p.id limit $4`, me.Organisation, me.Person, other, most)
}

// Find lists proposals that hold the words and of which the actor is a side, at most so many, the newest first.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	held, args := words.Held("p.words", 4)
	return db.List(tx, event.ScanNamed, `
		select 'proposal', p.id, p.words from proposals p
		where `+mine+` and `+held+`
		order by p.id desc limit $3`, append([]any{me.Organisation, me.Person, most}, args...)...)
}
