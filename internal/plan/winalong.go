package plan

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/winfile"
)

// AlongLink is a link of a win.
type AlongLink struct {
	ID     db.ID     `json:"id"`
	URL    string    `json:"url"`
	MadeAt time.Time `json:"made_at"`
	win    db.ID
}

// AlongFile is a file of a win. Its content stands beside person.json, under Path.
type AlongFile struct {
	ID        db.ID     `json:"id"`
	Name      string    `json:"name"`
	MediaType string    `json:"media_type"`
	Size      int64     `json:"size"`
	Digest    string    `json:"sha256"`
	MadeAt    time.Time `json:"made_at"`
	Content   []byte    `json:"-"`
	win       db.ID
}

// Path is where the content of a file stands in an export.
func (f AlongFile) Path() string { return "files/" + string(f.ID) + Kinds[f.MediaType] }

// AlongDraft is a draft of a win that an import found.
type AlongDraft struct {
	ID     db.ID          `json:"id"`
	Source winfile.Source `json:"source"`
	Topic  string         `json:"topic,omitempty"`
	Day    civil.Date     `json:"day,omitzero"`
	What   string         `json:"what"`
	Effect string         `json:"effect,omitempty"`
	Figure string         `json:"figure,omitempty"`
	URL    string         `json:"url,omitempty"`
	MadeAt time.Time      `json:"made_at"`
}

func (d *AlongDraft) record() []any {
	return []any{&d.ID, &d.Source, &d.Topic, &d.Day, &d.What, &d.Effect, &d.Figure, &d.URL, &d.MadeAt}
}

// TakeDrafts are the actor's drafts of wins.
func TakeDrafts(tx *db.Tx, me org.Actor) ([]AlongDraft, error) {
	return take[AlongDraft](tx, me, "win_drafts", draftColumns, "id")
}

// BringDrafts takes over the actor's drafts of wins. They wait no longer than where they come from.
func BringDrafts(tx *db.Tx, me org.Actor, drafts []AlongDraft) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	for n, d := range drafts {
		place := fmt.Sprintf("/win_drafts/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "win_drafts", d.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		if err := org.At(tx, place, db.Put(tx, "win_drafts", "organisation_id, owner_id, "+draftColumns, append([]any{me.Organisation, me.Person}, d.record()...)...)); err != nil {
			return b, err
		}
	}
	return b, nil
}

const (
	linkColumns      = "win_id, id, url, made_at"
	alongFileColumns = "win_id, id, name, media_type, size, digest, made_at, content"
)

func (l *AlongLink) record() []any { return []any{&l.win, &l.ID, &l.URL, &l.MadeAt} }

func (f *AlongFile) record() []any {
	return []any{&f.win, &f.ID, &f.Name, &f.MediaType, &f.Size, &f.Digest, &f.MadeAt, &f.Content}
}

// addShown gives each of the actor's wins what shows it.
func addShown(tx *db.Tx, me org.Actor, wins []AlongWin) error {
	links, err := take[AlongLink](tx, me, "win_links", linkColumns, "id")
	if err != nil {
		return err
	}
	files, err := take[AlongFile](tx, me, "win_files", alongFileColumns, "id")
	if err != nil {
		return err
	}
	at := map[db.ID]*AlongWin{}
	for i := range wins {
		at[wins[i].ID] = &wins[i]
	}
	for _, l := range links {
		at[l.win].Links = append(at[l.win].Links, l)
	}
	for _, f := range files {
		at[f.win].Files = append(at[f.win].Files, f)
	}
	return nil
}

// bringShown takes over what shows a win that was just brought along.
func bringShown(tx *db.Tx, me org.Actor, place string, w AlongWin) error {
	for n, l := range w.Links {
		here := fmt.Sprintf("%s/links/%d", place, n)
		wrong := problem.Invalid{}
		if l.URL = checkAddress(wrong, l.URL); len(wrong) > 0 {
			return org.Misplaced(here+"/url", "this is no address of http or https")
		}
		l.win = w.ID
		if err := bringRow(tx, me, here, "win_links", linkColumns, l.ID, l.record()); err != nil {
			return err
		}
	}
	for n, f := range w.Files {
		here := fmt.Sprintf("%s/files/%d", place, n)
		has := File{Name: f.Name}
		switch err := has.describe(f.Content); {
		case err != nil || has.MediaType != f.MediaType:
			return org.Misplaced(here+"/media_type", "the content is no picture and no PDF of this kind, or too large")
		case has.Digest != f.Digest || has.Size != f.Size:
			return org.Misplaced(here+"/sha256", "the content is not the one that was exported")
		}
		f.win, f.Name = w.ID, has.Name
		if err := bringRow(tx, me, here, "win_files", alongFileColumns, f.ID, f.record()); err != nil {
			return err
		}
	}
	return nil
}

// bringRow keeps a row that belongs to something that was just brought along.
func bringRow(tx *db.Tx, me org.Actor, place, table, columns string, id db.ID, record []any) error {
	isNew, err := org.NotHere(tx, me, place+"/id", table, id)
	if err != nil || !isNew {
		return err
	}
	return org.At(tx, place, db.Put(tx, table, "organisation_id, owner_id, "+columns, append([]any{me.Organisation, me.Person}, record...)...))
}

// checkFilesFit refuses more files than one person may have.
func checkFilesFit(tx *db.Tx, me org.Actor) error {
	bytes, count, err := filesInAll(tx, me)
	if err != nil {
		return err
	}
	if bytes > MostFileBytes || count > MostFilesInAll {
		return org.Misplaced("/wins", fmt.Sprintf("the files of these wins, with those here, are more than %d, or larger than %d MB together", MostFilesInAll, MostFileBytes>>20))
	}
	return nil
}
