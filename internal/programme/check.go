package programme

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
)

// check brings the text into the form in which it is kept.
func (in *Text) check(tx *db.Tx, me org.Actor, was Programme) error {
	wrong := problem.Invalid{}
	in.Name = oneLine(wrong, "name", in.Name, mostName)
	in.About, in.Learns, in.Needs = tidy(wrong, "about", in.About, mostText), tidy(wrong, "learns", in.Learns, mostWords), tidy(wrong, "needs", in.Needs, mostWords)
	in.Audience = tidy(wrong, "audience", in.Audience, mostWords)
	wrong.Check(slices.Contains(Kinds, in.Kind), "kind", "Please choose what it is.")
	wrong.Check(in.Name != "", "name", "Please give it a name.")
	wrong.Check(in.About != "", "about", "Please say in a few sentences what happens in it.")
	wrong.Check(in.Seats >= 1 && in.Seats <= mostSeats, "seats", "Please say for how many people it is, from 1 to 5000.")
	wrong.Check(in.Seats >= was.Taken, "seats", number(was.Taken)+" seats are given. It cannot have fewer; whoever has one keeps it.")
	wrong.Check(in.Effort >= 0 && in.Effort <= mostEffort, "effort", "Please give a number such as 12.")
	wrong.Check(in.EffortIn == Hours || in.EffortIn == Weeks, "effort_in", "Please choose hours or weeks.")
	in.employments(wrong)
	in.days(wrong, was, civil.In(tx.Now(), me.Zone))
	if err := in.money(tx, me, was, wrong); err != nil {
		return err
	}
	in.deciding(me, was, wrong)
	if err := in.skills(tx, me, wrong); err != nil {
		return err
	}
	return wrong.Err()
}

func (in *Text) employments(wrong problem.Invalid) {
	var all []string
	for _, each := range in.Employment {
		if each = oneLine(wrong, "employment", each, 100); each != "" && !slices.Contains(all, each) {
			all = append(all, each)
		}
	}
	in.Employment = all
	wrong.Check(len(all) <= mostKinds, "employment", "Please name at most ten kinds of employment.")
}

// days checks the days. One that has passed stays as long as nobody changes it.
func (in *Text) days(wrong problem.Invalid, was Programme, today civil.Date) {
	for _, one := range []struct {
		field    string
		day, had civil.Date
	}{{"begins", in.Begins, was.Begins}, {"ends", in.Ends, was.Ends}, {"apply_until", in.ApplyUntil, was.ApplyUntil}} {
		if one.day.IsZero() || one.day == one.had {
			continue
		}
		wrong.Check(!one.day.Before(today), one.field, "Please choose a day from today on.")
		wrong.Check(one.day.Before(today.AddMonths(60)), one.field, "Please choose a day within five years.")
	}
	wrong.Check(in.Ends.IsZero() || in.Begins.IsZero() || !in.Ends.Before(in.Begins), "ends", "It cannot end before it begins.")
	wrong.Check(in.ApplyUntil.IsZero() || in.Ends.IsZero() || !in.ApplyUntil.After(in.Ends), "apply_until", "Please choose a day before it ends.")
}

// money checks the cost, where it is paid from, and who decides because of it. Once people signed up it stays, but for a
// budget that takes nothing new any more.
func (in *Text) money(tx *db.Tx, me org.Actor, was Programme, wrong problem.Invalid) error {
	in.Cost.Currency = money.Tidy(in.Cost.Currency)
	wrong.Check(in.Cost.Minor >= 0 && in.Cost.Minor <= money.Most, "cost", "Please give an amount such as 1200.")
	if in.Cost.Minor == 0 {
		in.Cost.Currency, in.Budget = "", ""
		if in.Decides == Budget || in.Decides == "" {
			in.Decides = Nobody
		}
		wrong.Check(in.Decides == Nobody || in.Decides == Poster, "decides", "Please choose who gives the seats.")
		wrong.Check(was.Cost.Minor == 0 || was.Taken+was.InLine+was.Asked == 0, "cost", "People signed up at "+was.Cost.String()+" a seat. That stays.")
		return nil
	}
	in.Decides = Budget
	same := was.ID != "" && in.Cost == was.Cost && in.Budget == was.Budget
	moves := false
	if !same && in.Cost == was.Cost && was.Budget != "" {
		over, err := budget.IsOver(tx, me, was.Budget)
		if err != nil {
			return err
		}
		moves = over
	}
	wrong.Check(same || moves || was.Taken+was.InLine+was.Asked == 0, "cost", "People signed up as it is. What a seat costs, and from where, stays.")
	if same {
		return nil
	}
	wrong.Check(money.Known(in.Cost.Currency), "currency", "Please give the currency by its three letters, such as EUR.")
	if in.Budget == "" {
		wrong.Add("budget", "Please choose the budget from which it is paid: whoever answers for it says yes to each seat.")
		return nil
	}
	line, err := budget.OfferByID(tx, me, me.Person, in.Budget)
	if err != nil {
		return err
	}
	wrong.Check(line.Currency == in.Cost.Currency, "currency", "“"+line.Title()+"” is kept in "+line.Currency+". Nothing is converted here.")
	over, err := budget.IsOver(tx, me, in.Budget)
	wrong.Check(!over, "budget", "“"+line.Title()+"” takes nothing new any more. Please choose one that is open.")
	return err
}

// deciding checks a change of who gives the seats. Once it is open it is its poster's to say, and where that one has
// left nobody brings it to whoever comes first; with the first who signs up it stays, so that nobody comes to a seat in between.
func (in *Text) deciding(me org.Actor, was Programme, wrong problem.Invalid) {
	if was.ID == "" || was.State == Draft || in.Decides == was.Decides {
		return
	}
	wrong.Check(was.PostedBy.Is(me) || was.PosterLeft && in.Decides != Nobody, "decides", "Who gives the seats is for "+was.PostedBy.Name+" to change, who posted it.")
	wrong.Check(was.Taken+was.InLine+was.Asked == 0, "decides", "People signed up as it is. Who gives the seats stays.")
}

func (in *Text) skills(tx *db.Tx, me org.Actor, wrong problem.Invalid) error {
	var names []string
	for _, k := range slices.Concat(in.Teaches, in.Builds) {
		names = append(names, k.Name)
	}
	joined, err := skill.Join(tx, me, names)
	if err != nil {
		return err
	}
	in.Teaches = keyed(wrong, joined, "teaches", in.Teaches, 0)
	in.Builds = keyed(wrong, joined, "builds", in.Builds, 1)
	return nil
}

// keyed tidies skills, and leaves out what is named twice.
func keyed(wrong problem.Invalid, joined skill.Joined, field string, in []Skill, least int64) []Skill {
	var all []Skill
	had := map[string]bool{}
	for _, k := range in {
		if k.Name = oneLine(wrong, field, k.Name, mostName); k.Name == "" {
			continue
		}
		if least == 0 {
			k.Level = 0
		}
		wrong.Check(k.Level >= least && k.Level <= 5, field, "Please give the level of each, from 1 to 5, as in: Go 3.")
		if k.key = joined.Key(k.Name); !had[k.key] {
			had[k.key] = true
			all = append(all, k)
		}
	}
	wrong.Check(len(all) <= mostSkills, field, "Please name at most six: the ones that matter most.")
	return all
}

// named writes skills as a form field holds them, one a line.
func named(all []Skill) string {
	lines := make([]string, len(all))
	for n, k := range all {
		lines[n] = k.Name
		if k.Level > 0 {
			lines[n] += " " + number(k.Level)
		}
	}
	return strings.Join(lines, "\n")
}

// Named reads what a form field holds: skills one a line, each with its level at the end where it has one.
func Named(text string) []Skill {
	var all []Skill
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		k := Skill{Name: line}
		if at := strings.LastIndexByte(line, ' '); at > 0 {
			if level, err := strconv.ParseInt(line[at+1:], 10, 64); err == nil {
				k = Skill{Name: strings.TrimSpace(line[:at]), Level: level}
			}
		}
		if k.Name != "" {
			all = append(all, k)
		}
	}
	return all
}

func (in Text) figures() string {
	if in.Cost.Minor == 0 {
		return ""
	}
	return money.Figures(in.Cost.Minor, in.Cost.Currency)
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func oneLine(wrong problem.Invalid, field, text string, most int) string {
	return strings.Join(strings.Fields(tidy(wrong, field, text, most)), " ")
}

func tidy(wrong problem.Invalid, field, text string, most int) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	if n := utf8.RuneCountInString(text); n > most {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(most)+".")
	}
	return text
}
