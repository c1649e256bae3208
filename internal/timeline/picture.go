package timeline

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/plan"
)

// Picture is a timeline to be drawn: places along the axis in percent of the width, places down
// the page in pixels. Each lane has its name above it.
type Picture struct {
	Height int
	Foot   int // where the names of the ticks stand
	Ticks  []Tick
	Today  float64 // 0: not in the period
	Lanes  []Lane
	Bars   []Bar
	Marks  []Mark
	More   int // goals that found no place
	most   limits
}

// limits are how much stands above each other: rows of goals, and marks of one day.
type limits struct {
	rows, dots int
	stories    bool
}

// Lane is the line on which one kind of thing stands.
type Lane struct {
	Name string
	Y    int // of the name
	Base int // of the line
}

// Bar is a goal, from its beginning to its end.
type Bar struct {
	From, To float64
	Y        int
	Title    string // cut where it is long
	AtEnd    bool   // the title ends where the bar does
	How      string // reached, let-go, open
	Label    string // whole
}

// Mark is something on a day. Those that would stand on each other stand above each other.
type Mark struct {
	At    float64
	Y     int
	Top   int    // of a conversation, which is a stroke
	How   string // win, up, down, yes, no, many; held, coming
	Label string
	Count int // of a mark that stands for so many; 0: for itself
}

const (
	laneName  = 20 // from the top of a lane to its line of names
	goalRow   = 30
	dotRow    = 9
	bucket    = 1.4 // percent of the width that a mark takes
	letter    = 0.8 // percent of the width that a letter takes, at the width of a desk
	mostTitle = 60
)

// Picture lays the timeline out for a screen.
func (t Timeline) Picture() Picture { return t.picture(limits{rows: 10, dots: 6, stories: true}) }

// Sheet lays it out for a part of a page of paper.
func (t Timeline) Sheet() Picture { return t.picture(limits{rows: 5, dots: 3}) }

func (t Timeline) picture(most limits) Picture {
	p := Picture{Ticks: t.ticks(), most: most}
	if !t.Today.Before(t.From) && !t.Today.After(t.To) {
		p.Today = t.along(t.Today)
	}
	y := t.drawGoals(&p, 0)
	y = drawMarks(&p, "Wins", y, t.winMarks())
	y = drawMarks(&p, "Skills", y, t.skillMarks())
	y = drawMarks(&p, "Decisions", y, t.decisionMarks())
	if most.stories {
		y = drawMarks(&p, "Stories", y, t.storyMarks())
	}
	y = t.drawConversations(&p, y)
	p.Foot, p.Height = y+18, y+26
	return p
}

// drawGoals gives each goal a row in which neither bars nor titles meet.
func (t Timeline) drawGoals(p *Picture, y int) int {
	if len(t.Goals) == 0 {
		return y
	}
	p.Lanes = append(p.Lanes, Lane{Name: "Goals", Y: y + 12})
	y += laneName
	var ends []float64 // of each row
	for _, g := range t.Goals {
		b := t.bar(g)
		wide := letter * float64(utf8.RuneCountInString(b.Title))
		from, to := b.From, max(b.To, b.From+wide)
		if to > 100 {
			b.AtEnd, from, to = true, min(b.From, b.To-wide), b.To
		}
		row := slices.IndexFunc(ends, func(end float64) bool { return end+1 < from })
		if row < 0 && len(ends) == p.most.rows {
			p.More++
			continue
		}
		if row < 0 {
			row, ends = len(ends), append(ends, 0)
		}
		ends[row], b.Y = to, y+goalRow*row+22
		p.Bars = append(p.Bars, b)
	}
	return y + goalRow*len(ends) + 6
}

func (t Timeline) bar(g plan.Goal) Bar {
	b := Bar{From: t.along(civil.In(g.CreatedAt, t.zone)), To: t.along(minDay(t.Today, t.To)), How: "open", Label: g.Title, Title: g.Title}
	switch g.State {
	case plan.Done:
		b.How, b.To = "reached", t.along(civil.In(g.ClosedAt, t.zone))
	case plan.LetGo:
		b.How, b.To = "let-go", t.along(civil.In(g.ClosedAt, t.zone))
	}
	b.To = max(b.To, b.From+0.8)
	if letters := []rune(g.Title); len(letters) > mostTitle {
		b.Title = string(letters[:mostTitle-1]) + "…"
	}
	return b
}

func minDay(a, b civil.Date) civil.Date {
	if b.Before(a) {
		return b
	}
	return a
}

func (t Timeline) winMarks() []Mark {
	var marks []Mark
	for _, w := range slices.Backward(t.Wins) {
		marks = append(marks, Mark{At: t.along(w.Day), How: "win", Label: w.What})
	}
	return marks
}

func (t Timeline) skillMarks() []Mark {
	var marks []Mark
	for _, k := range t.Skills {
		how := "up"
		if k.To < k.From {
			how = "down"
		}
		marks = append(marks, Mark{At: t.along(civil.In(k.At, t.zone)), How: how, Label: k.Name})
	}
	return marks
}

func (t Timeline) decisionMarks() []Mark {
	var marks []Mark
	for _, a := range t.Decisions {
		how := "no"
		if a.Answer == ask.Yes || a.Answer == ask.YesIf {
			how = "yes"
		}
		marks = append(marks, Mark{At: t.along(civil.In(a.DecidedAt, t.zone)), How: how, Label: string(a.Answer) + ": " + a.What})
	}
	return marks
}

func (t Timeline) storyMarks() []Mark {
	var marks []Mark
	for _, s := range t.Stories {
		marks = append(marks, Mark{At: t.along(civil.In(s.CreatedAt, t.zone)), How: "told", Label: s.Title})
	}
	return marks
}

// drawMarks sets marks of one kind on a line, those that would stand on each other above each
// other; the last of many says how many more there are.
func drawMarks(p *Picture, name string, y int, marks []Mark) int {
	if len(marks) == 0 {
		return y
	}
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.At, b.At) })
	var piles [][]Mark
	for _, m := range marks {
		if n := len(piles); n > 0 && m.At-piles[n-1][0].At < bucket {
			m.At = piles[n-1][0].At
			piles[n-1] = append(piles[n-1], m)
			continue
		}
		piles = append(piles, []Mark{m})
	}
	high := 1
	for _, pile := range piles {
		high = max(high, min(len(pile), p.most.dots))
	}
	base := y + laneName + dotRow*high + 4
	p.Lanes = append(p.Lanes, Lane{Name: name, Y: y + 12, Base: base})
	for _, pile := range piles {
		for i, m := range pile[:min(len(pile), p.most.dots)] {
			m.Y = base - 6 - dotRow*i
			if i == p.most.dots-1 && len(pile) > p.most.dots {
				m.How, m.Count, m.Label = "many", len(pile)-p.most.dots+1, ""
			}
			p.Marks = append(p.Marks, m)
		}
	}
	return base + 12
}

// drawConversations draws those as the year strip does: the deep ones tall, the sprints short.
func (t Timeline) drawConversations(p *Picture, y int) int {
	if len(t.Conversations) == 0 {
		return y
	}
	base := y + laneName + 30
	p.Lanes = append(p.Lanes, Lane{Name: "Conversations", Y: y + 12, Base: base})
	for _, c := range t.Conversations {
		m := Mark{At: t.along(civil.In(c.At, t.zone)), Y: base, Top: base - 13, How: "held", Label: c.Kind.Title() + " with " + c.Partner.Name}
		if c.Kind.Deep() {
			m.Top = base - 28
		}
		if c.State != conversation.Held {
			m.How = "coming"
		}
		p.Marks = append(p.Marks, m)
	}
	return base + 10
}
