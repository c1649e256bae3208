package ladderfile

import (
	"errors"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/csvfile"
)

// Read reads a file of expectations. Name is what the file is called: a framework is called so
// where the file gives it no name.
//
// The error is a *ReadError with every reason found, and then nothing of the file is to be used.
func Read(name string, raw []byte) (*File, error) {
	text, err := plain(raw)
	if err != nil {
		return nil, err
	}
	f, err := read(text)
	if err != nil {
		return nil, err
	}
	f.finish(name)
	var p problems
	f.check(&p)
	if err := p.err(); err != nil {
		return nil, err
	}
	slices.Sort(f.Unused)
	f.Unused = slices.Compact(f.Unused)
	return f, nil
}

// read chooses the shape by the structure of the text.
func read(text string) (*File, error) {
	if matter, body, ok := frontMatter(text); ok {
		return readMarkdown(matter, body)
	}
	if c, ok := csvOf(text); ok {
		return c.read()
	}
	top, err := parseYAML(text, 0)
	if err != nil {
		return nil, err
	}
	return readTree(top)
}

// readTree reads a tree of YAML in one of the shapes that we know.
func readTree(top *node) (*File, error) {
	r := &reader{}
	var f *File
	switch {
	case top.kind != mapping:
		return nil, unreadable(1, "this is none of the shapes of expectations that we know. docs/expectations.md describes ours; in YAML it begins with a line roles:")
	case top.has("competencies", "themes", "levels"):
		f = r.family(top)
	case top.has("topics"):
		f = r.topics(top)
	case top.has("roles") || top.has("role"):
		f = r.ours(top)
	default:
		return nil, unreadable(top.line, "this says neither roles (our own shape), nor levels, themes and competencies, nor topics: none of the shapes of expectations that we know. docs/expectations.md describes ours")
	}
	f.Unused = r.unused
	return f, r.p.err()
}

// plain is the file as text with one kind of line end, or the reason why it is none.
func plain(raw []byte) (string, error) {
	if len(raw) > MostFile {
		return "", unreadable(0, "the file is larger than %d MB: that is no file of expectations", MostFile>>20)
	}
	text, _, err := csvfile.Decode(raw)
	var other csvfile.OtherFormat
	if errors.As(err, &other) {
		return "", unreadable(0, "this is %s. Expectations come as YAML, as Markdown with front matter, or as CSV", string(other))
	}
	if err != nil {
		return "", err
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if strings.TrimSpace(text) == "" {
		return "", unreadable(0, "the file is empty")
	}
	for i, line := range strings.Split(text, "\n") {
		if !utf8.ValidString(line) || strings.ContainsRune(line, 0) {
			return "", unreadable(i+1, "there are letters here that are not in UTF-8: save the file in that encoding")
		}
	}
	return text, nil
}

// frontMatter parts a Markdown file: the YAML between two lines of ---, and what follows.
func frontMatter(text string) (matter, body string, ok bool) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", "", false
	}
	if strings.HasPrefix(rest, "---\n") || rest == "---" {
		return "", strings.TrimPrefix(strings.TrimPrefix(rest, "---"), "\n"), true
	}
	matter, body, ok = strings.Cut(rest+"\n", "\n---\n")
	if !ok {
		return "", "", false // YAML may begin with ---
	}
	return matter, body, true
}

// finish gives a name to what has none.
func (f *File) finish(name string) {
	base := strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), path.Ext(name))
	for i := range f.Roles {
		r := &f.Roles[i]
		if r.Name == "" {
			r.Name = capital(words(base))
		}
		if r.Key == "" {
			r.Key = key(r.Name)
		}
		for j := range r.Levels {
			if l := &r.Levels[j]; l.Key == "" {
				l.Key = key(l.Name)
			}
		}
	}
	if f.Framework == "" && len(f.Roles) == 1 {
		f.Framework = f.Roles[0].Name
	}
	if f.Framework == "" {
		f.Framework = capital(words(base))
	}
}

// key is the form of a name or an id in which two are the same.
func key(text string) string { return strings.ToLower(csvfile.Tidy(text)) }

// words makes words of a name of a file or of an id.
func words(text string) string {
	return csvfile.Tidy(strings.Map(func(r rune) rune {
		if r == '-' || r == '_' {
			return ' '
		}
		return r
	}, text))
}

func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return strings.ToUpper(string(r)) + text[size:]
}
