package nets

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
)

// What the nets know of what shows a win, and of wins that were imported.
func init() {
	words = append(words, "win_links.url", "win_files.name",
		"win_drafts.topic", "win_drafts.what", "win_drafts.effect", "win_drafts.figure", "win_drafts.url", "win_imports.problems")
	for _, fact := range []string{"win_files.media_type", "win_files.digest", "win_drafts.source", "win_drafts.day", "win_offers.digest", "win_offers.became"} {
		facts[fact] = true
	}
	places["…/links/{link}"], places["…/files/{file}"], places["/drafts/{id}"] = "link of a win", "file of a win", "draft"
	places["…/files/{number}"] = "file of a copy"
	doneElsewhere["/wins/share"] = true // changes nothing, so it leads nowhere
	deeds = append(deeds, deed{
		name: "a win imported", path: "/wins/import", leads: "/wins/drafts",
		form: map[string]string{"lines": "- {text}"},
		parts: []string{row("win_drafts", "what"),
			"select count(*) from win_offers where " + within + " and owner_id = '{me}' and draft_id in (select id from win_drafts where " + late + " and what = '{text}')"},
		texts: []string{"select what from win_drafts"},
	})
	shareable = append(shareable, "link of a win", "file of a win")
}

// aDocument is a file that can be attached to a win.
const aDocument = "%PDF-1.7\nThe programme of the evening"

func (s *stage) formsOfWins() map[string]map[string]string {
	return map[string]map[string]string{
		"/wins/share":      {"title": "Sang", "text": "Sang well", "url": "https://sung.example/"},
		"/wins/{id}/links": {"link": "https://sung.example/"},
		"/wins/{id}/files": {aFile: aDocument},
		"/wins/import":     {"lines": "- Sang in the choir\n- Sang alone\n"},
		"/wins/drafts/all": {"seen": "1", "what": "keep"},
		"/drafts/{id}":     {"what": "Sang"},
	}
}

// showWin attaches what shows a win.
func (s *stage) showWin(tx *db.Tx, win db.ID) error {
	me := s.actors[owner]
	if err := errors.Join(plan.AddLink(tx, me, win, "https://release.example/"), plan.AddFile(tx, me, win, "release.pdf", []byte(aDocument))); err != nil {
		return err
	}
	w, err := plan.WinByID(tx, me, win)
	if err != nil {
		return err
	}
	return errors.Join(s.keep("link of a win", w.Links[0].ID, nil), s.keep("file of a win", w.Files[0].ID, nil))
}

// importWin lets the owner import a win, and look no further.
func (s *stage) importWin(tx *db.Tx) error {
	me := s.actors[owner]
	if _, err := plan.ImportWins(tx, me, plan.Import{Content: []byte("- Mended the clock\n")}); err != nil {
		return err
	}
	found, _, err := plan.Drafts(tx, me, "", 1)
	if err != nil {
		return err
	}
	return s.keep("draft", found[0].ID, nil)
}

// importWin lets somebody import a win, with marks in all that is kept of it, and look no further.
func (w *world) importWin(tx *db.Tx, who int) error {
	in := func() string { return w.hide(mark{owner: who}) }
	list := "date,what,effect,figure,link,topic\n" +
		"2026-01-02," + in() + "," + in() + "," + in() + ",https://x.example/" + w.plant(mark{owner: who}).text + "," + in() + "\n" +
		"2099-01-01," + in() + ",,,,\n"
	if _, err := plan.ImportWins(tx, w.people[who], plan.Import{Content: []byte(list), Name: "wins.csv"}); err != nil {
		return err
	}
	found, _, err := plan.Drafts(tx, w.people[who], "", plan.MostDrafts)
	w.keep("draft", found[len(found)-1].ID, who)
	return err
}

// showWin attaches a link and a file to a win, with marks in the address, the name and the content.
func (w *world) showWin(tx *db.Tx, who int, win db.ID) error {
	me := w.people[who]
	in := func() string {
		return w.plant(mark{owner: who, kind: "win", thing: string(win)}).text
	}
	err := errors.Join(
		plan.AddLink(tx, me, win, "https://"+in()+".example/"+in()),
		plan.AddFile(tx, me, win, in()+".pdf", []byte("%PDF-1.7\n"+in())))
	if err != nil {
		return err
	}
	stands, err := plan.WinByID(tx, me, win)
	w.keep("link of a win", stands.Links[0].ID, who)
	w.keep("file of a win", stands.Files[0].ID, who)
	return err
}
