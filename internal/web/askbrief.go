package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/worddiff"
)

// askProof is a win that speaks for an ask, with what goes along.
type askProof struct {
	Words string
	Files []askFile
}

// askFile is a link or a file that goes along; what has not been sent yet is only named.
type askFile struct{ Name, Href string }

// askBrief is the page of an ask: on the screen, on paper, as a PDF and as a text.
type askBrief struct {
	brief.Ask
	Back, PDF, Markdown string
	Proofs              []askProof
	Seen                Seen
}

var askBriefPage = declare[askBrief]("ask-brief.html", "ask-page.html")

func proofsOf(a brief.Ask) []askProof {
	var all []askProof
	for _, e := range a.Evidence {
		one := askProof{Words: a.Proof(e)}
		for _, f := range e.Files {
			file := askFile{Name: f.Name, Href: fileHref(f.ID)}
			if f.URL != "" {
				file = askFile{Name: f.URL, Href: f.URL}
			} else if a.SentAt.IsZero() {
				file.Href = ""
			}
			one.Files = append(one.Files, file)
		}
		all = append(all, one)
	}
	return all
}

func inWords(proofs []askProof) string {
	var all []string
	for _, one := range proofs {
		all = append(all, one.Words)
		for _, f := range one.Files {
			all = append(all, f.Name)
		}
	}
	return strings.Join(all, "\n")
}

// fileHref is where a file that went out with an ask is read.
func fileHref(id db.ID) string { return "/sent-files/" + string(id) }

// showAskBrief shows the page of an ask: what stands sent, or what would be sent of a draft.
func showAskBrief(c *call) (view, error) {
	a, err := brief.OfAsk(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	href := askHref(a.ID)
	main := askBrief{Ask: a, Back: href, PDF: href + "/brief.pdf", Markdown: href + "/brief.md", Proofs: proofsOf(a), Seen: onlyYou}
	if !a.SentAt.IsZero() && a.Whom.Contact == "" {
		main.Seen = Seen{Shared: true, Text: a.Owner.Name + " and " + a.Whom.Name}
	}
	return askBriefPage.show(c, "Brief of an ask", "asks", main)
}

// downloadAskPDF is the same page as a PDF.
func downloadAskPDF(c *call) (view, error) {
	a, err := brief.OfAsk(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	content, err := a.PDF()
	return view{raw: content, header: http.Header{
		"Content-Type": {"application/pdf"}, "Content-Disposition": {`attachment; filename="ask.pdf"`},
	}}, err
}

// downloadAskMarkdown is the same page as a text.
func downloadAskMarkdown(c *call) (view, error) {
	a, err := brief.OfAsk(c.tx, c.me, c.id("id"))
	return view{raw: []byte(a.Markdown()), header: http.Header{
		"Content-Type": {"text/markdown; charset=utf-8"}, "Content-Disposition": {`attachment; filename="ask.md"`},
	}}, err
}

// downloadSentFile is a file that went out with an ask.
func downloadSentFile(c *call) (view, error) {
	f, err := ask.FileOf(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	if _, taken := plan.Kinds[f.MediaType]; !taken {
		return view{}, errors.Join(problem.NotFound, errors.New("a file of a kind that is not taken"))
	}
	return view{raw: f.Content, header: http.Header{
		"Content-Type": {f.MediaType}, "Content-Disposition": {"attachment"}, "Content-Security-Policy": {"default-src 'none'; sandbox"},
	}}, nil
}

// askSending is exactly what goes out, before it does.
type askSending struct {
	brief.Ask
	Parts, Back, Action string
	Revision            string
	Proofs              []askProof
	Next                int64 // the number of the version that would go out; 0: the first
	Changed             []comparedField
	Same                bool // as what is out already
	Wrong               bool // a figure cannot be read
	Outside             bool // nothing goes out: they are asked aloud
	Seen                Seen
}

var askSendingPage = declare[askSending]("ask-sending.html", "ask-page.html")

// showSending shows the owner exactly what will be sent, and only that.
func showSending(c *call) (view, error) {
	id := c.id("id")
	a, err := brief.ToBeSent(c.tx, c.me, id)
	var wrong problem.Invalid
	if err != nil && !errors.As(err, &wrong) {
		return view{}, err
	}
	s, err := ask.StoryOf(c.tx, c.me, id)
	if err != nil {
		return view{}, err
	}
	main := askSending{
		Ask: a, Parts: pitchHref(id), Back: askHref(id), Action: sendingHref(id), Revision: c.form.RevisionOr(s.Revision), Proofs: proofsOf(a),
		Outside: a.Whom.Contact != "", Wrong: wrong != nil, Seen: onlyYou,
	}
	if s.State != ask.Draft {
		before := brief.Version(c.tx, c.me, s, s.Now())
		main.Next = s.Now().Version + 1
		main.Changed = comparedAsks(before, a)
		main.Same = len(main.Changed) == 0
	}
	return askSendingPage.show(c, "Before you send it", "asks", main)
}

// sendPrepared sends what is shown.
func sendPrepared(c *call) (string, error) {
	id := c.id("id")
	p, err := pitch.Of(c.tx, c.me, id)
	if err != nil {
		return "", err
	}
	if err := pitch.Send(c.tx, c.me, id, c.revision()); err != nil {
		return "", err
	}
	c.sayOnItsWay(p.Ask)
	return askHref(id), nil
}

func (c *call) sayOnItsWay(a ask.Ask) {
	if a.Whom.Contact == "" {
		c.say(saidSent)
	} else {
		c.say(saidAsk)
	}
}

// askVersions are the versions in which an ask went out, each beside the one before.
type askVersions struct {
	Href, What string
	List       []askVersion
}

type askVersion struct {
	Title   string
	Changed []comparedField
	First   bool
}

var askVersionsPage = declare[askVersions]("ask-versions.html", "ask-page.html")

const mostAskVersions = 20

// showAskVersions compares the versions of an ask that the visitor may see.
func showAskVersions(c *call) (view, error) {
	s, err := ask.StoryOf(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := askVersions{Href: askHref(s.ID), What: s.What}
	for i, sending := range s.Sendings {
		if i >= mostAskVersions {
			break
		}
		one := askVersion{Title: "Version " + strconv.FormatInt(sending.Version, 10) + ", sent to " + sending.With.Name + " on " + c.stamp(sending.SentAt)}
		if one.First = i+1 == len(s.Sendings); !one.First {
			one.Changed = comparedAsks(brief.Version(c.tx, c.me, s, s.Sendings[i+1]), brief.Version(c.tx, c.me, s, sending))
		}
		main.List = append(main.List, one)
	}
	return askVersionsPage.show(c, "Versions of an ask", "asks", main)
}

// comparedAsks are the parts of two versions that differ, with the changed words marked.
func comparedAsks(before, now brief.Ask) []comparedField {
	var all []comparedField
	compare := func(label, was, is string) {
		if was != is {
			pieces := worddiff.Compare(was, is)
			all = append(all, comparedField{Label: label, Then: worddiff.Old(pieces), Now: worddiff.Now(pieces)})
		}
	}
	compare("What is asked for", before.Text.What, now.Text.What)
	compare("Kind", kindLabels[before.Text.Kind].title, kindLabels[now.Text.Kind].title)
	compare("Answer by", before.Asked(), now.Asked())
	words := func(a brief.Ask, title string) string {
		for _, block := range a.Blocks {
			if block.Title == title {
				return block.Words
			}
		}
		return ""
	}
	had := map[string]bool{}
	for _, block := range append(before.Blocks, now.Blocks...) {
		if !had[block.Title] {
			had[block.Title] = true
			compare(block.Title, words(before, block.Title), words(now, block.Title))
		}
	}
	compare("What speaks for it", inWords(proofsOf(before)), inWords(proofsOf(now)))
	return all
}
