package peoplefile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/csvfile"
)

const (
	headerSearch = 12 // some reports put a title and a date above the header
	mostColumns  = 1000
	longestName  = 1000 // of a column
)

// findHeader finds delimiter and header, assigns the columns, and returns the records below.
func (f *File) findHeader(text string, mapping map[string]string) (*csvfile.Records, error) {
	f.newline = csvfile.LineEnding(text)
	var best struct {
		recs         *csvfile.Records
		header       []string
		score, cells int
	}
	wanted := map[string]bool{}
	for _, column := range mapping {
		wanted[headerKey(column)] = true
	}
	for _, delim := range []byte(",;\t|") {
		recs := csvfile.NewRecords(text, delim)
		for range headerSearch {
			rec, ok := recs.Next()
			if !ok {
				break
			}
			score := recognised(rec.Cells, wanted)
			if best.recs == nil || score > best.score || score == best.score && score == 0 && len(rec.Cells) > best.cells && rec.Line == 1 {
				best.recs, best.header, best.score, best.cells = recs.Fork(), rec.Cells, score, len(rec.Cells)
			}
		}
	}
	if best.recs == nil {
		return nil, unreadable("The file is empty. Export the people again, with a header line that names the columns.")
	}
	f.delimiter = best.recs.Delimiter
	if n := len(best.header); n > mostColumns {
		return nil, unreadable("The header line has %s columns, more than the %d that can be told apart. Export fewer.", Count(n), mostColumns)
	}
	header := make([]string, len(best.header))
	for i, name := range best.header {
		if header[i] = tidy(csvfile.AsText(name)); len(header[i]) > longestName {
			return nil, unreadable("Column %d has a name of %s characters. Is the header line there that names the columns?", i+1, Count(len(header[i])))
		}
	}
	f.Header = header
	return best.recs, f.assign(mapping)
}

func recognised(cells []string, wanted map[string]bool) int {
	n := 0
	for _, c := range cells {
		if len(c) > 100 {
			continue
		}
		key := headerKey(c)
		if wanted[key] && key != "" {
			n += 2
		} else if claims[key] != nil {
			n++
		}
	}
	return n
}

// assign decides which column says which field.
func (f *File) assign(mapping map[string]string) error {
	for i := range f.Columns {
		f.Columns[i] = -1
	}
	open, decided, err := f.mapped(mapping)
	if err != nil {
		return err
	}
	if err := f.claimed(open); err != nil {
		return err
	}
	f.nameIsFirst(decided)
	f.accountIsAddress(decided)
	if f.Columns[FullName] < 0 && f.Columns[FirstName] < 0 && f.Columns[LastName] < 0 {
		return &ReadError{Message: fmt.Sprintf("No column holds the names of the people. The columns are: %s.", strings.Join(f.Header, ", ")),
			mapping: "name=" + example(f.Header)}
	}
	for i, name := range f.Header {
		if name != "" && !slices.Contains(f.Columns[:], i) {
			f.Unused = append(f.Unused, name)
		}
	}
	return nil
}

func example(header []string) string {
	if len(header) == 0 || header[0] == "" {
		return "COLUMN"
	}
	if strings.ContainsAny(header[0], " #") {
		return `"` + header[0] + `"`
	}
	return header[0]
}

// mapped takes the columns that the caller named. It returns, for each column that is left,
// the fields it may still claim, and the fields about which nothing is left to decide.
func (f *File) mapped(mapping map[string]string) ([][]claim, fields, error) {
	var decided fields
	open := make([][]claim, len(f.Header))
	used := map[int]Field{}
	for _, key := range sortedKeys(mapping) {
		field, ok := FieldByKey(key)
		if !ok {
			return nil, 0, unreadable("There is no field %q to map a column to. The fields are: %s.", key, strings.Join(fieldKeys[:], ", "))
		}
		decided.add(field)
		if field == Manager {
			decided.add(ManagerEmail)
			decided.add(ManagerName)
		}
		if strings.TrimSpace(mapping[key]) == "" {
			continue
		}
		c, err := f.find(mapping[key])
		if err != nil {
			return nil, 0, err
		}
		if other, twice := used[c]; twice && (other != Account || field != Email) {
			return nil, 0, unreadable("The column %q is mapped to both %s and %s. Choose one.", f.Header[c], other.Key(), field.Key())
		}
		used[c] = field
		f.Columns[field] = c
	}
	for c, name := range f.Header {
		if _, spoken := used[c]; spoken {
			continue
		}
		for _, cl := range claims[headerKey(name)] {
			if !decided.has(cl.field) {
				open[c] = append(open[c], cl)
			}
		}
	}
	return open, decided, nil
}

func (f *File) find(name string) (int, error) {
	name = tidy(name)
	for _, same := range []func(string) bool{
		func(h string) bool { return h == name },
		func(h string) bool { return strings.EqualFold(h, name) },
		func(h string) bool { return headerKey(h) == headerKey(name) },
	} {
		if c := slices.IndexFunc(f.Header, same); c >= 0 {
			return c, nil
		}
	}
	return 0, unreadable("The file has no column %q. Its columns are: %s.", name, strings.Join(f.Header, ", "))
}

// claimed gives each field to the best of the columns that claim it. A column that loses tries
// the next field that its name can stand for.
func (f *File) claimed(open [][]claim) error {
	for moved := true; moved; {
		moved = false
		for field := range fieldCount {
			first, second := contenders(open, field)
			if first < 0 {
				continue
			}
			if second >= 0 && open[first][0].rank == open[second][0].rank {
				return &ReadError{Message: fmt.Sprintf("Two columns could be the %s: %q and %q.", field, f.Header[first], f.Header[second]),
					mapping: fmt.Sprintf("%s=%q", field.Key(), f.Header[first])}
			}
			for c := range open {
				if c != first && len(open[c]) > 0 && open[c][0].field == field {
					open[c] = open[c][1:]
					moved = true
				}
			}
		}
	}
	for c := range open {
		if len(open[c]) > 0 {
			f.Columns[open[c][0].field] = c
		}
	}
	return nil
}

// contenders are the two best columns whose present claim is field, -1 for none.
func contenders(open [][]claim, field Field) (first, second int) {
	first, second = -1, -1
	for c := range open {
		if len(open[c]) == 0 || open[c][0].field != field {
			continue
		}
		switch {
		case first < 0:
			first = c
		case open[c][0].rank < open[first][0].rank:
			first, second = c, first
		case second < 0 || open[c][0].rank < open[second][0].rank:
			second = c
		}
	}
	return first, second
}

// nameIsFirst reads "name" beside "last name" as the first name, as org charts have it.
func (f *File) nameIsFirst(decided fields) {
	full := f.Columns[FullName]
	if full >= 0 && !decided.has(FullName) && headerKey(f.Header[full]) == "name" && f.Columns[FirstName] < 0 && f.Columns[LastName] >= 0 {
		f.Columns[FirstName], f.Columns[FullName] = full, -1
	}
}

// accountIsAddress takes the e-mail from the user principal name where no column holds it.
func (f *File) accountIsAddress(decided fields) {
	c := f.Columns[Account]
	if c < 0 || f.Columns[Email] >= 0 || decided.has(Email) {
		return
	}
	if key := headerKey(f.Header[c]); key == "userprincipalname" || key == "upn" {
		f.Columns[Email] = c
	}
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
