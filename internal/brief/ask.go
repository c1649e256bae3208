package brief

import (
	"errors"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
)

// Ask is the page of an ask: what was sent, word for word, or what would be sent now, and nothing
// else.
type Ask struct {
	ID          db.ID
	Owner, Whom org.Party
	Version     int64
	SentAt      time.Time // zero: it has not been sent
	Text        ask.Text
	Blocks      []Block
	Evidence    []ask.Evidence
	Today       civil.Date
	Zone        *time.Location
}

// Block is a part of the page with its title.
type Block struct{ Title, Words string }

// OfAsk is the page of an ask that the actor may see: of what stands sent, or of their own draft.
func OfAsk(tx *db.Tx, me org.Actor, id db.ID) (Ask, error) {
	s, err := ask.StoryOf(tx, me, id)
	if err != nil {
		return Ask{}, err
	}
	if s.State == ask.Draft {
		page, err := ToBeSent(tx, me, id)
		if errors.As(err, new(problem.Invalid)) {
			err = nil // its figures are left out
		}
		return page, err
	}
	now := s.Now()
	return pageOf(tx, me, s.Ask, s.Text, now.Evidence, now.Sections), nil
}

// ToBeSent is the page of what would be sent of an ask of the actor's own now.
//
// Errors: problem.Invalid, with the page, when a figure in it is none.
func ToBeSent(tx *db.Tx, me org.Actor, id db.ID) (Ask, error) {
	p, err := pitch.Of(tx, me, id)
	if err != nil {
		return Ask{}, err
	}
	out, err := p.Outgoing(tx, me)
	if err != nil && !errors.As(err, new(problem.Invalid)) {
		return Ask{}, err
	}
	a := out.Ask
	a.SentAt = time.Time{}
	a.Version++
	return pageOf(tx, me, a, a.Text, out.Evidence, out.Sections), err
}

// Version is the page of a version that the actor may see.
func Version(tx *db.Tx, me org.Actor, s ask.Story, sending ask.Sending) Ask {
	a := s.Ask
	a.Version, a.SentAt, a.Whom = sending.Version, sending.SentAt, sending.With
	return pageOf(tx, me, a, sending.Text, sending.Evidence, sending.Sections)
}

func pageOf(tx *db.Tx, me org.Actor, a ask.Ask, text ask.Text, evidence []ask.Evidence, sections []ask.Section) Ask {
	page := Ask{ID: a.ID, Owner: a.Owner, Whom: a.Whom, Version: a.Version, SentAt: a.SentAt, Text: text, Evidence: evidence, Today: civil.In(tx.Now(), me.Zone), Zone: me.Zone}
	page.block("Why", text.Why)
	page.block("What it costs", CostOf(text.Cost))
	page.block("Cost centre", text.CostCentre)
	page.block("What it brings", text.Return)
	for _, section := range sections {
		page.block(section.Name.Title(), section.Words)
	}
	return page
}

func (a *Ask) block(title, words string) {
	if words != "" {
		a.Blocks = append(a.Blocks, Block{title, words})
	}
}

// CostOf is a cost in words; nothing for what costs nothing.
func CostOf(c ask.Cost) string {
	var parts []string
	if c.Minor > 0 {
		parts = append(parts, pitch.Money(c.Minor, c.Currency))
	}
	if c.Hours > 0 {
		parts = append(parts, pitch.WorkingHours(c.Hours))
	}
	return strings.Join(parts, " and ")
}

// Thing is the ask of which this is the page.
func (a Ask) Thing() event.Thing { return event.Thing{Kind: "ask", ID: a.ID} }

// Standing says whose ask it is, of whom, and whether it was sent.
func (a Ask) Standing() string {
	said := a.Owner.Name + " asks"
	if a.Whom.Name != "" {
		said += " " + a.Whom.Name
	}
	if a.SentAt.IsZero() {
		return said + " · not sent yet"
	}
	return said + " · sent on " + dayOf(civil.In(a.SentAt, a.Zone), a.Today)
}

// Asked says by when an answer is wished for; nothing where no day is named.
func (a Ask) Asked() string {
	if a.Text.DecideBy.IsZero() {
		return ""
	}
	return "An answer by " + dayOf(a.Text.DecideBy, a.Today) + " would help."
}

// Proof is a win as it is read in one line.
func (a Ask) Proof(e ask.Evidence) string {
	if !e.TakenBackAt.IsZero() && e.Words == "" {
		return "Taken back since"
	}
	said := e.Words
	for _, more := range []string{e.Figure, e.Effect} {
		if more != "" {
			said += " · " + more
		}
	}
	return said + " (" + dayOf(e.Day, a.Today) + ")"
}

// Markdown is the page as a text to keep or to send from elsewhere.
func (a Ask) Markdown() string {
	var out strings.Builder
	out.WriteString("# " + plain(a.Text.What) + "\n\n" + plain(a.Standing()) + "\n")
	if by := a.Asked(); by != "" {
		out.WriteString("\n" + by + "\n")
	}
	var proofs []string
	for _, e := range a.Evidence {
		proofs = append(proofs, "- "+plain(a.Proof(e)))
		for _, f := range e.Files {
			if f.URL != "" {
				proofs = append(proofs, "  - <"+strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(f.URL)+">")
			} else {
				proofs = append(proofs, "  - "+plain(f.Name))
			}
		}
	}
	for i, block := range a.Blocks {
		section(&out, block.Title, paragraphs(block.Words))
		if i == 0 && block.Title == "Why" {
			section(&out, "What speaks for it", proofs)
			proofs = nil
		}
	}
	section(&out, "What speaks for it", proofs)
	return out.String()
}

// paragraphs keeps the lines of a text apart.
func paragraphs(text string) []string {
	var all []string
	for i, line := range strings.Split(text, "\n") {
		if line = plain(line); line == "" {
			continue
		}
		if i > 0 {
			line = "\n" + line
		}
		all = append(all, line)
	}
	return all
}
