package portable

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// page is a file in an export that is there to be read.
type page struct{ name, text string }

// pages are all that the file holds, as Markdown.
func (f File) pages() []page {
	r := reader{File: f, zone: org.Zone(f.Person.TimeZone), names: map[org.Key]string{org.Myself: f.Person.Name}}
	for _, c := range f.Contacts {
		r.names[c.Key] = c.Name
	}
	return []page{
		{"README.md", r.readme()},
		{"plan.md", r.plan()},
		{"goals.md", r.goals()},
		{"wins.md", r.wins()},
		{"stories.md", r.stories()},
		{"journal.md", r.journal()},
		{"expectations.md", r.expectations()},
		{"questions.md", r.questions()},
		{"asks.md", r.asks()},
		{"promises.md", r.promises()},
		{"conversations.md", r.conversations()},
		{"comments.md", r.said()},
		{"counsel.md", r.counsel()},
		{"dates.md", r.dates()},
		{"earlier.md", r.earlier()},
	}
}

// reader writes a file down for its person.
type reader struct {
	File
	zone  *time.Location
	names map[org.Key]string
}

// who is a name in a sentence about the person whose file it is.
func (r reader) who(key org.Key) string {
	switch {
	case key == org.Myself:
		return "you"
	case r.names[key] == "":
		return "somebody"
	}
	return r.names[key]
}

// Who is who at the beginning of a sentence.
func (r reader) Who(key org.Key) string { return begin(r.who(key)) }

// begin gives the text with a capital letter; a file from elsewhere may have none where a state should be.
func begin(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func (r reader) at(t time.Time) string { return t.In(r.zone).Format("2 January 2006") }

func (r reader) clock(t time.Time) string { return t.In(r.zone).Format("2 January 2006, 15:04") }

func date(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// sheet is a Markdown page while it is written.
type sheet struct{ b strings.Builder }

func titled(title string) *sheet {
	s := &sheet{}
	s.head(1, title)
	return s
}

func (s *sheet) head(level int, title string) {
	if s.b.Len() > 0 {
		s.b.WriteString("\n")
	}
	s.b.WriteString(strings.Repeat("#", level) + " " + line(title) + "\n")
}

// says adds a paragraph of ours.
func (s *sheet) says(format string, args ...any) { fmt.Fprintf(&s.b, "\n"+format+"\n", args...) }

// words adds what somebody wrote, as it is.
func (s *sheet) words(text string) {
	if text != "" {
		s.b.WriteString("\n" + quiet(text) + "\n")
	}
}

// labelled adds what somebody wrote, with what it is about in front. It adds nothing for nothing.
func (s *sheet) labelled(label, text string) {
	switch {
	case text == "":
	case strings.Contains(text, "\n"):
		s.b.WriteString("\n**" + label + "**\n\n" + quiet(text) + "\n")
	default:
		s.b.WriteString("\n**" + label + "**: " + quiet(text) + "\n")
	}
}

// item adds a line of a list.
func (s *sheet) item(text string) {
	if before := s.b.String(); !strings.HasSuffix(before, "\n\n") && !lastIsItem(before) {
		s.b.WriteString("\n")
	}
	s.b.WriteString("- " + strings.ReplaceAll(quiet(text), "\n", "\n  ") + "\n")
}

func lastIsItem(text string) bool {
	last := text[strings.LastIndex(strings.TrimSuffix(text, "\n"), "\n")+1:]
	return strings.HasPrefix(last, "- ") || strings.HasPrefix(last, "  ")
}

func (s *sheet) done(whenEmpty string) string {
	if strings.Count(s.b.String(), "\n") == 1 {
		s.says("%s", whenEmpty)
	}
	return s.b.String()
}

// quiet keeps the lines of a text from becoming headings, rules or HTML; lists and emphasis stay.
func quiet(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "<", `\<`), "\n")
	for n, one := range lines {
		trimmed := strings.TrimLeft(one, " \t")
		heading := strings.HasPrefix(trimmed, "#")
		rule := trimmed != "" && strings.Trim(trimmed, "=- ") == ""
		if heading || rule {
			lines[n] = `\` + trimmed
		}
	}
	return strings.Join(lines, "\n")
}

// line is a text that must stay on one line.
func line(text string) string { return strings.Join(strings.Fields(quiet(text)), " ") }

func (r reader) readme() string {
	s := titled("What is yours")
	s.says("This is all that %s wrote in Ownward, and all that was asked, agreed and talked about together with others. "+
		"It can be read without Ownward, and another installation of Ownward takes it over without loss.", line(r.Person.Name))
	s.item("[plan.md](plan.md): values, purpose, strengths, vision, skills")
	s.item("[goals.md](goals.md): goals and their steps")
	s.item("[wins.md](wins.md): what went well, with its effect")
	s.item("[stories.md](stories.md): what you told of your wins, for a review, a promotion or a CV")
	s.item("[journal.md](journal.md): reflections, which nobody else ever saw")
	s.item("[expectations.md](expectations.md): where you saw yourself against what was expected, and what you wrote of roles and directions")
	s.item("[questions.md](questions.md): the questions that you asked, and the answers")
	s.item("[asks.md](asks.md): what you asked for and what others asked of you, with the answers")
	s.item("[promises.md](promises.md): what you promised and what was promised to you, with its history")
	s.item("[conversations.md](conversations.md): agendas, notes and outcomes, with your own private notes")
	s.item("[comments.md](comments.md): what was proposed for a plan, copies for a meeting, and comments")
	s.item("[counsel.md](counsel.md): what others advised you, what you decided, and the people who matter to you")
	s.item("[earlier.md](earlier.md): earlier versions of all these texts")
	s.item("[person.json](person.json): all of it for programs; [person.schema.json](person.schema.json) says how it is written")
	s.says("What others kept to themselves is not in it.")
	s.head(2, "To bring it elsewhere")
	s.says("On an installation of your own, which may be empty:")
	s.says("    ownward import person THIS-FILE.zip")
	s.says("Where you have an account already: sign in, open “You and your account”, and choose “Bring something along”. " +
		"Others come along as contacts. What they decided or promised is marked as brought along: it is a record, and binds nobody there.")
	if len(r.Contacts) > 0 {
		s.head(2, "Who else appears")
		people := slices.Clone(r.Contacts)
		slices.SortStableFunc(people, func(a, b org.AlongContact) int { return cmp.Compare(org.Fold(a.Name), org.Fold(b.Name)) })
		for _, c := range people {
			s.item(join(", ", c.Name, c.Email, c.About))
		}
	}
	return s.b.String()
}

// join puts together what is not empty.
func join(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), between)
}

func (r reader) plan() string {
	s := titled("Plan")
	for _, section := range plan.Sections {
		r.section(s, section)
	}
	if len(r.Plan.Skills) > 0 {
		s.head(2, plan.Skills.Title())
		s.says("Levels go from 0 (%s) to %d (%s).", plan.LevelWords[0], plan.TopLevel, plan.LevelWords[plan.TopLevel])
		for _, k := range r.Plan.Skills {
			s.item(join("\n", fmt.Sprintf("**%s**: now %d, wanted %d", k.Name, k.Level, k.Wanted), k.Note))
			r.seenBy(s, k)
		}
	}
	r.outside(s)
	r.viewsGiven(s)
	return s.done("Nothing was written here.")
}

// section adds the words and the texts of a section, and of a purpose the answers behind it.
func (r reader) section(s *sheet, section plan.Section) {
	headed := false
	head := func() {
		if !headed {
			s.head(2, section.Title())
		}
		headed = true
	}
	values := slices.Clone(r.Plan.Values)
	slices.SortStableFunc(values, func(a, b plan.AlongValue) int { return cmp.Compare(a.Position, b.Position) })
	for _, v := range values {
		if v.Section == section || v.Section == "" && section == plan.Values {
			head()
			s.item(join(": ", "**"+v.Word+"**", v.Meaning))
		}
	}
	texts := section.Texts()
	if section == plan.Purpose {
		texts = append(texts, plan.PurposeAnswers...)
	}
	for _, each := range texts {
		for _, t := range r.Plan.Texts {
			if t.Section != each || t.Words == "" {
				continue
			}
			if head(); each.Label() == "" {
				s.words(t.Words)
			} else {
				s.labelled(each.Label(), t.Words)
			}
		}
	}
}

func (r reader) goals() string {
	s := titled("Goals")
	for _, g := range r.Plan.Goals {
		s.head(2, g.Title)
		s.says("%s", join(", ", begin(string(g.Area)), string(g.Kind)+" goal", before("due ", date(g.Due)), r.closed(g)))
		s.labelled("What exactly", g.Specific)
		s.labelled("How I will know", g.Measured)
		s.labelled("Why it can be done", g.Attainable)
		s.labelled("Why it matters to me", g.Relevant)
		s.labelled("What it serves", g.Serves)
		s.labelled("What I learned", g.Learned)
		if len(g.Steps) > 0 {
			s.head(3, "Steps")
		}
		for _, one := range g.Steps {
			plan := ""
			if one.Cue != "" || one.Response != "" {
				plan = "When " + one.Cue + ", I will " + one.Response
			}
			s.item(join("\n", fmt.Sprintf("%s (%s)", one.Words, join(", ", one.Activity, before("due ", date(one.Due)), every(one), string(one.State))), plan, marked(one.Marks)))
		}
		if len(g.Reviews) > 0 {
			s.head(3, "Looking back")
		}
		for _, one := range g.Reviews {
			s.item(join(": ", date(one.Day)+", "+string(one.How), one.Learned))
		}
		r.backing(s, func(w plan.AlongWin) bool { return slices.Contains(w.Goals, g.ID) })
	}
	return s.done("Nothing was written here.")
}

func every(s plan.AlongStep) string {
	if s.Every == plan.Once {
		return ""
	}
	return join(" ", "every "+string(s.Every), before("until ", date(s.Until)))
}

// marked says on which days a step was done once, or let pass.
func marked(marks []plan.AlongMark) string {
	var did, passed []string
	for _, m := range marks {
		if m.Did {
			did = append(did, date(m.Day))
		} else {
			passed = append(passed, date(m.Day))
		}
	}
	return join(". ", before("Done once on ", strings.Join(did, ", ")), before("Let pass on ", strings.Join(passed, ", ")))
}

func (r reader) closed(g plan.AlongGoal) string {
	if g.ClosedAt.IsZero() {
		return string(g.State)
	}
	return string(g.State) + " on " + r.at(g.ClosedAt)
}

func (r reader) backing(s *sheet, backs func(plan.AlongWin) bool) {
	had := false
	for _, w := range r.Wins {
		if !backs(w) {
			continue
		}
		if !had {
			s.head(3, "Wins behind it")
			had = true
		}
		s.item(date(w.Day) + ": " + w.What)
	}
}

// before puts a word in front of something, and nothing in front of nothing.
func before(word, text string) string {
	if text == "" {
		return ""
	}
	return word + text
}

func (r reader) wins() string {
	s := titled("Wins")
	wins := slices.Clone(r.Wins)
	slices.SortStableFunc(wins, func(a, b plan.AlongWin) int { return b.Day.DaysSince(a.Day) })
	goals := map[string]string{}
	for _, g := range r.Plan.Goals {
		goals[string(g.ID)] = g.Title
	}
	for _, k := range r.Plan.Skills {
		goals[string(k.ID)] = k.Name
	}
	for _, w := range wins {
		s.head(2, date(w.Day))
		s.words(w.What)
		s.labelled("Effect", w.Effect)
		s.labelled("Figure", w.Figure)
		var backs []string
		for _, id := range append(slices.Clone(w.Goals), w.Skills...) {
			backs = append(backs, goals[string(id)])
		}
		s.labelled("Backs", line(strings.Join(backs, "; ")))
		r.saidOf(s, w)
		for _, l := range w.Links {
			s.item("<" + l.URL + ">")
		}
		for _, file := range w.Files {
			s.item("[" + line(file.Name) + "](" + file.Path() + ")")
		}
	}
	if len(r.Words) > 0 {
		s.head(2, "What you said of the wins of others")
	}
	for _, word := range r.Words {
		s.says("%s asked you. You said on %s: %s.", line(r.Who(word.Of)), r.at(word.At), word.Answer.Title())
		s.words(word.Words)
	}
	if len(r.WinDrafts) > 0 {
		s.head(2, "Drafts, not kept yet")
	}
	for _, d := range r.WinDrafts {
		s.item(join(": ", date(d.Day), d.What))
	}
	return s.done("No win was kept.")
}

func (r reader) stories() string {
	s := titled("Stories")
	for _, one := range r.Stories {
		s.head(2, one.Title)
		s.says("%s, %s.", one.Form.Title(), r.at(one.ChangedAt))
		s.words(one.Words)
	}
	return s.done("No story was kept.")
}

// saidOf adds what others said of a win, by name.
func (r reader) saidOf(s *sheet, w plan.AlongWin) {
	for _, c := range w.Others {
		name := line(c.Name)
		if c.ByLink {
			name += " (by a link, under the name that they wrote)"
		}
		if c.Answer == plan.NotAnswered {
			s.says("%s was asked on %s, and has not answered.", name, r.at(c.AskedAt))
		} else {
			s.says("%s said on %s: %s.", name, r.at(c.AnsweredAt), c.Answer.Title())
		}
		s.words(c.Words)
		s.labelled("What you wrote with it", c.Note)
	}
}

func (r reader) journal() string {
	s := titled("Journal")
	entries := slices.Clone(r.Journal)
	slices.SortStableFunc(entries, func(a, b plan.AlongEntry) int { return b.Day.DaysSince(a.Day) })
	for _, e := range entries {
		s.head(2, date(e.Day))
		s.words(e.Words)
	}
	return s.done("Nothing was written here.")
}
