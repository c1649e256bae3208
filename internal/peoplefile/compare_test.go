package peoplefile

import (
	"strings"
	"testing"
)

const crew = `id,name,email,manager,title,department
1,Ada North,ada@x.example,,Director,Board
2,Ben East,ben@x.example,1,Lead,Works
3,Cleo West,cleo@x.example,2,Fitter,Works
4,Dan South,dan@x.example,2,Fitter,Works
`

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	w := &world{t: t}
	wantCounts(t, w.importing(crew), "new 4 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0")
	wantLines(t, w, "Ada North < -", "Ben East < Ada North", "Cleo West < Ben East", "Dan South < Ben East")
	w.changesNothing(crew)
	d := w.importing(crew)
	if !d.Nothing() || !d.AsGiven() || d.Unchanged != 4 {
		t.Errorf("%+v", *d)
	}
}

func TestAChangeIsShownFieldByField(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	d := w.importing(strings.ReplaceAll(crew, "3,Cleo West,cleo@x.example,2,Fitter,Works", "3,Cleo Best,cleo@x.example,1,Foreman,Works"))
	wantCounts(t, d, "new 0 changed 1 leaving 0 unchanged 3 skipped 0 repeated 0 aside 0")
	want := []Change{{FullName, "Cleo West", "Cleo Best"}, {Title, "Fitter", "Foreman"}, {Manager, "Ben East", "Ada North"}}
	got := d.People[0].Changes
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("changes: %v", got)
	}
}

func TestAManagerIsFoundByWhateverNamesThem(t *testing.T) {
	for _, ref := range []string{"7", "N-7", "bossy", "BOSS@x.example", "Vera Boss", "Boss, Vera", "vera boss", "Vera Boss (7)", "Somebody (N-7)", "CN=Vera Boss,OU=Staff,DC=x"} {
		w := &world{t: t}
		w.importing("id;number;username;email;name;manager\n8;N-8;ann;ann@x.example;Ann Lee;"+ref+"\n7;N-7;bossy;boss@x.example;Vera Boss;\n",
			"number=number")
		wantLines(t, w, "Ann Lee < Vera Boss", "Vera Boss < -")
	}
}

func TestAManagerIsFoundAmongThoseAlreadyHere(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	w.importing("id,name,manager\n9,New One,ben@x.example\n")
	if got := w.at(w.named("New One").Manager); got == nil || got.Values[FullName] != "Ben East" {
		t.Errorf("stands under %v", got)
	}
}

func TestWithoutAManagerToFindSomebodyStandsUnderNobody(t *testing.T) {
	w := &world{t: t}
	d := w.importing(`id,name,email,status,manager
1,Ann One,a@x.example,active,99
2,Bob Two,b@x.example,active,2
3,Cid Three,c@x.example,active,5
4,Dee Four,d@x.example,active,Sam Same
5,Eve Five,e@x.example,terminated,
6,Sam Same,f@x.example,active,
7,Sam Same,g@x.example,active,
8,Gil Eight,h@x.example,active,9
9,Hal Nine,i@x.example,active,
9,Ida Nine,j@x.example,active,
`)
	wantCounts(t, d, "new 7 changed 0 leaving 0 unchanged 0 skipped 1 repeated 0 aside 2")
	wantProblem(t, d, 2, "manager", "99", "Nobody in the file", Altered)
	wantProblem(t, d, 3, "manager", "2", "their own manager", Altered)
	wantProblem(t, d, 4, "manager", "5", "line 6) is not active", Altered)
	wantProblem(t, d, 5, "manager", "Sam Same", "More than one person", Altered)
	wantProblem(t, d, 9, "manager", "9", "was set aside", Altered)
	wantProblem(t, d, 10, "id", "9", "Lines 10 and 11 give this id to different people", SetAside)
	wantProblem(t, d, 11, "id", "9", "Lines 10 and 11", SetAside)
	for _, k := range w.known {
		if k.Manager != "" {
			t.Errorf("%s stands under %s", k.Values[FullName], k.Manager)
		}
	}
	if d.Altered != 5 {
		t.Errorf("%d rows altered", d.Altered)
	}
}

func TestADepartedManagerOfEarlierFiles(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	d := w.importing("id,name,status,manager\n2,Ben East,Terminated,1\n3,Cleo West,Active,2\n")
	wantCounts(t, d, "new 0 changed 2 leaving 1 unchanged 0 skipped 0 repeated 0 aside 0")
	wantProblem(t, d, 3, "manager", "2", "Ben East has left", Altered)
	wantProblem(t, d, 0, "", "Dan South", "Their manager Ben East leaves", Altered)
	wantLines(t, w, "Ada North < -", "Cleo West < -", "Dan South < -")
	if d.Outside != 1 {
		t.Errorf("%d outside the file", d.Outside)
	}
}

func TestACircleNamesAllItsMembers(t *testing.T) {
	w := &world{t: t}
	circle := `id,name,manager
1,Ann One,3
2,Bob Two,1
3,Cid Three,2
4,Dee Four,3
`
	d := w.importing(circle)
	for line, ref := range map[int]string{2: "3", 3: "1", 4: "2"} {
		wantProblem(t, d, line, "manager", ref, "", Altered)
	}
	for _, name := range []string{"Ann One", "Bob Two", "Cid Three"} {
		if !strings.Contains(problems(d), name) {
			t.Errorf("%s is not named", name)
		}
	}
	wantLines(t, w, "Ann One < -", "Bob Two < -", "Cid Three < -", "Dee Four < Cid Three")
	w.changesNothing(circle)
	if d := w.importing("id,name,manager\n4,Dee Four,3\n"); !d.AsGiven() {
		t.Errorf("a file without them speaks of the circle again: %s", problems(d))
	}
	w.importing(strings.Replace(circle, "1,Ann One,3", "1,Ann One,", 1))
	wantLines(t, w, "Ann One < -", "Bob Two < Ann One", "Cid Three < Bob Two", "Dee Four < Cid Three")
}

func TestACircleWithPeopleWhoAreHereAlready(t *testing.T) {
	w := &world{t: t}
	w.importing(crew) // 3 under 2 under 1
	circle := "id,name,manager\n1,Ada North,3\n"
	d := w.importing(circle)
	wantProblem(t, d, 2, "manager", "3", "lead back to each other", Altered)
	wantProblem(t, d, 0, "", "Ada North", "lead back to each other", Altered)
	wantLines(t, w, "Ada North < -", "Ben East < -", "Cleo West < -", "Dan South < Ben East")
	w.changesNothing(circle)
	w.importing("id,name,manager\n1,Ada North,\n")
	wantLines(t, w, "Ada North < -", "Ben East < Ada North", "Cleo West < Ben East", "Dan South < Ben East")
}

func TestACircleWithALineChosenByHand(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	w.named("Ada North").Manager = w.named("Dan South").Key // by hand, after Dan was put at the top by hand
	w.named("Dan South").Manager = ""
	circle := strings.ReplaceAll(crew, "4,Dan South,dan@x.example,2", "4,Dan South,dan@x.example,1")
	w.importing(circle)
	wantLines(t, w, "Ada North < -", "Ben East < Ada North", "Cleo West < Ben East", "Dan South < -")
	w.changesNothing(circle)
}

func TestRowsOfOneId(t *testing.T) {
	w := &world{t: t}
	d := w.importing(`id,name,email,status,title
1,Ann One,a@x.example,active,Cook
1,Ann One,a@x.example,active,Cook
2,Bob Two,b@x.example,terminated,Cook
2,Bob Two,b@x.example,active,Chef
3,Cid Three,c@x.example,active,Cook
3,Dee Four,d@x.example,active,Cook
3,Eve Five,e@x.example,active,Cook
`)
	wantCounts(t, d, "new 2 changed 0 leaving 0 unchanged 0 skipped 0 repeated 1 aside 4")
	wantProblem(t, d, 4, "", "", "Line 5 already describes this person, in other words: job title, status", SetAside)
	wantProblem(t, d, 8, "id", "3", "Lines 6, 7 and 8", SetAside)
	if w.named("Bob Two").Values[Title] != "Chef" {
		t.Error("the active row should count")
	}
}

func TestOnePersonWithTwoIds(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	file := "id,name,email,status\n3,Cleo West,cleo@x.example,Terminated\n31,Cleo West,cleo@x.example,Active\n,Dan South,dan@x.example,Active\n"
	d := w.importing(file)
	wantCounts(t, d, "new 0 changed 1 leaving 0 unchanged 1 skipped 0 repeated 0 aside 1")
	wantProblem(t, d, 2, "", "", "Line 3 already describes this person, in other words: id, status", SetAside)
	if k := w.named("Cleo West"); k.Values[ID] != "31" || k.Values[Email] != "cleo@x.example" {
		t.Errorf("%q", k.Values)
	}
	w.changesNothing(file)
}

func TestInactivePeople(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	file := "id,name,status\n1,Ada North,On Leave\n3,Cleo West,Inactive\n77,Zoe Never,Inactive\n"
	d := w.importing(file)
	wantCounts(t, d, "new 0 changed 0 leaving 1 unchanged 1 skipped 1 repeated 0 aside 0")
	if !d.AsGiven() {
		t.Error(problems(d))
	}
	if w.named("Cleo West").Values[Status] != Inactive {
		t.Error("Cleo is still here")
	}
	w.changesNothing(file)
	d = w.importing("id,name,status,title\n3,Cleo West,Active,Foreman\n")
	wantCounts(t, d, "new 0 changed 1 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0")
	if k := w.named("Cleo West"); k.Values[Status] != Active || k.Values[Title] != "Foreman" {
		t.Errorf("%q", k.Values)
	}
}

func TestEmailsThatCannotBeUsed(t *testing.T) {
	w := &world{t: t}
	file := `id,name,email,account
1,Ann One,,
2,Bob Two,BTWO,
3,Cid Three,not an address,
4,Dee Four,dee@@x.example,
5,Eve Five,same@x.example,
6,Fay Six,Same@x.example,
7,Gil Seven,GSEVEN,gil7
8,Hal Eight,MAILTO:Hal@X.example,
`
	d := w.importing(file)
	wantCounts(t, d, "new 8 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0")
	wantProblem(t, d, 3, "email", "BTWO", "kept as the account name", Altered)
	wantProblem(t, d, 4, "email", "not an address", "not an e-mail address", Altered)
	wantProblem(t, d, 5, "email", "dee@@x.example", "not an e-mail address", Altered)
	wantProblem(t, d, 6, "email", "same@x.example", "to different people, so it was given to nobody", Altered)
	wantProblem(t, d, 7, "email", "same@x.example", "cannot sign in yet", Altered)
	wantProblem(t, d, 8, "email", "GSEVEN", "account name is given elsewhere", Altered)
	for name, want := range map[string][2]string{"Ann One": {"", ""}, "Bob Two": {"", "BTWO"}, "Eve Five": {"", ""}, "Fay Six": {"", ""}, "Gil Seven": {"", "gil7"}, "Hal Eight": {"hal@x.example", ""}} {
		if v := w.named(name).Values; v[Email] != want[0] || v[Account] != want[1] {
			t.Errorf("%s has e-mail %q and account %q", name, v[Email], v[Account])
		}
	}
	if d.NoEmail != 7 || d.Altered != 6 {
		t.Errorf("%d without e-mail, %d altered", d.NoEmail, d.Altered)
	}
	w.changesNothing(file)
}

func TestASharedEmailAndNothingElse(t *testing.T) {
	w := &world{t: t}
	file := "name,email\nAnn One,team@x.example\nBob Two,team@x.example\nCid Three,cid@x.example\n"
	d := w.importing(file)
	wantCounts(t, d, "new 1 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 2")
	wantProblem(t, d, 2, "email", "team@x.example", "to different people", SetAside)
	w.changesNothing(file)
	d = w.importing("name,email\nDee Four,cid@x.example\nCid Three,cid@x.example\n")
	wantProblem(t, d, 2, "email", "cid@x.example", "belongs to Cid Three, and nothing else tells who this is", SetAside)
}

func TestAnEmailIsNeverTakenFromSomebody(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	file := "id,name,email\n9,New One,ben@x.example\n"
	d := w.importing(file)
	wantProblem(t, d, 2, "email", "ben@x.example", "belongs to Ben East", Altered)
	if w.named("New One").Values[Email] != "" || w.named("Ben East").Values[Email] != "ben@x.example" {
		t.Error("the address moved")
	}
	w.changesNothing(file)
	w.importing("id,name,status\n4,Dan South,terminated\n")
	d = w.importing("id,name,email\n10,Dana Next,dan@x.example\n")
	if d.New != 1 || !d.AsGiven() || w.named("Dana Next").Values[Email] != "dan@x.example" {
		t.Errorf("the address of somebody who left is given to another: %+v\n%s", *d, problems(d))
	}
	if w.named("Dan South").Values[Status] != Inactive {
		t.Error("with the address Dan came back")
	}
	d = w.importing("id,name,email\n2,Ben East,cleo@x.example\n3,Cleo West,ben@x.example\n")
	if d.Changed != 2 || !d.AsGiven() || w.named("Ben East").Values[Email] != "cleo@x.example" {
		t.Errorf("two people change addresses: %+v\n%s", *d, problems(d))
	}
}

func TestAnAddressPassedOnDoesNotPassOnThePerson(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	d := w.importing("id,name,email\n55,Someone Else,dan@x.example\n56,Cleo West,cleo@x.example\n")
	wantCounts(t, d, "new 1 changed 1 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0")
	if k := w.named("Cleo West"); k.Values[ID] != "56" {
		t.Errorf("Cleo was given a new id: %q", k.Values)
	}
}

func TestWhoLooksAfterTheOrganisationStays(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	w.named("Ada North").Stays = true
	d := w.compare(read(t, "id,name,status\n1,Ada North,Terminated\n"), false)
	wantProblem(t, d, 2, "status", "inactive", "looks after this organisation", Altered)
	if d.Leaving != 0 {
		t.Error("Ada left")
	}
	if d = w.compare(read(t, "id,name\n2,Ben East\n"), true); d.Leaving != 2 {
		t.Errorf("%d left", d.Leaving)
	}
}

func TestChangesByHandSurvive(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	w.named("Cleo West").Values[Title] = "Artist"
	w.named("Cleo West").Manager = w.named("Ada North").Key
	w.named("Dan South").Values[Status] = Inactive
	w.named("Dan South").Manager = ""
	w.changesNothing(crew)
	d := w.importing(strings.ReplaceAll(crew, "Fitter,Works", "Fitter,Yard"))
	wantCounts(t, d, "new 0 changed 1 leaving 0 unchanged 3 skipped 0 repeated 0 aside 0")
	if k := w.named("Cleo West"); k.Values[Title] != "Artist" || k.Values[Department] != "Yard" || k.Manager != w.named("Ada North").Key {
		t.Errorf("%q under %s", k.Values, k.Manager)
	}
	if d.KeptByHand != 1 || w.named("Dan South").Values[Status] != Inactive {
		t.Errorf("%d kept by hand; Dan is %s", d.KeptByHand, w.named("Dan South").Values[Status])
	}
	w.importing(strings.ReplaceAll(crew, "3,Cleo West,cleo@x.example,2,Fitter", "3,Cleo West,cleo@x.example,4,Welder"))
	if k := w.named("Cleo West"); k.Values[Title] != "Welder" {
		t.Errorf("the file changed the title, and it counts: %q", k.Values)
	}
}

func TestPeopleAddedByHandAreMetByTheFile(t *testing.T) {
	w := &world{t: t}
	w.known = []Known{
		{Key: "a", Values: Values{FullName: "Ada North", Email: "ada@x.example", Title: "Founder", Status: Active}},
		{Key: "b", Values: Values{FullName: "Ben East", Status: Active}, Manager: "a"},
		{Key: "c", Values: Values{FullName: "By Hand", Status: Active}, Manager: "a"},
	}
	d := w.importing("name,email,manager,title\nAda North,ada@x.example,,\nBen East,,,Lead\nNew One,,Ben East,\n")
	wantCounts(t, d, "new 1 changed 1 leaving 0 unchanged 1 skipped 0 repeated 0 aside 0")
	wantLines(t, w, "Ada North < -", "Ben East < Ada North", "By Hand < Ada North", "New One < Ben East")
	d = w.importingComplete("name,email,manager,title\nAda North,ada@x.example,,\n")
	if d.Leaving != 2 || w.named("By Hand").Values[Status] != Active {
		t.Errorf("%+v", *d)
	}
}

func TestANamesakeOfSomebodyHereIsPointedOut(t *testing.T) {
	w := &world{t: t, known: []Known{{Key: "a", Values: Values{FullName: "Ada North", Email: "ada@x.example", Status: Active}}}}
	file := "id,name\n1,Ada North\n"
	d := w.importing(file)
	wantCounts(t, d, "new 1 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0")
	wantProblem(t, d, 2, "name", "Ada North", "Somebody of this name is here already", Noted)
	if d = w.importing(file); len(d.People)+len(d.Problems) != 0 {
		t.Errorf("again: %s", problems(d))
	}
}

func TestTwoOfOneNameAndNothingElse(t *testing.T) {
	w := &world{t: t}
	d := w.importing("name,title\nAnn Lee,Cook\nAnn Lee,Clerk\nBob May,Cook\nBob May,Cook\n")
	wantCounts(t, d, "new 1 changed 0 leaving 0 unchanged 0 skipped 0 repeated 1 aside 2")
	wantProblem(t, d, 2, "name", "Ann Lee", "Lines 2 and 3 carry the same name", SetAside)
	w.known = []Known{
		{Key: "x", Values: Values{FullName: "Bob May", Email: "b@x.example", Status: Active}},
		{Key: "y", Values: Values{FullName: "Bob May", Email: "y@x.example", Status: Active}},
	}
	d = w.importing("name,title\nBob May,Cook\n")
	wantProblem(t, d, 2, "name", "Bob May", "More than one person here", SetAside)
}

func TestOnlyACompleteFileMakesPeopleLeave(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	short := "id,name,manager\n1,Ada North,\n2,Ben East,1\n"
	if d := w.importing(short); d.Leaving != 0 {
		t.Errorf("%d left", d.Leaving)
	}
	d := w.importingComplete(short)
	wantCounts(t, d, "new 0 changed 0 leaving 2 unchanged 2 skipped 0 repeated 0 aside 0")
	if d.MostLeave() {
		t.Error("half of the people is not most")
	}
	if d = w.importing(crew); d.Changed != 2 {
		t.Errorf("they are in a later file again: %+v", *d)
	}
	wantLines(t, w, "Ada North < -", "Ben East < Ada North", "Cleo West < Ben East", "Dan South < Ben East")
	if d = w.compare(read(t, "id,name\n1,Ada North\n"), true); !d.MostLeave() {
		t.Error("three of four leaving is to be called out")
	}
}

func TestARowSetAsideDoesNotMakeItsPersonLeave(t *testing.T) {
	w := &world{t: t}
	w.importing(crew)
	d := w.importingComplete("id,name,email\n1,Ada North,\n2,Ben East,\n3,Cleo West,\n4,Dan South,\n4,Other Person,\n")
	if d.Leaving != 0 || d.SetAside != 2 {
		t.Errorf("%+v", *d)
	}
}

func TestRowsSetAsideAreWrittenInTheFormatOfTheFile(t *testing.T) {
	f := read(t, "id;name;\"job; title\"\r\n1;Ann;\"a; b\"\r\n1;Bob;\"say \"\"hi\"\"\"\r\n2;Cid;c\r\n")
	d := Compare(f, nil, CompareOptions{NewKey: func() string { return "k" }})
	var out strings.Builder
	if err := d.WriteSetAside(&out, f); err != nil {
		t.Fatal(err)
	}
	why := "Lines 2 and 3 give this id to different people, so none of them was taken. Give each person their own id."
	want := "id;name;\"job; title\";" + WhyColumn + "\r\n1;Ann;\"a; b\";" + why + "\r\n1;Bob;\"say \"\"hi\"\"\";" + why + "\r\n"
	if out.String() != want {
		t.Errorf("wrote\n%s\nwant\n%s", out.String(), want)
	}
	again := read(t, out.String())
	d = Compare(again, nil, CompareOptions{NewKey: func() string { return "k" }})
	var twice strings.Builder
	if err := d.WriteSetAside(&twice, again); err != nil || twice.String() != want {
		t.Errorf("set aside again:\n%s\n%v", twice.String(), err)
	}
}

func TestHundredThousandPeopleAreReadAndComparedFast(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a moment")
	}
	f := read(t, manyPeople(100_000))
	w := &world{t: t}
	if d := w.compare(f, false); d.New != 100_000 || len(d.Problems) != 0 {
		t.Errorf("%d new, %d problems", d.New, len(d.Problems))
	}
}
