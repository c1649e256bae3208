package peoplefile

import (
	"cmp"
	"slices"
)

// Known is one person as the organisation has them now.
type Known struct {
	Key     string // the caller's own name for the person
	Values  Values
	Manager string // the Key of their manager, "" for nobody
	Memory  string // what Person.Memory was at the last import, "" before the first
	Stays   bool   // cannot leave by an import
}

// Outcome is what an import does to a person.
type Outcome uint8

// The outcomes.
const (
	Unchanged Outcome = iota
	New
	Changed
	Leaving
)

// Change is one field of a person, before and after.
type Change struct {
	Field    Field
	Old, New string
}

// Person is one person as they will be after the import.
type Person struct {
	Key     string
	Known   *Known // nil for somebody new
	Row     *Row   // nil for somebody who is not in the file
	Outcome Outcome
	Values  Values
	Changes []Change
	Manager *Person // nil for nobody
	// Memory is for the caller to keep with the person and to hand back as Known.Memory: it
	// tells, at the next import, what was changed by hand since.
	Memory string

	place int // among all people
	row   int // of somebody new, among all rows
	said  fields
	last  memory
	edge  *Person // whom the file names, before circles are opened
	given bool    // the manager they have now is what the files led to, not chosen by hand
}

// Difference says what an import does.
type Difference struct {
	// People are those about whom something is to be written: everyone new, changed or leaving,
	// and those whose Memory alone is new.
	People   []*Person
	Problems []Problem // by line

	Rows       int // = New + Changed + Leaving + Unchanged - people not in the file + Skipped + Repeated + SetAside
	New        int
	Changed    int
	Leaving    int
	Unchanged  int
	Skipped    int // inactive and not known: not brought in
	Repeated   int // rows that say again, word for word, what another row says
	SetAside   int
	Altered    int // rows that went in, but not quite as the file says
	KeptByHand int // people with something changed by hand that the file does not touch
	NoEmail    int // active people of the file who cannot sign in yet
	Outside    int // how many of the changed and leaving are not in the file
	Here       int // active people before the import

	reasons map[int]string // why rows were set aside, by line
}

// Nothing is true when the import would write nothing about anybody.
func (d *Difference) Nothing() bool { return d.New+d.Changed+d.Leaving == 0 }

// AsGiven is true when every row went in as the file says.
func (d *Difference) AsGiven() bool { return d.SetAside+d.Altered == 0 }

// MostLeave is true when more than half of the people would leave: rarely what is meant.
func (d *Difference) MostLeave() bool { return d.Leaving*2 > d.Here }

// CompareOptions say what the file means.
type CompareOptions struct {
	Complete bool          // who is not in the file has left
	NewKey   func() string // names somebody new
}

// Compare says what importing the file does to the people known.
func Compare(f *File, known []Known, o CompareOptions) *Difference {
	c := &comparison{file: f, known: known, options: o, d: &Difference{Rows: len(f.Rows), reasons: map[int]string{}}}
	c.d.Problems = slices.Clone(f.Problems)
	c.people = make([]*Person, 0, len(known)+len(f.Rows))
	c.fate = make([]fate, len(f.Rows))
	c.meetKnown()
	c.gatherRows()
	c.match()
	c.settleFields()
	c.leaveMissing()
	for _, field := range []Field{Number, Account, Email} {
		c.settleUnique(field)
	}
	c.settleLines()
	c.finish()
	return c.d
}

type fate uint8

const (
	pending fate = iota
	counted      // stands for its person
	repeated
	aside
	skipped
)

type comparison struct {
	file    *File
	known   []Known
	options CompareOptions
	people  []*Person // the known ones first, in their order
	fate    []fate    // by row
	byRow   []*Person
	byKey   map[string]*Person
	d       *Difference
}

func (c *comparison) meetKnown() {
	c.byKey = make(map[string]*Person, len(c.known))
	block := make([]Person, len(c.known))
	for i := range c.known {
		k := &c.known[i]
		p := &block[i]
		*p = Person{Key: k.Key, Known: k, Values: k.Values, place: i, last: parseMemory(k.Memory)}
		c.people = append(c.people, p)
		c.byKey[k.Key] = p
		if p.here() {
			c.d.Here++
		} else {
			p.last.forgetManager() // their line ended when they left
		}
	}
}

func (p *Person) here() bool { return p.Values[Status] != Inactive }

func (c *comparison) problem(p Problem) {
	p.Value = shown(p.Value)
	c.d.Problems = append(c.d.Problems, p)
}

func (c *comparison) setAside(i int, p Problem) {
	c.fate[i] = aside
	p.Line, p.Effect = c.file.Rows[i].Line, SetAside
	c.problem(p)
}

// finish counts, and lists what is to be written.
func (c *comparison) finish() {
	d := c.d
	for _, p := range c.people {
		c.outcome(p)
		if p.Outcome != Unchanged && p.Row == nil {
			d.Outside++
		}
		switch p.Outcome {
		case New:
			d.New++
		case Changed:
			d.Changed++
		case Leaving:
			d.Leaving++
		case Unchanged:
			if p.Row != nil {
				d.Unchanged++
			}
		}
		if p.Row != nil && p.here() && p.Values[Email] == "" {
			d.NoEmail++
		}
		if p.Memory = c.remember(p); p.Outcome != Unchanged || p.Memory != p.Known.Memory {
			d.People = append(d.People, p)
		}
	}
	for _, f := range c.fate {
		switch f {
		case repeated:
			d.Repeated++
		case aside:
			d.SetAside++
		case skipped:
			d.Skipped++
		}
	}
	c.sumProblems()
}

func (c *comparison) outcome(p *Person) {
	if p.Known == nil {
		p.Outcome = New
		return
	}
	before := p.Known.Values
	if before[Status] != Inactive && !p.here() {
		p.Outcome = Leaving
		return
	}
	for f := range kept {
		if before[f] != p.Values[f] {
			p.Changes = append(p.Changes, Change{f, before[f], p.Values[f]})
		}
	}
	if p.here() {
		if old, now := c.byKey[p.Known.Manager], p.Manager; old != now {
			p.Changes = append(p.Changes, Change{Manager, nameOf(old), nameOf(now)})
		}
	}
	if len(p.Changes) > 0 {
		p.Outcome = Changed
	}
}

func nameOf(p *Person) string {
	if p == nil {
		return ""
	}
	return p.Values[FullName]
}

// sumProblems orders the problems and counts each row that they alter once.
func (c *comparison) sumProblems() {
	d := c.d
	slices.SortStableFunc(d.Problems, func(a, b Problem) int { return cmp.Compare(lineOrder(a), lineOrder(b)) })
	for _, p := range d.Problems {
		if p.Effect == SetAside && d.reasons[p.Line] == "" {
			d.reasons[p.Line] = p.Reason + " " + p.WayOut
		}
	}
	last := -1
	for _, p := range d.Problems {
		if p.Effect == Altered && p.Line != last && d.reasons[p.Line] == "" {
			d.Altered++
			last = p.Line
		}
	}
}

func lineOrder(p Problem) int {
	if p.Line == 0 {
		return int(^uint(0) >> 1)
	}
	return p.Line
}
