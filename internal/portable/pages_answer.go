package portable

import (
	"fmt"

	"github.com/ownward/ownward/internal/ask"
)

// answers are the questions back to an ask, and what was said of its money.
func (r reader) answers(s *sheet, sent ask.AlongSending) {
	for _, q := range sent.Inquiries {
		s.item(join("\n", fmt.Sprintf("On %s %s asked back: %s", r.at(q.AskedAt), r.who(q.By), q.Question), before("The answer: ", q.Answer)))
	}
	for _, m := range sent.Approvals {
		how := "waits for an answer"
		if m.EndedHow != "" {
			how = m.EndedHow + ", " + r.at(m.EndedAt)
		}
		s.item(join("\n",
			fmt.Sprintf("On %s %s said %s from their side; for the money it needed %s (%s)", r.at(m.SaidAt), r.who(m.First), m.Answer, r.who(m.With), how),
			before("On condition of: ", m.Conditions), before("Their reason: ", m.Reason), before("Feedback: ", m.Feedback),
			before("On the money: ", m.Words), before("Cost centre: ", m.CostCentre)))
	}
}

var fruitLabels = map[ask.Followed]string{
	ask.Done: "Done", ask.Learned: "Learned", ask.Practice: "Put into practice", ask.Taught: "Taught", ask.Returned: "It returned",
}

// fruits are what was proposed to be shown, and what became of what was granted.
func (r reader) fruits(s *sheet, a ask.Along) {
	for _, p := range a.Proposals {
		who := "the other side"
		if p.By != "" {
			who = r.who(p.By)
		}
		s.item(join("\n", fmt.Sprintf("On %s %s proposed to %s what must be shown (%s): %s", r.at(p.At), who, p.Act, p.State, join(", before: ", p.Words, p.Was)), p.Note))
	}
	for _, f := range a.Fruits {
		gain := ask.Cost{Minor: f.GainMinor, Currency: f.Currency, Hours: f.GainHours}
		hours := ""
		if gain.Hours > 0 {
			hours = fmt.Sprintf("%d hours", gain.Hours)
		}
		told := "not told back"
		if !f.ToldAt.IsZero() {
			told = "told back on " + r.at(f.ToldAt)
		}
		s.item(join("\n", fmt.Sprintf("%s, %s (%s)", fruitLabels[f.Kind], date(f.Day), told),
			join(": ", f.Place, f.Words), join(", ", join(" ", gain.Amount(), gain.Currency), hours)))
	}
	for _, t := range a.Tellings {
		s.item(fmt.Sprintf("On %s it was told back: %s", r.at(t.At), t.Thanks))
	}
}
