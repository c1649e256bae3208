package peoplefile

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestRandomFilesAndHands imports random files into a small organisation in which people are
// changed by hand in between, and holds after every step: nobody is above themselves, nobody
// here stands under somebody who has left, no two people share an address, and the same file again changes nothing.
func TestRandomFilesAndHands(t *testing.T) {
	for seed := range uint64(250) {
		r := rand.New(rand.NewPCG(seed, 7))
		w := &world{t: t}
		for step := range 6 {
			text, complete := randomFile(r), r.IntN(3) == 0
			f := read(t, text)
			w.apply(w.compare(f, complete))
			if wrong := w.inconsistent(); wrong != "" {
				t.Fatalf("seed %d, step %d: %s\n%s\n%s", seed, step, wrong, text, w.lines())
			}
			before := w.lines()
			d := w.compare(f, complete)
			if len(d.People) != 0 {
				p := d.People[0]
				t.Fatalf("seed %d, step %d: again touches %s: %v\n%s\n%s", seed, step, p.Values[FullName], p.Changes, text, before)
			}
			w.someHands(r)
		}
	}
}

func randomFile(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("id,name,email,status,title,manager\n")
	for range 1 + r.IntN(9) {
		n := 1 + r.IntN(9)
		if r.IntN(8) == 0 {
			n = 1 + r.IntN(12)
		}
		name, email, status, manager := fmt.Sprintf("P%d Q", n), fmt.Sprintf("p%d@x.example", n), "active", ""
		if r.IntN(12) == 0 {
			name = "Other Q"
		}
		switch r.IntN(10) {
		case 0:
			email = ""
		case 1:
			email = fmt.Sprintf("p%d@x.example", 1+r.IntN(9))
		}
		if r.IntN(7) == 0 {
			status = "terminated"
		}
		if r.IntN(5) > 0 {
			manager = fmt.Sprint(1 + r.IntN(10))
		}
		id := fmt.Sprint(n)
		if r.IntN(15) == 0 {
			id = ""
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s,T%d,%s\n", id, name, email, status, r.IntN(3), manager)
	}
	return b.String()
}

func (w *world) inconsistent() string {
	mails := map[string]string{}
	for i := range w.known {
		k := &w.known[i]
		if e := k.Values[Email]; e != "" && k.Values[Status] != Inactive {
			if mails[e] != "" {
				return e + " twice"
			}
			mails[e] = k.Key
		}
		if k.Values[Status] == Inactive {
			continue
		}
		if m := w.at(k.Manager); m != nil && m.Values[Status] == Inactive {
			return k.Values[FullName] + " stands under somebody who has left"
		}
		for m, up := w.at(k.Manager), 0; m != nil; m, up = w.at(m.Manager), up+1 {
			if m == k || up > len(w.known) {
				return k.Values[FullName] + " is above themselves"
			}
		}
	}
	return ""
}

// someHands does what administrators do in between: other titles, other managers, leaving.
func (w *world) someHands(r *rand.Rand) {
	for range r.IntN(3) {
		if len(w.known) == 0 {
			return
		}
		k := &w.known[r.IntN(len(w.known))]
		switch r.IntN(3) {
		case 0:
			k.Values[Title] = "by hand"
		case 1:
			old := k.Manager
			k.Manager = w.known[r.IntN(len(w.known))].Key
			if k.Values[Status] == Inactive || w.inconsistent() != "" {
				k.Manager = old
			}
		default:
			k.Values[Status], k.Manager = Inactive, ""
			for i := range w.known {
				if w.known[i].Manager == k.Key {
					w.known[i].Manager = ""
				}
			}
		}
	}
}
