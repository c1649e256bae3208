package skillfile

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"github.com/ownward/ownward/internal/csvfile"
)

func (f *File) readRows(lines source) error {
	for {
		line, cells, ok, err := lines.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if blank(cells) {
			continue
		}
		if f.Rows++; f.Rows > mostRows {
			return unreadable("The file has more than %d lines. Please bring it in in parts.", mostRows)
		}
		if err := f.row(line, cells); err != nil {
			return err
		}
	}
	return nil
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// row takes one line.
func (f *File) row(line int, cells []string) error {
	column := f.Column(Name)
	raw := cell(cells, f.Columns[Name])
	name := csvfile.Tidy(raw)
	switch {
	case len(cells) > len(f.Header) && !blank(cells[len(f.Header):]):
		f.aside(cells, Problem{Line: line, Value: name, Reason: "This line has more values than the header has columns, so they cannot be told apart."})
		return nil
	case !utf8.ValidString(raw):
		f.aside(cells, Problem{Line: line, Column: column, Value: name, Reason: "The name holds letters that cannot be read. Save the file as CSV (UTF-8) and bring it in again."})
		return nil
	case name == "":
		f.aside(cells, Problem{Line: line, Column: column, Reason: "This line names no skill."})
		return nil
	case utf8.RuneCountInString(name) > mostName:
		f.aside(cells, Problem{Line: line, Column: column, Value: name, Reason: fmt.Sprintf("A name of more than %d letters is none.", mostName)})
		return nil
	}
	if f.passes(line, cells, name) {
		return nil
	}
	return f.add(Entry{Line: line, Name: name, Description: text(cell(cells, f.Columns[Description])),
		Source: sourceID(cell(cells, f.Columns[Source])), Aliases: f.aliases(line, cell(cells, f.Columns[Aliases]))})
}

// passes tells of a line that speaks of something else than a skill, as published forms have them.
func (f *File) passes(line int, cells []string, name string) bool {
	switch f.Form {
	case "ESCO":
		kind := headerKey(cell(cells, f.Columns[concept]))
		if kind != "" && kind != "knowledgeskillcompetence" && kind != "skillgroup" && kind != "skill" {
			f.aside(cells, Problem{Line: line, Column: f.Column(concept), Value: name, Reason: "This is no skill, but something else (" + short(cell(cells, f.Columns[concept])) + ")."})
			return true
		}
		if headerKey(cell(cells, f.Columns[status])) == "obsolete" {
			f.aside(cells, Problem{Line: line, Column: f.Column(status), Value: name, Reason: "ESCO has withdrawn this one."})
			return true
		}
	case "O*NET, content model", "O*NET, ratings of occupations":
		if !isSkillElement(cell(cells, f.Columns[Source])) {
			f.Passed++
			return true
		}
	}
	return false
}

// isSkillElement tells whether an element of the O*NET content model is a basic skill, a skill across
// functions or a field of knowledge; the rest are abilities, interests, tasks and their like.
func isSkillElement(id string) bool {
	id = strings.TrimSpace(id)
	return strings.HasPrefix(id, "2.A.") || strings.HasPrefix(id, "2.B.") || strings.HasPrefix(id, "2.C.")
}

// add takes an entry, or what a second line says of one that is there.
func (f *File) add(e Entry) error {
	key := Fold(e.Name)
	at, known := f.known[key]
	if known {
		f.Repeated++
		was := &f.Entries[at]
		was.Aliases = joined(was.Name, was.Aliases, e.Aliases)
		if was.Description == "" {
			was.Description = e.Description
		}
		return nil
	}
	if len(f.Entries) == mostEntries {
		return unreadable("The file names more than %d skills. A list to choose from is shorter: bring in a part of it.", mostEntries)
	}
	e.Aliases = joined(e.Name, nil, e.Aliases)
	f.known[key] = len(f.Entries)
	if strings.HasPrefix(f.Form, "O*NET") && e.Source != "" {
		f.model[e.Source] = len(f.Entries)
	}
	f.Entries = append(f.Entries, e)
	return nil
}

// joined are the other names of an entry, each once.
func joined(name string, have, more []string) []string {
	seen := map[string]bool{Fold(name): true}
	for _, each := range have {
		seen[Fold(each)] = true
	}
	for _, each := range more {
		if key := Fold(each); key != "" && !seen[key] && len(have) < mostAliases {
			seen[key] = true
			have = append(have, each)
		}
	}
	return have
}

// Fold is the form of a name by which two are the same.
func Fold(name string) string {
	return strings.Join(strings.Fields(cases.Fold().String(name)), " ")
}

// aliases takes the other names apart: one a line, or between " | " or ";"; between commas only
// where the form is not one that uses commas within names.
func (f *File) aliases(line int, all string) []string {
	all = strings.TrimSpace(all)
	if all == "" {
		return nil
	}
	separator := ","
	for _, each := range []string{"\n", "\r", "|", ";"} {
		if strings.Contains(all, each) {
			separator = each
			break
		}
	}
	parts := []string{all}
	if separator != "," || f.Form != "ESCO" {
		parts = strings.Split(all, separator)
	}
	var list []string
	for _, part := range parts {
		part = csvfile.Tidy(part)
		switch {
		case part == "":
		case utf8.RuneCountInString(part) > mostName || !utf8.ValidString(part):
			f.note(Problem{Line: line, Column: f.Column(Aliases), Value: part, Reason: "This other name cannot be used; the rest of the line counts."})
		default:
			list = append(list, part)
		}
	}
	return list
}

// text is a description: its lines kept, cut where it is too long.
func text(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\x00", ""))
	if r := []rune(s); len(r) > mostText {
		s = strings.TrimSpace(string(r[:mostText])) + "…"
	}
	return s
}

func sourceID(s string) string {
	s = csvfile.Tidy(strings.ToValidUTF8(s, ""))
	if len(s) > 300 {
		return ""
	}
	return s
}

func (f *File) aside(cells []string, p Problem) {
	p.SetAside, p.cells = true, cells
	f.note(p)
}

func (f *File) note(p Problem) {
	p.Value = short(p.Value)
	f.Problems = append(f.Problems, p)
}

// leaves drops the elements of the O*NET content model that only group others, and refuses a file
// of which nothing is left.
func (f *File) leaves() error {
	if f.Form == "O*NET, content model" {
		groups := map[string]bool{}
		for id := range f.model {
			for at := strings.LastIndexByte(id, '.'); at > 0; at = strings.LastIndexByte(id[:at], '.') {
				groups[id[:at]] = true
			}
		}
		kept := f.Entries[:0]
		for _, e := range f.Entries {
			if groups[e.Source] {
				f.Passed++
				continue
			}
			kept = append(kept, e)
		}
		f.Entries = kept
	}
	if len(f.Entries) > 0 {
		return nil
	}
	switch {
	case f.Passed > 0:
		return unreadable("This file describes occupations and the people in them, but no skills: those are the elements whose id begins with 2.A, 2.B or 2.C.")
	case len(f.Problems) > 0:
		return unreadable("No line of this file can be used as a skill. The first: %s", f.Problems[0])
	}
	return unreadable("The file names columns, but no skills.")
}
