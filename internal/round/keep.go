package round

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/matching"
	"github.com/ownward/ownward/internal/org"
)

// outcome is what is kept of an answer.
type outcome struct {
	Figures
	crowds   []Crowd
	rows     [][]any // of round_results, from the mentee on
	partners map[db.ID]db.ID
	digest   string
}

// outcome counts what came out and puts it in the form in which it is kept.
func (k *task) outcome(a *answer) outcome {
	crowds, crowdOf := k.crowds(a)
	partners := a.partners(k)
	o := outcome{
		Figures: Figures{Matched: int64(a.matched), Possible: int64(a.possible), Total: a.total, Least: math.MaxInt32},
		crowds:  crowds, rows: make([][]any, len(k.mentees)), partners: partners, digest: k.digest(partners, len(k.changes)),
	}
	for _, m := range k.mentors {
		o.Places += m.room
	}
	for i, j := range a.mentor {
		gone := k.mentees[i].gone
		if !gone {
			o.Mentees++
		}
		row := []any{k.mentees[i].id, db.ID(""), a.fit[i], string(mayBePair), crowdOf[i], db.ID("")}
		o.rows[i] = row
		if j == matching.None {
			row[3] = string(k.because(a, int32(i)))
			continue
		}
		p := two{k.mentees[i].id, k.mentors[j].id}
		row[1], row[5] = p.mentor, k.stands[p].place
		if gone {
			row[3] = string(Stays)
			continue
		}
		o.count(a.fit[i], slices.Index(k.mentees[i].wishes, p.mentor))
		if k.stands[p].met {
			o.Places++
		}
	}
	if a.matched == 0 {
		o.Least = 0
	}
	return o
}

// count counts a pair, and which wish of the mentee it is.
func (f *Figures) count(fit int32, wish int) {
	f.Least = min(f.Least, int64(fit))
	if wish >= 0 {
		f.Wished++
	}
	if wish == 0 {
		f.FirstWish++
	}
}

// keep writes down what came out, as it was worked out from what stood at a time.
func (o outcome) keep(tx *db.Tx, me org.Actor, variant db.ID, at time.Time) error {
	if _, err := tx.Exec("delete from round_results where organisation_id = $1 and variant_id = $2", me.Organisation, variant); err != nil {
		return err
	}
	rows := make([][]any, len(o.rows))
	for n, row := range o.rows {
		rows[n] = append([]any{me.Organisation, variant}, row...)
	}
	if err := db.Insert(tx, "insert into round_results (organisation_id, variant_id, mentee_id, mentor_id, fit, because, crowd, place_id) values", rows); err != nil {
		return err
	}
	said, err := json.Marshal(o.crowds)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`
		update round_variants set mentees = $1, places = $2, matched = $3, possible = $4, total = $5, least = $6, wished = $7, first_wish = $8,
			crowds = $9, digest = $10, solved_at = $11
		where organisation_id = $12 and id = $13`,
		o.Mentees, o.Figures.Places, o.Matched, o.Possible, o.Total, o.Least, o.Wished, o.FirstWish, string(said), o.digest, at, me.Organisation, variant)
	return err
}

// because is why somebody has nobody.
func (k *task) because(a *answer, i int32) Because {
	switch {
	case k.pairs.Row[i] == k.pairs.Row[i+1]:
		return k.without[i]
	case a.open.Row[i] == a.open.Row[i+1]:
		return ByHand // each of them was forbidden
	case !a.short[i]:
		return ByWishes
	}
	return ByCrowd
}

// partners are the ids of who gets whom.
func (a *answer) partners(k *task) map[db.ID]db.ID {
	all := map[db.ID]db.ID{}
	for i, j := range a.mentor {
		if j != matching.None {
			all[k.mentees[i].id] = k.mentors[j].id
		}
	}
	return all
}

// digest is the same for the same people with the same statements, the same settings, the same first so many changes by
// hand and the same result.
func (k *task) digest(partners map[db.ID]db.ID, changes int) string {
	sum := sha256.New()
	w := bufio.NewWriter(sum)
	fmt.Fprintf(w, "%+v\n", k.Settings)
	for n, c := range k.changes[:changes] {
		fmt.Fprintln(w, c.Mentee.Person, c.Mentor.Person, c.Kind, k.holds[n])
	}
	for j, m := range k.mentors {
		fmt.Fprintln(w, m.id, k.pairs.Capacity[j])
	}
	var b [8]byte
	for i, m := range k.mentees {
		fmt.Fprintln(w, m.id, partners[m.id])
		for e := k.pairs.Row[i]; e < k.pairs.Row[i+1]; e++ {
			binary.LittleEndian.PutUint32(b[:4], uint32(k.pairs.Mentor[e]))
			binary.LittleEndian.PutUint32(b[4:], uint32(k.pairs.Score[e]))
			_, _ = w.Write(b[:])
		}
	}
	for _, p := range k.inOrder() {
		fmt.Fprintln(w, p.mentee, p.mentor, k.stands[p].met)
	}
	_ = w.Flush()
	return hex.EncodeToString(sum.Sum(nil))
}
