package peoplefile

import (
	"fmt"
	"strings"
)

// gatherRows finds the rows that speak of the same person, and decides which of them counts:
// first by id, number or account name, then by e-mail and name together. An e-mail alone is not
// enough, since two people may share one.
func (c *comparison) gatherRows() {
	for i := range c.fate {
		c.fate[i] = counted
		if c.file.Rows[i].faulty {
			c.fate[i] = aside
		}
	}
	c.gatherBy(func(r *Row) string {
		for _, f := range []Field{ID, Number, Account} {
			if v := r.Values[f]; v != "" {
				return string(rune('0'+f)) + fold(v)
			}
		}
		if r.Values[Email] == "" {
			return "n" + nameKey(r.Values[FullName])
		}
		return ""
	})
	c.gatherBy(func(r *Row) string {
		if r.Values[Email] == "" {
			return ""
		}
		return r.Values[Email] + "\x00" + nameKey(r.Values[FullName])
	})
	c.setNamesakesAside()
}

// setNamesakesAside sets aside the rows that have only a name, where another row has it too.
func (c *comparison) setNamesakesAside() {
	bare := map[string]int{}
	for i := range c.file.Rows {
		if v := &c.file.Rows[i].Values; c.fate[i] == counted && nameOnly(v) {
			bare[nameKey(v[FullName])] = i
		}
	}
	if len(bare) == 0 {
		return
	}
	for i := range c.file.Rows {
		v := &c.file.Rows[i].Values
		at, found := bare[nameKey(v[FullName])]
		if found && at != i && c.fate[i] == counted && c.fate[at] == counted {
			c.setAside(at, Problem{
				Column: c.file.column(FullName), Value: v[FullName],
				Reason: fmt.Sprintf("Line %d carries the same name, and nothing else tells this one apart from it.", c.file.Rows[i].Line),
				WayOut: "Add an id or an e-mail.",
			})
		}
	}
}

// gatherBy lets one row count of those that have the same key; rows without one stand alone.
func (c *comparison) gatherBy(key func(*Row) string) {
	rows := c.file.Rows
	first := make(map[string]int, len(rows))
	more := map[int][]int{} // further rows, by the first
	for i := range rows {
		if c.fate[i] != counted {
			continue
		}
		k := key(&rows[i])
		if k == "" {
			continue
		}
		if f, seen := first[k]; seen {
			more[f] = append(more[f], i)
		} else {
			first[k] = i
		}
	}
	if len(more) == 0 {
		return
	}
	for i := range rows {
		if len(more[i]) > 0 {
			c.choose(append([]int{i}, more[i]...))
		}
	}
}

func fold(s string) string { return strings.ToLower(s) }

func nameKey(name string) string { return strings.ToLower(strings.ReplaceAll(name, ".", "")) }

// choose decides among rows of one identity: word for word the same counts once; different
// people are all set aside; of one person described twice the first row that is active counts.
func (c *comparison) choose(group []int) {
	rows := c.file.Rows
	samePerson, best := true, group[0]
	for _, i := range group[1:] {
		if nameKey(rows[i].Values[FullName]) != nameKey(rows[group[0]].Values[FullName]) {
			samePerson = false
		}
		if rows[best].Values[Status] == Inactive && rows[i].Values[Status] != Inactive {
			best = i
		}
	}
	named := nameOnly(&rows[best].Values)
	alike := true
	for _, i := range group {
		alike = alike && rows[i].Values == rows[best].Values
	}
	if !alike && (!samePerson || named) {
		c.setAllAside(group, named)
		return
	}
	for _, i := range group {
		switch {
		case i == best:
		case rows[i].Values == rows[best].Values:
			c.fate[i] = repeated
		default:
			c.setAside(i, Problem{
				Reason: fmt.Sprintf("Line %d already describes this person, in other words: %s.", rows[best].Line, differing(&rows[i], &rows[best])),
				WayOut: "Keep the line that is right and remove the other.",
			})
		}
	}
}

func (c *comparison) setAllAside(group []int, named bool) {
	lines := make([]string, len(group))
	for n, i := range group {
		lines[n] = fmt.Sprint(c.file.Rows[i].Line)
	}
	for _, i := range group {
		row := &c.file.Rows[i]
		if named {
			c.setAside(i, Problem{
				Column: c.file.column(FullName), Value: row.Values[FullName],
				Reason: fmt.Sprintf("Lines %s carry the same name, and nothing else tells them apart.", listed(lines)),
				WayOut: "Add a column with an id or an e-mail.",
			})
			continue
		}
		field := identityField(row)
		c.setAside(i, Problem{
			Column: c.file.column(field), Value: row.Values[field],
			Reason: fmt.Sprintf("Lines %s give this %s to different people, so none of them was taken.", listed(lines), field),
			WayOut: "Give each person their own " + field.String() + ".",
		})
	}
}

func identityField(r *Row) Field {
	for _, f := range []Field{ID, Number, Account} {
		if r.Values[f] != "" {
			return f
		}
	}
	return Email
}

func differing(a, b *Row) string {
	var names []string
	for f := range a.Values {
		if a.Values[f] != b.Values[f] {
			names = append(names, Field(f).String())
		}
	}
	return strings.Join(names, ", ")
}

// listed writes "3, 7 and 9"; of many it names the first eight.
func listed(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

const several = -1 // an entry of an index that more than one person answers to

// match finds out which rows speak of people already known: by id, then number, e-mail and
// account name, and by name where nothing else can tell.
func (c *comparison) match() {
	c.byRow = make([]*Person, len(c.file.Rows))
	anyone := func(*Values) bool { return true }
	c.matchBy(ID, anyone, anyone, sameID)
	for _, field := range []Field{Number, Email, Account} {
		c.matchBy(field, isHere, anyone, sameName)
		c.matchBy(field, isHere, anyone, noOtherID)
		// Addresses and numbers of people who left are given to others.
		c.matchBy(field, anyone, anyone, func(row, p *Values) bool { return sameName(row, p) && noOtherID(row, p) })
	}
	// A name alone is enough only where the two sides have nothing in common that could differ.
	c.matchBy(FullName, nameOnly, nameOnly, sameName)
	c.matchBy(FullName, hereByName, isHere, sameName)
	c.matchBy(FullName, isHere, nameOnly, sameName)
	namesakes := c.unmatchedNames()
	var block []Person
	for i, f := range c.fate {
		if f != counted || c.byRow[i] != nil {
			continue
		}
		row := &c.file.Rows[i]
		if row.Values[Status] == Inactive {
			c.fate[i] = skipped
			continue
		}
		if len(block) == 0 {
			block = make([]Person, 1024)
		}
		p := &block[0]
		block = block[1:]
		p.Key, p.Row, p.row, p.place = c.options.NewKey(), row, i, len(c.people)
		c.people = append(c.people, p)
		c.byRow[i] = p
		c.byKey[p.Key] = p
		if namesakes[nameKey(row.Values[FullName])] {
			c.problem(Problem{Line: row.Line, Column: c.file.column(FullName), Value: row.Values[FullName],
				Reason: "Somebody of this name is here already, and nothing in the line says that it is the same person. They come in as somebody else.",
				WayOut: "If it is the same person, write the id, number or e-mail of the file down at the one who is here, and import again."})
		}
	}
}

// unmatchedNames are the names of people who are here and of whom no row speaks.
func (c *comparison) unmatchedNames() map[string]bool {
	names := map[string]bool{}
	for _, p := range c.people {
		if p.Row == nil && p.here() {
			names[nameKey(p.Values[FullName])] = true
		}
	}
	return names
}

// matchBy matches by one field those of the people known, and of the rows, that qualify, where
// same agrees.
func (c *comparison) matchBy(field Field, qualifies, rowQualifies func(*Values) bool, same func(row, p *Values) bool) {
	if len(c.known) == 0 {
		return
	}
	index := make(map[string]int, len(c.known))
	for i, p := range c.people[:len(c.known)] {
		if v := p.Values[field]; v != "" && p.Row == nil && qualifies(&p.Values) {
			enter(index, keyFor(field, v), i)
		}
	}
	for i := range c.file.Rows {
		row := &c.file.Rows[i]
		if c.fate[i] != counted || c.byRow[i] != nil || row.Values[field] == "" || !rowQualifies(&row.Values) {
			continue
		}
		at, found := index[keyFor(field, row.Values[field])]
		switch {
		case !found:
		case at == several:
			if field == FullName && identityField(row) == Email {
				c.setAside(i, Problem{Column: c.file.column(FullName), Value: row.Values[FullName],
					Reason: "More than one person here has this name, and the line does not tell them apart.",
					WayOut: "Add a column with an id."})
			}
		case c.people[at].Row == nil && same(&row.Values, &c.people[at].Values):
			c.people[at].Row, c.byRow[i] = row, c.people[at]
		}
	}
}

func nameOnly(v *Values) bool {
	return noID(v) && v[Email] == ""
}

func noID(v *Values) bool { return v[ID] == "" && v[Number] == "" && v[Account] == "" }

func hereByName(v *Values) bool { return isHere(v) && nameOnly(v) }

func isHere(v *Values) bool { return v[Status] != Inactive }

func sameID(*Values, *Values) bool { return true }

func sameName(row, p *Values) bool { return nameKey(p[FullName]) == nameKey(row[FullName]) }

// noOtherID guards against an address or number that passed on to somebody else.
func noOtherID(row, p *Values) bool {
	return p[ID] == "" || row[ID] == "" || fold(p[ID]) == fold(row[ID])
}

func keyFor(field Field, v string) string {
	if field == FullName {
		return nameKey(v)
	}
	return fold(v)
}

func enter(index map[string]int, key string, at int) {
	if old, taken := index[key]; taken && old != at {
		at = several
	}
	index[key] = at
}
