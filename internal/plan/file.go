package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// File is a picture or a document that shows a win. Who sees the win sees its files.
type File struct {
	ID        db.ID
	Name      string
	MediaType string
	Size      int64
	Digest    string // SHA-256 of the content, in hex
	MadeAt    time.Time
}

// How much can be attached: to a win, and by one person in all. All of a person's files go into
// their export, which is one file that is read whole.
const (
	MostFiles      = 5
	MostFile       = 5 << 20
	MostFileBytes  = 32 << 20
	MostFilesInAll = 500
)

// Kinds are the kinds of files that are taken, by media type, with the ending of their names.
// None of them is shown by a browser within a page of ours.
var Kinds = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "application/pdf": ".pdf",
}

// AddFile attaches a file to a win of the actor's. What it is is found in its content; what its
// name or a browser says of that counts for nothing. The same content twice is kept once.
//
// Errors: problem.Invalid at "file" when it is too large, or no picture and no PDF.
func AddFile(tx *db.Tx, me org.Actor, win db.ID, name string, content []byte) error {
	w, err := myWin(tx, me, win)
	if err != nil {
		return err
	}
	f := File{ID: tx.NewID(), Name: name, MadeAt: tx.Now()}
	if err := f.describe(content); err != nil {
		return err
	}
	stand, err := filesOf(tx, me, win)
	if err != nil {
		return err
	}
	for _, has := range stand {
		if has.Digest == f.Digest {
			return nil
		}
	}
	bytes, count, err := filesInAll(tx, me)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	wrong.Check(len(stand) < MostFiles, "file", fmt.Sprintf("A win holds %d files. Remove one that shows less.", MostFiles))
	wrong.Check(bytes+f.Size <= MostFileBytes && count < MostFilesInAll, "file", fmt.Sprintf("Your files would be more than %d, or more than %d MB together, which is what fits into your export. Remove some that show less, or keep a link instead.", MostFilesInAll, MostFileBytes>>20))
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := f.insert(tx, me, win, content); err != nil {
		return err
	}
	return happened(tx, me, "win changed", w.Thing())
}

// Attachable is the name under which a content would be kept.
//
// Errors: those of AddFile that the content alone decides.
func Attachable(name string, content []byte) (string, error) {
	f := File{Name: name}
	err := f.describe(content)
	if err != nil {
		return fileName(name, ""), err
	}
	return f.Name, nil
}

// filesInAll is how many bytes and how many files the actor has attached.
func filesInAll(tx *db.Tx, me org.Actor) (bytes, count int64, err error) {
	err = tx.Get(`
		select cast(coalesce(sum(size), 0) as bigint), count(*) from win_files
		where organisation_id = $1 and owner_id = $2`, me.Organisation, me.Person).Scan(&bytes, &count)
	return bytes, count, err
}

func (f File) insert(tx *db.Tx, me org.Actor, win db.ID, content []byte) error {
	_, err := tx.Exec(`
		insert into win_files (organisation_id, id, owner_id, win_id, name, media_type, size, digest, made_at, content)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		me.Organisation, f.ID, me.Person, win, f.Name, f.MediaType, f.Size, f.Digest, f.MadeAt, content)
	return err
}

// describe fills in what the content says, and gives the name the ending that goes with it.
func (f *File) describe(content []byte) error {
	if len(content) > MostFile {
		return problem.Invalid{"file": fmt.Sprintf("This file is larger than %d MB. A smaller picture of it, or a link, shows as much.", MostFile>>20)}
	}
	found, _, _ := strings.Cut(http.DetectContentType(content), ";")
	ending, taken := Kinds[found]
	if !taken {
		return problem.Invalid{"file": "This is no picture (PNG, JPEG, GIF, WebP) and no PDF, whatever its name says. Save it as a PDF, or keep a link to it."}
	}
	sum := sha256.Sum256(content)
	f.MediaType, f.Size, f.Digest = found, int64(len(content)), hex.EncodeToString(sum[:])
	f.Name = fileName(f.Name, ending)
	return nil
}

// fileName is a name that every system takes, with the ending of what the file is.
func fileName(name, ending string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`<>:"/\|?*`, r) || isUnseen(r) {
			return -1
		}
		return r
	}, name)
	had := strings.ToLower(path.Ext(name))
	if had == ending || had == ".jpeg" && ending == ".jpg" {
		name = name[:len(name)-len(had)]
	}
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	for utf8.RuneCountInString(name) > mostLine-len(ending) {
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	if name == "" {
		name = "file"
	}
	return name + ending
}

// isUnseen tells of the characters that turn the direction of what follows, by which the ending
// of a name could pass for another.
func isUnseen(r rune) bool {
	return r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u061c' || r == '\ufeff'
}

// RemoveFile removes a file from a win of the actor's, for good.
func RemoveFile(tx *db.Tx, me org.Actor, win, file db.ID) error {
	w, err := myWin(tx, me, win)
	if err != nil {
		return err
	}
	removed, err := tx.Exec("delete from win_files where organisation_id = $1 and win_id = $2 and id = $3 and owner_id = $4", me.Organisation, win, file, me.Person)
	if err != nil {
		return err
	}
	if removed == 0 {
		return problem.NotFound
	}
	return happened(tx, me, "win changed", w.Thing())
}

const fileColumns = "f.id, f.name, f.media_type, f.size, f.digest, f.made_at"

func (f *File) record() []any {
	return []any{&f.ID, &f.Name, &f.MediaType, &f.Size, &f.Digest, &f.MadeAt}
}

// filesOf lists the files of a win that the actor may see, the first first.
func filesOf(tx *db.Tx, me org.Actor, win db.ID) ([]File, error) {
	return db.List(tx, func(row db.Row) (File, error) {
		var f File
		err := row.Scan(f.record()...)
		return f, err
	}, "select "+fileColumns+`
		from win_files f join wins w on w.organisation_id = f.organisation_id and w.id = f.win_id
		where f.organisation_id = $1 and f.win_id = $4 and `+winSeen+`
		order by f.id`, me.Organisation, me.Person, me.Viewer(), win)
}

// FileOf finds a file of a win that the actor may see, whose win it is, and its content.
func FileOf(tx *db.Tx, me org.Actor, win, file db.ID) (f File, owner db.ID, content []byte, err error) {
	err = tx.Get("select "+fileColumns+`, f.owner_id, f.content
		from win_files f join wins w on w.organisation_id = f.organisation_id and w.id = f.win_id
		where f.organisation_id = $1 and f.id = $4 and f.win_id = $5 and `+winSeen,
		me.Organisation, me.Person, me.Viewer(), file, win).Scan(append(f.record(), &owner, &content)...)
	return f, owner, content, err
}

// Shows gives the links and files of wins of the actor's own, by win.
func Shows(tx *db.Tx, me org.Actor, wins []db.ID) (links map[db.ID][]Link, files map[db.ID][]File, err error) {
	links, files = map[db.ID][]Link{}, map[db.ID][]File{}
	if len(wins) == 0 {
		return links, files, nil
	}
	args := []any{me.Organisation, me.Person}
	for _, id := range wins {
		args = append(args, id)
	}
	of := " where organisation_id = $1 and owner_id = $2 and win_id in (" + db.Places(3, len(wins)) + ") order by id"
	if _, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var win db.ID
		var l Link
		err := row.Scan(&win, &l.ID, &l.URL, &l.MadeAt)
		links[win] = append(links[win], l)
		return struct{}{}, err
	}, "select win_id, id, url, made_at from win_links"+of, args...); err != nil {
		return links, files, err
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var win db.ID
		var f File
		err := row.Scan(append([]any{&win}, f.record()...)...)
		files[win] = append(files[win], f)
		return struct{}{}, err
	}, "select win_id, "+fileColumns+" from win_files f"+of, args...)
	return links, files, err
}

// UnscopedFile is the content of a file of somebody's, known by its digest: who may read it is for
// the caller to know. It is not found once they removed it.
func UnscopedFile(tx *db.Tx, organisation, owner db.ID, digest string) ([]byte, error) {
	return db.One(tx, db.Scanned[[]byte], `
		select content from win_files
		where organisation_id = $1 and owner_id = $2 and digest = $3
		order by id limit 1`, organisation, owner, digest)
}
