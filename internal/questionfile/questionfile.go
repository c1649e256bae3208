// Package questionfile reads the lists of questions that people keep elsewhere: JSON, CSV, Markdown
// or one a line. It knows no store; what becomes of a question is for whoever reads.
package questionfile

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/csvfile"
)

// Question is one question of a list, in the words of its file.
type Question struct {
	Line     int // where it stands, from 1
	Question string
	Stage    string // such as "ask"; "" where the list does not say
	For      string // whom it is asked of; ""
	By       string // "manager" for those that managers ask; ""
	About    string // what the list says of it besides
}

// Problem is a line that was set aside, and why.
type Problem struct {
	Line   int
	Words  string
	Reason string
}

// List is what was found in a file.
type List struct {
	Form      string // "JSON", "CSV", "a list"
	Questions []Question
	Problems  []Problem
}

// The most that is read: a list of questions is a few pages.
const (
	MostBytes     = 1 << 20
	MostQuestions = 500
	mostLetters   = 400
)

// Read finds the questions of a file. The error, in words for people, says why nothing of it can
// be read.
func Read(raw []byte) (List, error) {
	if len(raw) > MostBytes {
		return List{}, fmt.Errorf("the file is larger than %d MB: a list of questions is a few pages", MostBytes>>20)
	}
	text, _, err := csvfile.Decode(raw)
	if err != nil {
		return List{}, errors.New("this is " + err.Error() + ": send the questions as text, CSV or JSON")
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd"))
	r := &reader{seen: map[string]int{}}
	begin := strings.TrimSpace(text)
	switch {
	case begin == "":
		return List{}, errors.New("there is nothing in it")
	case begin[0] == '[' || begin[0] == '{':
		err = r.json(text)
	case r.isTable(text):
		r.table(text)
	default:
		r.list(text)
	}
	return r.found, err
}

// reader gathers what is found.
type reader struct {
	found     List
	seen      map[string]int // the line of each question
	delimiter byte
}

func (r *reader) setAside(line int, words, reason string, args ...any) {
	if runes := []rune(words); len(runes) > 80 {
		words = string(runes[:79]) + "…"
	}
	r.found.Problems = append(r.found.Problems, Problem{line, words, fmt.Sprintf(reason, args...)})
}

var (
	markup   = strings.NewReplacer("**", "", "__", "", "`", "")
	asking   = regexp.MustCompile(`(?i)^(what|which|who|whom|whose|when|where|why|how|if|is|are|am|do|does|did|can|could|would|will|should|may|have|has|had|was|were|tell me)\b`)
	inBraces = regexp.MustCompile(`[{}]`)
)

// add takes a question, or sets it aside with the reason.
func (r *reader) add(q Question) {
	q.Question = strings.Join(strings.Fields(markup.Replace(csvfile.Tidy(q.Question))), " ")
	if strings.TrimRight(q.Question, ".") != q.Question && asking.MatchString(q.Question) {
		q.Question = strings.TrimRight(q.Question, ".") + "?"
	} else if last, _ := utf8.DecodeLastRuneInString(q.Question); asking.MatchString(q.Question) && (unicode.IsLetter(last) || unicode.IsDigit(last)) {
		q.Question += "?"
	}
	key := strings.ToLower(q.Question)
	switch n := utf8.RuneCountInString(q.Question); {
	case n == 0:
		r.setAside(q.Line, "", "there is no question here")
	case n > mostLetters:
		r.setAside(q.Line, q.Question, "it is %d letters long: a question that can be asked has at most %d", n, mostLetters)
	case !strings.HasSuffix(q.Question, "?"):
		r.setAside(q.Line, q.Question, "it does not end with a question mark")
	case inBraces.MatchString(q.Question) && !strings.Contains(q.Question, "{helper") && !strings.Contains(q.Question, "{beneficiary") && !strings.Contains(q.Question, "{scope"):
		r.setAside(q.Line, q.Question, "a brace stands for a slot: leave it out, or write a slot such as {scope}")
	case r.seen[key] > 0:
		r.setAside(q.Line, q.Question, "it stands in line %d already", r.seen[key])
	case len(r.found.Questions) == MostQuestions:
		r.setAside(q.Line, q.Question, "a list holds at most %d questions: bring the rest in another one", MostQuestions)
	default:
		r.seen[key] = q.Line
		first, size := utf8.DecodeRuneInString(q.Question)
		q.Question = string(unicode.ToUpper(first)) + q.Question[size:]
		r.found.Questions = append(r.found.Questions, q)
	}
}

var (
	heading = regexp.MustCompile(`^ {0,3}#{1,6}\s+(.*?)\s*#*$`)
	bullet  = regexp.MustCompile(`^\s*(?:[-*+•‣–]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$`)
)

// list reads a list, one question a line; a heading says the stage or whom they are asked of.
func (r *reader) list(text string) {
	r.found.Form = "a list"
	under := ""
	for n, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if m := heading.FindStringSubmatch(line); m != nil {
			under = m[1]
			continue
		}
		isItem := false
		if m := bullet.FindStringSubmatch(line); m != nil {
			trimmed, isItem = m[1], true
		}
		switch {
		case trimmed == "" || strings.Trim(trimmed, "-=*_ ") == "":
		case !isItem && strings.HasSuffix(trimmed, ":"):
			under = strings.TrimSuffix(trimmed, ":")
		default:
			r.add(Question{Line: n + 1, Question: trimmed, Stage: under, For: under})
		}
	}
}
