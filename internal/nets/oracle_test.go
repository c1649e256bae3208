package nets

import (
	"fmt"
	"regexp"
	"slices"
)

// The oracle says who may see what, from what was done in a world, by rules of its own: it
// shares no code with the program.

// mark is a text that somebody wrote, made recognisable.
type mark struct {
	text    string
	owner   int    // who wrote it
	sides   []int  // who else sees it for good, since it was agreed with or sent to them
	kind    string // of the thing it stands in, where a share of that thing shows it
	thing   string
	section string // of the plan, where a share of the section shows it
	open    bool   // everybody in the organisation sees it
	team    bool   // those who report to its owner see it
	below   bool   // and everybody below them
	here    []int  // they see it too, while they are here
	old     bool   // an earlier text: its owner alone
	line    int    // a proposal that waits: its sides see it while this line of theirs stands; 0: for good
}

// copied is a copy of a part of a plan that somebody gave: the marks that stood in it then.
type copied struct {
	owner, viewer int
	marks         []*mark
	id            string
	back          bool
}

// given is a share that somebody gave.
type given struct {
	owner, viewer int
	kind, thing   string
	section       string
	line          int // the reporting line it hangs on; 0: shared by name
	back          bool
}

// oracle is what was done in a world, as far as it decides who sees what.
type oracle struct {
	organisation []int // of each person
	left         []bool
	line         []int // the number of the present reporting line of each person; 0: none
	lead         []int // whom that line leads to
	lines        int
	marks        []*mark
	shares       []*given
	keptOut      map[string]bool // things that shares of a section do not reach
	opened       map[string]*opened
	given        []*copied
	previews     []*copied // of asks, given to be looked at before they are sent
}

// opened is what a link shows to whoever holds it, by its token: these, and nothing else, not even
// what is the holder's own.
type opened struct {
	marks []*mark
	over  bool
}

func (o *opened) shows(m *mark) bool { return !o.over && !m.old && slices.Contains(o.marks, m) }

// marked is what every mark looks like, and no token drawn at random by chance.
var marked = regexp.MustCompile(`zqzqzq[0-9]+x`)

// plant makes the next mark.
func (o *oracle) plant(m mark) *mark {
	m.text = fmt.Sprintf("zqzqzq%dx", len(o.marks)+1)
	o.marks = append(o.marks, &m)
	return &m
}

// find is the mark of that text.
func (o *oracle) find(text string) *mark {
	var n int
	if _, err := fmt.Sscanf(text, "zqzqzq%dx", &n); err != nil || n < 1 || n > len(o.marks) {
		return nil
	}
	return o.marks[n-1]
}

// may tells whether a person may see a mark. Who has left reads for thirty days what is theirs
// and what was agreed with them.
func (o *oracle) may(who int, m *mark) bool {
	if m.owner == who {
		return true
	}
	for _, side := range m.sides {
		if side == who && !m.old && (m.line == 0 || o.line[who] == m.line) {
			return true
		}
	}
	if o.left[who] || o.organisation[who] != o.organisation[m.owner] {
		return false
	}
	if m.open || slices.Contains(m.here, who) || (m.team || m.below) && o.under(who, m) {
		return true
	}
	return !o.left[m.owner] && (!m.old && o.shown(who, m) || o.inCopy(who, m))
}

// under tells whether the person reports to who wrote the mark, or, for one that reaches further
// down, to somebody below them.
func (o *oracle) under(who int, m *mark) bool {
	for o.line[who] != 0 {
		if who = o.lead[who]; who == m.owner {
			return true
		}
		if !m.below {
			break
		}
	}
	return false
}

// inCopy tells whether the mark stands in a copy that the person reads.
func (o *oracle) inCopy(who int, m *mark) bool {
	for _, c := range slices.Concat(o.given, o.previews) {
		if c.viewer == who && !c.back && slices.Contains(c.marks, m) {
			return true
		}
	}
	return false
}

// shown tells whether a share that lives shows the mark to the person.
func (o *oracle) shown(who int, m *mark) bool {
	for _, s := range o.shares {
		switch {
		case s.back || s.owner != m.owner || s.viewer != who:
		case s.line != 0 && s.line != o.line[s.owner]:
		case m.thing != "" && s.kind == m.kind && s.thing == m.thing:
			return true
		case m.section != "" && s.section == m.section && !o.keptOut[m.thing]:
			return true
		}
	}
	return false
}
