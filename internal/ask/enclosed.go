package ask

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Part is what a section of a sending tells.
type Part string

// The sections, as they are sent.
const (
	SecondWay   Part = "second way" // another way that would do: the one asked can choose
	Smallest    Part = "smallest"   // the smallest version that would still help
	Granter     Part = "granter"    // who can actually grant it
	Action      Part = "plan of action"
	Skills      Part = "skills"
	ShownBefore Part = "shown before" // for criteria of earlier asks
	Costs       Part = "costs"        // what is counted beside money and hours
	Cover       Part = "cover"
	ForTeam     Part = "for the team"
	ForCompany  Part = "for the company"
	ForPerson   Part = "for the person"
	Payback     Part = "payback"
	Assumptions Part = "assumptions"
	Answered    Part = "answered" // objections, with the answers of the one who asks
)

// Enclosable are all sections in the order in which they are read, with what they are called.
var Enclosable = []struct {
	Part  Part
	Title string
}{
	{SecondWay, "Another way that would do"}, {Smallest, "The smallest version that would still help"}, {Granter, "Who can grant it"},
	{Action, "Plan of action"}, {Skills, "Skills"}, {ShownBefore, "Shown before"}, {Costs, "What it costs"}, {Cover, "Who covers meanwhile"},
	{ForTeam, "For the team"}, {ForCompany, "For the organisation"}, {ForPerson, "For the one who asks"},
	{Payback, "What comes back"}, {Assumptions, "Counted with"}, {Answered, "Thought through"},
}

// Title is what a section is called.
func (p Part) Title() string {
	for _, one := range Enclosable {
		if one.Part == p {
			return one.Title
		}
	}
	return ""
}

// Section is a part of what was sent beside the first lines, word for word.
type Section struct {
	Name  Part
	Words string
}

// Section is the section of that name; the zero Section where none went along.
func (s Sending) Section(name Part) Section {
	for _, one := range s.Sections {
		if one.Name == name {
			return one
		}
	}
	return Section{}
}

// File is a link or a file of a win as it was when it was sent. A link has an address.
type File struct {
	ID        db.ID
	URL       string
	Name      string
	MediaType string
	Size      int64
	Digest    string // SHA-256 of the content, in hex
	Content   []byte // only when it is sent, and of FileOf
}

// Enclosed is what goes out beside the first lines and the wins of an ask.
type Enclosed struct {
	Sections []Section
	Files    map[db.ID][]File // by win
}

// MostFiles is how many files one person has sent and not removed.
const MostFiles = 500

const (
	mostSection   = 20_000
	mostFileBytes = 32 << 20 // of what one person has sent and not removed: as much as fits into their export
)

// evidence is the evidence as it goes out: the wins of the ask as they are now, with what goes
// along of them.
func (e Enclosed) evidence(tx *db.Tx, me org.Actor, id db.ID) ([]Evidence, error) {
	wrong := problem.Invalid{}
	for _, section := range e.Sections {
		wrong.Check(section.Name.Title() != "", "", "There is no such part of an ask.")
		short(wrong, string(section.Name), section.Words, mostSection)
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	ids, err := Wins(tx, me, id)
	if err != nil {
		return nil, err
	}
	evidence, err := asTheyAre(tx, me, ids)
	var bytes, count int64
	for i, one := range evidence {
		evidence[i].Files = e.Files[one.Win]
		for _, file := range evidence[i].Files {
			bytes += file.Size
			if file.URL == "" {
				count++
			}
		}
	}
	if err != nil || count == 0 {
		return evidence, err
	}
	var had, files int64
	if err := tx.Get(`
		select cast(coalesce(sum(f.size), 0) as bigint), count(*)
		from asks a
		join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id
		join sent_evidence e on e.organisation_id = s.organisation_id and e.sending_id = s.id
		join evidence_files f on f.organisation_id = e.organisation_id and f.evidence_id = e.id
		where a.organisation_id = $1 and a.owner_id = $2 and f.url = ''`, me.Organisation, me.Person).Scan(&had, &files); err != nil {
		return nil, err
	}
	if had+bytes > mostFileBytes {
		return nil, problem.Refuse("The files that went out with your asks are more than %d MB together. Let a link go along instead.", mostFileBytes>>20)
	}
	if files+count > MostFiles {
		return nil, problem.Refuse("More than %d files went out with your asks. Let a link go along instead.", MostFiles)
	}
	return evidence, nil
}

// enclose writes down what goes out with a sending.
func enclose(tx *db.Tx, organisation, sending db.ID, evidence []Evidence, sections []Section) error {
	var rows, files, texts [][]any
	for i, e := range evidence {
		id := tx.NewID()
		rows = append(rows, []any{organisation, id, sending, int64(i), e.Win, e.Day, e.Words, e.Effect, e.Figure})
		for n, f := range e.Files {
			if f.URL == "" {
				sum := sha256.Sum256(f.Content)
				f.Size, f.Digest = int64(len(f.Content)), hex.EncodeToString(sum[:])
			}
			if f.Content == nil {
				f.Content = []byte{}
			}
			files = append(files, []any{organisation, tx.NewID(), id, int64(n), f.URL, f.Name, f.MediaType, f.Size, f.Digest, f.Content})
		}
	}
	for i, section := range sections {
		texts = append(texts, []any{organisation, sending, int64(i), string(section.Name), section.Words})
	}
	if err := db.Insert(tx, "insert into sent_evidence (organisation_id, id, sending_id, position, win_id, day, words, effect, figure) values", rows); err != nil {
		return err
	}
	if err := db.Insert(tx, "insert into evidence_files (organisation_id, id, evidence_id, position, url, name, media_type, size, digest, content) values", files); err != nil {
		return err
	}
	return db.Insert(tx, "insert into sent_sections (organisation_id, sending_id, position, name, words) values", texts)
}

// MyCriteria lists what must be or was shown for the actor's own asks, the newest first.
func MyCriteria(tx *db.Tx, me org.Actor, most int) ([]Criterion, error) {
	return db.List(tx, scanCriterion, selectCriterion+"where "+seen+" and a.owner_id = $2 order by c.id desc limit $4",
		me.Organisation, me.Person, readsSince(tx), most)
}

// sectionsOf are the sections of the sendings of an ask that the actor may see, by sending.
func sectionsOf(tx *db.Tx, me org.Actor, id db.ID) (map[db.ID][]Section, error) {
	all := map[db.ID][]Section{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var sending db.ID
		var one Section
		err := row.Scan(&sending, &one.Name, &one.Words)
		all[sending] = append(all[sending], one)
		return struct{}{}, err
	}, `
		select s.id, t.name, t.words
		from asks a
		join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id
		join sent_sections t on t.organisation_id = s.organisation_id and t.sending_id = s.id
		where `+seen+` and a.id = $4 and `+sendingSeen+`
		order by s.id, t.position`, me.Organisation, me.Person, readsSince(tx), id)
	return all, err
}

const fileSeen = `
	from asks a
	join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id
	join sent_evidence e on e.organisation_id = s.organisation_id and e.sending_id = s.id
	join evidence_files f on f.organisation_id = e.organisation_id and f.evidence_id = e.id
	where ` + seen + ` and ` + sendingSeen + ` and (e.taken_back_at is null or a.owner_id = $2)`

// filesOf are the links and files of a sending that the actor may see, by evidence.
func filesOf(tx *db.Tx, me org.Actor, sending db.ID) (map[db.ID][]File, error) {
	all := map[db.ID][]File{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var evidence db.ID
		var f File
		err := row.Scan(&evidence, &f.ID, &f.URL, &f.Name, &f.MediaType, &f.Size, &f.Digest)
		all[evidence] = append(all[evidence], f)
		return struct{}{}, err
	}, "select e.id, f.id, f.url, f.name, f.media_type, f.size, f.digest"+fileSeen+" and s.id = $4 order by e.position, f.position",
		me.Organisation, me.Person, readsSince(tx), sending)
	return all, err
}

// FileOf finds a file that went out with an ask that the actor may see, with its content.
func FileOf(tx *db.Tx, me org.Actor, id db.ID) (File, error) {
	var f File
	err := tx.Get("select f.id, f.name, f.media_type, f.size, f.digest, f.content"+fileSeen+" and f.id = $4 and f.url = ''",
		me.Organisation, me.Person, readsSince(tx), id).Scan(&f.ID, &f.Name, &f.MediaType, &f.Size, &f.Digest, &f.Content)
	return f, err
}

// contents reads what the files of a sending hold, to send them once more.
func contents(tx *db.Tx, me org.Actor, evidence []Evidence) error {
	for _, e := range evidence {
		for i, f := range e.Files {
			if f.URL != "" {
				continue
			}
			whole, err := FileOf(tx, me, f.ID)
			if err != nil {
				return err
			}
			e.Files[i].Content = whole.Content
		}
	}
	return nil
}
