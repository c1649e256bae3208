package cardfile

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// Folder reads every card of a folder (files *.md, not those below), in the order of the files'
// names. Parse takes one; a card with a fault stays out and never keeps the good ones out. Shown
// is what the folder is called towards whoever mends a card.
func Folder[T any](in fs.FS, dir, shown string, parse func(file string, text []byte) (T, []Fault)) ([]T, []Fault) {
	entries, err := fs.ReadDir(in, dir)
	if err != nil {
		return nil, []Fault{{File: shown, Reason: "the folder cannot be read: " + err.Error()}}
	}
	var cards []T
	var faults []Fault
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".md") || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		file := path.Join(shown, entry.Name())
		text, err := readSome(in, path.Join(dir, entry.Name()))
		if err != nil {
			faults = append(faults, Fault{File: file, Reason: "the file cannot be read: " + err.Error()})
			continue
		}
		card, wrong := parse(file, text)
		if len(wrong) == 0 {
			cards = append(cards, card)
		}
		faults = append(faults, wrong...)
	}
	return cards, faults
}

// readSome reads a file, but no more of it than shows that it is too large for a card.
func readSome(in fs.FS, name string) ([]byte, error) {
	f, err := in.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, Most+1))
}

// IsFolder fails where there is no folder to read cards from. What names it in the reason.
func IsFolder(folder, what string) error {
	info, err := os.Stat(folder)
	if err != nil {
		return fmt.Errorf("the folder of %s cannot be read: %w", what, err)
	}
	if !info.IsDir() {
		return fmt.Errorf("the folder of %s, %s, is a file: name the folder it is in", what, folder)
	}
	return nil
}

// A Place is what binds a card to the others: its name, where it stands, where it leads.
type Place struct {
	ID, File         string
	Next             []string
	IDLine, NextLine int
}

// Bind puts cards together: the first of two with the same id stays, and a card whose next leads
// nowhere goes, until all links hold.
func Bind[T any](cards []T, place func(T) Place, faults []Fault) ([]T, []Fault) {
	first := map[string]string{} // the file of each id that was there once
	var kept []T
	for _, one := range cards {
		c := place(one)
		if file, taken := first[c.ID]; taken {
			faults = append(faults, Fault{c.File, c.IDLine, fmt.Sprintf("id %q is taken by %s: choose another", c.ID, file)})
			continue
		}
		first[c.ID] = c.File
		kept = append(kept, one)
	}
	for before := -1; before != len(kept); {
		before = len(kept)
		kept, faults = withoutDangling(kept, place, first, faults)
	}
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line)
	})
	return kept, faults
}

// withoutDangling refuses the cards whose next names a card that is not there.
func withoutDangling[T any](cards []T, place func(T) Place, ever map[string]string, faults []Fault) ([]T, []Fault) {
	here := make(map[string]bool, len(cards))
	for _, c := range cards {
		here[place(c).ID] = true
	}
	kept := slices.DeleteFunc(cards, func(one T) bool {
		c := place(one)
		at := slices.IndexFunc(c.Next, func(id string) bool { return !here[id] })
		if at < 0 {
			return false
		}
		reason := fmt.Sprintf("next leads to %q, and there is no such card: mend the id or leave it out", c.Next[at])
		if file, once := ever[c.Next[at]]; once {
			reason = fmt.Sprintf("next leads to %q, which was refused itself: mend %s first", c.Next[at], file)
		}
		faults = append(faults, Fault{c.File, c.NextLine, reason})
		return true
	})
	return kept, faults
}
