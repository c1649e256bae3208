package web

import (
	"errors"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/round"
)

// roundRow is a round in a list.
type roundRow struct{ Href, Name, State, About string }

// roundList are the matching rounds that the visitor may see.
type roundList struct {
	Runs   bool
	Rounds []roundRow
	Empty  Empty
	Older  string
}

var roundListPage = declare[roundList]("rounds.html")

func listRounds(c *call) (view, error) {
	main := roundList{Runs: round.Runs(c.me), Empty: Empty{"No matching round is open at present. A mentor can be found and asked at any time.", "Find a mentor", "/mentors"}}
	if main.Runs {
		main.Empty = Empty{"No round yet. One brings many people together with a mentor at once, as well as it can be done.", "Open one", "/rounds/new"}
	}
	all, err := round.List(c.tx, c.me, db.ID(c.text("before")))
	if err != nil {
		return view{}, err
	}
	if len(all) > round.MostListed {
		all = all[:round.MostListed]
		main.Older = "/rounds?before=" + string(all[len(all)-1].ID)
	}
	for _, r := range all {
		main.Rounds = append(main.Rounds, roundRow{Href: roundHref(r.ID), Name: r.Name, State: c.roundState(r), About: "from " + r.OpenedBy.Name})
	}
	return roundListPage.show(c, "Matching rounds", "people", main)
}

func roundHref(id db.ID) string { return "/rounds/" + string(id) }

func (c *call) roundState(r round.Round) string {
	switch {
	case r.State == round.Ended:
		return "has ended"
	case r.State == round.Published:
		return "the result is there"
	case r.ClosesOn.IsZero():
		return "open"
	case !r.Takes(c.today()):
		return "closed; the result comes"
	}
	return "open until " + c.onDay(r.ClosesOn)
}

// roundSide is one side on which the visitor takes part, or could.
type roundSide struct {
	Href, Title, Says, Button string
	Takes                     bool // they take part on it
	Skills                    []mentor.Skill
	Wishes                    string
}

// roundMatch is somebody whom the visitor has in a round.
type roundMatch struct {
	Name, Href, Aim, Over string
	Reasons               []string
}

// roundContent is a round for those who may take part.
type roundContent struct {
	Href, About, State, From string
	Running                  string
	Open                     bool
	Sides                    []roundSide
	Without, Stays           string // why they have no mentor, and what can still be
	Mentor                   *roundMatch
	Mentees                  []roundMatch
}

var roundPage = declare[roundContent]("round.html")

func showRound(c *call) (view, error) {
	r, err := round.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	mine, err := round.MineIn(c.tx, c.me, r)
	if err != nil {
		return view{}, err
	}
	main := roundContent{Href: roundHref(r.ID), About: r.About, State: c.roundState(r), From: r.OpenedBy.Name, Open: r.Takes(c.today())}
	if round.Runs(c.me) {
		main.Running = main.Href + "/running"
	}
	main.sides(mine)
	main.Without = withoutWords[mine.Without]
	if r.State == round.Published {
		main.Stays = "You stay in the round while it runs, and a place that comes free can still be yours."
	}
	if mine.Mentor != nil {
		m := matchOf(*mine.Mentor)
		main.Mentor = &m
	}
	for _, each := range mine.Mentees {
		main.Mentees = append(main.Mentees, matchOf(each))
	}
	return roundPage.show(c, r.Name, "people", main)
}

// withoutWords tell somebody why they have no mentor.
var withoutWords = map[round.Without]string{
	round.Late:     "You joined after the result. Who joins and leaves is worked out anew within a few minutes.",
	round.TheyLeft: "The mentor whom you were to have takes part no more. It is worked out anew within a few minutes.",
	round.Nobody:   "Nobody who takes part offers what you want help with at a higher level than yours.",
	round.NoPlace:  "That says nothing about you: there were fewer places than people who wanted them.",
	round.NoRule:   "That says nothing about you: whoever could help could not be matched with you by the rules of this round.",
}

func (m *roundContent) sides(mine round.Mine) {
	mentee := roundSide{Href: m.Href + "/mentee", Title: "As a mentee", Says: "You say what you want to learn, and whom you would like best.", Button: "I would like a mentor"}
	helper := roundSide{Href: m.Href + "/mentor", Title: "As a mentor", Says: "What counts is what your page as a mentor says; here you say how many people you take.", Button: "I would help somebody"}
	for _, s := range mine.SignUps {
		side := &mentee
		if s.Side == round.Mentor {
			side = &helper
			side.Says = "You take " + manyOf(int(s.Places), "person", "people") + "."
		} else {
			side.Says = ""
		}
		side.Takes, side.Button, side.Skills, side.Wishes = true, "Change it, or leave", s.Skills, inOneList(s.Names)
		if !m.Open {
			side.Button = "Leave"
		}
	}
	m.Sides = []roundSide{mentee, helper}
}

func matchOf(m round.Match) roundMatch {
	one := roundMatch{Name: m.Other.Name, Href: "/mentorships/" + string(m.Place), Aim: m.Aim, Reasons: roundReasons(m.Reasons, "your ")}
	if m.Over {
		one.Over = "It has ended."
	}
	return one
}

// skillStated is a skill with the level that somebody states, in words.
func skillStated(k mentor.Skill) string { return k.Name + ": “" + plan.LevelWords[k.Level] + "”" }

// wishWords say which wish somebody was.
var wishWords = [...]string{"", "first", "second", "third", "fourth", "fifth"}

// roundReasons say what speaks for a pair, to one of the two or to who runs the round.
func roundReasons(r round.Reasons, whose string) []string {
	var all []string
	for _, k := range r.Knows {
		all = append(all, skillStated(k))
	}
	if wish := max(r.MenteeWish, r.MentorWish); wish > 0 {
		all = append(all, whose+wishWords[wish]+" wish")
	}
	if len(r.Speaks) > 0 {
		all = append(all, "both speak "+inOneList(r.Speaks))
	}
	if r.Hours >= 1 {
		all = append(all, manyOf(r.Hours, "hour of the working day in common", "hours of the working day in common"))
	}
	if r.Elsewhere {
		all = append(all, "another department")
	}
	return all
}

// roundSignUpForm is what somebody states for a round, on one side.
type roundSignUpForm struct {
	Href, Round, Back string
	Mentee, Takes     bool
	Closed            string // nothing can be stated any more
	NoProfile         bool
	Aim, Languages    Field
	Skills            []statedLine
	Offered           []mentor.Skill
	Places            Field
	Wishes            []Field
	Few               bool // nobody can be wished for yet
	Revision          string
	Seen              Seen
	Leaving           string
	MetStay           bool
}

var roundSignUpPage = declare[roundSignUpForm]("round-sign-up.html", "mentor-parts.html")

// signUpForRound is the form of one side.
func signUpForRound(side round.Side) page {
	return func(c *call) (view, error) {
		r, err := round.ByID(c.tx, c.me, c.id("id"))
		if err != nil {
			return view{}, err
		}
		mine, err := round.MySignUp(c.tx, c.me, r.ID, side)
		takes := err == nil
		if err != nil && !errors.Is(err, problem.NotFound) {
			return view{}, err
		}
		href := roundHref(r.ID) + "/" + string(side)
		main := roundSignUpForm{
			Href: href, Round: r.Name, Back: roundHref(r.ID), Mentee: side == round.Mentee, Takes: takes, Leaving: href + "/leaving", MetStay: r.State == round.Published,
			Revision: c.form.RevisionOr(mine.Revision), Seen: Seen{Text: "you, and whoever looks after programmes here", Shared: true},
		}
		if !r.Takes(c.today()) {
			main.Closed = "The last day to sign up has passed, so what you stated stays as it is. Whoever runs the round can move the day."
		}
		if r.State == round.Ended {
			main.Closed = "This round has ended: what came of it stays as it is."
		}
		title := "Take part as a " + string(side)
		if main.Closed != "" {
			title = "As a " + string(side)
		}
		if main.Mentee {
			err = main.mentee(c, r, mine)
		} else {
			err = main.mentor(c, mine)
		}
		if err != nil {
			return view{}, err
		}
		return roundSignUpPage.show(c, title, "people", main)
	}
}

// mentee are the fields of somebody who would like a mentor.
func (m *roundSignUpForm) mentee(c *call, r round.Round, mine round.SignUp) error {
	m.Aim = c.form.field(Field{Name: "aim", Label: "What you want to learn", Type: "textarea", Rows: 3, Hint: "The mentor whom you get reads it too."}, mine.Aim)
	m.Skills = c.statedLines(c.form, mine.Skills, round.MostSkills, "choose", 0)
	m.Languages = c.form.field(Field{Name: "languages", Label: "Languages", Type: "own", Hint: "In which you would like to talk, with commas between them."}, strings.Join(mine.Languages, ", "))
	mentors, err := round.Mentors(c.tx, c.me, r.ID)
	m.Few = len(mentors) == 0
	for n := 1; n <= round.MostWishes && !m.Few; n++ {
		options := []Option{{Label: "no wish"}}
		for _, p := range mentors {
			options = append(options, Option{Value: string(p.Person), Label: p.Name})
		}
		stands := ""
		if n <= len(mine.Wishes) {
			stands = string(mine.Wishes[n-1])
		}
		m.Wishes = append(m.Wishes, c.form.field(Field{Name: "wish" + strconv.Itoa(n), Label: wishLabel(n), Type: "select", Options: options}, stands))
	}
	return err
}

func wishLabel(n int) string {
	return strings.ToUpper(wishWords[n][:1]) + wishWords[n][1:] + " wish"
}

// mentor are the fields of somebody who would help.
func (m *roundSignUpForm) mentor(c *call, mine round.SignUp) error {
	p, err := mentor.Mine(c.tx, c.me)
	if errors.Is(err, problem.NotFound) {
		m.NoProfile = true
		return nil
	}
	if err != nil {
		return err
	}
	m.Offered = p.Skills
	places := mine.Places
	if !m.Takes {
		places = max(1, p.Free())
	}
	m.Places = c.form.field(Field{Name: "places", Label: "How many people you take from this round", Type: "number", Hint: "Never more than your page as a mentor says: " + freePlaces(p) + "."}, strconv.FormatInt(places, 10))
	for n := 1; n <= round.MostWishes; n++ {
		stands := ""
		if n <= len(mine.Names) {
			stands = mine.Names[n-1]
		}
		m.Wishes = append(m.Wishes, c.form.field(Field{Name: "wish" + strconv.Itoa(n), Label: wishLabel(n), Max: 200}, stands))
	}
	return nil
}

func joinRound(side round.Side) act {
	return func(c *call) (string, error) {
		r, err := round.ByID(c.tx, c.me, c.id("id"))
		if err != nil {
			return "", err
		}
		in := round.Statement{Aim: c.text("aim"), Languages: strings.FieldsFunc(c.text("languages"), func(r rune) bool { return r == ',' || r == '\n' || r == ';' })}
		if side == round.Mentee {
			in.Skills = c.skillsTyped(round.MostSkills)
		} else {
			in.Places, _ = strconv.ParseInt(c.text("places"), 10, 64)
		}
		for n := 1; n <= round.MostWishes; n++ {
			field := "wish" + strconv.Itoa(n)
			id := db.ID(c.text(field))
			if side == round.Mentor {
				if id, err = c.personTyped(field); err != nil {
					return "", err
				}
			}
			in.Wishes = append(in.Wishes, id)
		}
		c.say(saysRoundJoined)
		return roundHref(r.ID), round.Join(c.tx, c.me, r.ID, side, c.revision(), in)
	}
}

var saysRoundJoined = says("You take part. You can change it, or leave, at any time.")

func leaveRound(side round.Side) act {
	return func(c *call) (string, error) {
		if _, err := round.ByID(c.tx, c.me, c.id("id")); err != nil {
			return "", err
		}
		c.say(saysRoundLeft)
		return "/rounds", round.Leave(c.tx, c.me, c.id("id"), side)
	}
}

var saysRoundLeft = says("You take part no more. What you stated for it is gone.")
