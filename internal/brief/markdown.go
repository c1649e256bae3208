package brief

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
)

// Markdown is the brief as a text to keep or to print from elsewhere.
func (b Brief) Markdown() string {
	var out strings.Builder
	line := func(parts ...string) { out.WriteString(strings.Join(parts, "") + "\n") }
	c := b.Conversation
	at := c.At.In(b.Zone)
	line("# ", plain(c.Kind.Title()+" with "+b.Other.Name))
	line()
	line(at.Format("Monday 2 January 2006, 15:04"), " to ", c.EndsAt().In(b.Zone).Format("15:04"), " (", b.Zone.String(), "). ", c.Kind.About())
	line()
	line("Made for ", plain(b.Me.Name), " alone.")
	if b.LastOutcome != "" {
		section(&out, "What came of it last time, on "+b.lastDay(), []string{"> " + plain(b.LastOutcome)})
	}
	section(&out, "What changed since", listed(b.Changed, changedLine))
	section(&out, "What you promised", listed(b.Mine, promiseLine))
	section(&out, "What "+plain(b.Other.Name)+" promised", listed(b.Theirs, promiseLine))
	section(&out, "What waits for an answer, and what is owed", listed(b.Asks, factLine))
	section(&out, "What "+plain(b.Other.Name)+" brings", listed(whole(b.Brings(false)), itemLine))
	section(&out, "What you bring", listed(Part[conversation.Item]{Lines: b.Brings(true), More: b.Agenda.More}, itemLine))
	section(&out, "On your own list (only you)", listed(b.Own, itemLine))
	section(&out, "What you could bring up (only you)", listed(b.Private, factLine))
	return out.String()
}

func (b Brief) lastDay() string { return dayOf(civil.In(b.Last.At, b.Zone), civil.In(b.Made, b.Zone)) }

func section(out *strings.Builder, title string, entries []string) {
	if len(entries) == 0 {
		return
	}
	out.WriteString("\n## " + title + "\n\n")
	for _, entry := range entries {
		out.WriteString(entry + "\n")
	}
}

func listed[T any](p Part[T], line func(T) string) []string {
	var entries []string
	for _, each := range p.Lines {
		entries = append(entries, "- "+line(each))
	}
	if p.More > 0 {
		entries = append(entries, "- and "+strconv.Itoa(p.More)+" more")
	}
	return entries
}

func changedLine(s Suggestion) string { return plain(s.Line()) }

func promiseLine(s Suggestion) string { return plain(s.Words) + ", " + s.By + ". " + plain(s.Reason) }

func factLine(s Suggestion) string { return plain(s.Line()) + ". " + plain(s.Reason) }

func itemLine(i conversation.Item) string {
	box := "[ ] "
	if i.Ticked() {
		box = "[x] "
	}
	return box + plain(i.Words)
}

// plain keeps what people wrote from being taken for Markdown.
func plain(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "[", `\[`, "]", `\]`, "#", `\#`, "|", `\|`).Replace(text)
}
