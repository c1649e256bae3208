package question

import (
	"os"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/cardfile"
)

const sections = `
## What I'm asking

Something.

## Who to ask

Somebody.

## What to expect

An answer.

## When to ask

Soon.
`

// card is the text of a card that is right but for the lines that the test gives: each replaces
// the line of the same field, or is added at the end.
func card(lines ...string) string {
	fields := []string{
		"id: a-card",
		"stage: ask",
		"for: [manager]",
		"question: What can {helper:they} do to help {beneficiary:them}?",
		"narrowed: {week: \"What can {helper:they} do this week?\"}",
	}
	for _, line := range lines {
		name, _, _ := strings.Cut(line, ":")
		replaced := false
		for i, field := range fields {
			if strings.HasPrefix(field, name+":") && line != "" {
				fields[i], replaced = line, true
			}
		}
		if !replaced && line != "" {
			fields = append(fields, line)
		}
	}
	return "---\n" + strings.Join(fields, "\n") + "\n---\n" + sections
}

func TestACardIsRead(t *testing.T) {
	text := card("for: [colleague, mentor]", "helper: myself", "beneficiary: asked", "scopes: [skill]", "next: [b, c]", "by: manager",
		"shifted: What {helper:do} {helper:they} need?")
	for name, text := range map[string]string{
		"as it is":     text,
		"CRLF and BOM": "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
		"curly":        strings.ReplaceAll(text, "What I'm", "What I’m"),
	} {
		c, faults := Parse("a.md", []byte(text))
		if len(faults) > 0 {
			t.Fatalf("%s: %v", name, faults)
		}
		if c.ID != "a-card" || c.Stage != Ask || c.By != ByManager || !c.IsFor(ForMentor) || len(c.Next) != 2 {
			t.Errorf("%s: %+v", name, c)
		}
		if c.WhatIAsk != "Something." || c.WhoToAsk != "Somebody." || c.Expect != "An answer." || c.When != "Soon." {
			t.Errorf("%s: the sections are %q, %q, %q, %q", name, c.WhatIAsk, c.WhoToAsk, c.Expect, c.When)
		}
		if got := c.Title(); got != "What can I do to help you?" {
			t.Errorf("%s: the title is %s", name, got)
		}
	}
}

func TestABadCardIsRefusedWithLineAndWayOut(t *testing.T) {
	for name, one := range map[string]struct {
		text string
		line int
		want string
	}{
		"no front matter":       {"# Hello", 1, "begins with front matter"},
		"no end":                {"---\nid: a\n", 1, "put a line --- after the fields"},
		"not UTF-8":             {"---\nid: \xff\n---\n", 1, "not in UTF-8"},
		"unknown field":         {card("colour: red"), 7, "the fields are id, stage"},
		"unknown narrowing":     {card("narrowed: {month: What now?}"), 6, "the fields are id, stage"},
		"twice the same field":  {strings.Replace(card(), "stage: ask\n", "stage: ask\nstage: plan\n", 1), 4, "cannot be read"},
		"list where a text is":  {card("stage: [ask]"), 3, "another shape"},
		"text where a list is":  {card("for: manager"), 4, "another shape"},
		"slot at the beginning": {card("question: {helper:they} what?"), 5, ""},
		"broken YAML":           {card("question: \"What"), 6, "quote or colon here and in the line before"},
		"bad id":                {card("id: Who Else"), 2, "small letters"},
		"empty id":              {card("id:"), 2, "small letters"},
		"unknown stage":         {card("stage: pln"), 3, "write reflect, plan, ask, agree, follow through or prove"},
		"unknown audience":      {card("for: [king]"), 4, "write self, manager, colleague, mentor or organisation"},
		"no audience":           {card("for: []"), 4, "say whom to ask"},
		"self and others":       {card("for: [self, manager]"), 4, "make two cards"},
		"unknown asker":         {card("by: king"), 7, "anyone or manager"},
		"unknown helper":        {card("helper: king"), 7, "write asked"},
		"unknown scope":         {card("scopes: [life]"), 7, "progress, goal, task or skill"},
		"next to itself":        {card("next: [a-card]"), 7, "to itself"},
		"next twice":            {card("next: [b, b]"), 7, "once is enough"},
		"unknown slot":          {card("question: What can {friend:they} do for {beneficiary:them} and {helper:them}?"), 5, `no slot "friend": use helper`},
		"slot without a word":   {card("question: What can {helper} do for {beneficiary:them}?"), 5, `{helper:they}, another pronoun`},
		"scope with a word":     {card("question: What can {helper:they} do for {beneficiary:them} in {scope:goal}?"), 5, "without a word"},
		"verb in the singular":  {card("question: What {helper:does} {helper:they} want for {beneficiary:them}?"), 5, `write "do"`},
		"verb with an s":        {card("question: What {helper:they} {helper:sees} in {beneficiary:them}?"), 5, `write "see"`},
		"verb in the past":      {card("question: What {helper:they} {helper:wanted} from {beneficiary:them}?"), 5, "without braces"},
		"modal in a slot":       {card("question: What {helper:can} {helper:they} do for {beneficiary:them}?"), 5, "without braces"},
		"verb without subject":  {card("question: What {helper:see} in {helper:them} and {beneficiary:them}?"), 5, "has no subject"},
		"word in capitals":      {card("question: What can {helper:They} do for {beneficiary:them}?"), 5, "small letters"},
		"brace left open":       {card("question: What can {helper:they do for {beneficiary:them}?"), 5, "has no partner"},
		"brace left over":       {card("question: What can helper} do for {beneficiary:them}?"), 5, "has no partner"},
		"no question mark":      {card("question: Help {beneficiary:them}, {helper:they}."), 5, "question mark"},
		"no capital":            {card("question: what can {helper:they} do for {beneficiary:them}?"), 5, "capital"},
		"two spaces":            {card(`question: "What can  {helper:they} do for {beneficiary:them}?"`), 5, "single spaces"},
		"empty question":        {card("question:"), 5, "write the question"},
		"nothing to exchange":   {card("question: What now?"), 7, "shifted is missing"},
		"nothing narrowed":      {card("narrowed: {}"), 6, "narrowed is missing"},
		"you, to myself":        {card("for: [self]", "question: What can {helper:they} do for {beneficiary:them}, and you?"), 5, `says "I"`},
		"missing section":       {strings.Replace(card(), "## When to ask\n\nSoon.\n", "", 1), 7, `## When to ask`},
		"unknown section":       {card() + "## Colour\n", 24, `no section "Colour"`},
		"section twice":         {card() + "## Who to ask\n", 24, "second time"},
		"text in no section":    {strings.Replace(card(), "---\n\n##", "---\n\nHello.\n\n##", 1), 9, "stands in no section"},
		"a reference":           {card("next: &a [*a]"), 1, "plain fields and lists"},
		"nested in itself":      {card("next: " + strings.Repeat("[", 9000/2) + strings.Repeat("]", 9000/2)), 1, "plain fields and lists"},
		"front matter a book":   {card("tip: " + strings.Repeat("x", 17<<10)), 1, "plain fields and lists"},
		"larger than a card":    {card() + strings.Repeat("x", cardfile.Most), 0, "64 KB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := Parse("a.md", []byte(one.text))
			for _, f := range faults {
				if f.Line == one.line && strings.Contains(f.Reason, one.want) {
					return
				}
			}
			t.Errorf("want line %d: ... %s ..., got %v", one.line, one.want, faults)
		})
	}
}

func TestAllFaultsOfACardAreToldAtOnce(t *testing.T) {
	_, faults := Parse("a.md", []byte(card("id: A B", "stage: x", "next: [a, a]")))
	if len(faults) != 3 {
		t.Errorf("%d faults, want 3: %v", len(faults), faults)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(card())
	f.Add("---\nid: a\nquestion: \"{\"\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, faults := Parse("a.md", []byte(text))
		if len(faults) == 0 && unlikeAnyCard(c) {
			t.Errorf("%q passes as a card", text)
		}
	})
}

func unlikeAnyCard(c Card) bool {
	said := c.Title()
	return said == "" || !strings.HasSuffix(said, "?") || strings.Contains(c.Shifted(Filling{}), "{helper")
}

func TestTheExampleInTheDocumentationIsACard(t *testing.T) {
	text, err := os.ReadFile("../../docs/question-cards.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(text), "```markdown\n")
	example, _, found := strings.Cut(example, "```")
	if !found {
		t.Fatal("the page has no example")
	}
	front, _, _ := strings.Cut(example, "\n---\n\n")
	if _, faults := Parse("example.md", []byte(front+"\n---\n"+sections)); len(faults) > 0 {
		t.Error(faults)
	}
}
