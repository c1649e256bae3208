package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// mentorRow is a mentor in a list.
type mentorRow struct {
	Href, Name, Job string
	Skills          []mentor.Skill
	Free            string
	Reasons         []string // of one who is recommended
	Topics          []string // of those, what the mentor calls their topics
	GoodFor         string
}

// mentorList is the page on which one finds a mentor.
type mentorList struct {
	Alone                             bool
	Recommended                       []mentorRow
	Lacks                             bool // nothing to go by: no gap, no skill asked for
	Peers                             string
	Words, Skill, Level, Language     Field
	Format, Department, Overlap, Free Field
	Narrowed                          bool
	Found                             []mentorRow
	More                              string
	Offers                            bool
}

var mentorListPage = declare[mentorList]("mentors.html", "mentor-parts.html")

const mentorsOnAPage = 30

// listMentors names mentors for the visitor, and lists who offers help.
func listMentors(c *call) (view, error) {
	main := mentorList{Alone: c.who.Alone}
	if main.Alone {
		return mentorListPage.show(c, "Mentors", "people", main)
	}
	f := c.mentorFilter()
	main.Narrowed = !f.None()
	after, err := org.PlaceAfter(c.tx, c.me, db.ID(c.text("after")))
	if err != nil {
		return view{}, err
	}
	found, err := mentor.Find(c.tx, c.me, f, after, mentorsOnAPage+1)
	if err != nil {
		return view{}, err
	}
	if len(found) > mentorsOnAPage {
		found = found[:mentorsOnAPage]
		query := url.Values{}
		for _, name := range []string{"q", "skill", "level", "language", "format", "department", "overlap", "free"} {
			if text := c.text(name); text != "" {
				query.Set(name, text)
			}
		}
		query.Set("after", string(found[mentorsOnAPage-1].Person))
		main.More = "/mentors?" + query.Encode()
	}
	for _, p := range found {
		main.Found = append(main.Found, rowOfMentor(p))
	}
	if !main.Narrowed && c.text("after") == "" {
		if err := c.recommend(&main); err != nil {
			return view{}, err
		}
	}
	main.fields(c)
	return mentorListPage.show(c, "Mentors", "people", main)
}

func (c *call) mentorFilter() mentor.Filter {
	f := mentor.Filter{
		Words: db.WordsIn(c.text("q")), Skill: c.text("skill"), Language: c.text("language"), Format: mentor.Format(c.text("format")),
		Department: db.WordsIn(c.text("department")), Free: c.text("free") != "",
	}
	f.Level, _ = strconv.ParseInt(c.text("level"), 10, 64)
	if f.Skill == "" {
		f.Level = 0
	}
	f.Overlap, _ = strconv.Atoi(c.text("overlap"))
	f.Overlap = max(0, min(8, f.Overlap))
	return f
}

func (m *mentorList) fields(c *call) {
	m.Words = Field{Name: "q", Label: "Name or topic", Type: "search", Value: c.text("q")}
	m.Skill = Field{Name: "skill", Label: "Skill", Type: "skill", Value: c.text("skill")}
	m.Level = searched(Field{Name: "level", Label: "At least", Type: "select", Options: levelOptions("any level", 2)}, c.text("level"))
	m.Language = Field{Name: "language", Label: "Language", Value: c.text("language")}
	m.Format = searched(Field{Name: "format", Label: "Way of helping", Type: "select", Options: append([]Option{{Label: "any"}}, formatOptions()...)}, c.text("format"))
	m.Department = Field{Name: "department", Label: "Department", Value: c.text("department")}
	m.Overlap = searched(Field{Name: "overlap", Label: "Hours in common", Type: "select", Options: []Option{
		{Label: "any"}, {Value: "2", Label: "2 or more"}, {Value: "4", Label: "4 or more"}, {Value: "6", Label: "6 or more"},
	}}, c.text("overlap"))
	m.Free = Field{Name: "free", Label: "With a free place now", Type: "checkbox", Value: c.text("free")}
}

// searched is a field of a search: nothing is wrong with it, and nothing was typed before.
func searched(f Field, value string) Field {
	f.Value = value
	for n := range f.Options {
		f.Options[n].Chosen = f.Options[n].Value == value
	}
	return f
}

func levelOptions(none string, from int) []Option {
	options := []Option{{Label: none}}
	for n := from; n <= plan.TopLevel; n++ {
		options = append(options, Option{Value: strconv.Itoa(n), Label: fmt.Sprintf("%d, %s", n, plan.LevelWords[n])})
	}
	return options
}

// formatWords are the ways of helping in words.
var formatWords = map[mentor.Format]string{
	"listening": "listening and asking back", "shadowing": "looking over a shoulder", "role-play": "role play before a hard talk",
	"review": "reading code or texts", "sponsor": "speaking up for you",
}

func formatOptions() []Option {
	var options []Option
	for _, f := range mentor.Formats {
		options = append(options, Option{Value: string(f), Label: formatWords[f]})
	}
	return options
}

// recommend adds the few mentors that fit the visitor best, with what speaks for each.
func (c *call) recommend(main *mentorList) error {
	wish := mentor.Wish{Peers: c.text("peers") != ""}
	few, err := mentor.Recommend(c.tx, c.me, wish)
	if err != nil {
		return err
	}
	main.Lacks = len(few) == 0
	if !wish.Peers {
		main.Peers = "/mentors?peers=yes"
	}
	for _, r := range few {
		row := rowOfMentor(r.Profile)
		row.Skills, row.Reasons, row.Topics = nil, reasonsFor(r), r.Topics
		main.Recommended = append(main.Recommended, row)
	}
	return nil
}

// reasonsFor are what speaks for a mentor: what stands on their page, or was between the two.
func reasonsFor(r mentor.Recommendation) []string {
	var all []string
	if r.Helped {
		all = append(all, "has already helped you")
	}
	for _, k := range r.Knows {
		all = append(all, k.Name+": “"+plan.LevelWords[k.Level]+"”")
	}
	var near []string
	if len(r.Speaks) > 0 {
		near = append(near, "speaks "+inOneList(r.Speaks)+", as you do")
	}
	if r.Hours >= 1 {
		near = append(near, manyOf(r.Hours, "hour of the working day in common", "hours of the working day in common"))
	}
	if len(near) > 0 {
		all = append(all, strings.Join(near, " · "))
	}
	return all
}

func rowOfMentor(p mentor.Profile) mentorRow {
	row := mentorRow{Href: mentorHref(p.Person), Name: p.Name, Job: p.Job, Skills: p.Skills, Free: freePlaces(p)}
	var ways []string
	for _, f := range p.Formats {
		ways = append(ways, formatWords[f])
	}
	row.GoodFor = inOneList(ways)
	return row
}

func mentorHref(person db.ID) string { return "/mentors/" + string(person) }

func freePlaces(p mentor.Profile) string {
	switch {
	case p.Places == 0:
		return "takes a pause"
	case p.Free() == 0:
		return "no place free at present"
	}
	return manyOf(int(p.Free()), "place free", "places free")
}

// inOneList is a list in a sentence.
func inOneList(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
