package winfile

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

// LogFormat is what git log is to be asked for. A log as git shows it without is read, too.
const LogFormat = "commit %H%x09%ad%x09%an <%ae>%x09%s"

// LogCommand is the command that writes a history to be imported.
const LogCommand = `git log --author="$(git config user.email)" --no-merges --date=short --name-only --format='` + LogFormat + `' > wins.txt`

// commit is one commit of a history.
type commit struct {
	line    int
	id      string
	day     civil.Date
	author  string
	subject string
	paths   []string
	merge   bool
}

var (
	commitHead = pattern(`^commit ([0-9a-f]{7,64})(?:\t([^\t]*)\t([^\t]*)\t(.*)|(?: \(.*\))?)$`)
	statLine   = pattern(`^(?:[\d-]+\t[\d-]+\t(.+)| (.+?)\s+\|\s+(?:\d+|Bin)\b.*)$`)
	sumLine    = pattern(`^ \d+ files? changed`)
)

// git reads a history: the commits of one author, by topic and month.
func (r *reader) git(text string) error {
	commits := r.commits(text)
	if len(commits) == 0 && r.Known > 0 {
		return nil
	}
	if len(commits) == 0 {
		return unreadable("There is no commit with a date in it. Write the history with: %s", LogCommand)
	}
	mine, err := r.ofOneAuthor(commits)
	if err != nil {
		return err
	}
	for _, group := range grouped(mine) {
		r.add(group.item())
	}
	return nil
}

// commits reads the commits of a log, but for merges, those that are known and those without a date.
func (r *reader) commits(text string) []commit {
	var all []commit
	had := map[string]bool{}
	var one *commit
	done := func() {
		if one == nil {
			return
		}
		switch key := "commit " + one.id; {
		case one.merge || strings.HasPrefix(one.subject, "Merge ") || strings.HasPrefix(one.subject, "fixup! ") || strings.HasPrefix(one.subject, "squash! "):
			r.Passed++
		case one.day.IsZero():
			r.problem(one.line, one.subject, "This commit has no date that can be read.")
		case one.subject == "":
			r.problem(one.line, one.id, "This commit says nothing.")
		case one.day.After(r.o.Today):
			r.problem(one.line, one.subject, "Its day, %s, is still to come.", one.day)
		case had[key] || r.knows(key):
			r.Known++
		default:
			had[key] = true
			all = append(all, *one)
		}
		one = nil
	}
	for n, line := range strings.Split(text, "\n") {
		if m := commitHead().FindStringSubmatch(line); m != nil {
			done()
			one = &commit{line: n + 1, id: m[1], author: m[3], subject: strings.TrimSpace(m[4])}
			one.day = commitDay(m[2])
			continue
		}
		if one != nil {
			one.take(line)
		}
	}
	done()
	return all
}

// take reads a line below the first of a commit.
func (c *commit) take(line string) {
	rest, isAuthor := strings.CutPrefix(line, "Author: ")
	date, isDate := strings.CutPrefix(line, "Date: ")
	authorDate, isAuthorDate := strings.CutPrefix(line, "AuthorDate: ")
	stat := statLine().FindStringSubmatch(line)
	switch {
	case strings.HasPrefix(line, "Merge: "):
		c.merge = true
	case isAuthor:
		c.author = strings.TrimSpace(rest)
	case isDate:
		c.day = commitDay(date)
	case isAuthorDate:
		c.day = commitDay(authorDate)
	case strings.HasPrefix(line, "Commit: "), strings.HasPrefix(line, "CommitDate: "), strings.TrimSpace(line) == "", sumLine().MatchString(line):
	case strings.HasPrefix(line, "    "):
		if c.subject == "" {
			c.subject = strings.TrimSpace(line)
		}
	case stat != nil:
		c.touch(stat[1] + stat[2])
	case line[0] != ' ':
		c.touch(line)
	}
}

// touch notes a file of a commit; of very many the first say enough.
func (c *commit) touch(name string) {
	if len(c.paths) < 200 {
		c.paths = append(c.paths, strings.Trim(strings.TrimSpace(name), `"`))
	}
}

// commitDay is the day of a commit, where its author was.
func commitDay(text string) civil.Date {
	text = strings.TrimSpace(text)
	for _, layout := range []string{
		time.DateOnly, "2006-01-02 15:04:05 -0700", time.RFC3339, "Mon Jan 2 15:04:05 2006 -0700", "Mon Jan 2 15:04:05 2006",
		"Mon, 2 Jan 2006 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05",
	} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1970 {
			return civil.In(t, t.Location())
		}
	}
	return civil.Date{}
}

// ofOneAuthor leaves the commits of the person. Nobody takes the commits of others for their own: of
// several authors it must be known who the person is.
func (r *reader) ofOneAuthor(commits []commit) ([]commit, error) {
	authors := map[string]bool{}
	for _, c := range commits {
		authors[strings.ToLower(c.author)] = true
	}
	names := r.o.Authors
	if len(names) == 0 {
		names = r.o.Me
		if len(authors) == 1 {
			return commits, nil
		}
	}
	mine := slices.DeleteFunc(slices.Clone(commits), func(c commit) bool { return !isBy(c.author, names) })
	r.Others = len(commits) - len(mine)
	if len(mine) > 0 {
		return mine, nil
	}
	if len(authors) == 1 {
		return nil, unreadable("None of these commits is yours by the name or address you gave. They are by %s.", short(commits[0].author, 80))
	}
	return nil, unreadable("This history has commits of %d people. Say whose are yours: the name or address that you commit with.", len(authors))
}

// isBy tells whether an author, "Ines Faria <ines@weir.example>", has one of the names.
func isBy(author string, names []string) bool {
	name, address, _ := strings.Cut(author, "<")
	name, address = strings.TrimSpace(name), strings.TrimSuffix(strings.TrimSpace(address), ">")
	return slices.ContainsFunc(names, func(one string) bool {
		one = strings.TrimSpace(one)
		return one != "" && (strings.EqualFold(one, name) || strings.EqualFold(one, address) || strings.EqualFold(one, author))
	})
}

// group is what one topic saw of work in one month.
type group struct {
	topic   string
	commits []commit
}

// grouped puts commits together by month and topic, the newest month first.
func grouped(commits []commit) []group {
	type key struct {
		year  int
		month time.Month
		topic string
	}
	at := map[key]int{}
	var groups []group
	for _, c := range commits {
		topic := c.topic()
		k := key{c.day.Year(), c.day.Month(), strings.ToLower(topic)}
		n, known := at[k]
		if !known {
			n = len(groups)
			at[k] = n
			groups = append(groups, group{topic: topic})
		}
		groups[n].commits = append(groups[n].commits, c)
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		x, y := a.commits[0].day, b.commits[0].day
		return cmp.Or(cmp.Compare(y.Year()*12+int(y.Month()), x.Year()*12+int(x.Month())), cmp.Compare(len(b.commits), len(a.commits)))
	})
	return groups
}

// item is the draft of a group: what was done, by the subjects of the commits, on the day of the last.
func (g group) item() Item {
	one := Item{Topic: g.topic, Line: g.commits[0].line}
	var said []string
	had := map[string]bool{}
	for _, c := range g.commits {
		one.Keys = append(one.Keys, "commit "+c.id)
		if one.Day.IsZero() || c.day.After(one.Day) {
			one.Day = c.day
		}
		_, subject := split(c.subject)
		if subject = short(subject, 120); !had[Same(subject)] {
			had[Same(subject)] = true
			said = append(said, subject)
		}
	}
	slices.Reverse(said) // a log begins with the newest
	const most = 4
	words := strings.Join(said[:min(len(said), most)], "; ")
	if more := len(said) - most; more > 0 {
		words += fmt.Sprintf("; and %d more", more)
	}
	one.What = capital(words)
	if g.topic != "" {
		one.What = capital(g.topic) + ": " + words
	}
	if n := len(g.commits); n > 1 {
		one.Figure = fmt.Sprintf("%d commits in %s", n, one.Day.Time().Format("January 2006"))
	}
	return one
}

var (
	conventional = pattern(`^(\w{2,20})(?:\(([^()]{1,40})\))?!?:\s+(.+)$`)
	scoped       = pattern(`^([\w./-]{2,40}(?: [\w./-]{2,20})?):\s+(.+)$`)
	ticket       = pattern(`^\[?([A-Z][A-Z0-9]{1,9}-\d{1,7})\]?:?\s+(.+)$`)
	bracketed    = pattern(`^\[([^\]]{2,40})\]:?\s+(.+)$`)
)

// kindsOfWork are the words before a colon that say what kind of work a commit is, not on what.
var kindsOfWork = map[string]bool{}

func init() {
	for _, kind := range strings.Fields("feat feature fix bugfix hotfix chore docs doc test tests refactor perf ci build style revert wip release deps bump misc minor note todo http https") {
		kindsOfWork[kind] = true
	}
}

// split takes the part of the work that a subject names in front from the rest.
func split(subject string) (topic, rest string) {
	if m := conventional().FindStringSubmatch(subject); m != nil && kindsOfWork[strings.ToLower(m[1])] {
		return m[2], m[3]
	}
	if m := ticket().FindStringSubmatch(subject); m != nil {
		return m[1], m[2]
	}
	if m := bracketed().FindStringSubmatch(subject); m != nil {
		return m[1], m[2]
	}
	if m := scoped().FindStringSubmatch(subject); m != nil && !kindsOfWork[strings.ToLower(m[1])] {
		return path.Base(m[1]), m[2]
	}
	return "", subject
}

// topic is the part of the work that a commit belongs to: what its subject names, or else the folder
// in which most of it lies.
func (c commit) topic() string {
	if topic, _ := split(c.subject); topic != "" {
		return topic
	}
	count := map[string]int{}
	best := ""
	for _, name := range c.paths {
		folder := folderOf(name)
		if count[folder]++; best == "" || count[folder] > count[best] {
			best = folder
		}
	}
	return best
}

// folderOf is the folder that says most of a file: the first below those that only hold others.
func folderOf(name string) string {
	parts := strings.Split(path.Dir(path.Clean(strings.ReplaceAll(name, `\`, "/"))), "/")
	for _, part := range parts {
		switch part {
		case ".", "..", "", "src", "internal", "pkg", "lib", "libs", "cmd", "app", "apps", "packages", "main", "java", "modules", "source":
		default:
			return part
		}
	}
	return ""
}
