package web

import (
	"net/http"

	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/share"
)

// briefContent is the page before a conversation, for one side.
type briefContent struct {
	brief.Brief
	Title, When, Until, About string
	LastWhen                  string
	Back, Markdown, Made      string
	Alone, Open               bool
	Told                      bool // say that the other side sees who looked
}

var briefPage = declare[briefContent]("brief.html")

// showBrief shows the page before a conversation to one of its sides.
func showBrief(c *call) (view, error) {
	b, err := brief.For(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	one := b.Conversation
	href := conversationHref(one.ID)
	main := briefContent{
		Brief: b, Title: conversationTitle(one, c.me), When: c.moment(one.At), Until: clock(one.EndsAt().In(c.me.Zone)), About: one.Kind.About(),
		Back: href, Markdown: href + "/brief.md", Made: day(civil.In(b.Made, c.me.Zone), civil.In(b.Made, c.me.Zone)), Alone: one.Alone(), Open: one.Open() && !c.me.Left,
	}
	main.Told = c.lookedAtShown(b.Changed.Lines)
	if b.Last.ID != "" {
		main.LastWhen = day(civil.In(b.Last.At, c.me.Zone), civil.In(b.Made, c.me.Zone))
	}
	return briefPage.show(c, "Brief: "+main.Title, "conversations", main)
}

// lookedAtShown notes the looks at what the other side shows, among suggestions, and tells
// whether there are any.
func (c *call) lookedAtShown(all []brief.Suggestion) bool {
	shown := map[db.ID][]share.What{}
	for _, s := range all {
		if s.Shower != "" {
			shown[s.Shower] = append(shown[s.Shower], whatIs(s.Source))
		}
	}
	c.lookedAtAll(shown)
	return len(shown) > 0
}

// downloadBrief is the same page as Markdown.
func downloadBrief(c *call) (view, error) {
	b, err := brief.For(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	c.lookedAtShown(b.Changed.Lines)
	name := "brief-" + civil.In(b.Conversation.At, c.me.Zone).String() + ".md"
	return view{raw: []byte(b.Markdown()), header: http.Header{
		"Content-Type":        {"text/markdown; charset=utf-8"},
		"Content-Disposition": {`attachment; filename="` + name + `"`},
	}}, nil
}
