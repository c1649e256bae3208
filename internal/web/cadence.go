package web

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/cadence"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// oneCadence is the year of conversations of two, for one of them.
type oneCadence struct {
	Path, Title, Other string
	Rhythm             string // in a sentence
	Why                string // how it stands, where that needs to be said
	Waits, Withdraw    bool   // for the visitor's answer; the visitor may take it back
	Stands, Paused     bool
	MayChoose          bool // the rhythm
	Years              []wayStep
	Year               string
	Drawn              template.HTML
	Says               string // the strip, for those who do not see it
	Rows               []plannedRow
	Gaps               []gapRow
	Time               yearTime
	Both               Seen
	Anew               string
}

// plannedRow is a conversation in the list of a year.
type plannedRow struct {
	Href, Kind, When, TheirTime, State string
	At                                 time.Time
	Minutes                            int64
	Skip                               string // where it is skipped; empty: it cannot be
	Why                                string // the words of who skipped it
	Off                                bool
}

// gapRow is a conversation that found no time.
type gapRow struct{ Month, Kind, Why, Href string }

// yearTime is the time of a year beside the contracted hours.
type yearTime struct{ Held, Planned, Share, Hours string }

var cadencePage = declare[oneCadence]("cadence.html")

// showCadence is the page of the year of two.
func showCadence(c *call) (view, error) {
	one, err := conversation.CadenceByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := c.oneCadence(one)
	year := c.chosenYear(one)
	for _, y := range c.yearsOf(one) {
		name := strconv.Itoa(y)
		main.Years = append(main.Years, wayStep{name, main.Path + "?year=" + name, y == year})
	}
	if main.Year = strconv.Itoa(year); one.State == conversation.CadenceProposed {
		main.Years = nil
	}
	from, to := civil.On(year, time.January, 1), civil.On(year+1, time.January, 1)
	list, err := conversation.OfCadence(c.tx, c.me, one, from.At(0, 0, c.me.Zone), to.At(0, 0, c.me.Zone))
	if err != nil {
		return view{}, err
	}
	gaps, err := conversation.Gaps(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	gaps = gapsOf(gaps, one, year)
	contracted, err := conversation.ContractedHours(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, each := range list {
		main.Rows = append(main.Rows, c.plannedRow(each, one.OtherZone(c.me)))
	}
	for _, g := range gaps {
		main.Gaps = append(main.Gaps, c.gapRow(g, one))
	}
	main.Time = timeOf(list, contracted)
	main.Drawn, main.Says = c.strip(list, gaps, year)
	return cadencePage.show(c, main.Title, "conversations", main)
}

func (c *call) oneCadence(one conversation.Cadence) oneCadence {
	other := one.Other(c.me)
	lives := one.Lives() && !c.me.Left
	main := oneCadence{
		Path: cadenceHref(one), Title: cadenceTitle(one, c.me), Other: other.Name, Rhythm: rhythmSays(one.Rhythm), Waits: one.WaitsFor(c.me) && lives,
		Withdraw: lives && one.State == conversation.CadenceProposed && !one.WaitsFor(c.me), Stands: lives && one.State == conversation.CadenceStanding,
		Paused: lives && one.State == conversation.CadencePaused, MayChoose: lives && one.Owner.Is(c.me) && one.State != conversation.CadenceProposed,
		Both: Seen{Text: "you and " + other.Name, Shared: true}, Anew: "/cadences/new?with=" + other.String(),
	}
	if one.Alone() {
		main.Both = onlyYou
	}
	switch {
	case one.BroughtAlong:
		main.Why = "Brought along from elsewhere: a record, which you alone see."
	case main.Waits:
		main.Why = other.Name + " proposes this. Once you say yes, the conversations are laid out for both of you; nothing is before."
	case one.State == conversation.CadenceProposed:
		main.Why = "You proposed this. It is laid out once " + other.Name + " says yes."
	case one.State == conversation.CadencePaused:
		main.Why = "It rests: nothing is planned ahead. What you moved or prepared yourselves still stands."
	case one.State == conversation.CadenceDeclined:
		main.Why = "This did not come about."
	case one.State == conversation.CadenceEnded:
		main.Why = "This has ended. What you held stays readable to both of you."
	}
	return main
}

func cadenceHref(one conversation.Cadence) string { return "/cadences/" + string(one.ID) }

// cadenceTitle names the year by whose growth it is about.
func cadenceTitle(one conversation.Cadence, me org.Actor) string {
	if one.Owner.Is(me) {
		return "Your year with " + one.Partner.Name
	}
	return "The year of " + one.Owner.Name + " with you"
}

// rhythmSays is a rhythm in words.
func rhythmSays(r conversation.Rhythm) string {
	var deep []string
	for _, k := range r.Kinds {
		deep = append(deep, string(k))
	}
	every := func(months int64) string {
		if months == 1 {
			return "every month"
		}
		return fmt.Sprintf("every %d months", months)
	}
	var says []string
	if len(deep) > 0 {
		says = append(says, strings.Join(deep, ", ")+fmt.Sprintf(": %d minutes, one %s", r.DeepMinutes, every(r.DeepMonths)))
	}
	if r.SprintMonths > 0 {
		when := every(r.SprintMonths)
		if len(deep) > 0 && r.SprintMonths == 1 {
			when = "in the months between"
		}
		says = append(says, fmt.Sprintf("a sprint of %d minutes %s", r.SprintMinutes, when))
	}
	return capital(strings.Join(says, "; ")) + "."
}

// yearsOf are the years in which there may be something of a cadence, at most five.
func (c *call) yearsOf(one conversation.Cadence) []int {
	first, last := civil.In(one.CreatedAt, c.me.Zone).Year(), c.today().Year()
	if one.LaidUntil.Year() > last {
		last = one.LaidUntil.Year()
	}
	var years []int
	for y := max(first, last-4); y <= last; y++ {
		years = append(years, y)
	}
	return years
}

func (c *call) chosenYear(one conversation.Cadence) int {
	years := c.yearsOf(one)
	chosen, err := strconv.Atoi(c.text("year"))
	if err == nil && chosen >= years[0] && chosen <= years[len(years)-1] {
		return chosen
	}
	today := c.today()
	if today.Month() == time.December && years[len(years)-1] > today.Year() {
		return today.Year() + 1
	}
	return min(max(today.Year(), years[0]), years[len(years)-1])
}

func gapsOf(all []conversation.Gap, one conversation.Cadence, year int) (some []conversation.Gap) {
	for _, g := range all {
		if g.Cadence == one.ID && g.Month.Year() == year {
			some = append(some, g)
		}
	}
	return some
}

func (c *call) plannedRow(one conversation.Conversation, theirs *time.Location) plannedRow {
	row := plannedRow{
		Href: conversationHref(one.ID), Kind: one.Kind.Title(), When: c.moment(one.At), At: one.At.In(c.me.Zone), Minutes: one.Minutes,
		State: plannedState(one, c), Off: one.State == conversation.Cancelled,
	}
	if theirs != nil && one.Open() {
		if there := one.At.In(theirs); clock(there) != clock(row.At) {
			row.TheirTime = clock(there) + " for " + one.Other(c.me).Name
		}
	}
	if one.Can(conversation.Skipping, c.me, c.today()) && one.EndsAt().After(c.tx.Now()) {
		row.Skip = row.Href + "/skip"
	}
	if one.SkippedFor != "" {
		row.State += ". " + one.SkippedFor.Says()
		row.Why = one.SkippedWords
	}
	return row
}

// plannedState says in a few words how it stands with a conversation of a year.
func plannedState(one conversation.Conversation, c *call) string {
	switch {
	case one.State == conversation.Held:
		return "Held"
	case one.State == conversation.Cancelled && one.CancelledBy == c.me.Person:
		return "You skipped it"
	case one.State == conversation.Cancelled:
		return one.Other(c.me).Name + " skipped it"
	case one.WaitsFor(c.me):
		return one.Other(c.me).Name + " proposes this time"
	case one.State == conversation.Requested:
		return "Waits for the answer of " + one.Other(c.me).Name
	case one.EndsAt().Before(c.tx.Now()):
		return "Over: did you meet?"
	case one.State == conversation.Agreed:
		return "Agreed"
	case one.SkippedFor != "":
		return "Put off to here"
	}
	return "Planned"
}

// whyGap says why there was no time, for either side to read.
var whyGap = map[cadence.Why]string{
	cadence.Hours:       "the working hours of the two of you do not meet",
	cadence.OwnerAway:   "%s is away on the days that would do",
	cadence.PartnerAway: "%s is away on the days that would do",
	cadence.BothAway:    "one or the other of you is away on each of the days",
	cadence.Busy:        "there is no hour in which you are both free",
	cadence.Taken:       "the hours that are left belong to other conversations, or lie too near to the one before",
}

func (c *call) gapRow(g conversation.Gap, one conversation.Cadence) gapRow {
	why := whyGap[g.Why]
	switch who := one.Owner; {
	case strings.Contains(why, "%s"):
		if g.Why == cadence.PartnerAway {
			who = one.Partner
		}
		if who.Is(c.me) {
			why = "you are away on the days that would do"
		} else {
			why = fmt.Sprintf(why, who.Name)
		}
	case one.Alone() && g.Why == cadence.Busy:
		why = "there is no hour in which you are free"
	}
	return gapRow{
		g.Month.Time().Format("January"), g.Kind.Title(), why,
		"/conversations/new?with=" + one.Other(c.me).String() + "&kind=" + string(g.Kind),
	}
}

func timeOf(list []conversation.Conversation, hours int64) yearTime {
	var held, planned int64
	for _, one := range list {
		switch {
		case one.State == conversation.Held:
			held += one.Minutes
		case one.Open():
			planned += one.Minutes
		}
	}
	return yearTime{
		Held: inHours(held), Planned: inHours(planned), Hours: thousands(hours),
		Share: strconv.FormatFloat(float64(held+planned)/float64(hours*60)*100, 'f', 2, 64) + " %",
	}
}

func inHours(minutes int64) string {
	switch {
	case minutes == 0:
		return "none"
	case minutes%60 == 0 && minutes == 60:
		return "1 hour"
	case minutes%60 == 0:
		return fmt.Sprintf("%d hours", minutes/60)
	case minutes < 60:
		return fmt.Sprintf("%d minutes", minutes)
	}
	return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
}

func thousands(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// strip draws the twelve months of a year: deep conversations long, sprints short, the next one marked, an
// open ring where one is missing.
func (c *call) strip(list []conversation.Conversation, gaps []conversation.Gap, year int) (template.HTML, string) {
	first := civil.On(year, time.January, 1)
	place := func(d civil.Date) string {
		return strconv.FormatFloat(2+96*float64(d.DaysSince(first))/366, 'f', 1, 64) + "%"
	}
	var b strings.Builder
	b.WriteString(`<line class="base" x1="0" x2="100%" y1="44" y2="44"/>`)
	var held, ahead, missing int
	next := false
	for _, one := range list {
		look, top, x := "coming", "30", place(civil.In(one.At, c.me.Zone))
		switch {
		case one.State == conversation.Cancelled:
			fmt.Fprintf(&b, `<circle class="none" cx="%s" cy="37" r="3.5"/>`, x)
			missing++
			continue
		case one.State == conversation.Held:
			look = "held"
			held++
		default:
			if ahead++; !next && one.Stands() && one.EndsAt().After(c.tx.Now()) {
				look, next = "up", true
			}
		}
		if one.Kind.Deep() {
			look, top = "deep "+look, "10"
		}
		fmt.Fprintf(&b, `<line class="%s" x1="%s" x2="%s" y1="%s" y2="44"/>`, look, x, x, top)
	}
	for _, g := range gaps {
		fmt.Fprintf(&b, `<circle class="none" cx="%s" cy="37" r="3.5"/>`, place(g.Month.AddDays(14)))
		missing++
	}
	for month := time.January; month <= time.December; month++ {
		name := month.String()
		fmt.Fprintf(&b, `<text x="%s" y="66">%s<tspan class="more">%s</tspan></text>`, place(civil.On(year, month, 15)), name[:1], name[1:3])
	}
	says := fmt.Sprintf("%d: %s held, %d to come", year, counted(held, "conversation"), ahead)
	if missing > 0 {
		says += fmt.Sprintf(", %d without a time or skipped", missing)
	}
	return template.HTML(b.String()), says
}

func answerCadence(c *call) (string, error) {
	if c.text("answer") == "yes" {
		return "/cadences/" + string(c.id("id")), conversation.Take(c.tx, c.me, c.id("id"))
	}
	return "/cadences/" + string(c.id("id")), conversation.Decline(c.tx, c.me, c.id("id"))
}

func pauseCadence(c *call) (string, error) {
	return "/cadences/" + string(c.id("id")), conversation.Pause(c.tx, c.me, c.id("id"))
}

func resumeCadence(c *call) (string, error) {
	return "/cadences/" + string(c.id("id")), conversation.Resume(c.tx, c.me, c.id("id"))
}

func endCadence(c *call) (string, error) {
	return "/cadences/" + string(c.id("id")), conversation.EndCadence(c.tx, c.me, c.id("id"))
}

// skipForm is how a conversation of a year is skipped.
type skipForm struct {
	Path, Title, When, Other string
	Revision                 string
	For, Words, Instead      Field
	Offers                   bool
	Both                     Seen
}

var skipPage = declare[skipForm]("conversation-skip.html")

// skipConversation asks why, and offers other times.
func skipConversation(c *call) (view, error) {
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	if !one.Can(conversation.Skipping, c.me, c.today()) {
		return view{}, problem.Refused("This one cannot be skipped: it is not part of a year of conversations, or it is over.")
	}
	offers, err := conversation.Offers(c.tx, c.me, one)
	if err != nil {
		return view{}, err
	}
	main := skipForm{
		Path: conversationHref(one.ID), Title: conversationTitle(one, c.me), When: c.moment(one.At), Other: one.Other(c.me).Name,
		Revision: c.form.RevisionOr(one.Revision), Offers: len(offers) > 0, Both: Seen{Text: "you and " + one.Other(c.me).Name, Shared: true},
	}
	if one.Alone() {
		main.Both = onlyYou
	}
	var reasons []Option
	for _, r := range conversation.SkipReasons {
		reasons = append(reasons, Option{Value: string(r), Label: r.Says()})
	}
	main.For = c.form.field(Field{Name: "for", Label: "Why", Type: "radio-row", Options: reasons, Required: true}, "")
	main.Words = c.form.field(Field{Name: "words", Label: "A word more", Type: "own", Hint: "If it helps.", Max: 300}, "")
	var times []Option
	fallback := "none"
	for n, at := range offers {
		value := strconv.FormatInt(at.Unix(), 10)
		times = append(times, Option{Value: value, Label: c.moment(at)})
		if n == 0 {
			fallback = value
		}
	}
	times = append(times, Option{Value: "none", Label: "Not at all this time"})
	main.Instead = c.form.field(Field{Name: "instead", Label: "Instead", Type: "radio", Options: times, Required: true}, fallback)
	return skipPage.show(c, "Skip it, or put it off", "conversations", main)
}

func doSkipConversation(c *call) (string, error) {
	in := conversation.SkipInput{Revision: c.revision(), For: conversation.SkipReason(c.text("for")), Words: c.text("words")}
	switch instead := c.text("instead"); instead {
	case "none":
	default:
		at, err := strconv.ParseInt(instead, 10, 64)
		if err != nil || at <= c.tx.Now().Unix() {
			return "", problem.Invalid{"instead": "Please choose one of these."}
		}
		in.Instead = time.Unix(at, 0).UTC()
	}
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	to := conversationHref(one.ID)
	if one.Cadence != "" {
		to = "/cadences/" + string(one.Cadence)
	}
	return to, conversation.Skip(c.tx, c.me, one.ID, in)
}
