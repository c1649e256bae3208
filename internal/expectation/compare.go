package expectation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/org"
)

// Change is one difference between two texts of a role.
type Change struct {
	Level string // the name of the level it is about; empty: the whole role
	What  string // what is different, in words for people
	Was   string
	Is    string
}

// Compare lists how a text differs from an earlier one: the role, its levels, what they ask
// for, what skills look like.
func Compare(was, is Text) []Change {
	var c []Change
	c = note(c, "", "The name", was.Name, is.Name)
	c = note(c, "", "What the role is about", was.About, is.About)
	c = compareLevels(c, was.Levels, is.Levels)
	c = compareAsks(c, was.Asks, is.Asks)
	return compareSkills(c, was.Skills, is.Skills)
}

func note(c []Change, level, what, was, is string) []Change {
	if was == is {
		return c
	}
	return append(c, Change{level, what, was, is})
}

func compareLevels(c []Change, was, is []Level) []Change {
	at := func(levels []Level, key string) int {
		return slices.IndexFunc(levels, func(l Level) bool { return l.Key == key })
	}
	for _, l := range was {
		if at(is, l.Key) < 0 {
			c = append(c, Change{l.Name, "The level", l.Name, ""})
		}
	}
	last := -1
	for _, l := range is {
		i := at(was, l.Key)
		if i < 0 {
			c = append(c, Change{l.Name, "The level", "", l.Name})
			continue
		}
		c = note(c, l.Name, "The name of the level", was[i].Name, l.Name)
		c = note(c, l.Name, "What the level is about", was[i].About, l.About)
		c = note(c, l.Name, "The track", was[i].Track, l.Track)
		if i < last {
			c = append(c, Change{l.Name, "The place among the levels", strconv.Itoa(i + 1), strconv.FormatInt(l.Position+1, 10)})
		}
		last = max(last, i)
	}
	return c
}

// same is what tells that two expectations are one: the skill at the level, the id that the file
// gives, or the very words.
func (e Expectation) same() string {
	switch {
	case !e.Prose():
		return e.Level.Key + "\x00skill\x00" + e.SkillKey
	case e.Key != "":
		return "key\x00" + e.Key
	}
	return e.Level.Key + "\x00words\x00" + org.Fold(e.Words)
}

func compareAsks(c []Change, was, is []Expectation) []Change {
	before := map[string][]Expectation{}
	for _, e := range was {
		before[e.same()] = append(before[e.same()], e)
	}
	var added []Expectation
	for _, e := range is {
		olds := before[e.same()]
		if len(olds) == 0 {
			added = append(added, e)
			continue
		}
		before[e.same()] = olds[1:]
		c = compareAsk(c, olds[0], e)
	}
	var removed []Expectation
	for _, e := range was {
		if rest := before[e.same()]; len(rest) > 0 {
			before[e.same()] = rest[1:]
			removed = append(removed, e)
		}
	}
	return reworded(c, removed, added)
}

func compareAsk(c []Change, was, is Expectation) []Change {
	if was.Level.Key != is.Level.Key {
		c = append(c, Change{is.Level.Name, is.called() + ", the level that asks for it", was.Level.Name, is.Level.Name})
	}
	if !is.Prose() && was.Asked != is.Asked {
		c = append(c, Change{is.Level.Name, is.Skill, strconv.FormatInt(was.Asked, 10), strconv.FormatInt(is.Asked, 10)})
	}
	c = note(c, is.Level.Name, is.called(), was.Words, is.Words)
	c = note(c, is.Level.Name, is.called()+", the theme", was.Theme, is.Theme)
	if !slices.Equal(was.Examples, is.Examples) {
		c = append(c, Change{is.Level.Name, is.called() + ", the examples", joined(was.Examples), joined(is.Examples)})
	}
	return c
}

// reworded takes one expectation removed and one added, at the same level under the same theme,
// for the same one in other words. What is left over was removed or added.
func reworded(c []Change, removed, added []Expectation) []Change {
	place := func(e Expectation) string {
		if !e.Prose() {
			return ""
		}
		return e.Level.Key + "\x00" + e.Theme
	}
	gone, come := map[string]int{}, map[string]int{}
	for _, e := range removed {
		gone[place(e)]++
	}
	for _, e := range added {
		come[place(e)]++
	}
	paired := func(e Expectation) bool { return e.Prose() && gone[place(e)] == 1 && come[place(e)] == 1 }
	for _, e := range removed {
		if !paired(e) {
			c = append(c, Change{e.Level.Name, e.called(), e.line(), ""})
			continue
		}
		i := slices.IndexFunc(added, func(a Expectation) bool { return place(a) == place(e) })
		c = compareAsk(c, e, added[i])
	}
	for _, e := range added {
		if !paired(e) {
			c = append(c, Change{e.Level.Name, e.called(), "", e.line()})
		}
	}
	return c
}

// called is what an expectation is named by among changes.
func (e Expectation) called() string {
	switch {
	case !e.Prose():
		return e.Skill
	case e.Theme != "":
		return e.Theme
	}
	return "In words"
}

// line is an expectation on one line.
func (e Expectation) line() string {
	if e.Prose() {
		return e.Words
	}
	asked := strconv.FormatInt(e.Asked, 10)
	if e.Words == "" {
		return asked
	}
	return asked + ": " + e.Words
}

func joined(texts []string) string {
	var all string
	for i, t := range texts {
		if i > 0 {
			all += "; "
		}
		all += t
	}
	return all
}

func compareSkills(c []Change, was, is []Skill) []Change {
	before := map[string]Skill{}
	for _, k := range was {
		before[k.Key] = k
	}
	for _, k := range is {
		c = compareSkill(c, before[k.Key], k)
		delete(before, k.Key)
	}
	for _, k := range was {
		if _, gone := before[k.Key]; gone {
			c = compareSkill(c, k, Skill{Name: k.Name})
		}
	}
	return c
}

func compareSkill(c []Change, was, is Skill) []Change {
	c = note(c, "", is.Name+", what it is", was.About, is.About)
	for level := range is.Behaviour {
		c = note(c, "", is.Name+", what level "+strconv.Itoa(level)+" looks like", was.Behaviour[level], is.Behaviour[level])
	}
	return c
}

// String is the change on one line, for those who read it in a terminal.
func (c Change) String() string {
	said := c.What + ": " + orNothing(c.Was) + " → " + orNothing(c.Is)
	if c.Level == "" {
		return said
	}
	return c.Level + ", " + said
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return strings.Join(strings.Fields(text), " ")
}
