package digest

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
)

// What a digest counts, in the order in which it says it.
const (
	Asks          = "asks"          // others', that wait for their answer, and their own that came back with a question
	Proposals     = "proposals"     // of promises, changes of promises, goals, steps and times, that wait for their yes
	Promises      = "promises"      // of theirs, due within a week; or since a week: what is late longer is talked about
	CheckIns      = "check-ins"     // promises of both sides, to look back on within a week, or since a week
	Conversations = "conversations" // agreed, within a week
	Questions     = "questions"     // that they were asked, with wins to confirm and skills to say something about
	Introductions = "introductions" // that wait for their answer, to be written, or with the question how it went
	Mentors       = "mentors"       // requests and agreements of mentors and mentees that wait for their word
	Exchanges     = "exchanges"     // with people who matter to them, that they meant to have about now
	Money         = "money"         // that is held for them, or of a budget that they answer for, and goes back within a week
	Comments      = "comments"      // open, on what they show
)

// counted is how much of what waits for somebody.
type counted map[string]int64

const ahead = 7 // days

// count counts what waits for each of the people on a day, in one query for all of them; who has
// nothing waiting is left out. It says what the start page of each would list, and the test holds the
// two against each other; introductions, mentors, the people who matter to somebody, and money stand on pages of their own.
func count(tx *db.Tx, organisation db.ID, today civil.Date, people []db.ID) (map[db.ID]counted, error) {
	args := []any{organisation, tx.Now(), tx.Now().Add(ahead * 24 * time.Hour), today.AddDays(ahead), today.AddDays(-ahead), today}
	for _, id := range people {
		args = append(args, id)
	}
	in := "in (" + db.Places(len(args)-len(people)+1, len(people)) + ")"
	type line struct {
		person db.ID
		what   string
		n      int64
	}
	lines, err := db.List(tx, func(row db.Row) (line, error) {
		var l line
		err := row.Scan(&l.person, &l.what, &l.n)
		return l, err
	}, waiting(in), args...)
	if err != nil {
		return nil, err
	}
	found := map[db.ID]counted{}
	for _, l := range lines {
		if found[l.person] == nil {
			found[l.person] = counted{}
		}
		found[l.person][l.what] += l.n
	}
	return found, nil
}
