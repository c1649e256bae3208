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

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/matching"
	"github.com/ownward/ownward/internal/org"
)

// keep writes down what came out, with a digest of all that went in.
func (k *task) keep(tx *db.Tx, me org.Actor, v Variant, a *answer) error {
	crowds, crowdOf := k.crowds(a)
	if _, err := tx.Exec("delete from round_results where organisation_id = $1 and variant_id = $2", me.Organisation, v.ID); err != nil {
		return err
	}
	f := Figures{Matched: int64(a.matched), Possible: int64(a.possible), Total: a.total, Least: math.MaxInt32}
	for _, m := range k.mentors {
		f.Places += m.room
	}
	rows := make([][]any, len(k.mentees))
	for i, j := range a.mentor {
		gone := k.mentees[i].gone
		if !gone {
			f.Mentees++
		}
		row := []any{me.Organisation, v.ID, k.mentees[i].id, db.ID(""), a.fit[i], string(mayBePair), crowdOf[i], db.ID("")}
		if j == matching.None {
			row[5] = string(k.because(a, int32(i)))
		} else {
			p := two{k.mentees[i].id, k.mentors[j].id}
			row[3], row[7] = p.mentor, k.stands[p].place
			if gone {
				row[5], rows[i] = string(Stays), row
				continue
			}
			f.Least = min(f.Least, int64(a.fit[i]))
			if at := slices.Index(k.mentees[i].wishes, p.mentor); at >= 0 {
				f.Wished++
				if at == 0 {
					f.FirstWish++
				}
			}
			if k.stands[p].met {
				f.Places++
			}
		}
		rows[i] = row
	}
	if a.matched == 0 {
		f.Least = 0
	}
	if err := db.Insert(tx, "insert into round_results (organisation_id, variant_id, mentee_id, mentor_id, fit, because, crowd, place_id) values", rows); err != nil {
		return err
	}
	said, err := json.Marshal(crowds)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`
		update round_variants set mentees = $1, places = $2, matched = $3, possible = $4, total = $5, least = $6, wished = $7, first_wish = $8,
			crowds = $9, digest = $10, solved_at = $11
		where organisation_id = $12 and id = $13`,
		f.Mentees, f.Places, f.Matched, f.Possible, f.Total, f.Least, f.Wished, f.FirstWish, string(said), k.digest(a.partners(k)), tx.Now(), me.Organisation, v.ID)
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

// digest is the same for the same people with the same statements, the same settings and the same result.
func (k *task) digest(partners map[db.ID]db.ID) string {
	sum := sha256.New()
	w := bufio.NewWriter(sum)
	fmt.Fprintf(w, "%+v\n", k.Settings)
	for n, c := range k.changes {
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
