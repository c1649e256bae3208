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
	MostZip   = 56 << 20 // bytes of the zip
	mostJSON  = 32 << 20 // bytes of person.json, unpacked
	mostFiles = 100 + plan.MostFilesInAll
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
	return nil
}
