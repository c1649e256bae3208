// Package winfile reads what people have of their wins already: a spreadsheet, a list in Markdown,
// the history of a repository. It knows no store: what it finds is offered to its person, who
// takes it or lets it be.
package winfile

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/csvfile"
)

// Source is what kind of file wins come from.
type Source string

// The sources.
const (
	CSV      Source = "csv"
	Markdown Source = "markdown"
	Git      Source = "git"
)

// Item is one thing that a file tells of.
type Item struct {
	Line   int    // where it begins, from 1
	Topic  string // the heading it stands under, the part of the work it belongs to
	Day    civil.Date
	What   string
	Effect string
	Figure string
	Link   string
	// Keys name what it is made from. What has the same key, in this file or in another, is the
	// same.
	Keys []string
}

// Problem is a line that was not taken, or not as it stands, and why.
type Problem struct {
	Line   int
	Text   string // the beginning of what stands there
	Reason string
}

// File is what was read.
type File struct {
	Source   Source
	Encoding string
	Items    []Item
	Problems []Problem
	More     int // problems beyond those listed
	Known    int // entries left out because the caller knows them, or because they stand there twice
	Passed   int // lines of prose, passed over
	Others   int // commits of others, passed over
}

// Options say how to read.
type Options struct {
	Source  Source // empty: found out from the name and the content
	Name    string // of the file
	Today   civil.Date
	Authors []string // of a history: names or addresses that the person says are theirs
	Me      []string // of a history: names and addresses under which they are known anyway
	Known   func(key string) bool
}

// How much is read.
const (
	MostBytes    = 4 << 20
	MostItems    = 2000
	mostProblems = 300
	mostLines    = 50_000 // of a list or a table; a history has more
	longestWhat  = 2000   // characters
	longestLine  = 200
	longestRead  = 10_000 // bytes of a line of a list, and of a cell: beyond is no win
)

// ReadError says, in words for people, why nothing in a file can be used.
type ReadError struct{ Message string }

func (e *ReadError) Error() string { return e.Message }

func unreadable(format string, args ...any) error {
	return &ReadError{fmt.Sprintf(format, args...)}
}

// Read reads a file. What is wrong in a line is listed, and the other lines are taken.
//
// Errors: a *ReadError when nothing in it can be used.
func Read(raw []byte, o Options) (*File, error) {
	if len(raw) > MostBytes {
		return nil, unreadable("This is larger than %d MB. Please import it in parts.", MostBytes>>20)
	}
	text, encoding, err := csvfile.Decode(raw)
	if other, is := err.(csvfile.OtherFormat); is {
		return nil, unreadable("This is %s. Save it as a CSV file or as plain text, and import that.", string(other))
	}
	if err != nil {
		return nil, unreadable("This file cannot be read: its letters are in no order that is known here.")
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(strings.ToValidUTF8(text, "\ufffd"))
	if strings.TrimSpace(text) == "" {
		return nil, unreadable("There is nothing in it.")
	}
	f := &File{Source: o.Source, Encoding: encoding.Name}
	if f.Source == "" {
		f.Source = recognise(text, o.Name)
	}
	if lines := strings.Count(text, "\n"); lines > mostLines && f.Source != Git {
		return nil, unreadable("This has more than %d lines. Please import it in parts.", mostLines)
	}
	r := &reader{File: f, o: o, seen: map[string]bool{}}
	switch f.Source {
	case Git:
		err = r.git(text)
	case CSV:
		err = r.csv(text)
	case Markdown:
		err = r.markdown(text)
	default:
		err = unreadable("There is no way to read a file as %q.", string(f.Source))
	}
	slices.SortStableFunc(f.Problems, func(a, b Problem) int { return a.Line - b.Line })
	return f, err
}

var (
	commitLine = pattern(`(?m)^commit [0-9a-f]{7,64}\b`)
	listLine   = pattern(`(?m)^\s*([-*+•]|\d{1,3}[.)])\s+\S`)
)

// recognise finds out what kind of file it is: by its content, and where that says nothing, by its
// name.
func recognise(text, name string) Source {
	if at := commitLine().FindStringIndex(text); at != nil && strings.TrimSpace(text[:at[0]]) == "" {
		return Git
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv":
		return CSV
	case ".md", ".markdown":
		return Markdown
	}
	if _, columns := findHeader(text); columns != nil {
		return CSV
	}
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	for _, separator := range []string{",", ";", "\t", "|"} {
		if strings.Count(first, separator) > 1 && !listLine().MatchString(text) {
			return CSV
		}
	}
	return Markdown
}

// reader reads one file.
type reader struct {
	*File
	o    Options
	seen map[string]bool // keys of this file
}

// problem lists a line that was not taken, or not as it stands.
func (r *reader) problem(line int, text, format string, args ...any) {
	if len(r.Problems) >= mostProblems {
		r.More++
		return
	}
	r.Problems = append(r.Problems, Problem{line, short(text, 80), fmt.Sprintf(format, args...)})
}

// add takes an item, unless it is known or cannot be one.
func (r *reader) add(one Item) {
	one.What, one.Effect = strings.TrimSpace(one.What), strings.TrimSpace(one.Effect)
	one.Topic, one.Figure = short(one.Topic, longestLine), csvfile.Tidy(one.Figure)
	switch {
	case one.What == "":
		r.problem(one.Line, one.Effect, "This says nothing of what went well.")
	case tooLong(one.What, longestWhat), tooLong(one.Effect, 4*longestWhat):
		r.problem(one.Line, one.What, "This is longer than a win: it should fit into a few sentences.")
	case tooLong(one.Figure, longestLine):
		r.problem(one.Line, one.Figure, "This is too long for a figure.")
	case !one.Day.IsZero() && one.Day.After(r.o.Today):
		r.problem(one.Line, one.What, "Its day, %s, is still to come.", one.Day)
	case r.isKnown(one.Keys):
		r.Known++
	case len(r.Items) >= MostItems:
		r.problem(one.Line, one.What, "A file is read up to %d entries. Import the rest by itself.", MostItems)
	default:
		for _, key := range one.Keys {
			r.seen[key] = true
		}
		r.Items = append(r.Items, one)
	}
}

// isKnown tells whether each of the keys is known.
func (r *reader) isKnown(keys []string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool { return !r.knows(key) })
}

func (r *reader) knows(key string) bool { return r.seen[key] || r.o.Known != nil && r.o.Known(key) }

// pattern is a regular expression that is compiled when it is first needed: a server that is started
// seldom reads a file of wins.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
