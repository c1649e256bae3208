package portable

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

//go:embed person.schema.json
var schemaText []byte

const (
	personFile = "person.json"
	schemaFile = "person.schema.json"
)

// stamp is the time that every file in an export bears: the first that a zip can hold. The same
// content gives the same bytes.
var stamp = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// Zip packs the file, with its schema and everything in it as Markdown to read.
func (f File) Zip() ([]byte, error) {
	content, err := f.JSON()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, one := range append(f.pages(), page{personFile, string(content)}, page{schemaFile, string(schemaText)}) {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: one.name, Method: zip.Deflate, Modified: stamp})
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(entry, one.text); err != nil {
			return nil, err
		}
	}
	if err := f.packFiles(w); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// How much an export that is brought may hold.
const (
	MostZip   = 88 << 20 // bytes of the zip
	mostJSON  = 32 << 20 // bytes of person.json, unpacked
	mostFiles = 100 + plan.MostFilesInAll + ask.MostFiles
)

// unzip finds person.json, and opens the archive for what that names. Nothing else in it is
// opened, and nothing is written anywhere.
func unzip(content []byte) ([]byte, *zip.Reader, error) {
	if len(content) > MostZip {
		return nil, nil, problem.Refuse("This file is larger than %d MB: no export is.", MostZip>>20)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, nil, problem.Refused("This is not an export of Ownward: it is not a zip file, or a damaged one.")
	}
	if len(archive.File) > mostFiles {
		return nil, nil, problem.Refuse("This is not an export of Ownward: it holds %d files.", len(archive.File))
	}
	var person *zip.File
	for _, file := range archive.File {
		if err := checkName(file); err != nil {
			return nil, nil, err
		}
		if file.Name != personFile {
			continue
		}
		if person != nil {
			return nil, nil, problem.Refused("The zip holds person.json twice.")
		}
		person = file
	}
	if person == nil {
		return nil, nil, problem.Refused("The zip holds no person.json at its top: it is not an export of Ownward, or was packed again within a folder.")
	}
	text, err := read(person, mostJSON)
	if err != nil && !errors.As(err, new(problem.Refused)) {
		err = problem.Refused("person.json in the zip is damaged.")
	}
	return text, archive, err
}

// checkName refuses names that lead out of the zip. They would do no harm here; whoever made them
// meant some.
func checkName(file *zip.File) error {
	name := file.Name
	clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") || strings.ContainsAny(name, "\\:\x00") || !file.Mode().IsRegular() && !file.Mode().IsDir() {
		return problem.Refuse("The zip holds the name %q, which leads out of it. No export does.", name)
	}
	return nil
}

func read(file *zip.File, most uint64) ([]byte, error) {
	tooMuch := problem.Refuse("%s in the zip unpacks to more than %d MB: no export does.", file.Name, most>>20)
	if file.UncompressedSize64 > most {
		return nil, tooMuch
	}
	content, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	text, err := io.ReadAll(io.LimitReader(content, int64(most)+1))
	if uint64(len(text)) > most {
		return nil, tooMuch
	}
	return text, err
}

// packFiles adds the files of wins as they are: pictures and PDFs are packed already.
func (f File) packFiles(w *zip.Writer) error {
	for _, win := range f.Wins {
		for _, file := range win.Files {
			entry, err := w.CreateHeader(&zip.FileHeader{Name: file.Path(), Method: zip.Store, Modified: stamp})
			if err != nil {
				return err
			}
			if _, err := entry.Write(file.Content); err != nil {
				return err
			}
		}
	}
	return f.packSent(w)
}

// packSent adds the files that went out with asks, each once, where no win has the same.
func (f File) packSent(w *zip.Writer) error {
	had := f.ofWins()
	return f.eachSent(func(_ string, file *ask.AlongFile) error {
		if _, there := had[file.Digest]; there || len(file.Content) == 0 {
			return nil
		}
		had[file.Digest] = file.Content
		entry, err := w.CreateHeader(&zip.FileHeader{Name: file.Path(), Method: zip.Store, Modified: stamp})
		if err == nil {
			_, err = entry.Write(file.Content)
		}
		return err
	})
}

// ofWins are the contents of the files of wins, by digest.
func (f File) ofWins() map[string][]byte {
	had := map[string][]byte{}
	for _, win := range f.Wins {
		for _, file := range win.Files {
			had[file.Digest] = file.Content
		}
	}
	return had
}

// eachSent goes over the files that the person sent with asks, with the place of each.
func (f File) eachSent(do func(place string, file *ask.AlongFile) error) error {
	for n, a := range f.Asks {
		for m, s := range a.Sendings {
			for i, e := range s.Evidence {
				for k := range e.Files {
					if !e.Files[k].Has() {
						continue
					}
					if err := do(fmt.Sprintf("/asks/%d/sendings/%d/evidence/%d/files/%d", n, m, i, k), &e.Files[k]); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// unpackFiles reads the content of each file that a win of the export names.
func (f File) unpackFiles(archive *zip.Reader) error {
	at := map[string]*zip.File{}
	for _, file := range archive.File {
		at[file.Name] = file
	}
	for n, win := range f.Wins {
		for m := range win.Files {
			file := &win.Files[m]
			place := fmt.Sprintf("/wins/%d/files/%d", n, m)
			packed := at[file.Path()]
			if packed == nil {
				return org.Misplaced(place, "the zip does not hold "+file.Path())
			}
			delete(at, packed.Name) // so that one content is not unpacked again and again
			var err error
			if file.Content, err = read(packed, plan.MostFile); err != nil {
				return org.Misplaced(place, file.Path()+" in the zip is damaged, or larger than a file can be")
			}
		}
	}
	return f.unpackSent(at)
}

// unpackSent reads the content of each file that was sent, once: from its own place, or as the file of
// a win. An export from before they were held has none.
func (f File) unpackSent(at map[string]*zip.File) error {
	had := f.ofWins()
	return f.eachSent(func(place string, file *ask.AlongFile) (err error) {
		content, there := had[file.Digest]
		if packed := at[file.Path()]; !there && packed != nil {
			if content, err = read(packed, plan.MostFile); err != nil {
				return org.Misplaced(place, file.Path()+" in the zip is damaged, or larger than a file can be")
			}
			had[file.Digest] = content
		}
		file.Content = content
		return nil
	})
}
