package pitch

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/smart"
)

// Preview is exactly what would have gone out with an ask when it was made, for one person who is
// trusted to comment on it. It does not change when the ask does. Its owner and that person read
// it, from when it is given until it is taken back; nobody else ever does.
type Preview struct {
	ID          db.ID
	Owner       org.Party
	Viewer      org.Party
	Ask         db.ID
	Note        string
	Passages    []plan.Passage
	GivenAt     time.Time // zero: its owner looks at it still
	TakenBackAt time.Time
	CreatedAt   time.Time
}

// IsGiven tells whether the viewer reads it.
func (v Preview) IsGiven() bool { return !v.GivenAt.IsZero() && v.TakenBackAt.IsZero() }

// Title is the first line of what would be sent.
func (v Preview) Title() string {
	if len(v.Passages) == 0 {
		return ""
	}
	return v.Passages[0].Words
}

// Thing is the preview as something that can be looked at and commented on.
func (v Preview) Thing() event.Thing { return event.Thing{Kind: "preview", ID: v.ID} }

// Written is the preview as the texts that stand in it.
func (v Preview) Written() plan.Written {
	return plan.Written{Thing: v.Thing(), Owner: v.Owner.Person, OwnerName: v.Owner.Name, Title: v.Title(), Revision: 1, Passages: v.Passages}
}

const (
	mostPreviews = 100
	mostNote     = 2_000
)

// MakePreview puts down what would go out now, for its owner to look at and then to give.
//
// Errors: problem.Invalid by field, problem.Refused when there are very many.
func MakePreview(tx *db.Tx, me org.Actor, id, viewer db.ID, note string) (Preview, error) {
	p, err := toWrite(tx, me, id)
	if err != nil {
		return Preview{}, err
	}
	v := Preview{Owner: me.Self(), Ask: id, CreatedAt: tx.Now()}
	if err := v.check(tx, me, viewer, note); err != nil {
		return v, err
	}
	out, err := p.Outgoing(tx, me)
	if err != nil {
		return v, err
	}
	v.Passages = out.passages()
	content, err := json.Marshal(v.Passages)
	if err != nil {
		return v, err
	}
	v.ID = tx.NewID()
	if _, err := tx.Exec(`
		insert into previews (organisation_id, id, owner_id, viewer_id, ask_id, note, content, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, me.Organisation, v.ID, me.Person, v.Viewer.Person, id, v.Note, string(content), tx.Now()); err != nil {
		return v, err
	}
	return v, v.happened(tx, me, "preview made")
}

func (v *Preview) check(tx *db.Tx, me org.Actor, viewer db.ID, note string) error {
	wrong := problem.Invalid{}
	v.Note = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(note, "\ufffd")))
	wrong.Check(utf8.RuneCountInString(v.Note) <= mostNote, "note", "Please keep it under "+strconv.Itoa(mostNote)+" characters.")
	wrong.Check(viewer != me.Person, "with", "You see it already. Choose somebody else.")
	if err := wrong.Err(); err != nil {
		return err
	}
	them, err := org.ByID(tx, me, viewer)
	if errors.Is(err, problem.NotFound) || err == nil && !them.LeftAt.IsZero() {
		return problem.Invalid{"with": "Please choose somebody who is here."}
	}
	if err != nil {
		return err
	}
	v.Viewer = org.Party{Person: them.ID, Name: them.Name}
	stand, err := db.One(tx, db.Scanned[int64], "select count(*) from previews where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	if err == nil && stand >= mostPreviews {
		err = problem.Refused("You have a hundred previews already. Please remove one first.")
	}
	return err
}

// passages are the texts of what goes out, in the order in which they are read.
func (o Outgoing) passages() []plan.Passage {
	var all []plan.Passage
	add := func(field, label, words string) {
		if words = strings.TrimSpace(words); words != "" {
			all = append(all, plan.Passage{Field: field, Label: label, Words: words})
		}
	}
	add("what", "What is asked for", o.Ask.What)
	add("why", "Why", o.Ask.Why)
	add("cost", "What it costs", drafts[smart.English].cost(o.Ask.Cost))
	add("return", "What it brings", o.Ask.Return)
	if !o.Ask.DecideBy.IsZero() {
		add("decide-by", "Answer needed by", o.Ask.DecideBy.Time().Format("2 January 2006"))
	}
	for n, e := range o.Evidence {
		add("win-"+strconv.Itoa(n+1), "Evidence", strings.Join(strings.Fields(strings.Join([]string{e.Words, e.Effect, e.Figure}, "\n")), " "))
	}
	for _, s := range o.Sections {
		add(strings.ReplaceAll(string(s.Name), " ", "-"), s.Name.Title(), s.Words)
	}
	return all
}

// GivePreview lets the viewer read a preview of the actor's from now on.
//
// Errors: problem.NotFound unless it is the actor's, problem.Refused when it was given before.
func GivePreview(tx *db.Tx, me org.Actor, id db.ID) error {
	v, err := myPreview(tx, me, id)
	if err != nil {
		return err
	}
	if !v.GivenAt.IsZero() {
		return problem.Refused("This was given already. Make a new one: it shows the ask as it is now.")
	}
	if err := setPreview(tx, me, id, "given_at"); err != nil {
		return err
	}
	if err := v.happened(tx, me, "preview given"); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, v.Viewer.Person, notice.Shared, v.Thing(), "")
}

// TakePreviewBack ends the reading of a preview: from the same moment the viewer does not find it.
func TakePreviewBack(tx *db.Tx, me org.Actor, id db.ID) error {
	v, err := myPreview(tx, me, id)
	if err != nil || !v.TakenBackAt.IsZero() {
		return err
	}
	if v.GivenAt.IsZero() {
		return problem.Refused("It was not given yet. If you do not need it, remove it.")
	}
	if err := setPreview(tx, me, id, "taken_back_at"); err != nil {
		return err
	}
	return v.happened(tx, me, "preview taken back")
}

func setPreview(tx *db.Tx, me org.Actor, id db.ID, moment string) error {
	_, err := tx.Exec("update previews set "+moment+" = $1 where organisation_id = $2 and id = $3 and owner_id = $4", tx.Now(), me.Organisation, id, me.Person)
	return err
}

// RemovePreview takes a preview of the actor's away for good. What was said about it stays.
func RemovePreview(tx *db.Tx, me org.Actor, id db.ID) error {
	v, err := myPreview(tx, me, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("delete from previews where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, id, me.Person); err != nil {
		return err
	}
	return v.happened(tx, me, "preview removed")
}

func (v Preview) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: v.Thing()})
}
