package story

import (
	"strings"
)

// Block is a part of a story's text.
type Block struct {
	Kind BlockKind
	Text string
	List []string // of a list
}

// BlockKind is what a block is.
type BlockKind string

// The kinds of blocks.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Items     BlockKind = "items"
	Quote     BlockKind = "quote"
)

// Read reads the few marks that a story knows, each at the beginning of a line: # for a heading, -
// for an item, > for a quotation. An empty line ends a paragraph. Everything else is text as it
// stands: an asterisk is an asterisk.
func Read(words string) []Block {
	var all []Block
	open := false // the last block goes on with the next line
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(line)
		kind, text := kindOf(line)
		if text == "" {
			open = false
			continue
		}
		last := len(all) - 1
		switch {
		case kind == Heading:
			all, open = append(all, Block{Kind: Heading, Text: text}), false
		case kind == Items && open && all[last].Kind == Items:
			all[last].List = append(all[last].List, text)
		case kind == Items:
			all, open = append(all, Block{Kind: Items, List: []string{text}}), true
		case open && kind == Paragraph && all[last].Kind == Items:
			item := &all[last].List[len(all[last].List)-1]
			*item += " " + text
		case open && all[last].Kind == kind:
			all[last].Text += "\n" + text
		default:
			all, open = append(all, Block{Kind: kind, Text: text}), true
		}
	}
	return all
}

func kindOf(line string) (BlockKind, string) {
	for _, mark := range []struct {
		begins string
		kind   BlockKind
	}{{"### ", Heading}, {"## ", Heading}, {"# ", Heading}, {"- ", Items}, {"* ", Items}, {"• ", Items}, {"> ", Quote}} {
		if text, ok := strings.CutPrefix(line, mark.begins); ok {
			return mark.kind, strings.TrimSpace(text)
		}
	}
	return Paragraph, line
}

// Markdown is the story for programs that read Markdown: what stands in it as text is text there
// too.
func (s Story) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + literal(s.Title) + "\n")
	for _, block := range Read(s.Words) {
		b.WriteString("\n")
		switch block.Kind {
		case Heading:
			b.WriteString("## " + literal(block.Text) + "\n")
		case Items:
			for _, item := range block.List {
				b.WriteString("- " + literal(item) + "\n")
			}
		case Quote:
			b.WriteString("> " + strings.ReplaceAll(literal(block.Text), "\n", "\n> ") + "\n")
		default:
			b.WriteString(literal(block.Text) + "\n")
		}
	}
	return b.String()
}

// literal escapes what Markdown would take for a mark of its own.
func literal(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = marks.Replace(line)
		if digits := strings.TrimLeft(line, "0123456789"); digits != line && (strings.HasPrefix(digits, ".") || strings.HasPrefix(digits, ")")) {
			line = line[:len(line)-len(digits)] + `\` + digits
		}
		if strings.HasPrefix(line, "-") || strings.HasPrefix(line, "+") || strings.HasPrefix(line, "=") || strings.HasPrefix(line, "#") || strings.HasPrefix(line, ">") {
			line = `\` + line
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "&", `\&`, "~", `\~`, "|", `\|`)
