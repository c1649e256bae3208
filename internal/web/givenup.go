package web

import (
	"time"

	"github.com/ownward/ownward/internal/job"
)

// givenUp is the work that came to nothing, for administrators.
type givenUp struct {
	Jobs []givenUpJob
	More bool
}

type givenUpJob struct {
	job.GivenUp
	What  string
	Asked time.Time
	Ended time.Time
	Href  string // of what can be done about it
}

var givenUpPage = declare[givenUp]("organisation-given-up.html")

var (
	saidRepeated    = says("It is tried again now.")
	saidRepeatedAll = says("All of them are tried again now.")
	saidLetGo       = says("It is let go.")
)

// mostGivenUp is how many stand on the page. Who has repaired what made them fail repeats all at once.
const mostGivenUp = 50

func showGivenUp(c *call) (view, error) {
	jobs, more, err := job.ListGivenUp(c.tx, c.me.Organisation, mostGivenUp)
	if err != nil {
		return view{}, err
	}
	main := givenUp{More: more}
	for _, g := range jobs {
		main.Jobs = append(main.Jobs, givenUpJob{
			GivenUp: g, What: job.Called(g.Kind), Asked: g.AskedFor.In(c.me.Zone), Ended: g.At.In(c.me.Zone), Href: "/organisation/given-up/" + string(g.ID),
		})
	}
	return givenUpPage.show(c, "Work that came to nothing", "organisation", main)
}

func repeatGivenUp(c *call) (string, error) {
	c.say(saidRepeated)
	return "/organisation/given-up", job.Repeat(c.tx, c.me.Organisation, c.id("id"))
}

func repeatAllGivenUp(c *call) (string, error) {
	c.say(saidRepeatedAll)
	_, err := job.RepeatAll(c.tx, c.me.Organisation)
	return "/organisation/given-up", err
}

func letGoGivenUp(c *call) (string, error) {
	c.say(saidLetGo)
	return "/organisation/given-up", job.LetGo(c.tx, c.me.Organisation, c.id("id"))
}
