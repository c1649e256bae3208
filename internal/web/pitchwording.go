package web

import (
	"fmt"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/phrasing"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
)

// pitchWording is the part in which it is put into words: to be said, and to be read.
type pitchWording struct {
	pitchWay
	Spoken, Written wordedText
	What            []hintRow // on the first lines of the ask, which are changed in the draft
	Draft           string    // where the ask itself is changed
	Rehearse        string
	Previews        string
}

// wordedText is a text with how long it is, and the hints on its wording.
type wordedText struct {
	Text    textField
	Length  string
	Hints   []hintRow
	Drafted bool   // it was put together from the parts, and is not kept yet
	Anew    string // the address where it is put together again
}

type hintRow struct{ Quote, Says, Language string }

var pitchWordingPage = declare[pitchWording]("pitch-wording.html", "pitch-parts.html", "pitch-hints.html")

func wordingStation() pitchStation {
	return pitchStation{Part: pitch.Wording, Name: "Wording", Title: "How do you say it?",
		About: "Three minutes, spoken; and a page to be read. Both begin with what you wrote in the other parts, and become yours as you change them.",
		show:  showPitchWording}
}

func showPitchWording(c *call, w *pitchWay) (view, error) {
	d, err := c.drafter(w.Pitch)
	if err != nil {
		return view{}, err
	}
	main := pitchWording{Draft: askHref(w.Ask.ID), Rehearse: w.Path + "/rehearsal", Previews: w.Path + "/previews"}
	main.Spoken = w.worded(pitch.Spoken, Field{Label: "What you say", Rows: 12, Hint: "One thought in each paragraph: each becomes a card when you rehearse."}, d.Spoken)
	main.Written = w.worded(pitch.Written, Field{Label: "What you write", Rows: 14, Hint: "For a mail, or to leave on the table. Nothing is sent from here."}, d.Written)
	main.What = append(hintRows(phrasing.Look(w.Ask.What)), hintRows(phrasing.Look(w.Ask.Why))...)
	main.pitchWay = *w
	return pitchWordingPage.show(c, w.Title, "asks", main)
}

// drafter puts the parts of a pitch into words, with the wins that go along.
func (c *call) drafter(p pitch.Pitch) (pitch.Drafter, error) {
	ids, err := ask.Wins(c.tx, c.me, p.Ask.ID)
	if err != nil {
		return pitch.Drafter{}, err
	}
	wins, err := plan.MyWins(c.tx, c.me, ids)
	return p.Draft(wins), err
}

// worded is one of the two texts: as it was kept, or put together from the parts where nothing was
// kept yet or it is asked for (?draft=).
func (w *pitchWay) worded(name string, f Field, draft func() string) wordedText {
	t := wordedText{Anew: w.Action + "?draft=" + name + "#field-" + name}
	stands := w.Texts[name]
	if t.Drafted = w.c.form.Values == nil && (stands.Revision == 0 || w.c.text("draft") == name); t.Drafted {
		stands.Words = draft()
		w.Texts[name] = stands
	}
	f.Name, f.Type = name, "textarea"
	t.Text = w.field(f)
	t.Length = lengthOf(t.Text.Value)
	t.Hints = hintRows(phrasing.Look(t.Text.Value))
	return t
}

// lengthOf says how long a text is, read and spoken.
func lengthOf(text string) string {
	return counted(pitch.Words(text), "word") + ", " + spokenFor(pitch.Seconds(text)) + " spoken"
}

// spokenFor writes seconds as people say them.
func spokenFor(seconds int) string {
	if seconds < 60 {
		return fmt.Sprintf("%d seconds", seconds)
	}
	return fmt.Sprintf("%d:%02d minutes", seconds/60, seconds%60)
}

func hintRows(hints []phrasing.Hint) []hintRow {
	var rows []hintRow
	for _, h := range hints {
		rows = append(rows, hintRow{h.Quote, h.Text, h.Language})
	}
	return rows
}
