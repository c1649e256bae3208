package mail

import (
	"html/template"
	"strings"
	"sync"
	"unicode/utf8"
)

// Letter is what a mail says, in parts that read well as plain text and as HTML alike. There are no
// images in it, and nothing that tells whether it was opened.
type Letter struct {
	Hello string
	Parts []Part
	Why   string // at the end, small: why they get it
	Off   string // the address that turns off mails of this kind; empty for codes
}

// Part is one of what stands in a letter.
type Part struct {
	Words string // a paragraph
	Code  string // to be typed
	Link  string // to be followed
	Label string // what stands on it in HTML
	Rows  []Row
}

// Row is a line of a list that leads somewhere.
type Row struct{ Words, Link string }

// Say is a paragraph.
func Say(words string) Part { return Part{Words: strings.Join(strings.Fields(words), " ")} }

// Show is a code to be typed.
func Show(code string) Part { return Part{Code: code} }

// Lead is a link that stands by itself; in HTML under its label.
func Lead(label, link string) Part { return Part{Label: label, Link: link} }

// List is a list of rows.
func List(rows ...Row) Part { return Part{Rows: rows} }

const turnOff = "Turn off mails of this kind"

// Fill writes the letter into the message, as text and as HTML.
func (l Letter) Fill(m *Message) error {
	m.Text, m.Off = l.text(), l.Off
	var b strings.Builder
	err := frame().Execute(&b, framed{l, m.Subject, turnOff})
	m.HTML = b.String()
	return err
}

func (l Letter) text() string {
	var b strings.Builder
	if l.Hello != "" {
		b.WriteString(l.Hello + "\n\n")
	}
	for _, p := range l.Parts {
		switch {
		case p.Code != "":
			b.WriteString("    " + p.Code + "\n\n")
		case p.Link != "":
			b.WriteString(p.Link + "\n\n")
		case len(p.Rows) > 0:
			for _, row := range p.Rows {
				b.WriteString("- " + strings.ReplaceAll(wrapped(row.Words), "\n", "\n  ") + "\n")
				if row.Link != "" {
					b.WriteString("  " + row.Link + "\n")
				}
			}
			b.WriteString("\n")
		default:
			b.WriteString(wrapped(p.Words) + "\n\n")
		}
	}
	if l.Why == "" && l.Off == "" {
		return strings.TrimRight(b.String(), "\n") + "\n"
	}
	b.WriteString("-- \n") // by this line programs know where a letter ends
	if l.Why != "" {
		b.WriteString(wrapped(l.Why) + "\n")
	}
	if l.Off != "" {
		b.WriteString(turnOff + ":\n" + l.Off + "\n")
	}
	return b.String()
}

// wrapped breaks words into lines that every program shows whole.
func wrapped(words string) string {
	const widest = 76
	var lines []string
	line := ""
	for _, word := range strings.Fields(words) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > widest {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}

type framed struct {
	Letter
	Subject, TurnOff string
}

// frame is the HTML around every letter. Programs that read mail know little of CSS: what matters
// stands at each element, and a table holds the width.
var frame = sync.OnceValue(func() *template.Template { return template.Must(template.New("letter").Parse(frameText)) })

const frameText = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{.Subject}}</title>
<style>
:root { color-scheme: light dark; }
a { text-underline-offset: .15em; }
@media (prefers-color-scheme: dark) {
  .paper { background-color: #14171a !important; }
  .sheet { background-color: #1b1f23 !important; border-color: #2f353b !important; }
  .ink { color: #e9e6e0 !important; }
  .soft, .soft a { color: #a4abb2 !important; }
  .tide { color: #64c8be !important; }
  .button { background-color: #64c8be !important; color: #14171a !important; }
  .code { background-color: #172a2a !important; color: #e9e6e0 !important; }
  .line { border-color: #2f353b !important; }
}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background-color:#fbfaf6">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background-color:#fbfaf6"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td class="tide" style="padding:0 4px 12px;font:600 15px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#0c6764">Ownward</td></tr>
<tr><td class="sheet ink" style="padding:28px 28px 16px;background-color:#ffffff;border:1px solid #e2ded3;border-radius:8px;font:16px/1.55 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c2228;overflow-wrap:anywhere">
{{with .Hello}}<p style="margin:0 0 16px">{{.}}</p>
{{end}}{{range .Parts}}{{if .Code}}<p class="code" style="margin:0 0 16px;padding:14px 18px;background-color:#e6f1ee;border-radius:6px;font:600 22px/1.3 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.08em">{{.Code}}</p>
{{else if .Link}}<p style="margin:8px 0 24px"><a class="button" href="{{.Link}}" style="display:inline-block;padding:11px 20px;background-color:#0c6764;color:#ffffff;border-radius:6px;font-weight:600;text-decoration:none">{{.Label}}</a></p>
{{else if .Rows}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px;border-collapse:collapse">
{{range .Rows}}<tr><td class="line" style="padding:10px 0;border-top:1px solid #e2ded3">{{if .Link}}<a class="tide" href="{{.Link}}" style="color:#0c6764">{{.Words}}</a>{{else}}{{.Words}}{{end}}</td></tr>
{{end}}</table>
{{else}}<p style="margin:0 0 16px">{{.Words}}</p>
{{end}}{{end}}</td></tr>
{{if or .Why .Off}}<tr><td class="soft" style="padding:14px 4px 0;font:13px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#59616a">{{.Why}}{{if .Off}} <a href="{{.Off}}" style="color:#59616a">{{.TurnOff}}</a>{{end}}</td></tr>
{{end}}</table>
</td></tr></table>
</body>
</html>
`
