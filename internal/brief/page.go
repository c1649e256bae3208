package brief

import (
	"unicode/utf8"

	"github.com/ownward/ownward/internal/conversation"
)

// Part is as much of a list as fits on the page.
type Part[T any] struct {
	Lines []T
	More  int // how many are left out
}

func whole[T any](all []T) Part[T] { return Part[T]{Lines: all} }

// measure is how much of each part a page holds: lines of a part, and characters of somebody's
// words in a line.
type measure struct{ words, changed, promises, asks, agenda, own, private int }

// measures are tried in this order; the last one always fits on one page of A4.
var measures = []measure{
	{200, 8, 6, 5, 12, 6, 5},
	{120, 6, 5, 4, 9, 4, 4},
	{90, 5, 4, 3, 8, 3, 3},
	{70, 4, 3, 2, 7, 2, 2},
	{55, 4, 2, 2, 6, 2, 2},
	{45, 3, 2, 2, 5, 1, 1},
}

// The size of the page in print, measured in a browser: lines, and characters in a line of the
// whole width and of a column.
const (
	pageLines  = 52
	pageWidth  = 92
	pageColumn = 42
)

// onOnePage leaves out what does not fit on one page of paper.
func (b Brief) onOnePage() Brief {
	var cut Brief
	for _, m := range measures {
		if cut = b.cut(m); cut.height() <= pageLines {
			break
		}
	}
	return cut
}

func (b Brief) cut(m measure) Brief {
	fact := func(s Suggestion) Suggestion {
		s.Words = oneLine(s.Words, m.words)
		return s
	}
	item := func(i conversation.Item) conversation.Item {
		i.Words = oneLine(i.Words, m.words)
		return i
	}
	b.LastOutcome = oneLine(b.LastOutcome, 2*m.words)
	b.Changed, b.Asks = cut(b.Changed, m.changed, fact), cut(b.Asks, m.asks, fact)
	b.Mine, b.Theirs = cut(b.Mine, m.promises, fact), cut(b.Theirs, m.promises, fact)
	b.Agenda, b.Own, b.Private = cut(b.Agenda, m.agenda, item), cut(b.Own, m.own, item), cut(b.Private, m.private, fact)
	return b
}

func cut[T any](all Part[T], most int, short func(T) T) Part[T] {
	p := Part[T]{More: max(0, len(all.Lines)-most)}
	for _, each := range all.Lines[:len(all.Lines)-p.More] {
		p.Lines = append(p.Lines, short(each))
	}
	return p
}

// height is about how many lines the page takes in print.
func (b Brief) height() int {
	const head, title = 8, 2
	lineOf := func(s Suggestion) string { return s.Line() }
	factOf := func(s Suggestion) string { return s.Line() + " " + s.Reason }
	promiseOf := func(s Suggestion) string { return s.Words + " " + s.By + " " + s.Reason }
	itemOf := func(i conversation.Item) string { return i.Words + " " + i.By.Name }
	private := height(b.Own, pageColumn-4, itemOf) + 2 + height(b.Private, pageColumn-4, factOf)
	return head + 4*title + rows(b.LastOutcome, pageWidth) + height(b.Changed, pageWidth, lineOf) +
		max(height(b.Mine, pageColumn, promiseOf), height(b.Theirs, pageColumn, promiseOf)) +
		height(b.Asks, pageWidth, factOf) + max(height(b.Agenda, pageColumn, itemOf), private)
}

func height[T any](p Part[T], width int, text func(T) string) int {
	n := min(p.More, 1)
	for _, each := range p.Lines {
		n += rows(text(each), width)
	}
	return n
}

func rows(text string, width int) int { return (utf8.RuneCountInString(text) + width - 1) / width }
