package skill

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Found is an entry that a search finds.
type Found struct {
	Entry
	Called string // the other name by which it was found; empty: its own
}

// The places of what is searched, the nearest first.
const (
	atName int64 = iota
	atAlias
	withinName
	withinAlias
	places
)

const (
	longestWords = 64 // bytes of a name that are searched, from each of its words on
	mostWords    = 12 // of one name, or of a search
	scanned      = 600
)

// searchable is a name as it is searched: folded, in words.
func searchable(name string) []string {
	words := strings.FieldsFunc(org.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '+' && r != '#' && r != '.'
	})
	return slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, ".") == "" })
}

type searched struct {
	words           []byte
	place, position int64
}

// searched are the rows by which the entry is found: each of its names from each of its words on.
func (e Entry) searched() []searched {
	at := map[string]int{}
	var rows []searched
	for position, name := range append([]string{e.Name}, e.Aliases...) {
		words := searchable(name)
		for i := range words[:min(len(words), mostWords)] {
			row := searched{words: cut(strings.Join(words[i:], " ")), position: int64(position), place: atName}
			if position > 0 {
				row.place = atAlias
			}
			if i > 0 {
				row.place += withinName
			}
			was, twice := at[string(row.words)]
			switch {
			case !twice:
				at[string(row.words)] = len(rows)
				rows = append(rows, row)
			case row.place < rows[was].place:
				rows[was] = row
			}
		}
	}
	return rows
}

func cut(words string) []byte { return []byte(words[:min(len(words), longestWords)]) }

// Search finds skills as one types: those of that very name, then those whose name begins with the text, then those of which
// another name does, then those with a later word that does; then those in whose names all words of the
// text begin one, in whatever order. Of words that thousands of names have, it looks at some.
func Search(tx *db.Tx, me org.Actor, text string, most int) ([]Found, error) {
	if len(text) > 4*mostName {
		return nil, nil
	}
	words := searchable(text)
	if len(words) == 0 {
		return nil, nil
	}
	words = words[:min(len(words), mostWords)]
	hits, err := begins(tx, me, strings.Join(words, " "), most)
	if err != nil {
		return nil, err
	}
	if len(hits) < most && len(words) > 1 {
		more, err := allBegin(tx, me, words, most)
		if err != nil {
			return nil, err
		}
		hits = append(hits, more...)
	}
	return distinct(hits, most), nil
}

// found reads what a search finds in hits, a query, in its order, with how each is called.
func found(tx *db.Tx, hits, order string, args ...any) ([]Found, error) {
	return db.List(tx, func(row db.Row) (Found, error) {
		var f Found
		var position int64
		err := row.Scan(&f.ID, &f.Name, &f.Description, &f.Source, &f.Revision, &f.Called, &position)
		if position == 0 {
			f.Called = ""
		}
		return f, err
	}, `
		select e.id, e.name, e.description, e.source, e.revision, n.name, n.position
		from (`+hits+`) s
		join skill_entries e on e.organisation_id = $1 and e.id = s.entry_id
		join skill_names n on n.organisation_id = $1 and n.entry_id = s.entry_id and n.position = s.position
		order by `+order, args...)
}

// within are the bounds of all that begins with the words.
func within(words string) (from, to []byte) {
	from = cut(words)
	return from, append(slices.Clone(from), 0xFF)
}

// begins finds what begins with the words, place by place, each in the order of the alphabet.
func begins(tx *db.Tx, me org.Actor, words string, most int) ([]Found, error) {
	from, to := within(words)
	var parts []string
	for place := range places {
		parts = append(parts, `
			select * from (
				select entry_id, position, place, words from skill_words
				where `+seen+` and place = `+strconv.FormatInt(place, 10)+` and words >= $3 and words < $4
				order by words limit $5) at`+strconv.FormatInt(place, 10))
	}
	return found(tx, strings.Join(parts, " union all "), "case when s.words = $3 then 0 else 1 end, s.place, s.words, s.entry_id", me.Organisation, here(me), from, to, 2*most)
}

// allBegin finds what has, for each of the words, a word that begins with it. It goes through what the rarest of
// them finds.
func allBegin(tx *db.Tx, me org.Actor, words []string, most int) ([]Found, error) {
	rarest, err := rarest(tx, me, words)
	if err != nil {
		return nil, err
	}
	from, to := within(words[rarest])
	args := []any{me.Organisation, here(me), from, to}
	var others strings.Builder
	for i, word := range words {
		if i == rarest || slices.Contains(words[:i], word) {
			continue
		}
		from, to := within(word)
		others.WriteString(" and exists (select 1 from skill_words o where o.organisation_id = $1 and o.entry_id = s.entry_id and o.words >= $" +
			strconv.Itoa(len(args)+1) + " and o.words < $" + strconv.Itoa(len(args)+2) + ")")
		args = append(args, from, to)
	}
	return found(tx, `
		select s.* from (
			select entry_id, position, place, words from skill_words
			where `+seen+` and place in (0, 1, 2, 3) and words >= $3 and words < $4 limit `+strconv.Itoa(scanned)+`) s
		where 1 = 1`+others.String()+`
		order by s.place, s.words, s.entry_id limit $`+strconv.Itoa(len(args)+1), "s.place, s.words, s.entry_id", append(args, 3*most)...)
}

// rarest is which of the words the fewest names have.
func rarest(tx *db.Tx, me org.Actor, words []string) (int, error) {
	args := []any{me.Organisation, here(me)}
	var counts []string
	for i, word := range words {
		from, to := within(word)
		args = append(args, from, to)
		counts = append(counts, "select "+strconv.Itoa(i)+" as word, (select count(*) from (select 1 from skill_words where "+seen+
			" and place in (0, 1, 2, 3) and words >= $"+strconv.Itoa(len(args)-1)+" and words < $"+strconv.Itoa(len(args))+" limit "+strconv.Itoa(scanned)+") c"+strconv.Itoa(i)+") as n")
	}
	return db.One(tx, db.Scanned[int], "select word from ("+strings.Join(counts, " union all ")+") counted order by n, word limit 1", args...)
}

// distinct are the first of each entry.
func distinct(found []Found, most int) []Found {
	seen := map[db.ID]bool{}
	var list []Found
	for _, f := range found {
		if !seen[f.ID] && len(list) < most {
			seen[f.ID] = true
			list = append(list, f)
		}
	}
	return list
}
