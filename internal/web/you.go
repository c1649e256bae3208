package web

import (
	"net/url"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/org"
)

// you is the page of a person's own account.
type you struct {
	Person    org.Person
	Until     civil.Date // who has left: the last day on which they reach what is theirs
	Addresses []account.Address
	Strange   string // the organisation's address for them, when the account does not have it
	Add       Field
	Sessions  []account.Session
	Others    bool // they are signed in elsewhere too
	Notices   []Field
	Chat      bool // notices can be posted elsewhere too
	// They turned off mail about their addresses, by a link in one.
	QuietAboutAddresses bool
	Weekday, Hour       Field // of the digest
	Zone                Field
	Offer               Field
	Latest              []happening
	More                bool
}

// happening is what was done to an entry or an account, with its time as the reader counts it.
type happening struct {
	At         time.Time
	Words, Who string
}

var (
	youPage        = declare[you]("you.html", "happenings.html", "portable-yours.html")
	youHistoryPage = declare[[]happening]("you-history.html", "happenings.html")
)

var (
	saidNotices        = says("Your choice of mails is kept.")
	saidDigest         = says("The day and the hour of your digest are kept.")
	saidZone           = says("Your time zone is kept.")
	saidSessionEnded   = says("Signed out there.")
	saidOthersEnded    = says("Signed out everywhere but here.")
	saidAddressAdded   = says("The address is added. You can sign in with it from now on.")
	saidAddressRemoved = says("The address is removed. It no longer opens your account.")
)

func (s *Server) you(c *call) (view, error) {
	var main you
	var err error
	if main.Person, err = org.Me(c.tx, c.me); err != nil {
		return view{}, err
	}
	if c.me.Left {
		main.Until = civil.In(main.Person.LeftAt.Add(account.LeftFor), c.me.Zone)
	}
	if err := main.fillAddresses(c); err != nil {
		return view{}, err
	}
	if main.Sessions, err = account.Sessions(c.tx, c.who); err != nil {
		return view{}, err
	}
	for i := range main.Sessions {
		main.Sessions[i].MadeAt, main.Sessions[i].SeenAt = main.Sessions[i].MadeAt.In(c.me.Zone), main.Sessions[i].SeenAt.In(c.me.Zone)
		main.Others = main.Others || !main.Sessions[i].This
	}
	if err := main.fillSettings(c); err != nil {
		return view{}, err
	}
	done, err := account.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main.Latest, main.More = c.happenings(done[:min(5, len(done))]), len(done) > 5
	return youPage.show(c, "You and your account", "you", main)
}

func (y *you) fillAddresses(c *call) (err error) {
	if y.Addresses, err = account.Addresses(c.tx, c.me); err != nil {
		return err
	}
	if !c.me.Left {
		y.Strange = y.Person.Email
	}
	for i, a := range y.Addresses {
		y.Addresses[i].ConfirmedAt = a.ConfirmedAt.In(c.me.Zone)
		if a.Text == y.Person.Email {
			y.Strange = ""
		}
	}
	y.Add = c.formWith("email").field(Field{
		Name: "email", Label: "Another address", Type: "email", Required: true, Autocomplete: "email",
		Hint: "A private one lets you reach what is yours also after you have left. A code is sent there.",
	}, y.Strange)
	return nil
}

func (y *you) fillSettings(c *call) error {
	if err := y.fillNotices(c); err != nil {
		return err
	}
	offers, err := gap.Offers(c.tx, c.me, c.me.Person)
	if err != nil {
		return err
	}
	y.Offer = Field{Name: "offer", Label: "Colleagues may ask me about my role", Type: "checkbox",
		Hint: "It stands on your page, and where somebody looks at a path to your role. Off until you switch it on."}
	if offers {
		y.Offer.Value = "yes"
	}
	if err := y.fillDigest(c); err != nil {
		return err
	}
	y.Zone = c.formWith("time_zone").field(Field{
		Name: "time_zone", Label: "Time zone", Type: "select", Options: zoneOptions(y.Person.TimeZone),
		Hint: "Times are shown in it, and dates begin and end by it.",
	}, y.Person.TimeZone)
	return nil
}

// formWith is the form that came back if it is the one with that field: a page may hold several.
func (c *call) formWith(field string) Form {
	if c.form.Values.Has(field) {
		return c.form
	}
	return Form{}
}

func (c *call) happenings(of []account.Happening) []happening {
	var shown []happening
	for _, h := range of {
		one := happening{At: h.At.In(c.me.Zone), Words: h.Words, Who: h.By}
		switch {
		case h.Alone:
			one.Who = ""
		case h.ByMe:
			one.Who = "you"
		case h.By == "":
			one.Who = "whoever runs this installation"
		}
		shown = append(shown, one)
	}
	return shown
}

func (s *Server) yourHistory(c *call) (view, error) {
	done, err := account.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	return youHistoryPage.show(c, "What was done to your account", "you", c.happenings(done))
}

func (s *Server) addAddress(c *call) (string, error) {
	if err := c.notTooOften(); err != nil {
		return "", err
	}
	id, err := account.AddAddress(c.tx, c.me, c.text("email"), c.client().String())
	return "/you/addresses/code?" + url.Values{"sign_in": {string(id)}}.Encode(), err
}

func (s *Server) typeAddressCode(c *call) (view, error) {
	main := s.codeFor(c)
	main.Heading, main.Do = "Look at the mail to your other address", "Add the address"
	main.Action, main.Answer = "/you/addresses/code", "/you"
	return codePage.show(c, "Add an address", "you", main)
}

func (s *Server) confirmAddress(c *call) (string, error) {
	if err := c.notTooOften(); err != nil {
		return "", err
	}
	ok, err := account.ConfirmAddress(c.tx, c.me, account.Try{SignIn: db.ID(c.text("sign_in")), Code: c.text("code"), Key: c.text("key")})
	if err == nil && !ok {
		err = keep(errWrongCode)
	}
	c.say(saidAddressAdded)
	return "/you", err
}

func (s *Server) removeAddress(c *call) (string, error) {
	c.say(saidAddressRemoved)
	return "/you", account.RemoveAddress(c.tx, c.me, c.text("address"))
}

func (s *Server) endSession(c *call) (string, error) {
	c.say(saidSessionEnded)
	return "/you", account.EndSession(c.tx, c.me, c.id("id"))
}

func (s *Server) endOtherSessions(c *call) (string, error) {
	c.say(saidOthersEnded)
	return "/you", account.EndOtherSessions(c.tx, c.who)
}

func wantMailAboutAddresses(c *call) (string, error) {
	c.say(saidNotices)
	return "/you", account.WantMailAboutAddresses(c.tx, c.me)
}

func (s *Server) chooseZone(c *call) (string, error) {
	c.say(saidZone)
	return "/you", org.ChooseZone(c.tx, c.me, c.text("time_zone"))
}
