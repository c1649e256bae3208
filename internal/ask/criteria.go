package ask

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Verdict is what whoever decided says of a criterion.
type Verdict string

// The verdicts. Shown is for good.
const (
	Open   Verdict = ""
	Shown  Verdict = "shown"
	NotYet Verdict = "not yet"
)

// Criterion is something that must be shown: a condition of a yes, or what both drew up after a not
// now or a no. Both sides read all of it.
type Criterion struct {
	ID           db.ID
	Ask          db.ID
	Words        string
	Evidence     string // by the owner of the ask
	EvidenceAt   time.Time
	Revision     int64
	Verdict      Verdict
	VerdictWords string
	VerdictAt    time.Time
	Wins         []Evidence // of the owner, as they were when they were brought
	HasWins      bool
	droppedAt    time.Time
}

// Backed tells whether there is anything that shows it.
func (c Criterion) Backed() bool { return c.Evidence != "" || c.HasWins }

// mostWinsOfOne is how many wins can back one thing that must be shown.
const mostWinsOfOne = 10

// Show replaces the evidence that the owner of the ask brings for a criterion: words, and wins of
// theirs as they are now.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Refused once it is shown.
func Show(tx *db.Tx, me org.Actor, id db.ID, revision int64, evidence string, wins ...db.ID) error {
	c, a, err := findCriterion(tx, me, id, toShow)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	evidence = short(wrong, "evidence", evidence, 10_000)
	wrong.Check(len(wins) <= mostWinsOfOne, "wins", "Please choose at most ten wins: the few that say most.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if c.Revision != revision {
		return &problem.Conflict{Revision: c.Revision, Theirs: map[string]string{"evidence": c.Evidence}, Mine: map[string]string{"evidence": evidence}}
	}
	if err := org.KeepRevision(tx, me, event.Thing{Kind: "criterion", ID: id}, c.Revision, map[string]string{"evidence": c.Evidence}); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update criteria set evidence = $1, evidence_at = $2, revision = revision + 1
		where organisation_id = $3 and id = $4`, evidence, tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	if err := c.bring(tx, me, wins); err != nil {
		return err
	}
	if err := happened(tx, me, "criterion evidence", a.ID, map[string]string{"criterion": string(id)}); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, a.Whom.Person, notice.Shared, a.Thing(), "")
}

// bring makes these wins of the actor's, as they are now, and no others the ones that back it.
func (c Criterion) bring(tx *db.Tx, me org.Actor, wins []db.ID) error {
	if _, err := tx.Exec("delete from criterion_wins where organisation_id = $1 and criterion_id = $2", me.Organisation, c.ID); err != nil {
		return err
	}
	evidence, err := asTheyAre(tx, me, wins)
	if err != nil {
		return err
	}
	var rows [][]any
	for i, e := range evidence {
		rows = append(rows, []any{me.Organisation, tx.NewID(), c.ID, int64(i), e.Win, e.Day, e.Words, e.Effect, e.Figure})
	}
	return db.Insert(tx, "insert into criterion_wins (organisation_id, id, criterion_id, position, win_id, day, words, effect, figure) values", rows)
}

// Judge records whether a criterion was shown, by whoever decided; for a contact, its owner
// writes down what they heard.
func Judge(tx *db.Tx, me org.Actor, id db.ID, verdict Verdict, words string) error {
	_, a, err := findCriterion(tx, me, id, toJudge)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	words = short(wrong, "words", words, 10_000)
	wrong.Check(verdict == Shown || verdict == NotYet, "verdict", "Please say whether it was shown: shown, or not yet.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update criteria set verdict = $1, verdict_words = $2, verdict_at = $3
		where organisation_id = $4 and id = $5`, string(verdict), words, tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	if err := happened(tx, me, "criterion judged", a.ID, map[string]string{"criterion": string(id), "verdict": string(verdict)}); err != nil {
		return err
	}
	if verdict == Shown {
		if err := a.whenAllIsShown(tx, me); err != nil {
			return err
		}
	}
	if a.Owner.Is(me) {
		return nil
	}
	return notice.Tell(tx, me.Organisation, a.Owner.Person, notice.Answered, a.Thing(), "")
}

const wasShown = problem.Refused("This was shown, and that stands.")

// CriterionByID finds what must be shown for an ask that the actor may see.
func CriterionByID(tx *db.Tx, me org.Actor, id db.ID) (Criterion, error) {
	return db.One(tx, scanCriterion, selectCriterion+"where "+seenWhole+" and c.id = $4", me.Organisation, me.Person, readsSince(tx), id)
}

func findCriterion(tx *db.Tx, me org.Actor, id db.ID, do act) (Criterion, Ask, error) {
	c, err := CriterionByID(tx, me, id)
	if err != nil {
		return c, Ask{}, err
	}
	a, err := find(tx, me, c.Ask, do)
	if err == nil && !c.droppedAt.IsZero() {
		err = problem.Refused("You both agreed that this need not be shown any more.")
	}
	if err == nil && c.Verdict == Shown {
		err = wasShown
	}
	return c, a, err
}

const selectCriterion = `
	select c.id, c.ask_id, c.words, c.evidence, c.evidence_at, c.revision, c.verdict, c.verdict_words, c.verdict_at, c.dropped_at,
		exists (select 1 from criterion_wins w where w.organisation_id = c.organisation_id and w.criterion_id = c.id)
	from criteria c
	join asks a on a.organisation_id = c.organisation_id and a.id = c.ask_id
`

func scanCriterion(row db.Row) (Criterion, error) {
	var c Criterion
	err := row.Scan(&c.ID, &c.Ask, &c.Words, &c.Evidence, &c.EvidenceAt, &c.Revision, &c.Verdict, &c.VerdictWords, &c.VerdictAt, &c.droppedAt, &c.HasWins)
	return c, err
}

// CriteriaOf lists what must be shown for an ask that the actor may see. What both dropped is not
// among it.
func CriteriaOf(tx *db.Tx, me org.Actor, id db.ID) ([]Criterion, error) {
	return db.List(tx, scanCriterion, selectCriterion+"where "+seenWhole+" and a.id = $4 and c.dropped_at is null order by c.position", me.Organisation, me.Person, readsSince(tx), id)
}

// mostToShow is how many criteria are found at once over several asks.
const mostToShow = 300

// ToShow lists what is still to be shown for decided asks of the actor and of another, as far as the
// actor may see it, by ask. Without another it is of the actor's own.
func ToShow(tx *db.Tx, me org.Actor, other db.ID) (map[db.ID][]Criterion, error) {
	list, err := db.List(tx, scanCriterion, selectCriterion+"where "+seenWhole+`
			and a.state = 'decided' and a.owner_id in ($2, $4) and c.dropped_at is null and c.verdict <> 'shown'
		order by c.ask_id desc, c.position limit $5`, me.Organisation, me.Person, readsSince(tx), string(other), mostToShow)
	found := map[db.ID][]Criterion{}
	for _, c := range list {
		found[c.Ask] = append(found[c.Ask], c)
	}
	return found, err
}

// withWins adds the wins that back each of these.
func withWins(tx *db.Tx, me org.Actor, id db.ID, criteria []Criterion) error {
	at := map[db.ID]int{}
	for i, c := range criteria {
		at[c.ID] = i
	}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var e Evidence
		var of db.ID
		err := row.Scan(&of, &e.ID, &e.Win, &e.Day, &e.Words, &e.Effect, &e.Figure)
		if i, ok := at[of]; ok {
			criteria[i].Wins = append(criteria[i].Wins, e)
		}
		return struct{}{}, err
	}, `
		select w.criterion_id, w.id, case when a.owner_id = $2 then w.win_id end, w.day, w.words, w.effect, w.figure
		from asks a
		join criteria c on c.organisation_id = a.organisation_id and c.ask_id = a.id
		join criterion_wins w on w.organisation_id = c.organisation_id and w.criterion_id = c.id
		where `+seenWhole+` and a.id = $4
		order by c.position, w.position`, me.Organisation, me.Person, readsSince(tx), id)
	return err
}

// WinsShown is a criterion of the actor's own with the wins that they brought as evidence for it.
type WinsShown struct {
	Words string
	Wins  []db.ID
}

// ByCriterion lists the actor's own criteria for which they brought wins, in the order of their asks.
func ByCriterion(tx *db.Tx, me org.Actor) ([]WinsShown, error) {
	var all []WinsShown
	var last db.ID
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id, win db.ID
		var words string
		err := row.Scan(&id, &words, &win)
		if id != last {
			last, all = id, append(all, WinsShown{Words: words})
		}
		all[len(all)-1].Wins = append(all[len(all)-1].Wins, win)
		return struct{}{}, err
	}, `
		select c.id, c.words, w.win_id
		from asks a
		join criteria c on c.organisation_id = a.organisation_id and c.ask_id = a.id and c.dropped_at is null
		join criterion_wins w on w.organisation_id = c.organisation_id and w.criterion_id = c.id
		where a.organisation_id = $1 and a.owner_id = $2
		order by c.ask_id, c.position, c.id, w.position limit $3`, me.Organisation, me.Person, 4*mostToShow)
	return all, err
}
