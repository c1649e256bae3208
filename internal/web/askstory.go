package web

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// decisionShown is an answer, as both sides read it.
type decisionShown struct {
	ask.Decision
	Heading    string
	Hear       *hearing      // the owner notes what was left empty
	Noted      bool          // the owner has noted something
	Ways       *waysOn       // other ways, for the owner
	Money      *ask.Approval // what was said of the money
	Thank      *Field        // the owner thanks for the answer
	ThanksNote string
	Reserved   *reservedShown // of a budget
	Others     []string       // the other ways that are named, for whoever named them
}

// hearing is the form for what the owner heard.
type hearing struct {
	Action                        string
	Revision                      string
	Reason, Feedback, Alternative *Field // nil where the one asked wrote it themselves
	Open                          bool
}

// criterionShown is something that must be shown.
type criterionShown struct {
	ask.Criterion
	State       string
	Show, Judge string // where the forms go; empty where the visitor has none
	Bring       Field  // evidence, by the owner
	BackedBy    Field  // wins of theirs
	Reword      *rewording
	Views       []criterionView // how others see it: its owner's alone
	AskView     string          // where its owner asks for one
	Judgement   Field           // by whoever decided
	VerdictNote Field
	OpenedOn    string // the revision of the evidence
	ShowOpen    bool
	JudgeOpen   bool
}

// comingBack is when a not now or a no comes back.
type comingBack struct {
	On      civil.Date
	LetGo   bool
	As      string // the draft as which it came back
	Named   bool
	CanMove bool
	Gone    bool // who said yes on conditions has left
	Action  string
	MoveTo  Field
	Open    bool
	Fitting fittingQuestion
}

// readStory adds what came after the answer.
func (m *oneAsk) readStory(c *call, s ask.Story) error {
	if s.State != ask.Decided {
		return nil
	}
	m.Decision = &decisionShown{Decision: s.Decision, Heading: answerHeading(s, c.me)}
	h := s.Decision.Heard
	m.Decision.Noted = h.Reason+h.Feedback+h.Alternative != ""
	if m.Mine && !c.me.Left && s.Decision.By.Person != "" {
		m.Decision.Hear = c.hearing(m.Action+"/heard", s.Decision)
	}
	m.readAnswer(c, s)
	wins, err := c.backing(s)
	if err != nil {
		return err
	}
	views, err := c.viewsOfCriteria(s)
	if err != nil {
		return err
	}
	for _, each := range s.Criteria {
		shown := c.criterionShown(s, each, wins)
		if shown.Views = views[each.ID]; m.Mine && !c.me.Left && each.Verdict != ask.Shown && !s.BroughtAlong {
			shown.AskView = askForCriterionView(each.ID)
		}
		m.Criteria = append(m.Criteria, shown)
	}
	if s.Answer != ask.Yes && !m.OnMoneyAlone {
		m.Drawing, m.MoneyBack = c.drawingUp(s), s.HoldsUntilShown
	}
	if s.Granted(s.Criteria) && (m.Mine || len(s.Tellings) > 0) {
		m.Granted = c.grantedShown(s)
	}
	for _, p := range s.Promises {
		row := c.promiseRow(p)
		row.Note = whoPromised(p, c.me)
		if waits := c.promiseWaits(p); waits != "" {
			row.Note += " · " + waits
		} else {
			row.Note += " · " + promiseState(p)
		}
		m.Promises = append(m.Promises, row)
	}
	if m.Mine && (!s.ComesBackOn.IsZero() || s.CameBackAs != "" || s.CanBeAskedElsewhere()) {
		m.ComesBack = c.comingBack(m.Action+"/return", s)
	}
	if m.Mine && !s.ComesBackOn.IsZero() {
		m.ComesBack.Fitting = c.fitting(question.Fact{Moment: question.AfterNo, Thing: s.ID})
	}
	return nil
}

// readAnswer adds what was said of the money, the other ways, and the thanks.
func (m *oneAsk) readAnswer(c *call, s ask.Story) {
	for _, each := range s.Now().Approvals {
		if !each.Waits() && each.EndedHow != "taken back" && each.EndedHow != "returned" {
			m.Decision.Money = &each
		}
	}
	for _, way := range s.Decision.Ways() {
		m.Decision.Others = append(m.Decision.Others, way.Name)
	}
	m.Decision.Ways, m.Decision.Reserved = c.waysOn(s), c.reservedShown(s.Reserved)
	if s.CanThank(c.me) && s.Decision.ThankedAt.IsZero() && !s.BroughtAlong {
		thank := c.formAt(m.Action+"/thanks").field(Field{Name: "thanks", Label: "Say thank you", Type: "own", Max: 300,
			Hint: "In one line, for the answer. " + s.Whom.Name + " reads it."}, "")
		if s.Whom.Contact != "" {
			thank.Label, thank.Hint = "How you said thank you", "In one line, for yourself: say it to "+s.Whom.Name+"."
		}
		m.Decision.Thank = &thank
	}
}

func answerHeading(s ask.Story, me org.Actor) string {
	who := s.Decision.By.Name
	if s.Decision.By.Is(me) {
		who = "You"
	}
	switch s.Decision.Says {
	case ask.Yes:
		return who + andForMoney(s, me) + " said yes"
	case ask.YesIf:
		return who + andForMoney(s, me) + " said yes, with conditions"
	case ask.NotNow:
		return who + " said not now"
	}
	return who + " said no"
}

// andForMoney names who said yes to the money, where two made the yes.
func andForMoney(s ask.Story, me org.Actor) string {
	switch {
	case s.Money.Name == "":
		return ""
	case s.Money.Is(me):
		return " and you"
	}
	return " and " + s.Money.Name
}

// hearing offers the owner to note what the decision left empty.
func (c *call) hearing(action string, d ask.Decision) *hearing {
	form := c.formAt(action)
	h := &hearing{Action: action, Revision: form.RevisionOr(d.Heard.Revision), Open: form.Any()}
	for _, each := range []struct {
		into         **Field
		name, label  string
		theirs, mine string
	}{
		{&h.Reason, "reason", "Why, as I heard it", d.Reason, d.Heard.Reason},
		{&h.Feedback, "feedback", "On my work and skills, as I heard it", d.Feedback, d.Heard.Feedback},
		{&h.Alternative, "alternative", "Another way, as I heard it", d.AlternativeWords, d.Heard.Alternative},
	} {
		if each.theirs == "" {
			field := form.field(Field{Name: each.name, Label: each.label, Type: "textarea", Rows: 2}, each.mine)
			*each.into = &field
		}
	}
	if h.Reason == nil && h.Feedback == nil && h.Alternative == nil {
		return nil
	}
	return h
}

func (c *call) criterionShown(s ask.Story, each ask.Criterion, wins []plan.Win) criterionShown {
	shown := criterionShown{Criterion: each, State: criterionState(each), Reword: c.rewording(s, each)}
	if each.Verdict == ask.Shown {
		return shown
	}
	n := string(each.ID) // names must differ: the page may hold several of these forms
	base := "/criteria/" + n
	if s.CanShow(c.me) {
		shown.Show = base + "/evidence"
		form := c.formAt(shown.Show)
		shown.Bring = form.field(Field{Name: "evidence_" + n, Label: "What shows it", Type: "textarea", Rows: 3,
			Hint: "Where it can be seen." + readOnceKept(s)}, each.Evidence)
		shown.BackedBy = c.winsOfCriterion(form, each, wins)
		shown.OpenedOn, shown.ShowOpen = form.RevisionOr(each.Revision), form.Any() || !each.Backed()
	}
	if s.CanJudge(c.me) {
		shown.Judge = base + "/verdict"
		form := c.formAt(shown.Judge)
		shown.Judgement = form.field(Field{Name: "verdict_" + n, Label: "Was it shown?", Type: "radio-row", Options: []Option{
			{Value: string(ask.Shown), Label: "Shown", Hint: "Once said, it stands."}, {Value: string(ask.NotYet), Label: "Not yet"},
		}}, "")
		shown.JudgeOpen = form.Any() || each.Backed() && each.VerdictAt.Before(each.EvidenceAt)
		shown.VerdictNote = form.field(Field{Name: "words_" + n, Label: "A word on it", Type: "textarea", Rows: 2}, "")
	}
	return shown
}

// readOnceKept says who reads evidence, where somebody does.
func readOnceKept(s ask.Story) string {
	if s.Whom.Person == "" {
		return ""
	}
	return " " + s.Whom.Name + " reads it once you keep it."
}

func criterionState(each ask.Criterion) string {
	switch {
	case each.Verdict == ask.Shown:
		return "shown"
	case each.Verdict == ask.NotYet:
		return "not yet"
	case each.Backed():
		return "waits for a verdict"
	}
	return "to be shown"
}

func (c *call) comingBack(action string, s ask.Story) *comingBack {
	form := c.formAt(action)
	back := &comingBack{On: s.ComesBackOn, LetGo: s.LetGo, Named: s.Decision.AgainNamed, Gone: s.CanBeAskedElsewhere() && !c.me.Left, CanMove: s.CanMove(c.me), Action: action, Open: form.Any()}
	if s.CameBackAs != "" {
		back.As = askHref(s.CameBackAs)
	}
	back.MoveTo = form.field(Field{Name: "comes_back_on", Label: "Another day", Type: "date", Required: true}, s.ComesBackOn.String())
	return back
}

func hearAsk(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.Hear(c.tx, c.me, id, ask.Heard{
		Reason: c.text("reason"), Feedback: c.text("feedback"), Alternative: c.text("alternative"), Revision: c.revision(),
	})
}

func moveAsk(c *call) (string, error) {
	wrong := problem.Invalid{}
	to := c.day("comes_back_on", wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	id := c.id("id")
	return askHref(id), ask.Move(c.tx, c.me, id, to)
}

func letGoOfAsk(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.LetGo(c.tx, c.me, id)
}

// showAskOfCriterion shows the ask that a criterion belongs to, when a form on it comes back.
func showAskOfCriterion(c *call) (view, error) {
	criterion, err := ask.CriterionByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	return c.showAsk(criterion.Ask)
}

func showCriterion(c *call) (string, error) {
	criterion, err := ask.CriterionByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	field := "evidence_" + string(criterion.ID)
	var wins []db.ID
	for _, id := range c.PostForm["wins_"+string(criterion.ID)] {
		wins = append(wins, db.ID(id))
	}
	err = ask.Show(c.tx, c.me, criterion.ID, c.revision(), c.text(field), wins...)
	return askHref(criterion.Ask), asField(err, "evidence", field)
}

func judgeCriterion(c *call) (string, error) {
	criterion, err := ask.CriterionByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	n := "_" + string(criterion.ID)
	err = ask.Judge(c.tx, c.me, criterion.ID, ask.Verdict(c.text("verdict"+n)), c.text("words"+n))
	return askHref(criterion.Ask), asField(asField(err, "verdict", "verdict"+n), "words", "words"+n)
}
