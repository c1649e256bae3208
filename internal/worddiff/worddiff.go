// Package worddiff marks which words of a text changed. It knows nothing of what the texts are.
package worddiff

import (
	"slices"
	"strings"
	"unicode"
)

// How is what became of a piece of a text.
type How int

// What became of a piece.
const (
	Same How = iota
	Gone
	New
)

// Piece is a stretch of words.
type Piece struct {
	How  How
	Text string
}

// Compare tells what became of the old text in the new one. The pieces that are not New make up
// the old text, those that are not Gone the new one, to the letter.
//
// Words are compared where the texts are of the length that people write; where they are too
// long for that, sentences are.
func Compare(old, new string) []Piece {
	if pieces, ok := compare(words(old), words(new)); ok {
		return pieces
	}
	if pieces, ok := compare(sentences(old), sentences(new)); ok {
		return pieces
	}
	return joined([]Piece{{Gone, old}, {New, new}})
}

// Old are the pieces of the old text.
func Old(pieces []Piece) []Piece { return without(pieces, New) }

// Now are the pieces of the new text.
func Now(pieces []Piece) []Piece { return without(pieces, Gone) }

func without(pieces []Piece, how How) []Piece {
	return slices.DeleteFunc(slices.Clone(pieces), func(p Piece) bool { return p.How == how })
}

// words splits a text into words, the space between them, and each other sign.
func words(text string) []string {
	var all []string
	begin, was := 0, -1
	for at, r := range text {
		kind := at + 2 // a sign stands for itself
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '’' || r == '\'' || unicode.IsMark(r):
			kind = 0
		case unicode.IsSpace(r):
			kind = 1
		}
		if kind != was && at > begin {
			all = append(all, text[begin:at])
			begin = at
		}
		was = kind
	}
	if begin < len(text) {
		all = append(all, text[begin:])
	}
	return all
}

// sentences splits a text after full stops and line ends.
func sentences(text string) []string {
	var all []string
	begin := 0
	for at, r := range text {
		if strings.ContainsRune(".!?\n", r) {
			all = append(all, text[begin:at+1])
			begin = at + 1
		}
	}
	if begin < len(text) {
		all = append(all, text[begin:])
	}
	return all
}

// mostCells is how large the table of a comparison may get.
const mostCells = 4 << 20

// compare finds the longest sequence that both have; not ok when that would take too long.
func compare(old, new []string) ([]Piece, bool) {
	head := 0
	for head < len(old) && head < len(new) && old[head] == new[head] {
		head++
	}
	tail := 0
	for tail < len(old)-head && tail < len(new)-head && old[len(old)-1-tail] == new[len(new)-1-tail] {
		tail++
	}
	a, b := old[head:len(old)-tail], new[head:len(new)-tail]
	if len(a)*len(b) > mostCells {
		return nil, false
	}
	pieces := []Piece{{Same, strings.Join(old[:head], "")}}
	pieces = append(pieces, between(a, b)...)
	pieces = append(pieces, Piece{Same, strings.Join(old[len(old)-tail:], "")})
	return joined(pieces), true
}

// between compares two sequences by the lengths of what both have from each place on.
func between(a, b []string) []Piece {
	width := len(b) + 1
	common := make([]uint16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i*width+j] = common[(i+1)*width+j+1] + 1
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	var pieces []Piece
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			pieces = append(pieces, Piece{Same, a[i]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || common[(i+1)*width+j] >= common[i*width+j+1]):
			pieces = append(pieces, Piece{Gone, a[i]})
			i++
		default:
			pieces = append(pieces, Piece{New, b[j]})
			j++
		}
	}
	return pieces
}

// joined puts neighbours together: what went, then what came. Space alone between two changes is
// part of both, so that nobody reads word by word what was said anew.
func joined(pieces []Piece) []Piece {
	var all []Piece
	var gone, came strings.Builder
	changes := func() {
		for _, p := range []Piece{{Gone, gone.String()}, {New, came.String()}} {
			if p.Text != "" {
				all = append(all, p)
			}
		}
		gone.Reset()
		came.Reset()
	}
	for i, p := range pieces {
		switch {
		case p.Text == "":
		case p.How == Gone:
			gone.WriteString(p.Text)
		case p.How == New:
			came.WriteString(p.Text)
		case gone.Len() > 0 && came.Len() > 0 && strings.TrimSpace(p.Text) == "" && i+1 < len(pieces) && pieces[i+1].How != Same:
			gone.WriteString(p.Text)
			came.WriteString(p.Text)
		default:
			changes()
			if n := len(all); n > 0 && all[n-1].How == Same {
				all[n-1].Text += p.Text
				continue
			}
			all = append(all, p)
		}
	}
	changes()
	return all
}
