package demo

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// showWin attaches what shows a win.
func showWin(tx *db.Tx, me org.Actor, made db.ID, w win) error {
	for _, link := range w.Links {
		if err := plan.AddLink(tx, me, made, link); err != nil {
			return err
		}
	}
	if w.Sheet == "" {
		return nil
	}
	return plan.AddFile(tx, me, made, w.Sheet, sheet(w.Sheet))
}

// bring plans that somebody imports a list of wins.
func (t *telling) bring(of string, b brought) {
	if b.List == "" {
		return
	}
	t.does(of, t.when(b.On, morning, of), "wins imported", func(tx *db.Tx, me org.Actor) error {
		_, err := plan.ImportWins(tx, me, plan.Import{Content: []byte(b.List)})
		return err
	})
}

// sheet is a PDF of one page with a title.
func sheet(title string) []byte {
	text := fmt.Sprintf("BT /F1 24 Tf 72 760 Td (%s) Tj ET", strings.NewReplacer(`\`, "", "(", "", ")", "").Replace(title))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for n, object := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text),
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
