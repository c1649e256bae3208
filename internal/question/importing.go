package question

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/questionfile"
)

// Imported is what a list of questions becomes.
type Imported struct {
	Cards  []Kept // each with its place in the file
	Lines  []int
	Form   string
	Aside  []questionfile.Problem
	Answer string // why nothing of it can be read; "" where it can
}

// CompareList says what bringing in a list of questions would do. A file that is one card becomes
// that card; of any other list each question becomes a card with no more than it says.
func CompareList(tx *db.Tx, me org.Actor, lib *Library, raw []byte, ours bool) (Imported, error) {
	if err := mayKeep(me, ours); err != nil {
		return Imported{}, err
	}
	kept, err := KeptCards(tx, me)
	if err != nil {
		return Imported{}, err
	}
	if text := tidyCard(string(raw)); strings.HasPrefix(strings.TrimPrefix(text, "\ufeff"), "---\n") {
		return asOneCard(tx, me, lib, text, ours)
	}
	list, err := questionfile.Read(raw)
	if err != nil {
		return Imported{Answer: err.Error()}, nil
	}
	in := Imported{Form: list.Form, Aside: list.Problems}
	taken := takenBy(lib, kept)
	room := mostOwnCards
	if ours {
		room = mostOurCards
	}
	for _, k := range kept {
		if k.Ours == ours {
			room--
		}
	}
	for _, q := range list.Questions {
		k, reason := q2card(tx, q, taken, ours)
		if reason == "" && len(in.Cards) >= room {
			reason = "there is no room for another card: remove some that nobody asks any more"
		}
		if reason != "" {
			in.Aside = append(in.Aside, questionfile.Problem{Line: q.Line, Words: q.Question, Reason: reason})
			continue
		}
		taken.names[k.Name], taken.titles[strings.ToLower(k.Title)] = true, true
		in.Cards, in.Lines = append(in.Cards, k), append(in.Lines, q.Line)
	}
	slices.SortStableFunc(in.Aside, func(a, b questionfile.Problem) int { return a.Line - b.Line })
	return in, nil
}

// asOneCard reads a file that is a card.
func asOneCard(tx *db.Tx, me org.Actor, lib *Library, text string, ours bool) (Imported, error) {
	in := Imported{Form: "a card"}
	k := Kept{ID: tx.NewID(), Ours: ours, Text: text, Revision: 1, CreatedAt: tx.Now()}
	c, faults, err := Check(tx, me, lib, text, "", ours)
	for _, f := range faults {
		in.Aside = append(in.Aside, questionfile.Problem{Line: f.Line, Reason: f.Reason})
	}
	if err == nil && len(faults) == 0 {
		k.Name, k.Title, k.Stage, k.For, k.By = c.ID, c.Title(), c.Stage, c.For, c.By
		in.Cards, in.Lines = []Kept{k}, []int{1}
	}
	return in, err
}

// taken are the names and the questions that are here.
type taken struct{ names, titles map[string]bool }

func takenBy(lib *Library, kept []Kept) taken {
	t := taken{map[string]bool{}, map[string]bool{}}
	for _, c := range lib.shelf().cards {
		t.names[c.ID], t.titles[strings.ToLower(c.Title())] = true, true
	}
	for _, k := range kept {
		t.names[k.Name], t.titles[strings.ToLower(k.Title)] = true, true
	}
	return t
}

// q2card makes a card of a question, or says why it cannot be one.
func q2card(tx *db.Tx, q questionfile.Question, here taken, ours bool) (Kept, string) {
	text := CardText(nameOf(q.Question, here.names), q)
	c, faults := ParseOwn("", []byte(text))
	if len(faults) > 0 {
		return Kept{}, strings.TrimPrefix(faults[0].Reason, "question: ")
	}
	if here.titles[strings.ToLower(c.Title())] {
		return Kept{}, "this question is here already"
	}
	return Kept{
		ID: tx.NewID(), Ours: ours, Text: text, Name: c.ID, Title: c.Title(), Stage: c.Stage, For: c.For, By: c.By, Revision: 1, CreatedAt: tx.Now(),
	}, ""
}

// CardText writes a question of a list as the file of a card.
func CardText(name string, q questionfile.Question) string {
	var b strings.Builder
	quoted, _ := json.Marshal(q.Question)
	sentence := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(quoted))
	fmt.Fprintf(&b, "---\nid: %s\nstage: %s\nfor: [%s]\n", name, stageOf(q.Stage), strings.Join(audiencesOf(q), ", "))
	if strings.Contains(strings.ToLower(q.By), "manager") {
		b.WriteString("by: manager\n")
	}
	fmt.Fprintf(&b, "question: %s\n---\n", sentence)
	if about := strings.TrimSpace(q.About); about != "" {
		fmt.Fprintf(&b, "\n## What I'm asking\n\n%s\n", strings.ReplaceAll(about, "\n## ", "\n"))
	}
	return b.String()
}

// stageWords are what lists call the stages, besides their names.
var stageWords = map[Stage][]string{
	Reflect: {"reflect", "values", "motive", "self"}, Plan: {"plan", "goal", "vision", "direction", "career"},
	Agree: {"agree", "commit", "decision"}, FollowThrough: {"follow", "progress", "check-in", "checkin", "accountab", "barrier"},
	Prove: {"prove", "proof", "evidence", "result", "feedback"}, Ask: {"ask", "request", "help", "support"},
}

func stageOf(said string) Stage {
	said = strings.ToLower(said)
	for _, s := range []Stage{Reflect, Plan, Agree, FollowThrough, Prove, Ask} {
		for _, word := range stageWords[s] {
			if strings.Contains(said, word) {
				return s
			}
		}
	}
	return Ask
}

// audienceWords are what lists call those who are asked.
var audienceWords = map[Audience][]string{
	ForManager: {"manager", "boss", "lead", "supervisor"}, ForColleague: {"colleague", "peer", "team", "report", "employee"},
	ForMentor: {"mentor", "coach", "sponsor"}, ForOrganisation: {"organisation", "organization", "company", "hr", "people team"},
}

// audiencesOf are those that a question of a list is for: whom the list says, or else the manager;
// for managers' questions one of their people.
func audiencesOf(q questionfile.Question) []string {
	said := strings.ToLower(q.For)
	var list []string
	for _, a := range []Audience{ForManager, ForColleague, ForMentor, ForOrganisation} {
		if slices.ContainsFunc(audienceWords[a], func(word string) bool { return strings.Contains(said, word) }) {
			list = append(list, string(a))
		}
	}
	isSelf := slices.ContainsFunc(strings.FieldsFunc(said, func(r rune) bool { return r < 'a' || r > 'z' }), func(word string) bool {
		return word == "self" || word == "myself" || word == "me" || word == "yourself"
	})
	switch {
	case strings.Contains(strings.ToLower(q.By), "manager"):
		return []string{string(ForColleague)}
	case isSelf && len(list) == 0:
		return []string{string(ForSelf)}
	case len(list) == 0:
		return []string{string(ForManager)}
	}
	return list
}

// nameOf makes the id of a card of the first words of its question.
func nameOf(question string, here map[string]bool) string {
	words := strings.FieldsFunc(strings.ToLower(question), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	name := strings.Join(words[:min(len(words), 6)], "-")
	if len(name) > 50 {
		name = strings.Trim(name[:50], "-")
	}
	if name == "" {
		name = "question"
	}
	for n, first := 2, name; here[name]; n++ {
		name = fmt.Sprintf("%s-%d", first, n)
	}
	return name
}

// ImportList brings in a list of questions: what CompareList says of it.
func ImportList(tx *db.Tx, me org.Actor, lib *Library, raw []byte, ours bool) (Imported, error) {
	in, err := CompareList(tx, me, lib, raw, ours)
	if err != nil {
		return in, err
	}
	for _, k := range in.Cards {
		if err := k.insert(tx, me); err != nil {
			return in, err
		}
		if err := k.happened(tx, me, "question card kept"); err != nil {
			return in, err
		}
	}
	return in, nil
}
