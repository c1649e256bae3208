package question

import (
	"slices"

	"github.com/ownward/ownward/internal/cardfile"
)

// A Fault is one thing that keeps a card out of the library: where it is and what to do about it.
type Fault = cardfile.Fault

// front is the front matter of a card.
type front struct {
	ID          string        `yaml:"id"`
	Stage       string        `yaml:"stage"`
	For         []string      `yaml:"for"`
	By          string        `yaml:"by"`
	Question    string        `yaml:"question"`
	Helper      string        `yaml:"helper"`
	Beneficiary string        `yaml:"beneficiary"`
	Scopes      []string      `yaml:"scopes"`
	Shifted     string        `yaml:"shifted"`
	Narrowed    frontNarrowed `yaml:"narrowed"`
	Suits       []string      `yaml:"suits"`
	Next        []string      `yaml:"next"`
}

type frontNarrowed struct {
	Task  string `yaml:"task"`
	Skill string `yaml:"skill"`
	Week  string `yaml:"week"`
}

var frontHolds = cardfile.Front{
	Fields: "id, stage, for, by, question, helper, beneficiary, scopes, shifted, narrowed (task, skill, week), suits and next",
	Lists:  "for, scopes, suits and next are lists",
}

// Parse reads one card of those that come with Ownward, in English: it must have everything that a
// card can have. It returns every fault that it finds; a card with any is not to be used.
func Parse(file string, text []byte) (Card, []Fault) { return English().parse(file, text, true) }

// ParseOwn reads a card of somebody's own. Only the id, the stage, whom it is for and the question
// must be there; other ways to ask and the texts below can still come.
func ParseOwn(file string, text []byte) (Card, []Fault) { return English().parse(file, text, false) }

func (l *Language) parse(file string, text []byte, complete bool) (Card, []Fault) {
	var f front
	read, ok := cardfile.Read(file, text, &f, frontHolds)
	r := reading{Reading: read, card: Card{File: file, language: l}, complete: complete}
	if !ok {
		return r.card, r.Faults()
	}
	r.identity(f)
	r.wording(f)
	r.slots(f)
	r.Sections(l.sections(&r.card), complete)
	return r.card, r.Faults()
}

// A reading is a card while it is being read.
type reading struct {
	*cardfile.Reading
	card     Card
	complete bool
}

// identity reads what the card is, where it belongs and where it leads.
func (r *reading) identity(f front) {
	c := &r.card
	c.ID, c.idLine = f.ID, r.Line("id")
	r.ID(f.ID, "who-else-could-help")
	c.Stage = Stage(f.Stage)
	if !slices.Contains(Stages, c.Stage) {
		r.Refuse(r.Line("stage"), "stage is %q: write %s", f.Stage, quotedList(Stages))
	}
	for _, name := range f.For {
		a := Audience(name)
		switch {
		case !slices.Contains(Audiences, a):
			r.Refuse(r.Line("for"), "for holds %q: write %s", name, quotedList(Audiences))
		case c.IsFor(a):
			r.Refuse(r.Line("for"), "for holds %q twice: once is enough", name)
		default:
			c.For = append(c.For, a)
		}
	}
	if len(f.For) == 0 {
		r.Refuse(r.Line("for"), "for is missing: say whom to ask, such as for: [manager]")
	}
	if c.By = Asker(f.By); c.By == "" {
		c.By = ByAnyone
	}
	if c.By != ByAnyone && c.By != ByManager {
		r.Refuse(r.Line("by"), "by is %q: write anyone or manager", f.By)
	}
	for _, name := range f.Suits {
		if !slices.Contains(Moments, Moment(name)) {
			r.Refuse(r.Line("suits"), "suits holds %q: write %s", name, quotedList(Moments))
			continue
		}
		c.suits = append(c.suits, Moment(name))
	}
	c.nextLine, c.Next = r.Line("next"), r.Next(f.ID, f.Next)
}

// wording reads the question and its other forms.
func (r *reading) wording(f front) {
	c := &r.card
	c.question = r.sentence("question", f.Question)
	if f.Shifted != "" {
		c.shifted = r.sentence("shifted", f.Shifted)
	} else if r.complete && (!c.question.uses(helperSlot) || !c.question.uses(beneficiarySlot)) {
		r.Refuse(r.Line("shifted"), "shifted is missing: it can be left out only where the question has a helper and a beneficiary to exchange")
	}
	for _, n := range []struct {
		field, to, text string
		scope           Scope
	}{
		{"narrowed.task", "one task", f.Narrowed.Task, Task},
		{"narrowed.skill", "one skill", f.Narrowed.Skill, Skill},
		{"narrowed.week", "one week", f.Narrowed.Week, ""},
	} {
		if n.text != "" {
			c.narrowed = append(c.narrowed, narrowed{n.to, n.scope, r.sentence(n.field, n.text)})
		}
	}
	if r.complete && len(c.narrowed) == 0 {
		r.Refuse(r.Line("narrowed"), "narrowed is missing: write the question for one task, one skill or one week")
	}
}

func (r *reading) sentence(field, text string) Sentence {
	s, reasons := r.card.language.parseSentence(text)
	for _, reason := range reasons {
		r.Refuse(r.Line(field), "%s: %s", field, reason)
	}
	if r.card.IsFor(ForSelf) && slices.ContainsFunc(r.card.language.NotToOneself, s.says) {
		r.Refuse(r.Line(field), `%s: a question to oneself says "I", not "you"`, field)
	}
	return s
}

// slots reads what stands in the slots unless the asker chooses otherwise.
func (r *reading) slots(f front) {
	c := &r.card
	c.helper = r.part("helper", f.Helper, whoeverIsAsked)
	if c.helper == whoeverIsAsked {
		c.helper = ""
	}
	c.beneficiary = r.part("beneficiary", f.Beneficiary, Myself)
	for _, name := range f.Scopes {
		if !slices.Contains(Scopes, Scope(name)) || slices.Contains(c.scopes, Scope(name)) {
			r.Refuse(r.Line("scopes"), "scopes holds %q: write each of %s at most once", name, quotedList(Scopes))
			continue
		}
		c.scopes = append(c.scopes, Scope(name))
	}
	if len(c.scopes) == 0 {
		c.scopes = Scopes
	}
	if c.IsFor(ForSelf) && len(c.For) > 1 {
		r.Refuse(r.Line("for"), "a card for self is for nobody else: a question to oneself says I, one to others says you; make two cards")
	}
}

func (r *reading) part(field, name string, usual Part) Part {
	switch p := Part(name); {
	case name == "":
		return usual
	case p == whoeverIsAsked, slices.Contains(Parts, p):
		return p
	}
	r.Refuse(r.Line(field), "%s is %q: write asked (whoever is asked), %s", field, name, quotedList(Parts))
	return usual
}
