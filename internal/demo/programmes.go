package demo

import (
	"cmp"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/programme"
)

// offered is a programme that somebody posts.
type offered struct {
	On       day              `yaml:"on"`
	Kind     string           `yaml:"kind"`
	Name     string           `yaml:"name"`
	About    prose            `yaml:"about"`
	Audience prose            `yaml:"audience"`
	Learns   prose            `yaml:"learns"`
	Teaches  []string         `yaml:"teaches"`
	Needs    prose            `yaml:"needs"`
	Builds   map[string]int64 `yaml:"builds"`
	Seats    int64            `yaml:"seats"`
	Begins   day              `yaml:"begins"`
	Ends     day              `yaml:"ends"`
	Until    day              `yaml:"until"`
	Effort   int64            `yaml:"effort"`
	In       string           `yaml:"in"`
	Decides  string           `yaml:"decides"`
	Cost     string           `yaml:"cost"`   // of a seat, in euros
	Budget   string           `yaml:"budget"` // from which it is paid, by its label
	By       string           `yaml:"by"`     // who answers; else whoever posted it
	People   []participant    `yaml:"people"`
	Began    day              `yaml:"began"`
	Over     day              `yaml:"over"`
	Draft    bool             `yaml:"draft"`
	Off      day              `yaml:"off"`
	OffWords prose            `yaml:"off_words"`
}

// participant is somebody who signs up.
type participant struct {
	Who      string  `yaml:"who"`
	On       day     `yaml:"on"`
	Hopes    prose   `yaml:"hopes"`
	Levels   []int64 `yaml:"levels"`
	Answered day     `yaml:"answered"`
	Says     string  `yaml:"says"`
	Words    prose   `yaml:"words"`
	Looked   day     `yaml:"looked"`
	Learned  prose   `yaml:"learned"`
	Used     prose   `yaml:"used"`
	Returned prose   `yaml:"returned"`
	Told     bool    `yaml:"told"`
}

// programme plans a programme: it is posted and opened, people sign up and are answered, it ends.
func (t *telling) programme(of string, o offered) {
	var id db.ID
	turn := func(on day, to programme.State) {
		if on == 0 {
			return
		}
		t.does(of, t.when(on, evening, of), "a programme is "+string(to), func(tx *db.Tx, me org.Actor) error { return programme.Turn(tx, me, id, to) })
	}
	t.does(of, t.when(o.On, morning, of), "a programme", func(tx *db.Tx, me org.Actor) (err error) {
		in := programme.Text{
			Kind: programme.Kind(o.Kind), Name: o.Name, About: string(o.About), Audience: string(o.Audience), Learns: string(o.Learns), Needs: string(o.Needs), Seats: o.Seats,
			Begins: t.date(o.Begins), Ends: t.date(o.Ends), ApplyUntil: t.date(o.Until), Effort: o.Effort, EffortIn: programme.Effort(o.In), Decides: programme.Decides(o.Decides),
		}
		if err := t.paid(&in, o); err != nil {
			return err
		}
		for _, name := range o.Teaches {
			in.Teaches = append(in.Teaches, programme.Skill{Name: name})
		}
		for _, k := range statedSkills(o.Builds) {
			in.Builds = append(in.Builds, programme.Skill{Name: k.Name, Level: k.Level})
		}
		if id, err = programme.Post(tx, me, in); err != nil || o.Draft {
			return err
		}
		return programme.Turn(tx, me, id, programme.Open)
	})
	for _, p := range o.People {
		t.takesPart(cmp.Or(o.By, of), &id, p)
	}
	turn(o.Began, programme.Running)
	turn(o.Over, programme.Ended)
	if o.Off != 0 {
		t.does(of, t.when(o.Off, evening, of), "a programme is called off", func(tx *db.Tx, me org.Actor) error { return programme.Cancel(tx, me, id, string(o.OffWords)) })
	}
}

// paid adds what a seat costs, and from where.
func (t *telling) paid(in *programme.Text, o offered) error {
	if o.Cost == "" {
		return nil
	}
	minor, err := money.Parse(o.Cost, "EUR")
	if err != nil {
		return err
	}
	in.Cost = money.Of(minor, "EUR")
	in.Budget, err = t.budget(o.Budget)
	return err
}

func (t *telling) takesPart(by string, id *db.ID, p participant) {
	var place programme.Place
	t.does(p.Who, t.when(p.On, afternoon, p.Who), "signing up", func(tx *db.Tx, me org.Actor) (err error) {
		in := programme.SignUpInput{Hopes: string(p.Hopes)}
		for _, level := range p.Levels {
			in.Stated = append(in.Stated, programme.Skill{Level: level})
		}
		place, err = programme.SignUp(tx, me, *id, in)
		return err
	})
	if p.Says != "" {
		t.does(by, t.when(p.Answered, evening, by), "a seat is given", func(tx *db.Tx, me org.Actor) error {
			return programme.Decide(tx, me, place.ID, programme.Answer{Yes: p.Says == "yes", Words: string(p.Words)})
		})
	}
	if p.Looked == 0 {
		return
	}
	t.does(p.Who, t.when(p.Looked, evening, p.Who), "what came of it", func(tx *db.Tx, me org.Actor) error {
		err := programme.LookBack(tx, me, place.ID, programme.AtEnd, 0, programme.LookText{Learned: string(p.Learned), Used: string(p.Used), Returned: string(p.Returned)})
		if err == nil && p.Told {
			err = programme.Tell(tx, me, place.ID, programme.AtEnd)
		}
		return err
	})
}

// owns lets the administrator name programme owners.
func (t *telling) owns(of string, keys []string) {
	for _, key := range keys {
		t.does(of, t.when(t.Founded+20, morning, of), "a programme owner", func(tx *db.Tx, me org.Actor) error {
			return org.NameProgrammeOwner(tx, me, t.person(key), true)
		})
	}
}
