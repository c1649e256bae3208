package question

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestASentenceIsRewrittenForThePeopleItIsAbout(t *testing.T) {
	const (
		help      = "What can {helper:they} do to help {beneficiary:them} with {scope}?"
		seen      = "What {helper:have} {helper:they} seen {beneficiary:them} do that {helper:they} {helper:wish} to see again?"
		introduce = "Whom {helper:do} {helper:they} know, and would {helper:they} introduce {beneficiary:them}?"
		spare     = "What {helper:do} {helper:they} do for you that you could easily spare?"
		thanks    = "What could {helper:they} tell us to say thank you, and would you say it?"
		parts     = "Which part is {helper:theirs}, and which is {beneficiary:theirs}?"
		were      = "Where {helper:were} {helper:they} when {helper:they} {helper:were} at {helper:their} best?"
	)
	for _, one := range []struct{ sentence, asked, helper, beneficiary, scope, want string }{
		// I ask you directly, or I ask somebody else about you.
		{help, "manager", "manager", "myself", "goal", "What can you do to help me with one of my goals?"},
		{help, "colleague", "manager", "myself", "goal", "What can my manager do to help me with one of my goals?"},
		{help, "manager", "myself", "manager", "goal", "What can I do to help you with one of your goals?"},
		{help, "mentor", "myself", "manager", "goal", "What can I do to help my manager with one of their goals?"},
		{help, "organisation", "organisation", "myself", "progress", "What can the organisation do to help me with my progress?"},
		{help, "manager", "manager", "organisation", "progress", "What can you do to help the organisation with its progress?"},
		// By name where it is given.
		{help, "manager", "manager", "myself", "goal=Lead a release", "What can you do to help me with my goal “Lead a release”?"},
		{help, "mentor", "team", "boss", "skill=SQL", "What can my team do to help my boss with their skill “SQL”?"},
		{help, "mentor", "mentor", "myself", "progress=the move", "What can you do to help me with my progress with “the move”?"},
		// Who helps themselves.
		{help, "myself", "myself", "myself", "task", "What can I do to help myself with one of my tasks?"},
		{help, "manager", "manager", "manager", "task", "What can you do to help yourself with one of your tasks?"},
		{help, "team", "team", "team", "task", "What can you do to help yourselves with one of your tasks?"},
		{help, "manager", "team", "team", "task", "What can my team do to help themselves with one of their tasks?"},
		{help, "manager", "organisation", "organisation", "task", "What can the organisation do to help itself with one of its tasks?"},
		{spare, "colleague", "myself", "", "", "What do I do for you that you could easily spare?"},
		{spare, "colleague", "colleague", "", "", "What do you do for yourself that you could easily spare?"},
		{spare, "team", "team", "", "", "What do you do for yourselves that you could easily spare?"},
		{thanks, "colleague", "colleague", "", "", "What could you tell us to say thank you, and would you say it?"},
		// The verb agrees with its subject, before it and after it.
		{seen, "manager", "manager", "myself", "", "What have you seen me do that you wish to see again?"},
		{seen, "manager", "myself", "manager", "", "What have I seen you do that I wish to see again?"},
		{seen, "mentor", "manager", "myself", "", "What has my manager seen me do that they wish to see again?"},
		{seen, "mentor", "manager", "boss", "", "What has my manager seen my boss do that my manager wishes to see again?"},
		{seen, "mentor", "organisation", "boss", "", "What has the organisation seen my boss do that it wishes to see again?"},
		{were, "mentor", "myself", "", "", "Where was I when I was at my best?"},
		{were, "mentor", "mentor", "", "", "Where were you when you were at your best?"},
		{were, "mentor", "team", "", "", "Where was my team when they were at their best?"},
		// A pronoun stands only where it is clear who is meant.
		{introduce, "mentor", "manager", "myself", "", "Whom does my manager know, and would they introduce me?"},
		{introduce, "mentor", "manager", "boss", "", "Whom does my manager know, and would they introduce my boss?"},
		{introduce, "manager", "manager", "manager", "", "Whom do you know, and would you introduce yourself?"},
		{parts, "manager", "manager", "myself", "", "Which part is yours, and which is mine?"},
		{parts, "mentor", "organisation", "colleague", "", "Which part is the organisation's, and which is a colleague's?"},
	} {
		t.Run(one.want, func(t *testing.T) {
			s, reasons := English().parseSentence(one.sentence)
			if len(reasons) > 0 {
				t.Fatalf("the sentence is refused: %v", reasons)
			}
			scope, name, _ := strings.Cut(one.scope, "=")
			got := s.fill(Filling{Part(one.asked), Part(one.helper), Part(one.beneficiary), Scope(scope), name})
			if got != one.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestVerbsAfterASingularNoun(t *testing.T) {
	for verb, want := range map[string]string{
		"have": "has", "do": "does", "are": "is", "were": "was", "see": "sees", "wish": "wishes", "try": "tries",
		"say": "says", "go": "goes", "pass": "passes", "watch": "watches", "fix": "fixes", "need": "needs",
	} {
		if got := English().Verbs.conjugate(verb, "it"); got != want {
			t.Errorf("my manager %s, want %s", got, want)
		}
		if got := English().Verbs.conjugate(verb, "they"); got != verb {
			t.Errorf("they %s, want %s", got, verb)
		}
	}
}

func TestEverySentenceOfEveryCardReadsWell(t *testing.T) {
	checked := map[string]bool{}
	for _, c := range Builtin().List(Choice{}) {
		everyFilling(c, func(f Filling) {
			for _, said := range c.everyForm(f) {
				if checked[said] {
					continue
				}
				checked[said] = true
				if wrong := unlike(said); wrong != "" {
					t.Errorf("%s: %s: %s\n%+v", c.ID, wrong, said, f)
				}
			}
		})
	}
	if len(checked) < 10000 {
		t.Errorf("only %d different sentences: are the slots filled at all?", len(checked))
	}
}

// everyForm is every wording of the card.
func (c Card) everyForm(f Filling) []string {
	forms := []string{c.Wording(f), c.Shifted(f)}
	for _, n := range c.Narrowed(f) {
		forms = append(forms, n.Wording)
	}
	return forms
}

func everyFilling(c Card, each func(Filling)) {
	for _, asked := range c.AskedChoices() {
		for _, helper := range Parts {
			for _, beneficiary := range Parts {
				for _, scope := range c.Scopes() {
					for _, name := range []string{"", "Lead a release"} {
						each(Filling{asked, helper, beneficiary, scope, name})
					}
				}
			}
		}
	}
}

const nouns = `(?:my (?:manager|boss|mentor|team)|the organisation|a colleague)`

var (
	badPatterns = map[string]*regexp.Regexp{
		"a slot is left":               regexp.MustCompile(`[{}]`),
		"a space is too many":          regexp.MustCompile(`  | [,;:.?]`),
		"I does not agree":             regexp.MustCompile(`\bI (is|are|were|has|does)\b|\b(is|are|were|has|does) I\b`),
		"you or they does not agree":   regexp.MustCompile(`\b(you|they) (am|is|was|has|does)\b|\b(am|is|was|has|does) (you|they)\b`),
		"a noun does not agree":        regexp.MustCompile(`(?i)\b(am|are|were|have|do) ` + nouns + ` `),
		"a preposition takes I":        regexp.MustCompile(`\b(to|with|for|from|of|help|ask|introduce|show|let|watch) (I|they)\b`),
		"an object acts":               regexp.MustCompile(`\b(can|could|will|would|should) (me|them|us)\b|\b(me|them) (can|could|will|would|should|did|have|am|was|are)\b`),
		"a possessive stands alone":    regexp.MustCompile(`\b(my|your|their) (can|could|is|are|have|do|and|with)\b|'s(?:,|\?)? 's`),
		"a possessive of a pronoun":    regexp.MustCompile(`\b(?i:me|I|you|they|them|it)'s\b`),
		"who acts is meant again":      regexp.MustCompile(`\bI (?:\w+ ){0,2}me\b|\b(?:what|how|would|could|can|will|should) you (?:ask|help|show|introduce|watch|tell) you\b|\byou (?:\w+ ){0,4}(?:for|to|with|about|promised|asking|sending|save|get) you\b`),
		"a noun stands twice":          regexp.MustCompile(`one of one of|my my`),
		"a verb after another changes": regexp.MustCompile(`\b(can|could|would|will|should|may|did|does|do) (I|you|they|it|` + nouns + `) (is|has|does|sees|hopes|stands|needs|wants)\b`),
	}
	nounAndVerb = regexp.MustCompile(`(\w+)[ ]` + nouns + ` (am|are|were|have|do|see|hope|stand|need)\b`)
)

// letsBare are the words before a noun after which its verb keeps its plain form.
var letsBare = []string{"can", "could", "would", "will", "should", "may", "did", "does", "seen", "let", "watch"}

// unlike says how a finished sentence differs from English, or "".
func unlike(said string) string {
	begin, _ := utf8.DecodeRuneInString(said)
	switch {
	case !unicode.IsUpper(begin):
		return "no capital at the beginning"
	case !strings.HasSuffix(said, "?") || strings.Count(said, "?") > 1:
		return "a question has one question mark, at the end"
	case strings.Contains(said, "!"):
		return "nobody is shouted at"
	}
	for what, pattern := range badPatterns {
		if found := pattern.FindString(said); found != "" {
			return what + ": " + found
		}
	}
	for _, found := range nounAndVerb.FindAllStringSubmatch(said, -1) {
		if !slices.Contains(letsBare, strings.ToLower(found[1])) {
			return "a noun does not agree: " + found[0]
		}
	}
	for before, after := range pairs(words(said)) {
		if strings.EqualFold(before, after) {
			return "a word stands twice: " + before
		}
	}
	return ""
}

func pairs(list []string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for i := 1; i < len(list); i++ {
			if !yield(list[i-1], list[i]) {
				return
			}
		}
	}
}

func TestTheRulesCatchBadSentences(t *testing.T) {
	for _, said := range []string{
		"what can you do?", "What can you do.", "What can {helper:they} do?", "What can  you do?", "What can you do ?",
		"What has you seen?", "What have my manager seen?", "What does they need?", "Where are I heading?", "Where I is, what helps?",
		"What would help they?", "What can me do?", "Where a colleague stand, what helps?", "Which my is it?",
		"What does my manager needs?", "Which one of one of my goals?", "What is is it?",
	} {
		if unlike(said) == "" {
			t.Errorf("%q passes as English", said)
		}
	}
}

func TestANameCannotBreakTheSentence(t *testing.T) {
	c, _ := Builtin().ByID("help-me-forward")
	for name, want := range map[string]string{
		"  Lead\n a\trelease ": "What can you do to help me with my goal “Lead a release”?",
		`The "big" one`:        "What can you do to help me with my goal “The 'big' one”?",
		"\u202eevil\x00":       "What can you do to help me with my goal “evil”?",
		" \n ":                 "What can you do to help me with one of my goals?",
		"{helper:they}":        "What can you do to help me with my goal “{helper:they}”?",
	} {
		if got := c.Wording(Filling{Scope: Goal, Name: name}); got != want {
			t.Errorf("%q gives %s", name, got)
		}
	}
	long := c.Wording(Filling{Scope: Goal, Name: strings.Repeat("ä", 500)})
	if n := utf8.RuneCountInString(long); n > MaxName+60 {
		t.Errorf("a long name makes a sentence of %d characters", n)
	}
}

func TestWhatACardDoesNotOfferFallsBackToItsOwnChoice(t *testing.T) {
	c, _ := Builtin().ByID("a-year-from-now")
	got := c.Fill(Filling{Asked: "king", Helper: "king", Beneficiary: Manager, Scope: Progress, Name: "x"})
	want := Filling{Asked: Colleague, Helper: Myself, Beneficiary: Colleague, Scope: Task}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestAShiftedQuestionLosesTheNameOfWhatIsMine(t *testing.T) {
	c, _ := Builtin().ByID("help-me-forward")
	got := c.Shifted(Filling{Scope: Goal, Name: "Lead a release"})
	if want := "What can I do to help you with one of your goals?"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestANarrowedQuestionKeepsTheNameOfTheSameThingOnly(t *testing.T) {
	c, _ := Builtin().ByID("help-me-forward")
	for _, n := range c.Narrowed(Filling{Scope: Skill, Name: "SQL"}) {
		if strings.Contains(n.Wording, "SQL") != (n.To == "one skill") {
			t.Errorf("%s: %s", n.To, n.Wording)
		}
	}
}

// TestTheCardsAsTheyAreRead keeps a sample of every pattern of every sentence, to be read by
// people: go test -run TheCardsAsTheyAreRead -update ./internal/question
func TestTheCardsAsTheyAreRead(t *testing.T) {
	var b strings.Builder
	for _, c := range Builtin().List(Choice{}) {
		fmt.Fprintf(&b, "%s: %s\n", c.Stage, c.ID)
		said := map[string]bool{}
		add := func(what, wording string) {
			if !said[wording] {
				said[wording] = true
				fmt.Fprintf(&b, "  %-13s%s\n", what, wording)
			}
		}
		for _, f := range patterns(c) {
			add("", c.Wording(f))
		}
		for _, f := range patterns(c) {
			add("shifted", c.Shifted(f))
		}
		for i, n := range c.Narrowed(Filling{}) {
			for _, f := range patterns(c) {
				add(n.To, c.Narrowed(f)[i].Wording)
			}
		}
		b.WriteString("\n")
	}
	golden(t, "testdata/cards.txt", b.String())
}

// patterns are fillings in which everybody appears once in each person that the grammar knows.
func patterns(c Card) []Filling {
	others := []Filling{
		{},
		{Scope: c.Scopes()[0], Name: "Lead a release"},
		{Helper: Myself, Beneficiary: c.AskedChoices()[0]},
		{Helper: Boss, Beneficiary: Team, Scope: Skill, Name: "SQL"},
		{Helper: Organisation, Beneficiary: Organisation},
		{Helper: Team, Beneficiary: Team},
		{Helper: c.AskedChoices()[0], Beneficiary: c.AskedChoices()[0]},
	}
	for _, asked := range c.AskedChoices()[1:] {
		others = append(others, Filling{Asked: asked, Beneficiary: Mentor})
	}
	return others
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at the difference after -update", file)
	}
}
