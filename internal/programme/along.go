package programme

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// AlongPlace is what somebody took part in, or would have liked to, as they take it along to another
// installation, where it is a record.
type AlongPlace struct {
	ID        db.ID        `json:"id"`
	Kind      Kind         `json:"kind"`
	Name      string       `json:"name"`
	Begins    civil.Date   `json:"begins,omitzero"`
	Ends      civil.Date   `json:"ends,omitzero"`
	Hopes     string       `json:"hopes,omitempty"`
	Stated    []AlongSkill `json:"stated,omitempty"`
	State     PlaceState   `json:"state"`
	AskedAt   time.Time    `json:"asked_at"`
	DecidedBy org.Key      `json:"decided_by,omitempty"`
	DecidedAt time.Time    `json:"decided_at,omitzero"`
	Words     string       `json:"words,omitempty"`
	EndedAt   time.Time    `json:"ended_at,omitzero"`
	Looks     []AlongLook  `json:"looks,omitempty"`
}

// AlongSkill is a skill with a level.
type AlongSkill struct {
	Name  string `json:"name"`
	Level int64  `json:"level"`
}

// AlongLook is what they said came of it.
type AlongLook struct {
	When      When      `json:"when"`
	Learned   string    `json:"learned,omitempty"`
	Used      string    `json:"used,omitempty"`
	Returned  string    `json:"returned,omitempty"`
	WrittenAt time.Time `json:"written_at"`
	ToldAt    time.Time `json:"told_at,omitzero"`
}

// AlongProgramme is what somebody posted, as they take it along.
type AlongProgramme struct {
	ID         db.ID        `json:"id"`
	Kind       Kind         `json:"kind"`
	Name       string       `json:"name"`
	About      string       `json:"about"`
	Audience   string       `json:"audience,omitempty"`
	Employment []string     `json:"employment,omitempty"`
	Learns     string       `json:"learns,omitempty"`
	Teaches    []string     `json:"teaches,omitempty"`
	Needs      string       `json:"needs,omitempty"`
	Builds     []AlongSkill `json:"builds,omitempty"`
	Seats      int64        `json:"seats"`
	Begins     civil.Date   `json:"begins,omitzero"`
	Ends       civil.Date   `json:"ends,omitzero"`
	State      State        `json:"state"`
	Cancelled  string       `json:"cancelled,omitempty"`
	CreatedAt  time.Time    `json:"created_at"`
}

const mostAlong = 100_000

// TakePlaces are the actor's places, with what they said came of each.
func TakePlaces(tx *db.Tx, me org.Actor, others *org.Companions) ([]AlongPlace, error) {
	at := map[db.ID]int{}
	var decided []org.Party
	along, err := db.List(tx, func(row db.Row) (AlongPlace, error) {
		var a AlongPlace
		var by org.Party
		err := row.Scan(&a.ID, &a.Kind, &a.Name, &a.Begins, &a.Ends, &a.Hopes, &a.State, &a.AskedAt, &by.Person, &by.Name, &a.DecidedAt, &a.Words, &a.EndedAt)
		at[a.ID] = len(decided)
		decided = append(decided, by)
		return a, err
	}, `
		select pl.id, p.kind, p.name, p.begins, p.ends, pl.hopes, pl.state, pl.asked_at, pl.decided_by_id, coalesce(by.name, ''), pl.decided_at, pl.words, pl.ended_at
		from programme_places pl
		join programmes p on p.organisation_id = pl.organisation_id and p.id = pl.programme_id
		left join people by on by.organisation_id = pl.organisation_id and by.id = pl.decided_by_id
		where pl.organisation_id = $1 and pl.person_id = $2 order by pl.id limit $3`, me.Organisation, me.Person, mostAlong)
	if err != nil {
		return nil, err
	}
	for n := range along {
		along[n].DecidedBy = others.Key(decided[n])
	}
	if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var k AlongSkill
		err := row.Scan(&id, &k.Name, &k.Level)
		along[at[id]].Stated = append(along[at[id]].Stated, k)
		return struct{}{}, err
	}, `
		select s.place_id, s.name, s.level from programme_stated s
		join programme_places pl on pl.organisation_id = s.organisation_id and pl.id = s.place_id
		where s.organisation_id = $1 and pl.person_id = $2 order by s.place_id, s.position`, me.Organisation, me.Person); err != nil {
		return nil, err
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var l AlongLook
		err := row.Scan(&id, &l.When, &l.Learned, &l.Used, &l.Returned, &l.WrittenAt, &l.ToldAt)
		along[at[id]].Looks = append(along[at[id]].Looks, l)
		return struct{}{}, err
	}, `
		select l.place_id, l.round, l.learned, l.used, l.returned, l.written_at, l.told_at from programme_looks l
		join programme_places pl on pl.organisation_id = l.organisation_id and pl.id = l.place_id
		where l.organisation_id = $1 and pl.person_id = $2 order by l.place_id, l.round`, me.Organisation, me.Person)
	return along, err
}

// TakePosted are the programmes that the actor posted.
func TakePosted(tx *db.Tx, me org.Actor) ([]AlongProgramme, error) {
	const atOnce = 100
	var along []AlongProgramme
	for last := db.ID(""); ; {
		some, err := db.List(tx, scanProgramme, selectProgramme+"where p.organisation_id = $1 and p.posted_by_id = $2 and p.id > $4 order by p.id limit $5",
			me.Organisation, me.Person, me.KeepsProgrammes(), string(last), atOnce)
		if err != nil || len(some) == 0 {
			return along, err
		}
		if err := addSkills(tx, me.Organisation, some); err != nil {
			return nil, err
		}
		for _, p := range some {
			along = append(along, p.along())
		}
		last = some[len(some)-1].ID
	}
}

func (p Programme) along() AlongProgramme {
	a := AlongProgramme{
		ID: p.ID, Kind: p.Kind, Name: p.Name, About: p.About, Audience: p.Audience, Employment: p.Employment, Learns: p.Learns, Needs: p.Needs,
		Seats: p.Seats, Begins: p.Begins, Ends: p.Ends, State: p.State, Cancelled: p.Cancelled, CreatedAt: p.CreatedAt,
	}
	for _, k := range p.Teaches {
		a.Teaches = append(a.Teaches, k.Name)
	}
	for _, k := range p.Builds {
		a.Builds = append(a.Builds, AlongSkill{k.Name, k.Level})
	}
	return a
}

// Forget removes what the actor wrote in places, and drafts that nobody else saw. What they posted stays in the
// catalogue: it is the organisation's.
func Forget(tx *db.Tx, me org.Actor) error {
	const draft = " and programme_id in (select id from programmes where organisation_id = $1 and posted_by_id = $2 and state = 'draft')"
	const place = " and place_id in (select id from programme_places where organisation_id = $1 and person_id = $2)"
	return tx.ExecEach([]string{
		"delete from programme_looks where organisation_id = $1" + place,
		"delete from programme_stated where organisation_id = $1" + place,
		"delete from programme_places where organisation_id = $1 and person_id = $2",
		"delete from programme_skills where organisation_id = $1" + draft,
		"delete from programmes where organisation_id = $1 and posted_by_id = $2 and state = 'draft'",
	}, me.Organisation, me.Person)
}
