package demo

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/goccy/go-yaml"
)

// The example organisation as it is written down: who is in it, and the story of each person.
//
//go:embed people.yaml stories/*.yaml expectations skills
var files embed.FS

// prose is a text whose lines were broken to fit the file: a paragraph is one line again, and a
// line of a list stays one.
type prose string

// UnmarshalText joins the lines of each paragraph.
func (p *prose) UnmarshalText(raw []byte) error {
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		switch line = strings.TrimSpace(line); {
		case line == "":
			b.WriteString("\n\n")
			continue
		case b.Len() == 0 || strings.HasSuffix(b.String(), "\n"):
		case strings.HasPrefix(line, "- "):
			b.WriteString("\n")
		default:
			b.WriteString(" ")
		}
		b.WriteString(line)
	}
	*p = prose(b.String())
	return nil
}

// load reads the people and the stories.
func load() (company, []story, error) {
	var c company
	if err := decode("people.yaml", &c, nil); err != nil {
		return c, nil, err
	}
	for i, d := range c.Departments {
		for j := range d.People {
			p := &c.Departments[i].People[j]
			p.department, p.under = d.Name, d.People[0].Key
			if j == 0 {
				p.under = d.Under
			}
		}
	}
	names, err := files.ReadDir("stories")
	if err != nil {
		return c, nil, err
	}
	var stories []story
	for _, name := range names {
		var one story
		if err := decode(path.Join("stories", name.Name()), &one, func() {
			stories = append(stories, one)
			one = story{}
		}); err != nil {
			return c, nil, err
		}
	}
	return c, stories, nil
}

// decode reads each document of a file into the same place, and calls each after it.
func decode(name string, into any, each func()) error {
	file, err := files.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	for d := yaml.NewDecoder(file, yaml.Strict()); ; {
		err := d.Decode(into)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if each == nil {
			return nil
		}
		each()
	}
}
