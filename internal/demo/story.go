package demo

import "github.com/ownward/ownward/internal/pitch"

// company is who is in the organisation, as people.yaml says.
type company struct {
	Organisation string            `yaml:"organisation"`
	Zone         string            `yaml:"zone"`
	Founded      day               `yaml:"founded"`
	Domain       string            `yaml:"domain"`
	Sites        map[string]string `yaml:"sites"` // name to time zone
	Departments  []department      `yaml:"departments"`
}

// department is some people under the one who leads them, who comes first.
type department struct {
	Name   string   `yaml:"name"`
	Under  string   `yaml:"under"`
	People []person `yaml:"people"`
}

// person is somebody in the organisation. Was says how it stood before they moved.
type person struct {
	Key           string `yaml:"key"`
	Name          string `yaml:"name"`
	Job           string `yaml:"job"`
	Level         int    `yaml:"level"`
	Site          string `yaml:"site"`
	Started       int    `yaml:"started"`
	Employment    string `yaml:"employment"`
	Administrator bool   `yaml:"administrator"`
	Was           before `yaml:"was"`
	Moved         day    `yaml:"moved"`
	Left          day    `yaml:"left"`

	department, under string
}

type before struct {
	Under      string `yaml:"under"`
	Job        string `yaml:"job"`
	Level      int    `yaml:"level"`
	Site       string `yaml:"site"`
	Department string `yaml:"department"`
}

// story is what one person wrote, asked, promised and talked about. A label ("id") names a
// thing within the stories of its person.
type story struct {
	Person        string         `yaml:"person"`
	Texts         []text         `yaml:"texts"`
	Values        values         `yaml:"values"`
	Strengths     values         `yaml:"strengths"`
	Skills        []skill        `yaml:"skills"`
	Goals         []goal         `yaml:"goals"`
	Wins          []win          `yaml:"wins"`
	Brought       brought        `yaml:"brought"`
	Journal       []entry        `yaml:"journal"`
	Askings       []asking       `yaml:"askings"`
	Asks          []request      `yaml:"asks"`
	Promises      []promise      `yaml:"promises"`
	Conversations []conversation `yaml:"conversations"`
	Years         []yearly       `yaml:"years"`
	Handovers     []handedOver   `yaml:"handovers"`
	Shares        []shared       `yaml:"shares"`
	Proposals     []proposed     `yaml:"proposals"`
	Copies        []copied       `yaml:"copies"`
	Comments      []said         `yaml:"comments"`
	Told          []told         `yaml:"stories"`
	Said          []word         `yaml:"words"`
	Offers        offer          `yaml:"offers"`
	Helpers       []helper       `yaml:"helpers"`
	Programmes    []offered      `yaml:"programmes"`
	Owners        []string       `yaml:"programme_owners"` // whom this administrator names
	Introductions []introduced   `yaml:"introductions"`
	Rounds        []opened       `yaml:"rounds"`
}

type text struct {
	On      day    `yaml:"on"`
	Section string `yaml:"section"`
	Words   prose  `yaml:"words"`
}

type values struct {
	On   day `yaml:"on"`
	List []struct {
		Word    string `yaml:"word"`
		Meaning prose  `yaml:"meaning"`
	} `yaml:"list"`
}

type skill struct {
	ID     string  `yaml:"id"`
	On     day     `yaml:"on"`
	Name   string  `yaml:"name"`
	Level  int64   `yaml:"level"`
	Wanted int64   `yaml:"wanted"`
	Note   prose   `yaml:"note"`
	Later  []skill `yaml:"later"` // what is not said again stays
}

type goal struct {
	ID         string   `yaml:"id"`
	On         day      `yaml:"on"`
	Title      string   `yaml:"title"`
	Area       string   `yaml:"area"`
	KeptOut    bool     `yaml:"kept_out"`
	Specific   prose    `yaml:"specific"`
	Measured   prose    `yaml:"measured"`
	Attainable prose    `yaml:"attainable"`
	Relevant   prose    `yaml:"relevant"`
	Serves     prose    `yaml:"serves"`
	Due        day      `yaml:"due"`
	Kind       string   `yaml:"kind"`
	Rhythm     string   `yaml:"rhythm"` // without one: never
	Reviews    []review `yaml:"reviews"`
	Steps      []step   `yaml:"steps"`
	Closed     struct {
		On      day    `yaml:"on"`
		As      string `yaml:"as"`
		Learned prose  `yaml:"learned"`
	} `yaml:"closed"`
}

type step struct {
	On       day    `yaml:"on"`
	Activity string `yaml:"activity"`
	Words    prose  `yaml:"words"`
	Due      day    `yaml:"due"`
	When     string `yaml:"when"`
	Then     string `yaml:"then"`
	Begun    day    `yaml:"begun"`
	Done     day    `yaml:"done"`
	Every    string `yaml:"every"`
	Until    day    `yaml:"until"`
	Did      []day  `yaml:"did"` // the days on which it was done once
}

// review is a look back at a goal.
type review struct {
	On      day    `yaml:"on"`
	How     string `yaml:"how"`
	Learned prose  `yaml:"learned"`
}

type win struct {
	ID     string   `yaml:"id"`
	On     day      `yaml:"on"`
	Told   day      `yaml:"told"` // when it was written down; else on its day
	What   prose    `yaml:"what"`
	Effect prose    `yaml:"effect"`
	Figure string   `yaml:"figure"`
	Backs  []string `yaml:"backs"`
	Links  []string `yaml:"links"`
	Sheet  string   `yaml:"sheet"` // the title of a PDF of one line
}

// brought is a list of wins that somebody imports, and does not look through yet.
type brought struct {
	On   day    `yaml:"on"`
	List string `yaml:"list"` // Markdown
}

type entry struct {
	On    day   `yaml:"on"`
	Words prose `yaml:"words"`
}

type asking struct {
	ID       string `yaml:"id"`
	On       day    `yaml:"on"`
	Of       string `yaml:"of"` // a person, or "self"
	Card     string `yaml:"card"`
	Question string `yaml:"question"`
	Answer   prose  `yaml:"answer"`
	Answered day    `yaml:"answered"`
}

type request struct {
	ID       string   `yaml:"id"`
	On       day      `yaml:"on"`
	Of       string   `yaml:"of"`
	From     string   `yaml:"from"` // the goal it comes from
	Kind     string   `yaml:"kind"`
	What     string   `yaml:"what"`
	Why      prose    `yaml:"why"`
	Evidence []string `yaml:"evidence"`
	Money    string   `yaml:"money"` // in euros
	Centre   string   `yaml:"cost_centre"`
	Hours    int64    `yaml:"hours"`
	Return   prose    `yaml:"return"`
	DecideBy day      `yaml:"decide_by"`
	Sent     day      `yaml:"sent"`
	// Prepared are the texts of each part, by name.
	Prepared map[pitch.Part]map[string]prose `yaml:"prepared"`
	Handed   struct {
		On   day    `yaml:"on"`
		To   string `yaml:"to"`
		Note prose  `yaml:"note"`
	} `yaml:"handed"`
	Answer answer `yaml:"answer"`
	Heard  struct {
		On       day   `yaml:"on"`
		Feedback prose `yaml:"feedback"`
	} `yaml:"heard"`
	LetGo   day     `yaml:"let_go"`
	Back    back    `yaml:"back"`
	Thanks  spoke   `yaml:"thanks"`
	Drawn   []drawn `yaml:"drawn"`
	Granted []fruit `yaml:"granted"`
	Told    spoke   `yaml:"told"`
}

// back is a question with which an ask came back, and what its owner answered.
type back struct {
	On       day   `yaml:"on"`
	Question prose `yaml:"question"`
	Answered day   `yaml:"answered"`
	Answer   prose `yaml:"answer"`
}

type spoke struct {
	On    day   `yaml:"on"`
	Words prose `yaml:"words"`
}

// drawn is something to be shown that somebody proposed after the answer, and the other agreed to.
type drawn struct {
	On       day    `yaml:"on"`
	By       string `yaml:"by"` // "owner", or who decided
	Words    prose  `yaml:"words"`
	Note     prose  `yaml:"note"`
	Agreed   day    `yaml:"agreed"`
	Shown    day    `yaml:"shown"`
	Evidence prose  `yaml:"evidence"`
	Win      string `yaml:"win"`
}

// fruit is something that became of what was granted.
type fruit struct {
	On    day    `yaml:"on"`
	Kind  string `yaml:"kind"`
	Place string `yaml:"place"`
	Words prose  `yaml:"words"`
	Money string `yaml:"money"` // in euros
	Hours int64  `yaml:"hours"`
}

type answer struct {
	On               day         `yaml:"on"`
	Says             string      `yaml:"says"`
	Reason           prose       `yaml:"reason"`
	Feedback         prose       `yaml:"feedback"`
	Alternative      string      `yaml:"alternative"`
	AlternativeWords prose       `yaml:"alternative_words"`
	Again            day         `yaml:"again"`
	Criteria         []criterion `yaml:"criteria"`
	Promises         []promise   `yaml:"promises"`
	Budget           drawnMoney  `yaml:"budget"`
	Money            struct {    // whose yes for the money it needed
		To         string `yaml:"to"`
		On         day    `yaml:"on"`
		Reason     prose  `yaml:"reason"`
		CostCentre string `yaml:"cost_centre"`
	} `yaml:"money"`
}

type criterion struct {
	Words    prose  `yaml:"words"`
	Evidence prose  `yaml:"evidence"`
	Shown    day    `yaml:"shown"`
	Verdict  string `yaml:"verdict"`
	Judged   day    `yaml:"judged"`
	Note     prose  `yaml:"note"`
}

// promise is a commitment with what became of it. The one it is promised to confirms, releases
// or calls it broken, with the note.
type promise struct {
	ID        string `yaml:"id"`
	On        day    `yaml:"on"`
	By        string `yaml:"by"`
	To        string `yaml:"to"`
	WrittenBy string `yaml:"written_by"`
	Words     prose  `yaml:"words"`
	Due       day    `yaml:"due"`
	CheckIn   day    `yaml:"check_in"`
	Accepted  day    `yaml:"accepted"`
	Declined  day    `yaml:"declined"`
	Moved     struct {
		On     day    `yaml:"on"`
		By     string `yaml:"by"`
		Due    day    `yaml:"due"`
		Words  prose  `yaml:"words"`
		Note   prose  `yaml:"note"`
		Agreed day    `yaml:"agreed"`

		Answered struct { // with a proposal of the other side's own
			On   day   `yaml:"on"`
			Due  day   `yaml:"due"`
			Note prose `yaml:"note"`
		} `yaml:"answered"`
	} `yaml:"moved"`
	LooksBack []struct { // and says: not yet
		On   day    `yaml:"on"`
		By   string `yaml:"by"`
		Note prose  `yaml:"note"`
	} `yaml:"looks_back"`
	SaidDone day `yaml:"said_done"`
	Differs  struct {
		SaidDone day   `yaml:"said_done"` // an earlier word that it is done
		On       day   `yaml:"on"`
		Note     prose `yaml:"note"`
	} `yaml:"differs"`
	Confirmed day   `yaml:"confirmed"`
	Released  day   `yaml:"released"`
	Broken    day   `yaml:"broken"`
	LetGo     day   `yaml:"let_go"`
	Note      prose `yaml:"note"`
}

// yearly is a year of conversations that somebody begins, or proposes.
type yearly struct {
	With string `yaml:"with"`
	On   day    `yaml:"on"`
}

type conversation struct {
	ID       string `yaml:"id"`
	With     string `yaml:"with"`
	Kind     string `yaml:"kind"`
	At       day    `yaml:"at"`
	Clock    string `yaml:"clock"` // 09:30, where the person of the story is
	Asked    day    `yaml:"asked"`
	By       string `yaml:"by"` // who asked for it; else the person of the story
	Accepted day    `yaml:"accepted"`
	Moved    struct {
		On     day    `yaml:"on"`
		By     string `yaml:"by"`
		At     day    `yaml:"at"`
		Clock  string `yaml:"clock"`
		Agreed day    `yaml:"agreed"`
	} `yaml:"moved"`
	Cancelled struct {
		On day    `yaml:"on"`
		By string `yaml:"by"`
	} `yaml:"cancelled"`
	Items    []item    `yaml:"items"`
	Notes    prose     `yaml:"notes"`
	Private  []note    `yaml:"private"`
	Outcome  prose     `yaml:"outcome"`
	Promises []promise `yaml:"promises"`
}

type item struct {
	On      day    `yaml:"on"` // else once the time was agreed
	By      string `yaml:"by"`
	Words   prose  `yaml:"words"`
	Private bool   `yaml:"private"` // on their own list
	About   string `yaml:"about"`   // the ask it was made from, as it stands now
}

type note struct {
	By    string `yaml:"by"`
	Words prose  `yaml:"words"`
}

// handedOver is what the new manager was to see.
type handedOver struct {
	On   day      `yaml:"on"`
	Keep []string `yaml:"keep"`
}

type shared struct {
	On        day    `yaml:"on"`
	What      string `yaml:"what"` // a section of the plan, or a label
	With      string `yaml:"with"` // "manager", or a person
	TakenBack day    `yaml:"taken_back"`
}
