package ask

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
)

// Programme is the one for a seat in which an ask was begun; empty for all others. Whoever reads the ask is
// told, since a yes signs its owner up.
func (a Ask) Programme(tx *db.Tx, me org.Actor) (db.ID, error) {
	var kind string
	var id db.ID
	err := tx.Get("select origin_kind, origin_id from asks where organisation_id = $1 and id = $2", me.Organisation, a.ID).Scan(&kind, &id)
	if kind != "programme" {
		return "", err
	}
	return id, err
}

// Grant is an ask for a seat in a programme, as far as it was answered.
type Grant struct {
	Owner     db.ID
	Programme db.ID
	Cost      money.Amount
	Granted   bool    // a yes, with everything shown that had to be
	Said      []db.ID // who said yes to it, and to its money
}

// UnscopedGrant finds what was answered to an ask for a seat, for the package of seats. Of any other it says
// problem.NotFound.
func UnscopedGrant(tx *db.Tx, organisation, id db.ID) (Grant, error) {
	var g Grant
	var by, money db.ID
	err := tx.Get(`
		select a.owner_id, a.origin_id, a.cost_minor, a.currency, d.by_person_id, m.with_person_id,
			d.answer = 'yes' or d.answer = 'yes with conditions' and not exists (select 1 from criteria c
				where c.organisation_id = a.organisation_id and c.ask_id = a.id and c.dropped_at is null and c.verdict <> 'shown')
		from asks a
		join decisions d on d.organisation_id = a.organisation_id and d.ask_id = a.id
		join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id and s.ended_at is null
		left join ask_approvals m on m.organisation_id = s.organisation_id and m.sending_id = s.id and m.ended_how = 'yes'
		where a.organisation_id = $1 and a.id = $2 and a.state = 'decided' and a.origin_kind = 'programme'`, organisation, id).
		Scan(&g.Owner, &g.Programme, &g.Cost.Minor, &g.Cost.Currency, &by, &money, &g.Granted)
	for _, each := range []db.ID{by, money} {
		if each != "" && each != g.Owner {
			g.Said = append(g.Said, each)
		}
	}
	return g, err
}
