package portable

import (
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// Record is something of another's that the actor brought along, to be read.
type Record struct {
	Title string
	About string
	Parts []Part
}

// Part is a text of a record.
type Part struct{ Label, Text string }

// Records lists what the actor brought along of others: asks of them, promises, conversations,
// proposals, comments; and copies, which were for somebody there.
func Records(tx *db.Tx, me org.Actor) ([]Record, error) {
	f := File{}
	f.Person.Name = me.Name
	contacts, err := org.Contacts(tx, me)
	if err != nil {
		return nil, err
	}
	r := reader{zone: me.Zone, names: map[org.Key]string{}}
	for _, c := range contacts {
		r.names[org.Key(c.ID)] = c.Name
	}
	if f.Asks, err = recordsOf[ask.Along](tx, me, "ask"); err != nil {
		return nil, err
	}
	if f.Promises, err = recordsOf[commitment.Along](tx, me, "commitment"); err != nil {
		return nil, err
	}
	if f.Conversations, err = recordsOf[conversation.Along](tx, me, "conversation"); err != nil {
		return nil, err
	}
	if f.Words, err = recordsOf[plan.AlongWord](tx, me, "confirmation"); err != nil {
		return nil, err
	}
	all, err := r.saidRecords(tx, me)
	if err != nil {
		return nil, err
	}
	for _, a := range f.Asks {
		all = append(all, r.askRecord(a))
	}
	for _, p := range f.Promises {
		all = append(all, Record{Title: p.Words, About: fmt.Sprintf("%s promised %s, by %s. %s.", r.Who(p.By), r.who(p.To), date(p.Due), begin(string(p.State)))})
	}
	for _, c := range f.Conversations {
		all = append(all, r.conversationRecord(c))
	}
	for _, w := range f.Words {
		one := Record{Title: "A word on a win of " + r.who(w.Of), About: fmt.Sprintf("You said on %s: %s.", r.at(w.At), w.Answer.Title())}
		one.add("In your words", w.Words)
		all = append(all, one)
	}
	return all, nil
}

func (r reader) askRecord(a ask.Along) Record {
	one := Record{Title: a.What, About: r.Who(a.Owner) + " asked you."}
	one.add("Why", a.Why)
	one.add("What it brings", a.Return)
	if d := a.Decision; d != nil {
		one.About += fmt.Sprintf(" %s said %s, on %s.", r.Who(d.By), d.Answer, r.at(d.At))
		one.add("Reason", d.Reason)
		one.add("Feedback", d.Feedback)
		one.add("Instead", join(": ", d.Alternative, d.AlternativeWords))
	}
	return one
}

func (r reader) conversationRecord(c conversation.Along) Record {
	one := Record{
		Title: fmt.Sprintf("%s with %s", c.Kind.Title(), r.who(c.Owner)),
		About: fmt.Sprintf("%s, %d minutes, about their growth. %s.", r.clock(c.At), c.Minutes, begin(string(c.State))),
	}
	var agenda []string
	for _, i := range c.Agenda {
		agenda = append(agenda, i.Words)
	}
	one.add("Agenda", strings.Join(agenda, "\n"))
	for _, t := range c.Texts {
		one.add(textTitles[t.Kind], t.Words)
	}
	return one
}

func (r *Record) add(label, text string) {
	if text != "" {
		r.Parts = append(r.Parts, Part{label, text})
	}
}
