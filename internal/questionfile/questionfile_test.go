package questionfile

import (
	"fmt"
	"strings"
	"testing"
)

func TestListsAreReadAsPeopleKeepThem(t *testing.T) {
	for name, one := range map[string]struct{ text, want, aside string }{
		"one a line":      {"What is next?\n\nWho decides\n", "1 What is next?|3 Who decides?", ""},
		"bullets":         {"# Ask\n\n- **What** is next?\n2) who decides.\n* [ ] How so?\n", "3 What is next? (Ask/Ask)|4 Who decides? (Ask/Ask)|5 How so? (Ask/Ask)", ""},
		"no question":     {"- Think about it\n- What is next?\n", "2 What is next?", "1 it does not end with a question mark"},
		"twice":           {"What is next?\nwhat is next?\n", "1 What is next?", "2 it stands in line 1 already"},
		"a label":         {"For your manager:\nWhat is next?\n", "2 What is next? (For your manager/For your manager)", ""},
		"CSV":             {"question,stage,for\n\"What, then, is next?\",plan,mentor\n,,\n,ask,\n", "2 What, then, is next? (plan/mentor)", "4 there is no question here"},
		"semicolons":      {"Stage;Question;Notes\nask;Who decides?;about money\n", "2 Who decides? (ask/)", ""},
		"tabs":            {"Category\tPrompt\nReflect\tWhat for?\n", "2 What for? (Reflect/)", ""},
		"one column":      {"Question\nWhat for?\n", "2 What for?", ""},
		"JSON texts":      {"[\n \"What is next?\",\n 7,\n \"What is next?\"\n]", "2 What is next?", "3 this is neither a text nor an object with a question; 4 it stands in line 2 already"},
		"JSON objects":    {`{"questions": [{"text": "Who decides?", "audience": ["manager", "mentor"], "category": "ask"}]}`, "1 Who decides? (ask/manager, mentor)", ""},
		"a foreign brace": {"What is {name} doing?\n", "", "1 a brace stands for a slot: leave it out, or write a slot such as {scope}"},
		"Windows":         {"Qu\xe9 what?\r\nWhat is next?\r\n", "1 Qué what?|2 What is next?", ""},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Read([]byte(one.text))
			if err != nil {
				t.Fatal(err)
			}
			var got, aside []string
			for _, q := range l.Questions {
				said := fmt.Sprintf("%d %s", q.Line, q.Question)
				if q.Stage+q.For != "" {
					said += fmt.Sprintf(" (%s/%s)", q.Stage, q.For)
				}
				got = append(got, said)
			}
			for _, p := range l.Problems {
				aside = append(aside, fmt.Sprintf("%d %s", p.Line, p.Reason))
			}
			if strings.Join(got, "|") != one.want || strings.Join(aside, "; ") != one.aside {
				t.Errorf("got %q, aside %q", got, aside)
			}
		})
	}
}

func TestWhatIsNoListIsSaidSo(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "nothing in it",
		"[\n\"What?\"\n 3":                       "line",
		"{\"a\": {\"b\": 1}}":                    "JSON",
		"PK\x03\x04whatever":                     "send the questions as text",
		strings.Repeat("What is next?\n", 1<<17): "larger than",
	} {
		if _, err := Read([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("- What is next?\n"))
	f.Add([]byte("question,stage\nWhat?,ask\n"))
	f.Add([]byte(`[{"question": "What?"}]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := Read(raw)
		if err == nil && len(l.Questions) > MostQuestions {
			t.Error("too many questions")
		}
		for _, q := range l.Questions {
			if !strings.HasSuffix(q.Question, "?") || strings.ContainsAny(q.Question, "\n\r") || q.Line < 1 {
				t.Errorf("%+v", q)
			}
		}
	})
}
