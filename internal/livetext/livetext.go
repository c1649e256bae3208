// Package livetext is a text that several people type into at once: how a change is written down, how
// it is applied, how two changes made on the same text are made to follow each other, and how several
// become one. It knows no people and no store.
//
// A change is a list of parts over the whole text: keep so many units, drop so many, put these words.
// Units are those of UTF-16, as browsers count; no part begins or ends within a pair of them. The
// same is done by assets/js/livetext.js, and a test holds the two against each other.
//
// The way: Ellis and Gibbs, "Concurrency control in groupware systems" (1989); Nichols and others,
// "High-latency, low-bandwidth windowing in the Jupiter collaboration system" (1995).
package livetext

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"
)

// Part is one part of a change: exactly one of its fields is set.
type Part struct {
	Keep int
	Drop int
	Put  string
}

// Change is what is done to a text: its parts from the beginning to the end of the text.
type Change []Part

// Misfit says that a change does not fit the text, or that two changes were not made on the same one.
var Misfit = errors.New("the change does not fit the text")

// Units counts a text as browsers do.
func Units(text string) int {
	n := 0
	for _, r := range text {
		n += width(r)
	}
	return n
}

func width(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// Keep adds that so many units stay.
func (c Change) Keep(n int) Change {
	if n <= 0 {
		return c
	}
	if last := len(c) - 1; last >= 0 && c[last].Keep > 0 {
		c[last].Keep += n
		return c
	}
	return append(c, Part{Keep: n})
}

// Drop adds that so many units go.
func (c Change) Drop(n int) Change {
	if n <= 0 {
		return c
	}
	if last := len(c) - 1; last >= 0 && c[last].Drop > 0 {
		c[last].Drop += n
		return c
	}
	return append(c, Part{Drop: n})
}

// Put adds words. They stand before what is dropped at the same place, so that a change has one form.
func (c Change) Put(words string) Change {
	if words == "" {
		return c
	}
	last := len(c) - 1
	switch {
	case last >= 0 && c[last].Put != "":
		c[last].Put += words
	case last >= 1 && c[last].Drop > 0 && c[last-1].Put != "":
		c[last-1].Put += words
	case last >= 0 && c[last].Drop > 0:
		c = append(c, c[last])
		c[last] = Part{Put: words}
	default:
		c = append(c, Part{Put: words})
	}
	return c
}

// Still tells whether the change leaves the text as it is.
func (c Change) Still() bool {
	for _, p := range c {
		if p.Keep == 0 {
			return false
		}
	}
	return true
}

// Words is everything that the change puts in.
func (c Change) Words() string {
	var b strings.Builder
	for _, p := range c {
		b.WriteString(p.Put)
	}
	return b.String()
}

// Apply makes the change to the text.
//
// Errors: Misfit when it was made on a text of another length, or would cut a pair of units in two.
func (c Change) Apply(text string) (string, error) {
	var b strings.Builder
	b.Grow(len(text))
	for _, p := range c {
		b.WriteString(p.Put)
		taken, rest, ok := cut(text, p.Keep+p.Drop)
		if !ok {
			return "", Misfit
		}
		if p.Keep > 0 {
			b.WriteString(taken)
		}
		text = rest
	}
	if text != "" {
		return "", Misfit
	}
	return b.String(), nil
}

// cut takes so many units off the beginning of a text.
func cut(text string, units int) (taken, rest string, ok bool) {
	at := 0
	for units > 0 {
		if at == len(text) {
			return "", "", false
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		units -= width(r)
		at += size
	}
	return text[:at], text[at:], units == 0
}

// MarshalJSON writes the change as browsers send it: 3 keeps, -2 drops, "words" puts.
func (c Change) MarshalJSON() ([]byte, error) {
	list := make([]any, 0, len(c))
	for _, p := range c {
		switch {
		case p.Put != "":
			list = append(list, p.Put)
		case p.Drop > 0:
			list = append(list, -p.Drop)
		default:
			list = append(list, p.Keep)
		}
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Change) UnmarshalJSON(raw []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return Misfit
	}
	*c = nil
	for _, each := range list {
		var words string
		var n int
		switch {
		case json.Unmarshal(each, &words) == nil && words != "":
			*c = c.Put(words)
		case json.Unmarshal(each, &n) == nil && n > 0 && n < mostUnits:
			*c = c.Keep(n)
		case json.Unmarshal(each, &n) == nil && n < 0 && n > -mostUnits:
			*c = c.Drop(-n)
		default:
			return Misfit
		}
	}
	return nil
}

// mostUnits is more than any text has: sums of lengths stay far from the end of an int.
const mostUnits = 1 << 24
