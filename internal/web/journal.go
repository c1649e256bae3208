package web

import (
	"errors"
	"net/url"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// journal is the actor's entries, the newest first, with the form that adds one.
type journal struct {
	Words   Field
	Entries []entryLine
	Empty   Empty
	Pager   Pager
	Left    bool
}

type entryLine struct {
	Href, Words string
	Day         civil.Date
}

var journalPage = declare[journal]("journal.html")

const entriesPerPage = 20

// listEntries shows the actor's journal.
func listEntries(c *call) (view, error) {
	entries, more, err := plan.Entries(c.tx, c.me, plan.PlaceFrom(c.URL.Query().Get("after")), entriesPerPage)
	if err != nil {
		return view{}, err
	}
	main := journal{Left: c.me.Left, Empty: Empty{Text: "Nobody but you ever reads this, and it cannot be shared. Write what you noticed, what bothered you, or what you would do again."}}
	main.Words = c.form.field(Field{Name: "words", Label: "Today", Type: "textarea", Rows: 5, Required: true}, "")
	for _, e := range entries {
		main.Entries = append(main.Entries, entryLine{"/journal/" + string(e.ID), e.Words, e.Day})
	}
	if more {
		end := entries[len(entries)-1]
		main.Pager.Older = "/journal?" + url.Values{"after": {plan.Place{Day: end.Day, ID: end.ID}.String()}}.Encode()
	}
	if c.URL.Query().Has("after") {
		main.Pager.Newer = "/journal"
	}
	return journalPage.show(c, "Journal", "journal", main)
}

func addEntry(c *call) (string, error) {
	_, err := plan.AddEntry(c.tx, c.me, plan.Entry{Words: c.text("words")})
	return "/journal", err
}

// entryForm changes an entry.
type entryForm struct {
	Href       string
	Words, Day Field
	Revision   string
	Left       bool
	From       string // the question to oneself that it answers
}

var entryPage = declare[entryForm]("entry.html")

// showEntry shows an entry of the actor's journal, to be changed.
func showEntry(c *call) (view, error) {
	e, err := plan.EntryByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := entryForm{Href: "/journal/" + string(e.ID), Revision: c.form.RevisionOr(e.Revision), Left: c.me.Left}
	main.Words = c.form.field(Field{Name: "words", Label: "What you wrote", Type: "textarea", Rows: 10, Required: true}, e.Words)
	main.Day = c.form.field(Field{Name: "day", Label: "Day", Type: "date"}, e.Day.String())
	if a, err := question.OfEntry(c.tx, c.me, e.ID); err == nil {
		main.From = askingHref(a.ID)
	} else if !errors.Is(err, problem.NotFound) {
		return view{}, err
	}
	return entryPage.show(c, "An entry", "journal", main)
}

func changeEntry(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := plan.Entry{ID: c.id("id"), Day: c.day("day", wrong), Words: c.text("words"), Revision: c.revision()}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return "/journal", plan.ChangeEntry(c.tx, c.me, in)
}

func removeEntry(c *call) (string, error) {
	return "/journal", plan.RemoveEntry(c.tx, c.me, c.id("id"))
}
