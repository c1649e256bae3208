package mail

import (
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

var letter = Letter{
	Hello: "Hello Ines,",
	Parts: []Part{
		Say("Three things wait for you, and this sentence is so long that no program that shows plain text would show it whole in one line."),
		List(Row{"2 asks to answer", "https://own.example/asks"}, Row{"1 promise is due <b>", "https://own.example/promises"}),
		Lead("Open Ownward", "https://own.example/?a=1&b=2"),
		Show("ABCD EFGH"),
	},
	Why: "You get this once a week.",
	Off: "https://own.example/mails/x.y",
}

func TestALetterReadsWellAsTextAndAsHTML(t *testing.T) {
	m := hello
	if err := letter.Fill(&m); err != nil {
		t.Fatal(err)
	}
	want := `Hello Ines,

Three things wait for you, and this sentence is so long that no program that
shows plain text would show it whole in one line.

- 2 asks to answer
  https://own.example/asks
- 1 promise is due <b>
  https://own.example/promises

https://own.example/?a=1&b=2

    ABCD EFGH

` + "-- " + `
You get this once a week.
Turn off mails of this kind:
https://own.example/mails/x.y
`
	if m.Text != want {
		t.Errorf("as text:\n%s\nwant\n%s", m.Text, want)
	}
	root, err := html.Parse(strings.NewReader(m.HTML))
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for _, a := range cascadia.QueryAll(root, cascadia.MustCompile("a")) {
		for _, attribute := range a.Attr {
			if attribute.Key == "href" {
				links = append(links, attribute.Val)
			}
		}
	}
	if got := strings.Join(links, " "); got != "https://own.example/asks https://own.example/promises https://own.example/?a=1&b=2 https://own.example/mails/x.y" {
		t.Errorf("the links of the HTML are %s", got)
	}
	for _, banned := range []string{"<img", "<script", "url(", "<link", "<b>"} {
		if strings.Contains(m.HTML, banned) {
			t.Errorf("the HTML holds %s", banned)
		}
	}
}

func TestAMailSaysHowItIsTurnedOff(t *testing.T) {
	server := listen(t)
	m := hello
	if err := letter.Fill(&m); err != nil {
		t.Fatal(err)
	}
	send(t, server, m)
	header := parse(t, server.only(t).data).header
	if header.Get("List-Unsubscribe") != "<https://own.example/mails/x.y>" || header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Errorf("headers %v", header)
	}
	m.Off = "https://own.example/>\r\nBcc: eve@example.net"
	if err := server.sender(t).Send(t.Context(), m); err == nil {
		t.Error("an address with a line break was sent")
	}
}
