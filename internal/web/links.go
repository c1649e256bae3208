package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/link"
)

// myLink is a link on a page of its owner.
type myLink struct {
	Href, Asks, State   string
	Back, BackTo        string
	Address             string // told only to the browser that has just made it
	MailTo              string
	Stands, Undelivered bool
	Again               string
}

var (
	linkPage  = declare[myLink]("link.html")
	linksPage = declare[[]myLink]("links.html")
)

// listLinks shows the links of the actor's that wait for an answer.
func listLinks(c *call) (view, error) {
	links, err := link.Standing(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	var main []myLink
	for _, l := range links {
		main = append(main, c.myLink(l))
	}
	return linksPage.show(c, "Links", "you", main)
}

func (c *call) myLink(l link.Link) myLink {
	state := c.linkState(l)
	line := myLink{
		Href: linkPath(l), Asks: "A question", State: strings.ToUpper(state[:1]) + state[1:], MailTo: l.Address,
		Stands: l.Stands(c.tx.Now()) && !c.me.Left, Undelivered: l.Delivery == link.Refused,
	}
	if opens, known := openings[l.Purpose]; known {
		line.Asks = opens.asks
	}
	return line
}

// showLink shows a link to its owner: how it stands, and, to the browser that has just made it, its
// address.
func showLink(c *call) (view, error) {
	l, err := link.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := c.myLink(l)
	if opens, known := openings[l.Purpose]; known {
		main.Back, main.BackTo = opens.back(c, l)
	}
	if cookie, err := c.Cookie(addressCookie); err == nil && main.Stands {
		opens, err := link.Opens(c.tx, c.me, l.ID, link.Token(cookie.Value))
		if err != nil {
			return view{}, err
		}
		if opens {
			main.Address = c.server.Address + "/a/" + cookie.Value
		}
	}
	return linkPage.show(c, "A link", "", main)
}

func makeLinkAgain(c *call) (string, error) {
	l, err := link.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	token, err := link.Again(c.tx, c.me, l.ID)
	c.tellAddress(l, token)
	return linkPath(l), err
}

func takeBackLink(c *call) (string, error) {
	l, err := link.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	c.say(linkTakenBack)
	return linkPath(l), link.TakeBack(c.tx, c.me, l.ID)
}

var linkTakenBack = says("It is taken back: whoever opens it is told that it has ended.")

// addressCookie carries the secret of a new link to the page that tells it, and to no other: it
// stands in no address and in no store.
const addressCookie = "ownward-link"

const toldFor = 10 * time.Minute

func (c *call) tellAddress(l link.Link, token link.Token) {
	if token == "" {
		return
	}
	c.cookies = append(c.cookies, &http.Cookie{
		Name: addressCookie, Value: string(token), Path: linkPath(l), MaxAge: int(toldFor / time.Second),
		HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteStrictMode,
	})
}
