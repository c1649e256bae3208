package nets

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
)

// What the nets know of what shows a win, and of wins that were imported.
func init() {
	words = append(words, "win_links.url", "win_files.name")
	for _, fact := range []string{"win_files.media_type", "win_files.digest"} {
		facts[fact] = true
	}
	places["…/links/{link}"], places["…/files/{file}"] = "link of a win", "file of a win"
	doneElsewhere["/wins/share"] = true // changes nothing, so it leads nowhere
	shareable = append(shareable, "link of a win", "file of a win")
}

// aDocument is a file that can be attached to a win.
const aDocument = "%PDF-1.7\nThe programme of the evening"

func (s *stage) formsOfWins() map[string]map[string]string {
	return map[string]map[string]string{
		"/wins/share":      {"title": "Sang", "text": "Sang well", "url": "https://sung.example/"},
		"/wins/{id}/links": {"link": "https://sung.example/"},
		"/wins/{id}/files": {aFile: aDocument},
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
