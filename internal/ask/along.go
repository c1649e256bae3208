package ask

import (
	"errors"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Along is an ask as its owner, or somebody who was asked, takes it along to another
// installation: with all that this side may read of it, and nothing else.
type Along struct {
	ID    db.ID   `json:"id"`
	Owner org.Key `json:"owner"`
	AlongWords
	Whom      org.Key            `json:"whom,omitempty"`
	State     State              `json:"state"`
	Wins      []db.ID            `json:"wins,omitempty"` // the evidence that a draft brings
	Previous  db.ID              `json:"previous,omitempty"`
	Origin    org.Origin         `json:"origin,omitzero"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
	Sendings  []AlongSending     `json:"sendings,omitempty"`
	Decision  *AlongDecision     `json:"decision,omitempty"`
	Criteria  []AlongCriterion   `json:"criteria,omitempty"`
	Proposals []AlongProposal    `json:"proposals,omitempty"`
	Fruits    []AlongFruit       `json:"fruits,omitempty"`
	Tellings  []AlongTelling     `json:"tellings,omitempty"`
}

// AlongWords is what an ask says.
type AlongWords struct {
	Kind       Kind       `json:"kind,omitempty"`
	What       string     `json:"what"`
	Why        string     `json:"why,omitempty"`
	CostMinor  int64      `json:"cost_minor,omitempty"` // in the smallest unit of the currency
	Currency   string     `json:"currency,omitempty"`
	CostHours  int64      `json:"cost_hours,omitempty"`
	CostCentre string     `json:"cost_centre,omitempty"` // named by who asks
	Return     string     `json:"return,omitempty"`
	DecideBy   civil.Date `json:"decide_by,omitzero"`
}

// Text is the words as an ask of here has them.
func (w AlongWords) Text() Text {
	return Text{w.Kind, w.What, w.Why, Cost{w.CostMinor, w.Currency, w.CostHours}, w.CostCentre, w.Return, w.DecideBy}
}

// AlongSending is one time that an ask went out.
type AlongSending struct {
	Version int64 `json:"version"`
	AlongWords
	SentAt    time.Time       `json:"sent_at"`
	With      org.Key         `json:"with"` // who has it now, or had it last
	EndedAt   time.Time       `json:"ended_at,omitzero"`
	EndedHow  string          `json:"ended_how,omitempty"`
	Replaced  bool            `json:"replaced,omitempty"` // by the next version
	Sections  []AlongSection  `json:"sections,omitempty"`
	Hands     []AlongHand     `json:"hands,omitempty"`
	Evidence  []AlongEvidence `json:"evidence,omitempty"`
	Inquiries []AlongInquiry  `json:"inquiries,omitempty"`
	Approvals []AlongApproval `json:"approvals,omitempty"`
	id        db.ID
}

// AlongSection is a part of what was sent, word for word.
type AlongSection struct {
	Name  Part   `json:"name"`
	Words string `json:"words"`
}

// AlongFile is a link or a file that went along with a win. The content of a file that its owner sent
// stands beside person.json, under Path, or with the win, where it is the same.
type AlongFile struct {
	URL       string `json:"url,omitempty"`
	Name      string `json:"name,omitempty"`
	MediaType string `json:"media_type,omitempty"`
	Size      int64  `json:"size,omitempty"`
	Digest    string `json:"sha256,omitempty"`
	Content   []byte `json:"-"` // its owner's alone; nil where an export from elsewhere holds none
}

// Path is where the content of a file stands in an export: once, however often it was sent.
func (f AlongFile) Path() string { return "files/sent/" + f.Digest + plan.Kinds[f.MediaType] }

// Has tells whether this is a file, and not a link, and whether it has a content of its own.
func (f AlongFile) Has() bool { return f.URL == "" && f.Digest != "" }

// AlongHand is one time that the one asked handed an ask on.
type AlongHand struct {
	From    org.Key   `json:"from"`
	To      org.Key   `json:"to"`
	Note    string    `json:"note,omitempty"`
	At      time.Time `json:"at"`
	OfMoney bool      `json:"of_money,omitempty"` // by who answers for the money
}

// AlongEvidence is a win as it was when it was sent. Of what its owner took back, another side
// takes along only that there was something.
type AlongEvidence struct {
	Win         db.ID       `json:"win,omitempty"`
	Day         civil.Date  `json:"day,omitzero"`
	Words       string      `json:"words,omitempty"`
	Effect      string      `json:"effect,omitempty"`
	Figure      string      `json:"figure,omitempty"`
	TakenBackAt time.Time   `json:"taken_back_at,omitzero"`
	Files       []AlongFile `json:"files,omitempty"`
}

// AlongDecision is the answer. What the owner heard and plans is in the owner's file alone.
type AlongDecision struct {
	By               org.Key     `json:"by"`
	At               time.Time   `json:"at"`
	Answer           Says        `json:"answer"`
	Reason           string      `json:"reason,omitempty"`
	Feedback         string      `json:"feedback,omitempty"`
	Alternative      string      `json:"alternative,omitempty"`
	AlternativeWords string      `json:"alternative_words,omitempty"`
	AgainOn          civil.Date  `json:"again_on,omitzero"`
	AgainNamed       bool        `json:"again_named,omitempty"`
	Heard            *AlongHeard `json:"heard,omitempty"`
	ComesBackOn      civil.Date  `json:"comes_back_on,omitzero"`
	LetGoAt          time.Time   `json:"let_go_at,omitzero"`
	CameBackAt       time.Time   `json:"came_back_at,omitzero"`
	CostCentre       string      `json:"cost_centre,omitempty"`
	Thanks           string      `json:"thanks,omitempty"`
	ThankedAt        time.Time   `json:"thanked_at,omitzero"`
	TellOn           civil.Date  `json:"tell_on,omitzero"`
}

// AlongHeard is what the owner heard, of what the answer left empty.
type AlongHeard struct {
	Reason      string             `json:"reason,omitempty"`
	Feedback    string             `json:"feedback,omitempty"`
	Alternative string             `json:"alternative,omitempty"`
	Revision    int64              `json:"revision"`
	Earlier     []org.AlongEarlier `json:"earlier,omitempty"`
}

// AlongCriterion is something that must be shown.
type AlongCriterion struct {
	ID           db.ID              `json:"id"`
	Words        string             `json:"words"`
	Evidence     string             `json:"evidence,omitempty"`
	EvidenceAt   time.Time          `json:"evidence_at,omitzero"`
	Revision     int64              `json:"revision"`
	Verdict      Verdict            `json:"verdict,omitempty"`
	VerdictWords string             `json:"verdict_words,omitempty"`
	VerdictAt    time.Time          `json:"verdict_at,omitzero"`
	Earlier      []org.AlongEarlier `json:"earlier,omitempty"`
	DroppedAt    time.Time          `json:"dropped_at,omitzero"`
	Wins         []AlongEvidence    `json:"wins,omitempty"`
}

// TakeAlong are all asks that the actor may see: their own, and what others asked of them.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	ids, err := db.List(tx, db.Scanned[db.ID], "select a.id from asks a where "+seen+" order by a.id", me.Organisation, me.Person, readsSince(tx))
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, "ask", "heard", "criterion", "granted step")
	if err != nil {
		return nil, err
	}
	t := taking{me, others, earlier}
	var all []Along
	for _, id := range ids {
		one, err := t.ask(tx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// taking is what is needed to take asks along.
type taking struct {
	me      org.Actor
	others  *org.Companions
	earlier map[event.Thing][]org.AlongEarlier
}

func (t taking) ask(tx *db.Tx, id db.ID) (Along, error) {
	a, err := ByID(tx, t.me, id)
	if err != nil {
		return Along{}, err
	}
	one := Along{
		ID: id, Owner: t.others.Key(a.Owner), AlongWords: wordsOf(a.Text), Whom: t.others.Key(a.Whom), State: a.State,
		Previous: a.Previous, Origin: a.Origin, Revision: a.Revision, CreatedAt: a.CreatedAt,
	}
	if a.owns(t.me) {
		one.Earlier = t.earlier[a.Thing()]
		if err := t.own(tx, &one); err != nil {
			return one, err
		}
	}
	if one.Sendings, err = t.sendings(tx, a); err != nil {
		return one, err
	}
	if one.Decision, err = t.decision(tx, a); err != nil {
		return one, err
	}
	return one, t.after(tx, &one)
}

// own reads what an ask of the actor's says itself, which may differ from what stands sent: the
// one whom it was first sent to, and the wins that it would bring when it comes back.
func (t taking) own(tx *db.Tx, one *Along) error {
	var err error
	if one.Wins, err = Wins(tx, t.me, one.ID); err != nil {
		return err
	}
	var whom org.Party
	if err := tx.Get(`
		select p.id, c.id, coalesce(p.name, c.name, '')
		from asks a
		left join people p on p.organisation_id = a.organisation_id and p.id = a.whom_person_id
		left join contacts c on c.organisation_id = a.organisation_id and c.id = a.whom_contact_id
		where a.organisation_id = $1 and a.owner_id = $2 and a.id = $3`, t.me.Organisation, t.me.Person, one.ID).Scan(&whom.Person, &whom.Contact, &whom.Name); err != nil {
		return err
	}
	one.Whom = t.others.Key(whom)
	return nil
}

func wordsOf(t Text) AlongWords {
	return AlongWords{t.Kind, t.What, t.Why, t.Cost.Minor, t.Cost.Currency, t.Cost.Hours, t.CostCentre, t.Return, t.DecideBy}
}

const sendingWords = "version, kind, what, why, cost_minor, currency, cost_hours, cost_centre, gives, decide_by, sent_at"

func (s *AlongSending) record() []any {
	return []any{&s.Version, &s.Kind, &s.What, &s.Why, &s.CostMinor, &s.Currency, &s.CostHours, &s.CostCentre, &s.Return, &s.DecideBy, &s.SentAt}
}

// sendings are the times that an ask went out, the first first: its owner takes all, anybody else
// what stands.
func (t taking) sendings(tx *db.Tx, a Ask) ([]AlongSending, error) {
	told, err := sendingsOf(tx, t.me, a.ID)
	if err != nil {
		return nil, err
	}
	slices.Reverse(told) // the latest came first
	var all []AlongSending
	for _, each := range told {
		s := AlongSending{id: each.ID}
		if err := tx.Get("select "+sendingWords+" from ask_sendings where organisation_id = $1 and id = $2", t.me.Organisation, each.ID).Scan(s.record()...); err != nil {
			return nil, err
		}
		s.With, s.EndedAt, s.EndedHow, s.Replaced = t.others.Key(each.With), each.EndedAt, each.EndedHow, each.Replaced
		for _, section := range each.Sections {
			s.Sections = append(s.Sections, AlongSection(section))
		}
		if a.owns(t.me) {
			if err := contents(tx, t.me, each.Evidence); err != nil {
				return nil, err
			}
		}
		for _, e := range each.Evidence {
			s.Evidence = append(s.Evidence, e.along())
		}
		t.answers(&s, each)
		if s.Hands, err = t.hands(tx, each.ID); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func (e Evidence) along() AlongEvidence {
	one := AlongEvidence{e.Win, e.Day, e.Words, e.Effect, e.Figure, e.TakenBackAt, nil}
	for _, f := range e.Files {
		one.Files = append(one.Files, AlongFile{f.URL, f.Name, f.MediaType, f.Size, f.Digest, f.Content})
	}
	return one
}

// hands are those of a sending that the actor may read.
func (t taking) hands(tx *db.Tx, sending db.ID) ([]AlongHand, error) {
	return db.List(tx, func(row db.Row) (AlongHand, error) {
		var h AlongHand
		var from, to org.Party
		err := row.Scan(&from.Person, &from.Contact, &from.Name, &to.Person, &to.Contact, &to.Name, &h.Note, &h.At, &h.OfMoney)
		h.From, h.To = t.others.Key(from), t.others.Key(to)
		return h, err
	}, `
		select case when h.from_contact_id is null then h.from_id end, h.from_contact_id, f.name,
			case when h.to_contact_id is null then h.to_id end, h.to_contact_id, t.name, h.note, h.at, h.of_money
		from ask_hands h
		join people f on f.organisation_id = h.organisation_id and f.id = h.from_id
		join people t on t.organisation_id = h.organisation_id and t.id = h.to_id
		join ask_sendings s on s.organisation_id = h.organisation_id and s.id = h.sending_id
		join asks a on a.organisation_id = s.organisation_id and a.id = s.ask_id
		where h.organisation_id = $1 and h.sending_id = $3 and (a.owner_id = $2 or s.with_person_id = $2)
		order by h.id`, t.me.Organisation, t.me.Person, sending)
}

func (t taking) decision(tx *db.Tx, a Ask) (*AlongDecision, error) {
	d, err := DecisionOf(tx, t.me, a.ID)
	if errors.Is(err, problem.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	one := &AlongDecision{
		By: t.others.Key(d.By), At: d.At, Answer: d.Says, Reason: d.Reason, Feedback: d.Feedback,
		Alternative: d.Alternative, AlternativeWords: d.AlternativeWords, AgainOn: d.AgainOn, AgainNamed: d.AgainNamed,
		CostCentre: d.CostCentre, Thanks: d.Thanks, ThankedAt: d.ThankedAt,
	}
	if !a.owns(t.me) {
		return one, nil
	}
	one.Heard = &AlongHeard{d.Heard.Reason, d.Heard.Feedback, d.Heard.Alternative, d.Heard.Revision, t.earlier[event.Thing{Kind: "heard", ID: a.ID}]}
	return one, tx.Get("select comes_back_on, let_go_at, came_back_at, tell_on from decisions where organisation_id = $1 and ask_id = $2",
		t.me.Organisation, a.ID).Scan(&one.ComesBackOn, &one.LetGoAt, &one.CameBackAt, &one.TellOn)
}
