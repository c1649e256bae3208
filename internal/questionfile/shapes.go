package questionfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/csvfile"
)

// names are what files call the fields of a question.
var names = map[string][]string{
	"question": {"question", "questions", "text", "prompt", "title", "wording", "q"},
	"stage":    {"stage", "phase", "category", "topic", "section", "theme", "when"},
	"for":      {"for", "whom", "who", "audience", "ask", "asked of", "to", "target"},
	"by":       {"by", "asker", "asked by"},
	"about":    {"about", "note", "notes", "description", "explanation", "why", "what i'm asking", "hint"},
}

func fieldOf(name string) string {
	name = strings.ToLower(strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(csvfile.Tidy(name))))
	for field, known := range names {
		for _, each := range known {
			if each == name {
				return field
			}
		}
	}
	return ""
}

func (q *Question) set(field, value string) {
	switch field {
	case "question":
		q.Question = value
	case "stage":
		q.Stage = value
	case "for":
		q.For = value
	case "by":
		q.By = value
	case "about":
		q.About = value
	}
}

// isTable tells whether the first line names the columns of a CSV, one of them the question.
func (r *reader) isTable(text string) bool {
	for _, delimiter := range []byte{',', ';', '\t', '|'} {
		head, ok := csvfile.NewRecords(text, delimiter).Next()
		if !ok {
			return false
		}
		known, question := 0, false
		for _, cell := range head.Cells {
			field := fieldOf(cell)
			question = question || field == "question"
			if field != "" {
				known++
			}
		}
		if question && (known > 1 || len(head.Cells) > 1 || strings.EqualFold(strings.TrimSpace(head.Cells[0]), "question")) {
			r.delimiter = delimiter
			return true
		}
	}
	return false
}

// table reads a CSV with a line that names its columns.
func (r *reader) table(text string) {
	r.found.Form = "CSV"
	records := csvfile.NewRecords(text, r.delimiter)
	head, _ := records.Next()
	for {
		line, ok := records.Next()
		if !ok {
			return
		}
		q := Question{Line: line.Line}
		for i, cell := range line.Cells {
			if i < len(head.Cells) {
				q.set(fieldOf(head.Cells[i]), strings.TrimSpace(cell))
			}
		}
		if strings.TrimSpace(strings.Join(line.Cells, "")) != "" {
			r.add(q)
		}
	}
}

// json reads an array of texts or of objects, also within an object.
func (r *reader) json(text string) error {
	r.found.Form = "JSON"
	decoder := json.NewDecoder(strings.NewReader(text))
	for depth := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			return notJSON(text, decoder.InputOffset(), err)
		}
		if token == json.Delim('[') {
			break
		}
		if depth++; depth > 20 {
			return errors.New("no list of questions was found in this JSON: write [\"What ...?\", ...] or [{\"question\": \"What ...?\"}, ...]")
		}
	}
	for decoder.More() {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return notJSON(text, decoder.InputOffset(), err)
		}
		line := 1 + strings.Count(text[:decoder.InputOffset()-int64(len(raw))], "\n")
		r.jsonEntry(line, raw)
	}
	if _, err := decoder.Token(); err != nil {
		return notJSON(text, decoder.InputOffset(), err)
	}
	return nil
}

func notJSON(text string, at int64, err error) error {
	line := 1 + strings.Count(text[:min(int(at), len(text))], "\n")
	return fmt.Errorf("line %d: this is no JSON that can be read, look for a missing comma or quotation mark: %w", line, err)
}

func (r *reader) jsonEntry(line int, raw json.RawMessage) {
	q := Question{Line: line}
	var said string
	var fields map[string]any
	switch {
	case json.Unmarshal(raw, &said) == nil:
		q.Question = said
	case json.Unmarshal(raw, &fields) == nil && fields != nil:
		for name, value := range fields {
			q.set(fieldOf(name), asText(value))
		}
	default:
		r.setAside(line, string(bytes.TrimSpace(raw)), "this is neither a text nor an object with a question")
		return
	}
	r.add(q)
}

// asText is a value of JSON in a line: a list with commas.
func asText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		var all []string
		for _, each := range v {
			all = append(all, asText(each))
		}
		return strings.Join(all, ", ")
	}
	return ""
}
