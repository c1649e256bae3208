package peoplefile

import (
	"fmt"
	"strings"
)

// settleLines finds everyone's manager, whatever the order of the rows, and opens circles.
func (c *comparison) settleLines() {
	var ix managerIndex
	named := c.file.namesManagers()
	if named {
		ix = c.indexManagers()
	}
	for _, p := range c.people {
		switch {
		case !p.here():
		case named && p.Row != nil && p.namesManager():
			c.settleNamed(ix, p)
		default:
			c.settleUnnamed(p)
		}
	}
	c.openCircles()
	for _, p := range c.people {
		if p.here() && p.given {
			p.last.given = ""
			if p.Manager != nil {
				p.last.given = p.Manager.Key
			}
		}
	}
}

func (f *File) namesManagers() bool {
	return f.Columns[Manager] >= 0 || f.Columns[ManagerEmail] >= 0 || f.Columns[ManagerName] >= 0
}

func (p *Person) namesManager() bool {
	return p.said.has(Manager) || p.said.has(ManagerEmail) || p.said.has(ManagerName)
}

// current is the manager that p has now, nil also when they leave with this import.
func (c *comparison) current(p *Person) *Person {
	if p.Known == nil || p.Known.Manager == "" {
		return nil
	}
	if m := c.byKey[p.Known.Manager]; m != nil && m.here() {
		return m
	}
	return nil
}

// managerLeaves is true where the manager that p has now leaves with this import.
func (c *comparison) managerLeaves(p *Person) bool {
	return p.Known != nil && p.Known.Manager != "" && c.current(p) == nil
}

// changedByHand is true where the manager is not the one that the last import gave.
func (p *Person) changedByHand() bool {
	return p.Known != nil && p.last.has.has(Manager) && p.Known.Manager != p.last.given
}

// settleUnnamed is for people about whose manager the file says nothing: they keep the one they
// have. Where a circle took it away, it is tried again, so that the circle is found again or
// comes right when another line mends it.
func (c *comparison) settleUnnamed(p *Person) {
	p.edge = c.current(p)
	if c.managerLeaves(p) {
		p.given = p.last.has.has(Manager) && !p.changedByHand()
		p.last.wanted = ""
		c.problem(Problem{Line: lineOf(p), Value: p.Values[FullName], Effect: Altered,
			Reason: fmt.Sprintf("Their manager %s leaves, so %s stands under nobody.", nameOf(c.byKey[p.Known.Manager]), p.Values[FullName]),
			WayOut: "Choose a manager by hand, or name one in the file."})
	}
	if again := c.unopened(p); again != nil {
		p.edge = again
	}
}

func lineOf(p *Person) int {
	if p.Row == nil {
		return 0
	}
	return p.Row.Line
}

// unopened is the manager that p had before a circle was opened at the last import.
func (c *comparison) unopened(p *Person) *Person {
	if !p.last.has.has(Manager) || p.changedByHand() || p.last.given != "" || p.last.wanted == "" {
		return nil
	}
	if m := c.byKey[p.last.wanted]; m != nil && m.here() {
		return m
	}
	return nil
}

// settleNamed follows the file, except where the manager was changed by hand and the file says
// what it said before.
func (c *comparison) settleNamed(ix managerIndex, p *Person) {
	column, ref := c.managerColumn(p)
	found, trouble := c.resolve(ix, p)
	same := p.last.has.has(Manager) && ref == p.last.ref
	meantSame := p.last.has.has(Manager) && found != nil && found.Key == p.last.wanted
	if p.changedByHand() && (same || meantSame) && !c.managerLeaves(p) {
		p.edge = c.current(p)
		p.last.ref = ref
		return
	}
	if !p.last.has.has(Manager) && ref == "" {
		p.edge = c.current(p) // chosen by hand before any file said anything
		p.last.has.add(Manager)
		return
	}
	if again := c.unopened(p); again != nil && same && again != found {
		p.edge = again // a line chosen by hand that a circle took away
		return
	}
	p.given = true
	if trouble.Reason != "" {
		trouble.Line, trouble.Column, trouble.Value, trouble.Effect = p.Row.Line, column, ref, Altered
		c.problem(trouble)
	}
	p.edge = found
	p.last.ref, p.last.wanted, p.last.given = ref, "", ""
	if found != nil && ref != "" {
		p.last.wanted = found.Key
	}
	p.last.has.add(Manager)
}

// managerColumn is the first column of the row that names a manager, and what it says.
func (c *comparison) managerColumn(p *Person) (column, ref string) {
	for _, f := range []Field{Manager, ManagerEmail, ManagerName} {
		if v := p.Row.Values[f]; v != "" {
			return c.file.column(f), v
		}
	}
	return "", ""
}

// managerIndex leads from what a file may write for a manager to people: a place among the
// people, several, or a row that did not come in (see rowCode).
type managerIndex struct {
	by [kept]map[string]int
}

var managerFields = []Field{ID, Number, Account, Email, FullName}

func rowCode(row int) int { return -2 - row }

func (c *comparison) indexManagers() (ix managerIndex) {
	for _, f := range managerFields {
		ix.by[f] = make(map[string]int, len(c.people))
	}
	for _, p := range c.people {
		if p.here() {
			for _, f := range managerFields {
				if v := p.written(f); v != "" {
					enter(ix.by[f], keyFor(f, v), p.place)
				}
			}
		}
	}
	for _, p := range c.people {
		if p.Row != nil && p.here() {
			ix.enterIfFree(FullName, p.Row.alias, p.place)
		}
	}
	for _, p := range c.people {
		if !p.here() {
			for _, f := range managerFields {
				ix.enterIfFree(f, p.written(f), p.place)
			}
		}
	}
	for i, fate := range c.fate {
		if fate == skipped || fate == aside {
			for _, f := range managerFields {
				ix.enterIfFree(f, c.file.Rows[i].Values[f], rowCode(i))
			}
		}
	}
	return ix
}

// written is how the file writes p, or what is known where it does not.
func (p *Person) written(f Field) string {
	if p.Row != nil && p.Row.Values[f] != "" {
		return p.Row.Values[f]
	}
	return p.Values[f]
}

func (ix managerIndex) enterIfFree(f Field, v string, code int) {
	if v == "" {
		return
	}
	if _, taken := ix.by[f][keyFor(f, v)]; !taken {
		ix.by[f][keyFor(f, v)] = code
	}
}

// resolve finds the manager that the row of p names. trouble says why there is none; it is empty
// when the row names nobody.
func (c *comparison) resolve(ix managerIndex, p *Person) (found *Person, trouble Problem) {
	v := &p.Row.Values
	ref, mail, name := v[Manager], v[ManagerEmail], v[ManagerName]
	if ref == "" && mail == "" && name == "" {
		return nil, Problem{}
	}
	code, hit := ix.find(ref, ID, Number, Account, Email)
	if !hit {
		code, hit = ix.find(mail, Email, Account)
	}
	for _, text := range []string{name, ref, mail} {
		if !hit {
			code, hit = ix.find(givenNameFirst(text), FullName)
		}
	}
	if !hit {
		code, hit = ix.find(within(ref), ID, Number, Account, Email, FullName)
	}
	return c.judge(p, code, hit)
}

func (ix managerIndex) find(text string, by ...Field) (code int, hit bool) {
	if text == "" {
		return 0, false
	}
	ambiguous := false
	for _, f := range by {
		if code, ok := ix.by[f][keyFor(f, text)]; ok {
			if code != several {
				return code, true
			}
			ambiguous = true
		}
	}
	return several, ambiguous
}

// within takes the part of a reference that identifies: the number of "Jane Doe (1234)", the
// name of "CN=Jane Doe,OU=Staff".
func within(ref string) string {
	if open := strings.LastIndexByte(ref, '('); open > 0 && strings.HasSuffix(ref, ")") {
		return strings.TrimSpace(ref[open+1 : len(ref)-1])
	}
	if len(ref) > 3 && strings.EqualFold(ref[:3], "cn=") {
		name, _, _ := strings.Cut(ref[3:], ",")
		return strings.TrimSpace(name)
	}
	return ""
}

func (c *comparison) judge(p *Person, code int, hit bool) (*Person, Problem) {
	const under = " stands under nobody."
	who := p.Values[FullName]
	switch {
	case !hit:
		return nil, Problem{Reason: "Nobody in the file or the organisation is known by this, so " + who + under,
			WayOut: "Add the manager to the file, or choose one by hand."}
	case code == several:
		return nil, Problem{Reason: "More than one person is called this, so " + who + under,
			WayOut: "Name the manager by id, employee number or e-mail."}
	case code < several:
		row := -2 - code
		if c.fate[row] == aside {
			return nil, Problem{Reason: fmt.Sprintf("The line of this manager (%d) was set aside, so %s%s", c.file.Rows[row].Line, who, under),
				WayOut: "Mend that line and import again."}
		}
		return nil, Problem{Reason: fmt.Sprintf("This manager (line %d) is not active, so %s%s", c.file.Rows[row].Line, who, under),
			WayOut: "Name somebody who is here."}
	}
	m := c.people[code]
	switch {
	case m == p:
		return nil, Problem{Reason: who + " is named as their own manager, so they stand under nobody.",
			WayOut: "Leave the manager empty for somebody at the top."}
	case !m.here():
		return nil, Problem{Reason: m.Values[FullName] + " has left, so " + who + under, WayOut: "Name somebody who is here."}
	}
	return m, Problem{}
}

// openCircles puts all members of a circle under nobody.
func (c *comparison) openCircles() {
	state := make([]int32, len(c.people)) // 0 not seen, n seen in walk n, -1 done
	for i, start := range c.people {
		walk := int32(i + 1)
		p := start
		for p != nil && state[p.place] == 0 {
			state[p.place] = walk
			p = p.edge
		}
		if p != nil && state[p.place] == walk {
			c.openCircle(state, p)
		}
		for p = start; p != nil && state[p.place] == walk; p = p.edge {
			state[p.place] = -1
		}
	}
	for _, p := range c.people {
		if state[p.place] != inCircle {
			p.Manager = p.edge
		}
	}
}

const inCircle = -2

func (c *comparison) openCircle(state []int32, first *Person) {
	var members []*Person
	var names []string
	inFile := false
	for p := first; state[p.place] != inCircle; p = p.edge {
		state[p.place] = inCircle
		inFile = inFile || p.Row != nil
		members = append(members, p)
		names = append(names, p.Values[FullName])
	}
	for _, p := range members {
		p.given = true
		p.last.has.add(Manager)
		p.last.wanted = p.edge.Key
		if !inFile { // an earlier file closed it, and said so
			continue
		}
		trouble := Problem{Line: lineOf(p), Value: p.edge.Values[FullName], Effect: Altered,
			Reason: fmt.Sprintf("These people lead back to each other as managers: %s. All of them stand under nobody.", listed(names)),
			WayOut: "Correct the manager of one of them."}
		if p.Row != nil && p.namesManager() {
			trouble.Column, trouble.Value = c.managerColumn(p)
		}
		c.problem(trouble)
	}
}
