// Package story is what a person tells of their wins: a text for a review, the case for a
// promotion, a section of a CV. It is drafted from the wins' own words by plain rules, and from
// then on it is the person's own text, which no win changes any more.
package story

import (
	"maps"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// Story is a text that its owner keeps, and can share like a win.
type Story struct {
	ID        db.ID
	Owner     db.ID
	OwnerName string
	Form      Form
	Text
	Revision  int64
	CreatedAt time.Time
	ChangedAt time.Time
}

// Text is what a person writes of a story.
type Text struct {
	Title string
	Words string // see Read
}

// Form is what a story is for.
type Form string

// The forms.
const (
	Review    Form = "review"
	Promotion Form = "promotion"
	CV        Form = "cv"
)

// Forms lists the forms in their order.
var Forms = []Form{Review, Promotion, CV}

// Title is the form as people call it.
func (f Form) Title() string {
	return map[Form]string{Review: "A text for a review", Promotion: "The case for a promotion", CV: "A section of a CV"}[f]
}

// Thing is the story as something that can be shared.
func (s Story) Thing() event.Thing { return event.Thing{Kind: "story", ID: s.ID} }

const (
	mostTitle = 200
	mostWords = 50_000
	mostKept  = 500 // stories of one person
)

// Keep keeps a story of the actor's.
//
// Errors: problem.Invalid by field, problem.Refused when very many are kept.
func Keep(tx *db.Tx, me org.Actor, form Form, in Text) (Story, error) {
	s := Story{Owner: me.Person, OwnerName: me.Name, Form: form, Text: in, Revision: 1, CreatedAt: tx.Now(), ChangedAt: tx.Now()}
	if err := mayWrite(me); err != nil {
		return s, err
	}
	if err := s.check(); err != nil {
		return s, err
	}
	var kept int64
	if err := tx.Get("select count(*) from stories where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person).Scan(&kept); err != nil {
		return s, err
	}
	if kept >= mostKept {
		return s, problem.Refuse("You keep %d stories. Remove some before you keep another.", kept)
	}
	s.ID = tx.NewID()
	if _, err := tx.Exec(`
		insert into stories (organisation_id, id, owner_id, form, title, words, revision, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, 1, $7, $7)`,
		me.Organisation, s.ID, me.Person, string(s.Form), s.Title, s.Words, tx.Now()); err != nil {
		return s, err
	}
	return s, s.happened(tx, me, "story kept")
}

func (s *Story) check() error {
	wrong := problem.Invalid{}
	clean := strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n")
	s.Title = strings.Join(strings.Fields(clean.Replace(strings.ToValidUTF8(s.Title, "\ufffd"))), " ")
	s.Words = strings.TrimSpace(clean.Replace(strings.ToValidUTF8(s.Words, "\ufffd")))
	wrong.Check(s.Form.Title() != "", "form", "Please choose what it is for.")
	wrong.Check(s.Title != "", "title", "Please give it a title.")
	wrong.Check(s.Words != "", "words", "Nothing is written yet.")
	for field, limit := range map[string]struct {
		text string
		most int
	}{"title": {s.Title, mostTitle}, "words": {s.Words, mostWords}} {
		if n := utf8.RuneCountInString(limit.text); n > limit.most {
			wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(limit.most)+".")
		}
	}
	return wrong.Err()
}

func mayWrite(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	}
	return nil
}

// Change replaces the text of a story of the actor's.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Text) error {
	was, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	s := was
	s.Text = in
	if err := s.check(); err != nil {
		return err
	}
	if maps.Equal(was.fields(), s.fields()) {
		return nil
	}
	if was.Revision != revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: differing(was.fields(), s.fields()), Mine: differing(s.fields(), was.fields())}
	}
	if err := org.KeepRevision(tx, me, s.Thing(), was.Revision, was.fields()); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update stories set title = $1, words = $2, changed_at = $3, revision = revision + 1
		where organisation_id = $4 and id = $5 and owner_id = $6`,
		s.Title, s.Words, tx.Now(), me.Organisation, id, me.Person); err != nil {
		return err
	}
	return s.happened(tx, me, "story changed")
}

func (s Story) fields() map[string]string {
	return map[string]string{"title": s.Title, "words": s.Words}
}

// differing are the fields of one text that are not so in the other.
func differing(one, other map[string]string) map[string]string {
	only := map[string]string{}
	for name, text := range one {
		if other[name] != text {
			only[name] = text
		}
	}
	return only
}

// Remove removes a story of the actor's, with its earlier texts. The wins stay as they are.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	s, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	if err := share.TakeBackThing(tx, me, share.What{Kind: "story", ID: id}); err != nil {
		return err
	}
	if err := org.ForgetRevisions(tx, me, s.Thing()); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from stories where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, id, me.Person); err != nil {
		return err
	}
	return s.happened(tx, me, "story removed")
}

// Share lets somebody see a story of the actor's, with all that stands in it.
func Share(tx *db.Tx, me org.Actor, id db.ID, with plan.With) error {
	s, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	return plan.Give(tx, me, s.Thing(), with)
}

func mine(tx *db.Tx, me org.Actor, id db.ID) (Story, error) {
	if err := mayWrite(me); err != nil {
		return Story{}, err
	}
	s, err := ByID(tx, me, id)
	if err == nil && s.Owner != me.Person {
		return Story{}, problem.NotFound
	}
	return s, err
}

func (s Story) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: s.Thing()})
}

const selectStory = `
	select s.id, s.owner_id, p.name, s.form, s.title, s.words, s.revision, s.created_at, s.changed_at
	from stories s join people p on p.organisation_id = s.organisation_id and p.id = s.owner_id
`

func scanStory(row db.Row) (Story, error) {
	var s Story
	err := row.Scan(&s.ID, &s.Owner, &s.OwnerName, &s.Form, &s.Title, &s.Words, &s.Revision, &s.CreatedAt, &s.ChangedAt)
	return s, err
}

// ByID finds a story that the actor may see.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Story, error) {
	return db.One(tx, scanStory, selectStory+`
		where s.organisation_id = $1 and s.id = $4 and `+seen, me.Organisation, me.Person, me.Viewer(), id)
}

// Of lists the stories of an owner that the actor may see, those changed last first.
func Of(tx *db.Tx, me org.Actor, owner db.ID) ([]Story, error) {
	return db.List(tx, scanStory, selectStory+`
		where s.organisation_id = $1 and s.owner_id = $4 and `+seen+`
		order by s.changed_at desc, s.id desc limit `+strconv.Itoa(mostKept), me.Organisation, me.Person, me.Viewer(), owner)
}

// SharedTitles are the titles of the actor's stories that are shared, by thing.
func SharedTitles(tx *db.Tx, me org.Actor) (map[share.What]string, error) {
	titles := map[share.What]string{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		what := share.What{Kind: "story"}
		var title string
		err := row.Scan(&what.ID, &title)
		titles[what] = title
		return struct{}{}, err
	}, `
		select s.id, s.title from stories s
		where s.organisation_id = $1 and s.owner_id = $2 and exists (
			select 1 from shares g where g.organisation_id = $1 and g.owner_id = $2 and g.thing_kind = 'story' and g.thing_id = s.id and g.ended_at is null)`,
		me.Organisation, me.Person)
	return titles, err
}

// Find lists stories of the actor's own that hold the words in their title, at most so many, the newest first.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	title, args := words.Held("s.title", 4)
	return db.List(tx, event.ScanNamed, `
		select 'story', s.id, s.title from stories s
		where s.organisation_id = $1 and s.owner_id = $2 and `+title+`
		order by s.id desc limit $3`, append([]any{me.Organisation, me.Person, most}, args...)...)
}

// KeptWithin lists the actor's own stories that were kept within a time, the first first.
func KeptWithin(tx *db.Tx, me org.Actor, from, to time.Time) ([]Story, error) {
	return db.List(tx, scanStory, selectStory+`
		where s.organisation_id = $1 and s.owner_id = $2 and s.created_at >= $3 and s.created_at < $4
		order by s.created_at, s.id`, me.Organisation, me.Person, from, to)
}
