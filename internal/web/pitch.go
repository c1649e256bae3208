package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
)

// pitchStation is one of the parts in which an ask is prepared, as a page that can be left and
// taken up anywhere.
type pitchStation struct {
	Part  pitch.Part
	Name  string
	Title string
	About string
	Sends string // what of it goes out; nothing of most
	// Fields are the texts of a part that has nothing else; show and take are of one that has more.
	Fields []Field
	show   func(*call, *pitchWay) (view, error)
	take   func(*call, pitch.Pitch) error // what of the form is no text
}

// pitchStations are the parts, in their order. Each stands in a file of its own.
var pitchStations []pitchStation

func init() { // they lead to each other
	pitchStations = []pitchStation{
		motiveStation(), exactlyStation(), evidenceStation(), returnStation(),
		objectionsStation(), whenStation(), wordingStation(), readyStation(),
	}
}

// pitchWay is where somebody stands while they prepare an ask.
type pitchWay struct {
	pitchStation
	pitch.Pitch
	Number, Of   int
	Steps        []wayStep
	Action, Next string
	Path         string // where all parts are listed
	Seen         Seen
	IsOut        bool // it was sent: what is changed goes out with the next version
	c            *call
}

func pitchHref(id db.ID) string { return askHref(id) + "/pitch" }

func sendingHref(id db.ID) string { return askHref(id) + "/sending" }

func pitchSteps(id db.ID, here pitch.Part) []wayStep {
	var all []wayStep
	for _, s := range pitchStations {
		all = append(all, wayStep{s.Name, pitchHref(id) + "/" + string(s.Part), s.Part == here})
	}
	return all
}

// stationOfPitch is where a part stands; problem.NotFound for what is none.
func stationOfPitch(part string) (int, error) {
	at := slices.IndexFunc(pitchStations, func(s pitchStation) bool { return string(s.Part) == part })
	if at < 0 {
		return at, problem.NotFound
	}
	return at, nil
}

// pitchPath is all parts, with what was begun.
type pitchPath struct {
	pitch.Pitch
	Href, Draft string
	Parts       []pitchRow
	Onward      wayStep // the first part that was not begun
	Seen        Seen
	IsOut       bool
	Decided     bool
}

type pitchRow struct {
	Href, Name, Ask, Sends string
	Begun                  bool
}

var pitchPathPage = declare[pitchPath]("pitch.html")

// showPitch lists the parts in which an ask is prepared.
func showPitch(c *call) (view, error) {
	p, err := pitch.Of(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := pitchPath{Pitch: p, Href: pitchHref(p.Ask.ID), Draft: askHref(p.Ask.ID), Seen: onlyYou, IsOut: p.Ask.State == ask.Sent, Decided: p.Ask.State == ask.Decided}
	for _, s := range pitchStations {
		main.Parts = append(main.Parts, pitchRow{main.Href + "/" + string(s.Part), s.Name, s.Title, s.Sends, p.Begun(s.Part)})
	}
	main.Onward = wayStep{Name: "Begin with the first", Href: main.Parts[0].Href}
	for i, part := range main.Parts {
		if !part.Begun && i > 0 {
			main.Onward = wayStep{Name: "Go on: " + part.Name, Href: part.Href}
		}
		if !part.Begun {
			break
		}
	}
	return pitchPathPage.show(c, "Prepare an ask", "asks", main)
}

// showPitchPart shows one part.
func showPitchPart(c *call) (view, error) {
	p, err := pitch.Of(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	at, err := stationOfPitch(c.PathValue("part"))
	if err != nil {
		return view{}, err
	}
	w := &pitchWay{
		pitchStation: pitchStations[at], Pitch: p, Number: at + 1, Of: len(pitchStations), Steps: pitchSteps(p.Ask.ID, pitchStations[at].Part),
		Path: pitchHref(p.Ask.ID), Next: pitchHref(p.Ask.ID), Seen: onlyYou, IsOut: p.Ask.State == ask.Sent, c: c,
	}
	w.Action = w.Path + "/" + string(w.Part)
	if at+1 < len(pitchStations) {
		w.Next += "/" + string(pitchStations[at+1].Part)
	}
	if w.show != nil {
		return w.show(c, w)
	}
	return pitchTextsPage.show(c, w.Title, "asks", pitchTexts{*w, w.fields(w.Fields...)})
}

// pitchTexts is a part that asks for texts alone.
type pitchTexts struct {
	pitchWay
	Texts []textField
}

var pitchTextsPage = declare[pitchTexts]("pitch-texts.html", "pitch-parts.html")

// field is a field for the text of that name.
func (w *pitchWay) field(one Field) textField {
	stands, form := w.Texts[one.Name], w.c.form
	field := textField{Field: form.field(one, stands.Words), RevisionName: "revision-" + one.Name, OpenedName: "opened-" + one.Name}
	field.Revision = form.Value(field.RevisionName, strconv.FormatInt(stands.Revision, 10))
	field.Opened = form.Value(field.OpenedName, strconv.FormatInt(stands.Revision, 10))
	if _, differs := form.Theirs[one.Name]; differs {
		field.Revision = strconv.FormatInt(form.Revision, 10)
		field.Opened = field.Revision // what stands now is another's writing: it is kept
	}
	return field
}

func (w *pitchWay) fields(all ...Field) []textField {
	var fields []textField
	for _, one := range all {
		if one.Type == "" {
			one.Type = "textarea"
		}
		fields = append(fields, w.field(one))
	}
	return fields
}

// takePitchPart keeps what was written in a part, and goes on to the next; a form that saves as
// one types stays where it is.
func takePitchPart(c *call) (string, error) {
	id := c.id("id")
	p, err := pitch.Of(c.tx, c.me, id)
	if err != nil {
		return "", err
	}
	at, err := stationOfPitch(c.PathValue("part"))
	if err != nil {
		return "", err
	}
	s := pitchStations[at]
	if s.take != nil {
		if err := s.take(c, p); err != nil {
			return "", err
		}
	}
	if err := pitch.Write(c.tx, c.me, id, s.Part, c.pitchTyped()); err != nil {
		return "", err
	}
	switch {
	case c.Form.Has("quietly"), c.text("do") == "here":
		return pitchHref(id) + "/" + string(s.Part), nil
	case at+1 < len(pitchStations) && c.text("do") != "stop":
		return pitchHref(id) + "/" + string(pitchStations[at+1].Part), nil
	}
	if c.text("do") == "stop" {
		return pitchHref(id), nil
	}
	return sendingHref(id), nil
}

// pitchTyped are the texts of the form: each has a revision beside it.
func (c *call) pitchTyped() []pitch.Typed {
	var all []pitch.Typed
	for field := range c.Form {
		if name, ok := strings.CutPrefix(field, "revision-"); ok && c.Form.Has(name) {
			all = append(all, pitch.Typed{Name: name, Words: c.text(name), Revision: c.number(field), Opened: c.number("opened-" + name)})
		}
	}
	slices.SortFunc(all, func(a, b pitch.Typed) int { return strings.Compare(a.Name, b.Name) })
	return all
}
