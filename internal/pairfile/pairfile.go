// Package pairfile reads what a matching is made of from CSV files, plain or gzip: the mentors with
// their places, and the pairs with their scores. It reads line by line and keeps numbers and names
// only, so that tens of millions of pairs fit.
package pairfile

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Round is what the files say, by number.
type Round struct {
	Mentors  Names
	Mentees  Names
	Capacity []int32
	Row      []int64 // as in package matching
	Mentor   []int32
	Score    []int32
	Wish     []int32 // of the mentee, by pair; nil without such a column
	Choice   []int32 // of the mentor, by pair; nil without such a column
	Bad      []Bad   // the first lines that could not be read
	BadLines int     // how many there are
}

// Bad is a line that could not be read, and why.
type Bad struct {
	File string
	Line int
	Why  string
}

func (b Bad) String() string { return fmt.Sprintf("%s, line %d: %s", b.File, b.Line, b.Why) }

// keepBad is how many bad lines are kept to be shown.
const keepBad = 20

// Unlisted is the wish of who did not say one: after all others.
const Unlisted = 1<<31 - 1

// Source is a file, and its name for people.
type Source struct {
	Name string
	Size int64 // in bytes, from which room for the pairs is made at once; 0 where it is not known
	io.Reader
}

// Read reads both files. Bad lines are left out and counted; the error is of a file that cannot be read
// at all, or lacks a column. told is called now and then with the lines read.
func Read(mentors, pairs Source, told func(lines int)) (*Round, error) {
	r := &Round{}
	if err := r.readMentors(mentors); err != nil {
		return nil, fmt.Errorf("%s: %w", mentors.Name, err)
	}
	if err := r.readPairs(pairs, told); err != nil {
		return nil, fmt.Errorf("%s: %w", pairs.Name, err)
	}
	r.Mentors.slots, r.Mentees.slots = nil, nil
	return r, nil
}

func (r *Round) bad(file string, line int, why string, args ...any) {
	if r.BadLines++; r.BadLines <= keepBad {
		r.Bad = append(r.Bad, Bad{file, line, fmt.Sprintf(why, args...)})
	}
}

func (r *Round) readMentors(s Source) error {
	l, err := open(s, []string{"mentor", "capacity"}, nil)
	if err != nil {
		return err
	}
	lines := []int{} // of each mentor
	for l.next() {
		name, places := l.cell(0), l.cell(1)
		capacity, fits := whole(places)
		switch {
		case l.problem != "":
			r.bad(s.Name, l.line, "%s", l.problem)
		case len(name) == 0:
			r.bad(s.Name, l.line, "this line names no mentor.")
		case !fits || capacity < 0:
			r.bad(s.Name, l.line, "%q is not a number of places, which is 0 or more.", places)
		default:
			j, isNew := r.Mentors.number(name)
			if !isNew {
				r.bad(s.Name, l.line, "mentor %s is there already, on line %d.", name, lines[j])
				continue
			}
			lines = append(lines, l.line)
			r.Capacity = append(r.Capacity, capacity)
		}
	}
	return l.err
}

// pair is a line of the pairs.
type pair struct{ mentee, mentor, score, wish, choice int32 }

func (r *Round) readPairs(s Source, told func(int)) error {
	l, err := open(s, []string{"mentee", "mentor", "score"}, []string{"mentee_wish", "mentor_wish"})
	if err != nil {
		return err
	}
	var mentee, without []int32 // of each pair, nil as long as those of a mentee stand together; lines without a pair
	for pair := 2; l.next(); pair++ {
		for ; pair+len(without) < l.line; without = append(without, int32(pair+len(without))) {
		}
		p, why := r.pair(l)
		if why != "" {
			r.bad(s.Name, l.line, "%s", why)
			without = append(without, int32(l.line))
			pair--
			continue
		}
		if len(r.Mentor) == cap(r.Mentor) {
			r.makeRoom(l.expect(len(r.Mentor), s.Size), l)
		}
		if mentee == nil && int(p.mentee) < len(r.Row)-1 {
			mentee = r.spread()
		}
		if mentee != nil {
			mentee = append(mentee, p.mentee)
		} else if int(p.mentee) == len(r.Row) {
			r.Row = append(r.Row, int64(len(r.Mentor)))
		}
		r.Mentor, r.Score = append(r.Mentor, p.mentor), append(r.Score, p.score)
		if l.has(3) {
			r.Wish = append(r.Wish, p.wish)
		}
		if l.has(4) {
			r.Choice = append(r.Choice, p.choice)
		}
		if l.line&0xffff == 0 {
			told(l.line)
		}
	}
	r.Row = append(r.Row, int64(len(r.Mentor)))
	var origin []int32
	if mentee != nil {
		origin = r.bringTogether(mentee)
	}
	r.twice(s.Name, origin, without)
	return l.err
}

// makeRoom makes room for so many pairs.
func (r *Round) makeRoom(pairs int, l *lines) {
	for c, column := range []*[]int32{&r.Mentor, &r.Score, &r.Wish, &r.Choice} {
		if c < 2 || l.has(c+1) {
			larger := make([]int32, len(*column), pairs)
			copy(larger, *column)
			*column = larger
		}
	}
}

func (r *Round) pair(l *lines) (p pair, why string) {
	if l.problem != "" {
		return p, l.problem
	}
	mentee, mentor := l.cell(0), l.cell(1)
	if len(mentee) == 0 {
		return p, "this line names no mentee."
	}
	j, known := r.Mentors.find(mentor)
	if !known {
		return p, fmt.Sprintf("mentor %q is not in the file of the mentors.", mentor)
	}
	var fits bool
	if p.score, fits = whole(l.cell(2)); !fits {
		return p, fmt.Sprintf("%q is not a score, which is a whole number of at most nine digits.", l.cell(2))
	}
	for c, wish := range []*int32{&p.wish, &p.choice} {
		*wish = Unlisted
		if l.has(3+c) && len(l.cell(3+c)) > 0 {
			if *wish, fits = whole(l.cell(3 + c)); !fits || *wish < 1 {
				return p, fmt.Sprintf("%q is not a wish, which is 1 for the first, 2 for the next, or nothing.", l.cell(3+c))
			}
		}
	}
	p.mentor = j
	p.mentee, _ = r.Mentees.number(mentee)
	return p, ""
}

// whole reads a whole number of at most nine digits.
func whole(cell []byte) (int32, bool) {
	digits := cell
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 9 {
		return 0, false
	}
	v := int32(0)
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, false
		}
		v = 10*v + int32(d-'0')
	}
	if len(digits) < len(cell) {
		v = -v
	}
	return v, true
}

// spread is the mentee of each pair so far.
func (r *Round) spread() []int32 {
	mentee := make([]int32, len(r.Mentor), cap(r.Mentor))
	i := int32(0)
	for e := range mentee {
		for int(i) < len(r.Row)-1 && int64(e) == r.Row[i+1] {
			i++
		}
		mentee[e] = i
	}
	return mentee
}

// bringTogether brings the pairs of each mentee together, in the order of the file. It returns which pair of the
// file each is.
func (r *Round) bringTogether(mentee []int32) (origin []int32) {
	r.Row = make([]int64, r.Mentees.Len()+1)
	for _, i := range mentee {
		r.Row[i+1]++
	}
	for i := range r.Mentees.Len() {
		r.Row[i+1] += r.Row[i]
	}
	to, at := mentee, slices.Clone(r.Row)
	for e, i := range mentee {
		to[e] = int32(at[i])
		at[i]++
	}
	spare := make([]int32, len(to))
	for _, column := range []*[]int32{&r.Mentor, &r.Score, &r.Wish, &r.Choice} {
		if *column == nil {
			continue
		}
		for e, v := range *column {
			spare[to[e]] = v
		}
		*column, spare = spare, (*column)[:len(to)]
	}
	for e, place := range to {
		spare[place] = int32(e)
	}
	return spare
}

// twice leaves out pairs that are there already. without are the lines that hold no pair, in order.
func (r *Round) twice(file string, origin, without []int32) {
	seen := make([]int32, r.Mentors.Len())
	at := int64(0)
	for i := range r.Mentees.Len() {
		from, to := r.Row[i], r.Row[i+1]
		r.Row[i] = at
		for e := from; e < to; e++ {
			j := r.Mentor[e]
			if seen[j] == int32(i)+1 {
				r.bad(file, lineOf(int32(e), origin, without), "mentee %s and mentor %s are there already, on a line before.", r.Mentees.Name(i), r.Mentors.Name(int(j)))
				continue
			}
			seen[j] = int32(i) + 1
			for _, column := range [][]int32{r.Mentor, r.Score, r.Wish, r.Choice} {
				if column != nil {
					column[at] = column[e]
				}
			}
			at++
		}
	}
	r.Row[r.Mentees.Len()] = at
	for _, column := range []*[]int32{&r.Mentor, &r.Score, &r.Wish, &r.Choice} {
		if *column != nil {
			*column = (*column)[:at]
		}
	}
}

// lineOf is the line of a pair.
func lineOf(pair int32, origin, without []int32) int {
	if origin != nil {
		pair = origin[pair]
	}
	line := pair + 2
	for _, l := range without {
		if l > line {
			break
		}
		line++
	}
	return int(line)
}

// Write writes who has whom: mentee, mentor, score, in the order of the file; who has none has empty
// cells there.
func (r *Round) Write(out io.Writer, mentor []int32) error {
	var b strings.Builder
	b.WriteString("mentee,mentor,score\n")
	for i, j := range mentor {
		b.WriteString(quoted(r.Mentees.Name(i)))
		b.WriteByte(',')
		if j >= 0 {
			at := r.Row[i] + int64(slices.Index(r.Mentor[r.Row[i]:r.Row[i+1]], j))
			b.WriteString(quoted(r.Mentors.Name(int(j))))
			b.WriteByte(',')
			b.WriteString(strconv.Itoa(int(r.Score[at])))
		} else {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		if b.Len() > 1<<16 {
			if _, err := io.WriteString(out, b.String()); err != nil {
				return err
			}
			b.Reset()
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func quoted(name string) string {
	if !strings.ContainsAny(name, "\",\r\n;") && strings.TrimSpace(name) == name {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
