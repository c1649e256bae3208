package peoplefile

import (
	"encoding/json"
	"strings"
)

// memory is what the last file said about a person, and what came of the manager it named.
type memory struct {
	has    fields
	values Values
	ref    string // the manager as the file wrote them
	wanted string // the key of the person this meant, before circles were opened
	given  string // the key of the manager that the person got
}

const (
	wantedKey = "manager-wanted"
	givenKey  = "manager-given"
)

func parseMemory(text string) (m memory) {
	if text == "" {
		return m
	}
	var stored map[string]string
	if json.Unmarshal([]byte(text), &stored) != nil {
		return memory{}
	}
	for f := range kept {
		if v, ok := stored[fieldKeys[f]]; ok {
			m.values[f] = v
			m.has.add(f)
		}
	}
	if ref, ok := stored[fieldKeys[Manager]]; ok {
		m.has.add(Manager)
		m.ref, m.wanted, m.given = ref, stored[wantedKey], stored[givenKey]
	}
	return m
}

func (m *memory) forgetManager() {
	m.has.drop(Manager)
	m.ref, m.wanted, m.given = "", "", ""
}

func (m memory) String() string {
	if m.has == 0 {
		return ""
	}
	var b strings.Builder
	put := func(key, value string) {
		if b.Len() == 0 {
			b.WriteByte('{')
		} else {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		b.WriteString(key)
		b.WriteString(`":`)
		text, _ := json.Marshal(value) // a string always has a JSON form
		b.Write(text)
	}
	for f := range kept {
		if m.has.has(f) {
			put(fieldKeys[f], m.values[f])
		}
	}
	if m.has.has(Manager) {
		put(fieldKeys[Manager], m.ref)
		if m.wanted != "" {
			put(wantedKey, m.wanted)
		}
		if m.given != "" {
			put(givenKey, m.given)
		}
	}
	b.WriteByte('}')
	return b.String()
}

// remember is the memory of p after this import. Of somebody who is not here only the status is
// taken down, so that the rest counts as news when they come back.
func (c *comparison) remember(p *Person) string {
	m := p.last
	if !p.here() {
		m = parseMemory(p.Known.Memory)
		if p.Known.Values[Status] != Inactive {
			m.forgetManager()
			m.has.add(Status)
			m.values[Status] = Inactive
		}
	}
	if p.Row != nil {
		for f := range kept {
			if p.said.has(f) && (p.here() || f == Status) {
				m.has.add(f)
				m.values[f] = p.Row.Values[f]
			}
		}
	}
	return m.String()
}
