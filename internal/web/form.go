package web

import (
	"net/url"
	"slices"
	"strconv"
)

// Form is what was typed into a form that came back, and what was wrong with it. On a page that
// is opened for the first time it is empty.
type Form struct {
	Values   url.Values
	Errors   map[string]string // by field
	Message  string            // of the whole form
	Theirs   map[string]string // what now stands, by field, when it was changed meanwhile
	Revision int64             // of what now stands
}

// Any tells whether something was wrong.
func (f Form) Any() bool { return len(f.Errors) > 0 || f.Message != "" }

// Value is what was typed into a field, or the fallback on a page that is opened first.
func (f Form) Value(name, fallback string) string {
	if typed, ok := f.Values[name]; ok && len(typed) > 0 {
		return typed[0]
	}
	if f.Values != nil {
		return "" // a box that was left unticked sends nothing
	}
	return fallback
}

// ticked tells whether a box of that name and value was ticked.
func (f Form) ticked(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Error is what is wrong with a field.
func (f Form) Error(name string) string { return f.Errors[name] }

// RevisionOr is the revision that the form goes back with: of what now stands after a
// conflict, else the one that was opened.
func (f Form) RevisionOr(opened int64) string {
	if f.Revision != 0 {
		return strconv.FormatInt(f.Revision, 10)
	}
	return f.Value("revision", strconv.FormatInt(opened, 10))
}

// Field is one field of a form, for the part of that name.
type Field struct {
	Name, Label, Hint, Value, Error, Type string
	Required                              bool
	Rows                                  int
	Options                               []Option
	Max                                   int
	Autocomplete                          string
	Fold                                  bool // of many boxes, those that are not ticked stand folded
	Latest                                int  // how many boxes stand open in any case, the rest folded; 0: Fold says
}

// manyBoxes is how many boxes stand open, one under the other, before a field folds.
const manyBoxes = 14

func (f Field) folds() bool {
	if f.Latest > 0 {
		return len(f.Options) > f.Latest+2 // nobody opens a fold for one or two
	}
	return f.Fold && len(f.Options) > manyBoxes
}

// Unfolded are the boxes that stand open.
func (f Field) Unfolded() []Option { return f.boxes(true) }

// Folded are those behind them.
func (f Field) Folded() []Option { return f.boxes(false) }

func (f Field) boxes(open bool) []Option {
	var some []Option
	for i, o := range f.Options {
		if open == (o.Chosen || i < f.Latest || !f.folds()) {
			some = append(some, o)
		}
	}
	return some
}

// Option is one choice of a field.
type Option struct {
	Value, Label, Hint string
	Chosen             bool
	Own                bool // the label is somebody's own words
}

// field fills in what was typed, or the fallback, and what was wrong with it.
func (f Form) field(one Field, fallback string) Field {
	one.Value, one.Error = f.Value(one.Name, fallback), f.Error(one.Name)
	for i := range one.Options {
		one.Options[i].Chosen = one.Options[i].Value == one.Value
	}
	return one
}

// ticks fills in a field of boxes: those that were ticked.
func (f Form) ticks(one Field) Field {
	one.Error = f.Error(one.Name)
	for i := range one.Options {
		if f.Values != nil {
			one.Options[i].Chosen = f.ticked(one.Name, one.Options[i].Value)
		}
	}
	return one
}

// Seen says who can see a thing, for the part of that name.
type Seen struct {
	Shared bool
	Text   string
	Names  []string
	Change string // the address where it is changed
}

// Empty says what belongs where nothing is yet, and offers the first step.
type Empty struct{ Text, Action, Href string }

// Pager leads to the pages before and after.
type Pager struct{ Newer, Older string }
